//! Laws of the yearly shocks: how often a year departs far from the trend, and whether all series do so together.
//!
//! Every law has unit variance, so a volatility means the same under each of them, and every one is reached from a
//! standard normal by a rising function: the rank of a path does not change with the law, only how far out it lies.

use crate::special::{Transform, beta_tail, gamma_cdf, gamma_tail, normal_cdf};

/// Law of a unit-variance shock, with numbers of type `P`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Law<P> {
    /// Normal. The default: two years of data show no tail.
    Gaussian,
    /// A normal year with probability `1 − p`, and with probability `p` one whose shocks are `κ` times as wide;
    /// rescaled by `1/√(1 − p + p κ²)`.
    ///
    /// The fat tail to use when means matter: every moment of the level exists (golden F08, F09). Sensible: `p` 5–20%,
    /// `κ` 2–4. Not for single known events, which are [events](crate::event).
    Contaminated {
        /// Share of wild years `p`.
        share: P,
        /// How much wider they are, `κ`.
        times: P,
    },
    /// Student's t with `ν` degrees of freedom, scaled by `√((ν − 2)/ν)` to unit variance.
    ///
    /// Heavier than any normal mixture: `E[exp(σ t_ν)]` is infinite for every σ > 0 (golden F03), so the mean of a
    /// level does not exist and is never printed. Sensible: `ν` 4–10.
    StudentT {
        /// Degrees of freedom `ν`, above 2.
        freedom: P,
    },
}

/// Whether the wild years of different series are the same years.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tail {
    /// Each series has its own (Gaussian copula): far out, series are all but independent.
    #[default]
    Separate,
    /// One wild year is wild for all series: one mixing number a year (for Student's t, the t copula). Joint crashes
    /// are more likely at the same correlation: 1.1% against 0.7% for both below their 5% quantile at ρ = 0.3, ν = 5.
    Shared,
}

impl<P> Law<P> {
    /// This law with its numbers translated.
    pub fn map<'a, Q>(&'a self, mut translate: impl FnMut(&'a P) -> Q) -> Law<Q> {
        match self {
            Self::Gaussian => Law::Gaussian,
            Self::Contaminated { share, times } => {
                Law::Contaminated { share: translate(share), times: translate(times) }
            }
            Self::StudentT { freedom } => Law::StudentT { freedom: translate(freedom) },
        }
    }

    /// Whether the mean of a level exists whose log moves by such shocks.
    #[must_use]
    pub fn levels_have_means(&self) -> bool {
        !matches!(self, Self::StudentT { .. })
    }
}

impl Law<&str> {
    /// The law in words, its numbers as written.
    #[must_use]
    pub fn in_words(&self, tail: Tail) -> String {
        let law = match self {
            Self::Gaussian => "gaussian".to_owned(),
            Self::Contaminated { share, times } => format!("contaminated: {share} of years {times} times as wide"),
            Self::StudentT { freedom } => format!("Student-t with {freedom} degrees of freedom"),
        };
        match tail {
            Tail::Separate => law,
            Tail::Shared => format!("{law}, wild years shared"),
        }
    }
}

impl Law<f64> {
    /// Fourth moment of the unit-variance shock, 3 for the normal; `None` where it is infinite (golden F03).
    #[must_use]
    pub fn kurtosis(&self) -> Option<f64> {
        match *self {
            Self::Gaussian => Some(3.0),
            Self::Contaminated { share, times } => {
                let variance = 1.0 - share + share * times * times;
                Some(3.0 * (1.0 - share + share * libm::pow(times, 4.0)) / (variance * variance))
            }
            Self::StudentT { freedom } => (freedom > 4.0).then(|| 3.0 + 6.0 / (freedom - 4.0)),
        }
    }

    /// What turns a standard normal into a shock of this law; `None` for the normal itself.
    #[must_use]
    pub fn transform(&self) -> Option<Transform> {
        match *self {
            Self::Gaussian => None,
            Self::Contaminated { share, times } => {
                let scale = contaminated_scale(share, times);
                let tail =
                    move |x: f64| (1.0 - share) * normal_cdf(-x / scale) + share * normal_cdf(-x / (scale * times));
                let bell = |x: f64| libm::exp(-0.5 * x * x) / (2.0 * std::f64::consts::PI).sqrt();
                let density = |x: f64| {
                    (1.0 - share) * bell(x / scale) / scale + share * bell(x / (scale * times)) / (scale * times)
                };
                Some(Transform::of_law(0.0, |x| tail(-x), tail, density))
            }
            Self::StudentT { freedom } => {
                let scale = ((freedom - 2.0) / freedom).sqrt();
                let above = move |x: f64| student_tail(freedom, x / scale);
                let norm = libm::lgamma(0.5 * (freedom + 1.0))
                    - libm::lgamma(0.5 * freedom)
                    - 0.5 * libm::log(freedom * std::f64::consts::PI);
                let density = move |x: f64| {
                    let t = x / scale;
                    libm::exp(norm - 0.5 * (freedom + 1.0) * libm::log1p(t * t / freedom)) / scale
                };
                Some(Transform::of_law(0.0, |x| above(-x), above, density))
            }
        }
    }

    /// The factor that one shared number gives to all shocks of a year.
    #[must_use]
    pub fn mixing(&self) -> Option<Mixing> {
        match *self {
            Self::Gaussian => None,
            Self::Contaminated { share, times } => {
                let calm = contaminated_scale(share, times);
                Some(Mixing::Wild { share, calm, wild: calm * times })
            }
            Self::StudentT { freedom } => {
                let half = 0.5 * freedom;
                // The log of a chi-squared variable: its own law is what interpolates well.
                let below = move |y: f64| gamma_cdf(half, 0.5 * libm::exp(y));
                let above = move |y: f64| gamma_tail(half, 0.5 * libm::exp(y));
                let density = move |y: f64| {
                    let x = 0.5 * libm::exp(y);
                    libm::exp(half * libm::log(x) - x - libm::lgamma(half))
                };
                let log_chi_squared = Transform::of_law(libm::log(freedom), below, above, density);
                let log_freedom = libm::log(freedom - 2.0);
                // A small χ² makes a wild year, and the upper end of the uniform is the wild one.
                let factor = log_chi_squared.reversed().map(|log, slope| {
                    let factor = libm::exp(0.5 * (log_freedom - log));
                    [factor, -0.5 * factor * slope]
                });
                Some(Mixing::ChiSquared { factor })
            }
        }
    }
}

/// How one number a year widens all shocks of that year.
#[derive(Clone, Debug, PartialEq)]
pub enum Mixing {
    /// A year is wild with a probability.
    Wild {
        /// Probability of a wild year.
        share: f64,
        /// Factor of calm years.
        calm: f64,
        /// Factor of wild years.
        wild: f64,
    },
    /// `√((ν − 2)/χ²_ν)`.
    ChiSquared {
        /// The factor by the rank of a standard normal.
        factor: Transform,
    },
}

impl Mixing {
    /// Replaces uniforms by the factors of their years; the upper end of the uniform is the wild one.
    pub fn factors(&self, uniforms: &mut [f64]) {
        match self {
            Self::Wild { share, calm, wild } => {
                for uniform in uniforms {
                    *uniform = if *uniform > 1.0 - share { *wild } else { *calm };
                }
            }
            Self::ChiSquared { factor } => factor.quantiles(uniforms),
        }
    }
}

/// `1/√(1 − p + p κ²)`.
fn contaminated_scale(share: f64, times: f64) -> f64 {
    1.0 / (1.0 - share + share * times * times).sqrt()
}

/// Probability that a Student-t variable is above `t`, with all digits of a small one.
fn student_tail(freedom: f64, t: f64) -> f64 {
    let x = freedom / (freedom + t * t);
    // Towards the middle the other side of the beta law is the one that keeps its digits.
    let beyond = if x < (0.5 * freedom + 1.0) / (0.5 * freedom + 2.5) {
        beta_tail(0.5 * freedom, 0.5, x)
    } else {
        1.0 - beta_tail(0.5, 0.5 * freedom, t * t / (freedom + t * t))
    };
    if t >= 0.0 { 0.5 * beyond } else { 1.0 - 0.5 * beyond }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variance(law: Law<f64>) -> (f64, f64) {
        let transform = law.transform().expect("not the normal");
        // The midpoint rule in probability, refined in the tails by going through the normal.
        let (mut mean, mut square) = (0.0, 0.0);
        let n = 40_000;
        for step in 0..n {
            let z = -8.0 + 16.0 * (f64::from(step) + 0.5) / f64::from(n);
            let weight = libm::exp(-0.5 * z * z) / (2.0 * std::f64::consts::PI).sqrt() * 16.0 / f64::from(n);
            let x = transform.at(z);
            mean += weight * x;
            square += weight * x * x;
        }
        (mean, square)
    }

    #[test]
    fn every_law_has_unit_variance() {
        for law in [
            Law::Contaminated { share: 0.1, times: 3.0 },
            Law::Contaminated { share: 0.02, times: 8.0 },
            Law::StudentT { freedom: 5.0 },
            Law::StudentT { freedom: 12.5 },
        ] {
            let (mean, square) = variance(law);
            assert!(mean.abs() < 1e-9 && (square - 1.0).abs() < 1e-6, "{law:?}: {mean} {square}");
        }
    }

    /// Golden rows F01 and F08, here to the digits of the table instead of the simulation error.
    #[test]
    fn quantiles_are_those_of_the_law() {
        let student = Law::StudentT { freedom: 5.0 }.transform().expect("not the normal");
        for (p, x) in [(0.9, 1.143_214_868_406_077_9), (0.95, 1.560_849_758_344_229_7), (0.999, 4.565_030_885_397_762)]
        {
            assert!((student.quantile(p) / x - 1.0).abs() < 1e-10, "{p}: {}", student.quantile(p));
        }
        let mixed = Law::Contaminated { share: 0.1, times: 3.0 }.transform().expect("not the normal");
        assert!((mixed.quantile(0.99) / 2.872_322_058_250_820_7 - 1.0).abs() < 1e-10);
    }

    #[test]
    fn many_degrees_of_freedom_are_normal_and_so_is_no_contamination() {
        let student = Law::StudentT { freedom: 200.0 }.transform().expect("not the normal");
        let none = Law::Contaminated { share: 0.0, times: 3.0 }.transform().expect("not the normal");
        for step in -40..=40 {
            let z = f64::from(step) * 0.1;
            assert!((student.at(z) - z).abs() < 0.003 * (1.0 + z.abs().powi(3)), "{z}: {}", student.at(z));
            assert!((none.at(z) - z).abs() < 1e-10);
        }
    }

    #[test]
    fn the_shared_factor_has_mean_square_one() {
        for law in [Law::Contaminated { share: 0.1, times: 3.0 }, Law::StudentT { freedom: 5.0 }] {
            let mixing = law.mixing().expect("not the normal");
            let n = 400_000;
            let mut factors: Vec<f64> = (0..n).map(|step| (f64::from(step) + 0.5) / f64::from(n)).collect();
            mixing.factors(&mut factors);
            let square = factors.iter().map(|factor| factor * factor).sum::<f64>() / f64::from(n);
            // The tail of a squared t factor is cut off by the midpoint rule.
            assert!((square - 1.0).abs() < 5e-3, "{law:?}: {square}");
        }
    }
}
