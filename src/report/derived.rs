//! Tables that a report carries besides those of its runs: numbers that follow from others, and the parts of effects as
//! its sentences group them.

use crate::metric::Metric;
use crate::scenario::Scenario;
use crate::study::Comparison;
use crate::summary::Summary;
use crate::table::{Field, Table, declared};
use crate::wording::derived::{DISAGREE, FROM_ASSUMPTIONS, TO_CLOSE, growth_of, part_of, part_of_gap, ratio_of};
use crate::wording::{Hits, Lookup, MainPart, Moved, Mover, Outlook, assumed_growth, main_parts, mover, of_gap};

/// A row of the table of derived numbers; what a number does not need stays empty.
#[derive(Default)]
struct Row {
    number: String,
    value: f64,
    range: Option<[f64; 2]>,
    years: Option<u64>,
    error: Option<f64>,
    paths: Option<u64>,
    unit: &'static str,
    how: String,
}

impl Row {
    fn new(number: impl Into<String>, value: f64, unit: &'static str, how: impl Into<String>) -> Self {
        Self { number: number.into(), value, unit, how: how.into(), ..Self::default() }
    }

    fn between(self, low: f64, high: f64) -> Self {
        Self { range: Some([low, high]), ..self }
    }

    fn fields(&self) -> [Field<'_>; 9] {
        let end = |place: usize| self.range.map(|range| range[place]).into();
        [
            (&self.number).into(),
            self.value.into(),
            end(0),
            end(1),
            self.years.into(),
            self.error.into(),
            self.paths.into(),
            self.unit.into(),
            (&self.how).into(),
        ]
    }
}

/// `derived.csv`: numbers of a report that stand in no other table, each with how it follows and from what.
#[must_use]
pub fn derived(scenario: &Scenario, summary: &Summary) -> Table {
    let mut table = Table::new(&declared::REPORT_DERIVED);
    let run = Lookup::new(scenario, summary);
    let rows = of_ratio(run).into_iter().chain(of_paths(run)).chain(of_growth(scenario)).chain(of_figures(run));
    rows.for_each(|row| table.push(row.fields()));
    table
}

/// What it takes to close the ratio of the base year.
fn of_ratio(run: Lookup) -> Option<Row> {
    let base_year = run.scenario.base_year();
    let seen = run.observed(of_gap(Metric::Ratio), base_year)?;
    let [low, high, years] = run.to_close()?.value;
    let how = format!("ratio of {base_year} as its rounding leaves it, and years to the horizon");
    Some(Row { years: Some(years as u64), ..Row::new(TO_CLOSE, seen.value.value, "times", how).between(low, high) })
}

/// Shares over paths.
fn of_paths(run: Lookup) -> Vec<Row> {
    let Some(outlook) = Outlook::new(run.scenario, run.summary) else { return Vec::new() };
    let from_assumptions = outlook.share_from_assumptions.map(|share| {
        let how = "covariance of the two paths of a draw over the variance of the log ratio in the last year";
        Row { error: Some(share.value.error), ..Row::new(FROM_ASSUMPTIONS, share.value.value, "share", how) }
    });
    let Hits { hits, paths } = outlook.disagree.value;
    let how = "wider-in-dollars-only plus wider-as-ratio-only in the last year";
    let disagree = Row { paths: Some(paths), ..Row::new(DISAGREE, hits as f64 / paths as f64, "share", how) };
    from_assumptions.into_iter().chain([disagree]).collect()
}

/// Assumed growth of both regions of the gap.
fn of_growth(scenario: &Scenario) -> Vec<Row> {
    let regions = [scenario.gap().lead(), scenario.gap().follow()].map(|region| &scenario.regions()[region]);
    let row = |region| {
        let [value, low, high] = assumed_growth(scenario, region)?.value;
        let how = "sum of the drifts of deals and deal size, with the ends of its 80% range";
        Some(Row::new(growth_of(region.name()), value, "natural log", how).between(low, high))
    };
    regions.into_iter().filter_map(row).collect()
}

/// The part of the side that did more in the last observed change of the gap.
fn of_mover(run: Lookup) -> Option<Row> {
    let years = run.last_change()?.years;
    let places = [run.scenario.gap().lead(), run.scenario.gap().follow()];
    let moved = places.map(|place| Moved::observed(run.scenario, place, years));
    let [Some(lead), Some(follow)] = moved else { return None };
    let Mover::Mostly { side, share: [value, low, high] } = mover(&lead, &follow) else { return None };
    let name = [&lead, &follow][side].name.clone();
    let how = "its change of funding over that of both sides, last observed change, as rounding leaves it";
    Some(Row::new(part_of_gap(&name), value, "share", how).between(low, high))
}

/// What other figures say.
fn of_figures(run: Lookup) -> Vec<Row> {
    let scenario = run.scenario;
    let [lead, follow] = [scenario.gap().lead(), scenario.gap().follow()].map(|it| scenario.regions()[it].name());
    let others = scenario.data().other_ratios(lead, follow).into_iter().map(|(source, ratio)| {
        let how = format!("funding of {lead} over that of {follow}, as {source} counts");
        Row::new(ratio_of(&source), ratio, "times", how)
    });
    let share = run.share_of_follow().map(|share| {
        let how = "change of the log of its deals and deal size over that of the ratio, last observed change";
        Row::new(part_of(follow), share.value, "share", how)
    });
    others.chain(share).chain(of_mover(run)).collect()
}

/// `parts.csv`: the parts of each what-if's effect as its sentence groups them, small ones together.
#[must_use]
pub fn parts(comparison: &Comparison) -> Table {
    let mut table = Table::new(&declared::REPORT_PARTS);
    for it in &comparison.what_ifs {
        for MainPart { name, value } in main_parts(it, &comparison.baseline.scenario) {
            let numbers = [libm::exp(value.log_median_ratio), value.log_median_ratio, value.wider].map(Field::from);
            table.push([Field::from(it.side.scenario.name()), name.into()].into_iter().chain(numbers));
        }
    }
    table
}
