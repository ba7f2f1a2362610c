//! The chart of sources: the same scenario from the figures of each source, side by side.

use std::fmt::Write;

use super::plotted;
use crate::table::declared::CHART_SOURCES;
use crate::table::{Cell, Table};
use crate::wording::{self, MoneyUnit};

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
use crate::draw::theme::Rgb;
use crate::draw::ticks::Scale;

/// What each source makes of the gap.
#[derive(Clone, Debug, PartialEq)]
pub struct Sources {
    /// A row for each source, the data set's own first.
    pub rows: Vec<SourceRow>,
    /// Last observed year.
    pub base_year: i32,
    /// Last simulated year.
    pub horizon: i32,
    /// Short names of the lead and the follow region.
    pub regions: [String; 2],
    /// The money that amounts are in.
    pub money: MoneyUnit,
    /// Where the numbers come from.
    pub credits: Credits,
}

/// What one source makes of the gap.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceRow {
    /// Who counted the funding.
    pub name: String,
    /// Edition of the figures.
    pub vintage: String,
    /// Rows of gap and ratio in the tables of the run, without the year.
    pub cells: [Cell; 2],
    /// Observed gap and ratio of the base year.
    pub seen: [Seen; 2],
    /// Simulated gap and ratio of the horizon.
    pub bands: [Band; 2],
}

/// One of the two panels.
struct Panel {
    left: f64,
    right: f64,
    scale: Scale,
    log: bool,
}

impl Panel {
    fn x(&self, value: f64) -> f64 {
        self.left + self.scale.place(value).clamp(0.0, 1.0) * (self.right - self.left)
    }
}

impl Sources {
    pub(crate) fn draw(&self, style: Style) -> Drawing {
        let scale = style.preset.canvas().2;
        let palette = style.theme.palette();
        let ratios: Vec<_> = self.rows.iter().map(|row| cited::observed(&row.cells[1], &row.seen[1])).collect();
        let title = wording::sources_title(self.base_year, &self.regions, &ratios);
        let words =
            "Each source starts the same scenario from its own figures. Diamond: observed; bars: 50% and 80% of paths";
        let frame = Frame {
            title,
            subtitle: &[(words.to_owned(), None)],
            credits: &self.credits,
            caveat: "Sources count different things; their levels are not comparable, and never mixed.",
            column: 780.0,
        };
        let (mut canvas, area) = frame::sheet(style, &frame);
        let [left, top, right, bottom] = area;
        // Names stand above their bars where the sheet is narrow, at the left where it is wide.
        let above = style.preset.stacks_panels();
        let names = if above { 0.0 } else { text_column(&self.rows, 20.0 * scale) + 24.0 };
        let left = left + names;
        let middle = (left + right) / 2.0;
        let gap = if style.preset.is_narrow() { 14.0 } else { 30.0 };
        let values = |place: usize| -> (f64, f64) {
            let ends = self.rows.iter().flat_map(|row| {
                let (seen, band) = (&row.seen[place], &row.bands[place]);
                [seen.low, seen.high, band.quantiles[1], band.quantiles[5]]
            });
            let ends: Vec<f64> = ends.filter(|value| value.is_finite()).collect();
            (ends.iter().copied().fold(f64::INFINITY, f64::min), ends.iter().copied().fold(f64::NEG_INFINITY, f64::max))
        };
        let (low, high) = values(0);
        let dollars =
            Panel { left, right: middle - gap, scale: Scale::linear(low.min(0.0), high.max(0.0)), log: false };
        let (low, high) = values(1);
        let ratio = Panel { left: middle + gap, right: right - 20.0, scale: Scale::log(low.min(1.0), high), log: true };
        let [lead, follow] = &self.regions;
        let heads = [
            (&dollars, format!("In {}", self.money.noun()), [format!("{lead} minus {follow}"), String::new()]),
            (&ratio, "As a ratio".to_owned(), [format!("{lead} / {follow}, log scale"), "log scale".to_owned()]),
        ];
        let top = top + 40.0 * scale;
        for (panel, head, words) in heads {
            let bold = Ink::new(21.0 * scale, Weight::SemiBold, palette.ink);
            let wide = canvas.text(&head, (panel.left, top), Anchor::Start, bold);
            let plain = Ink::new(19.0 * scale, Weight::Regular, palette.mute);
            // A telephone has room for less beside the head.
            let room = panel.right + gap - (panel.left + wide + 12.0);
            let fits = |words: &&String| text::width(words, plain.size, plain.weight) <= room;
            if let Some(words) = words.iter().find(fits).filter(|words| !words.is_empty()) {
                canvas.text(words, (panel.left + wide + 12.0, top), Anchor::Start, plain);
            }
        }
        let (top, bottom) = (top + 22.0 * scale, bottom - 34.0 * scale);
        for panel in [&dollars, &ratio] {
            self.axis(&mut canvas, style, panel, (top, bottom));
        }
        let step = (bottom - top) / self.rows.len() as f64;
        for (place, row) in self.rows.iter().enumerate() {
            let mut y = top + (place as f64 + 0.5) * step;
            if above {
                self.name_above(&mut canvas, style, row, (left, y - 56.0 * scale), place == 0);
                y += 12.0 * scale;
            } else {
                self.name(&mut canvas, style, row, (left - 24.0, y), place == 0);
            }
            self.bar(&mut canvas, style, &dollars, (&row.seen[0], &row.bands[0]), y);
            self.bar(&mut canvas, style, &ratio, (&row.seen[1], &row.bands[1]), y);
        }
        canvas.finish("sources", self.alt(), self.table())
    }

    fn axis(&self, canvas: &mut Canvas, style: Style, panel: &Panel, (top, bottom): (f64, f64)) {
        let palette = style.theme.palette();
        let scale = style.preset.canvas().2;
        let ink = Ink::new(18.0 * scale, Weight::Regular, palette.mute);
        let mut free = f64::NEG_INFINITY;
        for value in &panel.scale.labelled {
            let x = panel.x(*value);
            let strong = if panel.log { *value == 1.0 } else { *value == 0.0 };
            canvas.line((x, top), (x, bottom), if strong { palette.axis } else { palette.grid }, 1.5, "");
            let words = if panel.log { wording::ratio_axis(*value) } else { self.money.axis_amount(*value) };
            let half = 0.5 * text::width(&words, ink.size, ink.weight);
            // The label of an end must not run into the other panel or off the sheet.
            let slack = if style.preset.is_narrow() { 12.0 } else { 30.0 };
            if x - half > free.max(panel.left - slack) && x + half < panel.right + slack {
                canvas.text(&words, (x, bottom + 26.0 * scale), Anchor::Middle, ink);
                free = x + half + 14.0;
            }
        }
    }

    fn name(&self, canvas: &mut Canvas, style: Style, row: &SourceRow, (x, y): (f64, f64), own: bool) {
        let palette = style.theme.palette();
        let scale = style.preset.canvas().2;
        let weight = if own { Weight::SemiBold } else { Weight::Regular };
        let ink = Ink::new(20.0 * scale, weight, palette.ink);
        let lines = text::wrap(&row.name, ink.size, ink.weight, NAME_ROOM * scale);
        let mut baseline = y - 12.0 * (lines.len() as f64 - 1.0) * scale;
        for line in &lines {
            canvas.text(line, (x, baseline), Anchor::End, ink);
            baseline += 25.0 * scale;
        }
        let small = Ink::new(17.0 * scale, Weight::Regular, palette.mute);
        canvas.text(&format!("edition {}", row.vintage), (x, baseline), Anchor::End, small);
    }

    fn name_above(&self, canvas: &mut Canvas, style: Style, row: &SourceRow, (x, y): (f64, f64), own: bool) {
        let (palette, scale) = (style.theme.palette(), style.preset.canvas().2);
        let weight = if own { Weight::SemiBold } else { Weight::Regular };
        let ink = Ink::new(19.0 * scale, weight, palette.ink).over(palette.ground);
        let small = Ink::new(17.0 * scale, Weight::Regular, palette.mute).over(palette.ground);
        let edition = format!("edition {}", row.vintage);
        let room = canvas.width - 2.0 * x - 12.0 - text::width(&edition, small.size, small.weight);
        let wide = canvas.text(&text::fitted(&row.name, ink.size, ink.weight, room), (x, y), Anchor::Start, ink);
        canvas.text(&edition, (x + wide + 12.0, y), Anchor::Start, small);
    }

    fn bar(&self, canvas: &mut Canvas, style: Style, panel: &Panel, (seen, band): (&Seen, &Band), y: f64) {
        let palette = style.theme.palette();
        let scale = style.preset.canvas().2;
        let x = |value: f64| panel.x(value);
        let q = band.quantiles;
        let mixed = |alpha: f64| -> Rgb {
            let part = |ink: u8, ground: u8| (f64::from(ink) * alpha + f64::from(ground) * (1.0 - alpha)) as u8;
            let (ink, ground) = (palette.gap, palette.ground);
            (part(ink.0, ground.0), part(ink.1, ground.1), part(ink.2, ground.2))
        };
        let below = y + 20.0 * scale;
        canvas.rectangle([x(q[1]), below - 9.0 * scale, x(q[5]), below + 9.0 * scale], mixed(0.28));
        canvas.rectangle([x(q[2]), below - 9.0 * scale, x(q[4]), below + 9.0 * scale], mixed(0.55));
        canvas.line((x(q[3]), below - 13.0 * scale), (x(q[3]), below + 13.0 * scale), palette.gap, 4.0, "");
        let above = y - 22.0 * scale;
        if x(seen.high) - x(seen.low) > 12.0 {
            canvas.line((x(seen.low), above), (x(seen.high), above), palette.ink, 2.0, "");
        }
        marker::draw(canvas, Marker::Diamond, (x(seen.value), above), (palette.ink, palette.ink, palette.ground));
        let [low, middle, high] = [1, 3, 5].map(|place| band.estimate(place));
        let (observed, simulated) = if panel.log {
            (wording::observed_ratio(seen.value, seen.low, seen.high), wording::median_ratio_within(middle, low, high))
        } else {
            (self.money.observed_amount(seen.value, seen.low, seen.high), self.money.median_within(middle, low, high))
        };
        let ink = Ink::new(18.0 * scale, Weight::SemiBold, palette.ink).over(palette.ground);
        let place = |words: &str, x: f64, ink: &Ink| {
            let half = 0.5 * text::width(words, ink.size, ink.weight);
            // What is wider than its panel begins where the panel does.
            x.min(panel.right + 16.0 - half).max(panel.left + half)
        };
        let words = format!("{}: {observed}", seen.year);
        canvas.text(&words, (place(&words, x(seen.value), &ink), above - 14.0 * scale), Anchor::Middle, ink);
        let ink = Ink::new(18.0 * scale, Weight::Regular, palette.gap).over(palette.ground);
        // Where the range has no room, the bars say it.
        let short = simulated.split(" (").next().unwrap_or_default();
        let words = [simulated.as_str(), short].map(|simulated| format!("{}: {simulated}", band.year));
        let room = panel.right - panel.left + 16.0;
        let [long, short] = words;
        let words = if text::width(&long, ink.size, ink.weight) <= room { long } else { short };
        canvas.text(&words, (place(&words, x(q[3]), &ink), below + 34.0 * scale), Anchor::Middle, ink);
    }

    fn alt(&self) -> String {
        let [lead, follow] = &self.regions;
        let mut alt = format!("The {lead}/{follow} ratio of {} and {} by source.", self.base_year, self.horizon);
        for row in &self.rows {
            let (seen, band) = (&row.seen[1], &row.bands[1]);
            let observed = wording::observed_ratio(seen.value, seen.low, seen.high);
            let _ = write!(
                alt,
                " {}: {observed}, then {}.",
                row.name,
                wording::median_ratio_within(band.estimate(3), band.estimate(1), band.estimate(5))
            );
        }
        alt
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&CHART_SOURCES);
        for row in &self.rows {
            let measures = [("gap", self.credits.unit.as_str()), ("ratio", "times")];
            for (place, (measure, unit)) in measures.into_iter().enumerate() {
                plotted::push(&mut table, &[&row.name, measure], unit, &[row.seen[place]], &[row.bands[place]]);
            }
        }
        table
    }
}

/// Widest line of a name at a scale of 1.
const NAME_ROOM: f64 = 190.0;

/// Room for the names.
fn text_column(rows: &[SourceRow], size: f64) -> f64 {
    let lines = rows.iter().flat_map(|row| text::wrap(&row.name, size, Weight::SemiBold, NAME_ROOM * size / 20.0));
    lines.map(|line| text::width(&line, size, Weight::SemiBold)).fold(120.0, f64::max)
}
