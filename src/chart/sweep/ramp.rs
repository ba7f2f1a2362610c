//! The colours of a map beside it, with words in place of numbers.

use super::{Sweep, SweepScale};
use crate::draw::canvas::{Anchor, Canvas};
use crate::draw::sheet::Ink;
use crate::draw::style::Style;
use crate::draw::text::{self, Weight};
use crate::draw::theme::Rgb;

impl Sweep {
    /// The colours with words, not numbers.
    pub(super) fn ramp(&self, canvas: &mut Canvas, style: Style, [left, top, right, bottom]: [f64; 4]) {
        let (palette, scale) = (style.theme.palette(), style.preset.canvas().2);
        let steps = 40;
        let step = (bottom - top) / f64::from(steps);
        for place in 0..steps {
            let share = 1.0 - (f64::from(place) + 0.5) / f64::from(steps);
            let value = match self.answer.scale {
                SweepScale::Chance => share,
                SweepScale::Ratio => self.answer.level * libm::pow(10.0, 2.0 * share - 1.0),
                SweepScale::Unit(_) => self.answer.level + self.answer.reach * (2.0 * share - 1.0),
            };
            let upper = top + f64::from(place) * step;
            canvas.rectangle([left, upper, left + 26.0 * scale, upper + step + 0.5], self.colour(style, value));
        }
        let middle = &self.answer.mark;
        let ends = match self.answer.scale {
            SweepScale::Chance => ["likelier", "less likely"],
            // A ratio that rises is a narrower gap where the follow region is ahead.
            SweepScale::Ratio | SweepScale::Unit(_) => ["higher", "lower"],
        };
        let place = match self.answer.scale {
            SweepScale::Chance => 1.0 - self.answer.level,
            _ => 0.5,
        };
        let bold = |colour: Rgb| Ink::new(18.0 * scale, Weight::SemiBold, colour);
        let x = left + 38.0 * scale;
        let at = |share: f64| top + share * (bottom - top) + 6.0 * scale;
        canvas.text(ends[0], (x, at(0.2)), Anchor::Start, bold(palette.wider_text));
        let plain = Ink::new(18.0 * scale, Weight::Regular, palette.mute);
        let fits = text::width(middle, plain.size, plain.weight) <= right - x;
        let (first, second) = middle.split_once(' ').filter(|_| !fits).unwrap_or((middle, ""));
        canvas.text(first, (x, at(place.clamp(0.3, 0.7))), Anchor::Start, plain);
        if !second.is_empty() {
            canvas.text(second, (x, at(place.clamp(0.3, 0.7)) + 22.0 * scale), Anchor::Start, plain);
        }
        canvas.text(ends[1], (x, at(0.8)), Anchor::Start, bold(palette.narrower_text));
    }
}
