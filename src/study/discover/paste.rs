//! Pasting: a side of a peeled box is moved out again where the rows beyond it raise the density.

use super::limits::{Counted, Face, Limits, Rows, between};
use super::peel::ONE_IN;

/// What lies beyond one side of a box: rows that are outside for this side alone.
#[derive(Default)]
struct Beyond {
    rows: Vec<(f64, u32, bool)>,
}

/// The box with one side moved out so far that it holds a twentieth more, by the side that raises the density most for each row
/// won; `None` where none raises it. Ties go to the first input and its lower side.
pub(super) fn paste(rows: Rows, limits: &Limits, inside: Counted) -> Option<(Limits, Counted)> {
    let faces = limits.faces();
    let beyond = beyond(rows, limits, &faces);
    let mut best: Option<(f64, Face, f64, Counted)> = None;
    for (face, mut beyond) in faces.into_iter().zip(beyond) {
        let Some((limit, won)) = beyond.nearest(face, (inside.rows / ONE_IN).max(1)) else { continue };
        let wider = inside.and(won);
        let gain = (wider.density() - inside.density()) / won.rows as f64;
        if gain > 0.0 && best.as_ref().is_none_or(|best| gain > best.0) {
            best = Some((gain, face, limit, wider));
        }
    }
    let (_, face, limit, wider) = best?;
    Some((limits.clone().with(face, limit), wider))
}

/// By side, the rows that it alone keeps out.
fn beyond(rows: Rows, limits: &Limits, faces: &[Face]) -> Vec<Beyond> {
    let mut found: Vec<Beyond> = faces.iter().map(|_| Beyond::default()).collect();
    let outside = |face: &Face, row: usize| {
        let ([low, high], value) = (limits.of(face.input), rows.columns[face.input][row]);
        if face.upper { value > high } else { value < low }
    };
    for (row, weight) in rows.weights.iter().enumerate().filter(|(_, weight)| **weight > 0) {
        let mut keeping = faces.iter().enumerate().filter(|(_, face)| outside(face, row));
        if let (Some((place, face)), None) = (keeping.next(), keeping.next()) {
            found[place].rows.push((rows.columns[face.input][row], *weight, rows.cases[row]));
        }
    }
    found
}

impl Beyond {
    /// So many of the rows nearest to the box, with all that are equal to the last, and the limit behind them.
    fn nearest(&mut self, face: Face, wanted: u64) -> Option<(f64, Counted)> {
        let outward = |a: f64, b: f64| if face.upper { a.total_cmp(&b) } else { b.total_cmp(&a) };
        self.rows.sort_by(|a, b| outward(a.0, b.0));
        let mut won = Counted::default();
        let mut last = None;
        for (value, weight, case) in &self.rows {
            match last {
                Some(last) if won.rows >= wanted && *value != last => return Some((between(*value, last), won)),
                _ => {}
            }
            won.add(*weight, *case);
            last = Some(*value);
        }
        let everything = if face.upper { f64::INFINITY } else { f64::NEG_INFINITY };
        last.map(|_| (everything, won))
    }
}
