//! Tables of a run, written by `aigap simulate`.

use super::columns::{
    DEFINITION, LEFT_OUT, MEAN_AND_SD, MEASURE, OBSERVED, PATHS as NUMBER_OF_PATHS, PROBABILITY, QUANTILE_ERRORS,
    QUANTILES, SCENARIO, SIM_ERROR, UNIT, YEAR,
};
use crate::table::declaration::{Column, Declaration, UNIT_OF_ROW};

const BY: &str = "aigap simulate";

/// Observed values and the spread of simulated ones.
pub static FAN: Declaration = Declaration {
    files: &["fan.csv"],
    written_by: BY,
    holds: "a row per metric, region and year: what the data say of observed years, mean and quantiles of simulated ones",
    keys: &["scenario", "metric", "region", "year"],
    groups: &[&[SCENARIO], MEASURE, &[YEAR, UNIT], OBSERVED, MEAN_AND_SD, QUANTILES, LEFT_OUT],
};

/// Errors of simulation of the fan's quantiles.
pub static FAN_ERRORS: Declaration = Declaration {
    files: &["fan_errors.csv"],
    written_by: BY,
    holds: "a row per metric, region and simulated year: errors of simulation of quantiles, mean and sd in fan.csv",
    keys: &["scenario", "metric", "region", "year"],
    groups: &[
        &[SCENARIO],
        MEASURE,
        &[YEAR],
        QUANTILE_ERRORS,
        &[
            Column::number(
                "se_mean",
                UNIT_OF_ROW,
                "standard error of simulation of mean; empty where there is no mean",
            ),
            Column::number("se_sd", UNIT_OF_ROW, "standard error of simulation of sd; empty where there is no sd"),
            Column::number(
                "effective_paths",
                "paths",
                "paths that the variance rests on: their number over the kurtosis, which is at least that of a lognormal law through the quantiles",
            ),
            Column::text(
                "converged",
                "no where mean and sd rest on fewer than 100 effective paths, so that their errors say little; else yes",
            ),
        ],
        &[Column::share("share_from_assumptions", "share of the variance that the assumptions explain, luck the rest")],
    ],
};

/// More quantiles than the fan has columns for.
pub static FINE_QUANTILES: Declaration = Declaration {
    files: &["quantiles.csv"],
    written_by: BY,
    holds: "a row per metric, region, simulated year and level: the quantile at 23 levels from 1% to 99%, those of fan.csv \
            among them",
    keys: &["scenario", "metric", "region", "year", "level"],
    groups: &[
        &[SCENARIO],
        MEASURE,
        &[
            YEAR,
            UNIT,
            Column::share("level", "share of the paths that lie below"),
            Column::number("value", UNIT_OF_ROW, "the quantile; empty where it is infinite"),
        ],
    ],
};

/// Answers to questions.
pub static PROBABILITIES: Declaration = Declaration {
    files: &["probabilities.csv"],
    written_by: BY,
    holds: "a row per question and year: the share of paths on which the answer is yes",
    keys: &["scenario", "question", "definition", "year"],
    groups: &[
        &[SCENARIO, Column::text("question", "name of the question, built in or the scenario's own"), DEFINITION, YEAR],
        PROBABILITY,
        &[NUMBER_OF_PATHS],
    ],
};

/// First years in which something has happened.
pub static MILESTONES: Declaration = Declaration {
    files: &["milestones.csv"],
    written_by: BY,
    holds: "a row per milestone and year: the share of paths that have reached it by then; a row without a year is the share \
            that never does within the horizon",
    keys: &["scenario", "milestone", "year"],
    groups: &[
        &[
            SCENARIO,
            Column::text(
                "milestone",
                "name of the milestone; with -never behind it for the paths that do not reach it",
            ),
            DEFINITION,
            Column::year("year", "year by whose end the milestone is reached; empty for never within the horizon"),
            Column::share("reached_by", "share of paths that have reached the milestone by the year"),
        ],
        SIM_ERROR,
    ],
};

/// What must hold of a plausible projection.
pub static CHECKS: Declaration = Declaration {
    files: &["checks.csv"],
    written_by: BY,
    holds: "a row per check of the scenario: the share of paths that break it in some year",
    keys: &["scenario", "check"],
    groups: &[&[
        SCENARIO,
        Column::text("check", "name of the check"),
        Column::text("that", "condition that must hold on a plausible path"),
        Column::text("severity", "what follows where too many paths break it: note, warning or error"),
        Column::share("allowed", "share of paths that may break it"),
        Column::share("broken", "share of paths that break it in some year"),
        NUMBER_OF_PATHS,
        Column::text("why", "why the condition is one of plausibility"),
        Column::text("source", "source of the condition"),
    ]],
};

/// What moved the gap between two years.
pub static DECOMPOSITION: Declaration = Declaration {
    files: &["decomposition.csv"],
    written_by: BY,
    holds: "a row per change between two years, side and component: what moved the gap; terms add up to the row `total`",
    keys: &["scenario", "from", "to", "side", "component"],
    groups: &[&[
        SCENARIO,
        Column::year("from", "year that the change starts from"),
        Column::year("to", "year that the change ends in"),
        Column::text("side", "region whose component moved, or total"),
        Column::text("component", "deals, deal-size, money (exchange rate and prices), added (by events), or all"),
        Column::number(
            "{money}",
            "bn",
            "part in the change of the gap by logarithmic means (LMDI), in billions of the money shown: dollars, yuan, yuan-of-2023",
        ),
        Column::number("{money}_shapley", "bn", "the same part by Shapley's averages over orders"),
        Column::number("factor", "times", "factor by which the component moved the ratio"),
        Column::number("log_change", "natural log", "part in the change of the log ratio"),
        Column::share("share", "part of the total change of the log ratio; empty where the terms all but cancel"),
        Column::number(
            "se_{money}",
            "bn",
            "standard error of simulation of the part by LMDI; empty for observed years",
        ),
        Column::number("se_{money}_shapley", "bn", "standard error of simulation of the part by Shapley's averages"),
        Column::number("se_log_change", "natural log", "standard error of simulation of log_change"),
    ]],
};

/// Ratio and gap of the last year.
pub static DISTRIBUTION: Declaration = Declaration {
    files: &["distribution.csv"],
    written_by: BY,
    holds: "ratio and gap of the last year: the level of the base year, fifty equally likely values, and a histogram",
    keys: &["scenario", "metric", "region", "year", "kind", "rank", "low", "high"],
    groups: &[
        &[SCENARIO],
        MEASURE,
        &[
            YEAR,
            UNIT,
            Column::text("kind", "base-year, future, or a part of the histogram: below, column, above"),
            Column::share("rank", "of a future: share of paths below it"),
            Column::number("low", UNIT_OF_ROW, "of a part of the histogram: its low end; empty for none"),
            Column::number("high", UNIT_OF_ROW, "of a part of the histogram: its high end; empty for none"),
            Column::number("value", UNIT_OF_ROW, "level of the base year, or the future's value; empty for infinite"),
            Column::share("share", "of a part of the histogram: share of paths in it"),
        ],
    ],
};

/// Where the spread comes from.
pub static UNCERTAINTY: Declaration = Declaration {
    files: &["uncertainty.csv"],
    written_by: BY,
    holds: "a row per metric, year and layer of chance: how much of the variance of a log comes from it",
    keys: &["scenario", "metric", "region", "year", "layer"],
    groups: &[
        &[SCENARIO],
        MEASURE,
        &[
            YEAR,
            UNIT,
            Column::text("scale", "scale whose variance is shared out: log"),
            Column::text("layer", "layer of chance, such as assumptions, yearly shocks or single deals"),
            DEFINITION,
            Column::share(
                "share_alone",
                "share of the variance that the layer explains by itself (Sobol' first-order index)",
            ),
            Column::share("standard_error", "standard error of simulation of share_alone"),
            Column::share(
                "share_with_others",
                "share of the variance that would be gone if the layer were known (total index)",
            ),
            Column::share("standard_error_with_others", "standard error of simulation of share_with_others"),
            NUMBER_OF_PATHS,
        ],
    ],
};

/// The projection from the figures of each source.
pub static SOURCES: Declaration = Declaration {
    files: &["sources.csv"],
    written_by: "aigap simulate --source all",
    holds: "a row per source, metric, region and year: the projection from the figures of each source, never mixed",
    keys: &["scenario", "source", "vintage", "metric", "region", "year"],
    groups: &[
        &[SCENARIO, Column::text("source", "who counted"), Column::text("vintage", "edition of the source's figures")],
        MEASURE,
        &[YEAR, UNIT],
        OBSERVED,
        MEAN_AND_SD,
        QUANTILES,
        LEFT_OUT,
        QUANTILE_ERRORS,
    ],
};

/// Every input with its reason.
pub static ASSUMPTIONS: Declaration = Declaration {
    files: &["assumptions.csv"],
    written_by: "aigap simulate, aigap compare",
    holds: "a row per input, of each scenario in a comparison: its value, its reason, its source and who set it",
    keys: &["scenario", "address"],
    groups: &[&[SCENARIO.of_several()], INPUT],
};

/// Columns of an input.
const INPUT: &[Column] = &[
    Column::text("address", "place of the input in the scenario, which is also its key for --set"),
    Column::setting("value", "see unit", "the input as the scenario states it: a number or a distribution"),
    Column::text("unit", "unit of the value"),
    Column::text("kind", "what the input is: assumption, lever or rule"),
    Column::text("source", "who says so"),
    Column::text("why", "why it is taken"),
    Column::text("set_by", "file or flag that set it last"),
    Column::count("line", "line", "line of the file that set it"),
];

/// The figures used.
pub static OBSERVATIONS: Declaration = Declaration {
    files: &["observations.csv"],
    written_by: BY,
    holds: "a row per figure that the projection starts from: value, rounding interval, source and edition",
    keys: &["region", "year", "metric"],
    groups: &[&[
        Column::text("region", "region that the figure is about"),
        YEAR,
        Column::text("metric", "what is counted: deals, deal-size or funding"),
        Column::number("value", UNIT_OF_ROW, "the figure as the run uses it"),
        Column::number("low", UNIT_OF_ROW, "low end of the interval that its rounding leaves"),
        Column::number("high", UNIT_OF_ROW, "high end of the interval that its rounding leaves"),
        UNIT,
        Column::text("derived", "how it follows from other figures; empty where the source states it"),
        Column::text("source", "who says so"),
        Column::text("vintage", "edition of the source"),
    ]],
};

/// Single paths, year by year.
pub static PATHS: Declaration = Declaration {
    files: &["paths.csv"],
    written_by: "aigap simulate --keep-paths",
    holds: "single paths: a row per assumption (without a year) and per metric, region and year",
    keys: &["scenario", "path", "year", "metric", "region"],
    groups: &[&[
        SCENARIO,
        Column::count("path", "", "number of the path, from 0"),
        Column::count("draw", "", "number of its draw of the assumptions, which two paths share"),
        Column::year("year", "simulated year; empty for an assumption"),
        Column::text("metric", "name of the metric, or address of the assumption"),
        Column::text("region", "region the metric belongs to; empty for an assumption"),
        UNIT,
        Column::number(
            "value",
            UNIT_OF_ROW,
            "value on this path, an assumption in the unit it is used in; empty where infinite or undefined",
        ),
    ]],
};
