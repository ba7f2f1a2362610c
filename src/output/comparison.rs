//! A comparison in files and words: inputs first, then what they change on the same luck, then which input did it.

mod pictures;
mod tables;
mod words;

use crate::scenario::{Difference, Scenario};
use crate::summary::{Attribution, EnsembleRow, IdentityTerm, PairedRow, Summary};
use crate::wording::{self, Purse};

/// A scenario with what its paths say.
#[derive(Clone, Debug)]
pub struct Side {
    /// The scenario.
    pub scenario: Scenario,
    /// What its paths say.
    pub summary: Summary,
}

/// A what-if, held against the baseline.
#[derive(Clone, Debug)]
pub struct Compared {
    /// The what-if by itself.
    pub side: Side,
    /// Paired differences.
    pub rows: Vec<PairedRow>,
    /// Inputs that differ.
    pub differences: Vec<Difference>,
    /// What the two do not have in common, in words.
    pub notes: Vec<String>,
    /// Which input did it, if it was asked for.
    pub attribution: Option<Attribution>,
    /// The mean change of the log ratio along deals × deal size.
    pub identity: Vec<IdentityTerm>,
}

/// A baseline and its what-ifs.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The baseline.
    pub baseline: Side,
    /// The what-ifs, in the order given.
    pub what_ifs: Vec<Compared>,
    /// Weights and rows of the mixture, if weights were given.
    pub ensemble: Option<(Vec<f64>, Vec<EnsembleRow>)>,
}

impl Compared {
    /// The name of an input as readers know it: an event by its own, anything else by its address.
    fn readable(&self, name: &str) -> String {
        let scenario = &self.side.scenario;
        let event = scenario.events.iter().find(|event| event.address == name).map(|event| event.name.clone());
        let jump = || scenario.jumps.iter().find(|jump| jump.address == name).map(|jump| jump.name.clone());
        event.or_else(jump).unwrap_or_else(|| wording::readable(name))
    }

    /// What readers know it by.
    fn name(&self) -> String {
        wording::short_title(&self.side.scenario.title)
    }
}

impl Comparison {
    /// Last year that all scenarios have.
    #[must_use]
    pub fn horizon(&self) -> i32 {
        let horizons = self.what_ifs.iter().map(|it| it.side.scenario.horizon);
        horizons.fold(self.baseline.scenario.horizon, i32::min)
    }

    fn purse(&self) -> Purse {
        Purse::of(&self.baseline.scenario.money)
    }
}
