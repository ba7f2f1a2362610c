//! `aigap --help`: commands by the question that they answer.

use std::fmt::Write;

use clap::Command;

/// Questions and work, each with its commands in the order in which they are told.
const GROUPS: [(&str, &[&str]); 9] = [
    ("What follows", &["simulate", "compare"]),
    ("What matters most", &["sensitivity"]),
    ("Where it breaks even", &["sweep"]),
    ("What it would take", &["seek"]),
    ("What such futures share", &["discover"]),
    ("To readers, and again", &["report", "whatif", "chart", "verify", "export"]),
    ("Before you simulate", &["new", "init", "check", "params", "diff", "facts", "data", "metrics", "explain"]),
    ("The new edition is out, and how good were we", &["update", "fit", "backtest", "score"]),
    ("For programs and shells", &["tables", "schema", "merge", "completions", "man", "licenses", "help"]),
];

/// What flags that all questions have say of each: command, flag, help.
const OWN_WORDS: [(&str, &str, &str); 15] = [
    ("simulate", "out", "Folder of the run; output/<scenario> if not given"),
    (
        "simulate",
        "paths",
        "Number of simulated futures, even; 100,000 if not given; with --precision the most that are simulated",
    ),
    ("compare", "out", "Folder of the comparison; output/<base>-vs-<what-ifs> if not given"),
    ("sensitivity", "out", "Folder of the answer; output/<scenario>-sensitivity if not given"),
    (
        "sensitivity",
        "paths",
        "Number of simulated futures of each run, even; 20,000 for a tornado, 65,536 for shares of the variance",
    ),
    ("sweep", "out", "Folder of the answer; output/<scenario>-sweep if not given"),
    ("sweep", "paths", "Number of simulated futures of each cell, even; 20,000 if not given"),
    ("seek", "out", "Folder of the answer; output/<scenario>-seek if not given"),
    ("seek", "paths", "Number of simulated futures that an answer rests on, even"),
    ("discover", "out", "Folder of the answer; output/<scenario>-discover if not given"),
    ("discover", "paths", "Number of simulated futures, even; at most the first 131,072 are looked at"),
    ("simulate", "json", "Print the summary for programs"),
    ("fit", "out", "Folder of the answer; output/<data>-fit if not given"),
    ("backtest", "out", "Folder of the answer; output/<data>-backtest if not given"),
    ("score", "out", "Folder of the answer; output/<run>-score if not given"),
];

/// Questions that ask again depending on what they found, and so have no shards.
const WITHOUT_SHARDS: [&str; 2] = ["seek", "discover"];

/// The command with help on the flags that all questions have in the words of each.
pub(super) fn with_own_words(command: Command) -> Command {
    let command = negatives_are_values(command);
    let worded = OWN_WORDS.into_iter().fold(command, |command, (name, flag, words)| {
        command.mut_subcommand(name, |it| it.mut_arg(flag, |flag| flag.help(words)))
    });
    WITHOUT_SHARDS
        .into_iter()
        .fold(worded, |command, name| command.mut_subcommand(name, |it| it.mut_arg("shard", |flag| flag.hide(true))))
}

/// The command, each of whose flags takes what looks like a number below zero as its value: what is wrong with the value is then
/// said by whoever reads it, not that there is no flag `-1`.
fn negatives_are_values(command: Command) -> Command {
    let names: Vec<String> = command.get_subcommands().map(|it| it.get_name().to_owned()).collect();
    names.into_iter().fold(command, |command, name| {
        command.mut_subcommand(name, |it| {
            it.mut_args(|flag| {
                let value = flag.get_long().is_some() && flag.get_action().takes_values();
                flag.allow_negative_numbers(value)
            })
        })
    })
}

/// Widest line of the help.
const WIDTH: usize = 90;

/// Column at which descriptions begin.
const INDENT: usize = 15;

/// The command with its subcommands grouped by question.
pub(super) fn grouped(mut command: Command) -> Command {
    // Subcommands learn of `help` when the command is built.
    command.build();
    let header = *command.get_styles().get_header();
    let mut listed = String::new();
    for (question, commands) in groups(&command) {
        let _ = writeln!(listed, "{header}{question}{header:#}");
        commands.iter().for_each(|it| listed += &line(it));
        listed.push('\n');
    }
    let template = format!(
        "{{about-with-newline}}\n{{usage-heading}} {{usage}}\n\n{listed}{header}Options{header:#}\n{{options}}{{after-help}}"
    );
    command.help_template(template)
}

/// Names of all commands in the order in which help lists them.
pub(super) fn in_order(command: &Command) -> Vec<String> {
    let listed = groups(command).into_iter().flat_map(|(_, commands)| commands);
    listed.map(|it| it.get_name().to_owned()).collect()
}

/// Groups that have commands; what no group names stands in one of its own.
fn groups(command: &Command) -> Vec<(&'static str, Vec<&Command>)> {
    let find = |name: &&str| command.get_subcommands().find(|it| it.get_name() == *name);
    let of = |(question, names): &(&'static str, &[&str])| (*question, names.iter().filter_map(find).collect());
    let mut groups: Vec<(&'static str, Vec<&Command>)> = GROUPS.iter().map(of).collect();
    let known = |it: &&Command| GROUPS.iter().any(|(_, names)| names.contains(&it.get_name()));
    groups.push(("More", command.get_subcommands().filter(|it| !known(it)).collect()));
    groups.retain(|(_, commands)| !commands.is_empty());
    groups
}

/// A command with its description, broken into lines below each other.
fn line(command: &Command) -> String {
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    let mut text = format!("  {:<width$}", command.get_name(), width = INDENT - 2);
    let mut column = INDENT;
    for (place, word) in about.split_whitespace().enumerate() {
        let length = word.chars().count();
        if place > 0 && column + 1 + length > WIDTH {
            let _ = write!(text, "\n{:INDENT$}", "");
            column = INDENT;
        } else if place > 0 {
            text.push(' ');
            column += 1;
        }
        text += word;
        column += length;
    }
    text + "\n"
}

/// Every name that a group lists, commands of later versions among them.
#[cfg(test)]
pub(super) fn listed() -> Vec<&'static str> {
    GROUPS.iter().flat_map(|(_, names)| names.iter().copied()).collect()
}
