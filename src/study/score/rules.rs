//! Scoring rules of what a run keeps: all its paths, or nine quantiles of them; lower is better.

use crate::measure::score::{crps_of_values, fair_crps};
use crate::summary::LEVELS;

/// Fewest values of an ensemble whose score needs no correction for their number.
const MANY: usize = 1000;

/// Continuous ranked probability score of values at an outcome; for fewer than a thousand the fair one. `None` if a value is
/// infinite or there are fewer than two.
#[must_use]
pub fn crps(values: &[f64], outcome: f64) -> Option<f64> {
    if !outcome.is_finite() || values.iter().any(|value| !value.is_finite()) {
        return None;
    }
    if values.len() < MANY { fair_crps(values, outcome) } else { crps_of_values(values, outcome) }
}

/// Weighted interval score of nine quantiles: twice the quantile loss of each, weighted by the share of the law that it stands
/// for, up to half of the way to its neighbours.
///
/// Equal weights (Bracher and others, 2021) would count the tails, where quantiles lie close together, several times over. Like
/// the continuous ranked probability score, which it approaches as quantiles are added, it is the distance for a point.
#[must_use]
pub fn weighted_interval(quantiles: &[f64; 9], outcome: f64) -> Option<f64> {
    if !outcome.is_finite() || quantiles.iter().any(|value| !value.is_finite()) {
        return None;
    }
    let half_way = |place: usize| 0.5 * (LEVELS[place - 1] + LEVELS[place]);
    let loss = quantiles.iter().enumerate().map(|(place, quantile)| {
        let below = if place == 0 { 0.0 } else { half_way(place) };
        let above = if place == LEVELS.len() - 1 { 1.0 } else { half_way(place + 1) };
        let missed = f64::from(u8::from(outcome < *quantile)) - LEVELS[place];
        (above - below) * 2.0 * missed * (quantile - outcome)
    });
    Some(loss.sum())
}

/// Log score of sorted values: `−ln f(y)`, with a density from Gaussian kernels of Silverman's width (1986).
///
/// `None` for fewer than a thousand values, a value that is infinite, or an outcome where no kernel reaches.
#[must_use]
pub fn log_score(sorted: &[f64], outcome: f64) -> Option<f64> {
    let n = sorted.len();
    if n < MANY || !outcome.is_finite() || sorted.iter().any(|value| !value.is_finite()) {
        return None;
    }
    let mean = sorted.iter().sum::<f64>() / n as f64;
    let sd = libm::sqrt(sorted.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / (n - 1) as f64);
    let quartiles = (sorted[3 * n / 4] - sorted[n / 4]) / 1.349;
    let spread = if quartiles > 0.0 { sd.min(quartiles) } else { sd };
    let width = 0.9 * spread * libm::pow(n as f64, -0.2);
    let kernel = |value: &f64| {
        let z = (value - outcome) / width;
        libm::exp(-0.5 * z * z)
    };
    let density = sorted.iter().map(kernel).sum::<f64>() / (n as f64 * width * libm::sqrt(std::f64::consts::TAU));
    (width > 0.0 && density > 0.0).then(|| -libm::log(density))
}

/// Share of sorted values below an outcome, those equal to it counted half; without those that are no number.
#[must_use]
pub fn share_below(sorted: &[f64], outcome: f64) -> f64 {
    let below = sorted.partition_point(|value| *value < outcome);
    let up_to = sorted.partition_point(|value| *value <= outcome);
    (below + up_to) as f64 / (2 * sorted.len().max(1)) as f64
}

/// Share below an outcome from nine quantiles, evenly between them; beyond the outermost half of what they leave out.
#[must_use]
pub(super) fn share_below_of_quantiles(quantiles: &[f64; 9], levels: &[f64; 9], outcome: f64) -> f64 {
    match quantiles.partition_point(|value| *value < outcome) {
        0 => 0.5 * levels[0],
        9 => 1.0 - 0.5 * (1.0 - levels[8]),
        place => {
            let (low, high) = (quantiles[place - 1], quantiles[place]);
            let part = if high > low { (outcome - low) / (high - low) } else { 1.0 };
            levels[place - 1] + part * (levels[place] - levels[place - 1])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sorted values of the golden rows M03 and M04.
    const EIGHT: [f64; 8] = [-0.7, 0.3, 0.8, 1.1, 1.2, 1.9, 2.5, 3.3];

    fn near(value: f64, expected: f64) {
        assert!((value - expected).abs() < 1e-12, "{value} is not {expected}");
    }

    #[test]
    fn a_small_ensemble_has_the_fair_score_of_scoringrules() {
        near(crps(&EIGHT, 1.5).unwrap_or(f64::NAN), 0.242_857_142_857_142_86);
        // Each of the eight 125 times over is the same law, and many enough: 0.3375, the energy form of eight.
        let many: Vec<f64> = EIGHT.iter().flat_map(|value| std::iter::repeat_n(*value, 125)).collect();
        near(crps(&many, 1.5).unwrap_or(f64::NAN), 0.3375);
        assert_eq!(crps(&[0.0, f64::INFINITY], 1.0), None);
    }

    /// Against the closed form of a normal law (Gneiting and Raftery, 2007): golden rows M05 and M06.
    #[test]
    fn paths_of_a_normal_law_have_its_closed_scores() {
        let n = 20_001;
        let at = |place: usize| 0.5 + 1.2 * crate::special::normal_quantile((place as f64 + 0.5) / n as f64);
        let sorted: Vec<f64> = (0..n).map(at).collect();
        assert!((crps(&sorted, 1.5).unwrap_or(f64::NAN) - 0.594_904_238_800_132_5).abs() < 1e-4);
        assert!((log_score(&sorted, 1.5).unwrap_or(f64::NAN) - 1.448_482_312_220_849_6).abs() < 0.01);
        let levels = crate::summary::LEVELS;
        let quantiles = levels.map(|level| 0.5 + 1.2 * crate::special::normal_quantile(level));
        // Nine quantiles know less than all paths; the score is near the full one, and for a point it is the distance.
        let weighted = weighted_interval(&quantiles, 1.5).unwrap_or(f64::NAN);
        assert!((weighted - 0.595).abs() < 0.03, "{weighted}");
        near(weighted_interval(&[2.0; 9], 5.0).unwrap_or(f64::NAN), 3.0);
        let share = share_below_of_quantiles(&quantiles, &levels, 1.5);
        assert!((share - share_below(&sorted, 1.5)).abs() < 0.02, "{share}");
    }

    #[test]
    fn shares_count_ties_half_and_never_certainty_beyond_the_quantiles() {
        near(share_below(&[1.0, 2.0, 2.0, 3.0], 2.0), 0.5);
        let nine = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0];
        near(share_below_of_quantiles(&nine, &crate::summary::LEVELS, 100.0), 0.9875);
        near(share_below_of_quantiles(&nine, &crate::summary::LEVELS, 0.0), 0.0125);
        near(share_below_of_quantiles(&nine, &crate::summary::LEVELS, 5.5), 0.625);
    }
}
