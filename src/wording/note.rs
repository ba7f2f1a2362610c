//! Sentences that only a note has: what moved the gap in the last observed year, and what would have to be true.

use super::number::{percent, significant};
use super::purse::Purse;

/// What moved the gap between two observed years.
#[derive(Clone, Debug, PartialEq)]
pub struct LastChange {
    /// First and last year.
    pub years: [i32; 2],
    /// The gap in both, as written.
    pub gap: [String; 2],
    /// The ratio in both, as written.
    pub ratio: [String; 2],
    /// Each term with its name, $bn.
    pub terms: Vec<(String, f64)>,
    /// The money of the terms.
    pub purse: Purse,
    /// Name of the follow region, and its part of the change of the log ratio where that says anything.
    pub follow: (String, Option<f64>),
}

/// What moved the gap, in sentences.
#[must_use]
pub fn moved(it: &LastChange) -> Vec<String> {
    let [from, to] = it.years;
    let terms: Vec<String> = it.terms.iter().map(|(name, size)| format!("{name} {}", it.purse.change(*size))).collect();
    let mut sentences = vec![
        format!(
            "From {from} to {to} the gap went from {} to {}, the ratio from {} to {}.",
            it.gap[0], it.gap[1], it.ratio[0], it.ratio[1]
        ),
        format!("What moved the {} (the terms add up before rounding): {}.", it.purse.noun(), terms.join(", ")),
    ];
    if let (name, Some(share)) = &it.follow {
        sentences.push(format!("Of the ratio’s change, in logs, {} is {name}’s.", percent(*share)));
    }
    sentences
}

/// How much faster than the lead the follow region must grow in each year to match it: `43–55%`.
#[must_use]
pub fn outgrow(low: f64, high: f64, years: f64) -> String {
    let rate = |ratio: f64| significant(100.0 * (libm::pow(ratio, 1.0 / years) - 1.0), 2);
    let (low, high) = (rate(low), rate(high));
    if low == high { format!("{low}%") } else { format!("{low}–{high}%") }
}

/// What it takes to match the lead by the horizon, and in how many paths it happens.
#[must_use]
pub fn to_match(lead: &str, follow: &str, years: [i32; 2], rate: &str, share: &str) -> String {
    let [base_year, horizon] = years;
    format!(
        "To match {lead} funding in {horizon}, that of {follow} would have to outgrow it by {rate} in every year after \
         {base_year}; {follow} is ahead in some year in {share} of paths."
    )
}

/// How often the ratio has halved and doubled at some point.
#[must_use]
pub fn ever(base_year: i32, horizon: i32, halved: &str, doubled: &str) -> String {
    format!(
        "At some point by {horizon} the ratio is at half of its {base_year} level or below in {halved} of paths, at twice \
         or above in {doubled}."
    )
}

/// What the shares of the spread mean for what one can know.
#[must_use]
pub fn rest_of_ratio(luck: &str) -> String {
    format!("Even with every assumption settled, {luck} of the ratio’s spread (in logs) would remain: it is luck.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_that_closes_a_gap_compounds_to_it() {
        // 12.2 and 21 to the seventh root: 1.4295 and 1.5449.
        assert_eq!(outgrow(12.2, 21.0, 7.0), "43–54%");
        assert_eq!(outgrow(8.0, 8.0, 3.0), "100%");
    }
}
