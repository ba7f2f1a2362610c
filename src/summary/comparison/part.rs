//! Pairs of a range of paths, counted on any machine and merged with those of the other ranges.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::engine::{self, Plan, Settings};
use crate::scenario::Scenario;

use super::super::Summary;
use super::pairing::{PairTallies, Pairing};
use super::row::PairedRow;

/// What a range of paths has counted of a baseline and a what-if.
///
/// Histograms, tallies and exact sums add up to the same in whatever order they come. Points are paired replicate by
/// replicate, and not in parts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PairedPart {
    cells: Vec<PairTallies>,
}

impl PairedPart {
    /// Pairs a range of paths, which begins where a block does.
    #[must_use]
    pub fn of(baseline: &Scenario, what_if: &Scenario, settings: &Settings, range: Range<u64>) -> Self {
        let plans = [baseline, what_if].map(Plan::new);
        let mut pairing = Pairing::new(baseline, what_if);
        let until = settings.up_to(range.end);
        engine::simulate_from(&[&plans[0], &plans[1]], &until, range.start, &mut pairing, &|_| {});
        Self { cells: pairing.cells().to_vec() }
    }

    /// Adds what another range has counted.
    pub fn merge(&mut self, other: &Self) {
        self.cells.iter_mut().zip(&other.cells).for_each(|(total, other)| total.merge(other));
    }

    /// The rows that all ranges together say; `None` if they cannot be of these scenarios.
    #[must_use]
    pub fn rows(
        self,
        [baseline, what_if]: [&Scenario; 2],
        settings: &Settings,
        sides: [&Summary; 2],
    ) -> Option<Vec<PairedRow>> {
        let plans = [baseline, what_if].map(Plan::new);
        let mut pairing = Pairing::new(baseline, what_if);
        pairing.uncertain = plans.iter().any(Plan::is_uncertain);
        pairing.take_cells(self.cells).then(|| pairing.with_errors([&plans[0], &plans[1]], settings, sides))
    }
}
