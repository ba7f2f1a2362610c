//! The trajectory of boxes: how much of the cases each covers, and how dense cases are in it.

use crate::table::Table;
use crate::table::declared::CHART_TRAJECTORY;
use crate::wording::{self, Text};

use super::axis::{self, across, exact};
use crate::draw::Credits;
use crate::draw::canvas::{Anchor, Canvas};
use crate::draw::drawing::Drawing;
use crate::draw::frame::{self, Frame, Span};
use crate::draw::marker::{self, Marker};
use crate::draw::sheet::Ink;
use crate::draw::style::Style;
use crate::draw::text::{self, Weight};
use crate::draw::ticks::Scale;

/// All boxes on the way from everything to few futures.
#[derive(Clone, Debug, PartialEq)]
pub struct Boxes {
    /// Title above the chart.
    pub title: Text,
    /// The condition that the futures share, as the subtitle says it.
    pub condition: String,
    /// The boxes in order.
    pub boxes: Vec<BoxPoint>,
    /// Place of the one that is shown.
    pub shown: usize,
    /// Share of cases among all futures.
    pub base_rate: f64,
    /// Where the numbers come from.
    pub credits: Credits,
}

/// A box on the way.
#[derive(Clone, Debug, PartialEq)]
pub struct BoxPoint {
    /// How it came out of the one before: `peel`.
    pub step: String,
    /// Number of inputs that it limits.
    pub inputs: usize,
    /// Share of the cases in it.
    pub coverage: f64,
    /// Share of cases among what is in it.
    pub density: f64,
}

/// Words in the plot, laid out before anything is drawn.
struct Note {
    words: String,
    /// Left end of the baseline.
    at: (f64, f64),
    ink: Ink,
}

impl Note {
    fn area(&self) -> [f64; 4] {
        let ((x, y), size) = (self.at, self.ink.size);
        [x, y - 0.8 * size, x + text::width(&self.words, size, self.ink.weight), y + 0.26 * size]
    }
}

impl BoxPoint {
    /// Where it stands; nowhere if nothing lies in it.
    fn point(&self) -> Option<(f64, f64)> {
        (self.coverage.is_finite() && self.density.is_finite()).then_some((self.coverage, self.density))
    }
}

impl Boxes {
    pub(crate) fn draw(&self, style: Style) -> Drawing {
        let scale = style.preset.canvas().2;
        let dropped = self.boxes.iter().any(|it| it.step == "drop");
        let hollow = if dropped { ", hollow if inputs were left out of it" } else { "" };
        let subtitle: [Span; 1] = [(
            format!(
                "Where {}. Each dot is a rule, narrower from right to left{hollow}; up: share of its futures where it is so, %",
                self.condition
            ),
            None,
        )];
        let caveat = "Judged on draws that the rules were not found on; rules on assumptions and not on causes.";
        let frame =
            Frame { title: self.title.clone(), subtitle: &subtitle, credits: &self.credits, caveat, column: 720.0 };
        let (mut canvas, [left, top, right, bottom]) = frame::sheet(style, &frame);
        self.plot(&mut canvas, style, [left, top + 46.0 * scale, right, bottom - 72.0 * scale]);
        canvas.finish("trajectory", self.alt(), self.table())
    }

    fn plot(&self, canvas: &mut Canvas, style: Style, [left, top, right, bottom]: [f64; 4]) {
        let (palette, scale) = (style.theme.palette(), style.preset.canvas().2);
        let quarters = [0.0, 0.25, 0.5, 0.75, 1.0];
        // From zero, and only as far up as there are shares.
        let axis = self.up();
        let highest = axis.labelled.last().copied();
        let words = |share: f64, last: Option<f64>| {
            let words = exact(share, "share");
            if Some(share) == last { words } else { words.trim_end_matches('%').to_owned() }
        };
        let ink = Ink::new(20.0 * scale, Weight::Regular, palette.mute);
        let left = left + text::width("100%", ink.size, ink.weight) + 14.0;
        let right = right - 0.5 * text::width("100%", ink.size, ink.weight);
        let x = |share: f64| left + share.clamp(0.0, 1.0) * (right - left);
        let y = |share: f64| bottom - axis.place(share).clamp(0.0, 1.0) * (bottom - top);
        canvas.axis(&axis, axis.labelled.len(), false);
        let place = |(coverage, density): (f64, f64)| (x(coverage), y(density));
        let notes = self.notes(style, [left, top, right, bottom], &place);
        let taken: Vec<[f64; 4]> = notes.iter().map(Note::area).collect();
        for share in &axis.labelled {
            across(canvas, (left, right, y(*share)), &taken, (palette.grid, 1.5, ""));
            canvas.text(&words(*share, highest), (left - 12.0, y(*share) + 7.0 * scale), Anchor::End, ink);
        }
        for share in quarters {
            canvas.text(&words(share, Some(1.0)), (x(share), bottom + 31.0 * scale), Anchor::Middle, ink);
        }
        canvas.line((left, bottom), (right, bottom), palette.axis, 1.5, "");
        let strong = Ink::new(19.0 * scale, Weight::SemiBold, palette.sub);
        let name = axis::lines("Share of such futures that the rule covers", strong, right - left);
        axis::write(canvas, &name, (left, bottom + 60.0 * scale), strong);
        across(canvas, (left, right, y(self.base_rate)), &taken, (palette.ink, 1.5, "6 5"));
        canvas.enter_plot([left, top, right, bottom]);
        self.points(canvas, style, &place);
        canvas.leave_plot();
        for note in notes {
            canvas.text(&note.words, note.at, Anchor::Start, note.ink);
        }
    }

    /// The scale of densities.
    fn up(&self) -> Scale {
        let all = self.boxes.iter().filter_map(BoxPoint::point).map(|it| it.1).chain([self.base_rate]);
        let axis = Scale::linear(0.0, all.fold(0.01, f64::max).min(1.0));
        let last = axis.domain.1.min(1.0);
        Scale { domain: (0.0, last), labelled: axis.labelled.into_iter().filter(|it| *it <= last).collect(), ..axis }
    }

    /// The line from box to box with a dot for each, those that leave out inputs hollow, and the shown one larger.
    fn points(&self, canvas: &mut Canvas, style: Style, place: &dyn Fn((f64, f64)) -> (f64, f64)) {
        let palette = style.theme.palette();
        let peeled = self.boxes.iter().filter(|it| it.step != "drop");
        let line: Vec<(f64, f64)> = peeled.filter_map(BoxPoint::point).map(place).collect();
        canvas.polyline(&line, palette.gap, 2.0, "");
        for it in &self.boxes {
            if let Some((x, y)) = it.point().map(place) {
                let fill = if it.step == "drop" { palette.ground } else { palette.gap };
                let around = |radius: f64| {
                    (0..12).map(move |corner| {
                        let angle = f64::from(corner) * std::f64::consts::PI / 6.0;
                        (x + radius * libm::cos(angle), y + radius * libm::sin(angle))
                    })
                };
                canvas.polygon(&around(5.5).collect::<Vec<_>>(), palette.gap, 1.0);
                canvas.polygon(&around(3.0).collect::<Vec<_>>(), fill, 1.0);
            }
        }
        if let Some(point) = self.boxes.get(self.shown).and_then(BoxPoint::point).map(place) {
            marker::draw(canvas, Marker::Diamond, point, (palette.ink, palette.ink, palette.ground));
        }
    }

    /// The words at the shown box, and on the line of all futures, where they disturb least.
    fn notes(
        &self,
        style: Style,
        [left, top, right, bottom]: [f64; 4],
        place: &dyn Fn((f64, f64)) -> (f64, f64),
    ) -> Vec<Note> {
        let (palette, scale) = (style.theme.palette(), style.preset.canvas().2);
        let plain = Ink::new(18.0 * scale, Weight::Regular, palette.ink).over(palette.ground);
        let strong = Ink { weight: Weight::SemiBold, ..plain };
        let dots: Vec<(f64, f64)> = self.boxes.iter().filter_map(BoxPoint::point).map(place).collect();
        let base = place((0.0, self.base_rate)).1;
        let grid: Vec<f64> = self.up().labelled.iter().map(|share| place((0.0, *share)).1).collect();
        let harm = |note: &Note, others: &[Note]| {
            let [l, t, r, b] = note.area();
            let on_dots =
                dots.iter().filter(|(x, y)| l - 8.0 < *x && *x < r + 8.0 && t - 8.0 < *y && *y < b + 8.0).count();
            let touches =
                others.iter().map(Note::area).any(|[l2, t2, r2, b2]| l < r2 + 8.0 && l2 < r + 8.0 && t < b2 && t2 < b);
            let outside = l < left || r > right || b > bottom - 2.0 || t < top - 20.0;
            let on_line = grid.iter().chain([&base]).any(|y| t - 2.0 < *y && *y < b + 2.0);
            (200 * usize::from(outside) + 100 * usize::from(touches) + 20 * on_dots.min(4)) + 5 * usize::from(on_line)
        };
        let best = |all: Vec<(f64, f64)>, words: &str, ink: Ink, others: &[Note]| {
            let notes = all.into_iter().map(|at| Note { words: words.to_owned(), at, ink });
            notes.min_by_key(|note| harm(note, others))
        };
        let mut notes = Vec::new();
        if let Some(it) = self.boxes.get(self.shown)
            && let Some((x, y)) = it.point().map(place)
        {
            let words = format!("the rule: {} {}", it.inputs, if it.inputs == 1 { "input" } else { "inputs" });
            let wide = text::width(&words, strong.size, strong.weight);
            let heights = [-14.0, 30.0, -34.0, 50.0, -60.0, 76.0].map(|by| y + by * scale);
            let all = heights.into_iter().flat_map(|y| [x + 12.0, x - 12.0 - wide].map(|x| (x, y)));
            notes.extend(best(all.collect(), &words, strong, &notes));
        }
        let words = format!("all futures {}", wording::percent(self.base_rate));
        let wide = text::width(&words, plain.size, plain.weight);
        let heights = [base + 24.0 * scale, base - 10.0 * scale];
        let all = heights.into_iter().flat_map(|y| [left + 6.0, right - 6.0 - wide].map(|x| (x, y)));
        notes.extend(best(all.collect(), &words, plain, &notes));
        notes
    }

    fn alt(&self) -> String {
        let mut alt = format!(
            "Scatter of {} rules for the futures where {}: coverage across, density up. All futures: {}.",
            self.boxes.len(),
            self.condition,
            wording::percent(self.base_rate)
        );
        if let Some(it) = self.boxes.get(self.shown) {
            let (coverage, density) = (wording::percent(it.coverage), wording::percent(it.density));
            alt += &format!(" The rule shown covers {coverage} with a density of {density}.");
        }
        alt
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&CHART_TRAJECTORY);
        for (place, it) in self.boxes.iter().enumerate() {
            table.push([
                (place as u64).into(),
                it.step.as_str().into(),
                (it.inputs as u64).into(),
                it.coverage.into(),
                it.density.into(),
                self.base_rate.into(),
                if place == self.shown { "shown" } else { "" }.into(),
            ]);
        }
        table
    }
}
