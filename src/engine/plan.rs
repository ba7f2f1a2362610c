//! A scenario made ready to run: keys, starting levels and factors looked up once for all blocks.

use crate::distribution::Distribution;
use crate::event::Effect;
use crate::growth::{Growth, Kind};
use crate::random::{Key, Purpose};
use crate::scenario::{AssumptionId, Correlations, Event, Quantity, Scenario, Series, SeriesKind};
use crate::special;

use super::block::Block;

/// A scenario made ready to run.
#[derive(Clone, Debug)]
pub struct Plan {
    pub(super) base_year: i32,
    pub(super) years: usize,
    pub(super) assumptions: Vec<PlannedAssumption>,
    /// Assumptions of the copula in canonical order, with its factor.
    pub(super) copula: (Vec<AssumptionId>, Correlations),
    pub(super) series: Vec<PlannedSeries>,
    pub(super) shock_factor: Correlations,
    pub(super) events: Vec<PlannedEvent>,
    pub(super) regions: Vec<PlannedRegion>,
}

#[derive(Clone, Debug)]
pub(super) struct PlannedAssumption {
    pub key: Key,
    pub law: Distribution,
    /// Levels are written in their unit and used as logs.
    pub as_log: bool,
}

#[derive(Clone, Debug)]
pub(super) struct PlannedSeries {
    pub shock: Key,
    /// Its row in the correlation of shocks, if it has shocks.
    pub row: Option<usize>,
    pub start: f64,
    pub growth: Growth<Quantity>,
}

#[derive(Clone, Debug)]
pub(super) struct PlannedEvent {
    pub flag: Key,
    pub chance: Option<AssumptionId>,
    pub year: AssumptionId,
    pub effect: Effect<AssumptionId>,
    /// Positions in [`Plan::series`] whose levels it multiplies.
    pub series: Vec<usize>,
}

/// Where the three quantities of a region come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PlannedRegion {
    DealsAndSize { deals: usize, size: usize },
    DealsAndFunding { deals: usize, funding: usize },
    SizeAndFunding { size: usize, funding: usize },
    FundingAlone { funding: usize },
}

impl Plan {
    /// Prepares a scenario.
    #[must_use]
    pub fn new(scenario: &Scenario) -> Self {
        let assumptions = scenario.assumptions.iter().map(|assumption| PlannedAssumption {
            key: Key::new(Purpose::Assumption, &assumption.address),
            law: assumption.law.clone(),
            as_log: assumption.kind == Kind::Level,
        });
        let mut rows = 0..;
        let series = scenario.series().map(|series| PlannedSeries {
            shock: Key::new(Purpose::Shock, &series.address),
            row: series.growth.has_shocks().then(|| rows.next().expect("the natural numbers do not end")),
            start: special::ln(series.start),
            growth: series.growth.clone(),
        });
        Self {
            base_year: scenario.base_year,
            years: scenario.years().len(),
            assumptions: assumptions.collect(),
            copula: scenario.assumption_correlations.clone(),
            series: series.collect(),
            shock_factor: scenario.shock_correlations.clone(),
            events: scenario.events.iter().map(|event| planned_event(scenario, event)).collect(),
            regions: (0..scenario.regions.len()).map(|region| planned_region(scenario, region)).collect(),
        }
    }

    /// An empty block with room for the columns of this plan.
    #[must_use]
    pub fn block(&self, seed: u64) -> Block {
        Block::new(self, seed)
    }
}

/// Position of a region's series among all series of the scenario.
fn position(scenario: &Scenario, region: usize, kind: SeriesKind) -> Option<usize> {
    let before: usize = scenario.regions[..region].iter().map(|region| region.series().count()).sum();
    let of = |series: &Series| series.kind == kind;
    scenario.regions[region].series().position(of).map(|position| before + position)
}

fn planned_region(scenario: &Scenario, region: usize) -> PlannedRegion {
    let of = |kind| position(scenario, region, kind);
    match (of(SeriesKind::Deals), of(SeriesKind::DealSize), of(SeriesKind::Funding)) {
        (Some(deals), Some(size), None) => PlannedRegion::DealsAndSize { deals, size },
        (Some(deals), None, Some(funding)) => PlannedRegion::DealsAndFunding { deals, funding },
        (None, Some(size), Some(funding)) => PlannedRegion::SizeAndFunding { size, funding },
        (None, None, Some(funding)) => PlannedRegion::FundingAlone { funding },
        _ => unreachable!("a region has two of its three series, or funding alone"),
    }
}

/// An event on the third, derived quantity of a region acts through one of the two modelled ones: on funding and
/// on the deal size with deals unchanged, on deals with the deal size unchanged.
fn planned_event(scenario: &Scenario, event: &Event) -> PlannedEvent {
    let target = |(region, kind): &(usize, SeriesKind)| {
        let through = match kind {
            SeriesKind::Funding => SeriesKind::DealSize,
            SeriesKind::DealSize | SeriesKind::Deals => SeriesKind::Funding,
        };
        let own = position(scenario, *region, *kind);
        own.or_else(|| position(scenario, *region, through)).expect("two of the three series are modelled")
    };
    PlannedEvent {
        flag: Key::new(Purpose::EventFlag, &event.address),
        chance: event.chance,
        year: event.year,
        effect: event.effect.clone(),
        series: event.targets.iter().map(target).collect(),
    }
}
