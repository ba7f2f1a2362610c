//! Questions of a run that what came answers, with the Brier score of what the run said.

use crate::measure::score::brier;
use crate::measure::{Condition, When};
use crate::metric::{Base, Measure, Metric, Question, Standing, Subject, sides};
use crate::scenario::Scenario;
use crate::summary::Summary;

use super::outcome::Outcome;

/// A question that the outcome answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Settled {
    /// Name of the question.
    pub name: String,
    /// What exactly is asked.
    pub definition: String,
    /// Year of the answer.
    pub year: i32,
    /// Chance that the run gave.
    pub chance: f64,
    /// Whether it came.
    pub came: bool,
    /// Whether the answer is the same at both ends of what is not known of the outcome.
    pub certain: bool,
}

impl Settled {
    /// The square of what the chance lies from the answer.
    #[must_use]
    pub fn brier(&self) -> f64 {
        brier(self.chance, self.came)
    }
}

/// Value, low and high end of an outcome.
type Ends = [f64; 3];

struct Came<'a> {
    scenario: &'a Scenario,
    outcomes: &'a [Outcome],
}

impl Came<'_> {
    fn find(&self, measure: Measure, year: i32) -> Option<Ends> {
        let found = self.outcomes.iter().find(|it| it.measure == measure && it.year == year)?;
        Some([found.value, found.low, found.high])
    }

    /// What a condition is about, in a year: what came, or what follows from the ratio that came.
    fn of(&self, measure: Measure, year: i32) -> Option<Ends> {
        let ratio = || self.find(Measure { metric: Metric::Ratio, subject: Subject::Gap }, year);
        match measure.metric {
            Metric::LogRatio => ratio().map(|ends| ends.map(libm::log)),
            Metric::Share => ratio().map(|ends| ends.map(|ratio| ratio / (1.0 + ratio))),
            _ => self.find(measure, year),
        }
    }

    /// Every year up to one, each with an outcome; none if one is missing.
    fn up_to<T>(&self, year: i32, of: impl Fn(i32) -> Option<T>) -> Option<Vec<T>> {
        self.scenario.years().take_while(|it| *it <= year).map(of).collect()
    }

    /// Answers to a condition at the value and both ends.
    fn holds(&self, condition: &Condition, year: i32) -> Option<[bool; 3]> {
        let measure = Measure { metric: condition.metric, subject: condition.subject };
        let base = || {
            let seen = measure.observed(self.scenario, self.scenario.base_year())?;
            let worth = libm::exp(self.scenario.log_money(self.scenario.base_year()));
            Some(if measure.metric.is_money() { seen.value / worth } else { seen.value })
        };
        let in_year = |year: i32| -> Option<[bool; 3]> {
            let ends = self.of(measure, year)?;
            let before = match (condition.one_year_multiple, year - 1 == self.scenario.base_year()) {
                (false, _) => 1.0,
                (true, true) => base()?,
                (true, false) => self.of(measure, year - 1)?[0],
            };
            Some(ends.map(|value| condition.comparison.holds(value / before, condition.threshold)))
        };
        let any = |so_far: &[[bool; 3]]| [0, 1, 2].map(|end| so_far.iter().any(|year| year[end]));
        let all = |so_far: &[[bool; 3]]| [0, 1, 2].map(|end| so_far.iter().all(|year| year[end]));
        match condition.when {
            When::EachYear | When::In(_) => in_year(year),
            When::SomeYear => self.up_to(year, in_year).map(|so_far| any(&so_far)),
            When::EveryYear => self.up_to(year, in_year).map(|so_far| all(&so_far)),
        }
    }

    /// Answers to a built-in question at the value and both ends.
    fn answers(&self, question: Question, year: i32, base: &Base) -> Option<[bool; 3]> {
        let of = |metric| move |year: i32| self.find(Measure { metric, subject: Subject::Gap }, year);
        let (gap, ratio) = (of(Metric::Gap)(year)?, of(Metric::Ratio)(year)?);
        let lowest = match question {
            Question::TrailerAheadSoFar => {
                let so_far = self.up_to(year, of(Metric::Gap))?;
                [0, 1, 2].map(|end| so_far.iter().map(|gap| base.lead_of(gap[end])).fold(f64::INFINITY, f64::min))
            }
            _ => gap.map(|gap| base.lead_of(gap)),
        };
        let standing = |end: usize| Standing { gap: gap[end], ratio: ratio[end], lowest_lead: lowest[end] };
        Some([0, 1, 2].map(|end| question.holds(standing(end), base)))
    }
}

/// Every question of a run that the outcomes answer: the built-in ones, then the scenario's own.
pub(super) fn settled(scenario: &Scenario, summary: &Summary, outcomes: &[Outcome]) -> Vec<Settled> {
    let came = Came { scenario, outcomes };
    // Outcomes are in nominal dollars, so the base is too; ratios and signs are those of any money.
    let worth = libm::exp(scenario.log_money(scenario.base_year()));
    let shown = &summary.base;
    let base = Base { gap: shown.gap / worth, funding: shown.funding.map(|it| it / worth), ..*shown };
    let sides = sides(scenario);
    let asked = |(name, definition): (String, String), year: i32, chance: f64, answer: [bool; 3]| Settled {
        name,
        definition,
        year,
        chance,
        came: answer[0],
        certain: answer[0] == answer[1] && answer[0] == answer[2],
    };
    let built_in = summary.probabilities.iter().filter_map(|row| {
        let answer = came.answers(row.question, row.year, &base)?;
        let words = (row.question.name(sides), row.question.definition(sides, scenario.base_year()));
        Some(asked(words, row.year, row.probability.value, answer))
    });
    let own = scenario.questions().iter().enumerate().flat_map(|(place, question)| {
        let came = &came;
        summary.question(place).filter_map(move |row| {
            let answer = came.holds(question.that(), row.year)?;
            let words = (question.name().to_owned(), question.that().text.clone());
            Some((words, row.year, row.probability.value, answer))
        })
    });
    built_in.chain(own.map(|(words, year, chance, answer)| asked(words, year, chance, answer))).collect()
}
