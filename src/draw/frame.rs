//! The frame that every chart shares: title, subtitle and footer; what is left between them is for the plot.

use super::canvas::{Anchor, Canvas};
use super::credits::Credits;
use super::said::Pieces;
use super::sheet::{Facts, Ink};
use super::style::Style;
use super::text::{self, Weight};
use super::theme::Rgb;
use crate::wording::Text;

/// Left and right margin.
pub(crate) const MARGIN: f64 = 40.0;

/// Height of a picture whose title, source and run stand on the page around it, of one of two beside each other and of one as
/// wide as the page: with all that a first page says they fit on one side of A4 or Letter.
const BARE: f64 = 680.0;
const BARE_AND_WIDE: f64 = 560.0;

/// A piece of a subtitle: words, and the colour that makes them stand out.
pub(crate) type Span = (String, Option<Rgb>);

/// What stands above and below a plot.
pub(crate) struct Frame<'a> {
    /// The title made from the numbers; one that the user wrote takes its place.
    pub title: Text,
    pub subtitle: &'a [Span],
    pub credits: &'a Credits,
    /// What this chart must say besides.
    pub caveat: &'a str,
    /// Height that the chart wants in a column, from 620 to 780; other presets have their own.
    pub column: f64,
}

/// A new sheet with title, subtitle and footer, and the rectangle that they leave.
pub(crate) fn sheet(style: Style, frame: &Frame) -> (Canvas, [f64; 4]) {
    sheet_with(style, frame, &Text::default())
}

/// A sheet whose subtitle has numbers, which `said` has with their cells.
pub(crate) fn sheet_with(style: Style, frame: &Frame, said: &Text) -> (Canvas, [f64; 4]) {
    let (width, height, _) = style.preset.canvas();
    // Larger type takes more height.
    let taller = 2.0 * style.preset.canvas().2 - 1.0;
    let height = match style.preset.is_narrow() {
        true if style.bare => BARE,
        false if style.bare => BARE_AND_WIDE,
        true => frame.column.clamp(620.0, 780.0) * taller,
        false => height,
    };
    let credits = frame.credits;
    let written = credits.title.as_ref().map_or_else(|| frame.title.clone(), Text::own);
    let title = written.text();
    let footer = credits.footer(frame.caveat);
    let room = width - 2.0 * margin(style);
    let (heading, ink) = if style.bare {
        (Vec::new(), Ink::new(0.0, Weight::SemiBold, style.theme.palette().ink))
    } else {
        title_lines(&title, style, room)
    };
    let foot = Ink::new((16.5 * style.preset.canvas().2).max(16.0), Weight::Regular, style.theme.palette().mute);
    let lines = if style.bare { footer.own(foot, room) } else { footer.lines(foot, room, style.preset.is_narrow()) };
    let facts = Facts {
        title: text::legible(&title).into_owned(),
        generated: frame.title.text(),
        footer: footer.whole(&credits.scenario),
        version: credits.version.clone(),
        config: credits.config.clone(),
        title_lines: heading.len(),
        footer_lines: lines.len(),
    };
    let mut canvas = Canvas::new(width, height, style, facts);
    let pieces = [Pieces::of(&written), Pieces::of(said)];
    let top = head(&mut canvas, style, (&heading, ink), frame.subtitle, pieces);
    let bottom = foot_of(&mut canvas, style, &lines, foot);
    (canvas, [margin(style), top, width - margin(style), bottom])
}

/// Left and right margin of a preset.
pub(crate) fn margin(style: Style) -> f64 {
    if style.preset.is_narrow() { 20.0 } else { MARGIN }
}

/// The areas of two panels: side by side, or one above the other where the sheet is narrow or tall.
pub(crate) fn two_panels(style: Style, [left, top, right, bottom]: [f64; 4]) -> [[f64; 4]; 2] {
    if style.preset.stacks_panels() {
        let middle = (top + bottom) / 2.0;
        return [[left, top, right, middle - 4.0], [left, middle + 4.0, right, bottom]];
    }
    let middle = (left + right) / 2.0;
    let gap = 17.0 * style.preset.canvas().2;
    [[left, top, middle - gap, bottom], [middle + gap, top, right, bottom]]
}

/// The head of a panel: a name and, in grey, what it shows.
pub(crate) fn panel_head(canvas: &mut Canvas, style: Style, (x, y): (f64, f64), name: &str, words: &str) {
    let (palette, scale) = (style.theme.palette(), style.preset.canvas().2);
    let wide = canvas.text(name, (x, y), Anchor::Start, Ink::new(21.0 * scale, Weight::SemiBold, palette.ink));
    let plain = Ink::new(19.0 * scale, Weight::Regular, palette.mute);
    canvas.text(words, (x + wide + 12.0, y), Anchor::Start, plain);
}

/// Title and subtitle; returns where the last line of them stands.
fn head(
    canvas: &mut Canvas,
    style: Style,
    (title, ink): (&[String], Ink),
    subtitle: &[Span],
    [mut said, mut said_below]: [Pieces; 2],
) -> f64 {
    let scale = style.preset.canvas().2;
    let (left, room) = (margin(style), canvas.width - 2.0 * margin(style));
    let mut y = if style.preset.is_narrow() { 12.0 } else { 20.0 * scale };
    for line in title {
        y += 1.18 * ink.size;
        canvas.pieces(line, said.take(line), ((left, y), Anchor::Start), ink);
    }
    y += 4.0 * scale;
    let palette = style.theme.palette();
    let size = if style.preset.is_narrow() { 19.0 } else { 21.0 } * scale;
    for line in wrapped_spans(subtitle, size, room) {
        y += 1.42 * size;
        let mut x = left;
        for (words, colour) in line {
            let ink = match colour {
                Some(colour) => Ink::new(size, Weight::SemiBold, colour),
                None => Ink::new(size, Weight::Regular, palette.sub),
            };
            x += canvas.pieces(&words, said_below.take(&words), ((x, y), Anchor::Start), ink);
        }
    }
    y
}

/// The footer from the bottom up; returns where the room for the plot ends.
fn foot_of(canvas: &mut Canvas, style: Style, lines: &[String], ink: Ink) -> f64 {
    let scale = style.preset.canvas().2;
    let last = canvas.height - if style.preset.is_narrow() { 14.0 } else { 20.0 * scale };
    let row = |place: usize| last - 1.36 * ink.size * (lines.len() - place) as f64;
    for (place, line) in lines.iter().enumerate() {
        canvas.text(line, (margin(style), row(place + 1)), Anchor::Start, ink);
    }
    row(0) - 6.0 * scale
}

/// The title in as few even lines as it takes, two at most and three in a column; a longer one is set smaller, and what
/// no size can hold is cut.
fn title_lines(title: &str, style: Style, room: f64) -> (Vec<String>, Ink) {
    let scale = style.preset.canvas().2;
    let (most, sizes) = if style.preset.is_narrow() { (3, [27.0, 25.0, 23.0]) } else { (2, [34.0, 31.0, 28.0]) };
    let title = text::legible(title);
    let ink = |size: f64| Ink::new(size * scale, Weight::SemiBold, style.theme.palette().ink);
    let fits = |lines: &[String], ink: Ink| {
        lines.len() <= most && lines.iter().all(|line| text::width(line, ink.size, ink.weight) <= room)
    };
    for size in sizes {
        let ink = ink(size);
        let lines = text::balanced(&title, ink.size, ink.weight, room);
        if fits(&lines, ink) {
            return (lines, ink);
        }
    }
    let ink = ink(sizes[2]);
    let mut lines = text::wrap(&title, ink.size, ink.weight, room);
    if lines.len() > most {
        let rest = lines.split_off(most - 1).join(" ");
        lines.push(rest);
    }
    (lines.iter().map(|line| text::fitted(line, ink.size, ink.weight, room)).collect(), ink)
}

/// Lines of coloured words.
pub(crate) fn wrapped_spans(spans: &[Span], size: f64, room: f64) -> Vec<Vec<Span>> {
    let weight = |colour: Option<Rgb>| if colour.is_some() { Weight::SemiBold } else { Weight::Regular };
    let mut lines: Vec<Vec<Span>> = vec![Vec::new()];
    let mut used = 0.0;
    for (words, colour) in spans {
        for word in words.split_inclusive(' ') {
            let width = text::width(word, size, weight(*colour));
            let trimmed = text::width(word.trim_end(), size, weight(*colour));
            if used + trimmed > room && used > 0.0 {
                lines.push(Vec::new());
                used = 0.0;
            }
            let line = lines.last_mut().expect("there is always a line");
            match line.last_mut() {
                Some((text, known)) if known == colour => text.push_str(word),
                _ => line.push((word.to_owned(), *colour)),
            }
            used += width;
        }
    }
    lines
}
