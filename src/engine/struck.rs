//! What struck each path of a block: the year each event begins, the years each jump strikes, the years each regime lasts.

use super::column::Column;
use super::plan::Plan;

/// What luck of its own did to the paths of a block, besides moving levels; recorded where a plan asks for it.
#[derive(Debug)]
pub struct Struck {
    pub(super) rows: usize,
    /// By event, the year it begins; infinite where it never does.
    pub(super) begins: Vec<Column>,
    /// By jump, the number of years in which it struck.
    pub(super) strikes: Vec<Column>,
    /// By chain and state, the number of simulated years spent in it.
    pub(super) states: Vec<Vec<Column>>,
}

impl Struck {
    pub(super) fn new(plan: &Plan) -> Self {
        let columns = |count: usize| (0..count).map(|_| Column::default()).collect::<Vec<Column>>();
        let states = plan.chain.as_ref().map_or(0, |chain| chain.states.len());
        Self {
            rows: 0,
            begins: columns(plan.events.len()),
            strikes: columns(plan.jumps.len()),
            states: plan.chain_keys.iter().map(|_| columns(states)).collect(),
        }
    }

    /// Begins so many paths, on which nothing has struck yet.
    pub(super) fn restart(&mut self, rows: usize) {
        self.rows = rows;
        let counts = self.strikes.iter_mut().chain(self.states.iter_mut().flatten());
        counts.for_each(|column| column[..rows].fill(0.0));
    }

    /// The year that an event begins on each path, by the event's position in the scenario; infinite where it never does, and
    /// perhaps behind the horizon.
    #[must_use]
    pub fn begins(&self, event: usize) -> &[f64] {
        &self.begins[event][..self.rows]
    }

    /// Number of simulated years in which a jump struck, by its position in the scenario.
    #[must_use]
    pub fn strikes(&self, jump: usize) -> &[f64] {
        &self.strikes[jump][..self.rows]
    }

    /// Number of simulated years that a chain spent in a state: one chain for all regions, or one for each.
    #[must_use]
    pub fn years_in(&self, chain: usize, state: usize) -> &[f64] {
        &self.states[chain][state][..self.rows]
    }
}
