//! Small multiples: the ratio under each scenario, on one scale, with the baseline's median as a ghost.

use std::fmt::Write;

use super::{leaving, plotted};
use crate::table::declared::CHART_SCENARIOS;
use crate::table::{Cell, Table};
use crate::wording::{self, NamedMedian};

use super::cited;
use super::year::{Band, Seen};
use crate::draw::Credits;
use crate::draw::canvas::{Anchor, Canvas};
use crate::draw::drawing::Drawing;
use crate::draw::frame::{self, Frame};
use crate::draw::marker::{self, Marker};
use crate::draw::sheet::Ink;
use crate::draw::style::Style;
use crate::draw::text::{self, Weight};
use crate::draw::ticks::Scale;

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
    /// Rows of its ratio in the tables of its run, without the year.
    pub cell: Cell,
    /// Simulated ratio.
    pub bands: Vec<Band>,
    /// First and last year in which each of its events may begin.
    pub events: Vec<[i32; 2]>,
}

/// As much of a description as makes sense alone and fits: all of it, or up to the end of a sentence or of a clause; else
/// nothing, for half a sentence says less than none.
fn whole(words: &str, ink: Ink, room: f64, most: usize) -> Vec<String> {
    let ends = words.char_indices().filter(|(_, c)| ".;:,".contains(*c));
    let ended = |(at, c): (usize, char)| match words[at + c.len_utf8()..].chars().next() {
        Some(next) if next != ' ' => None,
        _ => Some(&words[..if c == '.' { at + 1 } else { at }]),
    };
    let mut parts: Vec<&str> = ends.filter_map(ended).collect();
    parts.push(words);
    let fits = |part: &&str| {
        let lines = text::wrap(part, ink.size, ink.weight, room);
        lines.len() <= most && lines.iter().all(|line| text::width(line, ink.size, ink.weight) <= room)
    };
    let longest = parts.into_iter().rev().filter(|part| !part.is_empty()).find(fits);
    longest.map_or_else(Vec::new, |part| text::wrap(part, ink.size, ink.weight, room))
}

/// Most panels that can be read.
const MOST: usize = 8;
/// Most panels where two stand in a row.
const MOST_IN_A_COLUMN: usize = 6;

impl Multiples {
    pub(crate) fn draw(&self, style: Style) -> Drawing {
        let scale = style.preset.canvas().2;
        let palette = style.theme.palette();
        let most = if style.preset.is_narrow() { MOST_IN_A_COLUMN } else { MOST };
        let panels = &self.panels[..self.panels.len().min(most)];
        let median = |it: &MultiplesPanel| Some(cited::median(&it.cell, it.bands.last()?));
        let beyond = far_off(panels);
        // Neither the title nor the axis is about a scenario that is far off all others.
        let near = || panels.iter().zip(&beyond).filter(|(_, beyond)| !**beyond).map(|(it, _)| it);
        let medians: Vec<NamedMedian> = near().filter_map(|it| Some((it.name.as_str(), median(it)?))).collect();
        let title = wording::multiples_title(self.horizon, &medians);
        let ([lead, follow], counted) = (&self.regions, self.credits.counted);
        let measure = if style.preset.is_narrow() {
            format!("{lead}/{follow} ratio, log scale. Bands: 50%, 80% of paths. ")
        } else {
            format!("{lead} {counted} as a multiple of {follow}’s, log scale. 1× = parity. Bands: 50%, 80% of paths. ")
        };
        let subtitle = [(measure, None), ("Dashed: baseline".to_owned(), Some(palette.ink))];
        let left_out = self.panels.len() - panels.len();
        let mut caveat = "All scenarios are run on the same random numbers.".to_owned();
        if panels.iter().any(|it| !it.events.is_empty()) {
            caveat += " Dotted: the year of an event; bar: the years in one of which it may come.";
        }
        if left_out > 0 {
            let _ = write!(caveat, " {left_out} more {} in compare.csv.", if left_out == 1 { "is" } else { "are" });
        }
        let frame = Frame { title, subtitle: &subtitle, credits: &self.credits, caveat: &caveat, column: 780.0 };
        let (mut canvas, [left, top, right, bottom]) = frame::sheet(style, &frame);
        let axis = self.axis(near());
        let columns = columns(style, panels.len());
        let rows = panels.len().div_ceil(columns.max(1)).max(1);
        let ticks =
            axis.labelled.iter().map(|it| text::width(&wording::ratio_axis(*it), 18.0 * scale, Weight::Regular));
        let gutter = ticks.fold(0.0, f64::max) + 14.0;
        let gap = 26.0 * scale;
        let wide = (right - left - gutter - gap * (columns as f64 - 1.0)) / columns.max(1) as f64;
        let tall = (bottom - top) / rows as f64;
        canvas.axis(&axis, axis.labelled.len(), false);
        let heads = Heads::of(panels, style, wide, tall);
        for (place, panel) in panels.iter().enumerate() {
            let (column, row) = (place % columns, place / columns);
            let left = left + gutter + column as f64 * (wide + gap);
            let area = [left, top + row as f64 * tall, left + wide, top + (row as f64 + 1.0) * tall];
            let plot = heads.draw(&mut canvas, style, place, area);
            self.panel(&mut canvas, style, (place, panel), plot, (&axis, column == 0, beyond[place]));
        }
        canvas.finish("scenarios", self.alt(), self.table())
    }

    /// One scale for all panels.
    fn axis<'a>(&self, panels: impl Iterator<Item = &'a MultiplesPanel>) -> Scale {
        let values = panels.flat_map(|it| &it.bands).flat_map(|band| [band.quantiles[1], band.quantiles[5]]);
        let values: Vec<f64> = values.chain(self.seen.iter().map(|seen| seen.value)).collect();
        let usable = values.iter().copied().filter(|value| value.is_finite() && *value > 0.0);
        let (low, high) = usable.fold((1.0_f64, 1.0_f64), |(low, high), value| (low.min(value), high.max(value)));
        Scale::log(low, high)
    }

    fn panel(
        &self,
        canvas: &mut Canvas,
        style: Style,
        (place, panel): (usize, &MultiplesPanel),
        [left, plot_top, right, plot_bottom]: [f64; 4],
        (axis, ticked, beyond): (&Scale, bool, bool),
    ) {
        let palette = style.theme.palette();
        let scale = style.preset.canvas().2;
        let colour = style.theme.scenario(place);
        let room = right - left;
        let first = self.seen.first().map_or(self.base_year, |seen| seen.year);
        let span = f64::from(self.horizon - first).max(1.0) + 0.3;
        let x = |year: i32| left + (f64::from(year - first) + 0.3) / span * room;
        // What leaves the axis keeps its slope up to the edge, where it is cut.
        let ends = if beyond { (-9.0, 9.0) } else { (0.0, 1.0) };
        let height = |value: f64| plot_bottom - axis.place(value).clamp(ends.0, ends.1) * (plot_bottom - plot_top);
        // In low plots every second or third label is enough.
        let spacing = (plot_bottom - plot_top) / axis.labelled.len().saturating_sub(1).max(1) as f64;
        let every = (26.0 * scale / spacing).ceil().max(1.0) as usize;
        for (place, value) in axis.labelled.iter().enumerate() {
            let ticked = ticked && place % every == 0;
            let y = height(*value);
            canvas.line((left, y), (right, y), if *value == 1.0 { palette.axis } else { palette.grid }, 1.5, "");
            if ticked {
                let ink = Ink::new(18.0 * scale, Weight::Regular, palette.mute);
                canvas.text(&wording::ratio_axis(*value), (left - 12.0, y + 6.0 * scale), Anchor::End, ink);
            }
        }
        canvas.line((x(self.base_year), plot_top - 4.0), (x(self.base_year), plot_bottom), palette.axis, 1.25, "2 5");
        let last = panel.bands.last().map(|band| height(band.quantiles[3]).clamp(plot_top, plot_bottom));
        self.events(canvas, style, (place, panel), ([left, plot_top, right, plot_bottom], last), &x);
        let start = self.seen.last().map(|seen| (x(seen.year), height(seen.value)));
        let edge = |quantile: usize| {
            let points = panel.bands.iter().map(move |band| (x(band.year), height(band.quantiles[quantile])));
            let points = start.into_iter().chain(points).collect::<Vec<(f64, f64)>>();
            if beyond { leaving::cut(&points, [plot_top, plot_bottom]) } else { points }
        };
        canvas.enter_plot([left, plot_top, right, plot_bottom]);
        for (low, high, alpha) in [(1, 5, palette.bands[1]), (2, 4, palette.bands[2])] {
            let mut outline = edge(low);
            outline.extend(edge(high).into_iter().rev());
            canvas.polygon(&outline, colour, alpha);
            if style.high_contrast {
                canvas.polyline(&outline, colour, 1.5, "");
            }
        }
        if place > 0 {
            let ghost = self.panels[0].bands.iter().map(|band| (x(band.year), height(band.quantiles[3])));
            let ghost: Vec<(f64, f64)> = start.into_iter().chain(ghost).collect();
            canvas.polyline(&ghost, style.theme.scenario(0), 2.5, "7 5");
        }
        let mut median = edge(3);
        if beyond {
            // The line ends where it leaves, and does not run along the edge.
            let inside = median.iter().take_while(|(_, y)| *y > plot_top && *y < plot_bottom).count();
            median.truncate(inside + 1);
        }
        if style.median {
            canvas.polyline(&median, palette.ground, 7.0, "");
            canvas.polyline(&median, colour, 4.0, "");
        }
        canvas.leave_plot();
        let seen: Vec<(f64, f64)> = self.seen.iter().map(|seen| (x(seen.year), height(seen.value))).collect();
        canvas.polyline(&seen, palette.sub, 3.0, "");
        for point in seen {
            marker::draw(canvas, Marker::Diamond, point, (palette.sub, palette.sub, palette.ground));
        }
        if let (Some(end), Some(band), true) = (median.last(), panel.bands.last(), beyond) {
            let words = cited::median(&panel.cell, band).ratio().into();
            leaving::arrow(canvas, style, (colour, &words), (right, [plot_top, plot_bottom]), end.1 <= plot_top);
        } else if let (Some(end), Some(band), true) = (median.last(), panel.bands.last(), style.median) {
            marker::draw(canvas, Marker::Circle, *end, (palette.ground, colour, palette.ground));
            // In a low plot smaller type still finds room on the right side of the line.
            let size = if plot_bottom - plot_top > 120.0 * scale { 22.0 } else { 18.0 } * scale;
            let ink = Ink::new(size, Weight::SemiBold, colour).over(palette.ground);
            // On the side away from the baseline's median, if there is room for it.
            let ghost = self.panels[0].bands.last().map_or(end.1, |band| height(band.quantiles[3]));
            let (up, down) = (14.0 * scale, 14.0 * scale + 0.74 * size);
            let room = [end.1 - plot_top > up + 0.74 * size, plot_bottom - end.1 > down + 2.0];
            let above = !room[1] || (room[0] && ghost >= end.1 - 1.0);
            let y = if above { end.1 - up } else { end.1 + down };
            canvas.said(&cited::median(&panel.cell, band).ratio().into(), (end.0 - 4.0, y), Anchor::End, ink);
        }
        canvas.line((left, plot_bottom), (right, plot_bottom), palette.axis, 1.5, "");
        for year in self.base_year..=self.horizon {
            canvas.line((x(year), plot_bottom), (x(year), plot_bottom + 6.0), palette.axis, 1.25, "");
        }
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

    /// A dotted line in the year of an event, a bar over the years of which one is drawn; the first ones say them.
    fn events(
        &self,
        canvas: &mut Canvas,
        style: Style,
        (place, panel): (usize, &MultiplesPanel),
        ([_, top, right, bottom], value): ([f64; 4], Option<f64>),
        x: &dyn Fn(i32) -> f64,
    ) {
        let (palette, scale) = (style.theme.palette(), style.preset.canvas().2);
        let colour = style.theme.scenario(place);
        let last = |year: i32| year.min(self.horizon);
        let events = panel.events.iter().filter(|it| it[0] <= self.horizon);
        let mut events: Vec<[i32; 2]> = events.map(|[from, to]| [*from, last(*to)]).collect();
        events.sort_unstable();
        events.dedup();
        let head = |row: usize| top + (10.0 + 24.0 * row as f64) * scale;
        for (row, [from, to]) in events.iter().enumerate() {
            if from == to {
                canvas.line((x(*from), top - 4.0), (x(*from), bottom), colour, 1.75, "1.5 5");
            } else {
                let y = head(row.min(MOST_BARS)) - 17.0 * scale;
                let ends = [(x(*from), y + 6.0), (x(*from), y), (x(*to), y), (x(*to), y + 6.0)];
                canvas.polyline(&ends, colour, 2.5, "");
            }
        }
        // In low plots one event says its years; all are told of in its own run.
        let said = if bottom - top > 150.0 * scale { MOST_BARS } else { 1 };
        let ink = Ink::new(17.0 * scale, Weight::SemiBold, colour).over(palette.ground);
        for (row, [from, to]) in events.into_iter().enumerate().take(said) {
            let words = if from == to { from.to_string() } else { format!("{from}–{to}") };
            let width = text::width(&words, ink.size, ink.weight);
            // Years that are wider than their bar stand behind it, so that its end does not run through them.
            let fits = from == to || x(from) + width + 10.0 <= x(to);
            let at = (x(if fits { from } else { to }) + 6.0).min(right - width);
            // Where the last median's value stands as high as these words, the bar or the line says the years alone.
            let near = value.is_some_and(|value| (value - head(row)).abs() < 50.0 * scale);
            if !(near && at + width > x(self.horizon) - 72.0 * scale) {
                canvas.text(&words, (at, head(row)), Anchor::Start, ink);
            }
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

    fn table(&self) -> Table {
        let mut table = Table::new(&CHART_SCENARIOS);
        for panel in &self.panels {
            plotted::push(&mut table, &[&panel.name], "times", &self.seen, &panel.bands);
        }
        table
    }
}

/// Which panels end so far from the others that an axis over them would press these together.
fn far_off(panels: &[MultiplesPanel]) -> Vec<bool> {
    let last = |it: &MultiplesPanel| it.bands.last().map_or(f64::NAN, |band| band.quantiles[3]);
    let base = panels.first().map_or(f64::NAN, last);
    let far = |it| libm::log(last(it) / base).abs();
    let distances: Vec<f64> = panels.iter().map(far).map(|it| if it.is_finite() { it } else { 0.0 }).collect();
    wording::outliers(&distances)
}

/// What stands above each plot: names, and words on what the scenarios are where all of them have room for some. A few
/// with words beside others without would look as if these had nothing to say.
struct Heads {
    names: Vec<Vec<String>>,
    words: Vec<Vec<String>>,
    /// Type of the names; its colour is that of each scenario.
    size: f64,
    /// From the top of a panel to the top of its plot, and from the bottom of the plot to that of the panel.
    margins: [f64; 2],
}

/// Most events of a panel that say their years.
const MOST_BARS: usize = 2;
/// Sizes of names and of words below them.
const NAMES: [f64; 2] = [21.0, 18.0];
const WORDS: f64 = 17.0;
/// Least height of a plot below words.
const LEAST_PLOT: f64 = 104.0;

impl Heads {
    fn of(panels: &[MultiplesPanel], style: Style, room: f64, tall: f64) -> Self {
        let scale = style.preset.canvas().2;
        let size = NAMES[usize::from(tall < 400.0 * scale)] * scale;
        let name = |panel: &MultiplesPanel| {
            let lines = text::wrap(&panel.name, size, Weight::SemiBold, room);
            let lines = if lines.len() > 2 { vec![panel.name.clone()] } else { lines };
            lines.iter().map(|line| text::fitted(line, size, Weight::SemiBold, room)).collect::<Vec<String>>()
        };
        let names: Vec<Vec<String>> = panels.iter().map(name).collect();
        let small = Ink::new(WORDS * scale, Weight::Regular, style.theme.palette().mute);
        let head = |words: &[Vec<String>]| {
            let heads = names.iter().zip(words).map(|(name, words)| 25 * name.len() + 21 * words.len());
            (heads.max().unwrap_or(0) as f64 + 22.0) * scale
        };
        // As many lines as leave a plot below them; none where the words of one panel do not make sense in so few.
        let told = |most: usize| {
            let words: Vec<Vec<String>> = panels.iter().map(|panel| whole(&panel.words, small, room, most)).collect();
            let all = words.iter().zip(panels).all(|(lines, panel)| !lines.is_empty() || panel.words.is_empty());
            (all && tall - head(&words) - 42.0 * scale >= LEAST_PLOT * scale).then_some(words)
        };
        let words = (1..=4).rev().find_map(told).unwrap_or_else(|| vec![Vec::new(); panels.len()]);
        let margins = [head(&words), 34.0 * scale];
        Self { names, words, size, margins }
    }

    /// Writes the head of a panel and gives what is left for its plot.
    fn draw(&self, canvas: &mut Canvas, style: Style, place: usize, [left, top, right, bottom]: [f64; 4]) -> [f64; 4] {
        let scale = style.preset.canvas().2;
        let name = Ink::new(self.size, Weight::SemiBold, style.theme.scenario(place));
        let small = Ink::new(WORDS * scale, Weight::Regular, style.theme.palette().mute);
        let mut y = top + 34.0 * scale;
        for line in &self.names[place] {
            canvas.text(line, (left, y), Anchor::Start, name);
            y += 25.0 * scale;
        }
        for line in &self.words[place] {
            canvas.text(line, (left, y), Anchor::Start, small);
            y += 21.0 * scale;
        }
        let [above, below] = self.margins;
        [left, top + above + 8.0 * scale, right, bottom - below]
    }
}

/// Panels in a row: four at most, two where the sheet is narrow or tall.
fn columns(style: Style, panels: usize) -> usize {
    match panels {
        0 => 1,
        panels if style.preset.is_narrow() => panels.min(2),
        panels if style.preset.stacks_panels() && panels > 2 => {
            if panels > 4 {
                3
            } else {
                2
            }
        }
        panels if panels <= 4 => panels,
        panels => panels.div_ceil(2),
    }
}
