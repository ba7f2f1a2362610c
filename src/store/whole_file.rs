//! Single files: written beside their place and renamed into it, so that there is an old one or a new one, never a half.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Writes a file whole or not at all; folders above it are made.
///
/// # Errors
/// If the disk refuses; what stood in its place is then still there.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        fs::create_dir_all(parent)?;
    }
    // A link to a file stays a link.
    let path = if path.is_symlink() { fs::canonicalize(path)? } else { path.to_owned() };
    let (mut file, partial) = beside(&path)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    drop(file);
    let placed = written.and_then(|()| fs::rename(&partial, &path));
    // Nothing can be done about a file that does not go away.
    placed.inspect_err(|_| drop(fs::remove_file(&partial)))
}

/// Opens a file of a name beside a path that nobody has.
fn beside(path: &Path) -> io::Result<(fs::File, PathBuf)> {
    let name = path.file_name().map_or_else(Default::default, |name| name.to_string_lossy().into_owned());
    let mut number = 1;
    loop {
        let partial = path.with_file_name(format!(".{name}.aigap-partial-{number}"));
        match fs::OpenOptions::new().write(true).create_new(true).open(&partial) {
            Ok(file) => return Ok((file, partial)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < 100 => number += 1,
            Err(error) => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_nothing_stays_beside_it() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let path = folder.path().join("below/page.html");
        for text in ["first", "second"] {
            write_whole(&path, text.as_bytes()).expect("the disk has room");
            assert_eq!(fs::read(&path).expect("it is there"), text.as_bytes());
        }
        assert_eq!(fs::read_dir(folder.path().join("below")).expect("a folder").count(), 1);
        let stranger = folder.path().join("below/.page.html.aigap-partial-1");
        fs::write(&stranger, "mine").expect("the disk has room");
        write_whole(&path, b"third").expect("the disk has room");
        assert_eq!(fs::read(&stranger).expect("it is there"), b"mine");
    }

    #[test]
    fn a_file_that_cannot_be_written_leaves_nothing() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let taken = folder.path().join("taken");
        fs::create_dir(&taken).expect("a folder");
        assert!(write_whole(&taken, b"text").is_err());
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
    }
}
