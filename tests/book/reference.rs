//! Pages of the book that are made from the program's own declarations, and what the terminal says from the same source.

use aigap::scenario::key_tables;
use aigap::table;

use crate::support::program::{done, refused};
use crate::support::runs;

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

/// Everything that a run says of its paths.
fn says(text: &str) -> String {
    let scenario = runs::scenario(text);
    let summary = runs::run(&scenario, 512, 7);
    [table::run::fan(&scenario, &summary), table::run::milestones(&scenario, &summary)]
        .iter()
        .map(|it| it.csv())
        .collect()
}

/// What the page of keys says of a key that is left out is what a scenario says that writes it down; another word changes it.
#[test]
fn what_is_told_to_hold_without_a_key_does() {
    let jump = "[[jumps]]\nname = \"crash\"\nregion = \"us\"\nseries = \"deals\"\nchance-per-year = \"20%\"\nsize = \"-40%\"\n";
    let event =
        "[[events]]\nname = \"fund\"\nregion = \"china\"\nseries = \"deals\"\nyear = 2026\neffect = { step = \"+60%\"";
    let tail = "[shocks]\nlaw = { student-t = 4 }\n";
    // Table and key, what stands before it and behind it, and another value.
    let keys = [
        ("[shocks]", "law", "[shocks]\n", "", "{ student-t = 4 }"),
        ("[shocks]", "tail", tail, "", "\"shared\""),
        ("[money]", "currency", "[money]\n", "", "\"CNY\""),
        ("[[jumps]]", "duration", jump, "", "\"transient\""),
        ("effect", "over", event, " }\n", "3"),
    ];
    for (of, word, before, behind, other) in keys {
        let tables = key_tables();
        let listed = tables.iter().find(|it| it.name == of).unwrap().keys.iter().find(|it| it.word == word).unwrap();
        let told = listed.without.split(':').next().unwrap();
        let told = if told.parse::<f64>().is_ok() { told.to_owned() } else { format!("\"{told}\"") };
        let separator = if behind.is_empty() { "" } else { ", " };
        let with = |value: &str| says(&format!("{}{before}{separator}{word} = {value}{behind}", runs::BASE));
        let without = says(&format!("{}{before}{behind}", runs::BASE));
        assert_eq!(with(&told), without, "{of} {word} = {told}");
        assert_ne!(with(other), without, "{of} {word} = {other}");
    }
}
