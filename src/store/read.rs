//! Reading a file that a user names: every failure in words, no file larger than it can be, and none that never ends.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Largest file that is read; anything larger is another kind of file.
const MOST_BYTES: u64 = 16 << 20;

/// Reads a scenario or the data of one.
///
/// # Errors
/// Why it cannot be read, in words for the user.
pub fn read(path: &Path) -> Result<Vec<u8>, String> {
    ordinary(path, MOST_BYTES).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "you may not read it".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => error.to_string(),
    })
}

/// Reads the files that a user names, and below their folders the files that these name in turn.
///
/// Scenario files refuse paths that lead out of their folder as they are written; a link may lead out of it all the same.
#[derive(Clone, Debug)]
pub struct ReadBelow {
    named: Vec<PathBuf>,
    allow_outside: bool,
}

impl ReadBelow {
    /// A reader of these files, which may or may not be led out of their folders.
    pub fn of<'a>(named: impl Iterator<Item = &'a Path>, allow_outside: bool) -> Self {
        Self { named: named.map(Path::to_owned).collect(), allow_outside }
    }

    /// Reads a scenario or the data of one.
    ///
    /// # Errors
    /// Why it cannot be read, in words for the user.
    pub fn read(&self, path: &Path) -> Result<Vec<u8>, String> {
        let is_named = self.named.iter().any(|named| named == path);
        if !self.allow_outside
            && !is_named
            && let Ok(real) = path.canonicalize()
            && !self.folders().any(|folder| real.starts_with(folder))
        {
            return Err(format!("a link leads to {}, and only --allow-outside opens that", real.display()));
        }
        read(path)
    }

    fn folders(&self) -> impl Iterator<Item = PathBuf> {
        let folder = |file: &PathBuf| match file.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder.canonicalize().ok(),
            _ => Path::new(".").canonicalize().ok(),
        };
        self.named.iter().filter_map(folder)
    }
}

/// Reads an ordinary file of at most so many bytes.
///
/// Pipes and devices are refused before they are opened: they may keep a reader waiting, or never end.
///
/// # Errors
/// If the disk refuses, or the file is none that can be read to its end.
pub fn ordinary(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let about = std::fs::metadata(path)?;
    if about.is_dir() {
        return Err(io::Error::from(io::ErrorKind::IsADirectory));
    }
    if !about.is_file() {
        return Err(io::Error::other("it is a pipe or a device; save what it holds to a file"));
    }
    let too_large =
        |bytes: u64| io::Error::other(format!("it has {} MB, and at most {} are read", bytes >> 20, most >> 20));
    if about.len() > most {
        return Err(too_large(about.len()));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(about.len()).unwrap_or(0));
    // A file may grow while it is read.
    std::fs::File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most { Err(too_large(bytes.len() as u64)) } else { Ok(bytes) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_bearable_size_are_read() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let path = folder.path().join("a.toml");
        std::fs::write(&path, "x".repeat(100)).expect("the disk has room");
        assert_eq!(ordinary(&path, 100).map(|bytes| bytes.len()).ok(), Some(100));
        assert!(ordinary(&path, 99).is_err());
        assert_eq!(read(folder.path()), Err("it is a folder".to_owned()));
        assert_eq!(read(&folder.path().join("b")), Err("there is no such file".to_owned()));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_leads_out_of_a_folder_only_if_the_user_says_so() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let (own, other) = (folder.path().join("own"), folder.path().join("other"));
        for below in [&own, &other] {
            std::fs::create_dir(below).expect("the disk has room");
            std::fs::write(below.join("a.csv"), "x").expect("the disk has room");
        }
        std::os::unix::fs::symlink(other.join("a.csv"), own.join("file.csv")).expect("a link");
        std::os::unix::fs::symlink(&other, own.join("folder")).expect("a link");
        std::os::unix::fs::symlink(own.join("a.csv"), own.join("near.csv")).expect("a link");
        let scenario = own.join("s.toml");
        for (name, inside) in [("a.csv", true), ("near.csv", true), ("file.csv", false), ("folder/a.csv", false)] {
            let read = |allow| ReadBelow::of(std::iter::once(scenario.as_path()), allow).read(&own.join(name));
            assert_eq!(read(false).is_ok(), inside, "{name}");
            assert!(read(true).is_ok(), "{name}");
        }
        // What the user names may be a link.
        assert!(
            ReadBelow::of(std::iter::once(own.join("file.csv").as_path()), false).read(&own.join("file.csv")).is_ok()
        );
    }

    #[cfg(unix)]
    #[test]
    fn what_never_ends_is_refused_at_once() {
        for path in ["/dev/zero", "/dev/null", "/dev/tty"] {
            assert!(read(Path::new(path)).is_err_and(|why| why.contains("a pipe or a device")), "{path}");
        }
    }
}
