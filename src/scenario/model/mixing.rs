//! How independent normals become correlated ones: a matrix whose entries are inputs of the scenario, each certain or not.

use nalgebra::DMatrix;

use crate::distribution::Distribution;

use super::assumption::{AssumptionId, Numbered};
use super::correlations::Correlations;

/// Smallest eigenvalue that rounding may leave in a valid matrix.
pub(in crate::scenario) const ROUNDING: f64 = -1e-10;

/// Most correlations of one matrix that may be uncertain: every combination of their ends is looked at.
pub(in crate::scenario) const MOST_UNCERTAIN: usize = 12;

/// A place of a matrix of correlations that an input stands at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MixingEntry {
    /// Row in the matrix.
    pub row: usize,
    /// Column in the matrix.
    pub column: usize,
    /// The input that says how these two go together.
    pub rho: AssumptionId,
}

/// What the correlations of a mixing are those of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// Normals, as yearly shocks are.
    Normals,
    /// Ranks (Spearman): the normals behind them then correlate by `2 sin(π ρ / 6)` (golden M24).
    Ranks,
}

impl Of {
    /// Correlation of the normals behind a correlation as it is written.
    #[must_use]
    pub fn normals(self, rho: f64) -> f64 {
        match self {
            Self::Normals => rho,
            Self::Ranks => 2.0 * libm::sin(std::f64::consts::PI * rho / 6.0),
        }
    }

    /// The correlation as it is written, of a correlation of normals; with the twelve digits that the way there and back keeps.
    #[must_use]
    pub fn written(self, normals: f64) -> f64 {
        match self {
            Self::Normals => normals,
            Self::Ranks => (6e12 / std::f64::consts::PI * libm::asin(0.5 * normals)).round() / 1e12,
        }
    }
}

/// How independent normals of some rows become correlated ones.
///
/// The order of the rows is fixed: those of the lead region, of the follow region, then all others. A row is mixed from its own
/// number and those of the rows above it, so no change of what stands below moves it. What a correlation names and the scenario
/// has not (a series that follows a path, a parameter of another model) keeps its row, and its number goes on being drawn: so
/// another model on one side leaves every number of the other side as it was.
#[derive(Clone, Debug, PartialEq)]
pub struct Mixing {
    rows: Vec<String>,
    of: Of,
    /// The matrix without any entry: that of the market factor, or of independent rows.
    start: Vec<f64>,
    entries: Vec<MixingEntry>,
    /// With every uncertain entry at its median.
    correlations: Correlations,
}

/// Values of correlations that no random numbers can have together.
#[derive(Clone, Debug, PartialEq)]
pub struct Contradiction {
    /// The inputs that may vary, with the values that contradict each other.
    pub values: Vec<(AssumptionId, f64)>,
    /// Smallest eigenvalue of their matrix; none where there are too many inputs for all combinations to be looked at.
    pub smallest: Option<f64>,
}

impl Mixing {
    /// A mixing whose entries have these medians; `start` is the matrix without entries, row by row.
    #[must_use]
    pub fn new(
        rows: Vec<String>,
        of: Of,
        start: Vec<f64>,
        entries: Vec<MixingEntry>,
        median: &dyn Fn(AssumptionId) -> f64,
    ) -> Self {
        let correlations = Correlations::new(rows.len(), with_entries(&start, rows.len(), of, &entries, median));
        Self { rows, of, start, entries, correlations }
    }

    /// No rows at all.
    #[must_use]
    pub fn none(of: Of) -> Self {
        Self::new(Vec::new(), of, Vec::new(), Vec::new(), &|_| 0.0)
    }

    /// Addresses of its rows: of series, or of assumptions.
    #[must_use]
    pub fn rows(&self) -> &[String] {
        &self.rows
    }

    /// What its correlations are those of.
    #[must_use]
    pub fn of(&self) -> Of {
        self.of
    }

    /// The inputs in its matrix.
    #[must_use]
    pub fn entries(&self) -> &[MixingEntry] {
        &self.entries
    }

    /// The matrix of the normals with every correlation at its median, and its factor.
    #[must_use]
    pub fn correlations(&self) -> &Correlations {
        &self.correlations
    }

    /// The matrix of the normals, row by row, at some values of its inputs.
    #[must_use]
    pub fn matrix_at(&self, value: &dyn Fn(AssumptionId) -> f64) -> Vec<f64> {
        with_entries(&self.start, self.rows.len(), self.of, &self.entries, value)
    }

    /// This mixing with other values of its inputs in the middle.
    #[must_use]
    pub fn with_medians(&self, median: &dyn Fn(AssumptionId) -> f64) -> Self {
        Self { correlations: Correlations::new(self.rows.len(), self.matrix_at(median)), ..self.clone() }
    }

    /// Values within the ends of its inputs that contradict each other; `None` if all that may be drawn is possible.
    ///
    /// Valid matrices are a convex set and each entry rises with its input, so all are valid if those are in which every
    /// input is at one of its ends.
    #[must_use]
    pub fn contradiction(&self, ends: &dyn Fn(AssumptionId) -> (f64, f64)) -> Option<Contradiction> {
        let varying: Vec<AssumptionId> =
            self.entries.iter().map(|it| it.rho).filter(|id| ends(*id).0 < ends(*id).1).collect();
        if varying.len() > MOST_UNCERTAIN {
            let values = varying.iter().map(|id| (*id, ends(*id).0)).collect();
            return Some(Contradiction { values, smallest: None });
        }
        (0..1_usize << varying.len()).find_map(|corner| {
            let at = |id: AssumptionId| {
                let place = varying.iter().position(|known| *known == id);
                let (low, high) = ends(id);
                if place.is_some_and(|place| corner >> place & 1 == 1) { high } else { low }
            };
            let smallest = smallest_eigenvalue(&self.matrix_at(&at), self.rows.len());
            (smallest < ROUNDING).then(|| Contradiction {
                values: varying.iter().map(|id| (*id, at(*id))).collect(),
                smallest: Some(smallest),
            })
        })
    }

    /// Between which values one of its inputs may lie, all others within their ends and itself between −1 and 1.
    #[must_use]
    pub fn possible(&self, id: AssumptionId, ends: &dyn Fn(AssumptionId) -> (f64, f64)) -> (f64, f64) {
        let fits = |value: f64| {
            let own = |other: AssumptionId| if other == id { (value, value) } else { ends(other) };
            self.contradiction(&own).is_none()
        };
        let (low, high) = ends(id);
        let middle = 0.5 * (low + high);
        if !fits(middle) {
            return (middle, middle);
        }
        let farthest = |end: f64| {
            if fits(end) {
                return end;
            }
            let (mut inside, mut outside) = (middle, end);
            for _ in 0..40 {
                let half = 0.5 * (inside + outside);
                if fits(half) { inside = half } else { outside = half }
            }
            // Three digits are what anybody writes; towards the middle, so that it stays possible.
            let written = (inside * 1000.0).trunc() / 1000.0;
            if fits(written) { written } else { inside }
        };
        (farthest(-1.0), farthest(1.0))
    }

    /// Correlation of the normals of two addresses, an uncertain one at its median; 0 where one of them has no row.
    #[must_use]
    pub fn between(&self, one: &str, other: &str) -> f64 {
        match (self.row(one), self.row(other)) {
            (Some(row), Some(column)) => self.correlations.matrix()[row * self.rows.len() + column],
            _ => 0.0,
        }
    }

    /// Row of an address.
    #[must_use]
    pub fn row(&self, address: &str) -> Option<usize> {
        self.rows.iter().position(|known| known == address)
    }
}

impl Numbered for Mixing {
    fn renumbered(&self, place: &mut dyn FnMut(AssumptionId) -> AssumptionId) -> Self {
        let entries = self.entries.iter().map(|it| MixingEntry { rho: place(it.rho), ..*it }).collect();
        Self { entries, ..self.clone() }
    }
}

/// Between which values a correlation of a law may lie.
pub(in crate::scenario) fn ends(law: &Distribution) -> (f64, f64) {
    let (low, high) = law.drawn_ends();
    (low.clamp(-1.0, 1.0), high.clamp(-1.0, 1.0))
}

fn with_entries(
    start: &[f64],
    size: usize,
    of: Of,
    entries: &[MixingEntry],
    value: &dyn Fn(AssumptionId) -> f64,
) -> Vec<f64> {
    let mut matrix = start.to_vec();
    for entry in entries {
        let rho = of.normals(value(entry.rho));
        matrix[entry.row * size + entry.column] = rho;
        matrix[entry.column * size + entry.row] = rho;
    }
    matrix
}

/// Smallest eigenvalue of a symmetric matrix, row by row; 1 of none.
fn smallest_eigenvalue(matrix: &[f64], size: usize) -> f64 {
    if size == 0 { 1.0 } else { DMatrix::from_row_slice(size, size, matrix).symmetric_eigenvalues().min() }
}

/// Smallest eigenvalue of a matrix with its vector; 1 of none.
pub(in crate::scenario) fn smallest_eigenvector(correlations: &Correlations) -> (f64, Vec<f64>) {
    let size = correlations.size();
    if size == 0 {
        return (1.0, Vec::new());
    }
    let eigen = DMatrix::from_row_slice(size, size, correlations.matrix()).symmetric_eigen();
    let smallest = eigen.eigenvalues.imin();
    (eigen.eigenvalues[smallest], eigen.eigenvectors.column(smallest).iter().copied().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three rows, of which all pairs are inputs: 0 and 1, 0 and 2, 1 and 2.
    fn three(of: Of) -> Mixing {
        let rows = ["a", "b", "c"].map(str::to_owned).to_vec();
        let entry = |row, column, rho| MixingEntry { row, column, rho };
        let entries = vec![entry(0, 1, 0), entry(0, 2, 1), entry(1, 2, 2)];
        let start = vec![1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0];
        Mixing::new(rows, of, start, entries, &|_| 0.5)
    }

    /// The last of three correlations lies within `ab ± √((1 − a²)(1 − b²))`.
    #[test]
    fn what_is_possible_is_the_closed_form_of_three() {
        let values = [0.8, 0.6, 0.4];
        let (low, high) = three(Of::Normals).possible(2, &|id| (values[id], values[id]));
        let (middle, half) = (0.48, (0.36_f64 * 0.64).sqrt());
        assert!((low - (middle - half)).abs() < 1.1e-3 && (high - (middle + half)).abs() < 1.1e-3, "{low} {high}");
        assert!(low >= middle - half && high <= middle + half, "{low} {high}");
    }

    #[test]
    fn every_corner_is_looked_at() {
        let mixing = three(Of::Normals);
        // A high first with a high second and a low third is impossible: 0.9 and 0.9 leave at least 0.62.
        let ends = |id: AssumptionId| [(0.0, 0.9), (0.0, 0.9), (0.3, 0.9)][id];
        let found = mixing.contradiction(&ends).expect("a contradiction");
        assert_eq!(found.values, [(0, 0.9), (1, 0.9), (2, 0.3)]);
        assert!(mixing.contradiction(&|id| [(0.0, 0.9), (0.0, 0.9), (0.7, 0.9)][id]).is_some(), "one high, one low");
        assert!(mixing.contradiction(&|id| [(0.8, 0.9), (0.8, 0.9), (0.8, 0.9)][id]).is_none());
    }

    #[test]
    fn ranks_of_normals_correlate_a_little_less_than_the_normals() {
        let matrix = three(Of::Ranks).correlations().matrix()[1];
        assert!((matrix - 0.517_638_090_205_041_5).abs() < 1e-15, "{matrix}");
    }
}
