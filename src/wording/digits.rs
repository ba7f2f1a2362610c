//! Digits that the simulation carries: a number and its error in, a text without a digit below the error out.
//!
//! Simulated numbers have two significant figures where the simulation error is below the last of them, else one.
//! Where not even one is above the error, the number is marked with ≈.

use crate::summary::Estimate;

use super::number::{join, money_at, percent, ratio_at, scale, significant};

/// The mark of a number whose last figure is below its simulation error.
pub const ROUGH: char = '≈';

/// Significant figures of a simulated number, one or two, and whether even the last one shown is below the error.
#[must_use]
pub fn figures(it: Estimate) -> (i32, bool) {
    if it.value == 0.0 || !it.value.is_finite() {
        return (2, false);
    }
    let place = |figures: i32| place_of(it.value, figures);
    match it.error {
        error if error <= place(2) => (2, false),
        error if error <= place(1) => (1, false),
        // An error that is no number is no error: nothing was simulated.
        error if error.is_nan() => (2, false),
        _ => (1, true),
    }
}

/// What the last of so many figures is worth.
fn place_of(value: f64, figures: i32) -> f64 {
    let magnitude = libm::floor(libm::log10(value.abs())) as i32;
    libm::pow(10.0, f64::from(magnitude + 1 - figures))
}

fn marked(rough: bool, text: String) -> String {
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
    if figures == 2 { money_at(billions, 2) } else { money_at(round_to(billions, figures), figures) }
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
    marked(rough, join(&rounded_money(low.value, low_figures), &rounded_money(high.value, high_figures)))
}

/// A range of simulated amounts in one unit where both ends have it: `$9–290bn`.
#[must_use]
pub fn money_range_short_within(low: Estimate, high: Estimate) -> String {
    let ([low_figures, high_figures], rough) = both(low, high);
    let high_shown = if high_figures == 2 { high.value } else { round_to(high.value, high_figures) };
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
    marked(rough, format!("${}–{}", text.strip_suffix(".0").unwrap_or(&text), end.trim_start_matches('$')))
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
    let ((low, low_rough), (high, high_rough)) = (figures(low), figures(high));
    ([low, high], low_rough || high_rough)
}

/// A simulated ratio: `16×`, `20×`, `≈20×`.
#[must_use]
pub fn ratio_within(it: Estimate) -> String {
    let (figures, rough) = figures(it);
    marked(rough, rounded_ratio(it.value, figures))
}

fn rounded_ratio(value: f64, figures: i32) -> String {
    ratio_at(value, figures)
}

/// A range of simulated ratios: `1.7–150×`.
#[must_use]
pub fn ratio_range_within(low: Estimate, high: Estimate) -> String {
    let ([low_figures, high_figures], rough) = both(low, high);
    marked(rough, format!("{}–{}", significant(low.value, low_figures), rounded_ratio(high.value, high_figures)))
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

/// A share with the ends of its 95% interval: `≈0` where it is within two standard errors of zero, else percent.
#[must_use]
pub(super) fn share_between(value: f64, ends: Option<(f64, f64)>) -> String {
    // Half of the interval of Student's t with 15 degrees of freedom is 2.13 standard errors.
    let error = ends.map_or(0.0, |(low, high)| 0.5 * (high - low) / 2.131);
    clear_percent(Estimate { value, error })
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What the last digit of a text is worth, and the number it says.
    fn read(text: &str) -> (f64, f64) {
        let digits: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
        let decimals = digits.split('.').nth(1).map_or(0, str::len);
        let number: f64 = digits.parse().expect("a number");
        let mut place = libm::pow(10.0, -(decimals as f64));
        // Zeros that only hold the place of others are no figures: 80 has one, unless two are meant.
        if decimals == 0 && number != 0.0 {
            let zeros = digits.len() - digits.trim_end_matches('0').len();
            place *= libm::pow(10.0, zeros as f64);
        }
        (number, place)
    }

    proptest! {
        /// The last figure that is not a placeholder is never below the error, unless the text says that it is.
        #[test]
        fn no_digit_is_below_the_simulation_error(log in -3.0..3.0f64, relative in -4.0..1.0f64) {
            let value = libm::pow(10.0, log);
            let error = value * libm::pow(10.0, relative);
            let it = Estimate { value, error };
            let text = ratio_within(it);
            let (number, place) = read(&text);
            prop_assert!((number - value).abs() <= 0.5001 * place.max(place_of(value, 2)) * 10.0);
            prop_assert!(text.starts_with(ROUGH) == (error > place_of(value, 1)), "{text} ± {error}");
            prop_assert!(text.starts_with(ROUGH) || place >= 0.999 * error || place_of(value, 2) >= error, "{text} ± {error}");
        }

        #[test]
        fn no_digit_of_a_share_is_below_its_error_and_none_becomes_certain(share in 0.000_2..0.999_8f64, log in -4.0..-0.5f64) {
            let error = libm::pow(10.0, log);
            let text = percent_within(Estimate { value: share, error });
            prop_assert!(text != "0%" && text != "100%", "{share} ± {error}: {text}");
            if text.starts_with(ROUGH) {
                prop_assert!(error > place_of(share.min(1.0 - share), 1) * 0.999);
            } else if !text.contains(['<', '>']) {
                let (number, _) = read(&text);
                let off = (number / 100.0 - share).abs();
                // Rounded to tens of a per cent at most, and never further off than half of what it was rounded to.
                prop_assert!(off <= 0.0501 && off <= 5.0 * error.max(0.001_1), "{share} ± {error}: {text}");
            }
        }

        #[test]
        fn small_errors_leave_the_usual_two_figures(log in -2.0..3.0f64) {
            let value = libm::pow(10.0, log);
            let it = Estimate { value, error: 1e-3 * value };
            prop_assert_eq!(ratio_within(it), super::super::number::ratio(value));
            prop_assert_eq!(money_within(it), super::super::number::money(value));
        }
    }

    #[test]
    fn fewer_paths_show_fewer_digits() {
        let it = |value: f64, error: f64| Estimate { value, error };
        assert_eq!(ratio_within(it(16.4, 0.2)), "16×");
        assert_eq!(ratio_within(it(16.4, 2.4)), "20×");
        assert_eq!(ratio_within(it(16.4, 12.0)), "≈20×");
        assert_eq!(ratio_within(it(1.74, 0.3)), "2×");
        assert_eq!(money_within(it(47.0, 3.0)), "$50bn");
        assert_eq!(money_within(it(960.0, 60.0)), "$1trn");
        assert_eq!(money_within(it(-2.4, f64::INFINITY)), "≈−$2bn");
        assert_eq!(money_range_short_within(it(9.1, 0.4), it(287.0, 30.0)), "$9–300bn");
        assert_eq!(ratio_range_within(it(1.72, 0.01), it(152.0, 3.0)), "1.7–150×");
        assert_eq!(money_range(-2.4, 36.0), "−$2.4bn to $36bn");
        assert_eq!(percent_within(it(0.47, 0.001)), "47%");
        assert_eq!(percent_within(it(0.47, 0.035)), "50%");
        assert_eq!(percent_within(it(0.051, 0.004)), "5%");
        assert_eq!(percent_within(it(0.05, 0.015)), "≈5%");
        assert_eq!(percent_within(it(0.976, 0.011)), "≈98%");
        assert_eq!(percent_within(it(0.976, 0.004)), "98%");
    }
}
