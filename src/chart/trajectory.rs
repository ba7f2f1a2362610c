//! The trajectory of boxes: how much of the cases each covers, and how dense cases are in it.

use crate::table::Table;
use crate::table::declared::CHART_TRAJECTORY;
use crate::wording::{self, Text};

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
        let axis = Scale { log: false, domain: (0.0, 1.0), labelled: quarters.to_vec(), faint: Vec::new() };
        let words = |share: f64| if share == 1.0 { "100%".to_owned() } else { wording::count(100.0 * share) };
        let ink = Ink::new(20.0 * scale, Weight::Regular, palette.mute);
        let left = left + text::width("100%", ink.size, ink.weight) + 14.0;
        let right = right - 0.5 * text::width("100%", ink.size, ink.weight);
        let x = |share: f64| left + share.clamp(0.0, 1.0) * (right - left);
        let y = |share: f64| bottom - share.clamp(0.0, 1.0) * (bottom - top);
        canvas.axis(&axis, quarters.len(), false);
        for share in quarters {
            canvas.line((left, y(share)), (right, y(share)), palette.grid, 1.5, "");
            canvas.text(&words(share), (left - 12.0, y(share) + 7.0 * scale), Anchor::End, ink);
            canvas.text(&words(share), (x(share), bottom + 31.0 * scale), Anchor::Middle, ink);
        }
        canvas.line((left, bottom), (right, bottom), palette.axis, 1.5, "");
        let strong = Ink::new(19.0 * scale, Weight::SemiBold, palette.sub);
        let name = text::fitted("Share of such futures that the rule covers", strong.size, strong.weight, right - left);
        canvas.text(&name, (left, bottom + 60.0 * scale), Anchor::Start, strong);
        let base = y(self.base_rate);
        canvas.line((left, base), (right, base), palette.ink, 1.5, "6 5");
        canvas.enter_plot([left, top, right, bottom]);
        self.points(canvas, style, &|(coverage, density)| (x(coverage), y(density)));
        canvas.leave_plot();
        self.notes(canvas, style, [left, top, right, bottom]);
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

    /// The words at the shown box, and on the line of all futures.
    fn notes(&self, canvas: &mut Canvas, style: Style, [left, top, right, bottom]: [f64; 4]) {
        let (palette, scale) = (style.theme.palette(), style.preset.canvas().2);
        let plain = Ink::new(18.0 * scale, Weight::Regular, palette.ink).over(palette.ground);
        let strong = Ink { weight: Weight::SemiBold, ..plain };
        let height = bottom - top;
        let base = bottom - self.base_rate.clamp(0.0, 1.0) * height;
        let shown = self.boxes.get(self.shown).and_then(BoxPoint::point);
        let words = format!("all futures {}", wording::percent(self.base_rate));
        let at_right = shown.is_none_or(|(coverage, _)| coverage < 0.5);
        let sides = [at_right, !at_right].map(|at_right| match at_right {
            true => (right - 6.0, Anchor::End),
            false => (left + 6.0, Anchor::Start),
        });
        let below = bottom - base > 34.0 * scale;
        let (under, over) = (base + 24.0 * scale, base - 10.0 * scale);
        let heights = if below { [under, over] } else { [over, under] };
        let taken = self.rule_words(canvas, strong, [left, top, right, bottom]);
        // Below the line where there is room, away from the rule, and never in its words.
        let wide = text::width(&words, plain.size, plain.weight);
        let free = |(y, (x, anchor)): &(f64, (f64, Anchor))| {
            let from = if *anchor == Anchor::End { x - wide } else { *x };
            taken.is_none_or(|[l, t, r, b]| {
                from > r + 8.0 || from + wide < l - 8.0 || *y - 0.8 * plain.size > b || y + 0.3 * plain.size < t
            })
        };
        let places = heights.into_iter().flat_map(|y| sides.map(|side| (y, side)));
        let (y, (x, anchor)) = places.clone().find(free).unwrap_or((heights[0], sides[0]));
        canvas.text(&words, (x, y), anchor, plain);
    }

    /// The words at the shown box, and where they stand.
    fn rule_words(&self, canvas: &mut Canvas, strong: Ink, [left, top, right, bottom]: [f64; 4]) -> Option<[f64; 4]> {
        let (scale, height) = (strong.size / 18.0, bottom - top);
        let (coverage, density) = self.boxes.get(self.shown).and_then(BoxPoint::point)?;
        let (x, y) = (left + coverage.clamp(0.0, 1.0) * (right - left), bottom - density.clamp(0.0, 1.0) * height);
        let inputs = self.boxes[self.shown].inputs;
        let words = format!("the rule: {inputs} {}", if inputs == 1 { "input" } else { "inputs" });
        // The line falls from left to right, so there is room above it to the right and below it to the left.
        let fits = x + 12.0 + text::width(&words, strong.size, strong.weight) <= right;
        let (at, anchor) = match fits {
            true => ((x + 12.0, y - 14.0 * scale), Anchor::Start),
            false if bottom - y > 44.0 * scale => ((x - 12.0, y + 30.0 * scale), Anchor::End),
            false => ((x - 12.0, y - 16.0 * scale), Anchor::End),
        };
        canvas.text(&words, at, anchor, strong);
        canvas.texts().last().map(|text| text.area)
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
