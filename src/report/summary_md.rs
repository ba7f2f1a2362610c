//! `summary.md`: headline, three-number table and how to reproduce, ready to paste.

use crate::scenario::Scenario;
use crate::summary::Summary;
use crate::wording::{self, Lookup, note};

/// The summary of a run in Markdown.
#[must_use]
pub fn summary_md(scenario: &Scenario, summary: &Summary, command: &str, charts: &[&str]) -> String {
    let headline = wording::finding(scenario, summary).text();
    let mut text = format!("# {}\n\n**{}**\n", escaped(scenario.title()), escaped(&headline));
    text += "\nProjection under stated assumptions, not a forecast.\n\n";
    let table = wording::table(scenario, summary);
    text += &format!("| | {} |\n|---|{}\n", table.head.join(" | "), "---|".repeat(table.head.len()));
    for (label, cells) in &table.rows {
        let cells: Vec<String> = cells.iter().map(|cell| escaped(&cell.text())).collect();
        text += &format!("| {} | {} |\n", escaped(label), cells.join(" | "));
    }
    text.push('\n');
    for paragraph in wording::paragraphs(scenario, summary) {
        text += &format!("{}\n\n", escaped(&paragraph.text()));
    }
    text += &layers(scenario, summary);
    let given = wording::figures_as_given(scenario).map(|text| text.text());
    for caveat in given.into_iter().chain(wording::lacks_mean(scenario).map(str::to_owned)) {
        text += &format!("{}\n\n", escaped(&caveat));
    }
    for chart in charts {
        text += &format!("![{chart}](charts/{chart}.png)\n\n");
    }
    text += &format!("{}\n\n", super::not_counted([scenario]));
    text += &format!(
        "Made by `{command}` with aigap {} ({}, seed {}); `aigap verify .`, typed in this folder, makes it again and compares \
         every file. Its numbers are in `fan.csv`, `probabilities.csv`, `milestones.csv` and `uncertainty.csv`, those of other \
         sources in the data set; every assumption with its reason is in `assumptions.csv`. A range for 80% of assumptions \
         is that of the beta law with the probability and its `spread_from_assumptions`.\n",
        env!("CARGO_PKG_VERSION"),
        wording::paths(summary.paths),
        summary.seed
    );
    if summary.on_points {
        text += "\nRandom numbers are the coordinates of Sobol’ points (Joe and Kuo) through a Brownian bridge over the years, in 16 \
                 independent scrambles whose spread is the simulation error; the shares of the spread by layer of chance \
                 rest on independent paths.\n";
    }
    if summary.exact {
        text += "\nQuantiles are those of all paths sorted by size (order statistics; Hyndman and Fan, type 7).\n";
    }
    text
}

/// Where the spread of the ratio at the horizon comes from, as a table; empty where only one layer is left to chance.
fn layers(scenario: &Scenario, summary: &Summary) -> String {
    let rows = note::layers_of_spread(Lookup::new(scenario, summary));
    if rows.is_empty() {
        return String::new();
    }
    let mut text = format!(
        "Where the spread of the {} ratio comes from: shares of the variance of its log. {}\n\n| | alone | with the others |\n|---|---|---|\n",
        scenario.horizon(),
        note::ALONE_AND_WITH
    );
    for (layer, [alone, with_others]) in rows {
        text += &format!("| {} | {alone} | {with_others} |\n", escaped(layer.definition()));
    }
    text + "\n"
}

/// Text that Markdown must not read as its own signs, nor a notebook as a formula between dollars.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if matches!(c, '*' | '_' | '|' | '<' | '>' | '`' | '[' | ']' | '\\' | '$') {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
    }
    out
}
