//! The scenario's own conditions: what they look at, and their answers counted over paired paths.

use crate::measure::{Condition, When};
use crate::metric::Measure;
use crate::scenario::Scenario;

use super::probability::Tally;

/// A condition of the scenario with the measure it looks at and the value of the base year.
#[derive(Clone, Debug)]
pub(super) struct ConditionOnPaths {
    /// The condition that must hold.
    pub condition: Condition,
    /// What it looks at.
    pub measure: Measure,
    /// The value of the base year, before the first one-year multiple.
    pub start: f64,
}

/// Counts answers of 0 and 1: even paths in the first half, the odd ones of the same draws in the second.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
pub(super) fn count_ones(answers: &[u64]) -> Tally {
    let (even, odd) = answers.split_at(answers.len() / 2);
    let mut tally = Tally::default();
    for (even, odd) in even.iter().zip(odd) {
        tally.yes += even + odd;
        tally.both += even & odd;
    }
    tally
}

impl ConditionOnPaths {
    /// A condition with the measure it looks at.
    pub(crate) fn new(scenario: &Scenario, condition: Condition) -> Self {
        let measure = Measure { metric: condition.metric, subject: condition.subject };
        // Conditions speak of nominal dollars, whatever money is shown.
        let worth = if measure.metric.is_money() { libm::exp(scenario.log_money(scenario.base_year())) } else { 1.0 };
        let start = measure.observed(scenario, scenario.base_year()).map_or(f64::NAN, |it| it.value / worth);
        Self { condition, measure, start }
    }

    /// Sets the answers and the values of the year before to those of the base year.
    pub(crate) fn begin(&self, answers: &mut [u64], before: &mut [f64]) {
        answers.fill(u64::from(self.condition.when == When::EveryYear));
        before.fill(self.start);
    }

    /// Answers the condition for a year as 0 or 1, from the values of that year and of the year before, which they become.
    pub(crate) fn answer(&self, column: &[f64], answers: &mut [u64], before: &mut [f64]) {
        let condition = &self.condition;
        for ((answer, before), value) in answers.iter_mut().zip(before.iter()).zip(column) {
            let value = if condition.one_year_multiple { value / before } else { *value };
            let holds = u64::from(condition.comparison.holds(value, condition.threshold));
            *answer = match condition.when {
                When::EachYear | When::In(_) => holds,
                When::SomeYear => *answer | holds,
                When::EveryYear => *answer & holds,
            };
        }
        before.copy_from_slice(column);
    }
}

/// Questions first, then checks, in the order of the scenario. What must hold must hold in every year.
pub(super) fn conditions(scenario: &Scenario) -> Vec<ConditionOnPaths> {
    let checks = scenario.checks().iter().map(|check| {
        let mut condition = check.that().clone();
        if condition.when == When::EachYear {
            condition.when = When::EveryYear;
        }
        condition
    });
    let all = scenario.questions().iter().map(|question| question.that().clone()).chain(checks);
    all.map(|condition| ConditionOnPaths::new(scenario, condition)).collect()
}
