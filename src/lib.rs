//! aigap: what would have to be true for the US–China AI funding gap to close?

pub mod cli;
pub mod data;
pub mod diagnostic;
pub mod distribution;
pub mod engine;
pub mod event;
pub mod growth;
pub mod metric;
pub mod output;
pub mod random;
pub mod scenario;
pub mod special;
pub mod summary;
pub mod units;
pub mod wording;
