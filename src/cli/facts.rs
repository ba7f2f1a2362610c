//! `aigap facts`: the figures that scenarios start from, built in or of one's own, as they are understood.

use std::path::Path;

use crate::data::{BUILT_IN, BuiltIn, Dataset, built_in_list, facts_json, facts_table};
use crate::diagnostic::{Sources, did_you_mean, plain_text};

use super::outcome::{Outcome, either};
use super::print::Terminal;

/// Flags of `aigap facts`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  aigap facts --list
  aigap facts ai-index-2022
  aigap facts my-figures.csv")]
pub(super) struct Arguments {
    /// A built-in data set, or a CSV of one's own; the set of the baseline if not given.
    #[arg(value_name = "DATA")]
    data: Option<String>,
    /// List the built-in data sets.
    #[arg(long, conflicts_with_all = ["data", "json"])]
    list: bool,
    /// For programs.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Outcome {
    either(shown(arguments, terminal))
}

fn shown(arguments: &Arguments, terminal: &Terminal) -> Result<Outcome, Outcome> {
    if arguments.list {
        terminal.answer(&built_in_list());
        return Ok(Outcome::Done);
    }
    let data = read(arguments.data.as_deref().unwrap_or(BUILT_IN), terminal)?.0;
    terminal.answer(&if arguments.json { facts_json(&data) } else { facts_table(&data) });
    Ok(Outcome::Done)
}

/// A data set by its built-in name, or of a CSV, with the text of the latter; prints everything that is wrong with it.
pub(super) fn read(name: &str, terminal: &Terminal) -> Result<(Dataset, Option<String>), Outcome> {
    if let Some(carried) = BuiltIn::named(name) {
        return Ok((carried.read(), None));
    }
    if !name.to_lowercase().ends_with(".csv") {
        let cure = did_you_mean(name, BuiltIn::names()).map_or_else(
            || "name a CSV file, or one of those that `aigap facts --list` shows".to_owned(),
            |meant| format!("did you mean {meant}?"),
        );
        terminal.error(&format!("there is no data set {name:?}: {cure}"));
        return Err(Outcome::Usage);
    }
    let bytes = std::fs::read(Path::new(name)).map_err(|why| {
        terminal.error(&format!("cannot read {name}: {why}"));
        Outcome::CouldNot
    })?;
    let text = plain_text(bytes).map_err(|(what, cure)| {
        terminal.error(&format!("{name} {what}: {cure}"));
        Outcome::Invalid
    })?;
    let mut sources = Sources::default();
    match Dataset::parse_with_warnings(name, &text, &mut sources) {
        Ok((data, warnings)) => {
            terminal.problems(&warnings, &sources);
            Ok((data, Some(text)))
        }
        Err(problems) => {
            terminal.problems(&problems, &sources);
            Err(Outcome::Invalid)
        }
    }
}
