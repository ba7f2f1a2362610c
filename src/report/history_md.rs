//! `summary.md` of what a history teaches, and of what past forecasts were worth: ready to paste.

use crate::study::{BackTested, Fit, ROWS};
use crate::wording::{self, NamedCells};

use super::answer_md::{AnswerPage, TableInWords};

/// The only table of a page, with its head as a head begins.
fn only((head, rows): (String, Vec<NamedCells>)) -> Vec<TableInWords> {
    let head: Vec<String> = head.split('|').map(wording::capital).collect();
    vec![(None, head.join("|"), rows)]
}

/// `summary.md` of a fit.
#[must_use]
pub fn fit(found: &Fit, command: &str, charts: &[&str]) -> String {
    let page = AnswerPage {
        title: format!("What {} teaches of growth", found.scenario.data().name),
        finding: wording::fit_finding(found),
        caution: None,
        tables: only(wording::fit_table(found)),
        basis: wording::fit_basis(found),
        files: "`fit.csv` and `fit_ahead.csv`",
        work: format!("{} draws, seed {}", wording::count(ROWS as f64), found.settings.seed),
    };
    page.written(command, charts)
}

/// `summary.md` of a back-test.
#[must_use]
pub fn back_test(found: &BackTested, command: &str, charts: &[&str]) -> String {
    let page = AnswerPage {
        title: format!("What forecasts of {} would have been worth", found.scenario.data().name),
        finding: wording::back_test_finding(found),
        caution: None,
        tables: only(wording::back_test_table(found)),
        basis: wording::back_test_basis(found),
        files: "`models.csv`, `scores.csv` and `backtest.csv`",
        work: "nothing in it is random".to_owned(),
    };
    page.written(command, charts)
}
