//! Numbers of sentences that stand in no table of a run: their names in `derived.csv`.

use crate::table::Cell;

use super::cited::Cited;

/// Name of the table.
pub const DERIVED: &str = "derived.csv";

/// What the lead must lose for the two to meet, and the years that are left.
pub const TO_CLOSE: &str = "ratio to close";
/// Share of the spread that the assumptions explain.
pub const FROM_ASSUMPTIONS: &str = "spread from assumptions";
/// Paths on which one measure widens and the other does not.
pub const DISAGREE: &str = "dollars and ratio disagree";

/// A value of the table under its name, read from these columns.
pub(super) fn derived<T>(value: T, number: &str, columns: &[&str]) -> Cited<T> {
    Cited::new(value, Cell::new(DERIVED, &[("number", number)], columns))
}

/// Name of a region's assumed growth.
#[must_use]
pub fn growth_of(region: &str) -> String {
    format!("assumed growth, {region}")
}

/// Name of the ratio that a source states.
#[must_use]
pub fn ratio_of(source: &str) -> String {
    format!("ratio of {source}")
}

/// Name of a region's part in the last observed change of the log ratio.
#[must_use]
pub fn part_of(region: &str) -> String {
    format!("part of {region} in the change of the log ratio")
}

/// Name of a region's part in the last observed change of the gap.
#[must_use]
pub fn part_of_gap(region: &str) -> String {
    format!("part of {region} in the change of the gap")
}
