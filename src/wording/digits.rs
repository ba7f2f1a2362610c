//! Digits that the simulation carries: a number and its error in, a text without a digit below the error out.
//!
//! A simulated number has as many significant figures as its simulation error carries, from two to three. Where the error
//! is above the second figure, the number is marked with ≈. Ends of a range have two figures, and more only where two
//! would hide that they differ; two numbers that stand side by side are rounded together, so that no difference between
//! them is made by rounding.

use crate::summary::Estimate;

use super::number::{count, join, money_at, percent, scale, significant};
use super::times::ratio_at;

/// The mark of a number whose last figure is below its simulation error.
pub const ROUGH: char = '≈';

/// Fewest and most significant figures of a simulated number.
pub(super) const FEWEST: i32 = 2;
pub(super) const MOST: i32 = 3;
/// Most figures of numbers that differ little from each other.
const MOST_TOGETHER: i32 = 4;

/// Significant figures of a simulated number, two or three, and whether even the second is below the error.
#[must_use]
pub fn figures(it: Estimate) -> (i32, bool) {
    figures_up_to(it, MOST)
}

/// Figures of a number that needs no more than two of them.
pub(super) fn two_figures(it: Estimate) -> (i32, bool) {
    figures_up_to(it, FEWEST)
}

fn figures_up_to(it: Estimate, most: i32) -> (i32, bool) {
    // An error that is no number is no error: nothing was simulated.
    if it.value == 0.0 || !it.value.is_finite() || it.error.is_nan() {
        return (FEWEST, false);
    }
    let carried = (FEWEST..=most).rev().find(|figures| it.error <= place_of(it.value, *figures));
    carried.map_or((FEWEST, true), |figures| (figures, false))
}

/// Figures of two neighbouring numbers: two, or as many as it takes to show how they differ and as their errors carry.
fn figures_together(it: [Estimate; 2]) -> [(i32, bool); 2] {
    let apart = (it[0].value - it[1].value).abs();
    it.map(|one| {
        let (own, rough) = two_figures(one);
        if rough || apart == 0.0 || !apart.is_finite() || one.value == 0.0 || !one.value.is_finite() {
            return (own, rough);
        }
        let wanted = place_of(apart, 1);
        let carries =
            |figures: &i32| it.iter().all(|it| it.error.is_nan() || it.error <= place_of(one.value, *figures));
        let needed = (FEWEST..=MOST_TOGETHER).find(|figures| place_of(one.value, *figures) <= 1.001 * wanted);
        let most = (FEWEST..=needed.unwrap_or(MOST_TOGETHER)).rev().find(carries);
        (most.unwrap_or(FEWEST), false)
    })
}

/// Two simulated numbers that stand side by side, rounded together: what differs by less than their last digit, or by
/// less than the error, is printed alike.
#[must_use]
pub fn together(it: [Estimate; 2]) -> [Estimate; 2] {
    let [first, last] = it;
    if it.iter().any(|one| one.value == 0.0 || !one.value.is_finite()) {
        return it;
    }
    let (places, apart) = (it.map(|one| place_of(one.value, figures(one).0)), (first.value - last.value).abs());
    let step = places[0].max(places[1]);
    if apart.is_finite() && apart < step && first.value != last.value {
        // Alike means with the same digits, too.
        let both = Estimate { value: 0.5 * (first.value + last.value), error: first.error.max(last.error) };
        return [both; 2];
    }
    it
}

/// What the last of so many figures is worth.
pub(super) fn place_of(value: f64, figures: i32) -> f64 {
    let magnitude = libm::floor(libm::log10(value.abs())) as i32;
    libm::pow(10.0, f64::from(magnitude + 1 - figures))
}

/// What one of two ratios that were rounded together may be printed as: with two figures or three, as itself or as its
/// neighbours at the last digit.
pub(super) fn ratios_beside(value: f64) -> Vec<String> {
    if value == 0.0 || !value.is_finite() {
        return vec![rounded_ratio(value, FEWEST)];
    }
    let shifted = (FEWEST..=MOST).flat_map(|figures| {
        let half = 0.5 * place_of(value, figures);
        [0.0, -half, half].map(|shift| rounded_ratio(value + shift, figures))
    });
    shifted.flat_map(|text| [marked(true, text.clone()), text]).collect()
}

pub(super) fn marked(rough: bool, text: String) -> String {
    if rough { format!("{ROUGH}{text}") } else { text }
}

/// A simulated amount in $bn: `$84bn`, `$80bn`, `≈$80bn`.
#[must_use]
pub fn money_within(it: Estimate) -> String {
    let (figures, rough) = figures(it);
    marked(rough, rounded_money(it.value, figures))
}

fn rounded_money(billions: f64, figures: i32) -> String {
    // Rounded first, so that the unit is that of what is shown.
    if figures == 2 { money_at(billions, 2) } else { whole(&money_at(round_to(billions, figures), figures)) }
}

/// Without the zero behind the point that a third figure may be: `$40bn`, `15×`.
fn whole(text: &str) -> String {
    let end = text.trim_end_matches(|c: char| !c.is_ascii_digit()).len();
    let (number, unit) = text.split_at(end);
    format!("{}{unit}", number.strip_suffix(".0").unwrap_or(number))
}

/// A number rounded to some figures.
fn round_to(value: f64, figures: i32) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return value;
    }
    let place = place_of(value, figures);
    let rounded = (value / place).round() * place;
    // The smallest numbers there are have no place below themselves, the largest none above.
    if rounded.is_finite() { rounded } else { value }
}

/// A range of simulated amounts: `$9bn–$290bn`.
#[must_use]
pub fn money_range_within(low: Estimate, high: Estimate) -> String {
    let ([low_figures, high_figures], rough) = both(low, high);
    let [low, high] = [rounded_money(low.value, low_figures), rounded_money(high.value, high_figures)];
    marked(rough, if low == high { low } else { join(&low, &high) })
}

/// A range of simulated amounts in one unit where both ends have it: `$9–290bn`.
#[must_use]
pub fn money_range_short_within(low: Estimate, high: Estimate) -> String {
    let ([low_figures, high_figures], rough) = both(low, high);
    let high_shown = round_to(high.value, high_figures);
    let (factor, suffix) = scale(high_shown);
    let small = low.value * factor;
    // Amounts without a word for their unit are powers of ten, which share none.
    let unitless = suffix.is_empty() || low.value.is_nan() || high.value.is_nan();
    if unitless
        || low.value <= 0.0
        || high.value <= 0.0
        || low.value.is_infinite()
        || high.value.is_infinite()
        || small < 0.1
    {
        return money_range_within(low, high);
    }
    let end = rounded_money(high.value, high_figures);
    // The upper end decides the unit; rounding may have moved it to the next one.
    if !end.ends_with(suffix) {
        return money_range_within(low, high);
    }
    let text = significant(small, if small >= 1.0 { low_figures } else { 1 });
    let text = text.strip_suffix(".0").unwrap_or(&text);
    let end = end.trim_start_matches('$');
    // Ends that even together print alike are one number.
    let words = if end.strip_suffix(suffix) == Some(text) { format!("${end}") } else { format!("${text}–{end}") };
    marked(rough, words)
}

/// A range of amounts: en dash between positive ones, "to" beside a minus sign.
#[must_use]
pub(crate) fn money_range(low: f64, high: f64) -> String {
    money_range_within(Estimate::certain(low), Estimate::certain(high))
}

/// A range in one unit where both ends have it: `$9–290bn`, `$0.6–12bn`; otherwise as [`money_range`].
#[must_use]
pub(crate) fn money_range_short(low: f64, high: f64) -> String {
    money_range_short_within(Estimate::certain(low), Estimate::certain(high))
}

/// Figures of both ends of a range, and whether one of them is rough.
fn both(low: Estimate, high: Estimate) -> ([i32; 2], bool) {
    let [(low, low_rough), (high, high_rough)] = figures_together([low, high]);
    ([low, high], low_rough || high_rough)
}

/// A simulated ratio: `16×`, `20×`, `≈20×`.
#[must_use]
pub fn ratio_within(it: Estimate) -> String {
    let (figures, rough) = figures(it);
    marked(rough, rounded_ratio(it.value, figures))
}

pub(super) fn rounded_ratio(value: f64, figures: i32) -> String {
    if figures == 2 { ratio_at(value, 2) } else { whole(&ratio_at(value, figures)) }
}

/// A range of simulated ratios: `1.7–150×`.
#[must_use]
pub fn ratio_range_within(low: Estimate, high: Estimate) -> String {
    let ([low_figures, high_figures], rough) = both(low, high);
    let [low, high] = [rounded_ratio(low.value, low_figures), rounded_ratio(high.value, high_figures)];
    marked(rough, if low == high { high } else { format!("{}–{high}", low.trim_end_matches('×')) })
}

/// A simulated number of deals: whole below a hundred, else rounded to the place of the leading figure of its error, so that
/// it can stand beside an observed number, which is whole.
#[must_use]
pub fn count_within(it: Estimate) -> String {
    let (figures, rough) = figures(it);
    let has_error = it.error > 0.0 && it.error.is_finite();
    let carried = |figures: &i32| has_error && place_of(it.value, *figures) >= 0.999 * place_of(it.error, 1);
    let figures = if it.value.is_finite() && it.value != 0.0 {
        (figures..=MOST_TOGETHER).rev().find(carried).unwrap_or(figures)
    } else {
        figures
    };
    marked(is_rough_count(it, rough), rounded_count(it.value, figures))
}

/// Whether a number of deals is rough: one below a hundred is printed whole, and so has no digit below one.
fn is_rough_count(it: Estimate, rough: bool) -> bool {
    rough && (it.value.abs() >= 100.0 || it.error > 1.0)
}

fn rounded_count(value: f64, figures: i32) -> String {
    if value.abs() < 100.0 { count(value) } else { significant(value, figures) }
}

/// A range of simulated numbers of deals: `450–2,900`.
#[must_use]
pub fn count_range_within(low: Estimate, high: Estimate) -> String {
    let [(low_figures, low_rough), (high_figures, high_rough)] = figures_together([low, high]);
    let rough = is_rough_count(low, low_rough) || is_rough_count(high, high_rough);
    let [low, high] = [rounded_count(low.value, low_figures), rounded_count(high.value, high_figures)];
    marked(rough, if low == high { low } else { format!("{low}–{high}") })
}

/// A share as [`percent`] writes it, rounded to tens, ones or tenths of a per cent so that no digit is below the error;
/// near certainty it is the opposite that is rounded.
#[must_use]
pub fn percent_within(it: Estimate) -> String {
    let share = it.value;
    let small = share.min(1.0 - share);
    if small <= 0.0 || it.error.is_nan() {
        return percent(share);
    }
    let upper = share > 0.5;
    let usual = match small {
        _ if upper => 0.01,
        small if small < 0.000_95 => 0.000_1,
        small if small < 0.0995 => 0.001,
        _ => 0.01,
    };
    if it.error <= usual {
        return percent(share);
    }
    // The place of the leading figure is the coarsest that says anything.
    let leading = place_of(small, 1).max(usual);
    let place = [10.0 * usual, 100.0 * usual].into_iter().find(|place| it.error <= *place && *place <= 1.001 * leading);
    let (place, rough) = place.map_or((leading, true), |place| (place, false));
    let rounded = (small / place).round() * place;
    // Above 99.5% there is no place to round to.
    let shown = if rounded == 0.0 {
        share
    } else if upper {
        1.0 - rounded
    } else {
        rounded
    };
    marked(rough, percent(shown))
}

/// A simulated share as percent, `≈0` below two standard errors.
#[must_use]
pub(crate) fn clear_percent(it: Estimate) -> String {
    if it.value < 2.0 * it.error { "≈0".to_owned() } else { percent_within(it) }
}

/// Median with its 80% range: `16× (1.7–150×)`.
#[must_use]
pub fn median_ratio_within(median: Estimate, low: Estimate, high: Estimate) -> String {
    format!("{} ({})", ratio_within(median), ratio_range_within(low, high))
}

/// Median with its 80% range where nothing states an error: two figures each.
#[must_use]
pub(super) fn mixed_ratio(levels: [f64; 3]) -> String {
    let [median, low, high] = levels.map(|value| Estimate { value, error: f64::NAN });
    median_ratio_within(median, low, high)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The number that a text says.
    fn read(text: &str) -> f64 {
        let digits: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
        digits.parse().expect("a number")
    }

    proptest! {
        /// A number is off by half of its last digit at most, has two figures at least, and no third one below its error.
        #[test]
        fn no_third_digit_is_below_the_simulation_error(log in -3.0..3.0f64, relative in -4.0..1.0f64) {
            let value = libm::pow(10.0, log);
            let error = value * libm::pow(10.0, relative);
            let text = ratio_within(Estimate { value, error });
            let carries = error <= place_of(value, 3);
            let place = place_of(value, if carries { 3 } else { 2 });
            prop_assert!((read(&text) - value).abs() <= 0.5001 * place, "{value} ± {error}: {text}");
            prop_assert_eq!(text.starts_with(ROUGH), error > place_of(value, 2), "{} ± {}: {}", value, error, text);
        }

        /// What is printed of two numbers side by side differs only where they do, and in the same direction.
        #[test]
        fn no_difference_is_made_by_rounding(log in -1.0..3.0f64, change in -0.2..0.2f64, relative in -4.0..-1.0f64) {
            let first = libm::pow(10.0, log);
            let pair = [first, first * (1.0 + change)].map(|value| Estimate { value, error: value * libm::pow(10.0, relative) });
            let printed = together(pair).map(|it| read(&ratio_within(it)));
            let (shown, true_change) = (printed[1] - printed[0], pair[1].value - pair[0].value);
            let step = pair.map(|it| place_of(it.value, figures(it).0)).into_iter().fold(0.0, f64::max);
            prop_assert!(shown * true_change >= 0.0, "{pair:?}: {printed:?}");
            prop_assert!((shown - true_change).abs() <= 1.0001 * step, "{pair:?}: {printed:?}");
            prop_assert!(true_change.abs() >= step || shown == 0.0, "{pair:?}: {printed:?}");
        }

        #[test]
        fn no_digit_of_a_share_is_below_its_error_and_none_becomes_certain(share in 0.000_2..0.999_8f64, log in -4.0..-0.5f64) {
            let error = libm::pow(10.0, log);
            let text = percent_within(Estimate { value: share, error });
            prop_assert!(text != "0%" && text != "100%", "{share} ± {error}: {text}");
            if text.starts_with(ROUGH) {
                prop_assert!(error > place_of(share.min(1.0 - share), 1) * 0.999);
            } else if !text.contains(['<', '>']) {
                let off = (read(&text) / 100.0 - share).abs();
                // Rounded to tens of a per cent at most, and never further off than half of what it was rounded to.
                prop_assert!(off <= 0.0501 && off <= 5.0 * error.max(0.001_1), "{share} ± {error}: {text}");
            }
        }
    }

    #[test]
    fn more_paths_carry_a_third_digit_and_few_leave_a_mark() {
        let it = |value: f64, error: f64| Estimate { value, error };
        assert_eq!(ratio_within(it(16.4, 0.05)), "16.4×");
        assert_eq!(ratio_within(it(16.4, 0.2)), "16×");
        assert_eq!(ratio_within(it(16.4, 2.4)), "≈16×");
        assert_eq!(ratio_within(it(1.74, 0.03)), "1.7×");
        assert_eq!(ratio_within(it(15.02, 0.01)), "15×");
        assert_eq!(money_within(it(47.0, 3.0)), "≈$47bn");
        assert_eq!(money_within(it(960.0, 0.0)), "$960bn");
        assert_eq!(money_within(it(-2.4, f64::INFINITY)), "≈−$2.4bn");
        assert_eq!(count_within(it(1143.7, 3.7)), "1,144");
        assert_eq!(count_within(it(1949.6, 10.4)), "1,950");
        assert_eq!(count_within(it(1949.6, 140.0)), "≈1,900");
        assert_eq!(count_within(it(1143.0, 0.0)), "1,140");
        assert_eq!(count_within(it(37.4, 4.4)), "≈37");
        assert_eq!(percent_within(it(0.47, 0.001)), "47%");
        assert_eq!(percent_within(it(0.47, 0.035)), "50%");
        assert_eq!(percent_within(it(0.051, 0.004)), "5%");
        assert_eq!(percent_within(it(0.05, 0.015)), "≈5%");
        assert_eq!(percent_within(it(0.976, 0.011)), "≈98%");
        assert_eq!(percent_within(it(0.976, 0.004)), "98%");
    }

    #[test]
    fn ends_of_a_range_have_two_figures_unless_two_hide_that_they_differ() {
        let it = |value: f64, error: f64| Estimate { value, error };
        assert_eq!(money_range_short_within(it(9.1, 0.04), it(287.0, 8.0)), "$9.1–290bn");
        assert_eq!(ratio_range_within(it(1.72, 0.01), it(152.0, 3.0)), "1.7–150×");
        assert_eq!(money_range(-2.4, 36.0), "−$2.4bn to $36bn");
        assert_eq!(count_range_within(it(1143.0, 4.4), it(1158.0, 4.4)), "1,140–1,160");
        assert_eq!(money_range_within(it(41.1, 0.02), it(41.4, 0.02)), "$41.1bn–$41.4bn");
        // A difference below the error is none.
        assert_eq!(count_range_within(it(1150.2, 4.4), it(1151.5, 4.4)), "1,150");
    }
}
