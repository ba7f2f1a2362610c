//! Values beside observed points: each so near to its own marker that no reader takes it for another year's.

use crate::chart::cited;
use crate::chart::year::Seen;
use crate::draw::canvas::{Anchor, Canvas};
use crate::draw::place::{are_apart, is_nearest, passes_none};
use crate::draw::sheet::Ink;
use crate::draw::text::Weight;
use crate::wording::Text;

use super::panel::{FanSeries, Laid};
use super::room::{self, Spot};

/// Values of the first and the last observed year, on the side where the line between them does not run, or on another one
/// where that is taken; a value without room is left to the table.
pub(super) fn observed(laid: &Laid, canvas: &mut Canvas, series: &FanSeries) {
    let (Some(first), Some(last)) = (series.seen.first(), series.seen.last()) else { return };
    let scale = laid.style.preset.canvas().2;
    let rises = laid.height(first.value) - laid.height(last.value) > 40.0;
    let x = laid.x(f64::from(last.year));
    let [above, below] = rows(laid, last);
    let (over, under) = ((x - 12.0, above, Anchor::End), (x - 4.0, below, Anchor::Middle));
    let [near, other] = if rises { [over, under] } else { [under, over] };
    let aside = [above, below].map(|row| (x - 6.0, row, Anchor::Start));
    let [up, down] = if rises { aside } else { [aside[1], aside[0]] };
    value(laid, canvas, (series, last), &[near, other, (x, above, Anchor::Middle), up, down]);
    // A column has room for the value that everything starts from.
    if first.year == last.year || laid.style.preset.is_narrow() {
        return;
    }
    let x = laid.x(f64::from(first.year));
    let [over, under] = rows(laid, first).map(|row| (x, row, Anchor::Middle));
    let beside = (x - 14.0, laid.height(first.value) + 7.0 * scale, Anchor::End);
    let outside = [over, under].map(|(x, row, _)| (x + 6.0, row, Anchor::End));
    let spots = if rises {
        [under, over, beside, outside[1], outside[0]]
    } else {
        [over, under, beside, outside[0], outside[1]]
    };
    value(laid, canvas, (series, first), &spots);
}

/// Baselines of what stands above and below a point and the whiskers of its rounding.
fn rows(laid: &Laid, seen: &Seen) -> [f64; 2] {
    let scale = laid.style.preset.canvas().2;
    [laid.height(seen.high.max(seen.value)) - 14.0, laid.height(seen.low.min(seen.value)) + 30.0 * scale]
}

/// Writes a value at the first free spot that is nearest to its marker; where there is none, farther off with a line that
/// leads to it.
fn value(laid: &Laid, canvas: &mut Canvas, (series, seen): (&FanSeries, &Seen), spots: &[Spot]) {
    let scale = laid.style.preset.canvas().2;
    let text = Text::from((laid.panel.seen_label)(&cited::observed(&series.cell, seen)));
    let words = text.text();
    let ink = Ink::new(19.0 * scale, Weight::SemiBold, series.text).over(laid.style.theme.palette().ground);
    let marker = (laid.x(f64::from(seen.year)), laid.height(seen.value));
    let (markers, labels) = canvas.value_labels();
    let others = labels.iter().map(|label| crate::draw::place::letters(&canvas.texts()[label.text]));
    let others: Vec<[f64; 4]> = others.collect();
    let alone = |spot: &Spot| others.iter().all(|other| are_apart(room::letters(&words, ink, *spot), *other));
    let near = |spot: &Spot| is_nearest(room::letters(&words, ink, *spot), marker, markers);
    let found = room::free(laid, canvas, (&words, ink), spots).find(|spot| alone(spot) && near(spot));
    if let Some((x, baseline, anchor)) = found {
        canvas.said(&text, (x, baseline), anchor, ink);
        canvas.says_value_of(marker, None);
        derived(laid, canvas, seen, (x, baseline, anchor));
        return;
    }
    let [above, below] = rows(laid, seen);
    let far = [above - 24.0 * scale, below + 22.0 * scale];
    let far = far.map(|row| [(marker.0, row, Anchor::Middle), (marker.0 + 8.0, row, Anchor::End)]).concat();
    let leader = |spot: Spot| {
        let [left, top, right, bottom] = room::letters(&words, ink, spot);
        let (edge, side) = if bottom < marker.1 { (bottom + 4.0, -9.0) } else { (top - 4.0, 9.0) };
        [(marker.0.clamp(left, right), edge), (marker.0, marker.1 + side)]
    };
    let leads_home = |spot: &Spot| passes_none(leader(*spot), marker, markers);
    let found = room::free(laid, canvas, (&words, ink), &far).find(|spot| alone(spot) && leads_home(spot));
    if let Some((x, baseline, anchor)) = found {
        let line = leader((x, baseline, anchor));
        canvas.line(line[0], line[1], series.colour, 1.5, "");
        canvas.said(&text, (x, baseline), anchor, ink);
        canvas.says_value_of(marker, Some(line));
        derived(laid, canvas, seen, (x, baseline, anchor));
    }
}

/// Says that a value follows from other figures, beyond the value from its point.
fn derived(laid: &Laid, canvas: &mut Canvas, seen: &Seen, (x, baseline, anchor): Spot) {
    if !seen.derived {
        return;
    }
    let scale = laid.style.preset.canvas().2;
    let palette = laid.style.theme.palette();
    let note = Ink::new(16.0 * scale, Weight::Regular, palette.mute).over(palette.ground);
    let shift = if baseline < laid.height(seen.value) { -20.0 * scale } else { 20.0 * scale };
    room::write(laid, canvas, ("derived", note), &[(x, baseline + shift, anchor)]);
}
