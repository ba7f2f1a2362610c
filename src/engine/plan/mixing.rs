//! How normals are mixed in a run: one matrix for all draws, or one for each where correlations are uncertain.

use crate::engine::design::Refused;
use crate::random::{Key, Purpose};
use crate::scenario::{AssumptionId, Correlations, Mixing, MixingEntry, Scenario};

use super::parts::PlannedAssumption;

/// A mixing with the keys of its rows.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::engine) struct PlannedMixing {
    /// What the independent number of each row is drawn by.
    pub keys: Vec<Key>,
    pub mixing: Mixing,
    /// The entries of which draws have different values.
    pub uncertain: Vec<MixingEntry>,
}

impl PlannedMixing {
    pub(crate) fn new(scenario: &Scenario, mixing: &Mixing, purpose: Purpose) -> Self {
        let uncertain = |it: &&MixingEntry| !scenario.assumptions()[it.rho].law().is_fixed();
        Self {
            keys: mixing.rows().iter().map(|row| Key::new(purpose, row)).collect(),
            uncertain: mixing.entries().iter().filter(uncertain).copied().collect(),
            mixing: mixing.clone(),
        }
    }

    /// The matrix with every correlation at its median, and its factor: that of all draws, unless a correlation is uncertain.
    pub(crate) fn correlations(&self) -> &Correlations {
        self.mixing.correlations()
    }

    /// Number of rows.
    pub(crate) fn size(&self) -> usize {
        self.keys.len()
    }

    /// Takes the correlations as a design has them.
    ///
    /// # Errors
    /// If some of the values that they may have contradict each other.
    pub(crate) fn settle(&mut self, assumptions: &[PlannedAssumption]) -> Result<(), Refused> {
        let uncertain = |it: &&MixingEntry| !assumptions[it.rho].is_certain();
        let uncertain: Vec<MixingEntry> = self.mixing.entries().iter().filter(uncertain).copied().collect();
        let median = |id: AssumptionId| match &assumptions[id].rows {
            Some(rows) => rows[0],
            None => assumptions[id].law.median(),
        };
        let mixing = self.mixing.with_medians(&median);
        if mixing.correlations() == self.correlations() && uncertain.is_empty() && self.uncertain.is_empty() {
            return Ok(());
        }
        if let Some(found) = mixing.contradiction(&|id| assumptions[id].ends()) {
            let of = |id: AssumptionId| assumptions[id].address.clone();
            let first = found.values.first().map(|(id, _)| *id).or(mixing.entries().first().map(|it| it.rho));
            return Err(Refused::Contradiction { address: first.map_or_else(String::new, of) });
        }
        (self.mixing, self.uncertain) = (mixing, uncertain);
        Ok(())
    }

    /// The assumptions that its draws differ by.
    pub(crate) fn drawn<'a>(&self, assumptions: &'a [PlannedAssumption]) -> Vec<&'a PlannedAssumption> {
        self.uncertain.iter().map(|it| &assumptions[it.rho]).collect()
    }
}
