//! What a reader's own changes do to the ratio, as the title of the what-if page.

use crate::summary::Estimate;

use super::effect::effect_verb;
use super::times::ratio;

/// The title of the what-if page: from which median to which the changes bring the ratio of a year.
///
/// The effect is the quotient of both medians. Its error is that of two independent runs, which is more than that of runs
/// on the same luck: digits are left out rather than invented. Within five per cent nothing is said to move.
#[must_use]
pub fn what_if_title(year: i32, before: Estimate, after: Estimate) -> String {
    let (factor, error) = (after.value / before.value, libm::hypot(relative(before), relative(after)));
    if !factor.is_finite() || factor <= 0.0 {
        return format!("With these changes the {year} ratio has no median that can be held against the baseline’s");
    }
    let [from, to] = [before.value, after.value].map(ratio);
    match effect_verb(factor, error) {
        Some((verb, size)) => {
            let verb = if verb == "multiplies" { "multiply" } else { verb.trim_end_matches('s') };
            format!("These changes {verb} the {year} median ratio {size}, from {from} to {to}")
        }
        None if from == to => format!("These changes hardly move the {year} median ratio: {to} as before"),
        None => format!("These changes hardly move the {year} median ratio: {to}, and {from} before"),
    }
}

/// The standard error of the logarithm of an estimate.
fn relative(it: Estimate) -> f64 {
    it.error / it.value.abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_says_which_way_the_median_goes_and_how_far() {
        let of = |before: f64, after: f64, error: f64| {
            let estimate = |value: f64| Estimate { value, error: error * value };
            what_if_title(2030, estimate(before), estimate(after))
        };
        assert_eq!(of(26.0, 9.5, 0.005), "These changes divide the 2030 median ratio by 2.7, from 26× to 9.5×");
        assert_eq!(of(16.0, 20.0, 0.001), "These changes raise the 2030 median ratio by 25%, from 16× to 20×");
        assert_eq!(of(15.5, 15.6, 0.01), "These changes hardly move the 2030 median ratio: 16× as before");
        assert_eq!(of(15.4, 15.9, 0.01), "These changes hardly move the 2030 median ratio: 16×, and 15× before");
        assert!(of(15.4, f64::INFINITY, 0.01).contains("no median"));
    }
}
