//! Scenarios in between: a base scenario with some of its differences from a what-if taken over.

use std::collections::{BTreeMap, BTreeSet};

use crate::growth::Growth;
use crate::measure::{Companion, Condition, Subject};
use crate::scenario::model::{
    Assumption, AssumptionId, CompanionSeries, Counting, Event, JumpRisk, Numbered, Of, Quantity, Scenario, Series,
    WrittenPair,
};

use super::part::{What, parameters, same_parameters};

/// A scenario in the making, with every input from one of two sides.
pub(super) struct Hybrid<'a> {
    pub base: &'a Scenario,
    pub what_if: &'a Scenario,
    pub taken: BTreeSet<&'a What>,
    /// Assumptions collected so far, by address: the order of the finished table.
    pub assumptions: BTreeMap<String, Assumption>,
}

impl<'a> Hybrid<'a> {
    pub(crate) fn build(mut self) -> Scenario {
        let mut scenario = self.base.clone();
        let series: Vec<(String, Growth<Named>)> =
            self.base.series().map(|series| (series.address.clone(), self.growth(series))).collect();
        let events: Vec<(&Scenario, &Event)> = self.events();
        let jumps = self.jumps();
        let countings: Vec<_> = self.base.regions.iter().map(|region| self.counting(&region.name)).collect();
        let companions: Vec<_> = self.base.regions.iter().map(|region| self.companions(&region.name)).collect();
        let (shocks, measurement, money) =
            (self.side(&What::Shocks), self.side(&What::Measurement), self.side(&What::Money));
        // A chain without series is harmless, series without their chain are not.
        let chained = self.side(&What::Regimes);
        let pairs = self.pairs();
        events.iter().for_each(|(from, event)| self.collect_all(from, *event));
        jumps.iter().for_each(|(from, jump)| self.collect_all(from, *jump));
        for (from, counting) in countings.iter().flatten() {
            self.collect_all(from, *counting);
        }
        for (from, companions) in companions.iter().flatten() {
            self.collect_all(from, *companions);
        }
        pairs.iter().for_each(|(from, pair)| self.collect_all(from, *pair));
        self.collect_all(shocks, &shocks.shocks);
        self.collect_all(measurement, &measurement.measurement);
        self.collect_all(money, &money.money);
        if let Some(regimes) = &chained.regimes {
            self.collect_all(chained, regimes);
        }
        scenario.assumptions = self.assumptions.values().cloned().collect();
        // Every address that is asked for was collected above.
        let places: BTreeMap<&str, AssumptionId> =
            self.assumptions.keys().enumerate().map(|(place, address)| (address.as_str(), place)).collect();
        for region in &mut scenario.regions {
            for series_of_region in
                [&mut region.deals, &mut region.deal_size, &mut region.funding].into_iter().flatten()
            {
                let (_, growth) =
                    series.iter().find(|(address, _)| *address == series_of_region.address).expect("every series");
                series_of_region.growth = growth.map(|named| named.in_table(&places));
            }
        }
        scenario.events = events.iter().map(|(from, event)| moved(from, *event, &places)).collect();
        scenario.jumps = jumps.iter().map(|(from, jump)| moved(from, *jump, &places)).collect();
        for (region, counting) in scenario.regions.iter_mut().zip(&countings) {
            region.counting = counting.map(|(from, counting)| moved(from, counting, &places));
        }
        for (region, companions) in scenario.regions.iter_mut().zip(&companions) {
            region.companions = companions.map_or_else(Vec::new, |(from, companions)| moved(from, companions, &places));
        }
        scenario.shocks = moved(shocks, &shocks.shocks, &places);
        scenario.measurement = moved(measurement, &measurement.measurement, &places);
        scenario.money = moved(money, &money.money, &places);
        scenario.regimes = chained.regimes.as_ref().map(|regimes| moved(chained, regimes, &places));
        scenario.pairs = pairs.iter().map(|(from, pair)| moved(from, *pair, &places)).collect();
        scenario.mix();
        // What was asked of single deals cannot be asked where they are not simulated.
        let single = |region: usize| scenario.regions[region].counting.is_some_and(|it| it.sizes.is_some());
        let gap = [scenario.gap.lead, scenario.gap.follow];
        let of_all = |that: &Condition, has: &dyn Fn(usize) -> bool| match that.subject {
            Subject::Region(region) => has(region),
            _ => gap.into_iter().all(has),
        };
        let divided = |region: usize, by: Companion| scenario.regions[region].companion(by).is_some();
        let possible = |that: &Condition| {
            (!that.metric.needs_single_deals() || of_all(that, &single))
                && that.metric.companion().is_none_or(|by| of_all(that, &|region| divided(region, by)))
        };
        let questions = scenario.questions.iter().filter(|it| possible(&it.that)).cloned().collect();
        let checks = scenario.checks.iter().filter(|it| possible(&it.that)).cloned().collect();
        (scenario.questions, scenario.checks) = (questions, checks);
        scenario
    }

    /// The scenario that a part is taken from.
    fn side(&self, what: &What) -> &'a Scenario {
        if self.taken.contains(what) { self.what_if } else { self.base }
    }

    fn collect_all(&mut self, from: &Scenario, part: &impl Numbered) {
        for id in part.assumptions() {
            self.collect(from, id);
        }
    }

    fn jumps(&self) -> Vec<(&'a Scenario, &'a JumpRisk)> {
        let names = self.base.jumps.iter().chain(&self.what_if.jumps).map(|jump| jump.address.as_str());
        let chosen = names.collect::<BTreeSet<_>>().into_iter().filter_map(|address| {
            let from = self.side(&What::Jump(address.to_owned()));
            from.jumps.iter().find(|jump| jump.address == address).map(|jump| (from, jump))
        });
        chosen.collect()
    }

    /// The correlations: each from its side, or all from one side where those of both contradict each other.
    fn pairs(&self) -> Vec<(&'a Scenario, &'a WrittenPair)> {
        let (base, what_if) = (self.base, self.what_if);
        let mut chosen = Vec::new();
        for (of, whole) in [(Of::Normals, What::ShockCorrelations), (Of::Ranks, What::AssumptionCorrelations)] {
            if base.exchanges_pairs(what_if, of) {
                for from in [base, what_if] {
                    let is_chosen =
                        |pair: &&WrittenPair| std::ptr::eq(self.side(&What::Pair(from.address_of(pair).clone())), from);
                    chosen.extend(from.pairs_of(of).filter(is_chosen).map(|pair| (from, pair)));
                }
            } else {
                let from = self.side(&whole);
                chosen.extend(from.pairs_of(of).map(|pair| (from, pair)));
            }
        }
        chosen
    }

    fn counting(&self, region: &str) -> Option<(&'a Scenario, &'a Counting)> {
        let from = self.side(&What::Counting(region.to_owned()));
        let region = from.regions.iter().find(|known| known.name == region)?;
        region.counting.as_ref().map(|counting| (from, counting))
    }

    fn companions(&self, region: &str) -> Option<(&'a Scenario, &'a Vec<CompanionSeries>)> {
        let from = self.side(&What::Companions(region.to_owned()));
        let region = from.regions.iter().find(|known| known.name == region)?;
        Some((from, &region.companions))
    }

    /// The growth model of a series, its parameters named by the addresses of their assumptions.
    fn growth(&mut self, base: &'a Series) -> Growth<Named> {
        let other = self.what_if.series().find(|series| series.address == base.address);
        let (base_side, what_if_side) = (self.base, self.what_if);
        let Some(other) = other else { return base.growth.map(|quantity| self.named(base_side, quantity)) };
        let hangs = self.base.hangs_on_the_chain(self.what_if, base, other);
        if hangs || same_parameters(base, other).is_none() {
            let what = if hangs { What::Regimes } else { What::Series(base.address.clone()) };
            let whole = self.taken.contains(&what);
            let (from, growth) = if whole { (what_if_side, &other.growth) } else { (base_side, &base.growth) };
            return growth.map(|quantity| self.named(from, quantity));
        }
        let theirs = parameters(&other.growth);
        let mut place = 0..;
        base.growth.map(|quantity| {
            let place = place.next().expect("the natural numbers do not end");
            if self.taken.contains(&What::Parameter(base.address.clone(), place)) {
                self.named(what_if_side, theirs[place])
            } else {
                self.named(base_side, quantity)
            }
        })
    }

    fn events(&self) -> Vec<(&'a Scenario, &'a Event)> {
        let names = self.base.events.iter().chain(&self.what_if.events).map(|event| event.address.as_str());
        let chosen = names.collect::<BTreeSet<_>>().into_iter().filter_map(|address| {
            let from = self.side(&What::Event(address.to_owned()));
            from.event(address).map(|event| (from, event))
        });
        chosen.collect()
    }

    fn named(&mut self, from: &Scenario, quantity: &Quantity) -> Named {
        let changes = quantity.changes.iter().map(|(year, id)| (*year, self.collect(from, *id)));
        let changes = changes.collect();
        Named { first: self.collect(from, quantity.first), changes }
    }

    /// Keeps an assumption and returns its address.
    fn collect(&mut self, from: &Scenario, id: AssumptionId) -> String {
        let assumption = &from.assumptions[id];
        self.assumptions.entry(assumption.address.clone()).or_insert_with(|| assumption.clone());
        assumption.address.clone()
    }
}

/// A [`Quantity`] by the addresses of its assumptions, while the table is not finished.
struct Named {
    first: String,
    changes: Vec<(i32, String)>,
}

impl Named {
    fn in_table(&self, places: &BTreeMap<&str, AssumptionId>) -> Quantity {
        let changes = self.changes.iter().map(|(year, address)| (*year, places[address.as_str()])).collect();
        Quantity { first: places[self.first.as_str()], changes }
    }
}

/// A part of a scenario with its assumptions where they stand in another table.
fn moved<T: Numbered>(from: &Scenario, part: &T, places: &BTreeMap<&str, AssumptionId>) -> T {
    part.renumbered(&mut |id| places[from.assumptions[id].address.as_str()])
}
