//! Which draws a rule is found on and which it is judged on, and whether it comes out the same on draws drawn again.

use crate::random::{Key, Numbers, Purpose};

use super::limits::{Face, Limits};
use super::trajectory::{FoundBox, Trajectory};

/// How often rules are looked for again.
pub const RESAMPLES: u32 = 10;

/// Draws, of which each is two rows, by what they are for.
pub(super) struct Halves {
    numbers: Numbers,
    /// By draw, whether it is held out.
    held_out: Vec<bool>,
}

impl Halves {
    /// Holds out about half of the draws: each by a number of its own, so that it is the same in a run of any length.
    pub(crate) fn new(draws: usize, seed: u64) -> Self {
        let (numbers, key) = (Numbers::new(seed), Key::new(Purpose::Resample, "held out"));
        Self { held_out: (0..draws as u64).map(|draw| numbers.uniform(draw, 0, key, 0) < 0.5).collect(), numbers }
    }

    /// By row, how often it counts among those that a rule is found on, or among those held out.
    pub(crate) fn weights(&self, held_out: bool) -> Vec<u32> {
        self.held_out.iter().flat_map(|held| [u32::from(*held == held_out); 2]).collect()
    }

    /// By row, how often it counts when as many draws are drawn again, with replacement, from those that a rule is found on
    /// (Efron, 1979).
    pub(crate) fn resampled(&self, resample: u32) -> Vec<u32> {
        let key = Key::new(Purpose::Resample, "drawn again");
        let own: Vec<usize> = (0..self.held_out.len()).filter(|draw| !self.held_out[*draw]).collect();
        let mut weights = vec![0; 2 * self.held_out.len()];
        for index in 0..own.len() {
            let place = (self.numbers.uniform(index as u64, 0, key, resample) * own.len() as f64) as usize;
            let draw = own[place.min(own.len() - 1)];
            weights[2 * draw] += 1;
            weights[2 * draw + 1] += 1;
        }
        weights
    }
}

/// The box of a resample that is held against one of the first sample: as many inputs limited, and nearest in size; of all boxes the
/// nearest in size where none has as many.
pub(super) fn counterpart<'a>(own: &FoundBox, own_rows: u64, other: &'a Trajectory) -> &'a FoundBox {
    let inputs = |it: &FoundBox| it.limits.restricted().len();
    let mass = |it: &FoundBox, rows: u64| it.inside.rows as f64 / rows.max(1) as f64;
    let rows = other.boxes[0].inside.rows;
    let far = |it: &FoundBox| (mass(it, rows) - mass(own, own_rows)).abs();
    let alike = other.boxes.iter().filter(|it| inputs(it) == inputs(own));
    let nearest = alike.min_by(|a, b| far(a).total_cmp(&far(b)));
    nearest.unwrap_or_else(|| other.boxes.iter().min_by(|a, b| far(a).total_cmp(&far(b))).unwrap_or(&other.boxes[0]))
}

/// Whether two boxes limit an input on the same sides.
pub(super) fn limits_alike(a: &Limits, b: &Limits, input: usize) -> bool {
    let sides = |it: &Limits| it.faces().into_iter().filter(|face| face.input == input).collect::<Vec<Face>>();
    sides(a) == sides(b)
}

/// Whether two boxes limit the same inputs on the same sides.
pub(super) fn same_rule(a: &Limits, b: &Limits) -> bool {
    a.faces() == b.faces()
}
