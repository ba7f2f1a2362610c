//! Where a frontier is looked for: the values of a certain input between which a second one decides whether a goal is met.

use crate::engine::Design;
use crate::growth::Kind;

use super::super::varied::Varied;
use super::look::Search;

/// Values of a certain input that are looked at in a round.
const VALUES: usize = 17;

/// Rounds, each of which looks into the steps of the one before.
const ROUNDS: usize = 5;

impl Search<'_> {
    /// The first of two inputs between the values where the second decides. One that the scenario holds certain has no percentiles
    /// that say where it is likely to lie, and all that it can be reaches far beyond where anything is decided: of nine values from
    /// −100% to many thousand per cent, one would be of use. An uncertain one, or one whose range a user gave, stays as it is.
    pub(super) fn ground(&self, first: &Varied, second: &Varied) -> Varied {
        let scenario = self.plain.scenario();
        let assumption = &scenario.assumptions()[first.id];
        let whole = Varied::of(scenario, &first.address, first.fixed).is_ok_and(|it| it.range == first.range);
        if first.is_part() || !assumption.law().is_fixed() || assumption.kind() == Kind::Year || !whole {
            return first.clone();
        }
        let mut near = first.clone();
        for _ in 0..ROUNDS {
            let values = near.grid(scenario, VALUES);
            let Some((low, high)) = self.deciding(&near, second, &values) else { break };
            near.range = (values[low], values[high]);
            if 2 * (high - low) >= VALUES {
                break;
            }
        }
        if near.range != first.range {
            let [low, high] = [near.range.0, near.range.1].map(|value| first.in_unit(scenario, value).0);
            let (low, high) = (two_figures(low, false), two_figures(high, true));
            let within = |value: f64| first.from_unit(scenario, value).clamp(first.range.0, first.range.1);
            near.range = (within(low), within(high));
        }
        near
    }

    /// Places of the values around those at which one end of the second input meets the goal and the other does not, or between
    /// which both change together; `None` where nothing changes.
    fn deciding(&self, first: &Varied, second: &Varied, values: &[f64]) -> Option<(usize, usize)> {
        let ends = [second.range.0, second.range.1];
        let both = values.iter().flat_map(|value| {
            let design = first.at(&Design::new(), *value);
            ends.map(|end| second.at(&design, end))
        });
        let looked = self.look(&both.collect::<Vec<_>>(), &self.first_look(false));
        let met: Vec<[Option<bool>; 2]> =
            looked.chunks(2).map(|pair| [0, 1].map(|end| pair[end].map(|(_, margin)| margin >= 0.0))).collect();
        let decided = |it: &[Option<bool>; 2]| it[0].zip(it[1]).is_some_and(|(a, b)| a != b);
        let last = values.len() - 1;
        let (from, to) = match (met.iter().position(decided), met.iter().rposition(decided)) {
            (Some(from), Some(to)) => (from.saturating_sub(1), (to + 1).min(last)),
            _ => {
                let leap = met.windows(2).position(|pair| pair[0][0].zip(pair[1][0]).is_some_and(|(a, b)| a != b))?;
                (leap, leap + 1)
            }
        };
        Some((from, to))
    }
}

/// A number rounded up or down to two figures.
fn two_figures(value: f64, up: bool) -> f64 {
    let steps = libm::pow(10.0, 1.0 - libm::floor(libm::log10(value.abs())));
    let rounded = if up { (value * steps).ceil() } else { (value * steps).floor() } / steps;
    if rounded.is_finite() { rounded } else { value }
}
