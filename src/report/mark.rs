//! Text as HTML: numbers and words of direction name their cells, so that a page can be held against its tables.

use std::fmt::Write;

use crate::table::sha256;
use crate::wording::{Piece, Text};

use super::data::Data;

/// A text whose numbers name their cells.
#[must_use]
pub(crate) fn marked(text: &Text, data: &Data) -> String {
    let mut out = format!("<span class=\"s\" data-sum=\"{}\">", sum(text));
    for piece in text.pieces() {
        match piece {
            Piece::Words(words) => out += &escaped(words),
            Piece::Own(words) => {
                let _ = write!(out, "<i>{}</i>", escaped(words));
            }
            Piece::Cited { text, citation } => {
                let (line, field) = data.place(&citation.cell);
                let columns = citation.cell.columns.join(", ");
                let _ = write!(
                    out,
                    "<data value=\"{}\" data-cell=\"{}\" data-as=\"{}\" title=\"{}, line {line}, {}: {}\">{}</data>",
                    escaped(&field),
                    escaped(&citation.cell.written()),
                    citation.form.name(),
                    escaped(&citation.cell.file),
                    escaped(&columns),
                    escaped(&field),
                    escaped(text)
                );
            }
        }
    }
    out + "</span>"
}

/// A sum of the words between the numbers: it changes if any of them does.
#[must_use]
pub(crate) fn sum(text: &Text) -> String {
    let frame: String = text
        .pieces()
        .iter()
        .map(|piece| match piece {
            Piece::Cited { .. } => "\u{25a1}",
            piece => piece.text(),
        })
        .collect();
    sha256(frame.as_bytes())[..8].to_owned()
}

/// Text that HTML must not read as its own signs.
#[must_use]
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\'' => out += "&#39;",
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Text from HTML.
#[must_use]
pub(super) fn unescaped(html: &str) -> String {
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
