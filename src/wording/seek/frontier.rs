//! What it takes of two inputs together, in words.

use crate::study::{Attained, Need, Needed, Sought, Varied};
use crate::table::Cell;

use super::super::cited::Cited;
use super::super::goal::{goal_words, input_name};
use super::super::text::Text;

/// Title of the frontier of two inputs.
#[must_use]
pub fn frontier_title(sought: &Sought) -> Text {
    let names: Vec<String> = sought.named.iter().map(|it| input_name(&sought.scenario, &it.address)).collect();
    Text::own(format!("What it takes of {} and {} together", names[0], names[1]))
}

pub(super) fn frontier_finding(sought: &Sought) -> Vec<Text> {
    let [first, second, ..] = sought.named.as_slice() else { return Vec::new() };
    let names = [first, second].map(|it| input_name(&sought.scenario, &it.address));
    let to = Text::from("To ") + goal_words(&sought.scenario, &sought.goal) + ", two things together: ";
    let needs = sought.frontier.iter().filter_map(|(value, need)| Some((*value, need.needed.as_ref()?, need)));
    let found: Vec<_> = needs.collect();
    let at = |(value, needed, need): &(f64, &Needed, &Need)| {
        Text::from(format!("with {} at ", names[0]))
            + said(sought, first, *value, cell(sought, *value, "value_1"))
            + format!(", {} has to be ", names[1])
            + said(sought, &need.varied, needed.value, cell(sought, *value, "needed_2"))
            + if needed.above { " or more" } else { " or less" }
    };
    match (found.first(), found.last()) {
        (Some(low), Some(high)) if found.len() > 1 => vec![to + at(low) + "; " + at(high) + "."],
        (Some(one), _) => vec![to + at(one) + "."],
        _ => {
            let words = format!("no value of {} meets it at any value tried of {}.", names[1], names[0]);
            vec![to + words]
        }
    }
}

/// A cell of the frontier's table, in the row of a value of the first input.
fn cell(sought: &Sought, value: f64, column: &str) -> Cell {
    let Some(first) = sought.named.first() else { return Cell::new("frontier.csv", &[], &[column]) };
    let key = format!("{}", first.in_unit(&sought.scenario, value).0);
    let keys = [("goal", sought.goal.text.as_str()), ("input_1", first.address.as_str()), ("value_1", key.as_str())];
    Cell::new("frontier.csv", &keys, &[column])
}

/// A value of an input with its unit behind it: `24% a year`.
fn said(sought: &Sought, varied: &Varied, value: f64, cell: Cell) -> Text {
    let (value, unit) = varied.in_unit(&sought.scenario, value);
    Text::from(Cited::new(value, cell).input_value(unit)) + if unit == "share a year" { " a year" } else { "" }
}

/// Between which values of both inputs the frontier was looked for, and whether these are what the scenario thinks likely.
pub(super) fn frontier_ranges(sought: &Sought) -> Option<Text> {
    let [first, second, ..] = sought.named.as_slice() else { return None };
    let (low, high) = (sought.frontier.first()?.0, sought.frontier.last()?.0);
    let name = |it: &Varied| Text::own(input_name(&sought.scenario, &it.address));
    let of_first = |value: f64| said(sought, first, value, cell(sought, value, "value_1"));
    let of_second = |value: f64, column: &str| said(sought, second, value, cell(sought, low, column));
    let certain = |it: &Varied| it.is_part() || sought.scenario.assumptions()[it.id].law().is_fixed();
    let usual = |it: &Varied| match Varied::of(&sought.scenario, &it.address, it.fixed) {
        // A certain one may have been looked at only where the other decides.
        Ok(whole) if certain(it) => whole.range == it.range,
        _ => it.clone().as_likely(&sought.scenario) == *it,
    };
    let why = match ([first, second].iter().all(|it| usual(it)), certain(first), certain(second)) {
        (false, ..) => ".",
        (true, false, false) => ": the first and the last percentile of each.",
        (true, true, true) => ": all that they can be.",
        (true, ..) => ": the first and the last percentile of the uncertain one, and all that the certain one can be.",
    };
    let text = Text::from("Looked for with ")
        + name(first)
        + " from "
        + of_first(low)
        + " to "
        + of_first(high)
        + " and "
        + name(second)
        + " from "
        + of_second(second.range.0, "range_2_low")
        + " to "
        + of_second(second.range.1, "range_2_high");
    Some(text + why)
}

/// Heads of the frontier's columns.
#[must_use]
pub fn frontier_head(sought: &Sought) -> Vec<String> {
    let names = sought.named.iter().map(|it| input_name(&sought.scenario, &it.address).replace('|', " "));
    match names.collect::<Vec<_>>().as_slice() {
        [first, second, ..] => {
            vec![first.clone(), format!("{second} would have to be"), "simulation error".to_owned()]
        }
        _ => Vec::new(),
    }
}

/// Rows of the frontier: a value of the first input, what the second has to be, its interval.
#[must_use]
pub fn frontier_rows(sought: &Sought) -> Vec<Vec<String>> {
    let [first, second, ..] = sought.named.as_slice() else { return Vec::new() };
    let words = |varied: &Varied, value: f64| {
        let (value, unit) = varied.in_unit(&sought.scenario, value);
        super::super::number::input_value(value, unit)
    };
    let row = |(value, need): &(f64, Need)| {
        let needed = need.needed.as_ref();
        let said = match (needed, need.attained) {
            (Some(it), _) => {
                format!("{}{}", words(second, it.value), if it.above { " or more" } else { " or less" })
            }
            (None, Attained::Everywhere) => "any value".to_owned(),
            (None, Attained::NoEffect) => "no effect".to_owned(),
            _ => "no value".to_owned(),
        };
        let interval = needed.and_then(|it| it.interval);
        let fine = |value: f64| {
            let (value, unit) = second.in_unit(&sought.scenario, value);
            super::super::input_values::input_value_at(value, unit, 3)
        };
        let range = |(a, b): (f64, f64)| match [words(second, a), words(second, b)] {
            // Where two figures do not tell the ends apart, three do.
            [low, high] if low == high => format!("{} to {}", fine(a), fine(b)),
            [low, high] => format!("{low} to {high}"),
        };
        vec![words(first, *value), said, interval.map_or("–".to_owned(), range)]
    };
    sought.frontier.iter().map(row).collect()
}
