//! Probability by year: the chances that the gap is wider or narrower than in the last observed year.

use std::fmt::Write;

use crate::summary::Probability as Share;
use crate::summary::rounded_to_add_up;
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
    /// region is ahead in the base year, the gap has three: its lead wider, narrower, the lead region ahead; and of the ratio
    /// the lead region ahead takes the place of more than double.
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
        let error = self.outlook.error_of_shares();
        let share = wording::probability(&self.outlook.trailer_ahead_so_far.value);
        let ahead = format!("{} ahead in some year until {}: {share}. ", self.outlook.trailer(), self.outlook.horizon);
        let caveat = format!("{ahead}Simulation error ±{error} points (95%).");
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
    pub(super) fn names(&self, style: Style, of_gap: bool) -> [String; 5] {
        let Outlook { lead, follow, .. } = &self.outlook;
        let (ahead, passed) = (format!("{follow} ahead"), format!("{lead} ahead"));
        let between = match (style.preset.is_narrow(), of_gap) {
            (true, true) => ["Narrower, down to ½", "Wider, up to 2×"],
            (true, false) => ["Lower, down to ½", "Higher, up to 2×"],
            (false, true) => ["Narrower, down to half", "Wider, up to double"],
            (false, false) => ["Lower, down to half", "Higher, up to double"],
        };
        let [half, double] = match style.preset.is_narrow() {
            true => ["Below ½", "Above 2×"],
            false => ["Less than half", "More than double"],
        };
        let still = format!("Higher, {ahead}");
        let names = match (of_gap, self.outlook.is_follow_leading()) {
            (true, true) => ["", "", "Lead wider", "Narrower, still ahead", passed.as_str()],
            (_, false) => [ahead.as_str(), half, between[0], between[1], double],
            (false, true) => ["", half, between[0], still.as_str(), passed.as_str()],
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
        // The last column, which the title is about, has its share before all others.
        let mut shown_left = f64::INFINITY;
        for (place, it) in classes.iter().enumerate().rev() {
            let centre = place_of(place);
            let (from, to) = (centre - width / 2.0, centre + width / 2.0);
            let narrower: f64 = it.shares[..3].iter().sum();
            canvas.line((from - 1.0, y(narrower)), (to + 1.0, y(narrower)), palette.ink, 3.5, "");
            let words = Text::from(it.above.share_number());
            let wide = text::width(&words.text(), figure.size, figure.weight);
            // The share wider stands on its boundary, in as many columns as have room for it.
            if centre + wide / 2.0 < shown_left - 8.0 && (wide < width || labelled.contains(&it.year)) {
                let baseline = (y(narrower) - 8.0).max(top + 20.0 * scale);
                // A figure wider than the last column would run into the names at its right.
                let middle = centre.min(right + 6.0 - wide / 2.0);
                canvas.said(&words, (middle, baseline), Anchor::Middle, figure);
                shown_left = centre - wide / 2.0;
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
        // A class that no path is in has no name either.
        let named: Vec<usize> = (0..5).filter(|class| !names[*class].is_empty() && last.shares[*class] > 0.0).collect();
        let names: Vec<Vec<String>> =
            named.iter().map(|class| text::wrap(&names[*class], size, Weight::SemiBold, 110.0 * scale)).collect();
        // Thin classes in one place keep their order from the bottom up.
        let wanted: Vec<f64> = named.iter().map(|class| wanted[*class] - 1e-6 * *class as f64).collect();
        let heights: Vec<f64> = names.iter().map(|lines| lines.len() as f64 * size * 1.2 + 6.0).collect();
        let limits = if style.bare { dodge::reaching_up(limits, &heights) } else { limits };
        let centres = dodge::apart(&wanted, &heights, limits);
        let shares = last.printed(self.outlook.wider_as_ratio.value.paths);
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
            canvas.text(
                &shares[class],
                (end + 6.0, baseline),
                Anchor::Start,
                Ink::new(size, Weight::Regular, palette.ink),
            );
        }
    }

    fn alt(&self) -> String {
        let mut alt = format!(
            "Stacked columns by year: shares of paths above and below the level of {}.",
            self.outlook.base_year
        );
        let in_money = format!("In {}", self.outlook.money.noun());
        for (name, classes) in [(in_money.as_str(), &self.dollars), ("As a ratio", &self.ratio)] {
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
                let [ahead, half, below, above, last] = it.shares;
                // What lies beyond parity is another thing than twice the level.
                let [double, lead] = if self.outlook.is_follow_leading() { [0.0, last] } else { [last, 0.0] };
                let shares = [ahead, half, below, above, double, lead, it.above.value.value].map(Field::from);
                table.push([Field::from(name), it.year.into()].into_iter().chain(shares));
            }
        }
        table
    }
}

impl Classes {
    /// The shares as they are printed: those above the level add up to the bold figure, those below to what is left of it.
    fn printed(&self, paths: u64) -> [String; 5] {
        let bold = Text::from(self.above.share_number()).text();
        let Ok(above) = bold.parse::<f64>() else {
            // All or nothing is printed as a bound, which nothing adds up to.
            let all = |share: f64| if share >= 1.0 { bold.clone() } else { wording::percent_of_paths(share, paths) };
            return self.shares.map(|share| all(share).replace('%', ""));
        };
        let decimals = bold.split_once('.').map_or(0, |(_, decimals)| decimals.len() as i32);
        let percent = self.shares.map(|share| 100.0 * share);
        // The follow region is ahead as often in both panels, so its share is rounded by itself.
        let ahead = rounded_to_add_up(&percent[..1], percent[0], decimals);
        let rounded = [
            rounded_to_add_up(&percent[1..3], 100.0 - above - ahead[0], decimals),
            rounded_to_add_up(&percent[3..], above, decimals),
        ];
        let rounded = [ahead, rounded.concat()].concat();
        let least = wording::fixed(libm::pow(10.0, -f64::from(decimals)), decimals);
        std::array::from_fn(|class| match rounded[class] {
            // Few paths are not none.
            0.0 if self.shares[class] > 0.0 => format!("<{least}"),
            share => wording::fixed(share, decimals),
        })
    }
}

/// Colours of the classes from the bottom up; not those of the countries.
pub(super) fn class_colours(palette: &Palette) -> [Rgb; 5] {
    let [narrower, half, ahead] = palette.narrower;
    let [double, wider] = palette.wider;
    [ahead, half, narrower, wider, double]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::summary::Tally;
    use crate::table::Cell;

    #[test]
    fn printed_parts_add_up_to_the_bold_figure_and_to_a_hundred() {
        // 42 and 17 beside a bold 58, and 101 in all, where each is rounded by itself.
        let printed = |hits: u64, shares: [f64; 5]| {
            let above = Share::new(Tally { yes: hits, both: hits / 2 }, 100_000, true);
            Classes { year: 2030, shares, above: Cited::new(above, Cell::default()) }.printed(100_000)
        };
        let words = printed(58_400, [0.0586, 0.2114, 0.146, 0.1667, 0.4173]);
        let numbers: Vec<f64> = words.iter().map(|it| it.parse().expect("a number")).collect();
        assert_eq!((numbers[3] + numbers[4], numbers.iter().sum::<f64>()), (58.0, 100.0), "{words:?}");
        assert_eq!(printed(58_400, [0.001, 0.2714, 0.1436, 0.1667, 0.4173])[0], "<1");
        assert_eq!(printed(58_400, [0.0, 0.2714, 0.1446, 0.1667, 0.4173])[0], "0");
    }
}
