//! The folder that a command writes its run into, and what to do where it cannot.

use std::path::Path;

use crate::store::{Replace, RunDirectory, RunError, RunFolder};
use crate::study::{Prepared, Question, Recipe};
use crate::wording;

use super::interrupt::leave_no_half_run;
use super::outcome::Outcome;
use super::print::Terminal;

/// Opens the folder of a run, which an interrupt then leaves as it was; prints why it cannot be one.
pub(super) fn open(folder: &Path, force: bool, terminal: &Terminal) -> Result<RunDirectory, Outcome> {
    let replace = if force { Replace::Edited } else { Replace::Untouched };
    let directory = RunDirectory::open(folder, replace).map_err(|error| refused(&error, terminal))?;
    leave_no_half_run(&directory);
    Ok(directory)
}

/// Keeps a run of another scenario, of another question or under other flags from being replaced without `--force`. Where the
/// same is asked with other paths, another seed or other words, what is there may be replaced: the remark that says so once
/// it is.
pub(super) fn keep_another(folder: &Path, prepared: &Prepared, terminal: &Terminal) -> Result<Option<String>, Outcome> {
    // What is no run, or a damaged one, is judged where the folder is opened.
    let Ok(there) = RunFolder::open(folder) else { return Ok(None) };
    let names: Vec<&str> = prepared.scenarios.iter().map(|it| it.scenario.name()).collect();
    let (old, new) = (&there.manifest.recipe, &prepared.recipe);
    let held = || format!("{} holds {}", folder.display(), described(old, &there.manifest.scenario));
    if there.manifest.scenario != names.join(" ") || !is_same_kind(old, new) || old.changes != new.changes {
        terminal.error(&format!("{}; choose another folder with --out, or replace it with --force", held()));
        return Err(Outcome::CouldNot);
    }
    let replaced = if old.question != new.question {
        "the answer to another question".to_owned()
    } else if old.seed != new.seed || old.paths != new.paths {
        format!("the run of {} with seed {}", wording::paths(there.manifest.paths), there.manifest.seed)
    } else {
        return Ok(None);
    };
    Ok(Some(format!("{}: {replaced} is replaced; --out keeps both", folder.display())))
}

/// Whether two recipes ask the same kind of question.
fn is_same_kind(old: &Recipe, new: &Recipe) -> bool {
    std::mem::discriminant(&old.question) == std::mem::discriminant(&new.question)
}

/// `the run of base`, `the comparison of base and calm`, with what flags changed.
fn described(recipe: &Recipe, scenarios: &str) -> String {
    let what = match &recipe.question {
        Question::Simulate(_) => "the run",
        Question::Compare(_) => "the comparison",
        Question::Seek(_) => "the answer of aigap seek",
        Question::Sensitivity(_) => "the answer of aigap sensitivity",
        Question::Sweep(_) => "the answer of aigap sweep",
        Question::Discover(_) => "the answer of aigap discover",
        Question::Fit(_) => "the answer of aigap fit",
        Question::BackTest(_) => "the answer of aigap backtest",
    };
    let changes = &recipe.changes;
    let mut flags: Vec<String> = changes.with.iter().map(|pack| format!("--with {}", pack.display())).collect();
    flags.extend(changes.set.iter().map(|setting| format!("--set {setting}")));
    let flags = if flags.is_empty() { String::new() } else { format!(" with {}", flags.join(" ")) };
    format!("{what} of {}{flags}", scenarios.replace(' ', ", "))
}

/// Says why a run was not written, and what to do.
pub(super) fn refused(error: &RunError, terminal: &Terminal) -> Outcome {
    let cure = match error {
        RunError::Foreign(_) | RunError::Disk(..) => "choose another folder with --out",
        RunError::Locked(_) => "wait until it is done, or choose another folder with --out",
        RunError::Edited(..) => "choose another folder with --out, or replace what was changed with --force",
        RunError::Taken(_) => "move it, or choose another folder with --out",
    };
    terminal.error(&format!("{error}; {cure}"));
    Outcome::CouldNot
}
