//! How far simulation alone moves a number: standard errors of quantiles, and how narrow they are asked to be.
//!
//! The order statistics with ranks `l` and `u` enclose a quantile with 95% confidence whatever the law: their ranks are
//! those of the binomial law (Conover, 1999). Half their distance over 1.96 is what this file calls the standard error of
//! the quantile.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::LEVELS;
use super::edge_counts::EdgeCounts;
use super::histogram::{Ranks, whole};
use super::probability::{Z_95, quantile_ranks};

/// Where the errors of quantiles come from.
#[derive(Debug)]
pub(super) enum Errors<'a> {
    /// Independent draws: their number says it, and by cell and level how alike the two paths of a draw are.
    OfPaths(Enclosing, Vec<[f64; LEVELS.len()]>),
    /// Replicates of points: what each of them says near the quantiles of every cell.
    OfReplicates(&'a [EdgeCounts]),
}

impl Errors<'_> {
    /// Those of paths of which two share a draw, for how alike they are.
    pub(crate) fn of_paths(alike: Vec<[f64; LEVELS.len()]>) -> Self {
        Self::OfPaths(Enclosing::default(), alike)
    }
}

/// Ranks of the confidence intervals, looked up once for each number of paths.
#[derive(Debug, Default)]
pub(super) struct Enclosing(Mutex<BTreeMap<u64, [[f64; 9]; 2]>>);

impl Enclosing {
    /// Probabilities, in a histogram, of the order statistics that enclose each of [`LEVELS`] for so many independent
    /// values; below 0 or above 1 where no order statistic is far enough out.
    fn of(&self, values: u64) -> [[f64; 9]; 2] {
        // Others wait: what they want is nearly always the same.
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(places) = known.get(&values) {
            return *places;
        }
        let ends = LEVELS.map(|level| enclosing(values, level));
        let places = [ends.map(|[lower, _]| lower), ends.map(|[_, upper]| upper)];
        known.insert(values, places);
        places
    }

    /// Standard errors of the quantiles at [`LEVELS`], through a rising function of the values counted.
    ///
    /// `alike` is the correlation, at each level, of the two paths of a draw.
    pub(crate) fn errors(
        &self,
        values: &mut Ranks,
        alike: &[f64; 9],
        rising: impl Fn(f64) -> f64,
        is_whole: bool,
    ) -> Option<[f64; 9]> {
        let [lower, upper] = self.of(values.defined().max(1));
        let places: [[f64; 2]; 9] =
            std::array::from_fn(|level| widened([lower[level], upper[level]], LEVELS[level], alike[level]));
        let mut at = |places: [f64; 9]| {
            let values = values.quantiles(places.map(|place| place.clamp(0.0, 1.0)))?.map(&rising);
            Some(if is_whole { values.map(whole) } else { values })
        };
        let [low, middle, high] =
            [at(places.map(|[lower, _]| lower))?, at(LEVELS)?, at(places.map(|[_, upper]| upper))?];
        let error = |level: usize| half_width(places[level], [low[level], middle[level], high[level]], is_whole);
        Some(std::array::from_fn(|level| error(level) / Z_95))
    }
}

/// Probabilities, in a histogram, of the order statistics that enclose a quantile for so many independent values; below 0
/// or above 1 where no order statistic is far enough out.
pub(super) fn enclosing(values: u64, level: f64) -> [f64; 2] {
    let (lower, upper, _) = quantile_ranks(values, level, 0.95);
    let last = (values - 1).max(1) as f64;
    [lower, upper].map(|rank| if rank > values { 2.0 } else { (rank as f64 - 1.0) / last })
}

/// Wider places for values two of which are alike: their share below the quantile is off by `√(1 + c)` times as much.
pub(super) fn widened(places: [f64; 2], level: f64, alike: f64) -> [f64; 2] {
    places.map(|place| level + (place - level) * (1.0 + alike).sqrt())
}

/// Half the width of the interval of a quantile: its low end, the quantile, its high end, at these places. Infinite where an
/// end lies beyond the values.
///
/// Of whole numbers the quantile is off by none or by whole ones, and the farther end counts.
pub(super) fn half_width(places: [f64; 2], [low, middle, high]: [f64; 3], is_whole: bool) -> f64 {
    if places[0] < 0.0 || places[1] > 1.0 {
        f64::INFINITY
    } else if low == high {
        0.0
    } else if is_whole {
        (middle - low).max(high - middle)
    } else {
        0.5 * (high - low)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::summary::histogram::Histogram;

    fn histogram(values: impl Iterator<Item = f64>) -> Histogram {
        let mut histogram = Histogram::default();
        histogram.extend(&values.collect::<Vec<f64>>());
        histogram
    }

    fn errors_of(histogram: &Histogram, clustering: f64) -> Option<[f64; 9]> {
        Enclosing::default().errors(&mut Ranks::of(histogram), &[clustering; 9], |it| it, false)
    }

    #[test]
    fn the_error_of_a_median_is_that_of_theory_and_pairs_that_agree_count_once() {
        // Uniform values: the standard error of the median is 1/(2 √n).
        let n = 10_000;
        let uniform = histogram((0..n).map(|i| 1.0 + (f64::from(i) + 0.5) / f64::from(n)));
        let errors = |clustering| errors_of(&uniform, clustering).expect("defined")[4];
        assert!((errors(0.0) / 0.005 - 1.0).abs() < 0.02, "{}", errors(0.0));
        assert!((errors(1.0) / 0.005 - 2f64.sqrt()).abs() < 0.03, "{}", errors(1.0));
    }

    #[test]
    fn a_whole_number_is_off_by_whole_ones_on_the_side_that_is_farther_away() {
        let errors = |histogram: &Histogram| {
            Enclosing::default().errors(&mut Ranks::of(histogram), &[0.0; 9], |it| it, true).expect("defined")
        };
        // The median sits in the middle of 1152, then at the edge between 1151 and 1152.
        let inside = histogram((0..3000).map(|i| 1151.0 + f64::from(i / 1000)));
        assert_eq!(errors(&inside)[4], 0.0);
        let edge = histogram((0..3000).map(|i| if i < 1505 { 1151.0 } else { 1152.0 }));
        assert!((errors(&edge)[4] - 1.0 / Z_95).abs() < 1e-12, "{}", errors(&edge)[4]);
    }

    #[test]
    fn few_paths_say_nothing_of_a_tail() {
        let few = histogram((0..20).map(|i| 1.0 + f64::from(i)));
        let errors = errors_of(&few, 0.0).expect("defined");
        assert!(errors[0].is_infinite() && errors[8].is_infinite() && errors[4].is_finite());
        let two = errors_of(&histogram([1.0, 2.0].into_iter()), 1.0).expect("defined");
        assert!(two.iter().all(|error| error.is_infinite()));
        let constant = errors_of(&histogram([3.0; 500].into_iter()), 1.0).expect("defined");
        assert_eq!(constant[4], 0.0);
    }
}
