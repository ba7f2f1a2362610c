//! Where a label of a panel has room: clear of other texts, of markers and of the panel's edges.

use crate::draw::canvas::{Anchor, Canvas};
use crate::draw::sheet::Ink;
use crate::draw::text;

use super::panel::Laid;

/// Where a text may stand: a point of its baseline, and which point of it that is.
pub(super) type Spot = (f64, f64, Anchor);

/// The rectangle of capitals and digits of a text at a spot: left, top, right, baseline.
pub(super) fn letters(words: &str, ink: Ink, (x, baseline, anchor): Spot) -> [f64; 4] {
    let width = text::width(words, ink.size, ink.weight);
    let left = match anchor {
        Anchor::Start => x,
        Anchor::Middle => x - width / 2.0,
        Anchor::End => x - width,
    };
    [left, baseline - 0.74 * ink.size, left + width, baseline]
}

/// Those of some spots at which a text touches no other text, no marker and no edge.
pub(super) fn free<'a>(
    laid: &Laid,
    canvas: &Canvas,
    (words, ink): (&'a str, Ink),
    spots: &'a [Spot],
) -> impl Iterator<Item = Spot> + use<'a> {
    let markers = laid.panel.series.iter().flat_map(|series| &series.seen).map(|seen| {
        let (x, y) = (laid.x(f64::from(seen.year)), laid.height(seen.value));
        [x - 9.0, y - 9.0, x + 9.0, y + 9.0]
    });
    let taken: Vec<[f64; 4]> = canvas.texts().iter().map(|text| text.area).chain(markers).collect();
    let (edge, top, bottom) = (laid.panel.area[0], laid.top - 30.0, laid.bottom);
    spots.iter().copied().filter(move |spot| {
        let [left, upper, right, baseline] = letters(words, ink, *spot);
        let lower = baseline + 2.0;
        let clear = |[l, t, r, b]: &[f64; 4]| right <= *l || *r <= left || lower <= *t || *b <= upper;
        left >= edge && upper >= top && lower <= bottom && taken.iter().all(clear)
    })
}

/// Writes a text at the first spot that is free.
pub(super) fn write(laid: &Laid, canvas: &mut Canvas, (words, ink): (&str, Ink), spots: &[Spot]) {
    let found = free(laid, canvas, (words, ink), spots).next();
    if let Some((x, baseline, anchor)) = found {
        canvas.text(words, (x, baseline), anchor, ink);
    }
}
