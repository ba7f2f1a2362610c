//! Values beside observed points: each so near to its own marker that no reader takes it for another year's, and with a
//! star where it follows from other figures.

use crate::chart::cited;
use crate::chart::year::Seen;
use crate::draw::canvas::{Anchor, Canvas};
use crate::draw::place::{are_apart, is_nearest, keeps_order, passes_none};
use crate::draw::sheet::{Ink, TextBox};
use crate::draw::style::Style;
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
    // Last beside the marker over its own fan, which has no other text there: for one that stands at the foot of a plot.
    let beside = (x + 12.0, laid.height(last.value) - 1.0, Anchor::Start);
    value(laid, canvas, (series, last), &[near, other, (x, above, Anchor::Middle), up, down, beside]);
    if !names_first(laid.style) || first.year == last.year {
        return;
    }
    let x = laid.x(f64::from(first.year));
    let [over, under] = rows(laid, first).map(|row| (x, row, Anchor::Middle));
    let beside = (x - 14.0, laid.height(first.value) + 7.0 * scale, Anchor::End);
    let outside = [over, under].map(|(x, row, _)| (x + 6.0, row, Anchor::End));
    // Over the line that falls to the right of it, or under the one that rises.
    let inside = [over, under].map(|(x, row, _)| (x - 6.0, row, Anchor::Start));
    let spots = if rises {
        [under, inside[1], over, beside, outside[1], outside[0]]
    } else {
        [over, inside[0], under, beside, outside[0], outside[1]]
    };
    value(laid, canvas, (series, first), &spots);
}

/// Whether the first observed year has its value: a column has room for the one that everything starts from.
fn names_first(style: Style) -> bool {
    !style.preset.is_narrow()
}

/// Whether one of the values that a panel names follows from other figures.
pub(crate) fn names_derived(seen: &[Seen], style: Style) -> bool {
    let first = seen.first().filter(|_| names_first(style));
    first.into_iter().chain(seen.last()).any(|seen| seen.derived)
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
    let star = if seen.derived { "*" } else { "" };
    let text = Text::from((laid.panel.seen_label)(&cited::observed(&series.cell, seen))) + star;
    let words = text.text();
    let ink = Ink::new(19.0 * scale, Weight::SemiBold, series.text).over(laid.style.theme.palette().ground);
    let marker = (laid.x(f64::from(seen.year)), laid.height(seen.value));
    let (markers, labels) = canvas.value_labels();
    let letters_of = |text: &TextBox| crate::draw::place::letters(text);
    let others: Vec<[f64; 4]> = labels.iter().map(|label| letters_of(&canvas.texts()[label.text])).collect();
    // A value in the row of an axis label reads as another label of that axis.
    let ticks: Vec<[f64; 4]> = canvas.texts().iter().filter(|it| is_left_of(laid, it)).map(letters_of).collect();
    let alone = |spot: &Spot| {
        let area = room::letters(&words, ink, *spot);
        others.iter().all(|other| are_apart(area, *other)) && ticks.iter().all(|tick| is_no_tick(area, *tick))
    };
    let near = |spot: &Spot| is_nearest(room::letters(&words, ink, *spot), marker, markers);
    let in_place = |spot: &Spot| {
        let area = room::letters(&words, ink, *spot);
        is_on_its_side(laid, seen, area) && keeps_order(area, marker, markers)
    };
    let found = room::free(laid, canvas, (&words, ink), spots).find(|spot| alone(spot) && near(spot) && in_place(spot));
    if let Some((x, baseline, anchor)) = found {
        canvas.said(&text, (x, baseline), anchor, ink);
        canvas.says_value_of(marker, None);
        return;
    }
    let [above, below] = rows(laid, seen);
    let far = [above - 24.0 * scale, below + 22.0 * scale];
    let anchors = [(0.0, Anchor::Middle), (8.0, Anchor::End), (-8.0, Anchor::Start)];
    let far = far.map(|row| anchors.map(|(aside, anchor)| (marker.0 + aside, row, anchor))).concat();
    let leader = |spot: Spot| {
        let [left, top, right, bottom] = room::letters(&words, ink, spot);
        let (edge, side) = if bottom < marker.1 { (bottom + 4.0, -9.0) } else { (top - 4.0, 9.0) };
        [(marker.0.clamp(left, right), edge), (marker.0, marker.1 + side)]
    };
    let leads_home = |spot: &Spot| passes_none(leader(*spot), marker, markers);
    let found =
        room::free(laid, canvas, (&words, ink), &far).find(|spot| alone(spot) && leads_home(spot) && in_place(spot));
    if let Some((x, baseline, anchor)) = found {
        let line = leader((x, baseline, anchor));
        for [from, to] in around(line, &others) {
            canvas.line(from, to, series.colour, 1.5, "");
        }
        canvas.said(&text, (x, baseline), anchor, ink);
        canvas.says_value_of(marker, Some(line));
    }
}

/// A line without what of it runs through the letters of a value between its ends.
fn around([from, to]: [(f64, f64); 2], letters: &[[f64; 4]]) -> Vec<[(f64, f64); 2]> {
    let at = |y: f64| (from.0 + (to.0 - from.0) * (y - from.1) / (to.1 - from.1), y);
    let (top, bottom) = (from.1.min(to.1), from.1.max(to.1));
    let between = letters.iter().find(|[left, upper, right, lower]| {
        let x = at(0.5 * (upper + lower)).0;
        *upper > top && *lower < bottom && x > left - 3.0 && x < right + 3.0
    });
    let Some([_, upper, _, lower]) = between else { return vec![[from, to]] };
    let (above, below) = (at(upper - 4.0), at(lower + 4.0));
    if from.1 < to.1 { vec![[from, above], [below, to]] } else { vec![[from, below], [above, to]] }
}

/// Whether a text stands where the labels of the panel's axis do.
fn is_left_of(laid: &Laid, text: &TextBox) -> bool {
    let [left, top, right, bottom] = text.area;
    left >= laid.panel.area[0] - 1.0 && right <= laid.left && bottom >= laid.top - 20.0 && top <= laid.bottom + 10.0
}

/// Whether a value is so far from an axis label, or in another row, that it is none itself.
fn is_no_tick([left, top, _, bottom]: [f64; 4], [_, upper, right, lower]: [f64; 4]) -> bool {
    left - right >= TICK_APART * (bottom - top) || bottom <= upper || lower <= top
}

/// Least room between an axis label and a value in its row, as a share of the height of the value.
const TICK_APART: f64 = 2.2;

/// Whether a value stands on the side of zero that it is on, where a linear scale has both.
fn is_on_its_side(laid: &Laid, seen: &Seen, [_, top, _, baseline]: [f64; 4]) -> bool {
    let scale = &laid.panel.scale;
    if scale.log || scale.domain.0 >= 0.0 || scale.domain.1 <= 0.0 {
        return true;
    }
    let zero = laid.height(0.0);
    if seen.value < 0.0 { top >= zero } else { baseline <= zero }
}
