//! Sums and products of whole columns.

/// Adds another column to a column.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
pub(crate) fn add(column: &mut [f64], other: &[f64]) {
    for (value, other) in column.iter_mut().zip(other) {
        *value += other;
    }
}

/// Adds a multiple of another column to a column.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
pub(crate) fn add_multiple(column: &mut [f64], factor: f64, other: &[f64]) {
    for (value, other) in column.iter_mut().zip(other) {
        *value += factor * other;
    }
}

/// Multiplies a column by a number.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
pub(crate) fn scale(column: &mut [f64], factor: f64) {
    for value in column {
        *value *= factor;
    }
}

/// Multiplies a column by another, value by value.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
pub(crate) fn multiply(column: &mut [f64], factors: &[f64]) {
    for (value, factor) in column.iter_mut().zip(factors) {
        *value *= factor;
    }
}
