//! Correlation matrices with their factors, and the pairs that people wrote them as.

use super::assumption::{AssumptionId, Numbered};

/// A correlation as written, between two series or two assumptions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenPair {
    pub(in crate::scenario) between: [String; 2],
    pub(in crate::scenario) rho: AssumptionId,
}

impl WrittenPair {
    /// The two names, those of the lead region first.
    #[must_use]
    pub fn between(&self) -> &[String; 2] {
        &self.between
    }

    /// The input that it is: correlation of shocks, or Spearman's rank correlation of assumptions.
    #[must_use]
    pub fn rho(&self) -> AssumptionId {
        self.rho
    }
}

impl Numbered for WrittenPair {
    fn renumbered(&self, place: &mut dyn FnMut(AssumptionId) -> AssumptionId) -> Self {
        Self { rho: place(self.rho), ..self.clone() }
    }
}

/// A correlation matrix with the lower Cholesky factor that makes correlated normals of independent ones.
#[derive(Clone, Debug, PartialEq)]
pub struct Correlations {
    pub(in crate::scenario) size: usize,
    pub(in crate::scenario) matrix: Vec<f64>,
    pub(in crate::scenario) factor: Vec<f64>,
}

impl Correlations {
    /// Number of rows.
    #[must_use]
    pub fn size(&self) -> usize {
        self.size
    }

    /// The matrix, row by row.
    #[must_use]
    pub fn matrix(&self) -> &[f64] {
        &self.matrix
    }

    /// Its lower Cholesky factor, row by row; zeros above the diagonal.
    #[must_use]
    pub fn factor(&self) -> &[f64] {
        &self.factor
    }

    /// A valid correlation matrix, row by row, with its factor.
    #[must_use]
    pub fn new(size: usize, matrix: Vec<f64>) -> Self {
        let factor = lower_factor(&matrix, size);
        Self { size, matrix, factor }
    }

    /// The correlations among some rows, by address; rows that this matrix does not know are independent.
    ///
    /// A part of a valid matrix is valid, and an independent row keeps it so.
    #[must_use]
    pub fn among(&self, known: &[String], rows: &[String]) -> Self {
        let place = |address: &String| known.iter().position(|other| other == address);
        let size = rows.len();
        let mut matrix = vec![0.0; size * size];
        for (i, row) in rows.iter().enumerate() {
            for (j, column) in rows.iter().enumerate() {
                matrix[i * size + j] = match (place(row), place(column)) {
                    _ if i == j => 1.0,
                    (Some(row), Some(column)) => self.matrix[row * self.size + column],
                    _ => 0.0,
                };
            }
        }
        Self::new(size, matrix)
    }

    /// The rank correlations (Spearman) that a copula's matrix stands for: what a file says (golden M24).
    #[must_use]
    pub fn as_ranks(&self) -> Self {
        let spearman = |rho: &f64| 6.0 / std::f64::consts::PI * libm::asin(0.5 * rho);
        // Twelve digits are what the way there and back keeps.
        let matrix = self.matrix.iter().map(|rho| (spearman(rho) * 1e12).round() / 1e12).collect();
        Self { matrix, ..self.clone() }
    }

    /// Every correlation that is not zero, in words.
    #[must_use]
    pub fn in_words(&self, addresses: &[String]) -> String {
        let mut words = Vec::new();
        for row in 0..self.size {
            for column in row + 1..self.size {
                let rho = self.matrix[row * self.size + column];
                if rho != 0.0 {
                    words.push(format!("{} and {}: {rho}", addresses[row], addresses[column]));
                }
            }
        }
        if words.is_empty() { "none".to_owned() } else { words.join("; ") }
    }
}

fn lower_factor(matrix: &[f64], size: usize) -> Vec<f64> {
    let mut factor = vec![0.0; size * size];
    fill_lower_factor(matrix, size, &mut factor);
    factor
}

/// Lower Cholesky factor of a positive semi-definite matrix, row by row, in place of numbers of which those above the diagonal
/// are zero.
///
/// A pivot that rounding leaves at or below zero belongs to a row that depends on those above it: its own part is 0.
pub fn fill_lower_factor(matrix: &[f64], size: usize, factor: &mut [f64]) {
    for row in 0..size {
        for column in 0..=row {
            let known: f64 = (0..column).map(|k| factor[row * size + k] * factor[column * size + k]).sum();
            let rest = matrix[row * size + column] - known;
            let pivot = factor[column * size + column];
            factor[row * size + column] = if row == column {
                rest.max(0.0).sqrt()
            } else if pivot > 0.0 {
                rest / pivot
            } else {
                0.0
            };
        }
    }
}
