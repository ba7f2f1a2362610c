//! What a what-if changes, path by path on the same luck: the observer that forms pairs and drops them.

use crate::engine::{Block, JointObserver, PATHS_PER_BLOCK, Settings};
use crate::metric::{Levels, Measure, Metric, Subject};
use crate::scenario::Scenario;

use super::{Histogram, Moments, Probability, Tally};

/// Ranks of the quantiles of a paired difference: 95%, 80% and 50% interval and median.
pub const DIFFERENCE_LEVELS: [f64; 7] = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975];

/// What a what-if changes in one measure and year.
#[derive(Clone, Debug, PartialEq)]
pub struct PairedRow {
    /// Position of the what-if among those compared, from 0.
    pub what_if: usize,
    /// What is measured, with the subject's position in the baseline.
    pub measure: Measure,
    /// Calendar year.
    pub year: i32,
    /// Median of the baseline.
    pub baseline_median: Option<f64>,
    /// Median of the what-if.
    pub what_if_median: Option<f64>,
    /// What-if minus baseline on the same path.
    pub difference: Paired,
    /// What-if over baseline on the same path, for measures that are positive.
    pub ratio: Option<[f64; 7]>,
    /// Share of paths where the what-if is greater.
    pub greater: Probability,
    /// Share of paths where nothing changes, to the last bit.
    pub unchanged: Probability,
}

/// Paired differences of a measure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paired {
    /// Mean, where it exists and may be shown.
    pub mean: Option<f64>,
    /// Its standard error, over draws.
    pub standard_error: Option<f64>,
    /// The standard error that runs on different luck would have had.
    pub unpaired_error: Option<f64>,
    /// Quantiles at [`DIFFERENCE_LEVELS`].
    pub quantiles: Option<[f64; 7]>,
}

/// Forms pairs between a baseline and its what-ifs.
#[derive(Debug)]
pub struct Pairing<'a> {
    scenarios: Vec<&'a Scenario>,
    /// Measures that the baseline shares with each what-if, in both their terms.
    common: Vec<Vec<(Measure, Measure)>>,
    years: usize,
    sums: Vec<Cell>,
    counts: Option<PairCounts>,
}

/// Floating-point sums of a cell: the differences, and both sides alone.
#[derive(Clone, Copy, Debug, Default)]
struct Cell {
    difference: Moments,
    baseline: Moments,
    what_if: Moments,
}

/// Whole numbers of a worker, and its scratch columns.
#[derive(Debug)]
pub struct PairCounts {
    levels: Vec<Levels>,
    cells: Vec<CellCounts>,
    columns: [Vec<f64>; 4],
}

#[derive(Clone, Debug, Default)]
struct CellCounts {
    baseline: Histogram,
    what_if: Histogram,
    difference: Histogram,
    ratio: Histogram,
    greater: Tally,
    unchanged: Tally,
}

/// Sums of a block, a cell for each what-if, measure and year.
#[derive(Debug)]
pub struct PairSums(Vec<Cell>);

impl<'a> Pairing<'a> {
    /// Pairs a baseline with what-ifs whose base year and gap are the same.
    #[must_use]
    pub fn new(baseline: &'a Scenario, what_ifs: &[&'a Scenario]) -> Self {
        let common: Vec<_> = what_ifs.iter().map(|what_if| common_measures(baseline, what_if)).collect();
        let horizon = what_ifs.iter().fold(baseline.horizon, |least, what_if| least.min(what_if.horizon));
        let years = usize::try_from(horizon - baseline.base_year).unwrap_or(0);
        let cells = common.iter().map(Vec::len).sum::<usize>() * years;
        let scenarios = std::iter::once(baseline).chain(what_ifs.iter().copied()).collect();
        Self { scenarios, common, years, sums: vec![Cell::default(); cells], counts: None }
    }

    /// What was seen.
    #[must_use]
    pub fn rows(self, settings: Settings) -> Vec<PairedRow> {
        let counts = self.counts.as_ref().expect("a run has at least one block");
        let uncertain = self.scenarios.iter().any(|it| it.assumptions.iter().any(|input| !input.law.is_fixed()));
        let probability = |tally: Tally| Probability::new(tally, settings.paths, uncertain);
        let first_year = self.scenarios[0].base_year + 1;
        let mut rows = Vec::with_capacity(self.sums.len());
        for (place, (what_if, measure, _, year)) in self.places().enumerate() {
            let (sums, counts) = (&self.sums[place], &counts.cells[place]);
            let shown = self.scenarios.iter().all(|scenario| measure.moments(scenario).mean);
            let errors = [sums.baseline.standard_error(), sums.what_if.standard_error()];
            let unpaired = errors[0].zip(errors[1]).map(|(a, b)| (a * a + b * b).sqrt());
            rows.push(PairedRow {
                what_if,
                measure,
                year: first_year + i32::try_from(year).expect("a horizon is a calendar year"),
                baseline_median: counts.baseline.quantile(0.5),
                what_if_median: counts.what_if.quantile(0.5),
                difference: Paired {
                    mean: sums.difference.mean().filter(|_| shown),
                    standard_error: sums.difference.standard_error().filter(|_| shown),
                    unpaired_error: unpaired.filter(|_| shown),
                    quantiles: counts.difference.quantiles(DIFFERENCE_LEVELS),
                },
                ratio: if is_positive(measure.metric) { counts.ratio.quantiles(DIFFERENCE_LEVELS) } else { None },
                greater: probability(counts.greater),
                unchanged: probability(counts.unchanged),
            });
        }
        rows
    }

    /// What-if, measure in the terms of both, and year of each cell, in the order of the cells.
    fn places(&self) -> impl Iterator<Item = (usize, Measure, Measure, usize)> {
        self.common.iter().enumerate().flat_map(move |(what_if, measures)| {
            measures
                .iter()
                .flat_map(move |(baseline, other)| (0..self.years).map(move |year| (what_if, *baseline, *other, year)))
        })
    }
}

/// Measures that two scenarios share, in the terms of each.
fn common_measures(baseline: &Scenario, what_if: &Scenario) -> Vec<(Measure, Measure)> {
    let others = Measure::all(what_if);
    let same = |measure: &Measure| {
        let region = measure.region(baseline);
        others.iter().find(|other| other.metric == measure.metric && other.region(what_if) == region).copied()
    };
    Measure::all(baseline).into_iter().filter_map(|measure| same(&measure).map(|other| (measure, other))).collect()
}

/// Whether a quotient of two values of the metric says something: a gap or a log ratio may be zero or negative.
fn is_positive(metric: Metric) -> bool {
    !matches!(metric, Metric::Gap | Metric::LogRatio | Metric::DealsGap | Metric::CumulativeGap)
}

impl JointObserver for Pairing<'_> {
    type Counts = PairCounts;
    type Sums = PairSums;

    fn counts(&self) -> PairCounts {
        let column = || vec![0.0; PATHS_PER_BLOCK];
        PairCounts {
            levels: self.scenarios.iter().map(|scenario| Levels::new(scenario)).collect(),
            cells: vec![CellCounts::default(); self.sums.len()],
            columns: [column(), column(), column(), column()],
        }
    }

    fn observe(&self, blocks: &[Block], counts: &mut PairCounts) -> PairSums {
        let mut sums = vec![Cell::default(); self.sums.len()];
        counts.levels.iter_mut().for_each(Levels::restart);
        for year in 0..self.years {
            for (levels, block) in counts.levels.iter_mut().zip(blocks) {
                levels.enter(block, year);
            }
            for (place, (what_if, measure, other, cell_year)) in self.places().enumerate() {
                if cell_year != year {
                    continue;
                }
                let [first, second, difference, ratio] = &mut counts.columns;
                let before = counts.levels[0].column(measure, first);
                let after = counts.levels[what_if + 1].column(other, second);
                sums[place] = pair(before, after, measure, difference, ratio, &mut counts.cells[place]);
            }
        }
        PairSums(sums)
    }

    fn absorb(&mut self, sums: PairSums) {
        for (total, block) in self.sums.iter_mut().zip(&sums.0) {
            total.difference.absorb(&block.difference);
            total.baseline.absorb(&block.baseline);
            total.what_if.absorb(&block.what_if);
        }
    }

    fn finish(&mut self, counts: PairCounts) {
        let Some(total) = &mut self.counts else {
            self.counts = Some(counts);
            return;
        };
        for (total, other) in total.cells.iter_mut().zip(&counts.cells) {
            total.baseline.merge(&other.baseline);
            total.what_if.merge(&other.what_if);
            total.difference.merge(&other.difference);
            total.ratio.merge(&other.ratio);
            total.greater.merge(&other.greater);
            total.unchanged.merge(&other.unchanged);
        }
    }
}

/// Counts the pairs of one measure and year, and sums them.
fn pair(
    before: &[f64],
    after: &[f64],
    measure: Measure,
    difference: &mut [f64],
    ratio: &mut [f64],
    counts: &mut CellCounts,
) -> Cell {
    let (difference, ratio) = (&mut difference[..before.len()], &mut ratio[..before.len()]);
    for ((difference, before), after) in difference.iter_mut().zip(before).zip(after) {
        // Two infinite values do not differ; their difference would be undefined.
        *difference = if after == before { 0.0 } else { after - before };
    }
    counts.baseline.extend(before);
    counts.what_if.extend(after);
    counts.difference.extend(difference);
    if is_positive(measure.metric) {
        for ((ratio, before), after) in ratio.iter_mut().zip(before).zip(after) {
            *ratio = if after == before { 1.0 } else { after / before };
        }
        counts.ratio.extend(ratio);
    }
    counts.greater.merge(&tally(difference, |difference| difference > 0.0));
    counts.unchanged.merge(&tally(difference, |difference| difference == 0.0));
    if !measure.metric.has_mean() {
        return Cell::default();
    }
    Cell { difference: Moments::of(difference), baseline: Moments::of(before), what_if: Moments::of(after) }
}

fn tally(column: &[f64], holds: impl Fn(f64) -> bool) -> Tally {
    let (even, odd) = column.split_at(column.len() / 2);
    let mut tally = Tally::default();
    for (even, odd) in even.iter().zip(odd) {
        let (even, odd) = (u64::from(holds(*even)), u64::from(holds(*odd)));
        tally.yes += even + odd;
        tally.both += even & odd;
    }
    tally
}

impl PairedRow {
    /// The row of a gap metric in a year among those of one what-if.
    #[must_use]
    pub fn of_gap(rows: &[Self], what_if: usize, metric: Metric, year: i32) -> Option<&Self> {
        let measure = Measure { metric, subject: Subject::Gap };
        rows.iter().find(|row| row.what_if == what_if && row.measure == measure && row.year == year)
    }
}
