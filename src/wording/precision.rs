//! What was reached of a precision that was asked for.

use crate::study::SweepPrecision;
use crate::summary::Precision;

use super::number::{paths, significant};

/// What was reached of a stated precision: `Precision of 1% asked, reached with 65,536 paths: …`.
#[must_use]
pub fn precision(it: &Precision, number: u64, horizon: i32) -> String {
    let share = |width: f64| format!("±{}%", significant(100.0 * width, 2));
    let points = |width: f64| format!("±{}", significant(100.0 * width, 2));
    let mut parts = Vec::new();
    parts.extend(it.ratio.map(|width| format!("median ratio {}", share(width))));
    parts.extend(it.gap.map(|width| format!("median gap {}", share(width))));
    let shares: Vec<String> = it.shares.iter().flatten().map(|width| points(*width)).collect();
    if !shares.is_empty() {
        parts.push(format!("shares of paths {} points", shares.join(" and ")));
    }
    format!(
        "Precision of {} asked, {} with {}: {} in {horizon} (95% of simulation alone).",
        stated_precision(it.asked),
        if it.is_met() { "reached" } else { "not reached" },
        paths(number),
        parts.join(", ")
    )
}

/// What a sweep has reached of a stated precision: `Precision of 1% asked, reached with 65,536 paths: …`.
#[must_use]
pub(super) fn sweep_precision(it: &SweepPrecision, number: u64) -> String {
    let width = |width: f64, unit: &str| match width.is_finite() {
        true => format!("within ±{}{unit}", significant(100.0 * width, 2)),
        false => "with a cell of which so few paths say nothing".to_owned(),
    };
    let amounts = it.amounts.map(|share| format!("ratios and amounts {}", width(share, "%")));
    let shares = it.shares.map(|share| format!("chances and shares {}", width(share, " points")));
    let parts: Vec<String> = amounts.into_iter().chain(shares).collect();
    format!(
        "Precision of {} asked, {} with {} a cell: {} in every cell (95% of simulation alone).",
        stated_precision(it.asked),
        if it.is_met() { "reached" } else { "not reached" },
        paths(number),
        parts.join(", ")
    )
}

/// A precision as it is typed: `1%`, `0.25%`.
#[must_use]
pub fn stated_precision(share: f64) -> String {
    format!("{}%", (share * 1e8).round() / 1e6)
}
