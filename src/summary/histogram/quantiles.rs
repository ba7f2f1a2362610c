//! Quantiles and shares of what a histogram has counted.

use super::counts::Histogram;
use super::ranks::Ranks;

/// The whole number that a quantile of whole numbers stands for.
///
/// Those above 1,024 have a bucket each, or share one with their neighbours, and are spread evenly over its width: the one
/// that a value belongs to is the next one towards zero.
pub(in crate::summary) fn whole(quantile: f64) -> f64 {
    quantile.trunc()
}

impl Histogram {
    /// Number of values that are not undefined.
    #[must_use]
    pub fn defined(&self) -> u64 {
        Ranks::of(self).defined()
    }

    /// Quantiles of Hyndman and Fan's type 7 on the extended reals, undefined values left out.
    ///
    /// `None` if there is no defined value. Probabilities in rising order cost one pass over the buckets.
    #[must_use]
    pub fn quantiles<const N: usize>(&self, probabilities: [f64; N]) -> Option<[f64; N]> {
        Ranks::of(self).quantiles(probabilities)
    }

    /// Quantiles at any number of probabilities, which cost one pass in rising order; none if no value is defined.
    pub(in crate::summary) fn quantiles_at(&self, probabilities: &[f64]) -> Vec<f64> {
        let mut ranks = Ranks::of(self);
        if ranks.defined() == 0 {
            return Vec::new();
        }
        probabilities.iter().map(|p| ranks.quantile(*p)).collect()
    }

    /// Share of the defined values that are at most `value`, even within a bucket.
    #[must_use]
    pub fn share_below(&self, value: f64) -> f64 {
        self.counts_up_to(&[value])[0] / self.defined() as f64
    }

    /// Quantile at one probability.
    #[must_use]
    pub fn quantile(&self, p: f64) -> Option<f64> {
        self.quantiles([p]).map(|[value]| value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(values: &[f64]) -> Histogram {
        let mut histogram = Histogram::default();
        histogram.extend(values);
        histogram
    }

    /// Exact type-7 quantile of finite values, by sorting.
    fn exact(values: &[f64], p: f64) -> f64 {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let rank = (sorted.len() - 1) as f64 * p;
        let below = rank.floor() as usize;
        let above = (below + 1).min(sorted.len() - 1);
        sorted[below] + (sorted[above] - sorted[below]) * (rank - rank.floor())
    }

    #[test]
    fn undefined_values_are_left_out_and_infinite_ones_sort_last() {
        let histogram = of(&[1.0, 2.0, f64::INFINITY, f64::NAN]);
        assert!((histogram.quantile(0.5).expect("defined") - 2.0).abs() < 2.0 / 1024.0);
        assert_eq!(histogram.quantile(1.0), Some(f64::INFINITY));
        assert_eq!((histogram.undefined(), histogram.infinite()), (1, 1));
        assert_eq!(of(&[f64::NAN]).quantile(0.5), None);
    }

    #[test]
    fn quantiles_of_whole_numbers_are_those_numbers() {
        // As many of each, on both sides of where buckets become as wide as one and as two.
        for first in [7, 230, 1020, 1151, 2045, -1160, -2050] {
            let values: Vec<f64> = (0..400).map(|i| f64::from(first + i / 100)).collect();
            let histogram = of(&values);
            for (step, p) in [0.125, 0.375, 0.625, 0.875].into_iter().enumerate() {
                let found = whole(histogram.quantile(p).expect("defined"));
                assert_eq!(found, f64::from(first) + step as f64, "{first}: {p}");
            }
        }
    }

    #[test]
    fn every_quantile_of_a_constant_is_the_constant() {
        for value in [31.7, -0.003, 0.0] {
            let histogram = of(&[value; 100]);
            assert!([0.0, 0.025, 0.5, 0.9, 1.0].iter().all(|p| histogram.quantile(*p) == Some(value)));
        }
    }

    proptest! {
        #[test]
        fn a_quantile_is_within_its_bound_of_the_exact_order_statistic(
            logs in prop::collection::vec(-30.0..30.0f64, 1..400), p in 0.0..=1.0f64
        ) {
            let values: Vec<f64> = logs.iter().map(|log| libm::exp(*log)).collect();
            let (found, exact) = (of(&values).quantile(p).expect("defined"), exact(&values, p));
            prop_assert!((found - exact).abs() <= exact / 1024.0 * (1.0 + 1e-12), "{found} for {exact}");
        }

        #[test]
        fn values_of_both_signs_stay_within_the_bound_of_the_larger_neighbour(
            values in prop::collection::vec(-1e3..1e3f64, 1..300), p in 0.0..=1.0f64
        ) {
            let (found, exact) = (of(&values).quantile(p).expect("defined"), exact(&values, p));
            let largest = values.iter().fold(0.0f64, |most, value| most.max(value.abs()));
            prop_assert!((found - exact).abs() <= largest / 1024.0, "{found} for {exact}");
        }

        #[test]
        fn the_order_of_merging_does_not_matter(
            left in prop::collection::vec(-1e3..1e6f64, 0..200), right in prop::collection::vec(-1e-6..1e3f64, 1..200)
        ) {
            let (mut one, mut two) = (of(&left), of(&right));
            let whole: Vec<f64> = left.iter().chain(&right).copied().collect();
            let before = two.clone();
            two.merge(&one);
            one.merge(&before);
            for p in [0.0, 0.1, 0.5, 0.975] {
                prop_assert_eq!(one.quantile(p), two.quantile(p));
                prop_assert_eq!(one.quantile(p), of(&whole).quantile(p));
            }
        }
    }
}
