//! The gamma law and the Poisson mass, without the cancellation that factorials of large numbers bring.

/// `ln n! − ln(√(2πn) (n/e)^n)`: what Stirling's formula leaves, for `n ≥ 0` (Loader, 2000).
fn stirling_rest(n: f64) -> f64 {
    if n < 16.0 {
        let stirling =
            0.5 * libm::log(2.0 * std::f64::consts::PI * n.max(f64::MIN_POSITIVE)) + n * libm::log(n.max(1e-300)) - n;
        return libm::lgamma(n + 1.0) - stirling;
    }
    let square = n * n;
    (1.0 / 12.0 - (1.0 / 360.0 - (1.0 / 1260.0 - (1.0 / 1680.0 - (1.0 / 1188.0) / square) / square) / square) / square)
        / n
}

/// `x ln(x/m) + m − x`, exact also where the two are close (Loader's deviance).
fn deviance(x: f64, mean: f64) -> f64 {
    let difference = x - mean;
    if difference.abs() > 0.1 * (x + mean) {
        return x * libm::log(x / mean) - difference;
    }
    let v = difference / (x + mean);
    let mut term = 2.0 * x * v;
    let mut sum = difference * v;
    for order in 1..1000_u32 {
        term *= v * v;
        let next = sum + term / f64::from(2 * order + 1);
        if next == sum {
            break;
        }
        sum = next;
    }
    sum
}

/// `ln P(N = n)` of a Poisson count with a positive mean, to about 1e-14 absolute at any size.
#[must_use]
pub fn log_poisson_mass(n: f64, mean: f64) -> f64 {
    if n <= 0.0 {
        return -mean;
    }
    -stirling_rest(n) - deviance(n, mean) - 0.5 * libm::log(2.0 * std::f64::consts::PI * n)
}

/// Probability that a gamma variable with this shape and scale 1 is at most `x`.
///
/// By the power series below the mean and as the complement of [`gamma_tail`] above it (DLMF 8.11.4, 8.9.2).
#[must_use]
pub fn gamma_cdf(shape: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x < shape + 1.0 { series(shape, x) } else { 1.0 - fraction(shape, x) }
}

/// Probability that a gamma variable with this shape and scale 1 is above `x`.
#[must_use]
pub fn gamma_tail(shape: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 1.0;
    }
    if x < shape + 1.0 { 1.0 - series(shape, x) } else { fraction(shape, x) }
}

/// `x^a e^(−x) / Γ(a + 1)`, which is the Poisson mass at `a`.
fn front(shape: f64, x: f64) -> f64 {
    libm::exp(log_poisson_mass(shape, x))
}

fn series(shape: f64, x: f64) -> f64 {
    let (mut term, mut sum, mut a) = (1.0, 1.0, shape);
    for _ in 0..100_000 {
        a += 1.0;
        term *= x / a;
        sum += term;
        if term < sum * 1e-17 {
            break;
        }
    }
    front(shape, x) * sum
}

/// Lentz's continued fraction.
fn fraction(shape: f64, x: f64) -> f64 {
    let mut b = x + 1.0 - shape;
    let mut c = 1e300;
    let mut d = 1.0 / b;
    let mut value = d;
    for order in 1..100_000_u32 {
        let order = f64::from(order);
        let a = -order * (order - shape);
        b += 2.0;
        d = 1.0 / (a * d + b);
        c = b + a / c;
        let change = c * d;
        value *= change;
        if (change - 1.0).abs() < 1e-16 {
            break;
        }
    }
    front(shape, x) * shape * value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gamma_law_adds_up_poisson_masses() {
        // P(Gamma(n + 1) > λ) = P(Poisson(λ) ≤ n).
        for (n, mean) in [(3_u32, 2.5), (12, 20.0), (232, 232.0), (1200, 1151.0), (9800, 10_000.0)] {
            let direct: f64 = (0..=n).map(|k| libm::exp(log_poisson_mass(f64::from(k), mean))).sum();
            let found = gamma_tail(f64::from(n) + 1.0, mean);
            assert!((found - direct).abs() < 1e-12, "{n} of {mean}: {found} and {direct}");
            assert!((gamma_cdf(f64::from(n) + 1.0, mean) + found - 1.0).abs() < 1e-14);
        }
    }

    #[test]
    fn small_masses_are_what_their_definition_says() {
        let mut factorial = 1.0;
        for n in 0..20_u32 {
            if n > 0 {
                factorial *= f64::from(n);
            }
            let direct = libm::exp(-3.7) * libm::pow(3.7, f64::from(n)) / factorial;
            let found = libm::exp(log_poisson_mass(f64::from(n), 3.7));
            assert!((found / direct - 1.0).abs() < 2e-14, "{n}: {found} and {direct}");
        }
    }
}
