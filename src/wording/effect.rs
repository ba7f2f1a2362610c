//! What an effect does to a level, in signs and in words: `÷4.5`, `divides … by 4.5`.

use crate::summary::Estimate;

use super::digits::two_figures;
use super::number::significant;

/// What an effect does to a level: `×2.9`, `÷4.5`, `÷1.03`, `no change` within half of a per cent.
#[must_use]
pub fn effect(factor: f64) -> String {
    let up = factor >= 1.0;
    let size = if up { factor } else { 1.0 / factor };
    // Near one a third figure is the first one that says anything.
    let text = Some(significant(size, 2)).filter(|text| text != "1.0").unwrap_or_else(|| significant(size, 3));
    match text.as_str() {
        "1.00" => NO_CHANGE.to_owned(),
        _ if up => format!("×{text}"),
        _ => format!("÷{text}"),
    }
}

/// A factor as short as a bar's label: `×2.9`, `÷4.5`, `×1.0`.
#[must_use]
pub(super) fn factor_label(factor: f64) -> String {
    let text = effect(factor);
    if text == NO_CHANGE { "×1.0".to_owned() } else { text }
}

/// Words for a factor that three figures cannot tell from one.
pub(super) const NO_CHANGE: &str = "no change";

/// Effects nearer to one than this are no change.
const BAND: f64 = 1.05;

/// What an effect does, as a verb with its size: `divides … by 4.5`, `raises … by 23%`; none within five per cent.
///
/// `error` is the standard error of the effect's log: no digit stands below it.
#[must_use]
pub fn effect_verb(factor: f64, error: f64) -> Option<(&'static str, String)> {
    let (verb, size) = if factor < 1.0 { ("cuts", 1.0 / factor) } else { ("raises", factor) };
    if size.is_nan() || size <= BAND {
        return None;
    }
    let change = 100.0 * if factor < 1.0 { 1.0 - factor } else { factor - 1.0 };
    if size >= 1.95 {
        let (figures, rough) = two_figures(Estimate { value: size, error: size * error });
        let words = format!("by {}{}", if rough { "about " } else { "" }, significant(size, figures));
        return Some((if factor < 1.0 { "divides" } else { "multiplies" }, words));
    }
    let (figures, rough) = two_figures(Estimate { value: change, error: 100.0 * factor * error });
    let text = significant(change, figures);
    Some((verb, format!("by {}{}%", if rough { "about " } else { "" }, text.trim_end_matches(".0"))))
}

/// `÷1.6 (80%: ÷2.6 to no change)`: median and 80% range of paired ratios.
#[must_use]
pub fn effect_with_range(median_low_high: [f64; 3]) -> String {
    let [median, low, high] = median_low_high.map(effect);
    if low == median && median == high { median } else { format!("{median} (80%: {low} to {high})") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_verb_and_its_size_are_those_of_the_effect() {
        let of = |factor: f64, error: f64| effect_verb(factor, error).map(|(verb, words)| format!("{verb} {words}"));
        let of = |factor: f64, error: f64| of(factor, error).unwrap_or_default();
        assert_eq!(of(1.0 / 4.5, 0.0), "divides by 4.5");
        assert_eq!(of(2.9, 0.01), "multiplies by 2.9");
        assert_eq!(of(2.9, 0.05), "multiplies by about 2.9");
        assert_eq!(of(0.77, 0.0), "cuts by 23%");
        assert_eq!(of(1.4, 0.0), "raises by 40%");
        assert_eq!(of(1.097, 0.002), "raises by about 9.7%");
        assert_eq!(of(1.097, 0.0002), "raises by 9.7%");
        assert_eq!(of(7510.0, 0.001), "multiplies by 7,500");
        assert_eq!(of(1.04, 0.0) + &of(0.96, 0.0) + &of(f64::NAN, 0.0), "");
    }

    #[test]
    fn an_effect_is_a_factor_or_nothing() {
        assert_eq!(effect(0.222), "÷4.5");
        // Small is not nothing: beside ÷1.4 the product of both would be another one.
        assert_eq!([0.97, 1.03, 1.004].map(effect), ["÷1.03", "×1.03", "no change"]);
        assert_eq!(effect_with_range([0.62, 0.38, 1.0]), "÷1.6 (80%: ÷2.6 to no change)");
        assert_eq!(effect_with_range([1.0, 1.0, 1.0]), "no change");
    }
}
