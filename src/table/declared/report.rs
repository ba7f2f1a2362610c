//! Tables that a report carries besides those of its runs.

use super::columns::WHAT_IF;
use crate::table::declaration::{Column, Declaration, UNIT_OF_ROW};

const BY: &str = "aigap report";

/// Numbers that follow from others.
pub static REPORT_DERIVED: Declaration = Declaration {
    files: &["derived.csv"],
    written_by: BY,
    holds: "a row per number of a report that stands in no other table, with how it follows",
    keys: &["number"],
    groups: &[&[
        Column::text("number", "what the number is"),
        Column::number("value", UNIT_OF_ROW, "the number that the report cites"),
        Column::number("low", UNIT_OF_ROW, "low end of its range"),
        Column::number("high", UNIT_OF_ROW, "high end of its range"),
        Column::count("years", "years", "number of years it is about"),
        Column::number("error", UNIT_OF_ROW, "standard error of simulation"),
        Column::count("paths", "paths", "number of paths it rests on"),
        Column::text("unit", "unit of the number: times, share, natural log"),
        Column::text("how", "how it follows and from what"),
    ]],
};

/// Parts of effects as sentences group them.
pub static REPORT_PARTS: Declaration = Declaration {
    files: &["parts.csv"],
    written_by: BY,
    holds: "a row per what-if and part of its effect as its sentence groups them, small ones together",
    keys: &["what_if", "part"],
    groups: &[&[
        WHAT_IF,
        Column::text("part", "input or group of inputs, as the sentence names it"),
        Column::number("factor_of_median_ratio", "times", "factor by which the part moves the median ratio"),
        Column::number("log_median_ratio", "natural log", "part in the change of the log of the median ratio"),
        Column::share("wider_as_ratio", "part in the change of the share of paths with a ratio above the base year's"),
    ]],
};
