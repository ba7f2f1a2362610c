//! `aigap diff`: what differs between two scenarios, and nothing else.

use std::path::PathBuf;

use crate::scenario::{Difference, Origin, Setting};
use crate::table::set_by;

use super::load;
use super::outcome::Outcome;
use super::print::Terminal;

/// Flags of `aigap diff`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The scenario to start from.
    #[arg(value_name = "A")]
    first: PathBuf,
    /// The scenario to hold against it.
    #[arg(value_name = "B")]
    second: PathBuf,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Outcome {
    let none = load::ScenarioFlags::default();
    let loaded = [&arguments.first, &arguments.second].map(|path| none.load(path, terminal));
    let [Ok(first), Ok(second)] = loaded else { return Outcome::Invalid };
    let (first, second) = (&first.scenario, &second.scenario);
    let mut text = String::new();
    if let Some(why) = first.comparable_with(second) {
        text += &format!("Not comparable year by year: {why}\n");
    }
    for it in first.apart(second) {
        let shown = |value: String| if value.is_empty() { "–".to_owned() } else { value };
        let (a, b) = (shown(it.base), shown(it.what_if));
        text += &format!("{}\n  {}: {a}\n  {}: {b}\n", it.what, first.name(), second.name());
    }
    for difference in first.differences(second) {
        text += &described(&difference, [first.name(), second.name()]);
    }
    if text.is_empty() {
        text = format!("{} and {} make the same assumptions\n", first.name(), second.name());
    }
    terminal.answer(&text);
    Outcome::Done
}

fn described(difference: &Difference, names: [&str; 2]) -> String {
    let mut text = format!("{} ({})\n", difference.address, difference.role.name());
    for (name, setting) in names.into_iter().zip([&difference.base, &difference.what_if]) {
        match setting {
            Some(Setting { value, set_by, .. }) => text += &format!("  {name}: {value}{}\n", place(set_by)),
            None => text += &format!("  {name}: –\n"),
        }
    }
    if let Some(why) = difference.what_if.as_ref().and_then(|setting| setting.why.as_ref()) {
        text += &format!("  why: {why}\n");
    }
    text
}

fn place(origin: &Origin) -> String {
    match (set_by(origin), origin.line()) {
        (file, Some(line)) => format!("  ({file}:{line})"),
        ("", None) => String::new(),
        (file, None) => format!("  ({file})"),
    }
}
