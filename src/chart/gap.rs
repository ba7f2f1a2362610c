//! The gap chart: does the lead widen, in dollars and as a multiple?

use std::fmt::Write;

use super::plotted;
use crate::table::declared::CHART_GAP;
use crate::table::{Cell, Table};
use crate::wording::{self, Outlook, Piece, Text};

use super::cited;
use super::fan::{self, FanSeries, Panel};
use super::year::{Band, Seen};
use crate::draw::Credits;
use crate::draw::drawing::Drawing;
use crate::draw::frame::{self, Frame, Span};
use crate::draw::marker::Marker;
use crate::draw::sheet::Ink;
use crate::draw::style::Style;
use crate::draw::text::Weight;
use crate::draw::ticks::Scale;

/// The gap in dollars and as a ratio.
#[derive(Clone, Debug, PartialEq)]
pub struct Gap {
    /// Rows of gap and ratio in the tables of the run, without the year.
    pub cells: [Cell; 2],
    /// Observed gap, $bn.
    pub dollars_seen: Vec<Seen>,
    /// Simulated gap, $bn.
    pub dollars: Vec<Band>,
    /// Observed ratio.
    pub ratio_seen: Vec<Seen>,
    /// Simulated ratio.
    pub ratio: Vec<Band>,
    /// Single simulated paths of the gap, for those who ask for them.
    pub dollars_hairs: Vec<Vec<f64>>,
    /// Single simulated paths of the ratio.
    pub ratio_hairs: Vec<Vec<f64>>,
    /// What titles need.
    pub outlook: Outlook,
    /// Where the numbers come from.
    pub credits: Credits,
}

/// How many times what most paths reach a drawn quantile of the ratio may be.
const MOST_BEYOND: f64 = 100.0;

impl Gap {
    /// Whether a label of an observed figure has the star of those that were worked out from others.
    pub(super) fn names_derived(&self, style: Style) -> bool {
        [&self.dollars_seen, &self.ratio_seen].into_iter().any(|seen| fan::names_derived(seen, style))
    }

    pub(crate) fn draw(&self, style: Style) -> Drawing {
        let scale = style.preset.canvas().2;
        let palette = style.theme.palette();
        let parts = wording::gap_subtitle(&self.outlook);
        let subtitle: Vec<Span> =
            parts.iter().map(|(words, strong)| (words.text(), strong.then_some(palette.gap))).collect();
        let derived = self.names_derived(style);
        let mut caveat = "Bands: 50% and 80% of paths; one path in five lies outside.".to_owned();
        if derived {
            caveat = format!("{caveat} {}", cited::STAR);
        }
        let said = Text::joined(parts.into_iter().map(|(words, _)| words), "");
        let frame = Frame {
            title: wording::gap_title(&self.outlook),
            subtitle: &subtitle,
            credits: &self.credits,
            caveat: &caveat,
            column: 780.0,
        };
        let (mut canvas, area) = frame::sheet_with(style, &frame, &said);
        let [left, top, right, bottom] = area;
        let areas = frame::two_panels(style, [left, top + 16.0 * scale, right, bottom]);
        for (place, ([left, top, right, bottom], (head, words))) in areas.into_iter().zip(self.heads()).enumerate() {
            let y = top + 30.0 * scale;
            frame::panel_head(&mut canvas, style, (left, y), &head, &words);
            let area = [left, y + 14.0 * scale, right, bottom];
            let panel = if place == 0 { self.dollar_panel(area, style) } else { self.ratio_panel(area, style) };
            fan::draw(&panel, &mut canvas, style);
        }
        canvas.finish("gap", self.alt(), self.table())
    }

    /// What stands above each panel.
    pub(super) fn heads(&self) -> [(String, String); 2] {
        let [lead, follow] = [&self.outlook.lead, &self.outlook.follow];
        let money = self.outlook.money;
        [
            (format!("In {}", money.noun()), format!("{lead} minus {follow}, {} per year", money.short_unit())),
            ("As a ratio".to_owned(), format!("{lead} divided by {follow}, log scale")),
        ]
    }

    pub(super) fn dollar_panel(&self, area: [f64; 4], style: Style) -> Panel {
        let drawn = self.dollars.iter().flat_map(|band| [band.quantiles[1], band.quantiles[5]]);
        let seen = self.dollars_seen.iter().flat_map(|seen| [seen.low, seen.high]);
        let values: Vec<f64> = drawn.chain(seen).filter(|value| value.is_finite()).collect();
        let money = self.outlook.money;
        let low = values.iter().copied().fold(0.0, f64::min);
        let high = values.iter().copied().fold(0.0, f64::max);
        Panel {
            area,
            scale: Scale::linear(low, high),
            tick: Box::new(move |value| money.axis_amount(value)),
            seen_label: Box::new(move |seen| seen.money(money)),
            beyond: Box::new(move |value| money.amount(value)),
            base_year: self.outlook.base_year,
            horizon: self.outlook.horizon,
            outer: 1,
            series: vec![self.series(
                (&self.cells[0], &self.dollars_seen, &self.dollars, &self.dollars_hairs),
                [&|band| cited::median(&self.cells[0], band).money(money), &|band| {
                    cited::range(&self.cells[0], band).money_range(money)
                }],
                style,
            )],
            came: Vec::new(),
            levels: vec![(self.outlook.gap.value.value, format!("{} level", self.outlook.base_year))],
            id: "dollars",
            events: self.credits.marks(),
            least_gutters: (0.0, 0.0),
            names_years: true,
            names_halves: true,
        }
    }

    pub(super) fn ratio_panel(&self, area: [f64; 4], style: Style) -> Panel {
        let (low, high) = self.ratio_ends();
        let seen = self.outlook.ratio.value.value;
        Panel {
            area,
            scale: Scale::log(low, high),
            tick: Box::new(wording::ratio_axis),
            seen_label: Box::new(|seen| seen.ratio()),
            beyond: Box::new(wording::ratio),
            base_year: self.outlook.base_year,
            horizon: self.outlook.horizon,
            outer: 1,
            series: vec![self.series(
                (&self.cells[1], &self.ratio_seen, &self.ratio, &self.ratio_hairs),
                [&|band| cited::median(&self.cells[1], band).ratio_near(seen), &|band| {
                    cited::range(&self.cells[1], band).ratio_range()
                }],
                style,
            )],
            came: Vec::new(),
            levels: vec![
                (self.outlook.ratio.value.value, format!("{} level", self.outlook.base_year)),
                (1.0, "Parity".to_owned()),
            ],
            id: "ratio",
            events: self.credits.marks(),
            least_gutters: (0.0, 0.0),
            names_years: true,
            names_halves: true,
        }
    }

    /// Ends of the scale of the ratio: what is drawn, as far as it is not a hundred times what most paths reach. A band
    /// without end, or far beyond the others, would press all that can be read to one edge; it leaves the plot instead.
    fn ratio_ends(&self) -> (f64, f64) {
        let seen = self.ratio_seen.iter().flat_map(|seen| [seen.low, seen.high]);
        let middles = self.ratio.iter().map(|band| band.quantiles[3]);
        // Parity is always on the chart: it is what the ratio is about.
        let most = seen.chain(middles).chain([1.0]).filter(|value| value.is_finite() && *value > 0.0);
        let (low, high) = most.fold((1.0_f64, 1.0_f64), |(low, high), value| (low.min(value), high.max(value)));
        let (least, greatest) = (low / MOST_BEYOND, high * MOST_BEYOND);
        let drawn = self.ratio.iter().flat_map(|band| [1, 2, 4, 5].map(|place| band.quantiles[place]));
        let drawn = drawn.filter(|value| *value >= least && *value <= greatest);
        drawn.fold((low, high), |(low, high), value| (low.min(value), high.max(value)))
    }

    fn series(
        &self,
        (cell, seen, bands, hairs): (&Cell, &[Seen], &[Band], &[Vec<f64>]),
        [median, range]: [&dyn Fn(&Band) -> Piece; 2],
        style: Style,
    ) -> FanSeries {
        let palette = style.theme.palette();
        let scale = style.preset.canvas().2;
        let plain = Ink::new(19.0 * scale, Weight::Regular, palette.gap);
        let bold = Ink::new(22.0 * scale, Weight::SemiBold, palette.gap);
        let end = match bands.last() {
            Some(last) if style.median => vec![("Median".into(), plain), (median(last).into(), bold)],
            Some(last) => {
                vec![("80% of paths".into(), plain), (range(last).into(), plain)]
            }
            None => Vec::new(),
        };
        FanSeries {
            cell: cell.clone(),
            seen: seen.to_vec(),
            bands: bands.to_vec(),
            colour: palette.gap,
            text: palette.gap,
            marker: Marker::Diamond,
            end,
            names_bands: true,
            hairs: hairs.to_vec(),
        }
    }

    fn alt(&self) -> String {
        let Outlook { lead, follow, horizon, .. } = &self.outlook;
        let mut alt = if self.outlook.is_follow_leading() {
            format!("Two fan charts of {lead} funding held against that of {follow}, which is ahead, to {horizon}.")
        } else {
            format!("Two fan charts of the {lead} lead over {follow} to {horizon}.")
        };
        if let (Some(dollars), Some(ratio)) = (self.dollars.last(), self.ratio.last()) {
            let _ = write!(
                alt,
                " In {}: median {} in {} (80% of paths {}); as a ratio: median {} (80% {}).",
                self.outlook.money.noun(),
                self.outlook.money.amount_within(dollars.estimate(3)),
                dollars.year,
                self.outlook.money.range_within(dollars.estimate(1), dollars.estimate(5)),
                wording::ratio_within(ratio.estimate(3)),
                wording::ratio_range_within(ratio.estimate(1), ratio.estimate(5))
            );
        }
        let (base, dollars) = (self.outlook.base_year, &self.outlook.wider_in_dollars.value);
        let ratio = wording::probability(&self.outlook.wider_as_ratio.value);
        let _ = if self.outlook.is_follow_leading() {
            let ahead = wording::stated_within(dollars, false);
            write!(
                alt,
                " {ratio} of paths end above the {base} ratio, {ahead} with {follow} ahead by more than in {base}."
            )
        } else {
            let (above, noun) = (wording::probability(dollars), self.outlook.money.noun());
            write!(alt, " {ratio} of paths end above the {base} ratio, {above} above its gap in {noun}.")
        };
        alt
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&CHART_GAP);
        plotted::push(&mut table, &["gap"], &self.credits.unit, &self.dollars_seen, &self.dollars);
        plotted::push(&mut table, &["ratio"], "times", &self.ratio_seen, &self.ratio);
        table
    }
}
