//! What figures taught: each parameter on its own scale, the range that was believed before in grey, the one after in colour.

use std::fmt::Write;

use crate::table::declared::CHART_FIT;
use crate::table::{Field, Table};
use crate::wording::Text;

use crate::draw::Credits;
use crate::draw::canvas::{Anchor, Canvas};
use crate::draw::drawing::Drawing;
use crate::draw::frame::{self, Frame, Span};
use crate::draw::sheet::Ink;
use crate::draw::style::Style;
use crate::draw::text::{self, Weight};

/// Prior against posterior.
#[derive(Clone, Debug, PartialEq)]
pub struct Learned {
    /// Title above the chart.
    pub title: Text,
    /// A row for each parameter.
    pub rows: Vec<LearnedRow>,
    /// Where the numbers come from.
    pub credits: Credits,
}

/// A parameter before and after.
#[derive(Clone, Debug, PartialEq)]
pub struct LearnedRow {
    /// Name of the parameter.
    pub name: String,
    /// 10%, 50% and 90% quantile before.
    pub prior: [f64; 3],
    /// 10%, 50% and 90% quantile after.
    pub posterior: [f64; 3],
    /// Ends of the range before, in words; empty where the range after ends farther out and says its own.
    pub ends: [String; 2],
    /// Median and range after, in words.
    pub words: String,
    /// Part of the range that the figures took away.
    pub shrunk: f64,
}

/// Least height of a row, in units of the note; in a column, where the name stands above its bar.
const ROW: (f64, f64) = (56.0, 78.0);

impl Learned {
    pub(crate) fn draw(&self, style: Style) -> Drawing {
        let palette = style.theme.palette();
        let subtitle: [Span; 3] = [
            ("Grey: 80% range before any figure was seen. ".to_owned(), None),
            ("In colour".to_owned(), Some(palette.gap)),
            (": 80% range after, with its median".to_owned(), None),
        ];
        let frame = Frame {
            title: self.title.clone(),
            subtitle: &subtitle,
            credits: &self.credits,
            caveat: "Each parameter on its own scale. What stays as wide as it was is the prior and not the data.",
            column: 360.0 + ROW.1 * self.rows.len() as f64,
        };
        let (mut canvas, [left, top, right, bottom]) = frame::sheet(style, &frame);
        self.rows(&mut canvas, style, [left, top + 14.0 * style.preset.canvas().2, right, bottom]);
        canvas.finish("fit", self.alt(), self.table())
    }

    fn rows(&self, canvas: &mut Canvas, style: Style, [left, top, right, bottom]: [f64; 4]) {
        let (scale, narrow) = (style.preset.canvas().2, style.preset.is_narrow());
        let ink = Ink::new(17.0 * scale, Weight::Regular, style.theme.palette().mute);
        let name = Ink::new(18.0 * scale, Weight::SemiBold, style.theme.palette().ink);
        let widest = |place: usize| {
            self.rows.iter().map(|row| text::width(&row.ends[place], ink.size, ink.weight)).fold(0.0, f64::max)
        };
        let names = self.rows.iter().map(|row| text::width(&row.name, name.size, name.weight)).fold(0.0, f64::max);
        let labels = if narrow { 0.0 } else { names.min(0.34 * (right - left)) + 24.0 * scale };
        let track = [left + labels + widest(0) + 14.0, right - widest(1) - 14.0];
        let row = (bottom - top) / self.rows.len().max(1) as f64;
        for (place, it) in self.rows.iter().enumerate() {
            let upper = top + place as f64 * row;
            let middle = upper + 0.5 * row + if narrow { 14.0 } else { 10.0 } * scale;
            it.draw(canvas, style, track, middle);
            let words = it.tell(canvas, style, (track, right), middle);
            let at = if narrow { (left, middle - 18.0 * scale) } else { (left, middle + 0.35 * name.size) };
            // In a column name and range share the line above the bar, so that rows stand apart.
            let room = if narrow { right - left - words - 16.0 } else { labels - 24.0 * scale };
            canvas.text(&text::fitted(&it.name, name.size, name.weight, room), at, Anchor::Start, name);
        }
    }

    fn alt(&self) -> String {
        let mut alt = "Ranges of parameters before and after figures were seen.".to_owned();
        for row in self.rows.iter().take(5) {
            let _ = write!(alt, " {}: {} to {} before, {} after.", row.name, row.ends[0], row.ends[1], row.words);
        }
        alt
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&CHART_FIT);
        for row in &self.rows {
            let values = row.prior.into_iter().chain(row.posterior).chain([row.shrunk]).map(Field::from);
            table.push(std::iter::once(Field::from(&row.name)).chain(values));
        }
        table
    }
}

impl LearnedRow {
    /// The grey line of the prior with its ends in words, and the coloured one of the posterior with its median.
    fn draw(&self, canvas: &mut Canvas, style: Style, track: [f64; 2], middle: f64) {
        let (palette, unit) = (style.theme.palette(), style.preset.canvas().2);
        let x = |value: f64| self.x(value, track);
        let thin = 4.0 * unit;
        let [from, to] = [x(self.prior[0]), x(self.prior[2])];
        canvas.rectangle([from, middle - thin, to.max(from + 2.0), middle + thin], palette.axis);
        let thick = 9.0 * unit;
        let [from, to] = self.after(style, track);
        canvas.rectangle([from, middle - thick, to, middle + thick], palette.gap);
        let at = x(self.posterior[1]);
        canvas.line((at, middle - thick - 4.0), (at, middle + thick + 4.0), palette.ink, 2.0, "");
        let plain = Ink::new(17.0 * unit, Weight::Regular, palette.mute);
        canvas.text(&self.ends[0], (track[0] - 10.0, middle + 0.35 * plain.size), Anchor::End, plain);
        canvas.text(&self.ends[1], (track[1] + 10.0, middle + 0.35 * plain.size), Anchor::Start, plain);
    }

    /// Median and range in words above the bar: at the right of a column, else over the middle of the range. Gives their width.
    fn tell(&self, canvas: &mut Canvas, style: Style, (track, right): ([f64; 2], f64), middle: f64) -> f64 {
        let (palette, unit) = (style.theme.palette(), style.preset.canvas().2);
        let strong = Ink::new(17.0 * unit, Weight::SemiBold, palette.gap).over(palette.ground);
        let words = text::fitted(&self.words, strong.size, strong.weight, track[1] - track[0]);
        let wide = text::width(&words, strong.size, strong.weight);
        let baseline = middle - 18.0 * unit;
        if style.preset.is_narrow() {
            canvas.text(&words, (right, baseline), Anchor::End, strong);
        } else {
            let [from, to] = self.after(style, track);
            let centre = (0.5 * (from + to)).max(track[0] + 0.5 * wide).min(track[1] - 0.5 * wide);
            canvas.text(&words, (centre, baseline), Anchor::Middle, strong);
        }
        wide
    }

    /// Where a value stands on the track.
    fn x(&self, value: f64, track: [f64; 2]) -> f64 {
        let low = self.prior[0].min(self.posterior[0]);
        let high = self.prior[2].max(self.posterior[2]);
        let span = if high > low { high - low } else { 1.0 };
        track[0] + (value - low) / span * (track[1] - track[0])
    }

    /// Ends of the coloured range; one of one value alone is still seen.
    fn after(&self, style: Style, track: [f64; 2]) -> [f64; 2] {
        let [from, to] = [self.x(self.posterior[0], track), self.x(self.posterior[2], track)];
        let wide = 0.5 * (8.0 * style.preset.canvas().2 - (to - from)).max(0.0);
        [(from - wide).max(track[0]), (to + wide).min(track[1])]
    }
}
