//! What was reached of a precision that was asked for.

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

/// A precision as it is typed: `1%`, `0.25%`.
#[must_use]
pub fn stated_precision(share: f64) -> String {
    format!("{}%", (share * 1e8).round() / 1e6)
}
