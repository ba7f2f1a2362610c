//! The valid correlation matrix nearest to one that contradicts itself.

use nalgebra::DMatrix;

/// The correlation matrix nearest to a symmetric one with ones on its diagonal, in the sum of squared differences.
///
/// Alternating projections on the positive semi-definite matrices and on those with unit diagonal, with Dykstra's
/// correction (Higham, IMA J. Numer. Anal. 22, 2002; golden M23). Rounded to twelve digits, so that its bits do not
/// depend on a machine's library. Row by row.
#[must_use]
pub fn nearest_correlation(size: usize, matrix: &[f64]) -> Vec<f64> {
    let mut y = DMatrix::from_row_slice(size, size, matrix);
    let mut correction = DMatrix::zeros(size, size);
    for _ in 0..20_000 {
        let r = &y - &correction;
        let eigen = r.clone().symmetric_eigen();
        let kept = eigen.eigenvalues.map(|value| value.max(0.0));
        let x = &eigen.eigenvectors * DMatrix::from_diagonal(&kept) * eigen.eigenvectors.transpose();
        correction = &x - r;
        let mut next = x;
        next.fill_diagonal(1.0);
        let moved = (&next - &y).norm();
        y = next;
        if moved < 1e-14 * y.norm() {
            break;
        }
    }
    let at = |i: usize, j: usize| if i == j { 1.0 } else { (0.5 * (y[(i, j)] + y[(j, i)]) * 1e12).round() / 1e12 };
    (0..size * size).map(|place| at(place / size, place % size)).collect()
}
