//! Which input caused the difference: Shapley values over the inputs that two scenarios differ in.
//!
//! For every subset of the changed inputs there is a scenario in between, simulated on the same luck; the part of an
//! input is its mean effect over all orders of taking the inputs over. The parts add up to the whole difference
//! (Shapley, 1953). Exact up to six groups of inputs; above, over random orders, with a standard error.

mod answer;
mod groups;
mod orders;
mod rounding;

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::Settings;
use crate::metric::{Measure, Metric, Subject};
use crate::scenario::{Difference, Role, Scenario};

pub use answer::Answer;
use groups::groups;
pub use groups::{MOST_EXACT, number_of_groups};
use orders::{exact, sampled};
pub use rounding::rounded_to_add_up;

/// What one group of inputs contributes.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Its name: the address of its input, or what its inputs have in common.
    pub name: String,
    /// Addresses of its inputs.
    pub addresses: Vec<String>,
    /// A lever if a decision sets one of them.
    pub role: Role,
    /// Its part in each answer.
    pub value: Answer,
    /// Standard errors over the orders; none where every subset was simulated.
    pub error: Option<Answer>,
}

/// The difference between two scenarios, divided among their inputs.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// Last year that both have.
    pub year: i32,
    /// Answers of the baseline.
    pub base: Answer,
    /// Answers of the what-if.
    pub what_if: Answer,
    /// With the changed assumptions alone, without the levers; none if only one of the two changed.
    pub with_assumptions: Option<Answer>,
    /// Parts in the order of their size; they add up to the difference.
    pub parts: Vec<Part>,
    /// Scenarios simulated.
    pub runs: usize,
}

impl Attribution {
    /// Divides the difference of a what-if from its baseline among the inputs that differ.
    ///
    /// Every scenario in between is simulated with all paths: up to 2^6 of them, and above six groups as many as
    /// random orders ask for. Equal sets of inputs are simulated once.
    #[must_use]
    pub fn of(base: &Scenario, what_if: &Scenario, settings: Settings) -> Self {
        let year = base.horizon().min(what_if.horizon());
        let differences = base.differences(what_if);
        let groups = groups(&differences);
        let mut known: BTreeMap<BTreeSet<usize>, Answer> = BTreeMap::new();
        let mut answer = |taken: &[usize]| {
            *known.entry(taken.iter().copied().collect()).or_insert_with(|| {
                let of_group = |group: &usize| groups[*group].places.iter().map(|place| &differences[*place]);
                let taken: Vec<&Difference> = taken.iter().flat_map(of_group).collect();
                Answer::of(&base.with(what_if, &taken), year, settings)
            })
        };
        let (first, mut last) = (answer(&[]), Answer::of(what_if, year, settings));
        let gap = Measure { metric: Metric::Gap, subject: Subject::Gap };
        if gap.unit(base) != gap.unit(what_if) {
            // Amounts in different money have no difference.
            last.mean_gap = f64::NAN;
        }
        let levers: Vec<usize> = (0..groups.len()).filter(|group| groups[*group].role == Role::Lever).collect();
        let others: Vec<usize> = (0..groups.len()).filter(|group| groups[*group].role != Role::Lever).collect();
        let with_assumptions = (!levers.is_empty() && !others.is_empty()).then(|| answer(&others));
        let all: Vec<usize> = (0..groups.len()).collect();
        // With all inputs taken over, what is left is what cannot be exchanged: the figures.
        let whole = if groups.is_empty() { first } else { answer(&all) };
        let values = if groups.len() <= MOST_EXACT {
            exact(groups.len(), first, whole, &mut answer).into_iter().map(|value| (value, None)).collect()
        } else {
            sampled(groups.len(), first, whole, settings.seed, &mut answer)
        };
        let mut parts: Vec<Part> = groups
            .iter()
            .zip(values)
            .map(|(group, (value, error))| Part {
                name: group.name.clone(),
                addresses: group.places.iter().map(|place| differences[*place].address.clone()).collect(),
                role: group.role,
                value,
                error,
            })
            .collect();
        parts.sort_by(|a, b| {
            // What has no size comes last.
            let size =
                |part: &Part| Some(part.value.log_median_ratio.abs()).filter(|size| !size.is_nan()).unwrap_or(-1.0);
            size(b).total_cmp(&size(a)).then_with(|| a.name.cmp(&b.name))
        });
        let rest = last.minus(whole);
        if base.data().name != what_if.data().name || base.source() != what_if.source() {
            let name = "figures".to_owned();
            parts.push(Part { addresses: vec![name.clone()], name, role: Role::Assumption, value: rest, error: None });
        }
        let runs = known.len() + 1;
        Self { year, base: first, what_if: last, with_assumptions, parts, runs }
    }

    /// The part of an input, if it is one.
    #[must_use]
    pub fn part(&self, name: &str) -> Option<&Part> {
        self.parts.iter().find(|part| part.name == name)
    }
}
