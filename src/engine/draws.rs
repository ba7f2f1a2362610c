//! Draws of the assumptions: one value of each for every two paths, through its quantile function.

use crate::distribution::Distribution;
use crate::special;

use super::column::Column;
use super::correlate::correlate;
use super::factors::Factors;
use super::plan::{Plan, PlannedAssumption, Redrawn, weights};
use super::stream::{StreamKey, Streams};

/// Values of all assumptions for the draws of a block, a column each.
#[derive(Debug)]
pub(super) struct Draws {
    columns: Vec<Column>,
    /// Independent normals of the copula's assumptions, one column each.
    normals: Vec<Column>,
    /// Those of the numbers B, where any of them is drawn again.
    normals_of_b: Vec<Column>,
    /// How each draw mixes them, where their correlations are uncertain.
    factors: Factors,
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
            factors: Factors::new(&copula.mixing),
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
        // What the others are mixed by comes before them, and is mixed by nothing itself.
        let is_rho = |id: usize| plan.copula.mixing.uncertain.iter().any(|it| it.rho == id);
        for entry in plan.copula.mixing.uncertain.iter().filter(|it| known(it.rho).is_none()) {
            let (column, assumption) = (&mut self.columns[entry.rho][..draws], &plan.assumptions[entry.rho]);
            match (&assumption.rows, &assumption.picked) {
                (Some(rows), _) => take_rows(rows, first, column),
                (None, Some(rows)) => pick_rows(rows, column),
                (None, None) => from_uniforms(&assumption.law, column),
            }
        }
        if plan.copula.members.iter().flatten().any(|id| is_new(*id)) {
            self.couple(plan, streams, (first, draws), &is_new);
        }
        for (id, (column, assumption)) in self.columns.iter_mut().zip(&plan.assumptions).enumerate() {
            let column = &mut column[..draws];
            match (&assumption.rows, plan.copula.row(id)) {
                _ if known(id).is_some() || is_rho(id) => continue,
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
        let columns = &self.columns;
        self.factors.fill(&copula.mixing, &|id| &columns[id][..draws], draws);
        let factors = &self.factors;
        let fill = |normals: &mut [Column], key: StreamKey| {
            let members = copula.members.iter().zip(&copula.mixing.keys);
            for (normals, (member, own_key)) in normals.iter_mut().zip(members) {
                let normals = &mut normals[..draws];
                match member.filter(|id| is_new(*id) && plan.assumptions[*id].stream == key) {
                    Some(id) => normals.copy_from_slice(&columns[id][..draws]),
                    None => streams.of(key).fill_draws(*own_key, first, normals),
                }
                special::normals(normals);
            }
            if factors.differ() {
                factors.correlate(normals, draws, draws);
            } else {
                correlate(copula.mixing.correlations(), normals, draws);
            }
        };
        fill(&mut self.normals, StreamKey::A);
        let Redrawn::Given { again, kept } = &copula.redrawn else { return };
        fill(&mut self.normals_of_b, StreamKey::B);
        if self.factors.differ() {
            return self.redraw_by_draw(plan, draws, (again, kept));
        }
        for (row, weights) in again {
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

impl Draws {
    /// Draws members again where every draw has correlations of its own: its weights are those of its matrix.
    fn redraw_by_draw(&mut self, plan: &Plan, draws: usize, (again, kept): (&[Again], &[usize])) {
        let (copula, columns) = (&plan.copula, &self.columns);
        for draw in 0..draws {
            let matrix = self.factors.matrix_of(&copula.mixing, &|id| &columns[id][..draws], draw);
            let given = |(row, _): &Again| {
                let of = |(other, weight): (usize, f64)| {
                    weight * (self.normals[other][draw] - self.normals_of_b[other][draw])
                };
                let moved: f64 = weights((matrix, copula.members.len()), *row, kept).into_iter().map(of).sum();
                self.normals_of_b[*row][draw] + moved
            };
            let values: Vec<f64> = again.iter().map(given).collect();
            again.iter().zip(values).for_each(|((row, _), value)| self.normals[*row][draw] = value);
        }
    }
}

/// Row of a member that is drawn again, with the weights of those that are kept.
type Again = (usize, Vec<(usize, f64)>);

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
