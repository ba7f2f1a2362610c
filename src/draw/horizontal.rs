//! A horizontal axis: where values stand from left to right, and ticks that do not touch each other.

use super::canvas::{Anchor, Canvas};
use super::sheet::Ink;
use super::text;
use super::ticks::Scale;

/// A logarithmic or linear axis between two places on the sheet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LogAxis {
    /// Whether it is linear after all.
    pub(crate) linear: bool,
    /// Lowest and highest value.
    pub domain: (f64, f64),
    /// Where they stand.
    pub place: (f64, f64),
}

impl LogAxis {
    /// An axis over positive values; a domain without width is widened.
    pub(crate) fn over(values: impl IntoIterator<Item = f64>, place: (f64, f64)) -> Self {
        let usable = values.into_iter().filter(|value| value.is_finite() && *value > 0.0);
        let (mut low, mut high) = usable.fold((f64::INFINITY, 0.0_f64), |(l, h), value| (l.min(value), h.max(value)));
        if low > high {
            (low, high) = (0.5, 2.0);
        }
        if high < 1.2 * low {
            (low, high) = (low / 1.5, high * 1.5);
        }
        Self { linear: false, domain: (low, high), place }
    }

    /// A linear axis over values; a domain without width is widened.
    pub(crate) fn linear_over(values: impl IntoIterator<Item = f64>, place: (f64, f64)) -> Self {
        let usable = values.into_iter().filter(|value| value.is_finite());
        let (low, high) = usable.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), value| (l.min(value), h.max(value)));
        let (low, high) = if low > high { (0.0, 1.0) } else { (low, high) };
        let half = if high > low { 0.0 } else { low.abs().max(1.0) };
        Self { linear: true, domain: (low - half, high + half), place }
    }

    /// Where a value stands.
    pub(crate) fn x(&self, value: f64) -> f64 {
        let ((low, high), (left, right)) = (self.domain, self.place);
        if self.linear {
            return left + (right - left) * (value - low) / (high - low);
        }
        left + (right - left) * libm::log(value / low) / libm::log(high / low)
    }

    /// Place of a value, held within the axis.
    pub(crate) fn clamped(&self, value: f64) -> f64 {
        let (left, right) = self.place;
        if value > 0.0 || self.linear { self.x(value).clamp(left, right) } else { left }
    }

    /// Round values with room for their words, in rising order, each with the place of its middle: the finest of some
    /// sets of steps that has at most seven and in which none touches another.
    pub(crate) fn ticks(&self, words: &dyn Fn(f64) -> String, ink: Ink, limits: (f64, f64)) -> Vec<(f64, String)> {
        let sets: [(&[f64], i32); 5] = [(&[1.0, 2.0, 5.0], 1), (&[1.0, 3.0], 1), (&[1.0], 1), (&[1.0], 2), (&[1.0], 3)];
        let mut best: Vec<(f64, String)> = Vec::new();
        for (steps, every) in sets {
            let found = if self.linear { self.even(every) } else { self.round(steps, every) };
            let all: Vec<(f64, String, f64)> = found
                .into_iter()
                .map(|value| (self.x(value), words(value)))
                .map(|(x, label)| (x, 0.5 * text::width(&label, ink.size, ink.weight), label))
                .filter(|(x, half, _)| x - half >= limits.0 && x + half <= limits.1)
                .map(|(x, half, label)| (x, label, half))
                .collect();
            let apart = |pair: &[(f64, String, f64)]| pair[1].0 - pair[0].0 >= pair[0].2 + pair[1].2 + 0.8 * ink.size;
            if all.len() <= 7 && all.windows(2).all(apart) && all.len() > best.len() {
                best = all.into_iter().map(|(x, label, _)| (x, label)).collect();
            }
        }
        best
    }

    /// Round values at even steps that lie on a linear axis; every so many of them.
    fn even(&self, every: i32) -> Vec<f64> {
        let (low, high) = self.domain;
        let steps = Scale::linear(low, high).labelled;
        let inside = steps.into_iter().filter(|value| *value >= low && *value <= high);
        inside.step_by(usize::try_from(every).unwrap_or(1).max(1)).collect()
    }

    /// Steps within every so many powers of ten that lie on the axis.
    fn round(&self, steps: &[f64], every: i32) -> Vec<f64> {
        let (low, high) = self.domain;
        let first = libm::floor(libm::log10(low)) as i32;
        let last = libm::ceil(libm::log10(high)) as i32;
        let powers = (first..=last).filter(|power| power.rem_euclid(every) == 0);
        let values = powers.flat_map(|power| steps.iter().map(move |step| step * libm::pow(10.0, f64::from(power))));
        values.filter(|value| *value >= low * 0.999_999 && *value <= high * 1.000_001).collect()
    }
}

/// Ticks under a baseline, with a short stroke each.
pub(crate) fn under(canvas: &mut Canvas, ticks: &[(f64, String)], baseline: f64, ink: Ink, stroke: super::theme::Rgb) {
    for (x, words) in ticks {
        canvas.line((*x, baseline), (*x, baseline + 7.0), stroke, 1.5, "");
        canvas.text(words, (*x, baseline + 1.55 * ink.size), Anchor::Middle, ink);
    }
}
