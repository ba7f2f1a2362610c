//! The statistics of a metric over the paths of a year.

/// A statistic of a metric over paths.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Statistic {
    /// Mean, where it exists and may be shown.
    Mean,
    /// Standard deviation, likewise.
    Sd,
    /// The value that a share of the paths, between 0 and 1, does not exceed: Hyndman and Fan's type 7.
    Quantile(f64),
}
