//! Metrics: a value for each path and year, computed on the path and never from other metrics' quantiles.

mod kernels;
mod levels;
mod milestone;
mod question;

pub use levels::{Base, Levels, sides};
pub use milestone::Milestone;
pub use question::{Question, Standing};

pub use crate::measure::{Companion, Metric, Metrics, Needs, Rising, Sides, Subject, Values};

use crate::scenario::Scenario;

/// A metric of a subject: one row of `fan.csv` a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Measure {
    /// What is measured.
    pub metric: Metric,
    /// Whose quantity it is.
    pub subject: Subject,
}

impl Measure {
    /// Every measure that a scenario has: region by region, then the world, then the gap.
    #[must_use]
    pub fn all(scenario: &Scenario) -> Vec<Self> {
        let whole = |region: usize| scenario.regions()[region].series().count() == 2;
        let single = |region: usize| scenario.regions()[region].counting().is_some_and(|it| it.sizes().is_some());
        let gap_regions = [scenario.gap().lead(), scenario.gap().follow()];
        let mut measures = Vec::new();
        // A deal size would divide the funding of one source by the deals of another.
        let possible = |it: &Metric| it.needs() != Needs::DealSizes || !scenario.data().mixes_sources;
        let divided = |region: usize, metric: Metric| {
            metric.companion().is_none_or(|by| scenario.regions()[region].companion(by).is_some())
        };
        let metrics = Metric::ALL.into_iter().filter(possible);
        for metric in metrics {
            if metric.is_of_the_gap() {
                let possible = (!metric.needs_single_deals() || gap_regions.into_iter().all(single))
                    && gap_regions.into_iter().all(|region| divided(region, metric));
                if possible && (!metric.needs_deals() || gap_regions.into_iter().all(whole)) {
                    measures.push(Self { metric, subject: Subject::Gap });
                }
                continue;
            }
            for region in 0..scenario.regions().len() {
                let shown = (metric != Metric::WorldShare || scenario.has_world())
                    && (!metric.needs_single_deals() || single(region))
                    && divided(region, metric);
                if shown && (!metric.needs_deals() || whole(region)) {
                    measures.push(Self { metric, subject: Subject::Region(region) });
                }
            }
            let of_parts = metric == Metric::WorldShare || metric.companion().is_some();
            let world = scenario.has_world() && !of_parts && !metric.needs_single_deals();
            if world && (!metric.needs_deals() || (0..scenario.regions().len()).all(whole)) {
                measures.push(Self { metric, subject: Subject::World });
            }
        }
        measures
    }

    /// Those of all measures of a scenario whose metric is wanted.
    #[must_use]
    pub fn wanted(scenario: &Scenario, metrics: Metrics) -> Vec<Self> {
        Self::all(scenario).into_iter().filter(|measure| metrics.contains(measure.metric)).collect()
    }

    /// Which of its moments exist under the scenario's laws and may be shown.
    ///
    /// Under Student-t shocks no level has a mean (golden F03). With a Pareto tail that no largest deal ends, a total
    /// has no variance for an exponent of 2 or less.
    #[must_use]
    pub fn moments(self, scenario: &Scenario) -> Exists {
        let mean = self.metric.has_mean()
            && (self.metric.has_mean_under_any_shocks() || scenario.shocks().law().levels_have_means());
        let of_single_deals = |region: usize| scenario.has_infinite_variance(region);
        let heavy = match self.subject {
            Subject::Region(region) => of_single_deals(region),
            _ => (0..scenario.regions().len()).any(of_single_deals),
        };
        let of_money = matches!(
            self.metric,
            Metric::Funding | Metric::DealSize | Metric::LargestDeal | Metric::Gap | Metric::CumulativeGap
        ) || self.metric.companion().is_some();
        Exists { mean, sd: mean && !(heavy && of_money) }
    }

    /// Whether its values are whole numbers of deals.
    #[must_use]
    pub fn is_whole(self, scenario: &Scenario) -> bool {
        let counted = |region: usize| scenario.regions()[region].counting().is_some_and(|it| it.count().is_whole());
        self.metric.counts_deals()
            && match self.subject {
                Subject::Region(region) => counted(region),
                Subject::World => (0..scenario.regions().len()).all(counted),
                Subject::Gap => [scenario.gap().lead(), scenario.gap().follow()].into_iter().all(counted),
            }
    }

    /// Unit of its values in the money shown.
    #[must_use]
    pub fn unit(self, scenario: &Scenario) -> String {
        scenario.money().unit(self.metric.unit())
    }

    /// The `region` column of its rows: a region, `world`, or `us-china`.
    #[must_use]
    pub fn region(self, scenario: &Scenario) -> String {
        match self.subject {
            Subject::Region(region) => scenario.regions()[region].name().to_owned(),
            Subject::World => "world".to_owned(),
            Subject::Gap => {
                let name = |region: usize| scenario.regions()[region].name();
                format!("{}-{}", name(scenario.gap().lead()), name(scenario.gap().follow()))
            }
        }
    }

    /// What the data say about it in a year, with the interval that rounding leaves; `None` where they are silent.
    ///
    /// Intervals of derived measures hold every combination of the intervals they are made of.
    #[must_use]
    pub fn observed(self, scenario: &Scenario, year: i32) -> Option<Observed> {
        let of =
            |region: usize, metric: &str| Observed::find(scenario, scenario.regions()[region].name(), metric, year);
        let (lead, follow) = (scenario.gap().lead(), scenario.gap().follow());
        let both = |metric: &str| Some((of(lead, metric)?, of(follow, metric)?));
        if let Some(companion) = self.metric.companion() {
            let per = |region: usize| of(region, "funding")?.per(scenario, (region, year), companion);
            return match self.subject {
                Subject::Region(region) => per(region),
                _ if self.metric.may_be_negative() => {
                    per(lead).zip(per(follow)).map(|(lead, follow)| lead.minus(follow))
                }
                _ => per(lead).zip(per(follow)).map(|(lead, follow)| lead.over(follow)),
            };
        }
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
            (_, _) => None,
        }
    }
}

/// Which moments of a measure exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exists {
    /// Whether the mean exists.
    pub mean: bool,
    /// Its standard deviation.
    pub sd: bool,
}

/// A value from the data with the interval that its rounding leaves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Observed {
    /// Central value of the figure.
    pub value: f64,
    /// Lower end of what rounding leaves.
    pub low: f64,
    /// Upper end of what rounding leaves.
    pub high: f64,
    /// Whether it is computed from stated figures instead of being stated.
    pub derived: bool,
    /// Whether an assumption stands in for a figure that nobody stated.
    pub assumed: bool,
}

impl Observed {
    fn find(scenario: &Scenario, region: &str, metric: &str, year: i32) -> Option<Self> {
        // A figure that another source's funding would have to be divided by is none.
        let mixed = metric == "deal-size" && scenario.data().mixes_sources;
        let worth = if metric == "deals" { 1.0 } else { libm::exp(scenario.log_money(year)) };
        scenario.data().find(region, metric, year).filter(|_| !mixed).map(|figure| Self {
            value: figure.value * worth,
            low: figure.low * worth,
            high: figure.high * worth,
            derived: figure.derived.is_some(),
            assumed: figure.assumed,
        })
    }

    /// This funding over a companion of its region or with it, whose figure is that of the base year alone.
    fn per(self, scenario: &Scenario, (region, year): (usize, i32), companion: Companion) -> Option<Self> {
        let series = scenario.regions()[region].companion(companion).filter(|_| year == scenario.base_year())?;
        let worth = if companion.is_money() { libm::exp(scenario.log_money(year)) } else { 1.0 };
        let law = scenario.assumptions()[series.figure()].law();
        let level = |p: f64| law.quantile(p) * worth / companion.unit_size();
        let [low, middle, high] = [level(0.1), law.median() * worth / companion.unit_size(), level(0.9)];
        let ends = match companion.is_added() {
            true => [self.value + middle, self.low + low, self.high + high],
            false => [self.value / middle, self.low / high, self.high / low],
        };
        Some(Self { value: ends[0], low: ends[1], high: ends[2], derived: true, ..self })
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
