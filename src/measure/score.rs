//! Proper scores: how good a forecast was, once the outcome is known; smaller is better for each of them.
//!
//! A score is proper if nobody can better it by saying anything but what they believe (Gneiting & Raftery, 2007). Closed
//! forms follow Jordan, Krüger & Lerch (2019). All are in the unit of the outcome, but for the log score (nats) and Brier's.

use crate::special;

/// Continuous ranked probability score of a forecast that is a set of equally likely values:
/// `mean |x − y| − Σ|xᵢ − xⱼ| / (2n²)`.
///
/// `None` without values.
#[must_use]
pub fn crps_of_values(values: &[f64], observed: f64) -> Option<f64> {
    let n = values.len() as f64;
    energy(values, observed, n * n)
}

/// The score that a forecast would have of which the values are a random sample, without what their small number adds to it:
/// `mean |x − y| − Σ|xᵢ − xⱼ| / (2n(n − 1))` (Ferro, 2014).
///
/// `None` below two values.
#[must_use]
pub fn fair_crps(values: &[f64], observed: f64) -> Option<f64> {
    let n = values.len() as f64;
    if values.len() < 2 { None } else { energy(values, observed, n * (n - 1.0)) }
}

/// `mean |x − y| − Σ|xᵢ − xⱼ| / (2 pairs)`, the sum over all ordered pairs.
fn energy(values: &[f64], observed: f64, pairs: f64) -> Option<f64> {
    if values.is_empty() {
        return None;
    }
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len() as f64;
    let distance: f64 = sorted.iter().map(|value| (value - observed).abs()).sum::<f64>() / n;
    // Of sorted values the half sum of distances is Σ (2i − n + 1) xᵢ.
    let spread: f64 = sorted.iter().enumerate().map(|(place, value)| (2.0 * place as f64 - n + 1.0) * value).sum();
    Some(distance - spread / pairs)
}

/// Continuous ranked probability score of a normal forecast: `σ (z (2Φ(z) − 1) + 2φ(z) − 1/√π)`.
#[must_use]
pub fn crps_of_normal(mean: f64, sd: f64, observed: f64) -> f64 {
    let z = (observed - mean) / sd;
    let pi = std::f64::consts::PI;
    let density = libm::exp(-0.5 * z * z) / (2.0 * pi).sqrt();
    sd * (z * (2.0 * special::normal_cdf(z) - 1.0) + 2.0 * density - 1.0 / pi.sqrt())
}

/// Continuous ranked probability score of a lognormal forecast (Baran & Lerch, 2015), with mean and sd of the logarithm.
#[must_use]
pub fn crps_of_lognormal(mu: f64, sigma: f64, observed: f64) -> f64 {
    let z = (libm::log(observed) - mu) / sigma;
    let mean = libm::exp(mu + 0.5 * sigma * sigma);
    let shares = special::normal_cdf(z - sigma) + special::normal_cdf(sigma / std::f64::consts::SQRT_2) - 1.0;
    observed * (2.0 * special::normal_cdf(z) - 1.0) - 2.0 * mean * shares
}

/// Continuous ranked probability score of a forecast by Student's law with more than one degree of freedom.
#[must_use]
pub fn crps_of_student(df: f64, location: f64, scale: f64, observed: f64) -> f64 {
    let z = (observed - location) / scale;
    let density = libm::exp(special::log_student_density(df, z));
    let log_beta = |a: f64, b: f64| libm::lgamma(a) + libm::lgamma(b) - libm::lgamma(a + b);
    let ratio = libm::exp(log_beta(0.5, df - 0.5) - 2.0 * log_beta(0.5, 0.5 * df));
    scale
        * (z * (2.0 * special::student_cdf(df, z) - 1.0) + 2.0 * density * (df + z * z) / (df - 1.0)
            - 2.0 * df.sqrt() / (df - 1.0) * ratio)
}

/// Log score of a normal forecast: minus the log of its density at the outcome.
#[must_use]
pub fn log_score_of_normal(mean: f64, sd: f64, observed: f64) -> f64 {
    let z = (observed - mean) / sd;
    0.5 * z * z + libm::log(sd) + 0.5 * libm::log(2.0 * std::f64::consts::PI)
}

/// Score of an interval that was to hold a share `level` of outcomes: its width, and `2/(1 − level)` times the distance by
/// which the outcome missed it (Winkler, 1972).
#[must_use]
pub fn interval_score((low, high): (f64, f64), level: f64, observed: f64) -> f64 {
    let missed = (low - observed).max(0.0) + (observed - high).max(0.0);
    (high - low) + 2.0 / (1.0 - level) * missed
}

/// Brier's score of a probability: its squared distance from 1 if the event came true, from 0 if not.
#[must_use]
pub fn brier(probability: f64, came_true: bool) -> f64 {
    let distance = probability - f64::from(u8::from(came_true));
    distance * distance
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Outcome and ensemble of the reference values, which scoringrules 0.8 gives.
    const VALUES: [f64; 8] = [1.2, 0.3, 2.5, -0.7, 1.9, 0.8, 3.3, 1.1];
    const OBSERVED: f64 = 1.5;

    #[test]
    fn scores_are_those_of_scoringrules() {
        let near =
            |own: f64, reference: f64| assert!((own - reference).abs() < 1e-10 * reference.abs(), "{own} {reference}");
        near(crps_of_values(&VALUES, OBSERVED).expect("values"), 0.337_5);
        near(fair_crps(&VALUES, OBSERVED).expect("values"), 0.242_857_142_857_142_86);
        near(crps_of_normal(0.5, 1.2, OBSERVED), 0.594_904_238_800_132_5);
        near(log_score_of_normal(0.5, 1.2, OBSERVED), 1.448_482_312_220_849_6);
        near(crps_of_lognormal(0.3, 0.6, OBSERVED), 0.209_247_892_310_763_52);
        near(crps_of_student(5.0, 0.5, 1.2, OBSERVED), 0.604_974_212_210_796_2);
        near(interval_score((-0.2, 1.1), 0.8, OBSERVED), 5.3);
        assert_eq!((brier(0.7, false) - 0.49).abs() < 1e-15, brier(1.0, true) == 0.0);
        assert_eq!(fair_crps(&[1.0], 2.0), None);
        assert_eq!(crps_of_values(&[], 2.0), None);
    }

    /// A point forecast is scored by its distance, and no score is below that of the truth told with certainty.
    #[test]
    fn a_certain_forecast_is_scored_by_its_distance() {
        assert_eq!(crps_of_values(&[2.0, 2.0, 2.0], 5.0), Some(3.0));
        assert!((crps_of_normal(2.0, 1e-9, 5.0) - 3.0).abs() < 1e-8);
        assert_eq!(interval_score((1.0, 2.0), 0.8, 1.5), 1.0);
    }
}
