//! `report --check`: reads a page as its reader has it and holds every number, rounding and word of direction against
//! the tables that the page carries.

use base64::Engine;

use super::cite::{Citation, Form};
use super::data::Data;
use super::sentence::{Piece, Sentence, numbers};
use crate::table::Cell;

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
        let Some((sum, inside)) = inside.split_once("\">") else {
            checked.problems.push("a sentence is cut off".to_owned());
            break;
        };
        let Some((inside, behind)) = inside.split_once("</span>") else {
            checked.problems.push("a sentence does not end".to_owned());
            break;
        };
        sentence(sum, inside, &data, &mut checked);
        after = behind;
    }
    rest += after;
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

fn sentence(sum: &str, inside: &str, data: &Data, checked: &mut Checked) {
    let found = pieces(inside);
    let whole = found.text();
    for piece in &found.pieces {
        if let Piece::Cited { text, citation, place: (_, value) } = piece {
            checked.cited += 1;
            checked.problems.extend(disagreement(text, citation, value, data).map(|why| format!("“{whole}”: {why}")));
        }
    }
    for number in found.untraced() {
        checked.problems.push(format!("“{whole}”: {number} has no source"));
    }
    if found.sum() != sum {
        checked.problems.push(format!("“{whole}”: the words are no longer those that aigap wrote"));
    }
}

/// Why a number or a word does not agree with its cell.
fn disagreement(text: &str, citation: &Citation, value: &str, data: &Data) -> Option<String> {
    match citation.written(data) {
        Err(why) => Some(format!("“{text}”: {why}")),
        Ok((ways, found)) if !ways.iter().any(|way| way == text) => {
            let cell = &citation.cell;
            let way = ways.last().map_or("nothing", String::as_str);
            Some(format!(
                "“{text}” disagrees with {}, line {}, {} ({}), which is written “{way}”",
                cell.file,
                found.line,
                cell.columns.join(", "),
                found.fields.join(", ")
            ))
        }
        Ok((_, found)) if found.fields.first().is_none_or(|field| field != value) => {
            Some(format!("“{text}” carries the value {value}, and its cell holds {}", found.fields.join(", ")))
        }
        Ok(_) => None,
    }
}

/// A sentence from the HTML that it was written as.
fn pieces(inside: &str) -> Sentence {
    let mut sentence = Sentence::default();
    let mut rest = inside;
    loop {
        let next = ["<data ", "<i>"].iter().filter_map(|tag| rest.find(tag).map(|at| (at, *tag))).min();
        let Some((at, tag)) = next else { break };
        push_words(&mut sentence, &rest[..at]);
        let end = if tag == "<i>" { "</i>" } else { "</data>" };
        let Some((element, behind)) = rest[at..].split_once(end) else { break };
        rest = behind;
        if tag == "<i>" {
            sentence.pieces.push(Piece::Own(unescaped(&element[tag.len()..])));
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
            (Some(cell), Some(form)) => sentence.pieces.push(Piece::Cited {
                text: unescaped(text),
                citation: Citation::new(form, cell),
                place: (0, attribute("value").unwrap_or_default()),
            }),
            // What names no cell has no source.
            _ => push_words(&mut sentence, text),
        }
    }
    push_words(&mut sentence, rest);
    sentence
}

fn push_words(sentence: &mut Sentence, html: &str) {
    if !html.is_empty() {
        sentence.pieces.push(Piece::Words(unescaped(&without_tags(html))));
    }
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

/// Text from HTML.
fn unescaped(html: &str) -> String {
    let signs = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#34;", "\""),
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#x27;", "'"),
        ("&#43;", "+"),
        ("&#47;", "/"),
        ("&#61;", "="),
        ("&#38;", "&"),
        ("&amp;", "&"),
    ];
    signs.iter().fold(html.to_owned(), |text, (from, to)| text.replace(from, to))
}
