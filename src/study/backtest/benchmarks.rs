//! The forecasts that a fit is held against: no change, a straight trend with and without its own doubt, and Theta.

use crate::measure::score;
use crate::special;

/// Who makes a forecast.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Model {
    /// The grid of conjugate models.
    Fit,
    /// The last level, with the root mean square of past changes.
    RandomWalk,
    /// The mean change goes on, with the standard deviation of past changes.
    Drift,
    /// The mean change goes on, with the doubt of having seen so few.
    DriftT,
    /// Simple exponential smoothing with half of the trend (Assimakopoulos & Nikolopoulos, 2000).
    Theta,
}

impl Model {
    /// Every model, the fit first.
    pub const ALL: [Self; 5] = [Self::Fit, Self::RandomWalk, Self::Drift, Self::DriftT, Self::Theta];

    /// Its word in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Fit => "fit",
            Self::RandomWalk => "random-walk",
            Self::Drift => "drift",
            Self::DriftT => "drift-t",
            Self::Theta => "theta",
        }
    }

    /// What it does, as readers know it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Fit => "the fit",
            Self::RandomWalk => "no change",
            Self::Drift => "a simple trend",
            Self::DriftT => "a trend in doubt",
            Self::Theta => "half a trend (Theta)",
        }
    }

    /// The law of the level so many years after the last of these; the fit has none here.
    pub(super) fn forecast(self, levels: &[f64], horizon: usize) -> Law {
        let changes: Vec<f64> = levels.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let (n, h) = (changes.len() as f64, horizon as f64);
        let last = levels[levels.len() - 1];
        let drift = (last - levels[0]) / n;
        let sd = (changes.iter().map(|change| (change - drift) * (change - drift)).sum::<f64>() / (n - 1.0)).sqrt();
        match self {
            Self::Fit => unreachable!("the fit is a mixture"),
            Self::RandomWalk => {
                let around_zero = (changes.iter().map(|change| change * change).sum::<f64>() / n).sqrt();
                Law::Normal { mean: last, sd: least(around_zero) * h.sqrt() }
            }
            Self::Drift => Law::Normal { mean: last + h * drift, sd: least(sd) * h.sqrt() },
            Self::DriftT => Law::Student {
                degrees: n - 1.0,
                location: last + h * drift,
                scale: least(sd) * (h * (1.0 + h / n)).sqrt(),
            },
            Self::Theta => theta(levels, horizon),
        }
    }
}

/// Years that are exactly alike leave no spread, and no forecast is certain.
fn least(sd: f64) -> f64 {
    sd.max(1e-6)
}

/// Weights of the last level that are tried in smoothing.
const SMOOTHING: usize = 100;

/// Theta's forecast: the smoothed level and half of the slope of a straight line through all years.
fn theta(levels: &[f64], horizon: usize) -> Law {
    let best = (1..=SMOOTHING)
        .map(|step| step as f64 / SMOOTHING as f64)
        .min_by(|a, b| errors(levels, *a).0.total_cmp(&errors(levels, *b).0))
        .unwrap_or(0.5);
    let (squares, smoothed) = errors(levels, best);
    let (n, h) = (levels.len() as f64, horizon as f64);
    let mean = smoothed + 0.5 * slope(levels) * (h - 1.0 + (1.0 - libm::pow(1.0 - best, n)) / best);
    let one_step = least((squares / (n - 1.0)).sqrt());
    Law::Normal { mean, sd: one_step * (1.0 + (h - 1.0) * best * best).sqrt() }
}

/// Squared one-step errors of simple exponential smoothing from the first level, and the level that it ends at.
fn errors(levels: &[f64], weight: f64) -> (f64, f64) {
    let mut smoothed = levels[0];
    let mut squares = 0.0;
    for level in &levels[1..] {
        squares += (level - smoothed) * (level - smoothed);
        smoothed += weight * (level - smoothed);
    }
    (squares, smoothed)
}

/// Slope of the straight line through all years by least squares.
fn slope(levels: &[f64]) -> f64 {
    let middle = 0.5 * (levels.len() as f64 - 1.0);
    let mean = levels.iter().sum::<f64>() / levels.len() as f64;
    let (mut above, mut below) = (0.0, 0.0);
    for (place, level) in levels.iter().enumerate() {
        let away = place as f64 - middle;
        above += away * (level - mean);
        below += away * away;
    }
    above / below
}

/// A law of one piece.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Law {
    Normal { mean: f64, sd: f64 },
    Student { degrees: f64, location: f64, scale: f64 },
}

impl Law {
    pub(super) fn quantile(self, p: f64) -> f64 {
        match self {
            Self::Normal { mean, sd } => mean + sd * special::normal_quantile(p),
            Self::Student { degrees, location, scale } => location + scale * special::student_quantile(degrees, p),
        }
    }

    pub(super) fn cdf(self, x: f64) -> f64 {
        match self {
            Self::Normal { mean, sd } => special::normal_cdf((x - mean) / sd),
            Self::Student { degrees, location, scale } => special::student_cdf(degrees, (x - location) / scale),
        }
    }

    pub(super) fn crps(self, observed: f64) -> f64 {
        match self {
            Self::Normal { mean, sd } => score::crps_of_normal(mean, sd, observed),
            Self::Student { degrees, location, scale } => score::crps_of_student(degrees, location, scale, observed),
        }
    }

    pub(super) fn log_score(self, observed: f64) -> f64 {
        match self {
            Self::Normal { mean, sd } => score::log_score_of_normal(mean, sd, observed),
            Self::Student { degrees, location, scale } => {
                libm::log(scale) - special::log_student_density(degrees, (observed - location) / scale)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The series of the reference values.
    const US: [f64; 12] = [4.1, 6.0, 9.2, 8.5, 13.9, 22.4, 25.2, 23.6, 52.9, 47.4, 67.2, 109.1];

    fn logs() -> Vec<f64> {
        US.iter().map(|level| libm::log(*level)).collect()
    }

    /// Reference rows N06, N07 and N08.
    #[test]
    fn benchmarks_are_those_of_the_reference() {
        let near =
            |own: f64, reference: f64| assert!((own - reference).abs() < 1e-10 * reference.abs(), "{own} {reference}");
        let logs = logs();
        let last = logs[11];
        let Law::Normal { mean, sd } = Model::Drift.forecast(&logs, 1) else { panic!("the drift is normal") };
        near(mean - last, 0.298_297_992_648_069_4);
        near(sd, 0.293_792_135_702_118_65);
        near(Model::DriftT.forecast(&logs, 3).quantile(0.95), 6.627_647_093_224_419);
        let (_, smoothed) = errors(&logs, 0.5);
        let ahead = smoothed + 0.5 * slope(&logs) * ((1.0 - libm::pow(0.5, 12.0)) / 0.5);
        near(ahead, 4.600_307_277_246_515);
    }

    /// A straight line is gone on with by a trend, half by Theta, and not at all by no change.
    #[test]
    fn a_straight_line_goes_on() {
        let levels: Vec<f64> = (0..10).map(|year| 1.0 + 0.1 * f64::from(year)).collect();
        let middle = |model: Model| model.forecast(&levels, 2).quantile(0.5);
        assert!((middle(Model::Drift) - 2.1).abs() < 1e-9);
        assert!((middle(Model::DriftT) - 2.1).abs() < 1e-9);
        assert!((middle(Model::RandomWalk) - 1.9).abs() < 1e-9);
        assert!((middle(Model::Theta) - 2.0).abs() < 1e-9, "{}", middle(Model::Theta));
    }
}
