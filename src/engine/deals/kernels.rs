//! Deals one by one in plain loops over columns, which the compiler makes vectors of.

use crate::counting::sizes::{ALWAYS, Band, THRESHOLDS, next_level};
use crate::special;

/// The survival level behind its complement's log, off the ends where a normal has no quantile.
#[inline(always)]
fn level_of(log_level: f64) -> f64 {
    (1.0 - special::exp(log_level)).clamp(1e-300, 1.0 - f64::EPSILON)
}

/// Lowers the level of every active row by one deal.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
pub(super) fn descend(
    drawn: f64,
    uniforms: &[f64],
    counts: &[f64],
    active: &[f64],
    log_level: &mut [f64],
    survival: &mut [f64],
) {
    let columns = uniforms.iter().zip(counts).zip(active).zip(log_level.iter_mut()).zip(survival.iter_mut());
    for ((((uniform, count), active), log_level), survival) in columns {
        let next = next_level(*log_level, special::ln(*uniform), (count - drawn).max(1.0));
        *log_level = if *active > 0.0 { next } else { *log_level };
        *survival = level_of(*log_level);
    }
}

/// Turns the uniforms of the next deals of one row into survival levels; the log of the last level's complement.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
pub(super) fn descend_ahead(log_level: f64, left: f64, levels: &mut [f64]) -> f64 {
    levels.iter_mut().for_each(|level| *level = special::ln(*level));
    let (mut log_level, mut left) = (log_level, left);
    for level in &mut *levels {
        log_level = next_level(log_level, *level, left.max(1.0));
        left -= 1.0;
        *level = log_level;
    }
    levels.iter_mut().for_each(|level| *level = level_of(*level));
    log_level
}

/// Logs of sizes from normals.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
pub(super) fn scale_sizes(sigma: &[f64], log_scale: &[f64], normals: &mut [f64]) {
    for ((normal, sigma), scale) in normals.iter_mut().zip(sigma).zip(log_scale) {
        *normal = scale - sigma * *normal;
    }
}

/// Adds the deals that are drawn, and stops the rows whose next deal belongs to the rest.
///
/// `rows` are counts, survival levels, shares and log sizes; `state` is active, drawn and level.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
pub(super) fn take(drawn: f64, rows: [&[f64]; 4], state: [&mut [f64]; 3], sums: [&mut [f64]; 6]) {
    let [counts, survival, share, log_sizes] = rows;
    let [active, taken, level] = state;
    let length = counts.len();
    let (survival, share, log_sizes) = (&survival[..length], &share[..length], &log_sizes[..length]);
    let (active, taken, level) = (&mut active[..length], &mut taken[..length], &mut level[..length]);
    let [total, largest, top_ten, above_100m, above_1bn, below] = sums;
    let (total, largest, top_ten) = (&mut total[..length], &mut largest[..length], &mut top_ten[..length]);
    let (above_100m, above_1bn, below) = (&mut above_100m[..length], &mut above_1bn[..length], &mut below[..length]);
    for row in 0..length {
        let deep = survival[row] >= share[row];
        let was = active[row];
        // From the eleventh on, a deal below the level belongs to the rest; the tenth is drawn and ends the drawing.
        let takes = if (drawn >= ALWAYS) & deep { 0.0 } else { was };
        let size = takes * special::exp(log_sizes[row]);
        total[row] += size;
        largest[row] += if drawn < 0.5 { size } else { 0.0 };
        top_ten[row] += if drawn < ALWAYS { size } else { 0.0 };
        let large = log_sizes[row] > THRESHOLDS[0];
        above_100m[row] += if large { takes } else { 0.0 };
        above_1bn[row] += if log_sizes[row] > THRESHOLDS[1] { takes } else { 0.0 };
        below[row] += if large { 0.0 } else { size };
        taken[row] += takes;
        let ends = deep & (drawn + 1.0 >= ALWAYS);
        let at = if drawn >= ALWAYS { share[row] } else { survival[row] };
        level[row] = if ends & (was > 0.0) { at } else { level[row] };
        active[row] = if ends | (drawn + 1.0 >= counts[row]) { 0.0 } else { was };
    }
}

/// `E[Y^k; Y ≤ e^edge]` of the plain lognormal for `k = 0…4`, relative to `E[Y^k]`.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
pub(super) fn partial_moments(log_edges: &[f64], sigma: &[f64], bands: &mut [Band]) {
    for ((edge, sigma), band) in log_edges.iter().zip(sigma).zip(bands) {
        let z = edge / sigma;
        for (k, share) in band.0.iter_mut().enumerate() {
            *share = special::normal_share(z - k as f64 * sigma);
        }
    }
}
