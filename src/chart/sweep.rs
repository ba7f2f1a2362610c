//! The sweep over two assumptions: where the line is on which the answer tips.

mod places;
mod ramp;

use std::fmt::Write;

use crate::table::declared::CHART_SWEEP;
use crate::table::{Field, Table};
use crate::wording::{self, Text};

use crate::draw::Credits;
use crate::draw::canvas::{Anchor, Canvas};
use crate::draw::drawing::Drawing;
use crate::draw::frame::{self, Frame, Span};
use crate::draw::sheet::Ink;
use crate::draw::style::Style;
use crate::draw::text::{self, Weight};
use crate::draw::theme::{Rgb, contrast, mixed};
pub(crate) use places::ends;

/// An answer for every pair of values of two inputs.
#[derive(Clone, Debug, PartialEq)]
pub struct Sweep {
    /// The title; made from the tipping point if there is none.
    pub title: Option<Text>,
    /// What the cells hold, as the subtitle says it: `Chance that the 2030 US/China ratio is above its 2023 level`.
    pub question: String,
    /// Whether the cells are chances or ratios, which decides where they tip.
    pub answer: SweepAnswer,
    /// From left to right.
    pub across: SweepAxis,
    /// From the bottom up.
    pub up: SweepAxis,
    /// A row for each value of the second input, from its lowest; chances as shares, ratios as they are.
    pub cells: Vec<Vec<f64>>,
    /// Column and row of the baseline, if it is one of the cells.
    pub baseline: Option<(usize, usize)>,
    /// Values of the baseline, where it lies between cells.
    pub between_cells: Option<(f64, f64)>,
    /// The value of the first input at which the answer tips, if it is known better than from the baseline's row.
    pub tipping: Option<f64>,
    /// Between which values it tips, where that is no one number.
    pub tipping_between: Option<(f64, f64)>,
    /// Where the numbers come from.
    pub credits: Credits,
}

/// What a sweep's cells hold, and where they tip.
#[derive(Clone, Debug, PartialEq)]
pub struct SweepAnswer {
    /// How they are written and drawn.
    pub scale: SweepScale,
    /// Where the answer tips: one half of a chance, the level of the base year, what a goal asks for.
    pub level: f64,
    /// What stands beside the level: `50:50`, `today 16×`.
    pub mark: String,
    /// How far from the level the colours of amounts reach.
    pub reach: f64,
}

/// How answers are written and drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum SweepScale {
    /// A share of paths, from 0 to 100%.
    Chance,
    /// A ratio, on a log scale.
    Ratio,
    /// An amount or a number of this unit, on a linear scale.
    Unit(String),
}

/// Values of an input.
#[derive(Clone, Debug, PartialEq)]
pub struct SweepAxis {
    /// What readers know the input by, with its unit: `China deal growth, a year`.
    pub name: String,
    /// The values, rising.
    pub values: Vec<f64>,
    /// The values as words: `−5%`.
    pub words: Vec<String>,
}

/// Least size of the numbers in a map.
const LEAST: f64 = 16.0;

impl SweepAnswer {
    /// The chance of a wider gap, which tips at one half.
    #[must_use]
    pub fn chance() -> Self {
        Self { scale: SweepScale::Chance, level: 0.5, mark: "50:50".to_owned(), reach: 0.5 }
    }

    /// The median ratio, which tips at that of the base year.
    #[must_use]
    pub fn ratio(today: f64) -> Self {
        Self { scale: SweepScale::Ratio, level: today, mark: format!("today {}", wording::ratio(today)), reach: 1.0 }
    }

    /// Distance from the tipping point, from −1 to 1.
    fn tilt(&self, value: f64) -> f64 {
        let far = match self.scale {
            SweepScale::Chance => (value - self.level) / self.level.max(1.0 - self.level),
            // Ten times as wide is as far as the scale goes.
            SweepScale::Ratio => libm::log10(value / self.level),
            SweepScale::Unit(_) => (value - self.level) / self.reach,
        };
        far.clamp(-1.0, 1.0)
    }

    /// Whether a cell has a colour: what is no number has none, and an infinite ratio has that of the widest.
    fn has_place(&self, value: f64) -> bool {
        value.is_finite() || (self.scale == SweepScale::Ratio && value == f64::INFINITY)
    }

    /// How far an answer is from the tipping point, on either side.
    pub(crate) fn far(&self, value: f64) -> f64 {
        self.tilt(value).abs()
    }

    /// The words of a cell, whose unit stands in the subtitle: `63`, `<1`, `15`; of a ratio without an end `>999`.
    fn words(&self, value: f64) -> String {
        match &self.scale {
            _ if !self.has_place(value) => "–".to_owned(),
            SweepScale::Chance if value < 0.005 => "<1".to_owned(),
            SweepScale::Chance if value > 0.995 => ">99".to_owned(),
            SweepScale::Chance => wording::count(100.0 * value),
            SweepScale::Ratio if value < 0.1 => "<0.1".to_owned(),
            SweepScale::Ratio if value >= 999.5 => ">999".to_owned(),
            SweepScale::Ratio => wording::significant(value, 2),
            SweepScale::Unit(unit) => wording::input_value(value, unit),
        }
    }

    /// An answer in words that stand alone: `63%`, `15×`, `$36bn`.
    pub(crate) fn said(&self, value: f64) -> String {
        match &self.scale {
            SweepScale::Chance => wording::percent(value),
            SweepScale::Ratio => wording::ratio(value),
            SweepScale::Unit(unit) => wording::input_value(value, unit),
        }
    }

    /// What a sweep of it says behind its question.
    pub(crate) fn unit(&self) -> &'static str {
        match self.scale {
            SweepScale::Chance => ", %",
            SweepScale::Ratio => ", times",
            SweepScale::Unit(_) => "",
        }
    }

    fn question(&self) -> &'static str {
        match self.scale {
            SweepScale::Chance => "the odds",
            SweepScale::Ratio => "the median ratio",
            SweepScale::Unit(_) => "the answer",
        }
    }

    /// The title of a sweep that has none of its own.
    pub(crate) fn title(&self, name: &str, tipping: Option<f64>, rises: bool, ends: Option<(&str, &str)>) -> Text {
        wording::sweep_title(self.question(), name, tipping, rises, ends)
    }
}

impl Sweep {
    pub(crate) fn draw(&self, style: Style) -> Drawing {
        let (palette, scale) = (style.theme.palette(), style.preset.canvas().2);
        // A column has no room for the ramp, which says elsewhere where the colours change.
        let palest = match self.answer.mark.as_str() {
            mark if style.preset.is_narrow() && !mark.is_empty() => format!(". Palest: {mark}"),
            _ => String::new(),
        };
        let subtitle: [Span; 1] = [(format!("{}{}{palest}", self.question, self.answer.unit()), None)];
        let about = match (self.baseline, self.between_cells) {
            (Some(_), _) => " The title is about the row of the baseline.",
            (None, Some(_)) => " The baseline lies between cells; the title is about the row nearest to it.",
            _ => "",
        };
        let caveat = format!("{} runs on the same random numbers.{about}", self.runs());
        let frame =
            Frame { title: self.title(), subtitle: &subtitle, credits: &self.credits, caveat: &caveat, column: 740.0 };
        let (mut canvas, [left, top, right, bottom]) = frame::sheet(style, &frame);
        let narrow = style.preset.is_narrow();
        let strong = Ink::new(19.0 * scale, Weight::SemiBold, palette.sub);
        let top = top + 34.0 * scale;
        // The name of the second input stands above its values; a rotated name would be read by nobody.
        let name = text::fitted(&format!("Up: {}", self.up.name), strong.size, strong.weight, right - left);
        canvas.text(&name, (left, top), Anchor::Start, strong);
        let ramp = if narrow { 0.0 } else { 150.0 * scale };
        let area = [left, top + 16.0 * scale, right - ramp, bottom - 62.0 * scale];
        let (plot, has_cross) = self.grid(&mut canvas, style, area);
        let across = format!("Across: {}", self.across.name);
        let baseline = match (self.baseline, narrow) {
            (Some(_), false) => "Outlined: baseline",
            (None, false) if has_cross => "Cross: baseline",
            _ => "",
        };
        let y = plot[3] + 58.0 * scale;
        canvas.text(
            &text::fitted(&across, strong.size, strong.weight, plot[2] - plot[0] - 60.0),
            (plot[0], y),
            Anchor::Start,
            strong,
        );
        if !baseline.is_empty() {
            let ink = Ink::new(18.0 * scale, Weight::Regular, palette.ink);
            canvas.text(baseline, (right, y), Anchor::End, ink);
        }
        if !narrow {
            self.ramp(&mut canvas, style, [plot[2] + 24.0 * scale, plot[1], right, plot[3]]);
        }
        canvas.finish("sweep", self.alt(), self.table())
    }

    fn runs(&self) -> usize {
        self.cells.iter().map(Vec::len).sum()
    }

    /// The value of the first input at which the answer tips, with the second one at its baseline.
    fn tipping(&self) -> Option<f64> {
        if self.tipping.is_some() {
            return self.tipping;
        }
        let row = self.cells.get(self.baseline?.1)?;
        tips(&self.answer, &self.across.values, row)
    }

    fn title(&self) -> Text {
        if let Some(title) = &self.title {
            return title.clone();
        }
        let row = self.baseline.and_then(|(_, row)| self.cells.get(row));
        let rises = row.is_some_and(|row| row.first() < row.last());
        let (first, last) = (self.across.words.first(), self.across.words.last());
        let ends = first.zip(last).map(|(first, last)| (first.as_str(), last.as_str()));
        self.answer.title(&self.across.name, self.tipping(), rises, ends)
    }

    /// Cells with their numbers and the values beside them; returns the rectangle of the cells, and whether the baseline has a cross
    /// between them.
    ///
    /// Where numbers are wider than their cells, only every so many columns are drawn; the table has all.
    fn grid(&self, canvas: &mut Canvas, style: Style, area: [f64; 4]) -> ([f64; 4], bool) {
        let [left, top, right, bottom] = area;
        let (palette, scale) = (style.theme.palette(), style.preset.canvas().2);
        let ink = Ink::new(19.0 * scale, Weight::Regular, palette.mute);
        let widths = self.up.words.iter().map(|words| text::width(words, ink.size, ink.weight));
        let left = left + widths.fold(0.0, f64::max) + 14.0;
        let (columns, rows) = (self.across.values.len().max(1), self.up.values.len().max(1));
        let (wide, tall) = ((right - left) / columns as f64, (bottom - top) / rows as f64);
        let numbers =
            self.cells.iter().flatten().map(|value| text::width(&self.answer.words(*value), 19.0, Weight::SemiBold));
        let most = numbers.fold(1.0, f64::max);
        let needed = most * LEAST / 19.0 + 8.0;
        if needed > wide && columns > 1 {
            let step = ((needed / wide).ceil() as usize).clamp(2, columns);
            return self.thinned(step).grid(canvas, style, area);
        }
        // Numbers as large as the narrowest cell allows, down to the least that can be read.
        let size = (19.0 * ((wide - 8.0) / most)).clamp(LEAST, 19.0 * scale);
        // Where a number has room beside it.
        let has_room = wide >= 2.0 * most * size / 19.0 + 40.0 * scale;
        let cross = self.cross().filter(|_| has_room).map(|(column, row)| (left + column * wide, bottom - row * tall));
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
                let middle = (x + 0.5 * wide, upper + 0.5 * tall);
                let at = middle.0 + cross.map_or(0.0, |cross| places::aside(cross, middle, half, scale));
                canvas.text(&words, (at, middle.1 + 0.35 * size), Anchor::Middle, number);
            }
        }
        if let Some((column, row)) = self.baseline {
            let (x, y) = (left + column as f64 * wide, bottom - (row + 1) as f64 * tall);
            let corners = [(x, y), (x + wide, y), (x + wide, y + tall), (x, y + tall), (x, y), (x + wide, y)];
            canvas.polyline(&corners, palette.ink, 4.0, "");
        }
        cross.into_iter().for_each(|at| places::cross(canvas, style, at));
        let room =
            self.across.words.iter().map(|words| text::width(words, ink.size, ink.weight)).fold(0.0, f64::max) + 10.0;
        let every = (room / wide).ceil().max(1.0) as usize;
        for (column, words) in self.across.words.iter().enumerate().step_by(every) {
            let x = left + (column as f64 + 0.5) * wide;
            canvas.text(words, (x, bottom + 28.0 * scale), Anchor::Middle, ink);
        }
        ([left, top, right, bottom], cross.is_some())
    }

    /// Where the baseline lies between cells, in columns from the left and rows from the bottom.
    fn cross(&self) -> Option<(f64, f64)> {
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
        // Between thinned columns nobody would look for it.
        thin.between_cells = None;
        thin.baseline = self.baseline.map(|(column, row)| (column / step, row));
        thin
    }

    pub(super) fn colour(&self, style: Style, value: f64) -> Rgb {
        let palette = style.theme.palette();
        if !self.answer.has_place(value) {
            return palette.faint;
        }
        let tilt = self.answer.tilt(value);
        let end = if tilt >= 0.0 { palette.wider_text } else { palette.narrower_text };
        // The middle is neither: near the ground, with enough of a tint to be a cell.
        mixed(end, palette.grid, tilt.abs())
    }

    fn alt(&self) -> String {
        let mut alt = format!(
            "Heat map of {} cells. {}. Across: {}, {} values; up: {}, {} values.",
            self.runs(),
            self.question,
            self.across.name,
            self.across.values.len(),
            self.up.name,
            self.up.values.len()
        );
        let all: Vec<f64> = self.cells.iter().flatten().copied().filter(|value| value.is_finite()).collect();
        let low = all.iter().copied().fold(f64::INFINITY, f64::min);
        let high = all.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let _ = write!(alt, " From {} to {}.", self.answer.words(low), self.answer.words(high));
        if let Some((column, row)) = self.baseline {
            let value = self.cells.get(row).and_then(|cells| cells.get(column)).copied().unwrap_or(f64::NAN);
            let _ = write!(alt, " Baseline: {}.", self.answer.words(value));
        }
        alt
    }

    fn table(&self) -> Table {
        let name = |words: &str| words.replace([',', '"'], " ");
        let mut table = Table::new(&CHART_SWEEP)
            .named("{first input}", &name(&self.across.name))
            .named("{second input}", &name(&self.up.name));
        for (row, cells) in self.cells.iter().enumerate() {
            for (column, value) in cells.iter().enumerate() {
                let (x, y) = (self.across.values.get(column), self.up.values.get(row));
                table.push([x.copied().into(), y.copied().into(), (*value).into()]);
            }
        }
        if let Some(tipping) = self.tipping() {
            table.push([tipping.into(), Field::Missing, Field::Missing]);
        }
        for end in ends(self.tipping_between) {
            table.push([end.into(), Field::Missing, Field::Missing]);
        }
        table
    }
}

/// Where answers along a row cross their tipping point, by straight interpolation; the first crossing.
pub(crate) fn tips(answer: &SweepAnswer, values: &[f64], answers: &[f64]) -> Option<f64> {
    let tilts: Vec<f64> = answers.iter().map(|value| answer.tilt(*value)).collect();
    places::crossing(values, &tilts)
}
