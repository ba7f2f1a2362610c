//! `summary.md` of what a history teaches, and of what past forecasts were worth: ready to paste.

use crate::study::{BackTested, Fit, ROWS};
use crate::wording::{self, NamedCells, Text};

use super::summary_md::escaped;

/// What a page says.
struct Page<'a> {
    title: String,
    finding: Vec<Text>,
    table: (String, Vec<NamedCells>),
    basis: Vec<Text>,
    files: &'a str,
    work: String,
}

impl Page<'_> {
    fn written(&self, command: &str, charts: &[&str]) -> String {
        let mut out = format!("# {}\n\n", escaped(&self.title));
        self.finding.iter().for_each(|words| out += &format!("**{}**\n\n", escaped(&words.text())));
        let (head, rows) = &self.table;
        let head: Vec<String> = head.split('|').map(|it| escaped(&wording::capital(it))).collect();
        out += &format!("| {} |\n|{}\n", head.join(" | "), "---|".repeat(head.len()));
        for (name, cells) in rows {
            let cells: Vec<String> = cells.iter().map(|cell| escaped(&cell.text())).collect();
            out += &format!("| {} | {} |\n", escaped(name), cells.join(" | "));
        }
        out.push('\n');
        self.basis.iter().for_each(|words| out += &format!("{}\n\n", escaped(&words.text())));
        charts.iter().for_each(|chart| out += &format!("![{chart}](charts/{chart}.png)\n\n"));
        out += &format!(
            "Reproduce: `{command}` with aigap {} ({}). Every number of this page is in {}.\n",
            env!("CARGO_PKG_VERSION"),
            self.work,
            self.files
        );
        out
    }
}

/// `summary.md` of a fit.
#[must_use]
pub fn fit(found: &Fit, command: &str, charts: &[&str]) -> String {
    let page = Page {
        title: format!("What {} teaches of growth", found.scenario.data().name),
        finding: wording::fit_finding(found),
        table: wording::fit_table(found),
        basis: wording::fit_basis(found),
        files: "`fit.csv` and `fit_ahead.csv`",
        work: format!("{} draws, seed {}", wording::count(ROWS as f64), found.settings.seed),
    };
    page.written(command, charts)
}

/// `summary.md` of a back-test.
#[must_use]
pub fn back_test(found: &BackTested, command: &str, charts: &[&str]) -> String {
    let page = Page {
        title: format!("What forecasts of {} would have been worth", found.scenario.data().name),
        finding: wording::back_test_finding(found),
        table: wording::back_test_table(found),
        basis: wording::back_test_basis(found),
        files: "`models.csv`, `scores.csv` and `backtest.csv`",
        work: "nothing in it is random".to_owned(),
    };
    page.written(command, charts)
}
