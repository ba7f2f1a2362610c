//! The largest deals in plain loops over columns, which the compiler makes vectors of.
//!
//! Columns of deals hold a value a row, deal by deal.

use crate::counting::sizes::{THRESHOLDS, drawn_share, next_level};

/// Logs of the medians, and survival levels from which on deals are added up, of plainly lognormal deals.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
pub(super) fn scales_and_shares(
    sigma: &[f64],
    log_mean: &[f64],
    counts: &[f64],
    log_scale: &mut [f64],
    share: &mut [f64],
) {
    let columns = log_scale.iter_mut().zip(share).zip(sigma).zip(log_mean).zip(counts);
    for ((((log_scale, share), sigma), log_mean), count) in columns {
        *log_scale = log_mean - 0.5 * sigma * sigma;
        *share = drawn_share(*count, 0.0);
    }
}

/// Lowers the levels of rows by some deals, of which `logs` are the logs of the uniforms and become the levels' logs.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
pub(super) fn descend(drawn: f64, counts: &[f64], log_level: &mut [f64], logs: &mut [f64]) {
    let mut drawn = drawn;
    for logs in logs.chunks_exact_mut(counts.len()) {
        for ((log, level), count) in logs.iter_mut().zip(log_level.iter_mut()).zip(counts) {
            *level = next_level(*level, *log, (count - drawn).max(1.0));
            *log = *level;
        }
        drawn += 1.0;
    }
}

/// Survival levels behind their complements, off the ends where a normal has no quantile.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
pub(super) fn complement(levels: &[f64], survival: &mut [f64]) {
    for (survival, level) in survival.iter_mut().zip(levels) {
        *survival = (1.0 - level).clamp(1e-300, 1.0 - f64::EPSILON);
    }
}

/// Logs of sizes from normals.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
pub(super) fn scale_sizes(sigma: &[f64], log_scale: &[f64], normals: &mut [f64]) {
    for normals in normals.chunks_exact_mut(sigma.len()) {
        for ((normal, sigma), scale) in normals.iter_mut().zip(sigma).zip(log_scale) {
            *normal = scale - sigma * *normal;
        }
    }
}

/// Counts the deals that are drawn, and takes away the size of those that a row does not have or that belong to its
/// rest; from then on it is not active.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
pub(super) fn keep_active(
    drawn: f64,
    counts: &[f64],
    share: &[f64],
    survival: &[f64],
    active: &mut [f64],
    taken: &mut [f64],
    log_sizes: &mut [f64],
) {
    let mut drawn = drawn;
    for (survival, log_sizes) in survival.chunks_exact(counts.len()).zip(log_sizes.chunks_exact_mut(counts.len())) {
        let columns = counts.iter().zip(share).zip(survival).zip(log_sizes).zip(&mut *active).zip(&mut *taken);
        for (((((count, share), survival), log_size), active), taken) in columns {
            let one = if drawn < *count { *active } else { 0.0 };
            let one = if survival < share { one } else { 0.0 };
            *active = one;
            *taken += one;
            *log_size = if one > 0.0 { *log_size } else { f64::NEG_INFINITY };
        }
        drawn += 1.0;
    }
}

/// Adds deals to the sums of their rows: total, sum up to $100m, deals above $100m and above $1bn.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
pub(super) fn add_sizes(log_sizes: &[f64], sizes: &[f64], sums: [&mut [f64]; 4]) {
    let [total, below, above_100m, above_1bn] = sums;
    let rows = total.len();
    for (log_sizes, sizes) in log_sizes.chunks_exact(rows).zip(sizes.chunks_exact(rows)) {
        let columns = log_sizes.iter().zip(sizes).zip(&mut *total).zip(&mut *below);
        for (((log_size, size), total), below) in columns {
            *total += size;
            *below += if *log_size > THRESHOLDS[0] { 0.0 } else { *size };
        }
        for ((log_size, above_100m), above_1bn) in log_sizes.iter().zip(&mut *above_100m).zip(&mut *above_1bn) {
            *above_100m += if *log_size > THRESHOLDS[0] { 1.0 } else { 0.0 };
            *above_1bn += if *log_size > THRESHOLDS[1] { 1.0 } else { 0.0 };
        }
    }
}
