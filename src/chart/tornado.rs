//! The tornado: which assumption moves the answer most, one input at a time.

use std::fmt::Write;

use crate::table::declared::CHART_TORNADO;
use crate::table::{Field, Table};
use crate::wording::{self, Text};

use super::sweep::SweepScale;
use crate::draw::Credits;
use crate::draw::canvas::{Anchor, Canvas};
use crate::draw::drawing::Drawing;
use crate::draw::frame::{self, Frame, Span};
use crate::draw::horizontal::LogAxis;
use crate::draw::sheet::Ink;
use crate::draw::style::Style;
use crate::draw::text::{self, Weight};
use crate::draw::ticks::Scale;

/// What each input does to the median ratio of a year.
#[derive(Clone, Debug, PartialEq)]
pub struct Tornado {
    /// The title; made from the longest bar if there is none.
    pub title: Option<Text>,
    /// What the answer is, as the subtitle says it; the median ratio if it is not said.
    pub measure: Option<String>,
    /// How answers are written and drawn.
    pub scale: SweepScale,
    /// Year of the answer.
    pub year: i32,
    /// Short names of the lead and the follow region.
    pub regions: [String; 2],
    /// The answer with every input at its base value.
    pub baseline: f64,
    /// An answer that is sought, drawn as a line.
    pub goal: Option<f64>,
    /// Inputs that move it, in any order.
    pub bars: Vec<TornadoBar>,
    /// Names of inputs that do not move it.
    pub unmoved: Vec<String>,
    /// What the ends of all inputs are: `10th to 90th percentile`.
    pub ranges: String,
    /// Share of the variance of the answer's log that inputs explain one at a time, if it is known.
    pub explained: Option<f64>,
    /// Where the numbers come from.
    pub credits: Credits,
}

/// An input with the answers at its two ends.
#[derive(Clone, Debug, PartialEq)]
pub struct TornadoBar {
    /// What readers know it by.
    pub name: String,
    /// Its base value with unit: `5% a year`.
    pub base: String,
    /// Value of the input and the answer there, at either end; an end that is the base value has the baseline's.
    pub ends: [(String, f64); 2],
}

/// Most inputs drawn one by one; the rest is one bar.
const MOST: usize = 8;
/// Answers nearer to the baseline than this are no bar.
const NOTHING: f64 = 1.005;
/// Below this share explained one at a time, inputs do much together.
const TOGETHER: f64 = 0.8;

impl TornadoBar {
    /// How far the larger answer is from the smaller.
    fn swing(&self, baseline: f64, scale: &SweepScale) -> f64 {
        let answers = self.ends.each_ref().map(|end| end.1);
        let (low, high) = (answers[0].min(answers[1]).min(baseline), answers[0].max(answers[1]).max(baseline));
        far(low, high, scale)
    }
}

/// How far an answer is above another: in logs on a log scale.
fn far(low: f64, high: f64, scale: &SweepScale) -> f64 {
    match scale {
        SweepScale::Ratio if low > 0.0 && high.is_finite() => libm::log(high / low),
        SweepScale::Ratio => 0.0,
        _ if high.is_finite() && low.is_finite() => high - low,
        _ => 0.0,
    }
}

impl Tornado {
    /// Least distance that is a bar.
    fn nothing(&self) -> f64 {
        if self.scale == SweepScale::Ratio { libm::log(NOTHING) } else { 0.0 }
    }

    /// An answer in words.
    fn said(&self, answer: f64) -> String {
        match &self.scale {
            SweepScale::Ratio => wording::ratio(answer),
            SweepScale::Chance => wording::percent(answer),
            SweepScale::Unit(unit) => wording::input_value(answer, unit),
        }
    }

    /// How far an answer is from the baseline, on either side.
    fn off(&self, answer: f64) -> f64 {
        far(answer.min(self.baseline), answer.max(self.baseline), &self.scale)
    }

    pub(crate) fn draw(&self, style: Style) -> Drawing {
        let scale = style.preset.canvas().2;
        let palette = style.theme.palette();
        let bars = self.shown();
        let [lead, follow] = &self.regions;
        let narrow = style.preset.is_narrow();
        let measure = if let Some(measure) = &self.measure {
            format!("{measure}, one input at a time, given these ranges: ")
        } else if narrow {
            format!("Median {} {lead}/{follow} ratio, log scale, given these ranges: ", self.year)
        } else {
            format!(
                "Median {lead} funding as a multiple of {follow}’s in {}, log scale, one input at a time, given these ranges: ",
                self.year
            )
        };
        let subtitle: [Span; 5] = [
            (measure, None),
            ("larger".to_owned(), Some(palette.wider_text)),
            (" or ".to_owned(), None),
            ("smaller".to_owned(), Some(palette.narrower_text)),
            (
                if narrow { " than the baseline" } else { " than the baseline. Input values at the bar ends" }
                    .to_owned(),
                None,
            ),
        ];
        let caveat = self.caveat();
        let frame =
            Frame { title: self.title(), subtitle: &subtitle, credits: &self.credits, caveat: &caveat, column: 780.0 };
        let (mut canvas, [left, top, right, bottom]) = frame::sheet(style, &frame);
        let small = Ink::new(17.0 * scale, Weight::Regular, palette.mute);
        let lines = self.unmoved_lines(small, right - left);
        let bottom = bottom - 36.0 * scale - lines.len() as f64 * 23.0 * scale;
        for (place, line) in lines.iter().enumerate() {
            let y = bottom + (58.0 + 23.0 * place as f64) * scale;
            canvas.text(line, (left, y), Anchor::Start, small);
        }
        self.plot(&mut canvas, style, [left, top + 18.0 * scale, right, bottom], &bars);
        canvas.finish("tornado", self.alt(), self.table())
    }

    fn title(&self) -> Text {
        if let Some(title) = &self.title {
            return title.clone();
        }
        let bars = self.sorted();
        let largest = bars.first().map(|bar| {
            let [a, b] = bar.ends.each_ref().map(|end| end.1);
            (bar.name.as_str(), a.min(b).min(self.baseline), a.max(b).max(self.baseline))
        });
        wording::tornado_title(self.year, largest)
    }

    fn caveat(&self) -> String {
        let together = match self.explained {
            Some(share) if share < TOGETHER => {
                format!("one at a time they explain {} of the variance, so they interact", wording::percent(share))
            }
            _ => "what they do together is not shown".to_owned(),
        };
        let rest = if self.adds_up() { 0 } else { self.sorted().len().saturating_sub(MOST) };
        let more = if rest > 0 { format!(" {rest} more move it less.") } else { String::new() };
        format!("Ends of the inputs: {}; {together}.{more}", self.ranges)
    }

    /// Inputs by the length of their bar, those without one left out.
    fn sorted(&self) -> Vec<&TornadoBar> {
        let swing = |bar: &TornadoBar| bar.swing(self.baseline, &self.scale);
        let moves = |bar: &&TornadoBar| swing(bar) > self.nothing();
        let mut bars: Vec<&TornadoBar> = self.bars.iter().filter(moves).collect();
        bars.sort_by(|a, b| swing(b).total_cmp(&swing(a)).then(a.name.cmp(&b.name)));
        bars
    }

    /// Whether what inputs do one by one may be summed: not chances, and not beside a goal that all of them would seem to meet.
    fn adds_up(&self) -> bool {
        self.scale != SweepScale::Chance && self.goal.is_none()
    }

    /// The largest ones, and the sum of the rest, in logs of ratios, where there is such a sum.
    fn shown(&self) -> Vec<TornadoBar> {
        let bars = self.sorted();
        if bars.len() <= MOST || !self.adds_up() {
            return bars.into_iter().take(MOST).cloned().collect();
        }
        let (first, rest) = bars.split_at(MOST - 1);
        let sum = |down: bool| -> f64 {
            let reach = |bar: &&TornadoBar| {
                let answers = bar.ends.each_ref().map(|end| end.1);
                let end = if down { answers[0].min(answers[1]) } else { answers[0].max(answers[1]) };
                let ratio = self.scale == SweepScale::Ratio;
                let step = if ratio { libm::log(end / self.baseline) } else { end - self.baseline };
                if down { step.min(0.0) } else { step.max(0.0) }
            };
            let sum = rest.iter().map(reach).sum::<f64>();
            if self.scale == SweepScale::Ratio { self.baseline * libm::exp(sum) } else { self.baseline + sum }
        };
        let mut shown: Vec<TornadoBar> = first.iter().map(|bar| (*bar).clone()).collect();
        shown.push(TornadoBar {
            name: format!("{} smaller inputs", rest.len()),
            base: if self.scale == SweepScale::Ratio { "summed in logs" } else { "summed" }.to_owned(),
            ends: [(String::new(), sum(true)), (String::new(), sum(false))],
        });
        shown
    }

    fn unmoved_lines(&self, ink: Ink, room: f64) -> Vec<String> {
        let still = self.bars.iter().filter(|bar| bar.swing(self.baseline, &self.scale) <= self.nothing());
        let names: Vec<&str> =
            self.unmoved.iter().map(String::as_str).chain(still.map(|bar| bar.name.as_str())).collect();
        if names.is_empty() {
            return Vec::new();
        }
        // Only of the median ratio of a run is it known that there is a range besides.
        let only = if self.measure.is_some() || self.scale == SweepScale::Chance {
            ""
        } else {
            " on the median, only on the range"
        };
        let words = format!("No effect{only}: {}", names.join(", "));
        let mut lines = text::wrap(&words, ink.size, ink.weight, room);
        if lines.len() > 2 {
            lines.truncate(2);
            lines[1] += " …";
        }
        lines.iter().map(|line| text::fitted(line, ink.size, ink.weight, room)).collect()
    }

    fn plot(&self, canvas: &mut Canvas, style: Style, [left, top, right, bottom]: [f64; 4], bars: &[TornadoBar]) {
        let palette = style.theme.palette();
        let scale = style.preset.canvas().2;
        let narrow = style.preset.is_narrow();
        let name = Ink::new(19.0 * scale, Weight::SemiBold, palette.ink).over(palette.ground);
        let plain = Ink::new(17.0 * scale, Weight::Regular, palette.mute).over(palette.ground);
        let value = Ink::new(19.0 * scale, Weight::SemiBold, palette.ink).over(palette.ground);
        let width = |words: &str, ink: Ink| text::width(words, ink.size, ink.weight);
        let most = 0.3 * (right - left);
        let labels = if narrow {
            0.0
        } else {
            let widths = bars.iter().map(|bar| width(&bar.name, name).max(width(&format!("base {}", bar.base), plain)));
            widths.fold(0.0, f64::max).min(most) + 24.0 * scale
        };
        let ends = bars.iter().flat_map(|bar| bar.ends.each_ref().map(|end| width(&end.0, value)));
        let end = ends.fold(0.0, f64::max).min(0.2 * (right - left)) + 14.0;
        let answers = bars.iter().flat_map(|bar| bar.ends.each_ref().map(|end| end.1));
        let answers = answers.chain([self.baseline]).chain(self.goal);
        let place = (left + labels + end, right - end);
        let ratio = self.scale == SweepScale::Ratio;
        let axis = if ratio { LogAxis::over(answers, place) } else { LogAxis::linear_over(answers, place) };
        let head = top + 26.0 * scale;
        let ink = Ink::new(20.0 * scale, Weight::Regular, palette.mute);
        let ticks = axis.ticks(&|it| if ratio { wording::ratio_axis(it) } else { self.said(it) }, ink, (left, right));
        canvas.axis(
            &Scale { log: ratio, domain: axis.domain, labelled: Vec::new(), faint: Vec::new() },
            ticks.len(),
            false,
        );
        for (x, words) in &ticks {
            canvas.line((*x, head + 12.0 * scale), (*x, bottom), palette.grid, 1.5, "");
            canvas.text(words, (*x, bottom + 29.0 * scale), Anchor::Middle, ink);
        }
        let row = (bottom - head - 12.0 * scale) / bars.len().max(1) as f64;
        let base = axis.clamped(self.baseline);
        let place_of = |place: usize| {
            let upper = head + 12.0 * scale + place as f64 * row;
            let thick = if narrow { (row - 30.0).min(34.0) } else { (0.6 * row).min(44.0 * scale) }.max(6.0);
            let middle = if narrow { upper + 26.0 + 0.5 * thick } else { upper + 0.5 * row };
            (upper, middle, thick)
        };
        // Below the bars, so that no line runs through the values at their ends.
        if let Some(goal) = self.goal {
            let x = axis.clamped(goal);
            canvas.line((x, head + 4.0), (x, bottom), palette.ink, 2.0, "6 5");
        }
        for (place, bar) in bars.iter().enumerate() {
            let (_, middle, thick) = place_of(place);
            self.bar(canvas, style, (&axis, base, middle, thick), bar, place == 0);
        }
        canvas.line((base, head + 4.0), (base, bottom), palette.ink, 2.0, "");
        let room = if narrow { 0.6 * (right - left) } else { labels - 24.0 * scale };
        for (place, bar) in bars.iter().enumerate() {
            let (upper, middle, _) = place_of(place);
            let base = if bar.ends[0].0.is_empty() { bar.base.clone() } else { format!("base {}", bar.base) };
            let words = text::fitted(&bar.name, name.size, name.weight, room);
            if narrow {
                let wide = canvas.text(&words, (left, upper + 18.0), Anchor::Start, name);
                let rest = text::fitted(&base, plain.size, plain.weight, right - left - wide - 10.0);
                canvas.text(&rest, (left + wide + 10.0, upper + 18.0), Anchor::Start, plain);
            } else if row < 44.0 * scale {
                canvas.text(&words, (left, middle + 0.35 * name.size), Anchor::Start, name);
            } else {
                canvas.text(&words, (left, middle - 2.0 * scale), Anchor::Start, name);
                let rest = text::fitted(&base, plain.size, plain.weight, room);
                canvas.text(&rest, (left, middle + 20.0 * scale), Anchor::Start, plain);
            }
        }
        self.heads(canvas, style, (base, self.goal.map(|goal| axis.clamped(goal))), [left, head - 6.0 * scale, right]);
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
    fn bar(
        &self,
        canvas: &mut Canvas,
        style: Style,
        (axis, base, middle, thick): (&LogAxis, f64, f64, f64),
        bar: &TornadoBar,
        longest: bool,
    ) {
        let palette = style.theme.palette();
        let scale = style.preset.canvas().2;
        // An input that moves the answer one way at both ends has both marks on that side; the longer one is drawn first.
        let mut ends: Vec<&(String, f64)> = bar.ends.iter().collect();
        ends.sort_by(|a, b| self.off(b.1).total_cmp(&self.off(a.1)));
        let mut taken = [false; 2];
        for (words, answer) in ends {
            let wider = *answer > self.baseline;
            let x = axis.clamped(*answer);
            if self.off(*answer) <= self.nothing() || taken[usize::from(wider)] {
                continue;
            }
            taken[usize::from(wider)] = true;
            let colour = if wider { palette.wider_text } else { palette.narrower_text };
            let area = [x.min(base), middle - 0.5 * thick, x.max(base), middle + 0.5 * thick];
            canvas.rectangle(area, colour);
            let ink = Ink::new(19.0 * scale, Weight::SemiBold, colour).over(palette.ground);
            let (at, anchor) = if wider { (x + 10.0, Anchor::Start) } else { (x - 10.0, Anchor::End) };
            canvas.text(words, (at, middle + 0.35 * ink.size), anchor, ink);
            let inside = Ink::new(19.0 * scale, Weight::SemiBold, palette.ground);
            let inside = if self.goal.is_some() { inside.over(colour) } else { inside };
            let said = self.said(*answer);
            if longest
                && thick > 1.1 * inside.size
                && area[2] - area[0] > text::width(&said, inside.size, inside.weight) + 26.0
            {
                let (at, anchor) = if wider { (x - 10.0, Anchor::End) } else { (x + 10.0, Anchor::Start) };
                canvas.text(&said, (at, middle + 0.35 * inside.size), anchor, inside);
            }
        }
    }

    fn alt(&self) -> String {
        let mut alt = format!(
            "Tornado chart: {} with one input at a time at its ends ({}); baseline {}.",
            self.measure.clone().unwrap_or_else(|| format!("median {} ratio, log axis", self.year)),
            self.ranges,
            self.said(self.baseline)
        );
        for bar in self.shown().iter().take(6) {
            let [a, b] = bar.ends.each_ref().map(|end| self.said(end.1));
            let _ = write!(alt, " {}: {a} to {b}.", bar.name);
        }
        alt
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&CHART_TORNADO);
        let (none, ratio) = (Field::Missing, Field::from(self.baseline));
        let baseline = ["baseline".into(), none.clone(), none.clone(), ratio.clone(), none, ratio, self.year.into()];
        table.push(baseline);
        for bar in &self.bars {
            let ends = bar.ends.iter().flat_map(|(value, ratio)| [Field::from(value), (*ratio).into()]);
            let names = [&bar.name, &bar.base].map(Field::from);
            table.push(names.into_iter().chain(ends).chain([Field::from(self.year)]));
        }
        table
    }
}
