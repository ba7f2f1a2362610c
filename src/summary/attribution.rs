//! Which input caused the difference: Shapley values over the inputs that two scenarios differ in.
//!
//! For every subset of the changed inputs there is a scenario in between, simulated on the same luck; the part of an
//! input is its mean effect over all orders of taking the inputs over. The parts add up to the whole difference
//! (Shapley, 1953). Exact up to six groups of inputs; above, over random orders, with a standard error.

mod answer;
mod groups;
mod hybrids;
mod orders;
mod rounding;

use std::collections::BTreeSet;

use crate::engine::Settings;
use crate::metric::{Measure, Metric, Subject};
use crate::scenario::{Difference, Role, Scenario};

use super::objective::Variant;
pub use answer::{Answer, Evaluate};
use groups::{Group, Taken, groups};
pub use groups::{MOST_EXACT, number_of_groups};
use hybrids::Hybrids;
use orders::{exact, random_orders, sampled, steps, subsets};
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
    /// random orders ask for. Equal sets of inputs are simulated once, and side by side.
    #[must_use]
    pub fn of(base: &Scenario, what_if: &Scenario, settings: &Settings, evaluate: Evaluate) -> Self {
        let year = base.horizon().min(what_if.horizon());
        let differences = base.differences(what_if);
        let groups = groups(&differences);
        let with_role = |lever: bool| -> Taken {
            (0..groups.len()).filter(|group| (groups[*group].role == Role::Lever) == lever).collect()
        };
        let (levers, others) = (with_role(true), with_role(false));
        let both_roles = !levers.is_empty() && !others.is_empty();
        let orders = if groups.len() > MOST_EXACT { random_orders(groups.len(), settings.seed) } else { Vec::new() };
        let mut asked: BTreeSet<Taken> = if orders.is_empty() {
            subsets(groups.len()).collect()
        } else {
            orders.iter().flatten().flat_map(|order| steps(order)).collect()
        };
        if both_roles {
            asked.insert(others.clone());
        }
        let known = Hybrids::new(base, what_if, &differences, &groups).answers(&asked, year, settings, evaluate);
        let answer = |taken: &Taken| known[taken];
        let (first, whole) = (answer(&Taken::new()), answer(&(0..groups.len()).collect()));
        let last = last_answer([base, what_if], year, settings, evaluate);
        let values: Vec<(Answer, Option<Answer>)> = if orders.is_empty() {
            exact(groups.len(), &answer).into_iter().map(|value| (value, None)).collect()
        } else {
            sampled(&orders, &answer)
        };
        let mut parts = parts(&differences, &groups, values);
        // With all inputs taken over, what is left is what cannot be exchanged: the figures.
        if base.apart(what_if).iter().any(|it| ["source", "figures"].contains(&it.what)) {
            let (name, value) = ("figures".to_owned(), last.minus(whole));
            parts.push(Part { addresses: vec![name.clone()], name, role: Role::Assumption, value, error: None });
        }
        let with_assumptions = both_roles.then(|| answer(&others));
        Self { year, base: first, what_if: last, with_assumptions, parts, runs: known.len() + 1 }
    }

    /// The part of an input, if it is one.
    #[must_use]
    pub fn part(&self, name: &str) -> Option<&Part> {
        self.parts.iter().find(|part| part.name == name)
    }
}

/// What the what-if answers by itself.
fn last_answer([base, what_if]: [&Scenario; 2], year: i32, settings: &Settings, evaluate: Evaluate) -> Answer {
    let mut last = Answer::of(&[Variant::of(what_if)], year, settings, evaluate)[0];
    let gap = Measure { metric: Metric::Gap, subject: Subject::Gap };
    if gap.unit(base) != gap.unit(what_if) {
        // Amounts in different money have no difference.
        last.mean_gap = f64::NAN;
    }
    last
}

/// The parts of all groups, the largest first.
fn parts(differences: &[Difference], groups: &[Group], values: Vec<(Answer, Option<Answer>)>) -> Vec<Part> {
    let part = |(group, (value, error)): (&Group, (Answer, Option<Answer>))| Part {
        name: group.name.clone(),
        addresses: group.places.iter().map(|place| differences[*place].address.clone()).collect(),
        role: group.role,
        value,
        error,
    };
    let mut parts: Vec<Part> = groups.iter().zip(values).map(part).collect();
    parts.sort_by(|a, b| {
        // What has no size comes last.
        let size = |part: &Part| Some(part.value.log_median_ratio.abs()).filter(|size| !size.is_nan()).unwrap_or(-1.0);
        size(b).total_cmp(&size(a)).then_with(|| a.name.cmp(&b.name))
    });
    parts
}
