//! Values of inputs beside each other: ranges, and as many figures as tell them apart.

use super::number::{assumed_value, input_value, significant};

/// A range of an input whose ends are rounded already: `7.2–8.2%`, `−1.3% to 0.5%`, `$14m–$20m`.
#[must_use]
pub(super) fn input_range(low: f64, high: f64, unit: &str) -> String {
    let [first, last] = [low, high].map(|value| assumed_value(value, unit));
    match (first.strip_suffix('%'), last.ends_with('%')) {
        _ if first == last => first,
        _ if low < 0.0 => format!("{first} to {last}"),
        (Some(number), true) => format!("{number}–{last}"),
        _ => format!("{first}–{last}"),
    }
}

/// A limit of a rule, which is found in steps of several per cent of all paths: of rates and shares to a tenth of a per cent.
#[must_use]
pub(super) fn limit_value(value: f64, unit: &str) -> String {
    let in_percent = unit.starts_with("share") || unit.starts_with("points");
    if !in_percent {
        return input_value(value, unit);
    }
    let text = input_value((1e3 * value).round() / 1e3 + 0.0, unit);
    // A second figure below a tenth is always zero.
    if text.contains('.') { text.replace("0%", "%").replace("0pp", "pp") } else { text }
}

/// A value with so many figures, for axes on which two figures would not tell values apart.
#[must_use]
pub fn input_value_at(value: f64, unit: &str, figures: i32) -> String {
    let size = significant(value.abs(), figures);
    let sign = if value < 0.0 && size != "0" { "−" } else { "" };
    match unit.chars().next() {
        Some(money @ ('$' | '¥')) => {
            let scale = if unit.chars().nth(1) == Some('m') { "m" } else { "bn" };
            format!("{sign}{money}{size}{scale}")
        }
        Some('s') => significant(100.0 * value, figures) + "%",
        Some('p') => significant(100.0 * value, figures) + "pp",
        _ => significant(value, figures),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_say_their_unit_once_and_keep_their_signs() {
        let rate = "share a year";
        assert_eq!(input_range(0.072, 0.082, rate), "7.2–8.2%");
        assert_eq!(input_range(-0.013, 0.005, rate), "−1.3% to 0.5%");
        assert_eq!(input_range(0.05, 0.05, rate), "5%");
        assert_eq!(input_range(14.0, 20.0, "$m"), "$14m–$20m");
        assert_eq!(input_range(2026.0, 2028.0, "year"), "2026–2028");
    }

    #[test]
    fn a_limit_has_no_digit_below_a_tenth_of_a_per_cent() {
        assert_eq!(limit_value(0.0019, "share a year"), "0.2%");
        assert_eq!(limit_value(0.0241, "share a year"), "2.4%");
        assert_eq!(limit_value(-0.0002, "share"), "0%");
        assert_eq!(limit_value(0.1634, "share of the level"), "+16%");
        assert_eq!(limit_value(12.34, "$m"), "$12m");
    }

    #[test]
    fn more_figures_tell_values_apart() {
        assert_eq!(input_value_at(1.55, "log points", 3), "1.55");
        assert_eq!(input_value_at(0.1234, "share", 3), "12.3%");
        assert_eq!(input_value_at(-1.234, "$bn", 3), "−$1.23bn");
    }
}
