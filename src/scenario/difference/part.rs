//! The parts of a scenario that can be exchanged with those of another, and which of them only go together.

use crate::growth::Growth;
use crate::scenario::model::{Event, Quantity, Scenario, Series};

/// The part of a scenario that a difference exchanges.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum What {
    /// A parameter of a series whose model is the same in both: address of the series, place among its parameters.
    Parameter(String, usize),
    /// A series whole, because the models differ.
    Series(String),
    /// An event, by address.
    Event(String),
    /// A correlation, by address.
    Pair(String),
    /// All correlations of shocks, where those of both scenarios cannot be mixed.
    ShockCorrelations,
    /// All correlations of assumptions, likewise.
    AssumptionCorrelations,
    /// The law of shocks and the loadings of their factor.
    Shocks,
    /// The chain, and every series that follows it in either scenario and cannot follow the other's.
    Regimes,
    /// A jump, by address.
    Jump(String),
    /// The counting of a region, by name.
    Counting(String),
    /// What the funding of a region is divided by, by name.
    Companions(String),
    /// What is unknown about the figures.
    Measurement,
    /// What amounts are shown in.
    Money,
}

impl Scenario {
    /// Whether a series cannot be exchanged without the chain it follows.
    pub(super) fn hangs_on_the_chain(&self, what_if: &Self, base: &Series, other: &Series) -> bool {
        let follows = |series: &Series| matches!(series.growth, Growth::Regime(_));
        let states = |scenario: &Self| scenario.regimes.as_ref().map(|regimes| regimes.chain.states.clone());
        (follows(base) || follows(other)) && (follows(base) != follows(other) || states(self) != states(what_if))
    }

    pub(super) fn event(&self, address: &str) -> Option<&Event> {
        self.events.iter().find(|event| event.address == address)
    }
}

/// Parameters of a model in their order.
pub(super) fn parameters(growth: &Growth<Quantity>) -> Vec<&Quantity> {
    let mut found = Vec::new();
    growth.map(|quantity| found.push(quantity));
    found
}

/// Pairs of parameters of two series with the same model; `None` if the models differ.
pub(super) fn same_parameters<'a>(base: &'a Series, other: &'a Series) -> Option<Vec<(&'a Quantity, &'a Quantity)>> {
    let same_years = match (&base.growth, &other.growth) {
        (Growth::Path(a), Growth::Path(b)) => {
            a.levels.iter().map(|(year, _)| year).eq(b.levels.iter().map(|(year, _)| year))
        }
        (Growth::Regime(a), Growth::Regime(b)) => a.states.len() == b.states.len(),
        (a, b) => a.name() == b.name(),
    };
    same_years.then(|| parameters(&base.growth).into_iter().zip(parameters(&other.growth)).collect())
}
