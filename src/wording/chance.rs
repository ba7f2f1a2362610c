//! Words of chance by the IPCC's scale, always with the percentage beside them.

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
}
