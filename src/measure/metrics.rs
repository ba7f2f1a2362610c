//! Sets of metrics: those that a run computes.

use super::Metric;

/// Some of the metrics; all of them by default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Metrics(u32);

impl Default for Metrics {
    fn default() -> Self {
        Self(u32::MAX)
    }
}

impl Metrics {
    /// What the headline, its table and the errors of the ratio stand on.
    pub const OF_THE_HEADLINE: Self =
        Self(0).with(Metric::Funding).with(Metric::Gap).with(Metric::Ratio).with(Metric::LogRatio);

    /// These and one more.
    #[must_use]
    pub const fn with(self, metric: Metric) -> Self {
        Self(self.0 | 1 << metric as u32)
    }

    /// Whether a metric is one of them.
    #[must_use]
    pub const fn contains(self, metric: Metric) -> bool {
        self.0 >> metric as u32 & 1 == 1
    }
}
