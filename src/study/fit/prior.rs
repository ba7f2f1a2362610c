//! What is believed of yearly growth before any figure is seen: a grid of how it persists and how much of it is noise.

use crate::study::recipe::Prior;

/// Persistence of growth on the grid.
const PERSISTENCE: [f64; 7] = [-0.4, -0.2, 0.0, 0.2, 0.4, 0.6, 0.8];

/// Standard deviation of the normal law that weighs persistence on the grid.
const SPREAD_OF_PERSISTENCE: f64 = 0.3;

/// Variance of noise that does not stay, over that of the yearly shock, on the grid.
const TRANSIENT: [f64; 5] = [0.0, 0.1, 0.25, 0.5, 1.0];

/// Correlation of two regions' shocks before any figure is seen.
pub(super) const CORRELATION: f64 = 0.4;

/// Mean of long-run growth before any figure is seen, as a log.
pub const MEAN_GROWTH: f64 = 0.08;

/// The grids that a prior mixes, with equal weights.
pub(super) fn grids(prior: Prior) -> Vec<Grid> {
    match prior {
        Prior::Trend => vec![Grid::TREND],
        Prior::Shrunk => vec![Grid::SHRUNK],
        Prior::Pooled => vec![Grid::TREND, Grid::SHRUNK],
    }
}

/// One grid of conjugate priors: `m | σ² ~ N(m₀, σ²/κ₀)`, `σ² ~ IG(ν₀/2, ν₀ s₀²/2)`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Grid {
    /// How many years of figures the mean of growth is worth.
    pub kappas: &'static [f64],
    /// How many years of figures the spread of growth is worth.
    pub nu: f64,
    /// The spread of growth that it expects.
    pub spread: f64,
}

impl Grid {
    pub(super) const TREND: Self = Self { kappas: &[0.25, 1.5, 7.0], nu: 1.0, spread: 0.30 };
    pub(super) const SHRUNK: Self = Self { kappas: &[7.0, 28.0], nu: 4.0, spread: 0.36 };

    /// Its points, with weights that add up to one.
    pub(super) fn points(&self) -> Vec<Point> {
        let weight = |phi: f64| libm::exp(-0.5 * (phi / SPREAD_OF_PERSISTENCE) * (phi / SPREAD_OF_PERSISTENCE));
        let total: f64 = PERSISTENCE.iter().map(|phi| weight(*phi)).sum();
        let cells = (TRANSIENT.len() * self.kappas.len()) as f64;
        let mut points = Vec::new();
        for phi in PERSISTENCE {
            for q in TRANSIENT {
                let weight = weight(phi) / total / cells;
                points.extend(self.kappas.iter().map(|kappa| Point { phi, q, kappa: *kappa, weight }));
            }
        }
        points
    }
}

/// A point of the grid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Point {
    /// Persistence of growth.
    pub phi: f64,
    /// Variance of noise that does not stay, over that of the yearly shock.
    pub q: f64,
    /// How many years of figures the mean of growth is worth.
    pub kappa: f64,
    /// Its weight before any figure is seen.
    pub weight: f64,
}
