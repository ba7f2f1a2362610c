//! The name of an axis: whole words in as many lines as they take, since a name that is cut off names nothing.

use crate::draw::canvas::{Anchor, Canvas};
use crate::draw::sheet::Ink;
use crate::draw::text;

/// The lines of a name in this room, as even as they can be.
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
