//! From a summary to the charts of a run, as files.

use crate::scenario::Scenario;
use crate::summary::Summary;

/// All charts of a run: names below the run folder, with their bytes.
#[must_use]
pub fn all(_scenario: &Scenario, _summary: &Summary) -> Vec<(String, Vec<u8>)> {
    Vec::new()
}
