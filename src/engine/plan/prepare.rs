//! From a scenario to the parts of its plan: places looked up, keys made of addresses.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::engine::layer::Layer;
use crate::engine::stream::StreamKey;
use crate::event::Effect;
use crate::random::{Key, Purpose};
use crate::scenario::{AssumptionId, Currency, Event, Scenario, Series, SeriesKind};
use crate::shock::Tail;
use crate::special;

use super::parts::{
    PlannedAssumption, PlannedCounting, PlannedDetails, PlannedEvent, PlannedMoney, PlannedRegion, PlannedSizes,
    PlannedTransient, Shift, ShockShape, Together,
};

/// All assumptions, drawn from their laws.
pub(super) fn planned_assumptions(scenario: &Scenario) -> Vec<PlannedAssumption> {
    let structural = structural(scenario);
    let planned = scenario.assumptions().iter().enumerate().map(|(id, assumption)| PlannedAssumption {
        address: assumption.address().to_owned(),
        key: Key::new(Purpose::Assumption, assumption.number()),
        law: assumption.law().clone(),
        kind: assumption.kind(),
        range: match scenario.measurement().sources() {
            Some(sources) if sources.pick() == id => (0.0, sources.shifts().len() as f64 - 1.0),
            _ => assumption.kind().range(),
        },
        structural: structural.contains(&id),
        layer: Layer::of(assumption),
        stream: StreamKey::A,
        rows: None,
        picked: assumption.drawn().map(|drawn| Arc::clone(&drawn.values)),
    });
    planned.collect()
}

/// Assumptions that more is made of than values of draws: laws of shocks and of single deals, what is folded into a
/// correlation matrix, and money, which figures are shown in too.
fn structural(scenario: &Scenario) -> BTreeSet<AssumptionId> {
    let mut found = BTreeSet::new();
    let _ = scenario.shocks().law().map(|id| found.insert(*id));
    found.extend(scenario.shocks().loadings().iter().map(|(_, id)| *id));
    let sizes = scenario.regions().iter().filter_map(|region| region.counting()?.sizes()?.tail_share);
    found.extend(sizes);
    found.extend(scenario.money().exchange_rate().iter().map(|(_, id)| *id));
    if let Some(inflation) = scenario.money().inflation() {
        found.insert(inflation.first());
        found.extend(inflation.changes().iter().map(|(_, id)| *id));
    }
    found
}

/// How normals become shocks of the law, whose numbers are certain assumptions.
pub(super) fn shock_shape(scenario: &Scenario) -> ShockShape {
    let law = scenario.shocks().law().map(|id| scenario.assumptions()[*id].law().median());
    match scenario.shocks().tail() {
        Tail::Separate => law.transform().map_or(ShockShape::Gaussian, ShockShape::Separate),
        Tail::Shared => law.mixing().map_or(ShockShape::Gaussian, ShockShape::Shared),
    }
}

/// Position of a region's series among all series of the scenario.
fn position(scenario: &Scenario, region: usize, kind: SeriesKind) -> Option<usize> {
    let before: usize = scenario.regions()[..region].iter().map(|region| region.series().count()).sum();
    let of = |series: &Series| series.kind() == kind;
    scenario.regions()[region].series().position(of).map(|position| before + position)
}

/// Which quantities of a region are modelled, and which follows.
pub(super) fn planned_region(scenario: &Scenario, region: usize) -> PlannedRegion {
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
pub(super) fn series_of(scenario: &Scenario, targets: &[(usize, SeriesKind)]) -> Vec<usize> {
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

/// An event with its key and the series whose levels it multiplies.
pub(super) fn planned_event(scenario: &Scenario, event: &Event) -> PlannedEvent {
    PlannedEvent {
        flag: Key::new(Purpose::EventFlag, event.address()),
        chance: event.chance(),
        yearly_chance: event.yearly_chance(),
        year: event.year(),
        effect: event.effect().clone(),
        series: series_of(scenario, event.targets()),
    }
}

/// Keys of the Markov chains: one for all regions, or one for each; none without regimes.
pub(super) fn chain_keys(scenario: &Scenario) -> Vec<Key> {
    match scenario.regimes() {
        None => Vec::new(),
        Some(regimes) if regimes.shared() => vec![Key::new(Purpose::Regime, "")],
        Some(_) => scenario.regions().iter().map(|region| Key::new(Purpose::Regime, region.name())).collect(),
    }
}

/// What a region has besides its series.
pub(super) fn planned_details(scenario: &Scenario, place: usize) -> PlannedDetails {
    let region = &scenario.regions()[place];
    let key = |purpose: Purpose| Key::new(purpose, region.name());
    let measurement = scenario.measurement();
    let sampling = measurement.sampling().iter().find(|(known, _)| *known == place);
    let acts_on = |event: &Event, kind: SeriesKind| event.targets().contains(&(place, kind));
    let limits = |kind: SeriesKind| {
        // Floors first, so that where they contradict each other the cap holds.
        let of = |wanted: &'static str| {
            let events = scenario.events().iter().enumerate();
            events.filter(move |(_, event)| event.effect().name() == wanted && acts_on(event, kind)).map(|(it, _)| it)
        };
        of("floor").chain(of("cap")).collect::<Vec<usize>>()
    };
    let adds = scenario
        .events()
        .iter()
        .enumerate()
        .filter(|(_, event)| matches!(event.effect(), Effect::Add { .. }) && acts_on(event, SeriesKind::Funding));
    PlannedDetails {
        chain: scenario.regimes().as_ref().map(|regimes| if regimes.shared() { 0 } else { place }),
        counting: region.counting().filter(|counting| counting.count().is_whole()).map(|counting| PlannedCounting {
            key: key(Purpose::Count),
            count: counting.count(),
            sizes: counting.sizes().map(|law| PlannedSizes {
                law,
                tail_share: law.tail_share.map_or(0.0, |id| scenario.assumptions()[id].law().median()),
                spacings: key(Purpose::DealSpacing),
                body: key(Purpose::DealBody),
            }),
        }),
        base: [SeriesKind::Deals, SeriesKind::Funding].map(|kind| base_shifts(scenario, place, kind)),
        sampling: sampling.map(|(_, id)| (key(Purpose::Sampling), *id)),
        transient: planned_transient(scenario, place),
        transient_in_base: noise_of(measurement.transient_in_base(), place),
        limits: [SeriesKind::Deals, SeriesKind::DealSize, SeriesKind::Funding].map(limits),
        adds: adds.map(|(it, _)| it).collect(),
    }
}

/// The assumption about a region in a list of them.
fn noise_of(list: &[(usize, AssumptionId)], place: usize) -> Option<AssumptionId> {
    list.iter().find(|(known, _)| *known == place).map(|(_, id)| *id)
}

/// Noise of a region's funding that does not stay; with that of the first region that has any it goes as their shocks do.
fn planned_transient(scenario: &Scenario, place: usize) -> Option<PlannedTransient> {
    let list = scenario.measurement().transient();
    let sd = noise_of(list, place)?;
    let key = |place: usize| Key::new(Purpose::Transient, scenario.regions()[place].name());
    let (first, _) = *list.first()?;
    let row = |place: usize| {
        let address = scenario.regions()[place].funding()?.address();
        scenario.shocked_series().position(|series| series.address() == address)
    };
    let with = (first != place).then(|| {
        let together = match (scenario.shocks().correlation(), row(first), row(place)) {
            (Some(id), ..) => Together::Drawn(id),
            (None, Some(a), Some(b)) => {
                let correlations = scenario.shock_correlations();
                Together::Certain(correlations.matrix()[a * correlations.size() + b])
            }
            _ => Together::Certain(0.0),
        };
        (key(first), together)
    });
    Some(PlannedTransient { key: key(place), sd, with })
}

/// What moves a figure of the base year: rounding, revisions, definitions.
fn base_shifts(scenario: &Scenario, place: usize, kind: SeriesKind) -> Vec<Shift> {
    let measurement = scenario.measurement();
    let mut shifts = Vec::new();
    let shift = |value| Shift { value, reference: 0.0, weight: 1.0, table: Vec::new() };
    for (region, of, value) in measurement.rounding() {
        if *region == place && *of == kind {
            let figure = scenario.data().find(scenario.regions()[place].name(), kind.name(), scenario.base_year());
            let reference = special::ln(figure.expect("a rounded figure is one of the data").value);
            shifts.push(Shift { value: *value, reference, weight: 1.0, table: Vec::new() });
        }
    }
    if let Some(revisions) = measurement.revisions() {
        let common = if kind == SeriesKind::Deals { revisions.deals() } else { revisions.funding() };
        let own = revisions.regions().iter().filter(|(region, _)| *region == place).map(|(_, id)| *id);
        shifts.extend(std::iter::once(common).chain(own).map(shift));
    }
    if let (Some(value), SeriesKind::Funding) = (measurement.definitions(), kind) {
        // The log ratio moves by the value, half of it on each side.
        let weight = match place {
            place if place == scenario.gap().lead() => 0.5,
            place if place == scenario.gap().follow() => -0.5,
            _ => 0.0,
        };
        if weight != 0.0 {
            shifts.push(Shift { weight, ..shift(value) });
        }
    }
    if let (Some(sources), SeriesKind::Funding) = (measurement.sources(), kind) {
        let side = [scenario.gap().lead(), scenario.gap().follow()].iter().position(|region| *region == place);
        if let Some(side) = side {
            let table = sources.shifts().iter().map(|shift| shift[side]).collect();
            shifts.push(Shift { table, ..shift(sources.pick()) });
        }
    }
    shifts
}

/// What turns nominal dollars into the money shown; none if they are what is shown.
pub(super) fn planned_money(scenario: &Scenario) -> Option<PlannedMoney> {
    let money = scenario.money();
    (!money.is_plain()).then(|| PlannedMoney {
        rate: if money.currency() == Currency::Usd { Vec::new() } else { money.exchange_rate().to_vec() },
        inflation: money.inflation().cloned(),
        prices: money.prices(),
    })
}
