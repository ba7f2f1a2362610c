//! `report --check`: reads a page as its reader has it and holds every number, rounding and word of direction against
//! the tables that the page carries.

use base64::Engine;

use super::data::{Data, disagreement};
use super::labels;
use super::leads;
use super::mark::{sum, unescaped};
use crate::table::Cell;
use crate::wording::{Citation, Form, Piece, Text};

/// Ending of the name of an excerpt in a page.
pub const EXCERPT: &str = ".cited.csv";

/// What is wrong with a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// Numbers and words that were held against a table.
    pub cited: usize,
    /// What disagrees, in words.
    pub problems: Vec<String>,
}

/// Checks a page; `None` if it is not a report of aigap.
#[must_use]
pub fn check(page: &str) -> Option<Checked> {
    let data = tables(page);
    if !page.contains("<meta name=\"generator\" content=\"aigap ") || data.files().next().is_none() {
        return None;
    }
    let mut checked = Checked::default();
    let mut rest = String::new();
    let mut after = page.split_once("<main>")?.1.split_once("</main>")?.0;
    while let Some((before, inside)) = after.split_once("<span class=\"s\" data-sum=\"") {
        rest += before;
        let Some((stated, inside)) = inside.split_once("\">") else {
            checked.problems.push("a sentence is cut off".to_owned());
            break;
        };
        let Some((inside, behind)) = inside.split_once("</span>") else {
            checked.problems.push("a sentence does not end".to_owned());
            break;
        };
        sentence(stated, inside, &data, &mut checked);
        after = behind;
    }
    rest += after;
    let words = unescaped(&without_tags(page.split_once("<main>")?.1));
    let given = leads::strange(&data).into_iter().filter(|phrase| words.contains(phrase.as_str()));
    checked
        .problems
        .extend(given.map(|phrase| format!("“{phrase}” is said of a side that is behind in the base year")));
    let (labels, wrong) = labels::check(&rest, &data);
    checked.cited += labels;
    checked.problems.extend(wrong);
    for number in numbers(&words_outside(&rest)) {
        checked.problems.push(format!("{number} stands in the text without a source"));
    }
    Some(checked)
}

/// The tables that a page carries.
#[must_use]
pub fn tables(page: &str) -> Data {
    let mut data = Data::default();
    for part in page.split("<a class=\"data\" download=\"").skip(1) {
        let Some((name, rest)) = part.split_once("\" href=\"data:") else { continue };
        let Some((address, _)) = rest.split_once('"') else { continue };
        let Some((_, text)) = address.split_once(";base64,") else { continue };
        // A template may write signs of base64 as references.
        if let Ok(bytes) = base64::engine::general_purpose::STANDARD.decode(unescaped(text)) {
            let name = unescaped(name);
            match name.strip_suffix(EXCERPT) {
                Some(stem) => data.add_excerpt(&format!("{stem}.csv"), &bytes),
                None => data.add(&name, &bytes),
            }
        }
    }
    data
}

fn sentence(stated: &str, inside: &str, data: &Data, checked: &mut Checked) {
    let Read { text, values } = read(inside);
    let whole = text.text();
    let cited = text.pieces().iter().filter_map(|piece| match piece {
        Piece::Cited { text, citation } => Some((text, citation)),
        _ => None,
    });
    for ((text, citation), value) in cited.zip(&values) {
        checked.cited += 1;
        let why = disagreement(text, citation, data)
            .or_else(|| other_value(text, citation, value, data))
            .or_else(|| leads::wrong_way(citation));
        checked.problems.extend(why.map(|why| format!("“{whole}”: {why}")));
    }
    for number in untraced(&text) {
        checked.problems.push(format!("“{whole}”: {number} has no source"));
    }
    if sum(&text) != stated {
        checked.problems.push(format!("“{whole}”: the words are no longer those that aigap wrote"));
    }
}

/// Numbers of a text that no cell explains.
#[must_use]
pub fn untraced(text: &Text) -> Vec<String> {
    let words = text.pieces().iter().filter_map(|piece| match piece {
        Piece::Words(words) => Some(numbers(words)),
        _ => None,
    });
    words.flatten().collect()
}

/// Why the value that a number carries is not that of its cell.
fn other_value(text: &str, citation: &Citation, value: &str, data: &Data) -> Option<String> {
    let (line, field) = data.place(&citation.cell);
    (line > 0 && field != value).then(|| format!("“{text}” carries the value {value}, and its cell holds {field}"))
}

/// A text as a page has it, with the value that each of its numbers carries.
#[derive(Default)]
struct Read {
    text: Text,
    values: Vec<String>,
}

/// A text from the HTML that it was written as.
fn read(inside: &str) -> Read {
    let mut found = Read::default();
    let mut rest = inside;
    let words = |html: &str| unescaped(&without_tags(html));
    loop {
        let next = ["<data ", "<i>"].iter().filter_map(|tag| rest.find(tag).map(|at| (at, *tag))).min();
        let Some((at, tag)) = next else { break };
        found.text += words(&rest[..at]);
        let end = if tag == "<i>" { "</i>" } else { "</data>" };
        let Some((element, behind)) = rest[at..].split_once(end) else { break };
        rest = behind;
        if tag == "<i>" {
            found.text += Piece::Own(unescaped(&element[tag.len()..]));
            continue;
        }
        let (head, text) = element.split_once('>').unwrap_or((element, ""));
        let attribute = |name: &str| {
            let value = head.split_once(&format!(" {name}=\""))?.1.split_once('"')?.0;
            Some(unescaped(value))
        };
        let cell = attribute("data-cell").and_then(|text| Cell::read(&text));
        let form = attribute("data-as").and_then(|name| Form::named(&name));
        match (cell, form) {
            (Some(cell), Some(form)) if !text.is_empty() => {
                found.text += Piece::Cited { text: unescaped(text), citation: Citation { cell, form } };
                found.values.push(attribute("value").unwrap_or_default());
            }
            // What names no cell has no source.
            _ => found.text += words(text),
        }
    }
    found.text += words(rest);
    found
}

/// Words of the page that stand outside sentences, tables, pictures, links and code.
fn words_outside(html: &str) -> String {
    let mut text = html.to_owned();
    for element in ["svg", "table", "details", "code", "a", "i", "style", "script", "nav", "button"] {
        let (open, close) = (format!("<{element}"), format!("</{element}>"));
        let mut kept = String::new();
        let mut rest = text.as_str();
        while let Some(at) = opening(rest, &open) {
            kept += &rest[..at];
            kept.push(' ');
            rest = rest[at..].split_once(&close).map_or("", |(_, behind)| behind);
        }
        kept += rest;
        text = kept;
    }
    unescaped(&without_tags(&text))
}

/// Where an element opens: its name and nothing longer.
fn opening(text: &str, open: &str) -> Option<usize> {
    let whole = |at: &usize| text[at + open.len()..].starts_with(['>', ' ', '\n']);
    text.match_indices(open).map(|(at, _)| at).find(whole)
}

fn without_tags(html: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out
}

/// Numbers in plain words that need a source: not years, not the levels of bands, not the number of a figure.
#[must_use]
pub fn numbers(words: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut token = String::new();
    let mut before = String::new();
    for c in words.chars().chain([' ']) {
        if c.is_ascii_digit() || (!token.is_empty() && matches!(c, '.' | ',' | '%' | '×')) {
            token.push(c);
            continue;
        }
        if !token.is_empty() {
            let number = token.trim_end_matches(['.', ',']);
            if !needs_no_source(number, &before) {
                found.push(number.to_owned());
            }
            before.clear();
            token.clear();
        }
        before.push(c);
    }
    found
}

fn needs_no_source(number: &str, before: &str) -> bool {
    let year = number.len() == 4 && number.parse::<u32>().is_ok_and(|year| (1900..=2200).contains(&year));
    let level = ["80%", "50%", "95%"].contains(&number);
    year || level || before.ends_with("Figure ") || before.chars().next_back().is_some_and(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_need_a_source_and_years_and_levels_of_bands_do_not() {
        assert_eq!(numbers("71.2% or 72% or 171%"), ["71.2%", "72%", "171%"]);
        assert!(numbers("in 2030, 80% of paths (Figure 3), p10").is_empty());
    }
}
