//! Layers of chance: which random numbers belong to what is not known and which to what is not decided yet.
//!
//! A layer can be drawn again, independently, while the others keep their numbers; how much a result then changes says how
//! much of its spread the layer explains (Sobol', 1993).

use crate::growth::Kind;
use crate::scenario::Assumption;

/// A layer of chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// Assumptions about the figures themselves: `[measurement]`.
    Measurement,
    /// Assumptions about growth: rates, ceilings, persistence, chances of regimes.
    Growth,
    /// Assumptions about how much things swing, and how much together.
    Volatility,
    /// Events and jumps: assumptions about them, and whether they happen.
    Events,
    /// Everything that is luck: shocks, regimes, counts, single deals.
    Process,
}

impl Layer {
    /// Every layer, in the order of `uncertainty.csv`.
    pub const ALL: [Self; 5] = [Self::Measurement, Self::Growth, Self::Volatility, Self::Events, Self::Process];

    /// Its word in `uncertainty.csv`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Measurement => "measurement",
            Self::Growth => "growth",
            Self::Volatility => "volatility",
            Self::Events => "events",
            Self::Process => "process",
        }
    }

    /// What it holds, in words for readers.
    #[must_use]
    pub fn definition(self) -> &'static str {
        match self {
            Self::Measurement => {
                "assumptions about the figures: rounding, revisions, definitions, the luck in the base year’s totals"
            }
            Self::Growth => "assumptions about growth",
            Self::Volatility => "assumptions about how much years swing, and how much together",
            Self::Events => "events and jumps: assumptions about them, and whether they happen",
            Self::Process => "luck: shocks, regimes, counts, single deals",
        }
    }

    /// The layer of an assumption.
    #[must_use]
    pub fn of(assumption: &Assumption) -> Self {
        let address = assumption.address();
        if assumption.drawn().is_some() {
            // What comes together is drawn again together.
            Self::Growth
        } else if address.starts_with("measurement.") || address == "source" || is_a_figure(assumption) {
            Self::Measurement
        } else if address.starts_with("events.") || address.starts_with("jumps.") {
            Self::Events
        } else if matches!(assumption.kind(), Kind::Volatility | Kind::Spread | Kind::Correlation)
            || address.starts_with("shocks.")
            || address.contains(".counting.")
        {
            Self::Volatility
        } else {
            Self::Growth
        }
    }
}

/// Whether it is a figure that funding is divided by, `us.gdp.figure`.
fn is_a_figure(assumption: &Assumption) -> bool {
    assumption.kind() == Kind::Level && assumption.address().ends_with(".figure")
}
