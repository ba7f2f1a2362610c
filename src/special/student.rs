//! Student's law: density, distribution function with all digits of its tails, and quantile.

use super::beta::beta_cdf;

/// Natural logarithm of the density of Student's law with `df` degrees of freedom at `z`.
#[must_use]
pub fn log_student_density(df: f64, z: f64) -> f64 {
    libm::lgamma(0.5 * (df + 1.0))
        - libm::lgamma(0.5 * df)
        - 0.5 * libm::log(df * std::f64::consts::PI)
        - 0.5 * (df + 1.0) * libm::log1p(z * z / df)
}

/// Probability that a variable of Student's law with `df` degrees of freedom is at most `z`.
///
/// `P(T ≤ −|z|) = ½ I_x(df/2, ½)` with `x = df / (df + z²)` and the regularised incomplete beta function `I`.
#[must_use]
pub fn student_cdf(df: f64, z: f64) -> f64 {
    let tail = 0.5 * beta_cdf(0.5 * df, 0.5, df / (df + z * z));
    if z > 0.0 { 1.0 - tail } else { tail }
}

/// The value below which a share `p` of Student's law with `df` degrees of freedom lies, for `p` in (0, 1).
///
/// Bisection down to neighbouring floating-point numbers.
#[must_use]
pub fn student_quantile(df: f64, p: f64) -> f64 {
    let (mut low, mut high) = (-1.0, 1.0);
    while student_cdf(df, low) > p {
        low *= 2.0;
    }
    while student_cdf(df, high) < p {
        high *= 2.0;
    }
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if middle <= low || middle >= high {
            break;
        }
        if student_cdf(df, middle) < p { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Published tables: the 97.5% quantiles for 1, 5, 10 and 30 degrees of freedom are 12.706, 2.571, 2.228 and 2.042.
    #[test]
    fn quantiles_are_those_of_the_tables() {
        for (df, quantile) in [(1.0, 12.706), (5.0, 2.571), (10.0, 2.228), (30.0, 2.042)] {
            assert!((student_quantile(df, 0.975) - quantile).abs() < 5e-4, "{df}");
            assert!((student_quantile(df, 0.025) + quantile).abs() < 5e-4, "{df}");
        }
        assert_eq!(student_cdf(7.0, 0.0), 0.5);
    }

    /// The law with one degree is Cauchy's: density 1/(π(1 + z²)), distribution function ½ + arctan(z)/π.
    #[test]
    fn one_degree_of_freedom_is_cauchys_law() {
        for z in [-30.0, -1.5, 0.2, 4.0] {
            let pi = std::f64::consts::PI;
            assert!((student_cdf(1.0, z) - 0.5 - libm::atan(z) / pi).abs() < 1e-13);
            assert!((libm::exp(log_student_density(1.0, z)) - 1.0 / (pi * (1.0 + z * z))).abs() < 1e-14);
        }
    }
}
