//! Multiply and add with a single rounding, the same bits on processors that have an instruction for it and on others.
//!
//! A polynomial costs half as much with the instruction; without it the same result is put together from exact sums and
//! products, which is slower and still vectorises. No other file may call `mul_add`: a processor without the
//! instruction would take a hundred times as long for it.

/// Whether the surrounding function, a version for some kind of processor, is compiled for one that multiplies and adds in
/// one instruction.
macro_rules! has_fused_instruction {
    () => {
        cfg!(target_arch = "aarch64") || multiversion::target::target_cfg_f!(target_feature = "fma")
    };
}
pub(crate) use has_fused_instruction;

/// `a b + c`, rounded once; `INSTRUCTION` says that the surrounding function is compiled for processors that have one.
///
/// Without it, for finite numbers whose product neither overflows nor leaves a rest below the smallest normal number.
#[inline(always)]
pub(crate) fn fused<const INSTRUCTION: bool>(a: f64, b: f64, c: f64) -> f64 {
    if INSTRUCTION { instruction(a, b, c) } else { emulated(a, b, c) }
}

#[inline(always)]
#[expect(clippy::disallowed_methods, reason = "only ever compiled where it is one instruction")]
fn instruction(a: f64, b: f64, c: f64) -> f64 {
    a.mul_add(b, c)
}

/// Value of a polynomial, coefficients from the highest power down, even and odd powers apart: two chains of half the
/// length, of which a processor works on both at once.
#[inline(always)]
pub(super) fn polynomial<const INSTRUCTION: bool, const N: usize>(coefficients: &[f64; N], x: f64) -> f64 {
    let square = x * x;
    let (mut first, mut second) = (coefficients[0], coefficients[1]);
    for pair in coefficients[2..].chunks_exact(2) {
        first = fused::<INSTRUCTION>(first, square, pair[0]);
        second = fused::<INSTRUCTION>(second, square, pair[1]);
    }
    if N.is_multiple_of(2) {
        fused::<INSTRUCTION>(first, x, second)
    } else {
        fused::<INSTRUCTION>(second, x, fused::<INSTRUCTION>(first, square, coefficients[N - 1]))
    }
}

/// Value of a polynomial, coefficients from the highest power down, in one chain: one multiplication less than
/// [`polynomial`], for loops that have other rows to work on while they wait.
#[inline(always)]
pub(super) fn horner<const INSTRUCTION: bool, const N: usize>(coefficients: &[f64; N], x: f64) -> f64 {
    let mut value = coefficients[0];
    for coefficient in &coefficients[1..] {
        value = fused::<INSTRUCTION>(value, x, *coefficient);
    }
    value
}

/// Value of a polynomial whose highest power has the coefficient 1, which is left out; one chain, as [`horner`].
#[inline(always)]
pub(super) fn monic<const INSTRUCTION: bool, const N: usize>(coefficients: &[f64; N], x: f64) -> f64 {
    let mut value = x + coefficients[0];
    for coefficient in &coefficients[1..] {
        value = fused::<INSTRUCTION>(value, x, *coefficient);
    }
    value
}

/// By rounding to odd (Boldo & Melquiond, 2008): the rest of all that was rounded is kept exactly, or with an odd last
/// bit that stops the last sum from seeing a tie where there is none.
#[inline(always)]
fn emulated(a: f64, b: f64, c: f64) -> f64 {
    let (product, below) = exact_product(a, b);
    let (sum, rest) = exact_sum(c, below);
    let (high, low) = exact_sum(product, sum);
    high + to_odd(rest, low)
}

/// A sum and what its rounding took away (Knuth).
#[inline(always)]
fn exact_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    let b_part = sum - a;
    (sum, (a - (sum - b_part)) + (b - b_part))
}

/// A product and what its rounding took away (Dekker).
#[inline(always)]
fn exact_product(a: f64, b: f64) -> (f64, f64) {
    let ((a_high, a_low), (b_high, b_low)) = (split(a), split(b));
    let product = a * b;
    (product, a_low * b_low - (((product - a_high * b_high) - a_low * b_high) - a_high * b_low))
}

/// Splits a number into two of half its digits (Veltkamp).
#[inline(always)]
fn split(x: f64) -> (f64, f64) {
    const FACTOR: f64 = 134_217_729.0; // 2²⁷ + 1
    let scaled = FACTOR * x;
    let high = scaled - (scaled - x);
    (high, x - high)
}

/// A sum rounded to odd: itself if it is exact, else the neighbour of the true sum whose last bit is odd.
#[inline(always)]
fn to_odd(a: f64, b: f64) -> f64 {
    let (sum, rest) = exact_sum(a, b);
    let bits = sum.to_bits();
    let is_even_and_inexact = (rest != 0.0) & (bits & 1 == 0);
    // Away from zero if the rest has the sign of the sum, towards it if not.
    let step = if (rest > 0.0) == (sum > 0.0) { 1_u64 } else { u64::MAX };
    f64::from_bits(bits.wrapping_add(if is_even_and_inexact { step } else { 0 }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_bits_with_and_without_the_instruction() {
        // Knuth's generator of 64 bits, whose high half is random enough for this.
        let mut state = 7_u64;
        let mut bits = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            state >> 12
        };
        // Numbers of every size that matters against each other, and pairs whose sum nearly cancels.
        let mut number = || {
            let sign = if bits() >> 40 & 1 == 0 { 1.0 } else { -1.0 };
            let mantissa = f64::from_bits(0x3ff0_0000_0000_0000 | bits());
            let exponent = (bits() >> 20) % 140;
            sign * mantissa * libm::exp2(exponent as f64 - 70.0)
        };
        for _ in 0..200_000 {
            let (a, b, c) = (number(), number(), number());
            let near = -(a * b) * (1.0 + number() * 1e-15);
            let tie = a * b * 9_007_199_254_740_992.0;
            for c in [c, near, -(a * b), tie, -tie, 0.0, 1.0] {
                let expected = instruction(a, b, c);
                assert_eq!(emulated(a, b, c).to_bits(), expected.to_bits(), "{a:e} × {b:e} + {c:e}");
            }
        }
    }

    #[test]
    fn ties_round_to_even_and_near_ties_to_the_nearer_side() {
        let ulp = f64::EPSILON;
        for (a, b, c) in [
            (1.0 + ulp, 1.0 + ulp, -1.0),
            (0.5 * ulp, 1.0, 1.0),
            (0.5 * ulp, 1.0 + ulp, 1.0),
            (0.5 * ulp, 1.0 - 0.5 * ulp, 1.0),
            (0.5 * ulp, -1.0, 1.0 + ulp),
            (1.5 * ulp, 1.0 - 0.5 * ulp, 1.0),
            (3.0, 1e-200, 1.0),
            (0.0, 5.0, -0.0),
        ] {
            assert_eq!(emulated(a, b, c).to_bits(), instruction(a, b, c).to_bits(), "{a:e} × {b:e} + {c:e}");
        }
    }
}
