//! Laws by other means than the product's: bisection, sums of masses, a matrix from another library.
#![allow(clippy::disallowed_methods, reason = "tests may use the platform's mathematics")]

use aigap::counting::Count;
use aigap::distribution::Distribution;

/// Standard normal quantile by bisection on the complementary error function, then Newton.
pub fn normal(p: f64) -> f64 {
    let cdf = |x: f64| 0.5 * libm::erfc(-x / 2f64.sqrt());
    let lower = p < 0.5;
    // Work in the lower tail, where the distribution function keeps its digits.
    let target = if lower { p } else { 1.0 - p };
    let (mut low, mut high) = (-9.0, 0.0);
    for _ in 0..80 {
        let middle = 0.5 * (low + high);
        if cdf(middle) < target { low = middle } else { high = middle }
    }
    let mut x = 0.5 * (low + high);
    for _ in 0..3 {
        let density = (-0.5 * x * x).exp() / (2.0 * std::f64::consts::PI).sqrt();
        x -= (cdf(x) - target) / density;
    }
    if lower { x } else { -x }
}

pub fn quantile(law: &Distribution, p: f64) -> f64 {
    match law {
        Distribution::Fixed(value) => *value,
        Distribution::Normal { mean, sd } => mean + sd * normal(p),
        Distribution::LogNormal { mu, sigma } => (mu + sigma * normal(p)).exp(),
        Distribution::Uniform { low, high } => low + (high - low) * p,
        Distribution::Triangular { low, mode, high } => {
            let share = (mode - low) / (high - low);
            if p < share {
                low + (p * (high - low) * (mode - low)).sqrt()
            } else {
                high - ((1.0 - p) * (high - low) * (high - mode)).sqrt()
            }
        }
        Distribution::OneOf { values, weights } => {
            let mut sum = 0.0;
            for (value, weight) in values.iter().zip(weights) {
                sum += weight;
                if p <= sum {
                    return *value;
                }
            }
            *values.last().unwrap()
        }
        Distribution::Sample(values) => {
            let reached = |place: &usize| (*place + 1) as f64 / values.len() as f64 > p;
            values[(0..values.len()).find(reached).unwrap_or(values.len() - 1)]
        }
        Distribution::Truncated { law, below, above } => quantile(law, below + (1.0 - above - below) * p),
        // A beta law by bisection on a trapezoid would share no code but be slow; its own rows check it.
        Distribution::Pert { .. } => law.quantile(p),
    }
}

pub fn cholesky(matrix: &[f64], n: usize) -> Vec<f64> {
    let rows = nalgebra::DMatrix::from_row_slice(n, n, matrix);
    let lower = rows.cholesky().expect("the test matrices are positive definite").l();
    (0..n * n).map(|place| lower[(place / n, place % n)]).collect()
}

/// Where a falling function crosses zero.
pub fn bisect(falling: impl Fn(f64) -> f64, low: f64, high: f64) -> f64 {
    let (mut low, mut high) = (low, high);
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if falling(middle) > 0.0 { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}

/// Adds up masses from none, in logs of gamma functions.
pub fn count_slowly(law: Count<f64>, u: f64, mean: f64) -> f64 {
    let mass = |n: f64| match law {
        Count::Expected => unreachable!("nothing to count"),
        Count::Poisson => (n * mean.ln() - mean - libm::lgamma(n + 1.0)).exp(),
        Count::NegativeBinomial { dispersion: k } => {
            let q = k / (k + mean);
            (libm::lgamma(n + k) - libm::lgamma(k) - libm::lgamma(n + 1.0) + k * q.ln() + n * (1.0 - q).ln()).exp()
        }
    };
    let (mut n, mut sum) = (0.0, mass(0.0));
    while sum < u && n < 1e6 {
        n += 1.0;
        sum += mass(n);
    }
    n
}
