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
    let usage = command.clone().render_usage().to_string();
    let _ = writeln!(text, "```text\n{}\n```\n", usage.trim_start_matches("Usage: "));
    let shown = command
        .get_arguments()
        .filter(|it| !it.is_hide_set() && !["help", "color", "version"].contains(&it.get_id().as_str()));
    let rows: String = shown.map(row).collect();
    if !rows.is_empty() {
        text += &format!("| flag | what it does |\n|---|---|\n{rows}");
    }
    if let Some(after) = command.get_after_help() {
        let _ = writeln!(text, "\n```text\n{}\n```", after.to_string().trim_end());
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
