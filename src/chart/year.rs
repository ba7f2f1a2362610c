//! One year of a series as charts draw it: observed, with what rounding leaves open, or simulated, as a band.

use crate::summary::Estimate;

/// An observed year of a series.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seen {
    /// Calendar year of the figure.
    pub year: i32,
    /// Central value of the figure.
    pub value: f64,
    /// Lower end of what rounding leaves.
    pub low: f64,
    /// Upper end of it.
    pub high: f64,
    /// Whether it is worked out from other figures, because nobody states it.
    pub derived: bool,
}

/// A simulated year of a series: quantiles at 2.5, 10, 25, 50, 75, 90 and 97.5%.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// Calendar year of the quantiles.
    pub year: i32,
    /// The quantiles, rising.
    pub quantiles: [f64; 7],
    /// Their standard errors of simulation.
    pub errors: [f64; 7],
}

impl Band {
    /// One of the quantiles with its simulation error.
    pub(crate) fn estimate(&self, place: usize) -> Estimate {
        Estimate { value: self.quantiles[place], error: self.errors[place] }
    }
}
