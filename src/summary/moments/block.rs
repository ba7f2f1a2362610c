//! Moments of one block of paths, many values at a time and without cancellation.

use crate::special::{self, fused};

/// Moments of one block, centred on its own mean.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::summary) struct BlockMoments {
    /// Defined values.
    pub count: u64,
    /// Draws of which both values are defined.
    pub pairs: u64,
    /// Mean of the defined values.
    pub mean: f64,
    /// Sum of squared deviations from the mean.
    pub squares: f64,
    /// Sum over draws of the product of the two deviations.
    pub products: f64,
    /// Sum of the deviations of all values of whole draws, nothing but rounding where every draw is whole.
    pub of_pairs: f64,
    /// Whether a value was infinite, so that no moment exists.
    pub infinite: bool,
}

/// Partial sums that fill two wide vector registers or several narrow ones; their order is the same for all.
const LANES: usize = 16;

/// Adds up partial sums, as many as a power of two, each half to the other.
#[inline(always)]
pub(in crate::summary) fn total<const N: usize>(mut lanes: [f64; N]) -> f64 {
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

impl BlockMoments {
    /// Moments of a block's column: even paths first, then as many odd ones of the same draws.
    pub(crate) fn of(column: &[f64]) -> Self {
        let (first, second) = column.split_at(column.len() / 2);
        if column.is_empty() {
            return Self::default();
        }
        let (mean, squares, products) = of_finite(first, second);
        // Nothing but rounding makes a sum of squares negative.
        let squares = if squares.is_finite() && squares < 0.0 { 0.0 } else { squares };
        if mean.is_finite() && (squares == 0.0 || FUSED_SQUARES.contains(&squares)) {
            let (count, pairs) = (column.len() as u64, first.len() as u64);
            return Self { count, pairs, mean, squares, products, of_pairs: 0.0, infinite: false };
        }
        Self::of_gappy(first, second)
    }

    /// Moments by plain arithmetic; undefined values are left out, and their pairs too.
    fn of_gappy(first: &[f64], second: &[f64]) -> Self {
        let defined = || first.iter().chain(second).filter(|value| !value.is_nan());
        let count = defined().count() as u64;
        if count == 0 {
            return Self::default();
        }
        let mean = defined().sum::<f64>() / count as f64;
        if !mean.is_finite() {
            return Self { count, infinite: true, ..Self::default() };
        }
        let squares = defined().map(|value| (value - mean) * (value - mean)).sum();
        let pairs = || first.iter().zip(second).filter(|(a, b)| !a.is_nan() && !b.is_nan());
        let products = pairs().map(|(a, b)| (a - mean) * (b - mean)).sum();
        let whole = 2 * pairs().count() as u64 == count;
        let of_pairs = if whole { 0.0 } else { pairs().map(|(a, b)| (a - mean) + (b - mean)).sum() };
        Self { count, pairs: pairs().count() as u64, mean, squares, products, of_pairs, infinite: false }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert_eq!(BlockMoments::of(&tiny), BlockMoments::of_gappy(first, second));
        assert!(BlockMoments::of(&tiny).squares > 0.0);
        for far in [2e154, 1e155, 1e160] {
            let mut column = [1.0; 1024];
            column[1023] = far;
            let (first, second) = column.split_at(512);
            let block = BlockMoments::of(&column);
            assert_eq!(format!("{block:?}"), format!("{:?}", BlockMoments::of_gappy(first, second)), "{far:e}");
            assert_eq!(block.squares, f64::INFINITY);
            let [(.., with, _), (.., without, _)] = [sums::<true>(first, second), sums::<false>(first, second)];
            assert!(!FUSED_SQUARES.contains(&with) && !FUSED_SQUARES.contains(&without));
        }
    }
}
