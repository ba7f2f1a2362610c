//! Milestones: the first year in which something is reached, if it is reached at all.

use super::Base;
use crate::measure::Sides;

/// A threshold that a path may reach for the first time in some year, on annual totals.
///
/// A path that never reaches it within the horizon is an answer, not a failure: its share is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Milestone {
    /// The region behind in the base year raises at least as much as the other one.
    Parity,
    /// That in two years running; reached in the second.
    SustainedParity,
    /// The ratio has fallen to half that of the base year.
    RatioHalved,
    /// The ratio has risen to twice that of the base year.
    RatioDoubled,
}

impl Milestone {
    /// Every milestone, in the order of `milestones.csv`.
    pub const ALL: [Self; 4] = [Self::Parity, Self::SustainedParity, Self::RatioHalved, Self::RatioDoubled];

    /// Its word in `milestones.csv`: where the follow region is ahead in the base year, the lead region does not draw level
    /// with it but overtakes it.
    #[must_use]
    pub fn name(self, follow_leads: bool) -> &'static str {
        match self {
            Self::Parity if follow_leads => "overtakes",
            Self::Parity => "parity",
            Self::SustainedParity if follow_leads => "overtakes-two-years-running",
            Self::SustainedParity => "sustained-parity",
            Self::RatioHalved => "ratio-halved",
            Self::RatioDoubled => "ratio-doubled",
        }
    }

    /// What it means, in words that stand alone, given the names of the regions.
    #[must_use]
    pub fn definition(self, sides: Sides, base_year: i32) -> String {
        let ratio = format!("{} / {} funding", sides.lead, sides.follow);
        let side = if sides.follow_leads { "least" } else { "most" };
        match self {
            Self::Parity => format!("first year with {ratio} at {side} 1"),
            Self::SustainedParity => format!("second of the first two years running with {ratio} at {side} 1"),
            Self::RatioHalved => format!("first year with {ratio} at most half its {base_year} level"),
            Self::RatioDoubled => format!("first year with {ratio} at least twice its {base_year} level"),
        }
    }

    /// Whether a year meets the threshold, looking at the year before where two are needed.
    ///
    /// Parity is `ln R ≤ 0`, or `ln R ≥ 0` where the follow region is ahead in the base year, so equal funding counts
    /// (golden O10).
    #[must_use]
    #[inline(always)]
    pub fn is_met(self, ratio: f64, ratio_before: f64, base: &Base) -> bool {
        match self {
            Self::Parity => caught_up(ratio, base),
            Self::SustainedParity => caught_up(ratio, base) & caught_up(ratio_before, base),
            Self::RatioHalved => ratio <= 0.5 * base.ratio,
            Self::RatioDoubled => ratio >= 2.0 * base.ratio,
        }
    }
}

/// Whether the region behind in the base year raises at least as much as the other one.
#[inline(always)]
fn caught_up(ratio: f64, base: &Base) -> bool {
    if base.follow_leads { ratio >= 1.0 } else { ratio <= 1.0 }
}
