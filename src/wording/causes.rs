//! Which input did it: the parts of a what-if's effect, in a paragraph.

use crate::metric::{Metric, Question};
use crate::scenario::Scenario;
use crate::study::{Compared, Comparison, Side};
use crate::summary::{Answer, Attribution, MOST_EXACT, Part, number_of_groups};
use crate::table::Cell;

use super::cited::Cited;
use super::comparison::{MOST_NAMED, folder_of, quoted};
use super::digits::together;
use super::effect::NO_CHANGE;
use super::lookup::{Lookup, of_gap};
use super::points::{Split, percentage_points};
use super::text::{Piece, Text};

/// Name of the table of the parts as they are named here.
pub const PARTS: &str = "parts.csv";

const FACTOR: &str = "factor_of_median_ratio";
const WIDER: &str = "wider_as_ratio";

/// A part of a what-if's effect under the name that readers know it by.
#[derive(Clone, Debug, PartialEq)]
pub struct MainPart {
    /// Name of the input.
    pub name: String,
    /// Its part in each answer.
    pub value: Answer,
}

impl MainPart {
    fn cited(&self, what_if: &str, value: f64, column: &str) -> Cited<f64> {
        let row = [("what_if", what_if), ("part", self.name.as_str())];
        Cited::new(value, Cell::new(PARTS, &row, &[column]))
    }
}

/// The largest parts by name, the rest as one.
#[must_use]
pub fn main_parts(it: &Compared, base: &Scenario) -> Vec<MainPart> {
    let parts: &[Part] = it.attribution.as_ref().map_or(&[], |found| &found.parts);
    let shown = if parts.len() > MOST_NAMED { MOST_NAMED - 1 } else { parts.len() };
    let named = parts[..shown].iter();
    let named = named.map(|part| MainPart { name: it.readable(base, &part.name), value: part.value });
    let mut named: Vec<MainPart> = named.collect();
    let rest = &parts[shown..];
    if !rest.is_empty() {
        let value = rest.iter().fold(Answer::default(), |sum, part| sum.plus(part.value, 1.0));
        named.push(MainPart { name: format!("{} others", rest.len()), value });
    }
    named
}

/// Which input did it, and how assumptions and levers divide, a paragraph for each what-if with several inputs.
#[must_use]
pub fn causes(comparison: &Comparison) -> Vec<Text> {
    comparison.what_ifs.iter().filter_map(|it| cause(it, &comparison.baseline)).collect()
}

/// The paragraph of one what-if.
#[must_use]
pub fn cause(it: &Compared, baseline: &Side) -> Option<Text> {
    let Some(found) = &it.attribution else {
        let number = it.differences.len();
        let many = Text::own(format!("{number} inputs"));
        return (number_of_groups(&it.differences) > MOST_EXACT).then(|| {
            quoted(&it.name) + " changes " + many + ": --attribute says which of them did it, from random orders."
        });
    };
    let parts = main_parts(it, &baseline.scenario);
    let ends = [found.base, found.what_if].map(|answer| answer.log_median_ratio);
    let finite = |parts: &[MainPart]| parts.iter().all(|part| part.value.log_median_ratio.is_finite());
    if found.parts.len() < 2 || !ends.iter().all(|end| end.is_finite()) || !finite(&parts) {
        return None;
    }
    let cause = Cause { it, baseline, found, parts };
    Some(cause.of_ratio(ends)? + cause.of_levers(ends) + cause.of_orders() + cause.of_wider().unwrap_or_default())
}

/// What the sentences of one what-if are made from.
struct Cause<'a> {
    it: &'a Compared,
    baseline: &'a Side,
    found: &'a Attribution,
    parts: Vec<MainPart>,
}

impl Cause<'_> {
    fn attributed(&self, value: f64, split: &str, part: &str, column: &str) -> Cited<f64> {
        let row = [("what_if", self.it.side.scenario.name()), ("split", split), ("part", part)];
        Cited::new(value, Cell::new("attribution.csv", &row, &[column]))
    }

    /// Each part by name with its points.
    fn told(&self, split: &Split, column: &str, of: impl Fn(&Answer) -> f64) -> Vec<Text> {
        let what_if = self.it.side.scenario.name();
        let told = self.parts.iter().zip(&split.parts).map(|(part, points)| {
            Text::own(&part.name) + " " + part.cited(what_if, of(&part.value), column).points(*points)
        });
        told.collect()
    }

    fn of_ratio(&self, [first, last]: [f64; 2]) -> Option<Text> {
        let (found, what_if) = (self.found, self.it.side.scenario.name());
        let median = |side: &Side| {
            let run = Lookup::new(&side.scenario, &side.summary);
            Some(run.median(of_gap(Metric::Ratio), found.year)?.within(&folder_of(&side.scenario)))
        };
        let ends = [median(self.baseline)?, median(&self.it.side)?];
        let rounded = together(ends.each_ref().map(|end| end.value));
        let [from, to] = [0, 1].map(|end| ends[end].ratio_beside(rounded[end]));
        let told = self.parts.iter().map(|part| {
            let factor = libm::exp(part.value.log_median_ratio);
            let effect = part.cited(what_if, factor, FACTOR).effect();
            (effect.text() == NO_CHANGE, Text::own(&part.name) + " " + effect)
        });
        let (still, moving): (Vec<_>, Vec<_>) = told.partition(|(is_still, _)| *is_still);
        // A list of what does nothing is told as a number.
        let (told, rest) = if still.len() > 1 && !moving.is_empty() {
            (moving, "; the others change nothing".to_owned())
        } else {
            (moving.into_iter().chain(still).collect(), String::new())
        };
        let (several, told) = (told.len() > 1, told.into_iter().map(|(_, told)| told));
        let takes = quoted(&self.it.name);
        let takes = if from.text() == to.text() {
            takes + format!(" leaves the {} median ratio at ", found.year) + from
        } else {
            takes + format!(" takes the {} median ratio from ", found.year) + from + " to " + to
        };
        let total = self.attributed(libm::exp(last - first), "inputs", "total", FACTOR);
        let told = takes + " (" + total.effect() + "), of which " + Text::joined(told, ", ") + Text::own(rest);
        Some(told + if several { "; the factors multiply." } else { "." })
    }

    /// How assumptions and levers divide it, where both change.
    fn of_levers(&self, [first, last]: [f64; 2]) -> Text {
        let Some(middle) = self.found.with_assumptions else { return Text::default() };
        let steps = [middle.log_median_ratio - first, last - middle.log_median_ratio].map(libm::exp);
        let step = |place: usize, part| self.attributed(steps[place], "assumptions then levers", part, FACTOR).effect();
        let alone = Text::from(" Its assumptions alone: ") + step(0, "assumptions");
        alone + "; its decisions on top: " + step(1, "levers") + "."
    }

    /// The largest error of a part, where not every order was simulated.
    fn of_orders(&self) -> Text {
        let errors = self.found.parts.iter().filter_map(|part| Some((part, part.error?.log_median_ratio)));
        let Some((part, error)) = errors.max_by(|a, b| a.1.total_cmp(&b.1)) else { return Text::default() };
        let error = self.attributed(error, "inputs", &part.name, "log_median_ratio_error");
        Text::from(" Parts are from random orders of the inputs, which leaves them uncertain by about ")
            + error.points_error()
            + "%."
    }

    /// What each does to the chance of a wider ratio, where that moves.
    fn of_wider(&self) -> Option<Text> {
        let found = self.found;
        let shares: Vec<f64> = self.parts.iter().map(|part| part.value.wider).collect();
        let split = percentage_points(found.base.wider, found.what_if.wider, &shares)?;
        let share = |side: &Side| -> Option<Piece> {
            let run = Lookup::new(&side.scenario, &side.summary);
            let p = run.probability_in(Question::WiderAsRatio, found.year)?;
            Some(p.within(&folder_of(&side.scenario)).whole_percent())
        };
        let chance = Text::from(" Chance of a higher ratio than in the base year: ")
            + share(self.baseline)?
            + " → "
            + share(&self.it.side)?;
        let total = self.attributed(found.what_if.wider - found.base.wider, "inputs", "total", WIDER);
        let told = self.told(&split, WIDER, |value| value.wider).into_iter().zip(&split.parts);
        let told = told.filter(|(_, points)| **points != 0.0).map(|(told, _)| told);
        Some(chance + " (" + total.points(split.whole) + " points: " + Text::joined(told, ", ") + ").")
    }
}
