//! The Gaussian copula of correlated assumptions, and which of them are drawn again given the others.

use crate::engine::stream::StreamKey;
use crate::scenario::{AssumptionId, Correlations};

use super::parts::PlannedAssumption;

/// Correlated assumptions in canonical order, with the factor of their matrix.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::engine) struct PlannedCopula {
    pub members: Vec<AssumptionId>,
    pub correlations: Correlations,
    /// Members that are drawn with B.
    pub redrawn: Redrawn,
}

/// Members of a copula that are drawn with B.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::engine) enum Redrawn {
    /// None: all numbers are those of A.
    None,
    /// Some or all: for each of them its row, and the weights of the rows that keep their values of A.
    Given(Vec<(usize, Vec<(usize, f64)>)>),
}

impl PlannedCopula {
    pub(crate) fn new((members, correlations): (&[AssumptionId], &Correlations)) -> Self {
        let (members, correlations) = (members.to_vec(), correlations.clone());
        Self { members, correlations, redrawn: Redrawn::None }
    }

    /// Works out which members are drawn again, and how they follow those that keep their values.
    ///
    /// A member with a given value neither is drawn nor says anything of the others: its value was set, not observed.
    pub(crate) fn redraw(&mut self, assumptions: &[PlannedAssumption]) {
        let rows = |stream: StreamKey| -> Vec<usize> {
            let drawn = |row: &usize| {
                let assumption = &assumptions[self.members[*row]];
                assumption.is_drawn() && assumption.stream == stream
            };
            (0..self.members.len()).filter(drawn).collect()
        };
        let (kept, again) = (rows(StreamKey::A), rows(StreamKey::B));
        self.redrawn = if again.is_empty() {
            Redrawn::None
        } else {
            let weights = |row: &usize| (*row, self.weights(*row, &kept));
            Redrawn::Given(again.iter().map(weights).collect())
        };
    }

    /// Regression weights of a row on others, `Σ_uu⁻¹ Σ_ur`; those that are zero are left out.
    fn weights(&self, row: usize, others: &[usize]) -> Vec<(usize, f64)> {
        let of = |a: usize, b: usize| self.correlations.matrix()[a * self.correlations.size() + b];
        let size = others.len();
        let matrix = others.iter().flat_map(|a| others.iter().map(|b| of(*a, *b))).collect();
        let kept = Correlations::new(size, matrix);
        let factor = kept.factor();
        let pivot = |place: usize| factor[place * size + place];
        // A row that others determine has no pivot and needs no weight.
        let over = |sum: f64, place: usize| if pivot(place) > 1e-9 { sum / pivot(place) } else { 0.0 };
        let mut solved = vec![0.0; size];
        for place in 0..size {
            let known: f64 = (0..place).map(|k| factor[place * size + k] * solved[k]).sum();
            solved[place] = over(of(others[place], row) - known, place);
        }
        for place in (0..size).rev() {
            let known: f64 = (place + 1..size).map(|k| factor[k * size + place] * solved[k]).sum();
            solved[place] = over(solved[place] - known, place);
        }
        others.iter().copied().zip(solved).filter(|(_, weight)| *weight != 0.0).collect()
    }
}
