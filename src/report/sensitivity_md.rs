//! `summary.md` of what matters most, and of a sweep: ready to paste.

use crate::study::{Sensitive, Swept};
use crate::wording::{self, Text};

use super::summary_md::escaped;

/// What a page says: title, findings, tables with their heads, what it rests on.
struct Page<'a> {
    title: String,
    finding: Vec<Text>,
    tables: Vec<(String, String, Vec<(String, Vec<Text>)>)>,
    basis: Vec<Text>,
    files: &'a str,
    paths: u64,
    seed: u64,
}

impl Page<'_> {
    fn written(&self, command: &str, charts: &[&str]) -> String {
        let mut out = format!("# {}\n\n", escaped(&self.title));
        self.finding.iter().for_each(|words| out += &format!("**{}**\n\n", escaped(&words.text())));
        out += "Projection under stated assumptions, not a forecast.\n\n";
        for (title, head, rows) in self.tables.iter().filter(|(.., rows)| !rows.is_empty()) {
            let head: Vec<String> = head.split('|').map(escaped).collect();
            out += &format!("## {}\n\n| {} |\n|{}\n", escaped(title), head.join(" | "), "---|".repeat(head.len()));
            for (name, cells) in rows {
                let cells: Vec<String> = cells.iter().map(|cell| escaped(&cell.text())).collect();
                out += &format!("| {} | {} |\n", escaped(name), cells.join(" | "));
            }
            out.push('\n');
        }
        self.basis.iter().for_each(|words| out += &format!("{}\n\n", escaped(&words.text())));
        charts.iter().for_each(|chart| out += &format!("![{chart}](charts/{chart}.png)\n\n"));
        out += &format!(
            "Reproduce: `{command}` with aigap {} ({} each run, seed {}). Every number of this page is in {}.\n",
            env!("CARGO_PKG_VERSION"),
            wording::paths(self.paths),
            self.seed,
            self.files
        );
        out
    }
}

fn of_sensitivity(found: &Sensitive) -> Page<'_> {
    let titles = found.targets.iter().map(|target| wording::capital(&target.text));
    let tables = titles.zip(wording::sensitivity_tables(found)).map(|(title, (head, rows))| (title, head, rows));
    Page {
        title: format!("{}: what matters most", wording::short_title(found.scenario.title())),
        finding: wording::sensitivity_finding(found),
        tables: tables.collect(),
        basis: wording::sensitivity_basis(found),
        files: "`sensitivity.csv`",
        paths: found.settings.paths,
        seed: found.settings.seed,
    }
}

fn of_sweep(found: &Swept) -> Page<'_> {
    let (head, rows) = wording::sweep_cells(found);
    let title = found.targets.first().map_or_else(String::new, |target| wording::capital(&target.text));
    Page {
        title: format!("{}: along its inputs", wording::short_title(found.scenario.title())),
        finding: wording::sweep_finding(found),
        tables: vec![(if found.along.len() > 1 { title } else { "Along the input".to_owned() }, head, rows)],
        basis: wording::sweep_basis(found),
        files: "`sweep.csv` and `break_even.csv`",
        paths: found.settings.paths,
        seed: found.settings.seed,
    }
}

/// `summary.md` of what matters most.
#[must_use]
pub fn sensitivity(found: &Sensitive, command: &str, charts: &[&str]) -> String {
    of_sensitivity(found).written(command, charts)
}

/// `summary.md` of a sweep.
#[must_use]
pub fn sweep(found: &Swept, command: &str, charts: &[&str]) -> String {
    of_sweep(found).written(command, charts)
}
