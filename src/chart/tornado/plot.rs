//! The bars of a tornado with their names, and the lines across them, which keep off every word.

use super::super::broken::broken;
use super::{NAME, SweepScale, Tornado, TornadoBar};
use crate::draw::canvas::{Anchor, Canvas};
use crate::draw::horizontal::LogAxis;
use crate::draw::sheet::Ink;
use crate::draw::style::Style;
use crate::draw::text::{self, Weight};
use crate::draw::theme::Rgb;
use crate::draw::ticks::Scale;
use crate::wording;

/// Widths of the names beside the bars, as shares of the sheet: the narrowest in which each takes two lines at most.
const ROOMS: [f64; 3] = [0.3, 0.36, 0.42];
/// Least height of a row whose name takes two lines, beside the bar and above it.
const TWO_LINES: (f64, f64) = (42.0, 64.0);

/// Words that are laid out before anything is drawn.
struct Words {
    words: String,
    at: (f64, f64),
    anchor: Anchor,
    ink: Ink,
}

impl Words {
    fn area(&self) -> [f64; 4] {
        let wide = text::width(&self.words, self.ink.size, self.ink.weight);
        let ((x, y), size) = (self.at, self.ink.size);
        let left = match self.anchor {
            Anchor::Start => x,
            Anchor::Middle => x - 0.5 * wide,
            Anchor::End => x - wide,
        };
        [left, y - 0.74 * size, left + wide, y + 0.22 * size]
    }

    fn write(&self, canvas: &mut Canvas) {
        canvas.text(&self.words, self.at, self.anchor, self.ink);
    }
}

/// Half of a bar with the value of the input at its end, and the answer within it where it has room.
struct Half {
    area: [f64; 4],
    colour: Rgb,
    end: Words,
    answer: Option<Words>,
}

/// Where the rows of a tornado stand.
#[derive(Clone, Copy)]
struct Rows {
    left: f64,
    right: f64,
    top: f64,
    row: f64,
    /// Width of the names beside the bars; none where they stand above them.
    beside: Option<f64>,
    scale: f64,
}

impl Rows {
    /// Top, middle of the bar and its thickness, below a name of so many lines.
    fn place(&self, place: usize, lines: usize) -> (f64, f64, f64) {
        let upper = self.top + place as f64 * self.row;
        if self.beside.is_some() {
            return (upper, upper + 0.5 * self.row, (0.6 * self.row).min(44.0 * self.scale).max(6.0));
        }
        let head = 26.0 + 22.0 * self.scale * lines.saturating_sub(1) as f64;
        let thick = (self.row - head - 4.0).clamp(6.0, 34.0);
        (upper, upper + head + 0.5 * thick, thick)
    }
}

impl Tornado {
    pub(super) fn plot(
        &self,
        canvas: &mut Canvas,
        style: Style,
        [left, top, right, bottom]: [f64; 4],
        bars: &[TornadoBar],
    ) {
        let palette = style.theme.palette();
        let scale = style.preset.canvas().2;
        let value = Ink::new(NAME * scale, Weight::SemiBold, palette.ink).over(palette.ground);
        let width = |words: &str, ink: Ink| text::width(words, ink.size, ink.weight);
        let labels = if style.preset.is_narrow() { None } else { Some(beside(bars, right - left, scale)) };
        let ends = bars.iter().flat_map(|bar| bar.ends.each_ref().map(|end| width(&end.0, value)));
        let end = ends.fold(0.0, f64::max).min(0.2 * (right - left)) + 14.0;
        let answers = bars.iter().flat_map(|bar| bar.ends.each_ref().map(|end| end.1));
        let answers = answers.chain([self.baseline]).chain(self.goal);
        let place = (left + labels.map_or(0.0, |labels| labels + 24.0 * scale) + end, right - end);
        let ratio = self.scale == SweepScale::Ratio;
        let axis = if ratio { LogAxis::over(answers, place) } else { LogAxis::linear_over(answers, place) };
        let head = top + 26.0 * scale;
        self.ticks(canvas, style, &axis, [left, head + 12.0 * scale, right, bottom]);
        let rows = Rows {
            left,
            right,
            top: head + 12.0 * scale,
            row: (bottom - head - 12.0 * scale) / bars.len().max(1) as f64,
            beside: labels,
            scale,
        };
        let base = axis.clamped(self.baseline);
        let mut names: Vec<(Words, bool)> = Vec::new();
        let mut halves: Vec<Half> = Vec::new();
        for (place, bar) in bars.iter().enumerate() {
            let named = self.named(style, &rows, (place, bar));
            let lines = named.iter().filter(|it| it.1).count();
            let (_, middle, thick) = rows.place(place, lines);
            halves.extend(self.halves(style, (&axis, base, middle, thick), bar, place == 0));
            names.extend(named);
        }
        let values = halves.iter().flat_map(|half| std::iter::once(&half.end).chain(&half.answer));
        let words = names.iter().map(|it| it.0.area()).chain(values.map(Words::area));
        let taken: Vec<[f64; 4]> = words.collect();
        // Below the bars, which reach it or do not.
        if let Some(goal) = self.goal {
            broken(canvas, (axis.clamped(goal), head + 4.0, bottom), &taken, (palette.ink, 2.0, "6 5"));
        }
        for half in &halves {
            canvas.rectangle(half.area, half.colour);
            half.end.write(canvas);
            half.answer.iter().for_each(|answer| answer.write(canvas));
        }
        broken(canvas, (base, head + 4.0, bottom), &taken, (palette.ink, 2.0, ""));
        for (words, is_name) in &names {
            words.write(canvas);
            if *is_name {
                canvas.is_name();
            }
        }
        self.heads(canvas, style, (base, self.goal.map(|goal| axis.clamped(goal))), [left, head - 6.0 * scale, right]);
    }

    /// Gridlines with their values, in as many figures as tell them apart.
    fn ticks(&self, canvas: &mut Canvas, style: Style, axis: &LogAxis, [left, top, right, bottom]: [f64; 4]) {
        let (palette, scale) = (style.theme.palette(), style.preset.canvas().2);
        let ink = Ink::new(20.0 * scale, Weight::Regular, palette.mute);
        let ratio = self.scale == SweepScale::Ratio;
        let said = |figures: i32| {
            move |value: f64| match &self.scale {
                SweepScale::Ratio => wording::ratio_axis(value),
                SweepScale::Unit(unit) if figures > 2 => wording::input_value_at(value, unit, figures),
                SweepScale::Chance if figures > 2 => wording::input_value_at(value, "share", figures),
                _ => self.said(value),
            }
        };
        let apart = |ticks: &[(f64, String)]| ticks.windows(2).all(|pair| pair[0].1 != pair[1].1);
        let with = |figures: i32| axis.ticks(&said(figures), ink, (left, right));
        let ticks = with((2..=5).find(|figures| apart(&with(*figures))).unwrap_or(5));
        let scale_of = Scale { log: ratio, domain: axis.domain, labelled: Vec::new(), faint: Vec::new() };
        canvas.axis(&scale_of, ticks.len(), false);
        canvas.axis_says(ticks.iter().map(|tick| tick.1.clone()).collect());
        for (x, words) in &ticks {
            canvas.line((*x, top), (*x, bottom), palette.grid, 1.5, "");
            canvas.text(words, (*x, bottom + 29.0 * scale), Anchor::Middle, ink);
        }
    }

    /// The name of a row in one line or two, each marked as such, and its base value where it has room.
    fn named(&self, style: Style, rows: &Rows, (place, bar): (usize, &TornadoBar)) -> Vec<(Words, bool)> {
        let palette = style.theme.palette();
        let scale = rows.scale;
        let name = Ink::new(NAME * scale, Weight::SemiBold, palette.ink).over(palette.ground);
        let plain = Ink::new(17.0 * scale, Weight::Regular, palette.mute).over(palette.ground);
        let width = |words: &str, ink: Ink| text::width(words, ink.size, ink.weight);
        let base = if bar.ends[0].0.is_empty() { bar.base.clone() } else { format!("base {}", bar.base) };
        let room = rows.beside.unwrap_or(rows.right - rows.left);
        let least = if rows.beside.is_some() { TWO_LINES.0 } else { TWO_LINES.1 } * scale;
        let lines = if rows.row >= least {
            text::wrapped_within(&bar.name, (name.size, name.weight), room, 2)
        } else {
            vec![text::fitted(&bar.name, name.size, name.weight, room)]
        };
        let (upper, middle, _) = rows.place(place, lines.len());
        let start = |words: String, at: (f64, f64), ink: Ink| Words { words, at, anchor: Anchor::Start, ink };
        let mut named = Vec::new();
        let last = lines.last().map_or(0.0, |line| width(line, name)) + 10.0;
        let fits = last + width(&base, plain) <= room;
        let two = lines.len() > 1;
        if rows.beside.is_none() {
            for (line, words) in lines.into_iter().enumerate() {
                named.push((start(words, (rows.left, upper + 18.0 + 22.0 * scale * line as f64), name), true));
            }
            let y = upper + 18.0 + if two { 22.0 * scale } else { 0.0 };
            named.extend(fits.then(|| (start(base, (rows.left + last, y), plain), false)));
            return named;
        }
        let below = !two && rows.row >= 44.0 * scale;
        let first = if below || two { middle - 2.0 * scale } else { middle + 0.35 * name.size };
        for (line, words) in lines.into_iter().enumerate() {
            named.push((start(words, (rows.left, first + 22.0 * scale * line as f64), name), true));
        }
        if below {
            let words = text::fitted(&base, plain.size, plain.weight, room);
            named.push((start(words, (rows.left, middle + 20.0 * scale), plain), false));
        } else if two && fits {
            named.push((start(base, (rows.left + last, first + 22.0 * scale), plain), false));
        }
        named
    }

    /// What the lines across all bars are: the baseline, and the goal beside it.
    fn heads(&self, canvas: &mut Canvas, style: Style, (base, goal): (f64, Option<f64>), [left, y, right]: [f64; 3]) {
        let ink = Ink::new(20.0 * style.preset.canvas().2, Weight::SemiBold, style.theme.palette().ink);
        let width = |words: &str| text::width(words, ink.size, ink.weight);
        // A tornado has every input at its median, a goal is held against the scenario as it is.
        let words = if self.goal.is_some() { "As it stands" } else { "All at medians" };
        let words = format!("{words} {}", self.said(self.baseline));
        let half = 0.5 * width(&words);
        let Some((at, sought)) = goal.zip(self.goal.map(|goal| format!("Goal {}", self.said(goal)))) else {
            canvas.text(&words, (base.clamp(left + half, right - half), y), Anchor::Middle, ink);
            return;
        };
        // The two stand away from each other, each at its line as far as the sheet has room.
        let (gap, wide) = (12.0, [2.0 * half, width(&sought)]);
        let middle = 0.5 * (base + at);
        let (first, second) = if base <= at { (wide[0], wide[1]) } else { (wide[1], wide[0]) };
        let middle = middle.clamp(left + first + gap, (right - second - gap).max(left + first + gap));
        let place = |x: f64, wide: f64, before: bool| {
            let (low, high) = if before { (left, middle - gap) } else { (middle + gap, right) };
            (x - 0.5 * wide).clamp(low, (high - wide).max(low))
        };
        canvas.text(&words, (place(base, wide[0], base <= at), y), Anchor::Start, ink);
        canvas.text(&sought, (place(at, wide[1], base > at), y), Anchor::Start, ink);
    }

    /// The two halves of a bar with the values of the input at their ends; in the longest one the answers.
    fn halves(
        &self,
        style: Style,
        (axis, base, middle, thick): (&LogAxis, f64, f64, f64),
        bar: &TornadoBar,
        longest: bool,
    ) -> Vec<Half> {
        let palette = style.theme.palette();
        let scale = style.preset.canvas().2;
        // An input that moves the answer one way at both ends has both marks on that side; the longer one is drawn first.
        let mut ends: Vec<&(String, f64)> = bar.ends.iter().collect();
        ends.sort_by(|a, b| self.off(b.1).total_cmp(&self.off(a.1)));
        let mut taken = [false; 2];
        let mut halves = Vec::new();
        for (words, answer) in ends {
            let wider = *answer > self.baseline;
            let x = axis.clamped(*answer);
            if self.off(*answer) <= self.nothing() || taken[usize::from(wider)] {
                continue;
            }
            taken[usize::from(wider)] = true;
            let colour = if wider { palette.wider_text } else { palette.narrower_text };
            let area = [x.min(base), middle - 0.5 * thick, x.max(base), middle + 0.5 * thick];
            let ink = Ink::new(NAME * scale, Weight::SemiBold, colour).over(palette.ground);
            let (at, anchor) = if wider { (x + 10.0, Anchor::Start) } else { (x - 10.0, Anchor::End) };
            let end = Words { words: words.clone(), at: (at, middle + 0.35 * ink.size), anchor, ink };
            let inside = Ink::new(NAME * scale, Weight::SemiBold, palette.ground);
            let inside = if self.goal.is_some() { inside.over(colour) } else { inside };
            let said = self.said(*answer);
            let fits = longest
                && thick > 1.1 * inside.size
                && area[2] - area[0] > text::width(&said, inside.size, inside.weight) + 26.0;
            let (at, anchor) = if wider { (x - 10.0, Anchor::End) } else { (x + 10.0, Anchor::Start) };
            let at = (at, middle + 0.35 * inside.size);
            let answer = fits.then_some(Words { words: said, at, anchor, ink: inside });
            halves.push(Half { area, colour, end, answer });
        }
        halves
    }
}

/// Width of the names beside the bars.
fn beside(bars: &[TornadoBar], whole: f64, scale: f64) -> f64 {
    let name = |words: &str| text::width(words, NAME * scale, Weight::SemiBold);
    let base = |bar: &TornadoBar| text::width(&format!("base {}", bar.base), 17.0 * scale, Weight::Regular);
    let widest = bars.iter().map(|bar| name(&bar.name).max(base(bar))).fold(0.0, f64::max);
    let takes_two = |room: f64| {
        let lines = |bar: &TornadoBar| text::wrap(&bar.name, NAME * scale, Weight::SemiBold, room);
        bars.iter().all(|bar| {
            let lines = lines(bar);
            lines.len() <= 2 && lines.iter().all(|line| name(line) <= room)
        })
    };
    let rooms = ROOMS.map(|share| share * whole);
    widest.min(rooms.into_iter().find(|room| takes_two(*room)).unwrap_or(rooms[ROOMS.len() - 1]))
}
