//! Sentences of a comparison: what a what-if does to the ratio on the same luck, and which input did it.

use crate::summary::PairedRow;

use super::number::{effect, percent, ratio, share_of_paths, significant};

/// Effects nearer to one than this are no change (METHOD 3.1).
const BAND: f64 = 1.05;

/// The part of a title that readers know a scenario by: what stands before its colon.
#[must_use]
pub fn short_title(title: &str) -> String {
    title.split(':').next().unwrap_or(title).trim().to_owned()
}

/// What an effect does, as a verb with its size: `cuts … 4.5-fold`, `raises … by 23%`; none within five per cent.
fn verb(factor: f64) -> Option<(&'static str, String)> {
    let (verb, size) = if factor < 1.0 { ("cuts", 1.0 / factor) } else { ("raises", factor) };
    if size.is_nan() || size <= BAND {
        return None;
    }
    let change = if factor < 1.0 { 1.0 - factor } else { factor - 1.0 };
    let words = if size >= 1.95 {
        format!("{}-fold", significant(size, 2))
    } else {
        format!("by {}%", significant(change * 100.0, 2).trim_end_matches(".0"))
    };
    Some((verb, words))
}

/// `On identical shocks, a China state push cuts the 2033 ratio 4.5-fold`: the median of the paired ratios.
#[must_use]
pub fn effect_title(name: &str, year: i32, median: f64) -> String {
    match verb(median) {
        Some((verb, words)) => format!("On identical shocks, “{name}” {verb} the {year} ratio {words}"),
        None => format!("On identical shocks, “{name}” leaves the {year} ratio about where it was"),
    }
}

/// The sentence of one what-if: effect, and the share of paths that it moves that way.
///
/// A share that follows from the construction is not printed: where every changed path goes the same way, the share of
/// paths without any change is what the reader does not know.
#[must_use]
pub fn effect_sentence(name: &str, row: &PairedRow) -> String {
    let Some([_, _, _, median, ..]) = row.ratio else {
        return format!("“{name}” cannot be held against the baseline in {}: no path has a ratio in both.", row.year);
    };
    let (greater, unchanged, paths) = (row.greater.hits, row.unchanged.hits, row.greater.paths);
    let smaller = paths - greater - unchanged;
    if unchanged == paths {
        return format!("On identical shocks, “{name}” changes nothing in {}.", row.year);
    }
    let share = if greater == 0 || smaller == 0 {
        if unchanged == 0 {
            String::new()
        } else {
            format!("; no change in {} of paths", share_of_paths(unchanged, paths))
        }
    } else if median < 1.0 {
        format!("; smaller in {} of paths", share_of_paths(smaller, paths))
    } else {
        format!("; larger in {} of paths", share_of_paths(greater, paths))
    };
    match verb(median) {
        Some(_) => format!("{}{share}.", effect_title(name, row.year, median)),
        None => format!("{} (median effect {}){share}.", effect_title(name, row.year, median), effect(median)),
    }
}

/// Title of the small multiples: the smallest and the largest median ratio.
#[must_use]
pub fn multiples_title(year: i32, medians: &[f64]) -> String {
    let finite: Vec<f64> = medians.iter().copied().filter(|median| median.is_finite()).collect();
    let low = finite.iter().copied().fold(f64::INFINITY, f64::min);
    let high = finite.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let (low, high) = (ratio(low), ratio(high));
    match finite.is_empty() {
        true => format!("The {year} ratio by scenario"),
        false if low == high => format!("The scenarios leave the {year} median ratio at {low}"),
        false => format!("Scenarios move the {year} median ratio from {low} to {high}"),
    }
}

/// Title of the attribution: the input with the largest part.
#[must_use]
pub fn attribution_title(year: i32, first: f64, last: f64, largest: Option<(&str, f64)>) -> String {
    let (first, last) = (ratio(first), ratio(last));
    match largest {
        Some((name, factor)) => format!("{first} to {last} by {year}: “{name}” does most ({})", effect(factor)),
        None => format!("The {year} median ratio goes from {first} to {last}"),
    }
}

/// An address as readers read it: `china.deals.growth` is `china deals growth`.
#[must_use]
pub fn readable(address: &str) -> String {
    let name = address.strip_prefix("events.").or_else(|| address.strip_prefix("jumps.")).unwrap_or(address);
    name.replace(['.', '-'], " ")
}

/// Points that are rounded already: `−12.3`, `+0.4`.
#[must_use]
pub fn points_as_they_are(value: f64) -> String {
    let sign = if value < 0.0 { '−' } else { '+' };
    format!("{sign}{:.1}", value.abs())
}

/// `50% → 22%`.
#[must_use]
pub fn from_to(before: f64, after: f64) -> String {
    format!("{} → {}", percent(before), percent(after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_verb_and_its_size_are_those_of_the_effect() {
        assert_eq!(effect_title("a", 2030, 1.0 / 4.5), "On identical shocks, “a” cuts the 2030 ratio 4.5-fold");
        assert_eq!(effect_title("a", 2030, 2.9), "On identical shocks, “a” raises the 2030 ratio 2.9-fold");
        assert_eq!(effect_title("a", 2030, 0.77), "On identical shocks, “a” cuts the 2030 ratio by 23%");
        assert_eq!(effect_title("a", 2030, 1.4), "On identical shocks, “a” raises the 2030 ratio by 40%");
        assert!(effect_title("a", 2030, 1.04).contains("about where it was"));
        assert!(effect_title("a", 2030, f64::NAN).contains("about where it was"));
        assert_eq!(
            multiples_title(2030, &[4.7, 75.2, f64::INFINITY]),
            "Scenarios move the 2030 median ratio from 4.7× to 75×"
        );
        assert_eq!(short_title("China state push: a fund brings"), "China state push");
    }
}
