//! The linear twin of the funding fan: the same numbers where equal heights are equal amounts.

use crate::wording;

use super::fan::{self, Panel};
use super::funding::Funding;
use crate::draw::drawing::Drawing;
use crate::draw::frame::{self, Frame};
use crate::draw::style::Style;
use crate::draw::ticks::Scale;

impl Funding {
    /// Bands of 50% and 80% on a linear scale; what the 95% would reach is said in words.
    pub(crate) fn draw_linear(&self, style: Style) -> Drawing {
        let money = self.money;
        let counted = wording::capital(self.credits.counted);
        let subtitle = [(format!("{counted} per year, {}. Growth is assumed. Linear scale", money.axis_unit()), None)];
        let caveat = self.with_star(&self.not_drawn(), style);
        let title = self.title();
        let frame = Frame { title, subtitle: &subtitle, credits: &self.credits, caveat: &caveat, column: 680.0 };
        let (mut canvas, [left, top, right, bottom]) = frame::sheet(style, &frame);
        let series = self.regions.iter().enumerate();
        let panel = Panel {
            area: [left, top + 14.0, right, bottom],
            scale: self.linear_scale(),
            tick: Box::new(move |value| money.axis_amount(value)),
            seen_label: Box::new(move |seen| seen.money(money)),
            beyond: Box::new(move |value| money.amount(value)),
            base_year: self.base_year,
            horizon: self.horizon,
            outer: 1,
            series: series.map(|(place, region)| self.series(place, region, style, style.preset.canvas().2)).collect(),
            came: Vec::new(),
            levels: Vec::new(),
            id: "funding-linear",
            events: self.credits.marks(),
            least_gutters: (0.0, 0.0),
            names_years: true,
            names_halves: true,
        };
        fan::draw(&panel, &mut canvas, style);
        canvas.finish("funding-linear", self.alt().replace("log axis", "linear axis"), self.table())
    }

    /// From zero to a little above the largest 90% quantile.
    fn linear_scale(&self) -> Scale {
        let bands = self.regions.iter().flat_map(|region| &region.bands).map(|band| band.quantiles[5]);
        let seen = self.regions.iter().flat_map(|region| &region.seen).map(|seen| seen.high);
        let high = bands.chain(seen).filter(|value| value.is_finite()).fold(0.0, f64::max);
        Scale::linear(0.0, 1.05 * high)
    }

    /// `95% of paths in 2030, not drawn: US $4.2bn to $620bn, China $100m to $40bn.`
    fn not_drawn(&self) -> String {
        let range = |region: &super::FundingRegion| {
            let q = region.bands.last()?.quantiles;
            let (low, high) = (self.money.amount(q[0]), self.money.amount(q[6]));
            Some(format!("{} {low} to {high}", wording::short_name(&region.name)))
        };
        let ranges: Vec<String> = self.regions.iter().filter_map(range).collect();
        format!("Bands: 50% and 80% of paths. 95% in {}, not drawn: {}.", self.horizon, ranges.join(", "))
    }
}
