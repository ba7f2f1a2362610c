//! The bars of a tornado with their names, and the lines across them, which keep off every word.

use super::super::axis::{exact, round};
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

/// Half of a bar with the value of the input at its end; within it, where they have room, the answer and the value that meets the goal.
struct Half {
    area: [f64; 4],
    colour: Rgb,
    end: Words,
    inside: Vec<Words>,
}

/// Where the lines across all bars stand.
#[derive(Clone, Copy)]
struct Lines {
    base: f64,
    goal: Option<f64>,
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
            // A few bars are thick rather than far apart.
            return (
                upper,
                upper + 0.5 * self.row,
                (0.6 * self.row).min(44.0_f64.max(0.3 * self.row)).clamp(6.0, 80.0),
            );
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
        let axis = if self.scale == SweepScale::Ratio {
            LogAxis::over(answers, place)
        } else {
            LogAxis::linear_over(answers, place)
        };
        let head = top + 26.0 * scale;
        let rows = Rows {
            left,
            right,
            top: head + 12.0 * scale,
            row: (bottom - head - 12.0 * scale) / bars.len().max(1) as f64,
            beside: labels,
            scale,
        };
        let lines = Lines { base: axis.clamped(self.baseline), goal: self.goal.map(|goal| axis.clamped(goal)) };
        let base = lines.base;
        let mut names: Vec<(Words, bool)> = Vec::new();
        let mut halves: Vec<Half> = Vec::new();
        let mut bars_at: Vec<(f64, f64)> = Vec::new();
        for (place, bar) in bars.iter().enumerate() {
            let told = self.place_of_goal(&axis, lines, bar, value).is_some();
            let (named, lines_of_name) = self.named(style, &rows, (place, bar), told);
            let (_, middle, thick) = rows.place(place, lines_of_name);
            bars_at.push((middle - 0.5 * thick - 5.0, middle + 0.5 * thick + 5.0));
            halves.extend(self.halves(style, (&axis, lines, middle, thick), bar, place == 0));
            names.extend(named);
        }
        let values = halves.iter().flat_map(|half| std::iter::once(&half.end).chain(&half.inside));
        let taken: Vec<[f64; 4]> = names.iter().map(|it| it.0.area()).chain(values.map(Words::area)).collect();
        self.ticks(canvas, style, (&axis, &taken), [left, head + 12.0 * scale, right, bottom]);
        for half in &halves {
            canvas.rectangle(half.area, half.colour);
            half.end.write(canvas);
            half.inside.iter().for_each(|words| words.write(canvas));
        }
        // Names stand above the bars of a narrow sheet, where a line goes along the bars alone.
        let along = if rows.beside.is_none() { bars_at } else { vec![(head + 4.0, bottom)] };
        for (from, to) in along {
            if let Some(goal) = lines.goal {
                broken(canvas, (goal, from, to), &taken, (palette.ground, 5.0, ""));
                broken(canvas, (goal, from, to), &taken, (palette.ink, 2.0, "6 5"));
            }
            broken(canvas, (base, from, to), &taken, (palette.ink, 2.0, ""));
        }
        for (words, is_name) in &names {
            words.write(canvas);
            if *is_name {
                canvas.is_name();
            }
        }
        self.heads(canvas, style, (base, lines.goal), [left, head - 6.0 * scale, right]);
    }

    /// Gridlines with their values, which stop where words stand.
    fn ticks(
        &self,
        canvas: &mut Canvas,
        style: Style,
        (axis, taken): (&LogAxis, &[[f64; 4]]),
        [left, top, right, bottom]: [f64; 4],
    ) {
        let (palette, scale) = (style.theme.palette(), style.preset.canvas().2);
        let ink = Ink::new(20.0 * scale, Weight::Regular, palette.mute);
        let ratio = self.scale == SweepScale::Ratio;
        let ticks = if ratio {
            axis.ticks(&wording::ratio_axis, ink, (left, right))
        } else {
            let ticks = round(axis.domain, self.scale.unit(), ink, &|value| axis.x(value), (left, right));
            ticks.into_iter().map(|(value, words)| (axis.x(value), words)).collect()
        };
        let scale_of = Scale { log: ratio, domain: axis.domain, labelled: Vec::new(), faint: Vec::new() };
        canvas.axis(&scale_of, ticks.len(), false);
        canvas.axis_says(ticks.iter().map(|tick| tick.1.clone()).collect());
        for (x, words) in &ticks {
            broken(canvas, (*x, top, bottom), taken, (palette.grid, 1.5, ""));
            canvas.text(words, (*x, bottom + 29.0 * scale), Anchor::Middle, ink);
        }
    }

    /// Where the value that meets the goal stands in its bar, beside the line of the goal; nowhere if the bar has no room for it.
    fn place_of_goal(&self, axis: &LogAxis, lines: Lines, bar: &TornadoBar, ink: Ink) -> Option<(f64, Anchor)> {
        let (goal, words) = (lines.goal?, bar.meets.as_ref()?);
        let needed = text::width(words, ink.size, ink.weight) + 18.0;
        let reaches = bar.ends.iter().map(|end| axis.clamped(end.1));
        let beyond = reaches.map(|x| if goal >= lines.base { x - goal } else { goal - x }).fold(0.0, f64::max);
        let (inner, outer) = if goal >= lines.base {
            ((goal - 9.0, Anchor::End), (goal + 9.0, Anchor::Start))
        } else {
            ((goal + 9.0, Anchor::Start), (goal - 9.0, Anchor::End))
        };
        match () {
            () if beyond <= 0.0 => None,
            () if (goal - lines.base).abs() > needed => Some(inner),
            () if beyond > needed => Some(outer),
            () => None,
        }
    }

    /// The name of a row, each line marked as such, and its base value, behind it or below it, with the value that meets the goal if
    /// the bar does not say it; and how many lines these are.
    fn named(
        &self,
        style: Style,
        rows: &Rows,
        (place, bar): (usize, &TornadoBar),
        told: bool,
    ) -> (Vec<(Words, bool)>, usize) {
        let palette = style.theme.palette();
        let scale = rows.scale;
        let name = Ink::new(NAME * scale, Weight::SemiBold, palette.ink).over(palette.ground);
        let plain = Ink::new(17.0 * scale, Weight::Regular, palette.mute).over(palette.ground);
        let width = |words: &str, ink: Ink| text::width(words, ink.size, ink.weight);
        let base = base_words(bar, told);
        let room = rows.beside.unwrap_or(rows.right - rows.left);
        let least = if rows.beside.is_some() { TWO_LINES.0 } else { TWO_LINES.1 } * scale;
        let lines = if rows.row >= least {
            text::wrapped_within(&bar.name, (name.size, name.weight), room, 2)
        } else {
            vec![text::fitted(&bar.name, name.size, name.weight, room)]
        };
        let last = lines.last().map_or(0.0, |line| width(line, name)) + 10.0;
        let two = lines.len() > 1;
        let fits = last + width(&base, plain) <= room;
        // Behind the name of a narrow sheet and behind a second line, below a single one; a third line needs a high row.
        let behind = fits && (two || rows.beside.is_none());
        let high = if rows.beside.is_none() {
            26.0 + 22.0 * lines.len() as f64 + 12.0
        } else {
            22.0 * (lines.len() + 1) as f64
        };
        let below = !behind && rows.row >= high * scale;
        let count = lines.len() + usize::from(below);
        let (upper, middle, _) = rows.place(place, count);
        let first = match rows.beside {
            None => upper + 18.0,
            Some(_) => middle + 0.35 * name.size - 11.0 * scale * (count - 1) as f64,
        };
        let y = |line: usize| first + 22.0 * scale * line as f64;
        let start = |words: String, at: (f64, f64), ink: Ink| Words { words, at, anchor: Anchor::Start, ink };
        let (end, lines_of_name) = (lines.len() - 1, lines.len());
        let mut named: Vec<(Words, bool)> = lines
            .into_iter()
            .enumerate()
            .map(|(line, words)| (start(words, (rows.left, y(line)), name), true))
            .collect();
        if behind {
            named.push((start(base, (rows.left + last, y(end)), plain), false));
        } else if below {
            let words = text::fitted(&base, plain.size, plain.weight, room);
            named.push((start(words, (rows.left, y(lines_of_name)), plain), false));
        }
        (named, count)
    }

    /// What the lines across all bars are: the baseline, and the goal beside it.
    fn heads(&self, canvas: &mut Canvas, style: Style, (base, goal): (f64, Option<f64>), [left, y, right]: [f64; 3]) {
        let ink = Ink::new(20.0 * style.preset.canvas().2, Weight::SemiBold, style.theme.palette().ink);
        let width = |words: &str| text::width(words, ink.size, ink.weight);
        // A tornado has every input at its median, a goal is held against the scenario as it is.
        let words = if self.goal.is_some() { "As it stands" } else { "All at medians" };
        let words = format!("{words} {}", self.said(self.baseline));
        let half = 0.5 * width(&words);
        let said = |goal: f64| format!("Goal {}", exact(goal, self.scale.unit()));
        let Some((at, sought)) = goal.zip(self.goal.map(said)) else {
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

    /// The two halves of a bar with the values of the input at their ends and at the goal; in the longest one the answers.
    fn halves(
        &self,
        style: Style,
        (axis, lines, middle, thick): (&LogAxis, Lines, f64, f64),
        bar: &TornadoBar,
        longest: bool,
    ) -> Vec<Half> {
        let palette = style.theme.palette();
        let scale = style.preset.canvas().2;
        let base = lines.base;
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
            let side =
                |near: f64, away: f64| if wider { (near + away, Anchor::Start) } else { (near - away, Anchor::End) };
            let at = |(x, anchor): (f64, Anchor), words: String, ink: Ink| Words {
                words,
                at: (x, middle + 0.35 * ink.size),
                anchor,
                ink,
            };
            let mut end = at(side(x, 10.0), words.clone(), ink);
            // Words on the line of the goal stand behind it.
            let [from, _, to, _] = end.area();
            if let Some(goal) = lines.goal.filter(|goal| from - 6.0 < *goal && *goal < to + 6.0) {
                end = at(side(goal, 9.0), words.clone(), ink);
            }
            let within = Ink::new(NAME * scale, Weight::SemiBold, palette.ground).over(colour);
            let mut inside = Vec::new();
            let met = self.place_of_goal(axis, lines, bar, within).filter(|(x, _)| area[0] < *x && *x < area[2]);
            if let Some((place, words)) = met.zip(bar.meets.clone()).filter(|_| thick > 1.1 * within.size) {
                inside.push(at(place, words, within));
            }
            let said = self.said(*answer);
            let (x, anchor) = side(x, -10.0);
            let anchor = if anchor == Anchor::Start { Anchor::End } else { Anchor::Start };
            let answer = at((x, anchor), said, within);
            let [from, _, to, _] = answer.area();
            let free = |[l, _, r, _]: [f64; 4]| to + 12.0 < l || r + 12.0 < from;
            let off_goal = lines.goal.is_none_or(|goal| goal < from - 6.0 || to + 6.0 < goal);
            let fits = longest && thick > 1.1 * within.size && area[2] - area[0] > to - from + 26.0;
            if fits && off_goal && inside.iter().map(Words::area).all(free) {
                inside.push(answer);
            }
            halves.push(Half { area, colour, end, inside });
        }
        halves
    }
}

/// The base value of an input, and the value that meets the goal where the bar has no room for it.
fn base_words(bar: &TornadoBar, told: bool) -> String {
    let base = if bar.ends[0].0.is_empty() { bar.base.clone() } else { format!("base {}", bar.base) };
    match &bar.meets {
        Some(meets) if !told => format!("{base}, goal at {meets}"),
        _ => base,
    }
}

/// Width of the names beside the bars.
fn beside(bars: &[TornadoBar], whole: f64, scale: f64) -> f64 {
    let name = |words: &str| text::width(words, NAME * scale, Weight::SemiBold);
    let base = |bar: &TornadoBar| text::width(&base_words(bar, false), 17.0 * scale, Weight::Regular);
    let widest = bars.iter().map(|bar| name(&bar.name).max(base(bar))).fold(0.0, f64::max);
    let takes_two = |room: f64| {
        let lines = |bar: &TornadoBar| text::wrap(&bar.name, NAME * scale, Weight::SemiBold, room);
        bars.iter().all(|bar| {
            let lines = lines(bar);
            let behind = |line: &String| if lines.len() < 2 { 0.0 } else { name(line) + 10.0 + base(bar) };
            lines.len() <= 2 && lines.iter().all(|line| name(line) <= room) && lines.last().map_or(0.0, behind) <= room
        })
    };
    let rooms = ROOMS.map(|share| share * whole);
    widest.min(rooms.into_iter().find(|room| takes_two(*room)).unwrap_or(rooms[ROOMS.len() - 1]))
}
