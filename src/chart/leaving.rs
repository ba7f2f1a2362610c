//! What leaves a plot at its upper or lower edge: lines that are cut there, and an arrow with the number.

use crate::draw::canvas::{Anchor, Canvas};
use crate::draw::sheet::Ink;
use crate::draw::style::Style;
use crate::draw::text::Weight;
use crate::draw::theme::Rgb;
use crate::wording::Text;

/// A line cut at the upper and the lower edge of a plot, with a point where it meets them.
pub(super) fn cut(points: &[(f64, f64)], [top, bottom]: [f64; 2]) -> Vec<(f64, f64)> {
    let mut found: Vec<(f64, f64)> = Vec::new();
    for (place, &(x, y)) in points.iter().enumerate() {
        if let Some(&(from, before)) = place.checked_sub(1).and_then(|place| points.get(place)) {
            for edge in [top, bottom] {
                if (before < edge) != (y < edge) {
                    found.push((from + (edge - before) / (y - before) * (x - from), edge));
                }
            }
        }
        found.push((x, y.clamp(top, bottom)));
    }
    found
}

/// An arrow at the right end of the edge where a line leaves, with its last value.
pub(super) fn arrow(
    canvas: &mut Canvas,
    style: Style,
    (colour, words): (Rgb, &Text),
    (right, [top, bottom]): (f64, [f64; 2]),
    up: bool,
) {
    let scale = style.preset.canvas().2;
    let (tip, back) = if up { (top, 1.0) } else { (bottom, -1.0) };
    let (foot, half) = (tip + 13.0 * scale * back, 8.0 * scale);
    canvas.polygon(&[(right - 2.0 * half, foot), (right - half, tip), (right, foot)], colour, 1.0);
    let ink = Ink::new(18.0 * scale, Weight::SemiBold, colour).over(style.theme.palette().ground);
    let y = if up { tip + 14.0 * scale } else { tip - 2.0 };
    canvas.said(words, (right - 2.0 * half - 6.0, y), Anchor::End, ink);
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn a_line_is_cut_where_it_meets_an_edge() {
        let line = [(0.0, 50.0), (10.0, 30.0), (20.0, -10.0)];
        assert_eq!(cut(&line, [0.0, 100.0]), [(0.0, 50.0), (10.0, 30.0), (17.5, 0.0), (20.0, 0.0)]);
        assert_eq!(cut(&line[..2], [0.0, 100.0]), line[..2]);
    }
}
