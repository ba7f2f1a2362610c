//! Files that a command writes beside its answer, looked at before the work begins: nothing that is read is written over.

use std::path::{Path, PathBuf};

/// What keeps files from being written: a command reads one of them or writes it twice, with or without `--force`; or one is
/// there and may not be replaced.
pub(super) fn hindrance(written: &[&Path], read: &[&Path], force: bool) -> Option<String> {
    for (place, path) in written.iter().enumerate() {
        let shown = path.display();
        if read.iter().any(|other| same(path, other)) {
            return Some(format!("{shown} is what this command reads; choose another name"));
        }
        if written[..place].iter().any(|other| same(path, other)) {
            return Some(format!("{shown} would be written twice; choose two names"));
        }
        if path.exists() && !force {
            return Some(format!("{shown} exists; choose another name, or replace it with --force"));
        }
    }
    None
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
