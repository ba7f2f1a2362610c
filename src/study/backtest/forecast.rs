//! One forecast of a number from a past year, and what came.

use crate::measure::score;

use super::benchmarks::Model;

/// Bands that are judged: the share they promise, and their ends among the quantiles of a forecast.
pub const BANDS: [(f64, [usize; 2]); 3] = [(0.5, [3, 5]), (0.8, [2, 6]), (0.95, [0, 8])];

/// A forecast of the log of a number, and what came.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    /// Model that made it.
    pub model: Model,
    /// A region's funding, or the ratio of the two.
    pub series: String,
    /// Year of the last figure that it was made from.
    pub origin: i32,
    /// Year that it is about.
    pub target_year: i32,
    /// Years between the two.
    pub horizon: usize,
    /// Quantiles of the log at the levels of fans.
    pub quantiles: [f64; 9],
    /// Log of what came.
    pub observed: f64,
    /// Probability that it gave to at most what came.
    pub pit: f64,
    /// Continuous ranked probability score of the log.
    pub crps: f64,
    /// Minus the log of the density at what came.
    pub log_score: f64,
}

impl Forecast {
    /// Ends of one of [`BANDS`].
    #[must_use]
    pub fn band(&self, band: usize) -> (f64, f64) {
        let [low, high] = BANDS[band].1;
        (self.quantiles[low], self.quantiles[high])
    }

    /// Whether what came lies inside one of [`BANDS`].
    #[must_use]
    pub fn is_inside(&self, band: usize) -> bool {
        let (low, high) = self.band(band);
        low <= self.observed && self.observed <= high
    }

    /// Score of one of [`BANDS`].
    #[must_use]
    pub fn interval_score(&self, band: usize) -> f64 {
        score::interval_score(self.band(band), BANDS[band].0, self.observed)
    }
}
