//! The chart of fan and outturn: gap and ratio as a stored run drew them, with what came as filled markers.

use std::fmt::Write;

use super::cited;
use super::fan::{self, Came, Panel};
use super::gap::Gap;
use super::year::{Band, Seen};
use crate::draw::Credits;
use crate::draw::drawing::Drawing;
use crate::draw::frame::{self, Frame};
use crate::draw::marker::Marker;
use crate::draw::style::Style;
use crate::draw::ticks::Scale;
use crate::table::declared::CHART_OUTTURN;
use crate::table::{Field, Table};
use crate::wording::Text;

/// Markers of readings, in their order, with what a reader calls them.
const MARKERS: [(Marker, &str); 3] =
    [(Marker::Circle, "Circle"), (Marker::Square, "Square"), (Marker::Diamond, "Diamond")];

/// What one reading says came.
#[derive(Clone, Debug, PartialEq)]
pub struct CameIn {
    /// Who states it, in which edition.
    pub reading: String,
    /// The gap by year, $bn, with what rounding and revision leave, and the share of paths below it.
    pub gap: Vec<(Seen, f64)>,
    /// The ratio by year, likewise.
    pub ratio: Vec<(Seen, f64)>,
}

/// The stored fans of gap and ratio, and what came.
#[derive(Clone, Debug, PartialEq)]
pub struct Outturn {
    /// The fans as the run drew them.
    pub fans: Gap,
    /// Where the outcome fell, in words.
    pub title: Text,
    /// What came, in each reading; three at most are drawn.
    pub came: Vec<CameIn>,
}

impl Outturn {
    pub(crate) fn credits_mut(&mut self) -> &mut Credits {
        &mut self.fans.credits
    }

    pub(crate) fn draw(&self, style: Style) -> Drawing {
        let scale = style.preset.canvas().2;
        let keys = self.came.iter().zip(MARKERS).map(|(came, (_, name))| format!("{name}: {}", came.reading));
        // Readings of one year stand beside each other, where they would be taken for two dates.
        let several = self.came.iter().filter(|came| !came.ratio.is_empty() || !came.gap.is_empty()).count() > 1;
        let beside = if several { "; marks side by side are of one year" } else { "" };
        let words = format!("Bands of the stored run{beside}. {}", keys.collect::<Vec<_>>().join(". "));
        let mut caveat =
            "Bands: 50% and 80% of paths. Whiskers: what rounding and revision leave of what came.".to_owned();
        if self.fans.names_derived(style) {
            caveat = format!("{caveat} {}", cited::STAR);
        }
        let frame = Frame {
            title: self.title.clone(),
            subtitle: &[(words, None)],
            credits: &self.fans.credits,
            caveat: &caveat,
            column: 780.0,
        };
        let (mut canvas, [left, top, right, bottom]) = frame::sheet(style, &frame);
        let areas = frame::two_panels(style, [left, top + 16.0 * scale, right, bottom]);
        for (place, ([left, top, right, bottom], (head, words))) in areas.into_iter().zip(self.fans.heads()).enumerate()
        {
            let y = top + 30.0 * scale;
            frame::panel_head(&mut canvas, style, (left, y), &head, &words);
            let area = [left, y + 14.0 * scale, right, bottom];
            let mut panel =
                if place == 0 { self.fans.dollar_panel(area, style) } else { self.fans.ratio_panel(area, style) };
            self.add_what_came(&mut panel, place == 0);
            fan::draw(&panel, &mut canvas, style);
        }
        canvas.finish("outturn", self.alt(), self.table())
    }

    /// Puts what came on a panel, whose scale grows where the outcome lies beyond it.
    fn add_what_came(&self, panel: &mut Panel, of_gap: bool) {
        let drawn = self.came.iter().take(MARKERS.len());
        let middle = (drawn.len() as f64 - 1.0) / 2.0;
        for (place, (came, (marker, _))) in drawn.zip(MARKERS).enumerate() {
            let years = if of_gap { &came.gap } else { &came.ratio };
            let beside = (place as f64 - middle) * 13.0;
            panel.came.extend(years.iter().map(|(seen, _)| Came { seen: *seen, marker, beside }));
        }
        let (low, high) = panel.scale.domain;
        let ends = panel.came.iter().flat_map(|it| [it.seen.low, it.seen.high]).filter(|it| it.is_finite());
        let (least, most) = ends.fold((low, high), |(low, high), value| (low.min(value), high.max(value)));
        if least < low || most > high {
            panel.scale = if of_gap { Scale::linear(least, most) } else { Scale::log(least.max(1e-6), most) };
        }
    }

    fn alt(&self) -> String {
        let mut alt = format!("{}. Fan charts of the stored run with what came.", self.title.text());
        for came in &self.came {
            for ((gap, _), (ratio, _)) in came.gap.iter().zip(&came.ratio) {
                let money = crate::wording::MoneyUnit::default();
                let _ = write!(
                    alt,
                    " {}, {}: gap {}, ratio {}.",
                    came.reading,
                    gap.year,
                    money.observed_amount(gap.value, gap.low, gap.high),
                    crate::wording::observed_ratio(ratio.value, ratio.low, ratio.high)
                );
            }
        }
        alt
    }

    fn table(&self) -> Table {
        let (mut table, fans) = (Table::new(&CHART_OUTTURN), &self.fans);
        let own = |seen: &[Seen]| seen.iter().map(|seen| (*seen, f64::NAN)).collect::<Vec<_>>();
        let gap = own(&fans.dollars_seen);
        let ratio = own(&fans.ratio_seen);
        push(&mut table, ["gap", "run", &fans.credits.unit], &gap, &fans.dollars);
        push(&mut table, ["ratio", "run", "times"], &ratio, &fans.ratio);
        for came in &self.came {
            push(&mut table, ["gap", &came.reading, "$bn"], &came.gap, &[]);
            push(&mut table, ["ratio", &came.reading, "times"], &came.ratio, &[]);
        }
        table
    }
}

/// Adds observed years, each with the share of paths below it, and the quantiles of simulated ones.
fn push(table: &mut Table, [panel, series, unit]: [&str; 3], seen: &[(Seen, f64)], bands: &[Band]) {
    let mut row = |year: i32, observed: [f64; 3], quantiles: [f64; 7], below: f64| {
        let names = [Field::from(panel), series.into(), Field::from(year), unit.into()];
        let numbers = observed.into_iter().chain(quantiles).chain([below]).map(Field::from);
        table.push(names.into_iter().chain(numbers));
    };
    seen.iter().for_each(|(it, below)| row(it.year, [it.value, it.low, it.high], [f64::NAN; 7], *below));
    bands.iter().for_each(|it| row(it.year, [f64::NAN; 3], it.quantiles, f64::NAN));
}
