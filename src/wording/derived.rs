//! Numbers of sentences that stand in no table of a run: their names in `derived.csv`, and what is known beforehand.

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

/// A number that is known before any run, with its source.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Anchor {
    /// Its name in the table.
    pub name: &'static str,
    /// Its value, in logs.
    pub log: f64,
    /// Paper that it was found in.
    pub source: &'static str,
}

impl Anchor {
    pub(super) fn cited(&self) -> Cited<f64> {
        derived(self.log, self.name, &["value"])
    }
}

/// How much first releases of world funding are revised.
pub const REVISION_OF_FUNDING: Anchor = Anchor {
    name: "first revision of world funding",
    log: 0.19,
    source: "CB Insights, editions of January and April 2024, years 2020 to 2023",
};
/// How much the deals of the latest year are revised.
pub const REVISION_OF_DEALS: Anchor = Anchor {
    name: "first revision of deals of the latest year",
    log: 0.30,
    source: "the same editions; the mean of their revisions of deals",
};
/// How far sources differ.
pub const SPREAD_OF_SOURCES: Anchor = Anchor {
    name: "spread of the log ratio over sources",
    log: 0.62,
    source: "CB Insights, AI Index and CSET on 2023",
};
/// What single deals do to a year's total in the US.
pub const LUCK_OF_DEALS_US: Anchor = Anchor {
    name: "luck of single deals, us",
    log: 0.144,
    source: "lognormal sizes with mean 23.4 and median 4.4 $m, 1151 deals",
};
/// What single deals do to a year's total in China.
pub const LUCK_OF_DEALS_CHINA: Anchor =
    Anchor { name: "luck of single deals, china", log: 0.282, source: "the same sizes, 232 deals" };

/// What is known about first releases, definitions and the luck of single deals, in the order of the table.
pub const ANCHORS: [Anchor; 5] =
    [REVISION_OF_FUNDING, REVISION_OF_DEALS, SPREAD_OF_SOURCES, LUCK_OF_DEALS_US, LUCK_OF_DEALS_CHINA];
