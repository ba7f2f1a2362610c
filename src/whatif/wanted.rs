//! What the page wants of a run: which charts and tables, how much is counted, and what it is held against.

use serde::{Deserialize, Serialize};

use crate::summary::Estimate;

/// Which parts of a run are wanted.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Wanted {
    /// Charts by name.
    pub charts: Vec<String>,
    /// Tables by file name.
    pub tables: Vec<String>,
    /// Whether the metrics of the headline suffice: while a slider moves.
    pub brief: bool,
    /// Whether the spread is divided among its sources, which takes more runs.
    pub layers: bool,
    /// The baseline's median ratio of the last year, for the title that says what the changes do.
    pub against: Option<Median>,
}

/// A median ratio with its standard error of simulation.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, PartialEq)]
pub struct Median {
    /// The median itself.
    pub value: f64,
    /// Its standard error.
    pub error: f64,
}

impl From<Median> for Estimate {
    fn from(it: Median) -> Self {
        Self { value: it.value, error: it.error }
    }
}
