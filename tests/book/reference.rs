//! Pages of the book that are made from the program's own declarations, and what the terminal says from the same source.

use aigap::measure::{CONDITION_FORMS, GOAL_FORMS, TARGET_FORMS, value_forms};
use aigap::metric::Metric;
use aigap::scenario::Layers;

use crate::support;
use crate::support::program::{done, read, refused, root};
use crate::support::runs;

use super::{holds, source};

/// Pages, each with the command that prints it.
pub const PAGES: [(&str, &[&str]); 10] = [
    ("tables.md", &["tables", "--markdown"]),
    ("keys.md", &["help", "keys"]),
    ("distributions.md", &["help", "distributions"]),
    ("models.md", &["help", "models"]),
    ("events.md", &["help", "events"]),
    ("metrics.md", &["help", "metrics"]),
    ("questions.md", &["help", "questions"]),
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
        ("half-life", "effect = { pulse = \"-50%\", half-life = 2 }"),
        ("severity", "used in  questions"),
        ("horizon", "it has to be written"),
        ("events", "# Events, jumps and what they do"),
        ("questions", "A goal is a target held against a number"),
        ("initial-growth", "of the model fade: yearly growth in the base year"),
        ("china.deals.growth", "below [china.deals]"),
        ("wider-as-ratio", "a built-in event, counted in every year: US / China funding"),
        ("fan.csv", "a row is known by scenario, metric, region, year"),
    ];
    for (topic, says) in knows {
        let said = done(&source(), &["help", topic]);
        assert!(said.contains(says), "{topic}: {said}");
    }
    assert!(done(&source(), &["help"]).contains("What it would take"));
    for (slip, meant) in [("simulat", "simulate"), ("sharpley", "shapley"), ("volatilty", "volatility")] {
        let said = refused(&source(), &["help", slip], 2);
        assert!(said.contains(&format!("did you mean \"{meant}\"?")), "{said}");
    }
}

/// Words of answers, tables and charts that a newcomer may ask about.
const WORDS_OF_ANSWERS: [&str; 38] = [
    "path",
    "paths",
    "base year",
    "over the assumptions",
    "log points",
    "in logs",
    "variance",
    "median",
    "80%",
    "gap",
    "ratio",
    "lead",
    "funding",
    "deals",
    "deal size",
    "luck",
    "shocks",
    "same luck",
    "sd",
    "standard deviation",
    "±",
    "≈",
    "simulation error",
    "judgement",
    "draw",
    "seed",
    "quantile",
    "tornado",
    "one at a time",
    "fixed",
    "coverage",
    "density",
    "prior",
    "posterior",
    "persistence",
    "noise",
    "brier score",
    "rounding",
];

#[test]
fn words_of_answers_are_explained() {
    for word in WORDS_OF_ANSWERS {
        assert!(!done(&source(), &["explain", word]).is_empty(), "{word}");
    }
}

#[test]
fn the_glossary_says_what_explain_says() {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let page = done(&source(), &["help", "glossary"]);
    let entries: Vec<(&str, &str)> =
        page.split("\n## ").skip(1).map(|entry| entry.split_once("\n\n").unwrap()).collect();
    assert!(entries.len() > 60, "{}", entries.len());
    for (word, said) in entries {
        let meaning = plain(said.split("\n\n").next().unwrap()).to_lowercase();
        let explained = plain(&done(&source(), &["explain", word])).to_lowercase();
        assert!(explained.contains(&meaning), "{word}: {explained}");
    }
}

#[test]
fn models_are_pictured_as_the_page_says() {
    let script = read(root().join("examples/gallery.sh"));
    for note in aigap::growth::MODEL_NOTES {
        let line = script.lines().find_map(|line| line.strip_prefix(&format!("draw_model {} ", note.name))).unwrap();
        let drawn = line.trim_matches('\'').replace("' '", ", ").replace("CEILING", "$90bn");
        assert_eq!(drawn, note.pictured, "{}", note.name);
    }
    assert!(script.contains("[ \"$region\" = us ] && echo '\\$90bn'"));
}

#[test]
fn every_form_of_a_question_is_read_by_its_parser() {
    let scenario = support::shipped_base();
    for form in CONDITION_FORMS {
        let asked = format!(
            "{}[[questions]]\nname = \"it\"\nthat = \"{}\"\n",
            include_str!("../../scenarios/base.toml"),
            form.written
        );
        assert!(runs::try_read(&[("test.toml", &asked)], &Layers::default()).is_ok(), "{}", form.written);
    }
    for form in TARGET_FORMS {
        assert!(scenario.target(form.written).is_ok(), "{}", form.written);
    }
    for form in GOAL_FORMS {
        assert!(scenario.goal(form.written).is_ok(), "{}", form.written);
    }
    let of_a_unit = |unit: &str| Metric::ALL.into_iter().any(|it| it.unit() == unit);
    assert!(value_forms().iter().all(|(unit, _)| of_a_unit(unit)) && value_forms().len() > 4);
}
