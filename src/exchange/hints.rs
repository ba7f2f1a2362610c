//! What stands around a table: who says it, in which edition, in which unit, in preamble, footer and file name.

use super::asked::Asked;
use super::grid::Grid;
use super::layout::Layout;
use super::melt;
use super::money;
use super::shape::Shape;

/// Something that a file says beside its rows, and where.
pub(super) type Hint = Option<(String, &'static str)>;

/// What a file says beside its rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Hints {
    /// Who says the figures.
    pub source: Hint,
    /// Edition of the figures.
    pub vintage: Hint,
    /// Words that name a unit.
    pub unit: Hint,
    /// Title of the table, which names its figure where nothing else does.
    pub title: String,
}

/// Hints of a file; what the user says outranks them.
pub(super) fn of(grid: &Grid, shape: &Shape, layout: Layout, name: &str, asked: &Asked) -> Hints {
    let above: Vec<&[String]> = grid.lines[..shape.head].iter().map(|line| line.fields.as_slice()).collect();
    let end = melt::body(grid, shape).end;
    let below: Vec<&[String]> = grid.lines[end..].iter().map(|line| line.fields.as_slice()).collect();
    let said = |flag: &Option<String>, word| flag.clone().map(|text| (text, word));
    let around = || above.iter().chain(&below);
    let stated =
        || around().find_map(|fields| after(fields, &["last updated date", "last updated", "edition", "as of"]));
    let published = match layout {
        Layout::OurWorldInData => Some(("Our World in Data".to_owned(), "its layout")),
        Layout::WorldBank => {
            let set = above.iter().find_map(|fields| after(fields, &["data source"]));
            Some(set.map_or_else(|| "World Bank".to_owned(), |set| format!("World Bank, {set}")))
                .map(|it| (it, "its preamble"))
        }
        _ => source(&above, &below).map(|it| (it, "the lines around the table")),
    };
    let title = above.first().map_or_else(String::new, |fields| fields.join(", "));
    let unit = above.iter().rev().flat_map(|fields| fields.iter()).find(|it| is_unit(it)).cloned();
    Hints {
        source: said(&asked.source, "--source").or_else(|| said(&asked.package.source, "the package")).or(published),
        vintage: said(&asked.vintage, "--vintage")
            .or_else(|| said(&asked.package.vintage, "the package"))
            .or_else(|| stated().map(|it| (it, "the lines around the table")))
            .or_else(|| dated(name).map(|it| (it, "the name of the file"))),
        unit: said(&asked.unit, "--unit")
            .or_else(|| said(&asked.package.unit, "the package"))
            .or(unit.map(|it| (it, "the lines above the table"))),
        title: if layout == Layout::WorldBank { String::new() } else { title },
    }
}

fn is_unit(words: &str) -> bool {
    matches!(money::unit(words), Some(money::Unit::Money { .. }))
}

/// What stands behind one of these words: in the next field, or behind a colon.
fn after(fields: &[String], words: &[&str]) -> Option<String> {
    fields.iter().enumerate().find_map(|(place, field)| {
        let lower = field.to_lowercase();
        let word = words.iter().find(|word| lower.starts_with(**word))?;
        let rest = field.get(word.len()..)?.trim_start_matches([':', ' ', '(', 's', ')']).trim();
        let next = fields.get(place + 1).map(|it| it.trim()).filter(|it| !it.is_empty());
        let found = if rest.is_empty() { next? } else { rest };
        Some(found.to_owned())
    })
}

/// The source that lines around a table name: behind the word, or in the line below it.
fn source(above: &[&[String]], below: &[&[String]]) -> Option<String> {
    for lines in [above, below] {
        for (place, fields) in lines.iter().enumerate() {
            if !fields[0].to_lowercase().starts_with("source") {
                continue;
            }
            let whole = [fields.join(", ")];
            let found = after(&whole, &["source"]).or_else(|| lines.get(place + 1).map(|fields| fields.join(", ")));
            return found.map(|it| it.trim_end_matches('.').to_owned());
        }
    }
    None
}

/// A date in a name: `ai-funding-2024-04.csv` is of 2024-04.
fn dated(name: &str) -> Option<String> {
    let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|it| it.is_ascii_digit());
    let parts: Vec<&str> = name.split(|it: char| !it.is_ascii_digit()).collect();
    let year = |text: &str| digits(text, 4) && (text.starts_with("20") || text.starts_with("19"));
    let month = |text: &str| digits(text, 2) && ("01"..="12").contains(&text);
    let day = |text: &str| digits(text, 2) && ("01"..="31").contains(&text);
    for at in 0..parts.len() {
        match parts[at..] {
            [a, b, c, ..] if year(a) && month(b) && day(c) => return Some(format!("{a}-{b}-{c}")),
            [a, b, ..] if year(a) && month(b) => return Some(format!("{a}-{b}")),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edition_is_a_date_in_the_name_of_the_file_and_no_other_number() {
        for (name, expected) in [
            ("ai-funding-2024-04.csv", Some("2024-04")),
            ("ai_2024_04_19.csv", Some("2024-04-19")),
            ("API_NY.GDP.MKTP.CD_DS2_en_csv_v2_5728855.csv", None),
            ("funding-2013-2023.csv", None),
            ("report-2023-12.csv", Some("2023-12")),
        ] {
            assert_eq!(dated(name).as_deref(), expected, "{name}");
        }
    }

    #[test]
    fn a_source_stands_behind_its_word_or_in_the_line_below() {
        let lines = |lines: &[&str]| lines.iter().map(|line| vec![(*line).to_owned()]).collect::<Vec<_>>();
        let of = |texts: &[&str]| {
            let owned = lines(texts);
            let below: Vec<&[String]> = owned.iter().map(Vec::as_slice).collect();
            source(&[], &below)
        };
        assert_eq!(of(&["Note(s): none.", "Source(s): PitchBook."]).as_deref(), Some("PitchBook"));
        assert_eq!(of(&["Source(s):", "National Science Board"]).as_deref(), Some("National Science Board"));
        assert_eq!(of(&["a footnote"]), None);
    }
}
