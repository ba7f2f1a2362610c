//! The story of a comparison on the terminal.

use crate::study::Comparison;

use super::causes::causes;
use super::columns::{WIDTH, aligned, wrapped};
use super::comparison::{by_name, effects, inputs, mixture, table};
use super::text::Text;

/// With more what-ifs than this the terminal leaves causes to the files.
const MOST_EXPLAINED: usize = 3;
/// Narrowest and widest name in the table.
const NARROWEST_NAME: usize = 12;
const WIDEST_NAME: usize = 26;

/// The story, with what was written where and what to do next.
#[must_use]
pub fn comparison_story(comparison: &Comparison, closing: &[String]) -> String {
    let mut story = String::new();
    let many = comparison.what_ifs.len() > MOST_EXPLAINED;
    let inputs = if many { by_name(comparison) } else { inputs(comparison) };
    inputs.iter().for_each(|words| story += &wrapped(&words.text()));
    story.push('\n');
    effects(comparison).iter().for_each(|words| story += &wrapped(&words.text()));
    story.push('\n');
    story += &narrow_table(comparison);
    let mut causes = causes(comparison);
    if many && !causes.is_empty() {
        causes = vec!["Which input did it: summary.md and attribution.csv.".into()];
    }
    for words in causes.into_iter().chain(mixture(comparison)) {
        story += &wrapped(&words.text());
    }
    story += &wrapped(
        "Stated assumptions, not a forecast. Changes are taken path by path; the scenarios’ own medians lie on different paths \
         and differ by another amount.",
    );
    for line in closing {
        story += line;
        story.push('\n');
    }
    story
}

/// The table without its last column, which is on the page to paste.
fn narrow_table(comparison: &Comparison) -> String {
    let (mut head, rows) = table(comparison);
    let rows: Vec<(String, Vec<String>)> =
        rows.iter().map(|(name, cells)| (name.clone(), cells[..3].iter().map(Text::text).collect())).collect();
    let cells = |place: usize| rows.iter().map(move |(_, cells)| cells[place].chars().count());
    let widths = |head: &[String]| -> usize {
        let wide = |place: usize| cells(place).fold(head[place].chars().count(), usize::max) + 2;
        (0..3).map(wide).sum()
    };
    if widths(&head) + NARROWEST_NAME > WIDTH {
        head[2] = format!("above {}", comparison.baseline.scenario.base_year());
    }
    if widths(&head) + NARROWEST_NAME > WIDTH {
        head[2] = "higher".to_owned();
    }
    let room = WIDTH.saturating_sub(widths(&head)).clamp(NARROWEST_NAME, WIDEST_NAME);
    let rows: Vec<(String, Vec<String>)> = rows.iter().map(|(name, cells)| (cut(name, room), cells.clone())).collect();
    aligned(&head[..3], &rows)
}

/// A name that fits its column.
fn cut(name: &str, room: usize) -> String {
    if name.chars().count() <= room {
        return name.to_owned();
    }
    name.chars().take(room - 1).collect::<String>().trim_end().to_owned() + "…"
}
