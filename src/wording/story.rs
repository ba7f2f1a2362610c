//! The story of a run on the terminal: a dozen lines, at most eighty columns wide; `summary.md` has the rest.

use crate::growth::Growth;
use crate::metric::Metric;
use crate::scenario::{Region, Scenario, Series, short_title};
use crate::summary::Summary;

use super::columns::{WIDTH, aligned, wrapped};
use super::lookup::{Lookup, of_gap};
use super::outlook::Outlook;
use super::paragraphs::{implausible, in_brief};
use super::table::table;
use super::text::Text;
use super::title::headline;

/// The finding of a run in a sentence, or the scenario's title where its data do not hold the gap.
#[must_use]
pub fn finding(scenario: &Scenario, summary: &Summary) -> Text {
    Outlook::new(scenario, summary).map_or_else(
        || Text::own(scenario.title()),
        |outlook| implausible(Lookup::new(scenario, summary)).unwrap_or_default() + headline(&outlook),
    )
}

/// What the figures of each source give: `From the figures of others: …`; nothing where only one source was asked for.
#[must_use]
pub fn by_source<'a>(runs: impl Iterator<Item = (&'a str, &'a Scenario, &'a Summary)>) -> Option<String> {
    let ratio = |(source, scenario, summary): (&str, &Scenario, &Summary)| {
        let year = scenario.horizon();
        let it = Lookup::new(scenario, summary).median_and_range(of_gap(Metric::Ratio), year)?;
        Some((year, format!("{} ({source})", it.median_ratio().text())))
    };
    let found: Vec<(i32, String)> = runs.filter_map(ratio).collect();
    let (year, _) = found.first()?;
    let ratios: Vec<&str> = found.iter().map(|(_, words)| words.as_str()).collect();
    let words =
        format!("From the figures of each source the {year} ratio is {} (charts/sources.png).", ratios.join(", "));
    Some(wrapped(&words).trim_end().to_owned())
}

/// What is assumed beside growth, in the words of the scenario: its short title with its summary, or its title alone.
///
/// Nothing where all that happens is growth, of which the story says what is assumed: it has a dozen lines.
fn about(scenario: &Scenario) -> String {
    let is_plain = |series: &Series| matches!(series.growth(), Growth::RandomWalk(_));
    let mut series = scenario.regions().iter().flat_map(Region::series);
    if scenario.events().is_empty() && scenario.jumps().is_empty() && series.all(is_plain) {
        return String::new();
    }
    match scenario.summary() {
        "" => wrapped(scenario.title()),
        summary => wrapped(&format!("{}: {summary}", short_title(scenario.title()))),
    }
}

fn is_too_wide(columns: &str) -> bool {
    columns.lines().any(|line| line.chars().count() > WIDTH)
}

/// The whole story, with what was written where and what to do next.
#[must_use]
pub fn story(scenario: &Scenario, summary: &Summary, closing: &[String]) -> String {
    let mut text = about(scenario);
    text += &wrapped(&format!("{} Stated assumptions, not a forecast.", finding(scenario, summary)));
    text.push('\n');
    let mut table = table(scenario, summary);
    let mut columns = aligned(&table.head, &table.plain());
    // Amounts of trillions are wide: the earlier observed year gives way, then the middle one; summary.md has them.
    while is_too_wide(&columns) && table.head.len() > 2 {
        let next_is_simulated = table.head[1].contains(':');
        let place = usize::from(next_is_simulated);
        table.head.remove(place);
        table.rows.iter_mut().for_each(|(_, cells)| drop(cells.remove(place)));
        columns = aligned(&table.head, &table.plain());
    }
    text += &columns;
    text += &wrapped(&in_brief(scenario, summary).text());
    for line in closing {
        text += line;
        text.push('\n');
    }
    text
}
