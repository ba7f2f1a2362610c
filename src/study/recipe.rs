//! The recipe of a run: one value that says what is asked, of which scenarios, and how.
//!
//! A command line becomes a recipe, a manifest holds one, and a run is made from one. It names files but reads none, and
//! everything that can change a byte of a run's files is in it, together with the texts of the scenarios it names.

mod figures;
mod method;
mod prior;
mod sampler;
mod text;

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::engine;
use crate::measure::{Metric, Metrics};
use crate::scenario::{Currency, Layers, MoneyFlags};

use super::look::Look;
pub use figures::{BackTestAsked, FitAsked};
pub use method::{By, SensitivityMethod};
pub use prior::Prior;
pub use sampler::Sampler;

/// What is asked, of which scenarios, and how.
///
/// What is missing takes its default: of the scenario's `[run]` table first, then of the program.
///
/// # Examples
/// ```
/// use aigap::study::Recipe;
///
/// let recipe = Recipe { seed: Some(7), ..Recipe::simulate("base.toml") };
/// assert_eq!(Recipe::from_json(&recipe.to_json()), Ok(recipe));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// The question that the run answers.
    pub question: Question,
    /// What is laid over every scenario that is read.
    #[serde(default)]
    pub changes: Changes,
    /// Number of paths, even; with a precision the most that are simulated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paths: Option<u64>,
    /// Seed of all random numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<u64>,
    /// Where random numbers come from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sampler: Option<Sampler>,
    /// How charts are drawn and written.
    #[serde(default)]
    pub look: Look,
}

/// What is asked of scenarios.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Question {
    /// Where does one scenario go?
    Simulate(Simulate),
    /// What does each what-if change against a baseline, on the same luck?
    Compare(Compare),
    /// What would have to be true for a goal to be met?
    Seek(Seek),
    /// Which input matters most?
    Sensitivity(Sensitivity),
    /// How does the answer move along one input or two?
    Sweep(Sweep),
    /// What do the futures have in common in which a condition holds?
    Discover(Discover),
    /// What does a history of figures teach of growth?
    Fit(FitAsked),
    /// What would forecasts from past years have been worth?
    BackTest(BackTestAsked),
}

impl Question {
    /// The scenario of a question that varies the inputs of one.
    fn varied(&self) -> Option<&PathBuf> {
        match self {
            Self::Discover(it) => Some(&it.scenario),
            Self::Fit(it) => Some(&it.data),
            Self::BackTest(it) => Some(&it.data),
            Self::Simulate(_) | Self::Compare(_) => None,
            Self::Seek(it) => Some(&it.scenario),
            Self::Sensitivity(it) => Some(&it.scenario),
            Self::Sweep(it) => Some(&it.scenario),
        }
    }
}

/// A run of one scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Simulate {
    /// Its scenario file.
    pub scenario: PathBuf,
    /// Half-width of the headline's 95% intervals of simulation, as a share, that paths are doubled for.
    #[serde(default, with = "text::share", skip_serializing_if = "Option::is_none")]
    pub precision: Option<f64>,
    /// Whether quantiles are exact order statistics of all paths.
    #[serde(default)]
    pub exact: bool,
    /// Metrics that are counted beside those of the headline; empty for all.
    #[serde(default, with = "text::metrics")]
    pub metrics: Vec<Metric>,
    /// How many paths are written one by one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keep_paths: Option<u64>,
}

/// A baseline and the what-ifs held against it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Compare {
    /// Scenario files, or folders of runs; the baseline first.
    pub scenarios: Vec<PathBuf>,
    /// When to ask which input did it.
    #[serde(default)]
    pub attribution: Attribute,
    /// Weights of all scenarios in their mixture, which add up to 1.
    #[serde(default, with = "text::shares", skip_serializing_if = "Option::is_none")]
    pub weights: Option<Vec<f64>>,
}

/// A goal of one scenario, and the inputs that may change for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seek {
    /// Its scenario file.
    pub scenario: PathBuf,
    /// The goal as it was written: `P(ratio in 2030 < half of 2023) >= 50%`.
    pub so_that: String,
    /// One input, or two; none for every input alone.
    #[serde(default)]
    pub change: Vec<Change>,
}

/// Which input of a scenario matters most.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sensitivity {
    /// Its scenario file.
    pub scenario: PathBuf,
    /// Targets as they were written; the median ratio and the median gap of the last year if none is.
    #[serde(default)]
    pub of: Vec<String>,
    /// How it is asked.
    #[serde(default)]
    pub method: SensitivityMethod,
    /// What shares are of.
    #[serde(default)]
    pub by: By,
    /// Ranges for certain inputs as they were written: `us.deals.volatility=15%:30%`.
    #[serde(default)]
    pub also: Vec<String>,
}

/// An answer along one input, or over two.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sweep {
    /// Its scenario file.
    pub scenario: PathBuf,
    /// One input or two with their values as they were written: `us.deals.growth=-10%:30%:9`, or `={5%, 10%}`.
    pub over: Vec<String>,
    /// Targets as they were written; the median ratio and the median gap of the last year if none is.
    #[serde(default)]
    pub of: Vec<String>,
    /// Half-width of the cells' 95% intervals of simulation, as a share, that paths are doubled for.
    #[serde(default, with = "text::share", skip_serializing_if = "Option::is_none")]
    pub precision: Option<f64>,
}

/// What the futures of a scenario have in common in which a condition holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Discover {
    /// Its scenario file.
    pub scenario: PathBuf,
    /// The condition as it was written: `ratio in 2030 < half of 2023`.
    #[serde(rename = "where")]
    pub condition: String,
    /// The box that is shown; the one that is chosen for its worth if none is asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of_box: Option<usize>,
    /// How many paths of the box are written one by one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keep: Option<u64>,
}

impl Discover {
    /// Most paths of a box that are written one by one.
    pub const MOST_KEPT: u64 = 1_000;
    /// Boxes of a trajectory that can be asked for; each is a twentieth smaller than the one before, so none has as many.
    pub const MOST_BOXES: u64 = 1_000;
}

/// An input that may change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// Address of the input.
    pub address: String,
    /// Between which values: `-10%:40%`; if not said, one input over all it can be, two over their middle 98%.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub between: Option<String>,
    /// Whether it is held certain at each value, instead of moved with its spread.
    #[serde(default)]
    pub fixed: bool,
}

/// When to ask which input did it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Attribute {
    /// Where every set of inputs can be simulated: up to six groups.
    #[default]
    WhereExact,
    /// However many inputs differ.
    Always,
    /// No input is attributed anything.
    Never,
}

/// What is laid over a scenario file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Changes {
    /// Packs, left to right.
    pub with: Vec<PathBuf>,
    /// Values set one by one: `ADDRESS=VALUE` or `ADDRESS=VALUE from 2027`.
    pub set: Vec<String>,
    /// Last simulated year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub horizon: Option<i32>,
    /// Source of the funding figures, or [`Changes::ALL_SOURCES`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Currency of every amount shown.
    #[serde(with = "text::currency", skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// Year in whose prices every amount is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub real: Option<i32>,
    /// Whether correlations that contradict each other are replaced by the nearest ones that do not.
    pub nearest_correlation: bool,
    /// Whether a scenario may open files that are not below its folder.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub allow_outside: bool,
}

impl Changes {
    /// The word that asks for every source instead of one.
    pub const ALL_SOURCES: &str = "all";

    /// Whether every source is asked for.
    #[must_use]
    pub fn wants_all_sources(&self) -> bool {
        self.source.as_deref() == Some(Self::ALL_SOURCES)
    }

    /// Restricts the changes to the figures of one source.
    #[must_use]
    pub fn with_source(&self, name: &str) -> Self {
        Self { source: Some(name.to_owned()), ..self.clone() }
    }

    /// What is left of these changes for the scenario that a run has stored: every change is in it already, but for all
    /// sources, which are runs of their own.
    #[must_use]
    pub fn of_stored(&self) -> Self {
        Self { source: self.source.clone().filter(|name| name == Self::ALL_SOURCES), ..Self::default() }
    }

    /// What the reader of scenarios lays over a file.
    #[must_use]
    pub fn layers(&self) -> Layers {
        Layers {
            with: self.with.clone(),
            set: self.set.clone(),
            source: self.source.clone().filter(|name| name != Self::ALL_SOURCES),
            money: MoneyFlags { currency: self.currency, prices: self.real },
            nearest_correlation: self.nearest_correlation,
            allow_outside: self.allow_outside,
        }
    }
}

impl Simulate {
    /// Most paths that are written one by one: each is a page of its own.
    pub const MOST_KEPT: u64 = 100_000;

    /// The metrics that are counted.
    #[must_use]
    pub fn counted(&self) -> Metrics {
        if self.metrics.is_empty() {
            return Metrics::default();
        }
        self.metrics.iter().fold(Metrics::OF_THE_HEADLINE, |metrics, metric| metrics.with(*metric))
    }
}

impl Recipe {
    /// A run of one scenario as it is when nothing else is asked for.
    #[must_use]
    pub fn simulate(scenario: impl Into<PathBuf>) -> Self {
        let scenario = scenario.into();
        Self::of(Question::Simulate(Simulate {
            scenario,
            precision: None,
            exact: false,
            metrics: Vec::new(),
            keep_paths: None,
        }))
    }

    /// A comparison as it is when nothing else is asked for; the baseline comes first.
    #[must_use]
    pub fn compare<P: Into<PathBuf>>(scenarios: impl IntoIterator<Item = P>) -> Self {
        let scenarios = scenarios.into_iter().map(Into::into).collect();
        Self::of(Question::Compare(Compare { scenarios, attribution: Attribute::default(), weights: None }))
    }

    /// A goal that is sought with these inputs as it is when nothing else is asked for; every input alone if none is named.
    #[must_use]
    pub fn seek(scenario: impl Into<PathBuf>, so_that: impl Into<String>, change: Vec<Change>) -> Self {
        Self::of(Question::Seek(Seek { scenario: scenario.into(), so_that: so_that.into(), change }))
    }

    /// What futures have in common in which a condition holds, as it is asked when nothing else is.
    #[must_use]
    pub fn discover(scenario: impl Into<PathBuf>, condition: impl Into<String>) -> Self {
        let (scenario, condition) = (scenario.into(), condition.into());
        Self::of(Question::Discover(Discover { scenario, condition, of_box: None, keep: None }))
    }

    fn of(question: Question) -> Self {
        let (changes, look) = (Changes::default(), Look::default());
        Self { question, changes, paths: None, seed: None, sampler: None, look }
    }

    /// The scenario files that it names, the baseline first.
    #[must_use]
    pub fn scenarios(&self) -> &[PathBuf] {
        match &self.question {
            Question::Simulate(it) => std::slice::from_ref(&it.scenario),
            Question::Compare(it) => &it.scenarios,
            question => question.varied().map(std::slice::from_ref).unwrap_or_default(),
        }
    }

    /// Drops folders from the names of files: what a manifest keeps and what readers are shown.
    #[must_use]
    pub fn portable(&self) -> Self {
        let mut recipe = self.clone();
        let files = match &mut recipe.question {
            Question::Simulate(it) => std::slice::from_mut(&mut it.scenario),
            Question::Compare(it) => &mut it.scenarios,
            Question::Seek(it) => std::slice::from_mut(&mut it.scenario),
            Question::Sensitivity(it) => std::slice::from_mut(&mut it.scenario),
            Question::Sweep(it) => std::slice::from_mut(&mut it.scenario),
            Question::Discover(it) => std::slice::from_mut(&mut it.scenario),
            Question::Fit(it) => std::slice::from_mut(&mut it.data),
            Question::BackTest(it) => std::slice::from_mut(&mut it.data),
        };
        files.iter_mut().chain(&mut recipe.changes.with).for_each(|path| *path = file_name(path).into());
        recipe
    }

    /// Whether a number of paths can be simulated: even, because two paths share each draw of the assumptions.
    #[must_use]
    pub fn can_take(paths: u64) -> bool {
        (2..=engine::Settings::MOST_PATHS).contains(&paths) && paths.is_multiple_of(2)
    }
}

/// A file's name without its folders.
#[must_use]
pub fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}
