//! Reading a file that a user names: every failure in words, and nothing that is larger than a scenario can be.

use std::path::Path;

/// Largest file that is read; anything larger is another kind of file.
const MOST_BYTES: u64 = 16 << 20;

/// Bytes of a file, or why they cannot be read.
///
/// # Errors
/// Why it cannot be read, in words for the user.
pub fn read(path: &Path) -> Result<Vec<u8>, String> {
    let why = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        std::io::ErrorKind::PermissionDenied => "you may not read it".to_owned(),
        std::io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => error.to_string(),
    };
    let about = std::fs::metadata(path).map_err(why)?;
    if about.is_dir() {
        return Err("it is a folder".to_owned());
    }
    if about.len() > MOST_BYTES {
        return Err(format!("it has {} MB, and a scenario is a page or two", about.len() >> 20));
    }
    std::fs::read(path).map_err(why)
}
