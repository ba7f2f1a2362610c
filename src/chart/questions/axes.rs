//! What the charts of questions share: axes of inputs, scales of answers, names, and where numbers come from.

use crate::chart::{Chart, SweepAxis, SweepScale, seen};
use crate::draw::Credits;
use crate::draw::text;
use crate::scenario::{Scenario, short_title};
use crate::study::Varied;
use crate::wording;

/// Where the numbers of an answer come from. No event has a line of its own in these pictures, so none has a number.
pub(super) fn credits(scenario: &Scenario, paths: u64, seed: u64) -> Credits {
    let mut credits = seen::credits_of(scenario, paths, seed);
    credits.events.iter_mut().for_each(|event| event.year = None);
    // The name of a file stands only for a title that the face cannot write.
    let title = short_title(&credits.scenario);
    if text::is_legible(&title) {
        credits.name = title;
    }
    credits
}

/// How answers of a unit are drawn.
pub(super) fn scale(unit: &str) -> SweepScale {
    match unit {
        "share" => SweepScale::Chance,
        "times" => SweepScale::Ratio,
        unit => SweepScale::Unit(unit.to_owned()),
    }
}

/// An axis of values of an input.
pub(super) fn axis(scenario: &Scenario, input: &Varied, values: &[f64]) -> SweepAxis {
    let name = wording::input_name(scenario, &input.address);
    let unit = input.in_unit(scenario, 0.0).1;
    let per = if unit == "share a year" { ", a year" } else { "" };
    let values: Vec<f64> = values.iter().map(|value| input.in_unit(scenario, *value).0).collect();
    // What the scenario has is written as it has it: 7.25%.
    let own = input.in_unit(scenario, input.own(scenario)).0;
    let words = values.iter().map(|value| match (value - own).abs() <= 1e-9 * own.abs() {
        true => wording::assumed_value(*value, unit),
        false => wording::input_value(*value, unit),
    });
    let words = words.collect();
    SweepAxis { name: format!("{name}{per}"), values, words, unit: unit.to_owned() }
}

/// The axis of a picture that has only one, whose name begins a line.
pub(super) fn alone(axis: SweepAxis) -> SweepAxis {
    SweepAxis { name: wording::capital(&axis.name), ..axis }
}

/// Names of the charts of several targets: the first has the name of its kind, the others begin with a word of it and end
/// with what is asked.
pub(super) fn named(first: &str, kind: &str, place: usize, target: &str) -> String {
    if place == 0 {
        return first.to_owned();
    }
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let words: String = target.chars().map(plain).collect();
    let words: Vec<&str> = words.split('-').filter(|word| !word.is_empty()).collect();
    let name: String = words.join("-").chars().take(60).collect();
    format!("{kind}-{}", name.trim_end_matches('-'))
}

/// A name that no chart before bears.
pub(super) fn apart(mut charts: Vec<(String, Chart)>) -> Vec<(String, Chart)> {
    for place in 1..charts.len() {
        if charts[..place].iter().any(|(name, _)| *name == charts[place].0) {
            charts[place].0 = format!("{}-{}", charts[place].0, place + 1);
        }
    }
    charts
}
