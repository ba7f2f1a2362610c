//! `aigap help TOPIC`: what is known of a command, a key, a model, a metric or a term, from where the program itself has it.

mod commands;
mod departures;
mod pages;
mod questions;
mod spoken;

use crate::diagnostic::did_you_mean;
use crate::scenario::key_tables;
use crate::table::dictionary;
use crate::wording;

use super::outcome::Outcome;
use super::print::Terminal;

/// Flags of `aigap help`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  aigap help simulate
  aigap help volatility
  aigap help chance-per-year
  aigap help keys > keys.md

Pages of the documentation: keys, distributions, models, events, metrics, questions, commands, exit-codes, glossary, ranges.")]
pub(super) struct Arguments {
    /// A command, a key or an address of a scenario, a model, a metric, a term, a file, or a page; all commands if not given.
    #[arg(value_name = "TOPIC", num_args = 0..)]
    topic: Vec<String>,
}

pub(super) fn run(arguments: &Arguments, mut command: clap::Command, terminal: &Terminal) -> Outcome {
    if arguments.topic.is_empty() {
        terminal.answer(&command.render_long_help().to_string());
        return Outcome::Done;
    }
    let asked = arguments.topic.join(" ");
    terminal.told(told(&asked, &mut command))
}

/// What is known by a name: a page first, since `metrics` is a command that says no more, then a command, then the rest.
fn told(asked: &str, command: &mut clap::Command) -> Result<String, String> {
    let plain = asked.trim().to_lowercase();
    if let Some(page) = page(&plain, command) {
        return Ok(page);
    }
    if let Some(found) = command.find_subcommand_mut(&plain) {
        return Ok(found.render_long_help().to_string());
    }
    let term = wording::explained(asked);
    let said = [spoken::form(&plain), spoken::keys(&plain), spoken::parameters(&plain)];
    let mut parts: Vec<String> = said.into_iter().filter(|part| !part.is_empty()).collect();
    match term {
        Ok(text) => parts.insert(0, text),
        Err(why) if parts.is_empty() => {
            return table_or_address(&plain, command).unwrap_or_else(|| Err(nearest(&plain, command).unwrap_or(why)));
        }
        Err(_) => {}
    }
    Ok(parts.join("\n"))
}

/// A file by its columns; an address by its last word, `china.deals.growth` by `growth`.
fn table_or_address(asked: &str, command: &mut clap::Command) -> Option<Result<String, String>> {
    let tables = dictionary::find(asked);
    if !tables.is_empty() {
        return Some(Ok(tables.into_iter().map(dictionary::columns).collect::<Vec<_>>().join("\n")));
    }
    let (table, word) = asked.rsplit_once('.').filter(|(table, _)| !table.is_empty())?;
    let text = told(word, command).ok()?;
    Some(Ok(format!("{asked} is {word} below [{table}].\n\n{text}")))
}

/// A page of the documentation by its name.
fn page(name: &str, command: &clap::Command) -> Option<String> {
    Some(match name {
        "keys" => pages::keys(),
        "distributions" => pages::distributions(),
        "models" => pages::models(),
        "events" => departures::events(),
        "metrics" => pages::metrics(),
        "questions" => questions::questions(),
        "commands" => commands::page(command),
        "exit-codes" | "exit codes" | "exit code" => pages::exit_codes(),
        "glossary" => pages::glossary(),
        "ranges" => pages::ranges(),
        _ => return None,
    })
}

/// What was meant by a slip of a command, a key, a parameter, a term or a metric.
fn nearest(asked: &str, command: &clap::Command) -> Option<String> {
    let tables = key_tables();
    let words = tables.iter().flat_map(|table| table.keys.iter().map(|key| key.word));
    let known: Vec<&'static str> = words.chain(spoken::parameter_names()).chain(wording::explained_names()).collect();
    let known: Vec<&str> =
        command.get_subcommands().map(clap::Command::get_name).chain(known.iter().copied()).collect();
    let meant = did_you_mean(asked, known)?;
    Some(format!("nothing is known by the name \"{asked}\"; did you mean \"{meant}\"?"))
}
