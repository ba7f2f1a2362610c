//! The standard normal law: its distribution function and its quantile to a relative error of 1e-13.

use super::{exp, ln, polynomial};

/// Probability that a standard normal is at most `x`.
#[must_use]
pub fn normal_cdf(x: f64) -> f64 {
    0.5 * libm::erfc(-x * std::f64::consts::FRAC_1_SQRT_2)
}

/// The same in a form that vectorises: relative error below 1e-14 down to Φ(−11), and 0 never.
///
/// `Φ(−x) = ½ t exp(−z² + g(t))` with `z = x/√2` and `t = 2/(2 + z)`, which maps all of it to an interval; `g` is a
/// polynomial fitted in 50-digit arithmetic for this file.
#[must_use]
#[inline(always)]
pub fn normal_share(x: f64) -> f64 {
    let z = (x.abs() * std::f64::consts::FRAC_1_SQRT_2).min(8.0);
    let t = 2.0 / (2.0 + z);
    let tail = 0.5 * t * exp(polynomial(&TAIL_SHARE, (t - 0.6) * 2.5) - z * z);
    if x < 0.0 { tail } else { 1.0 - tail }
}

/// Standard normal quantile of `p`, for `p` in [2⁻⁵⁴, 1 − 2⁻⁵³]; relative error below 1e-13 (golden M11).
///
/// `x = q P(w)` with `q = 2p − 1` and `w = −ln(4 p (1 − p))`: a polynomial of degree 22 in `w` up to 6.25, which
/// covers 99.9% of draws without a branch, and two polynomials in `√w` beyond. The form is Giles's (2010), the
/// coefficients are Chebyshev fits made for this file in 50-digit arithmetic.
#[must_use]
#[inline(always)]
pub fn normal_quantile(p: f64) -> f64 {
    let w = tail_depth(p);
    if w <= CENTRAL_LIMIT { central(p, w) } else { tail(p, w) }
}

/// Turns uniforms into standard normals in place; the same bits as [`normal_quantile`] one by one.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
pub fn normals(uniforms: &mut [f64]) {
    // A small chunk stays in registers and L1 between the branch-free pass and the rare repairs.
    let mut depths = [0.0; 64];
    for chunk in uniforms.chunks_mut(64) {
        let mut any_tail = false;
        for (depth, p) in depths.iter_mut().zip(chunk.iter()) {
            *depth = tail_depth(*p);
            any_tail |= *depth > CENTRAL_LIMIT;
        }
        if any_tail {
            for (p, depth) in chunk.iter_mut().zip(&depths) {
                *p = if *depth <= CENTRAL_LIMIT { central(*p, *depth) } else { tail(*p, *depth) };
            }
        } else {
            for (p, depth) in chunk.iter_mut().zip(&depths) {
                *p = central(*p, *depth);
            }
        }
    }
}

/// `w = −ln(4 p (1 − p))`: 0 in the middle of the law, growing with the distance from it.
#[inline(always)]
fn tail_depth(p: f64) -> f64 {
    -ln(4.0 * p * (1.0 - p))
}

#[inline(always)]
fn central(p: f64, w: f64) -> f64 {
    (2.0 * p - 1.0) * polynomial(&CENTRAL, w - 3.125)
}

#[cold]
#[inline(never)]
fn tail(p: f64, w: f64) -> f64 {
    let s = w.sqrt();
    let factor = if s <= 3.6 { polynomial(&NEAR_TAIL, s - 3.05) } else { polynomial(&FAR_TAIL, s - 4.85) };
    (2.0 * p - 1.0) * factor
}

/// Largest `w` of the central polynomial; `4 p (1 − p) = e^−6.25`.
const CENTRAL_LIMIT: f64 = 6.25;

/// `x/q` as a polynomial in `w − 3.125` for `w` in [0, 6.25], highest power first; relative error 3e-16.
const CENTRAL: [f64; 23] = [
    -3.3408952670514297e-22,
    -2.37408706321372e-19,
    1.5595624147452077e-18,
    1.5734249840893945e-17,
    -1.825328774880696e-16,
    3.064593190079847e-17,
    9.308290460578683e-15,
    -5.735221444041998e-14,
    -1.1464455824953867e-13,
    3.724433936330848e-12,
    -1.835296386245696e-11,
    -7.658591205111031e-11,
    1.486649926123177e-09,
    -5.8161415131622495e-09,
    -4.111173507827262e-08,
    5.988894294256318e-07,
    -1.9310650328765146e-06,
    -1.9632852817479085e-05,
    0.00026408204954264024,
    -0.0010475115695030076,
    -0.00853289917726757,
    0.33963495870114085,
    2.338620710026593,
];

/// `x/q` as a polynomial in `√w − 3.05` for `√w` in [2.5, 3.6]; relative error 1e-16.
const NEAR_TAIL: [f64; 17] = [
    -7.250087486667308e-07,
    2.084654997091868e-06,
    -6.025412215693338e-07,
    -9.35746567248563e-06,
    2.520229101211463e-05,
    -1.5463975407313663e-05,
    -7.86955666950639e-05,
    0.000254159209656483,
    -0.000277574441356541,
    -0.00034562000984291304,
    0.0019995540552779248,
    -0.00441703273231364,
    0.006859440231611489,
    -0.009322590349649704,
    0.011850994288619823,
    1.4178413517876423,
    4.077295441146375,
];

/// `x/q` as a polynomial in `√w − 4.85` for `√w` in [3.6, 6.1]; relative error 2e-15.
const FAR_TAIL: [f64; 19] = [
    -4.862025458866597e-11,
    1.877755005108129e-10,
    -1.0582068092199481e-10,
    -7.774493729280126e-10,
    3.297317986884429e-09,
    -1.0064114767435474e-08,
    2.5446945353214412e-08,
    -5.3122905958621635e-08,
    9.891234881379561e-08,
    -1.9394425036938354e-07,
    5.097827586332394e-07,
    -1.8915087212844457e-06,
    8.11179427820349e-06,
    -3.4326732206450714e-05,
    0.00013068788938352434,
    -0.00037530376157852264,
    -4.383512096214238e-05,
    1.4288174220748238,
    6.644482985097958,
];

/// `g(t)` of [`normal_share`] in `(t − 0.6)/0.4`, highest power first; error 1.4e-18.
const TAIL_SHARE: [f64; 24] = [
    -9.412201001507498e-11,
    2.00414736169458e-10,
    7.730991987702895e-10,
    -3.057336073713296e-09,
    -4.551025545416944e-11,
    2.0310579065216753e-08,
    -3.898421260585947e-08,
    -5.1414928548605754e-08,
    3.3614531447543975e-07,
    -3.0586405713153073e-07,
    -1.464729333877501e-06,
    4.320002822468657e-06,
    1.5318754257137364e-06,
    -2.7994564305882015e-05,
    3.308183212448849e-05,
    0.00012274992315731867,
    -0.0003714948592143111,
    -0.000337866409306473,
    0.0029568391591917173,
    -0.00026228002045069766,
    -0.026169820329119072,
    0.011244143396838121,
    0.548568058441887,
    -0.5357597616889574,
];

#[cfg(test)]
mod tests {
    use super::*;

    /// Quantiles computed with mpmath at 50 digits, over the whole range of uniforms.
    #[test]
    fn the_quantile_agrees_with_fifty_digit_arithmetic() {
        let reference = include_str!("../../tests/golden/normal_quantiles.csv");
        for line in reference.lines().skip(1) {
            let (p, expected) = line.split_once(',').expect("two columns");
            let (p, expected): (f64, f64) = (p.parse().expect("number"), expected.parse().expect("number"));
            let error = (normal_quantile(p) - expected).abs() / expected.abs();
            assert!(error < 1e-13, "quantile of {p}: {} instead of {expected}, off by {error:e}", normal_quantile(p));
        }
    }

    #[test]
    fn shares_that_vectorise_are_those_of_the_error_function() {
        for step in -1_100..=1_100 {
            let x = f64::from(step) * 0.01;
            let error = normal_share(x) / normal_cdf(x) - 1.0;
            assert!(error.abs() < 4e-14, "{x}: {error:e}");
        }
    }

    #[test]
    fn columns_hold_the_same_bits_as_single_values() {
        let uniforms: Vec<f64> = (0..5_000).map(|i| (f64::from(i) + 0.5) / 5_000.0).chain([2f64.powi(-54)]).collect();
        let mut column = uniforms.clone();
        normals(&mut column);
        for (p, x) in uniforms.iter().zip(&column) {
            assert_eq!(normal_quantile(*p).to_bits(), x.to_bits(), "at {p}");
        }
    }

    #[test]
    fn the_quantile_is_odd_and_inverts_the_distribution_function() {
        for p in [1e-12, 1e-5, 0.01, 0.2, 0.49, 0.7, 0.999] {
            assert!((normal_cdf(normal_quantile(p)) - p).abs() <= 1e-13 * p.max(1e-3));
        }
        assert_eq!(normal_quantile(0.5), 0.0);
        assert_eq!(normal_quantile(0.25), -normal_quantile(0.75));
    }
}
