//! Places on a map: where a row of answers changes sides, where a value lies between others, and the mark of the baseline there.

use crate::draw::canvas::Canvas;
use crate::draw::style::Style;

/// The two ends of a range; none where it has no width.
pub(crate) fn ends(range: Option<(f64, f64)>) -> Vec<f64> {
    range.filter(|(low, high)| low < high).map_or_else(Vec::new, |(low, high)| vec![low, high])
}

/// The place of a value among others that rise, in steps from the first; `None` outside them.
pub(super) fn between(values: &[f64], value: f64) -> Option<f64> {
    let place = values.windows(2).position(|pair| pair[0] <= value && value <= pair[1])?;
    Some(place as f64 + (value - values[place]) / (values[place + 1] - values[place]))
}

/// The value at which numbers first change their sign, by straight interpolation.
pub(super) fn crossing(values: &[f64], signed: &[f64]) -> Option<f64> {
    let crosses = |pair: &[f64]| pair[0] * pair[1] <= 0.0 && pair[0] != pair[1];
    let place = signed.windows(2).position(crosses)?;
    let (a, b) = (signed[place], signed[place + 1]);
    let (from, to) = (values.get(place)?, values.get(place + 1)?);
    Some(from + (to - from) * a / (a - b))
}

/// How far a number of half a width goes aside in its cell so that the cross does not stand in it: away from the cross.
pub(super) fn aside((x, y): (f64, f64), middle: (f64, f64), half: f64, scale: f64) -> f64 {
    let near = (middle.0 - x).abs() < half + 16.0 * scale && (middle.1 - y).abs() < 24.0 * scale;
    let away = half + 16.0 * scale - (middle.0 - x).abs();
    match (near, x >= middle.0) {
        (false, _) => 0.0,
        (true, true) => -away,
        (true, false) => away,
    }
}

/// A cross with a pale edge, which is seen on every colour.
pub(super) fn cross(canvas: &mut Canvas, style: Style, (x, y): (f64, f64)) {
    let (palette, scale) = (style.theme.palette(), style.preset.canvas().2);
    for (colour, half, width) in [(palette.ground, 11.0, 7.0), (palette.ink, 10.0, 3.0)] {
        let half = half * scale;
        canvas.line((x - half, y - half), (x + half, y + half), colour, width, "");
        canvas.line((x - half, y + half), (x + half, y - half), colour, width, "");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_a_place_between_others_and_none_outside() {
        assert_eq!(between(&[0.0, 0.5, 1.0], 0.75), Some(1.5));
        assert_eq!(between(&[0.0, 0.5, 1.0], 0.0), Some(0.0));
        assert_eq!(between(&[0.0, 0.5], 0.6), None);
        assert_eq!(crossing(&[0.0, 1.0, 2.0], &[-1.0, -0.5, 0.5]), Some(1.5));
        assert_eq!(ends(Some((0.1, 0.1))), Vec::<f64>::new());
        // To the left of a cross in the middle, and nowhere from one in another cell.
        assert_eq!(aside((100.0, 50.0), (100.0, 52.0), 10.0, 1.0), -26.0);
        assert_eq!(aside((96.0, 50.0), (100.0, 52.0), 10.0, 1.0), 22.0);
        assert_eq!(aside((160.0, 50.0), (100.0, 52.0), 10.0, 1.0), 0.0);
    }
}
