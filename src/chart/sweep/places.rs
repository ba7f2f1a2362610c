//! Places on a map: where a row of answers changes sides, where a value lies between others, and the mark of the baseline there.

use crate::draw::canvas::Canvas;
use crate::draw::style::Style;

/// The two ends of a range; none where it has no width.
pub(crate) fn ends(range: Option<(f64, f64)>) -> Vec<f64> {
    range.filter(|(low, high)| low < high).map_or_else(Vec::new, |(low, high)| vec![low, high])
}

/// The place of a value among others that rise, in steps from the first; `None` outside them, beyond half a step.
pub(super) fn between(values: &[f64], value: f64) -> Option<f64> {
    let last = values.len().checked_sub(2)?;
    let place = values.windows(2).position(|pair| value <= pair[1]).unwrap_or(last);
    let place = place as f64 + (value - values[place]) / (values[place + 1] - values[place]);
    // The first and the last cell reach half a step beyond their values.
    (-0.5..=last as f64 + 1.5).contains(&place).then_some(place)
}

/// The value at which numbers first change their sign, by straight interpolation.
pub(super) fn crossing(values: &[f64], signed: &[f64]) -> Option<f64> {
    let crosses = |pair: &[f64]| pair[0] * pair[1] <= 0.0 && pair[0] != pair[1];
    let place = signed.windows(2).position(crosses)?;
    let (a, b) = (signed[place], signed[place + 1]);
    let (from, to) = (values.get(place)?, values.get(place + 1)?);
    Some(from + (to - from) * a / (a - b))
}

/// Where the middle of a number stands in its cell so that the cross is not in it: as near to the middle of the cell as can be,
/// beside the cross or above or below it; nowhere if the cell has no room.
pub(super) fn off_the_cross(
    cross: (f64, f64),
    [left, top, right, bottom]: [f64; 4],
    (half, tall): (f64, f64),
    scale: f64,
) -> Option<(f64, f64)> {
    let middle = (0.5 * (left + right), 0.5 * (top + bottom));
    let (wide, high) = (half + 14.0 * scale, tall + 13.0 * scale);
    let is_free = |(x, y): (f64, f64)| (x - cross.0).abs() >= wide - 1e-9 || (y - cross.1).abs() >= high - 1e-9;
    let fits = |(x, y): &(f64, f64)| {
        x - half >= left + 3.0 && x + half <= right - 3.0 && y - tall >= top + 2.0 && y + tall <= bottom - 2.0
    };
    if is_free(middle) {
        return Some(middle);
    }
    let moved = [
        (cross.0 - wide, middle.1),
        (cross.0 + wide, middle.1),
        (middle.0, cross.1 - high),
        (middle.0, cross.1 + high),
    ];
    let far = |(x, y): &(f64, f64)| (x - middle.0).abs() + (y - middle.1).abs();
    moved.into_iter().filter(fits).min_by(|a, b| far(a).total_cmp(&far(b)))
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
        // A cell reaches half a step beyond its value.
        assert_eq!(between(&[0.0, 0.5], 0.6), Some(1.2));
        assert_eq!(between(&[0.0, 0.5], -0.1), Some(-0.2));
        assert_eq!((between(&[0.0, 0.5], 0.8), between(&[0.0, 0.5], -0.3), between(&[0.0], 0.0)), (None, None, None));
        assert_eq!(crossing(&[0.0, 1.0, 2.0], &[-1.0, -0.5, 0.5]), Some(1.5));
        assert_eq!(ends(Some((0.1, 0.1))), Vec::<f64>::new());
    }

    #[test]
    fn a_number_keeps_off_the_cross_as_near_to_its_middle_as_it_can() {
        let cell = [0.0, 0.0, 120.0, 60.0];
        assert_eq!(off_the_cross((300.0, 30.0), cell, (10.0, 7.0), 1.0), Some((60.0, 30.0)));
        assert_eq!(off_the_cross((60.0, 30.0), cell, (10.0, 7.0), 1.0), Some((60.0, 10.0)));
        assert_eq!(off_the_cross((60.0, 30.0), [0.0, 12.0, 120.0, 48.0], (10.0, 7.0), 1.0), Some((36.0, 30.0)));
        assert_eq!(off_the_cross((56.0, 30.0), cell, (10.0, 7.0), 1.0), Some((80.0, 30.0)));
        // Too narrow for a number beside it, and too low for one below it.
        assert_eq!(off_the_cross((20.0, 8.0), [0.0, 0.0, 40.0, 60.0], (15.0, 7.0), 1.0), Some((20.0, 30.0)));
        assert_eq!(off_the_cross((20.0, 20.0), [0.0, 0.0, 40.0, 40.0], (15.0, 7.0), 1.0), None);
    }
}
