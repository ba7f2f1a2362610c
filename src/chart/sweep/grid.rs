//! The cells of a map: as many columns as have room for their numbers, the values beside them, the line between its sides, and the mark of the scenario.

use std::borrow::Cow;

use crate::draw::canvas::{Anchor, Canvas};
use crate::draw::frame;
use crate::draw::sheet::Ink;
use crate::draw::style::Style;
use crate::draw::text::{self, Weight};
use crate::draw::theme::contrast;

use super::{Sweep, SweepScale, places};

/// Least size of the numbers in a map.
const LEAST: f64 = 16.0;

/// Ink of the values beside the cells.
fn row_ink(style: Style) -> Ink {
    Ink::new(19.0 * style.preset.canvas().2, Weight::Regular, style.theme.palette().mute)
}

impl Sweep {
    /// Width of the ramp of colours and of the space before it; a narrow picture has none.
    pub(super) fn ramp_width(style: Style) -> f64 {
        if style.preset.is_narrow() { 0.0 } else { 150.0 * style.preset.canvas().2 }
    }

    /// This map, or one of every so many columns where numbers are wider than their cells.
    pub(super) fn fitting(&self, style: Style) -> Cow<'_, Self> {
        let columns = self.across.values.len().max(1);
        let room = style.preset.canvas().0 - 2.0 * frame::margin(style) - Self::ramp_width(style) - self.beside(style);
        let (wide, needed) = (room / columns as f64, self.widest() * LEAST / 19.0 + 8.0);
        if needed <= wide || columns == 1 {
            return Cow::Borrowed(self);
        }
        Cow::Owned(self.thinned(((needed / wide).ceil() as usize).clamp(2, columns)))
    }

    /// Width of the values of the second input, which stand beside their rows, and of the space behind them.
    pub(super) fn beside(&self, style: Style) -> f64 {
        let ink = row_ink(style);
        self.up.words.iter().map(|words| text::width(words, ink.size, ink.weight)).fold(0.0, f64::max) + 14.0
    }

    /// Width of the widest number, in letters of 19.
    fn widest(&self) -> f64 {
        let numbers = self.cells.iter().flatten();
        numbers.map(|value| text::width(&self.answer.words(*value), 19.0, Weight::SemiBold)).fold(1.0, f64::max)
    }

    /// Cells with their numbers, the lines between their sides and the values beside them; returns the rectangle of the cells.
    pub(super) fn grid(&self, canvas: &mut Canvas, style: Style, area: [f64; 4]) -> [f64; 4] {
        let [left, top, right, bottom] = area;
        let (palette, scale) = (style.theme.palette(), style.preset.canvas().2);
        let ink = row_ink(style);
        let left = left + self.beside(style);
        let (columns, rows) = (self.across.values.len().max(1), self.up.values.len().max(1));
        let (wide, tall) = ((right - left) / columns as f64, (bottom - top) / rows as f64);
        // Numbers as large as the narrowest cell allows, down to the least that can be read.
        let size = (19.0 * ((wide - 8.0) / self.widest())).clamp(LEAST, 19.0 * scale);
        let cross = self.cross().map(|(column, row)| (left + column * wide, bottom - row * tall));
        for (row, cells) in self.cells.iter().enumerate() {
            let upper = bottom - (row + 1) as f64 * tall;
            if let Some(words) = self.up.words.get(row) {
                canvas.text(words, (left - 12.0, upper + 0.5 * tall + 0.35 * ink.size), Anchor::End, ink);
            }
            for (column, value) in cells.iter().enumerate() {
                let x = left + column as f64 * wide;
                let colour = self.colour(style, *value);
                canvas.rectangle([x + 1.0, upper + 1.0, x + wide - 1.0, upper + tall - 1.0], colour);
                let words = self.answer.words(*value);
                // Between black and white the better one always has a contrast of 4.5; with the ink of the house some tints lack it.
                let (dark, light) = ((0, 0, 0), (0xff, 0xff, 0xff));
                let best = if contrast(dark, colour) >= contrast(light, colour) { dark } else { light };
                let number = Ink::new(size, Weight::SemiBold, best);
                let half = 0.5 * text::width(&words, size, number.weight);
                let cell = [x, upper, x + wide, upper + tall];
                let middle = (x + 0.5 * wide, upper + 0.5 * tall);
                let at = cross.map_or(Some(middle), |it| places::off_the_cross(it, cell, (half, 0.4 * size), scale));
                if let Some((x, y)) = at {
                    canvas.text(&words, (x, y + 0.35 * size), Anchor::Middle, number);
                }
            }
        }
        let corner = |column: usize, row: usize| (left + column as f64 * wide, bottom - row as f64 * tall);
        for (level, dash) in self.lines() {
            for (from, to) in self.edges(level) {
                canvas.line(corner(from.0, from.1), corner(to.0, to.1), palette.ink, 2.5, dash);
            }
        }
        if let Some((column, row)) = self.baseline {
            let (x, y) = corner(column, row + 1);
            let corners = [(x, y), (x + wide, y), (x + wide, y + tall), (x, y + tall), (x, y), (x + wide, y)];
            canvas.polyline(&corners, palette.ground, 9.0, "");
            canvas.polyline(&corners, palette.ink, 5.0, "");
            canvas.drew("outline");
        }
        if let Some(at) = cross {
            places::cross(canvas, style, at);
            canvas.drew("cross");
        }
        let room =
            self.across.words.iter().map(|words| text::width(words, ink.size, ink.weight)).fold(0.0, f64::max) + 10.0;
        let every = (room / wide).ceil().max(1.0) as usize;
        for (column, words) in self.across.words.iter().enumerate().step_by(every) {
            let x = left + (column as f64 + 0.5) * wide;
            canvas.text(words, (x, bottom + 28.0 * scale), Anchor::Middle, ink);
        }
        [left, top, right, bottom]
    }

    /// Answers that cells lie on either side of, each with the dash of its line: that at which the map tips, and of ratios parity.
    pub(super) fn lines(&self) -> Vec<(f64, &'static str)> {
        let told = (!self.answer.mark.is_empty()).then_some((self.answer.level, ""));
        let parity = (self.answer.scale == SweepScale::Ratio && self.answer.level != 1.0).then_some((1.0, "3 4"));
        let (low, high) = self.answer.ends;
        told.into_iter().chain(parity).filter(|(level, _)| low < *level && *level < high).collect()
    }

    /// The edges between cells on one side of an answer and cells on the other, by their corners in columns and rows.
    fn edges(&self, level: f64) -> Vec<((usize, usize), (usize, usize))> {
        let above = |column: usize, row: usize| {
            let value = self.cells.get(row).and_then(|cells| cells.get(column)).copied();
            value.filter(|value| self.answer.has_place(*value)).map(|value| value > level)
        };
        let differ = |a: Option<bool>, b: Option<bool>| a.zip(b).is_some_and(|(a, b)| a != b);
        let mut edges = Vec::new();
        for row in 0..self.up.values.len() {
            for column in 0..self.across.values.len() {
                if differ(above(column, row), above(column + 1, row)) {
                    edges.push(((column + 1, row), (column + 1, row + 1)));
                }
                if differ(above(column, row), above(column, row + 1)) {
                    edges.push(((column, row + 1), (column + 1, row + 1)));
                }
            }
        }
        edges
    }

    /// Where the scenario lies between cells, in columns from the left and rows from the bottom.
    pub(super) fn cross(&self) -> Option<(f64, f64)> {
        let (first, second) = self.between_cells.filter(|_| self.baseline.is_none())?;
        let place = |values: &[f64], value: f64| Some(0.5 + places::between(values, value)?);
        place(&self.across.values, first).zip(place(&self.up.values, second))
    }

    /// This map with every so many columns, the baseline's among them.
    fn thinned(&self, step: usize) -> Self {
        let first = self.baseline.map_or(0, |(column, _)| column % step);
        let mut thin = self.clone();
        thin.across.values = self.across.values.iter().copied().skip(first).step_by(step).collect();
        thin.across.words = self.across.words.iter().skip(first).step_by(step).cloned().collect();
        let row = |row: &Vec<f64>| row.iter().copied().skip(first).step_by(step).collect();
        thin.cells = self.cells.iter().map(row).collect();
        thin.baseline = self.baseline.map(|(column, row)| (column / step, row));
        thin
    }
}
