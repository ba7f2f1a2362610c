//! The run folder: written beside its place and renamed into it, so that there is always an old run or a new one.

use rayon::prelude::*;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::manifest;

/// A folder that will hold a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunDirectory {
    target: PathBuf,
}

/// Why a run could not be written.
#[derive(Debug)]
pub enum RunError {
    /// The folder exists and is not an earlier run.
    Foreign(PathBuf),
    /// The disk refused.
    Disk(PathBuf, io::Error),
}

impl std::fmt::Display for RunError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Foreign(path) => write!(
                f,
                "{} exists and is not an earlier run of aigap, so it is left alone; choose another folder with --out",
                path.display()
            ),
            Self::Disk(path, error) => {
                let why = match error.kind() {
                    io::ErrorKind::PermissionDenied => "you may not write there".to_owned(),
                    io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => {
                        "a file stands where a folder is needed".to_owned()
                    }
                    io::ErrorKind::StorageFull => "the disk is full".to_owned(),
                    io::ErrorKind::ReadOnlyFilesystem => "the disk can only be read".to_owned(),
                    _ => error.to_string(),
                };
                write!(f, "cannot write {}: {why}; choose another folder with --out", path.display())
            }
        }
    }
}

impl RunDirectory {
    /// Prepares a folder for a run: takes back an interrupted exchange and removes what killed runs left behind.
    ///
    /// # Errors
    /// If the folder exists and is not an earlier run.
    pub fn open(target: &Path) -> Result<Self, RunError> {
        let directory = Self { target: target.to_owned() };
        let (partial, old) = (directory.beside("partial"), directory.beside("old"));
        if !target.exists() && old.exists() {
            // Killed between the two renames: the old run is whole and goes back to its place.
            fs::rename(&old, target).map_err(|error| RunError::Disk(target.to_owned(), error))?;
        }
        for leftover in [partial, old] {
            if leftover.exists() {
                fs::remove_dir_all(&leftover).map_err(|error| RunError::Disk(leftover.clone(), error))?;
            }
        }
        if target.exists() && !is_run(target) && !is_empty(target) {
            return Err(RunError::Foreign(target.to_owned()));
        }
        Ok(directory)
    }

    /// Writes all files beside the folder and exchanges the two.
    ///
    /// # Errors
    /// If the disk refuses; the old run is then still in its place.
    pub fn write(&self, files: &[(String, Vec<u8>)]) -> Result<(), RunError> {
        self.write_and_add(files, Vec::new)
    }

    /// The same with more files that are made while the disk takes the first.
    ///
    /// # Errors
    /// If the disk refuses; the old run is then still in its place.
    pub fn write_and_add(
        &self,
        files: &[(String, Vec<u8>)],
        more: impl FnOnce() -> Vec<(String, Vec<u8>)> + Send,
    ) -> Result<(), RunError> {
        let partial = self.beside("partial");
        // The thread that calls has the memory of the files at hand; the other waits for the disk.
        let (more, written) = rayon::join(more, || create(&partial).and_then(|()| write_all(&partial, files)));
        let written = written.and_then(|()| write_all(&partial, &more)).and_then(|()| self.exchange(&partial));
        if written.is_err() {
            self.abandon();
        }
        written
    }

    /// Removes what an interrupted run has written so far.
    pub fn abandon(&self) {
        // Nothing can be done about a folder that does not go away; the next run tries again.
        let _ = fs::remove_dir_all(self.beside("partial"));
    }

    fn exchange(&self, partial: &Path) -> Result<(), RunError> {
        let failed = |error| RunError::Disk(self.target.clone(), error);
        if !self.target.exists() {
            return fs::rename(partial, &self.target).map_err(failed);
        }
        if exchange_at_once(partial, &self.target) {
            let _ = fs::remove_dir_all(partial);
            return Ok(());
        }
        let old = self.beside("old");
        fs::rename(&self.target, &old).map_err(failed)?;
        if let Err(error) = fs::rename(partial, &self.target) {
            let _ = fs::rename(&old, &self.target);
            return Err(failed(error));
        }
        let _ = fs::remove_dir_all(&old);
        Ok(())
    }

    /// A hidden name beside the folder: `.base.partial`.
    fn beside(&self, what: &str) -> PathBuf {
        let name = self.target.file_name().map_or_else(|| "run".into(), |name| name.to_string_lossy().into_owned());
        self.target.with_file_name(format!(".{name}.{what}"))
    }
}

/// Exchanges two folders in one step, where the system can: no moment without a run.
#[cfg(target_os = "linux")]
fn exchange_at_once(a: &Path, b: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE).is_ok()
}

/// Elsewhere two renames do it; a run killed between them is put right by the next one.
#[cfg(not(target_os = "linux"))]
fn exchange_at_once(_: &Path, _: &Path) -> bool {
    false
}

/// What went wrong with a path.
fn failed(path: &Path) -> impl FnOnce(io::Error) -> RunError + use<> {
    let path = path.to_owned();
    move |error| RunError::Disk(path, error)
}

/// Creates the folder that a run is written into, and those that it lies in.
fn create(folder: &Path) -> Result<(), RunError> {
    if let Some(parent) = folder.parent() {
        fs::create_dir_all(parent).map_err(failed(parent))?;
    }
    fs::create_dir(folder).map_err(failed(folder))
}

/// Writes files into a folder, and waits until the disk has them.
fn write_all(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<(), RunError> {
    let mut written = Vec::with_capacity(files.len());
    for (name, bytes) in files {
        let path = folder.join(name);
        if let Some(parent) = path.parent().filter(|parent| *parent != folder) {
            fs::create_dir_all(parent).map_err(failed(parent))?;
        }
        let mut file = fs::File::create(&path).map_err(failed(&path))?;
        file.write_all(bytes).map_err(failed(&path))?;
        written.push((file, path));
    }
    // On the disk before the folder takes its place: a power cut must not leave a whole name on half a file. All together,
    // so that the disk is waited for once and not for each.
    written.par_iter().with_max_len(1).try_for_each(|(file, path)| file.sync_all().map_err(failed(path)))
}

fn is_run(folder: &Path) -> bool {
    fs::read_to_string(folder.join(manifest::NAME)).is_ok_and(|text| manifest::is_manifest(&text))
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none())
}
