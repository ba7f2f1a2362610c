//! Tables of a comparison, written by `aigap compare`.

use super::columns::{MEASURE, PATHS, QUANTILES, UNIT, WHAT_IF, YEAR};
use crate::table::declaration::{Column, Declaration, UNIT_OF_ROW};

const BY: &str = "aigap compare";

/// Each what-if against the baseline, path by path.
pub static COMPARE: Declaration = Declaration {
    files: &["compare.csv"],
    written_by: BY,
    holds: "a row per what-if, metric, region and year: the what-if against the baseline, path by path on the same random numbers",
    keys: &["what_if", "metric", "region", "year"],
    groups: &[&[WHAT_IF], MEASURE, &[YEAR, UNIT], EACH, DIFFERENCE, PERCENT, RATIO, DIRECTION, &[PATHS], LUCK],
};

const LUCK: &[Column] = &[Column::text(
    "same_luck",
    "whether the series behind the metric have the same luck under both, number by number: all, none, or which of them",
)];

/// Each side by itself.
const EACH: &[Column] = &[
    Column::number("baseline_median", UNIT_OF_ROW, "median of the baseline"),
    Column::number("what_if_median", UNIT_OF_ROW, "median of the what-if"),
    Column::number("change_of_median", UNIT_OF_ROW, "median of the what-if less median of the baseline"),
    Column::number(
        "change_of_median_percent",
        "percent",
        "change of the median in percent of the baseline's; empty where that means nothing",
    ),
];

const DIFFERENCE: &[Column] = &[
    Column::number("difference_mean", UNIT_OF_ROW, "mean over paths of what-if less baseline on the same path"),
    Column::number("difference_mean_error", UNIT_OF_ROW, "standard error of simulation of difference_mean"),
    Column::number("unpaired_error", UNIT_OF_ROW, "standard error that two unrelated runs of as many paths would have"),
    Column::number("narrowing", "times", "how many times as many unrelated paths would be needed for the same error"),
    Column::number(
        "difference_p2.5",
        UNIT_OF_ROW,
        "2.5% quantile over paths of what-if less baseline on the same path",
    ),
    Column::number("difference_p10", UNIT_OF_ROW, "10% quantile over paths of what-if less baseline on the same path"),
    Column::number("difference_p25", UNIT_OF_ROW, "25% quantile over paths of what-if less baseline on the same path"),
    Column::number("difference_p50", UNIT_OF_ROW, "median over paths of what-if less baseline on the same path"),
    Column::number("difference_p75", UNIT_OF_ROW, "75% quantile over paths of what-if less baseline on the same path"),
    Column::number("difference_p90", UNIT_OF_ROW, "90% quantile over paths of what-if less baseline on the same path"),
    Column::number(
        "difference_p97.5",
        UNIT_OF_ROW,
        "97.5% quantile over paths of what-if less baseline on the same path",
    ),
    Column::number("difference_p50_error", UNIT_OF_ROW, "standard error of simulation of difference_p50"),
];

const PERCENT: &[Column] = &[
    Column::number("percent_p2.5", "percent", "2.5% quantile over paths of the change in percent on the same path"),
    Column::number("percent_p10", "percent", "10% quantile over paths of the change in percent on the same path"),
    Column::number("percent_p50", "percent", "median over paths of the change in percent on the same path"),
    Column::number("percent_p90", "percent", "90% quantile over paths of the change in percent on the same path"),
    Column::number("percent_p97.5", "percent", "97.5% quantile over paths of the change in percent on the same path"),
];

const RATIO: &[Column] = &[
    Column::number("ratio_p2.5", "times", "2.5% quantile over paths of what-if over baseline on the same path"),
    Column::number("ratio_p10", "times", "10% quantile over paths of what-if over baseline on the same path"),
    Column::number("ratio_p25", "times", "25% quantile over paths of what-if over baseline on the same path"),
    Column::number("ratio_p50", "times", "median over paths of what-if over baseline on the same path"),
    Column::number("ratio_p75", "times", "75% quantile over paths of what-if over baseline on the same path"),
    Column::number("ratio_p90", "times", "90% quantile over paths of what-if over baseline on the same path"),
    Column::number("ratio_p97.5", "times", "97.5% quantile over paths of what-if over baseline on the same path"),
    Column::number("log_ratio_p50_error", "natural log", "standard error of simulation of the log of ratio_p50"),
];

const DIRECTION: &[Column] = &[
    Column::share("greater", "share of paths on which the what-if is greater than the baseline"),
    Column::share("greater_error", "standard error of simulation of greater"),
    Column::share("greater_low", "low end of the 95% interval of greater"),
    Column::share("greater_high", "high end of the 95% interval of greater"),
    Column::share("smaller", "share of paths on which the what-if is smaller than the baseline"),
    Column::share("smaller_error", "standard error of simulation of smaller"),
    Column::share("unchanged", "share of paths on which the two are equal"),
    Column::share("unchanged_error", "standard error of simulation of unchanged"),
    Column::count("n_undefined", "paths", "paths on which one of the two is undefined"),
];

/// Inputs that differ.
pub static INPUTS_DIFF: Declaration = Declaration {
    files: &["inputs_diff.csv"],
    written_by: BY,
    holds: "a row per what-if and input that differs from the baseline, with who set it",
    keys: &["what_if", "address"],
    groups: &[&[
        WHAT_IF,
        Column::text("address", "place of the input in the scenario"),
        Column::text("kind", "what the input is: assumption, lever or rule"),
        Column::setting("baseline", "", "value in the baseline; empty where it has no such input"),
        Column::setting("what_if_value", "", "value in the what-if; empty where it has no such input"),
        Column::text("baseline_set_by", "file or flag that set the baseline's value"),
        Column::count("baseline_line", "line", "line of that file"),
        Column::text("what_if_set_by", "file or flag that set the what-if's value"),
        Column::count("what_if_line", "line", "line of that file"),
        Column::text("why", "why the what-if takes its value"),
        Column::text("source", "who says so"),
    ]],
};

/// Which input did it.
pub static ATTRIBUTION: Declaration = Declaration {
    files: &["attribution.csv"],
    written_by: BY,
    holds: "a row per what-if, way to split and part: what each input did in the last year; parts add up to the row `total`",
    keys: &["what_if", "split", "part"],
    groups: &[&[
        WHAT_IF,
        YEAR,
        Column::text(
            "split",
            "how the difference is split: inputs (Shapley), assumptions then levers, paired, identity",
        ),
        Column::text("part", "input or group of inputs, or total"),
        Column::text("kind", "what the part is: assumption, lever or rule"),
        Column::text("inputs", "addresses of the inputs in the part"),
        Column::number("factor_of_median_ratio", "times", "factor by which the part moves the median ratio"),
        Column::number("log_median_ratio", "natural log", "part in the change of the log of the median ratio"),
        Column::number("log_median_ratio_error", "natural log", "standard error of simulation of log_median_ratio"),
        Column::number("mean_gap", "bn", "part in the change of the mean gap, in billions of the money shown"),
        Column::number("mean_gap_error", "bn", "standard error of simulation of mean_gap"),
        Column::share("wider_as_ratio", "part in the change of the share of paths with a ratio above the base year's"),
        Column::share("wider_as_ratio_error", "standard error of simulation of wider_as_ratio"),
        Column::number("mean_log_ratio", "natural log", "part in the change of the mean log ratio, along the identity"),
    ]],
};

/// The scenarios mixed.
pub static ENSEMBLE: Declaration = Declaration {
    files: &["ensemble.csv"],
    written_by: "aigap compare --weights",
    holds: "a row per metric, region and year: quantiles of the mixture of all scenarios by their weights",
    keys: &["metric", "region", "year"],
    groups: &[
        MEASURE,
        &[YEAR, UNIT],
        QUANTILES,
        &[Column::share(
            "log_variance_from_choice_of_scenario",
            "share of the variance of the log that comes from which scenario it is",
        )],
    ],
};
