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
        let own = first.in_unit(&sought.scenario, *value);
        let other = need.varied.in_unit(&sought.scenario, needed.value);
        let key = format!("{}", own.0);
        let cell = |columns: &[&str]| {
            Cell::new(
                "frontier.csv",
                &[("goal", &sought.goal.text), ("input_1", &first.address), ("value_1", &key)],
                columns,
            )
        };
        let per_year = |unit: &str| if unit == "share a year" { " a year" } else { "" };
        Text::from(format!("with {} at ", names[0]))
            + Cited::new(own.0, cell(&["value_1"])).input_value(own.1)
            + per_year(own.1)
            + format!(", {} has to be ", names[1])
            + Cited::new(other.0, cell(&["needed_2"])).input_value(other.1)
            + per_year(other.1)
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
        let range = |(a, b): (f64, f64)| format!("{} to {}", words(second, a), words(second, b));
        vec![words(first, *value), said, interval.map_or("–".to_owned(), range)]
    };
    sought.frontier.iter().map(row).collect()
}
