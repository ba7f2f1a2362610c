//! Names of the questions that every run asks, which no question of a scenario may bear.

/// Names in `probabilities.csv`, in the order of its rows: `{moved}` is what a larger gap does to the lead of the region
/// that is ahead in the base year, `{trailer}` the word of the other one.
const NAMES: [&str; 13] = [
    "{moved}-in-dollars",
    "{moved}-as-ratio",
    "{moved}-in-both",
    "{moved}-in-dollars-only",
    "{moved}-as-ratio-only",
    "{moved}-in-neither",
    "ratio-more-than-double",
    "ratio-less-than-half",
    "ratio-unchanged",
    "dollars-more-than-double",
    "dollars-less-than-half",
    "{trailer}-ahead",
    "{trailer}-ahead-so-far",
];

/// The regions of the gap by their words or names, and which of them is ahead in the base year.
#[derive(Clone, Copy, Debug)]
pub struct Sides<'a> {
    /// The region that the gap counts from: its funding less that of the other one.
    pub lead: &'a str,
    /// The other region.
    pub follow: &'a str,
    /// Whether the other region is ahead in the base year.
    pub follow_leads: bool,
}

impl<'a> Sides<'a> {
    /// The region that is ahead in the base year.
    #[must_use]
    pub fn leader(self) -> &'a str {
        if self.follow_leads { self.follow } else { self.lead }
    }

    /// The region that is behind in the base year.
    #[must_use]
    pub fn trailer(self) -> &'a str {
        if self.follow_leads { self.lead } else { self.follow }
    }
}

/// Name of the question at a place of the list.
///
/// A lead grows wider or narrower, whoever holds it: where the follow region is ahead in the base year, what would be
/// `wider-in-dollars` is `narrower-in-dollars`.
#[must_use]
pub fn name_of_asked(place: usize, sides: Sides) -> String {
    let moved = if sides.follow_leads { "narrower" } else { "wider" };
    NAMES[place].replace("{moved}", moved).replace("{trailer}", sides.trailer())
}

/// Whether a run of these regions asks a question of this name, whichever of them is ahead.
#[must_use]
pub fn is_always_asked(name: &str, [lead, follow]: [&str; 2]) -> bool {
    let asked =
        |follow_leads| (0..NAMES.len()).map(move |place| name_of_asked(place, Sides { lead, follow, follow_leads }));
    asked(false).chain(asked(true)).any(|it| it == name)
}
