//! States of the Markov chains, moved once a year before the shocks.

use crate::random::Key;
use crate::regime::{Chain, Start, pick};

use super::column::Column;
use super::draws::Draws;
use super::plan::Plan;
use super::stream::{Stream, When};
use super::struck::Struck;
use super::yearly::Yearly;

/// The state of every chain on every path.
#[derive(Debug)]
pub(super) struct Chains {
    chains: Vec<(Yearly, Column<u8>)>,
}

impl Chains {
    pub(crate) fn new(keys: &[Key]) -> Self {
        Self { chains: keys.iter().map(|key| (Yearly::new(*key), Column::default())).collect() }
    }

    /// Draws the states of the base year, which `when` is.
    pub(crate) fn start(&mut self, plan: &Plan, values: &Draws, luck: &Stream, when: When) {
        let Some(planned) = &plan.chain else { return };
        for (numbers, states) in &mut self.chains {
            numbers.restart();
            if let Start::In(state) = planned.start {
                states.fill(u8::try_from(state).expect("few states"));
                continue;
            }
            let uniforms = numbers.of_year(luck, when);
            for (row, (state, uniform)) in states.iter_mut().zip(uniforms).enumerate() {
                let shares = drawn(planned, values, row % when.draws, when.draws).stationary();
                *state = pick(shares.into_iter(), *uniform);
            }
        }
    }

    /// Moves every chain into a year.
    pub(crate) fn advance(&mut self, plan: &Plan, values: &Draws, luck: &Stream, when: When) {
        let Some(planned) = &plan.chain else { return };
        for (numbers, states) in &mut self.chains {
            let uniforms = numbers.of_year(luck, when);
            for (row, (state, uniform)) in states.iter_mut().zip(uniforms).enumerate() {
                let draw = row % when.draws;
                let from = usize::from(*state);
                let moves = &planned.moves[from];
                let chance = |to: usize| moves[to].map_or(0.0, |id| values.column(id, when.draws)[draw]);
                let stay = (1.0 - (0..moves.len()).map(chance).sum::<f64>()).max(0.0);
                let row = (0..moves.len()).map(|to| if to == from { stay } else { chance(to) });
                *state = pick(row, *uniform);
            }
        }
    }

    /// Records the state of each chain in a year that has been advanced to.
    pub(crate) fn record(&self, rows: usize, struck: &mut Struck) {
        for ((_, states), years) in self.chains.iter().zip(&mut struck.states) {
            for (row, state) in states[..rows].iter().enumerate() {
                years[usize::from(*state)][row] += 1.0;
            }
        }
    }

    /// States of a chain, a value a row.
    pub(crate) fn states(&self, chain: Option<usize>) -> &[u8] {
        chain.map_or(&[], |chain| &self.chains[chain].1)
    }
}

/// The chain of one draw.
fn drawn(planned: &Chain<usize>, values: &Draws, draw: usize, draws: usize) -> Chain<f64> {
    planned.map(|id| values.column(*id, draws)[draw])
}
