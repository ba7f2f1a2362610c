//! The metrics: what is measured on every path and year, each described once.

use super::{Companion, Needs, Values};

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
    /// Funding over the GDP of the region.
    FundingPerGdp,
    /// Funding per million people of the region, $m.
    FundingPerPopulation,
    /// Funding over all venture money of the region.
    FundingPerVentureMoney,
    /// Funding and spending outside rounds, $bn.
    FundingWithOutside,
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
    /// Lead minus follow, of funding over GDP.
    GapPerGdp,
    /// Lead over follow, of funding over GDP.
    RatioPerGdp,
    /// Lead minus follow, of funding per million people, $m.
    GapPerPopulation,
    /// Lead over follow, of funding per million people.
    RatioPerPopulation,
    /// Lead minus follow, of funding over all venture money.
    GapPerVentureMoney,
    /// Lead over follow, of funding over all venture money.
    RatioPerVentureMoney,
    /// Lead minus follow, of funding and spending outside rounds, $bn.
    GapWithOutside,
    /// Lead over follow, of funding and spending outside rounds.
    RatioWithOutside,
}

/// Whether the mean of a metric over paths exists and may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mean {
    /// If the levels have one, which the law of shocks decides.
    Exists,
    /// Under any law of shocks: between fixed ends, or a log.
    UnderAnyShocks,
    /// Never shown: companions near zero govern it.
    Unstable,
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
    pub const ALL: [Self; 32] = [
        Self::Deals,
        Self::DealSize,
        Self::Funding,
        Self::WorldShare,
        Self::LargestDeal,
        Self::DealsAbove100m,
        Self::DealsAbove1bn,
        Self::TopTenShare,
        Self::FundingBelow100m,
        Self::FundingPerGdp,
        Self::FundingPerPopulation,
        Self::FundingPerVentureMoney,
        Self::FundingWithOutside,
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
        Self::GapPerGdp,
        Self::RatioPerGdp,
        Self::GapPerPopulation,
        Self::RatioPerPopulation,
        Self::GapPerVentureMoney,
        Self::RatioPerVentureMoney,
        Self::GapWithOutside,
        Self::RatioWithOutside,
    ];

    /// The one place that describes each metric.
    fn description(self) -> Description {
        const fn of(
            (name, unit, formula): (&'static str, &'static str, &'static str),
            values: Values,
            mean: Mean,
            needs: Needs,
        ) -> Description {
            Description { name, unit, values, formula, mean, needs }
        }
        use {Companion as C, Mean as M, Needs as N, Values as V};
        let per = |companion: C, metric: (&'static str, &'static str, &'static str), (values, mean): (V, M)| {
            of(metric, values, mean, N::Companion(companion))
        };
        let [level, gap, ratio] = [(V::NotNegative, M::Exists), (V::Any, M::Exists), (V::NotNegative, M::Unstable)];
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
                ("log-ratio", "natural log", "ln(lead funding / follow funding)"),
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
            Self::FundingPerGdp => per(C::Gdp, ("funding-per-gdp", "share", "funding / GDP"), level),
            Self::GapPerGdp => per(C::Gdp, ("gap-per-gdp", "share", "lead − follow, of funding / GDP"), gap),
            Self::RatioPerGdp => per(C::Gdp, ("ratio-per-gdp", "times", "lead / follow, of funding / GDP"), ratio),
            Self::FundingPerPopulation => {
                per(C::Population, ("funding-per-population", "$m", "funding / million people"), level)
            }
            Self::GapPerPopulation => {
                per(C::Population, ("gap-per-population", "$m", "lead − follow, of funding / million people"), gap)
            }
            Self::RatioPerPopulation => per(
                C::Population,
                ("ratio-per-population", "times", "lead / follow, of funding / million people"),
                ratio,
            ),
            Self::FundingPerVentureMoney => {
                per(C::VentureMoney, ("funding-per-venture-money", "share", "funding / venture money"), level)
            }
            Self::GapPerVentureMoney => per(
                C::VentureMoney,
                ("gap-per-venture-money", "share", "lead − follow, of funding / venture money"),
                gap,
            ),
            Self::RatioPerVentureMoney => per(
                C::VentureMoney,
                ("ratio-per-venture-money", "times", "lead / follow, of funding / venture money"),
                ratio,
            ),
            Self::FundingWithOutside => {
                per(C::SpendingOutside, ("funding-with-outside", "$bn", "funding + spending outside rounds"), level)
            }
            Self::GapWithOutside => per(
                C::SpendingOutside,
                ("gap-with-outside", "$bn", "lead − follow, of funding + spending outside rounds"),
                gap,
            ),
            Self::RatioWithOutside => per(
                C::SpendingOutside,
                ("ratio-with-outside", "times", "lead / follow, of funding + spending outside rounds"),
                ratio,
            ),
        }
    }

    /// Its word in files and questions.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.description().name
    }

    /// Unit of its values in US dollars: `deals`, `$m`, `$bn`, `times`, `natural log` or `share`.
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

    /// Whether its mean exists and may be shown: that of a ratio is governed by companions near zero.
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

    /// What funding is divided by in it, or what is added to funding; none for a metric of funding as it is.
    #[must_use]
    pub fn companion(self) -> Option<Companion> {
        match self.needs() {
            Needs::Companion(companion) => Some(companion),
            _ => None,
        }
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
        assert_eq!(Metric::ALL.len(), Metric::RatioWithOutside as usize + 1);
    }

    #[test]
    fn a_difference_or_a_log_may_be_negative_and_nothing_else() {
        for metric in Metric::ALL {
            let differs = metric.name().contains("gap") || metric.name().starts_with("log");
            assert_eq!(metric.may_be_negative(), differs, "{}", metric.name());
        }
    }
}
