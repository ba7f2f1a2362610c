//! The sweep over two assumptions: where the line is on which the answer tips.

mod colours;
mod grid;
mod places;
mod ramp;

use std::fmt::Write;

use crate::table::declared::CHART_SWEEP;
use crate::table::{Field, Table};
use crate::wording::{self, Text};

use super::axis;
use crate::draw::Credits;
use crate::draw::canvas::Anchor;
use crate::draw::drawing::Drawing;
use crate::draw::frame::{self, Frame, Span};
use crate::draw::sheet::Ink;
use crate::draw::style::Style;
use crate::draw::text::{self, Weight};
use crate::draw::theme::{Rgb, mixed};
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
    /// How many runs were made, of which the cells may be only every second or third.
    pub made: usize,
    /// The row that the title is about: the baseline's, or the one nearest to it.
    pub told: usize,
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

/// Between which values ratios are written as they are: below and above stand `<0.1` and `>999`.
pub(crate) const LEGIBLE: (f64, f64) = (0.1, 999.5);

/// What a sweep's cells hold, and where they tip.
#[derive(Clone, Debug, PartialEq)]
pub struct SweepAnswer {
    /// How they are written and drawn.
    pub scale: SweepScale,
    /// Where the answer tips: one half of a chance, the level of the base year, what a goal asks for.
    pub level: f64,
    /// What stands beside the level: `50:50`, `today 16×`; nothing where no level matters.
    pub mark: String,
    /// Least and greatest answer, which the colours reach.
    pub ends: (f64, f64),
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
    /// Their unit: `share a year`.
    pub unit: String,
}

impl SweepScale {
    /// The unit of answers, as tables name it.
    pub(crate) fn unit(&self) -> &str {
        match self {
            Self::Chance => "share",
            Self::Ratio => "times",
            Self::Unit(unit) => unit,
        }
    }
}

impl SweepAnswer {
    /// The chance of a wider gap, which tips at one half.
    #[must_use]
    pub fn chance() -> Self {
        Self { scale: SweepScale::Chance, level: 0.5, mark: "50:50".to_owned(), ends: (0.0, 1.0) }
    }

    /// The median ratio, which tips at that of the base year; ten times as wide is as far as the colours go.
    #[must_use]
    pub fn ratio(today: f64) -> Self {
        let mark = format!("today {}", wording::ratio(today));
        Self { scale: SweepScale::Ratio, level: today, mark, ends: (0.1 * today, 10.0 * today) }
    }

    /// Distance from the tipping point, below zero beneath it.
    fn off(&self, value: f64) -> f64 {
        match self.scale {
            SweepScale::Ratio => libm::log10(value / self.level),
            SweepScale::Chance | SweepScale::Unit(_) => value - self.level,
        }
    }

    /// Whether a cell has a colour: what is no number has none, and an infinite ratio has that of the widest.
    fn has_place(&self, value: f64) -> bool {
        value.is_finite() || (self.scale == SweepScale::Ratio && value == f64::INFINITY)
    }

    /// The words of a cell, whose unit stands in the subtitle: `63`, `<1`, `15`; of a ratio without an end `>999`.
    fn words(&self, value: f64) -> String {
        match &self.scale {
            _ if !self.has_place(value) => "–".to_owned(),
            SweepScale::Chance if value < 0.005 => "<1".to_owned(),
            SweepScale::Chance if value > 0.995 => ">99".to_owned(),
            SweepScale::Chance => wording::count(100.0 * value),
            SweepScale::Ratio if value < LEGIBLE.0 => "<0.1".to_owned(),
            SweepScale::Ratio if value >= LEGIBLE.1 => ">999".to_owned(),
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
        let subtitle: [Span; 1] = [(format!("{}{}", self.question, self.answer.unit()), None)];
        let shown = self.fitting(style);
        let caveat = self.caveat(&shown);
        let frame =
            Frame { title: self.title(), subtitle: &subtitle, credits: &self.credits, caveat: &caveat, column: 780.0 };
        let (mut canvas, [left, top, right, bottom]) = frame::sheet(style, &frame);
        let narrow = style.preset.is_narrow();
        let strong = Ink::new(19.0 * scale, Weight::SemiBold, palette.sub);
        let line = 24.0 * scale;
        // The name of the second input stands above its values; a rotated name would be read by nobody.
        let up = axis::lines(&format!("Up: {}", self.up.name), strong, right - left);
        let top = top + 34.0 * scale + (up.len() - 1) as f64 * line;
        axis::write(&mut canvas, &up, (left, top - (up.len() - 1) as f64 * line), strong);
        let (key, plain) = (shown.key(), Ink::new(18.0 * scale, Weight::Regular, palette.ink));
        let start = left + shown.beside(style);
        // Beside the name of the first input stands what marks the scenario; a narrow sheet has it, and the colours, below.
        let taken = if narrow || key.is_empty() { 0.0 } else { text::width(key, plain.size, plain.weight) + 24.0 };
        let across = axis::lines(&format!("Across: {}", self.across.name), strong, right - start - taken);
        let below = if narrow { Self::BELOW * scale + if key.is_empty() { 0.0 } else { line } } else { 0.0 };
        let floor = bottom - 38.0 * scale - across.len() as f64 * line - below;
        let plot = shown.grid(&mut canvas, style, [left, top + 16.0 * scale, right - Self::ramp_width(style), floor]);
        let y = plot[3] + 58.0 * scale;
        axis::write(&mut canvas, &across, (plot[0], y), strong);
        let after = y + (across.len() - 1) as f64 * line;
        match (key.is_empty(), narrow) {
            (true, _) => {}
            (false, false) => _ = canvas.text(key, (right, y), Anchor::End, plain),
            (false, true) => _ = canvas.text(key, (plot[0], after + line), Anchor::Start, plain),
        }
        if narrow {
            shown.ramp_below(&mut canvas, style, [plot[0], bottom - (Self::BELOW - 18.0) * scale, right]);
        } else {
            shown.ramp(&mut canvas, style, [plot[2] + 24.0 * scale, plot[1], right, plot[3]]);
        }
        canvas.finish("sweep", self.alt(), self.table())
    }

    /// What the footer says besides: how many runs were made and are drawn, and which row the title is about.
    fn caveat(&self, shown: &Self) -> String {
        let row = self.up.words.get(self.told).map_or("", String::as_str);
        let about = match (self.baseline, self.between_cells, shown.cross()) {
            (Some(_), ..) => format!(" The title is about the row of the scenario, {row}."),
            (None, Some(_), Some(_)) => {
                format!(" The scenario lies between cells, at the cross; the title is about the row of {row}.")
            }
            (None, Some(_), None) => {
                format!(" The scenario lies outside the map; the title is about the row of {row}.")
            }
            (None, None, _) => String::new(),
        };
        let drawn = match shown.runs() {
            some if some < self.made => format!(", {some} of them drawn; the run’s table has all"),
            _ => String::new(),
        };
        format!("{} runs on the same random numbers{drawn}.{about}", self.made)
    }

    /// What marks the scenario in this map, in words; nothing where nothing does.
    fn key(&self) -> &'static str {
        match (self.baseline, self.cross()) {
            (Some(_), _) => "Outlined: the scenario",
            (None, Some(_)) => "Cross: the scenario",
            (None, None) => "",
        }
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

    pub(super) fn colour(&self, style: Style, value: f64) -> Rgb {
        let palette = style.theme.palette();
        if !self.answer.has_place(value) {
            return palette.faint;
        }
        let tint = self.answer.tint(value);
        let end = if tint >= 0.0 { palette.wider_text } else { palette.narrower_text };
        // The line is neither: near the ground, with enough of a tint to be a cell.
        mixed(end, palette.grid, tint.abs())
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
            let _ = write!(alt, " The scenario: {}.", self.answer.words(value));
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
    let offs: Vec<f64> = answers.iter().map(|value| answer.off(*value)).collect();
    places::crossing(values, &offs)
}
