//! The observer that keeps whole paths, for those who want to look at single futures.

use crate::engine::{Block, Column, Observer};
use crate::metric::{Levels, Measure};
use crate::scenario::Scenario;

/// Keeps every measure, year and assumption of the paths of a short run.
///
/// The first paths of a long run are those of a short one, so this needs no second look at the long run.
#[derive(Debug)]
pub struct PathKeeper<'a> {
    scenario: &'a Scenario,
    measures: Vec<Measure>,
    /// Paths that are kept; all if there is no list.
    only: Option<Vec<u64>>,
    kept: Vec<KeptPath>,
}

/// One simulated future.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptPath {
    /// Index of the path, from 0.
    pub path: u64,
    /// Values by measure, as in [`Measure::all`], and year.
    pub values: Vec<Vec<f64>>,
    /// Values of the assumptions in their internal unit (levels as logs), which it shares with the other path of its
    /// draw.
    pub assumptions: Vec<f64>,
}

impl<'a> PathKeeper<'a> {
    /// A keeper for a scenario.
    #[must_use]
    pub fn new(scenario: &'a Scenario) -> Self {
        Self { scenario, measures: Measure::all(scenario), only: None, kept: Vec::new() }
    }

    /// Keeps these paths alone, which are in rising order.
    #[must_use]
    pub fn only(self, paths: Vec<u64>) -> Self {
        Self { only: Some(paths), ..self }
    }

    /// The paths in order.
    #[must_use]
    pub fn paths(self) -> Vec<KeptPath> {
        self.kept
    }
}

impl Observer for PathKeeper<'_> {
    type Counts = ();
    type Sums = Vec<KeptPath>;

    fn counts(&self) {}

    fn observe(&self, blocks: &[Block], (): &mut ()) -> Vec<KeptPath> {
        let block = &blocks[0];
        let (mut levels, mut scratch) = (Levels::new(self.scenario), Column::default());
        let paths = block.first_path()..block.first_path() + block.rows() as u64;
        let wanted = |path: &u64| self.only.as_ref().is_none_or(|only| only.binary_search(path).is_ok());
        let mut kept: Vec<KeptPath> = paths
            .filter(wanted)
            .map(|path| {
                let draw = block.row_of(path) % block.draws();
                let assumptions = (0..self.scenario.assumptions().len()).map(|id| block.assumption(id)[draw]).collect();
                KeptPath { path, values: vec![Vec::new(); self.measures.len()], assumptions }
            })
            .collect();
        if kept.is_empty() {
            return kept;
        }
        for year in 0..self.scenario.years().len() {
            levels.enter(block, year);
            for (place, measure) in self.measures.iter().enumerate() {
                let column = levels.column(*measure, &mut scratch);
                for path in &mut kept {
                    path.values[place].push(column[block.row_of(path.path)]);
                }
            }
        }
        kept
    }

    fn absorb(&mut self, block: Vec<KeptPath>) {
        self.kept.extend(block);
    }

    fn finish(&mut self, (): ()) {}
}
