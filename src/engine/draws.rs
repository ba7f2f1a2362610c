//! Draws of the assumptions: one value of each for every two paths, through its quantile function.

use crate::distribution::Distribution;
use crate::random::Indices;
use crate::special;

use super::column::Column;
use super::luck::Luck;
use super::plan::Plan;

/// Values of all assumptions for the draws of a block, a column each.
#[derive(Debug)]
pub(super) struct Draws {
    columns: Vec<Column>,
    /// Independent normals of the copula's assumptions, one column each.
    normals: Vec<Column>,
}

impl Draws {
    pub(super) fn new(plan: &Plan) -> Self {
        let column = |assumption: &super::plan::PlannedAssumption| {
            // A certain value is written once; `fill` leaves its column alone.
            let value = if assumption.law.is_fixed() { assumption.law.median() } else { 0.0 };
            Column::of(if assumption.as_log && value > 0.0 { special::ln(value) } else { value })
        };
        Self {
            columns: plan.assumptions.iter().map(column).collect(),
            normals: vec![Column::default(); plan.copula.0.len()],
        }
    }

    /// The values of an assumption.
    pub(super) fn column(&self, assumption: usize, draws: usize) -> &[f64] {
        &self.columns[assumption][..draws]
    }

    /// Samples every uncertain assumption for the draws from `first` on.
    pub(super) fn fill(&mut self, plan: &Plan, luck: &Luck, first: u64, draws: usize) {
        let indices = Indices { first, stride: 1 };
        for (column, assumption) in self.columns.iter_mut().zip(&plan.assumptions) {
            if !assumption.law.is_fixed() {
                let column = &mut column[..draws];
                let points = plan.points.as_deref();
                if !points.is_some_and(|points| points.fill_draws(assumption.key, first, column)) {
                    luck.of(assumption.layer).fill(indices, assumption.key, column);
                }
            }
        }
        self.couple(plan, luck, first, draws);
        for (id, (column, assumption)) in self.columns.iter_mut().zip(&plan.assumptions).enumerate() {
            if assumption.law.is_fixed() {
                continue;
            }
            let column = &mut column[..draws];
            match plan.copula.0.iter().position(|coupled| *coupled == id) {
                Some(row) => from_normals(&assumption.law, &self.normals[row][..draws], column),
                None => from_uniforms(&assumption.law, column),
            }
            if assumption.as_log {
                column.iter_mut().for_each(|value| *value = special::ln(*value));
            }
        }
    }

    /// Correlated normals of the copula's assumptions, from their own uniforms.
    ///
    /// The factor is triangular in canonical order: an assumption never depends on one that comes after it.
    fn couple(&mut self, plan: &Plan, luck: &Luck, first: u64, draws: usize) {
        let (members, correlations) = &plan.copula;
        for (normals, member) in self.normals.iter_mut().zip(members) {
            let (normals, assumption) = (&mut normals[..draws], &plan.assumptions[*member]);
            if assumption.law.is_fixed() {
                // A certain member has no use for its number, but the others go on seeing it.
                luck.of(assumption.layer).fill(Indices { first, stride: 1 }, assumption.key, normals);
            } else {
                normals.copy_from_slice(&self.columns[*member][..draws]);
            }
            special::normals(normals);
        }
        super::shocks::correlate(correlations, &mut self.normals, draws);
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
