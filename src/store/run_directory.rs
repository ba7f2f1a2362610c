//! The run folder: written beside its place and renamed into it, so that there is always an old run or a new one.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::parallel;

use super::leftovers;
use super::lock::FolderLock;

/// A folder that will hold a run, locked as long as this value is there.
#[derive(Debug)]
pub struct RunDirectory(Arc<Place>);

#[derive(Debug)]
struct Place {
    /// Where the run goes.
    target: PathBuf,
    /// Where it is written first, beside its place.
    partial: PathBuf,
    /// Where an old run waits on a disk that cannot exchange two folders at once.
    old: PathBuf,
    lock: FolderLock,
    /// Folders above it that did not exist, the highest first.
    made: Vec<PathBuf>,
}

/// What a run may replace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replace {
    /// An earlier run whose files are as aigap wrote them.
    Untouched,
    /// An earlier run, with what somebody has changed in its files since.
    Edited,
}

/// Name of the file that marks a folder as half written by aigap.
const MARKER: &str = ".aigap-writes-here";

/// Why a run could not be written.
#[derive(Debug)]
pub enum RunError {
    /// The folder exists and is not an earlier run.
    Foreign(PathBuf),
    /// Another program writes the folder at this moment.
    Locked(PathBuf),
    /// The folder is an earlier run, and some of its files were changed since.
    Edited(PathBuf, Vec<PathBuf>),
    /// The folder holds a file of somebody else under the name of one that would be written.
    Taken(PathBuf),
    /// The disk refused.
    Disk(PathBuf, io::Error),
}

impl std::error::Error for RunError {}

impl std::fmt::Display for RunError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Foreign(path) => {
                write!(f, "{} exists and is not an earlier run of aigap, so it is left alone", path.display())
            }
            Self::Locked(path) => write!(f, "another aigap is writing {} at this moment", path.display()),
            Self::Edited(path, names) => {
                let names: Vec<String> = names.iter().take(3).map(|name| name.display().to_string()).collect();
                write!(f, "{} was changed since aigap wrote it: {}", path.display(), names.join(", "))
            }
            Self::Taken(path) => {
                write!(f, "{} is not a file of aigap, and the run has one of that name", path.display())
            }
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
                write!(f, "cannot write {}: {why}", path.display())
            }
        }
    }
}

impl RunDirectory {
    /// Prepares a folder for a run: locks it, takes back an interrupted exchange, and removes what killed runs left.
    ///
    /// # Errors
    /// If the folder exists and is not an earlier run, if another program writes it, or if its files were changed since
    /// and may not be replaced.
    pub fn open(target: &Path, replace: Replace) -> Result<Self, RunError> {
        // A link to a folder stays a link: what it leads to is exchanged.
        let target =
            if target.is_symlink() { fs::canonicalize(target).map_err(failed(target))? } else { target.into() };
        if target.exists() && leftovers::listed(&target).is_none() && !is_empty(&target) {
            return Err(RunError::Foreign(target));
        }
        let made = create_parents(&target)?;
        let path = beside(&target, "lock");
        let taken = FolderLock::take(&path).map_err(failed(&path));
        let lock = taken.and_then(|lock| lock.ok_or_else(|| RunError::Locked(target.clone())));
        let lock = lock.inspect_err(|_| remove_made(&made))?;
        if !target.exists()
            && let Some(old) = left(&target, "old").iter().find(|old| leftovers::listed(old).is_some())
        {
            // Killed between the two renames: the old run is whole and goes back to its place.
            fs::rename(old, &target).map_err(failed(&target))?;
        }
        for what in ["partial", "old"] {
            left(&target, what).iter().for_each(|leftover| clear(leftover, &target));
        }
        let (partial, old) = (free(&target, "partial"), free(&target, "old"));
        let directory = Self(Arc::new(Place { target, partial, old, lock, made }));
        let edited = leftovers::edited(&directory.0.target);
        if replace == Replace::Untouched && !edited.is_empty() {
            return Err(RunError::Edited(directory.0.target.clone(), edited));
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

    /// Writes all files, and more that are made while the disk takes the first.
    ///
    /// # Errors
    /// If the disk refuses; the old run is then still in its place.
    pub fn write_and_add(
        &self,
        files: &[(String, Vec<u8>)],
        more: impl FnOnce() -> Vec<(String, Vec<u8>)> + Send,
    ) -> Result<(), RunError> {
        let partial = &self.0.partial;
        // The thread that calls has the memory of the files at hand; the other waits for the disk.
        let (more, written) = parallel::join(more, || create(partial).and_then(|()| write_all(partial, files)));
        let names = || files.iter().chain(&more).map(|(name, _)| name.as_str());
        let written = written
            .and_then(|()| write_all(partial, &more))
            .and_then(|()| self.keep_strangers(names()))
            .and_then(|()| self.exchange());
        match written {
            Ok(()) => self.0.lock.release(),
            Err(_) => self.0.abandon(),
        }
        written
    }

    /// What an interrupt has to do: remove what is half written, and the lock. It keeps the folder no longer than others do.
    pub fn abandoning(&self) -> impl Fn() + Send + 'static {
        let place = Arc::downgrade(&self.0);
        move || {
            if let Some(place) = place.upgrade() {
                place.abandon();
            }
        }
    }

    /// Files that somebody else put into the old run go into the new one.
    fn keep_strangers<'a>(&self, mut written: impl Iterator<Item = &'a str>) -> Result<(), RunError> {
        let Place { target, partial, .. } = &*self.0;
        if !target.exists() {
            return Ok(());
        }
        let strangers = leftovers::strangers(target).map_err(failed(target))?;
        if let Some(name) = written.find(|name| strangers.iter().any(|stranger| stranger == Path::new(name))) {
            return Err(RunError::Taken(target.join(name)));
        }
        leftovers::carry(&strangers, target, partial).map_err(|(path, error)| RunError::Disk(path, error))
    }

    fn exchange(&self) -> Result<(), RunError> {
        let Place { target, partial, old, .. } = &*self.0;
        fs::remove_file(partial.join(MARKER)).map_err(failed(partial))?;
        if !target.exists() {
            return fs::rename(partial, target).map_err(failed(target));
        }
        if exchange_at_once(partial, target) {
            leftovers::remove_run(partial, target);
            return Ok(());
        }
        fs::rename(target, old).map_err(failed(target))?;
        if let Err(error) = fs::rename(partial, target) {
            let _ = fs::rename(old, target);
            return Err(RunError::Disk(target.clone(), error));
        }
        leftovers::remove_run(old, target);
        Ok(())
    }
}

impl Place {
    fn abandon(&self) {
        // Nothing can be done about a folder that does not go away; the next run tries again.
        if is_marked(&self.partial) {
            let _ = leftovers::remove_marked(&self.partial, MARKER);
        }
        self.lock.release();
        remove_made(&self.made);
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.abandon();
    }
}

/// A hidden name beside a folder that nobody else uses: `.base.aigap-partial`.
fn beside(target: &Path, what: &str) -> PathBuf {
    let name = target.file_name().map_or_else(|| "run".into(), |name| name.to_string_lossy().into_owned());
    target.with_file_name(format!(".{name}.aigap-{what}"))
}

/// The first such name that nothing bears: what could not be cleared away is somebody else's.
fn free(target: &Path, what: &str) -> PathBuf {
    let first = beside(target, what);
    let names = std::iter::once(first).chain((2..).map(|number| beside(target, &format!("{what}-{number}"))));
    names.into_iter().find(|name| !name.exists() && !name.is_symlink()).expect("numbers do not end")
}

/// Everything that bears such a name, with a number or without, in the order of names: a run can be killed at any of them.
fn left(target: &Path, what: &str) -> Vec<PathBuf> {
    let first = beside(target, what);
    let Some(first_name) = first.file_name().and_then(|name| name.to_str()) else { return Vec::new() };
    let is_ours = |name: &str| {
        name.strip_prefix(first_name).is_some_and(|rest| {
            rest.is_empty() || rest.strip_prefix('-').is_some_and(|number| number.parse::<u32>().is_ok())
        })
    };
    let parent = first.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let entries = fs::read_dir(parent).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> =
        entries.filter(|it| it.file_name().to_str().is_some_and(is_ours)).map(|it| it.path()).collect();
    found.sort();
    found
}

/// Clears away what a killed run left: a half-written folder, a run that was replaced already, or a folder that was killed
/// before it held a file.
fn clear(leftover: &Path, target: &Path) {
    if leftover.is_symlink() {
        return;
    }
    if is_marked(leftover) {
        let _ = leftovers::remove_marked(leftover, MARKER);
    } else if leftovers::listed(leftover).is_some() {
        leftovers::remove_run(leftover, target);
    } else {
        leftovers::remove_empty(leftover);
    }
}

fn is_marked(folder: &Path) -> bool {
    !folder.is_symlink() && folder.join(MARKER).is_file()
}

/// Creates the folders above a path; those that did not exist, the highest first.
fn create_parents(target: &Path) -> Result<Vec<PathBuf>, RunError> {
    let Some(parent) = target.parent().filter(|parent| !parent.as_os_str().is_empty()) else { return Ok(Vec::new()) };
    let mut made: Vec<PathBuf> =
        parent.ancestors().take_while(|it| !it.as_os_str().is_empty() && !it.exists()).map(Path::to_owned).collect();
    made.reverse();
    fs::create_dir_all(parent).map_err(failed(parent))?;
    Ok(made)
}

/// Removes folders that were made for a run and hold nothing, the lowest first.
fn remove_made(made: &[PathBuf]) {
    made.iter().rev().for_each(|folder| drop(fs::remove_dir(folder)));
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

/// Creates the folder that a run is written into, marked as half written.
fn create(folder: &Path) -> Result<(), RunError> {
    fs::create_dir(folder).map_err(failed(folder))?;
    fs::write(folder.join(MARKER), "").map_err(failed(folder))
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
    let synced = |file: usize| written[file].0.sync_all().map_err(failed(&written[file].1));
    parallel::map(written.len(), synced).into_iter().collect()
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none())
}
