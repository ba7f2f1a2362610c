//! `summary.md`: headline, three-number table and how to reproduce, ready to paste.

use crate::scenario::Scenario;
use crate::summary::Summary;
use crate::wording::{self, Outlook};

use super::story;

/// The summary of a run in Markdown.
#[must_use]
pub fn summary_md(scenario: &Scenario, summary: &Summary, command: &str, charts: &[&str]) -> String {
    let headline =
        Outlook::new(scenario, summary).map_or_else(|| scenario.title.clone(), |outlook| wording::headline(&outlook));
    let mut text = format!("# {}\n\n**{}**\n", escaped(&scenario.title), escaped(&headline));
    text += "\nProjection under stated assumptions, not a forecast.\n\n";
    let table = story::table(scenario, summary);
    text += &format!("| | {} |\n|---|{}\n", table.head.join(" | "), "---|".repeat(table.head.len()));
    for (label, cells) in &table.rows {
        let cells: Vec<String> = cells.iter().map(|cell| escaped(cell)).collect();
        text += &format!("| {} | {} |\n", escaped(label), cells.join(" | "));
    }
    text.push('\n');
    for paragraph in story::paragraphs(scenario, summary) {
        text += &format!("{}\n\n", escaped(&paragraph));
    }
    for chart in charts {
        text += &format!("![{chart}](charts/{chart}.png)\n\n");
    }
    text +=
        "What is not counted: state funds and companies' own spending; the figures are venture and private rounds.\n\n";
    text += &format!(
        "Reproduce: `{command}` with aigap {} ({}, seed {}). Every number of this page is in `fan.csv` and \
         `probabilities.csv`; every assumption with its reason in `assumptions.csv`.\n",
        env!("CARGO_PKG_VERSION"),
        wording::paths(summary.paths),
        summary.seed
    );
    text
}

/// Text that Markdown must not read as its own signs.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if matches!(c, '*' | '_' | '|' | '<' | '>' | '`' | '[' | ']' | '\\') {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
    }
    out
}
