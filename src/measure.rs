//! The metrics by name, and what may be said of them: conditions such as `ratio in 2030 < half of 2023`, targets such as
//! `median of gap in 2030`, and goals that hold a target against a number.

mod asked;
mod companion;
mod comparison;
mod condition;
mod forms;
mod goal;
mod metric;
mod metrics;
mod names;
mod needs;
mod observed;
pub mod score;
mod statistic;
mod subject;
mod target;
mod values;

pub use asked::{Sides, is_always_asked, name_of_asked};
pub use companion::Companion;
pub use comparison::Comparison;
pub use condition::{Condition, Mistake, When};
pub use forms::{AskedForm, CONDITION_FORMS, GOAL_FORMS, TARGET_FORMS, value_forms};
pub use goal::Goal;
pub use metric::{Metric, Rising};
pub use metrics::Metrics;
pub use names::Names;
pub use needs::Needs;
pub use observed::year_held_against;
pub use statistic::Statistic;
pub use subject::Subject;
pub use target::{QuantityOfInterest, Target, TargetNames};
pub use values::Values;
