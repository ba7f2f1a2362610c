//! A scenario made ready to run: keys, starting levels and factors looked up once for all blocks.

use std::sync::Arc;

use crate::counting::{Count, Sizes};
use crate::distribution::Distribution;
use crate::event::{Effect, Jump};
use crate::growth::{Growth, Kind};
use crate::random::quasi::Quasi;
use crate::random::{Key, Purpose};
use crate::regime::Chain;
use crate::scenario::{AssumptionId, Correlations, Currency, Event, Quantity, Scenario, Series, SeriesKind};
use crate::shock::{Mixing, Tail};
use crate::special::{self, Transform};

use super::block::Block;
use super::luck::Layer;

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
    pub(super) shock_shape: ShockShape,
    /// Keys of the chains: one for all regions, or one for each.
    pub(super) chain_keys: Vec<Key>,
    pub(super) chain: Option<Chain<AssumptionId>>,
    pub(super) events: Vec<PlannedEvent>,
    pub(super) jumps: Vec<PlannedJump>,
    pub(super) regions: Vec<PlannedRegion>,
    pub(super) details: Vec<PlannedDetails>,
    pub(super) money: Option<PlannedMoney>,
    /// Log of the deflator of the base year: what its prices are over those shown.
    pub(super) log_deflator_of_base: f64,
    /// Layers whose numbers are drawn afresh instead of from the seed.
    pub(super) fresh: Vec<Layer>,
    /// Points whose coordinates are its random numbers; none for the usual sampler.
    pub(super) points: Option<Arc<Quasi>>,
}

/// From independent normals to shocks.
#[derive(Clone, Debug)]
pub(super) enum ShockShape {
    Gaussian,
    Separate(Transform),
    Shared(Mixing),
}

#[derive(Clone, Debug)]
pub(super) struct PlannedJump {
    pub flag: Key,
    pub size_key: Key,
    pub jump: Jump<AssumptionId>,
    /// Positions in [`Plan::series`] whose levels it multiplies.
    pub series: Vec<usize>,
}

/// What a region has besides its series.
#[derive(Clone, Debug, Default)]
pub(super) struct PlannedDetails {
    /// Its chain in [`Plan::chain_keys`].
    pub chain: Option<usize>,
    pub counting: Option<PlannedCounting>,
    /// What moves the level of the base year: assumptions with their reference and weight, for deals and for funding.
    pub base: [Vec<Shift>; 2],
    /// Key and standard deviation of the luck of single deals in a total.
    pub sampling: Option<(Key, AssumptionId)>,
    /// Positions in [`Plan::events`] of its limits, by quantity: floors first, then caps.
    pub limits: [Vec<usize>; 3],
    /// Positions in [`Plan::events`] of the money added.
    pub adds: Vec<usize>,
}

impl PlannedDetails {
    /// Whether nothing is done to what the models say but to multiply it.
    pub fn leaves_models_alone(&self) -> bool {
        self.limits.iter().all(Vec::is_empty)
            && self.counting.is_none()
            && self.sampling.is_none()
            && self.adds.is_empty()
    }

    /// Whether its deals are drawn one by one.
    pub fn draws_one_by_one(&self) -> bool {
        self.counting.as_ref().is_some_and(|counting| counting.sizes.is_some())
    }
}

/// A part of the log by which a figure is off: weight times value above reference, or what a table has at the value.
#[derive(Clone, Debug)]
pub(super) struct Shift {
    pub value: AssumptionId,
    pub reference: f64,
    pub weight: f64,
    pub table: Vec<f64>,
}

impl Shift {
    /// The log for a value of the assumption.
    pub fn at(&self, value: f64) -> f64 {
        if self.table.is_empty() { self.weight * (value - self.reference) } else { self.table[value as usize] }
    }
}

#[derive(Clone, Debug)]
pub(super) struct PlannedCounting {
    pub key: Key,
    pub count: Count<AssumptionId>,
    pub sizes: Option<(Sizes<AssumptionId>, f64, [Key; 2])>,
}

/// What turns nominal dollars into what is shown.
#[derive(Clone, Debug)]
pub(super) struct PlannedMoney {
    /// Yuan per dollar by year; empty for dollars.
    pub rate: Vec<(i32, AssumptionId)>,
    pub inflation: Option<Quantity>,
    pub prices: Option<i32>,
}

#[derive(Clone, Debug)]
pub(super) struct PlannedAssumption {
    pub key: Key,
    pub law: Distribution,
    /// Levels are written in their unit and used as logs.
    pub as_log: bool,
    pub layer: Layer,
}

#[derive(Clone, Debug)]
pub(super) struct PlannedSeries {
    pub shock: Key,
    /// Its row in the correlation of shocks, if it has shocks.
    pub row: Option<usize>,
    pub start: f64,
    pub growth: Growth<Quantity>,
    pub region: usize,
    pub kind: SeriesKind,
}

#[derive(Clone, Debug)]
pub(super) struct PlannedEvent {
    pub flag: Key,
    pub chance: Option<AssumptionId>,
    pub yearly_chance: Option<AssumptionId>,
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
    /// Positions in [`Plan::series`] of the series of a region.
    pub(super) fn series_of(&self, region: usize) -> impl Iterator<Item = usize> {
        (0..self.series.len()).filter(move |series| self.series[*series].region == region)
    }

    /// Prepares a scenario.
    #[must_use]
    pub fn new(scenario: &Scenario) -> Self {
        let assumptions = scenario.assumptions.iter().map(|assumption| PlannedAssumption {
            key: Key::new(Purpose::Assumption, &assumption.address),
            law: assumption.law.clone(),
            as_log: assumption.kind == Kind::Level,
            layer: Layer::of(assumption),
        });
        let mut rows = 0..;
        let by_region = scenario.regions.iter().enumerate();
        let all = by_region.flat_map(|(place, region)| region.series().map(move |series| (place, series)));
        let series = all.map(|(region, series)| PlannedSeries {
            region,
            kind: series.kind,
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
            shock_shape: shock_shape(scenario),
            chain_keys: chain_keys(scenario),
            chain: scenario.regimes.as_ref().map(|regimes| regimes.chain.clone()),
            events: scenario.events.iter().map(|event| planned_event(scenario, event)).collect(),
            jumps: scenario
                .jumps
                .iter()
                .map(|risk| PlannedJump {
                    flag: Key::new(Purpose::JumpFlag, &risk.address),
                    size_key: Key::new(Purpose::JumpSize, &risk.address),
                    jump: risk.jump,
                    series: series_of(scenario, &risk.targets),
                })
                .collect(),
            regions: (0..scenario.regions.len()).map(|region| planned_region(scenario, region)).collect(),
            details: (0..scenario.regions.len()).map(|region| planned_details(scenario, region)).collect(),
            money: planned_money(scenario),
            log_deflator_of_base: scenario.log_deflator(scenario.base_year),
            fresh: Vec::new(),
            points: scenario.points.clone(),
        }
    }

    /// The same plan with the numbers of some layers drawn afresh, the same for every such plan.
    ///
    /// Its numbers are always addressed ones: points have no dimensions for a second draw of a layer.
    #[must_use]
    pub fn with_fresh(&self, layers: &[Layer]) -> Self {
        Self { fresh: layers.to_vec(), points: None, ..self.clone() }
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

/// Positions of the series that targets act on: one of a region's modelled two if the target is the derived third,
/// for funding the deal size with deals unchanged, for deals the funding with the deal size unchanged.
fn series_of(scenario: &Scenario, targets: &[(usize, SeriesKind)]) -> Vec<usize> {
    let target = |(region, kind): &(usize, SeriesKind)| {
        let through = match kind {
            SeriesKind::Funding => SeriesKind::DealSize,
            SeriesKind::DealSize | SeriesKind::Deals => SeriesKind::Funding,
        };
        let own = position(scenario, *region, *kind);
        own.or_else(|| position(scenario, *region, through)).expect("two of the three series are modelled")
    };
    targets.iter().map(target).collect()
}

fn planned_event(scenario: &Scenario, event: &Event) -> PlannedEvent {
    PlannedEvent {
        flag: Key::new(Purpose::EventFlag, &event.address),
        chance: event.chance,
        yearly_chance: event.yearly_chance,
        year: event.year,
        effect: event.effect.clone(),
        series: series_of(scenario, &event.targets),
    }
}

fn shock_shape(scenario: &Scenario) -> ShockShape {
    let law = scenario.shocks.law.map(|id| scenario.assumptions[*id].law.median());
    match scenario.shocks.tail {
        Tail::Separate => law.transform().map_or(ShockShape::Gaussian, ShockShape::Separate),
        Tail::Shared => law.mixing().map_or(ShockShape::Gaussian, ShockShape::Shared),
    }
}

fn chain_keys(scenario: &Scenario) -> Vec<Key> {
    match &scenario.regimes {
        None => Vec::new(),
        Some(regimes) if regimes.shared => vec![Key::new(Purpose::Regime, "")],
        Some(_) => scenario.regions.iter().map(|region| Key::new(Purpose::Regime, &region.name)).collect(),
    }
}

fn planned_details(scenario: &Scenario, place: usize) -> PlannedDetails {
    let region = &scenario.regions[place];
    let key = |purpose: Purpose| Key::new(purpose, &region.name);
    let measurement = &scenario.measurement;
    let sampling = measurement.sampling.iter().find(|(known, _)| *known == place);
    let acts_on = |event: &Event, kind: SeriesKind| event.targets.contains(&(place, kind));
    let limits = |kind: SeriesKind| {
        // Floors first, so that where they contradict each other the cap holds.
        let of = |wanted: &'static str| {
            let events = scenario.events.iter().enumerate();
            events.filter(move |(_, event)| event.effect.name() == wanted && acts_on(event, kind)).map(|(it, _)| it)
        };
        of("floor").chain(of("cap")).collect::<Vec<usize>>()
    };
    let adds = scenario
        .events
        .iter()
        .enumerate()
        .filter(|(_, event)| matches!(event.effect, Effect::Add { .. }) && acts_on(event, SeriesKind::Funding));
    PlannedDetails {
        chain: scenario.regimes.as_ref().map(|regimes| if regimes.shared { 0 } else { place }),
        counting: region.counting.filter(|counting| counting.count.is_whole()).map(|counting| PlannedCounting {
            key: key(Purpose::Count),
            count: counting.count,
            sizes: counting.sizes.map(|sizes| {
                let tail_share = sizes.tail_share.map_or(0.0, |id| scenario.assumptions[id].law.median());
                (sizes, tail_share, [key(Purpose::DealSpacing), key(Purpose::DealBody)])
            }),
        }),
        base: [SeriesKind::Deals, SeriesKind::Funding].map(|kind| base_shifts(scenario, place, kind)),
        sampling: sampling.map(|(_, id)| (key(Purpose::Sampling), *id)),
        limits: [SeriesKind::Deals, SeriesKind::DealSize, SeriesKind::Funding].map(limits),
        adds: adds.map(|(it, _)| it).collect(),
    }
}

/// What moves a figure of the base year: rounding, revisions, definitions.
fn base_shifts(scenario: &Scenario, place: usize, kind: SeriesKind) -> Vec<Shift> {
    let measurement = &scenario.measurement;
    let mut shifts = Vec::new();
    let shift = |value| Shift { value, reference: 0.0, weight: 1.0, table: Vec::new() };
    for (region, of, value) in &measurement.rounding {
        if *region == place && *of == kind {
            let figure = scenario.data.find(&scenario.regions[place].name, kind.name(), scenario.base_year);
            let reference = special::ln(figure.expect("a rounded figure is one of the data").value);
            shifts.push(Shift { value: *value, reference, weight: 1.0, table: Vec::new() });
        }
    }
    if let Some(revisions) = &measurement.revisions {
        let common = if kind == SeriesKind::Deals { revisions.deals } else { revisions.funding };
        let own = revisions.regions.iter().filter(|(region, _)| *region == place).map(|(_, id)| *id);
        shifts.extend(std::iter::once(common).chain(own).map(shift));
    }
    if let (Some(value), SeriesKind::Funding) = (measurement.definitions, kind) {
        // The log ratio moves by the value, half of it on each side.
        let weight = match place {
            place if place == scenario.gap.lead => 0.5,
            place if place == scenario.gap.follow => -0.5,
            _ => 0.0,
        };
        if weight != 0.0 {
            shifts.push(Shift { weight, ..shift(value) });
        }
    }
    if let (Some(sources), SeriesKind::Funding) = (&measurement.sources, kind) {
        let side = [scenario.gap.lead, scenario.gap.follow].iter().position(|region| *region == place);
        if let Some(side) = side {
            let table = sources.shifts.iter().map(|shift| shift[side]).collect();
            shifts.push(Shift { table, ..shift(sources.pick) });
        }
    }
    shifts
}

fn planned_money(scenario: &Scenario) -> Option<PlannedMoney> {
    let money = &scenario.money;
    (!money.is_plain()).then(|| PlannedMoney {
        rate: if money.currency == Currency::Usd { Vec::new() } else { money.exchange_rate.clone() },
        inflation: money.inflation.clone(),
        prices: money.prices,
    })
}
