//! The standard normal law: its distribution function and its quantile to a relative error of 3e-14.

use super::elementary::{bits_and_mantissa, exp, polynomial};
use super::fused::{self, fused, has_fused_instruction};

/// Probability that a standard normal is at most `x`.
#[must_use]
pub fn normal_cdf(x: f64) -> f64 {
    0.5 * libm::erfc(-x * std::f64::consts::FRAC_1_SQRT_2)
}

/// The share `Φ(x)` in a form that vectorises: relative error below 1e-14 down to Φ(−11), and 0 never.
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

/// Standard normal quantile of `p`, for `p` in [2⁻⁵⁴, 1 − 2⁻⁵³]; relative error below 3e-14 (golden M11 asks for 1e-13).
///
/// `x = q P(w)/Q(w)` with `q = 2p − 1` and `w = −ln(4 p (1 − p))`: polynomials of degree 7 for `w` up to 6.25, which
/// covers 99.9% of draws without a branch, and two polynomials in `√w` beyond. The form is Giles's (2010) with a quotient
/// in place of his polynomials, the coefficients are minimax and Chebyshev fits made for this file in 45-digit arithmetic.
#[must_use]
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw+fma", "x86_64+avx2+fma"))]
pub fn normal_quantile(p: f64) -> f64 {
    if has_fused_instruction!() { quantile_fused::<true>(p) } else { quantile_fused::<false>(p) }
}

#[inline(always)]
fn quantile_fused<const INSTRUCTION: bool>(p: f64) -> f64 {
    let depth = depth::<INSTRUCTION>(p * (1.0 - p));
    if is_far_out(p) { tail(p, depth) } else { central::<INSTRUCTION>(p, depth) }
}

/// Turns uniforms into standard normals in place; the same bits as [`normal_quantile`] one by one.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw+fma", "x86_64+avx2+fma"))]
pub fn normals(uniforms: &mut [f64]) {
    if has_fused_instruction!() {
        normals_fused::<true>(uniforms);
    } else {
        normals_fused::<false>(uniforms);
    }
}

/// How many normals a kernel makes at once: their columns stay in the first-level cache, and few chunks need a repair.
const CHUNK: usize = 64;

/// What the loops of a chunk leave for each other, and the uniforms of a chunk that needs a repair.
struct Columns {
    depths: [f64; CHUNK],
    kept: [f64; CHUNK],
}

#[inline(always)]
fn normals_fused<const INSTRUCTION: bool>(uniforms: &mut [f64]) {
    let columns = &mut Columns { depths: [0.0; CHUNK], kept: [0.0; CHUNK] };
    let (chunks, rest) = uniforms.as_chunks_mut();
    for chunk in chunks {
        chunk_of_normals::<INSTRUCTION>(chunk, columns);
    }
    if !rest.is_empty() {
        let mut chunk = [0.5; CHUNK];
        chunk[..rest.len()].copy_from_slice(rest);
        chunk_of_normals::<INSTRUCTION>(&mut chunk, columns);
        rest.copy_from_slice(&chunk[..rest.len()]);
    }
}

/// In two loops, each short enough to keep its constants in registers and to have several rows under way at once. Both
/// divide: the unit that does so works beside those that multiply, which are what there is too little of.
#[inline(always)]
fn chunk_of_normals<const INSTRUCTION: bool>(chunk: &mut [f64; CHUNK], columns: &mut Columns) {
    let Columns { depths, kept } = columns;
    // A sign says whether any is far out: positive numbers have the order of their bits, and a comparison takes longer.
    let mut signs = 0;
    for (p, to) in chunk.iter().zip(&mut *depths) {
        let product = *p * (1.0 - *p);
        signs |= product.to_bits().wrapping_sub(FAR_OUT.to_bits());
        *to = depth::<INSTRUCTION>(product);
    }
    let any_far_out = signs >> 63 > 0;
    if any_far_out {
        kept.copy_from_slice(chunk);
    }
    for (p, depth) in chunk.iter_mut().zip(&*depths) {
        *p = central::<INSTRUCTION>(*p, *depth);
    }
    if any_far_out {
        let rows = chunk.as_chunks_mut::<ROW>().0.iter_mut();
        for ((normals, depths), kept) in rows.zip(depths.as_chunks().0).zip(kept.as_chunks().0) {
            repair(normals, depths, kept);
        }
    }
}

/// Values among which one far out is looked for together.
const ROW: usize = 8;

/// Puts the tails where the central quotient does not reach: the nearer one for the whole row, and one by one what lies
/// farther out, which a draw in a million does.
#[inline(always)]
fn repair(normals: &mut [f64; ROW], depths: &[f64; ROW], kept: &[f64; ROW]) {
    if !kept.iter().fold(false, |far, p| far | is_far_out(*p)) {
        return;
    }
    let mut farther = false;
    for ((normal, depth), p) in normals.iter_mut().zip(depths).zip(kept) {
        let s = (depth + MIDDLE).sqrt();
        farther |= s > NEAR_LIMIT;
        let near = (2.0 * p - 1.0) * near_tail(s);
        *normal = if is_far_out(*p) { near } else { *normal };
    }
    if farther {
        for ((normal, depth), p) in normals.iter_mut().zip(depths).zip(kept) {
            if is_far_out(*p) {
                *normal = tail(*p, *depth);
            }
        }
    }
}

/// Whether a uniform is so near to 0 or 1 that its quantile is one of a tail.
#[inline(always)]
fn is_far_out(p: f64) -> bool {
    p * (1.0 - p) < FAR_OUT
}

/// `w − 3.125` with `w = −ln(4 p (1 − p))`, of the product `p (1 − p)`: it grows with the distance from the middle of the
/// law; absolute error 6e-14, nearly all of which is one constant that [`NUMERATOR`] and [`DENOMINATOR`] know of.
///
/// The mantissa `m`, between √½ and √2, becomes `s = (m − 1)/(m + 1)`, of which `ln m` is an odd series.
#[inline(always)]
fn depth<const INSTRUCTION: bool>(product: f64) -> f64 {
    let (bits, mantissa) = bits_and_mantissa(product);
    // The exponent's bits placed into the mantissa of 2¹²: 4,096 and 1,023 more than the exponent.
    let exponent = f64::from_bits(TWO_12_BITS | bits >> 12 & EXPONENT_OF_TWO_12);
    let whole = fused::<INSTRUCTION>(exponent, -std::f64::consts::LN_2, DEPTH_OF_ONE);
    let s = (mantissa - 1.0) / (mantissa + 1.0);
    fused::<INSTRUCTION>(-s, fused::horner::<INSTRUCTION, _>(&LOG_BY_QUOTIENT, s * s), whole)
}

#[inline(always)]
fn central<const INSTRUCTION: bool>(p: f64, depth: f64) -> f64 {
    let numerator = (2.0 * p - 1.0) * fused::horner::<INSTRUCTION, _>(&NUMERATOR, depth);
    numerator / fused::monic::<INSTRUCTION, _>(&DENOMINATOR, depth)
}

#[cold]
#[inline(never)]
fn tail(p: f64, depth: f64) -> f64 {
    let s = (depth + MIDDLE).sqrt();
    let factor = if s <= NEAR_LIMIT { near_tail(s) } else { two_chains(&FAR_TAIL, s - 4.85) };
    (2.0 * p - 1.0) * factor
}

/// `x/q` of the nearer of the two tails, of `√w`.
#[inline(always)]
fn near_tail(s: f64) -> f64 {
    two_chains(&NEAR_TAIL, s - 3.05)
}

/// Value of a polynomial of even degree, coefficients from the highest power down, even and odd powers apart: two chains of
/// half the length, which matters where one value is all there is to work on.
#[inline(always)]
fn two_chains<const N: usize>(coefficients: &[f64; N], x: f64) -> f64 {
    const { assert!(N % 2 == 1) };
    let square = x * x;
    let (mut even, mut odd) = (coefficients[0], 0.0);
    for pair in coefficients[1..].as_chunks::<2>().0 {
        odd = odd * square + pair[0];
        even = even * square + pair[1];
    }
    odd * x + even
}

/// Largest `√w` of the nearer of the two tails.
const NEAR_LIMIT: f64 = 3.6;

/// Bits of the number 2¹².
const TWO_12_BITS: u64 = 0x40b0_0000_0000_0000;
/// Where an exponent stands in the mantissa of 2¹².
const EXPONENT_OF_TWO_12: u64 = 0x0007_ff00_0000_0000;

/// Middle of the depths that the central quotient covers.
const MIDDLE: f64 = 3.125;
/// `(4096 + 1023) ln 2 − ln 4 − 3.125`, rounded for the exponents that matter; too large by 5.1e-14.
const DEPTH_OF_ONE: f64 = 3_543.709_122_925_24;
/// Products `p (1 − p)` below it belong to the tails: `w = 6.25`, where `4 p (1 − p) = e^−6.25`.
const FAR_OUT: f64 = 0.000_482_613_534_056_927_3;

/// `ln(m)/s` as a polynomial in `s²`, highest power first; its error, times `s`, is below 1e-14.
const LOG_BY_QUOTIENT: [f64; 6] = [
    0.19608245305704075,
    0.22174240003765905,
    0.28572166372494656,
    0.39999994889749985,
    0.6666666667958581,
    1.9999999999999472,
];

/// With [`DENOMINATOR`], `x/q` as a quotient of polynomials in the depth for `w` in [0, 6.25], highest power first; relative
/// error 2.4e-14.
const NUMERATOR: [f64; 8] = [
    26.19738221407394,
    1263.4724766094726,
    28073.78259299976,
    375212.19874197384,
    3289189.3393389885,
    19091025.26481265,
    68765009.0511892,
    129296711.97505628,
];

/// The polynomial below, whose highest power has the coefficient 1.
const DENOMINATOR: [f64; 7] = [
    156.9156677399788,
    4275.182911036137,
    74744.87636899065,
    745190.0255253433,
    5260870.124563187,
    21374739.898776844,
    55287593.84568521,
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

    /// Uniforms everywhere, and both tails down to the least.
    fn uniforms() -> Vec<f64> {
        let middle = (0..200_000).map(|i| (f64::from(i) + 0.5) / 200_000.0);
        let tails = (0..4_000).map(|i| libm::exp(-0.0093 * f64::from(i)));
        let tails = tails.clone().chain(tails.map(|p| 1.0 - p)).filter(|p| *p > 0.0 && *p < 1.0);
        middle.chain(tails).chain([2f64.powi(-54)]).collect()
    }

    #[test]
    fn columns_hold_the_same_bits_as_single_values() {
        let mut column = uniforms();
        normals(&mut column);
        for (p, x) in uniforms().iter().zip(&column) {
            assert_eq!(normal_quantile(*p).to_bits(), x.to_bits(), "at {p}");
        }
    }

    #[test]
    fn the_same_bits_with_and_without_a_fused_instruction() {
        let (mut with, mut without) = (uniforms(), uniforms());
        normals(&mut with);
        normals_fused::<false>(&mut without);
        assert!(with.iter().zip(&without).all(|(with, without)| with.to_bits() == without.to_bits()));
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
