//! The rule that futures share: each input on its own scale, what is assumed of it in grey and what the rule takes in colour.

use std::fmt::Write;

use crate::table::declared::CHART_BOX;
use crate::table::{Field, Table};
use crate::wording::{self, Text};

use crate::draw::Credits;
use crate::draw::canvas::{Anchor, Canvas};
use crate::draw::drawing::Drawing;
use crate::draw::frame::{self, Frame, Span};
use crate::draw::sheet::Ink;
use crate::draw::style::Style;
use crate::draw::text::{self, Weight};

/// A rule on several inputs.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Title above the chart.
    pub title: Text,
    /// The condition that the futures share, as the subtitle says it.
    pub condition: String,
    /// The inputs that the rule limits.
    pub bars: Vec<RuleBar>,
    /// The inputs that it leaves alone, by name.
    pub free: Vec<String>,
    /// Coverage, density, mass and base rate.
    pub worth: [f64; 4],
    /// Where the numbers come from.
    pub credits: Credits,
}

/// An input that a rule limits.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleBar {
    /// Name of the input.
    pub name: String,
    /// First percentile, median and last percentile of all paths.
    pub spread: [f64; 3],
    /// First and last percentile in words, of an event its first and its last year.
    pub ends: [String; 2],
    /// Least and greatest value that the rule takes.
    pub limits: [Option<f64>; 2],
    /// What it takes in words: `above 12%`.
    pub takes: String,
    /// Whether values beyond the last one stand for never, which is a place of its own.
    pub never: bool,
}

/// Where the years of an event end on its track, and where never begins.
const NEVER: (f64, f64) = (0.7, 0.87);

/// Least height of a row, in units of the note; in a column, where the name stands above its bar.
const ROW: (f64, f64) = (58.0, 76.0);

impl Rule {
    pub(crate) fn draw(&self, style: Style) -> Drawing {
        let scale = style.preset.canvas().2;
        let palette = style.theme.palette();
        let subtitle: [Span; 4] = [
            (format!("Where {}. ", self.condition), None),
            ("Grey: 98% of all futures, with a tick at their median; ".to_owned(), None),
            // The colon stays with its words when the line breaks behind them.
            ("in colour:".to_owned(), Some(palette.gap)),
            (" what the rule takes".to_owned(), None),
        ];
        let caveat = "Each input on its own scale; a rule on assumptions and not on causes.";
        let frame = Frame {
            title: self.title.clone(),
            subtitle: &subtitle,
            credits: &self.credits,
            caveat,
            column: 420.0 + ROW.1 * self.bars.len() as f64,
        };
        let (mut canvas, [left, top, right, bottom]) = frame::sheet(style, &frame);
        let small = Ink::new(17.0 * scale, Weight::Regular, palette.mute);
        let least = if style.preset.is_narrow() { ROW.1 } else { ROW.0 } * scale;
        let line = 23.0 * scale;
        let room = bottom - top - 24.0 * scale - 3.0 * line;
        let shown = ((room / least) as usize).clamp(1, self.bars.len().max(1)).min(self.bars.len());
        let lines = self.words_below(shown, small, right - left);
        let floor = bottom - lines.len() as f64 * line - 8.0 * scale;
        for (place, words) in lines.iter().enumerate() {
            canvas.text(words, (left, floor + (0.8 + place as f64) * line), Anchor::Start, small);
        }
        self.rows(&mut canvas, style, [left, top + 16.0 * scale, right, floor - 8.0 * scale], shown);
        canvas.finish("box", self.alt(), self.table())
    }

    /// What the rows do not show: inputs of the rule without room, and those that it leaves alone.
    fn words_below(&self, shown: usize, ink: Ink, room: f64) -> Vec<String> {
        let mut words = Vec::new();
        if self.bars.is_empty() {
            words.push("The rule limits no input.".to_owned());
        }
        if shown < self.bars.len() {
            let rest: Vec<&str> = self.bars[shown..].iter().map(|bar| bar.name.as_str()).collect();
            words.push(format!("Limited too: {}.", rest.join("; ")));
        }
        let face = (ink.size, ink.weight);
        if !self.free.is_empty() {
            let free: Vec<&str> = self.free.iter().map(String::as_str).collect();
            let before = words.join(" ");
            let before = if before.is_empty() { before } else { before + " " };
            return text::listed(&format!("{before}Not in the rule: "), (&free, "; "), 2, face, room);
        }
        let lines = text::wrapped_within(&words.join(" "), face, room, 2);
        lines.iter().filter(|it| !it.is_empty()).map(|it| text::fitted(it, ink.size, ink.weight, room)).collect()
    }

    fn rows(&self, canvas: &mut Canvas, style: Style, [left, top, right, bottom]: [f64; 4], shown: usize) {
        let (scale, narrow) = (style.preset.canvas().2, style.preset.is_narrow());
        let bars = &self.bars[..shown];
        let ink = Ink::new(17.0 * scale, Weight::Regular, style.theme.palette().mute);
        let name = Ink::new(19.0 * scale, Weight::SemiBold, style.theme.palette().ink);
        let end = |bar: &RuleBar, place: usize| {
            if bar.never && place == 1 { "never".to_owned() } else { bar.ends[place].clone() }
        };
        let widest = |place: usize| {
            bars.iter().map(|bar| text::width(&end(bar, place), ink.size, ink.weight)).fold(0.0, f64::max)
        };
        let names = bars.iter().map(|bar| text::width(&bar.name, name.size, name.weight)).fold(0.0, f64::max);
        let labels = if narrow { 0.0 } else { names.min(0.34 * (right - left)) + 24.0 * scale };
        let track = [left + labels + widest(0) + 14.0, right - widest(1) - 14.0];
        let row = ((bottom - top) / shown.max(1) as f64).min(2.0 * if narrow { ROW.1 } else { ROW.0 } * scale);
        // A few rows stand in the middle of the room.
        let top = top + 0.4 * (bottom - top - row * shown as f64);
        for (place, bar) in bars.iter().enumerate() {
            let upper = top + place as f64 * row;
            // The words of the rule stand above the bar, and in a column the name above both.
            let middle = upper + 0.5 * row + if narrow { 22.0 } else { 10.0 } * scale;
            bar.draw(canvas, style, track, middle);
            let at = if narrow { (left, middle - 44.0 * scale) } else { (left, middle + 0.35 * name.size) };
            let room = if narrow { right - left } else { labels - 24.0 * scale };
            // Two lines stand around the middle of the bar; in a column the words of the rule leave room for one.
            let lines = text::wrapped_within(&bar.name, (name.size, name.weight), room, if narrow { 1 } else { 2 });
            let first = at.1 - 11.0 * scale * (lines.len() - 1) as f64;
            for (line, words) in lines.iter().enumerate() {
                canvas.text(words, (at.0, first + 22.0 * scale * line as f64), Anchor::Start, name);
                canvas.is_name();
            }
        }
    }

    fn alt(&self) -> String {
        let [coverage, density, mass, base] = self.worth.map(wording::percent);
        let mut alt = format!(
            "Ranges of a rule. It holds in {coverage} of the futures where {}, and in {mass} of all; there the chance is {density} \
             instead of {base}.",
            self.condition
        );
        for bar in self.bars.iter().take(5) {
            let never = if bar.never { " or never" } else { "" };
            let _ = write!(alt, " {}: {}, of {} to {}{never}.", bar.name, bar.takes, bar.ends[0], bar.ends[1]);
        }
        alt
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&CHART_BOX);
        for bar in &self.bars {
            let names = [Field::from(&bar.name), (&bar.takes).into()];
            let numbers = bar.spread.map(Field::from).into_iter().chain(bar.limits.map(Field::from));
            table.push(names.into_iter().chain(numbers).chain(self.worth.map(Field::from)));
        }
        table
    }
}

impl RuleBar {
    /// The ends of its own scale: what is assumed, and what the rule takes beyond it.
    fn scale(&self) -> (f64, f64) {
        // Beyond the last year of an event lies no year, but never.
        let limits = self.limits.into_iter().flatten().filter(|it| !self.never || *it <= self.spread[2]);
        let median = if self.never { self.spread[1].min(self.spread[2]) } else { self.spread[1] };
        let values = [self.spread[0], median, self.spread[2]].into_iter().chain(limits).filter(|it| it.is_finite());
        let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), it| (l.min(it), h.max(it)));
        match low < high {
            true => (low, high),
            false if low.is_finite() => (low - 0.5, low + 0.5),
            false => (0.0, 1.0),
        }
    }

    /// The grey line of all futures, the coloured one of the rule, and the words of both.
    fn draw(&self, canvas: &mut Canvas, style: Style, track: [f64; 2], middle: f64) {
        let (palette, unit) = (style.theme.palette(), style.preset.canvas().2);
        let (low, high) = self.scale();
        let share = |share: f64| track[0] + share * (track[1] - track[0]);
        let years = if self.never { NEVER.0 } else { 1.0 };
        let x = |value: f64| match self.never && value > high {
            true => share(0.5 * (NEVER.1 + 1.0)),
            false => share(years * ((value - low) / (high - low)).clamp(0.0, 1.0)),
        };
        let thin = 4.0 * unit;
        let last = x(self.spread[2].min(high)).max(x(self.spread[0]) + 2.0);
        canvas.rectangle([x(self.spread[0]), middle - thin, last, middle + thin], palette.axis);
        // What never comes is taken by a rule that ends nowhere.
        if self.never {
            let (half, colour) =
                if self.limits[1].is_none() { (9.0 * unit, palette.gap) } else { (thin, palette.axis) };
            canvas.rectangle([share(NEVER.1), middle - half, share(1.0), middle + half], colour);
        }
        let beyond = self.limits[0].is_some_and(|limit| self.never && limit > high);
        let end = share(if beyond { 1.0 } else { years });
        let begins = if beyond { share(NEVER.1) } else { self.limits[0].map_or(track[0], x) };
        let [from, to] = [begins, self.limits[1].map_or(end, |limit| x(limit.min(high)))];
        // A rule that takes one value alone is still seen.
        let wide = 0.5 * (8.0 * unit - (to - from)).max(0.0);
        let thick = 9.0 * unit;
        let (from, to) = ((from - wide).max(track[0]), (to + wide).min(track[1]));
        canvas.rectangle([from, middle - thick, to, middle + thick], palette.gap);
        let at = x(self.spread[1]);
        // On a pale ground, or nobody would see it on the colour of the rule.
        canvas.rectangle([at - 4.0, middle - thick, at + 4.0, middle + thick], palette.ground);
        canvas.line((at, middle - thick - 5.0), (at, middle + thick + 5.0), palette.ink, 3.0, "");
        let plain = Ink::new(17.0 * unit, Weight::Regular, palette.mute);
        canvas.text(&self.ends[0], (track[0] - 10.0, middle + 0.35 * plain.size), Anchor::End, plain);
        // The last year stands at the end of the years, never at its own place.
        let (end, words) = if self.never { (share(NEVER.0), "never") } else { (track[1], self.ends[1].as_str()) };
        canvas.text(&self.ends[1], (end + 10.0, middle + 0.35 * plain.size), Anchor::Start, plain);
        if self.never {
            canvas.text(words, (track[1] + 10.0, middle + 0.35 * plain.size), Anchor::Start, plain);
        }
        let strong = Ink::new(18.0 * unit, Weight::SemiBold, palette.gap).over(palette.ground);
        let words = text::fitted(&self.takes, strong.size, strong.weight, track[1] - track[0]);
        let half = 0.5 * text::width(&words, strong.size, strong.weight);
        let centre = (0.5 * (from + to)).max(track[0] + half).min(track[1] - half);
        canvas.text(&words, (centre, middle - thick - 9.0 * unit), Anchor::Middle, strong);
    }
}
