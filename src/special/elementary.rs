//! Exponential and natural logarithm, of one number and of columns, with the same bits on every machine.

use std::f64::consts::LOG2_E;

use super::fused::{self, has_fused_instruction};

/// `ln 2` rounded to 32 bits, so that its product with a whole exponent is exact.
const LN_2_HIGH: f64 = 6.931_471_803_691_238e-1;
/// The rest of `ln 2`.
const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;
/// 1.5 · 2⁵²: adding it rounds to a whole number, which then stands in the low bits.
const ROUND: f64 = 6_755_399_441_055_744.0;
/// Bits of 2⁵², into whose low half a whole number can be placed to make it a float.
const TWO_52_BITS: u64 = 0x4330_0000_0000_0000;
/// The power 2⁵², from which on floats are whole numbers.
pub(super) const TWO_52: f64 = 4_503_599_627_370_496.0;

/// Value of a polynomial, coefficients from the highest power down (Horner).
#[inline(always)]
pub(super) fn polynomial<const N: usize>(coefficients: &[f64; N], x: f64) -> f64 {
    let mut value = coefficients[0];
    for coefficient in &coefficients[1..] {
        value = value * x + coefficient;
    }
    value
}

/// `e^x`, within about one unit in the last place for `|x| ≤ 708`; below it 0, above it the value at the bound.
///
/// Levels are checked against 690 before they get here, so the upper bound is never what a user sees;
/// the lower one is `e^−∞`, which is what a year without a deal has raised.
#[must_use]
#[inline(always)]
pub fn exp(x: f64) -> f64 {
    let below = x < -708.0;
    let x = x.clamp(-708.0, 708.0);
    let shifted = x * LOG2_E + ROUND;
    let whole = shifted - ROUND;
    let r = (x - whole * LN_2_HIGH) - whole * LN_2_LOW;
    let p = 1.0 + (r + r * r * polynomial(&EXP, r));
    // The low bits of `shifted` hold the whole number; moved to the exponent they are the power of two.
    let power = f64::from_bits(shifted.to_bits().wrapping_add(1023) << 52);
    if below { 0.0 } else { p * power }
}

/// `e^x − 1`, within about two units in the last place, for the same range as [`exp`]; `INSTRUCTION` as in `fused.rs`.
#[must_use]
#[inline(always)]
pub(crate) fn exp_minus_1<const INSTRUCTION: bool>(x: f64) -> f64 {
    let x = x.clamp(-708.0, 708.0);
    let shifted = fused::fused::<INSTRUCTION>(x, LOG2_E, ROUND);
    let whole = shifted - ROUND;
    let r = fused::fused::<INSTRUCTION>(whole, -LN_2_LOW, fused::fused::<INSTRUCTION>(whole, -LN_2_HIGH, x));
    let power = f64::from_bits(shifted.to_bits().wrapping_add(1023) << 52);
    // Where the power is 1 its difference from 1 is nothing, and what is left has all its digits.
    let less = fused::fused::<INSTRUCTION>(r * r, fused::polynomial::<INSTRUCTION, _>(&EXP, r), r);
    less * power + (power - 1.0)
}

/// The mantissa of a positive normal number, between √½ and √2, and bits whose exponent is the one that goes with it.
#[inline(always)]
pub(super) fn bits_and_mantissa(x: f64) -> (u64, f64) {
    const SQRT_HALF_BITS: u64 = 0x3fe6_a09e_667f_3bcd;
    const ONE_BITS: u64 = 0x3ff0_0000_0000_0000;
    let bits = x.to_bits().wrapping_add(ONE_BITS - SQRT_HALF_BITS);
    (bits, f64::from_bits((bits & 0x000f_ffff_ffff_ffff).wrapping_add(SQRT_HALF_BITS)))
}

/// Splits a positive normal number into a whole power of two and a mantissa between √½ and √2.
#[inline(always)]
pub(super) fn exponent_and_mantissa(x: f64) -> (f64, f64) {
    let (bits, mantissa) = bits_and_mantissa(x);
    (f64::from_bits(TWO_52_BITS | (bits >> 52)) - (TWO_52 + 1023.0), mantissa)
}

/// Natural logarithm of a positive normal number, within one unit in the last place.
///
/// The reduction and the coefficients are fdlibm's (`e_log.c`, Sun Microsystems, 1993), without its branches.
#[must_use]
#[inline(always)]
pub fn ln(x: f64) -> f64 {
    let (exponent, mantissa) = exponent_and_mantissa(x);
    let f = mantissa - 1.0;
    let s = f / (2.0 + f);
    let z = s * s;
    let r = z * polynomial(&LOG, z);
    let half_square = 0.5 * f * f;
    exponent * LN_2_HIGH - ((half_square - (s * (half_square + r) + exponent * LN_2_LOW)) - f)
}

/// Writes the exponential of every value of a column: levels from their logs.
///
/// Exponential function with fewer roundings than [`exp`], so that its last bit may differ, down to −708.7; [`level`] has the
/// same bits.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw+fma", "x86_64+avx2+fma"))]
pub fn exps(logs: &[f64], levels: &mut [f64]) {
    if has_fused_instruction!() {
        levels.iter_mut().zip(logs).for_each(|(level, log)| *level = exp_fused::<true>(*log));
    } else {
        levels.iter_mut().zip(logs).for_each(|(level, log)| *level = exp_fused::<false>(*log));
    }
}

/// The level of one log, with the bits that [`exps`] gives it in a column.
#[must_use]
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw+fma", "x86_64+avx2+fma"))]
pub fn level(log: f64) -> f64 {
    if has_fused_instruction!() { exp_fused::<true>(log) } else { exp_fused::<false>(log) }
}

/// One level with the bits of [`exps`], for kernels that do more with it; `INSTRUCTION` as in `fused.rs`.
#[inline(always)]
pub(crate) fn exp_fused<const INSTRUCTION: bool>(x: f64) -> f64 {
    // Down to where the power below is of the exponent that stands for zero.
    let x = x.clamp(-709.2, 708.0);
    let shifted = fused::fused::<INSTRUCTION>(x, LOG2_E, ROUND);
    let whole = shifted - ROUND;
    let r = fused::fused::<INSTRUCTION>(whole, -LN_2_LOW, fused::fused::<INSTRUCTION>(whole, -LN_2_HIGH, x));
    let p = 1.0 + fused::fused::<INSTRUCTION>(r * r, fused::polynomial::<INSTRUCTION, _>(&EXP, r), r);
    // The low bits of `shifted` hold the whole number; moved to the exponent they are the power of two.
    p * f64::from_bits(shifted.to_bits().wrapping_add(1023) << 52)
}

/// `(e^r − 1 − r) / r²` for `|r| ≤ ln 2 / 2`, highest power first; its error, times `r²`, is below 4e-18.
const EXP: [f64; 10] = [
    2.5117925388823172e-08,
    2.763127632855596e-07,
    2.755721608728804e-06,
    2.4801489958226164e-05,
    0.00019841269917634103,
    0.0013888888946994823,
    0.008333333333307085,
    0.04166666666651552,
    0.166666666666667,
    0.5000000000000012,
];

/// fdlibm's series of `ln((1 + s)/(1 − s))`, highest power first.
const LOG: [f64; 7] = [
    1.479_819_860_511_658_6e-1,
    1.531_383_769_920_937_3e-1,
    1.818_357_216_161_805e-1,
    2.222_219_843_214_978_4e-1,
    2.857_142_874_366_239e-1,
    3.999_999_999_940_942e-1,
    6.666_666_666_666_735e-1,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw+fma", "x86_64+avx2+fma"))]
    fn kernel(x: f64) -> f64 {
        if has_fused_instruction!() { exp_minus_1::<true>(x) } else { exp_minus_1::<false>(x) }
    }

    #[test]
    fn exponential_minus_one_keeps_its_digits_near_zero() {
        for step in -70_000..70_000 {
            for x in [f64::from(step) * 0.01 + 1e-4, f64::from(step) * 1e-5, f64::from(step) * 1e-12] {
                let expected = libm::expm1(x);
                let found = exp_minus_1::<false>(x);
                assert_eq!(found.to_bits(), kernel(x).to_bits(), "exp({x}) − 1 with an instruction");
                let error = (found - expected).abs();
                assert!(error <= 5e-16 * expected.abs(), "exp({x}) − 1 is off by {error:e}");
            }
        }
    }

    #[test]
    fn exponential_and_logarithm_agree_with_libm() {
        for step in -70_000..70_000 {
            let x = f64::from(step) * 0.01 + 1e-4;
            let error = exp(x) / libm::exp(x) - 1.0;
            assert!(error.abs() < 6e-16, "exp({x}) is off by {error:e}");
            let error = level(x) / libm::exp(x) - 1.0;
            assert!(error.abs() < 4e-16, "the level of {x} is off by {error:e}");
            let y = libm::exp(x);
            let error = ln(y) - libm::log(y);
            assert!(error.abs() <= 2.3e-16 * libm::log(y).abs().max(1e-3), "ln({y}) is off by {error:e}");
        }
        assert_eq!(ln(1.0), 0.0);
        assert_eq!(exp(0.0), 1.0);
        assert_eq!((level(0.0), level(f64::NEG_INFINITY)), (1.0, 0.0));
        // Below the smallest normal number a level loses digits one by one, down to zero.
        for step in 0..70 {
            let x = -708.0 - 0.01 * f64::from(step);
            let expected = libm::exp(x);
            assert!((level(x) - expected).abs() <= 4e-16 * expected + f64::from_bits(1), "the level of {x}");
            assert_eq!(level(x - 1.2), 0.0);
        }
    }

    #[test]
    fn levels_are_the_same_with_and_without_a_fused_instruction() {
        for step in -70_000..70_000 {
            let x = f64::from(step) * 0.01 + 1e-4;
            assert_eq!(exp_fused::<false>(x).to_bits(), level(x).to_bits(), "level of {x}");
            assert_eq!(exp_fused::<false>(x * 1e-8).to_bits(), level(x * 1e-8).to_bits(), "level of {x}e-8");
        }
    }
}
