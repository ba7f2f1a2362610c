//! What came, put on the basis of a run: by growth inside the new edition, or, where it does not restate the base year, by
//! the size that revisions had. Levels of two editions are never held against each other as they stand.

use crate::data::{Dataset, Observation, counted_by};
use crate::metric::{Measure, Metric, Subject};
use crate::scenario::Scenario;

/// New figures, with who states them in which edition.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Who counted, and the edition: `CB Insights State of AI 2024 recap, edition 2025-01`.
    pub name: String,
    /// Figures of the edition.
    pub figures: Dataset,
}

/// How a new figure came onto the basis of the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// Growth inside the new edition, on the figure that the run starts from.
    Growth,
    /// The new level, brought back by the size that first releases were revised by.
    Revision,
    /// Of the two sides of the gap, one by each way.
    Mixed,
}

impl Basis {
    /// Its word in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Growth => "growth",
            Self::Revision => "revision",
            Self::Mixed => "growth and revision",
        }
    }
}

/// What came, on the basis of a run, in nominal dollars.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcome {
    /// What is measured.
    pub measure: Measure,
    /// Calendar year of the outcome.
    pub year: i32,
    /// Central value of the outcome.
    pub value: f64,
    /// Low end of the 95% interval that rounding and revision leave.
    pub low: f64,
    /// High end of it.
    pub high: f64,
    /// How it came onto the basis of the run.
    pub basis: Basis,
}

/// Why a reading says nothing of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Silent {
    /// It has no figure of either side after the base year and up to the horizon.
    NothingLater {
        /// Name of the reading.
        reading: String,
        /// Regions of the gap.
        regions: [String; 2],
        /// Years of the run.
        years: [i32; 2],
    },
    /// It is another source's, and does not state the base year.
    OtherSource {
        /// Name of the reading.
        reading: String,
        /// Whose figures the run starts from.
        source: String,
        /// Region whose figure of the base year is missing.
        region: String,
        /// Year that the run starts from.
        base_year: i32,
    },
    /// It counts other things than the figures whose place it would take.
    OtherCount {
        /// Name of the reading.
        reading: String,
        /// Whose figures the scenario starts from.
        source: String,
    },
}

impl std::error::Error for Silent {}

impl std::fmt::Display for Silent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NothingLater { reading, regions: [lead, follow], years: [first, last] } => write!(
                f,
                "{reading} states no funding of {lead} and {follow} in a year from {first} to {last}, which the run is about"
            ),
            Self::OtherCount { reading, source } => write!(
                f,
                "{reading} counts other things than {source}, from which the scenario starts, so its levels cannot take their \
                 place; `aigap score` holds a run against its growth, or say --as-source if it is the same count under another \
                 name"
            ),
            Self::OtherSource { reading, source, region, base_year } => write!(
                f,
                "{reading} does not say what {region} raised in {base_year}, and the run starts from figures of {source}: two \
                 sources count different things, so only growth inside one of them can be held against the run; add its own \
                 figure of {base_year} or its growth, or say --as-source if it is the same count under another name"
            ),
        }
    }
}

/// What a new edition says of one side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SideNews {
    /// Level of the base year that the scenario starts from, $bn.
    pub old: f64,
    /// Level of the base year in the new edition: as it states it, or by the size of past revisions.
    pub restated: f64,
    /// Whether the edition states it.
    pub stated: bool,
    /// Level of the newest year, $bn.
    pub level: f64,
    /// Log change from the base year to the newest, inside the new edition.
    pub change: f64,
    /// Standard deviations of what is not known of that change: common to all regions, this region's own, rounding.
    pub doubt: [f64; 3],
}

/// Log of a side's outcome, and what is not known of it.
#[derive(Clone, Copy, Debug)]
struct SideOutcome {
    log: f64,
    /// Standard deviation of what a revision does to every region alike, and to this one.
    revised: [f64; 2],
    /// How far rounding reaches below and above, as logs.
    rounding: [f64; 2],
    basis: Basis,
}

/// Log change of a first release to its revision: mean and standard deviation of what is common, standard deviation of a
/// region's own.
struct Prior {
    mean: f64,
    common: f64,
    own: f64,
}

/// World figures by edition, January to April 2024: funding 2020–2023 +0.19 ± 0.03, deals of the latest years +0.30 ± 0.13;
/// how unevenly they fall on regions is not published and taken as 0.10.
const PRIOR_OF_FUNDING: Prior = Prior { mean: 0.19, common: 0.03, own: 0.10 };
const PRIOR_OF_DEALS: Prior = Prior { mean: 0.30, common: 0.13, own: 0.10 };

/// Half the width of a 95% interval of a normal law, in standard deviations.
const Z_95: f64 = 1.959_963_984_540_054;

impl Reading {
    /// Figures by their source and edition. `None` where there are none of funding.
    #[must_use]
    pub fn new(figures: Dataset) -> Option<Self> {
        let first = figures.observations.iter().filter(|it| it.metric == "funding").max_by_key(|it| it.year)?;
        Some(Self { name: format!("{}, edition {}", counted_by(&first.source), first.vintage), figures })
    }

    /// The edition of its figures.
    #[must_use]
    pub fn vintage(&self) -> Option<&str> {
        self.figures.observations.iter().find(|it| it.metric == "funding").map(|it| it.vintage.as_str())
    }

    fn find(&self, region: &str, metric: &str, year: i32) -> Option<&Observation> {
        self.figures.find(region, metric, year)
    }

    /// Growth from the base year to a year inside this edition, with what rounding leaves: three factors.
    fn growth(&self, (region, metric): (&str, &str), base_year: i32, year: i32) -> Option<[f64; 3]> {
        let [before, after] = [base_year, year].map(|year| self.find(region, metric, year));
        let (before, after) = (before?, after?);
        let growth_name = if metric == "deals" { "deal growth" } else { "funding growth" };
        let stated = self.figures.facts.iter().find(|fact| {
            before.derived.is_some() && fact.region == region && fact.year == year && fact.metric == growth_name
        });
        // Where the level before follows from the growth, the growth itself is what was stated.
        if let Some(fact) = stated.filter(|_| year == base_year + 1) {
            return Some([1.0 + fact.value?, 1.0 + fact.low?, 1.0 + fact.high?]);
        }
        Some([after.value / before.value, after.low / before.high, after.high / before.low])
    }

    /// By how much this edition restates the base year of the world, if it and the run's figures state it.
    #[must_use]
    pub fn world_restated(&self, scenario: &Scenario) -> Option<f64> {
        let year = scenario.base_year();
        let [new, old] = [&self.figures, scenario.data()].map(|data| data.find("world", "funding", year));
        let (new, old) = (new?, old?);
        (new.vintage != old.vintage && counts_alike(new, old)).then(|| new.value / old.value - 1.0)
    }

    /// Every outcome that it has for a run, year by year: funding and deals of both sides, the gap and the ratios.
    ///
    /// # Errors
    /// If there is none, or it is of another source and does not state the base year.
    pub fn outcomes(&self, scenario: &Scenario, as_source: bool) -> Result<Vec<Outcome>, Silent> {
        let gap = [scenario.gap().lead(), scenario.gap().follow()];
        let mut found = Vec::new();
        for year in scenario.years() {
            let side = |place: usize, metric| self.side(scenario, (gap[place], metric), year, as_source);
            if let (Some(lead), Some(follow)) = (side(0, Metric::Funding)?, side(1, Metric::Funding)?) {
                let region = |place: usize| Subject::Region(gap[place]);
                found.push(lead.outcome(Measure { metric: Metric::Funding, subject: region(0) }, year));
                found.push(follow.outcome(Measure { metric: Metric::Funding, subject: region(1) }, year));
                found.push(difference(Metric::Gap, year, [lead, follow]));
                found.push(quotient(Metric::Ratio, year, [lead, follow]));
            }
            let models_deals = gap.into_iter().all(|region| scenario.regions()[region].series().count() == 2);
            if let (true, Some(lead), Some(follow)) =
                (models_deals, side(0, Metric::Deals).ok().flatten(), side(1, Metric::Deals).ok().flatten())
            {
                let region = |place: usize| Subject::Region(gap[place]);
                found.push(lead.outcome(Measure { metric: Metric::Deals, subject: region(0) }, year));
                found.push(follow.outcome(Measure { metric: Metric::Deals, subject: region(1) }, year));
                found.push(quotient(Metric::DealsRatio, year, [lead, follow]));
            }
        }
        if found.is_empty() {
            let regions = gap.map(|place| scenario.regions()[place].name().to_owned());
            let years = [scenario.base_year() + 1, scenario.horizon()];
            return Err(Silent::NothingLater { reading: self.name.clone(), regions, years });
        }
        Ok(found)
    }

    /// Whether this edition is of the counter whose figures a scenario starts from.
    pub(in crate::study) fn is_of_the_counter_of(&self, scenario: &Scenario) -> Result<(), Silent> {
        let lead = scenario.regions()[scenario.gap().lead()].name();
        let old = scenario.data().find(lead, "funding", scenario.base_year());
        let new = self.figures.observations.iter().find(|it| it.region == lead && it.metric == "funding");
        let (Some(old), Some(new)) = (old, new) else { return Ok(()) };
        if counts_alike(new, old) {
            return Ok(());
        }
        Err(Silent::OtherCount { reading: self.name.clone(), source: counted_by(&old.source).to_owned() })
    }

    /// What this edition says of a side of the gap beside the figure that a scenario starts from.
    pub(in crate::study) fn side_news(
        &self,
        scenario: &Scenario,
        region: usize,
        year: i32,
        as_source: bool,
    ) -> Result<SideNews, Silent> {
        let (name, base_year) = (scenario.regions()[region].name(), scenario.base_year());
        let old = scenario.data().find(name, "funding", base_year).map_or(f64::NAN, |it| it.value);
        let stated = self.find(name, "funding", base_year).map(|it| it.value);
        let level = self.find(name, "funding", year).map_or(f64::NAN, |it| it.value);
        let side = self.side(scenario, (region, Metric::Funding), year, as_source)?;
        let (change, revised, rounding) =
            side.map_or((0.0, [0.0; 2], [0.0; 2]), |it| (it.log - libm::log(old), it.revised, it.rounding));
        // A uniform law over what rounding leaves.
        let rounded = (rounding[1] - rounding[0]) / libm::sqrt(12.0);
        let restated = stated.unwrap_or_else(|| level / libm::exp(change));
        let doubt = [revised[0], revised[1], if year == base_year { 0.0 } else { rounded }];
        Ok(SideNews { old, restated, stated: stated.is_some(), level, change, doubt })
    }

    /// A side of the gap in a year, on the basis of the run; `None` where this edition is silent.
    fn side(
        &self,
        scenario: &Scenario,
        (place, metric): (usize, Metric),
        year: i32,
        as_source: bool,
    ) -> Result<Option<SideOutcome>, Silent> {
        let region = scenario.regions()[place].name();
        let base = scenario.data().find(region, metric.name(), scenario.base_year());
        let (Some(base), Some(new)) = (base, self.find(region, metric.name(), year)) else { return Ok(None) };
        let prior = prior(scenario, place, metric);
        // A run with revisions has them in its bands already: its basis is the restated one.
        let restated = scenario.measurement().revisions().is_some();
        let unknown = [prior.common, prior.own];
        let certain = [0.0; 2];
        if let Some(growth) = self.growth((region, metric.name()), scenario.base_year(), year) {
            let [log, low, high] = growth.map(libm::log);
            let shift = if restated { prior.mean } else { 0.0 };
            return Ok(Some(SideOutcome {
                log: libm::log(base.value) + log + shift,
                revised: if restated { unknown } else { certain },
                rounding: [low - log, high - log],
                basis: Basis::Growth,
            }));
        }
        if !as_source && !counts_alike(new, base) {
            return Err(Silent::OtherSource {
                reading: self.name.clone(),
                source: counted_by(&base.source).to_owned(),
                region: region.to_owned(),
                base_year: scenario.base_year(),
            });
        }
        let [log, low, high] = [new.value, new.low, new.high].map(libm::log);
        let shift = if restated { 0.0 } else { -prior.mean };
        Ok(Some(SideOutcome {
            log: log + shift,
            revised: if restated { certain } else { unknown },
            rounding: [low - log, high - log],
            basis: Basis::Revision,
        }))
    }
}

/// Whether two figures are of one counter, whose recap of each year has the year in its name.
fn counts_alike(one: &Observation, other: &Observation) -> bool {
    let who = |figure: &Observation| {
        let name = counted_by(&figure.source).to_lowercase();
        name.split_whitespace().take(2).map(str::to_owned).collect::<Vec<String>>()
    };
    who(one) == who(other)
}

/// What revisions do: as the scenario states it, or as they did to the world's figures.
fn prior(scenario: &Scenario, place: usize, metric: Metric) -> Prior {
    let usual = if metric == Metric::Deals { PRIOR_OF_DEALS } else { PRIOR_OF_FUNDING };
    let Some(revisions) = scenario.measurement().revisions() else { return usual };
    let law = |id: usize| scenario.assumptions()[id].law();
    let sd = |id: usize| (law(id).quantile(0.9) - law(id).quantile(0.1)) / (2.0 * crate::distribution::Z90);
    let common = if metric == Metric::Deals { revisions.deals() } else { revisions.funding() };
    let own = revisions.regions().iter().find(|(region, _)| *region == place);
    Prior { mean: law(common).median(), common: sd(common), own: own.map_or(0.0, |(_, id)| sd(*id)) }
}

impl SideOutcome {
    fn level(self) -> f64 {
        libm::exp(self.log)
    }

    fn outcome(self, measure: Measure, year: i32) -> Outcome {
        let revised = Z_95 * libm::hypot(self.revised[0], self.revised[1]);
        let end = |rounding: f64, side: f64| libm::exp(self.log + rounding + side * revised);
        let (low, high) = (end(self.rounding[0], -1.0), end(self.rounding[1], 1.0));
        Outcome { measure, year, value: self.level(), low, high, basis: self.basis }
    }
}

fn basis_of(sides: [SideOutcome; 2]) -> Basis {
    if sides[0].basis == sides[1].basis { sides[0].basis } else { Basis::Mixed }
}

/// Lead over follow: what a revision does to every region alike cancels, if it is on both sides.
fn quotient(metric: Metric, year: i32, sides: [SideOutcome; 2]) -> Outcome {
    let [lead, follow] = sides;
    let log = lead.log - follow.log;
    let common = lead.revised[0] - follow.revised[0];
    let revised = Z_95 * libm::hypot(common, libm::hypot(lead.revised[1], follow.revised[1]));
    let low = libm::exp(log + lead.rounding[0] - follow.rounding[1] - revised);
    let high = libm::exp(log + lead.rounding[1] - follow.rounding[0] + revised);
    let measure = Measure { metric, subject: Subject::Gap };
    Outcome { measure, year, value: libm::exp(log), low, high, basis: basis_of(sides) }
}

/// Lead minus follow; what is not known of it to first order.
fn difference(metric: Metric, year: i32, sides: [SideOutcome; 2]) -> Outcome {
    let [lead, follow] = sides;
    let (above, below) = (lead.level(), follow.level());
    let common = above * lead.revised[0] - below * follow.revised[0];
    let own = libm::hypot(above * lead.revised[1], below * follow.revised[1]);
    let revised = Z_95 * libm::hypot(common, own);
    let end = |place: usize| {
        let other = 1 - place;
        above * libm::exp(lead.rounding[place]) - below * libm::exp(follow.rounding[other])
    };
    let measure = Measure { metric, subject: Subject::Gap };
    let (low, high) = (end(0) - revised, end(1) + revised);
    Outcome { measure, year, value: above - below, low, high, basis: basis_of(sides) }
}
