//! A run folder as it stands: its manifest, its files, and the scenarios it was made from.

use std::path::{Path, PathBuf};

use crate::scenario::{Rejected, Scenario};
use crate::study::{Changes, Comparison, Input, Inputs, Question, RunWith, Sampler};
use crate::table::{self, sha256};
use crate::units::live::as_written;

use super::manifest::{self, Manifest, Unreadable};
use super::read::{ordinary, read};

/// Largest manifest; one of many scenarios has some hundred kilobytes.
const MOST_OF_A_MANIFEST: u64 = 64 << 20;

/// Largest file of a run: the single paths of a long one.
const MOST_OF_A_FILE: u64 = 2 << 30;

/// A folder that holds a run or a comparison, read through its manifest.
///
/// # Examples
/// A run is written, opened again, and made again to the same tables:
/// ```
/// use std::path::Path;
///
/// use aigap::store::{Replace, RunDirectory, RunFolder};
/// use aigap::study::{Inputs, Look, Prepared, Recipe};
///
/// # let place = tempfile::tempdir()?;
/// # let folder = place.path().join("base");
/// let read = |_: &Path| Ok(include_bytes!("../../scenarios/base.toml").to_vec());
/// let look = Look { charts: false, ..Look::default() };
/// let recipe = Recipe { paths: Some(1024), look, ..Recipe::simulate("base.toml") };
/// let prepared = Prepared::new(&recipe, Inputs::read(&recipe, &read)?)?;
/// RunDirectory::open(&folder, Replace::Untouched)?.write_findings(&prepared, &prepared.run(&|_| {})?)?;
///
/// let stored = RunFolder::open(&folder)?;
/// let again = stored.again(&stored.prepared()?, &|_| {})?;
/// let mut tables = again.files.iter().filter(|(name, _)| name.ends_with(".csv"));
/// assert!(tables.all(|(name, bytes)| stored.bytes(name).as_ref() == Some(bytes)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct RunFolder {
    /// Path of the folder.
    pub folder: PathBuf,
    /// What its manifest says.
    pub manifest: Manifest,
}

/// Why a folder cannot be read as a run.
#[derive(Debug)]
pub enum FolderError {
    /// It has no manifest.
    NoRun(PathBuf),
    /// The disk refuses to give a file of it.
    Disk(PathBuf, std::io::Error),
    /// Its manifest is no text.
    NoText(PathBuf),
    /// Its manifest is none of this version.
    Manifest(PathBuf, Unreadable),
    /// It holds a comparison where a run is wanted.
    IsComparison(PathBuf),
    /// It has lost the scenario that it was made from.
    NoScenario(PathBuf),
    /// It has lost scenarios of its comparison.
    NoScenarios(PathBuf),
    /// A scenario that it holds has something wrong with it.
    Rejected(Box<Rejected>),
}

impl std::fmt::Display for FolderError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoRun(folder) => {
                write!(f, "{} is not the folder of a run: it has no {}", folder.display(), manifest::NAME)
            }
            Self::Disk(path, error) => write!(f, "cannot read {}: {error}", path.display()),
            Self::NoText(path) => write!(f, "{} is no text; simulate again", path.display()),
            Self::Manifest(path, why) => write!(f, "{} {why}", path.display()),
            Self::IsComparison(folder) => {
                let shown = folder.display();
                write!(f, "{shown} holds a comparison: name one of its scenarios, which are in {shown}/scenarios/")
            }
            Self::NoScenario(folder) => {
                write!(f, "{} has lost its scenario.toml; simulate again", folder.display())
            }
            Self::NoScenarios(folder) => {
                write!(f, "{} does not hold the scenarios of its comparison", folder.display())
            }
            Self::Rejected(rejected) => rejected.fmt(f),
        }
    }
}

impl std::error::Error for FolderError {}

impl RunFolder {
    /// Opens a run folder.
    ///
    /// # Errors
    /// Why it cannot be one.
    pub fn open(folder: &Path) -> Result<Self, FolderError> {
        let path = folder.join(manifest::NAME);
        let bytes = ordinary(&path, MOST_OF_A_MANIFEST).map_err(|error| match error.kind() {
            _ if !folder.is_dir() => FolderError::NoRun(folder.to_owned()),
            std::io::ErrorKind::NotFound => FolderError::NoRun(folder.to_owned()),
            _ => FolderError::Disk(path.clone(), error),
        })?;
        let text = String::from_utf8(bytes).map_err(|_| FolderError::NoText(path.clone()))?;
        let manifest = Manifest::read(&text).map_err(|why| FolderError::Manifest(path, why))?;
        Ok(Self { folder: folder.to_owned(), manifest })
    }

    /// The path of a file of the run.
    #[must_use]
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The bytes of a file of the run, if it is there and lies in the folder itself: a link could lead anywhere.
    #[must_use]
    pub fn bytes(&self, name: &str) -> Option<Vec<u8>> {
        let (inside, file) = (self.folder.canonicalize().ok()?, self.file(name).canonicalize().ok()?);
        file.starts_with(inside).then(|| ordinary(&file, MOST_OF_A_FILE).ok())?
    }

    /// Whether a file of the run is the one that the manifest lists: not edited since, and not put there by somebody else.
    #[must_use]
    pub fn is_as_made(&self, name: &str, bytes: &[u8]) -> bool {
        self.manifest.outputs.iter().any(|(known, hash)| known == name && *hash == sha256(bytes))
    }

    /// Whether the run holds every metric, which charts and reports show.
    #[must_use]
    pub fn has_every_metric(&self) -> bool {
        match &self.manifest.recipe.question {
            Question::Simulate(it) => it.metrics.is_empty(),
            _ => true,
        }
    }

    /// The scenario of a stored run as one of a comparison, with changes laid over it.
    ///
    /// # Errors
    /// If the folder holds no scenario of a run, or one with something wrong with it.
    pub fn input(&self, changes: &Changes) -> Result<Input, FolderError> {
        if !self.file("scenario.toml").exists() {
            let is_comparison = self.file("scenarios").is_dir();
            let why = if is_comparison { FolderError::IsComparison } else { FolderError::NoScenario };
            return Err(why(self.folder.clone()));
        }
        let files = [self.file("scenario.toml"), self.file("data.csv")];
        let mut input = stored(files, changes).map_err(FolderError::Rejected)?;
        // What a name would do to the folder of the comparison is not left to a file.
        let fine = |c: char| c.is_alphanumeric() || "-_. ".contains(c);
        let name: String = self.manifest.scenario.chars().map(|c| if fine(c) { c } else { '-' }).collect();
        input.loaded.scenario.rename(name.trim_start_matches('.'));
        let sampler = self.manifest.recipe.sampler.unwrap_or(Sampler::Addressed);
        input.stored = Some(RunWith { seed: self.manifest.seed, paths: self.manifest.paths, sampler });
        Ok(input)
    }

    /// What the run was made from, as its folder keeps it: every change of its recipe is in the scenarios already.
    ///
    /// # Errors
    /// If a scenario is missing or has something wrong with it.
    pub fn inputs(&self) -> Result<Inputs, FolderError> {
        let recipe = &self.manifest.recipe;
        let changes = recipe.changes.of_stored();
        if !matches!(recipe.question, Question::Compare(_)) {
            let files = [self.file("scenario.toml"), self.file("data.csv")];
            let mut input = stored(files, &changes).map_err(FolderError::Rejected)?;
            input.loaded.scenario.rename(self.manifest.scenario.as_str());
            self.restore_origins(&mut input.loaded.scenario);
            return Ok(Inputs { scenarios: vec![input] });
        }
        let changes = Changes::default();
        let names: Vec<&str> = self.scenarios().collect();
        if names.len() != recipe.scenarios().len() {
            return Err(FolderError::NoScenarios(self.folder.clone()));
        }
        let scenarios = names.into_iter().map(|name| {
            let files = ["toml", "csv"].map(|ending| self.file(&format!("scenarios/{name}.{ending}")));
            stored(files, &changes).map_err(FolderError::Rejected)
        });
        Ok(Inputs { scenarios: scenarios.collect::<Result<_, _>>()? })
    }

    /// Names of the scenarios of a comparison, in their order.
    fn scenarios(&self) -> impl Iterator<Item = &str> {
        let outputs = self.manifest.outputs.iter();
        outputs.filter_map(|(name, _)| name.strip_prefix("scenarios/")?.strip_suffix(".toml"))
    }

    /// Gives every assumption the place that set it, which the resolved scenario no longer tells.
    fn restore_origins(&self, scenario: &mut Scenario) {
        let rows = self.rows("assumptions.csv", ["address", "set_by", "line"]);
        scenario.restore_origins(|address| {
            let [_, file, line] = rows.iter().find(|[own, ..]| *own == *address)?;
            Some(table::origin(file, line))
        });
    }

    /// Gives every input of a comparison the place that set it, those it lists as different included.
    pub(super) fn restore_settings(&self, comparison: &mut Comparison) {
        let inputs = self.rows("assumptions.csv", ["scenario", "address", "set_by", "line"]);
        let sides = std::iter::once(&mut comparison.baseline);
        for side in sides.chain(comparison.what_ifs.iter_mut().map(|it| &mut it.side)) {
            let name = side.scenario.name().to_owned();
            side.scenario.restore_origins(|address| {
                let [.., file, line] = inputs.iter().find(|row| row[0] == name && row[1] == address)?;
                Some(table::origin(file, line))
            });
        }
        let columns = ["what_if", "address", "baseline_set_by", "baseline_line", "what_if_set_by", "what_if_line"];
        let rows = self.rows("inputs_diff.csv", columns);
        for what_if in &mut comparison.what_ifs {
            for difference in &mut what_if.differences {
                let own = |row: &&[String; 6]| row[0] == what_if.side.scenario.name() && row[1] == difference.address;
                let Some([_, _, base, base_line, file, line]) = rows.iter().find(own) else { continue };
                for (setting, file, line) in
                    [(&mut difference.base, base, base_line), (&mut difference.what_if, file, line)]
                {
                    if let Some(setting) = setting {
                        setting.set_by = table::origin(file, line);
                    }
                }
            }
        }
    }

    /// Some columns of a CSV of the run; nothing where it is damaged, which the comparison of bytes then shows.
    fn rows<const N: usize>(&self, name: &str, columns: [&str; N]) -> Vec<[String; N]> {
        let Some(bytes) = self.bytes(name) else { return Vec::new() };
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let Ok(head) = reader.headers().cloned() else { return Vec::new() };
        let places = columns.map(|column| head.iter().position(|known| known == column));
        let row = |row: csv::StringRecord| {
            places.map(|place| place.and_then(|place| row.get(place)).map(as_written).unwrap_or_default().to_owned())
        };
        reader.records().map_while(Result::ok).map(row).collect()
    }
}

/// Reads the resolved scenario of a run, and the data of its own that it keeps.
fn stored([scenario, data]: [PathBuf; 2], changes: &Changes) -> Result<Input, Box<Rejected>> {
    let kept = |path: &Path| {
        // Draws stand in a folder of their own, under their name.
        let is_draws = path.parent().is_some_and(|folder| folder.ends_with("draws"));
        let is_data = !is_draws && path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
        read(if is_data { &data } else { path })
    };
    Input::with_sources(&scenario, changes, &kept)
}
