//! The back-test: would the bands have been honest.

use std::fmt::Write;

use crate::summary::{Z_95, wilson};
use crate::table::declared::CHART_BACK_TEST;
use crate::table::{Field, Table};
use crate::wording;

use crate::draw::Credits;
use crate::draw::canvas::{Anchor, Canvas};
use crate::draw::drawing::Drawing;
use crate::draw::frame::{self, Frame, Span};
use crate::draw::sheet::Ink;
use crate::draw::style::Style;
use crate::draw::text::Weight;
use crate::draw::ticks::Scale;

/// Forecasts held against what happened.
#[derive(Clone, Debug, PartialEq)]
pub struct BackTest {
    /// Forecasts that were judged.
    pub forecasts: u64,
    /// What they are, as the subtitle says it: `made with data up to each year 2010–2022`.
    pub made: String,
    /// Promised share and outcomes inside, for each band.
    pub bands: Vec<(f64, u64)>,
    /// Outcomes in each tenth of the forecast distribution, from the lowest.
    pub tenths: [u64; 10],
    /// Whether forecasts share years, so that they are not independent.
    pub overlapping: bool,
    /// Where the numbers come from.
    pub credits: Credits,
}

/// Fewer forecasts than this cannot judge a band.
pub(crate) const LEAST: u64 = 20;

impl BackTest {
    pub(crate) fn draw(&self, style: Style) -> Drawing {
        let scale = style.preset.canvas().2;
        let subtitle: [Span; 1] = [(
            format!("{} forecasts {}. Even bars: honest bands. High ends: too narrow", self.forecasts, self.made),
            None,
        )];
        let caveat = if self.overlapping {
            "Forecasts overlap and share their luck, so no interval is drawn: they are worth fewer than they seem."
        } else {
            "Whiskers: 95% intervals, of independent forecasts. Grey: 95% of bars if the model is right."
        };
        let frame = Frame {
            title: wording::back_test_title(self.forecasts, LEAST, &self.judged()),
            subtitle: &subtitle,
            credits: &self.credits,
            caveat,
            column: 780.0,
        };
        let (mut canvas, [left, top, right, bottom]) = frame::sheet(style, &frame);
        let areas = frame::two_panels(style, [left, top + 10.0 * scale, right, bottom]);
        let heads =
            [("Coverage", "outcomes inside the band, %"), ("Where outcomes fell", "count by tenth of the forecast")];
        for (place, ([left, top, right, bottom], (head, words))) in areas.into_iter().zip(heads).enumerate() {
            let y = top + 30.0 * scale;
            frame::panel_head(&mut canvas, style, (left, y), head, words);
            let area = [left, y + 26.0 * scale, right, bottom - 40.0 * scale];
            if place == 0 { self.coverage(&mut canvas, style, area) } else { self.histogram(&mut canvas, style, area) }
        }
        canvas.finish("back-test", self.alt(), self.table())
    }

    /// Promise, observed share and its interval, for each band.
    fn judged(&self) -> Vec<(f64, f64, (f64, f64))> {
        let n = self.forecasts as f64;
        let of = |(promise, hits): &(f64, u64)| {
            let share = *hits as f64 / n.max(1.0);
            (*promise, share, wilson(share, n.max(1.0), Z_95))
        };
        self.bands.iter().map(of).collect()
    }

    fn coverage(&self, canvas: &mut Canvas, style: Style, [left, top, right, bottom]: [f64; 4]) {
        let (palette, scale) = (style.theme.palette(), style.preset.canvas().2);
        let axis =
            Scale { log: false, domain: (0.0, 1.0), labelled: vec![0.0, 0.25, 0.5, 0.75, 1.0], faint: Vec::new() };
        canvas.axis(&axis, 5, false);
        let ink = Ink::new(20.0 * scale, Weight::Regular, palette.mute);
        let left = left + crate::draw::text::width("100%", ink.size, ink.weight) + 14.0;
        let y = |share: f64| bottom - share * (bottom - top);
        for share in &axis.labelled {
            canvas.line((left, y(*share)), (right, y(*share)), palette.grid, 1.5, "");
            let words = if *share == 1.0 { "100%".to_owned() } else { wording::count(100.0 * share) };
            canvas.text(&words, (left - 12.0, y(*share) + 7.0 * scale), Anchor::End, ink);
        }
        canvas.line((left, bottom), (right, bottom), palette.axis, 1.5, "");
        let judged = self.judged();
        let step = (right - left) / judged.len().max(1) as f64;
        for (place, (promise, share, (low, high))) in judged.iter().enumerate() {
            let x = left + (place as f64 + 0.45) * step;
            let half = 0.3 * step;
            canvas.line((x - half, y(*promise)), (x + half, y(*promise)), palette.ink, 3.0, "");
            if !self.overlapping {
                canvas.line((x, y(*low)), (x, y(*high)), palette.gap, 3.5, "");
            }
            crate::draw::marker::draw(
                canvas,
                crate::draw::marker::Marker::Circle,
                (x, y(*share)),
                (palette.gap, palette.gap, palette.ground),
            );
            let bold = Ink::new(21.0 * scale, Weight::SemiBold, palette.gap).over(palette.ground);
            // The number keeps clear of the line of the promise, on its own side of it.
            let beside = y(*share) + 7.0 * scale;
            let at = if share >= promise {
                beside.min(y(*promise) - 8.0 * scale)
            } else {
                beside.max(y(*promise) + 24.0 * scale)
            };
            canvas.text(&wording::percent(*share).replace('%', ""), (x + 16.0, at), Anchor::Start, bold);
            if place == 0 {
                let plain = Ink::new(17.0 * scale, Weight::Regular, palette.sub).over(palette.ground);
                canvas.text("promised", (x + half + 6.0, y(*promise) + 6.0 * scale), Anchor::Start, plain);
            }
            let words = format!("{} band", wording::percent(*promise));
            canvas.text(&words, (x, bottom + 31.0 * scale), Anchor::Middle, ink);
        }
    }

    fn histogram(&self, canvas: &mut Canvas, style: Style, [left, top, right, bottom]: [f64; 4]) {
        let (palette, scale) = (style.theme.palette(), style.preset.canvas().2);
        let (low, high) = consistent(self.forecasts);
        let even = self.forecasts as f64 / 10.0;
        let most = self.tenths.iter().copied().max().unwrap_or(0).max(high).max(1) as f64;
        let axis = Scale { log: false, domain: (0.0, most), labelled: Vec::new(), faint: Vec::new() };
        canvas.axis(&axis, 0, true);
        let top = top + 22.0 * scale;
        let y = |count: f64| bottom - count / most * (bottom - top);
        if !self.overlapping {
            canvas.rectangle([left, y(high as f64), right, y(low as f64)], palette.grid);
        }
        let step = (right - left) / 10.0;
        let bar = crate::draw::theme::mixed(palette.gap, palette.ground, 0.72);
        for (place, count) in self.tenths.iter().enumerate() {
            let x = left + place as f64 * step;
            canvas.rectangle([x + 2.0, y(*count as f64), x + step - 2.0, bottom], bar);
        }
        canvas.line((left, y(even)), (right, y(even)), palette.ink, 1.75, "6 5");
        for (place, count) in self.tenths.iter().enumerate() {
            let bold = Ink::new(18.0 * scale, Weight::SemiBold, palette.gap).over(palette.grid);
            let at = (left + (place as f64 + 0.5) * step, y(*count as f64) - 8.0 * scale);
            canvas.text(&wording::count(*count as f64), at, Anchor::Middle, bold);
        }
        canvas.line((left, bottom), (right, bottom), palette.axis, 1.5, "");
        let ink = Ink::new(20.0 * scale, Weight::Regular, palette.mute);
        let at = bottom + 31.0 * scale;
        canvas.text("lowest tenth", (left, at), Anchor::Start, ink);
        canvas.text("highest tenth", (right, at), Anchor::End, ink);
    }

    fn alt(&self) -> String {
        let mut alt = format!("Back-test of {} forecasts. Coverage:", self.forecasts);
        for (promise, share, (low, high)) in self.judged() {
            let p = wording::percent;
            let _ = write!(alt, " the {} band held {} ({} to {});", p(promise), p(share), p(low), p(high));
        }
        let counts: Vec<String> = self.tenths.iter().map(u64::to_string).collect();
        let _ = write!(alt, " outcomes by tenth of the forecast, from the lowest: {}.", counts.join(", "));
        alt
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&CHART_BACK_TEST);
        for ((promise, share, (low, high)), (_, hits)) in self.judged().iter().zip(&self.bands) {
            let shares = [*promise, *share, *low, *high].map(Field::from);
            table.push(std::iter::once(Field::from("band")).chain(shares).chain([Field::from(*hits)]));
        }
        for (place, count) in self.tenths.iter().enumerate() {
            let (name, none) = (format!("tenth {}", place + 1).into(), Field::Missing);
            table.push([name, 0.1.into(), none.clone(), none.clone(), none, (*count).into()]);
        }
        table
    }
}

/// Counts between which 95% of a tenth's outcomes lie if the forecasts are honest: a binomial law with p = 1/10.
fn consistent(forecasts: u64) -> (u64, u64) {
    let n = forecasts as f64;
    // Terms one from another, from the log of the first, which underflows for thousands of forecasts.
    let mut log = n * libm::log(0.9);
    let (mut sum, mut low, mut high) = (0.0, None, forecasts);
    for count in 0..=forecasts {
        sum += libm::exp(log);
        if low.is_none() && sum > 0.025 {
            low = Some(count);
        }
        if sum >= 0.975 {
            high = count;
            break;
        }
        log += libm::log((n - count as f64) / (count as f64 + 1.0) / 9.0);
    }
    (low.unwrap_or(0), high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grey_band_holds_the_middle_of_a_binomial_law() {
        // Bin(60, 0.1): P(X ≤ 1) = 0.0138, P(X ≤ 2) = 0.0530; P(X ≤ 10) = 0.9661, P(X ≤ 11) = 0.9880.
        assert_eq!(consistent(60), (2, 11));
        assert_eq!(consistent(0), (0, 0));
        let (low, high) = consistent(20_000);
        assert!((1_910..=1_920).contains(&low) && (2_080..=2_090).contains(&high), "{low} {high}");
    }
}
