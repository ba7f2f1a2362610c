//! Arithmetic on columns of levels: differences, quotients, shares, for vectors of the processor at hand.

use crate::special;

/// Rounds to whole numbers, of which no value is far from one.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
pub(super) fn round(column: &mut [f64]) {
    for value in column {
        *value = value.round_ties_even();
    }
}

#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
pub(super) fn subtract(out: &mut [f64], left: &[f64], right: &[f64]) {
    fill(out, left, right, |left, right| left - right);
}

/// IEEE division is the convention: 5/0 is infinite, 0/0 undefined, 0/5 zero (golden O01–O03).
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
pub(super) fn divide(out: &mut [f64], numerator: &[f64], denominator: &[f64]) {
    fill(out, numerator, denominator, |numerator, denominator| numerator / denominator);
}

/// Gap, ratio and log-ratio of two columns of funding, with the conventions of [`divide`].
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
pub(super) fn hold_against(logs: [&[f64]; 2], [lead, follow]: [&[f64]; 2], [gap, ratio, log_ratio]: [&mut [f64]; 3]) {
    let out = gap.iter_mut().zip(ratio).zip(log_ratio);
    let levels = lead.iter().zip(follow).zip(logs[0].iter().zip(logs[1]));
    for (((gap, ratio), log_ratio), ((lead, follow), (log_lead, log_follow))) in out.zip(levels) {
        (*gap, *ratio, *log_ratio) = (lead - follow, lead / follow, log_lead - log_follow);
    }
}

/// Funding from its logs, and gap, ratio and log ratio of it in one pass: while a division waits, an exponential is
/// computed.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw+fma", "x86_64+avx2+fma"))]
pub(super) fn levels_and_held(logs: [&[f64]; 2], levels: [&mut [f64]; 2], out: [&mut [f64]; 3]) {
    if special::has_fused_instruction!() {
        levels_and_held_fused::<true>(logs, levels, out);
    } else {
        levels_and_held_fused::<false>(logs, levels, out);
    }
}

#[inline(always)]
fn levels_and_held_fused<const INSTRUCTION: bool>(
    logs: [&[f64]; 2],
    [lead, follow]: [&mut [f64]; 2],
    [gap, ratio, log_ratio]: [&mut [f64]; 3],
) {
    let out = gap.iter_mut().zip(ratio).zip(log_ratio);
    let levels = lead.iter_mut().zip(follow).zip(logs[0].iter().zip(logs[1]));
    for (((gap, ratio), log_ratio), ((lead, follow), (log_lead, log_follow))) in out.zip(levels) {
        *lead = special::exp_fused::<INSTRUCTION>(*log_lead);
        *follow = special::exp_fused::<INSTRUCTION>(*log_follow);
        (*gap, *ratio, *log_ratio) = (*lead - *follow, *lead / *follow, log_lead - log_follow);
    }
}

#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
pub(super) fn share(out: &mut [f64], lead: &[f64], follow: &[f64]) {
    fill(out, lead, follow, |lead, follow| lead / (lead + follow));
}

#[inline(always)]
fn fill(out: &mut [f64], left: &[f64], right: &[f64], of: impl Fn(f64, f64) -> f64) {
    for ((out, left), right) in out.iter_mut().zip(left).zip(right) {
        *out = of(*left, *right);
    }
}
