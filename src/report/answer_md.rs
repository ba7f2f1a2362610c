//! `summary.md` of an answer: its finding, its tables and what it rests on, ready to paste.

use crate::wording::{NamedCells, Text};

use super::summary_md::escaped;

/// A table in words: title, head with bars between, rows.
pub(super) type TableInWords = (Option<String>, String, Vec<NamedCells>);

/// What a page says.
pub(super) struct AnswerPage<'a> {
    pub(super) title: String,
    pub(super) finding: Vec<Text>,
    /// What must be known before the tables are read.
    pub(super) caution: Option<&'a str>,
    pub(super) tables: Vec<TableInWords>,
    pub(super) basis: Vec<Text>,
    /// Files that hold every number of the page.
    pub(super) files: &'a str,
    /// How much was simulated, from which seed.
    pub(super) work: String,
}

impl AnswerPage<'_> {
    pub(super) fn written(&self, command: &str, charts: &[&str]) -> String {
        let mut out = format!("# {}\n\n", escaped(&self.title));
        self.finding.iter().for_each(|words| out += &format!("**{}**\n\n", escaped(&words.text())));
        self.caution.iter().for_each(|words| out += &format!("{words}\n\n"));
        for (title, head, rows) in self.tables.iter().filter(|(.., rows)| !rows.is_empty()) {
            title.iter().for_each(|title| out += &format!("## {}\n\n", escaped(title)));
            let head: Vec<String> = head.split('|').map(escaped).collect();
            out += &format!("| {} |\n|{}\n", head.join(" | "), "---|".repeat(head.len()));
            for (name, cells) in rows {
                let cells: Vec<String> = cells.iter().map(|cell| escaped(&cell.text())).collect();
                out += &format!("| {} | {} |\n", escaped(name), cells.join(" | "));
            }
            out.push('\n');
        }
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
