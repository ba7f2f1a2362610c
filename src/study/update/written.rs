//! The re-based scenario as files: its text, which extends nothing, and the figures of the new edition beside it.

use std::fmt::Write;

use crate::scenario::Scenario;
use crate::study::score::Reading;

use super::trend::{Matrix, Sides, Trend};

/// A scenario and its figures, as files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The scenario as TOML.
    pub scenario: String,
    /// Name of the file of its figures.
    pub figures_name: String,
    /// The figures as CSV.
    pub figures: String,
}

const HEAD: &str = "region,year,metric,value,unit,low,high,source,vintage,note\n";

impl Written {
    /// The scenario re-based on an edition, with trends and shocks of both sides' funding; `name` is that of its files.
    pub(super) fn of(scenario: &Scenario, reading: &Reading, law: (Trend, Matrix), name: &str) -> Self {
        let mut figures = HEAD.to_owned();
        let gap = [scenario.gap().lead(), scenario.gap().follow()].map(|it| scenario.regions()[it].name());
        let is_told = |region: &str| gap.contains(&region) || region == "world";
        let facts = reading
            .figures
            .facts
            .iter()
            .filter(|fact| is_told(&fact.region) && ["funding", "funding growth"].contains(&fact.metric.as_str()));
        for fact in facts {
            let number = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
            let fields = [
                fact.region.clone(),
                fact.year.to_string(),
                fact.metric.clone(),
                number(fact.value),
                fact.unit.clone(),
                number(fact.low),
                number(fact.high),
                fact.source.clone(),
                fact.vintage.clone(),
                fact.note.clone(),
            ];
            let _ = writeln!(figures, "{}", fields.map(|field| quoted(&field)).join(","));
        }
        let why = format!("updated with {}", reading.name);
        let name = format!("{name}.csv");
        let about = format!(
            "# {}, updated with {}.\n#\n# It starts from the figures of that edition, in {name}, and models funding alone: the sum of the logs of deals and deal\n\
             # size where the scenario had both. Trends are what the new figures leave of those it had; swings are its own.\n\
             # Questions and checks that name dollars of the older edition are not carried on: write them anew.\n\n",
            scenario.title(),
            reading.name
        );
        Self { scenario: about + &text(scenario, &name, law, &why), figures_name: name, figures }
    }

    /// A scenario that starts from two levels of a year.
    pub(super) fn bare(scenario: &Scenario, (year, levels): (i32, Sides), law: (Trend, Matrix)) -> Self {
        let gap = [scenario.gap().lead(), scenario.gap().follow()].map(|it| scenario.regions()[it].name());
        let mut figures = HEAD.to_owned();
        for (region, level) in gap.into_iter().zip(levels) {
            let _ = writeln!(figures, "{},{year},funding,{level},USD bn,,,levels,1,", quoted(region));
        }
        let name = "levels.csv".to_owned();
        Self { scenario: text(scenario, &name, law, "a step on the way"), figures_name: name, figures }
    }
}

/// A field of a CSV.
fn quoted(field: &str) -> String {
    if field.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}

/// A text in double quotes, as TOML reads it.
fn in_quotes(text: &str) -> String {
    let plain: String = text.chars().filter(|letter| !letter.is_control()).collect();
    format!("\"{}\"", plain.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A share as a percentage with the digits that read back as the same trend.
fn percent(share: f64) -> String {
    format!("{:.9}%", 100.0 * share)
}

fn text(scenario: &Scenario, figures: &str, (trend, shocks): (Trend, Matrix), why: &str) -> String {
    let gap = [scenario.gap().lead(), scenario.gap().follow()].map(|it| scenario.regions()[it].name());
    let title = format!("{} ({why})", scenario.title());
    let title: String = title.chars().take(290).collect();
    let mut out = format!(
        "title   = {}\nsummary = {}\nhorizon = {}\ndata    = {}\ngap     = [{}, {}]\n",
        in_quotes(&title),
        in_quotes(scenario.summary()),
        scenario.horizon(),
        in_quotes(figures),
        in_quotes(gap[0]),
        in_quotes(gap[1])
    );
    let (why, source) = (in_quotes(why), in_quotes("exact conditioning of the scenario’s own normal trends"));
    let sd = trend.sd();
    for (side, region) in gap.into_iter().enumerate() {
        let mean = percent(libm::expm1(trend.mean[side]));
        let growth = match sd[side] > 1e-9 {
            true => format!("mean = \"{mean}\", sd = \"{}\"", percent(sd[side])),
            false => format!("value = \"{mean}\""),
        };
        let volatility = percent(libm::sqrt(shocks[side][side]));
        let _ = write!(
            out,
            "\n[{region}.funding]\nmodel      = \"random-walk\"\ngrowth     = {{ {growth}, why = {why}, source = {source} }}\n\
             volatility = {{ value = \"{volatility}\", why = \"as the scenario had it, for funding as a whole\", source = {} }}\n",
            in_quotes(scenario.title())
        );
    }
    let mut pair = |between: [String; 2], rho: f64, why: &str| {
        // A correlation of nothing is none, and one of one leaves no law.
        let rho = (rho.clamp(-0.999, 0.999) * 1e6).round() / 1e6;
        if rho != 0.0 {
            let [one, other] = between.map(|address| in_quotes(&address));
            let _ = write!(
                out,
                "\n[[correlations]]\nbetween = [{one}, {other}]\nrho     = {rho}\nwhy     = {}\nsource  = {}\n",
                in_quotes(why),
                in_quotes(scenario.title())
            );
        }
    };
    let series = gap.map(|region| format!("{region}.funding"));
    let of_shocks = shocks[0][1] / libm::sqrt(shocks[0][0] * shocks[1][1]);
    if of_shocks.is_finite() {
        pair(series.clone(), of_shocks, "of the shocks, as the scenario had it");
    }
    if sd.iter().all(|sd| *sd > 1e-9) {
        // Files say Spearman's rank correlation: 6/π asin(ρ/2) of normals.
        let ranks = 6.0 / std::f64::consts::PI * libm::asin(0.5 * trend.correlation());
        pair(series.map(|address| format!("{address}.growth")), ranks, "of the trends, as the new figures leave it");
    }
    out
}
