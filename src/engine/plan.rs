//! A scenario made ready to run: keys, starting levels and factors looked up once for all blocks.

mod copula;
mod mixing;
mod parts;
mod prepare;

use crate::random::{Key, Purpose};
use crate::regime::Chain;
use crate::scenario::{AssumptionId, CompanionSeries, Scenario};
use crate::special;

use super::design::{Chance, Design, Luck, Refused, Source};
use super::layer::Layer;
use super::stream::StreamKey;
pub(super) use copula::{PlannedCopula, Redrawn, weights};
pub(super) use mixing::PlannedMixing;
pub(super) use parts::{
    PlannedAssumption, PlannedDetails, PlannedEvent, PlannedJump, PlannedMoney, PlannedRegion, PlannedSeries,
    ShockShape, Together,
};
use prepare::{
    chain_keys, planned_assumptions, planned_details, planned_event, planned_money, planned_region, series_of,
    shock_shape,
};

/// A scenario made ready to run.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    pub(super) base_year: i32,
    pub(super) years: usize,
    pub(super) assumptions: Vec<PlannedAssumption>,
    pub(super) copula: PlannedCopula,
    pub(super) series: Vec<PlannedSeries>,
    pub(super) shocks: PlannedMixing,
    pub(super) shock_shape: ShockShape,
    /// Correlation of the only two shocks, where it is an assumption.
    pub(super) pair: Option<AssumptionId>,
    /// Keys of the chains: one for all regions, or one for each.
    pub(super) chain_keys: Vec<Key>,
    pub(super) chain: Option<Chain<AssumptionId>>,
    pub(super) events: Vec<PlannedEvent>,
    pub(super) jumps: Vec<PlannedJump>,
    pub(super) regions: Vec<PlannedRegion>,
    pub(super) details: Vec<PlannedDetails>,
    /// By region, what funding is divided by.
    pub(super) companions: Vec<Vec<CompanionSeries>>,
    pub(super) money: Option<PlannedMoney>,
    /// Log of the deflator of the base year: what its prices are over those shown.
    pub(super) log_deflator_of_base: f64,
    /// Where luck comes from: that of events and jumps, and all other.
    pub(super) luck: PlannedLuck,
    /// Whether blocks hold what struck each path.
    pub(super) records_struck: bool,
}

impl Plan {
    /// Positions in [`Plan::series`] of the series of a region.
    pub(super) fn series_of(&self, region: usize) -> impl Iterator<Item = usize> {
        (0..self.series.len()).filter(move |series| self.series[*series].region == region)
    }

    /// Calendar year of a simulated year, counted from 0.
    pub(super) fn year(&self, index: usize) -> i32 {
        self.base_year + 1 + i32::try_from(index).expect("a horizon is a calendar year")
    }

    /// Prepares a scenario.
    #[must_use]
    pub fn new(scenario: &Scenario) -> Self {
        let by_region = scenario.regions().iter().enumerate();
        let all = by_region.flat_map(|(place, region)| region.series().map(move |series| (place, series)));
        let series = all.map(|(region, series)| PlannedSeries {
            region,
            kind: series.kind(),
            shock: Key::new(Purpose::Shock, series.address()),
            row: scenario.shock_mixing().row(series.address()).filter(|_| series.growth().has_shocks()),
            start: special::ln(series.start()),
            growth: series.growth().clone(),
        });
        Self {
            base_year: scenario.base_year(),
            years: scenario.years().len(),
            copula: PlannedCopula::new(scenario),
            shocks: PlannedMixing::new(scenario, scenario.shock_mixing(), Purpose::Shock),
            assumptions: planned_assumptions(scenario),
            series: series.collect(),
            shock_shape: shock_shape(scenario),
            pair: scenario.shocks().correlation(),
            chain_keys: chain_keys(scenario),
            chain: scenario.regimes().as_ref().map(|regimes| regimes.chain().clone()),
            events: scenario.events().iter().map(|event| planned_event(scenario, event)).collect(),
            jumps: scenario
                .jumps()
                .iter()
                .map(|risk| PlannedJump {
                    flag: Key::new(Purpose::JumpFlag, risk.address()),
                    size_key: Key::new(Purpose::JumpSize, risk.address()),
                    jump: *risk.jump(),
                    series: series_of(scenario, risk.targets()),
                })
                .collect(),
            regions: (0..scenario.regions().len()).map(|region| planned_region(scenario, region)).collect(),
            details: (0..scenario.regions().len()).map(|region| planned_details(scenario, region)).collect(),
            companions: scenario.regions().iter().map(|region| region.companions().to_vec()).collect(),
            money: planned_money(scenario),
            log_deflator_of_base: scenario.log_deflator(scenario.base_year()),
            luck: PlannedLuck { events: StreamKey::A, process: StreamKey::A },
            records_struck: false,
        }
    }

    /// This plan with blocks that hold what struck each path, which takes a little longer.
    #[must_use]
    pub fn recording_what_struck(mut self) -> Self {
        self.records_struck = true;
        self
    }

    /// This plan under a design: the same scenario with some inputs taken from elsewhere.
    ///
    /// It must be the plan of a plain run; designs are not put on top of each other.
    ///
    /// # Errors
    /// If the design names what the scenario does not have or what cannot be varied within a run, or a value out of range.
    pub fn under(&self, design: &Design) -> Result<Self, Refused> {
        let known = |address: &str| self.assumptions.iter().any(|it| it.address == address);
        if let Some((address, _)) = design.named().find(|(address, _)| !known(address)) {
            return Err(Refused::Unknown { address: address.to_owned() });
        }
        let stream = |luck: Luck| match luck {
            Luck::A => StreamKey::A,
            Luck::B => StreamKey::B,
            Luck::Median => StreamKey::Median,
        };
        let mut plan = self.clone();
        plan.luck =
            PlannedLuck { events: stream(design.luck(Chance::Events)), process: stream(design.luck(Chance::Process)) };
        for assumption in &mut plan.assumptions {
            assumption.take(design.source(&assumption.address, &assumption.law))?;
        }
        plan.shocks.settle(&plan.assumptions)?;
        plan.copula.mixing.settle(&plan.assumptions)?;
        plan.copula.redraw(&plan.assumptions);
        Ok(plan)
    }

    /// The design under which this plan, which must be that of a plain run, is another one; `None` if they differ in more
    /// than laws of assumptions.
    #[must_use]
    pub fn design_of(&self, other: &Self) -> Option<Design> {
        let pairs = || self.assumptions.iter().zip(&other.assumptions);
        let design =
            pairs().filter(|(own, theirs)| own.law != theirs.law).fold(Design::new(), |design, (own, theirs)| {
                design.with(own.address.as_str(), Source::Law(theirs.law.clone()))
            });
        self.under(&design).ok().filter(|plan| plan == other).map(|_| design)
    }

    /// Whether any assumption has more than one value, so that the two paths of a draw are not independent.
    #[must_use]
    pub fn is_uncertain(&self) -> bool {
        self.assumptions.iter().any(|assumption| !assumption.is_certain())
    }

    /// Whether any number is drawn with B.
    pub(super) fn draws_with_b(&self) -> bool {
        self.assumptions.iter().any(|it| it.stream == StreamKey::B)
            || [self.luck.events, self.luck.process].contains(&StreamKey::B)
    }

    /// This plan with the numbers of some layers drawn again, independently; the same numbers for every such plan.
    #[must_use]
    pub fn with_fresh(&self, layers: &[Layer]) -> Self {
        let luck = |layer: Layer| if layers.contains(&layer) { Luck::B } else { Luck::A };
        let design = Design::new()
            .with_luck_of(Chance::Events, luck(Layer::Events))
            .with_luck_of(Chance::Process, luck(Layer::Process));
        let fresh = self.assumptions.iter().filter(|it| layers.contains(&it.layer));
        let design = fresh.fold(design, |design, it| design.with(it.address.as_str(), Source::B));
        self.under(&design).expect("its own assumptions can be drawn again")
    }
}

/// Which numbers luck is drawn from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PlannedLuck {
    /// Whether and when events happen, and jumps.
    pub events: StreamKey,
    /// Shocks, regimes, counts, single deals.
    pub process: StreamKey,
}
