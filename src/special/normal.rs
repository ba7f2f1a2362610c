//! The standard normal law: its distribution function and its quantile to a relative error of 1e-13.

mod far;

pub use far::normals_far_out;

use super::fused::{self, fused};
use super::{exp, has_fused_instruction, polynomial};

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
/// `x = q P(w)` with `q = 2p − 1` and `w = −ln(4 p (1 − p))`: a polynomial of degree 19 in `w` up to 6.25, which
/// covers 99.9% of draws without a branch, and two polynomials in `√w` beyond. The form is Giles's (2010), the
/// coefficients are Chebyshev fits made for this file in 50-digit arithmetic.
#[must_use]
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw+fma", "x86_64+avx2+fma"))]
pub fn normal_quantile(p: f64) -> f64 {
    if has_fused_instruction!() { quantile_fused::<true>(p) } else { quantile_fused::<false>(p) }
}

#[inline(always)]
fn quantile_fused<const INSTRUCTION: bool>(p: f64) -> f64 {
    let depth = depth_from_middle::<INSTRUCTION>(p);
    if depth <= CENTRAL_LIMIT { central::<INSTRUCTION>(p, depth) } else { tail(p, depth) }
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
    distances: [f64; CHUNK],
    depths: [f64; CHUNK],
    factors: [f64; CHUNK],
    kept: [f64; CHUNK],
}

#[inline(always)]
fn normals_fused<const INSTRUCTION: bool>(uniforms: &mut [f64]) {
    let nothing = [0.0; CHUNK];
    let columns = &mut Columns { distances: nothing, depths: nothing, factors: nothing, kept: nothing };
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

/// In four loops, each short enough to keep its constants in registers and to have several rows under way at once.
#[inline(always)]
fn chunk_of_normals<const INSTRUCTION: bool>(chunk: &mut [f64; CHUNK], columns: &mut Columns) {
    let Columns { distances, depths, factors, kept } = columns;
    for ((p, distance), depth) in chunk.iter().zip(&mut *distances).zip(&mut *depths) {
        (*distance, *depth) = reduced::<INSTRUCTION>(*p);
    }
    let mut tails = 0_u64;
    for (distance, depth) in distances.iter().zip(&mut *depths) {
        *depth = depth_of::<INSTRUCTION>(*distance, *depth);
        tails |= u64::from(*depth > CENTRAL_LIMIT);
    }
    if tails > 0 {
        kept.copy_from_slice(chunk);
    }
    for (factor, depth) in factors.iter_mut().zip(&*depths) {
        *factor = fused::chain::<INSTRUCTION, _>(&CENTRAL, 0, depth * depth);
    }
    for ((p, factor), depth) in chunk.iter_mut().zip(&*factors).zip(&*depths) {
        let other = fused::chain::<INSTRUCTION, _>(&CENTRAL, 1, depth * depth);
        *p = (2.0 * *p - 1.0) * fused::<INSTRUCTION>(*factor, *depth, other);
    }
    if tails > 0 {
        let rows = chunk.as_chunks_mut::<ROW>().0.iter_mut();
        for ((normals, depths), kept) in rows.zip(depths.as_chunks().0).zip(kept.as_chunks().0) {
            repair(normals, depths, kept);
        }
    }
}

/// Values among which one far out is looked for together.
const ROW: usize = 8;

/// Puts the tails where the central polynomial does not reach.
#[inline(always)]
fn repair(normals: &mut [f64; ROW], depths: &[f64; ROW], kept: &[f64; ROW]) {
    if depths.iter().fold(false, |far, depth| far | (*depth > CENTRAL_LIMIT)) {
        for ((normal, depth), p) in normals.iter_mut().zip(depths).zip(kept) {
            if *depth > CENTRAL_LIMIT {
                *normal = tail(*p, *depth);
            }
        }
    }
}

/// `w − 3.125` with `w = −ln(4 p (1 − p))`, which is 0 in the middle of the law and grows with the distance from it;
/// absolute error 1e-13.
#[inline(always)]
fn depth_from_middle<const INSTRUCTION: bool>(p: f64) -> f64 {
    let (distance, whole) = reduced::<INSTRUCTION>(p);
    depth_of::<INSTRUCTION>(distance, whole)
}

/// The two parts of a depth: how far a mantissa is from 1, at most 1/8, and the depth if it were 1.
///
/// A shorter logarithm than [`super::ln`], without its division: the relative error of a quantile is a seventh of the
/// error of its depth. The mantissa, between √½ and √2, is first brought to within 1/8 of 1.
#[inline(always)]
fn reduced<const INSTRUCTION: bool>(p: f64) -> (f64, f64) {
    let (exponent, mantissa) = super::exponent_and_mantissa(p * (1.0 - p));
    let (below, above) = (mantissa < BELOW, mantissa > ABOVE);
    let factor = if below { 1.26 } else { 1.0 };
    let factor = if above { 0.7937 } else { factor };
    let offset = if below { LN_OF_1_26 - (LN_4 + MIDDLE) } else { -(LN_4 + MIDDLE) };
    let offset = if above { LN_OF_0_7937 - (LN_4 + MIDDLE) } else { offset };
    let distance = fused::<INSTRUCTION>(mantissa, factor, -1.0);
    (distance, fused::<INSTRUCTION>(exponent, -std::f64::consts::LN_2, offset))
}

#[inline(always)]
fn depth_of<const INSTRUCTION: bool>(distance: f64, whole: f64) -> f64 {
    fused::<INSTRUCTION>(-distance, fused::polynomial::<INSTRUCTION, _>(&LOG_NEAR_ONE, distance), whole)
}

#[inline(always)]
fn central<const INSTRUCTION: bool>(p: f64, depth: f64) -> f64 {
    (2.0 * p - 1.0) * fused::polynomial::<INSTRUCTION, _>(&CENTRAL, depth)
}

#[cold]
#[inline(never)]
fn tail(p: f64, depth: f64) -> f64 {
    let s = (depth + MIDDLE).sqrt();
    let factor = if s <= 3.6 { polynomial(&NEAR_TAIL, s - 3.05) } else { polynomial(&FAR_TAIL, s - 4.85) };
    (2.0 * p - 1.0) * factor
}

/// Middle of the depths that the central polynomial covers.
const MIDDLE: f64 = 3.125;
/// `ln 4`.
const LN_4: f64 = 2.0 * std::f64::consts::LN_2;
/// Mantissas below it are raised by a factor of 1.26.
const BELOW: f64 = 0.891;
/// Mantissas above it are lowered by a factor of 0.7937.
const ABOVE: f64 = 1.1225;
/// `ln 1.26`.
const LN_OF_1_26: f64 = 0.231_111_720_963_386_64;
/// `ln 0.7937`.
const LN_OF_0_7937: f64 = -0.231_049_722_885_307_2;

/// `ln(1 + f)/f` for `1 + f` in [0.8905, 1.1231], highest power first; its error, times `f`, is below 1e-13.
const LOG_NEAR_ONE: [f64; 9] = [
    0.10798201401732506,
    -0.12815649972866922,
    0.14297966473786142,
    -0.16663228424612658,
    0.19999886019612237,
    -0.25000014928171044,
    0.3333333368520556,
    -0.49999999979542903,
    0.9999999999974988,
];

/// Largest depth of the central polynomial: `w = 6.25`, where `4 p (1 − p) = e^−6.25`.
const CENTRAL_LIMIT: f64 = 3.125;

/// `x/q` as a polynomial in `w − 3.125` for `w` in [0, 6.25], highest power first; relative error 3e-14.
const CENTRAL: [f64; 20] = [
    4.142421410639567e-18,
    -1.0683341961172069e-16,
    2.7112326949703373e-16,
    7.740370316617852e-15,
    -6.011293156534641e-14,
    -9.664683807647093e-14,
    3.743571845425577e-12,
    -1.8477856476693014e-11,
    -7.666791431542169e-11,
    1.4871864169702673e-09,
    -5.815928124465253e-09,
    -4.1113138156513805e-08,
    5.988891120364302e-07,
    -1.9310629252046407e-06,
    -1.96328525805277e-05,
    0.0002640820479348696,
    -0.001047511569569028,
    -0.008532899176791894,
    0.33963495870114296,
    2.33862071002657,
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
    fn the_same_bits_with_and_without_a_fused_instruction() {
        let mut with: Vec<f64> = (0..200_000).map(|i| (f64::from(i) + 0.5) / 200_000.0).collect();
        let mut without = with.clone();
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
