//! Studies: what is asked of scenarios, and what the paths answer.

mod by_source;
mod comparison;

pub use by_source::BySource;
pub use comparison::{Attribute, Compared, Comparison, Side};
