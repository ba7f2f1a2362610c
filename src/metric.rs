//! Metrics: a value for each path and year, computed on the path and never from other metrics' quantiles.

mod levels;
mod milestone;
mod question;

pub use levels::{Base, Levels};
pub use milestone::Milestone;
pub use question::{Question, Standing};

use crate::scenario::Scenario;

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

/// Whose quantity a metric measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A region, by its position in the scenario.
    Region(usize),
    /// Lead, follow and the rest together.
    World,
    /// The lead region against the follow region.
    Gap,
}

/// A rising function from the values of one metric to those of another.
pub type Rising = fn(f64) -> f64;

/// A metric of a subject: one row of `fan.csv` a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Measure {
    /// What is measured.
    pub metric: Metric,
    /// Of whom.
    pub subject: Subject,
}

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

    fn needs_deals(self) -> bool {
        matches!(self, Self::Deals | Self::DealSize | Self::DealsGap | Self::DealsRatio | Self::SizeRatio)
    }
}

impl Measure {
    /// Every measure that a scenario has: region by region, then the world, then the gap.
    #[must_use]
    pub fn all(scenario: &Scenario) -> Vec<Self> {
        let whole = |region: usize| scenario.regions[region].series().count() == 2;
        let gap_regions = [scenario.gap.lead, scenario.gap.follow];
        let mut measures = Vec::new();
        for metric in Metric::ALL {
            if metric.is_of_the_gap() {
                if !metric.needs_deals() || gap_regions.into_iter().all(whole) {
                    measures.push(Self { metric, subject: Subject::Gap });
                }
                continue;
            }
            for region in 0..scenario.regions.len() {
                let shown = metric != Metric::WorldShare || scenario.has_world();
                if shown && (!metric.needs_deals() || whole(region)) {
                    measures.push(Self { metric, subject: Subject::Region(region) });
                }
            }
            let world = scenario.has_world() && metric != Metric::WorldShare;
            if world && (!metric.needs_deals() || (0..scenario.regions.len()).all(whole)) {
                measures.push(Self { metric, subject: Subject::World });
            }
        }
        measures
    }

    /// The `region` column of its rows: a region, `world`, or `us-china`.
    #[must_use]
    pub fn region(self, scenario: &Scenario) -> String {
        match self.subject {
            Subject::Region(region) => scenario.regions[region].name.clone(),
            Subject::World => "world".to_owned(),
            Subject::Gap => {
                let name = |region: usize| scenario.regions[region].name.as_str();
                format!("{}-{}", name(scenario.gap.lead), name(scenario.gap.follow))
            }
        }
    }

    /// What the data say about it in a year, with the interval that rounding leaves; `None` where they are silent.
    ///
    /// Intervals of derived measures hold every combination of the intervals they are made of.
    #[must_use]
    pub fn observed(self, scenario: &Scenario, year: i32) -> Option<Observed> {
        let of = |region: usize, metric: &str| Observed::find(scenario, &scenario.regions[region].name, metric, year);
        let (lead, follow) = (scenario.gap.lead, scenario.gap.follow);
        let both = |metric: &str| Some((of(lead, metric)?, of(follow, metric)?));
        match (self.metric, self.subject) {
            (Metric::Deals | Metric::DealSize | Metric::Funding, Subject::Region(region)) => {
                of(region, self.metric.name())
            }
            (Metric::Deals | Metric::DealSize | Metric::Funding, _) => {
                Observed::find(scenario, "world", self.metric.name(), year)
            }
            (Metric::WorldShare, Subject::Region(region)) => {
                let world = Observed::find(scenario, "world", "funding", year)?;
                Some(of(region, "funding")?.over(world))
            }
            (Metric::Gap, _) => both("funding").map(|(lead, follow)| lead.minus(follow)),
            (Metric::Ratio, _) => both("funding").map(|(lead, follow)| lead.over(follow)),
            (Metric::LogRatio, _) => both("funding").map(|(lead, follow)| lead.over(follow).map(libm::log)),
            (Metric::Share, _) => {
                both("funding").map(|(lead, follow)| lead.over(follow).map(|ratio| ratio / (1.0 + ratio)))
            }
            (Metric::DealsGap, _) => both("deals").map(|(lead, follow)| lead.minus(follow)),
            (Metric::DealsRatio, _) => both("deals").map(|(lead, follow)| lead.over(follow)),
            (Metric::SizeRatio, _) => both("deal-size").map(|(lead, follow)| lead.over(follow)),
            (Metric::CumulativeGap | Metric::CumulativeRatio | Metric::WorldShare, _) => None,
        }
    }
}

/// A value from the data with the interval that its rounding leaves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Observed {
    /// Central value.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Whether it is computed from stated figures instead of being stated.
    pub derived: bool,
    /// Whether an assumption stands in for a figure that nobody stated.
    pub assumed: bool,
}

impl Observed {
    fn find(scenario: &Scenario, region: &str, metric: &str, year: i32) -> Option<Self> {
        scenario.data.find(region, metric, year).map(|figure| Self {
            value: figure.value,
            low: figure.low,
            high: figure.high,
            derived: figure.derived.is_some(),
            assumed: figure.assumed,
        })
    }

    fn minus(self, other: Self) -> Self {
        Self {
            value: self.value - other.value,
            low: self.low - other.high,
            high: self.high - other.low,
            derived: true,
            assumed: self.assumed || other.assumed,
        }
    }

    fn over(self, other: Self) -> Self {
        Self {
            value: self.value / other.value,
            low: self.low / other.high,
            high: self.high / other.low,
            derived: true,
            assumed: self.assumed || other.assumed,
        }
    }

    fn map(self, rising: impl Fn(f64) -> f64) -> Self {
        Self { value: rising(self.value), low: rising(self.low), high: rising(self.high), ..self }
    }
}
