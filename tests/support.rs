//! Helpers of the tests, once for all of them.

pub mod program;
pub mod runs;
pub mod sample_charts;
mod skipped;

pub use runs::{BASE, Paths, paths, run, scenario, shipped_base, try_read};
pub use skipped::skipped;
