//! The comparison: medians with end bars at the left, paired effects on the ratio at the right.

use std::fmt::Write;

use crate::table::declared::CHART_COMPARE;
use crate::table::{Field, Table};
use crate::wording::{self, Text};

use super::cited;
use super::multiples::MultiplesPanel;
use super::year::Seen;
use crate::draw::Credits;
use crate::draw::canvas::{Anchor, Canvas};
use crate::draw::dodge;
use crate::draw::drawing::Drawing;
use crate::draw::frame::{self, Frame};
use crate::draw::marker::{self, Marker};
use crate::draw::said::Pieces;
use crate::draw::sheet::Ink;
use crate::draw::style::{Preset, Style};
use crate::draw::text::{self, Weight};
use crate::draw::theme::{Rgb, mixed};
use crate::draw::ticks::Scale;

/// What each what-if does to the ratio.
#[derive(Clone, Debug, PartialEq)]
pub struct Effects {
    /// The baseline, then the what-ifs.
    pub panels: Vec<MultiplesPanel>,
    /// For each what-if, the paired effect at the horizon: quantiles 2.5, 10, 25, 50, 75, 90 and 97.5%, and words on its share.
    pub effects: Vec<([f64; 7], Text)>,
    /// Title, which names the largest effect.
    pub title: Text,
    /// What is the same luck on both sides, and what is not, in a sentence.
    pub luck: String,
    /// Observed ratio.
    pub seen: Vec<Seen>,
    /// Last observed year.
    pub base_year: i32,
    /// Last year that all have.
    pub horizon: i32,
    /// Short names of the lead and the follow region.
    pub regions: [String; 2],
    /// Where the numbers come from.
    pub credits: Credits,
}

/// Most what-ifs that can be read, and the same where the sheet is low or narrow.
const MOST: usize = 8;
const MOST_IN_LITTLE_ROOM: usize = 6;
/// Most scenarios whose medians are drawn in one plot.
const MOST_LINES: usize = 4;

impl Effects {
    pub(crate) fn draw(&self, style: Style) -> Drawing {
        let scale = style.preset.canvas().2;
        let ([lead, follow], counted) = (&self.regions, self.credits.counted);
        let narrow = style.preset.is_narrow();
        let measure = if narrow {
            format!("{lead}/{follow} ratio")
        } else {
            format!("{lead} {counted} as a multiple of {follow}’s")
        };
        let subtitle = [(format!("{measure}, log scales"), None)];
        let little = narrow || style.preset == Preset::Social;
        let shown = self.largest(if little { MOST_IN_LITTLE_ROOM } else { MOST });
        let caveat = match self.effects.len() - shown.len() {
            0 => format!("{} Bars: 50%, 80% and 95% of paths.", self.luck),
            more => format!(
                "{} Bars: 50%, 80% and 95% of paths. Not drawn, in compare.csv: {more} with less effect.",
                self.luck
            ),
        };
        let frame = Frame {
            title: self.title.clone(),
            subtitle: &subtitle,
            credits: &self.credits,
            caveat: &caveat,
            column: 780.0,
        };
        let (mut canvas, [left, top, right, bottom]) = frame::sheet(style, &frame);
        // Lines of more than four scenarios nobody can follow: the small multiples show them, and the effects have the sheet.
        let few = self.has_medians();
        let middle = left + 0.6 * (right - left);
        let split = top + 0.5 * (bottom - top);
        let areas = match (few, style.preset.stacks_panels()) {
            (false, _) => [None, Some([left, top, right, bottom])],
            (true, true) => [Some([left, top, right, split]), Some([left, split + 6.0, right, bottom])],
            (true, false) => [Some([left, top, middle - 20.0, bottom]), Some([middle + 16.0, top, right, bottom])],
        };
        let heads = [
            ("Medians".to_owned(), format!("bars: 50% and 80% of paths in {}", self.horizon)),
            (format!("Effect on the {} ratio", self.horizon), "÷ baseline".to_owned()),
        ];
        for (place, (area, (head, words))) in areas.into_iter().zip(heads).enumerate() {
            let Some([left, top, right, bottom]) = area else { continue };
            let y = top + 38.0 * scale;
            frame::panel_head(&mut canvas, style, (left, y), &head, &words);
            let rows = [y + 26.0 * scale, bottom - 34.0 * scale];
            if place == 0 {
                self.medians(&mut canvas, style, rows, [left, right]);
            } else {
                self.effects(&mut canvas, style, rows, [left + 10.0, right - 20.0], &shown);
            }
        }
        canvas.finish("compare", self.alt(), self.table())
    }

    /// Whether the medians of so few scenarios stand beside the effects.
    #[must_use]
    pub fn has_medians(&self) -> bool {
        self.panels.len() <= MOST_LINES
    }

    /// The what-ifs with the largest effects, in their order: whatever the title names is among them.
    fn largest(&self, most: usize) -> Vec<usize> {
        let size = |place: &usize| {
            let effect = libm::log(self.effects[*place].0[3]).abs();
            if effect.is_finite() { effect } else { -1.0 }
        };
        let mut places: Vec<usize> = (0..self.effects.len()).collect();
        places.sort_by(|a, b| size(b).total_cmp(&size(a)).then(a.cmp(b)));
        places.truncate(most);
        places.sort_unstable();
        places
    }

    fn medians(&self, canvas: &mut Canvas, style: Style, [top, bottom]: [f64; 2], [left, right]: [f64; 2]) {
        let palette = style.theme.palette();
        let scale = style.preset.canvas().2;
        let panels = &self.panels;
        let values = panels.iter().flat_map(|it| {
            let last = it.bands.last().into_iter().flat_map(|band| [band.quantiles[1], band.quantiles[5]]);
            it.bands.iter().map(|band| band.quantiles[3]).chain(last)
        });
        let values: Vec<f64> = values.chain(self.seen.iter().map(|seen| seen.value)).collect();
        let usable = values.iter().copied().filter(|value| value.is_finite() && *value > 0.0);
        let (low, high) = usable.fold((1.0_f64, 1.0_f64), |(low, high), value| (low.min(value), high.max(value)));
        let axis = Scale::log(low, high);
        let ink = Ink::new(18.0 * scale, Weight::Regular, palette.mute);
        let ticks = axis.labelled.iter().map(|it| text::width(&wording::ratio_axis(*it), ink.size, ink.weight));
        let left = left + ticks.fold(0.0, f64::max) + 12.0;
        let name = |place: usize| Ink::new(18.0 * scale, Weight::SemiBold, style.theme.scenario(place));
        // Names take what they need up to a third of the panel.
        let most = (right - left) / 3.0;
        let tail = panels
            .iter()
            .flat_map(|it| text::wrap(&it.name, 18.0 * scale, Weight::SemiBold, most))
            .map(|line| text::width(&line, 18.0 * scale, Weight::SemiBold))
            .fold(0.0, f64::max)
            .min(most);
        let bars = 17.0 * scale * panels.len() as f64 + 14.0;
        let plot_right = right - tail - bars - 14.0;
        let first = self.seen.first().map_or(self.base_year, |seen| seen.year);
        let span = f64::from(self.horizon - first).max(1.0) + 0.3;
        let x = |year: i32| left + (f64::from(year - first) + 0.3) / span * (plot_right - left);
        let y = |value: f64| bottom - axis.place(value).clamp(0.0, 1.0) * (bottom - top);
        for value in &axis.labelled {
            let strong = if *value == 1.0 { palette.axis } else { palette.grid };
            canvas.line((left, y(*value)), (plot_right + bars, y(*value)), strong, 1.5, "");
            canvas.text(&wording::ratio_axis(*value), (left - 12.0, y(*value) + 6.0 * scale), Anchor::End, ink);
        }
        canvas.axis(&axis, axis.labelled.len(), false);
        canvas.line((x(self.base_year), top - 6.0), (x(self.base_year), bottom), palette.axis, 1.25, "2 5");
        let seen: Vec<(f64, f64)> = self.seen.iter().map(|seen| (x(seen.year), y(seen.value))).collect();
        for (place, panel) in panels.iter().enumerate().rev() {
            let points = panel.bands.iter().map(|band| (x(band.year), y(band.quantiles[3])));
            let line: Vec<(f64, f64)> = seen.last().copied().into_iter().chain(points).collect();
            canvas.polyline(&line, palette.ground, 6.0, "");
            canvas.polyline(&line, style.theme.scenario(place), 3.5, "");
        }
        canvas.polyline(&seen, palette.sub, 3.0, "");
        for point in &seen {
            marker::draw(canvas, Marker::Diamond, *point, (palette.sub, palette.sub, palette.ground));
        }
        let mut wanted = Vec::new();
        let mut blocks = Vec::new();
        for (place, panel) in panels.iter().enumerate() {
            let Some(band) = panel.bands.last() else { continue };
            let (q, colour) = (band.quantiles, style.theme.scenario(place));
            let at = plot_right + 14.0 + 17.0 * scale * (place as f64 + 0.5);
            let half = 5.0 * scale;
            canvas.rectangle([at - half, y(q[5]), at + half, y(q[1])], mixed(colour, palette.ground, 0.4));
            canvas.rectangle([at - half, y(q[4]), at + half, y(q[2])], colour);
            marker::draw(canvas, Marker::Circle, (at, y(q[3])), (palette.ground, colour, palette.ground));
            let lines = text::wrap(&panel.name, 18.0 * scale, Weight::SemiBold, tail);
            wanted.push(y(q[3]));
            blocks.push((place, lines, Text::from(cited::median(&panel.cell, band).ratio())));
        }
        let line = 22.0 * scale;
        let heights: Vec<f64> =
            blocks.iter().map(|(_, lines, _)| line * (lines.len().min(2) as f64 + 1.0) + 4.0).collect();
        let centres = dodge::apart(&wanted, &heights, (top - 20.0, bottom + 10.0));
        for ((centre, height), (place, lines, median)) in centres.iter().zip(&heights).zip(&blocks) {
            let mut baseline = centre - height / 2.0 + 0.78 * line;
            for words in lines.iter().take(2) {
                let words = text::fitted(words, 18.0 * scale, Weight::SemiBold, tail);
                canvas.text(&words, (plot_right + bars + 10.0, baseline), Anchor::Start, name(*place));
                baseline += line;
            }
            let plain = Ink::new(18.0 * scale, Weight::Regular, palette.ink);
            canvas.said(median, (plot_right + bars + 10.0, baseline), Anchor::Start, plain);
        }
        canvas.line((left, bottom), (plot_right, bottom), palette.axis, 1.5, "");
        canvas.text(&self.horizon.to_string(), (plot_right, bottom + 26.0 * scale), Anchor::End, ink);
        let half = text::width("2030", ink.size, ink.weight);
        if x(self.base_year) + half < plot_right - half {
            canvas.text(&self.base_year.to_string(), (x(self.base_year), bottom + 26.0 * scale), Anchor::Middle, ink);
        }
    }

    fn effects(
        &self,
        canvas: &mut Canvas,
        style: Style,
        [top, bottom]: [f64; 2],
        [left, right]: [f64; 2],
        places: &[usize],
    ) {
        let palette = style.theme.palette();
        let scale = style.preset.canvas().2;
        let shown: Vec<_> = places.iter().map(|place| (*place, &self.effects[*place])).collect();
        let distances: Vec<f64> = shown.iter().map(|(_, (q, _))| libm::log(q[3]).abs()).collect();
        let beyond = wording::outliers(&distances);
        let within = shown.iter().zip(&beyond).filter(|(_, beyond)| !**beyond).map(|(it, _)| it);
        let ends = within.flat_map(|(_, (q, _))| [q[0], q[6]]).filter(|it| it.is_finite() && *it > 0.0);
        // A step on both sides of "same", so that it never stands at an edge.
        let (low, high) = ends.fold((0.5_f64, 2.0_f64), |(low, high), end| (low.min(end), high.max(end)));
        let axis = Scale::log(low, high);
        let x = |value: f64| left + axis.place(value).clamp(0.0, 1.0) * (right - left);
        let ink = Ink::new(18.0 * scale, Weight::Regular, palette.mute);
        let rows = Rows::of(shown.len(), [top, bottom], scale);
        let spans = rows.free_of_words([top, bottom], scale);
        let mut free = f64::NEG_INFINITY;
        // "Same" keeps its place; what would touch it goes.
        let same = (x(1.0), 0.5 * text::width("same", ink.size, Weight::SemiBold) + 8.0);
        for value in &axis.labelled {
            let at = x(*value);
            for (from, to) in &spans {
                canvas.line((at, *from), (at, *to), palette.grid, 1.5, "");
            }
            if (value - 1.0).abs() < 1e-9 {
                continue;
            }
            let words = axis_effect(*value);
            let half = 0.5 * text::width(&words, ink.size, ink.weight);
            if at - half > free && (at - same.0).abs() > half + same.1 && at + half < canvas.width - 8.0 {
                canvas.text(&words, (at, bottom + 26.0 * scale), Anchor::Middle, ink);
                free = at + half + 12.0;
            }
        }
        for (from, to) in &spans {
            canvas.line((same.0, *from), (same.0, *to), palette.ink, 2.0, "");
        }
        let side = Ink::new(17.0 * scale, Weight::Regular, palette.mute).over(palette.ground);
        canvas.text("smaller", (same.0 - 8.0, top + 10.0 * scale), Anchor::End, side);
        canvas.text("larger", (same.0 + 8.0, top + 10.0 * scale), Anchor::Start, side);
        let strong = Ink::new(18.0 * scale, Weight::SemiBold, palette.ink);
        canvas.text("same", (same.0, bottom + 26.0 * scale), Anchor::Middle, strong);
        for (row, (place, (q, words))) in shown.iter().enumerate() {
            let (panel, colour) = (&self.panels[place + 1], style.theme.scenario(place + 1));
            let (head, y) = rows.places[row];
            let name = Ink::new(19.0 * scale, Weight::SemiBold, colour).over(palette.ground);
            let plain = Ink::new(17.0 * scale, Weight::Regular, palette.ink).over(palette.ground);
            let room = right - left + 20.0;
            let named = text::fitted(&panel.name, name.size, name.weight, room);
            let wide = canvas.text(&named, (left, head), Anchor::Start, name);
            let (at, free) = if rows.are_low {
                ((left + wide + 12.0, head), room - wide - 12.0)
            } else {
                ((left, head + 24.0 * scale), room)
            };
            let whole = words.text();
            // What has no room in its line is told in fewer words, and never broken off.
            let fewer =
                [whole.as_str(), whole.trim_end_matches(" of paths"), whole.split(", ").next().unwrap_or_default()];
            let fits = fewer.into_iter().find(|words| text::width(words, plain.size, plain.weight) <= free);
            let shown = fits.map_or_else(|| text::fitted(fewer[2], plain.size, plain.weight, free), str::to_owned);
            canvas.pieces(&shown, Pieces::of(words).take(&shown), (at, Anchor::Start), plain);
            if beyond[row] {
                leaving(canvas, style, (colour, q[3]), [left, right], y);
            } else if q.iter().all(|it| it.is_finite()) {
                let bar = |low: f64, high: f64, half: f64| [x(low), y - half * scale, x(high), y + half * scale];
                canvas.rectangle(bar(q[0], q[6], 2.5), mixed(colour, palette.ground, 0.45));
                canvas.rectangle(bar(q[1], q[5], 5.5), mixed(colour, palette.ground, 0.7));
                canvas.rectangle(bar(q[2], q[4], 8.5), colour);
                marker::draw(canvas, Marker::Circle, (x(q[3]), y), (palette.ground, colour, palette.ground));
            }
        }
    }

    fn alt(&self) -> String {
        let mut alt = format!("{}. ", self.title);
        for place in self.largest(MOST_IN_LITTLE_ROOM) {
            let ((q, words), panel) = (&self.effects[place], &self.panels[place + 1]);
            let range = format!("80% of paths {} to {}", wording::effect(q[1]), wording::effect(q[5]));
            let _ = write!(alt, "{}: {words}; {range}. ", panel.name);
        }
        alt.trim_end().to_owned()
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&CHART_COMPARE);
        for ((quantiles, _), panel) in self.effects.iter().zip(&self.panels[1..]) {
            table.push(std::iter::once(Field::from(&panel.name)).chain(quantiles.map(Field::from)));
        }
        table
    }
}

/// Where the rows of effects stand.
struct Rows {
    /// Baseline of the words and middle of the bar of each row.
    places: Vec<(f64, f64)>,
    /// Whether a row has its words in one line, so that no bar runs through them.
    are_low: bool,
}

impl Rows {
    fn of(count: usize, [top, bottom]: [f64; 2], scale: f64) -> Self {
        let top = top + 16.0 * scale;
        let step = (bottom - top) / count.max(1) as f64;
        let are_low = step < 80.0 * scale;
        let (up, down) = if are_low { (10.0, 10.0) } else { (24.0, 22.0) };
        let centre = |row: usize| top + (row as f64 + 0.5) * step;
        let places = (0..count).map(|row| (centre(row) - up * scale, centre(row) + down * scale));
        Self { places: places.collect(), are_low }
    }

    /// Heights between which a vertical line crosses no words.
    fn free_of_words(&self, [top, bottom]: [f64; 2], scale: f64) -> Vec<(f64, f64)> {
        let heads = self.places.iter().map(|(head, _)| head - 18.0 * scale).chain([bottom]);
        let starts = std::iter::once(top - 4.0).chain(self.places.iter().map(|(_, y)| y - 14.0 * scale));
        starts.zip(heads).collect()
    }
}

/// An arrow where an effect leaves the axis, with its number.
fn leaving(canvas: &mut Canvas, style: Style, (colour, effect): (Rgb, f64), [left, right]: [f64; 2], y: f64) {
    let scale = style.preset.canvas().2;
    let ink = Ink::new(18.0 * scale, Weight::SemiBold, colour).over(style.theme.palette().ground);
    let (tip, back) = if effect > 1.0 { (right, -1.0) } else { (left, 1.0) };
    let (foot, half) = (tip + 13.0 * scale * back, 8.0 * scale);
    canvas.polygon(&[(foot, y - half), (tip, y), (foot, y + half)], colour, 1.0);
    let anchor = if effect > 1.0 { Anchor::End } else { Anchor::Start };
    let words = format!("{}, off the scale", wording::effect(effect));
    canvas.text(&words, (foot + 6.0 * back, y + 6.0 * scale), anchor, ink);
}

/// A round effect on an axis: `÷10`, `×3`.
fn axis_effect(value: f64) -> String {
    let (sign, size) = if value < 1.0 { ('÷', 1.0 / value) } else { ('×', value) };
    let rounded = (size * 100.0).round() / 100.0;
    format!("{sign}{}", wording::count_or_decimal(rounded))
}
