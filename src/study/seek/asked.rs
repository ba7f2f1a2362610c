//! A recipe to seek, read with the names of its scenario, and what it asks of a run.

use crate::measure::{Condition, Goal, Mistake, QuantityOfInterest, Statistic, When};
use crate::metric::Measure;
use crate::scenario::Scenario;
use crate::summary::{Majority, Objective};

use super::super::exists::why_it_does_not_exist;
use super::super::named::named_twice;
use super::super::recipe::Seek;
use super::super::refused::Refused;
use super::super::varied::Varied;

/// A recipe to seek, read with the names of its scenario.
#[derive(Clone, Debug)]
pub struct Asked {
    /// What is sought.
    pub goal: Goal,
    /// Inputs that may change.
    pub named: Vec<Varied>,
}

impl Seek {
    /// Reads its goal and its inputs.
    ///
    /// # Errors
    /// The first mistake, with the flag it stands behind.
    pub fn asked(&self, scenario: &Scenario) -> Result<Asked, Refused> {
        let wrong = |flag: &'static str, text: &str| {
            let text = text.to_owned();
            move |mistake: Mistake| Refused::Asked { flag, text, mistake }
        };
        let goal = scenario.goal(&self.so_that).map_err(wrong("--so-that", &self.so_that))?;
        if let Some(why) = why_it_does_not_exist(scenario, &goal.target.asked) {
            let span = 0..self.so_that.len();
            let cure = "seek the median, a quantile or a chance instead".to_owned();
            return Err(wrong("--so-that", &self.so_that)(Mistake { span, what: why, cure }));
        }
        let mut named: Vec<Varied> = Vec::new();
        for change in &self.change {
            let varied =
                Varied::of(scenario, &change.address, change.fixed).map_err(wrong("--change", &change.address))?;
            if let Some(mistake) = named_twice(named.iter(), &varied, &change.address) {
                return Err(wrong("--change", &change.address)(mistake));
            }
            named.push(match &change.between {
                Some(text) => varied.between(scenario, text).map_err(wrong("--between", text))?,
                // What two inputs do together is asked where the scenario thinks that they lie.
                None if self.change.len() > 1 => varied.as_likely(scenario),
                None => varied,
            });
        }
        Ok(Asked { goal, named })
    }
}

/// What is asked of a run for a target.
#[must_use]
pub(crate) fn objective(asked: &QuantityOfInterest) -> Objective {
    match asked {
        QuantityOfInterest::Statistic { statistic, metric, subject, year } => Objective::Statistic {
            statistic: *statistic,
            measure: Measure { metric: *metric, subject: *subject },
            year: *year,
        },
        QuantityOfInterest::Share { condition, year } => {
            Objective::Condition { condition: condition.clone(), year: *year }
        }
    }
}

/// The goal as a share of paths that has to meet a condition; `None` for means, deviations, and money that is not nominal
/// dollars, which conditions are in.
pub(super) fn majority(goal: &Goal, scenario: &Scenario) -> Option<Majority> {
    let more = goal.wants_more();
    match &goal.target.asked {
        QuantityOfInterest::Share { condition, year } => {
            let share = if more { goal.bound } else { 1.0 - goal.bound };
            Some(Majority { condition: condition.clone(), year: *year, fails: !more, share })
        }
        QuantityOfInterest::Statistic { statistic: Statistic::Quantile(p), metric, subject, year } => {
            let nominal = scenario.money().unit("$bn") == "$bn";
            (nominal || !metric.is_money()).then(|| {
                let condition = Condition {
                    text: goal.text.clone(),
                    metric: *metric,
                    subject: *subject,
                    one_year_multiple: false,
                    when: When::In(*year),
                    comparison: goal.comparison,
                    threshold: goal.bound,
                };
                Majority { condition, year: *year, fails: false, share: if more { 1.0 - p } else { *p } }
            })
        }
        QuantityOfInterest::Statistic { .. } => None,
    }
}
