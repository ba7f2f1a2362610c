//! Tests that need a tool which is not on every machine say that they did nothing, in one form that CI can repeat.

use std::io::Write as _;

/// Says that something was not tested, and why: `skipped: WHAT: WHY`.
///
/// Cargo hides what a passing test prints, so the line also goes into the file that `AIGAP_SKIPPED` names, from which
/// `.ci/run` repeats it at its end.
pub fn skipped(what: &str, why: &str) {
    let line = format!("skipped: {what}: {}\n", why.trim().replace('\n', " "));
    print!("{line}");
    if let Some(path) = std::env::var_os("AIGAP_SKIPPED") {
        let mut file = std::fs::OpenOptions::new().create(true).append(true).open(path).unwrap();
        file.write_all(line.as_bytes()).unwrap();
    }
}
