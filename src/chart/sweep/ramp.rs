//! The colours of a map beside it or below it, with the answers at their ends and the lines between sides.

use super::{LEGIBLE, Sweep};
use crate::draw::canvas::{Anchor, Canvas};
use crate::draw::dodge;
use crate::draw::sheet::Ink;
use crate::draw::style::Style;
use crate::draw::text::{self, Weight};
use crate::draw::theme::Rgb;

/// Steps of colour on a ramp.
const STEPS: u32 = 48;

/// Words beside the ramp, with the share of it that they belong to.
type Label = (f64, String, Ink);

impl Sweep {
    /// Height of the colours below a map, with their words.
    pub(super) const BELOW: f64 = 64.0;

    /// Words for the sides of the line.
    fn sides(&self) -> [&'static str; 2] {
        match self.answer.scale {
            super::SweepScale::Chance => ["likelier", "less likely"],
            // A ratio that rises is a narrower gap where the follow region is ahead.
            _ => ["higher", "lower"],
        }
    }

    /// What stands at a line across the ramp.
    fn line_words(&self, level: f64) -> &str {
        if level == self.answer.level { &self.answer.mark } else { "parity 1×" }
    }

    /// An end of the ramp in words.
    fn end_words(&self, value: f64) -> String {
        match self.answer.scale {
            super::SweepScale::Ratio if value <= LEGIBLE.0 => "<0.1×".to_owned(),
            super::SweepScale::Ratio if value >= LEGIBLE.1 => ">999×".to_owned(),
            _ => self.answer.said(value),
        }
    }

    fn inks(style: Style) -> [Ink; 4] {
        let (palette, scale) = (style.theme.palette(), style.preset.canvas().2);
        let ink = |weight: Weight, colour: Rgb| Ink::new(18.0 * scale, weight, colour);
        [
            ink(Weight::Regular, palette.ink),
            ink(Weight::Regular, palette.mute),
            ink(Weight::SemiBold, palette.wider_text),
            ink(Weight::SemiBold, palette.narrower_text),
        ]
    }

    /// The colours beside the map, the highest at the top.
    pub(super) fn ramp(&self, canvas: &mut Canvas, style: Style, [left, top, right, bottom]: [f64; 4]) {
        let (palette, scale) = (style.theme.palette(), style.preset.canvas().2);
        let wide = 26.0 * scale;
        let y = |share: f64| bottom - share * (bottom - top);
        for place in 0..STEPS {
            let share = |step: u32| f64::from(step) / f64::from(STEPS);
            let middle = self.answer.at(0.5 * (share(place) + share(place + 1)));
            canvas
                .rectangle([left, y(share(place + 1)), left + wide, y(share(place)) + 0.5], self.colour(style, middle));
        }
        canvas.legend([left, top, left + wide, bottom]);
        let [plain, _, wider, narrower] = Self::inks(style);
        let mut labels: Vec<Label> = Vec::new();
        let (low, high) = self.answer.reach();
        for (level, dash) in self.lines() {
            let at = self.answer.share(level);
            canvas.line((left - 4.0, y(at)), (left + wide + 4.0, y(at)), palette.ink, 2.5, dash);
            labels.push((at, self.line_words(level).to_owned(), plain));
        }
        let sides = self.sides();
        let mut named = vec![(1.0, self.end_words(high), wider), (0.0, self.end_words(low), narrower)];
        if low >= self.answer.level {
            named[1].2 = wider;
        }
        if high <= self.answer.level {
            named[0].2 = narrower;
        }
        labels.splice(0..0, named);
        let x = left + wide + 12.0 * scale;
        let height = 22.0 * scale;
        let wrapped = |labels: Vec<Label>| -> Vec<(f64, Vec<String>, Ink)> {
            labels
                .into_iter()
                .map(|(at, words, ink)| (at, text::wrap(&words, ink.size, ink.weight, right - x), ink))
                .collect()
        };
        let mut labels = wrapped(labels);
        // The sides are named where the words at the ends and the lines leave room.
        let middle = self.answer.share(self.answer.level).clamp(0.0, 1.0);
        let rows = |labels: &[(f64, Vec<String>, Ink)]| labels.iter().map(|it| it.1.len()).sum::<usize>() as f64;
        for (words, at, ink) in [(sides[0], 0.5 * (1.0 + middle), wider), (sides[1], 0.5 * middle, narrower)] {
            let room = if ink.colour == wider.colour { 1.0 - middle } else { middle };
            if room * (bottom - top) > 4.0 * height && (rows(&labels) + 1.0) * height < bottom - top {
                labels.extend(wrapped(vec![(at, words.to_owned(), ink)]));
            }
        }
        let wanted: Vec<f64> = labels.iter().map(|it| y(it.0)).collect();
        let heights: Vec<f64> = labels.iter().map(|it| it.1.len() as f64 * height).collect();
        let centres = dodge::apart(&wanted, &heights, (top - 8.0 * scale, bottom + 8.0 * scale));
        for ((centre, tall), (_, lines, ink)) in centres.into_iter().zip(heights).zip(&labels) {
            for (place, line) in lines.iter().enumerate() {
                let at = centre - 0.5 * tall + (place as f64 + 0.5) * height + 0.35 * ink.size;
                canvas.text(line, (x, at), Anchor::Start, *ink);
            }
        }
    }

    /// The colours below the map of a narrow sheet, the highest at the right.
    pub(super) fn ramp_below(&self, canvas: &mut Canvas, style: Style, [left, top, right]: [f64; 3]) {
        let (palette, scale) = (style.theme.palette(), style.preset.canvas().2);
        let bottom = top + 14.0 * scale;
        let x = |share: f64| left + share * (right - left);
        for place in 0..STEPS {
            let share = |step: u32| f64::from(step) / f64::from(STEPS);
            let middle = self.answer.at(0.5 * (share(place) + share(place + 1)));
            canvas.rectangle([x(share(place)), top, x(share(place + 1)) + 0.5, bottom], self.colour(style, middle));
        }
        canvas.legend([left, top, right, bottom]);
        let [plain, mute, ..] = Self::inks(style);
        let (low, high) = self.answer.reach();
        let y = bottom + 22.0 * scale;
        let [first, last] = [self.end_words(low), self.end_words(high)];
        let wide = |words: &str| text::width(words, plain.size, plain.weight);
        canvas.text(&first, (left, y), Anchor::Start, mute);
        canvas.text(&last, (right, y), Anchor::End, mute);
        let mut taken = vec![(left, left + wide(&first)), (right - wide(&last), right)];
        for (level, dash) in self.lines() {
            let at = x(self.answer.share(level));
            canvas.line((at, top - 4.0), (at, bottom + 4.0), palette.ink, 2.5, dash);
            let words = self.line_words(level);
            let half = 0.5 * wide(words);
            let (low, high) = (taken[0].1 + half + 12.0, taken[1].0 - half - 12.0);
            if low > high {
                continue;
            }
            let middle = at.clamp(low, high);
            let free = |(from, to): &(f64, f64)| middle + half + 12.0 <= *from || middle - half - 12.0 >= *to;
            if taken[2..].iter().all(free) {
                canvas.text(words, (middle, y), Anchor::Middle, plain);
                taken.push((middle - half, middle + half));
            }
        }
    }
}
