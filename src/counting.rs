//! Counts of deals: how many there are when their expected number is known, by the inverse of their distribution.
//!
//! One uniform, one count, rising in the uniform and in the expected number: scenarios that share their luck stay
//! paired, and adding nothing changes nothing.

mod expansion;
pub mod sizes;

use crate::special::{beta_cdf, exp, gamma_tail, normal_quantile};

use expansion::{decided, expand};

pub(crate) use expansion::{decided_binomial, logs as logs_of_counts};
pub use sizes::Sizes;

/// How deals are counted, with numbers of type `P`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count<P> {
    /// The expected number itself, a real number: no luck of counting. The default.
    Expected,
    /// Poisson: deals happen independently of each other. Variance `λ` (golden G01, G02).
    Poisson,
    /// Negative binomial with dispersion `k`: variance `λ + λ²/k`; for years that differ more than independent deals
    /// would. As `k` grows it is Poisson (golden G05).
    NegativeBinomial {
        /// Dispersion `k`, at least 5.
        dispersion: P,
    },
}

impl<P> Count<P> {
    /// This counting with its number translated.
    pub fn map<'a, Q>(&'a self, mut translate: impl FnMut(&'a P) -> Q) -> Count<Q> {
        match self {
            Self::Expected => Count::Expected,
            Self::Poisson => Count::Poisson,
            Self::NegativeBinomial { dispersion } => Count::NegativeBinomial { dispersion: translate(dispersion) },
        }
    }

    /// Whether a year's number of deals is a whole number.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        !matches!(self, Self::Expected)
    }
}

impl Count<&str> {
    /// The law in words.
    #[must_use]
    pub fn in_words(&self) -> String {
        match self {
            Self::Expected => "expected number".to_owned(),
            Self::Poisson => "Poisson".to_owned(),
            Self::NegativeBinomial { dispersion } => format!("negative binomial with dispersion {dispersion}"),
        }
    }
}

impl Count<f64> {
    /// The number of deals with rank `uniform` when `mean` are expected.
    #[must_use]
    pub fn quantile(&self, uniform: f64, mean: f64) -> f64 {
        match *self {
            Self::Expected => mean,
            Self::Poisson => poisson_quantile(uniform, mean),
            Self::NegativeBinomial { dispersion } => negative_binomial_quantile(uniform, mean, dispersion),
        }
    }
}

impl Count<&[f64]> {
    /// Turns ranks, as normals, into numbers of deals with the bits of [`Count::quantile`]; `uniforms` are the ranks
    /// themselves, `logs` the logs of the expected numbers, which are written to `means`.
    pub fn quantiles(&self, uniforms: &[f64], logs: &[f64], means: &mut [f64], counts: &mut [f64]) {
        match self {
            Self::Expected => logs.iter().zip(counts).for_each(|(log, count)| *count = exp(*log)),
            Self::Poisson => {
                expansion::poisson(logs, means, counts);
                for ((count, mean), uniform) in counts.iter_mut().zip(means).zip(uniforms) {
                    if count.is_nan() {
                        *count = poisson_exactly(*uniform, normal_quantile(*uniform), *mean);
                    }
                }
            }
            Self::NegativeBinomial { dispersion } => {
                expansion::negative_binomial(logs, dispersion, means, counts);
                for (((count, mean), uniform), k) in counts.iter_mut().zip(means).zip(uniforms).zip(*dispersion) {
                    if count.is_nan() {
                        *count = negative_binomial_exactly(*uniform, normal_quantile(*uniform), *mean, *k);
                    }
                }
            }
        }
    }
}

/// Smallest `n` with `P(N ≤ n) ≥ u` for a Poisson count (golden G06).
///
/// By the expansion of the quantile, which from 2 on decides alone unless it lies near a whole number; otherwise by
/// adding masses, and above 25 by the distribution function itself.
#[must_use]
pub fn poisson_quantile(uniform: f64, mean: f64) -> f64 {
    let w = normal_quantile(uniform);
    let count = decided(w, mean, mean, 0.0);
    if count.is_nan() { poisson_exactly(uniform, w, mean) } else { count }
}

#[cold]
fn poisson_exactly(uniform: f64, w: f64, mean: f64) -> f64 {
    if mean < 25.0 {
        return by_masses(uniform, libm::exp(-mean), |n| mean / (n + 1.0), mean);
    }
    let (x, _) = expand(w, mean, mean, 0.0);
    by_steps((x.round() - 1.0).max(0.0), uniform, |n| gamma_tail(n + 1.0, mean))
}

/// Smallest `n` with `P(N ≤ n) ≥ u` for a negative binomial count with mean `λ` and variance `λ + λ²/k`.
#[must_use]
pub fn negative_binomial_quantile(uniform: f64, mean: f64, dispersion: f64) -> f64 {
    let (w, q) = (normal_quantile(uniform), mean / dispersion);
    let count = decided(w, mean, mean * (1.0 + q), q);
    if count.is_nan() { negative_binomial_exactly(uniform, w, mean, dispersion) } else { count }
}

#[cold]
fn negative_binomial_exactly(uniform: f64, w: f64, mean: f64, dispersion: f64) -> f64 {
    let share = dispersion / (dispersion + mean);
    let q = mean / dispersion;
    let variance = mean * (1.0 + q);
    if mean < 25.0 {
        let first = libm::exp(dispersion * libm::log(share));
        return by_masses(uniform, first, |n| (n + dispersion) / (n + 1.0) * (1.0 - share), variance);
    }
    let (x, unsure) = expand(w, mean, variance, q);
    let at_most = |n: f64| beta_cdf(dispersion, n + 1.0, share);
    if unsure < 0.5 {
        return by_steps((x.round() - 1.0).max(0.0), uniform, at_most);
    }
    let sd = variance.sqrt();
    let mut n = x.floor().max(0.0);
    // A start that is good to a few steps, brought home by a normal score that is good to a few parts in 10⁴.
    let score = |n: f64| score(n, dispersion, share);
    let mut at = score(n);
    for _ in 0..20 {
        let next = score(n + 1.0);
        let step = ((w - at) / (next - at).max(1e-9)).clamp(-sd, sd).ceil();
        if step == 0.0 {
            break;
        }
        let to = (n + step).max(0.0);
        if to == n {
            break;
        }
        (n, at) = (to, score(to));
    }
    let below = if n > 0.0 { score(n - 1.0) } else { f64::NEG_INFINITY };
    let unsure = 1e-3 * (1.0 + w * w);
    if at - w > unsure && w - below > unsure {
        return n;
    }
    // Near an edge the distribution function itself decides.
    by_steps(n, uniform, at_most)
}

/// Normal score of `P(N ≤ n)` of a negative binomial count (Peizer and Pratt, JASA 63, 1968), through the binomial with
/// `n + k` trials of which `k` or more succeed.
fn score(n: f64, k: f64, p: f64) -> f64 {
    let (trials, q) = (n + k, 1.0 - p);
    // One success fewer is what the other tail counts.
    let s = k - 1.0;
    let d = s + 2.0 / 3.0 - (trials + 1.0 / 3.0) * p
        + 0.02 * (q / (s + 1.0) - p / (trials - s) + (q - 0.5) / (trials + 1.0));
    let bend = |x: f64| {
        let y = 1.0 - x;
        // 1 − x² + 2 x ln x over (1 − x)² is y/3 near 1, where the formula would cancel.
        if y.abs() < 1e-4 { y / 3.0 } else { (1.0 - x * x + 2.0 * x * libm::log(x)) / (y * y) }
    };
    let stretch = 1.0 + q * bend((s + 0.5) / (trials * p)) + p * bend((trials - s - 0.5) / (trials * q));
    -d * (stretch / ((trials + 1.0 / 6.0) * p * q)).sqrt()
}

/// A quantile in standard units from its normal score, skewness, excess kurtosis and standardised fifth cumulant: the
/// expansion of third order (Abramowitz & Stegun 26.2.49).
#[must_use]
#[inline(always)]
pub fn cornish_fisher(z: f64, [skewness, excess, fifth]: [f64; 3]) -> f64 {
    let square = z * z;
    let (h2, h4) = (square - 1.0, square * square - 6.0 * square + 3.0);
    z + skewness * h2 * (1.0 / 6.0) + excess * (square - 3.0) * z * (1.0 / 24.0)
        - skewness * skewness * (2.0 * square - 5.0) * z * (1.0 / 36.0)
        + fifth * h4 * (1.0 / 120.0)
        - skewness * excess * (h4 + h2) * (1.0 / 24.0)
        + skewness * skewness * skewness * (12.0 * h4 + 19.0 * h2) * (1.0 / 324.0)
}

/// Adds masses from 0 up until they reach `u`.
fn by_masses(uniform: f64, first: f64, next: impl Fn(f64) -> f64, variance: f64) -> f64 {
    let (mut n, mut mass, mut sum) = (0.0, first, first);
    // Rounding may leave the sum a hair below the largest uniform for ever.
    let end = 100.0 + 60.0 * variance;
    while sum < uniform && n < end {
        mass *= next(n);
        n += 1.0;
        sum += mass;
    }
    n
}

/// From a guess to the smallest `n` whose distribution function reaches `u`.
fn by_steps(guess: f64, uniform: f64, below: impl Fn(f64) -> f64) -> f64 {
    let mut n = guess;
    if below(n) >= uniform {
        while n > 0.0 && below(n - 1.0) >= uniform {
            n -= 1.0;
        }
        return n;
    }
    // As above: the last step of the function may never reach the largest uniform.
    for _ in 0..10_000 {
        n += 1.0;
        if below(n) >= uniform {
            break;
        }
    }
    n
}

/// Smallest `n` with `P(N ≤ n) ≥ u` for `N` of `trials` that each succeed with this probability.
#[must_use]
pub fn binomial_quantile(uniform: f64, trials: f64, success: f64) -> f64 {
    binomial_at(uniform, normal_quantile(uniform), trials, success)
}

/// [`binomial_quantile`] where the normal quantile `w` of the rank is known already.
#[must_use]
pub fn binomial_at(uniform: f64, w: f64, trials: f64, success: f64) -> f64 {
    if success <= 0.0 || trials <= 0.0 {
        return 0.0;
    }
    if success >= 1.0 {
        return trials;
    }
    if success > 0.5 {
        // Mirrored; 1 − u keeps the count rising in u.
        return trials - binomial_above(1.0 - uniform, trials, 1.0 - success);
    }
    let count = decided_binomial(w, trials, success);
    if !count.is_nan() {
        return count;
    }
    if trials * success < 25.0 {
        let first = libm::exp(trials * libm::log1p(-success));
        let odds = success / (1.0 - success);
        return by_masses(uniform, first, |n| (trials - n).max(0.0) / (n + 1.0) * odds, trials).min(trials);
    }
    let mean = trials * success;
    let (x, _) = expand(w, mean, mean * (1.0 - success), -success);
    by_steps((x.round() - 1.0).clamp(0.0, trials), uniform, |n| at_most(n, trials, success)).min(trials)
}

/// Largest `n` with `P(N ≥ n) ≥ u'` seen from the other side: what mirrors [`binomial_quantile`].
fn binomial_above(uniform: f64, trials: f64, success: f64) -> f64 {
    // P(trials − N ≤ m) ≥ 1 − u' first holds at the largest N = n with P(N ≤ n − 1) ≤ u'.
    let n = binomial_quantile(uniform.clamp(f64::EPSILON / 4.0, 1.0 - f64::EPSILON / 2.0), trials, success);
    if at_most(n, trials, success) <= uniform { n + 1.0 } else { n }
}

/// `P(N ≤ n)` of a binomial count.
fn at_most(n: f64, trials: f64, success: f64) -> f64 {
    if n >= trials { 1.0 } else { beta_cdf(trials - n, n + 1.0, 1.0 - success) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::special::log_poisson_mass;

    fn poisson_slowly(uniform: f64, mean: f64) -> f64 {
        let mut sum = 0.0;
        for n in 0..1_000_000 {
            sum += libm::exp(log_poisson_mass(f64::from(n), mean));
            if sum >= uniform {
                return f64::from(n);
            }
        }
        unreachable!("the masses add up to one")
    }

    #[test]
    fn a_poisson_count_is_the_first_that_reaches_its_rank() {
        for mean in [0.01, 0.7, 5.0, 24.9, 25.0, 31.7, 100.0, 232.0, 1151.0, 5_000.5] {
            for step in 1..2_000 {
                let uniform = f64::from(step) / 2_000.0 + 3.3e-7;
                assert_eq!(poisson_quantile(uniform, mean), poisson_slowly(uniform, mean), "{uniform} of {mean}");
            }
            for uniform in [1e-12, 1e-9, 1e-6, 1e-4, 1.0 - 1e-4, 1.0 - 1e-6] {
                assert_eq!(poisson_quantile(uniform, mean), poisson_slowly(uniform, mean), "{uniform} of {mean}");
            }
        }
    }

    #[test]
    fn the_largest_and_smallest_uniforms_have_counts() {
        for mean in [1e-6, 0.5, 24.0, 26.0, 1e4, 1e8, 1e12] {
            for uniform in [f64::EPSILON / 4.0, 1.0 - f64::EPSILON / 2.0] {
                let counts = [
                    poisson_quantile(uniform, mean),
                    negative_binomial_quantile(uniform, mean, 5.0),
                    negative_binomial_quantile(uniform, mean, 1e6),
                ];
                assert!(counts.iter().all(|n| n.is_finite() && *n >= 0.0 && n.fract() == 0.0), "{mean}: {counts:?}");
            }
        }
    }

    #[test]
    fn a_negative_binomial_count_is_the_first_that_reaches_its_rank() {
        let cases = [(3.0, 5.0), (24.0, 40.0), (26.0, 5.0), (60.0, 5.0), (232.0, 20.0), (1151.0, 40.0), (1151.0, 5.0)];
        for (mean, k) in cases.into_iter().chain([(300.0, 400.0), (90.0, 1e5)]) {
            let share = k / (k + mean);
            let mut masses = vec![libm::exp(k * libm::log(share))];
            for n in 0..20_000 {
                masses.push(masses[n] * (n as f64 + k) / (n as f64 + 1.0) * (1.0 - share));
            }
            let mut sum = 0.0;
            let sums: Vec<f64> = masses
                .iter()
                .map(|mass| {
                    sum += mass;
                    sum
                })
                .collect();
            for step in 1..20_000 {
                let uniform = f64::from(step) / 20_000.0 + 1e-7;
                let slow = sums.partition_point(|sum| *sum < uniform);
                assert_eq!(negative_binomial_quantile(uniform, mean, k), slow as f64, "{uniform} of {mean}");
            }
        }
    }

    #[test]
    fn little_dispersion_is_poisson() {
        for step in 1..200 {
            let uniform = f64::from(step) / 200.0 + 1e-5;
            assert_eq!(negative_binomial_quantile(uniform, 232.0, 1e9), poisson_quantile(uniform, 232.0), "{uniform}");
        }
    }

    #[test]
    fn a_binomial_count_is_the_first_that_reaches_its_rank() {
        let cases = [(10_u32, 0.3), (216, 0.07), (1135, 0.04), (1135, 0.4), (300, 0.8), (40, 0.97)];
        for (trials, success) in cases.into_iter().chain([(700, 0.036), (5_000, 0.012), (55, 0.5), (1135, 0.25)]) {
            let mut masses = vec![libm::exp(f64::from(trials) * libm::log1p(-success))];
            for n in 0..trials {
                let next = masses[n as usize] * f64::from(trials - n) / f64::from(n + 1) * success / (1.0 - success);
                masses.push(next);
            }
            for step in 1..4_000 {
                let uniform = f64::from(step) / 4_000.0 + 1e-6;
                let mut sum = 0.0;
                let slow = masses.iter().position(|mass| {
                    sum += mass;
                    sum >= uniform
                });
                let found = binomial_quantile(uniform, f64::from(trials), success);
                assert_eq!(found, slow.unwrap_or(masses.len() - 1) as f64, "{uniform} of {trials} at {success}");
            }
        }
    }
}
