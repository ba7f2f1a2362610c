//! The story of a run on the terminal: a dozen lines, at most eighty columns wide; `summary.md` has the rest.

use crate::scenario::Scenario;
use crate::summary::Summary;

use super::columns::{aligned, wrapped};
use super::outlook::Outlook;
use super::paragraphs::in_brief;
use super::table::table;
use super::text::Text;
use super::title::headline;

/// The finding of a run in a sentence, or the scenario's title where its data do not hold the gap.
#[must_use]
pub fn finding(scenario: &Scenario, summary: &Summary) -> Text {
    Outlook::new(scenario, summary).map_or_else(|| Text::own(scenario.title()), |outlook| headline(&outlook))
}

/// The whole story, with what was written where and what to do next.
#[must_use]
pub fn story(scenario: &Scenario, summary: &Summary, closing: &[String]) -> String {
    let mut text = wrapped(&format!("{} Stated assumptions, not a forecast.", finding(scenario, summary)));
    text.push('\n');
    let table = table(scenario, summary);
    text += &aligned(&table.head, &table.plain());
    text += &wrapped(&in_brief(scenario, summary).text());
    for line in closing {
        text += line;
        text.push('\n');
    }
    text
}
