//! The law of the yearly shocks, and the chain of market states behind regimes.

use crate::regime::Chain;
use crate::shock::{Law, Tail};

use super::assumption::{AssumptionId, Numbered};

/// `[shocks]`: the law of the yearly shocks and the market factor behind them.
#[derive(Clone, Debug, PartialEq)]
pub struct Shocks {
    pub(in crate::scenario) law: Law<AssumptionId>,
    pub(in crate::scenario) tail: Tail,
    pub(in crate::scenario) loadings: Vec<(String, AssumptionId)>,
    pub(in crate::scenario) correlation: Option<AssumptionId>,
}

impl Shocks {
    /// Law of every series' shocks; its numbers are certain.
    #[must_use]
    pub fn law(&self) -> &Law<AssumptionId> {
        &self.law
    }

    /// Whether the wild years are the same for all series.
    #[must_use]
    pub fn tail(&self) -> Tail {
        self.tail
    }

    /// Loadings of one market factor `G` by series: `ε_i = b_i G + √(1 − b_i²) e_i`, so that the shocks of two series
    /// correlate by `b_i b_j` and any loadings are possible; a written correlation of two series outranks it.
    #[must_use]
    pub fn loadings(&self) -> &[(String, AssumptionId)] {
        &self.loadings
    }
}

impl Shocks {
    /// Correlation of the shocks of the only two series that have any, where it is an assumption and not a certain number.
    #[must_use]
    pub fn correlation(&self) -> Option<AssumptionId> {
        self.correlation
    }
}

impl Default for Shocks {
    fn default() -> Self {
        Self { law: Law::Gaussian, tail: Tail::Separate, loadings: Vec::new(), correlation: None }
    }
}

impl Numbered for Shocks {
    fn renumbered(&self, place: &mut dyn FnMut(AssumptionId) -> AssumptionId) -> Self {
        let law = self.law.map(|id| place(*id));
        let loadings = self.loadings.iter().map(|(series, id)| (series.clone(), place(*id))).collect();
        Self { law, tail: self.tail, loadings, correlation: self.correlation.map(place) }
    }
}

/// `[regimes]`: the chain behind every series of `model = "regime"`.
#[derive(Clone, Debug, PartialEq)]
pub struct Regimes {
    pub(in crate::scenario) chain: Chain<AssumptionId>,
    pub(in crate::scenario) shared: bool,
}

impl Regimes {
    /// States and moves.
    #[must_use]
    pub fn chain(&self) -> &Chain<AssumptionId> {
        &self.chain
    }

    /// Whether all regions are in one state; otherwise each region has a chain of its own with the same chances.
    #[must_use]
    pub fn shared(&self) -> bool {
        self.shared
    }
}

impl Numbered for Regimes {
    fn renumbered(&self, place: &mut dyn FnMut(AssumptionId) -> AssumptionId) -> Self {
        Self { chain: self.chain.map(|id| place(*id)), shared: self.shared }
    }
}
