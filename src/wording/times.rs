//! Formats of ratios: so many times, in digits, in words beyond reading, on an axis and as observed.

use super::number::{MOST_IN_DIGITS, carried, count_or_decimal, grouped, significant};

/// A simulated ratio at two significant figures: `16×`.
#[must_use]
pub fn ratio(value: f64) -> String {
    ratio_at(value, 2)
}

/// From here on a ratio is said in billions and trillions, of which a row of zeros would tell less, up to a power of ten.
const MANY_TIMES: std::ops::Range<f64> = 1e9..1e18;

/// The word for so many times, and what it stands for.
fn times_word(value: f64) -> Option<(f64, &'static str)> {
    let word = if value.abs() >= 0.9995e12 { (1e12, " trillion×") } else { (1e9, " billion×") };
    MANY_TIMES.contains(&value.abs()).then_some(word)
}

/// A ratio at some number of significant figures; what is infinite or no number has no sign of a multiple.
pub(super) fn ratio_at(value: f64, figures: i32) -> String {
    if let Some((unit, word)) = times_word(value) {
        return significant(value / unit, figures) + word;
    }
    let text = significant(value, figures);
    if value.is_finite() { format!("{text}×") } else { text }
}

/// A ratio on an axis: `1×`, `0.5×`, `1,000×`.
#[must_use]
pub fn ratio_axis(value: f64) -> String {
    if let Some((unit, word)) = times_word(value) {
        return count_or_decimal(value / unit) + word;
    }
    if value.abs() >= MOST_IN_DIGITS || value.is_nan() {
        return ratio(value);
    }
    // A quotient that rounds to nothing has no sign: 0 is added so that a negative zero becomes one without.
    let text = format!("{}", (value * 1e9).round() / 1e9 + 0.0);
    format!("{}×", grouped(&text).replace('-', "−"))
}

/// A range of ratios: `1.7–150×`.
#[must_use]
pub fn ratio_range(low: f64, high: f64) -> String {
    format!("{}–{}", significant(low, 2), ratio(high))
}

/// An observed ratio: `15.5×`, `4.1×`, `0.874×`.
///
/// It has the digits that its rounding interval carries, and below a hundred at least one decimal: who divides the
/// published figures by hand finds the same number, and it never depends on what is simulated beside it. What rounding
/// leaves of it is said in words.
#[must_use]
pub fn observed_ratio(value: f64, low: f64, high: f64) -> String {
    let fewest = if (9.95..99.95).contains(&value) { 3 } else { 2 };
    let text = significant(value, carried(value, low, high).max(fewest));
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    format!("{text}×")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_beyond_reading_is_said_in_words() {
        assert_eq!(ratio(2.0e13), "20 trillion×");
        assert_eq!(ratio(9.996e11), "1.0 trillion×");
        assert_eq!(ratio_axis(1e12), "1 trillion×");
        assert_eq!(ratio_axis(1e15), "1,000 trillion×");
        assert_eq!(ratio_axis(1e6), "1,000,000×");
    }

    #[test]
    fn an_observed_ratio_is_what_division_by_hand_gives() {
        assert_eq!(observed_ratio(15.5, 12.2, 21.0), "15.5×");
        assert_eq!(observed_ratio(4.06, 3.9, 4.3), "4.1×");
        assert_eq!(observed_ratio(160.4, 120.0, 210.0), "160×");
        assert_eq!(observed_ratio(6.0, 6.0, 6.0), "6×");
        assert_eq!(observed_ratio(0.874, 0.8735, 0.8745), "0.874×");
        assert_eq!(ratio_range(1.7, 152.0), "1.7–150×");
    }
}
