//! The metrics by name, and what may be said of them: conditions such as `ratio in 2030 < half of 2023`.

mod asked;
mod comparison;
mod condition;
mod metric;
mod subject;

pub use asked::{is_always_asked, name_of_asked};
pub use comparison::Comparison;
pub use condition::{Condition, Mistake, Names, When};
pub use metric::{Metric, Metrics, Needs, Rising, Values};
pub use subject::Subject;
