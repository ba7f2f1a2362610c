//! Probability by year: the chances that the gap is wider or narrower than in the last observed year.

use std::fmt::Write;

use crate::summary::Probability as Share;
use crate::summary::Z_95;
use crate::table::declared::CHART_PROBABILITY;
use crate::table::{Field, Table};
use crate::wording::{self, Cited, Outlook, Text};

use crate::draw::Credits;
use crate::draw::canvas::{Anchor, Canvas};
use crate::draw::dodge;
use crate::draw::drawing::Drawing;
use crate::draw::frame::{self, Frame, Span};
use crate::draw::sheet::Ink;
use crate::draw::style::Style;
use crate::draw::text::{self, Weight};
use crate::draw::theme::{Palette, Rgb};
use crate::draw::ticks::{self, Scale};

/// Shares of paths by class, for each year; they add up to one.
#[derive(Clone, Debug, PartialEq)]
pub struct Classes {
    /// Calendar year of the shares.
    pub year: i32,
    /// Follow region ahead, less than half, below the level of the base year, above it, more than double. Where the follow
    /// region is ahead in the base year, the gap has three: its lead wider, narrower, the lead region ahead.
    pub shares: [f64; 5],
    /// Paths above the level of the base year.
    pub above: Cited<Share>,
}

/// Chances of a wider or narrower gap, in dollars and as a ratio.
#[derive(Clone, Debug, PartialEq)]
pub struct Probability {
    /// Classes of the gap in dollars, by year.
    pub dollars: Vec<Classes>,
    /// Classes of the ratio, by year.
    pub ratio: Vec<Classes>,
    /// What titles need.
    pub outlook: Outlook,
    /// Where the numbers come from.
    pub credits: Credits,
}

impl Probability {
    pub(crate) fn draw(&self, style: Style) -> Drawing {
        let scale = style.preset.canvas().2;
        let palette = style.theme.palette();
        let base = self.outlook.base_year;
        let subtitle: [Span; 5] = [
            ("Share of simulated paths, %, ".to_owned(), None),
            ("above".to_owned(), Some(palette.wider_text)),
            (" or ".to_owned(), None),
            ("below".to_owned(), Some(palette.narrower_text)),
            (format!(" the level of {base}. Bold figures: share above it"), None),
        ];
        // Of the two bold figures the less certain one: luck moves dollars more than ratios.
        let shares = [&self.outlook.wider_as_ratio, &self.outlook.wider_in_dollars];
        let error = 100.0 * Z_95 * shares.iter().map(|share| share.value.standard_error).fold(0.0, f64::max);
        let share = wording::probability(&self.outlook.trailer_ahead_so_far.value);
        let ahead = format!("{} ahead in some year until {}: {share}. ", self.outlook.trailer(), self.outlook.horizon);
        let caveat = format!("{ahead}Simulation error ±{error:.1} points (95%). Shares are rounded one by one.");
        let frame = Frame {
            title: wording::probability_title(&self.outlook),
            subtitle: &subtitle,
            credits: &self.credits,
            caveat: &caveat,
            column: 780.0,
        };
        let (mut canvas, area) = frame::sheet(style, &frame);
        let gap = self.outlook.gap.money(self.outlook.money);
        let ratio = self.outlook.about_ratio();
        let gutter = text::width("100%", 20.0 * scale, Weight::Regular) + 14.0;
        let tail = self.tail(style);
        let [left, top, right, bottom] = area;
        // Side by side, the scale at the left serves both panels.
        let ticks = if style.preset.stacks_panels() { 0.0 } else { gutter };
        let areas = frame::two_panels(style, [left + ticks, top + 16.0 * scale, right, bottom]);
        let panels = [
            (&self.dollars, format!("In {}", self.outlook.money.noun()), format!("{base} gap: {}", gap.text())),
            (&self.ratio, "As a ratio".to_owned(), format!("{base} ratio: {}", ratio.text())),
        ];
        for (place, ([left, top, right, bottom], (classes, head, words))) in areas.into_iter().zip(panels).enumerate() {
            let y = top + 30.0 * scale;
            frame::panel_head(&mut canvas, style, (left, y), &head, &words);
            let stacked = style.preset.stacks_panels();
            let left = if stacked { left + gutter } else { left };
            let area = [left, y + 20.0 * scale, right - tail, bottom - 40.0 * scale];
            self.columns(&mut canvas, style, area, (classes, &self.names(style, place == 0)), stacked || place == 0);
        }
        canvas.finish("probability", self.alt(), self.table())
    }

    /// Room for the labels of the last column.
    fn tail(&self, style: Style) -> f64 {
        let scale = style.preset.canvas().2;
        let names = [true, false].into_iter().flat_map(|of_gap| self.names(style, of_gap)).map(|name| {
            text::wrap(&name, 18.0 * scale, Weight::SemiBold, 110.0 * scale)
                .iter()
                .map(|line| text::width(line, 18.0 * scale, Weight::SemiBold))
                .fold(0.0, f64::max)
        });
        names.fold(0.0, f64::max) + text::width(" <0.01", 18.0 * scale, Weight::Regular) + 14.0
    }

    /// Names of the classes from the bottom up, of the gap or of the ratio; empty for one that there is not. In a column the
    /// colours of higher and lower have to say the rest.
    fn names(&self, style: Style, of_gap: bool) -> [String; 5] {
        let Outlook { lead, follow, .. } = &self.outlook;
        let (ahead, passed) = (format!("{follow} ahead"), format!("{lead} ahead"));
        let between = match (style.preset.is_narrow(), of_gap) {
            (true, _) => ["To half", "To double"],
            (false, true) => ["Narrower, down to half", "Wider, up to double"],
            (false, false) => ["Lower, down to half", "Higher, up to double"],
        };
        let names = match (of_gap, self.outlook.is_follow_leading()) {
            (true, true) => ["", "", "Lead wider", "Narrower, still ahead", passed.as_str()],
            (_, false) => [ahead.as_str(), "Less than half", between[0], between[1], "More than double"],
            (false, true) => ["", "Less than half", between[0], between[1], "More than double"],
        };
        names.map(str::to_owned)
    }

    fn columns(
        &self,
        canvas: &mut Canvas,
        style: Style,
        area: [f64; 4],
        (classes, names): (&[Classes], &[String; 5]),
        ticked: bool,
    ) {
        let palette = style.theme.palette();
        let scale = style.preset.canvas().2;
        let [left, top, right, bottom] = area;
        let y = |share: f64| bottom - share * (bottom - top);
        let mute = Ink::new(20.0 * scale, Weight::Regular, palette.mute);
        if ticked {
            for (share, words) in [(0.0, "0"), (0.25, "25"), (0.5, "50"), (0.75, "75"), (1.0, "100%")] {
                canvas.text(words, (left - 14.0, y(share) + 7.0 * scale), Anchor::End, mute);
            }
        }
        let step = (right - left) / classes.len().max(1) as f64;
        let width = (step - 3.0).min(90.0);
        let colours = class_colours(&palette);
        let years: Vec<i32> = classes.iter().map(|it| it.year).collect();
        let (first, last) = (years.first().copied().unwrap_or(0), years.last().copied().unwrap_or(0));
        let room = (step / (text::width("2030", mute.size, mute.weight) + 12.0) * years.len() as f64) as usize;
        let labelled = ticks::years(first, first, last, room.max(2));
        // The figures stand on the class of a wider gap, whose colour keeps the line of one half off them.
        let figure = Ink::new(18.0 * scale, Weight::SemiBold, palette.ink).over(colours[3]);
        let mut shown_right = f64::NEG_INFINITY;
        let place_of = |place: usize| left + step * (place as f64 + 0.5);
        canvas.enter_plot([left, top, right, bottom]);
        for (place, it) in classes.iter().enumerate() {
            let centre = place_of(place);
            let (from, to) = (centre - width / 2.0, centre + width / 2.0);
            let mut reached = 0.0;
            for (share, colour) in it.shares.iter().zip(colours) {
                canvas.rectangle([from, y(reached + share), to, y(reached)], colour);
                if *share > 0.0 && reached > 0.0 {
                    canvas.line((from, y(reached)), (to, y(reached)), palette.ground, 1.5, "");
                }
                reached += share;
            }
        }
        canvas.leave_plot();
        let share_scale = Scale { log: false, domain: (0.0, 1.0), labelled: Vec::new(), faint: Vec::new() };
        canvas.axis(&share_scale, 5, true);
        canvas.line((left - 6.0, y(0.5)), (right + 4.0, y(0.5)), palette.ink, 1.25, "2 5");
        for (place, it) in classes.iter().enumerate() {
            let centre = place_of(place);
            let (from, to) = (centre - width / 2.0, centre + width / 2.0);
            let narrower: f64 = it.shares[..3].iter().sum();
            canvas.line((from - 1.0, y(narrower)), (to + 1.0, y(narrower)), palette.ink, 3.5, "");
            let words = Text::from(it.above.share_number());
            let wide = text::width(&words.text(), figure.size, figure.weight);
            // The share wider stands on its boundary, in as many columns as have room for it.
            if centre - wide / 2.0 > shown_right + 8.0 && (wide < width || labelled.contains(&it.year)) {
                let baseline = (y(narrower) - 8.0).max(top + 20.0 * scale);
                canvas.said(&words, (centre, baseline), Anchor::Middle, figure);
                shown_right = centre + wide / 2.0;
            }
            if labelled.contains(&it.year) {
                let (year, baseline) = (it.year.to_string(), bottom + 31.0 * scale);
                // The year of a narrow last column would reach under the class names at its right.
                if centre + text::width(&year, mute.size, mute.weight) / 2.0 > right + 8.0 {
                    canvas.text(&year, (right, baseline), Anchor::End, mute);
                } else {
                    canvas.text(&year, (centre, baseline), Anchor::Middle, mute);
                }
            }
        }
        canvas.line((left, bottom), (right, bottom), palette.axis, 1.5, "");
        if let Some(last) = classes.last() {
            self.labels(canvas, style, right, (last, names), &y, (top - 4.0, bottom + 10.0));
        }
    }

    /// Names and shares of the classes at the right of the last column.
    fn labels(
        &self,
        canvas: &mut Canvas,
        style: Style,
        right: f64,
        (last, names): (&Classes, &[String; 5]),
        y: &dyn Fn(f64) -> f64,
        limits: (f64, f64),
    ) {
        let palette = style.theme.palette();
        let scale = style.preset.canvas().2;
        let size = 18.0 * scale;
        let mut reached = 0.0;
        let mut wanted = Vec::new();
        for share in last.shares {
            wanted.push(y(reached + share / 2.0));
            reached += share;
        }
        let named: Vec<usize> = (0..5).filter(|class| !names[*class].is_empty()).collect();
        let names: Vec<Vec<String>> =
            named.iter().map(|class| text::wrap(&names[*class], size, Weight::SemiBold, 110.0 * scale)).collect();
        let wanted: Vec<f64> = named.iter().map(|class| wanted[*class]).collect();
        let heights: Vec<f64> = names.iter().map(|lines| lines.len() as f64 * size * 1.2 + 6.0).collect();
        let centres = dodge::apart(&wanted, &heights, limits);
        for (row, (class, lines)) in named.into_iter().zip(&names).enumerate() {
            let colour = if class >= 3 { palette.wider_text } else { palette.narrower_text };
            let bold = Ink::new(size, Weight::SemiBold, colour);
            let mut baseline = centres[row] - heights[row] / 2.0 + 3.0 + 0.92 * size;
            let mut end = right + 12.0;
            for (place, line) in lines.iter().enumerate() {
                end = right + 12.0 + canvas.text(line, (right + 12.0, baseline), Anchor::Start, bold);
                if place + 1 < lines.len() {
                    baseline += size * 1.2;
                }
            }
            let words =
                wording::percent_of_paths(last.shares[class], self.outlook.wider_as_ratio.value.paths).replace('%', "");
            canvas.text(&words, (end + 6.0, baseline), Anchor::Start, Ink::new(size, Weight::Regular, palette.ink));
        }
    }

    fn alt(&self) -> String {
        let mut alt = format!(
            "Stacked columns by year: shares of paths above and below the level of {}.",
            self.outlook.base_year
        );
        for (name, classes) in [("In dollars", &self.dollars), ("As a ratio", &self.ratio)] {
            if let Some(last) = classes.last() {
                let _ =
                    write!(alt, " {name}: above it in {} of paths in {}.", Text::from(last.above.share()), last.year);
            }
        }
        alt
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&CHART_PROBABILITY);
        for (name, classes) in [("gap", &self.dollars), ("ratio", &self.ratio)] {
            for it in classes {
                let shares = it.shares.into_iter().chain([it.above.value.value]).map(Field::from);
                table.push([Field::from(name), it.year.into()].into_iter().chain(shares));
            }
        }
        table
    }
}

/// Colours of the classes from the bottom up; not those of the countries.
fn class_colours(palette: &Palette) -> [Rgb; 5] {
    let [narrower, half, ahead] = palette.narrower;
    let [double, wider] = palette.wider;
    [ahead, half, narrower, wider, double]
}
