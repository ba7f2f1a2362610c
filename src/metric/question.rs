//! The built-in events, asked of every path in every year, all against the base year.

use crate::measure::{Sides, name_of_asked};

use super::Base;

/// A question with yes or no for each path and year.
///
/// Gap and ratio are signed, and their questions ask whether they are larger. Where the lead region is ahead in the base
/// year, its lead then is wider; where the follow region is, its lead is narrower or gone, and the names of the rows say so.
/// The region behind being ahead is an event of its own that never counts as wider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Question {
    /// The lead in dollars is larger than in the base year.
    WiderInDollars,
    /// The ratio is larger than in the base year.
    WiderAsRatio,
    /// The lead is larger in dollars and as a ratio.
    WiderInBoth,
    /// In dollars but not as a ratio.
    WiderInDollarsOnly,
    /// As a ratio but not in dollars.
    WiderAsRatioOnly,
    /// The lead is larger neither in dollars nor as a ratio.
    WiderInNeither,
    /// The ratio is more than twice that of the base year.
    RatioMoreThanDouble,
    /// The ratio is less than half that of the base year.
    RatioLessThanHalf,
    /// The ratio is within 5% of that of the base year.
    RatioUnchanged,
    /// The lead in dollars is more than twice that of the base year.
    DollarsMoreThanDouble,
    /// The lead in dollars is less than half that of the base year; also when the follow region is ahead.
    DollarsLessThanHalf,
    /// The region behind in the base year raises more money in this year.
    TrailerAhead,
    /// The region behind in the base year has raised more money in this or an earlier simulated year.
    TrailerAheadSoFar,
}

/// A question finds its name by its place among all.
const _: () = {
    let mut place = 0;
    while place < Question::ALL.len() {
        assert!(Question::ALL[place] as usize == place);
        place += 1;
    }
};

/// Where a path stands in a year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// Lead minus follow, $bn.
    pub gap: f64,
    /// Lead over follow.
    pub ratio: f64,
    /// Smallest lead of the region that is ahead in the base year, over this and all earlier simulated years.
    pub lowest_lead: f64,
}

impl Question {
    /// Every built-in event, in the order of `probabilities.csv`.
    pub const ALL: [Self; 13] = [
        Self::WiderInDollars,
        Self::WiderAsRatio,
        Self::WiderInBoth,
        Self::WiderInDollarsOnly,
        Self::WiderAsRatioOnly,
        Self::WiderInNeither,
        Self::RatioMoreThanDouble,
        Self::RatioLessThanHalf,
        Self::RatioUnchanged,
        Self::DollarsMoreThanDouble,
        Self::DollarsLessThanHalf,
        Self::TrailerAhead,
        Self::TrailerAheadSoFar,
    ];

    /// Its word in `probabilities.csv`, given the words of the regions.
    #[must_use]
    pub fn name(self, sides: Sides) -> String {
        name_of_asked(self as usize, sides)
    }

    /// What it asks, in words that stand alone, given the names of the regions.
    #[must_use]
    pub fn definition(self, sides: Sides, base_year: i32) -> String {
        let Sides { lead, follow, .. } = sides;
        let (leader, trailer) = (sides.leader(), sides.trailer());
        let gap = format!("{lead} minus {follow} funding");
        let ratio = format!("{lead} / {follow} funding");
        match self {
            Self::WiderInDollars => format!("{gap} above its {base_year} level"),
            Self::WiderAsRatio => format!("{ratio} above its {base_year} level"),
            Self::WiderInBoth => format!("{gap} and {ratio} both above their {base_year} levels"),
            Self::WiderInDollarsOnly => format!("{gap} above its {base_year} level and {ratio} not"),
            Self::WiderAsRatioOnly => format!("{ratio} above its {base_year} level and {gap} not"),
            Self::WiderInNeither => format!("neither {gap} nor {ratio} above its {base_year} level"),
            Self::RatioMoreThanDouble => format!("{ratio} above twice its {base_year} level"),
            Self::RatioLessThanHalf => format!("{ratio} below half its {base_year} level"),
            Self::RatioUnchanged => format!("{ratio} within a factor of 1.05 of its {base_year} level"),
            Self::DollarsMoreThanDouble => format!("{gap} above twice its {base_year} level"),
            Self::DollarsLessThanHalf => format!("{gap} below half its {base_year} level ({follow} ahead included)"),
            Self::TrailerAhead => format!("{trailer} funding above {leader} funding in that year"),
            Self::TrailerAheadSoFar => {
                format!("{trailer} funding above {leader} funding in that year or an earlier simulated one")
            }
        }
    }

    /// The answer for a path in a year. An undefined ratio (both regions at zero) answers no.
    #[must_use]
    #[inline(always)]
    pub fn holds(self, path: Standing, base: &Base) -> bool {
        let dollars = path.gap > base.gap;
        let ratio = path.ratio > base.ratio;
        match self {
            Self::WiderInDollars => dollars,
            Self::WiderAsRatio => ratio,
            Self::WiderInBoth => dollars & ratio,
            Self::WiderInDollarsOnly => dollars & !ratio,
            Self::WiderAsRatioOnly => ratio & !dollars,
            Self::WiderInNeither => !dollars & !ratio,
            Self::RatioMoreThanDouble => path.ratio > 2.0 * base.ratio,
            Self::RatioLessThanHalf => path.ratio < 0.5 * base.ratio,
            Self::RatioUnchanged => (path.ratio <= 1.05 * base.ratio) & (1.05 * path.ratio >= base.ratio),
            Self::DollarsMoreThanDouble => path.gap > 2.0 * base.gap,
            Self::DollarsLessThanHalf => path.gap < 0.5 * base.gap,
            Self::TrailerAhead => base.lead_of(path.gap) < 0.0,
            Self::TrailerAheadSoFar => path.lowest_lead < 0.0,
        }
    }

    /// Whether the question makes sense from this start: doubling a lead that is not there does not.
    #[must_use]
    pub fn applies(self, base: &Base) -> bool {
        !matches!(self, Self::DollarsMoreThanDouble | Self::DollarsLessThanHalf) || base.gap > 0.0
    }
}
