//! A lock beside a folder: while one program writes a run, another is refused.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// An empty file that is locked while a folder is written, and removed afterwards.
///
/// The lock is the system's, so it goes with a program that is killed.
#[derive(Debug)]
pub(super) struct FolderLock {
    path: PathBuf,
    file: File,
}

impl FolderLock {
    /// Takes the lock; `None` if another program holds it.
    ///
    /// # Errors
    /// If the file cannot be made.
    pub(super) fn take(path: &Path) -> io::Result<Option<Self>> {
        loop {
            let file = File::options().create(true).write(true).truncate(false).open(path)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Ok(None),
                // A disk without locks: names of their own keep two runs apart there, and the last one stays.
                Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
                Err(TryLockError::Error(error)) => return Err(error),
            }
            let lock = Self { path: path.to_owned(), file };
            // Whoever held it before may have removed the file between opening and locking. Such a file locks nothing, and
            // dropping it removes nothing, because it is no longer in its place.
            if lock.is_in_place() {
                return Ok(Some(lock));
            }
        }
    }

    /// Removes the file while it is still locked; one that somebody wrote into is left alone.
    pub(super) fn release(&self) {
        if self.is_in_place() && self.file.metadata().is_ok_and(|about| about.len() == 0) {
            let _ = fs::remove_file(&self.path);
        }
    }

    #[cfg(unix)]
    fn is_in_place(&self) -> bool {
        use std::os::unix::fs::MetadataExt;
        let of = |about: fs::Metadata| (about.dev(), about.ino());
        match (self.file.metadata(), fs::metadata(&self.path)) {
            (Ok(own), Ok(there)) => of(own) == of(there),
            _ => false,
        }
    }

    /// Elsewhere an open file cannot be removed.
    #[cfg(not(unix))]
    fn is_in_place(&self) -> bool {
        self.path.exists()
    }
}

impl Drop for FolderLock {
    fn drop(&mut self) {
        self.release();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_is_held_once_and_leaves_nothing_behind() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("lock");
        let first = FolderLock::take(&path).expect("a disk").expect("free");
        assert!(FolderLock::take(&path).expect("a disk").is_none());
        drop(first);
        assert!(!path.exists());
        assert!(FolderLock::take(&path).expect("a disk").is_some());
    }

    #[test]
    fn a_file_of_somebody_else_under_the_name_is_not_removed() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("lock");
        fs::write(&path, "mine").expect("a disk");
        drop(FolderLock::take(&path).expect("a disk"));
        assert_eq!(fs::read_to_string(&path).expect("still there"), "mine");
    }
}
