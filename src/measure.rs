//! The metrics by name, and what may be said of them: conditions such as `ratio in 2030 < half of 2023`.

mod asked;
mod comparison;
mod condition;

pub use asked::{is_always_asked, name_of_asked};
pub use comparison::Comparison;
pub use condition::{Condition, Mistake, Names, When, Whose};

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
    /// The largest deal of a year, $m.
    LargestDeal,
    /// Deals above $100m.
    DealsAbove100m,
    /// Deals above $1bn.
    DealsAbove1bn,
    /// Share of a year's funding that its ten largest deals hold.
    TopTenShare,
    /// Funding by deals up to $100m, $bn: the market without mega-rounds.
    FundingBelow100m,
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
    /// Lead minus follow, of the funding by deals up to $100m, $bn.
    GapBelow100m,
    /// Lead over follow, of the funding by deals up to $100m.
    RatioBelow100m,
}

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

/// A rising function from the values of one metric to those of another.
pub type Rising = fn(f64) -> f64;

impl Metric {
    /// Every metric, in the order of all tables.
    pub const ALL: [Self; 20] = [
        Self::Deals,
        Self::DealSize,
        Self::Funding,
        Self::WorldShare,
        Self::LargestDeal,
        Self::DealsAbove100m,
        Self::DealsAbove1bn,
        Self::TopTenShare,
        Self::FundingBelow100m,
        Self::Gap,
        Self::Ratio,
        Self::LogRatio,
        Self::Share,
        Self::DealsGap,
        Self::DealsRatio,
        Self::SizeRatio,
        Self::CumulativeGap,
        Self::CumulativeRatio,
        Self::GapBelow100m,
        Self::RatioBelow100m,
    ];

    /// Its word in files and questions.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Deals => "deals",
            Self::DealSize => "deal-size",
            Self::Funding => "funding",
            Self::WorldShare => "world-share",
            Self::LargestDeal => "largest-deal",
            Self::DealsAbove100m => "deals-above-100m",
            Self::DealsAbove1bn => "deals-above-1bn",
            Self::TopTenShare => "top-ten-share",
            Self::FundingBelow100m => "funding-below-100m",
            Self::Gap => "gap",
            Self::Ratio => "ratio",
            Self::LogRatio => "log-ratio",
            Self::Share => "share",
            Self::DealsGap => "deals-gap",
            Self::DealsRatio => "deals-ratio",
            Self::SizeRatio => "size-ratio",
            Self::CumulativeGap => "cumulative-gap",
            Self::CumulativeRatio => "cumulative-ratio",
            Self::GapBelow100m => "gap-below-100m",
            Self::RatioBelow100m => "ratio-below-100m",
        }
    }

    /// Unit of its values.
    #[must_use]
    pub fn unit(self) -> &'static str {
        match self {
            Self::Deals | Self::DealsGap | Self::DealsAbove100m | Self::DealsAbove1bn => "deals",
            Self::DealSize | Self::LargestDeal => "$m",
            Self::Funding | Self::Gap | Self::CumulativeGap | Self::FundingBelow100m | Self::GapBelow100m => "$bn",
            Self::Ratio | Self::DealsRatio | Self::SizeRatio | Self::CumulativeRatio | Self::RatioBelow100m => "times",
            Self::LogRatio => "log points",
            Self::WorldShare | Self::Share | Self::TopTenShare => "share",
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
            Self::LargestDeal => "largest deal of the year",
            Self::DealsAbove100m => "deals above $100m",
            Self::DealsAbove1bn => "deals above $1bn",
            Self::TopTenShare => "ten largest deals / funding",
            Self::FundingBelow100m => "sum of the deals up to $100m",
            Self::Gap => "lead funding − follow funding",
            Self::Ratio => "lead funding / follow funding",
            Self::LogRatio => "ln(lead funding / follow funding)",
            Self::Share => "lead funding / (lead funding + follow funding)",
            Self::DealsGap => "lead deals − follow deals",
            Self::DealsRatio => "lead deals / follow deals",
            Self::SizeRatio => "lead deal size / follow deal size",
            Self::CumulativeGap => "sum of the gap since the last observed year",
            Self::CumulativeRatio => "lead / follow, of funding summed since the last observed year",
            Self::GapBelow100m => "lead − follow, of the sum of the deals up to $100m",
            Self::RatioBelow100m => "lead / follow, of the sum of the deals up to $100m",
        }
    }

    /// Whether its mean exists and may be shown: that of a ratio is governed by denominators near zero.
    #[must_use]
    pub fn has_mean(self) -> bool {
        !matches!(self, Self::Ratio | Self::DealsRatio | Self::SizeRatio | Self::CumulativeRatio | Self::RatioBelow100m)
    }

    /// Whether it lies between fixed ends or is a log, so that its mean exists under any law of shocks.
    #[must_use]
    pub fn is_tame(self) -> bool {
        matches!(self, Self::LogRatio | Self::Share | Self::WorldShare | Self::TopTenShare)
    }

    /// Whether its values can be below zero.
    #[must_use]
    pub fn may_be_negative(self) -> bool {
        matches!(self, Self::Gap | Self::LogRatio | Self::DealsGap | Self::CumulativeGap | Self::GapBelow100m)
    }

    /// Whether it needs deals that are simulated one by one.
    #[must_use]
    pub fn needs_single_deals(self) -> bool {
        matches!(
            self,
            Self::LargestDeal
                | Self::DealsAbove100m
                | Self::DealsAbove1bn
                | Self::TopTenShare
                | Self::FundingBelow100m
                | Self::GapBelow100m
                | Self::RatioBelow100m
        )
    }

    /// Whether it is a number of deals, which is whole where deals are counted.
    #[must_use]
    pub fn counts_deals(self) -> bool {
        matches!(self, Self::Deals | Self::DealsGap | Self::DealsAbove100m | Self::DealsAbove1bn)
    }

    /// Whether it is an amount of money.
    #[must_use]
    pub fn is_money(self) -> bool {
        self.unit().starts_with('$')
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
        self.needs_single_deals()
            || matches!(self, Self::Deals | Self::DealSize | Self::DealsGap | Self::DealsRatio | Self::SizeRatio)
    }
}
