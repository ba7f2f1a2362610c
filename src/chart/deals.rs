//! The fan of deals: how many there might be, and below it how large they are, since funding is the number times the size.

use std::fmt::Write;

use super::plotted;
use crate::metric::Observed;
use crate::table::declared::CHART_DEALS;
use crate::table::{Cell, Table};
use crate::wording::{self, Cited, MoneyUnit, Text};

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

/// Deals and deal size of both sides of the gap.
#[derive(Clone, Debug, PartialEq)]
pub struct Deals {
    /// Lead region, then follow region.
    pub regions: [DealsRegion; 2],
    /// The money that deal sizes are in.
    pub money: MoneyUnit,
    /// Last observed year.
    pub base_year: i32,
    /// Last simulated year.
    pub horizon: i32,
    /// Observed counts that are assumptions, in words, without a full stop; empty if all are stated.
    pub assumed: String,
    /// Where the numbers come from.
    pub credits: Credits,
}

/// Deals of one region.
#[derive(Clone, Debug, PartialEq)]
pub struct DealsRegion {
    /// Its word: `us`.
    pub name: String,
    /// Rows of deals and deal size in the tables of the run, without the year.
    pub cells: [Cell; 2],
    /// Observed and simulated deals a year.
    pub deals: (Vec<Seen>, Vec<Band>),
    /// Observed and simulated mean deal size, $m.
    pub sizes: (Vec<Seen>, Vec<Band>),
}

/// Largest ratio between the ends of a linear scale.
const MOST_LINEAR: f64 = 20.0;

impl Deals {
    pub(crate) fn draw(&self, style: Style) -> Drawing {
        let scale = style.preset.canvas().2;
        let scales = [self.scale(|it| &it.deals), self.scale(|it| &it.sizes)];
        let words = match (scales[0].log, scales[1].log) {
            (false, false) => "Linear scales",
            (true, true) => "Log scales",
            (false, true) => "Deals on a linear scale, sizes on a log scale",
            (true, false) => "Deals on a log scale, sizes on a linear scale",
        };
        let subtitle = [(format!("Deals a year and their average size; funding is their product. {words}"), None)];
        let bands = match scales[0].log {
            true => "Bands: 50%, 80% and 95% of paths, year by year.",
            false => "Bands: 50% and 80% of paths, year by year; one path in five lies outside.",
        };
        let derived = self
            .regions
            .iter()
            .any(|it| [&it.deals.0, &it.sizes.0].into_iter().any(|seen| fan::names_derived(seen, style)));
        let star = if derived { format!(" {}", cited::STAR) } else { String::new() };
        let assumed = if self.assumed.is_empty() { String::new() } else { format!(" Assumed: {}.", self.assumed) };
        let caveat = format!("{bands}{star}{assumed}");
        let (title, caveat) = (self.title(), caveat.as_str());
        let frame = Frame { title, subtitle: &subtitle, credits: &self.credits, caveat, column: 780.0 };
        let (mut canvas, [left, top, right, bottom]) = frame::sheet(style, &frame);
        let split = top + 0.52 * (bottom - top);
        let [deals, sizes] = scales;
        let mut panels = [
            self.panel([left, top + 36.0 * scale, right, split], deals, true, style),
            self.panel([left, split + 28.0 * scale, right, bottom], sizes, false, style),
        ];
        // One x for both: the wider gutter and the wider tail of the two.
        let needs = panels.each_ref().map(|panel| panel.gutters(style));
        let gutters = (needs[0].0.max(needs[1].0), needs[0].1.max(needs[1].1));
        let [lead, follow] = self.regions.each_ref().map(|it| wording::short_name(&it.name));
        let heads = [
            ("Deals".to_owned(), format!("{lead} and {follow}, a year"), top + 36.0 * scale),
            ("Average deal".to_owned(), format!("funding ÷ deals, {}", self.money.axis_unit()), split + 28.0 * scale),
        ];
        for (panel, (head, words, y)) in panels.iter_mut().zip(heads) {
            panel.least_gutters = gutters;
            frame::panel_head(&mut canvas, style, (left, y), &head, &words);
            fan::draw(panel, &mut canvas, style);
        }
        canvas.finish("deals", self.alt(), self.table())
    }

    fn title(&self) -> Text {
        let range = |region: &DealsRegion| Some(cited::range(&region.cells[0], region.deals.1.last()?));
        let [lead, follow] = &self.regions;
        wording::deals_title(self.horizon, (&lead.name, range(lead)), (&follow.name, range(follow)))
    }

    /// Linear where the largest drawn value is less than twenty times the smallest, else logarithmic.
    fn scale(&self, of: fn(&DealsRegion) -> &(Vec<Seen>, Vec<Band>)) -> Scale {
        let seen = self.regions.iter().flat_map(|it| &of(it).0).flat_map(|seen| [seen.low, seen.high]);
        let bands = || self.regions.iter().flat_map(|it| &of(it).1);
        let inner = bands().flat_map(|band| [band.quantiles[1], band.quantiles[5]]);
        let values: Vec<f64> = seen.chain(inner).filter(|value| value.is_finite()).collect();
        let low = values.iter().copied().fold(f64::INFINITY, f64::min);
        let high = values.iter().copied().fold(0.0, f64::max);
        if low <= 0.0 || high < MOST_LINEAR * low {
            return Scale::linear(0.0, 1.05 * high.max(1.0));
        }
        let outer = bands().flat_map(|band| [band.quantiles[0], band.quantiles[6]]);
        let outer = outer.filter(|value| value.is_finite() && *value > 0.0);
        let (low, high) = outer.fold((low, high), |(low, high), value| (low.min(value), high.max(value)));
        Scale::log(low, high)
    }

    fn panel(&self, area: [f64; 4], scale: Scale, counts: bool, style: Style) -> Panel {
        let money = self.money;
        let series = self.regions.iter().enumerate().map(|(place, region)| self.series(place, region, counts, style));
        Panel {
            area,
            outer: usize::from(!scale.log),
            scale,
            tick: match counts {
                true => Box::new(wording::count_or_decimal),
                false => Box::new(move |value| money.axis_amount(value / 1000.0)),
            },
            seen_label: match counts {
                true => Box::new(Cited::<Observed>::count),
                false => Box::new(move |seen| seen.millions(money)),
            },
            beyond: match counts {
                true => Box::new(|value| wording::count_within(crate::summary::Estimate::certain(value))),
                false => Box::new(move |value| money.amount(value / 1000.0)),
            },
            base_year: self.base_year,
            horizon: self.horizon,
            series: series.collect(),
            came: Vec::new(),
            levels: Vec::new(),
            id: if counts { "deals" } else { "sizes" },
            events: if counts { self.credits.marks() } else { Vec::new() },
            least_gutters: (0.0, 0.0),
            names_years: !counts,
            names_halves: counts,
        }
    }

    fn series(&self, place: usize, region: &DealsRegion, counts: bool, style: Style) -> FanSeries {
        let scale = style.preset.canvas().2;
        let palette = style.theme.palette();
        let (seen, bands) = if counts { &region.deals } else { &region.sizes };
        let cell = &region.cells[usize::from(!counts)];
        let text = style.theme.region_text(place);
        let name = wording::short_name(&region.name);
        let mut end = Vec::new();
        if let Some(last) = bands.last() {
            let (median, range) = (cited::median(cell, last), cited::range(cell, last));
            let (middle, range) = if counts {
                (median.count(), range.count_range())
            } else {
                (median.millions(self.money), range.range_of_millions(self.money))
            };
            let bold = Ink::new(18.0 * scale, Weight::SemiBold, text);
            match (style.median, style.preset.is_narrow()) {
                (false, _) => end.push((name.into(), bold)),
                // A column has no room for both in one line.
                (true, true) => {
                    end.push((name.into(), bold));
                    end.push((Text::from("median ") + middle, Ink::new(18.0 * scale, Weight::Regular, palette.ink)));
                }
                (true, false) => end.push((Text::from(name + " median ") + middle, bold)),
            }
            end.push((Text::from("80%: ") + range, Ink::new(17.0 * scale, Weight::Regular, palette.mute)));
        }
        FanSeries {
            cell: cell.clone(),
            seen: seen.clone(),
            bands: bands.clone(),
            colour: style.theme.region(place),
            text,
            marker: if place == 0 { Marker::Circle } else { Marker::Square },
            end,
            names_bands: place == 0 && counts,
            hairs: Vec::new(),
        }
    }

    fn alt(&self) -> String {
        let mut alt = format!("Two fan charts to {}, deals above, average deal size below.", self.horizon);
        for region in &self.regions {
            let name = wording::short_name(&region.name);
            if let (Some(seen), Some(band)) = (region.deals.0.last(), region.deals.1.last()) {
                let q = [0, 1, 2, 3, 4, 5].map(|place| wording::count_within(band.estimate(place)));
                let _ = write!(
                    alt,
                    " {name}: {} deals in {}, median {} in {} (80% of paths {} to {}).",
                    wording::count(seen.value),
                    seen.year,
                    q[3],
                    band.year,
                    q[1],
                    q[5]
                );
            }
            if let Some(band) = region.sizes.1.last() {
                let of = |place| self.money.amount_within(band.estimate(place).times(1e-3));
                let q = [0, 1, 2, 3, 4, 5].map(of);
                let _ = write!(alt, " Average deal: median {} (80%: {} to {}).", q[3], q[1], q[5]);
            }
        }
        alt
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&CHART_DEALS);
        for region in &self.regions {
            plotted::push(&mut table, &["deals", &region.name], "deals", &region.deals.0, &region.deals.1);
            let unit = self.credits.unit.replace("bn", "m");
            plotted::push(&mut table, &["deal-size", &region.name], &unit, &region.sizes.0, &region.sizes.1);
        }
        table
    }
}
