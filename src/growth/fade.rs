//! Fading growth: an initial rate that gives way to a long-run rate.

use super::kind::{Kind, Parameter};
use super::step::{State, Step};
use crate::special;

/// Growth fades from an initial to a long-run rate, and shocks are forgotten at once.
///
/// `m' = g∞ + φ (m − g∞)`, `ℓ' = ℓ + m' + σ ε`, with `φ = 2^(−1/H)` and `m = g₀` in the base year. With constant
/// parameters the mean of `ℓ_h − ℓ₀` is `h g∞ + (g₀ − g∞) φ (1 − φ^h)/(1 − φ)` and its variance `h σ²`.
/// Use it to let an observed boom or slump run out; not to extrapolate one (damped trend: Gardner & McKenzie, 2011).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fade<P> {
    /// Growth `g₀` in the base year, before the first simulated one.
    pub initial_growth: P,
    /// Growth `g∞` of the median path in the long run.
    pub long_run_growth: P,
    /// Years `H` until half of the deviation from the long run is gone.
    pub half_life: P,
    /// Standard deviation `σ` of the yearly log change.
    pub volatility: P,
}

impl<P> Fade<P> {
    /// Its parameters as written in a scenario.
    pub const PARAMETERS: [Parameter; 4] = [
        Parameter {
            name: "initial-growth",
            kind: Kind::Growth,
            dated: false,
            meaning: "yearly growth in the base year",
        },
        Parameter {
            name: "long-run-growth",
            kind: Kind::Growth,
            dated: true,
            meaning: "yearly growth that it fades to",
        },
        Parameter {
            name: "half-life",
            kind: Kind::Years,
            dated: true,
            meaning: "years until half of the difference is gone",
        },
        Parameter {
            name: "volatility",
            kind: Kind::Volatility,
            dated: true,
            meaning: "how much a typical year departs from it",
        },
    ];

    pub(super) fn build(of: &mut impl FnMut(&'static Parameter) -> P) -> Self {
        let [initial_growth, long_run_growth, half_life, volatility] = &Fade::<()>::PARAMETERS;
        Self {
            initial_growth: of(initial_growth),
            long_run_growth: of(long_run_growth),
            half_life: of(half_life),
            volatility: of(volatility),
        }
    }

    pub(super) fn try_map<'a, Q, E>(&'a self, translate: &mut impl FnMut(&'a P) -> Result<Q, E>) -> Result<Fade<Q>, E> {
        Ok(Fade {
            initial_growth: translate(&self.initial_growth)?,
            long_run_growth: translate(&self.long_run_growth)?,
            half_life: translate(&self.half_life)?,
            volatility: translate(&self.volatility)?,
        })
    }
}

#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
pub(super) fn advance(model: &Fade<&[f64]>, state: &mut State, step: Step) {
    let memory = state.memory.iter_mut().zip(model.long_run_growth).zip(model.half_life);
    let columns = state.level.iter_mut().zip(memory).zip(model.volatility).zip(step.shock);
    for (((level, ((growth, long_run), half_life)), volatility), shock) in columns {
        let kept = special::exp(-std::f64::consts::LN_2 / half_life);
        *growth = long_run + kept * (*growth - long_run);
        *level += *growth + volatility * shock;
    }
}
