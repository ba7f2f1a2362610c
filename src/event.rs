//! Events: dated departures from the trend that a growth model gives.
//!
//! An event acts on the level beside the model and is not fed back into it: a step stays under a model that returns
//! to an attractor, and the difference between a what-if and its baseline is the event itself. Several events on one
//! series multiply; then floors and caps hold; then money is added.

mod jump;

pub use jump::Jump;

use crate::special;

/// What an event does, with numbers of type `P`.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect<P> {
    /// The level is multiplied from the year of the event on: a subsidy that stays, a market that closes.
    Step {
        /// Log effect once it is whole.
        size: P,
        /// Years until the effect is whole, at least 1; 1 is at once.
        over: u32,
    },
    /// The yearly log growth is higher by `points` in every year from the event to `until`, both included: after
    /// `n` such years the level is `exp(n · points)` times what it would have been (golden H03).
    Growth {
        /// Added to the yearly log change.
        points: P,
        /// Last year; the horizon if none.
        until: Option<P>,
    },
    /// The level is multiplied in the year of the event by `exp(size)`, and by less and less of it in the years after:
    /// half of the log is left after each `half_life` (golden H01). For enthusiasm and panics.
    Pulse {
        /// Log effect in the first year.
        size: P,
        /// Years until half of the log effect is left.
        half_life: P,
    },
    /// Money a year that comes on top of the modelled funding. It belongs to no deal: neither deals nor deal size
    /// change, and the decomposition shows it as a term of its own (golden H07).
    Add {
        /// Natural log of the amount in $bn a year.
        amount: P,
        /// Last year; the horizon if none.
        until: Option<P>,
    },
    /// The level does not rise above `level` while the event lasts.
    Cap {
        /// Natural log of the highest level.
        level: P,
        /// Last year; the horizon if none.
        until: Option<P>,
    },
    /// The level does not fall below `level` while the event lasts.
    Floor {
        /// Natural log of the lowest level.
        level: P,
        /// Last year; the horizon if none.
        until: Option<P>,
    },
}

impl<P> Effect<P> {
    /// The words that an `effect` may begin with, in the order the documentation lists them.
    pub const NAMES: [&'static str; 6] = ["step", "growth", "pulse", "add", "cap", "floor"];

    /// The word of this effect in a scenario file.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Step { .. } => "step",
            Self::Growth { .. } => "growth",
            Self::Pulse { .. } => "pulse",
            Self::Add { .. } => "add",
            Self::Cap { .. } => "cap",
            Self::Floor { .. } => "floor",
        }
    }

    /// This effect with its numbers translated.
    pub fn map<'a, Q>(&'a self, mut translate: impl FnMut(&'a P) -> Q) -> Effect<Q> {
        match self {
            Self::Step { size, over } => Effect::Step { size: translate(size), over: *over },
            Self::Growth { points, until } => {
                Effect::Growth { points: translate(points), until: until.as_ref().map(translate) }
            }
            Self::Pulse { size, half_life } => Effect::Pulse { size: translate(size), half_life: translate(half_life) },
            Self::Add { amount, until } => {
                Effect::Add { amount: translate(amount), until: until.as_ref().map(translate) }
            }
            Self::Cap { level, until } => Effect::Cap { level: translate(level), until: until.as_ref().map(translate) },
            Self::Floor { level, until } => {
                Effect::Floor { level: translate(level), until: until.as_ref().map(translate) }
            }
        }
    }

    /// The number that says how large the effect is.
    #[must_use]
    pub fn size(&self) -> &P {
        match self {
            Self::Step { size, .. } | Self::Pulse { size, .. } => size,
            Self::Growth { points, .. } => points,
            Self::Add { amount, .. } => amount,
            Self::Cap { level, .. } | Self::Floor { level, .. } => level,
        }
    }

    /// The last year of an effect that may have one.
    #[must_use]
    pub fn until(&self) -> Option<&P> {
        match self {
            Self::Step { .. } | Self::Pulse { .. } => None,
            Self::Growth { until, .. }
            | Self::Add { until, .. }
            | Self::Cap { until, .. }
            | Self::Floor { until, .. } => until.as_ref(),
        }
    }

    /// Whether it multiplies the level; caps, floors and added money act on what has been multiplied.
    #[must_use]
    pub fn multiplies(&self) -> bool {
        matches!(self, Self::Step { .. } | Self::Growth { .. } | Self::Pulse { .. })
    }
}

impl Effect<&str> {
    /// The effect on some series in words, its numbers as written.
    #[must_use]
    pub fn in_words(&self, targets: &str) -> String {
        let words = match self {
            Self::Step { size, over: 1 } => format!("a lasting change of {targets} by {size}"),
            Self::Step { size, over } => format!("a lasting change of {targets} by {size} over {over} years"),
            Self::Growth { points, .. } => format!("a change of the growth of {targets} by {points}"),
            Self::Pulse { size, half_life } => {
                format!("a passing change of {targets} by {size}, half of it gone after {half_life} years")
            }
            Self::Add { amount, .. } => format!("{amount} a year added to {targets}"),
            Self::Cap { level, .. } => format!("{targets} capped at {level}"),
            Self::Floor { level, .. } => format!("{targets} never below {level}"),
        };
        match self.until() {
            Some(until) => format!("{words} until {until}"),
            None => words,
        }
    }
}

impl Effect<f64> {
    /// Log effect in a year of an event that begins in `begins`; 0 before, and 0 of an effect that does not multiply.
    ///
    /// A step over `n` years has reached `(t − τ + 1)/n` of its log effect in year `t`, so it is whole in year
    /// `τ + n − 1` (golden H04). An event that never happens begins at infinity.
    #[must_use]
    #[inline(always)]
    pub fn log_effect(&self, begins: f64, year: i32) -> f64 {
        let year = f64::from(year);
        match self {
            Self::Step { size, over } => {
                let elapsed = year - begins + 1.0;
                size * (elapsed / f64::from(*over)).clamp(0.0, 1.0)
            }
            Self::Growth { points, until } => points * (year.min(until.unwrap_or(year)) - begins + 1.0).max(0.0),
            Self::Pulse { size, half_life } => {
                // Without a branch, so that a column of paths is one loop; an event that never happens is infinitely far.
                let left = special::exp((begins - year) / half_life * std::f64::consts::LN_2);
                if year < begins { 0.0 } else { size * left }
            }
            Self::Add { .. } | Self::Cap { .. } | Self::Floor { .. } => 0.0,
        }
    }

    /// Adds the log effect in a year to the logs of some paths; `begins`, like the numbers of the effect, by path.
    pub fn add_to(effect: &Effect<&[f64]>, begins: &[f64], year: i32, logs: &mut [f64]) {
        add_effect(effect, begins, year, logs);
    }

    /// Whether the event lasts in a year.
    #[must_use]
    #[inline(always)]
    pub fn lasts(&self, begins: f64, year: i32) -> bool {
        let year = f64::from(year);
        begins <= year && self.until().is_none_or(|until| year <= *until)
    }
}

/// A loop for each effect, with nothing left to decide inside.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
fn add_effect(effect: &Effect<&[f64]>, begins: &[f64], year: i32, logs: &mut [f64]) {
    let paths = logs.iter_mut().zip(begins);
    match *effect {
        Effect::Step { size, over } => {
            for ((log, begins), size) in paths.zip(size) {
                *log += Effect::Step { size: *size, over }.log_effect(*begins, year);
            }
        }
        Effect::Growth { points, until: None } => {
            for ((log, begins), points) in paths.zip(points) {
                *log += Effect::Growth { points: *points, until: None }.log_effect(*begins, year);
            }
        }
        Effect::Growth { points, until: Some(until) } => {
            for (((log, begins), points), until) in paths.zip(points).zip(until) {
                *log += Effect::Growth { points: *points, until: Some(*until) }.log_effect(*begins, year);
            }
        }
        Effect::Pulse { size, half_life } => {
            for (((log, begins), size), half_life) in paths.zip(size).zip(half_life) {
                *log += Effect::Pulse { size: *size, half_life: *half_life }.log_effect(*begins, year);
            }
        }
        Effect::Add { .. } | Effect::Cap { .. } | Effect::Floor { .. } => {}
    }
}

/// Years until a yearly risk strikes, from the first year it may: 0 with probability `p`, 1 with `p(1 − p)`, and so
/// on; infinite for no risk. Falls as the risk rises, so scenarios stay paired.
#[must_use]
pub fn years_until(chance_per_year: f64, uniform: f64) -> f64 {
    if chance_per_year >= 1.0 {
        return 0.0;
    }
    if chance_per_year <= 0.0 {
        return f64::INFINITY;
    }
    (libm::log1p(-uniform) / libm::log1p(-chance_per_year)).floor().max(0.0)
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

    #[test]
    fn a_column_holds_the_effects_of_its_paths() {
        let begins = [2024.0, 2026.0, 2030.0, f64::INFINITY, 2020.0];
        let column = |step: f64| (0..5).map(|row| 0.5 + step * f64::from(row)).collect::<Vec<f64>>();
        let (first, years) = (column(0.3), [2025.0, 2027.0, 2031.0, 2028.0, 2022.0]);
        let effects = [
            Effect::Step { size: &first[..], over: 3 },
            Effect::Growth { points: &first, until: None },
            Effect::Growth { points: &first, until: Some(&years) },
            Effect::Pulse { size: &first, half_life: &first },
            Effect::Cap { level: &first, until: None },
        ];
        for effect in effects {
            let mut logs = vec![1.0; 5];
            Effect::add_to(&effect, &begins, 2027, &mut logs);
            for (row, log) in logs.iter().enumerate() {
                let own: Effect<f64> = effect.map(|column| column[row]);
                assert_eq!(*log, 1.0 + own.log_effect(begins[row], 2027), "{own:?}");
            }
        }
    }

    #[test]
    fn what_never_happens_does_nothing() {
        let effects = [
            Effect::Step { size: 1.0, over: 2 },
            Effect::Growth { points: 0.1, until: Some(2030.0) },
            Effect::Growth { points: 0.1, until: None },
            Effect::Pulse { size: 1.0, half_life: 2.0 },
        ];
        for effect in effects {
            assert_eq!(effect.log_effect(f64::INFINITY, 2030), 0.0, "{effect:?}");
            assert_eq!(effect.log_effect(2031.0, 2030), 0.0, "{effect:?}");
        }
        assert!(!Effect::Cap { level: 1.0, until: None }.lasts(f64::INFINITY, 2030));
    }

    #[test]
    fn a_yearly_risk_strikes_at_its_rate() {
        let n = 100_000;
        let within = |years: f64| {
            let hits = (0..n).filter(|step| years_until(0.06, (f64::from(*step) + 0.5) / f64::from(n)) < years).count();
            hits as f64 / f64::from(n)
        };
        for years in [1.0_f64, 2.0, 5.0] {
            assert!((within(years) - (1.0 - libm::pow(0.94, years))).abs() < 2e-5, "{years}");
        }
        assert_eq!(years_until(0.0, 0.5), f64::INFINITY);
        assert_eq!(years_until(1.0, 0.999), 0.0);
    }
}
