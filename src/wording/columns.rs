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
        // A name that is too long goes on below, since several may begin alike.
        let mut names = folded(&cells[0], name).into_iter();
        let mut line = format!("{:<name$}", names.next().unwrap_or_default());
        for (place, cell) in cells.iter().enumerate().skip(1) {
            line += &format!("  {cell:<width$}", width = width(place));
        }
        let below: String = names.map(|rest| format!("\n{rest}")).collect();
        format!("{}{below}\n", line.trim_end())
    };
    std::iter::once(&head).chain(rows).map(|cells| line(cells)).collect()
}

/// Words in lines of at most a width, those after the first set in; a word that is wider is cut.
fn folded(words: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => *line += &format!(" {word}"),
            Some(_) => lines.push(format!("  {word}")),
            None => lines.push(word.to_owned()),
        }
    }
    let cut = |line: String| match line.chars().count() > width {
        true => line.chars().take(width - 1).chain(['…']).collect(),
        false => line,
    };
    lines.into_iter().map(cut).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_without_room_goes_on_below_and_no_line_is_wider_than_the_terminal() {
        let row = |name: &str| vec![name.to_owned(), "38%".to_owned(), "9".repeat(34), "0.50".to_owned()];
        let text = columns(
            "name|best|at|now",
            &[row("correlation of US deal size growth with China deal size growth"), row("luck")],
        );
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH), "{text}");
        assert!(text.contains("\n  ") && !text.contains('…'), "{text}");
        assert_eq!(text.lines().last().map(|line| line.starts_with("luck  ")), Some(true), "{text}");
    }
}
