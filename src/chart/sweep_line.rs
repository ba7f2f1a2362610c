//! The sweep over one assumption: how the answer moves with it, and where it tips.

use std::fmt::Write;

use crate::table::declared::CHART_SWEEP_LINE;
use crate::table::{Field, Table};
use crate::wording::{self, Text};

use super::broken::broken;
use super::sweep::{SweepAnswer, SweepAxis, SweepScale, ends, tips};
use crate::draw::Credits;
use crate::draw::canvas::{Anchor, Canvas};
use crate::draw::drawing::Drawing;
use crate::draw::frame::{self, Frame, Span};
use crate::draw::marker::{self, Marker};
use crate::draw::sheet::Ink;
use crate::draw::style::Style;
use crate::draw::text::{self, Weight};
use crate::draw::ticks::Scale;

/// An answer for every value of one input.
#[derive(Clone, Debug, PartialEq)]
pub struct SweepLine {
    /// The title; made from the tipping point if there is none.
    pub title: Option<Text>,
    /// What the points are, as the subtitle says it.
    pub question: String,
    /// Whether the points are chances or ratios, which decides where they tip.
    pub answer: SweepAnswer,
    /// The input and its values.
    pub across: SweepAxis,
    /// What the band around the points is: `80% of paths`, `simulation error`; nothing where there is none.
    pub band: String,
    /// Low end, answer and high end at each value.
    pub points: Vec<[f64; 3]>,
    /// The baseline's value of the input, if it is within the sweep.
    pub baseline: Option<f64>,
    /// The value at which the answer tips, if it is known better than from the points.
    pub tipping: Option<f64>,
    /// Between which values it tips, where that is no one number.
    pub tipping_between: Option<(f64, f64)>,
    /// A sentence on the values that have no point; empty if there are none.
    pub not_drawn: String,
    /// Where the numbers come from.
    pub credits: Credits,
}

impl SweepLine {
    pub(crate) fn draw(&self, style: Style) -> Drawing {
        let scale = style.preset.canvas().2;
        let unit = match self.answer.scale {
            SweepScale::Chance => ", %",
            SweepScale::Ratio => ", log scale",
            SweepScale::Unit(_) => "",
        };
        let open = self.points.iter().any(|point| point[2] == f64::INFINITY);
        let open = if open { ", open where it has no upper end" } else { "" };
        let band = if self.band.is_empty() { String::new() } else { format!(". Band: {}{open}", self.band) };
        let subtitle: [Span; 1] = [(format!("{}{unit}{band}", self.question), None)];
        let runs = self.points.len();
        let not_drawn = if self.not_drawn.is_empty() { String::new() } else { format!(" {}", self.not_drawn) };
        let caveat = format!("Every point is a run of its own on the same random numbers; {runs} runs.{not_drawn}");
        let frame =
            Frame { title: self.title(), subtitle: &subtitle, credits: &self.credits, caveat: &caveat, column: 680.0 };
        let (mut canvas, [left, top, right, bottom]) = frame::sheet(style, &frame);
        self.plot(&mut canvas, style, [left, top + 52.0 * scale, right, bottom - 72.0 * scale]);
        canvas.finish("sweep-line", self.alt(), self.table())
    }

    fn tips(&self) -> Option<f64> {
        self.tipping.or_else(|| tips(&self.answer, &self.across.values, &self.answers()))
    }

    fn answers(&self) -> Vec<f64> {
        self.points.iter().map(|point| point[1]).collect()
    }

    fn title(&self) -> Text {
        if let Some(title) = &self.title {
            return title.clone();
        }
        let answers = self.answers();
        let rises = answers.first() < answers.last();
        let ends = self.across.words.first().zip(self.across.words.last());
        let tipping = self.tips();
        self.answer.title(&self.across.name, tipping, rises, ends.map(|(a, b)| (a.as_str(), b.as_str())))
    }

    fn scale(&self) -> Scale {
        let usable = self.points.iter().flatten().copied().filter(|it| it.is_finite());
        match self.answer.scale {
            SweepScale::Chance => {
                Scale { log: false, domain: (0.0, 1.0), labelled: vec![0.0, 0.25, 0.5, 0.75, 1.0], faint: Vec::new() }
            }
            SweepScale::Ratio => {
                let today = self.answer.level;
                let positive = usable.filter(|it| *it > 0.0);
                let (low, high) = positive.fold((today, today), |(low, high), it| (low.min(it), high.max(it)));
                Scale::log(low, high)
            }
            SweepScale::Unit(_) => {
                let level = self.answer.level;
                let (low, high) = usable.fold((level, level), |(low, high), it| (low.min(it), high.max(it)));
                Scale::linear(low, high)
            }
        }
    }

    fn plot(&self, canvas: &mut Canvas, style: Style, [left, top, right, bottom]: [f64; 4]) {
        let (palette, scale) = (style.theme.palette(), style.preset.canvas().2);
        let axis = self.scale();
        let with = |value: f64, figures: i32| match &self.answer.scale {
            SweepScale::Chance if value == 1.0 => "100%".to_owned(),
            SweepScale::Chance => wording::count(100.0 * value),
            SweepScale::Ratio => wording::ratio_axis(value),
            SweepScale::Unit(unit) if figures > 2 => wording::input_value_at(value, unit, figures),
            SweepScale::Unit(unit) => wording::input_value(value, unit),
        };
        let differ =
            |figures: &i32| axis.labelled.windows(2).all(|pair| with(pair[0], *figures) != with(pair[1], *figures));
        let figures = (2..=5).find(differ).unwrap_or(2);
        let words = |value: f64| with(value, figures);
        let ink = Ink::new(20.0 * scale, Weight::Regular, palette.mute);
        let gutter =
            axis.labelled.iter().map(|value| text::width(&words(*value), ink.size, ink.weight)).fold(0.0, f64::max);
        let left = left + gutter + 14.0;
        let y = |value: f64| bottom - axis.place(value).clamp(0.0, 1.0) * (bottom - top);
        canvas.axis(&axis, axis.labelled.len(), false);
        canvas.axis_says(axis.labelled.iter().map(|value| words(*value)).collect());
        for value in &axis.labelled {
            canvas.line((left, y(*value)), (right, y(*value)), palette.grid, 1.5, "");
            canvas.text(&words(*value), (left - 12.0, y(*value) + 7.0 * scale), Anchor::End, ink);
        }
        let (first, last) =
            (self.across.values.first().copied().unwrap_or(0.0), self.across.values.last().copied().unwrap_or(1.0));
        let span = if last > first { last - first } else { 1.0 };
        let x = |value: f64| left + 24.0 * scale + (value - first) / span * (right - left - 48.0 * scale);
        let level = self.answer.level;
        canvas.line((left, y(level)), (right, y(level)), palette.ink, 1.5, "6 5");
        for (value, words) in self.ticks(ink, &x) {
            canvas.text(&words, (x(value), bottom + 31.0 * scale), Anchor::Middle, ink);
        }
        canvas.line((left, bottom), (right, bottom), palette.axis, 1.5, "");
        let strong = Ink::new(19.0 * scale, Weight::SemiBold, palette.sub);
        let name = text::fitted(&self.across.name, strong.size, strong.weight, right - left);
        canvas.text(&name, (left, bottom + 60.0 * scale), Anchor::Start, strong);
        self.line(canvas, style, [left, top, right, bottom], &x, &y);
        self.notes(canvas, style, [left, top, right, bottom], &x, y(level));
    }

    /// Values that are written below the line: the one at which the answer tips and the baseline before others, none in another.
    fn ticks(&self, ink: Ink, x: &dyn Fn(f64) -> f64) -> Vec<(f64, String)> {
        let matters = |value: f64| [self.tipping, self.baseline].contains(&Some(value));
        let mut all: Vec<(f64, &String)> = self.across.values.iter().copied().zip(&self.across.words).collect();
        all.retain(|(_, words)| !words.is_empty());
        all.sort_by_key(|(value, _)| !matters(*value));
        let half = |words: &str| 0.5 * text::width(words, ink.size, ink.weight);
        let mut kept: Vec<(f64, String)> = Vec::new();
        for (value, words) in all {
            let apart = |(other, said): &(f64, String)| (x(value) - x(*other)).abs() > half(words) + half(said) + 12.0;
            if kept.iter().all(apart) {
                kept.push((value, words.clone()));
            }
        }
        kept.sort_by(|a, b| a.0.total_cmp(&b.0));
        kept
    }

    /// Band, line and markers.
    fn line(&self, canvas: &mut Canvas, style: Style, area: [f64; 4], x: &dyn Fn(f64) -> f64, y: &dyn Fn(f64) -> f64) {
        let palette = style.theme.palette();
        let places: Vec<(f64, [f64; 3])> =
            self.across.values.iter().copied().zip(self.points.iter().copied()).collect();
        // A band without an end leaves the plot.
        let drawn = |point: &[f64; 3]| point[1].is_finite() && !point[0].is_nan() && !point[2].is_nan();
        let whole: Vec<(f64, [f64; 3])> = places.into_iter().filter(|(_, point)| drawn(point)).collect();
        canvas.enter_plot(area);
        let mut outline: Vec<(f64, f64)> = whole.iter().map(|(value, point)| (x(*value), y(point[0]))).collect();
        outline.extend(whole.iter().rev().map(|(value, point)| (x(*value), y(point[2]))));
        canvas.polygon(&outline, palette.gap, palette.bands[1]);
        if style.high_contrast {
            canvas.polyline(&outline, palette.gap, 1.5, "");
        }
        let points: Vec<(f64, f64)> = whole.iter().map(|(value, point)| (x(*value), y(point[1]))).collect();
        canvas.polyline(&points, palette.ground, 7.0, "");
        canvas.polyline(&points, palette.gap, 4.0, "");
        for point in points {
            marker::draw(canvas, Marker::Diamond, point, (palette.gap, palette.gap, palette.ground));
        }
        canvas.leave_plot();
    }

    /// The words on the level, and the value of the baseline.
    fn notes(
        &self,
        canvas: &mut Canvas,
        style: Style,
        [left, top, right, bottom]: [f64; 4],
        x: &dyn Fn(f64) -> f64,
        level: f64,
    ) {
        let (palette, scale) = (style.theme.palette(), style.preset.canvas().2);
        let plain = Ink::new(18.0 * scale, Weight::Regular, palette.ink).over(palette.ground);
        let words = &self.answer.mark;
        // On the side where the line is away from the level.
        let answers = self.answers();
        let far = |place: Option<&f64>| place.map_or(0.0, |value| self.answer.far(*value));
        let starts = far(answers.first()) >= far(answers.last());
        let (at, anchor) = if starts { (left + 6.0, Anchor::Start) } else { (right - 6.0, Anchor::End) };
        // Above the level where the line ends below it, and the other way round, so that no marker stands in the words.
        let end = if starts { answers.first() } else { answers.last() };
        let under = level + 24.0 * scale;
        let is_under = end.is_some_and(|end| *end > self.answer.level) && under + 6.0 * scale < bottom;
        let below = if is_under { under } else { level - 8.0 * scale };
        canvas.text(words, (at, below), anchor, plain);
        let wide = text::width(words, plain.size, plain.weight);
        let from = if starts { at } else { at - wide };
        let said = [[from, below - 0.9 * plain.size, from + wide, below + 0.35 * plain.size]];
        // Down from where the answer crosses its level, so that the eye finds the value on the axis.
        let inside = |tip: &f64| self.across.values.first() <= Some(tip) && Some(tip) <= self.across.values.last();
        if let Some(tip) = self.tipping.filter(inside) {
            broken(canvas, (x(tip), level, bottom), &said, (palette.gap, 1.5, "6 5"));
        }
        if let Some(value) = self.baseline {
            broken(canvas, (x(value), top - 4.0, bottom), &said, (palette.sub, 1.5, "2 5"));
            let half = 0.5 * text::width("baseline", plain.size, plain.weight);
            let at = x(value).clamp(left + half, right - half);
            canvas.text("baseline", (at, top - 12.0 * scale), Anchor::Middle, plain);
        }
    }

    fn alt(&self) -> String {
        let mut alt =
            format!("Line chart. {} for {} values of {}.", self.question, self.points.len(), self.across.name);
        let said = |value: f64| self.answer.said(value);
        for (words, point) in
            [self.across.words.first().zip(self.points.first()), self.across.words.last().zip(self.points.last())]
                .into_iter()
                .flatten()
        {
            let _ = write!(alt, " At {words}: {}.", said(point[1]));
        }
        alt
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&CHART_SWEEP_LINE).named("{input}", &self.across.name.replace([',', '"'], " "));
        for (value, point) in self.across.values.iter().zip(&self.points) {
            table.push(std::iter::once(Field::from(*value)).chain(point.map(Field::from)));
        }
        if let Some(tipping) = self.tips() {
            table.push([tipping.into(), Field::Missing, Field::Missing, Field::Missing]);
        }
        for end in ends(self.tipping_between) {
            table.push([end.into(), Field::Missing, Field::Missing, Field::Missing]);
        }
        table
    }
}
