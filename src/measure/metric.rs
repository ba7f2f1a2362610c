//! The metrics: what is measured on every path and year, each described once.

/// A quantity of a region, or of the gap between the lead and the follow region.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Metric {
    /// Number of deals in a year.
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

/// Which values a metric can take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Values {
    /// Zero and above: a count, an amount, a quotient of two amounts.
    NotNegative,
    /// Shares, from 0 to 1.
    Share,
    /// Of either sign: a difference, or a log.
    Any,
}

impl Values {
    /// The least and the most that a value can be, both of which it may reach.
    #[must_use]
    pub fn range(self) -> (f64, f64) {
        match self {
            Self::NotNegative => (0.0, f64::INFINITY),
            Self::Share => (0.0, 1.0),
            Self::Any => (f64::NEG_INFINITY, f64::INFINITY),
        }
    }
}

/// Whether the mean of a metric over paths exists and may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mean {
    /// If the levels have one, which the law of shocks decides.
    Exists,
    /// Under any law of shocks: between fixed ends, or a log.
    UnderAnyShocks,
    /// Never shown: denominators near zero govern it.
    Unstable,
}

/// What a scenario must hold for a metric to be computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Funding, which every region has.
    Funding,
    /// A world, of which regions are parts.
    World,
    /// The number of deals, which a region that models funding alone does not have.
    Deals,
    /// The number of deals, from the source that counts the funding too.
    DealSizes,
    /// Deals that are drawn one by one.
    SingleDeals,
}

/// Everything that tables, charts, conditions and pages say of a metric.
struct Description {
    name: &'static str,
    unit: &'static str,
    values: Values,
    formula: &'static str,
    mean: Mean,
    needs: Needs,
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

    /// The one place that describes each metric.
    const fn description(self) -> Description {
        const fn of(
            (name, unit, formula): (&'static str, &'static str, &'static str),
            values: Values,
            mean: Mean,
            needs: Needs,
        ) -> Description {
            Description { name, unit, values, formula, mean, needs }
        }
        use {Mean as M, Needs as N, Values as V};
        match self {
            Self::Deals => of(("deals", "deals", "deals a year"), V::NotNegative, M::Exists, N::Deals),
            Self::DealSize => of(("deal-size", "$m", "funding / deals"), V::NotNegative, M::Exists, N::DealSizes),
            Self::Funding => of(("funding", "$bn", "deals × deal size"), V::NotNegative, M::Exists, N::Funding),
            Self::WorldShare => {
                of(("world-share", "share", "funding / funding of the world"), V::Share, M::UnderAnyShocks, N::World)
            }
            Self::LargestDeal => {
                of(("largest-deal", "$m", "largest deal of the year"), V::NotNegative, M::Exists, N::SingleDeals)
            }
            Self::DealsAbove100m => {
                of(("deals-above-100m", "deals", "deals above $100m"), V::NotNegative, M::Exists, N::SingleDeals)
            }
            Self::DealsAbove1bn => {
                of(("deals-above-1bn", "deals", "deals above $1bn"), V::NotNegative, M::Exists, N::SingleDeals)
            }
            Self::TopTenShare => of(
                ("top-ten-share", "share", "ten largest deals / funding"),
                V::Share,
                M::UnderAnyShocks,
                N::SingleDeals,
            ),
            Self::FundingBelow100m => of(
                ("funding-below-100m", "$bn", "sum of the deals up to $100m"),
                V::NotNegative,
                M::Exists,
                N::SingleDeals,
            ),
            Self::Gap => of(("gap", "$bn", "lead funding − follow funding"), V::Any, M::Exists, N::Funding),
            Self::Ratio => {
                of(("ratio", "times", "lead funding / follow funding"), V::NotNegative, M::Unstable, N::Funding)
            }
            Self::LogRatio => of(
                ("log-ratio", "log points", "ln(lead funding / follow funding)"),
                V::Any,
                M::UnderAnyShocks,
                N::Funding,
            ),
            Self::Share => of(
                ("share", "share", "lead funding / (lead funding + follow funding)"),
                V::Share,
                M::UnderAnyShocks,
                N::Funding,
            ),
            Self::DealsGap => of(("deals-gap", "deals", "lead deals − follow deals"), V::Any, M::Exists, N::Deals),
            Self::DealsRatio => {
                of(("deals-ratio", "times", "lead deals / follow deals"), V::NotNegative, M::Unstable, N::Deals)
            }
            Self::SizeRatio => of(
                ("size-ratio", "times", "lead deal size / follow deal size"),
                V::NotNegative,
                M::Unstable,
                N::DealSizes,
            ),
            Self::CumulativeGap => of(
                ("cumulative-gap", "$bn", "sum of the gap since the last observed year"),
                V::Any,
                M::Exists,
                N::Funding,
            ),
            Self::CumulativeRatio => of(
                ("cumulative-ratio", "times", "lead / follow, of funding summed since the last observed year"),
                V::NotNegative,
                M::Unstable,
                N::Funding,
            ),
            Self::GapBelow100m => of(
                ("gap-below-100m", "$bn", "lead − follow, of the sum of the deals up to $100m"),
                V::Any,
                M::Exists,
                N::SingleDeals,
            ),
            Self::RatioBelow100m => of(
                ("ratio-below-100m", "times", "lead / follow, of the sum of the deals up to $100m"),
                V::NotNegative,
                M::Unstable,
                N::SingleDeals,
            ),
        }
    }

    /// Its word in files and questions.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.description().name
    }

    /// Unit of its values in US dollars: `deals`, `$m`, `$bn`, `times`, `log points` or `share`.
    #[must_use]
    pub fn unit(self) -> &'static str {
        self.description().unit
    }

    /// How it is computed, in words for readers.
    #[must_use]
    pub fn formula(self) -> &'static str {
        self.description().formula
    }

    /// Which values it can take; a question that lies outside of them has only one answer.
    #[must_use]
    pub fn values(self) -> Values {
        self.description().values
    }

    /// What a scenario must hold for it.
    #[must_use]
    pub fn needs(self) -> Needs {
        self.description().needs
    }

    /// Whether its mean exists and may be shown: that of a ratio is governed by denominators near zero.
    #[must_use]
    pub fn has_mean(self) -> bool {
        self.description().mean != Mean::Unstable
    }

    /// Whether it lies between fixed ends or is a log, so that its mean exists under any law of shocks.
    #[must_use]
    pub fn has_mean_under_any_shocks(self) -> bool {
        self.description().mean == Mean::UnderAnyShocks
    }

    /// Whether its values can be below zero; then a quotient of two of them says nothing.
    #[must_use]
    pub fn may_be_negative(self) -> bool {
        self.values() == Values::Any
    }

    /// Whether it sums over the simulated years so far.
    #[must_use]
    pub fn is_cumulative(self) -> bool {
        matches!(self, Self::CumulativeGap | Self::CumulativeRatio)
    }

    /// Whether it needs deals that are simulated one by one.
    #[must_use]
    pub fn needs_single_deals(self) -> bool {
        self.needs() == Needs::SingleDeals
    }

    /// Whether it needs the number of deals, which a region that models funding alone does not have.
    #[must_use]
    pub fn needs_deals(self) -> bool {
        matches!(self.needs(), Needs::Deals | Needs::DealSizes | Needs::SingleDeals)
    }

    /// Whether it is a number of deals, which is whole where deals are counted.
    #[must_use]
    pub fn counts_deals(self) -> bool {
        self.unit() == "deals"
    }

    /// Whether it is an amount of money.
    #[must_use]
    pub fn is_money(self) -> bool {
        self.unit().starts_with('$')
    }

    /// The metric whose quantiles give this one's through a rising function, and that function.
    ///
    /// A share or a log ratio has the ranks of the ratio, so it needs no histogram of its own.
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
}

impl Needs {
    /// What a scenario lacks that does not have it, in words that follow "it needs".
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Funding => "funding of both regions of the gap",
            Self::World => "a world to be a share of",
            Self::Deals => "deals in both regions of the gap",
            Self::DealSizes => "deals and funding of one source in both regions of the gap",
            Self::SingleDeals => "deals that are drawn one by one",
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_metric_is_described_once_and_in_the_order_of_the_tables() {
        for (place, metric) in Metric::ALL.into_iter().enumerate() {
            assert_eq!(metric as usize, place);
            let same = Metric::ALL.into_iter().filter(|other| other.name() == metric.name()).count();
            assert_eq!(same, 1, "{}", metric.name());
        }
        assert_eq!(Metric::ALL.len(), Metric::RatioBelow100m as usize + 1);
    }

    #[test]
    fn a_difference_or_a_log_may_be_negative_and_nothing_else() {
        for metric in Metric::ALL {
            let differs = metric.name().contains("gap") || metric.name().starts_with("log");
            assert_eq!(metric.may_be_negative(), differs, "{}", metric.name());
        }
    }
}
