//! Pages of the book that are made from the program's own declarations, and what the terminal says from the same source.

use crate::support::program::{done, refused};

use super::{holds, source};

/// Pages, each with the command that prints it.
pub const PAGES: [(&str, &[&str]); 8] = [
    ("tables.md", &["tables", "--markdown"]),
    ("keys.md", &["help", "keys"]),
    ("distributions.md", &["help", "distributions"]),
    ("models.md", &["help", "models"]),
    ("metrics.md", &["help", "metrics"]),
    ("commands.md", &["help", "commands"]),
    ("exit-codes.md", &["help", "exit-codes"]),
    ("glossary.md", &["help", "glossary"]),
];

#[test]
fn pages_of_the_reference_are_what_the_program_prints() {
    for (name, command) in PAGES {
        holds(&source().join("reference").join(name), &done(&source(), command));
    }
}

#[test]
fn help_knows_commands_keys_models_metrics_forms_and_terms() {
    let knows = [
        ("simulate", "Usage: aigap simulate"),
        ("chance-per-year", "a key of [[events]]"),
        ("gompertz", "a model of growth"),
        ("log-ratio", "a metric of every path"),
        ("pert", "a way to write a number"),
        ("goal seek", "Next: aigap seek"),
        ("parity", "a milestone"),
        ("volatility", "tandard deviation of the yearly log change"),
        ("ranges", "| % a year, median path |"),
        ("metrics", "# Metrics and milestones"),
    ];
    for (topic, says) in knows {
        let said = done(&source(), &["help", topic]);
        assert!(said.contains(says), "{topic}: {said}");
    }
    assert!(done(&source(), &["help"]).contains("What it would take"));
    let slip = refused(&source(), &["help", "simulat"], 2);
    assert!(slip.contains("did you mean \"simulate\"?"), "{slip}");
}
