//! A table as CSV: UTF-8, `\n`, shortest round-trip numbers, an empty field for what is missing.

use super::declaration::Kind;
use super::typed::{Field, Table};

/// Rows of a chart that are no input, in a column of names: they stand without quotes.
const NO_TITLES: [&str; 2] = ["baseline", "what-if"];

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
        text
    }
}

fn separate(text: &mut String, place: usize) {
    if place > 0 {
        text.push(',');
    }
}

/// Words of a field, in quotes where they need them or are `always` to have them.
fn push(text: &mut String, words: &str, always: bool) {
    if always || words.contains([',', '"', '\n', '\r']) {
        text.push('"');
        text.push_str(&words.replace('"', "\"\""));
        text.push('"');
    } else {
        text.push_str(words);
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
}
