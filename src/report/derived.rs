//! `derived.csv`: numbers of a report that stand in no other table, each with how it follows and from what.

use crate::metric::Metric;
use crate::scenario::Scenario;
use crate::study::Comparison;
use crate::summary::{LEVELS, Summary};
use crate::table::csv::{number, text};
use crate::wording::derived::{ANCHORS, Anchor, DISAGREE, FROM_ASSUMPTIONS, TO_CLOSE, growth_of, part_of, ratio_of};
use crate::wording::{Hits, Lookup, MainPart, Outlook, assumed_growth, main_parts, of_gap};

use super::data::UNKNOWN;

/// `errors.csv`: the simulation error of every quantile, on which the digits that are shown depend.
#[must_use]
pub fn errors(scenario: &Scenario, summary: &Summary) -> String {
    let levels = LEVELS.map(|level| format!("p{}", (level * 1000.0).round() / 10.0)).join(",");
    let rows = summary.fan.iter().filter_map(|row| {
        let errors = row.simulated.as_ref()?.errors?;
        let mut fields = vec![row.measure.metric.name().to_owned(), row.measure.region(scenario), row.year.to_string()];
        let written = |error: f64| if error.is_infinite() { UNKNOWN.to_owned() } else { number(error) };
        fields.extend(errors.map(written));
        Some(fields)
    });
    text(&format!("metric,region,year,{levels}"), rows)
}

/// The table of a run.
#[must_use]
pub fn derived(scenario: &Scenario, summary: &Summary) -> String {
    let mut rows: Vec<Vec<String>> = Vec::new();
    // A number has years, an error or paths beside it, as it needs.
    let mut row = |name: String, values: [String; 3], (what, beside): (&str, String), unit: &str, how: String| {
        let mut fields = vec![name];
        fields.extend(values);
        fields.extend(["years", "error", "paths"].map(|it| if it == what { beside.clone() } else { String::new() }));
        fields.extend([unit.to_owned(), how]);
        rows.push(fields);
    };
    let none = String::new;
    let run = Lookup::new(scenario, summary);
    if let (Some(to_close), Some(seen)) =
        (run.to_close(), of_gap(Metric::Ratio).observed(scenario, scenario.base_year()))
    {
        let how = format!("ratio of {} as its rounding leaves it, and years to the horizon", scenario.base_year());
        let [low, high, years] = to_close.value;
        row(TO_CLOSE.into(), [number(seen.value), number(low), number(high)], ("years", number(years)), "times", how);
    }
    if let Some(outlook) = Outlook::new(scenario, summary) {
        if let Some(share) = outlook.share_from_assumptions {
            let how =
                "covariance of the two paths of a draw over the variance of the log ratio in the last year".into();
            let error = ("error", number(share.value.error));
            row(FROM_ASSUMPTIONS.into(), [number(share.value.value), none(), none()], error, "share", how);
        }
        let how = "wider-in-dollars-only plus wider-as-ratio-only in the last year".into();
        let Hits { hits, paths } = outlook.disagree.value;
        let share = number(hits as f64 / paths as f64);
        row(DISAGREE.into(), [share, none(), none()], ("paths", paths.to_string()), "share", how);
    }
    let name = |region: usize| scenario.regions()[region].name();
    let (lead, follow) = (scenario.gap().lead(), scenario.gap().follow());
    for region in [lead, follow] {
        if let Some(growth) = assumed_growth(scenario, &scenario.regions()[region]) {
            let how = "sum of the drifts of deals and deal size, with the ends of its 80% range".into();
            row(growth_of(name(region)), growth.value.map(number), ("", none()), "log points", how);
        }
    }
    for (source, ratio) in scenario.data().other_ratios(name(lead), name(follow)) {
        let how = format!("funding of {} over that of {}, as {source} counts", name(lead), name(follow));
        row(ratio_of(&source), [number(ratio), none(), none()], ("", none()), "times", how);
    }
    if let Some(share) = run.share_of_follow() {
        let how = "log points of its deals and deal size over the total, last observed change".into();
        row(part_of(name(follow)), [number(share.value), none(), none()], ("", none()), "share", how);
    }
    for Anchor { name, log, source } in ANCHORS {
        row(name.into(), [number(log), none(), none()], ("", none()), "log points", source.into());
    }
    text("number,value,low,high,years,error,paths,unit,how", rows)
}

/// `parts.csv`: the parts of each what-if's effect as its sentence groups them, small ones together.
#[must_use]
pub fn parts(comparison: &Comparison) -> String {
    let base = &comparison.baseline.scenario;
    let rows = comparison.what_ifs.iter().flat_map(|it| {
        main_parts(it, base).into_iter().map(|MainPart { name, value }| {
            let numbers = [libm::exp(value.log_median_ratio), value.log_median_ratio, value.wider].map(number);
            [it.side.scenario.name().to_owned(), name].into_iter().chain(numbers).collect::<Vec<String>>()
        })
    });
    text("what_if,part,factor_of_median_ratio,log_median_ratio,wider_as_ratio", rows)
}
