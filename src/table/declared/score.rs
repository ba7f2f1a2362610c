//! Tables of stored runs held against what came.

use super::columns::{DEFINITION, DRAWN, PATHS, SCENARIO, UNIT, YEAR};
use crate::table::declaration::{Column, Declaration, UNIT_OF_ROW};

const BY: &str = "aigap score";
const READING: Column = Column::text("reading", "who states what came, and in which edition");

/// Every outcome with its scores.
pub static SCORE: Declaration = Declaration {
    files: &["score.csv"],
    written_by: BY,
    holds: "a row per run, reading, metric and year: what came, on the basis of the run, and how far the run was from it",
    keys: &["scenario", "reading", "metric", "region", "year"],
    groups: &[
        &[
            SCENARIO,
            READING,
            Column::text("metric", "name of the metric (aigap metrics lists them)"),
            Column::text("region", "region the metric belongs to, or both for lead against follow region"),
            YEAR,
            UNIT,
            Column::text(
                "basis",
                "growth: inside the new edition, on the run's figure; revision: the new level, brought back by the size of past \
                 revisions; growth and revision: one side each",
            ),
            Column::number("outcome", UNIT_OF_ROW, "what came, on the basis of the run, in nominal dollars"),
            Column::number("outcome_low", UNIT_OF_ROW, "low end of the 95% interval that rounding and revision leave"),
            Column::number(
                "outcome_high",
                UNIT_OF_ROW,
                "high end of the 95% interval that rounding and revision leave",
            ),
            Column::share("percentile", "share of paths below the outcome"),
            Column::share("percentile_low", "share of paths below outcome_low"),
            Column::share("percentile_high", "share of paths below outcome_high"),
            Column::text("inside_50", "whether the outcome lies in the middle 50% of paths: yes or no"),
            Column::text("inside_80", "whether the outcome lies in the middle 80% of paths: yes or no"),
            Column::text("inside_95", "whether the outcome lies in the middle 95% of paths: yes or no"),
            Column::text("scale", "log or level: what the scores are of; a difference is scored as it is"),
            Column::number(
                "crps",
                "",
                "continuous ranked probability score over all paths; empty where this version does not make the same run again",
            ),
            Column::number(
                "weighted_interval_score",
                "",
                "weighted interval score of the nine stored quantiles, each weighted by its share of the law; approaches crps as quantiles are added",
            ),
            Column::number(
                "log_score",
                "",
                "minus the log of the density of paths at the outcome; empty below 1,000 paths",
            ),
            Column::number(
                "error_last_value",
                "",
                "what guessing the value of the base year scores: its absolute error",
            ),
            Column::number(
                "error_drift",
                "",
                "what guessing that the mean growth of the observed years goes on scores: its absolute error",
            ),
        ],
        &[PATHS],
    ],
};

/// Questions that the outcome answers.
pub static SCORE_QUESTIONS: Declaration = Declaration {
    files: &["score_questions.csv"],
    written_by: BY,
    holds: "a row per run, reading, question and year that the outcome answers",
    keys: &["scenario", "reading", "question", "definition", "year"],
    groups: &[&[
        SCENARIO,
        READING,
        Column::text("question", "name of the question"),
        DEFINITION,
        YEAR,
        Column::share("probability", "chance that the run gave"),
        Column::text("came", "whether it came: yes or no"),
        Column::text("certain", "whether the answer is the same at both ends of the outcome's interval: yes or no"),
        Column::number("brier_score", "", "square of what the chance lies from the answer: 0 at best, 1 at worst"),
    ]],
};

/// A line for each run and reading: what a ledger keeps.
pub static SCORE_READINGS: Declaration = Declaration {
    files: &["score_readings.csv"],
    written_by: BY,
    holds: "a row per run and reading: how many outcomes lay where, and mean scores; what --ledger adds to a file of yours",
    keys: &["scenario", "config", "seed", "reading"],
    groups: &[&[
        SCENARIO,
        Column::text("config", "hash of the resolved scenario, as its manifest has it"),
        Column::text("version", "version of aigap that made the run"),
        Column::count("seed", "", "seed of the run"),
        PATHS,
        READING,
        Column::year("last_year", "last year with an outcome"),
        Column::count("outcomes", "", "number of outcomes: metrics times years, which move together"),
        Column::count("inside_50", "", "outcomes in the middle 50% of paths"),
        Column::count("inside_80", "", "outcomes in the middle 80% of paths"),
        Column::count("inside_95", "", "outcomes in the middle 95% of paths"),
        Column::text("score", "crps, or weighted-interval-score where the paths cannot be asked"),
        Column::number("mean_score", "", "mean score over the outcomes on a log scale"),
        Column::number("mean_error_last_value", "", "the same mean for guessing the values of the base year"),
        Column::number("mean_error_drift", "", "the same mean for guessing that past growth goes on"),
        Column::count("questions", "", "questions that the outcome answers beyond its own doubt"),
        Column::number("mean_brier_score", "", "mean Brier score over these questions"),
        Column::share(
            "world_restated",
            "by how much the edition restates the world's funding of the base year; empty where it does not state it",
        ),
    ]],
};

/// The stored fans of gap and ratio with what came.
pub static CHART_OUTTURN: Declaration = Declaration {
    files: &["charts/outturn.csv"],
    written_by: BY,
    holds: "a row per panel, series and year: the stored fan, and below it what came in each reading",
    keys: &["panel", "series", "year"],
    groups: &[
        &[
            Column::text("panel", "gap, in dollars, or ratio, in times"),
            Column::text("series", "run, or the reading of what came"),
            YEAR,
            UNIT,
        ],
        DRAWN,
        &[Column::share("percentile", "of what came: share of the run's paths below it; empty for the run itself")],
    ],
};
