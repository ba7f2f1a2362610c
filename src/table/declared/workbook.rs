//! Tables that stand in the workbook only.

use super::columns::SCENARIO;
use crate::table::declaration::{Column, Declaration, UNIT_OF_ROW};

const BY: &str = "aigap simulate, aigap compare";

/// Every input with its distribution in numbers.
pub static SHEET_ASSUMPTIONS: Declaration = Declaration {
    files: &["workbook.xlsx, sheet Assumptions"],
    written_by: BY,
    holds: "a row per input, of each scenario in a comparison: its value in words, then its median and 80% range",
    keys: &["scenario", "address"],
    groups: &[&[
        SCENARIO.of_several(),
        Column::text("against_baseline", "what the scenario does with it: baseline, same, changed or added")
            .of_several(),
        Column::text("address", "place of the input in the scenario, which is also its key for --set"),
        Column::setting("value", "see unit", "the input as the scenario states it: a number or a distribution"),
        Column::number("p10", UNIT_OF_ROW, "10% quantile of its distribution; empty for what is certain"),
        Column::number("p50", UNIT_OF_ROW, "median of its distribution"),
        Column::number("p90", UNIT_OF_ROW, "90% quantile of its distribution; empty for what is certain"),
        Column::text("unit", "unit of the value"),
        Column::text("kind", "what the input is: assumption, lever or rule"),
        Column::text("why", "why it is taken"),
        Column::text("source", "who says so"),
        Column::text("set_by", "file or flag that set it last"),
        Column::count("line", "line", "line of the file that set it"),
    ]],
};

/// Every source with what it gives.
pub static SHEET_SOURCES: Declaration = Declaration {
    files: &["workbook.xlsx, sheet Sources"],
    written_by: BY,
    holds: "a row per source and use: the figures it states, then the assumptions that rest on it",
    keys: &["source", "edition", "used_as"],
    groups: &[&[
        Column::text("source", "who says so"),
        Column::text("edition", "edition of the source; empty for reasons of assumptions"),
        Column::text(
            "used_as",
            "what it is used as: figures of the model, assumed, another count, reason of assumptions",
        ),
        Column::count("entries", "entries", "number of figures and assumptions that it gives"),
        Column::year("first_year", "first year of its figures"),
        Column::year("last_year", "last year of its figures"),
        Column::text("gives", "the figures as stated, or addresses of the assumptions"),
        Column::text("stands_in", "file that states them"),
    ]],
};
