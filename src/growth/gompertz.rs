//! Gompertz growth: a constant share of the log distance to an attractor is closed each year.

use super::kind::{Kind, Parameter};
use super::step::{State, Step};
use crate::special;

/// Return of the level to an attractor `K`, from below or from above (Gompertz, 1825; in logs, a mean-reverting walk).
///
/// `y = ln L`: `y' = ln K + (y − ln K) ρ + σ ε` with `ρ = 2^(−1/H)`. Gaussian in logs with mean
/// `ln K + (y₀ − ln K) ρ^h` and variance `σ² (1 − ρ^(2h))/(1 − ρ²)`, so the band stops widening. Single paths may
/// pass the attractor. Not for a series whose long-run level is unknown: that is the random walk.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gompertz<P> {
    /// Attractor `K` as its natural log.
    pub ceiling: P,
    /// Years `H` until half of the log distance to the attractor is closed.
    pub half_life: P,
    /// Standard deviation `σ` of the yearly log shock.
    pub volatility: P,
}

impl<P> Gompertz<P> {
    /// Its parameters as written in a scenario.
    pub const PARAMETERS: [Parameter; 3] = [
        Parameter { name: "ceiling", kind: Kind::Level, dated: true, meaning: "level that the median path approaches" },
        Parameter {
            name: "half-life",
            kind: Kind::Years,
            dated: true,
            meaning: "years until half of the log distance is closed",
        },
        Parameter {
            name: "volatility",
            kind: Kind::Volatility,
            dated: true,
            meaning: "how much a typical year departs from it",
        },
    ];

    pub(super) fn build(of: &mut impl FnMut(&'static Parameter) -> P) -> Self {
        let [ceiling, half_life, volatility] = &Gompertz::<()>::PARAMETERS;
        Self { ceiling: of(ceiling), half_life: of(half_life), volatility: of(volatility) }
    }

    pub(super) fn try_map<'a, Q, E>(
        &'a self,
        translate: &mut impl FnMut(&'a P) -> Result<Q, E>,
    ) -> Result<Gompertz<Q>, E> {
        Ok(Gompertz {
            ceiling: translate(&self.ceiling)?,
            half_life: translate(&self.half_life)?,
            volatility: translate(&self.volatility)?,
        })
    }
}

#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
pub(super) fn advance(model: &Gompertz<&[f64]>, state: &mut State, step: Step) {
    let columns = state.level.iter_mut().zip(step.shock);
    let parameters = model.ceiling.iter().zip(model.half_life).zip(model.volatility);
    for ((level, shock), ((ceiling, half_life), volatility)) in columns.zip(parameters) {
        let kept = special::exp(-std::f64::consts::LN_2 / half_life);
        *level = ceiling + kept * (*level - ceiling) + volatility * shock;
    }
}
