//! The page: one file without network, readable without scripts, every number with its cell, small enough to send.

use std::fmt::Write;

use askama::Template;

use crate::draw::faces;

use super::check::EXCERPT;
use super::data::{Data, folder_of, kind_of};
use super::figures::{Card, Figure, address, card};
use super::mark::{escaped, marked};
use super::sections::TITLES;
use super::{Input, METHOD, Origin, Report, STATUS, Table};
use crate::parallel;
use crate::table::Cell;
use crate::wording::glossary::{self, Gloss};
use crate::wording::{self, Text};

/// How much of a report a page holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// The first page with its appendix.
    Whole,
    /// The first page alone.
    FirstPage,
}

/// Most bytes of a page: what any mailbox takes.
pub const MOST_BYTES: usize = 1_500_000;

#[derive(Template)]
#[template(path = "report.html")]
struct Page<'a> {
    version: &'static str,
    runs: String,
    title_text: String,
    faces: String,
    css: &'static str,
    js: &'static str,
    footer_css: String,
    footer: String,
    nav: Vec<(&'static str, &'static str)>,
    title: String,
    lead: Vec<String>,
    status: &'static str,
    run_line: String,
    tiles: Vec<(String, String, String)>,
    is_whole: bool,
    first_cards: Vec<Card>,
    changed: Vec<String>,
    true_if: Vec<String>,
    caveats: Vec<String>,
    findings: Vec<(String, Option<usize>)>,
    tables: Vec<String>,
    sections: &'a [Section],
    names: &'a [String],
    inputs: &'a [Input],
    method: &'static str,
    rests: Vec<String>,
    limits: Vec<String>,
    not_counted: &'static str,
    sources: &'a [String],
    origins: &'a [Origin],
    cut: bool,
    compared: bool,
    first: String,
    by_itself: &'a Option<String>,
    what_if: &'a Option<String>,
    files: Vec<Link>,
    words: Vec<&'static Gloss>,
    glossary: Vec<&'static Gloss>,
}

/// A table that the page carries.
struct Link {
    name: String,
    download: String,
    address: String,
    part: String,
}

#[derive(Default)]
struct Section {
    id: &'static str,
    title: &'static str,
    before: Vec<String>,
    tables: Vec<String>,
    cards: Vec<Card>,
    after: Vec<String>,
    after_tables: Vec<String>,
    after_title: &'static str,
}

impl Section {
    fn is_empty(&self) -> bool {
        self.before.is_empty() && self.tables.is_empty() && self.cards.is_empty() && self.after.is_empty()
    }
}

/// The report as one HTML file of at most [`MOST_BYTES`]: where whole tables would make it larger, the largest kind of
/// them is cut down to the rows that the page cites, until it fits.
///
/// # Errors
/// The bytes of the smallest page, if that is too large to send.
pub fn html(report: &Report, extent: Extent) -> Result<String, usize> {
    let drawn = |figure: &Figure| (figure.section, card(figure));
    // The figures of the first page are the first ones.
    let count = if extent == Extent::Whole { report.figures.len() } else { report.of_note().len() };
    let cards: Vec<(&str, Card)> = parallel::map(count, |figure| drawn(&report.figures[figure]));
    let (first, rest): (Vec<_>, Vec<_>) = cards.into_iter().partition(|(_, card)| card.of_note);
    let first: Vec<Card> = first.into_iter().map(|(_, card)| card).collect();
    let sections = TITLES.iter().map(|(id, _, title)| section(report, id, title, &rest));
    let sections: Vec<Section> = sections.filter(|section| extent == Extent::Whole && !section.is_empty()).collect();
    let mut data = report.data.clone();
    loop {
        let page = rendered(report, (&first, &sections, extent), &data);
        if page.len() <= MOST_BYTES {
            return Ok(page);
        }
        let Some(kind) = largest_kind(&data) else { return Err(page.len()) };
        let of_labels: Vec<Cell> = report.figures.iter().flat_map(Figure::cells).collect();
        let cited: Vec<&Cell> = report.cells().into_iter().chain(&of_labels).collect();
        data.cut(&kind, &cited);
    }
}

/// The kind of table that takes most of the page and is whole yet.
fn largest_kind(data: &Data) -> Option<String> {
    let mut kinds: Vec<(String, usize)> = Vec::new();
    for file in data.files().filter(|file| file.excerpt.is_none()) {
        let kind = kind_of(file.name);
        match kinds.iter_mut().find(|(known, _)| known == kind) {
            Some((_, bytes)) => *bytes += file.bytes.len(),
            None => kinds.push((kind.to_owned(), file.bytes.len())),
        }
    }
    kinds.into_iter().max_by_key(|(_, bytes)| *bytes).map(|(kind, _)| kind)
}

/// The page with these tables.
fn rendered(report: &Report, (first, sections, extent): (&[Card], &[Section], Extent), data: &Data) -> String {
    let stands = |id: &str| sections.iter().any(|section| section.id == id);
    let middle = TITLES.iter().filter(|(id, _, _)| stands(id)).map(|(id, name, _)| (*id, *name));
    let ends = [("assumptions", "Assumptions"), ("method", "Method"), ("reproduce", "Reproduce")];
    let starts = [("summary", "Summary"), ("numbers", "Numbers")];
    let is_whole = extent == Extent::Whole;
    let nav = starts.into_iter().chain(middle).chain(ends).filter(|_| is_whole).collect();
    // What is cut away still says where it stands in its file.
    let cited = &report.data;
    let said = |text: &Text| marked(text, cited);
    let footer = format!("{} · aigap {}", report.run_line, env!("CARGO_PKG_VERSION"));
    let page = Page {
        version: env!("CARGO_PKG_VERSION"),
        runs: report.runs(),
        title_text: report.title.text(),
        faces: faces(),
        css: include_str!("../../templates/report.css"),
        js: include_str!("../../templates/report.js"),
        footer_css: css_string(&footer),
        footer,
        nav,
        title: said(&report.title),
        lead: all(&report.first.lead, cited),
        is_whole,
        first_cards: first.to_vec(),
        changed: all(&report.first.changed, cited),
        true_if: all(&report.first.true_if, cited),
        caveats: all(&report.first.caveats, cited),
        status: STATUS,
        run_line: format!("<i>{}</i>", escaped(&report.run_line)),
        tiles: report.tiles.iter().map(|it| (said(&it.value), said(&it.label), said(&it.detail))).collect(),
        findings: report.findings.iter().map(|(finding, figure)| (said(finding), *figure)).collect(),
        tables: report.tables.iter().map(|it| table(it, cited)).collect(),
        sections,
        names: &report.names,
        inputs: &report.inputs,
        method: METHOD,
        rests: all(&report.rests, cited),
        limits: all(&report.limits, cited),
        not_counted: report.not_counted,
        sources: &report.sources,
        origins: &report.origins,
        cut: data.files().any(|file| file.excerpt.is_some()),
        compared: report.compared,
        first: report.data.files().next().map_or_else(String::new, |file| folder_of(file.name).to_owned()),
        by_itself: &report.by_itself,
        what_if: &report.what_if,
        files: data.files().map(link).collect(),
        words: words_of_first_page(report),
        glossary: glossary(report),
    };
    page.render().expect("the template only writes texts into memory")
}

/// Terms that the first page explains itself, in the order in which a reader meets them; the appendix explains the others.
const FIRST_WORDS: [&str; 3] = ["path", "median", "luck"];

/// Those of the terms of the first page that stand on it.
fn words_of_first_page(report: &Report) -> Vec<&'static Gloss> {
    let tiles = report.tiles.iter().flat_map(|tile| [&tile.label, &tile.detail]);
    let words: Vec<String> = report.first.sentences().chain(tiles).map(Text::text).collect();
    let words = words.join(" ");
    FIRST_WORDS.iter().filter_map(|word| glossary::used_in(&words).find(|it| it.word == *word)).collect()
}

/// The technical terms that stand on the page, for those who meet them there.
fn glossary(report: &Report) -> Vec<&'static Gloss> {
    let mut words: Vec<String> = report.sentences().map(Text::text).collect();
    words.push(METHOD.to_owned());
    words.extend(report.figures.iter().map(|figure| figure.caption.to_owned()));
    words.extend(report.inputs.iter().map(|input| format!("{} {}", input.address, input.unit)));
    glossary::used_in(&words.join(" ")).collect()
}

fn link(file: super::data::File) -> Link {
    let stem = file.name.strip_suffix(".csv").unwrap_or(file.name);
    let count = |rows: usize| wording::count(rows as f64);
    let part = file.excerpt.map(|(kept, whole)| format!(": {} of its {} rows", count(kept), count(whole)));
    Link {
        name: file.name.to_owned(),
        download: if part.is_some() { format!("{stem}{EXCERPT}") } else { file.name.to_owned() },
        address: address("text/csv;charset=utf-8", file.bytes),
        part: part.unwrap_or_default(),
    }
}

/// A section with its figures; one that has nothing to say is left out by the page.
fn section(report: &Report, id: &'static str, title: &'static str, cards: &[(&str, Card)]) -> Section {
    let own: Vec<Card> = cards.iter().filter(|(section, _)| *section == id).map(|(_, card)| card.clone()).collect();
    let line = |words: &str| format!("<i>{}</i>", escaped(words));
    let mut section = Section { id, title, cards: own, ..Section::default() };
    match id {
        // Of one run the first page has said all of it.
        "scenarios" if report.names.len() > 1 => {
            section.before = all(&report.lead, &report.data);
            section.before.extend(all(&report.inputs_changed, &report.data));
        }
        "drivers" => {
            // What stands on the first page is not told again.
            let first: Vec<String> = report.first.sentences().map(Text::text).collect();
            let new = |text: &&Text| !first.contains(&text.text());
            let told =
                |texts: &[Text]| texts.iter().filter(new).map(|text| marked(text, &report.data)).collect::<Vec<_>>();
            section.before = told(&report.changed);
            section.before.extend(all(&report.drives, &report.data));
            section.before.extend(report.without_own.iter().filter(|_| report.compared).map(|words| line(words)));
            section.tables = report.layers.iter().map(|it| table(it, &report.data)).collect();
            section.after = told(&report.true_if);
            section.after_tables = report.true_tables.iter().map(|it| table(it, &report.data)).collect();
            if !(section.after.is_empty() && section.after_tables.is_empty()) {
                section.after_title = "What would have to be true";
            }
        }
        "futures" => section.before = all(&report.shared, &report.data),
        "gap" if !section.cards.is_empty() => {
            section.before = report.without_own.iter().filter(|_| !report.compared).map(|words| line(words)).collect()
        }
        _ => {}
    }
    section
}

fn all(texts: &[Text], data: &Data) -> Vec<String> {
    texts.iter().map(|text| marked(text, data)).collect()
}

/// A table of sentences.
fn table(table: &Table, data: &Data) -> String {
    let label = escaped(&table.caption);
    let mut out = format!(
        "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{label}\"><table class=\"prose\">\
         <caption>{label}</caption><thead><tr><th scope=\"col\">{}</th>",
        if table.corner.is_empty() { "<span class=\"none\">Series</span>".to_owned() } else { escaped(&table.corner) }
    );
    for head in &table.head {
        let _ = write!(out, "<th scope=\"col\">{}</th>", escaped(head));
    }
    out += "</tr></thead><tbody>";
    for (name, cells) in &table.rows {
        let _ = write!(out, "<tr><th scope=\"row\">{}</th>", escaped(name));
        for cell in cells {
            let _ = write!(out, "<td>{}</td>", marked(cell, data));
        }
        out += "</tr>";
    }
    out + "</tbody></table></div>"
}

/// A text as a string of a style sheet: whatever is not a letter, a digit or a blank is written by its number, with the
/// blank that ends it.
fn css_string(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == ' ';
    let sign = |c: char| if plain(c) { c.to_string() } else { format!("\\{:06x} ", c as u32) };
    format!("\"{}\"", text.chars().filter(|c| !c.is_control()).map(sign).collect::<String>())
}
