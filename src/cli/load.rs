//! Reading scenarios from the disk, for every command that takes one.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::data::Dataset;
use crate::diagnostic::{Problem, Sources};
use crate::scenario::{Currency, Loaded, Rejected};
use crate::store::{FolderError, ReadBelow, RunFolder};
use crate::study::{Changes, History, Input, Inputs, Question, Recipe, TooLittle};

use super::changed;
use super::facts;
use super::outcome::Outcome;
use super::print::Terminal;

/// What to do where one source is needed and all are asked for.
const ONE_SOURCE: &str = "ask `aigap simulate` for it, or name one of the sources that `aigap facts` lists";

/// Flags that change what a scenario says.
#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct ScenarioFlags {
    /// Lay a pack over the scenario (repeatable, left to right).
    #[arg(long, value_name = "PACK.toml")]
    with: Vec<PathBuf>,
    /// Set one value, from a year on if you add one: "us.deals.growth=12% from 2027" (repeatable, last).
    #[arg(long, value_name = "ADDRESS=VALUE")]
    set: Vec<String>,
    /// Last simulated year.
    #[arg(long, value_name = "YEAR", value_parser = year)]
    horizon: Option<i32>,
    /// Start from the funding figures of this source; `simulate` also takes "all".
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// Currency of every amount shown, at the scenario's exchange rate: USD or CNY.
    #[arg(long, value_name = "CODE", value_parser = currency)]
    currency: Option<Currency>,
    /// Show every amount in the prices of this year, by the scenario's inflation.
    #[arg(long, value_name = "YEAR", value_parser = year)]
    real: Option<i32>,
    /// Replace correlations that contradict each other by the nearest ones that do not.
    #[arg(long)]
    nearest_correlation: bool,
    /// Let the scenario open files that are not below its folder; what it opens is told.
    #[arg(long)]
    allow_outside: bool,
}

fn year(text: &str) -> Result<i32, String> {
    text.trim().parse().map_err(|_| "write a year, such as 2030".to_owned())
}

fn currency(code: &str) -> Result<Currency, String> {
    match code.to_uppercase().as_str() {
        "USD" => Ok(Currency::Usd),
        "CNY" => Ok(Currency::Cny),
        _ => Err("write USD or CNY".to_owned()),
    }
}

impl ScenarioFlags {
    /// What they change.
    pub(crate) fn changes(&self) -> Changes {
        Changes {
            with: self.with.clone(),
            set: self.set.clone(),
            horizon: self.horizon,
            source: self.source.clone(),
            currency: self.currency,
            real: self.real,
            nearest_correlation: self.nearest_correlation,
            allow_outside: self.allow_outside,
        }
    }

    /// Reads a scenario with these changes.
    pub(crate) fn try_load(&self, path: &Path) -> Result<Loaded, Box<Rejected>> {
        if self.changes().wants_all_sources() {
            let problem = Problem::error(None, "--source all asks for a run from each source", ONE_SOURCE);
            return Err(Box::new(Rejected { problems: vec![problem], sources: Sources::default() }));
        }
        let changes = self.changes();
        if let Some((what, cure)) = said_twice(&changes).or_else(|| is_a_folder(path)) {
            let problem = Problem::error(None, what, cure);
            return Err(Box::new(Rejected { problems: vec![problem], sources: Sources::default() }));
        }
        Input::read(path, &changes, &|file| reader(path, &changes).read(file)).map(|input| input.loaded)
    }

    /// Reads a scenario with these changes; prints what is wrong with it.
    pub(crate) fn load(&self, path: &Path, terminal: &Terminal) -> Result<Loaded, Outcome> {
        let loaded = self.try_load(path).map_err(|rejected| rejected_by(&rejected, terminal))?;
        terminal.problems(&loaded.warnings, &loaded.sources);
        Ok(loaded)
    }
}

/// What is said twice, by a flag of its own and by a setting: which of the two was meant is not known.
fn said_twice(changes: &Changes) -> Option<(String, String)> {
    let flags = [
        ("--horizon", "horizon", changes.horizon.is_some()),
        ("--source", "source", changes.source.is_some()),
        ("--currency", "money.currency", changes.currency.is_some()),
        ("--real", "money.prices", changes.real.is_some()),
    ];
    let is_set = |address: &str| {
        changes.set.iter().any(|setting| setting.split_once('=').is_some_and(|(set, _)| set.trim() == address))
    };
    let (flag, address, _) = flags.into_iter().find(|(_, address, given)| *given && is_set(address))?;
    Some((format!("{flag} and --set {address} say the same thing twice"), "keep one of them".to_owned()))
}

/// Reads what a recipe names, scenario files and folders of runs; prints what is wrong with them.
pub(super) fn inputs(recipe: &Recipe, terminal: &Terminal) -> Result<Inputs, Outcome> {
    inputs_from(recipe, None, terminal)
}

fn inputs_from(
    recipe: &Recipe,
    files: Option<&RefCell<BTreeMap<PathBuf, Vec<u8>>>>,
    terminal: &Terminal,
) -> Result<Inputs, Outcome> {
    if recipe.changes.wants_all_sources() && !matches!(recipe.question, Question::Simulate(_)) {
        terminal.error(&format!("--source all asks for a run from each source: {ONE_SOURCE}"));
        return Err(Outcome::Usage);
    }
    if let Some((what, cure)) = said_twice(&recipe.changes) {
        terminal.error(&format!("{what}; {cure}"));
        return Err(Outcome::Usage);
    }
    let scenarios = recipe.scenarios().iter().map(|path| match &recipe.question {
        Question::Compare(_) if path.is_dir() => stored_input(path, &recipe.changes, terminal),
        Question::Simulate(_)
        | Question::Sensitivity(_)
        | Question::Sweep(_)
        | Question::Seek(_)
        | Question::Discover(_)
            if path.is_dir() =>
        {
            is_a_folder(path).iter().for_each(|(what, cure)| terminal.error(&format!("{what}; {cure}")));
            Err(Outcome::Invalid)
        }
        Question::Fit(it) => figures(path, |data| it.history(data), (&it.regions, it.until), terminal),
        Question::BackTest(it) => figures(path, |data| it.history(data), (&it.regions, None), terminal),
        question => {
            let door = reader(path, &recipe.changes);
            let read = |file: &Path| {
                let bytes = door.read(file)?;
                if let Some(files) = files {
                    files.borrow_mut().entry(file.to_owned()).or_insert_with(|| bytes.clone());
                }
                Ok(bytes)
            };
            let input = match question {
                Question::Simulate(_) => Input::with_sources(path, &recipe.changes, &read),
                _ => Input::read(path, &recipe.changes, &read),
            };
            let input = told(input, terminal)?;
            changed::tell(path, &recipe.changes, &input.loaded.scenario, &|file| door.read(file), terminal);
            Ok(input)
        }
    });
    Ok(Inputs { scenarios: scenarios.collect::<Result<_, _>>()? })
}

/// Files that were read, by the name they were asked for.
type Files = Vec<(PathBuf, Vec<u8>)>;

/// Reads what a recipe names, scenario files only, and keeps every file that was read for it; prints what is wrong with them.
pub(super) fn inputs_and_files(recipe: &Recipe, terminal: &Terminal) -> Result<(Inputs, Files), Outcome> {
    if let Some(folder) = recipe.scenarios().iter().find(|path| path.is_dir()) {
        terminal.error(&format!(
            "{} is a folder, and a shard carries scenario files: name the scenario of that run instead",
            folder.display()
        ));
        return Err(Outcome::Usage);
    }
    let files = RefCell::new(BTreeMap::new());
    let inputs = inputs_from(recipe, Some(&files), terminal)?;
    Ok((inputs, files.into_inner().into_iter().collect()))
}

/// Regions on a data set, once there is enough of it to learn from; prints what is wrong with it.
fn figures(
    path: &Path,
    history: impl FnOnce(&Dataset) -> Result<History, TooLittle>,
    (regions, until): (&[String], Option<i32>),
    terminal: &Terminal,
) -> Result<Input, Outcome> {
    let (data, _) = facts::read(&path.to_string_lossy(), terminal)?;
    history(&data).map_err(|why| {
        terminal.error(&why.to_string());
        Outcome::Invalid
    })?;
    let read = |file: &Path| crate::store::read(file);
    let input = Input::of_figures(path, regions, until, &read);
    input.map_err(|rejected| rejected_by(&rejected, terminal))
}

/// What is wrong with a folder given as a scenario, and where the one of a run lies.
fn is_a_folder(path: &Path) -> Option<(String, String)> {
    let own = path.join("scenario.toml");
    let such = if own.is_file() { format!(", such as the one of that run: {}", own.display()) } else { String::new() };
    path.is_dir().then(|| (format!("{} is a folder", path.display()), format!("name a scenario file{such}")))
}

/// What opens the files of a scenario: those that the user names, and what lies below their folders.
fn reader(scenario: &Path, changes: &Changes) -> ReadBelow {
    let named = std::iter::once(scenario).chain(changes.with.iter().map(PathBuf::as_path));
    ReadBelow::of(named, changes.allow_outside)
}

fn told(input: Result<Input, Box<Rejected>>, terminal: &Terminal) -> Result<Input, Outcome> {
    let input = input.map_err(|rejected| rejected_by(&rejected, terminal))?;
    terminal.problems(&input.loaded.warnings, &input.loaded.sources);
    Ok(input)
}

/// The scenario of a stored run, which an older version may have made.
fn stored_input(path: &Path, changes: &Changes, terminal: &Terminal) -> Result<Input, Outcome> {
    let folder = run_folder(path, terminal)?;
    let is_listed = folder.manifest.outputs.iter().any(|(name, _)| name == "scenario.toml");
    if is_listed && folder.bytes("scenario.toml").is_some_and(|bytes| !folder.is_as_made("scenario.toml", &bytes)) {
        terminal.error(&format!(
            "{0}: scenario.toml was changed since aigap wrote it, so it is not the scenario of this run; name a copy of it outside \
             as a scenario of its own, or simulate again",
            path.display()
        ));
        return Err(Outcome::Invalid);
    }
    let (version, program) = (&folder.manifest.version, env!("CARGO_PKG_VERSION"));
    let input = folder.input(changes).map_err(|error| not_a_run(&error, terminal))?;
    if version != program {
        terminal.remark(&format!(
            "{} was made by aigap {version}; this is {program}, and it is simulated again: its numbers may differ",
            path.display()
        ));
    }
    Ok(input)
}

/// Opens the folder of a run; prints why it is none.
pub(super) fn run_folder(path: &Path, terminal: &Terminal) -> Result<RunFolder, Outcome> {
    RunFolder::open(path).map_err(|error| not_a_run(&error, terminal))
}

/// The run that a folder holds, if it holds all that charts and reports show; prints what to do if not.
pub(super) fn whole_run_folder(path: &Path, terminal: &Terminal) -> Result<RunFolder, Outcome> {
    let folder = run_folder(path, terminal)?;
    if !folder.has_every_metric() {
        terminal.error(&format!(
            "{} holds some metrics only, and charts and reports show all; simulate again without --metrics",
            path.display()
        ));
        return Err(Outcome::Invalid);
    }
    Ok(folder)
}

/// Prints why a folder is no run, or none that is whole.
pub(super) fn not_a_run(error: &FolderError, terminal: &Terminal) -> Outcome {
    match error {
        FolderError::Rejected(rejected) => return rejected_by(rejected, terminal),
        _ => terminal.error(&error.to_string()),
    }
    if matches!(error, FolderError::Disk(..)) { Outcome::CouldNot } else { Outcome::Invalid }
}

pub(super) fn rejected_by(rejected: &Rejected, terminal: &Terminal) -> Outcome {
    terminal.problems(&rejected.problems, &rejected.sources);
    Outcome::Invalid
}
