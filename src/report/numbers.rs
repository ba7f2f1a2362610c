//! Where each number of a report comes from: its file, line and columns, and what stands there.

use crate::wording::Piece;

use super::Report;

/// Whether a table stands in the page alone and in no folder of a run.
pub(super) fn is_of_page(name: &str) -> bool {
    ["derived.csv", "parts.csv"].contains(&super::data::kind_of(name))
}

/// A row for each number, each once: the number as it is written, file, line, columns, and what stands in them.
pub(super) fn numbers(report: &Report) -> Vec<[String; 5]> {
    let mut rows: Vec<[String; 5]> = Vec::new();
    for piece in report.sentences().flat_map(|sentence| sentence.pieces()) {
        let Piece::Cited { text, citation } = piece else { continue };
        if !text.chars().any(|c| c.is_ascii_digit()) {
            continue;
        }
        let read = citation.form.reads(citation.cell.columns.len());
        let (line, fields) = report.data.stands(&citation.cell, &read);
        let columns: Vec<&str> = read.iter().map(|place| citation.cell.columns[*place].as_str()).collect();
        let row = [text.clone(), citation.cell.file.clone(), line.to_string(), columns.join(", "), fields.join(", ")];
        if !rows.contains(&row) {
            rows.push(row);
        }
    }
    rows
}
