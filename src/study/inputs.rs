//! What a recipe is asked of: its scenarios as they were read, each from a file or from a stored run.

use std::path::Path;

use crate::data::Source;
use crate::scenario::{self, Loaded, ReadFile, Rejected, Scenario};

use super::recipe::{BackTestAsked, Changes, FitAsked, Question, Recipe, Sampler};

/// The scenarios of a recipe as they were read, the baseline first.
#[derive(Clone, Debug)]
pub struct Inputs {
    /// One for each scenario that the recipe names, in its order.
    pub scenarios: Vec<Input>,
}

/// A scenario as it was read.
#[derive(Clone, Debug)]
pub struct Input {
    /// The scenario with its texts.
    pub loaded: Loaded,
    /// What it was run with, if it comes from a stored run; outranks its own `[run]` table.
    pub stored: Option<RunWith>,
    /// The scenario on the figures of every source, if the recipe asks for all.
    pub by_source: Vec<(Source, Scenario)>,
}

/// What a stored run was run with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunWith {
    /// Seed of the random numbers.
    pub seed: u64,
    /// Number of paths.
    pub paths: u64,
    /// Where its random numbers came from.
    pub sampler: Sampler,
}

impl Inputs {
    /// Reads every scenario that a recipe names; `read` is the only way to a file.
    ///
    /// # Errors
    /// Everything that is wrong with the first scenario that has something wrong with it.
    pub fn read(recipe: &Recipe, read: ReadFile) -> Result<Self, Box<Rejected>> {
        let scenarios = recipe.scenarios().iter().map(|path| match &recipe.question {
            Question::Fit(FitAsked { regions, until, .. }) => Input::of_figures(path, regions, *until, read),
            Question::BackTest(BackTestAsked { regions, .. }) => Input::of_figures(path, regions, None, read),
            Question::Simulate(_) => Input::with_sources(path, &recipe.changes, read),
            _ => Input::read(path, &recipe.changes, read),
        });
        Ok(Self { scenarios: scenarios.collect::<Result<_, _>>()? })
    }
}

impl Input {
    /// Reads one scenario with changes laid over it.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(path: &Path, changes: &Changes, read: ReadFile) -> Result<Self, Box<Rejected>> {
        let loaded = scenario::load(path, &changes.layers(), changes.horizon, read)?;
        Ok(Self { loaded, stored: None, by_source: Vec::new() })
    }

    /// Reads one scenario, and once more from the figures of every source if the changes ask for all.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn with_sources(path: &Path, changes: &Changes, read: ReadFile) -> Result<Self, Box<Rejected>> {
        let mut input = Self::read(path, changes, read)?;
        if changes.wants_all_sources() {
            let scenario = &input.loaded.scenario;
            let [lead, follow] =
                [scenario.gap().lead(), scenario.gap().follow()].map(|place| &scenario.regions()[place]);
            for source in scenario.data().sources(lead.name(), follow.name()) {
                let found = Self::read(path, &changes.with_source(&source.name), read)?;
                input.by_source.push((source, found.loaded.scenario));
            }
        }
        Ok(input)
    }
}
