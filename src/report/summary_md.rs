//! `summary.md`: headline, three-number table and how to reproduce, ready to paste.

use crate::engine::Layer;
use crate::scenario::Scenario;
use crate::summary::{Estimate, Summary};
use crate::wording::{self, Outlook};

use crate::wording::story;

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
    text += &layers(scenario, summary);
    for caveat in
        wording::figures_as_given(scenario).into_iter().chain(wording::lacks_mean(scenario).map(str::to_owned))
    {
        text += &format!("{}\n\n", escaped(&caveat));
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
    if scenario.points.is_some() {
        text += "\nRandom numbers are the coordinates of Sobol’ points (Joe and Kuo) through a Brownian bridge over the years, in 16 \
                 independent scrambles whose spread is the simulation error; the shares of the spread by layer of chance \
                 rest on independent paths.\n";
    }
    if summary.exact {
        text += "\nQuantiles are exact order statistics of the paths (Hyndman and Fan, type 7).\n";
    }
    text
}

/// Where the spread of the ratio at the horizon comes from, as a table; empty where only one layer is left to chance.
fn layers(scenario: &Scenario, summary: &Summary) -> String {
    let rows: Vec<_> =
        Layer::ALL.into_iter().filter_map(|layer| summary.uncertainty.of_ratio(layer, scenario.horizon)).collect();
    if rows.len() < 2 {
        return String::new();
    }
    let mut text = format!(
        "Where the spread of the {} ratio comes from (share of the variance of its log):\n\n| | alone | with the others |\n|---|---|---|\n",
        scenario.horizon
    );
    for row in rows {
        let share = |[share, error]: [f64; 2]| {
            if share < 2.0 * error {
                "≈0".to_owned()
            } else {
                wording::percent_within(Estimate { value: share, error })
            }
        };
        let what = row.layer.definition();
        text += &format!("| {} | {} | {} |\n", escaped(what), share(row.alone), share(row.with_others));
    }
    text + "\n"
}

/// Text that Markdown must not read as its own signs.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if matches!(c, '*' | '_' | '|' | '<' | '>' | '`' | '[' | ']' | '\\') {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
    }
    out
}
