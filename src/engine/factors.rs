//! Factors of correlations that are uncertain: one matrix for each draw, so that normals are mixed draw by draw.

use crate::scenario::{AssumptionId, fill_lower_factor};

use super::column::Column;
use super::plan::PlannedMixing;

/// Lower factors of the matrices of all draws of a block, a column for each of their numbers; empty where all draws have one.
#[derive(Debug, Default)]
pub(super) struct Factors {
    /// `L[i][j]` of all draws, row by row up to the diagonal.
    columns: Vec<Column>,
    matrix: Vec<f64>,
    factor: Vec<f64>,
}

impl Factors {
    pub(crate) fn new(mixing: &PlannedMixing) -> Self {
        if mixing.uncertain.is_empty() {
            return Self::default();
        }
        let size = mixing.size();
        let matrix = mixing.correlations().matrix().to_vec();
        Self { columns: vec![Column::default(); size * (size + 1) / 2], factor: vec![0.0; matrix.len()], matrix }
    }

    /// Whether every draw has a matrix of its own.
    pub(crate) fn differ(&self) -> bool {
        !self.columns.is_empty()
    }

    /// Works out the factor of every draw from the values of its correlations.
    pub(crate) fn fill<'a>(
        &mut self,
        mixing: &PlannedMixing,
        values: &dyn Fn(AssumptionId) -> &'a [f64],
        draws: usize,
    ) {
        if !self.differ() {
            return;
        }
        for draw in 0..draws {
            self.set(mixing, values, draw);
            fill_lower_factor(&self.matrix, mixing.size(), &mut self.factor);
            let places = (0..mixing.size()).flat_map(|row| (0..=row).map(move |column| (row, column)));
            for (column, (row, place)) in self.columns.iter_mut().zip(places) {
                column[draw] = self.factor[row * mixing.size() + place];
            }
        }
    }

    /// The matrix of a draw, row by row.
    pub(crate) fn matrix_of<'a>(
        &mut self,
        mixing: &PlannedMixing,
        values: &dyn Fn(AssumptionId) -> &'a [f64],
        draw: usize,
    ) -> &[f64] {
        self.set(mixing, values, draw);
        &self.matrix
    }

    fn set<'a>(&mut self, mixing: &PlannedMixing, values: &dyn Fn(AssumptionId) -> &'a [f64], draw: usize) {
        let (size, of) = (mixing.size(), mixing.mixing.of());
        for entry in &mixing.uncertain {
            let rho = of.normals(values(entry.rho)[draw]);
            self.matrix[entry.row * size + entry.column] = rho;
            self.matrix[entry.column * size + entry.row] = rho;
        }
    }

    /// Replaces independent normals by correlated ones, `Σ_j L[i][j] z_j` with the factor of each draw; a column holds one row a
    /// draw, or first the even and then the odd paths of all draws.
    pub(crate) fn correlate(&self, normals: &mut [Column], draws: usize, rows: usize) {
        for row in (0..normals.len()).rev() {
            let first = row * (row + 1) / 2;
            let (above, this) = normals.split_at_mut(row);
            for half in (0..rows).step_by(draws) {
                let this = &mut this[0][half..half + draws];
                let own = &self.columns[first + row][..draws];
                this.iter_mut().zip(own).for_each(|(value, own)| *value *= own);
                for (other, factor) in above.iter().zip(&self.columns[first..]) {
                    let pairs = other[half..half + draws].iter().zip(&factor[..draws]);
                    this.iter_mut().zip(pairs).for_each(|(value, (other, factor))| *value += factor * other);
                }
            }
        }
    }
}
