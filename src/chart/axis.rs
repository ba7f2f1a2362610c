//! Axes of questions' pictures: names in whole words, round values along them, and grid lines that stop where words stand.

use crate::draw::canvas::{Anchor, Canvas};
use crate::draw::sheet::Ink;
use crate::draw::text;
use crate::draw::theme::Rgb;
use crate::wording;

/// Most values that are written along an axis.
const MOST: usize = 7;

/// The lines of a name in this room, as even as they can be; a name that is cut off names nothing.
pub(super) fn lines(name: &str, ink: Ink, room: f64) -> Vec<String> {
    text::balanced(name, ink.size, ink.weight, room)
}

/// Writes the lines of a name from the left end of its first baseline.
pub(super) fn write(canvas: &mut Canvas, lines: &[String], (x, y): (f64, f64), ink: Ink) {
    for (place, line) in lines.iter().enumerate() {
        canvas.text(line, (x, y + 24.0 / 19.0 * ink.size * place as f64), Anchor::Start, ink);
        canvas.is_name();
    }
}

/// A value with all the figures that somebody gave it, up to four: `$20bn`, `12.5%`, `0.5×`.
pub(super) fn exact(value: f64, unit: &str) -> String {
    let is_exact = |figures: &i32| {
        let size = value.abs().max(f64::MIN_POSITIVE);
        let power = libm::pow(10.0, f64::from(figures - 1) - libm::floor(libm::log10(size)));
        ((value * power).round() / power - value).abs() <= 1e-9 * size
    };
    match ((2..=4).find(is_exact), unit) {
        // A year has no figures to choose from, and no comma.
        (_, "year") => wording::input_value(value, unit),
        (Some(figures @ 3..), "times") => wording::input_value_at(value, "", figures) + "×",
        (Some(figures @ 3..), _) => wording::input_value_at(value, unit, figures),
        (_, "times") => wording::ratio_axis(value),
        _ => wording::input_value(value, unit),
    }
}

/// Multiples of 1, 2 or 5 times a power of ten between two values, with their words: as many as have room, seven at most.
pub(super) fn round(
    (low, high): (f64, f64),
    unit: &str,
    ink: Ink,
    x: &dyn Fn(f64) -> f64,
    (left, right): (f64, f64),
) -> Vec<(f64, String)> {
    let span = if high > low { high - low } else { return Vec::new() };
    let first = libm::floor(libm::log10(span)) as i32 - 1;
    // There is no half of a year, and none of a deal.
    let whole = matches!(unit, "year" | "years" | "deals");
    let steps = (first..first + 4).flat_map(|power| [1.0, 2.0, 5.0].map(|it| (it, power)));
    let ticks = |(step, power): (f64, i32)| -> Vec<(f64, String)> {
        // A quotient of whole numbers is the nearest float to a round value.
        let round = |count: f64| match power {
            power if power < 0 => count * step / libm::pow(10.0, f64::from(-power)),
            power => count * step * libm::pow(10.0, f64::from(power)),
        };
        let size = round(1.0);
        let counts = libm::ceil(low / size - 1e-9) as i64..=libm::floor(high / size + 1e-9) as i64;
        let values = counts.map(|count| round(count as f64));
        let half = |words: &str| 0.5 * text::width(words, ink.size, ink.weight);
        values
            .map(|value| (value, exact(value, unit)))
            .filter(|(value, words)| x(*value) - half(words) >= left && x(*value) + half(words) <= right)
            .collect()
    };
    let apart = |ticks: &[(f64, String)]| {
        let half = |words: &str| 0.5 * text::width(words, ink.size, ink.weight);
        ticks.windows(2).all(|pair| {
            x(pair[1].0) - x(pair[0].0) >= half(&pair[0].1) + half(&pair[1].1) + 0.8 * ink.size
                && pair[0].1 != pair[1].1
        })
    };
    // Nobody reads a third decimal.
    let plain =
        |words: &str| words.split('.').nth(1).is_none_or(|it| it.chars().take_while(char::is_ascii_digit).count() < 3);
    let fits = |ticks: &Vec<(f64, String)>| ticks.len() <= MOST && apart(ticks) && ticks.iter().all(|it| plain(&it.1));
    steps
        .filter(|(step, power)| !whole || step * libm::pow(10.0, f64::from(*power)) >= 1.0)
        .map(ticks)
        .find(fits)
        .unwrap_or_default()
}

/// Draws a level line from left to right that stops where words stand.
pub(super) fn across(
    canvas: &mut Canvas,
    (left, right, y): (f64, f64, f64),
    taken: &[[f64; 4]],
    (colour, width, dash): (Rgb, f64, &str),
) {
    let mut gaps: Vec<(f64, f64)> =
        taken.iter().filter(|[_, top, _, bottom]| top - 2.0 < y && y < bottom + 2.0).map(|it| (it[0], it[2])).collect();
    gaps.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut from = left;
    for (start, end) in gaps {
        if start - 4.0 - from > 3.0 {
            canvas.rule((from, y), (start - 4.0, y), colour, width, dash);
        }
        from = from.max(end + 4.0);
    }
    if right - from > 3.0 {
        canvas.rule((from, y), (right, y), colour, width, dash);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::text::Weight;

    #[test]
    fn what_was_given_is_said_with_all_its_figures() {
        for (value, unit, said) in [
            (20.0, "$bn", "$20bn"),
            (22.5, "$bn", "$22.5bn"),
            (0.125, "share", "12.5%"),
            (0.5, "share", "50%"),
            (0.5, "times", "0.5×"),
            (7.25, "times", "7.25×"),
            (-0.16, "share a year", "−16%"),
            (2027.0, "year", "2027"),
        ] {
            assert_eq!(exact(value, unit), said, "{value} {unit}");
        }
    }

    #[test]
    fn values_along_an_axis_are_round_even_and_apart() {
        let ink = Ink::new(20.0, Weight::Regular, (0, 0, 0));
        let said = |low: f64, high: f64, unit: &str, wide: f64| {
            let x = |value: f64| (value - low) / (high - low) * wide;
            let ticks = round((low, high), unit, ink, &x, (-30.0, wide + 30.0));
            ticks.into_iter().map(|it| it.1).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(said(-0.1, 0.3, "share a year", 1000.0), "−10% 0% 10% 20% 30%");
        assert_eq!(said(0.0725, 0.4, "share a year", 1000.0), "10% 15% 20% 25% 30% 35% 40%");
        assert_eq!(said(-0.05, 0.3, "share a year", 300.0), "0% 10% 20% 30%");
        assert_eq!(said(2025.0, 2028.0, "year", 1000.0), "2025 2026 2027 2028");
        assert_eq!(said(1.0, 1.0, "year", 1000.0), "");
    }
}
