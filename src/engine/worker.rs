//! What one thread simulates with: the paths of a block under every plan, and what an observer has counted of them.

use super::block::Block;
use super::common::Common;
use super::plan::Plan;
use super::shocks::Shocks;
use super::simulator::Simulator;
use super::stream::Streams;

/// Simulators and blocks of all plans, and the observer's counts.
pub(super) struct Worker<C> {
    simulators: Vec<Simulator>,
    /// Of each plan the paths that were simulated last.
    pub blocks: Vec<Block>,
    /// Of each plan that is the first with its shocks.
    shocks: Vec<Option<Shocks>>,
    /// What the observer has counted.
    pub counts: C,
}

impl<C> Worker<C> {
    pub(crate) fn new(plans: &[&Plan], common: &Common, streams: &Streams, counts: C) -> Self {
        let simulators: Vec<Simulator> = plans.iter().map(|plan| Simulator::new(plan, streams.clone())).collect();
        let own = |place: usize| {
            (common.shocks[place] == place).then(|| Shocks::new(plans[place], simulators[place].process()))
        };
        Self {
            shocks: (0..plans.len()).map(own).collect(),
            simulators,
            blocks: plans.iter().map(|plan| Block::new(plan)).collect(),
            counts,
        }
    }

    /// Simulates the paths from `first` on under every plan, year by year, so that plans with the same shocks find those of
    /// the year where they were drawn.
    pub(crate) fn simulate(&mut self, plans: &[&Plan], common: &Common, first: u64, paths: usize) {
        let Self { simulators, blocks, shocks, .. } = self;
        for (place, (simulator, plan)) in simulators.iter_mut().zip(plans).enumerate() {
            let (earlier, block) = blocks.split_at_mut(place);
            let known = |id: usize| {
                let [plan, id] = common.values[place][id]?;
                Some(earlier[plan].assumption(id))
            };
            simulator.begin(plan, &mut block[0], (first, paths), &known);
        }
        for (place, shocks) in shocks.iter_mut().enumerate() {
            let block = &blocks[place];
            let values = |id: usize| block.assumption(id);
            shocks.iter_mut().for_each(|shocks| shocks.restart(plans[place], &values, block.draws()));
        }
        let years = plans.iter().map(|plan| plan.years).max().unwrap_or(0);
        for index in 0..years {
            for (place, (plan, block)) in plans.iter().zip(&mut *blocks).enumerate() {
                if index < plan.years {
                    let drawn_by = common.shocks[place];
                    let columns = shocks[drawn_by].as_mut().expect("the first plan with its shocks draws them");
                    let when = simulators[drawn_by].when(block, plan.year(index));
                    let (process, draws) = (simulators[drawn_by].process(), &block.assumptions);
                    let columns = columns.of_year(plans[drawn_by], process, draws, when);
                    simulators[place].advance(plan, block, index, columns);
                }
            }
        }
        for ((simulator, block), plan) in simulators.iter().zip(blocks).zip(plans) {
            simulator.end(plan, block);
        }
    }
}
