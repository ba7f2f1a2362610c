//! Correlated normals from independent ones: by the factor of a matrix, or two by a correlation of each draw.

use crate::scenario::Correlations;
use crate::special::scale;

use super::column::Column;

/// Makes a normal go with another, by a correlation for each draw; the two paths of a draw have the same.
pub(super) fn together(correlations: &[f64], first: &[f64], second: &mut [f64]) {
    let count = correlations.len();
    for (first, second) in first.chunks(count).zip(second.chunks_mut(count)) {
        for ((first, second), rho) in first.iter().zip(second).zip(correlations) {
            *second = rho * first + (1.0 - rho * rho).max(0.0).sqrt() * *second;
        }
    }
}

/// Replaces independent normals by correlated ones: row `i` becomes `Σ_j L[i][j] z_j`.
///
/// From the last row up, so that every row still finds the independent numbers of the rows above it.
pub(super) fn correlate(correlations: &Correlations, columns: &mut [Column], rows: usize) {
    // A piece of all columns at a time, so that what a row is made of is still in the first-level cache.
    const PIECE: usize = 256;
    for start in (0..rows).step_by(PIECE) {
        let piece = start..rows.min(start + PIECE);
        for row in (0..correlations.size()).rev() {
            let factors = &correlations.factor()[row * correlations.size()..][..=row];
            let (above, this) = columns.split_at_mut(row);
            let this = &mut this[0][piece.clone()];
            let mut own = factors[row];
            let mut others = factors.iter().zip(above.iter()).filter(|(factor, _)| **factor != 0.0);
            let mut next = || others.next().map(|(factor, other)| (*factor, &other[piece.clone()]));
            // Three at a time: what they add up to stays in a register. The order of the sum is that of the rows.
            loop {
                match [next(), next(), next()] {
                    [Some(a), Some(b), Some(c)] => add_three(this, own, a, b, c),
                    [Some(a), Some(b), None] => break add_two(this, own, a, b),
                    [Some((factor, other)), ..] => break add_one(this, own, factor, other),
                    _ => {
                        break if own != 1.0 {
                            scale(this, own)
                        };
                    }
                }
                own = 1.0;
            }
        }
    }
}

/// Replaces a column by a multiple of it plus a multiple of another.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
fn add_one(column: &mut [f64], own: f64, factor: f64, other: &[f64]) {
    for (value, other) in column.iter_mut().zip(other) {
        *value = own * *value + factor * other;
    }
}

/// Replaces a column by a multiple of it plus multiples of two others.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
fn add_two(column: &mut [f64], own: f64, a: (f64, &[f64]), b: (f64, &[f64])) {
    for ((value, from_a), from_b) in column.iter_mut().zip(a.1).zip(b.1) {
        *value = own * *value + a.0 * from_a + b.0 * from_b;
    }
}

/// Replaces a column by a multiple of it plus multiples of three others.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
fn add_three(column: &mut [f64], own: f64, a: (f64, &[f64]), b: (f64, &[f64]), c: (f64, &[f64])) {
    for (((value, from_a), from_b), from_c) in column.iter_mut().zip(a.1).zip(b.1).zip(c.1) {
        *value = own * *value + a.0 * from_a + b.0 * from_b + c.0 * from_c;
    }
}
