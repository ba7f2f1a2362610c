//! Files that a command writes beside its answer, looked at before the work begins: a file holds what its name says, and nothing
//! that is read is written over.

use std::path::{Path, PathBuf};

use super::outcome::Outcome;
use super::print::Terminal;

/// Refuses a file that is to be written whose ending is not that of what it would hold.
pub(super) fn ends_in(path: &Path, ending: &str, terminal: &Terminal) -> Result<(), Outcome> {
    if path.extension().is_some_and(|own| own.eq_ignore_ascii_case(ending)) {
        return Ok(());
    }
    terminal.error(&format!("{}: name a file that ends in .{ending}", path.display()));
    Err(Outcome::Usage)
}

/// Refuses files that are to be written which the command reads, or writes twice, with or without `--force`; and those that are
/// there and may not be replaced.
pub(super) fn are_free(
    written: &[&Path],
    read: &[&Path],
    may_replace: bool,
    terminal: &Terminal,
) -> Result<(), Outcome> {
    let hindered = |(place, path): (usize, &&Path)| {
        let shown = path.display();
        if read.iter().any(|other| same(path, other)) {
            Some(format!("{shown} is what this command reads; choose another name"))
        } else if written[..place].iter().any(|other| same(path, other)) {
            Some(format!("{shown} would be written twice; choose two names"))
        } else if path.exists() && !may_replace {
            Some(format!("{shown} exists; choose another name, or replace it with --force"))
        } else {
            None
        }
    };
    match written.iter().enumerate().find_map(hindered) {
        None => Ok(()),
        Some(why) => {
            terminal.error(&why);
            Err(Outcome::CouldNot)
        }
    }
}

/// Whether two paths are of one file, be it there or not.
fn same(a: &Path, b: &Path) -> bool {
    let whole = |path: &Path| -> PathBuf {
        let name = path.file_name().unwrap_or_default();
        let folder = path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
        path.canonicalize().or_else(|_| folder.canonicalize().map(|it| it.join(name))).unwrap_or_else(|_| path.into())
    };
    whole(a) == whole(b)
}
