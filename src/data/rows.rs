//! A CSV as rows with their places: what spreadsheets add to a table is taken off, and a text that is no such table is named.

use std::ops::Range;

use crate::diagnostic::{Place, Problem, invisible_in};
use crate::units::live::as_written;

/// Longest field; notes are a paragraph or two.
const MOST_LETTERS: usize = 4_000;

/// Columns of prose, whose text may go over several lines.
const PROSE: [&str; 2] = ["as_stated", "note"];

/// A header and the rows below it, all of one length.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    /// Names of the columns.
    pub header: Vec<String>,
    /// Bytes of the header's line.
    pub header_span: Range<usize>,
    /// Rows that hold something.
    pub rows: Vec<Row>,
}

/// Fields of a row, without spaces at their ends.
#[derive(Debug)]
pub(crate) struct Row {
    /// One for each column.
    pub fields: Vec<String>,
    /// Bytes of its first line.
    pub span: Range<usize>,
}

/// Rows of a text, and what is wrong with it as a table.
pub(crate) fn rows(text: &str, file: usize) -> (Rows, Vec<Problem>) {
    let at = |span| Place { file, span };
    let mut rows = Rows { header_span: line_from(text, 0), ..Rows::default() };
    if let Some(open) = open_quote(text, ',') {
        let what = "a quote opens here and never closes, so all that follows would be one field";
        return (rows, vec![Problem::error(at(open..open + 1), what, "close it, or take it out")]);
    }
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).has_headers(false).trim(csv::Trim::All).from_reader(text.as_bytes());
    let mut problems = Vec::new();
    let mut empty_columns = 0;
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).unwrap_or(false) {
        let start = record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
        // A record starts behind the line feed of the one before, which the reader counts as its own.
        let start = start + text[start..].len() - text[start..].trim_start_matches(['\r', '\n']).len();
        let span = line_from(text, start);
        let mut fields: Vec<String> = record.iter().map(|field| as_written(field).to_owned()).collect();
        // Spreadsheets write rows that were deleted as a row of commas.
        if fields.iter().all(String::is_empty) {
            continue;
        }
        if rows.header.is_empty() {
            if let Some(problem) = other_separator(&fields, at(span.clone())) {
                return (rows, vec![problem]);
            }
            empty_columns += cut_to(&mut fields, 0);
            (rows.header, rows.header_span) = (fields, span);
            continue;
        }
        empty_columns += cut_to(&mut fields, rows.header.len());
        match fault(&fields, &rows.header) {
            Some((what, cure)) => problems.push(Problem::error(at(span), what, cure)),
            None => rows.rows.push(Row { fields, span }),
        }
    }
    if empty_columns > 0 {
        let what = "empty columns at the end of rows are left out";
        let cure = "delete them in the spreadsheet, or let them be: nothing is lost";
        problems.push(Problem::warning(at(rows.header_span.clone()), what, cure));
    }
    (rows, problems)
}

/// The line that begins at an offset.
fn line_from(text: &str, start: usize) -> Range<usize> {
    start..text[start..].find('\n').map_or(text.len(), |length| start + length)
}

/// Takes empty fields off the end until so many are left, and says whether there were any.
fn cut_to(fields: &mut Vec<String>, least: usize) -> usize {
    let before = fields.len();
    while fields.len() > least && fields.last().is_some_and(String::is_empty) {
        fields.pop();
    }
    usize::from(fields.len() < before)
}

/// Where a quote opens that is open at the end of a text whose columns a sign parts.
pub(crate) fn open_quote(text: &str, separator: char) -> Option<usize> {
    let mut open = None;
    let mut begins = true;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        match (open, letter) {
            (None, '"') if begins => open = Some(at),
            // Two quotes in a row inside of quotes are one that is meant.
            (Some(_), '"') if letters.peek().is_some_and(|(_, next)| *next == '"') => {
                letters.next();
            }
            (Some(_), '"') => open = None,
            _ => {}
        }
        begins = open.is_none() && (letter == separator || matches!(letter, '\n' | '\r'));
    }
    open
}

/// A header whose columns are separated by something else than commas.
fn other_separator(header: &[String], place: Place) -> Option<Problem> {
    let [only] = header else { return None };
    let (name, separator) = [("semicolons", ';'), ("tabs", '\t'), ("bars", '|')]
        .into_iter()
        .find(|(_, it)| only.matches(*it).count() >= 3)?;
    let what = format!("the columns of this file are separated by {name}, not by commas");
    let cure = match separator {
        ';' => {
            "save it as CSV with commas and decimal points, or write a point for each decimal comma and then a comma for each ;"
        }
        _ => "save it as CSV with commas, or replace each separator by a comma",
    };
    Some(Problem::error(place, what, cure))
}

/// What is wrong with the form of a row, and what to do.
fn fault(fields: &[String], header: &[String]) -> Option<(String, String)> {
    if fields.len() != header.len() {
        let what = format!("this row has {} fields where the header has {}", fields.len(), header.len());
        let cure = if fields.len() > header.len() {
            "put text that holds a comma in double quotes, and write numbers without commas"
        } else {
            "add what is missing; an empty field is nothing between two commas"
        };
        return Some((what, cure.to_owned()));
    }
    fields.iter().zip(header).find_map(|(field, column)| {
        if field.chars().nth(MOST_LETTERS).is_some() {
            let what = format!("`{column}` has {} letters", field.chars().count());
            return Some((what, format!("a field has at most {MOST_LETTERS}: is a quote missing?")));
        }
        if PROSE.contains(&column.as_str()) {
            // A terminal would obey it where the text is shown.
            let obeyed = field.chars().find(|letter| letter.is_control() && !"\t\n\r".contains(*letter))?;
            let what =
                format!("`{column}` holds a character that cannot be seen: {}", invisible_in(&obeyed.to_string())?);
            return Some((what, "delete it; no text needs one".to_owned()));
        }
        if field.contains('\n') {
            let what = format!("`{column}` goes on over {} lines", field.lines().count());
            return Some((what, "close its quote on the same line, or take the quote out".to_owned()));
        }
        invisible_in(field).map(|letter| {
            let what = format!("`{column}` holds a character that cannot be seen: {letter}");
            (what, "delete it, or type the word anew".to_owned())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Vec<Vec<String>> {
        rows(text, 0).0.rows.into_iter().map(|row| row.fields).collect()
    }

    #[test]
    fn what_spreadsheets_add_is_taken_off() {
        let plain = read("a,b,c\n1,2,3\n4,,6\n");
        assert_eq!(plain, [["1", "2", "3"], ["4", "", "6"]]);
        for text in [
            "a,b,c,\n1,2,3,\n4,,6,\n",
            "a,b,c\n1,2,3,,\n4,,6,,,\n",
            "a,b,c\n\n1,2,3\n,,\n , ,\n4,,6\n,,\n",
            "\r\na,b,c\r\n1,2,3\r\n4,,6\r\n,,\r\n",
            ",,\na,b,c\n1,2,3\n4,,6",
            " a , b , c \n 1 , 2 , 3 \n 4 , , 6 \n",
            "\"a\",\"b\",c\n\"1\",2,3\n4,\"\",6\n",
        ] {
            assert_eq!(read(text), plain, "{text:?}");
            assert_eq!(rows(text, 0).0.header, ["a", "b", "c"], "{text:?}");
        }
    }

    proptest! {
        /// Wherever a quote opens for good, it is that quote which is named, not the rows that it would swallow.
        #[test]
        fn a_quote_that_never_closes_is_named_where_it_opens(before in 0usize..6, column in 0usize..3, after in 0usize..6) {
            let row = |quoted: bool| {
                let field = |place: usize| if quoted && place == column { "\"x" } else { "x" };
                [field(0), field(1), field(2)].join(",") + "\n"
            };
            let text = "a,b,c\n".to_owned() + &row(false).repeat(before) + &row(true) + &row(false).repeat(after);
            let problems = rows(&text, 0).1;
            prop_assert_eq!(problems.len(), 1);
            let start = problems[0].place.as_ref().unwrap().span.start;
            prop_assert_eq!(Some(start), text.find('"'));
            // The cure: without the quote every row is there.
            prop_assert_eq!(read(&text.replace('"', "")).len(), before + 1 + after);
        }

        /// No text is a panic, and every place lies inside of it.
        #[test]
        fn any_text_is_rows_or_problems(text in "[a-c,;\"\n\r\t \u{feff}\u{200b}é0-9.-]{0,80}") {
            for problem in rows(&text, 0).1 {
                let span = problem.place.unwrap().span;
                prop_assert!(span.start <= span.end && span.end <= text.len());
                prop_assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end));
            }
        }
    }
}
