//! Yearly shocks: standard normals with addresses, correlated between the series.

use crate::random::{Indices, Numbers};
use crate::scenario::Correlations;
use crate::special;

use super::plan::Plan;

/// Shocks of all series for two neighbouring years, which one block of the generator gives together.
#[derive(Debug)]
pub(super) struct Shocks {
    even: Vec<Vec<f64>>,
    odd: Vec<Vec<f64>>,
    even_year: Option<i32>,
}

impl Shocks {
    pub(super) fn new(plan: &Plan, capacity: usize) -> Self {
        let columns = vec![vec![0.0; capacity]; plan.shock_factor.size];
        Self { even: columns.clone(), odd: columns, even_year: None }
    }

    /// Forgets the last block.
    pub(super) fn restart(&mut self) {
        self.even_year = None;
    }

    /// Correlated shocks of a year, a column for each series that has shocks; the first half of a column are the
    /// even paths, the second half the odd ones.
    pub(super) fn of_year(
        &mut self,
        plan: &Plan,
        numbers: Numbers,
        first: u64,
        draws: usize,
        year: i32,
    ) -> &[Vec<f64>] {
        let even_year = year & !1;
        if self.even_year != Some(even_year) {
            self.even_year = Some(even_year);
            self.fill(plan, numbers, first, draws, even_year);
        }
        if year == even_year { &self.even } else { &self.odd }
    }

    fn fill(&mut self, plan: &Plan, numbers: Numbers, first: u64, draws: usize, even_year: i32) {
        for series in &plan.series {
            let Some(row) = series.row else { continue };
            let (even, odd) = (&mut self.even[row], &mut self.odd[row]);
            for half in 0..2 {
                let rows = half * draws..(half + 1) * draws;
                let indices = Indices { first: first + half as u64, stride: 2 };
                numbers.fill_years(indices, even_year, series.shock, &mut even[rows.clone()], &mut odd[rows]);
            }
            special::normals(&mut even[..2 * draws]);
            special::normals(&mut odd[..2 * draws]);
        }
        correlate(&plan.shock_factor, &mut self.even, 2 * draws);
        correlate(&plan.shock_factor, &mut self.odd, 2 * draws);
    }
}

/// Replaces independent normals by correlated ones: row `i` becomes `Σ_j L[i][j] z_j`.
///
/// From the last row up, so that every row still finds the independent numbers of the rows above it.
pub(super) fn correlate(correlations: &Correlations, columns: &mut [Vec<f64>], rows: usize) {
    for row in (0..correlations.size).rev() {
        let factors = &correlations.factor[row * correlations.size..][..=row];
        let (above, this) = columns.split_at_mut(row);
        let this = &mut this[0][..rows];
        scale(this, factors[row]);
        for (factor, other) in factors.iter().zip(above.iter()) {
            if *factor != 0.0 {
                add_multiple(this, *factor, &other[..rows]);
            }
        }
    }
}

#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
fn scale(column: &mut [f64], factor: f64) {
    for value in column {
        *value *= factor;
    }
}

#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
fn add_multiple(column: &mut [f64], factor: f64, other: &[f64]) {
    for (value, other) in column.iter_mut().zip(other) {
        *value += factor * other;
    }
}
