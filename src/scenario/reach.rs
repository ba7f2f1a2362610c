//! How far a scenario reaches: the files that it names lie below its folder, and others are opened only if the user says so.

use std::path::{Component, Path, PathBuf};

use crate::diagnostic::{Place, Problem};

/// Folders that a scenario and its packs read from, and whether they may read from elsewhere.
#[derive(Clone, Debug, Default)]
pub(super) struct Reach {
    folders: Vec<PathBuf>,
    allow_outside: bool,
}

impl Reach {
    /// The reach of files that the user names: each may read below its own folder.
    pub(super) fn of<'a>(named: impl Iterator<Item = &'a Path>, allow_outside: bool) -> Self {
        Self { folders: named.map(folder_of).collect(), allow_outside }
    }

    /// What there is to say of a file that another one names: nothing where both lie below one folder, a warning where it
    /// is opened because the user allows it, and else an error.
    pub(super) fn problem(&self, namer: &Path, named: &Path, place: &Place) -> Option<Problem> {
        if self.folders.iter().any(|folder| is_below(folder, namer) && is_below(folder, named)) {
            return None;
        }
        let shown = plain(named).display().to_string();
        if self.allow_outside {
            let what = format!("this opens {shown}, which is not below the folder of the scenario");
            return Some(Problem::warning(place.clone(), what, "--allow-outside allows it"));
        }
        let what = format!("this would open {shown}, which is not below the folder of the scenario");
        let cure =
            "move it there and name it relative to this file, or give --allow-outside if you trust this scenario";
        Some(Problem::error(place.clone(), what, cure))
    }
}

fn folder_of(file: &Path) -> PathBuf {
    plain(file.parent().unwrap_or(Path::new("")))
}

/// Whether a path leads below a folder, as both are written; links are seen by whoever opens the file.
fn is_below(folder: &Path, path: &Path) -> bool {
    let path = plain(path);
    let rest = if folder.as_os_str().is_empty() { Ok(path.as_path()) } else { path.strip_prefix(folder) };
    rest.is_ok_and(|rest| rest.components().all(|part| matches!(part, Component::Normal(_))))
}

/// A path without `.` and with `..` taken back, so that two spellings of one file are seen to be one.
pub(super) fn plain(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if out.file_name().is_some() => {
                out.pop();
            }
            part => out.push(part),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_lies_below_the_folder_is_inside() {
        for (folder, path, inside) in [
            ("", "base.toml", true),
            ("", "sub/base.toml", true),
            ("", "../base.toml", false),
            ("", "sub/../../base.toml", false),
            ("", "/etc/passwd", false),
            ("a", "a/base.toml", true),
            ("a", "a/../a/base.toml", true),
            ("a", "a/../b/base.toml", false),
            ("a", "ab/base.toml", false),
            ("..", "../base.toml", true),
            ("..", "../../base.toml", false),
            ("/a/b", "/a/b/c.toml", true),
            ("/a/b", "/a/b/../c.toml", false),
        ] {
            assert_eq!(is_below(Path::new(folder), Path::new(path)), inside, "{folder:?} {path}");
        }
    }

    #[test]
    fn a_pack_reads_from_its_own_folder_only() {
        let reach = Reach::of([Path::new("mine/base.toml"), Path::new("packs/theirs.toml")].into_iter(), false);
        let found =
            |namer: &str, named: &str| reach.problem(Path::new(namer), Path::new(named), &Place::nowhere()).is_some();
        assert!(!found("mine/base.toml", "mine/a.csv") && !found("packs/theirs.toml", "packs/a.csv"));
        assert!(found("packs/theirs.toml", "mine/a.csv") && found("mine/base.toml", "packs/a.csv"));
    }
}
