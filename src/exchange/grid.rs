//! A text as lines of fields, each line with its place: what every layout is read from.

use std::ops::Range;

use crate::data::open_quote;
use crate::diagnostic::{Place, Problem};
use crate::units::live::as_written;

use super::dialect::{Separator, separator};

/// Most fields of a file; a larger one is no table of yearly figures or deals.
const MOST_FIELDS: usize = 4_000_000;

/// A line that holds something.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Its fields, without spaces at their ends.
    pub fields: Vec<String>,
    /// Bytes of the line in its file.
    pub span: Range<usize>,
    /// Its number in the file, from 1.
    pub number: usize,
}

impl Line {
    /// A field; nothing beyond the end of the line.
    pub(super) fn field(&self, column: usize) -> &str {
        self.fields.get(column).map_or("", String::as_str)
    }

    /// Fields that hold something.
    pub(super) fn filled(&self) -> usize {
        self.fields.iter().filter(|field| !field.is_empty()).count()
    }
}

/// A text in lines and fields.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    /// Position of the text among those that were read.
    pub file: usize,
    /// Lines that hold something.
    pub lines: Vec<Line>,
    /// Sign between columns.
    pub separator: Separator,
}

impl Grid {
    /// Lines and fields of a text.
    pub(super) fn read(text: &str, file: usize) -> Result<Self, Vec<Problem>> {
        let one = |place, what: &str, cure: &str| Err(vec![Problem::error(Some(place), what, cure)]);
        let first = text.find(|letter: char| !letter.is_whitespace()).unwrap_or(0);
        let head = Place { file, span: line_from(text, first) };
        if text.trim().is_empty() {
            return one(head, "the file is empty", "save the table again, or name another file");
        }
        let Some(separator) = separator(text) else {
            let what = "the lines of this file have one column: nothing parts them that a table has";
            let cure = "save it with commas, semicolons or tabs between the columns; spaces part words, not columns";
            return one(head, what, cure);
        };
        if let Some(open) = open_quote(text, separator.sign()) {
            let what = "a quote opens here and never closes, so all that follows would be one field";
            return one(Place { file, span: open..open + 1 }, what, "close it, or take it out");
        }
        let grid = Self { file, lines: lines(text, separator), separator };
        if grid.lines.iter().map(|line| line.fields.len()).sum::<usize>() > MOST_FIELDS {
            let what = "the file has more than four million fields";
            return one(head, what, "keep the rows and columns that are needed, and save it again");
        }
        Ok(grid)
    }

    /// The place of a line.
    pub(super) fn place(&self, line: &Line) -> Place {
        Place { file: self.file, span: line.span.clone() }
    }
}

fn lines(text: &str, separator: Separator) -> Vec<Line> {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .delimiter(separator.sign() as u8)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut found = Vec::new();
    let mut record = csv::StringRecord::new();
    // Counted along the way: counting from the start for each line would take its square.
    let (mut counted, mut number) = (0, 1);
    while reader.read_record(&mut record).unwrap_or(false) {
        let start = record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
        // A record starts behind the line feed of the one before, which the reader counts as its own.
        let start = start + text[start..].len() - text[start..].trim_start_matches(['\r', '\n']).len();
        number += text[counted..start].matches('\n').count();
        counted = start;
        let mut fields: Vec<String> = record.iter().map(|field| tidy(as_written(field))).collect();
        while fields.last().is_some_and(String::is_empty) {
            fields.pop();
        }
        if !fields.is_empty() {
            found.push(Line { fields, span: line_from(text, start), number });
        }
    }
    found
}

/// A field with plain spaces, none at its ends.
fn tidy(field: &str) -> String {
    let plain = field.replace(['\u{a0}', '\u{202f}', '\u{2007}'], " ").replace(['\u{feff}', '\u{200b}'], "");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The line that begins at an offset.
fn line_from(text: &str, start: usize) -> Range<usize> {
    start..text[start..].find('\n').map_or(text.len(), |length| start + length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_keep_their_numbers_across_blank_ones() {
        let grid = Grid::read("a;b\r\n\r\n;;\r\n1;\u{a0}2 ;;\r\n", 0).expect("a table");
        let lines: Vec<(usize, &[String])> = grid.lines.iter().map(|it| (it.number, it.fields.as_slice())).collect();
        assert_eq!(
            lines,
            [(1, ["a", "b"].map(str::to_owned).as_slice()), (4, ["1", "2"].map(str::to_owned).as_slice())]
        );
    }

    proptest! {
        /// No text is a panic, and every place lies inside of it.
        #[test]
        fn any_text_is_a_grid_or_a_problem(text in "[a-c,;|\"\n\r\t \u{feff}é0-9.-]{0,80}") {
            match Grid::read(&text, 0) {
                Ok(grid) => for line in &grid.lines {
                    prop_assert!(text.is_char_boundary(line.span.start) && line.span.end <= text.len());
                    prop_assert_eq!(text[..line.span.start].matches('\n').count() + 1, line.number);
                },
                Err(problems) => prop_assert_eq!(problems.len(), 1),
            }
        }
    }
}
