//! Quantiles from a histogram whose buckets are named by the leading bits of the numbers.
//!
//! The bits of a float are already a logarithm: exponent and the top ten bits of the mantissa name a bucket, so a
//! value costs a shift and an increment. Counts are whole numbers, so histograms merge in any order to the same
//! result, and memory does not grow with paths.
//!
//! **Bound.** An octave `[2^e, 2^(e+1))` has 1,024 buckets of equal width `2^e / 1024`, so two values in a bucket
//! differ by at most `2⁻¹⁰ < 1e-3` of either. A quantile here lies in the bucket of the exact order statistic, or
//! between two such for a rank between two values of one sign; hence its relative error is at most 2⁻¹⁰. Where it
//! interpolates within a well-filled bucket the error is far smaller.

mod buckets;
mod name_counts;
mod names;
mod ranks;
mod stored;

use buckets::{Buckets, Lanes};
pub(super) use name_counts::NameCounts;
pub(super) use names::{Named, Signs, name_column, name_within};
pub(super) use ranks::Ranks;

/// Counts of values by size, with what is needed to give quantiles of the extended real line.
#[derive(Clone, Debug, PartialEq)]
pub struct Histogram {
    positive: Buckets,
    negative: Buckets,
    zeros: u64,
    infinite: u64,
    minus_infinite: u64,
    undefined: u64,
    /// Smallest and largest finite value, exact: the ends of the first and the last bucket.
    least: f64,
    greatest: f64,
}

/// Where the value of a rank lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Located {
    /// It is known.
    Value(f64),
    /// It is one of those of a bucket.
    Bucket {
        /// Smallest number of the bucket.
        least: f64,
        /// Greatest number of the bucket.
        greatest: f64,
        /// Defined values below the bucket.
        before: u64,
        /// Values in the bucket.
        count: u64,
    },
}

/// One increment a value; the window holds every name, so none is left out.
#[inline(always)]
fn count_side(names: &[u16], mut side: Lanes, bucket: impl Fn(u16) -> usize) {
    names.iter().for_each(|named| side.count(bucket(*named)));
}

/// The same for names of two signs.
fn count_both(names: &[u16], mut sides: [Lanes; 2]) {
    for named in names {
        let (negative, bucket) = Signs::Both.bucket(*named);
        // The sign picks a side by its place: a branch on it would be missed whenever a gap changes sides.
        sides[usize::from(negative)].count(bucket);
    }
}

impl Default for Histogram {
    fn default() -> Self {
        Self {
            positive: Buckets::default(),
            negative: Buckets::default(),
            zeros: 0,
            infinite: 0,
            minus_infinite: 0,
            undefined: 0,
            least: f64::INFINITY,
            greatest: f64::NEG_INFINITY,
        }
    }
}

impl Histogram {
    /// Counts a column of values.
    pub fn extend(&mut self, column: &[f64]) {
        let mut names = [0; 512];
        for chunk in column.chunks(names.len()) {
            let names = &mut names[..chunk.len()];
            let named = [Signs::Positive, Signs::Both]
                .into_iter()
                .find_map(|signs| name_column(chunk, signs, names).map(|ends| (signs, ends)));
            match named {
                Some((signs, ends)) => self.count(names, signs, ends),
                None => chunk.iter().for_each(|value| self.add(*value)),
            }
        }
    }

    /// Makes room for values between these ends.
    fn reserve(&mut self, ends: Named) {
        self.least = self.least.min(ends.least);
        self.greatest = self.greatest.max(ends.greatest);
        if ends.greatest > 0.0 {
            self.positive.reserve(ends.nearest, ends.greatest);
        }
        if ends.least < 0.0 {
            self.negative.reserve(ends.nearest, -ends.least);
        }
    }

    /// Takes names that a table has counted, and leaves it empty; `ends` are those of the values they stand for.
    pub(super) fn take(&mut self, table: &mut NameCounts, signs: Signs, ends: Named) {
        self.reserve(ends);
        for first in signs.octaves(ends.nearest, ends.greatest) {
            self.positive.take_octave(signs.bucket(first).1, table.octave(first));
        }
        for first in signs.negative_octaves(ends.nearest, -ends.least) {
            self.negative.take_octave(signs.bucket(first).1, table.octave(first));
        }
    }

    /// Counts a few values by the names of their buckets; of many a [`NameCounts`] is faster.
    pub(super) fn count(&mut self, names: &[u16], signs: Signs, ends: Named) {
        self.reserve(ends);
        match signs {
            Signs::Positive => count_side(names, self.positive.lanes(), |named| Signs::Positive.bucket(named).1),
            Signs::Both if ends.least > 0.0 => {
                count_side(names, self.positive.lanes(), |named| Signs::Both.bucket(named).1);
            }
            Signs::Both => count_both(names, [self.positive.lanes(), self.negative.lanes()]),
        }
    }

    /// Counts a value of any kind.
    pub(super) fn add(&mut self, value: f64) {
        if value.is_nan() {
            self.undefined += 1;
        } else if value == f64::INFINITY {
            self.infinite += 1;
        } else if value == f64::NEG_INFINITY {
            self.minus_infinite += 1;
        } else {
            self.least = self.least.min(value);
            self.greatest = self.greatest.max(value);
            if value > 0.0 {
                self.positive.add(value);
            } else if value < 0.0 {
                self.negative.add(-value);
            } else {
                self.zeros += 1;
            }
        }
    }

    /// Counts so many zeros.
    pub(super) fn add_zeros(&mut self, zeros: u64) {
        if zeros > 0 {
            self.zeros += zeros;
            self.least = self.least.min(0.0);
            self.greatest = self.greatest.max(0.0);
        }
    }

    /// Adds the counts of another histogram.
    pub fn merge(&mut self, other: &Self) {
        self.positive.merge(&other.positive);
        self.negative.merge(&other.negative);
        self.zeros += other.zeros;
        self.infinite += other.infinite;
        self.minus_infinite += other.minus_infinite;
        self.undefined += other.undefined;
        self.least = self.least.min(other.least);
        self.greatest = self.greatest.max(other.greatest);
    }

    /// Whether its counts can be those of so many values.
    pub(super) fn can_be_of(&self, values: u64) -> bool {
        let others = [self.zeros, self.infinite, self.minus_infinite, self.undefined];
        let finite = self.positive.total() + self.negative.total();
        let sound = others.into_iter().all(|count| count <= values)
            && finite <= values
            && (finite + self.zeros == 0 || self.least <= self.greatest);
        let total = || others.into_iter().sum::<u64>() + finite;
        sound && (total() == 0 || total() == values)
    }

    /// Number of values that are no number, such as 0/0.
    #[must_use]
    pub fn undefined(&self) -> u64 {
        self.undefined
    }

    /// Number of values that are not undefined.
    #[must_use]
    pub fn defined(&self) -> u64 {
        Ranks::of(self).defined()
    }

    /// Number of infinite values, such as 5/0.
    #[must_use]
    pub fn infinite(&self) -> u64 {
        self.infinite + self.minus_infinite
    }

    /// Quantiles of Hyndman and Fan's type 7 on the extended reals, undefined values left out.
    ///
    /// `None` if there is no defined value. Probabilities in rising order cost one pass over the buckets.
    #[must_use]
    pub fn quantiles<const N: usize>(&self, probabilities: [f64; N]) -> Option<[f64; N]> {
        Ranks::of(self).quantiles(probabilities)
    }

    /// Quantiles at any number of probabilities, which cost one pass in rising order; none if no value is defined.
    pub(super) fn quantiles_at(&self, probabilities: &[f64]) -> Vec<f64> {
        let mut ranks = Ranks::of(self);
        if ranks.defined() == 0 {
            return Vec::new();
        }
        probabilities.iter().map(|p| ranks.quantile(*p)).collect()
    }

    /// The lower and the upper edge of the buckets so many below and above that of a value; zero is its own.
    pub(super) fn edges_near(value: f64, buckets: i64) -> [f64; 2] {
        let edge = |step| if value == 0.0 { 0.0 } else { buckets::edge_after(value.abs(), step).copysign(value) };
        [edge(-buckets), edge(buckets + 1)]
    }

    /// The number of an edge of a bucket: neighbours differ by one, and zero is zero.
    pub(super) fn number_of_edge(edge: f64) -> i64 {
        let name = buckets::name(edge.abs()) as i64;
        if edge < 0.0 { -name } else { name }
    }

    /// The edge with a number, if there is one.
    pub(super) fn edge_of_number(number: i64) -> Option<f64> {
        let name = usize::try_from(number.unsigned_abs()).ok().filter(|name| *name <= buckets::MOST_NAME)?;
        let edge = buckets::edge(name);
        Some(if number < 0 { -edge } else { edge })
    }

    /// The edges of the buckets of the least and of the greatest finite value; none if there is none.
    pub(super) fn end_edges(&self) -> impl Iterator<Item = f64> + use<> {
        let ends = (self.least <= self.greatest).then_some([self.least, self.greatest]);
        ends.into_iter().flatten().flat_map(|end| Self::edges_near(end, 0))
    }

    /// Share of the defined values that are at most `value`, even within a bucket.
    #[must_use]
    pub fn share_below(&self, value: f64) -> f64 {
        self.counts_up_to(&[value])[0] / self.defined() as f64
    }

    /// Numbers of values of at most each of some finite values in rising order, even within a bucket: one pass.
    pub(super) fn counts_up_to(&self, rising: &[f64]) -> Vec<f64> {
        let (below_zero, others) = rising.split_at(rising.partition_point(|value| *value < 0.0));
        let up_to_zero = (self.minus_infinite + self.negative.total()) as f64;
        let mut counts: Vec<f64> = self
            .negative
            .at_most(below_zero.iter().rev().map(|value| -value))
            .map(|above| up_to_zero - above)
            .collect();
        counts.reverse();
        let before = up_to_zero + self.zeros as f64;
        counts.extend(self.positive.at_most(others.iter().copied()).map(|below| before + below));
        counts
    }

    /// One quantile.
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
