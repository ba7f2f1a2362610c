//! An upright line that stops where words stand.

use crate::draw::canvas::Canvas;
use crate::draw::theme::Rgb;

/// Draws an upright line of this colour, width and dash from top to bottom, but not through the areas that are taken.
pub(super) fn broken(
    canvas: &mut Canvas,
    (x, top, bottom): (f64, f64, f64),
    taken: &[[f64; 4]],
    (colour, width, dash): (Rgb, f64, &str),
) {
    let mut gaps: Vec<(f64, f64)> =
        taken.iter().filter(|[left, _, right, _]| left - 4.0 < x && x < right + 4.0).map(|it| (it[1], it[3])).collect();
    gaps.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut from = top;
    for (upper, lower) in gaps {
        if upper - from > 3.0 {
            canvas.rule((x, from), (x, upper), colour, width, dash);
        }
        from = from.max(lower);
    }
    if bottom - from > 3.0 {
        canvas.rule((x, from), (x, bottom), colour, width, dash);
    }
}
