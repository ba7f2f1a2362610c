//! `note.md`: what an analyst pastes, from the same sentences as the page.

use std::fmt::Write;

use crate::wording::Text;

use super::figures::Figure;
use super::numbers::{is_of_page, numbers};
use super::summary_md::escaped;
use super::{Report, STATUS, Table};

/// How a note of ours is known, so that no other file is written over.
pub const MARK: &str = "<!-- aigap note -->";

/// The note in Markdown; `picture` gives the path of a figure's PNG.
#[must_use]
pub fn markdown(report: &Report, picture: &dyn Fn(&Figure) -> String) -> String {
    let mut out = format!("# {}\n\n", escaped(&report.title.text()));
    report.lead.iter().for_each(|sentence| out += &format!("**{}**\n\n", escaped(&sentence.text())));
    let _ = write!(out, "{STATUS} {}.\n\n", escaped(&report.run_line));
    report.tables.iter().for_each(|it| out += &table(it));
    // A note has but the figures of the first page, and counts them itself.
    for (number, figure) in (1..).zip(report.of_note()) {
        let drawing = figure.chart.draw(crate::draw::Style::default());
        // In one paragraph with its caption: a picture that stands alone gets its alternative text as another caption.
        let alt = escaped(&drawing.alt).replace('\n', " ");
        let _ = write!(
            out,
            "![{alt}]({})\\\n*Figure {number}. {}. {}*\n\n",
            picture(figure),
            escaped(drawing.title.trim_end_matches('.')),
            figure.caption
        );
    }
    section(&mut out, "What changed", report.inputs_changed.iter().chain(&report.changed));
    section(&mut out, "What drives it", report.drives.iter());
    report.layers.iter().for_each(|it| out += &table(it));
    section(&mut out, "What would have to be true", report.true_if.iter());
    report.true_tables.iter().for_each(|it| out += &table(it));
    section(&mut out, "What such futures share", report.shared.iter());
    section(&mut out, "How we know, and limits", report.rests.iter().chain(&report.limits));
    let _ = write!(out, "{}\n\n", report.not_counted);
    out += "## How to reproduce\n\n";
    for origin in &report.origins {
        let _ = writeln!(out, "- `{}` with aigap {}, run sha256 {}", origin.command, origin.version, origin.manifest);
    }
    for source in &report.sources {
        let _ = writeln!(out, "- Source: {}", escaped(source));
    }
    out += "\n## Where each number comes from\n\n";
    if report.data.files().any(|file| is_of_page(file.name)) {
        out += "`derived.csv` and `parts.csv` hold what follows from the tables of the run; they stand inside the HTML page that \
                was written with this note, under “Reproduce”. The other files are those of the run.\n\n";
    }
    out += "| number | file | line | columns | as it stands there |\n|---|---|---|---|---|\n";
    out += &table_of_numbers(report);
    let _ = write!(out, "\n{MARK}\n");
    out
}

fn section<'a>(out: &mut String, title: &str, sentences: impl Iterator<Item = &'a Text>) {
    let mut sentences = sentences.peekable();
    if sentences.peek().is_none() {
        return;
    }
    let _ = write!(out, "## {title}\n\n");
    sentences.for_each(|sentence| *out += &format!("{}\n\n", escaped(&sentence.text())));
}

fn table(table: &Table) -> String {
    let mut out = format!(
        "| {} | {} |\n|---|{}\n",
        escaped(&table.corner),
        table.head.join(" | "),
        "---|".repeat(table.head.len())
    );
    for (label, cells) in &table.rows {
        let cells: Vec<String> = cells.iter().map(|cell| escaped(&cell.text())).collect();
        let _ = writeln!(out, "| {} | {} |", escaped(label), cells.join(" | "));
    }
    let _ = write!(out, "\n{}\n\n", escaped(&table.caption));
    out
}

/// A row for each number, each once.
fn table_of_numbers(report: &Report) -> String {
    let row = |[number, file, line, columns, fields]: [String; 5]| {
        format!("| {} | {} | {line} | {columns} | {} |\n", escaped(&number), escaped(&file), escaped(&fields))
    };
    numbers(report).into_iter().map(row).collect()
}

impl Report {
    /// Figures that the note shows.
    #[must_use]
    pub fn of_note(&self) -> Vec<&Figure> {
        self.figures.iter().filter(|figure| figure.leads).collect()
    }
}
