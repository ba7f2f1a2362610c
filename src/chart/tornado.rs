//! The tornado: which assumption moves the answer most, one input at a time.

mod plot;

use std::fmt::Write;

use crate::table::declared::CHART_TORNADO;
use crate::table::{Field, Table};
use crate::wording::{self, Text};

use super::sweep::SweepScale;
use crate::draw::Credits;
use crate::draw::canvas::Anchor;
use crate::draw::drawing::Drawing;
use crate::draw::frame::{self, Frame, Span};
use crate::draw::sheet::Ink;
use crate::draw::style::{Preset, Style};
use crate::draw::text::{self, Weight};

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
    /// Value of the input at which a goal is just met, if there is a goal and one does.
    pub meets: Option<String>,
}

/// Most inputs drawn one by one; the rest is one bar.
const MOST: usize = 8;
/// Size of their names.
const NAME: f64 = 19.0;
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
        let most = self.most(style);
        let bars = self.shown(most);
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
            (self.how_to_read(&bars).to_owned(), None),
        ];
        let caveat = self.caveat(most);
        // A narrow sheet is as high as its rows need.
        let column = 360.0 + 60.0 * bars.len() as f64;
        let frame = Frame { title: self.title(), subtitle: &subtitle, credits: &self.credits, caveat: &caveat, column };
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

    /// What the sides are held against, and what stands at the bars.
    fn how_to_read(&self, bars: &[TornadoBar]) -> &'static str {
        match (self.goal.is_some(), bars.iter().any(|bar| bar.meets.is_some())) {
            (true, true) => " than as it stands. Input values at the bar ends and at the goal",
            (true, false) => " than as it stands. Input values at the bar ends",
            (false, _) => " than with all at medians. Input values at the bar ends",
        }
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

    fn caveat(&self, most: usize) -> String {
        let together = match self.explained {
            Some(share) if share < TOGETHER => {
                format!("one at a time they explain {} of the variance, so they interact", wording::percent(share))
            }
            _ => "what they do together is not shown".to_owned(),
        };
        let rest = if self.adds_up() { 0 } else { self.sorted().len().saturating_sub(most) };
        let more = match (rest, self.goal.is_some()) {
            (0, _) => String::new(),
            // Who gets there is drawn before who only moves much.
            (_, true) => format!(" {rest} more are in the table."),
            (_, false) => format!(" {rest} more move it less."),
        };
        let over = if self.goal.is_some() { "Tried over" } else { "Ends of the inputs" };
        let of_steps = self.bars.iter().any(|bar| bar.name.ends_with(", step"));
        let step = if of_steps { " A step is a change of level that stays." } else { "" };
        format!("{over}: {}; {together}.{more}{step}", self.ranges)
    }

    /// Inputs by the length of their bar, those without one left out.
    fn sorted(&self) -> Vec<&TornadoBar> {
        let swing = |bar: &TornadoBar| bar.swing(self.baseline, &self.scale);
        let moves = |bar: &&TornadoBar| swing(bar) > self.nothing();
        let mut bars: Vec<&TornadoBar> = self.bars.iter().filter(moves).collect();
        bars.sort_by(|a, b| swing(b).total_cmp(&swing(a)).then(a.name.cmp(&b.name)));
        bars
    }

    /// Most inputs drawn one by one: fewer where long names take two lines of a low or narrow sheet.
    fn most(&self, style: Style) -> usize {
        let bars = self.sorted();
        let size = NAME * style.preset.canvas().2;
        let widths = bars.iter().take(MOST).map(|bar| text::width(&bar.name, size, Weight::SemiBold));
        let longest = widths.fold(0.0, f64::max) / style.preset.canvas().0;
        // Events take lines of the footer.
        let crowded = self.credits.events.len() > 2;
        match style.preset {
            Preset::Social if longest > 0.3 && crowded => 4,
            Preset::Social | Preset::Slide if longest > 0.3 => 6,
            Preset::HalfSlide if longest > 0.3 && crowded => 6,
            Preset::Note if longest > 0.3 && crowded => 6,
            preset if preset.is_narrow() && longest > 0.9 => 5,
            preset if preset.is_narrow() && longest > 0.6 => 7,
            _ => MOST,
        }
    }

    /// Whether what inputs do one by one may be summed: not chances, and not beside a goal that all of them would seem to meet.
    fn adds_up(&self) -> bool {
        self.scale != SweepScale::Chance && self.goal.is_none()
    }

    /// The largest ones, and the sum of the rest, in logs of ratios, where there is such a sum.
    fn shown(&self, most: usize) -> Vec<TornadoBar> {
        let bars = self.sorted();
        if bars.len() <= most || !self.adds_up() {
            // What meets a goal has a place, however short its bar is; all stay in the order of their lengths.
            let (meet, others): (Vec<usize>, Vec<usize>) = (0..bars.len()).partition(|it| bars[*it].meets.is_some());
            let mut places: Vec<usize> = meet.into_iter().chain(others).take(most).collect();
            places.sort_unstable();
            return places.into_iter().map(|place| bars[place].clone()).collect();
        }
        let (first, rest) = bars.split_at(most - 1);
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
            meets: None,
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
        text::listed(&format!("No effect{only}: "), (&names, ", "), 2, (ink.size, ink.weight), room)
    }

    fn alt(&self) -> String {
        let mut alt = format!(
            "Tornado chart: {} with one input at a time at its ends ({}); {} {}.",
            self.measure.clone().unwrap_or_else(|| format!("median {} ratio, log axis", self.year)),
            self.ranges,
            if self.goal.is_some() { "as it stands" } else { "all at their medians" },
            self.said(self.baseline)
        );
        for bar in self.shown(MOST).iter().take(6) {
            let [a, b] = bar.ends.each_ref().map(|end| self.said(end.1));
            let _ = write!(alt, " {}: {a} to {b}.", bar.name);
            if let Some(meets) = &bar.meets {
                let _ = write!(alt, " Goal met from {meets} on.");
            }
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
