//! `note.docx`: the note as Word and LibreOffice keep one, with headings, tables and figures that are such.
//!
//! A document is a zip of XML, and both a zip writer and templates are in the program already; a crate for documents would
//! bring picture formats and an XML library of its own.

use std::io::{Cursor, Write};

use askama::Template;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::draw::Style;
use crate::parallel;
use crate::wording::Text;

use super::figures::Figure;
use super::numbers::{is_of_page, numbers};
use super::sections::TITLES;
use super::{METHOD, Report, STATUS, Table};

/// How a document of ours is known, so that no other file is written over: the comment of the zip. Whoever changes it in Word
/// saves it without, and keeps what they wrote.
const MARK: &[u8] = b"aigap note";

/// Width of text, in twentieths of a point: that of A4 without margins of 2 cm.
pub(super) const WIDTH: usize = 9638;

/// Width of a picture in English metric units, of which a twentieth of a point has 635.
const PICTURE: f64 = WIDTH as f64 * 635.0;

/// Most scenarios whose values stand side by side.
const MOST_SIDE_BY_SIDE: usize = 4;

/// What a document says of tables that stand in no folder.
const OF_PAGE: &str = "derived.csv and parts.csv hold what follows from the tables of the run; they stand inside the page that \
    aigap report writes as HTML, under “Reproduce”. The other files are those of the run.";

/// What a document consists of.
enum Block {
    /// A paragraph of a style.
    Words(&'static str, Vec<Run>),
    /// A picture with its caption.
    Picture(Picture),
    /// A table below its caption.
    Grid(Grid),
}

/// Words of one kind.
struct Run {
    words: String,
    is_code: bool,
}

struct Picture {
    number: usize,
    name: String,
    title: String,
    caption: String,
    alt: String,
    size: [u64; 2],
    png: Vec<u8>,
}

struct Grid {
    caption: String,
    widths: Vec<usize>,
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

#[derive(Template)]
#[template(path = "docx/document.xml")]
struct Document<'a> {
    blocks: &'a [Block],
}

#[derive(Template)]
#[template(path = "docx/footer.xml")]
struct Footer {
    words: String,
}

#[derive(Template)]
#[template(path = "docx/core.xml")]
struct Core {
    title: String,
    version: &'static str,
    status: &'static str,
}

#[derive(Template)]
#[template(path = "docx/document_rels.xml")]
struct Relations {
    pictures: usize,
}

/// The report as a Word document.
#[must_use]
pub fn docx(report: &Report) -> Vec<u8> {
    let blocks = blocks(report);
    packed(report, &blocks).expect("memory takes every file, and each is smaller than 4 GB")
}

/// Whether a file is a document of ours that nobody has saved since.
#[must_use]
pub fn is_docx(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK") && bytes.ends_with(MARK)
}

fn packed(report: &Report, blocks: &[Block]) -> zip::result::ZipResult<Vec<u8>> {
    let rendered = |page: askama::Result<String>| page.expect("the template only writes texts into memory");
    let version = env!("CARGO_PKG_VERSION");
    let pictures: Vec<&Picture> = blocks.iter().filter_map(Block::picture).collect();
    let footer = Footer { words: clean(&format!("{STATUS} {} · aigap {version}", report.run_line)) };
    let core = Core { title: clean(&report.title.text()), version, status: STATUS };
    let texts = [
        ("[Content_Types].xml", include_str!("../../templates/docx/content_types.xml").to_owned()),
        ("_rels/.rels", include_str!("../../templates/docx/rels.xml").to_owned()),
        ("docProps/core.xml", rendered(core.render())),
        ("word/document.xml", rendered(Document { blocks }.render())),
        ("word/_rels/document.xml.rels", rendered(Relations { pictures: pictures.len() }.render())),
        ("word/styles.xml", include_str!("../../templates/docx/styles.xml").to_owned()),
        ("word/numbering.xml", include_str!("../../templates/docx/numbering.xml").to_owned()),
        ("word/settings.xml", include_str!("../../templates/docx/settings.xml").to_owned()),
        ("word/footer.xml", rendered(footer.render())),
    ];
    // No clock: the oldest date that a zip can hold.
    let plain = SimpleFileOptions::default().last_modified_time(DateTime::default());
    let deflated = plain.compression_method(CompressionMethod::Deflated);
    let stored = plain.compression_method(CompressionMethod::Stored);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in texts {
        zip.start_file(name, deflated)?;
        zip.write_all(text.as_bytes())?;
    }
    for picture in pictures {
        // A PNG is deflated already.
        zip.start_file(format!("word/media/picture{}.png", picture.number), stored)?;
        zip.write_all(&picture.png)?;
    }
    zip.set_raw_comment(MARK.into())?;
    Ok(zip.finish()?.into_inner())
}

/// The note, then what stands behind it: the other figures, assumptions, sources, and where each number comes from.
fn blocks(report: &Report) -> Vec<Block> {
    let mut blocks = vec![words("Title", &report.title.text())];
    blocks.extend(report.lead.iter().map(|text| words("Lead", &text.text())));
    blocks.push(words("RunLine", &format!("{STATUS} {}.", report.run_line)));
    blocks.extend(report.tables.iter().map(table));
    let shown: Vec<&Figure> = report.figures.iter().filter(|figure| figure.leads || !figure.folded).collect();
    let pictures = parallel::map(shown.len(), |place| picture(place + 1, shown[place]));
    let mut pictures: Vec<(&Figure, Block)> = shown.into_iter().zip(pictures.into_iter().map(Block::Picture)).collect();
    let behind = pictures.split_off(pictures.iter().take_while(|(figure, _)| figure.leads).count());
    blocks.extend(pictures.into_iter().map(|(_, block)| block));
    section(&mut blocks, "What changed", report.inputs_changed.iter().chain(&report.changed));
    section(&mut blocks, "What drives it", report.drives.iter());
    blocks.extend(report.layers.iter().map(table));
    section(&mut blocks, "What would have to be true", report.true_if.iter());
    blocks.extend(report.true_tables.iter().map(table));
    section(&mut blocks, "What such futures share", report.shared.iter());
    section(&mut blocks, "How we know, and limits", report.rests.iter().chain(&report.limits));
    blocks.push(words("Normal", report.not_counted));
    let mut section = "";
    for (figure, block) in behind {
        if section.is_empty() {
            blocks.push(words("Heading1", "More figures"));
        }
        if section != figure.section {
            section = figure.section;
            blocks.push(words("Heading2", title_of(section)));
        }
        blocks.push(block);
    }
    blocks.push(words("Heading1", "Assumptions"));
    blocks.push(inputs(report));
    blocks.push(words("Heading1", "Method"));
    blocks.push(words("Normal", METHOD));
    blocks.push(words("Heading1", "Sources"));
    blocks.extend(report.sources.iter().map(|source| words("ListBullet", source)));
    blocks.push(words("Heading1", "How to reproduce"));
    for origin in &report.origins {
        let run = |words: &str, is_code| Run { words: clean(words), is_code };
        let made = format!(" with aigap {}, run sha256 {}", origin.version, origin.manifest);
        blocks.push(Block::Words("ListBullet", vec![run(&origin.command, true), run(&made, false)]));
    }
    blocks.push(words("Heading1", "Where each number comes from"));
    let numbers = numbers(report);
    if numbers.iter().any(|[_, file, ..]| is_of_page(file)) {
        blocks.push(words("Normal", OF_PAGE));
    }
    let head = ["number", "file", "line", "columns", "as it stands there"].map(str::to_owned).to_vec();
    blocks.push(grid(String::new(), head, numbers.into_iter().map(Vec::from).collect()));
    blocks
}

impl Block {
    fn picture(&self) -> Option<&Picture> {
        if let Self::Picture(picture) = self { Some(picture) } else { None }
    }
}

fn words(style: &'static str, words: &str) -> Block {
    Block::Words(style, vec![Run { words: clean(words), is_code: false }])
}

/// Title of a section.
fn title_of(section: &str) -> &'static str {
    TITLES.iter().find(|(name, _, _)| *name == section).map_or("", |(_, _, title)| title)
}

fn section<'a>(blocks: &mut Vec<Block>, title: &str, sentences: impl Iterator<Item = &'a Text>) {
    let mut sentences = sentences.peekable();
    if sentences.peek().is_some() {
        blocks.push(words("Heading1", title));
        blocks.extend(sentences.map(|sentence| words("Normal", &sentence.text())));
    }
}

fn picture(number: usize, figure: &Figure) -> Picture {
    let drawing = figure.chart.draw(Style::default());
    let [wide, high] = drawing.size();
    let of = figure.of.as_ref().map_or_else(String::new, |of| format!("{of}. "));
    Picture {
        number,
        name: clean(&figure.name),
        title: clean(drawing.title.trim_end_matches('.')),
        caption: clean(&format!("{of}{}", figure.caption)),
        alt: clean(&drawing.alt),
        size: [PICTURE as u64, (PICTURE * high / wide) as u64],
        png: drawing.png(),
    }
}

fn table(table: &Table) -> Block {
    let head = std::iter::once(&table.corner).chain(&table.head).cloned().collect();
    let row = |(label, cells): &(String, Vec<Text>)| {
        std::iter::once(label.clone()).chain(cells.iter().map(Text::text)).collect::<Vec<_>>()
    };
    grid(table.caption.clone(), head, table.rows.iter().map(row).collect())
}

/// Every input with its value in the first scenario and what others make of it, its unit, reason and source.
fn inputs(report: &Report) -> Block {
    let side_by_side = report.names.len() <= MOST_SIDE_BY_SIDE;
    let names: Vec<String> = match report.names.split_first() {
        Some((first, others)) if side_by_side => std::iter::once(first).chain(others).cloned().collect(),
        Some((first, _)) => vec![first.clone(), "The others".to_owned()],
        None => Vec::new(),
    };
    let head = std::iter::once("Assumption".to_owned()).chain(names);
    let head = head.chain(["Unit", "Source and reason", "Set by"].map(str::to_owned)).collect();
    let row = |input: &super::Input| {
        let mut row = vec![input.address.clone(), input.first.clone().unwrap_or_else(|| "none".to_owned())];
        let said = |other: &Option<String>| other.clone().unwrap_or_else(|| "same".to_owned());
        if side_by_side {
            row.extend(input.others.iter().map(said));
        } else {
            let named = report.names[1..].iter().zip(&input.others);
            let changed = named.filter_map(|(name, other)| other.as_ref().map(|value| format!("{name}: {value}")));
            let changed = changed.collect::<Vec<_>>().join("; ");
            row.push(if changed.is_empty() { "same".to_owned() } else { changed });
        }
        let reason = |(name, words): &(Option<String>, String)| match name {
            Some(name) => format!("{name}: {words}"),
            None => words.clone(),
        };
        let reasons = input.reasons.iter().map(reason).collect::<Vec<_>>().join(" ");
        row.extend([input.unit.clone(), reasons, input.set_by.join(", ")]);
        row
    };
    let caption = format!("Inputs of {}", report.names.join(", "));
    grid(caption, head, report.inputs.iter().map(row).collect())
}

/// A table whose columns are as wide as their words need.
fn grid(caption: String, head: Vec<String>, rows: Vec<Vec<String>>) -> Block {
    let all = |column: usize| rows.iter().chain([&head]).filter_map(move |row| row.get(column));
    // Prose takes several lines, a word should not.
    let need = |column: usize| {
        let longest = all(column).map(|cell| cell.chars().count()).max().unwrap_or(0);
        let word = all(column).flat_map(|cell| cell.split([' ', '-'])).map(|word| word.chars().count()).max();
        (longest / 3).clamp(longest.min(12), 44).max(word.unwrap_or(0).min(24)) + 3
    };
    let needs: Vec<usize> = (0..head.len()).map(need).collect();
    let whole = needs.iter().sum::<usize>().max(1);
    let widths = needs.iter().map(|need| need * WIDTH / whole).collect();
    let clean_row = |row: Vec<String>| row.iter().map(|cell| clean(cell)).collect();
    Block::Grid(Grid {
        caption: clean(&caption),
        widths,
        head: clean_row(head),
        rows: rows.into_iter().map(clean_row).collect(),
    })
}

/// Words with nothing that XML cannot hold.
fn clean(words: &str) -> String {
    words.chars().map(|c| if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') { ' ' } else { c }).collect()
}
