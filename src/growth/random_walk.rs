//! The random walk in logs, the default: uncertain drift, no momentum.

use super::kind::{Kind, Parameter};
use super::step::{State, Step};

/// Logs move by a drift and an independent shock: `ℓ' = ℓ + μ + σ ε`.
///
/// After `h` years `ln L ~ N(ℓ₀ + h μ, h σ²)`, so the quantile at `p` is `L₀ exp(h μ + σ √h z_p)` and the mean is
/// `L₀ exp(h (μ + σ²/2))`. For any series; not for one that has a natural ceiling within the horizon.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RandomWalk<P> {
    /// Yearly growth of the median path, `μ = ln(1 + g)`.
    pub growth: P,
    /// Standard deviation `σ` of the yearly log change.
    pub volatility: P,
}

impl<P> RandomWalk<P> {
    /// Its parameters as written in a scenario.
    pub const PARAMETERS: [Parameter; 2] = [
        Parameter { name: "growth", kind: Kind::Growth, dated: true, meaning: "yearly growth of the median path" },
        Parameter {
            name: "volatility",
            kind: Kind::Volatility,
            dated: true,
            meaning: "how much a typical year departs from it",
        },
    ];

    pub(super) fn build(of: &mut impl FnMut(&'static Parameter) -> P) -> Self {
        let [growth, volatility] = &RandomWalk::<()>::PARAMETERS;
        Self { growth: of(growth), volatility: of(volatility) }
    }

    pub(super) fn try_map<'a, Q, E>(
        &'a self,
        translate: &mut impl FnMut(&'a P) -> Result<Q, E>,
    ) -> Result<RandomWalk<Q>, E> {
        Ok(RandomWalk { growth: translate(&self.growth)?, volatility: translate(&self.volatility)? })
    }
}

pub(super) fn advance(model: &RandomWalk<&[f64]>, state: &mut State, step: Step) {
    match (model.growth, model.volatility) {
        // The same sum without a look at columns that hold one value.
        ([growth, ..], [volatility, ..]) if step.certain => walk_alike(state.level, *growth, *volatility, step.shock),
        (growth, volatility) => walk(state.level, growth, volatility, step.shock),
    }
}

#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
fn walk(level: &mut [f64], growth: &[f64], volatility: &[f64], shock: &[f64]) {
    for (((level, growth), volatility), shock) in level.iter_mut().zip(growth).zip(volatility).zip(shock) {
        *level += growth + volatility * shock;
    }
}

#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
fn walk_alike(level: &mut [f64], growth: f64, volatility: f64, shock: &[f64]) {
    for (level, shock) in level.iter_mut().zip(shock) {
        *level += growth + volatility * shock;
    }
}

/// Moves every path by one year, from one column of levels into another.
pub(super) fn advance_from(model: &RandomWalk<&[f64]>, before: &[f64], level: &mut [f64], step: Step) {
    match (model.growth, model.volatility) {
        ([growth, ..], [volatility, ..]) if step.certain => {
            walk_alike_from(before, level, *growth, *volatility, step.shock);
        }
        (growth, volatility) => walk_from(before, level, growth, volatility, step.shock),
    }
}

#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
fn walk_from(before: &[f64], level: &mut [f64], growth: &[f64], volatility: &[f64], shock: &[f64]) {
    let columns = level.iter_mut().zip(before).zip(growth).zip(volatility).zip(shock);
    for ((((level, before), growth), volatility), shock) in columns {
        *level = before + (growth + volatility * shock);
    }
}

#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
fn walk_alike_from(before: &[f64], level: &mut [f64], growth: f64, volatility: f64, shock: &[f64]) {
    for ((level, before), shock) in level.iter_mut().zip(before).zip(shock) {
        *level = before + (growth + volatility * shock);
    }
}
