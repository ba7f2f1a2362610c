//! What a drawing is made of: texts, marks, axes and elements in order, and the words that travel with it.

use super::said::Said;
use super::style::Style;
use super::text::Weight;
use super::theme::Rgb;

/// A text on the picture.
#[derive(Clone, Debug, PartialEq)]
pub struct TextBox {
    /// What the text says.
    pub words: String,
    /// Left, top, right, bottom in canvas units.
    pub area: [f64; 4],
    /// Size of its type.
    pub size: f64,
    /// Left end of its baseline.
    pub(crate) origin: (f64, f64),
    pub(crate) ink: Ink,
    /// Its pieces, where numbers in it name their cells.
    pub(crate) said: Vec<Said>,
}

/// A shape on the picture that stands for a number.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Mark {
    /// Left, top, right, bottom in canvas units.
    pub area: [f64; 4],
    /// The plot that it belongs to.
    pub plot: Option<[f64; 4]>,
    pub colour: Rgb,
    /// A line rather than a surface, as wide as this.
    pub line: Option<f64>,
    /// The points of a line.
    pub points: Vec<(f64, f64)>,
    /// Whether it runs across rows of words, so that not even a halo saves one from it.
    pub is_rule: bool,
}

/// An axis of the picture.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Axis {
    pub log: bool,
    pub domain: (f64, f64),
    pub labels: usize,
    /// Whether lengths from zero stand on it.
    pub bars: bool,
    /// What its labels say, where they were noted.
    pub says: Vec<String>,
}

/// A text that says the value of a marker.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct ValueLabel {
    /// Place of the text among all texts.
    pub text: usize,
    /// Middle of the marker that it belongs to.
    pub marker: (f64, f64),
    /// The line that leads from the one to the other, if there is one.
    pub leader: Option<[(f64, f64); 2]>,
}

/// What a sheet is made of, in drawing order.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Element {
    /// SVG without text.
    Raw(String),
    /// A text, by its place among the texts.
    Text(usize),
    /// Begins a group that is cut off outside a rectangle.
    Clip(&'static str, [f64; 4]),
}

/// The look of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Ink {
    pub size: f64,
    pub weight: Weight,
    pub colour: Rgb,
    /// Colour of the halo that keeps it readable over marks.
    pub halo: Option<Rgb>,
}

impl Ink {
    pub(crate) fn new(size: f64, weight: Weight, colour: Rgb) -> Self {
        Self { size, weight, colour, halo: None }
    }

    pub(crate) fn over(self, ground: Rgb) -> Self {
        Self { halo: Some(ground), ..self }
    }
}

/// Words that stand on a picture and in its files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Facts {
    /// The title on the picture.
    pub title: String,
    /// The title made from the numbers; another one where the user wrote his own.
    pub generated: String,
    /// The footer, whole.
    pub footer: Vec<String>,
    /// Program and version.
    pub version: String,
    /// Hash of the scenario that the numbers come from.
    pub config: String,
    /// Lines of the title.
    pub title_lines: usize,
    /// Lines of the footer on the picture.
    pub footer_lines: usize,
}

/// Everything on the picture, in drawing order.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sheet {
    pub style: Style,
    pub size: [f64; 2],
    pub elements: Vec<Element>,
    pub texts: Vec<TextBox>,
    pub marks: Vec<Mark>,
    pub axes: Vec<Axis>,
    /// Middles of all markers.
    pub markers: Vec<(f64, f64)>,
    pub value_labels: Vec<ValueLabel>,
    /// Places of the texts that are names of rows and axes.
    pub names: Vec<usize>,
    /// Rectangles of the ramps of colours.
    pub legends: Vec<[f64; 4]>,
    /// Signs that were drawn and are explained in words: a cross, an outline.
    pub drew: Vec<&'static str>,
}
