//! The line along an input with its band, the level that it is held against, and words that keep off both and off the grid.

use super::super::axis;
use super::super::broken::broken;
use super::SweepLine;
use crate::chart::sweep::SweepScale;
use crate::draw::canvas::{Anchor, Canvas};
use crate::draw::marker::{self, Marker};
use crate::draw::sheet::Ink;
use crate::draw::style::Style;
use crate::draw::text::{self, Weight};
use crate::draw::ticks::Scale;
use crate::wording;

/// Where values stand on the sheet.
struct Places {
    area: [f64; 4],
    axis: Scale,
    ends: (f64, f64),
    /// Space between the edges and the first and the last value.
    edge: f64,
}

impl Places {
    fn x(&self, value: f64) -> f64 {
        let [left, _, right, _] = self.area;
        let (first, last) = self.ends;
        let span = if last > first { last - first } else { 1.0 };
        left + self.edge + (value - first) / span * (right - left - 2.0 * self.edge)
    }

    fn y(&self, value: f64) -> f64 {
        let [_, top, _, bottom] = self.area;
        bottom - self.axis.place(value).clamp(0.0, 1.0) * (bottom - top)
    }
}

/// Words with their place, laid out before anything is drawn.
struct Label {
    words: String,
    /// Left end of the baseline.
    at: (f64, f64),
    ink: Ink,
}

impl Label {
    fn area(&self) -> [f64; 4] {
        let ((x, y), size) = (self.at, self.ink.size);
        [x, y - 0.8 * size, x + text::width(&self.words, size, self.ink.weight), y + 0.26 * size]
    }
}

impl SweepLine {
    /// Draws everything but the name of the axis; returns the rectangle of the plot.
    pub(super) fn plot(&self, canvas: &mut Canvas, style: Style, [left, top, right, bottom]: [f64; 4]) -> [f64; 4] {
        let (palette, scale) = (style.theme.palette(), style.preset.canvas().2);
        let axis = self.scale();
        let says = self.says(&axis);
        let ink = Ink::new(20.0 * scale, Weight::Regular, palette.mute);
        let gutter = says.iter().map(|words| text::width(words, ink.size, ink.weight)).fold(0.0, f64::max);
        let area = [left + gutter + 14.0, top, right, bottom];
        let ends =
            (self.across.values.first().copied().unwrap_or(0.0), self.across.values.last().copied().unwrap_or(1.0));
        let places = Places { area, axis, ends, edge: 24.0 * scale };
        let left = area[0];
        let line: Vec<(f64, f64)> = self.whole().map(|(value, point)| (places.x(value), places.y(point[1]))).collect();
        let labels = self.labels(style, &places, &line);
        let taken: Vec<[f64; 4]> = labels.iter().map(Label::area).collect();
        canvas.axis(&places.axis, places.axis.labelled.len(), false);
        canvas.axis_says(says.clone());
        for (value, words) in places.axis.labelled.iter().zip(&says) {
            axis::across(canvas, (left, right, places.y(*value)), &taken, (palette.grid, 1.5, ""));
            canvas.text(words, (left - 12.0, places.y(*value) + 7.0 * scale), Anchor::End, ink);
        }
        let level = places.y(self.answer.level);
        if !self.answer.mark.is_empty() {
            axis::across(canvas, (left, right, level), &taken, (palette.ink, 1.5, "6 5"));
        }
        let limits = (left - 14.0, right + 4.0);
        for (value, words) in axis::round(ends, &self.across.unit, ink, &|value| places.x(value), limits) {
            canvas.text(&words, (places.x(value), bottom + 31.0 * scale), Anchor::Middle, ink);
            canvas.line((places.x(value), bottom), (places.x(value), bottom + 6.0), palette.axis, 1.5, "");
        }
        canvas.line((left, bottom), (right, bottom), palette.axis, 1.5, "");
        self.line(canvas, style, &places, &line);
        self.uprights(canvas, style, &places, &taken);
        for label in &labels {
            canvas.text(&label.words, label.at, Anchor::Start, label.ink);
        }
        area
    }

    /// The words of the values that are labelled, in as many figures as tell them apart.
    fn says(&self, axis: &Scale) -> Vec<String> {
        let last = axis.labelled.last().copied();
        let with = |value: f64, figures: i32| match &self.answer.scale {
            SweepScale::Chance if Some(value) == last => axis::exact(value, "share"),
            SweepScale::Chance => axis::exact(value, "share").trim_end_matches('%').to_owned(),
            SweepScale::Ratio => wording::ratio_axis(value),
            SweepScale::Unit(unit) if figures > 2 => wording::input_value_at(value, unit, figures),
            SweepScale::Unit(unit) => wording::input_value(value, unit),
        };
        let differ =
            |figures: &i32| axis.labelled.windows(2).all(|pair| with(pair[0], *figures) != with(pair[1], *figures));
        let figures = (2..=5).find(differ).unwrap_or(2);
        axis.labelled.iter().map(|value| with(*value, figures)).collect()
    }

    /// Values with an answer that has a place.
    fn whole(&self) -> impl Iterator<Item = (f64, [f64; 3])> + '_ {
        let places = self.across.values.iter().copied().zip(self.points.iter().copied());
        places.filter(|(_, point)| point[1].is_finite())
    }

    /// Band, line and markers; on the side where a goal is met a tint as far as the plot goes.
    fn line(&self, canvas: &mut Canvas, style: Style, places: &Places, line: &[(f64, f64)]) {
        let palette = style.theme.palette();
        canvas.enter_plot(places.area);
        if let (Some(above), Some(first), Some(last)) = (self.met_above, line.first(), line.last()) {
            let edge = if above { places.area[1] } else { places.area[3] };
            let mut side = line.to_vec();
            side.extend([(last.0, edge), (first.0, edge)]);
            canvas.polygon(&side, palette.wider_text, 0.5 * palette.bands[0]);
        }
        // Where the ends are not known there is no band. One without an end leaves the plot.
        let whole: Vec<(f64, [f64; 3])> = self.whole().collect();
        let known = |(_, point): &(f64, [f64; 3])| !point[0].is_nan() && !point[2].is_nan();
        for run in whole.chunk_by(|a, b| known(a) == known(b)).filter(|run| run.first().is_some_and(known)) {
            let mut outline: Vec<(f64, f64)> =
                run.iter().map(|(value, point)| (places.x(*value), places.y(point[0]))).collect();
            outline.extend(run.iter().rev().map(|(value, point)| (places.x(*value), places.y(point[2]))));
            canvas.polygon(&outline, palette.gap, palette.bands[1]);
            if style.high_contrast {
                canvas.polyline(&outline, palette.gap, 1.5, "");
            }
        }
        canvas.polyline(line, palette.ground, 7.0, "");
        canvas.polyline(line, palette.gap, 4.0, "");
        for point in line {
            marker::draw(canvas, Marker::Diamond, *point, (palette.gap, palette.gap, palette.ground));
        }
        canvas.leave_plot();
    }

    /// Down from where the answer crosses its level, so that the eye finds the value on the axis, and the scenario's value.
    fn uprights(&self, canvas: &mut Canvas, style: Style, places: &Places, taken: &[[f64; 4]]) {
        let palette = style.theme.palette();
        let [_, top, _, bottom] = places.area;
        if let Some(tip) = self.tip() {
            broken(canvas, (places.x(tip), places.y(self.answer.level), bottom), taken, (palette.gap, 1.5, "6 5"));
        }
        if let Some(value) = self.baseline {
            broken(canvas, (places.x(value), top - 4.0, bottom), taken, (palette.sub, 1.5, "2 5"));
        }
    }

    /// The value at which the answer tips, if it lies among those that are drawn.
    fn tip(&self) -> Option<f64> {
        let inside = |tip: &f64| self.across.values.first() <= Some(tip) && Some(tip) <= self.across.values.last();
        self.tipping.filter(inside)
    }

    /// The words in the plot: the scenario's value above it, the level, the value at which it tips, the sides of a goal.
    fn labels(&self, style: Style, places: &Places, line: &[(f64, f64)]) -> Vec<Label> {
        let (palette, scale) = (style.theme.palette(), style.preset.canvas().2);
        let [left, top, right, bottom] = places.area;
        let plain = Ink::new(18.0 * scale, Weight::Regular, palette.ink).over(palette.ground);
        let wide = |words: &str| text::width(words, plain.size, plain.weight);
        let mut labels: Vec<Label> = Vec::new();
        if let Some(value) = self.baseline {
            let words = format!("the scenario {}", wording::assumed_value(value, &self.across.unit));
            let x = (places.x(value) - 0.5 * wide(&words)).clamp(left, right - wide(&words));
            labels.push(Label { words, at: (x, top - 12.0 * scale), ink: plain });
        }
        let level = places.y(self.answer.level);
        if !self.answer.mark.is_empty() {
            let words = &self.answer.mark;
            let starts = [left + 6.0, right - 6.0 - wide(words), 0.5 * (left + right - wide(words))];
            let heights = [level - 9.0 * scale, level + 23.0 * scale];
            let all = heights.into_iter().flat_map(|y| starts.map(|x| (x, y)));
            labels.extend(self.best(all, words, plain, places, line, &labels));
        }
        // Only one number is written: what tips over a range is said in the title.
        if let Some(tip) = self.tip().filter(|_| self.tipping_between.is_none()) {
            let words = wording::input_value(tip, &self.across.unit);
            let ink = Ink { weight: Weight::SemiBold, colour: palette.gap, ..plain };
            let half = text::width(&words, ink.size, ink.weight) + 8.0;
            let all = [places.x(tip) + 8.0, places.x(tip) - half].map(|x| (x, bottom - 10.0 * scale));
            labels.extend(self.best(all, &words, ink, places, line, &labels));
        }
        if let Some(above) = self.met_above {
            let said = |met: bool| if met { "goal met" } else { "goal missed" };
            for up in [true, false] {
                let ink = Ink { weight: Weight::SemiBold, ..plain };
                let words = said(up == above);
                let half = 0.5 * text::width(words, ink.size, ink.weight);
                let all = [0.12, 0.25, 0.4, 0.6, 0.75, 0.88].map(|share| {
                    let x = left + share * (right - left);
                    let edge = if up { top } else { bottom };
                    (
                        (x - half).clamp(left + 6.0, right - 2.0 * half - 6.0),
                        0.5 * (edge + height(line, x)) + 0.35 * ink.size,
                    )
                });
                labels.extend(self.best(all, words, ink, places, line, &labels));
            }
        }
        labels
    }

    /// The words at the place that disturbs least: off the line, off other words, off what stands upright, off the grid.
    fn best(
        &self,
        all: impl IntoIterator<Item = (f64, f64)>,
        words: &str,
        ink: Ink,
        places: &Places,
        line: &[(f64, f64)],
        labels: &[Label],
    ) -> Option<Label> {
        let [_, top, _, bottom] = places.area;
        let label = |at: (f64, f64)| Label { words: words.to_owned(), at, ink };
        let harm = |at: (f64, f64)| {
            let [l, t, r, b] = label(at).area();
            let steps = (0..=12).map(|step| l + (r - l) * f64::from(step) / 12.0);
            let near = |(x, y): (f64, f64), room: f64| l - room < x && x < r + room && t - room < y && y < b + room;
            let on_line =
                steps.map(|x| (x, height(line, x))).any(|it| near(it, 5.0)) || line.iter().any(|it| near(*it, 9.0));
            let touches =
                labels.iter().map(Label::area).any(|[l2, t2, r2, b2]| l < r2 + 8.0 && l2 < r + 8.0 && t < b2 && t2 < b);
            let outside = b > bottom - 2.0 || t < top - 4.0;
            let across = [self.baseline.map(|it| places.x(it)), self.tip().map(|it| places.x(it))];
            let upright = across.into_iter().flatten().any(|x| l - 6.0 < x && x < r + 6.0);
            let lines = places.axis.labelled.iter().map(|value| places.y(*value));
            let level = (!self.answer.mark.is_empty()).then(|| places.y(self.answer.level));
            let on_grid = lines.chain(level).any(|y| t - 2.0 < y && y < b + 2.0);
            [(on_line, 100), (touches, 200), (outside, 400), (upright, 10), (on_grid, 5)]
                .into_iter()
                .filter_map(|(is, harm)| is.then_some(harm))
                .sum::<u32>()
        };
        let place = all.into_iter().min_by_key(|at| harm(*at))?;
        (harm(place) < 200).then(|| label(place))
    }
}

/// Height of a line at a place, held at its ends.
fn height(line: &[(f64, f64)], x: f64) -> f64 {
    let Some(pair) = line.windows(2).find(|pair| x <= pair[1].0) else {
        return line.last().map_or(0.0, |last| last.1);
    };
    let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
    if x <= x0 || x1 <= x0 { y0 } else { y0 + (x - x0) / (x1 - x0) * (y1 - y0) }
}
