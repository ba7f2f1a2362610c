//! The metrics by name, and what may be said of them: conditions such as `ratio in 2030 < half of 2023`.

mod condition;

pub use condition::{Comparison, Condition, Mistake, Names, When, Whose};

/// A quantity of a region, or of the gap between the lead and the follow region.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Metric {
    /// Deals a year.
    Deals,
    /// Funding divided by deals, $m; undefined where there is no deal.
    DealSize,
    /// Money raised a year, $bn.
    Funding,
    /// Share of the world's funding.
    WorldShare,
    /// Lead funding minus follow funding, $bn; negative when the follow region is ahead.
    Gap,
    /// Lead funding over follow funding; infinite where the follow region has none.
    Ratio,
    /// Natural log of the ratio.
    LogRatio,
    /// Lead funding over the funding of both.
    Share,
    /// Lead deals minus follow deals.
    DealsGap,
    /// Lead deals over follow deals.
    DealsRatio,
    /// Lead deal size over follow deal size.
    SizeRatio,
    /// Sum of the gap over the simulated years so far, $bn.
    CumulativeGap,
    /// Lead over follow, of the funding summed over the simulated years so far.
    CumulativeRatio,
}

/// A rising function from the values of one metric to those of another.
pub type Rising = fn(f64) -> f64;

impl Metric {
    /// Every metric, in the order of all tables.
    pub const ALL: [Self; 13] = [
        Self::Deals,
        Self::DealSize,
        Self::Funding,
        Self::WorldShare,
        Self::Gap,
        Self::Ratio,
        Self::LogRatio,
        Self::Share,
        Self::DealsGap,
        Self::DealsRatio,
        Self::SizeRatio,
        Self::CumulativeGap,
        Self::CumulativeRatio,
    ];

    /// Its word in files and questions.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Deals => "deals",
            Self::DealSize => "deal-size",
            Self::Funding => "funding",
            Self::WorldShare => "world-share",
            Self::Gap => "gap",
            Self::Ratio => "ratio",
            Self::LogRatio => "log-ratio",
            Self::Share => "share",
            Self::DealsGap => "deals-gap",
            Self::DealsRatio => "deals-ratio",
            Self::SizeRatio => "size-ratio",
            Self::CumulativeGap => "cumulative-gap",
            Self::CumulativeRatio => "cumulative-ratio",
        }
    }

    /// Unit of its values.
    #[must_use]
    pub fn unit(self) -> &'static str {
        match self {
            Self::Deals | Self::DealsGap => "deals",
            Self::DealSize => "$m",
            Self::Funding | Self::Gap | Self::CumulativeGap => "$bn",
            Self::Ratio | Self::DealsRatio | Self::SizeRatio | Self::CumulativeRatio => "times",
            Self::LogRatio => "log points",
            Self::WorldShare | Self::Share => "share",
        }
    }

    /// How it is computed, in words for readers.
    #[must_use]
    pub fn formula(self) -> &'static str {
        match self {
            Self::Deals => "deals a year",
            Self::DealSize => "funding / deals",
            Self::Funding => "deals × deal size",
            Self::WorldShare => "funding / funding of the world",
            Self::Gap => "lead funding − follow funding",
            Self::Ratio => "lead funding / follow funding",
            Self::LogRatio => "ln(lead funding / follow funding)",
            Self::Share => "lead funding / (lead funding + follow funding)",
            Self::DealsGap => "lead deals − follow deals",
            Self::DealsRatio => "lead deals / follow deals",
            Self::SizeRatio => "lead deal size / follow deal size",
            Self::CumulativeGap => "sum of the gap since the last observed year",
            Self::CumulativeRatio => "lead / follow, of funding summed since the last observed year",
        }
    }

    /// Whether its mean exists and may be shown: that of a ratio is governed by denominators near zero.
    #[must_use]
    pub fn has_mean(self) -> bool {
        !matches!(self, Self::Ratio | Self::DealsRatio | Self::SizeRatio | Self::CumulativeRatio)
    }

    /// The metric whose quantiles give this one's through a rising function, and that function.
    ///
    /// A share or a log ratio has the ranks of the ratio, so it needs no sketch of its own.
    #[must_use]
    pub fn rises_with(self) -> Option<(Self, Rising)> {
        match self {
            Self::LogRatio => Some((Self::Ratio, libm::log)),
            Self::Share => Some((Self::Ratio, |ratio| if ratio.is_infinite() { 1.0 } else { ratio / (1.0 + ratio) })),
            _ => None,
        }
    }

    /// Whether it compares the two regions of the gap.
    #[must_use]
    pub fn is_of_the_gap(self) -> bool {
        self >= Self::Gap
    }

    /// Whether it needs the number of deals, which a region that models funding alone does not have.
    #[must_use]
    pub fn needs_deals(self) -> bool {
        matches!(self, Self::Deals | Self::DealSize | Self::DealsGap | Self::DealsRatio | Self::SizeRatio)
    }
}
