//! What a panel with fans draws: grid, bands, medians, single paths, observed points with their rounding.

use plotters::prelude::*;

use crate::draw::backend::{FINE, SvgBackend};
use crate::draw::canvas::{Anchor, Canvas};
use crate::draw::marker;
use crate::draw::sheet::Ink;
use crate::draw::text::{self, Weight};
use crate::draw::ticks;

use super::panel::{BANDS, FanSeries, Laid, MEDIAN};

/// The values of the scale that have room for their labels: all of them, or in a low panel the decades of a log scale, or every
/// second, third and so on counted from zero.
fn named(laid: &Laid) -> Vec<f64> {
    let scale = &laid.panel.scale;
    let least = 24.0 * laid.style.preset.canvas().2;
    let has_room = |kept: &[f64]| {
        let y = |value: f64| laid.y(scale.place(value));
        kept.windows(2).all(|pair| (y(pair[0]) - y(pair[1])).abs() >= least)
    };
    let all = &scale.labelled;
    let is_decade = |value: &f64| (libm::log10(*value) - libm::log10(*value).round()).abs() < 1e-9;
    let decades: Vec<f64> = all.iter().copied().filter(is_decade).collect();
    if has_room(all) {
        return all.clone();
    }
    if scale.log && decades.len() > 1 && has_room(&decades) {
        return decades;
    }
    let zero = all.iter().position(|value| *value == 0.0).unwrap_or(0);
    let every = |step: usize| {
        let kept = all.iter().enumerate().filter(|(place, _)| place.abs_diff(zero).is_multiple_of(step));
        kept.map(|(_, value)| *value).collect::<Vec<f64>>()
    };
    (2..all.len()).map(every).find(|kept| has_room(kept)).unwrap_or_else(|| all.iter().copied().take(1).collect())
}

pub(super) fn grid(laid: &Laid, canvas: &mut Canvas) {
    let palette = laid.style.theme.palette();
    let scale = laid.style.preset.canvas().2;
    for value in &laid.panel.scale.faint {
        let y = laid.y(laid.panel.scale.place(*value));
        canvas.line((laid.left, y), (laid.right, y), palette.faint, 1.5, "");
    }
    let ink = Ink::new(20.0 * scale, Weight::Regular, palette.mute);
    for value in &named(laid) {
        let y = laid.y(laid.panel.scale.place(*value));
        canvas.line((laid.left, y), (laid.right, y), palette.grid, 1.5, "");
        canvas.text(&(laid.panel.tick)(*value), (laid.left - 14.0, y + 7.0 * scale), Anchor::End, ink);
    }
    let first = libm::ceil(laid.years().0) as i32;
    let room = ((laid.right - laid.left) / (text::width("2030", ink.size, ink.weight) * 1.6)) as usize;
    let labelled = ticks::years(first, laid.panel.base_year, laid.panel.horizon, room.max(2));
    let mut kept: Vec<i32> = Vec::new();
    let width = text::width("2030", ink.size, ink.weight);
    // The horizon, the base year and then the others keep their place; what would touch them goes.
    let mut by_rank = labelled;
    by_rank.sort_by_key(|year| (*year != laid.panel.horizon, *year != laid.panel.base_year, *year));
    for year in by_rank {
        let x = laid.x(f64::from(year));
        if kept.iter().all(|known| (laid.x(f64::from(*known)) - x).abs() >= width + 10.0) {
            kept.push(year);
        }
    }
    let beside = first_year_beside(laid, first, &kept);
    let ink = if beside.is_some() { Ink { size: SMALL_YEAR * scale, ..ink } } else { ink };
    for year in first..=laid.panel.horizon {
        let x = laid.x(f64::from(year));
        canvas.line((x, laid.bottom), (x, laid.bottom + 7.0), palette.axis, 1.5, "");
        let moved = beside.filter(|_| year == first);
        if laid.panel.names_years && (kept.contains(&year) || moved.is_some()) {
            canvas.text(&year.to_string(), (moved.unwrap_or(x), laid.bottom + 31.0 * scale), Anchor::Middle, ink);
        }
    }
}

/// Size of years where the first one stands beside its tick, to have room before the next.
const SMALL_YEAR: f64 = 18.0;
/// How far the name of a year may stand beside its tick, as a share of its width.
const MOST_BESIDE: f64 = 0.4;

/// Where the first year is named that has no room straight under its tick: a little to the left of it, where nothing else
/// stands. A marker whose year nobody names is read as the year beside it.
fn first_year_beside(laid: &Laid, first: i32, kept: &[i32]) -> Option<f64> {
    let next = kept.iter().copied().min().filter(|next| *next > first)?;
    let width = text::width("2030", SMALL_YEAR * laid.style.preset.canvas().2, Weight::Regular);
    let x = laid.x(f64::from(first));
    let place = x.min(laid.x(f64::from(next)) - width - 8.0);
    let on_sheet = place - width / 2.0 >= laid.panel.area[0];
    (x - place <= MOST_BESIDE * width && on_sheet).then_some(place)
}

/// Bands, medians and the line through the observed years, by plotters on the fine canvas.
pub(super) fn marks(laid: &Laid, canvas: &mut Canvas) {
    let palette = laid.style.theme.palette();
    let alphas = palette.bands;
    let ground = palette.ground;
    let root = SvgBackend(canvas).into_drawing_area();
    let fine = |value: f64| (value * FINE) as i32;
    let (first_year, last_year) = laid.years();
    let inner =
        root.shrink((fine(laid.left), fine(laid.top)), (fine(laid.right - laid.left), fine(laid.bottom - laid.top)));
    let chart = ChartBuilder::on(&inner).build_cartesian_2d(first_year..last_year, 0.0..1.0);
    let mut chart = chart.expect("the backend does not fail");
    let at = |year: i32, value: f64| (f64::from(year), laid.panel.scale.place(value).clamp(-1.0, 2.0));
    for series in laid.panel.series.iter().rev() {
        let colour = |alpha: f64| RGBColor(series.colour.0, series.colour.1, series.colour.2).mix(alpha);
        let start = series.seen.iter().find(|seen| seen.year == laid.panel.base_year).map(|seen| seen.value);
        let bound = |place: usize| {
            let start = start.map(|value| at(laid.panel.base_year, value));
            start.into_iter().chain(series.bands.iter().map(move |band| at(band.year, band.quantiles[place])))
        };
        for (low, high, _) in BANDS.iter().skip(laid.panel.outer) {
            let alpha = alphas[BANDS.iter().position(|band| band.0 == *low).unwrap_or(0)];
            let mut outline: Vec<(f64, f64)> = bound(*low).collect();
            outline.extend(bound(*high).collect::<Vec<_>>().into_iter().rev());
            let band = Polygon::new(outline.clone(), colour(alpha).filled());
            chart.draw_series(std::iter::once(band)).expect("the backend does not fail");
            if laid.style.high_contrast {
                let edge = PathElement::new(outline, colour(1.0).stroke_width((1.5 * FINE) as u32));
                chart.draw_series(std::iter::once(edge)).expect("the backend does not fail");
            }
        }
    }
    for series in &laid.panel.series {
        let (red, green, blue) = series.colour;
        let start = series.seen.iter().find(|seen| seen.year == laid.panel.base_year);
        let median = start.map(|seen| at(seen.year, seen.value)).into_iter();
        let median: Vec<(f64, f64)> =
            median.chain(series.bands.iter().map(|band| at(band.year, band.quantiles[MEDIAN]))).collect();
        let history: Vec<(f64, f64)> = series.seen.iter().map(|seen| at(seen.year, seen.value)).collect();
        let halo = RGBColor(ground.0, ground.1, ground.2).stroke_width((7.0 * FINE) as u32);
        let line = RGBColor(red, green, blue).stroke_width((4.0 * FINE) as u32);
        let lines = if laid.style.median { vec![median, history] } else { vec![history] };
        for points in lines {
            let paths = [PathElement::new(points.clone(), halo), PathElement::new(points, line)];
            chart.draw_series(paths).expect("the backend does not fail");
        }
    }
}

/// Single futures, which jump as bands do not.
pub(super) fn hairs(laid: &Laid, canvas: &mut Canvas) {
    for series in &laid.panel.series {
        let start = series.seen.iter().find(|seen| seen.year == laid.panel.base_year);
        let start = start.map(|seen| (laid.x(f64::from(seen.year)), laid.y(laid.panel.scale.place(seen.value))));
        for hair in series.hairs.iter().take(laid.style.hairlines) {
            let points = series.bands.iter().zip(hair).filter(|(_, value)| value.is_finite());
            let points = points.map(|(band, value)| {
                // A future beyond the drawn range leaves through the edge of the laid.
                (laid.x(f64::from(band.year)), laid.y(laid.panel.scale.place(*value).clamp(-0.01, 1.01)))
            });
            let points: Vec<(f64, f64)> = start.into_iter().chain(points).collect();
            canvas.polyline(&points, series.text, 1.25, "");
        }
    }
}

pub(super) fn levels(laid: &Laid, canvas: &mut Canvas) {
    let palette = laid.style.theme.palette();
    for (value, _) in &laid.panel.levels {
        let y = laid.y(laid.panel.scale.place(*value));
        canvas.line((laid.x(f64::from(laid.panel.base_year)), y), (laid.right, y), palette.ink, 1.5, "6 5");
    }
}

pub(super) fn divider(laid: &Laid, canvas: &mut Canvas) {
    let palette = laid.style.theme.palette();
    let scale = laid.style.preset.canvas().2;
    let x = laid.x(f64::from(laid.panel.base_year));
    // Without its words it must not run into what stands above the laid.
    let top = laid.top - if laid.panel.names_halves { 26.0 } else { 6.0 } * scale;
    canvas.line((x, top), (x, laid.bottom), palette.axis, 1.25, "2 5");
    if !laid.panel.names_halves {
        return;
    }
    let ink = Ink::new(17.0 * scale, Weight::Regular, palette.mute);
    let y = laid.top - 14.0 * scale;
    canvas.text("Observed", (x - 10.0, y), Anchor::End, ink);
    canvas.text("Simulated", (x + 10.0, y), Anchor::Start, ink);
}

/// Filled markers with whiskers for what rounding leaves, and the values beside them.
pub(super) fn observed(laid: &Laid, canvas: &mut Canvas, series: &FanSeries) {
    let palette = laid.style.theme.palette();
    let y = |value: f64| laid.height(value);
    for seen in &series.seen {
        let x = laid.x(f64::from(seen.year));
        let (low, high) = (y(seen.low), y(seen.high));
        if low - high > 12.0 {
            canvas.line((x, low), (x, high), series.colour, 2.0, "");
            for end in [low, high] {
                canvas.line((x - 6.0, end), (x + 6.0, end), series.colour, 2.0, "");
            }
        }
        marker::draw(canvas, series.marker, (x, y(seen.value)), (series.colour, series.colour, palette.ground));
    }
    if let Some(last) = series.bands.last().filter(|_| laid.style.median) {
        let end = (laid.right, y(last.quantiles[MEDIAN]));
        marker::draw(canvas, series.marker, end, (palette.ground, series.colour, palette.ground));
    }
}

/// What came: filled markers over the bands, with whiskers for what is not known of it.
pub(super) fn came(laid: &Laid, canvas: &mut Canvas) {
    let palette = laid.style.theme.palette();
    for it in &laid.panel.came {
        let x = laid.x(f64::from(it.seen.year)) + it.beside;
        let [low, middle, high] = [it.seen.low, it.seen.value, it.seen.high].map(|value| laid.height(value));
        if low - high > 12.0 {
            canvas.line((x, low), (x, high), palette.ink, 2.0, "");
            for end in [low, high] {
                canvas.line((x - 5.0, end), (x + 5.0, end), palette.ink, 2.0, "");
            }
        }
        marker::draw(canvas, it.marker, (x, middle), (palette.ink, palette.ink, palette.ground));
    }
}
