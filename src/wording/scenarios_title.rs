//! Titles of the charts that hold several scenarios.

use crate::summary::Estimate;

use super::digits::ratio_within;
use super::effect::effect;

/// Title of the small multiples: the smallest and the largest median ratio, with the digits that their errors allow.
#[must_use]
pub fn multiples_title(year: i32, medians: &[Estimate]) -> String {
    let finite = || medians.iter().copied().filter(|median| median.value.is_finite());
    let low = finite().min_by(|a, b| a.value.total_cmp(&b.value));
    let high = finite().max_by(|a, b| a.value.total_cmp(&b.value));
    match (low.map(ratio_within), high.map(ratio_within)) {
        (Some(low), Some(high)) if low == high => format!("The scenarios leave the {year} median ratio at {low}"),
        (Some(low), Some(high)) => format!("The {year} median ratio lies between {low} and {high}"),
        _ => format!("The {year} ratio by scenario"),
    }
}

/// Title of the attribution: the input with the largest part.
#[must_use]
pub fn attribution_title(year: i32, first: Estimate, last: Estimate, largest: Option<(&str, f64)>) -> String {
    let (first, last) = (ratio_within(first), ratio_within(last));
    match largest {
        Some((name, factor)) if first == last => {
            format!("The {year} ratio stays at {first}: “{name}” does most ({})", effect(factor))
        }
        Some((name, factor)) => {
            format!("{year} ratio from {first} to {last}: “{name}” does most ({})", effect(factor))
        }
        None => format!("The {year} median ratio goes from {first} to {last}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_of_several_scenarios_name_the_ends() {
        let title = multiples_title(2030, &[4.7, 75.2, f64::INFINITY].map(|value| Estimate { value, error: 0.01 }));
        assert_eq!(title, "The 2030 median ratio lies between 4.7× and 75×");
    }
}
