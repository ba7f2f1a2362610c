//! Fills blocks with paths, year by year: what a worker simulates with.

use crate::growth::{State, Step};

use super::base;
use super::block::Block;
use super::chains::Chains;
use super::column::{Column, PATHS_PER_BLOCK};
use super::companions;
use super::deals::OneByOne;
use super::departures::Departures;
use super::logs::{LN_1000, beyond, follow};
use super::plan::{Plan, PlannedLuck, PlannedRegion};
use super::region_year::RegionYear;
use super::scratch::RegionScratch;
use super::stream::{Stream, Streams, When};

/// Everything that the paths of a plan are made with and that is reused from block to block.
#[derive(Debug)]
pub(super) struct Simulator {
    streams: Streams,
    luck: PlannedLuck,
    chains: Chains,
    /// What each growth model remembers: level and memory.
    states: Vec<(Column, Column)>,
    departures: Departures,
    /// By region: whether its levels are those of its models, which then stand in its columns and nowhere else.
    plain: Vec<bool>,
    scratch: Vec<RegionScratch>,
    /// Where deals are drawn one by one.
    one_by_one: Option<OneByOne>,
    /// Whether any log of this block may have left the range of numbers.
    suspect: bool,
}

impl Simulator {
    pub(crate) fn new(plan: &Plan, streams: Streams) -> Self {
        let departures = Departures::new(plan);
        let plain = |place: usize| {
            plan.details[place].leaves_models_alone()
                && plan.series_of(place).all(|series| !departures.act_on(plan, series))
        };
        Self {
            streams,
            luck: plan.luck,
            chains: Chains::new(&plan.chain_keys),
            states: plan.series.iter().map(|_| (Column::default(), Column::default())).collect(),
            plain: (0..plan.regions.len()).map(plain).collect(),
            departures,
            scratch: plan.details.iter().map(RegionScratch::new).collect(),
            one_by_one: plan.details.iter().any(|details| details.draws_one_by_one()).then(OneByOne::new),
            suspect: false,
        }
    }

    /// Numbers of the luck of shocks, regimes, counts and single deals.
    pub(crate) fn process(&self) -> &Stream {
        self.streams.of(self.luck.process)
    }

    /// The paths of a block in a year.
    pub(crate) fn when(&self, block: &Block, year: i32) -> When {
        When { first: block.first_path, draws: block.draws, year }
    }

    /// Begins the paths from `first` on, an even number of them; `known` has the values of assumptions that are drawn
    /// already.
    pub(crate) fn begin<'a>(
        &mut self,
        plan: &Plan,
        block: &mut Block,
        (first, paths): (u64, usize),
        known: &dyn Fn(usize) -> Option<&'a [f64]>,
    ) {
        debug_assert!(paths.is_multiple_of(2) && paths <= PATHS_PER_BLOCK);
        block.restart(first, paths);
        block.assumptions.fill(plan, &self.streams, (first / 2, paths / 2), known);
        self.suspect = false;
        let base = self.when(block, plan.base_year);
        let [process, events] = [plan.luck.process, plan.luck.events].map(|key| self.streams.of(key));
        self.chains.start(plan, &block.assumptions, process, base);
        self.departures.start(plan, &block.assumptions, events, base);
        if let Some(struck) = &mut block.struck {
            self.departures.record_start(2 * block.draws, struck);
        }
        base::measure(plan, &self.streams, base, block, &mut self.scratch);
        base::start(plan, block, &self.scratch, &mut self.states);
        base::convert(plan, block);
        companions::fill(plan, (&block.assumptions, block.draws), &mut block.companions);
    }

    /// Simulates a year, which follows the one before, with its shocks.
    pub(crate) fn advance(&mut self, plan: &Plan, block: &mut Block, index: usize, shocks: &[Column]) {
        let when = self.when(block, plan.year(index));
        let [process, events] = [plan.luck.process, plan.luck.events].map(|key| self.streams.of(key));
        self.chains.advance(plan, &block.assumptions, process, when);
        self.departures.advance(plan, &block.assumptions, events, when);
        if let Some(struck) = &mut block.struck {
            self.departures.record(plan, &block.assumptions, events, when, struck);
            self.chains.record(2 * when.draws, struck);
        }
        self.grow(plan, block, (index, when), shocks);
        for place in 0..plan.regions.len() {
            self.publish(plan, block, (place, index), when);
        }
    }

    /// Ends a block: counts what left the range of numbers.
    pub(crate) fn end(&self, plan: &Plan, block: &mut Block) {
        block.saturated = 0;
        if self.suspect {
            block.count_saturated(plan.years);
        }
    }

    /// Moves the growth models of all series by one year.
    fn grow(&mut self, plan: &Plan, block: &mut Block, (index, when): (usize, When), shocks: &[Column]) {
        let draws = block.draws;
        for (series, (level, memory)) in plan.series.iter().zip(&mut self.states) {
            let mut certain = true;
            let drawn = series.growth.map(|quantity| {
                let id = quantity.in_year(when.year);
                certain &= plan.assumptions[id].is_certain();
                block.assumptions.column(id, draws)
            });
            let states = self.chains.states(plan.details[series.region].chain);
            let shocks = series.row.map_or(&[][..], |row| &shocks[row][..2 * draws]);
            // The two paths of a draw share its parameters, so each half of the rows has the column of all draws.
            let together = if certain && drawn.steps_at_once() { 2 * draws } else { draws };
            for first in (0..2 * draws).step_by(together) {
                let rows = first..first + together;
                let regime = if states.is_empty() { states } else { &states[rows.clone()] };
                let shock = if shocks.is_empty() { shocks } else { &shocks[rows.clone()] };
                let step = Step { year: when.year, shock, regime, certain };
                let memory = &mut memory[rows.clone()];
                if self.plain[series.region] {
                    let (before, now) = block.regions[series.region].of(series.kind).step(index, level);
                    drawn.advance_from(&before[rows.clone()], &mut State { level: &mut now[rows], memory }, step);
                } else {
                    drawn.advance(&mut State { level: &mut level[rows], memory }, step);
                }
            }
        }
    }

    /// Writes the levels of a region in a year, with everything that departs from the models, and the quantity that follows.
    fn publish(&mut self, plan: &Plan, block: &mut Block, (place, index): (usize, usize), when: When) {
        for series in plan.series_of(place).filter(|_| !self.plain[place]) {
            let column = block.regions[place].of(plan.series[series].kind).year_mut(index, 2 * when.draws);
            column.copy_from_slice(&self.states[series].0[..2 * when.draws]);
            self.departures.multiply(plan, &block.assumptions, series, when, column);
        }
        let columns = &mut block.regions[place];
        // Two modelled quantities, and the third that follows: `first + sign second + offset`.
        let third = match plan.regions[place] {
            PlannedRegion::FundingAlone { .. } => {
                self.suspect |= beyond(columns.funding(index));
                None
            }
            PlannedRegion::DealsAndSize { .. } => {
                let (deals, size, funding) = columns.all();
                Some(([deals, size, funding], 1.0, -LN_1000))
            }
            PlannedRegion::DealsAndFunding { .. } => {
                let (deals, size, funding) = columns.all();
                Some(([funding, deals, size], -1.0, LN_1000))
            }
            PlannedRegion::SizeAndFunding { .. } => {
                let (deals, size, funding) = columns.all();
                Some(([funding, size, deals], -1.0, LN_1000))
            }
        };
        if let Some((quantities, sign, offset)) = third {
            let [first, second, third] = quantities.map(|columns| columns.year_mut(index, 2 * when.draws));
            self.suspect |= follow(first, second, third, sign, offset);
        }
        if !plan.details[place].leaves_models_alone() {
            let mut year = RegionYear {
                plan,
                place,
                index,
                when,
                luck: self.streams.of(plan.luck.process),
                assumptions: &block.assumptions,
                departures: &self.departures,
                columns: &mut block.regions[place],
                scratch: &mut self.scratch[place],
            };
            self.suspect |= year.depart(self.one_by_one.as_mut());
        }
    }
}
