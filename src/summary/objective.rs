//! Objectives: one number of a run each, such as the median ratio of 2030, evaluated on runs side by side.
//!
//! Attribution, sensitivity, sweeps and goal seeking ask for a few such numbers of many runs. Each is counted in a
//! histogram, a sum or a tally, so memory does not grow with paths, and comes with its simulation error.

mod evaluate;
mod exact;
mod kinds;
mod record;
mod variant;

pub use kinds::{Objective, Statistic};
pub use variant::Variant;

#[cfg(test)]
mod tests;
