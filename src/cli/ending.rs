//! Endings of files that a user has written: a file holds what its name says, or nothing is written at all.

use std::path::Path;

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
