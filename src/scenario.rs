//! Scenario files: TOML text in, a [`Scenario`] that cannot be wrong out.
//!
//! Everything that can fail because of what a user wrote fails here, once, with every problem listed. The rooms
//! below take a [`Scenario`] and cannot fail.

mod asked;
mod bounds;
mod build;
mod check;
mod companion;
mod correlation;
mod counting;
mod difference;
mod draws;
mod edit;
mod events;
mod figures;
mod input;
mod inquiry;
mod internal;
mod jumps;
mod key;
mod keys;
mod law;
mod layer;
pub mod library;
mod measurement;
mod mixing;
mod model;
mod money;
mod names;
mod nearest;
mod points;
mod possible;
mod reach;
mod reference;
mod regimes;
mod resolved;
mod schema;
mod series;
mod set;
mod shocks;
mod slip;
mod sources;
mod text;
mod top;
mod tree;
mod value;
mod worth;

use std::path::Path;

use crate::diagnostic::{Problem, Sources};

pub use difference::{Apart, Difference, Setting};
pub use key::{Used, Without};
pub use layer::{Layers, ReadFile};
pub use model::{
    Assumption, AssumptionId, CompanionSeries, Contradiction, Correlations, Counting, Currency, Drawn, Event, Gap,
    Inquiry, JointDraws, JumpRisk, Measurement, Mixing, MixingEntry, Money, Numbered, Of, Origin, Plausibility,
    Quantity, Regimes, Region, Revisions, Role, RunDefaults, SampledSources, Scenario, Series, SeriesKind, Severity,
    Shocks, WrittenPair, fill_lower_factor, log_rate,
};
pub use money::MoneyFlags;
pub use names::{long_name, readable, short_name, short_title};
pub use nearest::nearest_correlation;
pub use points::needs;
pub use reference::{
    FORMS, Form, KeyTable, KindRange, ListedKey, ListedParameter, key_tables, kind_ranges, parameter_ranges,
};
pub use schema::schema;
pub use set::NewValue;

/// A scenario that was read, with the texts it came from.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The validated scenario.
    pub scenario: Scenario,
    /// What the user should know, though nothing is wrong.
    pub warnings: Vec<Problem>,
    /// Every text that was read, in order.
    pub sources: Sources,
    /// The user's own data file, if the scenario names one.
    pub data_text: Option<String>,
}

/// Everything that is wrong, with the texts it stands in.
#[derive(Clone, Debug)]
pub struct Rejected {
    /// All problems in file order.
    pub problems: Vec<Problem>,
    /// Every text that was read.
    pub sources: Sources,
}

impl std::fmt::Display for Rejected {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (place, problem) in self.problems.iter().enumerate() {
            let line_break = if place == 0 { "" } else { "\n" };
            write!(f, "{line_break}{}: {}", problem.what, problem.cure)?;
        }
        Ok(())
    }
}

impl std::error::Error for Rejected {}

/// Reads a scenario, everything it extends and everything laid over it, and validates the whole.
///
/// `read` is the only way to a file; `horizon` outranks the file's.
///
/// # Errors
/// Every problem at once, in file order.
pub fn load(path: &Path, layers: &Layers, horizon: Option<i32>, read: ReadFile) -> Result<Loaded, Box<Rejected>> {
    let mut sources = Sources::default();
    let name = path.file_stem().map_or_else(|| "scenario".to_owned(), |stem| stem.to_string_lossy().into_owned());
    let folder = path.parent().unwrap_or(Path::new(""));
    let given = build::Given {
        name: &name,
        horizon,
        money: layers.money.clone(),
        source: layers.source.as_deref(),
        nearest_correlation: layers.nearest_correlation,
        ..build::Given::default()
    };
    let mut reading = layer::Reading { read, reach: layers.reach(path), chain: 0..0, warnings: Vec::new() };
    let built = layer::read(path, layers, &mut reading, &mut sources)
        .and_then(|table| build::build(&table, &given, folder, &mut reading, &mut sources));
    match built {
        Ok(built) => {
            let warnings = reading.warnings.into_iter().chain(built.warnings).collect();
            Ok(Loaded { scenario: built.scenario, warnings, sources, data_text: built.data_text })
        }
        Err(mut problems) => {
            problems.sort_by_key(Problem::order);
            Err(Box::new(Rejected { problems, sources }))
        }
    }
}
