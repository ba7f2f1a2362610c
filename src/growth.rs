//! Growth models: how the level of a series moves from one year to the next.
//!
//! A model is one file and lives three times: as written (its parameters' names and kinds), as validated (where
//! in the table of assumptions each parameter stands) and as drawn (a column of values for a block of paths).
//! `Model<P>` with `try_map` bridges them, so there are no twin structs to keep in step.

mod ar1;
mod fade;
mod gompertz;
mod kind;
mod logistic;
mod model;
mod path;
mod random_walk;
mod regime;
mod step;
mod told;

pub use ar1::Ar1;
pub use fade::Fade;
pub use gompertz::Gompertz;
pub use kind::{Kind, Parameter};
pub use logistic::Logistic;
pub use model::Growth;
pub use path::Path;
pub use random_walk::RandomWalk;
pub use regime::Regime;
pub use step::{State, Step};
pub use told::{MODEL_NOTES, ModelNote};
