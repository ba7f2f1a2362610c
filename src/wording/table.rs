//! The three-number table of a run: what was observed, then medians with their ranges.

use crate::metric::{Measure, Metric, Subject};
use crate::scenario::{Scenario, short_name};
use crate::summary::{Summary, observed_years};

use super::lookup::{Lookup, of_gap};
use super::money_unit::MoneyUnit;
use super::text::Text;

/// A rounding interval wider than this share of its value is told in words.
pub(super) const WIDE: f64 = 0.1;

/// Observed years, the middle year and the horizon, with 80% ranges.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Column heads after the label.
    pub head: Vec<String>,
    /// Label and cells of each row.
    pub rows: Vec<(String, Vec<Text>)>,
}

impl Table {
    /// Whether a cell carries the star of figures that are worked out from others.
    #[must_use]
    pub fn is_marked(&self) -> bool {
        self.rows.iter().flat_map(|(_, cells)| cells).any(|cell| cell.ends_with("*"))
    }

    /// Labels and cells as plain text.
    pub(super) fn plain(&self) -> Vec<(String, Vec<String>)> {
        self.rows.iter().map(|(label, cells)| (label.clone(), cells.iter().map(Text::text).collect())).collect()
    }
}

/// The table of funding on both sides, gap and ratio.
#[must_use]
pub fn table(scenario: &Scenario, summary: &Summary) -> Table {
    let run = Lookup::new(scenario, summary);
    let gap = scenario.gap();
    let [lead, follow] = [gap.lead(), gap.follow()].map(|region| short_name(scenario.regions()[region].name()));
    let funding = |region| Measure { metric: Metric::Funding, subject: Subject::Region(region) };
    let measures = [
        (lead.clone(), funding(gap.lead())),
        (follow.clone(), funding(gap.follow())),
        (format!("{lead} − {follow}"), of_gap(Metric::Gap)),
        (format!("{lead} ÷ {follow}"), of_gap(Metric::Ratio)),
    ];
    let observed = years_of_gap(scenario);
    // The last two observed years are what the reader compares with.
    let observed = &observed[observed.len().saturating_sub(2)..];
    let simulated = simulated_years(scenario);
    let mut head: Vec<String> = observed.iter().map(ToString::to_string).collect();
    head.extend(simulated.iter().map(|year| format!("{year}: median (80%)")));
    let rows = measures.into_iter().map(|(label, measure)| {
        let seen = observed.iter().map(|year| seen(&run, measure, *year));
        (label, seen.chain(simulated.iter().map(|year| of_paths(&run, measure, *year))).collect())
    });
    Table { head, rows: rows.collect() }
}

/// Observed years that hold the gap.
#[must_use]
pub fn years_of_gap(scenario: &Scenario) -> Vec<i32> {
    observed_years(scenario).filter(|year| of_gap(Metric::Gap).observed(scenario, *year).is_some()).collect()
}

/// The middle year, if there is one, and the horizon.
fn simulated_years(scenario: &Scenario) -> Vec<i32> {
    let middle = scenario.base_year() + (scenario.horizon() - scenario.base_year() + 1) / 2;
    let mut years = vec![middle, scenario.horizon()];
    years.dedup();
    years
}

/// A figure of an observed year, with a star where it is worked out from others, as on charts.
fn seen(run: &Lookup, measure: Measure, year: i32) -> Text {
    let Some(figure) = run.observed(measure, year) else { return "–".into() };
    let number = match measure.metric {
        Metric::Ratio => figure.ratio(),
        _ => figure.money(MoneyUnit::of(run.scenario.money())),
    };
    Text::from(number) + if figure.value.derived { "*" } else { "" }
}

fn of_paths(run: &Lookup, measure: Measure, year: i32) -> Text {
    if run.summary.fan_row(measure, year).is_none_or(|row| row.simulated.is_none()) {
        return "–".into();
    }
    let Some(it) = run.median_and_range(measure, year) else { return "undefined".into() };
    match measure.metric {
        Metric::Ratio => match run.observed(measure, run.scenario.base_year()) {
            Some(seen) => it.median_ratio_near(seen.value.value).into(),
            None => it.median_ratio().into(),
        },
        _ => it.median_money(MoneyUnit::of(run.scenario.money())).into(),
    }
}
