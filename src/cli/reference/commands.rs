//! The page of all commands, from their own declarations.

use std::fmt::Write;

use clap::{Arg, Command};

/// Every command in the order in which help lists it: what it does, its usage, its flags, its examples.
pub(super) fn page(command: &Command) -> String {
    let mut text =
        "# Commands\n\nThis page is what `aigap help commands` prints. `aigap COMMAND --help` prints one of them.\n"
            .to_owned();
    for name in super::super::help::in_order(command) {
        if let Some(found) = command.get_subcommands().find(|it| it.get_name() == name) {
            text += &section(found);
        }
    }
    text
}

fn section(command: &Command) -> String {
    let name = command.get_name();
    let about = command.get_long_about().or(command.get_about()).map(ToString::to_string).unwrap_or_default();
    let mut text = format!("\n## `aigap {name}`\n\n{}.\n\n", about.trim_end_matches('.'));
    let shown = command
        .get_arguments()
        .filter(|it| !it.is_hide_set() && !["help", "color", "version"].contains(&it.get_id().as_str()));
    let rows: String = shown.map(row).collect();
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ");
    // Options that every command has are not told again.
    let usage = if rows.is_empty() { usage.replace(" [OPTIONS]", "") } else { usage.to_owned() };
    let _ = write!(text, "```text\n{usage}\n```\n");
    if !rows.is_empty() {
        text += &format!("\n| flag | what it does |\n|---|---|\n{rows}");
    }
    if let Some(after) = command.get_after_help() {
        // Examples first, and what else there is to say in paragraphs of their own.
        let after = after.to_string();
        let (examples, said) = after.trim_end().split_once("\n\n").unwrap_or((after.trim_end(), ""));
        let _ = write!(text, "\n```text\n{examples}\n```\n");
        for words in said.split("\n\n").filter(|it| !it.is_empty()) {
            let _ = write!(text, "\n{}\n", words.replace('\n', " "));
        }
    }
    text
}

fn row(argument: &Arg) -> String {
    let names: Vec<String> =
        argument.get_value_names().unwrap_or_default().iter().map(|it| format!("<{it}>")).collect();
    let takes = argument.get_action().takes_values();
    let value = if takes { names.join(" ") } else { String::new() };
    let flag = match (argument.get_long(), argument.get_short()) {
        (Some(long), Some(short)) => format!("-{short}, --{long} {value}"),
        (Some(long), None) => format!("--{long} {value}"),
        (None, _) => value,
    };
    let help = argument.get_long_help().or(argument.get_help()).map(ToString::to_string).unwrap_or_default();
    let choices: Vec<String> = argument.get_possible_values().iter().map(|it| it.get_name().to_owned()).collect();
    let defaults: Vec<String> =
        argument.get_default_values().iter().map(|it| it.to_string_lossy().into_owned()).collect();
    // An angle bracket would begin a tag of HTML.
    let mut said = help.replace('\n', " ").replace('|', "\\|").replace('<', "\\<");
    if takes && !choices.is_empty() {
        said += &format!("; one of {}", choices.join(", "));
    }
    if takes && !defaults.is_empty() {
        said += &format!(" (without it: {})", defaults.join(", "));
    }
    format!("| `{}` | {said} |\n", flag.trim().replace('|', "\\|"))
}
