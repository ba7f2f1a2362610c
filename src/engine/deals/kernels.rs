//! The largest deals in plain loops over columns, which the compiler makes vectors of.
//!
//! Columns of deals hold a value a row, deal by deal.

use crate::counting::sizes::{THRESHOLDS, drawn_share};
use crate::engine::logs::LN_1000;

/// Takes some rows of a column together.
///
/// A place beyond the column means its last row: the compiler then needs no check for each, and loads eight at a time
/// where the processor can.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
pub(super) fn pick(places: &[u32], from: &[f64], to: &mut [f64]) {
    let Some(last) = from.len().checked_sub(1) else { return };
    for (to, place) in to.iter_mut().zip(places) {
        *to = from[(*place as usize).min(last)];
    }
}

/// Puts rows that stand together back to their places; see [`pick`].
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
pub(super) fn put(places: &[u32], from: &[f64], to: &mut [f64]) {
    let Some(last) = to.len().checked_sub(1) else { return };
    for (from, place) in from.iter().zip(places) {
        to[(*place as usize).min(last)] = *from;
    }
}

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

/// Lowers the levels of rows by some deals, of which `logs` are the logs of the uniforms and become the levels' logs:
/// [`next_level`](crate::counting::sizes::next_level) for two deals at a time with one division.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
pub(super) fn descend(drawn: f64, counts: &[f64], log_level: &mut [f64], logs: &mut [f64]) {
    let rows = counts.len();
    let log_level = &mut log_level[..rows];
    let mut drawn = drawn;
    for logs in logs.chunks_exact_mut(2 * rows) {
        let (first, second) = logs.split_at_mut(rows);
        let second = &mut second[..rows];
        for row in 0..rows {
            let left = (counts[row] - drawn).max(1.0);
            let then = (counts[row] - drawn - 1.0).max(1.0);
            let both = 1.0 / (left * then);
            first[row] = log_level[row] + first[row] * (then * both);
            second[row] = first[row] + second[row] * (left * both);
            log_level[row] = second[row];
        }
        drawn += 2.0;
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
    let rows = counts.len();
    let (share, active, taken) = (&share[..rows], &mut active[..rows], &mut taken[..rows]);
    let mut drawn = drawn;
    for (survival, log_sizes) in survival.chunks_exact(rows).zip(log_sizes.chunks_exact_mut(rows)) {
        let (survival, log_sizes) = (&survival[..rows], &mut log_sizes[..rows]);
        for row in 0..rows {
            let one = if drawn < counts[row] { active[row] } else { 0.0 };
            let one = if survival[row] < share[row] { one } else { 0.0 };
            active[row] = one;
            taken[row] += one;
            log_sizes[row] = if one > 0.0 { log_sizes[row] } else { f64::NEG_INFINITY };
        }
        drawn += 1.0;
    }
}

/// Adds deals to the sums of their rows: total, sum up to $100m, and how many are above $100m and above $1bn.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
pub(super) fn add_sizes(
    log_sizes: &[f64],
    sizes: &[f64],
    total: &mut [f64],
    below: &mut [f64],
    above_100m: &mut [f64],
    above_1bn: &mut [f64],
) {
    let rows = total.len();
    let (below, above_100m, above_1bn) = (&mut below[..rows], &mut above_100m[..rows], &mut above_1bn[..rows]);
    for (log_sizes, sizes) in log_sizes.chunks_exact(rows).zip(sizes.chunks_exact(rows)) {
        let (log_sizes, sizes) = (&log_sizes[..rows], &sizes[..rows]);
        for row in 0..rows {
            let large = log_sizes[row] > THRESHOLDS[0];
            total[row] += sizes[row];
            below[row] += if large { 0.0 } else { sizes[row] };
            above_100m[row] += if large { 1.0 } else { 0.0 };
            above_1bn[row] += if log_sizes[row] > THRESHOLDS[1] { 1.0 } else { 0.0 };
        }
    }
}

/// The level from which on deals belong to the rest: the last one drawn of the first, but not before the share.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
pub(super) fn begin_rest(last: &[f64], share: &[f64], level: &mut [f64]) {
    for ((level, last), share) in level.iter_mut().zip(last).zip(share) {
        *level = if last < share { *share } else { *last };
    }
}

/// How many deals of each row are not drawn; whether any is.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
pub(super) fn leave(counts: &[f64], drawn: &[f64], left: &mut [f64]) -> bool {
    let mut any = 0_u64;
    for ((left, count), drawn) in left.iter_mut().zip(counts).zip(drawn) {
        *left = count - drawn;
        any |= u64::from(*left > 0.0);
    }
    any > 0
}

/// Levels as normals will be made of them: where every deal was drawn there is none, and any will do.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
pub(super) fn levels_of_rest(levels: &[f64], to: &mut [f64]) {
    for (to, level) in to.iter_mut().zip(levels) {
        *to = if *level < 1.0 { *level } else { 0.5 };
    }
}

/// Turns normals of survival levels into logs of sizes, in units of the median.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
pub(super) fn scale_levels(sigma: &[f64], normals: &mut [f64]) {
    for (normal, sigma) in normals.iter_mut().zip(sigma) {
        *normal *= -sigma;
    }
}

/// Adds sums in units of the median to the totals and to what is below $100m.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
pub(super) fn add_sums(sums: &[f64], scales: &[f64], total: &mut [f64], below: &mut [f64]) {
    for (((sum, scale), total), below) in sums.iter().zip(scales).zip(total).zip(below) {
        let sum = sum * scale;
        *total += sum;
        *below += sum;
    }
}

/// Adds sums in units of the median to the totals.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
pub(super) fn add_scaled(sums: &[f64], scales: &[f64], total: &mut [f64]) {
    for ((sum, scale), total) in sums.iter().zip(scales).zip(total) {
        *total += sum * scale;
    }
}

/// Logs of funding ($bn) from those of totals ($m), and of deal sizes ($m); a year without a deal has no size.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
pub(in crate::engine) fn funding_and_size(deals: &[f64], size: &mut [f64], funding: &mut [f64]) {
    for ((deals, size), funding) in deals.iter().zip(size).zip(funding) {
        *funding -= LN_1000;
        *size = if *deals == f64::NEG_INFINITY { f64::NAN } else { *funding - deals + LN_1000 };
    }
}

/// The share of the ten largest deals, and the sum up to $100m in billions, from sums in millions.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
pub(super) fn shares_and_billions(sums: [&[f64]; 3], shares: &mut [f64], billions: &mut [f64]) {
    let [top_ten, total, below] = sums;
    for ((share, top_ten), total) in shares.iter_mut().zip(top_ten).zip(total) {
        *share = top_ten / total;
    }
    billions.iter_mut().zip(below).for_each(|(billion, below)| *billion = below / 1000.0);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::counting::sizes::next_level;

    const COUNTS: [f64; 11] = [0.0, 1.0, 2.0, 3.0, 9.0, 10.0, 11.0, 40.0, 41.0, 1151.0, 3e9];

    #[test]
    fn two_deals_at_a_time_are_as_low_as_one_after_the_other() {
        let mut logs: Vec<f64> = (0..44).map(|deal| libm::log((f64::from(deal) + 0.5) * 0.618_034 % 1.0)).collect();
        let (given, mut levels) = (logs.clone(), [-0.01; 11]);
        descend(4.0, &COUNTS, &mut levels, &mut logs);
        for (row, count) in COUNTS.iter().enumerate() {
            let mut level = -0.01;
            for deal in 0..4 {
                let left = (count - 4.0 - deal as f64).max(1.0);
                level = next_level(level, given[deal * 11 + row], left);
                assert!((logs[deal * 11 + row] / level - 1.0).abs() < 1e-15);
            }
            assert_eq!(levels[row], logs[33 + row]);
        }
    }

    #[test]
    fn rows_that_are_picked_go_back_to_their_places_and_leave_the_others_alone() {
        let column: Vec<f64> = (0..40).map(f64::from).collect();
        let places: Vec<u32> = (0..21).map(|k| (k * 17) % 40).collect();
        let mut together = vec![0.0; 24];
        pick(&places, &column, &mut together);
        assert!(together.iter().zip(&places).all(|(value, place)| *value == f64::from(*place)));
        assert_eq!(together[21..], [0.0; 3]);
        let mut back = vec![-1.0; 40];
        put(&places, &together, &mut back);
        for (row, value) in back.into_iter().enumerate() {
            assert_eq!(value, if places.contains(&(row as u32)) { row as f64 } else { -1.0 });
        }
    }

    #[test]
    fn deals_that_a_row_does_not_have_or_that_belong_to_its_rest_are_not_drawn() {
        let share = [0.5; 11];
        // The third deal lies below the share in the even rows.
        let survival: Vec<f64> = (0..44).map(|at| if at / 11 >= 2 && at % 11 % 2 == 0 { 0.5 } else { 0.1 }).collect();
        let (mut active, mut taken, mut log_sizes) = ([1.0; 11], [0.0; 11], vec![5.0; 44]);
        keep_active(8.0, &COUNTS, &share, &survival, &mut active, &mut taken, &mut log_sizes);
        for (row, count) in COUNTS.into_iter().enumerate() {
            let most = if row % 2 == 0 { 2.0 } else { 4.0 };
            assert_eq!(taken[row], (count - 8.0).clamp(0.0, most), "row {row}");
            assert_eq!(active[row], if taken[row] == 4.0 { 1.0 } else { 0.0 });
            let sizes = log_sizes.iter().skip(row).step_by(11);
            assert_eq!(sizes.filter(|size| **size == 5.0).count() as f64, taken[row]);
        }
    }

    #[test]
    fn sums_of_rows_are_those_of_their_deals() {
        let log_sizes = [4.0, 5.0, f64::NEG_INFINITY, 7.0, 4.605, 6.9];
        let sizes = log_sizes.map(libm::exp);
        let [mut total, mut below, mut above_100m, mut above_1bn] = [[1.0; 2]; 4];
        add_sizes(&log_sizes, &sizes, &mut total, &mut below, &mut above_100m, &mut above_1bn);
        assert_eq!(total, [1.0 + sizes[0] + sizes[4], 1.0 + sizes[1] + sizes[3] + sizes[5]]);
        assert_eq!(below, [1.0 + sizes[0] + sizes[4], 1.0]);
        assert_eq!((above_100m, above_1bn), ([1.0, 4.0], [1.0, 2.0]));
    }
}
