//! The Gaussian copula of correlated assumptions, and which of them are drawn again given the others.

use crate::engine::stream::StreamKey;
use crate::random::Purpose;
use crate::scenario::{AssumptionId, Correlations, Scenario};

use super::mixing::PlannedMixing;
use super::parts::PlannedAssumption;

/// Correlated assumptions in canonical order, with how their normals are mixed.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::engine) struct PlannedCopula {
    /// The assumption of each row; none of a row that the scenario has no assumption for, whose number the others still see.
    pub members: Vec<Option<AssumptionId>>,
    pub mixing: PlannedMixing,
    /// Members that are drawn with B.
    pub redrawn: Redrawn,
}

/// Members of a copula that are drawn with B.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::engine) enum Redrawn {
    /// None: all numbers are those of A.
    None,
    /// Some members or all of them.
    Given {
        /// For each of them its row, and the weights of the rows that keep their values of A, every correlation at its median.
        again: Vec<(usize, Vec<(usize, f64)>)>,
        /// Rows that keep their values of A.
        kept: Vec<usize>,
    },
}

impl PlannedCopula {
    pub(crate) fn new(scenario: &Scenario) -> Self {
        let of = |row: &String| scenario.assumptions().iter().position(|it| it.address() == row);
        let members = scenario.copula().rows().iter().map(of).collect();
        let mixing = PlannedMixing::new(scenario, scenario.copula(), Purpose::Assumption);
        Self { members, mixing, redrawn: Redrawn::None }
    }

    /// Row of an assumption.
    pub(crate) fn row(&self, id: AssumptionId) -> Option<usize> {
        self.members.iter().position(|member| *member == Some(id))
    }

    /// Works out which members are drawn again, and how they follow those that keep their values.
    ///
    /// A member with a given value neither is drawn nor says anything of the others: its value was set, not observed.
    pub(crate) fn redraw(&mut self, assumptions: &[PlannedAssumption]) {
        let rows = |stream: StreamKey| -> Vec<usize> {
            let drawn = |row: &usize| {
                let assumption = self.members[*row].map(|id| &assumptions[id]);
                assumption.is_some_and(|it| it.is_drawn() && it.stream == stream)
            };
            (0..self.members.len()).filter(drawn).collect()
        };
        let (kept, again) = (rows(StreamKey::A), rows(StreamKey::B));
        let matrix = self.mixing.correlations().matrix();
        self.redrawn = if again.is_empty() {
            Redrawn::None
        } else {
            let of = |row: &usize| (*row, weights((matrix, self.members.len()), *row, &kept));
            Redrawn::Given { again: again.iter().map(of).collect(), kept }
        };
    }
}

/// Regression weights of a row of a matrix on others, `Σ_uu⁻¹ Σ_ur`; those that are zero are left out.
pub(in crate::engine) fn weights((matrix, rows): (&[f64], usize), row: usize, others: &[usize]) -> Vec<(usize, f64)> {
    let of = |a: usize, b: usize| matrix[a * rows + b];
    let size = others.len();
    let kept = others.iter().flat_map(|a| others.iter().map(|b| of(*a, *b))).collect();
    let kept = Correlations::new(size, kept);
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
