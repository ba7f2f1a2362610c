//! How far simulation alone moves a number: standard errors of quantiles, and how narrow they are asked to be.
//!
//! The order statistics with ranks `l` and `u` enclose a quantile with 95% confidence whatever the law: their ranks are
//! those of the binomial law (Conover, 1999). Half their distance over 1.96 is what this file calls the standard error of
//! the quantile.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::LEVELS;
use super::edge_counts::EdgeCounts;
use super::histogram::Ranks;
use super::probability::{Z_95, quantile_ranks};

/// Where the errors of quantiles come from.
#[derive(Debug)]
pub(super) enum Errors<'a> {
    /// Independent paths: their number says it.
    OfPaths(Enclosing),
    /// Replicates of points: what each of them says near the quantiles of every cell.
    OfReplicates(&'a [EdgeCounts]),
}

impl Errors<'_> {
    /// Those of independent paths.
    pub(crate) fn of_paths() -> Self {
        Self::OfPaths(Enclosing::default())
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
        let ranks = LEVELS.map(|level| quantile_ranks(values, level, 0.95));
        let last = (values - 1).max(1) as f64;
        let place = |rank: u64| if rank > values { 2.0 } else { (rank as f64 - 1.0) / last };
        let places = [ranks.map(|(lower, _, _)| place(lower)), ranks.map(|(_, upper, _)| place(upper))];
        known.insert(values, places);
        places
    }

    /// Standard errors of the quantiles at [`LEVELS`], through a rising function of the values counted.
    ///
    /// `clustering` is the correlation of the two paths of a draw: `n` paths say as much as `n / (1 + clustering)`
    /// independent ones.
    pub(crate) fn errors(&self, values: &mut Ranks, clustering: f64, rising: impl Fn(f64) -> f64) -> Option<[f64; 9]> {
        let independent = values.defined() as f64 / (1.0 + clustering);
        let [lower, upper] = self.of((independent as u64).max(1));
        let mut ends = |places: [f64; 9]| values.quantiles(places.map(|place| place.clamp(0.0, 1.0)));
        let (low, high) = (ends(lower)?, ends(upper)?);
        Some(std::array::from_fn(|level| {
            if lower[level] < 0.0 || upper[level] > 1.0 {
                return f64::INFINITY;
            }
            let (low, high) = (rising(low[level]), rising(high[level]));
            if low == high { 0.0 } else { (high - low) / (2.0 * Z_95) }
        }))
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
        Enclosing::default().errors(&mut Ranks::of(histogram), clustering, |it| it)
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
