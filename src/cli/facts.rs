//! `aigap facts`: the figures that scenarios start from, built in or of one's own, as they are understood.

use std::path::Path;

use crate::data::{BUILT_IN, BuiltIn, Dataset, built_in_list, facts_json, facts_table};
use crate::diagnostic::{Sources, did_you_mean, plain_text};
use crate::wording::quoted;

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
    let text = text(name).map_err(|(why, outcome)| {
        terminal.error(&why);
        outcome
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

/// The text of a file of figures; if there is none, what was named instead, and what to do.
fn text(name: &str) -> Result<String, (String, Outcome)> {
    let path = Path::new(name);
    let known = "a CSV file, or one of the sets that `aigap facts --list` shows";
    let ending = path.extension().map(|it| it.to_string_lossy().to_lowercase()).unwrap_or_default();
    let made = format!("aigap data {} -o own.csv makes a CSV of it", quoted(name));
    let refuse = |why: String| Err((format!("{name} {why}"), Outcome::Invalid));
    if path.is_dir() {
        return refuse(format!("is a folder, and no file of figures: name {known}"));
    }
    if path.exists() && ending == "toml" {
        return refuse(format!("is a scenario, and no file of figures: name {known}"));
    }
    if path.exists() && ["xlsx", "xlsm"].contains(&ending.as_str()) {
        return refuse(format!("is a workbook: {made}"));
    }
    if path.exists() && ["xls", "ods", "numbers"].contains(&ending.as_str()) {
        return refuse("is a workbook of a kind that is not read: save it as .xlsx, or the sheet as CSV".to_owned());
    }
    if path.exists() && ending != "csv" {
        return refuse(format!("has not the ending .csv: {made}"));
    }
    if ending != "csv" {
        let meant = did_you_mean(name, BuiltIn::names());
        let cure = meant.map_or_else(|| format!("name {known}"), |meant| format!("did you mean {meant}?"));
        return Err((format!("there is no data set {name:?}: {cure}"), Outcome::Usage));
    }
    let bytes = crate::store::read(path)
        .map_err(|why| (format!("cannot read {name}: {why}; check the name and the folder"), Outcome::Invalid))?;
    if bytes.starts_with(b"PK\x03\x04") {
        let cure = "if it is a workbook, give it the ending .xlsx, and aigap data makes a CSV of it";
        return refuse(format!("is a packed file, not a text: {cure}"));
    }
    let other = if std::str::from_utf8(&bytes).is_err() { ", or let aigap data read it with --encoding" } else { "" };
    plain_text(bytes).or_else(|(what, cure)| refuse(format!("{what}: {cure}{other}")))
}
