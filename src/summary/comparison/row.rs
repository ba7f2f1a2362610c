//! What a comparison says of one measure and year.

use crate::metric::{Measure, Metric, Subject};

use super::super::Probability;

/// Ranks of the quantiles of a paired difference: 95%, 80% and 50% interval and median.
pub const DIFFERENCE_LEVELS: [f64; 7] = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975];

/// What a what-if changes in one measure and year.
#[derive(Clone, Debug, PartialEq)]
pub struct PairedRow {
    /// What is measured, with the subject's position in the baseline.
    pub measure: Measure,
    /// Calendar year of the row.
    pub year: i32,
    /// Median of the baseline.
    pub baseline_median: Option<f64>,
    /// Median of the what-if.
    pub what_if_median: Option<f64>,
    /// What-if minus baseline on the same path.
    pub difference: Paired,
    /// What-if over baseline on the same path, for measures that are positive: quantiles at [`DIFFERENCE_LEVELS`].
    pub ratio: Option<[f64; 7]>,
    /// Standard error of the log of the median of it, of simulation alone.
    pub ratio_error: Option<f64>,
    /// Share of paths where the what-if is greater.
    pub greater: Probability,
    /// Share of paths where it is smaller.
    pub smaller: Probability,
    /// Share of paths where nothing changes.
    pub unchanged: Probability,
    /// Paths without a difference, such as 0/0 on one side.
    pub undefined: u64,
}

/// Paired differences of a measure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paired {
    /// Mean, where it exists and may be shown.
    pub mean: Option<f64>,
    /// Its standard error, over draws.
    pub standard_error: Option<f64>,
    /// The standard error that runs on different luck would have had.
    pub unpaired_error: Option<f64>,
    /// Quantiles at [`DIFFERENCE_LEVELS`].
    pub quantiles: Option<[f64; 7]>,
    /// Standard error of the median, of simulation alone.
    pub median_error: Option<f64>,
}

impl PairedRow {
    /// The row of a gap metric in a year.
    #[must_use]
    pub fn of_gap(rows: &[Self], metric: Metric, year: i32) -> Option<&Self> {
        let measure = Measure { metric, subject: Subject::Gap };
        rows.iter().find(|row| row.measure == measure && row.year == year)
    }

    /// How many times pairing made the standard error of the mean difference smaller; `None` without a mean, or
    /// where nothing differs.
    #[must_use]
    pub fn narrowing(&self) -> Option<f64> {
        let (unpaired, paired) = self.difference.unpaired_error.zip(self.difference.standard_error)?;
        (paired > 0.0).then(|| unpaired / paired)
    }
}
