//! An event or a jump in a few words: its name, when it may come, and its chance.

use crate::scenario::{Event, JumpRisk, Scenario};

use super::number::percent;

/// When an event may come, and the words that say so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct When {
    /// The first and the last year in which it may begin.
    pub years: [i32; 2],
    /// Its name and what else a reader must know: `state AI fund, 2026 (chance 70%)`.
    pub words: String,
}

impl When {
    /// An event with its year, or the years of which one is drawn, and its chance.
    #[must_use]
    pub fn of(scenario: &Scenario, event: &Event) -> Self {
        let law = scenario.assumptions()[event.year()].law();
        // A law of years has its ends within the scenario; a year is what is left of them without a fraction.
        let [first, last] = [law.drawn_ends().0, law.drawn_ends().1].map(|year| libm::floor(year) as i32);
        let of = |first: i32, last: i32| if first == last { first.to_string() } else { format!("{first}–{last}") };
        let (years, when) = match event.yearly_chance() {
            Some(id) => {
                let yearly = format!("{} a year from {}", chance(scenario, id), of(first, last));
                ([first, scenario.horizon().max(first)], yearly)
            }
            None if first == last => ([first, first], first.to_string()),
            None => ([first, last], format!("in one year of {first}–{last}")),
        };
        let perhaps = event.chance().map(|id| format!(" ({})", chance(scenario, id))).unwrap_or_default();
        Self { years, words: format!("{}, {when}{perhaps}", event.name()) }
    }

    /// A jump, which may come in any simulated year.
    #[must_use]
    pub fn of_jump(scenario: &Scenario, risk: &JumpRisk) -> Self {
        let years = [scenario.base_year() + 1, scenario.horizon()];
        Self { years, words: format!("{}, {} a year", risk.name(), chance(scenario, risk.jump().chance)) }
    }
}

/// How likely an event is, as `chance 70%`.
fn chance(scenario: &Scenario, id: usize) -> String {
    let assumption = &scenario.assumptions()[id];
    match assumption.law().is_fixed() {
        true => format!("chance {}", percent(assumption.law().median())),
        false => format!("chance {}", assumption.value()),
    }
}
