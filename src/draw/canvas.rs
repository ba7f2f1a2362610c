//! The sheet that a chart is drawn on: elements in order, and a record of texts, marks and scales for those who check it.

use super::coordinate;
use super::drawing::Drawing;
use super::said::{Pieces, Said};
use super::sheet::{Axis, Element, Facts, Ink, Mark, Sheet, TextBox, ValueLabel};
use super::style::Style;
use super::text;
use super::theme::{Rgb, hex};
use super::ticks::Scale;
use crate::table::Table;
use crate::wording::Text;

/// Where a text is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// A sheet in the making.
#[derive(Debug)]
pub(crate) struct Canvas {
    pub width: f64,
    pub height: f64,
    style: Style,
    facts: Facts,
    elements: Vec<Element>,
    texts: Vec<TextBox>,
    marks: Vec<Mark>,
    axes: Vec<Axis>,
    plot: Option<[f64; 4]>,
    markers: Vec<(f64, f64)>,
    value_labels: Vec<ValueLabel>,
    names: Vec<usize>,
    legends: Vec<[f64; 4]>,
    drew: Vec<&'static str>,
}

impl Canvas {
    pub(crate) fn new(width: f64, height: f64, style: Style, facts: Facts) -> Self {
        let ground = hex(style.theme.palette().ground);
        let ground = format!("<rect width=\"{width}\" height=\"{height}\" fill=\"{ground}\"/>");
        let elements = vec![Element::Raw(ground)];
        Self {
            width,
            height,
            style,
            facts,
            elements,
            texts: Vec::new(),
            marks: Vec::new(),
            axes: Vec::new(),
            plot: None,
            markers: Vec::new(),
            value_labels: Vec::new(),
            names: Vec::new(),
            legends: Vec::new(),
            drew: Vec::new(),
        }
    }

    /// Every text written so far.
    pub(crate) fn texts(&self) -> &[TextBox] {
        &self.texts
    }

    /// Adds an element.
    pub(crate) fn raw(&mut self, element: &str) {
        self.elements.push(Element::Raw(element.to_owned()));
    }

    /// From here on marks belong to this plot and must stay in it.
    pub(crate) fn enter_plot(&mut self, area: [f64; 4]) {
        self.plot = Some(area);
    }

    /// From here on marks belong to no plot.
    pub(crate) fn leave_plot(&mut self) {
        self.plot = None;
    }

    /// Notes an axis for those who check the chart; `bars` if lengths from zero stand on it.
    pub(crate) fn axis(&mut self, scale: &Scale, labels: usize, bars: bool) {
        self.axes.push(Axis { log: scale.log, domain: scale.domain, labels, bars, says: Vec::new() });
    }

    /// Notes what the labels of the axis say that was noted last, for those who check that they differ.
    pub(crate) fn axis_says(&mut self, labels: Vec<String>) {
        if let Some(axis) = self.axes.last_mut() {
            axis.says = labels;
        }
    }

    /// Notes that the text which was written last is the name of a row, or a line of it, for those who check that it is whole.
    pub(crate) fn is_name(&mut self) {
        self.names.push(self.texts.len().saturating_sub(1));
    }

    /// Notes a ramp of colours, for those who check that its ends say what they are.
    pub(crate) fn legend(&mut self, area: [f64; 4]) {
        self.legends.push(area);
    }

    /// Notes that a sign was drawn which words explain, for those who check that neither is without the other.
    pub(crate) fn drew(&mut self, sign: &'static str) {
        self.drew.push(sign);
    }

    /// Notes a marker by its middle, for those who check to which one a value belongs.
    pub(crate) fn marker(&mut self, middle: (f64, f64)) {
        self.markers.push(middle);
    }

    /// Markers and the texts that say their values, so far.
    pub(crate) fn value_labels(&self) -> (&[(f64, f64)], &[ValueLabel]) {
        (&self.markers, &self.value_labels)
    }

    /// Notes that the text which was written last says the value of a marker.
    pub(crate) fn says_value_of(&mut self, marker: (f64, f64), leader: Option<[(f64, f64); 2]>) {
        let text = self.texts.len().saturating_sub(1);
        self.value_labels.push(ValueLabel { text, marker, leader });
    }

    /// Notes a surface that is drawn as a raw element.
    pub(crate) fn mark(&mut self, area: [f64; 4], colour: Rgb) {
        self.marks.push(Mark { area, plot: self.plot, colour, line: None, points: Vec::new(), is_rule: false });
    }

    /// Notes a shape by its points, a line if it has a width.
    pub(crate) fn mark_points(&mut self, points: &[(f64, f64)], colour: Rgb, line: Option<f64>) {
        let start = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        let area = points.iter().fold(start, |[l, t, r, b], (x, y)| [l.min(*x), t.min(*y), r.max(*x), b.max(*y)]);
        if !points.is_empty() {
            let points = if line.is_some() { points.to_vec() } else { Vec::new() };
            self.marks.push(Mark { area, plot: self.plot, colour, line, points, is_rule: false });
        }
    }

    /// Draws what must not be seen outside a rectangle.
    ///
    /// Only where a mark sticks out is anything cut off: a group that is cut is drawn on a layer as large as the picture,
    /// which costs time.
    pub(crate) fn within(&mut self, id: &'static str, area: [f64; 4], draw: impl FnOnce(&mut Self)) {
        let (element, mark) = (self.elements.len(), self.marks.len());
        draw(self);
        let [left, top, right, bottom] = area;
        let inside = |[l, t, r, b]: [f64; 4]| l >= left && t >= top && r <= right && b <= bottom;
        if !self.marks[mark..].iter().all(|mark| inside(mark.area)) {
            self.elements.insert(element, Element::Clip(id, area));
            self.raw("</g>");
        }
    }

    pub(crate) fn line(&mut self, from: (f64, f64), to: (f64, f64), colour: Rgb, width: f64, dash: &str) {
        self.mark_points(&[from, to], colour, Some(width));
        let dash = if dash.is_empty() { String::new() } else { format!(" stroke-dasharray=\"{dash}\"") };
        let path = path_of(&[from, to]);
        self.raw(&format!(
            "<path d=\"{path}\" stroke=\"{}\" stroke-width=\"{width}\" fill=\"none\"{dash}/>",
            hex(colour)
        ));
    }

    /// A line across rows of words, which keeps off all of them: even a halo does not save a word from it.
    pub(crate) fn rule(&mut self, from: (f64, f64), to: (f64, f64), colour: Rgb, width: f64, dash: &str) {
        self.line(from, to, colour, width, dash);
        if let Some(mark) = self.marks.last_mut() {
            mark.is_rule = true;
        }
    }

    /// A filled shape.
    pub(crate) fn polygon(&mut self, points: &[(f64, f64)], colour: Rgb, opacity: f64) {
        self.mark_points(points, colour, None);
        let path = path_of(points);
        self.raw(&format!("<path d=\"{path}Z\" fill=\"{}\" fill-opacity=\"{opacity}\"/>", hex(colour)));
    }

    /// A line through points.
    pub(crate) fn polyline(&mut self, points: &[(f64, f64)], colour: Rgb, width: f64, dash: &str) {
        self.mark_points(points, colour, Some(width));
        let dash = if dash.is_empty() { String::new() } else { format!(" stroke-dasharray=\"{dash}\"") };
        self.raw(&format!(
            "<path d=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{width}\" stroke-linejoin=\"round\"{dash}/>",
            path_of(points),
            hex(colour)
        ));
    }

    pub(crate) fn rectangle(&mut self, [left, top, right, bottom]: [f64; 4], colour: Rgb) {
        self.mark([left, top, right, bottom], colour);
        self.raw(&format!(
            "<rect x=\"{left:.2}\" y=\"{top:.2}\" width=\"{:.2}\" height=\"{:.2}\" fill=\"{}\"/>",
            (right - left).max(0.0),
            (bottom - top).max(0.0),
            hex(colour)
        ));
    }

    /// Writes a text from its baseline and returns its width. Signs that the face lacks give way to an ellipsis.
    pub(crate) fn text(&mut self, words: &str, at: (f64, f64), anchor: Anchor, ink: Ink) -> f64 {
        self.pieces(words, Vec::new(), (at, anchor), ink)
    }

    /// Writes a text whose numbers name their cells.
    pub(crate) fn said(&mut self, text: &Text, at: (f64, f64), anchor: Anchor, ink: Ink) -> f64 {
        let words = text.text();
        self.pieces(&words, Pieces::of(text).take(&words), (at, anchor), ink)
    }

    /// Writes words in these pieces, if there are any.
    pub(crate) fn pieces(
        &mut self,
        words: &str,
        said: Vec<Said>,
        ((x, y), anchor): ((f64, f64), Anchor),
        ink: Ink,
    ) -> f64 {
        let legible = text::legible(words);
        let said = if legible == words { said } else { Vec::new() };
        let words = legible.into_owned();
        let width = text::width(&words, ink.size, ink.weight);
        let left = match anchor {
            Anchor::Start => x,
            Anchor::Middle => x - width / 2.0,
            Anchor::End => x - width,
        };
        let area = [left, y - 0.74 * ink.size, left + width, y + 0.22 * ink.size];
        self.elements.push(Element::Text(self.texts.len()));
        self.texts.push(TextBox { words, area, size: ink.size, origin: (left, y), ink, said });
        width
    }

    /// The whole sheet with everything that travels with it.
    pub(crate) fn finish(self, name: &'static str, alt: String, table: Table) -> Drawing {
        let Self { width, height, style, facts, elements, texts, marks, axes, markers, value_labels, names, .. } = self;
        let (size, legends, drew) = ([width, height], self.legends, self.drew);
        let sheet = Sheet { style, size, elements, texts, marks, axes, markers, value_labels, names, legends, drew };
        Drawing::new(name, alt, table, facts, sheet)
    }
}

/// A line through points as the data of an SVG path.
pub(crate) fn path_of(points: &[(f64, f64)]) -> String {
    let mut path = String::new();
    for (place, point) in points.iter().enumerate() {
        path.push(if place == 0 { 'M' } else { 'L' });
        coordinate::push_points(&mut path, &[*point]);
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_sticks_out_is_cut_off() {
        let cut = |points: &[(f64, f64)]| {
            let mut canvas = Canvas::new(100.0, 100.0, Style::default(), Facts::default());
            canvas.polyline(&[(0.0, 0.0), (100.0, 100.0)], (0, 0, 0), 1.0, "");
            canvas.within("plot", [10.0, 10.0, 90.0, 90.0], |canvas| {
                canvas.polygon(&[(10.0, 10.0), (90.0, 10.0), (90.0, 90.0)], (0, 0, 0), 0.3);
                canvas.polyline(points, (0, 0, 0), 1.0, "");
            });
            let svg = canvas.finish("test", String::new(), Table::new(&crate::table::declared::CHART_GAP)).svg;
            let (begins, ends) = (svg.matches("<g clip-path").count(), svg.matches("</g>").count());
            assert_eq!(begins, ends);
            // The group begins with what was drawn in it.
            assert!(begins == 0 || svg.find("fill-opacity") > svg.find("<g clip-path"));
            begins
        };
        assert_eq!(cut(&[(20.0, 20.0), (80.0, 80.0)]), 0);
        assert_eq!(cut(&[(20.0, 20.0), (80.0, 91.0)]), 1);
    }
}
