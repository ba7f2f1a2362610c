//! A panel with fans: what is in it, and where it stands when it is laid out in a style.

use crate::chart::year::{Band, Seen};
use crate::draw::marker::Marker;
use crate::draw::sheet::Ink;
use crate::draw::style::Style;
use crate::draw::text::{self, Weight};
use crate::draw::theme::Rgb;
use crate::draw::ticks::Scale;
use crate::metric::Observed;
use crate::table::Cell;
use crate::wording::{Cited, Piece, Text};

/// Which quantiles bound the bands, from the outer to the inner, and what they are called.
pub(super) const BANDS: [(usize, usize, &str); 3] = [(0, 6, "95%"), (1, 5, "80%"), (2, 4, "50%")];
/// Position of the median.
pub(super) const MEDIAN: usize = 3;

/// One fan of a panel.
pub(crate) struct FanSeries {
    /// The rows of the series in the tables of its run, without the year.
    pub cell: Cell,
    pub seen: Vec<Seen>,
    pub bands: Vec<Band>,
    pub colour: Rgb,
    pub text: Rgb,
    pub marker: Marker,
    /// Lines at the end of the median: words, size, weight, colour.
    pub end: Vec<(Text, Ink)>,
    /// Whether this series carries the names of the bands.
    pub names_bands: bool,
    /// Single simulated paths, a value for each of the years of the bands; as many as the style asks for are drawn.
    pub hairs: Vec<Vec<f64>>,
}

/// What came in a simulated year, on a fan that was drawn before.
pub(crate) struct Came {
    pub seen: Seen,
    pub marker: Marker,
    /// How far beside its year it stands, so that several readings of a year are told apart.
    pub beside: f64,
}

/// How an observed value is written.
pub(super) type SeenLabel = Box<dyn Fn(&Cited<Observed>) -> Piece>;

/// A panel: its place on the sheet, its scale and what is in it.
pub(crate) struct Panel {
    /// Left, top, right, bottom of the whole panel with its labels.
    pub area: [f64; 4],
    pub scale: Scale,
    pub tick: Box<dyn Fn(f64) -> String>,
    /// How an observed value is written, given with its cell.
    pub seen_label: SeenLabel,
    /// A quantile that lies beyond the scale, in words.
    pub beyond: Box<dyn Fn(f64) -> String>,
    pub base_year: i32,
    pub horizon: i32,
    /// Outermost band drawn: 0 for 95%, 1 for 80%.
    pub outer: usize,
    pub series: Vec<FanSeries>,
    /// What came since, drawn over the fans.
    pub came: Vec<Came>,
    /// Dashed lines with a label at the right.
    pub levels: Vec<(f64, String)>,
    /// Name that makes its elements' ids its own.
    pub id: &'static str,
    /// Years of scheduled events with the keys that the footer explains.
    pub events: Vec<(i32, String)>,
    /// Least room at the left and the right of the plot, for panels that share their years.
    pub least_gutters: (f64, f64),
    /// Whether years are named under it, and observed and simulated years above it; the panels of a stack share them.
    pub names_years: bool,
    pub names_halves: bool,
}

/// A panel laid out in a style: the rectangle of the plot proper and the mapping into it.
pub(super) struct Laid<'a> {
    pub panel: &'a Panel,
    pub style: Style,
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
    first_year: f64,
    last_year: f64,
}

impl Panel {
    /// Room for the widest tick label at the left and the widest end label at the right.
    pub(crate) fn gutters(&self, style: Style) -> (f64, f64) {
        let scale = style.preset.canvas().2;
        let ticks =
            self.scale.labelled.iter().map(|value| text::width(&(self.tick)(*value), 20.0 * scale, Weight::Regular));
        let gutter = ticks.fold(0.0, f64::max) + 14.0;
        let ends = self.series.iter().flat_map(|series| &series.end);
        let ends = ends.map(|(words, ink)| text::width(&words.text(), ink.size, ink.weight));
        let names = self.levels.iter().map(|(_, words)| text::width(words, 18.0 * scale, Weight::Regular));
        let tail = ends.chain(names).fold(0.0, f64::max) + 26.0;
        (gutter.max(self.least_gutters.0), tail.max(self.least_gutters.1))
    }

    /// The panel laid out in a style.
    pub(super) fn laid(&self, style: Style) -> Laid<'_> {
        let scale = style.preset.canvas().2;
        let [left, top, right, bottom] = self.area;
        let (gutter, tail) = self.gutters(style);
        let first = self.series.iter().flat_map(|series| &series.seen).map(|seen| seen.year).min();
        let first = first.unwrap_or(self.base_year);
        Laid {
            panel: self,
            style,
            left: left + gutter,
            top: top + if self.names_halves { 34.0 } else { 14.0 } * scale,
            right: right - tail,
            bottom: bottom - if self.names_years { 40.0 } else { 10.0 } * scale,
            // Half a year of air at the left, so that the first point does not stand on the axis.
            first_year: f64::from(first) - 0.6,
            last_year: f64::from(self.horizon),
        }
    }
}

impl Laid<'_> {
    /// First and last year of the plot, with the air at its left.
    pub(crate) fn years(&self) -> (f64, f64) {
        (self.first_year, self.last_year)
    }

    pub(crate) fn x(&self, year: f64) -> f64 {
        self.left + (year - self.first_year) / (self.last_year - self.first_year) * (self.right - self.left)
    }

    /// Height of a place on the scale, which is 0 at the bottom and 1 at the top.
    pub(crate) fn y(&self, place: f64) -> f64 {
        self.bottom - place * (self.bottom - self.top)
    }

    /// Height of a value, held within the plot.
    pub(crate) fn height(&self, value: f64) -> f64 {
        self.y(self.panel.scale.place(value).clamp(0.0, 1.0))
    }
}
