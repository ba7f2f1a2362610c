//! What the forecasts of one model were worth together.

use super::forecast::Forecast;

/// What some forecasts were worth together.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ModelScores {
    /// Forecasts that were judged.
    pub forecasts: u64,
    /// Outcomes inside each of [`BANDS`](super::BANDS).
    pub inside: [u64; 3],
    /// Mean continuous ranked probability score of the log.
    pub crps: f64,
    /// Mean log score.
    pub log_score: f64,
    /// Outcomes in each tenth of the forecast, from the lowest.
    pub tenths: [u64; 10],
}

impl ModelScores {
    pub(super) fn of<'a>(forecasts: impl Iterator<Item = &'a Forecast>) -> Self {
        let mut found = Self::default();
        for forecast in forecasts {
            found.forecasts += 1;
            for (inside, band) in found.inside.iter_mut().zip(0..) {
                *inside += u64::from(forecast.is_inside(band));
            }
            found.crps += forecast.crps;
            found.log_score += forecast.log_score;
            found.tenths[((forecast.pit * 10.0) as usize).min(9)] += 1;
        }
        let count = (found.forecasts as f64).max(1.0);
        Self { crps: found.crps / count, log_score: found.log_score / count, ..found }
    }
}
