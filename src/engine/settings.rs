//! Settings of a run: how many paths are simulated, and where their random numbers come from.

use std::sync::Arc;

use crate::random::quasi::Quasi;
use crate::scenario::{self, Scenario};

/// How to run a scenario: how many paths, and where their random numbers come from.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Number of paths, even because two paths share a draw of the assumptions; at most [`Settings::MOST_PATHS`].
    pub paths: u64,
    /// Seed of all random numbers.
    pub seed: u64,
    /// Quasi-random points whose coordinates take the place of numbers by address; none for the usual sampler.
    points: Option<Arc<Quasi>>,
}

impl Settings {
    /// Paths of a run that asks for none.
    pub const DEFAULT_PATHS: u64 = 100_000;
    /// Seed of a run that asks for none.
    pub const DEFAULT_SEED: u64 = 20_240_515;
    /// What a run of hours takes; the numbers and the counts have room for more.
    pub const MOST_PATHS: u64 = 4_000_000_000;

    /// So many paths whose numbers are named by their addresses under a seed.
    #[must_use]
    pub const fn new(paths: u64, seed: u64) -> Self {
        Self { paths, seed, points: None }
    }

    /// So many paths that take their numbers from points, which are laid out for all scenarios of a command together.
    ///
    /// `paths` is a number that points fill: [`Quasi::rounded`] gives one.
    ///
    /// # Errors
    /// Why the scenarios cannot take points, and what to do, in a sentence.
    pub fn on_points(scenarios: &[&Scenario], paths: u64, seed: u64) -> Result<Self, String> {
        let needs = scenario::needs(scenarios)?;
        Ok(Self { paths, seed, points: Some(Arc::new(Quasi::new(needs, seed, paths))) })
    }

    /// The points that numbers are taken from; none for the usual sampler.
    #[must_use]
    pub fn points(&self) -> Option<&Arc<Quasi>> {
        self.points.as_ref()
    }

    /// A run of another length; its points are laid out for that many paths.
    #[must_use]
    pub fn with_paths(&self, paths: u64) -> Self {
        let resized = |it: &Arc<Quasi>| if it.paths() == paths { Arc::clone(it) } else { Arc::new(it.resized(paths)) };
        Self { paths, seed: self.seed, points: self.points.as_ref().map(resized) }
    }

    /// The first paths of this run, with the numbers that they have in it.
    #[must_use]
    pub fn up_to(&self, paths: u64) -> Self {
        Self { paths, ..self.clone() }
    }

    /// As many paths under the same seed whose numbers are named by their addresses, and not the coordinates of points.
    #[must_use]
    pub fn by_address(&self) -> Self {
        Self::new(self.paths, self.seed)
    }
}
