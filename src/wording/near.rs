//! A simulated ratio beside the observed one, with the digit that tells them apart.

use crate::summary::Estimate;

use super::digits::{FEWEST, MOST, ROUGH, marked, place_of, ratio_range_within, ratio_within, rounded_ratio};
use super::times::observed_ratio;

/// A simulated ratio in a row or a picture with the observed one: `≈15.3×` beside 15.5×.
///
/// Where the two lie within less than a step of the usual last digit and would be printed as different numbers, one more
/// digit is shown: the difference that a reader sees is then none that rounding made. The mark says where the simulation
/// leaves that digit uncertain.
#[must_use]
pub(super) fn ratio_near(it: Estimate, seen: f64) -> String {
    let usual = ratio_within(it);
    if it.value <= 0.0 || !it.value.is_finite() || (it.value - seen).abs() >= place_of(it.value, FEWEST) {
        return usual;
    }
    if usual.trim_start_matches(ROUGH) == observed_ratio(seen, seen, seen) { usual } else { one_digit_more(it) }
}

/// A simulated ratio at three figures, marked where its error is above the third.
pub(super) fn one_digit_more(it: Estimate) -> String {
    if it.value == 0.0 || !it.value.is_finite() {
        return ratio_within(it);
    }
    marked(it.error > place_of(it.value, MOST), rounded_ratio(it.value, MOST))
}

/// Median with its 80% range, beside the observed ratio.
#[must_use]
pub(super) fn median_ratio_near(median: Estimate, low: Estimate, high: Estimate, seen: f64) -> String {
    format!("{} ({})", ratio_near(median, seen), ratio_range_within(low, high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_beside_an_observed_one_that_is_hardly_another_shows_the_digit_that_tells_them_apart() {
        let near = |value: f64, error: f64, seen: f64| ratio_near(Estimate { value, error }, seen);
        assert_eq!(near(15.31, 0.106, 15.5), "≈15.3×");
        assert_eq!(near(15.41, 0.05, 15.5), "15.4×");
        // It is printed alike, or is far away, or no number at all.
        assert_eq!(near(15.0, 0.106, 15.0), "15×");
        assert_eq!(near(26.4, 0.3, 15.5), "26×");
        assert_eq!(near(f64::INFINITY, 0.3, 15.5), "∞");
        assert_eq!(near(0.0, 0.0, 0.0), ratio_within(Estimate::certain(0.0)));
    }
}
