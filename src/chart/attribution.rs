//! The waterfall of an attribution: from the baseline's median ratio to the what-if's, input by input.

use std::fmt::Write;

use crate::summary::Estimate;
use crate::table::declared::CHART_ATTRIBUTION;
use crate::table::{Cell, Table};
use crate::wording::{self, Cited};

use crate::draw::Credits;
use crate::draw::canvas::Anchor;
use crate::draw::drawing::Drawing;
use crate::draw::frame::{self, Frame};
use crate::draw::sheet::Ink;
use crate::draw::style::Style;
use crate::draw::text::{self, Weight};
use crate::draw::ticks::Scale;

/// Which input did it.
#[derive(Clone, Debug, PartialEq)]
pub struct Waterfall {
    /// What readers know the what-if by.
    pub what_if: String,
    /// Median ratio of the baseline and of the what-if.
    pub ends: [Cited<Estimate>; 2],
    /// Inputs with their factors, in the order drawn; their product leads from the first to the last.
    pub parts: Vec<(String, Cited<f64>)>,
    /// Year of the answer.
    pub year: i32,
    /// Short names of the lead and the follow region.
    pub regions: [String; 2],
    /// Where the numbers come from.
    pub credits: Credits,
}

/// Most inputs drawn; the rest is one bar.
const MOST: usize = 6;

impl Waterfall {
    pub(crate) fn draw(&self, style: Style) -> Drawing {
        let scale = style.preset.canvas().2;
        let palette = style.theme.palette();
        let (parts, without) = self.shown();
        let largest = parts.iter().max_by(|a, b| libm::log(a.1.value).abs().total_cmp(&libm::log(b.1.value).abs()));
        // Parts that print alike have no largest among them.
        let alike =
            |factor: f64| parts.iter().filter(|part| wording::effect(part.1.value) == wording::effect(factor)).count();
        let largest = largest.filter(|(_, factor)| alike(factor.value) == 1);
        let named = largest.map(|(name, factor)| (name.as_str(), factor.clone()));
        let title = wording::attribution_title(self.year, &self.ends, (named, parts.len() == 1));
        let [lead, follow] = &self.regions;
        let subtitle = [(
            format!(
                "{}: parts of the change of the median {} {lead}/{follow} ratio, log scale",
                self.what_if, self.year
            ),
            None,
        )];
        let caveat = caveat(parts.len(), &without);
        let frame = Frame { title, subtitle: &subtitle, credits: &self.credits, caveat: &caveat, column: 700.0 };
        let (mut canvas, [start, top, end, bottom]) = frame::sheet(style, &frame);
        let [first, last] = self.ends.each_ref().map(|end| end.value);
        let mut levels = vec![first.value];
        parts.iter().for_each(|(_, factor)| levels.push(levels[levels.len() - 1] * factor.value));
        let rounded = wording::together([first, last]);
        let (low, high) = levels.iter().fold((f64::INFINITY, 0.0_f64), |(low, high), it| (low.min(*it), high.max(*it)));
        let axis = axis(low, high);
        let (plot_top, plot_bottom) = (top + 40.0 * scale, bottom - 84.0 * scale);
        let y = |value: f64| plot_bottom - axis.place(value).clamp(0.0, 1.0) * (plot_bottom - plot_top);
        let ink = Ink::new(18.0 * scale, Weight::Regular, palette.mute);
        let ticks = axis.labelled.iter().map(|it| text::width(&wording::ratio_axis(*it), ink.size, ink.weight));
        let left = start + ticks.fold(0.0, f64::max) + 14.0;
        for value in &axis.labelled {
            canvas.line((left, y(*value)), (end, y(*value)), palette.grid, 1.5, "");
            canvas.text(&wording::ratio_axis(*value), (left - 12.0, y(*value) + 6.0 * scale), Anchor::End, ink);
        }
        canvas.axis(&axis, axis.labelled.len(), false);
        let columns = parts.len() + 2;
        let step = (end - left) / columns as f64;
        let centre = |place: usize| left + (place as f64 + 0.5) * step;
        let half = 0.32 * step;
        let total = Ink::new(22.0 * scale, Weight::SemiBold, palette.gap).over(palette.ground);
        for (end, (place, words)) in [(0, "Baseline"), (columns - 1, "What-if")].into_iter().enumerate() {
            let (x, at) = (centre(place), y(self.ends[end].value.value));
            canvas.line((x - half, at), (x + half, at), palette.gap, 7.0, "");
            let words_of_end = self.ends[end].ratio_beside(rounded[end]);
            canvas.said(&words_of_end.into(), (x, at - 14.0 * scale), Anchor::Middle, total);
            let bold = Ink::new(18.0 * scale, Weight::SemiBold, palette.ink);
            canvas.text(words, (x, plot_bottom + 30.0 * scale), Anchor::Middle, bold);
        }
        for (place, (name, factor)) in parts.iter().enumerate() {
            let (before, after) = (levels[place], levels[place + 1]);
            let x = centre(place + 1);
            let wider = factor.value >= 1.0;
            let colour = if wider { palette.wider_text } else { palette.narrower_text };
            let (upper, lower) = (y(before.max(after)), y(before.min(after)));
            canvas.line((centre(place) + half, y(before)), (x - half, y(before)), palette.axis, 1.5, "");
            canvas.rectangle([x - half, upper, x + half, lower.max(upper + 3.0)], colour);
            let ink = Ink::new(20.0 * scale, Weight::SemiBold, colour).over(palette.ground);
            let at = if wider { upper - 10.0 * scale } else { lower + 26.0 * scale };
            canvas.said(&factor.factor_label().into(), (x, at), Anchor::Middle, ink);
            let small = Ink::new(16.5 * scale, Weight::Regular, palette.sub);
            let lines = text::wrap(name, small.size, small.weight, step - 8.0);
            let mut baseline = plot_bottom + 28.0 * scale;
            for line in lines.iter().take(3) {
                let words = text::fitted(line, small.size, small.weight, step - 8.0);
                canvas.text(&words, (x, baseline), Anchor::Middle, small);
                baseline += 20.0 * scale;
            }
        }
        let drawn = parts.len();
        canvas.line(
            (centre(drawn) + half, y(levels[drawn])),
            (centre(drawn + 1) - half, y(last.value)),
            palette.axis,
            1.5,
            "",
        );
        canvas.line((left, plot_bottom), (end, plot_bottom), palette.axis, 1.5, "");
        canvas.finish("attribution", self.alt(&frame.title.text()), self.table())
    }

    /// The largest parts and the product of the rest, each a bar; and the names of those whose effect prints as none, unless
    /// nothing else is left to be drawn.
    fn shown(&self) -> (Vec<(String, Cited<f64>)>, Vec<String>) {
        let is_none = |part: &&(String, Cited<f64>)| wording::effect(part.1.value) == wording::effect(1.0);
        let (without, with): (Vec<_>, Vec<_>) = self.parts.iter().partition(is_none);
        let (bars, without) = if with.is_empty() { (without, Vec::new()) } else { (with, without) };
        let bars: Vec<(String, Cited<f64>)> = bars.into_iter().cloned().collect();
        let names = without.into_iter().map(|(name, _)| name.clone()).collect();
        if bars.len() <= MOST {
            return (bars, names);
        }
        let (shown, rest) = bars.split_at(MOST - 1);
        let product = rest.iter().map(|part| part.1.value).product();
        let mut shown = shown.to_vec();
        // A product of several rows stands in none of them.
        shown.push((format!("{} smaller inputs", rest.len()), Cited::new(product, Cell::default())));
        (shown, names)
    }

    fn alt(&self, title: &str) -> String {
        let mut alt = format!("{title}. ");
        let (bars, without) = self.shown();
        for (name, factor) in bars {
            let _ = write!(alt, "{}: {}. ", name, wording::effect(factor.value));
        }
        if !without.is_empty() {
            let _ = write!(alt, "Without visible effect: {}.", without.join(", "));
        }
        alt.trim_end().to_owned()
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&CHART_ATTRIBUTION);
        table.push(["baseline".into(), self.ends[0].value.value.into()]);
        self.parts.iter().for_each(|(name, factor)| table.push([name.into(), factor.value.into()]));
        table.push(["what-if".into(), self.ends[1].value.value.into()]);
        table
    }
}

/// What a picture of so many bars must say besides, and which inputs have none.
fn caveat(bars: usize, without: &[String]) -> String {
    let mut parts = Vec::new();
    if bars > 1 {
        parts.push(
            "Each bar is the average effect of switching that input, over all orders of switching them (Shapley value); \
             the bars multiply to the whole change."
                .to_owned(),
        );
    }
    if !without.is_empty() {
        parts.push(format!("Without visible effect: {}.", without.join(", ")));
    }
    parts.join(" ")
}

/// A scale close around the levels, with room for the labels of bars at both ends: round ends would leave half of the
/// sheet empty.
fn axis(low: f64, high: f64) -> Scale {
    let air = libm::pow(high / low, 0.1).max(1.35);
    let mut axis = Scale::log(low / air, high * air);
    axis.domain = (low / air, high * air);
    let inside = |value: &f64| *value >= axis.domain.0 && *value <= axis.domain.1;
    let labelled: Vec<f64> = axis.labelled.iter().copied().filter(inside).collect();
    axis.labelled = if labelled.len() >= 3 {
        labelled
    } else {
        let power = libm::pow(10.0, libm::floor(libm::log10(axis.domain.0)));
        let steps = [1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0, 15.0, 20.0, 30.0, 50.0];
        steps.into_iter().map(|step| step * power).filter(inside).collect()
    };
    axis.faint.clear();
    axis
}
