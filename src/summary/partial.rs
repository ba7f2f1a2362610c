//! Parts of a run: what a range of its paths has counted, to be made on any machine, stored, and merged.
//!
//! Everything that is counted adds up to the same in whatever order: answers and histograms are whole numbers, sums are
//! exact, and blocks begin at the same paths in every range. So the parts of a run, however it was divided, make the
//! summary of the whole run, bit for bit; [`Summary::of`] is the summary of one part that is the whole.

mod error;
mod stored;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::engine::{PATHS_PER_BLOCK, Plan, Settings};
use crate::metric::{Metric, Metrics};
use crate::random::quasi::Quasi;
use crate::scenario::Scenario;

use super::counts::Counts;
use super::layout::Layout;
use super::summarise::summary;
use super::wanted::Wanted;
use super::{Summary, collect, replicates};

pub use error::{MergeError, PartError};

/// What a range of the paths of a run has counted.
///
/// # Examples
/// ```
/// # use std::path::Path;
/// use aigap::engine::Settings;
/// use aigap::summary::{Partial, Summary, Wanted};
/// # let read = |_: &Path| Ok(include_bytes!("../../scenarios/base.toml").to_vec());
/// # let loaded = aigap::scenario::load(Path::new("base.toml"), &Default::default(), None, &read);
/// # let Ok(loaded) = loaded else { panic!("the baseline is valid") };
/// # let scenario = loaded.scenario;
/// let settings = Settings::new(4096, 7);
/// let part = |range| Partial::of(&scenario, &settings, range, Wanted::default(), &|_| {});
/// let (first, rest) = (part(0..1024)?, part(1024..4096)?);
/// let whole = Partial::merge([rest, first])?;
/// assert_eq!(whole.summary(&scenario, &settings)?, Summary::of(&scenario, &settings, Wanted::default(), &|_| {}));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Partial {
    run: WholeRun,
    range: Range<u64>,
    counts: Counts,
}

/// The run that a part is of.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct WholeRun {
    /// What the caller calls it, such as a hash of the scenario's text.
    identity: String,
    paths: u64,
    seed: u64,
    /// Metrics that are counted, by name.
    metrics: Vec<String>,
    /// Whether its random numbers are coordinates of points.
    points: bool,
}

impl Partial {
    /// Simulates a range of the paths of a run, in the current thread pool. A path is named by its index from 0.
    ///
    /// # Errors
    /// If the range does not begin and end where blocks of [`Partial::paths_of_a_block`] paths do (the last may be
    /// shorter), is empty, or leaves the paths of the run; if points are not laid out for so many paths; and if what is
    /// wanted takes a second look at all paths, as exact quantiles and a stated precision do.
    pub fn of(
        scenario: &Scenario,
        settings: &Settings,
        range: Range<u64>,
        wanted: Wanted,
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<Self, PartError> {
        if wanted.exact {
            return Err(PartError::Exact);
        }
        if wanted.precision.is_some() {
            return Err(PartError::Precision);
        }
        let paths = settings.paths;
        if settings.points().is_some() && Quasi::rounded(paths) != paths {
            return Err(PartError::Points { paths, rounded: Quasi::rounded(paths) });
        }
        if range.start >= range.end || range.end > paths {
            return Err(PartError::Outside { range, paths });
        }
        let block = Self::paths_of_a_block(settings);
        if !range.start.is_multiple_of(block) || (!range.end.is_multiple_of(block) && range.end != paths) {
            return Err(PartError::WithinBlock { range, block });
        }
        let layout = Layout::new(scenario, wanted.metrics);
        let counts = count(&layout, settings, range.clone(), progress);
        Ok(Self { run: WholeRun::of(settings, wanted.metrics), range, counts })
    }

    /// Paths of the blocks that a range may begin and end between.
    #[must_use]
    pub fn paths_of_a_block(settings: &Settings) -> u64 {
        if settings.points().is_some() { replicates::paths_of_a_block(settings) } else { PATHS_PER_BLOCK as u64 }
    }

    /// One of several ranges of whole blocks, nearly equal, that make up all paths: `part` counts from 0. Empty if there
    /// are more parts than blocks.
    ///
    /// # Panics
    /// If `parts` is zero.
    #[must_use]
    pub fn range_of(settings: &Settings, part: u64, parts: u64) -> Range<u64> {
        let block = Self::paths_of_a_block(settings);
        let blocks = settings.paths.div_ceil(block);
        let start = |part: u64| (blocks * part / parts * block).min(settings.paths);
        start(part)..start(part + 1)
    }

    /// This part under the name of its run: parts of runs with other names are not merged with it.
    #[must_use]
    pub fn named(mut self, identity: impl Into<String>) -> Self {
        self.run.identity = identity.into();
        self
    }

    /// What its run was named.
    #[must_use]
    pub fn identity(&self) -> &str {
        &self.run.identity
    }

    /// The paths that were counted, by their indices from 0.
    #[must_use]
    pub fn range(&self) -> Range<u64> {
        self.range.clone()
    }

    /// Puts parts of a run together, given in any order: they must follow each other without gap and without overlap.
    ///
    /// # Errors
    /// If there is none, if one is of another run, and if two overlap or leave a gap between them.
    pub fn merge(parts: impl IntoIterator<Item = Self>) -> Result<Self, MergeError> {
        let mut parts: Vec<Self> = parts.into_iter().collect();
        parts.sort_by_key(|part| (part.range.start, part.range.end));
        let mut parts = parts.into_iter();
        let mut whole = parts.next().ok_or(MergeError::Nothing)?;
        for part in parts {
            if let Some(difference) = whole.run.difference(&part.run) {
                return Err(MergeError::Foreign { range: part.range, difference });
            }
            if part.range.start < whole.range.end {
                return Err(MergeError::Overlap { first: whole.range, second: part.range });
            }
            if part.range.start > whole.range.end {
                return Err(MergeError::Missing { range: whole.range.end..part.range.start });
            }
            if !whole.counts.is_like(&part.counts) {
                return Err(MergeError::Foreign { range: part.range, difference: OTHER_COUNTS.to_owned() });
            }
            whole.counts.merge(&part.counts);
            whole.range.end = part.range.end;
        }
        Ok(whole)
    }

    /// What all paths of the run say.
    ///
    /// # Errors
    /// If paths are missing, and if scenario and settings are not those that were counted, as far as that can be seen.
    pub fn summary(&self, scenario: &Scenario, settings: &Settings) -> Result<Summary, MergeError> {
        let paths = self.run.paths;
        if self.range.start > 0 {
            return Err(MergeError::Missing { range: 0..self.range.start });
        }
        if self.range.end < paths {
            return Err(MergeError::Missing { range: self.range.end..paths });
        }
        let layout = Layout::new(scenario, self.run.metrics());
        let is_run =
            self.run == WholeRun { identity: self.run.identity.clone(), ..WholeRun::of(settings, self.run.metrics()) };
        if !self.counts.fits(&layout, settings) || !is_run {
            return Err(MergeError::Foreign { range: self.range(), difference: OTHER_COUNTS.to_owned() });
        }
        Ok(summary(&layout, &self.counts, settings))
    }
}

const OTHER_COUNTS: &str = "what was counted is not what this scenario counts";

/// Counts a range of paths.
pub(super) fn count(
    layout: &Layout,
    settings: &Settings,
    range: Range<u64>,
    progress: &(dyn Fn(u64) + Sync),
) -> Counts {
    let plan = (&Plan::new(layout.scenario), settings);
    if settings.points().is_some() {
        replicates::count(layout, plan, range, replicates::ROOM, progress)
    } else {
        collect::count((layout, 0), plan, range, Counts::none(layout), progress)
    }
}

impl WholeRun {
    fn of(settings: &Settings, metrics: Metrics) -> Self {
        let named = Metric::ALL.into_iter().filter(|metric| metrics.contains(*metric));
        Self {
            identity: String::new(),
            paths: settings.paths,
            seed: settings.seed,
            metrics: named.map(|metric| metric.name().to_owned()).collect(),
            points: settings.points().is_some(),
        }
    }

    fn metrics(&self) -> Metrics {
        let known = Metric::ALL.into_iter().filter(|metric| self.metrics.iter().any(|name| name == metric.name()));
        known.fold(Metrics::OF_THE_HEADLINE, Metrics::with)
    }

    /// In what another run differs, if it does.
    fn difference(&self, other: &Self) -> Option<String> {
        let sampler = |run: &Self| (if run.points { "points" } else { "independent paths" }).to_owned();
        let facts = |run: &Self| {
            [
                ("name", run.identity.clone()),
                ("number of paths", run.paths.to_string()),
                ("seed", run.seed.to_string()),
                ("list of metrics", run.metrics.join(", ")),
                ("sampler", sampler(run)),
            ]
        };
        let differs = |((what, own), (_, others)): ((&str, String), (&str, String))| {
            (own != others).then(|| format!("its {what} is {others:?} and not {own:?}"))
        };
        facts(self).into_iter().zip(facts(other)).find_map(differs)
    }
}
