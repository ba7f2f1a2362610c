//! Markers of observed points and of the ends of medians: the second code beside colour.

use super::canvas::Canvas;
use super::theme::{Rgb, hex};

/// Shape of a marker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Marker {
    Circle,
    Square,
    Diamond,
}

/// A marker with a halo, so that it stands out of the line: fill, edge, ground.
pub(crate) fn draw(canvas: &mut Canvas, marker: Marker, (x, y): (f64, f64), (fill, edge, ground): (Rgb, Rgb, Rgb)) {
    let shape = |grow: f64| match marker {
        Marker::Circle => format!("<circle cx=\"{x:.2}\" cy=\"{y:.2}\" r=\"{:.2}\"", 6.0 + grow),
        Marker::Square => {
            let half = 5.5 + grow;
            format!("<rect x=\"{:.2}\" y=\"{:.2}\" width=\"{2:.2}\" height=\"{2:.2}\"", x - half, y - half, 2.0 * half)
        }
        Marker::Diamond => {
            let half = 7.5 + grow;
            format!(
                "<path d=\"M{:.2} {y:.2}L{x:.2} {:.2}L{:.2} {y:.2}L{x:.2} {:.2}Z\"",
                x - half,
                y - half,
                x + half,
                y + half
            )
        }
    };
    canvas.marker((x, y));
    canvas.mark([x - 7.5, y - 7.5, x + 7.5, y + 7.5], edge);
    canvas.raw(&format!("{} fill=\"{}\"/>", shape(2.5), hex(ground)));
    canvas.raw(&format!("{} fill=\"{}\" stroke=\"{}\" stroke-width=\"3\"/>", shape(0.0), hex(fill), hex(edge)));
}
