//! The frame that every chart shares: title, subtitle and footer; what is left between them is for the plot.

use super::canvas::{Anchor, Canvas, Ink};
use super::text::{self, Weight};
use super::theme::{Rgb, Style};

/// Left and right margin.
pub(super) const MARGIN: f64 = 40.0;

/// A piece of a subtitle: words, and the colour that makes them stand out.
pub(super) type Span = (String, Option<Rgb>);

/// Draws title, subtitle and footer; returns the top and the bottom of the space between.
pub(super) fn draw(canvas: &mut Canvas, style: Style, title: &str, subtitle: &[Span], footer: &[String]) -> (f64, f64) {
    let palette = style.theme.palette();
    let scale = style.preset.canvas().2;
    let room = canvas.width - 2.0 * MARGIN;
    let ink = Ink::new(34.0 * scale, Weight::SemiBold, palette.ink);
    let mut y = 20.0 * scale;
    for line in balanced(title, ink, room) {
        y += 40.0 * scale;
        canvas.text(&line, (MARGIN, y), Anchor::Start, ink);
    }
    y += 4.0 * scale;
    for line in wrapped_spans(subtitle, 21.0 * scale, room) {
        y += 30.0 * scale;
        let mut x = MARGIN;
        for (words, colour) in line {
            let ink = match colour {
                Some(colour) => Ink::new(21.0 * scale, Weight::SemiBold, colour),
                None => Ink::new(21.0 * scale, Weight::Regular, palette.sub),
            };
            x += canvas.text(&words, (x, y), Anchor::Start, ink);
        }
    }
    let ink = Ink::new(16.5 * scale, Weight::Regular, palette.mute);
    let mut bottom = canvas.height - 20.0 * scale;
    for line in footer.iter().rev() {
        canvas.text(&shortened(line, ink, room), (MARGIN, bottom), Anchor::Start, ink);
        bottom -= 22.5 * scale;
    }
    (y, bottom - 6.0 * scale)
}

/// A footer line that fits: what comes before the first separator, the scenario's name, gives way to the rest.
fn shortened(line: &str, ink: Ink, room: f64) -> String {
    if text::width(line, ink.size, ink.weight) <= room {
        return line.to_owned();
    }
    match line.split_once(" · ") {
        Some((name, rest)) => {
            let rest = format!(" · {rest}");
            let left = room - text::width(&rest, ink.size, ink.weight);
            text::fitted(name, ink.size, ink.weight, left) + &rest
        }
        None => text::fitted(line, ink.size, ink.weight, room),
    }
}

/// A title in one line, or in two of like length.
fn balanced(title: &str, ink: Ink, room: f64) -> Vec<String> {
    let lines = text::wrap(title, ink.size, ink.weight, room);
    if lines.len() < 2 {
        return lines;
    }
    // The narrowest width that still takes two lines leaves no orphan.
    let mut best = lines;
    let mut limit = room;
    while limit > room / 2.0 {
        limit -= 10.0;
        let narrower = text::wrap(title, ink.size, ink.weight, limit);
        if narrower.len() > best.len().max(2) {
            break;
        }
        best = narrower;
    }
    if best.len() > 2 {
        let rest = best.split_off(1).join(" ");
        best.push(rest);
    }
    best.iter().map(|line| text::fitted(line, ink.size, ink.weight, room)).collect()
}

/// Lines of coloured words.
fn wrapped_spans(spans: &[Span], size: f64, room: f64) -> Vec<Vec<Span>> {
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
