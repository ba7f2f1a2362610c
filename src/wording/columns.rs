//! Columns and paragraphs for a terminal of eighty columns.

use super::text::Text;

/// Characters of the widest line of a terminal.
pub(super) const WIDTH: usize = 80;

/// A head and labelled rows in columns.
pub(super) fn aligned(head: &[String], rows: &[(String, Vec<String>)]) -> String {
    let label = rows.iter().map(|(label, _)| label.chars().count()).max().unwrap_or(0);
    let width = |column: usize| {
        let cells = rows.iter().map(|(_, cells)| cells[column].chars().count());
        cells.chain([head[column].chars().count()]).max().unwrap_or(0)
    };
    let line = |first: &str, cells: &[String]| {
        let mut line = format!("{first:<label$}");
        for (column, cell) in cells.iter().enumerate() {
            line += &format!("  {cell:<width$}", width = width(column));
        }
        line.trim_end().to_owned() + "\n"
    };
    let mut text = line("", head);
    rows.iter().for_each(|(label, cells)| text += &line(label, cells));
    text
}

/// A paragraph in lines of at most [`WIDTH`] columns.
pub(super) fn wrapped(paragraph: &str) -> String {
    let mut text = String::new();
    let mut column = 0;
    for word in paragraph.split(' ') {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > WIDTH {
            text.push('\n');
            column = 0;
        }
        if column > 0 {
            text.push(' ');
            column += 1;
        }
        text += word;
        column += length;
    }
    text + "\n"
}

/// Words behind a start, in lines of at most [`WIDTH`] columns that begin below the first word.
pub(super) fn wrapped_below(start: &str, words: &str) -> String {
    let indent = start.chars().count();
    let mut text = start.to_owned();
    let mut column = indent;
    for (place, word) in words.split(' ').enumerate() {
        let length = word.chars().count();
        if place > 0 && column + 1 + length > WIDTH {
            text += &format!("\n{:indent$}", "");
            column = indent;
        } else if place > 0 {
            text.push(' ');
            column += 1;
        }
        text += word;
        column += length;
    }
    text + "\n"
}

/// Rows below a head whose words are parted by bars, none wider than the terminal.
pub(super) fn columns(head: &str, rows: &[Vec<String>]) -> String {
    let head: Vec<String> = head.split('|').map(capitalised).collect();
    let width = |place: usize| {
        rows.iter().map(|row| row[place].chars().count()).chain([head[place].chars().count()]).max().unwrap_or(0)
    };
    let others: usize = (1..head.len()).map(|place| width(place) + 2).sum();
    let name = width(0).min(WIDTH.saturating_sub(others)).max(12);
    let line = |cells: &[String]| {
        let first: String = if cells[0].chars().count() > name {
            cells[0].chars().take(name - 1).chain(['…']).collect()
        } else {
            cells[0].clone()
        };
        let mut line = format!("{first:<name$}");
        for (place, cell) in cells.iter().enumerate().skip(1) {
            line += &format!("  {cell:<width$}", width = width(place));
        }
        line.trim_end().to_owned() + "\n"
    };
    std::iter::once(&head).chain(rows).map(|cells| line(cells)).collect()
}

/// Rows with a label each below a head whose words are parted by bars.
pub(super) fn labelled(head: &str, rows: Vec<(String, Vec<Text>)>) -> String {
    let words =
        |(label, cells): (String, Vec<Text>)| std::iter::once(label).chain(cells.iter().map(Text::text)).collect();
    let rows: Vec<Vec<String>> = rows.into_iter().map(words).collect();
    columns(head, &rows)
}

/// Words with a capital letter in front.
fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
