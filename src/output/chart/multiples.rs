//! Small multiples: the ratio under each scenario, on one scale, with the baseline's median as a ghost.

use std::fmt::Write;

use crate::wording;

use super::canvas::{Anchor, Canvas, Ink};
use super::drawing::Drawing;
use super::frame::{self, Frame};
use super::marker::{self, Marker};
use super::style::Style;
use super::text::{self, Weight};
use super::ticks::Scale;
use super::{Band, Credits, Seen};

/// The ratio under several scenarios, the baseline first; at most eight are drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Multiples {
    /// One panel each.
    pub panels: Vec<MultiplesPanel>,
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

/// A scenario in the row.
#[derive(Clone, Debug, PartialEq)]
pub struct MultiplesPanel {
    /// What readers know it by.
    pub name: String,
    /// A line on what it is.
    pub words: String,
    /// Simulated ratio.
    pub bands: Vec<Band>,
    /// Years of its scheduled events.
    pub events: Vec<i32>,
}

/// Most panels that can be read.
const MOST: usize = 8;

impl Multiples {
    pub(super) fn draw(&self, style: Style) -> Drawing {
        let (width, _, scale) = style.preset.canvas();
        let palette = style.theme.palette();
        let panels = &self.panels[..self.panels.len().min(MOST)];
        let medians: Vec<f64> = panels.iter().filter_map(|it| it.bands.last()).map(|band| band.quantiles[3]).collect();
        let title = wording::multiples_title(self.horizon, &medians);
        let [lead, follow] = &self.regions;
        let subtitle = [
            (format!("{lead} AI funding as a multiple of {follow}’s, log scale. Bands: 50%, 80% of paths. "), None),
            ("Dashed: baseline".to_owned(), Some(palette.ink)),
        ];
        let left_out = self.panels.len() - panels.len();
        let caveat = match left_out {
            0 => "All on the same random numbers, so that differences are the scenarios and not the dice.".to_owned(),
            more => format!("All on the same random numbers. {more} more are in compare.csv."),
        };
        let frame = Frame { title, subtitle: &subtitle, credits: &self.credits, caveat: &caveat, column: 780.0 };
        let (mut canvas, [_, top, _, bottom]) = frame::sheet(style, &frame);
        let values = panels.iter().flat_map(|it| &it.bands).flat_map(|band| [band.quantiles[1], band.quantiles[5]]);
        let values: Vec<f64> = values.chain(self.seen.iter().map(|seen| seen.value)).collect();
        let usable = values.iter().copied().filter(|value| value.is_finite() && *value > 0.0);
        let (low, high) = usable.fold((1.0_f64, 1.0_f64), |(low, high), value| (low.min(value), high.max(value)));
        let axis = Scale::log(low, high);
        let (columns, rows) = if panels.len() <= 4 { (panels.len(), 1) } else { (panels.len().div_ceil(2), 2) };
        let ticks =
            axis.labelled.iter().map(|it| text::width(&wording::ratio_axis(*it), 18.0 * scale, Weight::Regular));
        let gutter = ticks.fold(0.0, f64::max) + 14.0;
        let gap = 26.0 * scale;
        let wide = (width - 2.0 * frame::MARGIN - gutter - gap * (columns as f64 - 1.0)) / columns as f64;
        let tall = (bottom - top) / rows as f64;
        for (place, panel) in panels.iter().enumerate() {
            let (column, row) = (place % columns, place / columns);
            let left = frame::MARGIN + gutter + column as f64 * (wide + gap);
            let area = [left, top + row as f64 * tall, left + wide, top + (row as f64 + 1.0) * tall];
            self.panel(&mut canvas, style, place, panel, area, &axis, column == 0, rows == 2);
        }
        canvas.finish("scenarios", self.alt(), self.csv())
    }

    #[expect(clippy::too_many_arguments, reason = "a panel is its place on the sheet")]
    fn panel(
        &self,
        canvas: &mut Canvas,
        style: Style,
        place: usize,
        panel: &MultiplesPanel,
        [left, top, right, bottom]: [f64; 4],
        axis: &Scale,
        ticked: bool,
        low: bool,
    ) {
        let palette = style.theme.palette();
        let scale = style.preset.canvas().2;
        let colour = style.theme.scenario(place);
        let room = right - left;
        let name = Ink::new(if low { 19.0 } else { 21.0 } * scale, Weight::SemiBold, colour);
        let mut y = top + 34.0 * scale;
        let lines = text::wrap(&panel.name, name.size, name.weight, room);
        for line in lines.iter().take(2) {
            canvas.text(&text::fitted(line, name.size, name.weight, room), (left, y), Anchor::Start, name);
            y += 25.0 * scale;
        }
        let small = Ink::new(17.0 * scale, Weight::Regular, palette.mute);
        let allowed = if low { 0 } else { 5 - lines.len().min(2) };
        let words = text::wrap(&panel.words, small.size, small.weight, room);
        let cut = words.len() > allowed;
        for (line_place, line) in words.iter().take(allowed).enumerate() {
            let last = cut && line_place + 1 == allowed;
            let line = if last { format!("{} …", line.trim_end_matches([',', '.', ';'])) } else { line.clone() };
            canvas.text(&text::fitted(&line, small.size, small.weight, room), (left, y), Anchor::Start, small);
            y += 21.0 * scale;
        }
        let (plot_top, plot_bottom) = (top + if low { 76.0 } else { 168.0 } * scale, bottom - 34.0 * scale);
        let first = self.seen.first().map_or(self.base_year, |seen| seen.year);
        let span = f64::from(self.horizon - first).max(1.0) + 0.3;
        let x = |year: i32| left + (f64::from(year - first) + 0.3) / span * room;
        let height = |value: f64| plot_bottom - axis.place(value).clamp(0.0, 1.0) * (plot_bottom - plot_top);
        for value in &axis.labelled {
            let y = height(*value);
            canvas.line((left, y), (right, y), if *value == 1.0 { palette.axis } else { palette.grid }, 1.5, "");
            if ticked {
                let ink = Ink::new(18.0 * scale, Weight::Regular, palette.mute);
                canvas.text(&wording::ratio_axis(*value), (left - 12.0, y + 6.0 * scale), Anchor::End, ink);
            }
        }
        canvas.line((x(self.base_year), plot_top - 4.0), (x(self.base_year), plot_bottom), palette.axis, 1.25, "2 5");
        for year in panel.events.iter().filter(|year| **year <= self.horizon) {
            canvas.line((x(*year), plot_top - 4.0), (x(*year), plot_bottom), colour, 1.75, "1.5 5");
        }
        let start = self.seen.last().map(|seen| (x(seen.year), height(seen.value)));
        let edge = |quantile: usize| {
            let points = panel.bands.iter().map(move |band| (x(band.year), height(band.quantiles[quantile])));
            start.into_iter().chain(points).collect::<Vec<(f64, f64)>>()
        };
        for (low, high, alpha) in [(1, 5, 0.20), (2, 4, 0.30)] {
            let mut outline = edge(low);
            outline.extend(edge(high).into_iter().rev());
            canvas.polygon(&outline, colour, alpha);
        }
        if place > 0 {
            let ghost = self.panels[0].bands.iter().map(|band| (x(band.year), height(band.quantiles[3])));
            let ghost: Vec<(f64, f64)> = start.into_iter().chain(ghost).collect();
            canvas.polyline(&ghost, style.theme.scenario(0), 2.5, "7 5");
        }
        let median = edge(3);
        canvas.polyline(&median, palette.ground, 7.0, "");
        canvas.polyline(&median, colour, 4.0, "");
        let seen: Vec<(f64, f64)> = self.seen.iter().map(|seen| (x(seen.year), height(seen.value))).collect();
        canvas.polyline(&seen, palette.sub, 3.0, "");
        for point in seen {
            marker::draw(canvas, Marker::Diamond, point, (palette.sub, palette.sub, palette.ground));
        }
        if let (Some(end), Some(band)) = (median.last(), panel.bands.last()) {
            marker::draw(canvas, Marker::Circle, *end, (palette.ground, colour, palette.ground));
            let ink = Ink::new(22.0 * scale, Weight::SemiBold, colour).over(palette.ground);
            // On the side of the line with more room.
            let above = end.1 - plot_top > 60.0 * scale;
            let y = if above { end.1 - 16.0 * scale } else { end.1 + 34.0 * scale };
            canvas.text(&wording::ratio_within(band.estimate(3)), (end.0 - 4.0, y), Anchor::End, ink);
        }
        canvas.line((left, plot_bottom), (right, plot_bottom), palette.axis, 1.5, "");
        let ink = Ink::new(17.0 * scale, Weight::Regular, palette.mute);
        let half = 0.5 * text::width("2030", ink.size, ink.weight);
        canvas.text(&self.horizon.to_string(), (right, plot_bottom + 24.0 * scale), Anchor::End, ink);
        if x(self.base_year) + half + 12.0 < right - 2.0 * half {
            canvas.text(
                &self.base_year.to_string(),
                (x(self.base_year), plot_bottom + 24.0 * scale),
                Anchor::Middle,
                ink,
            );
        }
    }

    fn alt(&self) -> String {
        let [lead, follow] = &self.regions;
        let mut alt =
            format!("Fan charts of the {lead}/{follow} ratio to {}, a panel for each scenario.", self.horizon);
        for panel in self.panels.iter().take(MOST) {
            if let Some(band) = panel.bands.last() {
                let _ = write!(
                    alt,
                    " {}: {}.",
                    panel.name,
                    wording::median_ratio_within(band.estimate(3), band.estimate(1), band.estimate(5))
                );
            }
        }
        alt
    }

    fn csv(&self) -> String {
        let mut text = "scenario,year,unit,observed,low,high,p2.5,p10,p25,p50,p75,p90,p97.5\n".to_owned();
        for panel in &self.panels {
            let name = format!("\"{}\"", panel.name.replace('"', "\"\""));
            super::gap::write_rows(&mut text, &name, "times", &self.seen, &panel.bands);
        }
        text
    }
}
