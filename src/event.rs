//! Events: dated departures from the trend that a growth model gives.
//!
//! An event multiplies the level beside the model and is not fed back into it: a step stays under a model that
//! returns to an attractor, and the difference between a what-if and its baseline is the event itself.

/// What an event does, with numbers of type `P`.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect<P> {
    /// The level is multiplied from the year of the event on.
    Step {
        /// Log effect once it is whole.
        size: P,
        /// Years until the effect is whole, at least 1; 1 is at once.
        over: u32,
    },
}

impl<P> Effect<P> {
    /// The same effect with its numbers translated.
    pub fn map<'a, Q>(&'a self, mut translate: impl FnMut(&'a P) -> Q) -> Effect<Q> {
        match self {
            Self::Step { size, over } => Effect::Step { size: translate(size), over: *over },
        }
    }
}

impl Effect<&str> {
    /// The effect in words, its numbers as written.
    #[must_use]
    pub fn in_words(&self) -> String {
        match self {
            Self::Step { size, over: 1 } => format!("step {size}"),
            Self::Step { size, over } => format!("step {size} over {over} years"),
        }
    }
}

impl Effect<f64> {
    /// Log effect in a year of an event that begins in `begins`; 0 before.
    ///
    /// A step over `n` years has reached `(t − τ + 1)/n` of its log effect in year `t`, so it is whole in year
    /// `τ + n − 1` (golden H04).
    #[must_use]
    #[inline(always)]
    pub fn log_effect(&self, begins: f64, year: i32) -> f64 {
        match self {
            Self::Step { size, over } => {
                let elapsed = f64::from(year) - begins + 1.0;
                size * (elapsed / f64::from(*over)).clamp(0.0, 1.0)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Golden row H04: −40% over three years from 2025 is 0.7114 of the level in 2026.
    #[test]
    fn a_step_rises_in_equal_parts_of_its_log() {
        let step = Effect::Step { size: libm::log(0.6), over: 3 };
        let level = |year| libm::exp(step.log_effect(2025.0, year));
        assert_eq!(level(2024), 1.0);
        assert!((level(2026) - 0.711_378_660_898_012_6).abs() < 1e-15);
        assert!((level(2027) - 0.6).abs() < 1e-15);
        assert!((level(2035) - 0.6).abs() < 1e-15);
    }
}
