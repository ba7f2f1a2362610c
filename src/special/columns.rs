//! Logarithms and Mills ratios of whole columns, fused and without branches.

use super::elementary::{exp_fused, exponent_and_mantissa};
use super::fused::{self, fused, has_fused_instruction};

/// Replaces uniforms by their natural logarithms: relative error below 1e-15, never above 0.
///
/// Shorter than [`super::ln`], whose last digits it does not have.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw+fma", "x86_64+avx2+fma"))]
pub fn logs_of_uniforms(uniforms: &mut [f64]) {
    if has_fused_instruction!() {
        uniforms.iter_mut().for_each(|u| *u = log_fused::<true>(*u));
    } else {
        uniforms.iter_mut().for_each(|u| *u = log_fused::<false>(*u));
    }
}

/// The mantissa `m` becomes `s = (m − 1)/(m + 1)`, of which `ln m` is an odd series.
#[inline(always)]
fn log_fused<const INSTRUCTION: bool>(x: f64) -> f64 {
    let (exponent, mantissa) = exponent_and_mantissa(x);
    let s = (mantissa - 1.0) / (mantissa + 1.0);
    fused::<INSTRUCTION>(s, fused::horner::<INSTRUCTION, _>(&LOG_BY_QUOTIENT, s * s), exponent * std::f64::consts::LN_2)
}

/// Turns logs of probabilities into the probabilities' complements, `1 − e^x`, off the ends where a normal has no quantile.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw+fma", "x86_64+avx2+fma"))]
pub fn complements(logs: &mut [f64]) {
    if has_fused_instruction!() {
        logs.iter_mut().for_each(|x| *x = complement_fused::<true>(*x));
    } else {
        logs.iter_mut().for_each(|x| *x = complement_fused::<false>(*x));
    }
}

#[inline(always)]
fn complement_fused<const INSTRUCTION: bool>(x: f64) -> f64 {
    (1.0 - exp_fused::<INSTRUCTION>(x)).clamp(1e-300, 1.0 - f64::EPSILON)
}

/// Replaces numbers from 0 up by their Mills ratios, `(1 − Φ(x))/φ(x)`: relative error below 3e-15.
///
/// `M(x) = t p(t)` with `t = 1/(x + 5)`, which maps all of it to an interval.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw+fma", "x86_64+avx2+fma"))]
pub fn mills_ratios(numbers: &mut [f64]) {
    if has_fused_instruction!() {
        numbers.iter_mut().for_each(|x| *x = mills_fused::<true>(*x));
    } else {
        numbers.iter_mut().for_each(|x| *x = mills_fused::<false>(*x));
    }
}

#[inline(always)]
fn mills_fused<const INSTRUCTION: bool>(x: f64) -> f64 {
    let t = 1.0 / (x + 5.0);
    t * fused::polynomial::<INSTRUCTION, _>(&MILLS, fused::<INSTRUCTION>(t, 10.0, -1.0))
}

/// `ln(m)/s` as a polynomial in `s²`, highest power first; relative error 1.8e-16.
const LOG_BY_QUOTIENT: [f64; 7] = [
    0.16837813568898644,
    0.18121922003893642,
    0.22223434921408206,
    0.2857141601597565,
    0.40000000061773056,
    0.6666666666655285,
    2.0000000000000004,
];

/// `M(x) (x + 5)` as a polynomial in `10 t − 1`, highest power first; relative error 8e-16. A Chebyshev fit made for
/// this file in 60-digit arithmetic.
const MILLS: [f64; 21] = [
    1.2912874213654849e-08,
    5.9226128658589914e-09,
    -1.4573727205857554e-07,
    -7.476919614349497e-08,
    1.0573006226025633e-06,
    8.10888036367098e-07,
    -6.91798056161122e-06,
    -9.956429010606643e-06,
    4.180171633069976e-05,
    0.00012472705079205542,
    -0.00014882918529688415,
    -0.0013658565999337814,
    -0.0019999626770589953,
    0.007503282358809736,
    0.05212550248260094,
    0.17325473413322579,
    0.4136447157294455,
    0.7859110755444265,
    1.2415470615739104,
    1.667866595188989,
    1.9280810471531578,
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::special::normal_cdf;

    #[test]
    fn logarithms_of_uniforms_agree_with_libm_and_are_never_positive() {
        let small = (1..200_000).map(|i| f64::from(i) / 200_000.0);
        let ends = (1..=54).flat_map(|k| [2f64.powi(-k), 1.0 - 2f64.powi(-k.min(53)), 0.7 * 2f64.powi(-k)]);
        let uniforms: Vec<f64> = small.chain(ends).collect();
        let mut found = uniforms.clone();
        logs_of_uniforms(&mut found);
        for (u, found) in uniforms.into_iter().zip(found) {
            let expected = libm::log(u);
            assert!((found / expected - 1.0).abs() < 1e-15 && found < 0.0, "ln {u}: {found} instead of {expected}");
            assert_eq!(log_fused::<false>(u).to_bits(), found.to_bits(), "ln {u} without an instruction");
        }
    }

    #[test]
    fn complements_are_those_of_exponentials_within_the_law_of_a_normal() {
        let logs: Vec<f64> = (0..80_000).map(|i| -1e-3 * f64::from(i)).chain([-1e-17, -800.0]).collect();
        let mut found = logs.clone();
        complements(&mut found);
        for (log, found) in logs.into_iter().zip(found) {
            let error = found - -libm::expm1(log);
            assert!(error.abs() < 3e-16 && found > 0.0 && found < 1.0, "of {log}: {found}");
            assert_eq!(complement_fused::<false>(log).to_bits(), found.to_bits(), "{log} without an instruction");
        }
    }

    #[test]
    fn mills_ratios_are_those_of_the_error_function() {
        let numbers: Vec<f64> = (0..3_700).map(|i| f64::from(i) * 0.01).collect();
        let mut found = numbers.clone();
        mills_ratios(&mut found);
        for (x, found) in numbers.into_iter().zip(found) {
            // Above 11 the error function's argument has no digits left; there M lies between these two.
            let density = libm::exp(-0.5 * x * x) / (2.0 * std::f64::consts::PI).sqrt();
            let close = (found / (normal_cdf(-x) / density) - 1.0).abs() < 1e-13;
            let [low, high] = [x / (x * x + 1.0), (x * x + 2.0) / (x * x * x + 3.0 * x)];
            assert!(close || x > 11.0, "{x}: {found}");
            assert!(found > low && found < high, "{x}: {found}");
            assert_eq!(mills_fused::<false>(x).to_bits(), found.to_bits(), "{x} without an instruction");
        }
    }
}
