//! Amounts, ratios and shares in the text of a page, held against what the page shows.

use super::page::blocks;

/// Numbers of a text as their digits: `$1.5bn` has `1.5`.
fn digits(text: &str) -> impl Iterator<Item = &str> {
    let is_part = |sign: char| sign.is_ascii_digit() || sign == '.' || sign == ',';
    text.split(move |sign| !is_part(sign)).map(|it| it.trim_matches(['.', ','])).filter(|it| !it.is_empty())
}

/// A page without what a test writes between two marks, and this.
fn unmarked(page: &str) -> (String, String) {
    let (mut text, mut made) = (String::new(), String::new());
    let mut rest = page;
    while let Some((before, behind)) = rest.split_once("<!-- ") {
        let (_, behind) = behind.split_once("-->").unwrap_or(("", behind));
        let (inside, after) = behind.split_once("<!-- end -->").unwrap_or(("", behind));
        text += before;
        made += inside;
        rest = after;
    }
    (text + rest, made)
}

/// What code in a line of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Something to type or to read in a file: no text.
    Typed,
    /// A formula, which is a part of the text.
    Formula,
}

/// The text of a page without its blocks of code and its code in lines, and these.
fn parted(page: &str, inline: Inline) -> (String, String) {
    let (mut prose, mut code) = (String::new(), String::new());
    let mut last = 0;
    for block in blocks(page) {
        prose += &page[last..block.range().start];
        code += block.info;
        code += "\n";
        code += block.body;
        last = block.range().end;
    }
    prose += &page[last..];
    let mut text = String::new();
    if inline == Inline::Formula {
        return (prose.replace("```", ""), code);
    }
    for (place, piece) in prose.replace("```", "").split('`').enumerate() {
        let held = if place % 2 == 0 { &mut text } else { &mut code };
        held.push_str(piece);
        held.push(' ');
    }
    (text, code)
}

/// The text of a page without numbers of lists and headings and without addresses of links, and what the page shows.
pub fn text_and_shown(page: &str, inline: Inline) -> (String, String) {
    let (page, made) = unmarked(page);
    let (prose, code) = parted(&page, inline);
    let mut text = String::new();
    for line in prose.lines() {
        let line = line.trim_start().trim_start_matches(['#', '*', ' ']);
        let behind = line.split_once(". ").filter(|(number, _)| number.chars().all(|it| it.is_ascii_digit()));
        text += behind.map_or(line, |(_, behind)| behind);
        text.push('\n');
    }
    let mut told = String::new();
    for (place, piece) in text.split("](").enumerate() {
        told += if place == 0 { piece } else { piece.split_once(')').map_or("", |(_, behind)| behind) };
    }
    (told, code + &made)
}

/// Amounts, ratios and shares that nothing on the page shows.
pub fn loose(page: &str) -> Vec<String> {
    let (page, made) = unmarked(page);
    let (prose, code) = parted(&page, Inline::Typed);
    let code = code + &made;
    let known: Vec<&str> = digits(&code).collect();
    let is_measured = |word: &&str| {
        let has_digit = word.chars().any(|sign| sign.is_ascii_digit());
        has_digit && word.contains(['%', '×', '$', '¥'])
    };
    let words = prose.split_whitespace().filter(is_measured);
    let unknown = words.filter(|word| digits(word).any(|it| !known.contains(&it)));
    unknown.map(str::to_owned).collect()
}

#[test]
fn a_number_by_hand_is_found_and_one_that_is_shown_is_not() {
    let page = "It is 15× and `9%` or 9%, in 2030.\n```console\n$ aigap facts\nthe ratio is 15×\n```\n";
    assert!(loose(page).is_empty(), "{:?}", loose(page));
    assert_eq!(loose(&page.replace("or 9%", "or $8bn")), ["$8bn,"]);
}
