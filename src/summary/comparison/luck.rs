//! Whose luck a what-if shares with its baseline, series by series.

use crate::engine::{Plan, Settings, SharedLuck};
use crate::scenario::Scenario;

/// Whether a series has the same luck under both scenarios.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeriesLuck {
    /// The series: `us.deals`.
    pub series: String,
    /// Whether its shocks, and the draws of its inputs whose law is the same, are the same numbers on every path.
    pub same: bool,
}

/// The luck of every series that both scenarios draw shocks for, in the order of the baseline.
#[must_use]
pub fn shared_luck(baseline: &Scenario, what_if: &Scenario, settings: &Settings) -> Vec<SeriesLuck> {
    let plans = [baseline, what_if].map(Plan::new);
    let found = SharedLuck::of([&plans[0], &plans[1]], settings);
    let addresses = baseline.regions().iter().flat_map(|region| region.series()).map(|series| series.address());
    let luck = addresses.zip(&found.series).filter_map(|(address, same)| {
        let redrawn = found.redrawn.iter().any(|input| input.starts_with(&format!("{address}.")));
        Some(SeriesLuck { series: address.to_owned(), same: (*same)? && !redrawn })
    });
    luck.collect()
}
