//! The charts of a comparison, from the numbers of its tables.

use crate::metric::{Measure, Metric, Subject};
use crate::summary::{Estimate, observed_years};
use crate::wording::{self, Pair};

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
        MultiplesPanel {
            name: wording::short_title(side.scenario.title()),
            words: side.scenario.summary().to_owned(),
            bands: bands.into_iter().filter(|band| band.year <= horizon).collect(),
            events: seen::events(&side.scenario).into_iter().filter_map(|event| event.year).collect(),
        }
    };
    let panels: Vec<MultiplesPanel> =
        std::iter::once(base).chain(compared.what_ifs.iter().map(|it| &it.side)).map(panel).collect();
    let names: Vec<&str> = compared.what_ifs.iter().map(|it| it.side.scenario.name()).collect();
    let credits = Credits {
        scenario: format!("{} and {}", base.scenario.name(), names.join(", ")),
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
    let effects: Vec<([f64; 7], String)> = compared.what_ifs.iter().map(|it| effect(compared, it)).collect();
    let title = wording::comparison::title(compared)
        .map_or_else(|| format!("The scenarios side by side in {horizon}"), |title| title.text());
    let chart = Effects {
        panels,
        effects,
        title,
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
        let usable = [first, last].iter().all(|it| it.value.is_finite() && it.value > 0.0);
        if found.parts.len() < 2 || !usable {
            continue;
        }
        let parts = found
            .parts
            .iter()
            .map(|part| (headed(it.readable(&base.scenario, &part.name)), libm::exp(part.value.log_median_ratio)));
        let chart = Waterfall {
            what_if: it.name.clone(),
            first,
            last,
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
fn effect(compared: &Comparison, it: &Compared) -> ([f64; 7], String) {
    let Some(pair) = Pair::of(&compared.baseline.scenario, it, Metric::Ratio, compared.horizon()) else {
        return ([f64::NAN; 7], "not in common".to_owned());
    };
    let Some(quantiles) = pair.row.ratio else { return ([f64::NAN; 7], "undefined".to_owned()) };
    let share = wording::share_moved(&pair).map_or_else(String::new, |share| format!(", {share}"));
    (quantiles, format!("median {}{share}", wording::effect(quantiles[3])))
}

/// The median ratio of a year, given by its log, with the simulation error of the run.
fn median_ratio(side: &Side, year: i32, log: f64) -> Estimate {
    let known = side.summary.gap(Metric::Ratio, year).and_then(|spread| spread.estimate(0.5));
    let value = libm::exp(log);
    known.map_or(Estimate::certain(value), |it| Estimate { value, ..it })
}
