//! The observer that forms pairs path by path and drops them.

use serde::{Deserialize, Serialize};

use crate::engine::{Block, Column, Observer, Settings};
use crate::metric::{Levels, Measure};
use crate::scenario::Scenario;

use super::super::{Histogram, Moments, Probability, Summary, Tally, Z_95};
use super::row::{DIFFERENCE_LEVELS, Paired, PairedRow};

/// Values nearer to each other than this share of the larger are the same: what is left is the rounding of arithmetic.
const ROUNDING: f64 = 1e-9;

/// Forms pairs between a baseline and a what-if.
#[derive(Debug)]
pub struct Pairing<'a> {
    pub(super) scenarios: [&'a Scenario; 2],
    /// Measures that the two share, in the terms of each.
    pub(super) common: Vec<[Measure; 2]>,
    pub(super) years: usize,
    /// Whether the assumptions of either side are uncertain, so that the two paths of a draw are not independent.
    pub(super) uncertain: bool,
    pub(super) counts: Option<PairCounts>,
}

/// What a worker has counted and summed, and its scratch columns.
#[derive(Debug)]
pub struct PairCounts {
    levels: [Levels; 2],
    cells: Vec<PairTallies>,
    columns: [Column; 4],
}

/// Counts and exact sums of a measure and year.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct PairTallies {
    /// Of signed fourth roots, see [`root`].
    pub(super) difference: Histogram,
    pub(super) ratio: Histogram,
    greater: Tally,
    smaller: Tally,
    unchanged: Tally,
    /// Moments of the differences, of the baseline and of the what-if.
    pub(super) moments: [Moments; 3],
}

impl PairTallies {
    /// Adds what was counted elsewhere.
    pub(super) fn merge(&mut self, other: &Self) {
        self.difference.merge(&other.difference);
        self.ratio.merge(&other.ratio);
        self.greater.merge(&other.greater);
        self.smaller.merge(&other.smaller);
        self.unchanged.merge(&other.unchanged);
        self.moments.iter_mut().zip(&other.moments).for_each(|(total, other)| total.merge(other));
    }

    /// Quantiles of the quotients. As many of them are below one as differences below zero, and the bucket of one holds its
    /// neighbours too, so that where a difference is zero the quotient is one and not some number beside it.
    fn quotients<const N: usize>(&self, levels: [f64; N]) -> Option<[f64; N]> {
        let (ratios, differences) = (self.ratio.quantiles(levels)?, self.difference.quantiles(levels)?);
        Some(std::array::from_fn(|place| if differences[place] == 0.0 { 1.0 } else { ratios[place] }))
    }
}

impl<'a> Pairing<'a> {
    /// Pairs a baseline with a what-if whose base year and gap are the same.
    #[must_use]
    pub fn new(baseline: &'a Scenario, what_if: &'a Scenario) -> Self {
        let common = common_measures(baseline, what_if);
        let horizon = baseline.horizon().min(what_if.horizon());
        let years = usize::try_from(horizon - baseline.base_year()).unwrap_or(0);
        let scenarios = [baseline, what_if];
        let uncertain = scenarios.iter().any(|it| it.draws_differ());
        Self { scenarios, common, years, uncertain, counts: None }
    }

    /// What was counted, cell by cell.
    pub(super) fn cells(&self) -> &[PairTallies] {
        &self.counts.as_ref().expect("a run has at least one block").cells
    }

    /// Takes what was counted elsewhere for what this pairing has seen; `false` if it cannot be of these scenarios.
    pub(super) fn take_cells(&mut self, cells: Vec<PairTallies>) -> bool {
        let mut counts = self.counts();
        let fits = counts.cells.len() == cells.len();
        counts.cells = cells;
        self.counts = fits.then_some(counts);
        fits
    }

    /// What was seen, beside the medians that each side has by itself; `alike` are the correlations of the two paths of a
    /// draw at the medians of difference and ratio, cell by cell.
    #[must_use]
    pub(super) fn rows(&self, settings: &Settings, summaries: [&Summary; 2], alike: &[[f64; 2]]) -> Vec<PairedRow> {
        let cells = self.cells();
        let uncertain = self.uncertain;
        let probability = |tally: Tally| Probability::new(tally, settings.paths, uncertain);
        let mut rows = Vec::with_capacity(cells.len());
        for (place, ([measure, other], index)) in self.places().enumerate() {
            let counts = &cells[place];
            let year = self.scenarios[0].base_year() + 1 + i32::try_from(index).expect("a horizon is a calendar year");
            let median = |summary: &Summary, measure| summary.fan_row(measure, year)?.simulated.as_ref()?.median();
            // A gap or a log ratio may be zero or negative, and a quotient of two of them says nothing.
            let positive = !measure.metric.may_be_negative();
            let [of_difference, of_ratio] = alike[place].map(|alike| settings.paths as f64 / (1.0 + alike));
            let difference = self.difference(measure, counts, of_difference);
            let ratio = counts.quotients(DIFFERENCE_LEVELS).filter(|_| positive);
            let ends = ratio.and_then(|_| counts.quotients(around_median(of_ratio)));
            rows.push(PairedRow {
                measure,
                year,
                baseline_median: median(summaries[0], measure),
                what_if_median: median(summaries[1], other),
                difference,
                ratio_error: ends.and_then(|ends| half_width(ends.map(libm::log))),
                ratio,
                greater: probability(counts.greater),
                smaller: probability(counts.smaller),
                unchanged: probability(counts.unchanged),
                undefined: counts.difference.undefined(),
            });
        }
        rows
    }

    fn difference(&self, measure: Measure, counts: &PairTallies, independent: f64) -> Paired {
        let shown = self.scenarios.iter().all(|scenario| measure.moments(scenario).mean);
        let [difference, baseline, what_if] = &counts.moments;
        let unpaired = baseline.standard_error().zip(what_if.standard_error()).map(|(a, b)| (a * a + b * b).sqrt());
        Paired {
            mean: difference.mean().filter(|_| shown),
            standard_error: difference.standard_error().filter(|_| shown),
            unpaired_error: unpaired.filter(|_| shown),
            quantiles: counts.difference.quantiles(DIFFERENCE_LEVELS).map(|roots| roots.map(power)),
            median_error: {
                let ends = counts.difference.quantiles(around_median(independent));
                ends.and_then(|ends| half_width(ends.map(power)))
            },
        }
    }

    /// Measure in the terms of both sides, and year, of each cell in their order.
    fn places(&self) -> impl Iterator<Item = ([Measure; 2], usize)> {
        self.common.iter().flat_map(move |measures| (0..self.years).map(move |year| (*measures, year)))
    }
}

/// Probabilities of the order statistics that enclose the median of so many independent values with 95% confidence.
fn around_median(independent: f64) -> [f64; 2] {
    let half = 0.5 * Z_95 / independent.sqrt();
    [(0.5 - half).max(0.0), (0.5 + half).min(1.0)]
}

/// Half the distance of the ends of a 95% interval, over 1.96.
fn half_width([low, high]: [f64; 2]) -> Option<f64> {
    let error = if low == high { 0.0 } else { (high - low) / (2.0 * Z_95) };
    error.is_finite().then_some(error)
}

/// Measures that two scenarios share, in the terms of each: the same quantity of the same region in the same unit.
fn common_measures(baseline: &Scenario, what_if: &Scenario) -> Vec<[Measure; 2]> {
    let others = Measure::all(what_if);
    let same = |measure: Measure| {
        let of =
            |measure: Measure, scenario: &Scenario| (measure.metric, measure.region(scenario), measure.unit(scenario));
        let own = of(measure, baseline);
        others.iter().find(|other| of(**other, what_if) == own).map(|other| [measure, *other])
    };
    Measure::all(baseline).into_iter().filter_map(same).collect()
}

/// The fourth root with its sign.
///
/// Differences reach from nothing to everything on both sides of zero. Their roots fill a quarter of the octaves, so a
/// histogram of them is small, and its relative error of 2⁻¹⁰ is one of 2⁻⁸ of a difference before interpolation.
fn root(value: f64) -> f64 {
    value.abs().sqrt().sqrt().copysign(value)
}

/// The fourth power with its sign, which undoes [`root`].
pub(super) fn power(root: f64) -> f64 {
    let square = root * root;
    // Zero has no sign in any file.
    if root == 0.0 { 0.0 } else { (square * square).copysign(root) }
}

impl Observer for Pairing<'_> {
    type Counts = PairCounts;
    type Sums = ();

    fn counts(&self) -> PairCounts {
        PairCounts {
            levels: self.scenarios.map(Levels::new),
            cells: vec![PairTallies::default(); self.common.len() * self.years],
            columns: std::array::from_fn(|_| Column::default()),
        }
    }

    fn observe(&self, blocks: &[Block], counts: &mut PairCounts) {
        counts.levels.iter_mut().for_each(Levels::restart);
        for year in 0..self.years {
            for (levels, block) in counts.levels.iter_mut().zip(blocks) {
                levels.enter(block, year);
            }
            let [first, second, difference, ratio] = &mut counts.columns;
            for (row, [measure, other]) in self.common.iter().enumerate() {
                let place = row * self.years + year;
                let before = counts.levels[0].column(*measure, first);
                let after = counts.levels[1].column(*other, second);
                pair([before, after], *measure, [difference, ratio], &mut counts.cells[place]);
            }
        }
    }

    fn absorb(&mut self, (): ()) {}

    fn finish(&mut self, counts: PairCounts) {
        let Some(total) = &mut self.counts else {
            self.counts = Some(counts);
            return;
        };
        total.cells.iter_mut().zip(&counts.cells).for_each(|(total, other)| total.merge(other));
    }
}

/// Differences of the pairs of one measure and year, and their quotients where the measure is positive.
pub(super) fn form_pairs([before, after]: [&[f64]; 2], measure: Measure, [difference, ratio]: [&mut [f64]; 2]) {
    for ((difference, before), after) in difference.iter_mut().zip(before).zip(after) {
        // Two infinite values do not differ; their difference would be undefined.
        let same = after == before || (after - before).abs() <= ROUNDING * before.abs().max(after.abs());
        *difference = if same { 0.0 } else { after - before };
    }
    if !measure.metric.may_be_negative() {
        for (((ratio, difference), before), after) in ratio.iter_mut().zip(&*difference).zip(before).zip(after) {
            *ratio = if *difference == 0.0 { 1.0 } else { after / before };
        }
    }
}

/// Counts the pairs of one measure and year, and sums them.
fn pair(
    [before, after]: [&[f64]; 2],
    measure: Measure,
    [difference, ratio]: [&mut [f64]; 2],
    counts: &mut PairTallies,
) {
    let (difference, ratio) = (&mut difference[..before.len()], &mut ratio[..before.len()]);
    form_pairs([before, after], measure, [difference, ratio]);
    if !measure.metric.may_be_negative() {
        counts.ratio.extend(ratio);
    }
    counts.greater.merge(&tally(difference, |difference| difference > 0.0));
    counts.smaller.merge(&tally(difference, |difference| difference < 0.0));
    counts.unchanged.merge(&tally(difference, |difference| difference == 0.0));
    if measure.metric.has_mean() {
        counts.moments.iter_mut().zip([&*difference, before, after]).for_each(|(moments, column)| moments.add(column));
    }
    difference.iter_mut().for_each(|value| *value = root(*value));
    counts.difference.extend(difference);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metric::{Metric, Subject};

    #[test]
    fn a_root_and_its_power_keep_sign_and_zero() {
        for value in [0.0, 1.0, -16.0, 3.7e-9, -2.5e12, f64::INFINITY, f64::NEG_INFINITY] {
            let back = power(root(value));
            assert!(back == value || (back / value - 1.0).abs() < 1e-14, "{value}: {back}");
        }
        assert!(power(root(f64::NAN)).is_nan());
        assert!(power(root(-0.0)).is_sign_positive());
    }

    #[test]
    fn what_arithmetic_rounds_is_no_change() {
        let mut counts = PairTallies::default();
        let measure = Measure { metric: Metric::Ratio, subject: Subject::Gap };
        let before = [1.0, 2.0, 3.0, f64::INFINITY, 0.0, f64::NAN];
        let after = [1.0 + 1e-13, 2.5, 2.0, f64::INFINITY, 0.0, 1.0];
        let [mut difference, mut ratio] = [vec![0.0; 6], vec![0.0; 6]];
        pair([&before, &after], measure, [&mut difference, &mut ratio], &mut counts);
        assert_eq!((counts.greater.yes, counts.smaller.yes, counts.unchanged.yes), (1, 1, 3));
        assert_eq!(counts.difference.undefined(), 1);
        assert_eq!(ratio[..5], [1.0, 1.25, 2.0 / 3.0, 1.0, 1.0]);
    }

    #[test]
    fn the_error_of_a_median_is_that_of_theory() {
        // Uniform values: the standard error of the median is 1/(2 √n).
        let n = 10_000;
        let mut histogram = Histogram::default();
        histogram.extend(&(0..n).map(|i| 1.0 + (f64::from(i) + 0.5) / f64::from(n)).collect::<Vec<f64>>());
        let error = histogram.quantiles(around_median(10_000.0)).and_then(half_width).expect("finite");
        assert!((error / 0.005 - 1.0).abs() < 0.02, "{error}");
    }

    /// Of a thousand paths 600 stay as they are and most of the others change by less than a bucket is wide.
    #[test]
    fn a_median_quotient_of_one_has_no_error_where_both_ends_are_one() {
        let measure = Measure { metric: Metric::Funding, subject: Subject::Gap };
        let before = vec![3.0; 1000];
        let moved = |i: i32| if i % 50 == 49 { 6.0 } else { 3.0 + 1e-6 * f64::from(i) };
        let after: Vec<f64> = (0..1000).map(|i| if i % 5 < 3 { 3.0 } else { moved(i) }).collect();
        let mut counts = PairTallies::default();
        pair([&before, &after], measure, [&mut vec![0.0; 1000], &mut vec![0.0; 1000]], &mut counts);
        let buckets = counts.ratio.quantiles(around_median(1000.0)).expect("defined");
        assert!(buckets[0] < buckets[1], "buckets alone do not know one: {buckets:?}");
        let ends = counts.quotients(around_median(1000.0)).expect("defined");
        assert_eq!(half_width(ends.map(libm::log)), Some(0.0));
        assert_eq!(counts.quotients([0.5]), Some([1.0]));
        assert!(counts.quotients([0.9]).is_some_and(|[high]| high > 1.0));
    }
}
