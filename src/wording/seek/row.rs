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
        let cited = Cited::new(value, self.cell(&[column]));
        // What is assumed is known to all its digits; what was sought has those that the paths carry.
        let number = if column == "own" { cited.assumed_value(unit) } else { cited.input_value(unit) };
        let behind = match unit {
            "share a year" => " a year",
            "years" => " years",
            "deals" => " deals",
            _ => "",
        };
        Text::from(number) + behind
    }

    /// A value of the target.
    pub(crate) fn target(&self, value: f64, column: &str) -> Text {
        let unit = crate::table::questions::target_unit(&self.sought.scenario, &self.sought.goal.target.asked);
        Cited::new(value, self.cell(&[column])).target_value(&unit).into()
    }

    /// The best that is reached, in four figures where it would read like the goal that it falls short of.
    pub(crate) fn best(&self) -> Text {
        let (best, column) = (self.need.best.1.value, "best_target");
        let said = self.target(best, column);
        let unit = crate::table::questions::target_unit(&self.sought.scenario, &self.sought.goal.target.asked);
        if best.is_finite() && said.text() == self.target(self.sought.goal.bound, column).text() {
            return four_figures(Cited::new(best, self.cell(&[column])), &unit);
        }
        said
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
                let best = self.best();
                // Of what has to become less, the best that is reached is still too much.
                let short = if self.sought.goal.wants_more() { " it is only " } else { " it is still " };
                Text::from("not attainable by ")
                    + Text::own(self.name())
                    + " between "
                    + range()
                    + "; even at "
                    + self.value(need.best.0, "best_value")
                    + short
                    + best
                    + "."
            }
        }
    }

    /// What vouches for the value: the target just below, at and just above it, with digits that tell them apart.
    pub(crate) fn certificate(&self, needed: &Needed) -> Text {
        let [low, at, high] = needed.certificate;
        let values = [(low.0, "needed_low"), (at.0, "needed"), (high.0, "needed_high")];
        let targets = [(low.1.value, "target_below"), (at.1.value, "target_at"), (high.1.value, "target_above")];
        let unit = crate::table::questions::target_unit(&self.sought.scenario, &self.sought.goal.target.asked);
        let values = values.map(|(value, column)| self.fine_value(value, column));
        let targets = targets.map(|(value, column)| {
            let fine = || four_figures(Cited::new(value, self.cell(&[column])), &unit);
            // What is no number has no more digits.
            if value.is_finite() { fine() } else { self.target(value, column) }
        });
        let ([low, at, high], [below, there, above]) = (values, targets);
        let mut text = Text::from("Certificate: ");
        if needed.interval.is_some() {
            text +=
                Text::from("at ") + low + " it is " + below + ", at " + at + " " + there + ", at " + high + " " + above;
            text += Text::from("; the outer two are the ends of the interval that ") + self.paths() + " leave. ";
        } else {
            text += Text::from("just below it is ") + below + ", there " + there + ", just above " + above;
            text += Text::from(", on ") + self.paths() + ". ";
        }
        text += if self.need.monotone {
            "Along the values tried it only rises or only falls."
        } else {
            "Along the values tried it turns round, so this is the nearest answer and not the only one."
        };
        text
    }

    /// A value of the input in four figures; a year is whole.
    fn fine_value(&self, value: f64, column: &str) -> Text {
        let (number, unit) = self.need.varied.in_unit(&self.sought.scenario, value);
        let behind = match unit {
            "year" => return self.value(value, column),
            "share a year" => " a year",
            _ => "",
        };
        four_figures(Cited::new(number, self.cell(&[column])), unit) + behind
    }

    fn paths(&self) -> Text {
        Cited::new(self.sought.settings.paths, self.cell(&["paths"])).paths().into()
    }
}

/// A number at four figures with its unit.
fn four_figures(number: Cited<f64>, unit: &str) -> Text {
    Text::joined(number.at_four_figures(unit).map(Text::from), "")
}
