//! The charts of a run folder: each as files of several formats, with the table of what it shows.

use crate::chart::{Chart, native, pictures};
use crate::draw::{Drawing, Preset, Style, TextMode};
use crate::parallel;
use crate::scenario::Scenario;
use crate::study::{BySource, Look};
use crate::summary::{KeptPath, Summary};
use crate::table::workbook::Charted;

/// A chart as files, with the table of what it shows.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Its files: names below the run folder, with their bytes.
    pub files: Vec<(String, Vec<u8>)>,
    /// The plotted numbers, and what a workbook draws of them.
    pub charted: Charted,
}

/// All charts of a run as files.
#[must_use]
pub fn of_run(
    scenario: &Scenario,
    summary: &Summary,
    by_source: &[BySource],
    paths: &[KeptPath],
    look: &Look,
) -> Vec<Picture> {
    let mut charts = pictures::charts(scenario, summary);
    charts.extend(pictures::sources(scenario, summary, by_source));
    pictures::with_paths(&mut charts, scenario, paths);
    let named: Vec<(String, Chart)> = charts.into_iter().map(|chart| (chart.name().to_owned(), chart)).collect();
    drawn(&named, look)
}

/// Charts as files under their names.
#[must_use]
pub fn drawn(charts: &[(String, Chart)], look: &Look) -> Vec<Picture> {
    parallel::map(charts.len(), |place| {
        let (name, chart) = &charts[place];
        let drawing = chart.draw(Style::of(look));
        let files = files(&drawing, look).into_iter();
        let files = files.map(|(ending, bytes)| (format!("charts/{name}.{ending}"), bytes)).collect();
        let plots = native::plots(chart, &drawing);
        Picture { files, charted: Charted { name: name.clone(), table: drawing.table, plots } }
    })
}

/// The files of a drawing: their endings and bytes.
#[must_use]
pub fn files(drawing: &Drawing, look: &Look) -> Vec<(&'static str, Vec<u8>)> {
    // On the web text is text, with the face inside; elsewhere it is outlines unless somebody wants to edit it.
    let svg = match (look.svg_text, look.preset) {
        (true, _) => drawing.svg_with(TextMode::Live),
        (false, Preset::Web) => drawing.svg_with(TextMode::Embedded),
        (false, _) => drawing.svg.clone(),
    };
    let svg = if matches!(look.preset, Preset::Slide | Preset::HalfSlide) { at_size(&svg, drawing, look) } else { svg };
    let mut files = vec![
        ("svg", svg.into_bytes()),
        ("png", drawing.png()),
        ("csv", drawing.table.csv().into_bytes()),
        ("json", drawing.json().into_bytes()),
    ];
    if look.pdf {
        files.push(("pdf", drawing.pdf()));
    }
    files
}

/// An SVG in inches: presentations take a unit of it for a 96th of an inch, which would be larger than the slide.
fn at_size(svg: &str, drawing: &Drawing, look: &Look) -> String {
    let ([width, height], inches) = (drawing.size(), look.preset.inches());
    let of_canvas = format!("width=\"{width}\" height=\"{height}\"");
    svg.replacen(&of_canvas, &format!("width=\"{inches}in\" height=\"{:.2}in\"", inches * height / width), 1)
}
