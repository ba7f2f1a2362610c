//! Scenario files: TOML text in, a [`Scenario`] that cannot be wrong out.
//!
//! Everything that can fail because of what a user wrote fails here, once, with every problem listed. The rooms
//! below take a [`Scenario`] and cannot fail.

mod difference;
pub mod model;

pub use difference::{Difference, Setting};
pub use model::{
    Assumption, AssumptionId, Correlations, Event, Gap, Origin, Quantity, Region, Role, RunDefaults, Scenario, Series,
    SeriesKind,
};
