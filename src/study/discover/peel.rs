//! Peeling: the side of a box that is worth losing is taken off, a twentieth of its rows at a time.

use super::limits::{Counted, Face, Limits, Rows, between};

/// One in so many rows is peeled off or pasted on: five per cent.
pub(super) const ONE_IN: u64 = 20;

/// The box is never smaller than one in so many of all rows.
const LEAST_ONE_IN: u64 = 20;

/// A box that is peeled.
///
/// The rows inside are kept in the order of every input, so that the rows beyond a quantile are the first or the last ones.
pub(super) struct Peeling<'a> {
    rows: Rows<'a>,
    orders: Vec<Vec<u32>>,
    inside: Vec<bool>,
    total: Counted,
    counted: Counted,
    limits: Limits,
}

/// What a side of the box may lose.
struct Peel {
    face: Face,
    limit: f64,
    lost: Counted,
    /// Gain in density for each row that is lost: the objective of Friedman and Fisher (1999) and of the EMA Workbench.
    gain: f64,
    /// Inputs that stay without limits.
    free: usize,
}

/// All rows in rising order of every input; equal values in the order of the rows.
pub(super) fn orders(columns: &[Vec<f64>]) -> Vec<Vec<u32>> {
    crate::parallel::map(columns.len(), |input| {
        let column = &columns[input];
        let mut order: Vec<u32> = (0..column.len() as u32).collect();
        order.sort_by(|a, b| column[*a as usize].total_cmp(&column[*b as usize]));
        order
    })
}

impl<'a> Peeling<'a> {
    /// Begins with the box of everything; `orders` are those of all rows.
    pub(crate) fn new(rows: Rows<'a>, orders: &[Vec<u32>]) -> Self {
        let inside: Vec<bool> = rows.weights.iter().map(|weight| *weight > 0).collect();
        let limits = Limits::everything(rows.columns.len());
        let total = rows.inside(&limits);
        let kept = |order: &Vec<u32>| order.iter().copied().filter(|row| inside[*row as usize]).collect();
        Self { orders: orders.iter().map(kept).collect(), rows, inside, total, counted: total, limits }
    }

    /// Takes off the side whose loss raises the density most for each row lost; `None` where none does, or where the box would
    /// become too small. Ties go to a side of an input that is limited already, then to the first input and its upper side.
    pub(crate) fn next(&mut self) -> Option<(Limits, Counted)> {
        let mut best: Option<Peel> = None;
        for input in 0..self.orders.len() {
            for upper in [true, false] {
                let Some(peel) = self.candidate(Face { input, upper }) else { continue };
                let better = |best: &Peel| peel.gain > best.gain || (peel.gain == best.gain && peel.free > best.free);
                if best.as_ref().is_none_or(better) {
                    best = Some(peel);
                }
            }
        }
        let best = best.filter(|peel| peel.gain > 0.0)?;
        self.take(&best);
        Some((self.limits.clone(), self.counted))
    }

    /// Rows beyond the quantile at five per cent from a side, with all that are equal to it.
    fn candidate(&self, face: Face) -> Option<Peel> {
        let (order, column) = (&self.orders[face.input], &self.rows.columns[face.input]);
        let rank = (self.counted.rows - 1) / ONE_IN;
        let mut lost = Counted::default();
        let mut outside = None;
        for place in 0..order.len() {
            let row = order[if face.upper { order.len() - 1 - place } else { place }] as usize;
            let value = column[row];
            match outside {
                Some(last) if value != last => {
                    let kept = self.counted.less(lost);
                    let gain = (kept.density() - self.counted.density()) / lost.rows as f64;
                    let limited = self.limits.of(face.input).iter().any(|limit| limit.is_finite());
                    let free = self.orders.len() - self.limits.restricted().len() - usize::from(!limited);
                    let large = kept.rows * LEAST_ONE_IN >= self.total.rows;
                    return large.then(|| Peel { face, limit: between(last, value), lost, gain, free });
                }
                _ => {}
            }
            lost.add(self.rows.weights[row], self.rows.cases[row]);
            if outside.is_none() && lost.rows > rank {
                outside = Some(value);
            }
        }
        None
    }

    fn take(&mut self, peel: &Peel) {
        let face = peel.face;
        self.limits = self.limits.clone().with(face, peel.limit);
        let (low, high) = (self.limits.of(face.input)[0], self.limits.of(face.input)[1]);
        let column = &self.rows.columns[face.input];
        for row in &self.orders[face.input] {
            let row = *row as usize;
            self.inside[row] = (low..=high).contains(&column[row]);
        }
        let inside = &self.inside;
        self.orders.iter_mut().for_each(|order| order.retain(|row| inside[*row as usize]));
        self.counted = self.counted.less(peel.lost);
    }
}
