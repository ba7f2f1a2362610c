//! The final year: fifty equally likely futures as dots, or a histogram, on both sides of the level of the base year.

use std::fmt::Write;

use crate::table::declared::CHART_DISTRIBUTION;
use crate::table::{Field, Table};
use crate::wording::{self, Outlook, Text};

use super::dots::{Apart, Stack, dot, side};
use crate::draw::Credits;
use crate::draw::canvas::{Anchor, Canvas};
use crate::draw::drawing::Drawing;
use crate::draw::frame::{self, Frame, Span};
use crate::draw::horizontal::{self, LogAxis};
use crate::draw::sheet::Ink;
use crate::draw::style::Style;
use crate::draw::text::{self, Weight};
use crate::draw::theme::Rgb;

/// The ratio of the last year over the paths.
#[derive(Clone, Debug, PartialEq)]
pub struct FinalYear {
    /// Equally likely values, rising; infinite or zero where one side has no money left.
    pub futures: Vec<f64>,
    /// Columns of the histogram: lower edge, upper edge, share of the paths.
    pub columns: Vec<[f64; 3]>,
    /// Shares of the paths below the first and above the last column.
    pub tails: [f64; 2],
    /// Ratio of the base year, which no stack and no column straddles.
    pub threshold: f64,
    /// What titles need.
    pub outlook: Outlook,
    /// Where the numbers come from.
    pub credits: Credits,
}

impl FinalYear {
    /// The chart of fifty dots, each as likely as the others.
    pub(crate) fn draw(&self, style: Style) -> Drawing {
        let palette = style.theme.palette();
        let (wider, narrower) = (palette.wider_text, palette.narrower_text);
        let title = wording::futures_title(&self.outlook, self.wider_dots(), self.futures.len());
        let mut caveat = "Dots and shares of paths may differ by about a point: a dot is 2%.".to_owned();
        for (dots, name) in self.without_funding().into_iter().filter(|(dots, _)| *dots > 0) {
            let _ = write!(caveat, " Off the scale: {dots} where {name} has no funding.");
        }
        let each = vec![
            (format!("{}, log scale. Each dot is a 2% chance: ", self.measure()), None),
            ("higher".to_owned(), Some(wider)),
            (" or ".to_owned(), None),
            ("lower".to_owned(), Some(narrower)),
        ];
        self.sheet(style, "distribution", title, &each, &self.caveat(&caveat), |canvas, [left, top, right, bottom]| {
            let scale = style.preset.canvas().2;
            let head = self.head(style, true);
            let height = bottom - top - 104.0 * scale;
            let (axis, size, stacks, apart) = self.stacks([left, right], height);
            canvas.enter_plot([left, top, right, bottom]);
            apart.iter().for_each(|it| it.draw(canvas, style, (bottom, height, size)));
            for stack in &stacks {
                for level in 0..stack.dots {
                    let y = bottom - (level as f64 + 0.5) * size;
                    let colour = if stack.wider { wider } else { narrower };
                    dot(canvas, (stack.x, y), size / 2.0 - 0.75, colour, stack.wider);
                }
            }
            canvas.leave_plot();
            let inner = [axis.place.0 - 0.5 * size - 4.0, axis.place.1 + 0.5 * size + 4.0];
            self.rest(canvas, style, [inner[0], top, inner[1], bottom], &axis, &head);
            apart.iter().for_each(|it| it.name(canvas, style, ([left, right], bottom, size)));
        })
    }

    /// Dots at which one side has no funding, with the name of that side: the lead region, then the follow region.
    fn without_funding(&self) -> [(usize, &str); 2] {
        let Outlook { lead, follow, .. } = &self.outlook;
        let zero = self.futures.iter().filter(|value| **value <= 0.0).count();
        let infinite = self.futures.iter().filter(|value| !value.is_finite()).count();
        [(zero, lead.as_str()), (infinite, follow.as_str())]
    }

    /// Columns equal in logs.
    pub(crate) fn draw_histogram(&self, style: Style) -> Drawing {
        let palette = style.theme.palette();
        let title = wording::histogram_title(&self.outlook);
        let [below, above] = self.tails;
        let caveat = match (self.columns.first(), self.columns.last()) {
            (Some(first), Some(last)) => format!(
                "Not drawn: {} of paths below {}, {} above {}.",
                wording::percent(below),
                wording::ratio(first[0]),
                wording::percent(above),
                wording::ratio(last[1])
            ),
            _ => String::new(),
        };
        let subtitle = vec![
            (format!("{}, log scale; % of paths, ", self.measure()), None),
            ("higher".to_owned(), Some(palette.wider_text)),
            (" or ".to_owned(), None),
            ("lower".to_owned(), Some(palette.narrower_text)),
            (format!(" than in {}", self.outlook.base_year), None),
        ];
        self.sheet(style, "distribution-histogram", title, &subtitle, &self.caveat(&caveat), |canvas, area| {
            let head = self.head(style, false);
            let axis = self.bars(canvas, style, area);
            let [_, top, right, bottom] = area;
            self.rest(canvas, style, [axis.place.0 - 6.0, top, right, bottom], &axis, &head);
        })
    }

    fn sheet(
        &self,
        style: Style,
        name: &'static str,
        title: Text,
        subtitle: &[Span],
        caveat: &str,
        plot: impl FnOnce(&mut Canvas, [f64; 4]),
    ) -> Drawing {
        let frame = Frame { title, subtitle, credits: &self.credits, caveat, column: 660.0 };
        let (mut canvas, [left, top, right, bottom]) = frame::sheet(style, &frame);
        let scale = style.preset.canvas().2;
        plot(&mut canvas, [left, top + 18.0 * scale, right, bottom - 44.0 * scale]);
        canvas.finish(name, self.alt(name), self.table())
    }

    fn measure(&self) -> String {
        let (Outlook { lead, follow, horizon, .. }, counted) = (&self.outlook, self.credits.counted);
        format!("{lead} {counted} as a multiple of {follow}’s in {horizon}")
    }

    /// What a chart must say besides, with the chance that the follow region is ahead.
    fn caveat(&self, caveat: &str) -> String {
        let p = |p: &crate::summary::Probability| wording::stated_within(p, true);
        let (trailer, horizon) = (self.outlook.trailer(), self.outlook.horizon);
        let ahead = format!(
            "{trailer} ahead in {horizon}: {}; in some year until then: {}.",
            p(&self.outlook.trailer_ahead.value),
            p(&self.outlook.trailer_ahead_so_far.value)
        );
        format!("{caveat} {ahead}")
    }

    fn wider_dots(&self) -> usize {
        self.futures.iter().filter(|value| **value > self.threshold).count()
    }

    fn drawn(&self) -> impl Iterator<Item = f64> {
        self.futures.iter().copied().filter(|value| value.is_finite() && *value > 0.0)
    }

    /// Axis, size of a dot, the stacks and what stands apart from them; the largest dots that still fit.
    fn stacks(&self, [start, end]: [f64; 2], height: f64) -> (LogAxis, f64, Vec<Stack>, Vec<Apart>) {
        let mut size = (end - start) / 18.0;
        loop {
            let half = size / 2.0 + 4.0;
            let tall = (height / size).floor().max(1.0);
            // A dot's width of nothing on both sides says that the scale ends.
            let [none_of_lead, none_of_follow] = self.without_funding();
            let wide = |dots: usize| if dots == 0 { 0.0 } else { size * ((dots as f64 / tall).ceil() + 2.0) };
            let (left, right) = (start + wide(none_of_lead.0), end - wide(none_of_follow.0));
            let name = |name: &str| format!("{name}: {}", self.outlook.money.axis_amount(0.0));
            let mut apart = vec![
                Apart { edges: (start, left), dots: none_of_lead.0, wider: false, name: name(none_of_lead.1) },
                Apart { edges: (right, end), dots: none_of_follow.0, wider: true, name: name(none_of_follow.1) },
            ];
            apart.retain(|it| it.dots > 0);
            let axis = LogAxis::over(self.drawn().chain([self.threshold]), (left + half, right - half));
            let line = axis.clamped(self.threshold);
            let (low, high): (Vec<f64>, Vec<f64>) = self.drawn().partition(|value| *value <= self.threshold);
            // From the threshold outwards on both sides, so that no stack mixes them.
            let down: Vec<f64> = low.iter().rev().map(|value| axis.x(*value)).collect();
            let up: Vec<f64> = high.iter().map(|value| axis.x(*value)).collect();
            let mut stacks = side(&down, size, (left, line - 2.0), false);
            stacks.extend(side(&up, size, (line + 2.0, right), true));
            let tallest = stacks.iter().map(|stack| stack.dots).max().unwrap_or(1);
            if tallest as f64 * size <= height || size < 7.0 {
                return (axis, size, stacks, apart);
            }
            size *= 0.96;
        }
    }

    /// Columns from zero, hollow below the threshold.
    fn bars(&self, canvas: &mut Canvas, style: Style, [left, top, right, bottom]: [f64; 4]) -> LogAxis {
        let palette = style.theme.palette();
        let scale = style.preset.canvas().2;
        let ink = Ink::new(20.0 * scale, Weight::Regular, palette.mute);
        let most = self.columns.iter().map(|column| column[2]).fold(0.0, f64::max);
        let shares = crate::draw::ticks::Scale::linear(0.0, (100.0 * most).max(1.0));
        let words = |value: f64| wording::count_or_decimal(value) + if value == 0.0 { "" } else { "%" };
        let gutter = shares.labelled.iter().map(|value| text::width(&words(*value), ink.size, ink.weight));
        let left = left + gutter.fold(0.0, f64::max) + 14.0;
        let (top, most) = (top + 96.0 * scale, shares.domain.1);
        let y = |share: f64| bottom - share / most * (bottom - top);
        for value in shares.labelled.iter().filter(|value| **value > 0.0) {
            canvas.line((left, y(*value)), (right, y(*value)), palette.grid, 1.5, "");
            canvas.text(&words(*value), (left - 12.0, y(*value) + 7.0 * scale), Anchor::End, ink);
        }
        canvas.text("0", (left - 12.0, bottom + 7.0 * scale), Anchor::End, ink);
        let edges = self.columns.iter().flat_map(|column| [column[0], column[1]]);
        let axis = LogAxis::over(edges.chain([self.threshold]), (left + 6.0, right - 6.0));
        canvas.axis(&shares, shares.labelled.len(), true);
        canvas.enter_plot([left, top, right, bottom]);
        for [low, high, share] in &self.columns {
            let wider = libm::sqrt(low * high) > self.threshold;
            let colour = if wider { palette.wider_text } else { palette.narrower_text };
            let bar = [axis.x(*low) + 1.0, y(100.0 * share), axis.x(*high) - 1.0, bottom];
            if wider { canvas.rectangle(bar, colour) } else { hollow(canvas, bar, colour, palette.ground) }
        }
        canvas.leave_plot();
        axis
    }

    /// Words on both sides of the line: how many, and the share of paths.
    fn head(&self, style: Style, dots: bool) -> [(String, Text, Rgb); 2] {
        let palette = style.theme.palette();
        let p = &self.outlook.wider_as_ratio;
        let wider = self.wider_dots();
        let count = |number: usize, word: &str| match (dots, number) {
            (false, _) => word.to_owned(),
            (true, 1) => format!("1 dot {word}"),
            (true, number) => format!("{number} dots {word}"),
        };
        let share = |itself: bool| Text::from(p.share_of(itself)) + " of paths";
        [
            (count(self.futures.len() - wider, "lower"), share(false), palette.narrower_text),
            (count(wider, "higher"), share(true), palette.wider_text),
        ]
    }

    /// Baseline, ticks, the line of the base year and the words beside it.
    fn rest(
        &self,
        canvas: &mut Canvas,
        style: Style,
        [left, top, right, bottom]: [f64; 4],
        axis: &LogAxis,
        head: &[(String, Text, Rgb); 2],
    ) {
        let palette = style.theme.palette();
        let scale = style.preset.canvas().2;
        let ink = Ink::new(20.0 * scale, Weight::Regular, palette.mute);
        canvas.line((left, bottom), (right, bottom), palette.axis, 1.5, "");
        let ticks = axis.ticks(&wording::ratio_axis, ink, (left - 10.0, right + 10.0));
        horizontal::under(canvas, &ticks, bottom, ink, palette.axis);
        let line = axis.clamped(self.threshold);
        canvas.line((line, top + 30.0 * scale), (line, bottom), palette.ink, 1.75, "6 5");
        let words = Text::from(format!("{}: ", self.outlook.base_year)) + self.outlook.about_ratio();
        let bold = Ink::new(20.0 * scale, Weight::SemiBold, palette.ink);
        let half = 0.5 * text::width(&words.text(), bold.size, bold.weight);
        let x = line.clamp(left + half, right - half);
        canvas.said(&words, (x, top + 20.0 * scale), Anchor::Middle, bold);
        let size = 21.0 * scale;
        let widths = head.each_ref().map(|(count, share, _)| {
            let count = text::width(count, size, Weight::SemiBold);
            count.max(text::width(&share.text(), 19.0 * scale, Weight::Regular)) + 16.0
        });
        // Where one side is too narrow for its words, both stand on the other one, in rows.
        let fits = [line - widths[0] >= left, line + widths[1] <= right];
        let mut row = [top + 54.0 * scale; 2];
        for (side, (count, share, colour)) in head.iter().enumerate() {
            // Of a side without a dot there is nothing to say, least of all on the other one.
            if count.starts_with("0 ") && !fits[side] {
                continue;
            }
            let at = if fits[side] { side } else { 1 - side };
            let (x, anchor) = if at == 0 { (line - 14.0, Anchor::End) } else { (line + 14.0, Anchor::Start) };
            let strong = Ink::new(size, Weight::SemiBold, *colour).over(palette.ground);
            let plain = Ink::new(19.0 * scale, Weight::Regular, palette.mute).over(palette.ground);
            canvas.text(count, (x, row[at]), anchor, strong);
            canvas.said(share, (x, row[at] + 26.0 * scale), anchor, plain);
            row[at] += 60.0 * scale;
        }
    }

    fn alt(&self, name: &str) -> String {
        let Outlook { base_year, lead, follow, .. } = &self.outlook;
        let form = if name == "distribution" { "Dot plot of 50 equally likely values" } else { "Histogram" };
        let mut alt = format!("{form}, log axis: {}.", self.measure());
        let p = &self.outlook.wider_as_ratio.value;
        let _ = write!(
            alt,
            " {} of paths end above the {base_year} ratio of {lead} to {follow}.",
            wording::stated_within(p, true)
        );
        if name != "distribution" {
            return alt;
        }
        let _ = write!(alt, " So do {} of {} dots.", self.wider_dots(), self.futures.len());
        let at = |place: usize| self.futures.get(place).copied().unwrap_or(f64::NAN);
        if self.futures.len() == crate::summary::FUTURES {
            let _ = write!(
                alt,
                " The lowest dot is {}, the 25th {}, the highest {}.",
                wording::ratio(at(0)),
                wording::ratio(at(24)),
                wording::ratio(at(49))
            );
        }
        alt
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&CHART_DISTRIBUTION);
        // Rank, low, high, value and share behind the kind; what is no number is left empty.
        let none = f64::NAN;
        let mut row = |kind: &str, numbers: [f64; 5]| {
            table.push(std::iter::once(Field::from(kind)).chain(numbers.map(Field::from)));
        };
        let wider = self.outlook.wider_as_ratio.value.value;
        row("year", [none, none, none, f64::from(self.outlook.horizon), none]);
        row("base-year", [none, none, none, self.threshold, none]);
        row("wider", [none, none, none, none, wider]);
        for (place, value) in self.futures.iter().enumerate() {
            let rank = (place as f64 + 0.5) / self.futures.len() as f64;
            row("future", [rank, none, none, *value, none]);
        }
        if let (Some(first), Some(last)) = (self.columns.first(), self.columns.last()) {
            row("below", [none, none, first[0], none, self.tails[0]]);
            for [low, high, share] in &self.columns {
                row("column", [none, *low, *high, none, *share]);
            }
            row("above", [none, last[1], none, none, self.tails[1]]);
        }
        row("wider", [none, self.threshold, none, none, wider]);
        table
    }
}

/// A bar with an edge and the ground inside.
pub(crate) fn hollow(canvas: &mut Canvas, [left, top, right, bottom]: [f64; 4], colour: Rgb, ground: Rgb) {
    canvas.rectangle([left, top, right, bottom], colour);
    if right - left > 5.0 && bottom - top > 5.0 {
        canvas.rectangle([left + 2.5, top + 2.5, right - 2.5, bottom], ground);
    }
}
