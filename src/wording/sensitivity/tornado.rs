//! A tornado in words: which input matters most, or which alike.

use crate::measure::Target;
use crate::study::{Sensitive, Swing, Tornado};
use crate::table::Cell;

use super::super::cited::Cited;
use super::super::goal::{capital, input_name, target_words};
use super::super::text::Text;
use super::names::{cell, listed, output, short_target, variance_words};

pub(super) fn tornado_finding(found: &Sensitive, target: &Target, it: &Tornado) -> Text {
    let name = target_words(&found.scenario, &target.asked);
    let most = match most(found, target, it) {
        [] => return Text::from("No uncertain input moves ") + name + ".",
        [first] => {
            let ends = ends(found, target, first);
            Text::own(swing_name(found, first, true))
                + " matters most for "
                + name
                + ", given these ranges: "
                + ends[0].clone()
                + " at the low end of its range, "
                + ends[1].clone()
                + " at the high end, "
        }
        alike => {
            let names = alike.iter().enumerate().map(|(place, swing)| Text::own(swing_name(found, swing, place == 0)));
            let each = alike.iter().map(|swing| {
                let [low, high] = ends(found, target, swing);
                low + " to " + high + " for " + Text::own(swing_name(found, swing, false))
            });
            listed(names.collect())
                + " matter most for "
                + name
                + ", and alike, given these ranges: from the low to the high end of each, "
                + listed(each.collect())
                + "; "
        }
    };
    let at = cell(target, &it.swings[0].varied.address, &["base_output"]);
    most + output(found, target, it.baseline.value, at) + " with every input at its median."
}

/// What luck leaves of the variance of the value of a path; nothing where no input moves the target.
pub(super) fn luck_finding(found: &Sensitive, target: &Target, it: &Tornado) -> Option<Text> {
    it.luck.filter(|_| !it.swings.is_empty()).map(|share| {
        // The variance of amounts hangs on few large paths, so that simulation may leave no more than which half it is.
        let wide = |low: f64, high: f64| high - low > 0.1;
        let share: Text = match share.ends.filter(|(low, high)| high - low > 0.02) {
            Some((low, high)) if wide(low, high) && low > 0.5 => "most".into(),
            Some((low, high)) if wide(low, high) && high < 0.5 => "less than half".into(),
            Some((low, high)) => {
                let at = cell(target, "luck", &["total_low", "total_high"]);
                Cited::new([low, high], at).percent_range().into()
            }
            None => Cited::new(share.value, cell(target, "luck", &["total"])).chance_of_law().into(),
        };
        Text::from("With every assumption known, ")
            + share
            + " of the variance of "
            + variance_words(found, target)
            + " would be left to luck."
    })
}

/// The inputs that move a target most: several where their answers read alike, at whichever end.
fn most<'a>(found: &Sensitive, target: &Target, it: &'a Tornado) -> &'a [Swing] {
    let answers = |swing: &Swing| {
        let mut ends = ends(found, target, swing).map(|it| it.text());
        ends.sort();
        ends
    };
    let Some(first) = it.swings.first().map(answers) else { return &[] };
    let alike = it.swings.iter().take_while(|swing| answers(swing) == first).count();
    &it.swings[..alike]
}

/// The answers at the low and at the high end of an input.
fn ends(found: &Sensitive, target: &Target, swing: &Swing) -> [Text; 2] {
    [(0, "low_output"), (4, "high_output")].map(|(place, column)| {
        output(found, target, swing.outputs[place].value, cell(target, &swing.varied.address, &[column]))
    })
}

fn swing_name(found: &Sensitive, swing: &Swing, begins: bool) -> String {
    let name = input_name(&found.scenario, &swing.varied.address);
    if begins { capital(&name) } else { name }
}

pub(super) fn tornado_row(found: &Sensitive, target: &Target, swing: &Swing) -> (String, Vec<Text>) {
    let input = &found.scenario.assumptions()[swing.varied.id];
    let at = |column: &str| cell(target, &swing.varied.address, &[column]);
    let end = |place: usize, column: &str| -> Text {
        let (value, unit) = input.in_unit(swing.inputs[place]);
        Cited::new(value, at(column)).input_value(unit).into()
    };
    let cells = vec![
        end(0, "low_input"),
        end(4, "high_input"),
        output(found, target, swing.outputs[0].value, at("low_output")),
        output(found, target, swing.outputs[4].value, at("high_output")),
    ];
    (input_name(&found.scenario, &swing.varied.address), cells)
}

/// Title of a tornado of any target.
#[must_use]
pub fn tornado_words(found: &Sensitive, target: &Target, it: &Tornado) -> Text {
    let first = match most(found, target, it) {
        [] => return Text::own(format!("No input by itself moves the {}", short_target(target))),
        [first] => first,
        // With both ends of each there would be no room for the names.
        alike => {
            let names = alike.iter().enumerate().map(|(place, swing)| Text::own(swing_name(found, swing, place == 0)));
            return match alike.len() {
                2 => listed(names.collect()) + " matter most, and alike",
                _ => Text::from("Several inputs matter most, and alike"),
            };
        }
    };
    let points = ["0.1", "0.3", "0.5", "0.7", "0.9"];
    let all = (0..points.len()).filter(|place| first.outputs[*place].value.is_finite());
    let answer = |place: usize| first.outputs[place].value;
    let low = all.clone().min_by(|a, b| answer(*a).total_cmp(&answer(*b))).unwrap_or(0);
    let high = all.max_by(|a, b| answer(*a).total_cmp(&answer(*b))).unwrap_or(4);
    let said = |place: usize| {
        let row = [("target", &*target.text), ("input", &*first.varied.address), ("probability", points[place])];
        output(found, target, answer(place), Cell::new("sensitivity_points.csv", &row, &["output"]))
    };
    let name = swing_name(found, first, true);
    let lead = Text::own(format!("{name} matters most: {} from ", short_target(target)));
    lead + said(low) + " to " + said(high)
}
