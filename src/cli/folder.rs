//! The folder that a command writes its run into, and what to do where it cannot.

use std::path::Path;

use crate::store::{Replace, RunDirectory, RunError};

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
