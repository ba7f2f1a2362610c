//! The sheet that a chart is drawn on: SVG elements in order, and a record of every text for those who check it.

use std::fmt::Write;

use super::text::{self, Weight};
use super::theme::{Preset, Rgb, hex};

/// A finished drawing with everything that travels with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// Name of its files.
    pub name: &'static str,
    /// The title on the picture.
    pub title: String,
    /// What the picture shows, for those who cannot see it.
    pub alt: String,
    /// The picture, text as outlines.
    pub svg: String,
    /// The plotted numbers.
    pub csv: String,
    /// Every text on the picture with its box.
    pub texts: Vec<TextBox>,
    pub(super) preset: Preset,
    pub(super) footer: Vec<String>,
}

/// A text on the picture.
#[derive(Clone, Debug, PartialEq)]
pub struct TextBox {
    /// Its words.
    pub words: String,
    /// Left, top, right, bottom in canvas units.
    pub area: [f64; 4],
    /// Size of its type.
    pub size: f64,
}

/// Where a text is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// The look of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ink {
    pub size: f64,
    pub weight: Weight,
    pub colour: Rgb,
    /// Colour of the halo that keeps it readable over marks.
    pub halo: Option<Rgb>,
}

impl Ink {
    pub fn new(size: f64, weight: Weight, colour: Rgb) -> Self {
        Self { size, weight, colour, halo: None }
    }

    pub fn over(self, ground: Rgb) -> Self {
        Self { halo: Some(ground), ..self }
    }
}

/// A sheet in the making.
#[derive(Debug)]
pub(super) struct Canvas {
    pub width: f64,
    pub height: f64,
    body: String,
    texts: Vec<TextBox>,
}

impl Canvas {
    pub fn new(width: f64, height: f64, ground: Rgb) -> Self {
        let mut canvas = Self { width, height, body: String::new(), texts: Vec::new() };
        canvas.raw(&format!("<rect width=\"{width}\" height=\"{height}\" fill=\"{}\"/>", hex(ground)));
        canvas
    }

    /// Every text written so far.
    pub fn texts(&self) -> &[TextBox] {
        &self.texts
    }

    /// Adds an element.
    pub fn raw(&mut self, element: &str) {
        self.body.push_str(element);
        self.body.push('\n');
    }

    /// Begins a group that is cut off outside a rectangle.
    pub fn clip(&mut self, id: &str, [left, top, right, bottom]: [f64; 4]) {
        let _ = writeln!(
            self.body,
            "<clipPath id=\"{id}\"><rect x=\"{left:.2}\" y=\"{top:.2}\" width=\"{:.2}\" height=\"{:.2}\"/></clipPath>\
             <g clip-path=\"url(#{id})\">",
            right - left,
            bottom - top
        );
    }

    /// Ends the group.
    pub fn unclip(&mut self) {
        self.body.push_str("</g>\n");
    }

    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), colour: Rgb, width: f64, dash: &str) {
        let dash = if dash.is_empty() { String::new() } else { format!(" stroke-dasharray=\"{dash}\"") };
        self.raw(&format!(
            "<path d=\"M{:.2} {:.2}L{:.2} {:.2}\" stroke=\"{}\" stroke-width=\"{width}\" fill=\"none\"{dash}/>",
            from.0,
            from.1,
            to.0,
            to.1,
            hex(colour)
        ));
    }

    /// A filled shape.
    pub fn polygon(&mut self, points: &[(f64, f64)], colour: Rgb, opacity: f64) {
        let path = path_of(points);
        self.raw(&format!("<path d=\"{path}Z\" fill=\"{}\" fill-opacity=\"{opacity}\"/>", hex(colour)));
    }

    /// A line through points.
    pub fn polyline(&mut self, points: &[(f64, f64)], colour: Rgb, width: f64, dash: &str) {
        let dash = if dash.is_empty() { String::new() } else { format!(" stroke-dasharray=\"{dash}\"") };
        self.raw(&format!(
            "<path d=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{width}\" stroke-linejoin=\"round\"{dash}/>",
            path_of(points),
            hex(colour)
        ));
    }

    pub fn rectangle(&mut self, [left, top, right, bottom]: [f64; 4], colour: Rgb) {
        self.raw(&format!(
            "<rect x=\"{left:.2}\" y=\"{top:.2}\" width=\"{:.2}\" height=\"{:.2}\" fill=\"{}\"/>",
            (right - left).max(0.0),
            (bottom - top).max(0.0),
            hex(colour)
        ));
    }

    /// Writes a text from its baseline and returns its width.
    pub fn text(&mut self, words: &str, (x, y): (f64, f64), anchor: Anchor, ink: Ink) -> f64 {
        let width = text::width(words, ink.size, ink.weight);
        let left = match anchor {
            Anchor::Start => x,
            Anchor::Middle => x - width / 2.0,
            Anchor::End => x - width,
        };
        let outline = text::outline(words, ink.size, ink.weight, left, y);
        if !outline.is_empty() {
            if let Some(ground) = ink.halo {
                self.raw(&format!(
                    "<path d=\"{outline}\" fill=\"none\" stroke=\"{}\" stroke-width=\"5\" stroke-linejoin=\"round\"/>",
                    hex(ground)
                ));
            }
            self.raw(&format!("<path d=\"{outline}\" fill=\"{}\"/>", hex(ink.colour)));
        }
        let area = [left, y - 0.74 * ink.size, left + width, y + 0.22 * ink.size];
        self.texts.push(TextBox { words: words.to_owned(), area, size: ink.size });
        width
    }

    /// The whole sheet with its title and description.
    pub fn finish(self, title: &str, alt: &str) -> (String, Vec<TextBox>) {
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" \
             role=\"img\" aria-labelledby=\"title desc\">\n<title id=\"title\">{2}</title>\n<desc id=\"desc\">{3}</desc>\n{4}</svg>\n",
            self.width,
            self.height,
            escaped(title),
            escaped(alt),
            self.body
        );
        (svg, self.texts)
    }
}

fn path_of(points: &[(f64, f64)]) -> String {
    let mut path = String::new();
    for (place, (x, y)) in points.iter().enumerate() {
        let _ = write!(path, "{}{x:.2} {y:.2}", if place == 0 { 'M' } else { 'L' });
    }
    path
}

/// Text that XML must not read as its own signs; control characters, which XML cannot hold, are left out.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
