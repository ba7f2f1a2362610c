//! What is asked of a run besides its paths.

use crate::metric::Metrics;

/// What is asked of a run besides its paths.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Wanted {
    /// Quantiles as exact order statistics instead of from a histogram.
    pub exact: bool,
    /// Half-width that the headline's numbers shall have; the paths of the settings are then the most that are spent.
    pub precision: Option<f64>,
    /// Metrics that are counted; those of the headline are among them.
    pub metrics: Metrics,
}
