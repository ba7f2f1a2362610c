//! `aigap help TOPIC`: what is known of a command, a key, a model, a metric or a term, from where the program itself has it.

mod commands;
mod departures;
mod pages;
mod questions;
mod spoken;

use crate::diagnostic::did_you_mean;
use crate::scenario::key_tables;
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
    /// A command, a key of a scenario, a model, a metric, a term, or a page; all commands if not given.
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
    let [keys, form] = [spoken::keys(&plain), spoken::form(&plain)];
    let mut parts: Vec<String> = [form, keys].into_iter().filter(|part| !part.is_empty()).collect();
    match term {
        Ok(text) => parts.insert(0, text),
        Err(why) if parts.is_empty() => return Err(nearest(&plain, command).unwrap_or(why)),
        Err(_) => {}
    }
    Ok(parts.join("\n"))
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

/// What was meant by a slip of a command or a key; `None` where it is nearer to a term.
fn nearest(asked: &str, command: &clap::Command) -> Option<String> {
    let tables = key_tables();
    let words = tables.iter().flat_map(|table| table.keys.iter().map(|key| key.word));
    let known: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).chain(words).collect();
    let meant = did_you_mean(asked, known)?;
    Some(format!("nothing is known by the name \"{asked}\"; did you mean \"{meant}\"?"))
}
