//! A bracket: two values of an input, one that meets a goal and one that does not, brought together on all paths.

use crate::engine::Settings;
use crate::special;
use crate::summary::{Z_95, crossing};

use super::super::varied::Varied;
use super::found::Method;
use super::look::{Looked, Search};

/// Whether an end of a bracket meets the goal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// The goal is met.
    Met,
    /// The goal is not met.
    Not,
}

/// Looks at all paths that a bracket may take; each halves what is left at least every third time.
const LOOKS: usize = 60;

/// Two values with what they give on all paths.
pub(super) struct Bracket<'a, 'b> {
    search: &'a Search<'b>,
    varied: &'a Varied,
    not: Looked,
    met: Looked,
}

/// A value at which a goal is just met.
pub(super) struct Solved {
    pub(crate) value: f64,
    pub(crate) interval: Option<(f64, f64)>,
    pub(crate) method: Method,
}

impl<'a, 'b> Bracket<'a, 'b> {
    /// Looks at both ends on all paths, and one step further out along `values` where they do not bear out the first look.
    pub(crate) fn whole(
        search: &'a Search<'b>,
        varied: &'a Varied,
        ends: [f64; 2],
        sides: [Side; 2],
        values: &[f64],
    ) -> Option<Self> {
        let place = values.iter().position(|value| *value == ends[0])?;
        let from = place.saturating_sub(1);
        let wide = &values[from..(place + 3).min(values.len())];
        let near = search.at(varied, &ends, search.settings);
        let [first, second] = near[..] else { return None };
        let fits = |it: &Looked, side: Side| (it.margin >= 0.0) == (side == Side::Met);
        let pair = if fits(&first, sides[0]) && fits(&second, sides[1]) {
            [first, second]
        } else {
            let looked = search.at(varied, wide, search.settings);
            let pair = looked.windows(2).find(|pair| fits(&pair[0], sides[0]) && fits(&pair[1], sides[1]))?;
            [pair[0], pair[1]]
        };
        let [not, met] = if sides[0] == Side::Not { pair } else { [pair[1], pair[0]] };
        Some(Self { search, varied, not, met })
    }

    /// The value at which the goal is just met.
    pub(crate) fn solved(&self) -> Option<Solved> {
        let by_paths = self.search.majority.is_some().then(|| self.by_paths()).flatten();
        // Paths that jump as the input moves, as with the chance of a shock, turn elsewhere than the line through the ends says.
        by_paths.filter(|it| self.is_just_met_at(it.value)).or_else(|| self.by_bisection())
    }

    /// Whether the goal is met at a value, but for a path or two.
    fn is_just_met_at(&self, value: f64) -> bool {
        let looked = self.search.at(self.varied, &[value], self.settings());
        looked.first().is_some_and(|it| it.margin >= -2.0 / self.settings().paths as f64)
    }

    /// Values a little below and above another, where no interval is known.
    pub(crate) fn beside(&self, value: f64) -> (f64, f64) {
        let step = 0.01 * (self.met.value - self.not.value).abs();
        let (low, high) = self.varied.range;
        ((value - step).max(low), (value + step).min(high))
    }

    fn settings(&self) -> &Settings {
        self.search.settings
    }

    /// An order statistic of the values at which the single paths change.
    fn by_paths(&self) -> Option<Solved> {
        let majority = self.search.majority.as_ref()?;
        let paths = self.settings().paths;
        let [low, _, high] = majority.ranks(paths, self.search.plain.plan().is_uncertain());
        let share = |it: &Looked| it.margin + majority.share;
        // What the ends have to have for the whole interval to lie between them.
        let n = paths as f64;
        let wanted = [low.saturating_sub(1) as f64 / n, (high as f64 / n).min(1.0)];
        let room = (wanted[1] - wanted[0]).max(4.0 / n);
        let (mut not, mut met) = (self.not, self.met);
        let fits_not = |it: &Looked| share(it) <= wanted[0];
        let fits_met = |it: &Looked| share(it) >= wanted[1];
        let distance = |a: &Looked, b: &Looked| (a.value - b.value).abs();
        let (least, greatest) = self.varied.range;
        for look in 0..6 {
            let near =
                [fits_not(&not) && wanted[0] - share(&not) <= room, fits_met(&met) && share(&met) - wanted[1] <= room];
            if near == [true, true] {
                break;
            }
            let far = 0.3 * room * f64::from(1 + look);
            let ends = [(not.value, share(&not)), (met.value, share(&met))];
            let aims = [wanted[0] - far, wanted[1] + far].into_iter().zip(near).filter(|(_, near)| !near);
            let values = aims.filter_map(|(aim, _)| along(ends, aim, n)).map(|value| value.clamp(least, greatest));
            let values: Vec<f64> = values.filter(|value| *value != not.value && *value != met.value).collect();
            if values.is_empty() {
                break;
            }
            for found in self.search.at(self.varied, &values, self.settings()) {
                if fits_not(&found) && (!fits_not(&not) || distance(&found, &met) < distance(&not, &met)) {
                    not = found;
                } else if fits_met(&found) && (!fits_met(&met) || distance(&found, &not) < distance(&met, &not)) {
                    met = found;
                }
            }
        }
        let design = |it: &Looked| self.varied.at(&self.search.base, it.value);
        let variants = [&not, &met].map(|it| self.search.plain.under(&design(it)).ok());
        let [Some(first), Some(second)] = &variants else { return None };
        let found = crossing(majority, [(not.value, first), (met.value, second)], self.settings())?;
        found.monotone.then_some(Solved { value: found.value, interval: found.interval, method: Method::Paths })
    }

    /// By the secant that halves what an end keeps (the Illinois method; Dowell and Jarratt, 1971), until the two ends are the
    /// same but for what no printed digit shows.
    fn by_bisection(&self) -> Option<Solved> {
        let (mut not, mut met) = (self.not, self.met);
        // Margins as the secant sees them.
        let (mut below, mut above) = (not.margin, met.margin);
        let width = (met.value - not.value).abs();
        for look in 0..LOOKS {
            if (met.value - not.value).abs() <= 1e-6 * width {
                break;
            }
            let secant = not.value + (met.value - not.value) * below / (below - above);
            let inside = (secant - not.value) * (secant - met.value) < 0.0;
            let value = if inside && look % 4 != 3 { secant } else { 0.5 * (not.value + met.value) };
            let found = *self.search.at(self.varied, &[value], self.settings()).first()?;
            if found.margin >= 0.0 {
                (met, above, below) = (found, found.margin, 0.5 * below);
            } else {
                (not, below, above) = (found, found.margin, 0.5 * above);
            }
            // A goal that is met to the last digit needs no further look.
            if found.margin == 0.0 {
                break;
            }
        }
        let interval = self.interval_around(met);
        Some(Solved { value: met.value, interval, method: Method::Bisection })
    }

    /// The interval that the error of the target leaves, by how much the target moves with the input around the answer.
    fn interval_around(&self, met: Looked) -> Option<(f64, f64)> {
        let (low, high) = self.beside(met.value);
        let beside = self.search.at(self.varied, &[low, high], self.settings());
        let [first, last] = beside[..] else { return None };
        let slope = (last.target.value - first.target.value) / (last.value - first.value);
        let half = Z_95 * met.target.error / slope.abs();
        let ends = (met.value - half, met.value + half);
        let (least, greatest) = self.varied.range;
        (half.is_finite() && ends.0 >= least && ends.1 <= greatest).then_some(ends)
    }
}

/// The value at which a share lies on the line through two others, if shares are those of a normal law that is moved.
fn along(ends: [(f64, f64); 2], share: f64, paths: f64) -> Option<f64> {
    let z = |share: f64| special::normal_quantile(share.clamp(0.25 / paths, 1.0 - 0.25 / paths));
    let [(from, first), (to, last)] = ends;
    let value = from + (z(share) - z(first)) / (z(last) - z(first)) * (to - from);
    value.is_finite().then_some(value)
}
