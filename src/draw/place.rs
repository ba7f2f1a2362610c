//! Where a text may stand: near its own marker, clear of others, and apart from other numbers.

use super::sheet::TextBox;

/// How much nearer a value stands to its own marker than to any other.
const NEARER: f64 = 1.4;
/// Least room between two numbers in one line, as a share of the height of their letters.
const APART: f64 = 0.8;

/// Half the size of a marker and a hair: a line that comes nearer touches it.
const PASSING: f64 = 12.0;

/// Markers nearer to each other than this cover each other: their colours tell whose a value is.
const COVERED: f64 = 14.0;

/// Whether a marker covers another one.
fn covers(own: (f64, f64), other: (f64, f64)) -> bool {
    let (dx, dy) = (own.0 - other.0, own.1 - other.1);
    dx * dx + dy * dy <= COVERED * COVERED
}

/// The rectangle of capitals and digits of a text: left, top, right, baseline.
pub(crate) fn letters(text: &TextBox) -> [f64; 4] {
    let [left, _, right, _] = text.area;
    [left, text.origin.1 - 0.74 * text.size, right, text.origin.1]
}

/// Whether a rectangle stands so much nearer to its own marker than to any other that nobody takes it for the other's.
pub(crate) fn is_nearest(area: [f64; 4], own: (f64, f64), markers: &[(f64, f64)]) -> bool {
    let least = NEARER * distance(area, own);
    markers.iter().filter(|other| !covers(own, **other)).all(|other| distance(area, *other) >= least)
}

/// Whether a line to a marker passes no other one so closely that it seems to lead there.
pub(crate) fn passes_none([from, to]: [(f64, f64); 2], own: (f64, f64), markers: &[(f64, f64)]) -> bool {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = (dx * dx + dy * dy).max(f64::MIN_POSITIVE);
    markers.iter().filter(|other| !covers(own, **other)).all(|(x, y)| {
        let along = (((x - from.0) * dx + (y - from.1) * dy) / length).clamp(0.0, 1.0);
        let (away_x, away_y) = (from.0 + along * dx - x, from.1 + along * dy - y);
        away_x * away_x + away_y * away_y >= PASSING * PASSING
    })
}

/// Whether values of one year stand in the order of their markers: one over another whose marker lies higher would be read as that
/// of the other.
pub(crate) fn keeps_order([_, top, _, bottom]: [f64; 4], (x, y): (f64, f64), markers: &[(f64, f64)]) -> bool {
    let middle = 0.5 * (top + bottom);
    let mut same_year = markers.iter().filter(|(other, height)| (other - x).abs() < 2.0 && (height - y).abs() > 0.5);
    same_year.all(|(_, height)| if *height < y { middle > *height } else { middle < *height })
}

/// Whether two rectangles of letters are read as two numbers.
pub(crate) fn are_apart([left, top, right, bottom]: [f64; 4], [l, t, r, b]: [f64; 4]) -> bool {
    let gap = APART * (bottom - top).max(b - t);
    right + gap <= l || r + gap <= left || bottom <= t || b <= top
}

/// Distance of a point from a rectangle; zero inside.
fn distance([left, top, right, bottom]: [f64; 4], (x, y): (f64, f64)) -> f64 {
    let (dx, dy) = ((left - x).max(x - right).max(0.0), (top - y).max(y - bottom).max(0.0));
    (dx * dx + dy * dy).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rectangle_is_nearest_to_a_marker_by_its_edges_and_not_by_a_hair() {
        let area = [100.0, 100.0, 150.0, 115.0];
        // Ten below its middle, and twenty to the left of its edge.
        assert!(is_nearest(area, (125.0, 125.0), &[(125.0, 125.0), (80.0, 110.0)]));
        // Ten against twelve is too little to tell.
        assert!(!is_nearest(area, (125.0, 125.0), &[(125.0, 125.0), (88.0, 110.0)]));
        assert!(!is_nearest(area, (125.0, 125.0), &[(125.0, 125.0), (90.0, 110.0)]));
        assert!(is_nearest(area, (125.0, 125.0), &[(125.0, 125.0)]));
        // Of two markers in one place the colour of the value says which it is of.
        assert!(is_nearest(area, (125.0, 125.0), &[(125.0, 118.0)]));
    }

    #[test]
    fn a_line_to_a_marker_keeps_off_the_others() {
        let (own, line) = ((100.0, 200.0), [(100.0, 100.0), (100.0, 191.0)]);
        assert!(passes_none(line, own, &[own, (113.0, 150.0), (100.0, 85.0)]));
        assert!(!passes_none(line, own, &[own, (108.0, 150.0)]));
        assert!(!passes_none(line, own, &[own, (100.0, 182.0)]));
    }

    #[test]
    fn numbers_in_one_line_are_apart_by_a_digit_and_in_two_lines_by_nothing() {
        let area = [100.0, 100.0, 150.0, 120.0];
        assert!(are_apart(area, [166.0, 100.0, 200.0, 120.0]));
        assert!(!are_apart(area, [165.0, 105.0, 200.0, 120.0]));
        assert!(are_apart(area, [100.0, 120.0, 150.0, 140.0]));
    }
}
