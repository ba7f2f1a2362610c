//! The funding fan: how much AI funding each side might see, and how sure that is.

use std::fmt::Write;

use super::plotted;
use crate::table::declared::CHART_FUNDING;
use crate::table::{Cell, Table};
use crate::wording::{self, MoneyUnit, Text};

use super::cited;
use super::fan::{self, FanSeries, Panel};
use super::year::{Band, Seen};
use crate::draw::Credits;
use crate::draw::drawing::Drawing;
use crate::draw::frame::{self, Frame};
use crate::draw::marker::Marker;
use crate::draw::sheet::Ink;
use crate::draw::style::Style;
use crate::draw::text::Weight;
use crate::draw::ticks::Scale;

/// Funding of all regions, $bn a year.
#[derive(Clone, Debug, PartialEq)]
pub struct Funding {
    /// Lead region, follow region, then others.
    pub regions: Vec<FundingRegion>,
    /// The money that amounts are in.
    pub money: MoneyUnit,
    /// Last observed year.
    pub base_year: i32,
    /// Last simulated year.
    pub horizon: i32,
    /// Where the numbers come from.
    pub credits: Credits,
}

/// Funding of one region.
#[derive(Clone, Debug, PartialEq)]
pub struct FundingRegion {
    /// Its word: `us`.
    pub name: String,
    /// Its rows in the tables of the run, without the year.
    pub cell: Cell,
    /// Observed years.
    pub seen: Vec<Seen>,
    /// Simulated years.
    pub bands: Vec<Band>,
    /// Single simulated paths, for those who ask for them.
    pub hairs: Vec<Vec<f64>>,
}

impl Funding {
    pub(crate) fn draw(&self, style: Style) -> Drawing {
        let scale = style.preset.canvas().2;
        let (unit, counted) = (self.money.axis_unit(), wording::capital(self.credits.counted));
        let subtitle = [(
            format!("{counted} per year, {unit}. Ranges hold 80% of simulated paths; growth is assumed. Log scale"),
            None,
        )];
        let money = self.money;
        let bands = "Bands: 50%, 80% and 95% of paths, year by year; no single path follows them.";
        let caveat = self.with_star(bands, style);
        let frame =
            Frame { title: self.title(), subtitle: &subtitle, credits: &self.credits, caveat: &caveat, column: 680.0 };
        let (mut canvas, [left, top, right, bottom]) = frame::sheet(style, &frame);
        let panel = Panel {
            area: [left, top + 14.0, right, bottom],
            scale: self.scale(),
            tick: Box::new(move |value| money.axis_amount(value)),
            seen_label: Box::new(move |seen| seen.money(money)),
            beyond: Box::new(move |value| money.amount(value)),
            base_year: self.base_year,
            horizon: self.horizon,
            outer: 0,
            series: self
                .regions
                .iter()
                .enumerate()
                .map(|(place, region)| self.series(place, region, style, scale))
                .collect(),
            came: Vec::new(),
            levels: Vec::new(),
            id: "funding",
            events: self.credits.marks(),
            least_gutters: (0.0, 0.0),
            names_years: true,
            names_halves: true,
        };
        fan::draw(&panel, &mut canvas, style);
        canvas.finish("funding", self.alt(), self.table())
    }

    /// What a chart must say besides, with what its star says where it has one.
    pub(crate) fn with_star(&self, caveat: &str, style: Style) -> String {
        let derived = self.regions.iter().any(|region| fan::names_derived(&region.seen, style));
        if derived { format!("{caveat} {}", cited::STAR) } else { caveat.to_owned() }
    }

    pub(crate) fn title(&self) -> Text {
        let range = |region: Option<&FundingRegion>| {
            let region = region?;
            Some(cited::range(&region.cell, region.bands.last()?))
        };
        let name = |place: usize| self.regions.get(place).map_or("", |region| region.name.as_str());
        wording::funding_title(
            self.horizon,
            self.money,
            (name(0), range(self.regions.first())),
            (name(1), range(self.regions.get(1))),
        )
    }

    pub(crate) fn series(&self, place: usize, region: &FundingRegion, style: Style, scale: f64) -> FanSeries {
        let palette = style.theme.palette();
        let text = style.theme.region_text(place);
        let narrow = style.preset.is_narrow();
        let name = if narrow { wording::short_name(&region.name) } else { wording::long_name(&region.name) };
        let mut end = vec![(name.into(), Ink::new(22.0 * scale, Weight::SemiBold, text))];
        if let Some(last) = region.bands.last() {
            let small = Ink::new(17.0 * scale, Weight::Regular, palette.mute);
            if style.median {
                let median = cited::median(&region.cell, last).money(self.money);
                let size = if narrow { 18.0 } else { 20.0 };
                end.push((Text::from("median ") + median, Ink::new(size * scale, Weight::Regular, palette.ink)));
            }
            end.push(("80% of paths".into(), small));
            end.push((cited::range(&region.cell, last).money_range(self.money).into(), small));
        }
        FanSeries {
            cell: region.cell.clone(),
            seen: region.seen.clone(),
            bands: region.bands.clone(),
            colour: style.theme.region(place),
            text,
            marker: if place == 0 { Marker::Circle } else { Marker::Square },
            end,
            names_bands: place == 0,
            hairs: region.hairs.clone(),
        }
    }

    fn scale(&self) -> Scale {
        let simulated = self.regions.iter().flat_map(|region| &region.bands).flat_map(|band| band.quantiles);
        let seen = self.regions.iter().flat_map(|region| &region.seen).flat_map(|seen| [seen.low, seen.high]);
        let values: Vec<f64> = simulated.chain(seen).filter(|value| *value > 0.0 && value.is_finite()).collect();
        let low = values.iter().copied().fold(f64::INFINITY, f64::min);
        let high = values.iter().copied().fold(0.0, f64::max);
        if values.is_empty() { Scale::log(1.0, 10.0) } else { Scale::log(low, high) }
    }

    pub(crate) fn alt(&self) -> String {
        let mut alt = format!("Fan chart, log axis in {}, to {}.", self.money.noun(), self.horizon);
        for region in &self.regions {
            let name = wording::short_name(&region.name);
            let mut seen: Vec<&Seen> = region.seen.first().into_iter().chain(region.seen.last()).collect();
            seen.dedup_by_key(|seen| seen.year);
            let amount = |seen: &&Seen| {
                format!("{} in {}", self.money.observed_amount(seen.value, seen.low, seen.high), seen.year)
            };
            let amounts: Vec<String> = seen.iter().map(amount).collect();
            if !amounts.is_empty() {
                let _ = write!(alt, " {name} observed: {}.", amounts.join(", "));
            }
            if let Some(band) = region.bands.last() {
                let range = self.money.range_within(band.estimate(1), band.estimate(5));
                let median = self.money.amount_within(band.estimate(3));
                let _ = write!(alt, " Simulated median {median} in {}, 80% of paths {range}.", band.year);
            }
        }
        alt + " Bands widen every year."
    }

    pub(crate) fn table(&self) -> Table {
        let mut table = Table::new(&CHART_FUNDING);
        for region in &self.regions {
            plotted::push(&mut table, &[&region.name], &self.credits.unit, &region.seen, &region.bands);
        }
        table
    }
}
