//! The beta law: its distribution function by continued fraction and its quantile by bisection.

/// Probability that a beta variable with shapes `alpha` and `beta` is at most `x`, for `x` in [0, 1].
///
/// Regularised incomplete beta function by Lentz's continued fraction (DLMF 8.17.22), which converges within a few
/// dozen terms for the shapes 1 to 5 that a PERT can have, and within `O(√shape)` terms for large ones.
#[must_use]
pub fn beta_cdf(alpha: f64, beta: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    // The fraction converges fast on this side of the mean only; the other side follows by symmetry.
    if x > (alpha + 1.0) / (alpha + beta + 2.0) {
        1.0 - beta_tail(beta, alpha, 1.0 - x)
    } else {
        beta_tail(alpha, beta, x)
    }
}

/// Distribution function of a beta law for `x` below the mean, with all digits of a small probability.
#[must_use]
pub fn beta_tail(alpha: f64, beta: f64, x: f64) -> f64 {
    libm::exp(log_front(alpha, beta, x)) / alpha / continued_fraction(alpha, beta, x)
}

/// `ln(x^α (1 − x)^β / B(α, β))`.
fn log_front(alpha: f64, beta: f64, x: f64) -> f64 {
    libm::lgamma(alpha + beta) - libm::lgamma(alpha) - libm::lgamma(beta)
        + alpha * libm::log(x)
        + beta * libm::log1p(-x)
}

fn continued_fraction(alpha: f64, beta: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away_from_zero = |value: f64| if value.abs() < TINY { TINY } else { value };
    let (mut value, mut numerator, mut denominator) = (1.0_f64, 1.0_f64, 0.0_f64);
    for term in 1..=500_u32 {
        let half = f64::from(term / 2);
        let coefficient = if term % 2 == 0 {
            half * (beta - half) * x / ((alpha + 2.0 * half - 1.0) * (alpha + 2.0 * half))
        } else {
            -(alpha + half) * (alpha + beta + half) * x / ((alpha + 2.0 * half) * (alpha + 2.0 * half + 1.0))
        };
        denominator = 1.0 / away_from_zero(1.0 + coefficient * denominator);
        numerator = away_from_zero(1.0 + coefficient / numerator);
        let change = numerator * denominator;
        value *= change;
        if (change - 1.0).abs() < 1e-16 {
            break;
        }
    }
    value
}

/// The value below which a share `p` of the beta law lies.
///
/// Bisection down to neighbouring floating-point numbers: monotone, never outside [0, 1], and called once per draw.
#[must_use]
pub fn beta_quantile(alpha: f64, beta: f64, p: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..100 {
        let middle = 0.5 * (low + high);
        if middle <= low || middle >= high {
            break;
        }
        if beta_cdf(alpha, beta, middle) < p { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}
