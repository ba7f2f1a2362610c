//! Jumps: sudden changes that may come in any year, as luck and not at a date.

/// A change that strikes a level with a yearly chance, with numbers of type `P`.
///
/// In each year, with probability `p`, the log of the level changes by `N(m, s²)`. A permanent jump stays: the mean
/// multiplier after `h` years is `(1 − p + p e^(m + s²/2))^h` (golden F11). A transient one is gone the year after.
/// The log contribution of a year has the standard deviation `√(p (s² + m²) − p² m²)` (golden F12).
/// For mega-rounds, bans, crashes that nobody dates; a dated or decided change is an [event](super::Effect).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Jump<P> {
    /// Yearly chance `p`.
    pub chance: P,
    /// Median log size `m`.
    pub size: P,
    /// Standard deviation `s` of the log size; luck of each jump, and no assumption.
    pub spread: P,
    /// Whether the level stays where the jump has put it.
    pub permanent: bool,
}

impl<P> Jump<P> {
    /// This jump with its numbers translated.
    pub fn map<'a, Q>(&'a self, mut translate: impl FnMut(&'a P) -> Q) -> Jump<Q> {
        Jump {
            chance: translate(&self.chance),
            size: translate(&self.size),
            spread: translate(&self.spread),
            permanent: self.permanent,
        }
    }

    /// Its word after `duration =`.
    #[must_use]
    pub fn duration(&self) -> &'static str {
        if self.permanent { "permanent" } else { "transient" }
    }
}

impl Jump<&str> {
    /// The jump in words, its numbers as written.
    #[must_use]
    pub fn in_words(&self) -> String {
        let duration = self.duration();
        format!("{duration} jump {} (spread {}) in {} of years", self.size, self.spread, self.chance)
    }
}

impl Jump<f64> {
    /// Standard deviation of the log contribution of one year (golden F12).
    #[must_use]
    pub fn yearly_deviation(&self) -> f64 {
        let Self { chance: p, size: m, spread: s, .. } = *self;
        (p * (s * s + m * m) - p * p * m * m).sqrt()
    }
}
