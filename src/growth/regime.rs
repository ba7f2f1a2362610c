//! Growth by regime: the random walk whose drift and volatility depend on the state of a Markov chain.

use crate::regime::Chain;

use super::step::{State, Step};

/// Logs move by the drift and the shock of the year's state: `ℓ' = ℓ + μ_R + σ_R ε`.
///
/// `E[L_h^θ] = L₀^θ π₀ᵀ (P D_θ)^h 1` with `D_θ = diag exp(θ μ + θ² σ²/2)` (golden E05, E06). With equal states it is
/// the random walk. For cycles that last for years; not to put a trend into two years of data.
/// The chain itself is [`crate::regime::Chain`].
#[derive(Clone, Debug, PartialEq)]
pub struct Regime<P> {
    /// Yearly growth of the median path and volatility in each state, in the order of the chain.
    pub states: Vec<[P; 2]>,
}

impl<P> Regime<P> {
    pub(super) fn try_map<'a, Q, E>(
        &'a self,
        translate: &mut impl FnMut(&'a P) -> Result<Q, E>,
    ) -> Result<Regime<Q>, E> {
        let states = self.states.iter().map(|[growth, volatility]| Ok([translate(growth)?, translate(volatility)?]));
        Ok(Regime { states: states.collect::<Result<_, E>>()? })
    }
}

impl Regime<f64> {
    /// `E[(L_h/L₀)^θ] = π₀ᵀ (P D_θ)^h 1`, with `D_θ = diag exp(θ μ + θ² σ²/2)` and the chain's chances in the base year
    /// `start`: what a simulation is held against.
    #[must_use]
    pub fn moment(&self, chain: &Chain<f64>, start: &[f64], order: i32, years: u32) -> f64 {
        let theta = f64::from(order);
        let weight = |state: usize| {
            let [growth, volatility] = self.states[state];
            libm::exp(theta * growth + 0.5 * theta * theta * volatility * volatility)
        };
        let rows = chain.matrix();
        let mut shares = start.to_vec();
        for _ in 0..years {
            let next =
                |to: usize| weight(to) * shares.iter().zip(&rows).map(|(share, row)| share * row[to]).sum::<f64>();
            shares = (0..rows.len()).map(next).collect();
        }
        shares.iter().sum()
    }
}

pub(super) fn advance(model: &Regime<&[f64]>, state: &mut State, step: Step) {
    for (row, (level, shock)) in state.level.iter_mut().zip(step.shock).enumerate() {
        let [growth, volatility] = model.states[usize::from(step.regime[row])];
        *level += growth[row] + volatility[row] * shock;
    }
}
