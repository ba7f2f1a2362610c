//! `aigap report --check`: a page held against the tables that it carries, and against run folders.

use std::path::{Path, PathBuf};

use crate::report::{self, check, docx};
use crate::store::{self, RunFolder};

use super::load;
use super::outcome::Outcome;
use super::print::Terminal;

/// Says which statements of a page do not hold, of its own tables and of the folders that are given.
pub(super) fn checked(page: &Path, runs: &[PathBuf], quiet: bool, terminal: &Terminal) -> Result<Outcome, Outcome> {
    let bytes = store::read(page).map_err(|why| {
        terminal.error(&format!("cannot read {}: {why}", page.display()));
        Outcome::CouldNot
    })?;
    if docx::is_docx(&bytes) {
        let cure = "a document carries no tables to be held against; check the page: aigap report RUN -o note.html";
        terminal.error(&format!("{}: {cure}", page.display()));
        return Err(Outcome::Usage);
    }
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let Some(mut found) = check::check(&text) else {
        terminal.error(&format!("{} is not a report of aigap", page.display()));
        return Err(Outcome::Invalid);
    };
    let carried = check::tables(&text);
    for folder in runs {
        let stored = load::run_folder(folder, terminal)?;
        found.problems.extend(unlike(&carried, folder, &stored));
    }
    found.problems.iter().for_each(|problem| terminal.remark(problem));
    if found.problems.is_empty() {
        if !quiet {
            terminal.answer(&format!(
                "{}: {} numbers and words agree with their tables.\n",
                page.display(),
                found.cited
            ));
        }
        return Ok(Outcome::Done);
    }
    terminal.error(&format!("{}: {} of its statements do not hold", page.display(), found.problems.len()));
    Ok(Outcome::NotMet)
}

/// What a page has otherwise than a folder: tables of the folder's own name, behind the name of its scenario where there are
/// several, or behind that of a question.
fn unlike(carried: &report::data::Data, folder: &Path, stored: &RunFolder) -> Vec<String> {
    let own = format!("{}/", stored.manifest.scenario);
    let stands = |place: &str| place.is_empty() || place == own || report::is_of_a_question(place);
    let mut known = false;
    let mut problems = Vec::new();
    for (name, _) in &stored.manifest.outputs {
        let tables = carried.files().map(|file| file.name);
        let candidates: Vec<&str> =
            tables.filter(|table| table.strip_suffix(name.as_str()).is_some_and(&stands)).collect();
        let bytes = stored.bytes(name).unwrap_or_default();
        let wrong: Vec<String> =
            candidates.iter().filter_map(|candidate| carried.disagreement(candidate, &bytes)).collect();
        known |= !candidates.is_empty();
        // Of two questions with a table of one name, one is this folder's.
        if wrong.len() == candidates.len() {
            let first = wrong.into_iter().next();
            problems.extend(first.map(|what| format!("{what} of the page is not that of {}", folder.display())));
        }
    }
    if !known {
        problems.push(format!("the page holds no table of {}", folder.display()));
    }
    problems
}
