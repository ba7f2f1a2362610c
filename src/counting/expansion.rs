//! Quantiles of counts by their Cornish–Fisher expansion, in columns, with a bound that says where it decides alone.

use crate::special::{exp, ln};

/// Where a count with rank `w` lies before it is rounded down, and how far that may be from the truth.
///
/// Poisson (`q = 0`), negative binomial (`q = λ/k`) and binomial (`q = −p`) are one family: with `s = q (1 + q)` and
/// `a = 1 + 2q` the cumulants of order 3 to 6 are `a`, `1 + 6s`, `a (1 + 12s)` and `1 + 30s + 120s²` times the variance.
/// The sum of masses up to `n` is the integral up to `n + ½` of a density whose even cumulants are less by those of a
/// uniform of width 1 (Euler–Maclaurin). The expansion is the one of fourth order (Abramowitz & Stegun 26.2.49); its
/// error, against the distribution functions for means from 25 to 20,000, `k` from 5 to 10⁵ and ranks up to 7, is less
/// than what is returned as such, and at most half of it for ranks up to 4; so it is for means from 2 on against twice
/// what is returned.
#[must_use]
#[inline(always)]
pub(crate) fn expand(w: f64, mean: f64, variance: f64, q: f64) -> (f64, f64) {
    // The reciprocals of whole numbers are constants, which a division by them would not be.
    let smooth = variance - 1.0 / 12.0;
    let sd = smooth.sqrt();
    let (s, a) = (q * (1.0 + q), 1.0 + 2.0 * q);
    let over_sd = 1.0 / sd;
    let over_square = over_sd * over_sd;
    let ratio = variance * over_square;
    let first = ratio * a * over_sd;
    let second = (ratio * (1.0 + 6.0 * s) + over_square * (1.0 / 120.0)) * over_square;
    let third = ratio * a * (1.0 + 12.0 * s) * over_square * over_sd;
    let fourth = ratio * (1.0 + 30.0 * s + 120.0 * s * s) * over_square * over_square;
    // Hermite polynomials.
    let w2 = w * w;
    let (h2, h3) = (w2 - 1.0, w * (w2 - 3.0));
    let (h4, h5) = (w2 * w2 - 6.0 * w2 + 3.0, w * (w2 * w2 - 10.0 * w2 + 15.0));
    let square = first * first;
    let order_1 = first * h2 * (1.0 / 6.0);
    let order_2 = second * h3 * (1.0 / 24.0) - square * (2.0 * h3 + w) * (1.0 / 36.0);
    let order_3 = third * h4 * (1.0 / 120.0) - first * second * (h4 + h2) * (1.0 / 24.0)
        + square * first * (12.0 * h4 + 19.0 * h2) * (1.0 / 324.0);
    let order_4 = fourth * h5 * (1.0 / 720.0)
        - second * second * (3.0 * h5 + 6.0 * h3 + 2.0 * w) * (1.0 / 384.0)
        - first * third * (2.0 * h5 + 3.0 * h3) * (1.0 / 180.0)
        + square * second * (14.0 * h5 + 37.0 * h3 + 8.0 * w) * (1.0 / 288.0)
        - square * square * (252.0 * h5 + 832.0 * h3 + 227.0 * w) * (1.0 / 7776.0);
    let x = mean + sd * (w + order_1 + order_2 + order_3 + order_4) + 0.5;
    let rate = square + over_square;
    // The sum in brackets is at least the root of the rate, and needs none.
    let scale = sd * rate * rate * (first.abs() + over_sd);
    let unsure = scale * (2e-3 + 4e-4 * w2 * w2 * w2) + 1e-9 * mean;
    (x, unsure)
}

/// Expected numbers from which on a count is taken as continuous: its steps are below a part in 10⁷. Nearer to whole numbers
/// than the expansion knows lie ever more ranks above, and adding masses takes as many steps as the spread is wide.
const CONTINUOUS: f64 = 1e7;

/// Smallest expected number for which the expansion decides.
const LEAST: f64 = 2.0;

/// The count itself where the expansion decides, otherwise not a number.
#[must_use]
#[inline(always)]
pub(crate) fn decided(w: f64, mean: f64, variance: f64, q: f64) -> f64 {
    let (x, unsure) = expand(w, mean, variance, q);
    // Below 2⁵¹ this rounds to the nearest whole number; above, a count is not told from its neighbours anyway.
    const ROUND: f64 = 6_755_399_441_055_744.0;
    let nearest = (x + ROUND) - ROUND;
    let floor = if nearest > x { nearest - 1.0 } else { nearest };
    let unsure = if mean < 25.0 { 2.0 * unsure } else { unsure };
    let sure = (((x - nearest).abs() > unsure) & (mean >= LEAST)) | (mean > CONTINUOUS);
    if sure { floor.max(0.0) } else { f64::NAN }
}

/// Turns ranks, as normals, into the Poisson counts that the expansion decides, and the others into no number.
///
/// `means` are the expected numbers, of which `logs` are the logs.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
pub fn poisson(logs: &[f64], means: &mut [f64], counts: &mut [f64]) {
    for ((log, mean), count) in logs.iter().zip(means).zip(counts) {
        *mean = exp(*log);
        *count = decided(*count, *mean, *mean, 0.0);
    }
}

/// Turns ranks, as normals, into the negative binomial counts that the expansion decides, and the others into no
/// number.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
pub fn negative_binomial(logs: &[f64], dispersions: &[f64], means: &mut [f64], counts: &mut [f64]) {
    for (((log, dispersion), mean), count) in logs.iter().zip(dispersions).zip(means).zip(counts) {
        *mean = exp(*log);
        let q = *mean / dispersion;
        *count = decided(*count, *mean, *mean * (1.0 + q), q);
    }
}

/// A binomial count where the expansion decides, otherwise not a number.
#[must_use]
#[inline(always)]
pub(crate) fn decided_binomial(w: f64, trials: f64, success: f64) -> f64 {
    let mean = trials * success;
    let count = decided(w, mean, mean * (1.0 - success), -success);
    if (success <= 0.5) & (count <= trials) { count } else { f64::NAN }
}

/// Writes the logs of counts or sums, −∞ for none.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
pub fn logs(counts: &[f64], logs: &mut [f64]) {
    for (log, count) in logs.iter_mut().zip(counts) {
        let some = ln(count.max(f64::MIN_POSITIVE));
        *log = if *count > 0.0 { some } else { f64::NEG_INFINITY };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::special::{beta_cdf, gamma_tail, normal_quantile};

    /// Whether every count that the expansion decides is the first that reaches its rank, and how many it decides.
    fn right(mean: f64, variance: f64, q: f64, at_most: impl Fn(f64) -> f64) -> f64 {
        let tails = (1..20).map(|i| libm::exp(-1.5 * f64::from(i)));
        let ranks = (0..500).map(|i| (f64::from(i) + 0.5) / 500.0).chain(tails.clone()).chain(tails.map(|p| 1.0 - p));
        let mut known = 0.0;
        for u in ranks {
            let n = decided(normal_quantile(u), mean, variance, q);
            if !n.is_nan() {
                known += 1.0;
                let (at, below) = (at_most(n), if n > 0.0 { at_most(n - 1.0) } else { 0.0 });
                assert!(at >= u && below < u, "rank {u} of mean {mean}, variance {variance}: {n} has {below} to {at}");
            }
        }
        known / 538.0
    }

    #[test]
    fn a_count_that_is_decided_is_the_first_that_reaches_its_rank() {
        for step in 0..75 {
            let mean = 2.0 * libm::exp(0.125 * f64::from(step)) + 0.013 * f64::from(step);
            let most = if mean < 5.0 { 0.8 } else { 0.9 };
            let known = right(mean, mean, 0.0, |n| gamma_tail(n + 1.0, mean));
            assert!(known > most, "Poisson with mean {mean}: {known}");
            for k in [5.0, 12.0, 40.0, 300.0, 1e4] {
                let (q, share) = (mean / k, k / (k + mean));
                let known = right(mean, mean * (1.0 + q), q, |n| beta_cdf(k, n + 1.0, share));
                assert!(known > most || k < 40.0 || mean > 1e3, "negative binomial {mean}, {k}: {known}");
            }
            for p in [0.003, 0.04, 0.1, 0.25, 0.5] {
                let trials = (mean / p).ceil();
                let at_most = |n: f64| if n >= trials { 1.0 } else { beta_cdf(trials - n, n + 1.0, 1.0 - p) };
                let known = right(trials * p, trials * p * (1.0 - p), -p, at_most);
                assert!(known > most, "{trials} trials of {p}: {known}");
            }
        }
    }
}
