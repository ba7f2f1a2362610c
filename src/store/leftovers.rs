//! Which files of a folder are aigap's, and how a folder is taken apart without losing what somebody else put there.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use crate::table::sha256;

use super::manifest;

/// Largest manifest that is read.
const MOST_BYTES: u64 = 16 << 20;

/// Files that the manifest of a run folder lists, with their hashes; `None` if the folder is no run.
pub(super) fn listed(folder: &Path) -> Option<Vec<(PathBuf, String)>> {
    let path = folder.join(manifest::NAME);
    // A pipe would be waited for, and a huge file is none of ours.
    fs::metadata(&path).ok().filter(|about| about.is_file() && about.len() <= MOST_BYTES)?;
    let text = fs::read_to_string(&path).ok().filter(|text| manifest::is_manifest(text))?;
    let outputs = manifest::outputs(&text)?;
    // A name that leaves the folder is none that aigap wrote.
    let is_below = |name: &str| Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
    Some(outputs.into_iter().filter(|(name, _)| is_below(name)).map(|(name, hash)| (name.into(), hash)).collect())
}

/// Listed files of a run folder that are no longer what aigap wrote.
pub(super) fn edited(folder: &Path) -> Vec<PathBuf> {
    let changed =
        |(name, hash): &(PathBuf, String)| fs::read(folder.join(name)).is_ok_and(|bytes| sha256(&bytes) != *hash);
    listed(folder).unwrap_or_default().into_iter().filter(changed).map(|(name, _)| name).collect()
}

/// Files below a run folder that its manifest does not list: somebody else's. Links are listed, and not followed.
pub(super) fn strangers(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let own = listed(folder).unwrap_or_default();
    let mut found = Vec::new();
    walk(folder, Path::new(""), &mut found)?;
    found.retain(|name| name != Path::new(manifest::NAME) && own.iter().all(|(listed, _)| listed != name));
    Ok(found)
}

fn walk(folder: &Path, below: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder.join(below))? {
        let entry = entry?;
        let name = below.join(entry.file_name());
        if entry.file_type()?.is_dir() { walk(folder, &name, found)? } else { found.push(name) }
    }
    found.sort();
    Ok(())
}

/// Gives a second folder the strangers' files of the first, as the same files where the disk can, else as copies.
pub(super) fn carry(strangers: &[PathBuf], from: &Path, to: &Path) -> Result<(), (PathBuf, io::Error)> {
    for name in strangers {
        let (old, new) = (from.join(name), to.join(name));
        let carried = match new.parent().map_or(Ok(()), fs::create_dir_all) {
            Ok(()) => fs::hard_link(&old, &new).or_else(|_| fs::copy(&old, &new).map(|_| ())),
            Err(error) => Err(error),
        };
        carried.map_err(|error| (new, error))?;
    }
    Ok(())
}

/// Removes a replaced run folder: what its manifest lists, and strangers' files that `kept` holds as well.
///
/// Whatever else lies in it stays, and so does the folder then.
pub(super) fn remove_run(folder: &Path, kept: &Path) {
    let own = listed(folder).unwrap_or_default();
    for name in strangers(folder).unwrap_or_default() {
        let bytes = |folder: &Path| fs::read(folder.join(&name)).ok();
        if bytes(folder).is_some_and(|own| bytes(kept) == Some(own)) {
            let _ = fs::remove_file(folder.join(&name));
        }
    }
    for (name, _) in own {
        let _ = fs::remove_file(folder.join(name));
    }
    let _ = fs::remove_file(folder.join(manifest::NAME));
    remove_empty(folder);
}

/// Removes a half-written folder, its mark last: what stays after a second kill, or because the disk refuses, is still known
/// as half written.
pub(super) fn remove_marked(folder: &Path, mark: &str) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name() == mark {
            continue;
        }
        let is_folder = entry.file_type()?.is_dir();
        if is_folder { fs::remove_dir_all(entry.path())? } else { fs::remove_file(entry.path())? }
    }
    fs::remove_file(folder.join(mark))?;
    fs::remove_dir(folder)
}

/// Removes folders that hold no file; `remove_dir` refuses all others.
pub(super) fn remove_empty(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            remove_empty(&entry.path());
        }
    }
    let _ = fs::remove_dir(folder);
}
