//! Logistic saturation: growth that slows as a ceiling comes near.

use super::kind::{Kind, Parameter};
use super::step::{State, Step};
use crate::special;

/// Saturation at a ceiling that no path crosses (Verhulst, 1838).
///
/// Exact one-year step in the log-odds of level over ceiling, `x = ln(L / (K − L))`: `x' = x + r + σ ε`. Without
/// shocks the path is `K / (1 + (K/L₀ − 1) e^(−r t))`; the quantile at `p` after `h` years is
/// `K expit(x₀ + r h + σ √h z_p)`. Far below the ceiling it is the random walk with growth `r`.
/// Not for a series that stands above its ceiling: that is a decline, for which `gompertz` is made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Logistic<P> {
    /// Growth `r = ln(1 + g)` while far below the ceiling, a year.
    pub growth: P,
    /// Ceiling `K` as its natural log; above the level of the base year.
    pub ceiling: P,
    /// Standard deviation `σ` of the yearly change of the log-odds.
    pub volatility: P,
}

impl<P> Logistic<P> {
    /// Its parameters as written in a scenario.
    pub const PARAMETERS: [Parameter; 3] = [
        Parameter {
            name: "growth",
            kind: Kind::Growth,
            dated: true,
            meaning: "yearly growth while far below the ceiling",
        },
        Parameter {
            name: "ceiling",
            kind: Kind::Level,
            dated: false,
            meaning: "level that is approached and never crossed",
        },
        Parameter {
            name: "volatility",
            kind: Kind::Volatility,
            dated: true,
            meaning: "sd of the yearly change of the log-odds of level over ceiling",
        },
    ];

    pub(super) fn build(of: &mut impl FnMut(&'static Parameter) -> P) -> Self {
        let [growth, ceiling, volatility] = &Logistic::<()>::PARAMETERS;
        Self { growth: of(growth), ceiling: of(ceiling), volatility: of(volatility) }
    }

    pub(super) fn try_map<'a, Q, E>(
        &'a self,
        translate: &mut impl FnMut(&'a P) -> Result<Q, E>,
    ) -> Result<Logistic<Q>, E> {
        Ok(Logistic {
            growth: translate(&self.growth)?,
            ceiling: translate(&self.ceiling)?,
            volatility: translate(&self.volatility)?,
        })
    }
}

impl Logistic<&[f64]> {
    /// Log-odds of the base year: `x₀ = −ln(K/L₀ − 1)`.
    pub(super) fn start(&self, state: &mut State) {
        for ((odds, level), ceiling) in state.memory.iter_mut().zip(state.level.iter()).zip(self.ceiling) {
            *odds = -libm::log(libm::expm1(ceiling - level));
        }
    }
}

#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
pub(super) fn advance(model: &Logistic<&[f64]>, state: &mut State, step: Step) {
    let columns = state.level.iter_mut().zip(state.memory.iter_mut()).zip(step.shock);
    let parameters = model.growth.iter().zip(model.ceiling).zip(model.volatility);
    for (((level, odds), shock), ((growth, ceiling), volatility)) in columns.zip(parameters) {
        *odds += growth + volatility * shock;
        // ln K + ln expit(x); the branch keeps every exponential below one.
        let fraction = special::exp(-odds.abs());
        *level = ceiling + odds.min(0.0) - special::ln(1.0 + fraction);
    }
}
