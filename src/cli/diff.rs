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
    /// The scenario to start from, or the folder of its run.
    #[arg(value_name = "A")]
    first: PathBuf,
    /// The scenario to hold against it.
    #[arg(value_name = "B")]
    second: PathBuf,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Outcome {
    let none = load::ScenarioFlags::default();
    let paths = [&arguments.first, &arguments.second].map(|path| {
        // The folder of a run holds its scenario as it was resolved.
        if path.is_dir() { path.join("scenario.toml") } else { path.clone() }
    });
    let loaded = paths.each_ref().map(|path| none.load(path, terminal));
    let [Ok(first), Ok(second)] = loaded else { return Outcome::Invalid };
    let (first, second) = (&first.scenario, &second.scenario);
    let [a_name, b_name] = labels(&paths, [first.name(), second.name()]);
    let mut text = String::new();
    if let Some(why) = first.comparable_with(second) {
        text += &format!("Not comparable year by year: {why}\n");
    }
    for it in first.apart(second) {
        let shown = |value: String| if value.is_empty() { "–".to_owned() } else { value };
        let (a, b) = (shown(it.base), shown(it.what_if));
        text += &format!("{}\n  {}: {a}\n  {}: {b}\n", it.what, a_name, b_name);
    }
    for difference in first.differences(second) {
        text += &described(&difference, [&a_name, &b_name]);
    }
    if text.is_empty() {
        text = format!("{a_name} and {b_name} make the same assumptions\n");
    }
    terminal.answer(&text);
    Outcome::Done
}

/// The names of both scenarios, with their folders where they have the same.
fn labels(paths: &[PathBuf; 2], names: [&str; 2]) -> [String; 2] {
    if names[0] != names[1] {
        return names.map(str::to_owned);
    }
    let folder = |path: &PathBuf| Some(path.parent()?.file_name()?.to_string_lossy().into_owned());
    let label = |place: usize| {
        folder(&paths[place]).map_or_else(|| names[place].to_owned(), |folder| format!("{folder}/{}", names[place]))
    };
    [label(0), label(1)]
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
