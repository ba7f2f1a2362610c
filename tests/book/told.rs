//! Settings that the generated pages and `--help` tell in words of their own, held against the program.

use aigap::counting::sizes::THRESHOLDS;
use aigap::engine::Settings;
use aigap::special;
use aigap::study::{Discover, LEAST_YEARS, MOST_PATHS_LOOKED_AT, POINTS};
use aigap::summary::LEVELS;

use crate::support::program::read;

use super::constants::{Passage, one, tells_of};
use super::{reference, source};

const RECIPES: &str = "src/study/prepared.rs";

/// Paths that a precision begins with, and that a search looks at first.
fn first_paths() -> f64 {
    one("src/summary/run.rs", "FIRST_PATHS")
}

/// Words of the generated pages with their numbers, and what these are in the program.
const PASSAGES: &[Passage] = &[
    // Commands.
    ("Double the paths from 4,096 on", || vec![first_paths()]),
    ("Double the paths of all cells from 4,096 on", || vec![first_paths()]),
    ("even; 100,000 if not given; with --precision", || vec![Settings::DEFAULT_PATHS as f64]),
    ("20,000 for a tornado, 65,536 for shares of the variance", || {
        vec![one(RECIPES, "TORNADO_PATHS"), one(RECIPES, "VARIANCE_PATHS")]
    }),
    ("of each cell, even; 20,000 if not given", || vec![one(RECIPES, "TORNADO_PATHS")]),
    ("at most the first 131,072 are looked at", || vec![MOST_PATHS_LOOKED_AT as f64]),
    ("to read what happens on them; at most 1000", || vec![Discover::MOST_KEPT as f64]),
    ("at least 6 years of funding", || vec![LEAST_YEARS as f64]),
    ("at least 8 years of funding in one edition: six to learn from", || {
        vec![one("src/study/backtest.rs", "LEAST_YEARS"), one("src/study/backtest.rs", "FIRST")]
    }),
    // Tables.
    ("fewer than 100 effective paths", || vec![one("src/summary.rs", "FEWEST_PATHS_OF_A_MEAN")]),
    ("on the first 8,192 paths where", || vec![one("src/study/seek/search.rs", "FIRST_LOOK")]),
    ("scenario's law: 0.1, 0.3, 0.5, 0.7 or 0.9", || POINTS.to_vec()),
    ("empty below 1,000 paths", || vec![one("src/study/score/rules.rs", "MANY")]),
    // Glossary.
    ("the range of 50%, 80% and 95% of paths", || {
        vec![LEVELS[5] - LEVELS[3], LEVELS[6] - LEVELS[2], LEVELS[8] - LEVELS[0]]
    }),
    ("a mega-round is one above $100m", || vec![special::exp(THRESHOLDS[0])]),
    ("at its 10% and its 90% quantile", || vec![LEVELS[2], LEVELS[6]]),
    ("at 20% a typical year lies between −18% and +22%", || {
        let percent = |share: f64| (100.0 * share).round() / 100.0;
        vec![0.2, percent(special::exp(-0.2) - 1.0), percent(special::exp(0.2) - 1.0)]
    }),
    ("2% a year is ln 1.02 in logs", || vec![0.02, 1.02]),
    ("always saying one half earns 0.25", || vec![0.5_f64.powi(2)]),
];

#[test]
fn settings_that_generated_pages_tell_are_those_of_the_program() {
    let all: String = reference::PAGES.map(|(name, _)| read(source().join("reference").join(name))).join("\n");
    let all = all.split_whitespace().collect::<Vec<_>>().join(" ");
    PASSAGES.iter().for_each(|passage| tells_of(passage, &all));
}
