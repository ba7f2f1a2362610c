//! A table as CSV: UTF-8, `\n`, shortest round-trip numbers, an empty field for what is missing.
//!
//! A spreadsheet opens such a file by a double click. So what somebody wrote never becomes a formula there, and a file that
//! is not plain ASCII says by its first character that it is UTF-8; Excel would take it for a Windows code page.

use crate::units::live::inert;

use super::declaration::Kind;
use super::typed::{Field, Table};

/// Rows of a chart that are no input, in a column of names: they stand without quotes.
const NO_TITLES: [&str; 2] = ["baseline", "what-if"];

/// What a spreadsheet knows UTF-8 by.
const BYTE_ORDER_MARK: char = '\u{feff}';

impl Table {
    /// The table as a file has it.
    #[must_use]
    pub fn csv(&self) -> String {
        let mut text = String::new();
        for (place, name) in self.names().enumerate() {
            separate(&mut text, place);
            push(&mut text, name, false);
        }
        text.push('\n');
        let titles: Vec<bool> = self.columns().map(|column| column.kind == Kind::Title).collect();
        for row in 0..self.rows() {
            for (place, field) in self.row(row).enumerate() {
                separate(&mut text, place);
                match field {
                    Field::Text(words) => push(&mut text, &words, titles[place] && !NO_TITLES.contains(&&*words)),
                    field => text.push_str(&field.text()),
                }
            }
            text.push('\n');
        }
        marked(text)
    }
}

/// A CSV with the mark of UTF-8 in front, if it holds anything else than ASCII.
#[must_use]
pub(crate) fn marked(mut csv: String) -> String {
    if !csv.is_ascii() && !csv.starts_with(BYTE_ORDER_MARK) {
        csv.insert(0, BYTE_ORDER_MARK);
    }
    csv
}

fn separate(text: &mut String, place: usize) {
    if place > 0 {
        text.push(',');
    }
}

/// Words of a field, in quotes where they need them or are `always` to have them.
fn push(text: &mut String, words: &str, always: bool) {
    let words = inert(words);
    if always || words.contains([',', '"', '\n', '\r']) {
        text.push('"');
        text.push_str(&words.replace('"', "\"\""));
        text.push('"');
    } else {
        text.push_str(&words);
    }
}

#[cfg(test)]
mod tests {
    use super::super::declared::{CHART_ATTRIBUTION, CHECKS};
    use super::*;

    #[test]
    fn words_have_quotes_where_they_need_them_and_titles_always() {
        let mut checks = Table::new(&CHECKS);
        let [that, why] = ["ratio < 3, \"always\"", "two\nlines"];
        let fields = ["s", "c", that, "note"].map(Field::from);
        checks.push(fields.into_iter().chain([0.1.into(), (-0.0).into(), 7_u64.into(), why.into(), "".into()]));
        let row = checks.csv().split_once('\n').map(|(_, row)| row.to_owned());
        assert_eq!(row.as_deref(), Some("s,c,\"ratio < 3, \"\"always\"\"\",note,0.1,0,7,\"two\nlines\",\n"));
        let mut steps = Table::new(&CHART_ATTRIBUTION);
        steps.push(["baseline".into(), 15.5.into()]);
        steps.push(["us growth".into(), 2.0.into()]);
        assert_eq!(steps.csv(), "input,factor\nbaseline,15.5\n\"us growth\",2\n");
    }

    #[test]
    fn what_somebody_wrote_is_never_computed_and_numbers_stay_numbers() {
        let mut table = Table::new(&CHART_ATTRIBUTION);
        table.push(["=HYPERLINK(\"x\")".into(), (-2.0).into()]);
        assert_eq!(table.csv(), "input,factor\n\"'=HYPERLINK(\"\"x\"\")\",-2\n");
    }

    #[test]
    fn a_file_says_that_it_is_utf_8_where_it_is_no_ascii() {
        let csv = |words: &'static str| {
            let mut table = Table::new(&CHART_ATTRIBUTION);
            table.push([words.into(), 1.0.into()]);
            table.csv()
        };
        assert!(csv("2019-2023").is_ascii());
        assert!(csv("2019–2023").starts_with("\u{feff}input,"));
    }
}
