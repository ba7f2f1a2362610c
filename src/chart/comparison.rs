//! The charts of a comparison, from the numbers of its tables.

use crate::metric::{Measure, Metric, Subject};
use crate::summary::{Estimate, Part, observed_years};
use crate::table::Cell;
use crate::wording::{self, Cited, Lookup, Pair, Text};

use super::seen;
use super::{Chart, Effects, Multiples, MultiplesPanel, Waterfall};
use crate::draw::Credits;
use crate::study::{Compared, Comparison, Side};

/// Small multiples, the comparison, and a waterfall for each what-if with several inputs.
#[must_use]
pub fn charts(compared: &Comparison) -> Vec<(String, Chart)> {
    let base = &compared.baseline;
    let measure = Measure { metric: Metric::Ratio, subject: Subject::Gap };
    let (seen, _) = seen::fan(&base.scenario, &base.summary, measure);
    let horizon = compared.horizon();
    let panel = |side: &Side| {
        let bands = seen::fan(&side.scenario, &side.summary, measure).1;
        let is_base = std::ptr::eq(side, base);
        MultiplesPanel {
            name: wording::short_title(side.scenario.title()),
            // What a what-if takes over from its base says nothing of what it changes.
            words: if is_base || side.scenario.summary() != base.scenario.summary() {
                side.scenario.summary().to_owned()
            } else {
                String::new()
            },
            cell: seen::cell(&side.scenario, measure).within(&wording::comparison::folder_of(&side.scenario)),
            bands: bands.into_iter().filter(|band| band.year <= horizon).collect(),
            events: seen::events(&side.scenario).into_iter().map(|event| event.years).collect(),
        }
    };
    let panels: Vec<MultiplesPanel> =
        std::iter::once(base).chain(compared.what_ifs.iter().map(|it| &it.side)).map(panel).collect();
    let names: Vec<&str> = compared.what_ifs.iter().map(|it| it.side.scenario.name()).collect();
    let credits = Credits {
        scenario: format!("{} and {}", base.scenario.name(), names.join(", ")),
        // Where all names are too long for a line: their titles stand above the panels.
        name: format!("{} and {} what-ifs", base.scenario.name(), names.len()),
        events: Vec::new(),
        ..seen::credits(&base.scenario, &base.summary)
    };
    // "china deals" is "China deals" at the foot of a bar and in a title.
    let headed = |name: String| match name.split_once(' ') {
        Some((first, rest)) if base.scenario.regions().iter().any(|it| it.name() == first) => {
            format!("{} {rest}", wording::short_name(first))
        }
        _ => name,
    };
    let region = |place: usize| wording::short_name(base.scenario.regions()[place].name());
    let regions = [region(base.scenario.gap().lead()), region(base.scenario.gap().follow())];
    let base_year = observed_years(&base.scenario).last().unwrap_or(base.scenario.base_year());
    let mut charts = vec![(
        "scenarios".to_owned(),
        Chart::Multiples(Multiples {
            panels: panels.clone(),
            seen: seen.clone(),
            base_year,
            horizon,
            regions: regions.clone(),
            credits: credits.clone(),
        }),
    )];
    let effects: Vec<([f64; 7], Text)> = compared.what_ifs.iter().map(|it| effect(compared, it)).collect();
    let title = wording::comparison::title(compared)
        .unwrap_or_else(|| format!("The scenarios side by side in {horizon}").into());
    let chart = Effects {
        panels,
        effects,
        title,
        luck: wording::comparison::luck(compared),
        seen,
        base_year,
        horizon,
        regions: regions.clone(),
        credits: credits.clone(),
    };
    charts.push(("compare".to_owned(), Chart::Effects(chart)));
    for it in &compared.what_ifs {
        let Some(found) = &it.attribution else { continue };
        let first = median_ratio(base, found.year, found.base.log_median_ratio);
        let last = median_ratio(&it.side, found.year, found.what_if.log_median_ratio);
        let usable = [&first, &last].iter().all(|it| it.value.value.is_finite() && it.value.value > 0.0);
        if found.parts.len() < 2 || !usable {
            continue;
        }
        let parts = found
            .parts
            .iter()
            .map(|part| (headed(it.readable(&base.scenario, &part.name)), factor(it, found.year, part)));
        let chart = Waterfall {
            what_if: it.name.clone(),
            ends: [first, last],
            parts: parts.collect(),
            year: found.year,
            regions: regions.clone(),
            credits: Credits {
                scenario: format!("{} and {}", base.scenario.name(), it.side.scenario.name()),
                ..credits.clone()
            },
        };
        charts.push((format!("attribution-{}", it.side.scenario.name()), Chart::Waterfall(chart)));
    }
    charts
}

/// Quantiles of the paired effect, and the words beside them.
fn effect(compared: &Comparison, it: &Compared) -> ([f64; 7], Text) {
    let Some(pair) = Pair::of(&compared.baseline.scenario, it, Metric::Ratio, compared.horizon()) else {
        return ([f64::NAN; 7], "not in common".into());
    };
    let Some(quantiles) = pair.row.ratio else { return ([f64::NAN; 7], "undefined".into()) };
    let share = wording::share_moved(&pair).map(|share| Text::from(", ") + share + " of paths");
    (quantiles, Text::from("median ") + pair.median_effect() + share.unwrap_or_default())
}

/// The median ratio of a year, given by its log, with the simulation error of the run.
fn median_ratio(side: &Side, year: i32, log: f64) -> Cited<Estimate> {
    let measure = Measure { metric: Metric::Ratio, subject: Subject::Gap };
    let known = Lookup::new(&side.scenario, &side.summary).median(measure, year);
    // Without an error of its own it has the digits of a number that nobody simulated.
    let other = || Cited::new(Estimate { value: libm::exp(log), error: f64::NAN }, Cell::default());
    known.map_or_else(other, |it| it.within(&wording::comparison::folder_of(&side.scenario)))
}

/// The factor by which a part moves the median ratio, with its row.
fn factor(it: &Compared, year: i32, part: &Part) -> Cited<f64> {
    let year = year.to_string();
    let row = [
        ("what_if", it.side.scenario.name()),
        ("year", year.as_str()),
        ("split", "inputs"),
        ("part", part.name.as_str()),
    ];
    let cell = Cell::new("attribution.csv", &row, &["factor_of_median_ratio"]);
    Cited::new(libm::exp(part.value.log_median_ratio), cell)
}
