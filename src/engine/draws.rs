//! Draws of the assumptions: one value of each for every two paths, through its quantile function.

use crate::distribution::Distribution;
use crate::special;

use super::column::Column;
use super::correlate::correlate;
use super::plan::{Plan, PlannedAssumption, Redrawn};
use super::stream::{StreamKey, Streams};

/// Values of all assumptions for the draws of a block, a column each.
#[derive(Debug)]
pub(super) struct Draws {
    columns: Vec<Column>,
    /// Independent normals of the copula's assumptions, one column each.
    normals: Vec<Column>,
    /// Those of the numbers B, where any of them is drawn again.
    normals_of_b: Vec<Column>,
}

impl Draws {
    pub(super) fn new(plan: &Plan) -> Self {
        let column = |assumption: &PlannedAssumption| {
            // A certain value is written once; `fill` leaves its column alone.
            let value = if assumption.is_certain() { assumption.law.median() } else { 0.0 };
            Column::of(if assumption.as_log() && value > 0.0 { special::ln(value) } else { value })
        };
        let copula = &plan.copula;
        let second = if copula.redrawn == Redrawn::None { 0 } else { copula.members.len() };
        Self {
            columns: plan.assumptions.iter().map(column).collect(),
            normals: vec![Column::default(); copula.members.len()],
            normals_of_b: vec![Column::default(); second],
        }
    }

    /// The values of an assumption.
    pub(super) fn column(&self, assumption: usize, draws: usize) -> &[f64] {
        &self.columns[assumption][..draws]
    }

    /// Samples every uncertain assumption for so many draws from `first` on; `known` has the values of those that are drawn
    /// already.
    pub(super) fn fill<'a>(
        &mut self,
        plan: &Plan,
        streams: &Streams,
        (first, draws): (u64, usize),
        known: &dyn Fn(usize) -> Option<&'a [f64]>,
    ) {
        for (id, (column, assumption)) in self.columns.iter_mut().zip(&plan.assumptions).enumerate() {
            match known(id) {
                Some(values) => column[..draws].copy_from_slice(values),
                None if !assumption.is_drawn() => {}
                None => streams.of(assumption.stream).fill_draws(assumption.key, first, &mut column[..draws]),
            }
        }
        let is_new = |id: usize| plan.assumptions[id].is_drawn() && known(id).is_none();
        if plan.copula.members.iter().any(|id| is_new(*id)) {
            self.couple(plan, streams, (first, draws), &is_new);
        }
        for (id, (column, assumption)) in self.columns.iter_mut().zip(&plan.assumptions).enumerate() {
            let column = &mut column[..draws];
            match (&assumption.rows, plan.copula.members.iter().position(|coupled| *coupled == id)) {
                _ if known(id).is_some() => continue,
                (Some(rows), _) => take_rows(rows, first, column),
                _ if !assumption.is_drawn() => continue,
                (None, _) if assumption.picked.is_some() => {
                    assumption.picked.as_deref().into_iter().for_each(|rows| pick_rows(rows, column));
                }
                (None, Some(row)) => from_normals(&assumption.law, &self.normals[row][..draws], column),
                (None, None) => from_uniforms(&assumption.law, column),
            }
            if assumption.as_log() {
                column.iter_mut().for_each(|value| *value = special::ln(*value));
            }
        }
    }

    /// Correlated normals of the copula's assumptions, from their own uniforms, which stand in the columns of new ones.
    ///
    /// The factor is triangular in canonical order: an assumption never depends on one that comes after it. An assumption
    /// whose value is given has no use for its number, but the others go on seeing it.
    fn couple(&mut self, plan: &Plan, streams: &Streams, (first, draws): (u64, usize), is_new: &dyn Fn(usize) -> bool) {
        let copula = &plan.copula;
        let fill = |normals: &mut [Column], columns: &[Column], key: StreamKey| {
            for (normals, member) in normals.iter_mut().zip(&copula.members) {
                let (normals, assumption) = (&mut normals[..draws], &plan.assumptions[*member]);
                if is_new(*member) && assumption.stream == key {
                    normals.copy_from_slice(&columns[*member][..draws]);
                } else {
                    streams.of(key).fill_draws(assumption.key, first, normals);
                }
                special::normals(normals);
            }
            correlate(&copula.correlations, normals, draws);
        };
        fill(&mut self.normals, &self.columns, StreamKey::A);
        let Redrawn::Given(redrawn) = &copula.redrawn else { return };
        fill(&mut self.normals_of_b, &self.columns, StreamKey::B);
        for (row, weights) in redrawn {
            // What is kept is not drawn again, so its normals are still those of A.
            let mut normals = std::mem::take(&mut self.normals[*row]);
            normals[..draws].copy_from_slice(&self.normals_of_b[*row][..draws]);
            for (other, weight) in weights {
                let (a, b) = (&self.normals[*other], &self.normals_of_b[*other]);
                normals[..draws].iter_mut().zip(a.iter().zip(b.iter())).for_each(|(z, (a, b))| *z += weight * (a - b));
            }
            self.normals[*row] = normals;
        }
    }
}

/// Values given row by row, from the first again behind the last.
fn take_rows(rows: &[f64], first: u64, column: &mut [f64]) {
    let length = rows.len() as u64;
    for (draw, value) in (first..).zip(column) {
        *value = rows[(draw % length) as usize];
    }
}

/// Values of the rows that uniforms pick: the same rows for all assumptions with the same uniforms.
fn pick_rows(rows: &[f64], column: &mut [f64]) {
    for value in column {
        *value = rows[((*value * rows.len() as f64) as usize).min(rows.len() - 1)];
    }
}

fn from_uniforms(law: &Distribution, column: &mut [f64]) {
    if let Distribution::Normal { mean, sd } = law {
        special::normals(column);
        column.iter_mut().for_each(|value| *value = mean + sd * *value);
    } else {
        column.iter_mut().for_each(|value| *value = law.quantile(*value));
    }
}

fn from_normals(law: &Distribution, normals: &[f64], column: &mut [f64]) {
    for (value, normal) in column.iter_mut().zip(normals) {
        *value = match law {
            Distribution::Normal { mean, sd } => mean + sd * normal,
            // The ends of the normal law round to probabilities that have no quantile.
            law => law.quantile(special::normal_cdf(*normal).clamp(f64::EPSILON / 4.0, 1.0 - f64::EPSILON / 2.0)),
        };
    }
}
