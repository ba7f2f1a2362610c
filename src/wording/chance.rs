//! Words of chance by the IPCC's scale, always with the percentage beside them.
//!
//! A word is used where the simulation carries it: it is that of the end of the share's 95% interval that is nearer to one
//! half. Fewer than a hundred paths carry none.

use crate::summary::Probability;

/// How likely something is, at the cut-offs of the IPCC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Chance {
    /// From 45% to 55%: could go either way.
    EitherWay,
    /// Above 55%: more likely than not.
    MoreLikelyThanNot,
    /// From 66%: likely.
    Likely,
    /// From 90%: very likely.
    VeryLikely,
    /// From 99%: virtually certain.
    VirtuallyCertain,
}

impl Chance {
    /// The words for a probability, and whether they speak of the event itself or of its opposite.
    ///
    /// Below 45% the opposite is the better sentence: "likely to narrow (71%)" instead of "29% to widen".
    #[must_use]
    pub fn of(probability: f64) -> (Self, bool) {
        let itself = probability >= 0.45;
        let stated = if itself { probability } else { 1.0 - probability };
        let chance = match stated {
            p if p >= 0.99 => Self::VirtuallyCertain,
            p if p >= 0.90 => Self::VeryLikely,
            p if p >= 0.66 => Self::Likely,
            p if p > 0.55 => Self::MoreLikelyThanNot,
            _ => Self::EitherWay,
        };
        (chance, itself)
    }

    /// The words that a simulated probability carries; `None` below [`Chance::FEWEST_PATHS`].
    #[must_use]
    pub fn carried(p: &Probability) -> Option<Self> {
        let near = if Self::of(p.value).1 { p.low } else { p.high };
        // An interval that reaches across one half says no more than that it is open.
        let same_side = Self::of(near).1 == Self::of(p.value).1;
        let chance = if same_side { Self::of(near).0 } else { Self::EitherWay };
        // Two shares that are both printed as 55% are not told in two ways.
        let printed = Self::of((100.0 * p.value).round() / 100.0).0;
        let chance = chance.min(printed);
        (p.paths >= Self::FEWEST_PATHS).then_some(chance)
    }

    /// Fewest paths that carry words of chance.
    pub const FEWEST_PATHS: u64 = crate::study::FEWEST_PATHS;

    /// Words for it in a sentence.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::EitherWay => "could go either way",
            Self::MoreLikelyThanNot => "more likely than not",
            Self::Likely => "likely",
            Self::VeryLikely => "very likely",
            Self::VirtuallyCertain => "virtually certain",
        }
    }

    /// The words at the beginning of a sentence: `Could go either way`.
    #[must_use]
    pub fn capital(self) -> String {
        let words = self.words();
        words[..1].to_uppercase() + &words[1..]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::summary::Tally;

    #[test]
    fn the_cut_offs_are_those_of_the_scale() {
        let cases = [
            (0.995, Chance::VirtuallyCertain, true),
            (0.90, Chance::VeryLikely, true),
            (0.66, Chance::Likely, true),
            (0.56, Chance::MoreLikelyThanNot, true),
            (0.55, Chance::EitherWay, true),
            (0.45, Chance::EitherWay, true),
            (0.44, Chance::MoreLikelyThanNot, false),
            (0.05, Chance::VeryLikely, false),
        ];
        for (p, chance, itself) in cases {
            assert_eq!(Chance::of(p), (chance, itself), "{p}");
        }
    }

    /// Paths in pairs that agree, which is what carries least.
    #[test]
    fn a_word_is_no_surer_than_the_simulation() {
        let of = |yes: u64, paths| Probability::new(Tally { yes, both: yes / 2 }, paths, true);
        for (yes, paths, word) in [
            (2, 2, None),
            (98, 98, None),
            (100, 100, Some(Chance::VeryLikely)),
            (0, 100, Some(Chance::VeryLikely)),
            (1_000, 1_000, Some(Chance::VirtuallyCertain)),
            (70, 100, Some(Chance::MoreLikelyThanNot)),
            (52, 100, Some(Chance::EitherWay)),
            (70_000, 100_000, Some(Chance::Likely)),
            (2_000, 100_000, Some(Chance::VeryLikely)),
        ] {
            assert_eq!(Chance::carried(&of(yes, paths)), word, "{yes} of {paths}");
        }
    }
}
