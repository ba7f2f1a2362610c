//! Studies: what is asked of scenarios, and what the paths answer.

mod by_source;
mod comparison;
mod format;
mod inputs;
mod look;
mod prepared;
mod recipe;
mod refused;
mod run;

pub use by_source::BySource;
pub use comparison::{Compared, Comparison, Side};
pub use format::Damaged;
#[cfg(all(test, feature = "cli"))]
pub(crate) use format::tests::recipe as any_recipe;
pub use inputs::{Input, Inputs, RunWith};
pub use look::{Look, Preset, Theme};
pub use prepared::Prepared;
pub use recipe::{Attribute, Changes, Compare, Question, Recipe, Sampler, Simulate, file_name};
pub use refused::{Fault, Refused};
pub use run::{Findings, Run, Told, run};
