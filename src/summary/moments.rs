//! Mean, variance and the covariance of paired paths, formed block by block without cancellation.

use crate::special::{self, fused};

/// Mean and centred sums of a column of paired paths; blocks merge by Chan's formula in index order.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moments {
    count: f64,
    mean: f64,
    /// Sum of squared deviations from the mean.
    squares: f64,
    /// Pairs with both values defined.
    pairs: f64,
    /// Sum over pairs of the product of the two deviations.
    products: f64,
    /// Whether a value was infinite, so that no moment exists.
    infinite: bool,
}

/// Partial sums that fill two wide vector registers or several narrow ones; their order is the same for all.
const LANES: usize = 16;

/// Adds up partial sums, as many as a power of two, each half to the other.
#[inline(always)]
pub(super) fn total<const N: usize>(mut lanes: [f64; N]) -> f64 {
    let mut width = N / 2;
    while width > 0 {
        for lane in 0..width {
            lanes[lane] += lanes[lane + width];
        }
        width /= 2;
    }
    lanes[0]
}

/// Mean, sum of squares and sum of pair products of a column without gaps; the values that fill no lanes last.
///
/// One pass, of deviations from the first value. It is one of the values, so its own deviation is part of the sum of
/// squares: however far from the others it lies, at most a factor of the number of values is lost of the last digits.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw+fma", "x86_64+avx2+fma"))]
fn of_finite(first: &[f64], second: &[f64]) -> (f64, f64, f64) {
    if special::has_fused_instruction!() { sums::<true>(first, second) } else { sums::<false>(first, second) }
}

#[inline(always)]
fn sums<const INSTRUCTION: bool>(first: &[f64], second: &[f64]) -> (f64, f64, f64) {
    let pivot = first[0];
    let pairs = first.len() as f64;
    let (first, first_rest) = first.as_chunks::<LANES>();
    let (second, second_rest) = second.as_chunks::<LANES>();
    let (mut sums, mut squares, mut products) = ([0.0; LANES], [0.0; LANES], [0.0; LANES]);
    // Loops and not closures, which may be compiled for the processor at large.
    for (a, b) in first.iter().zip(second) {
        for lane in 0..LANES {
            let (a, b) = (a[lane] - pivot, b[lane] - pivot);
            sums[lane] += a + b;
            squares[lane] = fused::<INSTRUCTION>(b, b, fused::<INSTRUCTION>(a, a, squares[lane]));
            products[lane] = fused::<INSTRUCTION>(a, b, products[lane]);
        }
    }
    let (mut sum, mut squares, mut products) = (total(sums), total(squares), total(products));
    for (a, b) in first_rest.iter().zip(second_rest) {
        let (a, b) = (a - pivot, b - pivot);
        sum += a + b;
        squares = fused::<INSTRUCTION>(b, b, fused::<INSTRUCTION>(a, a, squares));
        products = fused::<INSTRUCTION>(a, b, products);
    }
    let shift = sum / (2.0 * pairs);
    let square = 2.0 * pairs * (shift * shift);
    (pivot + shift, squares - square, products - 0.5 * square)
}

/// Sums of squares beyond these ends are formed with plain arithmetic: emulated, fused operations do not reach to where
/// squares, or parts of them, leave the range of numbers. The pivot is one of the values, so no sum of deviations from it is
/// larger than this one times the number of values and one.
const FUSED_SQUARES: std::ops::Range<f64> = 1e-200..1e300;

impl Moments {
    /// Moments of a block's column: even paths first, then as many odd ones of the same draws.
    #[must_use]
    pub fn of(column: &[f64]) -> Self {
        let (first, second) = column.split_at(column.len() / 2);
        if column.is_empty() {
            return Self::default();
        }
        let (mean, squares, products) = of_finite(first, second);
        // Nothing but rounding makes a sum of squares negative.
        let squares = if squares.is_finite() && squares < 0.0 { 0.0 } else { squares };
        if mean.is_finite() && (squares == 0.0 || FUSED_SQUARES.contains(&squares)) {
            let (count, pairs) = (column.len() as f64, first.len() as f64);
            return Self { count, mean, squares, pairs, products, infinite: false };
        }
        Self::of_gappy(first, second)
    }

    /// The same with plain arithmetic; undefined values are left out, and their pairs too.
    fn of_gappy(first: &[f64], second: &[f64]) -> Self {
        let defined = || first.iter().chain(second).filter(|value| !value.is_nan());
        let count = defined().count() as f64;
        if count == 0.0 {
            return Self::default();
        }
        let mean = defined().sum::<f64>() / count;
        if !mean.is_finite() {
            return Self { count, infinite: true, ..Self::default() };
        }
        let squares = defined().map(|value| (value - mean) * (value - mean)).sum();
        let pairs = || first.iter().zip(second).filter(|(a, b)| !a.is_nan() && !b.is_nan());
        let products = pairs().map(|(a, b)| (a - mean) * (b - mean)).sum();
        Self { count, mean, squares, pairs: pairs().count() as f64, products, infinite: false }
    }

    /// Adds the moments of the next block.
    pub fn absorb(&mut self, next: &Self) {
        self.infinite |= next.infinite;
        if next.count == 0.0 {
            return;
        }
        if self.count == 0.0 {
            *self = Self { infinite: self.infinite, ..*next };
            return;
        }
        let count = self.count + next.count;
        let shift = next.mean - self.mean;
        self.squares += next.squares + shift * shift * (self.count * next.count / count);
        let pairs = self.pairs + next.pairs;
        if pairs > 0.0 {
            self.products += next.products + shift * shift * (self.pairs * next.pairs / pairs);
        }
        self.mean += shift * (next.count / count);
        self.count = count;
        self.pairs = pairs;
    }

    /// Mean of the defined values; `None` without any, or if one is infinite.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        (self.count > 0.0 && !self.infinite).then_some(self.mean)
    }

    /// Standard deviation (divisor `n − 1`); `None` below two values, or if one is infinite.
    #[must_use]
    pub fn sd(&self) -> Option<f64> {
        (self.count > 1.0 && !self.infinite).then(|| (self.squares / (self.count - 1.0)).sqrt())
    }

    /// Standard error of the mean over draws, whose two paths are not independent: `√((V + C)/2 / n)` with the
    /// variance `V` of a path and the covariance `C` of the two paths of a draw.
    #[must_use]
    pub fn standard_error(&self) -> Option<f64> {
        let variance = self.squares / (self.count - 1.0);
        let covariance = self.products / (self.pairs - 1.0);
        (self.pairs > 1.0 && !self.infinite).then(|| (0.5 * (variance + covariance).max(0.0) / self.pairs).sqrt())
    }

    /// Share of the variance that the assumptions explain: covariance of the two paths of a draw over the
    /// variance of a path (METHOD 4) (golden I01–I05); `None` where nothing varies.
    #[must_use]
    pub fn share_from_assumptions(&self) -> Option<f64> {
        let variance = self.squares / (self.count - 1.0);
        let covariance = self.products / (self.pairs - 1.0);
        (self.pairs > 1.0 && !self.infinite && variance > 0.0).then(|| (covariance / variance).clamp(0.0, 1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_add_up_to_the_whole() {
        // Pairs (x, y) laid out as halves of three blocks, with a large mean that a naive sum of squares would lose.
        let value = |i: usize| 1e6 + libm::sin(i as f64 * 1.7) * 3.0 + libm::cos(i as f64 * 0.3);
        let draws: Vec<(f64, f64)> = (0..300).map(|i| (value(i), value(i) * 0.5 + 5e5 + libm::sin(i as f64))).collect();
        let mut merged = Moments::default();
        for block in draws.chunks(100) {
            let column: Vec<f64> = block.iter().map(|d| d.0).chain(block.iter().map(|d| d.1)).collect();
            merged.absorb(&Moments::of(&column));
        }
        let all: Vec<f64> = draws.iter().flat_map(|d| [d.0, d.1]).collect();
        let mean = all.iter().map(|x| x - 1e6).sum::<f64>() / 600.0;
        let squares: f64 = all.iter().map(|x| (x - 1e6 - mean).powi(2)).sum();
        let products: f64 = draws.iter().map(|d| (d.0 - 1e6 - mean) * (d.1 - 1e6 - mean)).sum();
        assert!((merged.mean().expect("values") - 1e6 - mean).abs() < 1e-8);
        assert!((merged.sd().expect("values") - (squares / 599.0).sqrt()).abs() < 1e-8);
        let share = (products / 299.0) / (squares / 599.0);
        assert!((merged.share_from_assumptions().expect("varies") - share.clamp(0.0, 1.0)).abs() < 1e-8);
    }

    #[test]
    fn the_same_bits_with_and_without_a_fused_instruction() {
        let value = |i: usize| 3.0 + libm::exp(4.0 * libm::sin(i as f64 * 1.7));
        for length in [1, 7, 16, 250, 512] {
            let (first, second): (Vec<f64>, Vec<f64>) = (0..length).map(|i| (value(i), value(i + 900))).unzip();
            assert_eq!(sums::<true>(&first, &second), sums::<false>(&first, &second), "{length} pairs");
        }
    }

    #[test]
    fn squares_at_the_end_of_the_range_of_numbers_are_formed_without_fused_operations() {
        let tiny: Vec<f64> = (0..200).map(|i| 1e-150 * (2.0 + libm::sin(f64::from(i)))).collect();
        let (first, second) = tiny.split_at(100);
        assert_eq!(Moments::of(&tiny), Moments::of_gappy(first, second));
        assert!(Moments::of(&tiny).sd().expect("varies") > 0.0);
        assert_eq!(Moments::of(&[0.1; 200]).sd(), Some(0.0));
        for far in [2e154, 1e155, 1e160] {
            let mut column = [1.0; 1024];
            column[1023] = far;
            let (first, second) = column.split_at(512);
            let moments = Moments::of(&column);
            assert_eq!(format!("{moments:?}"), format!("{:?}", Moments::of_gappy(first, second)), "{far:e}");
            assert_eq!(moments.sd(), Some(f64::INFINITY));
            let [(.., with, _), (.., without, _)] = [sums::<true>(first, second), sums::<false>(first, second)];
            assert!(!FUSED_SQUARES.contains(&with) && !FUSED_SQUARES.contains(&without));
            let mut total = Moments::default();
            total.absorb(&moments);
            assert_eq!(format!("{total:?}"), format!("{moments:?}"));
        }
    }

    #[test]
    fn undefined_values_are_left_out_and_infinite_ones_leave_no_mean() {
        let moments = Moments::of(&[1.0, f64::NAN, 3.0, 5.0]);
        assert_eq!(moments.mean(), Some(3.0));
        assert_eq!(Moments::of(&[1.0, f64::INFINITY]).mean(), None);
        assert_eq!(Moments::of(&[]).mean(), None);
    }
}
