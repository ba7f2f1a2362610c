//! A panel with fans: observed years with their rounding, simulated years as bands, labels directly at the marks.

use plotters::prelude::*;

use super::year::{Band, Seen};
use crate::draw::backend::{FINE, SvgBackend};
use crate::draw::canvas::{Anchor, Canvas};
use crate::draw::dodge;
use crate::draw::marker::{self, Marker};
use crate::draw::sheet::Ink;
use crate::draw::style::Style;
use crate::draw::text::{self, Weight};
use crate::draw::theme::Rgb;
use crate::draw::ticks::{self, Scale};

/// Which quantiles bound the bands, from the outer to the inner, and what they are called.
const BANDS: [(usize, usize, &str); 3] = [(0, 6, "95%"), (1, 5, "80%"), (2, 4, "50%")];
/// Position of the median.
const MEDIAN: usize = 3;

/// One fan of a panel.
pub(crate) struct FanSeries {
    pub seen: Vec<Seen>,
    pub bands: Vec<Band>,
    pub colour: Rgb,
    pub text: Rgb,
    pub marker: Marker,
    /// Lines at the end of the median: words, size, weight, colour.
    pub end: Vec<(String, Ink)>,
    /// Whether this series carries the names of the bands.
    pub names_bands: bool,
    /// Single simulated paths, a value for each of the years of the bands; as many as the style asks for are drawn.
    pub hairs: Vec<Vec<f64>>,
}

/// A panel: its place on the sheet, its scale and what is in it.
pub(crate) struct Panel {
    /// Left, top, right, bottom of the whole panel with its labels.
    pub area: [f64; 4],
    pub scale: Scale,
    pub tick: Box<dyn Fn(f64) -> String>,
    pub seen_label: Box<dyn Fn(&Seen) -> String>,
    pub base_year: i32,
    pub horizon: i32,
    /// Outermost band drawn: 0 for 95%, 1 for 80%.
    pub outer: usize,
    pub series: Vec<FanSeries>,
    /// Dashed lines with a label at the right.
    pub levels: Vec<(f64, String)>,
    /// Name that makes its elements' ids its own.
    pub id: &'static str,
    /// Years of scheduled events with the keys that the footer explains.
    pub events: Vec<(i32, String)>,
    /// Least room at the left and the right of the plot, for panels that share their years.
    pub least_gutters: (f64, f64),
    /// Whether years are named under it, and observed and simulated years above it; the panels of a stack share them.
    pub names_years: bool,
    pub names_halves: bool,
}

/// The rectangle of the plot proper and the mapping into it.
struct Plot {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
    first_year: f64,
    last_year: f64,
}

impl Plot {
    fn x(&self, year: f64) -> f64 {
        self.left + (year - self.first_year) / (self.last_year - self.first_year) * (self.right - self.left)
    }

    fn y(&self, place: f64) -> f64 {
        self.bottom - place * (self.bottom - self.top)
    }
}

impl Panel {
    pub fn draw(&self, canvas: &mut Canvas, style: Style) {
        let palette = style.theme.palette();
        let scale = style.preset.canvas().2;
        let plot = self.plot(style);
        self.grid(canvas, style, &plot);
        let inside = [plot.left, plot.top - 2.0, plot.right + 2.0, plot.bottom + 1.0];
        canvas.axis(&self.scale, self.scale.labelled.len(), false);
        canvas.enter_plot(inside);
        canvas.within(self.id, inside, |canvas| {
            self.marks(canvas, style, &plot);
            self.hairs(canvas, style, &plot);
        });
        canvas.leave_plot();
        self.levels(canvas, style, &plot);
        self.divider(canvas, style, &plot);
        self.events(canvas, style, &plot);
        for series in &self.series {
            self.observed(canvas, style, &plot, series);
        }
        for series in &self.series {
            self.observed_values(canvas, style, &plot, series);
        }
        self.band_names(canvas, style, &plot);
        self.end_labels(canvas, style, &plot);
        canvas.line((plot.left, plot.bottom), (plot.right, plot.bottom), palette.axis, 1.5 * scale, "");
    }

    /// Room for the widest tick label at the left and the widest end label at the right.
    pub fn gutters(&self, style: Style) -> (f64, f64) {
        let scale = style.preset.canvas().2;
        let ticks =
            self.scale.labelled.iter().map(|value| text::width(&(self.tick)(*value), 20.0 * scale, Weight::Regular));
        let gutter = ticks.fold(0.0, f64::max) + 14.0;
        let ends = self.series.iter().flat_map(|series| &series.end);
        let ends = ends.map(|(words, ink)| text::width(words, ink.size, ink.weight));
        let names = self.levels.iter().map(|(_, words)| text::width(words, 18.0 * scale, Weight::Regular));
        let tail = ends.chain(names).fold(0.0, f64::max) + 26.0;
        (gutter.max(self.least_gutters.0), tail.max(self.least_gutters.1))
    }

    fn plot(&self, style: Style) -> Plot {
        let scale = style.preset.canvas().2;
        let [left, top, right, bottom] = self.area;
        let (gutter, tail) = self.gutters(style);
        let first = self.series.iter().flat_map(|series| &series.seen).map(|seen| seen.year).min();
        let first = first.unwrap_or(self.base_year);
        Plot {
            left: left + gutter,
            top: top + if self.names_halves { 34.0 } else { 14.0 } * scale,
            right: right - tail,
            bottom: bottom - if self.names_years { 40.0 } else { 10.0 } * scale,
            // Half a year of air at the left, so that the first point does not stand on the axis.
            first_year: f64::from(first) - 0.6,
            last_year: f64::from(self.horizon),
        }
    }

    fn grid(&self, canvas: &mut Canvas, style: Style, plot: &Plot) {
        let palette = style.theme.palette();
        let scale = style.preset.canvas().2;
        for value in &self.scale.faint {
            let y = plot.y(self.scale.place(*value));
            canvas.line((plot.left, y), (plot.right, y), palette.faint, 1.5, "");
        }
        let ink = Ink::new(20.0 * scale, Weight::Regular, palette.mute);
        for value in &self.scale.labelled {
            let y = plot.y(self.scale.place(*value));
            canvas.line((plot.left, y), (plot.right, y), palette.grid, 1.5, "");
            canvas.text(&(self.tick)(*value), (plot.left - 14.0, y + 7.0 * scale), Anchor::End, ink);
        }
        let first = libm::ceil(plot.first_year) as i32;
        let room = ((plot.right - plot.left) / (text::width("2030", ink.size, ink.weight) * 1.6)) as usize;
        let labelled = ticks::years(first, self.base_year, self.horizon, room.max(2));
        let mut last_right = f64::NEG_INFINITY;
        let mut kept: Vec<i32> = Vec::new();
        let width = text::width("2030", ink.size, ink.weight);
        // The horizon, the base year and then the others keep their place; what would touch them goes.
        let mut by_rank = labelled;
        by_rank.sort_by_key(|year| (*year != self.horizon, *year != self.base_year, *year));
        for year in by_rank {
            let x = plot.x(f64::from(year));
            if kept.iter().all(|known| (plot.x(f64::from(*known)) - x).abs() >= width + 10.0) {
                kept.push(year);
            }
        }
        for year in first..=self.horizon {
            let x = plot.x(f64::from(year));
            canvas.line((x, plot.bottom), (x, plot.bottom + 7.0), palette.axis, 1.5, "");
            if self.names_years && kept.contains(&year) {
                canvas.text(&year.to_string(), (x, plot.bottom + 31.0 * scale), Anchor::Middle, ink);
                last_right = last_right.max(x);
            }
        }
    }

    /// Bands, medians and the line through the observed years, by plotters on the fine canvas.
    fn marks(&self, canvas: &mut Canvas, style: Style, plot: &Plot) {
        let palette = style.theme.palette();
        let alphas = palette.bands;
        let ground = palette.ground;
        let root = SvgBackend(canvas).into_drawing_area();
        let fine = |value: f64| (value * FINE) as i32;
        let inner = root
            .shrink((fine(plot.left), fine(plot.top)), (fine(plot.right - plot.left), fine(plot.bottom - plot.top)));
        let chart = ChartBuilder::on(&inner).build_cartesian_2d(plot.first_year..plot.last_year, 0.0..1.0);
        let mut chart = chart.expect("the backend does not fail");
        let at = |year: i32, value: f64| (f64::from(year), self.scale.place(value).clamp(-1.0, 2.0));
        for series in self.series.iter().rev() {
            let colour = |alpha: f64| RGBColor(series.colour.0, series.colour.1, series.colour.2).mix(alpha);
            let start = series.seen.iter().find(|seen| seen.year == self.base_year).map(|seen| seen.value);
            let bound = |place: usize| {
                let start = start.map(|value| at(self.base_year, value));
                start.into_iter().chain(series.bands.iter().map(move |band| at(band.year, band.quantiles[place])))
            };
            for (low, high, _) in BANDS.iter().skip(self.outer) {
                let alpha = alphas[BANDS.iter().position(|band| band.0 == *low).unwrap_or(0)];
                let mut outline: Vec<(f64, f64)> = bound(*low).collect();
                outline.extend(bound(*high).collect::<Vec<_>>().into_iter().rev());
                let band = Polygon::new(outline.clone(), colour(alpha).filled());
                chart.draw_series(std::iter::once(band)).expect("the backend does not fail");
                if style.high_contrast {
                    let edge = PathElement::new(outline, colour(1.0).stroke_width((1.5 * FINE) as u32));
                    chart.draw_series(std::iter::once(edge)).expect("the backend does not fail");
                }
            }
        }
        for series in &self.series {
            let (red, green, blue) = series.colour;
            let start = series.seen.iter().find(|seen| seen.year == self.base_year);
            let median = start.map(|seen| at(seen.year, seen.value)).into_iter();
            let median: Vec<(f64, f64)> =
                median.chain(series.bands.iter().map(|band| at(band.year, band.quantiles[MEDIAN]))).collect();
            let history: Vec<(f64, f64)> = series.seen.iter().map(|seen| at(seen.year, seen.value)).collect();
            let halo = RGBColor(ground.0, ground.1, ground.2).stroke_width((7.0 * FINE) as u32);
            let line = RGBColor(red, green, blue).stroke_width((4.0 * FINE) as u32);
            let lines = if style.median { vec![median, history] } else { vec![history] };
            for points in lines {
                let paths = [PathElement::new(points.clone(), halo), PathElement::new(points, line)];
                chart.draw_series(paths).expect("the backend does not fail");
            }
        }
    }

    /// Single futures, which jump as bands do not.
    fn hairs(&self, canvas: &mut Canvas, style: Style, plot: &Plot) {
        for series in &self.series {
            let start = series.seen.iter().find(|seen| seen.year == self.base_year);
            let start = start.map(|seen| (plot.x(f64::from(seen.year)), plot.y(self.scale.place(seen.value))));
            for hair in series.hairs.iter().take(style.hairlines) {
                let points = series.bands.iter().zip(hair).filter(|(_, value)| value.is_finite());
                let points = points.map(|(band, value)| {
                    // A future beyond the drawn range leaves through the edge of the plot.
                    (plot.x(f64::from(band.year)), plot.y(self.scale.place(*value).clamp(-0.01, 1.01)))
                });
                let points: Vec<(f64, f64)> = start.into_iter().chain(points).collect();
                canvas.polyline(&points, series.text, 1.25, "");
            }
        }
    }

    fn levels(&self, canvas: &mut Canvas, style: Style, plot: &Plot) {
        let palette = style.theme.palette();
        for (value, _) in &self.levels {
            let y = plot.y(self.scale.place(*value));
            canvas.line((plot.x(f64::from(self.base_year)), y), (plot.right, y), palette.ink, 1.5, "6 5");
        }
    }

    fn divider(&self, canvas: &mut Canvas, style: Style, plot: &Plot) {
        let palette = style.theme.palette();
        let scale = style.preset.canvas().2;
        let x = plot.x(f64::from(self.base_year));
        // Without its words it must not run into what stands above the plot.
        let top = plot.top - if self.names_halves { 26.0 } else { 6.0 } * scale;
        canvas.line((x, top), (x, plot.bottom), palette.axis, 1.25, "2 5");
        if !self.names_halves {
            return;
        }
        let ink = Ink::new(17.0 * scale, Weight::Regular, palette.mute);
        let y = plot.top - 14.0 * scale;
        canvas.text("Observed", (x - 10.0, y), Anchor::End, ink);
        canvas.text("Simulated", (x + 10.0, y), Anchor::Start, ink);
    }

    /// A dotted line in the year of a scheduled event, with its key at the top.
    fn events(&self, canvas: &mut Canvas, style: Style, plot: &Plot) {
        let palette = style.theme.palette();
        let scale = style.preset.canvas().2;
        let ink = Ink::new(17.0 * scale, Weight::SemiBold, palette.sub).over(palette.ground);
        for (year, key) in &self.events {
            let x = plot.x(f64::from(*year));
            canvas.line((x, plot.top - 6.0), (x, plot.bottom), palette.sub, 1.5, "1.5 5");
            let row = |y: f64| (x, y, Anchor::Middle);
            let places = [row(plot.top - 14.0 * scale), row(plot.top + 18.0 * scale), row(plot.top + 42.0 * scale)];
            self.write_where_free(canvas, plot, key, ink, &places);
        }
    }

    /// Filled markers with whiskers for what rounding leaves, and the values beside them.
    fn observed(&self, canvas: &mut Canvas, style: Style, plot: &Plot, series: &FanSeries) {
        let palette = style.theme.palette();
        let y = |value: f64| plot.y(self.scale.place(value).clamp(0.0, 1.0));
        for seen in &series.seen {
            let x = plot.x(f64::from(seen.year));
            let (low, high) = (y(seen.low), y(seen.high));
            if low - high > 12.0 {
                canvas.line((x, low), (x, high), series.colour, 2.0, "");
                for end in [low, high] {
                    canvas.line((x - 6.0, end), (x + 6.0, end), series.colour, 2.0, "");
                }
            }
            marker::draw(canvas, series.marker, (x, y(seen.value)), (series.colour, series.colour, palette.ground));
        }
        if let Some(last) = series.bands.last().filter(|_| style.median) {
            let end = (plot.right, y(last.quantiles[MEDIAN]));
            marker::draw(canvas, series.marker, end, (palette.ground, series.colour, palette.ground));
        }
    }

    /// Values of the first and the last observed year, on the side where the line between them does not run, or on
    /// another one where that is taken; a value without room is left to the table.
    fn observed_values(&self, canvas: &mut Canvas, style: Style, plot: &Plot, series: &FanSeries) {
        let palette = style.theme.palette();
        let scale = style.preset.canvas().2;
        let (Some(first), Some(last)) = (series.seen.first(), series.seen.last()) else { return };
        let y = |value: f64| plot.y(self.scale.place(value).clamp(0.0, 1.0));
        let rises = y(first.value) - y(last.value) > 40.0;
        let ink = Ink::new(19.0 * scale, Weight::SemiBold, series.text).over(palette.ground);
        let above = |seen: &Seen| y(seen.high.max(seen.value)) - 14.0;
        let below = |seen: &Seen| y(seen.low.min(seen.value)) + 30.0 * scale;
        let x = plot.x(f64::from(last.year));
        let over = (x - 12.0, above(last), Anchor::End);
        let under = (x - 4.0, below(last), Anchor::Middle);
        let order = if rises { [over, under] } else { [under, over] };
        let place = self.write_where_free(canvas, plot, &(self.seen_label)(last), ink, &order);
        self.mark_derived(canvas, style, plot, last, place);
        // A column has room for the value that everything starts from.
        if first.year == last.year || style.preset.is_narrow() {
            return;
        }
        let x = plot.x(f64::from(first.year));
        let over = (x, above(first), Anchor::Middle);
        let under = (x, below(first), Anchor::Middle);
        let beside = (x - 14.0, y(first.value) + 7.0 * scale, Anchor::End);
        let order = if rises { [under, over, beside] } else { [over, under, beside] };
        let place = self.write_where_free(canvas, plot, &(self.seen_label)(first), ink, &order);
        self.mark_derived(canvas, style, plot, first, place);
    }

    /// Says that a value follows from other figures, beyond the value from its point.
    fn mark_derived(
        &self,
        canvas: &mut Canvas,
        style: Style,
        plot: &Plot,
        seen: &Seen,
        place: Option<(f64, f64, Anchor)>,
    ) {
        let scale = style.preset.canvas().2;
        let palette = style.theme.palette();
        let note = Ink::new(16.0 * scale, Weight::Regular, palette.mute).over(palette.ground);
        let Some((x, baseline, anchor)) = place.filter(|_| seen.derived) else { return };
        let point = plot.y(self.scale.place(seen.value).clamp(0.0, 1.0));
        let shift = if baseline < point { -20.0 * scale } else { 20.0 * scale };
        self.write_where_free(canvas, plot, "derived", note, &[(x, baseline + shift, anchor)]);
    }

    /// Writes a text at the first of some places where it touches no other text, no marker and no edge.
    fn write_where_free(
        &self,
        canvas: &mut Canvas,
        plot: &Plot,
        words: &str,
        ink: Ink,
        places: &[(f64, f64, Anchor)],
    ) -> Option<(f64, f64, Anchor)> {
        let width = text::width(words, ink.size, ink.weight);
        let y = |value: f64| plot.y(self.scale.place(value).clamp(0.0, 1.0));
        let markers = self.series.iter().flat_map(|series| &series.seen).map(|seen| {
            let x = plot.x(f64::from(seen.year));
            [x - 9.0, y(seen.value) - 9.0, x + 9.0, y(seen.value) + 9.0]
        });
        let taken: Vec<[f64; 4]> = canvas.texts().iter().map(|text| text.area).chain(markers).collect();
        let free = |(x, baseline, anchor): &(f64, f64, Anchor)| {
            let left = match anchor {
                Anchor::Start => *x,
                Anchor::Middle => x - width / 2.0,
                Anchor::End => x - width,
            };
            // Capitals and digits, which is all that these labels have, reach from here to the baseline.
            let own = [left, baseline - 0.74 * ink.size, left + width, baseline + 2.0];
            let inside = left >= self.area[0] && own[1] >= plot.top - 30.0 && own[3] <= plot.bottom;
            let clear =
                |other: &[f64; 4]| own[2] <= other[0] || other[2] <= own[0] || own[3] <= other[1] || other[3] <= own[1];
            inside && taken.iter().all(clear)
        };
        let place = *places.iter().find(|place| free(place))?;
        canvas.text(words, (place.0, place.1), place.2, ink);
        Some(place)
    }

    /// Names of the bands inside the upper half of one fan, where they fit; otherwise the footer has them.
    fn band_names(&self, canvas: &mut Canvas, style: Style, plot: &Plot) {
        let scale = style.preset.canvas().2;
        let Some(series) = self.series.iter().find(|series| series.names_bands) else { return };
        let dark = |part: u8| (f64::from(part) * 0.58) as u8;
        let colour = match style.theme {
            crate::draw::Theme::Light => (dark(series.colour.0), dark(series.colour.1), dark(series.colour.2)),
            // On a dark ground the inner band is too bright for its own colour.
            crate::draw::Theme::Dark => style.theme.palette().ink,
        };
        let ink = Ink::new(17.0 * scale, Weight::Regular, colour);
        let span = f64::from(self.horizon - self.base_year);
        for (place, (_, high, name)) in BANDS.iter().enumerate().skip(self.outer) {
            let inner = BANDS.get(place + 1).map_or(MEDIAN, |band| band.1);
            let long = format!("{name} of paths");
            let words = if place == self.outer { vec![long.as_str(), name] } else { vec![*name] };
            // A halo in the colour of its band keeps gridlines, levels, events and single paths off the name.
            let ink = ink.over(self.band_colour(style, series.colour, place));
            let place = words.iter().find_map(|words| {
                let half = 0.5 * text::width(words, ink.size, ink.weight) + 4.0;
                // Around three quarters of the span, or wherever further right the text has room.
                let latest = plot.right - half - 4.0;
                let wanted = plot.x(f64::from(self.base_year) + 0.78 * span).min(latest);
                let fits = |x: f64| {
                    let bound = |at: f64, quantile: usize| self.bound(plot, series, at, quantile);
                    let (left, right) = (x - half, x + half);
                    // The text stands below the outer bound and above the inner one over its whole length.
                    let top = bound(left, *high).max(bound(right, *high));
                    let bottom = bound(left, inner).min(bound(right, inner));
                    (bottom - top >= 1.3 * ink.size).then_some((x, 0.5 * (top + bottom)))
                };
                let tries = [0.0, 0.5, 1.0].map(|part| wanted + part * (latest - wanted));
                tries.into_iter().find_map(fits).map(|place| (*words, place))
            });
            if let Some((words, (x, y))) = place {
                canvas.text(words, (x, y + 0.36 * ink.size), Anchor::Middle, ink);
            }
        }
    }

    /// The colour in which a band shows: its tint over those of the wider bands, over the ground.
    fn band_colour(&self, style: Style, colour: Rgb, band: usize) -> Rgb {
        let palette = style.theme.palette();
        let mixed = |ink: u8, ground: u8, alpha: f64| {
            (f64::from(ink) * alpha + f64::from(ground) * (1.0 - alpha)).round() as u8
        };
        (self.outer..=band).fold(palette.ground, |ground, it| {
            let alpha = palette.bands[it];
            (mixed(colour.0, ground.0, alpha), mixed(colour.1, ground.1, alpha), mixed(colour.2, ground.2, alpha))
        })
    }

    /// Height of a quantile at a place between two years.
    fn bound(&self, plot: &Plot, series: &FanSeries, x: f64, quantile: usize) -> f64 {
        let start = series.seen.iter().find(|seen| seen.year == self.base_year);
        let start = start.map(|seen| (plot.x(f64::from(seen.year)), seen.value));
        let points: Vec<(f64, f64)> = start
            .into_iter()
            .chain(series.bands.iter().map(|band| (plot.x(f64::from(band.year)), band.quantiles[quantile])))
            .map(|(x, value)| (x, plot.y(self.scale.place(value).clamp(0.0, 1.0))))
            .collect();
        let after = points.iter().position(|point| point.0 >= x).unwrap_or(points.len().saturating_sub(1)).max(1);
        match (points.get(after - 1), points.get(after)) {
            (Some(a), Some(b)) => a.1 + (b.1 - a.1) * ((x - a.0) / (b.0 - a.0)).clamp(0.0, 1.0),
            _ => plot.bottom,
        }
    }

    /// Names and numbers at the right, moved apart where they would touch.
    fn end_labels(&self, canvas: &mut Canvas, style: Style, plot: &Plot) {
        let palette = style.theme.palette();
        let scale = style.preset.canvas().2;
        let height = |lines: &[(String, Ink)]| lines.iter().map(|(_, ink)| ink.size * 1.28).sum::<f64>() + 8.0;
        let level_ink = Ink::new(18.0 * scale, Weight::Regular, palette.sub);
        let levels: Vec<Vec<(String, Ink)>> =
            self.levels.iter().map(|(_, words)| vec![(words.clone(), level_ink)]).collect();
        let y = |value: f64| plot.y(self.scale.place(value).clamp(0.0, 1.0));
        let ends = self.series.iter().filter(|series| !series.bands.is_empty() && !series.end.is_empty());
        let mut blocks: Vec<(f64, &[(String, Ink)])> = ends
            .map(|series| (y(series.bands[series.bands.len() - 1].quantiles[MEDIAN]), series.end.as_slice()))
            .collect();
        blocks.extend(self.levels.iter().zip(&levels).map(|((value, _), lines)| (y(*value), lines.as_slice())));
        let wanted: Vec<f64> = blocks.iter().map(|block| block.0).collect();
        let heights: Vec<f64> = blocks.iter().map(|block| height(block.1)).collect();
        let centres = dodge::apart(&wanted, &heights, (plot.top - 20.0, plot.bottom + 22.0));
        for ((centre, height), (wanted, lines)) in centres.iter().zip(&heights).zip(&blocks) {
            if (centre - wanted).abs() > 0.5 * height {
                canvas.line((plot.right + 9.0, *wanted), (plot.right + 20.0, *centre), palette.axis, 1.25, "");
            }
            let mut baseline = centre - height / 2.0 + 2.0;
            for (words, ink) in *lines {
                baseline += ink.size * 1.28;
                canvas.text(words, (plot.right + 24.0, baseline - 0.28 * ink.size), Anchor::Start, *ink);
            }
        }
    }
}
