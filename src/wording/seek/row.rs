//! What is said of one input: its values and targets with their cells, its sentence, and its certificate.

use crate::study::{Attained, Need, Needed, Sought};
use crate::table::Cell;

use super::super::cited::Cited;
use super::super::goal::{capital, input_name};
use super::super::text::Text;

/// What a sentence on one input is made of.
pub(super) struct Row<'a> {
    pub(crate) sought: &'a Sought,
    pub(crate) need: &'a Need,
}

impl Row<'_> {
    fn cell(&self, columns: &[&str]) -> Cell {
        Cell::new("seek.csv", &[("goal", &self.sought.goal.text), ("input", &self.need.varied.address)], columns)
    }

    pub(crate) fn name(&self) -> String {
        input_name(&self.sought.scenario, &self.need.varied.address)
    }

    /// A value of the input with its unit behind it: `24% a year`.
    pub(crate) fn value(&self, value: f64, column: &str) -> Text {
        let (value, unit) = self.need.varied.in_unit(&self.sought.scenario, value);
        let behind = match unit {
            "share a year" => " a year",
            "years" => " years",
            "deals" => " deals",
            _ => "",
        };
        Text::from(Cited::new(value, self.cell(&[column])).input_value(unit)) + behind
    }

    /// A value of the target.
    pub(crate) fn target(&self, value: f64, column: &str) -> Text {
        let unit = crate::table::questions::target_unit(&self.sought.scenario, &self.sought.goal.target.asked);
        Cited::new(value, self.cell(&[column])).target_value(&unit).into()
    }

    pub(crate) fn chance(&self) -> Option<Text> {
        Some(Cited::new(self.need.chance?, self.cell(&["chance_under_scenario"])).chance_of_law().into())
    }

    /// `24% a year or more`.
    pub(crate) fn needed(&self, needed: &Needed) -> Text {
        let years = self.need.varied.in_unit(&self.sought.scenario, 0.0).1 == "year";
        let side = match (needed.above, years) {
            (true, false) => " or more",
            (false, false) => " or less",
            (true, true) => " or later",
            (false, true) => " or earlier",
        };
        self.value(needed.value, "needed") + side
    }

    /// What the scenario has for the input.
    pub(crate) fn own(&self) -> Text {
        self.value(self.need.varied.own(&self.sought.scenario), "own")
    }

    /// The sentence on what this one input would have to be, or that it cannot do it.
    pub(crate) fn sentence(&self) -> Text {
        let name = Text::own(capital(&self.name()));
        let need = self.need;
        let range =
            || self.value(need.varied.range.0, "range_low") + " and " + self.value(need.varied.range.1, "range_high");
        match (need.attained, &need.needed) {
            (Attained::Already, Some(needed)) => {
                let than = if needed.above { " is at least " } else { " is at most " };
                name + " may move: the goal stays met as long as it"
                    + than
                    + self.value(needed.value, "needed")
                    + " (the scenario has "
                    + self.own()
                    + ")."
            }
            (_, Some(needed)) => {
                let chance = match (self.chance(), need.varied.is_lever(&self.sought.scenario)) {
                    (Some(chance), _) => Text::from("; it gives that a chance of ") + chance,
                    (None, true) => Text::from(", and it is a decision"),
                    (None, false) if need.varied.is_part() => Text::default(),
                    (None, false) => Text::from(", as certain"),
                };
                name + " would have to be "
                    + self.needed(needed)
                    + ", all else as assumed. The scenario has "
                    + self.own()
                    + chance
                    + "."
            }
            (Attained::Everywhere, None) => {
                name + " does not matter for it: the goal is met everywhere between " + range() + "."
            }
            (Attained::NoEffect, None) => name + " has no effect on it.",
            _ => {
                let best = self.target(need.best.1.value, "best_target");
                Text::from("Not attainable by ")
                    + Text::own(self.name())
                    + " between "
                    + range()
                    + ": even at "
                    + self.value(need.best.0, "best_value")
                    + " it is only "
                    + best
                    + "."
            }
        }
    }

    /// What vouches for the value: the target just below, at and just above it.
    pub(crate) fn certificate(&self, needed: &Needed) -> Text {
        let [low, at, high] = needed.certificate;
        let mut text = Text::from("Certificate: ");
        if needed.interval.is_some() {
            text += Text::from("at ")
                + self.value(low.0, "needed_low")
                + " it is "
                + self.target(low.1.value, "target_below");
            text += Text::from(", at ") + self.value(at.0, "needed") + " " + self.target(at.1.value, "target_at");
            text += Text::from(", at ")
                + self.value(high.0, "needed_high")
                + " "
                + self.target(high.1.value, "target_above");
            text += Text::from("; those two are the ends of the interval that ") + self.paths() + " leave. ";
        } else {
            text += Text::from("just below it is ") + self.target(low.1.value, "target_below");
            text += Text::from(", there ") + self.target(at.1.value, "target_at");
            text += Text::from(", just above ") + self.target(high.1.value, "target_above");
            text += Text::from(", on ") + self.paths() + ". ";
        }
        text += if self.need.monotone {
            "Along the values tried it only rises or only falls."
        } else {
            "Along the values tried it turns round, so this is the nearest answer and not the only one."
        };
        text
    }

    fn paths(&self) -> Text {
        Cited::new(self.sought.settings.paths, self.cell(&["paths"])).paths().into()
    }
}
