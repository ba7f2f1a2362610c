//! Milestones: the first year in which something is reached, if it is reached at all.

use super::Base;

/// A threshold that a path may reach for the first time in some year, on annual totals.
///
/// A path that never reaches it within the horizon is an answer, not a failure: its share is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Milestone {
    /// The follow region raises at least as much as the lead region.
    Parity,
    /// Parity in two years running; reached in the second.
    SustainedParity,
    /// The ratio has fallen to half that of the base year.
    RatioHalved,
    /// The ratio has risen to twice that of the base year.
    RatioDoubled,
}

impl Milestone {
    /// Every milestone, in the order of `milestones.csv`.
    pub const ALL: [Self; 4] = [Self::Parity, Self::SustainedParity, Self::RatioHalved, Self::RatioDoubled];

    /// Its word in `milestones.csv`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Parity => "parity",
            Self::SustainedParity => "sustained-parity",
            Self::RatioHalved => "ratio-halved",
            Self::RatioDoubled => "ratio-doubled",
        }
    }

    /// What it means, in words that stand alone.
    #[must_use]
    pub fn definition(self, lead: &str, follow: &str, base_year: i32) -> String {
        let ratio = format!("{lead} / {follow} funding");
        match self {
            Self::Parity => format!("first year with {ratio} at most 1"),
            Self::SustainedParity => format!("second of the first two years running with {ratio} at most 1"),
            Self::RatioHalved => format!("first year with {ratio} at most half its {base_year} level"),
            Self::RatioDoubled => format!("first year with {ratio} at least twice its {base_year} level"),
        }
    }

    /// Whether a year meets the threshold, looking at the year before where two are needed.
    ///
    /// Parity is `ln R ≤ 0`, so equal funding counts (golden O10).
    #[must_use]
    #[inline(always)]
    pub fn is_met(self, ratio: f64, ratio_before: f64, base: &Base) -> bool {
        match self {
            Self::Parity => ratio <= 1.0,
            Self::SustainedParity => (ratio <= 1.0) & (ratio_before <= 1.0),
            Self::RatioHalved => ratio <= 0.5 * base.ratio,
            Self::RatioDoubled => ratio >= 2.0 * base.ratio,
        }
    }
}
