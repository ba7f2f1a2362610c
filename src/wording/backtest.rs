//! What past forecasts were worth, in words that claim no more than their table.

use crate::study::{BackTested, Model};
use crate::table::Cell;
use crate::table::history::better;

use super::cited::Cited;
use super::goal::capital;
use super::text::{NamedCells, Text};

/// Forecasts from which on two methods could be told apart at all, were they independent.
const ENOUGH: u64 = 100;

/// A cell of a model in `models.csv`.
fn cell(model: Model, column: &str) -> Cell {
    Cell::new("models.csv", &[("model", model.name())], &[column])
}

fn count(value: u64, model: Model, column: &str) -> Text {
    Cited::new(value as f64, cell(model, column)).whole_number().into()
}

/// `7% better than a simple trend’s`, `12% worse than that of no change`, `no better and no worse than …`.
fn against(found: &BackTested, model: Model, other: Model, column: &str) -> Text {
    let share = better(found, model, other);
    let than = Text::own(format!(" than that of {}", other.words()));
    match share {
        share if share >= 0.005 => Text::from(Cited::new(share, cell(model, column)).percent()) + " better" + than,
        // The table has it with its sign.
        share if share <= -0.005 => Text::own(super::percent(-share)) + " worse" + than,
        _ => Text::from("as good as that of ") + Text::own(other.words()),
    }
}

/// The finding: how many outcomes a band held, and how the score compares.
#[must_use]
pub fn back_test_finding(found: &BackTested) -> Vec<Text> {
    let fit = found.judged(Model::Fit);
    let years = found.origins.len() as u64;
    let over = match years {
        1 => Text::from("From one past starting year"),
        _ => Text::from("Over ") + count(years, Model::Fit, "origins") + " past starting years",
    };
    let held = over
        + ", bands meant to hold 8 in 10 outcomes held "
        + count(fit.inside[1], Model::Fit, "inside_80")
        + " of "
        + count(fit.forecasts, Model::Fit, "forecasts")
        + ".";
    let few = if fit.forecasts < ENOUGH { ": too few tests to rank" } else { "" };
    let score = Text::from("Their score was ")
        + against(found, Model::Fit, Model::Drift, "better_than_drift")
        + " and "
        + against(found, Model::Fit, Model::RandomWalk, "better_than_random_walk")
        + few
        + ".";
    vec![held, score]
}

/// What each model was worth: head, parted by bars, and a row for each.
#[must_use]
pub fn back_test_table(found: &BackTested) -> (String, Vec<NamedCells>) {
    let row = |model: Model| {
        let judged = found.judged(model);
        let of = |place: usize, column: &str| {
            count(judged.inside[place], model, column) + " of " + count(judged.forecasts, model, "forecasts")
        };
        let cells = vec![
            of(0, "inside_50"),
            of(1, "inside_80"),
            of(2, "inside_95"),
            Cited::new(judged.crps, cell(model, "crps")).figures().into(),
        ];
        (capital(model.words()), cells)
    };
    ("forecast by|in 50% band|in 80% band|in 95% band|score".to_owned(), Model::ALL.into_iter().map(row).collect())
}

/// What the answer rests on.
#[must_use]
pub fn back_test_basis(found: &BackTested) -> Vec<Text> {
    let mut sentences: Vec<Text> = vec![
        Text::own(format!(
            "Figures: {}, edition {}. Each forecast saw nothing later than its starting year; but all figures are as this edition \
             has them, revised since, and who stood there then had others.",
            found.history.source, found.history.vintage
        )),
        "The score is the continuous ranked probability score of the log: smaller is better, and it punishes bands that are too \
         wide as well as too narrow."
            .into(),
    ];
    let used = found.origins.len();
    if used < found.asked_origins {
        sentences.push(Text::own(format!(
            "Of the {} starting years that were asked for, {used} have enough figures before them and an outcome behind.",
            found.asked_origins
        )));
    }
    if found.history.regions.len() > 1 {
        sentences.push(
            "One in three of the outcomes is the ratio of the other two, so that it tests nothing of its own.".into(),
        );
    }
    if found.horizons.len() > 1 || found.history.regions.len() > 1 {
        sentences.push(
            "Forecasts of neighbouring years and of both sides share their luck, so the counts have no interval: they are worth \
             fewer than they seem."
                .into(),
        );
    }
    sentences
}

/// The story on the terminal, with what was written where and what to do next.
#[must_use]
pub fn back_test_story(found: &BackTested, closing: &[String]) -> String {
    super::fit::told(back_test_finding(found), back_test_table(found), back_test_basis(found), closing)
}
