//! Metrics: a value for each path and year, computed on the path and never from other metrics' quantiles.

mod levels;
mod milestone;
mod question;

pub use levels::{Base, Levels};
pub use milestone::Milestone;
pub use question::{Question, Standing};

pub use crate::measure::{Metric, Rising};

use crate::scenario::Scenario;

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

/// A metric of a subject: one row of `fan.csv` a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Measure {
    /// What is measured.
    pub metric: Metric,
    /// Of whom.
    pub subject: Subject,
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
