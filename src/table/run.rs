//! The tables of a run, from its scenario and what its paths say.

mod answers;
mod fan;
mod inputs;
mod spread;

use crate::parallel;
use crate::scenario::Scenario;
use crate::study::BySource;
use crate::summary::{KeptPath, Summary};

use super::typed::Table;

pub use answers::{checks, milestones, probabilities};
pub use fan::{fan, fan_errors, fine_quantiles, sources};
pub(crate) use inputs::input;
pub use inputs::{assumptions, observations, paths};
pub use spread::{decomposition, distribution, uncertainty};

/// Every table of a run, in the order of its files.
#[must_use]
pub fn tables(scenario: &Scenario, summary: &Summary, by_source: &[BySource], kept: Option<&[KeptPath]>) -> Vec<Table> {
    let of_summary: [fn(&Scenario, &Summary) -> Table; 9] =
        [fan, fan_errors, fine_quantiles, probabilities, milestones, checks, decomposition, distribution, uncertainty];
    let mut tables: Vec<Table> = parallel::map(of_summary.len(), |place| of_summary[place](scenario, summary));
    tables.extend([assumptions(scenario), observations(scenario)]);
    if !by_source.is_empty() {
        tables.push(sources(by_source));
    }
    tables.extend(kept.map(|kept| paths(scenario, kept)));
    tables
}
