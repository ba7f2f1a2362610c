//! Mean, variance and the covariance of paired paths: blocks are summed without cancellation, and their sums exactly.

mod block;

use serde::{Deserialize, Serialize};

use super::exact_sum::ExactSum;
use block::BlockMoments;
pub(super) use block::total;

/// Mean and variance of values, and the covariance of the two paths of a draw.
///
/// Of each block the mean and the sums of deviations from it are formed, many values at a time. Those are then added
/// exactly, whose squares and products too, so moments are the same in whatever order blocks come and however they are
/// grouped.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Moments {
    /// Defined values.
    count: u64,
    /// Draws of which both values are defined.
    pairs: u64,
    /// Whether a value was infinite, so that no moment exists.
    infinite: bool,
    /// Sum of the values: block by block, their number times their mean.
    sum: ExactSum,
    /// Sum of the squared means of blocks, times their numbers of values.
    squared_means: ExactSum,
    /// Sum of the squared deviations from the mean of the block.
    squares: ExactSum,
    /// Sum over draws of the product of the two deviations from the mean of the block.
    products: ExactSum,
    /// What undefined values take from the two sums that follow from others where all values are defined: from the sum
    /// of the values of whole draws, and from twice their sum of products.
    gaps: [ExactSum; 2],
}

impl Moments {
    /// Moments of one block's column: even paths first, then as many odd ones of the same draws.
    #[must_use]
    pub fn of(column: &[f64]) -> Self {
        let mut moments = Self::default();
        moments.add(column);
        moments
    }

    /// Adds the column of a block: even paths first, then as many odd ones of the same draws.
    pub fn add(&mut self, column: &[f64]) {
        let BlockMoments { count, pairs, mean, squares, products, of_pairs, infinite } = BlockMoments::of(column);
        self.count += count;
        self.pairs += pairs;
        self.infinite |= infinite;
        if infinite {
            return;
        }
        self.sum.add_times(mean, count);
        self.squared_means.add_product(mean, mean, count);
        self.squares.add(squares);
        self.products.add(products);
        let single = count - 2 * pairs;
        if single > 0 {
            let [values, doubled_products] = &mut self.gaps;
            values.add_times(-mean, single);
            values.add(of_pairs);
            doubled_products.add_product(-mean, mean, single);
            if of_pairs.is_finite() {
                doubled_products.add_product(mean, of_pairs, 2);
            }
        }
    }

    /// Adds the moments of other values.
    pub fn merge(&mut self, other: &Self) {
        self.count += other.count;
        self.pairs += other.pairs;
        self.infinite |= other.infinite;
        self.sum.merge(&other.sum);
        self.squared_means.merge(&other.squared_means);
        self.squares.merge(&other.squares);
        self.products.merge(&other.products);
        self.gaps.iter_mut().zip(&other.gaps).for_each(|(gap, other)| gap.merge(other));
    }

    /// Whether its numbers can be those of so many values.
    pub(super) fn can_be_of(&self, values: u64) -> bool {
        let sums = [&self.sum, &self.squared_means, &self.squares, &self.products, &self.gaps[0], &self.gaps[1]];
        self.count <= values && self.pairs <= self.count / 2 && sums.into_iter().all(ExactSum::is_sound)
    }

    /// Mean of the defined values; `None` without any, or if one is infinite.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        (self.count > 0 && !self.infinite).then(|| self.sum.mean(self.count))
    }

    /// Standard deviation (divisor `n − 1`); `None` below two values, or if one is infinite.
    #[must_use]
    pub fn sd(&self) -> Option<f64> {
        (self.count > 1 && !self.infinite).then(|| self.variance().sqrt())
    }

    /// Standard error of the mean over draws, whose two paths are not independent: `√((V + C)/2 / n)` with the
    /// variance `V` of a path and the covariance `C` of the two paths of a draw.
    #[must_use]
    pub fn standard_error(&self) -> Option<f64> {
        let error = || (0.5 * (self.variance() + self.covariance()).max(0.0) / self.pairs as f64).sqrt();
        (self.pairs > 1 && !self.infinite).then(error)
    }

    /// Standard error of the standard deviation `s` over draws, for the kurtosis `κ = E d⁴ / s⁴` of the values:
    /// `s √((κ − 1)(1 + ρ²)/(4 N))` over `N` paths.
    ///
    /// `s² (κ − 1)` is the variance of squared deviations over `s²`, and `ρ²` how far those of the two paths of a draw are
    /// alike when the deviations have correlation `ρ`, as two normals are.
    #[must_use]
    pub fn error_of_sd(&self, kurtosis: f64) -> Option<f64> {
        let sd = self.sd()?;
        let correlation = if sd > 0.0 && self.pairs > 1 { self.covariance() / (sd * sd) } else { 0.0 };
        let alike = 1.0 + (correlation * correlation).min(1.0);
        Some(sd * ((kurtosis - 1.0).max(0.0) * alike / (4.0 * self.count as f64)).sqrt())
    }

    /// Share of the variance that the assumptions explain: covariance of the two paths of a draw over the variance of
    /// a path (Sobol’s first-order index of all assumptions together); `None` where nothing varies.
    #[must_use]
    pub fn share_from_assumptions(&self) -> Option<f64> {
        let variance = (self.pairs > 1 && !self.infinite).then(|| self.variance()).filter(|it| *it > 0.0)?;
        Some((self.covariance() / variance).clamp(0.0, 1.0)).filter(|share| !share.is_nan())
    }

    /// `Σ (x − M)² / (n − 1)`, the sum from `Σ (x − m)² + Σ n m² − M (2 Σ n m − N M)` over blocks of `n` values with
    /// mean `m`, for the rounded mean `M` of all.
    fn variance(&self) -> f64 {
        let mean = self.sum.mean(self.count);
        let mut off = self.sum.clone();
        off.add_times(-mean, self.count);
        let rounded = off.value();
        off.merge(&self.sum);
        let mut squares = self.squared_means.clone();
        squares.add_scaled(&off, -mean);
        squares.merge(&self.squares);
        let sum = squares.value();
        if sum.is_infinite() {
            return sum;
        }
        // The rounded mean is not the mean itself: less N times the square of what was rounded.
        (sum - rounded * (rounded / self.count as f64)).max(0.0) / (self.count - 1) as f64
    }

    /// `Σ (a − M)(b − M) / (n − 1)` over the draws of which both values are defined.
    fn covariance(&self) -> f64 {
        let mean = self.sum.mean(self.count);
        let [missing, missing_products] = &self.gaps;
        // Σ (a + b) − P M, and Σ a b.
        let mut off = self.sum.clone();
        off.merge(missing);
        off.add_times(-mean, self.pairs);
        let mut products = self.products.clone();
        products.add_scaled(&self.squared_means, 0.5);
        products.add_scaled(missing_products, 0.5);
        products.add_scaled(&off, -mean);
        products.value() / (self.pairs - 1) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn squares_beyond_the_range_of_numbers_are_infinite_and_tiny_ones_are_not_lost() {
        let tiny: Vec<f64> = (0..200).map(|i| 1e-150 * (2.0 + libm::sin(f64::from(i)))).collect();
        assert!(Moments::of(&tiny).sd().expect("varies") > 0.0);
        let mut column = [1.0; 1024];
        column[1023] = 1e160;
        assert_eq!(Moments::of(&column).sd(), Some(f64::INFINITY));
    }

    #[test]
    fn undefined_values_are_left_out_and_infinite_ones_leave_no_mean() {
        let moments = Moments::of(&[1.0, f64::NAN, 3.0, 5.0]);
        assert_eq!(moments.mean(), Some(3.0));
        assert_eq!(Moments::of(&[1.0, f64::INFINITY]).mean(), None);
        assert_eq!(Moments::of(&[]).mean(), None);
    }

    #[test]
    fn equal_values_have_their_own_mean_and_do_not_vary() {
        for value in [0.1, -3e-7, 7e11] {
            let mut moments = Moments::default();
            for rows in [2, 200, 1024, 14] {
                moments.add(&vec![value; rows]);
            }
            assert_eq!((moments.mean(), moments.sd()), (Some(value), Some(0.0)));
            assert_eq!((moments.standard_error(), moments.share_from_assumptions()), (Some(0.0), None));
        }
    }

    /// Whole numbers times a unit: sums of their squares and products have no rounding in 128 bits.
    #[derive(Debug)]
    struct Reference {
        count: i128,
        sum: i128,
        squares: i128,
        pairs: i128,
        of_pairs: i128,
        products: i128,
    }

    impl Reference {
        fn of(blocks: &[Vec<Option<i64>>]) -> Self {
            let all = || blocks.iter().flatten().flatten().map(|value| i128::from(*value));
            let draws = || {
                let halves = blocks.iter().map(|block| block.split_at(block.len() / 2));
                let both = halves.flat_map(|(a, b)| a.iter().zip(b).filter_map(|(a, b)| Some(((*a)?, (*b)?))));
                both.map(|(a, b)| (i128::from(a), i128::from(b)))
            };
            Self {
                count: all().count() as i128,
                sum: all().sum(),
                squares: all().map(|value| value * value).sum(),
                pairs: draws().count() as i128,
                of_pairs: draws().map(|(a, b)| a + b).sum(),
                products: draws().map(|(a, b)| a * b).sum(),
            }
        }

        fn mean(&self) -> f64 {
            self.sum as f64 / self.count as f64
        }

        /// `(N Σx² − (Σx)²)/(N (N − 1))`, all of it exact up to the last division.
        fn variance(&self) -> f64 {
            (self.count * self.squares - self.sum * self.sum) as f64 / (self.count * (self.count - 1)) as f64
        }

        /// `Σ(a − M)(b − M) = Σab − M Σ(a + b) + P M²`, over one denominator.
        fn covariance(&self) -> f64 {
            let n = self.count;
            let products = n * n * self.products - n * self.sum * self.of_pairs + self.pairs * self.sum * self.sum;
            products as f64 / (n * n) as f64 / (self.pairs - 1) as f64
        }
    }

    fn blocks() -> impl Strategy<Value = Vec<Vec<Option<i64>>>> {
        // A common value and deviations of very different sizes; in some runs values are undefined.
        let shape = (-1i64 << 30..1 << 30, 0..28u32, 0..3u8);
        shape.prop_flat_map(|(middle, size, gaps)| {
            let value = (-1i64 << size..=1 << size, 0..8u8)
                .prop_map(move |(off, missing)| (missing > 0 || gaps > 0).then_some(middle + off));
            let block = prop::collection::vec((value.clone(), value), 1..40)
                .prop_map(|pairs| pairs.iter().map(|it| it.0).chain(pairs.iter().map(|it| it.1)).collect());
            prop::collection::vec(block, 1..9)
        })
    }

    fn columns(blocks: &[Vec<Option<i64>>], unit: f64) -> Vec<Vec<f64>> {
        let value = |value: &Option<i64>| value.map_or(f64::NAN, |value| value as f64 * unit);
        blocks.iter().map(|block| block.iter().map(value).collect()).collect()
    }

    proptest! {
        #[test]
        fn moments_are_those_of_exact_arithmetic_at_every_magnitude(blocks in blocks(), scale in -400..400i32) {
            let (unit, exact) = (libm::ldexp(1.0, scale), Reference::of(&blocks));
            prop_assume!(exact.count > 1 && exact.pairs > 1);
            let mut found = Moments::default();
            columns(&blocks, unit).iter().for_each(|column| found.add(column));
            let largest = blocks.iter().flatten().flatten().map(|value| value.abs()).max().unwrap_or(0) as f64;
            // The mean of a block is rounded, which moves its deviation from the mean of all.
            let rounding = 1e-15 * largest * exact.variance().sqrt() + 1e-30 * largest * largest;
            prop_assert!((found.mean().expect("defined") / unit - exact.mean()).abs() <= largest * 1e-15);
            let (variance, covariance) = (found.variance() / unit / unit, found.covariance() / unit / unit);
            let (expected, together) = (exact.variance(), exact.covariance());
            prop_assert!((variance - expected).abs() <= 1e-12 * expected + rounding, "{variance} {expected}");
            let close = (covariance - together).abs() <= 1e-12 * expected.max(together.abs()) + rounding;
            prop_assert!(close, "{covariance} {together} beside {expected}");
        }

        #[test]
        fn neither_order_nor_grouping_of_blocks_moves_a_bit(
            blocks in blocks(), scale in -400..400i32, cut in 0..9usize
        ) {
            let columns = columns(&blocks, libm::ldexp(1.0, scale));
            let of = |columns: &mut dyn Iterator<Item = &Vec<f64>>| {
                let mut moments = Moments::default();
                columns.for_each(|column| moments.add(column));
                moments
            };
            let whole = of(&mut columns.iter());
            let (first, second) = columns.split_at(cut.min(columns.len()));
            let mut merged = of(&mut second.iter().rev());
            merged.merge(&of(&mut first.iter()));
            prop_assert_eq!(&merged, &whole);
            prop_assert_eq!(merged.sd().map(f64::to_bits), whole.sd().map(f64::to_bits));
        }
    }
}
