//! Names in a panel with fans: of events and bands, and with their numbers of what ends at the right.

use crate::draw::canvas::{Anchor, Canvas};
use crate::draw::dodge;
use crate::draw::sheet::Ink;
use crate::draw::text::{self, Weight};
use crate::draw::theme::Rgb;
use crate::wording::Text;

use super::panel::{BANDS, FanSeries, Laid, MEDIAN};
use super::room;

/// A dotted line in the year of a scheduled event, with its key at the top.
pub(super) fn events(laid: &Laid, canvas: &mut Canvas) {
    let palette = laid.style.theme.palette();
    let scale = laid.style.preset.canvas().2;
    let ink = Ink::new(17.0 * scale, Weight::SemiBold, palette.sub).over(palette.ground);
    for (year, key) in &laid.panel.events {
        let x = laid.x(f64::from(*year));
        canvas.line((x, laid.top - 6.0), (x, laid.bottom), palette.sub, 1.5, "1.5 5");
        let row = |y: f64| (x, y, Anchor::Middle);
        let places = [row(laid.top - 14.0 * scale), row(laid.top + 18.0 * scale), row(laid.top + 42.0 * scale)];
        room::write(laid, canvas, (key, ink), &places);
    }
}

/// Arrows where the widest band leaves the scale in the last year, with the number that is not drawn.
pub(super) fn beyond(laid: &Laid, canvas: &mut Canvas) {
    let scale = laid.style.preset.canvas().2;
    let name = BANDS[laid.panel.outer].2;
    for series in &laid.panel.series {
        let Some(last) = series.bands.last() else { continue };
        let (low, high) = (last.quantiles[BANDS[laid.panel.outer].0], last.quantiles[BANDS[laid.panel.outer].1]);
        let ends = [(high, 1.0, "up to"), (low, -1.0, "down to")];
        for (value, up, words) in ends {
            let place = laid.panel.scale.place(value);
            let leaves = if up > 0.0 { place.is_nan() || place > 1.001 } else { place < -0.001 };
            if !leaves {
                continue;
            }
            let ink = Ink::new(17.0 * scale, Weight::SemiBold, series.text).over(laid.style.theme.palette().ground);
            let edge = if up > 0.0 { laid.top } else { laid.bottom };
            // Above the plot nothing else stands at the right; below it stand the years.
            let tip = if up > 0.0 { edge - 17.0 } else { edge - 3.0 };
            let foot = tip + 12.0 * up;
            let x = laid.right - 10.0;
            canvas.polygon(&[(x - 8.0, foot), (x, tip), (x + 8.0, foot)], series.text, 1.0);
            let baseline = if up > 0.0 { edge - 5.0 } else { edge - 6.0 };
            let number = if value == 0.0 { (laid.panel.tick)(0.0) } else { (laid.panel.beyond)(value) };
            // Bands that end at the same number are named together: one of them alone would say that the other ends elsewhere.
            let same = BANDS[laid.panel.outer + 1..].iter().filter(|(low, high, _)| {
                let other = last.quantiles[if up > 0.0 { *high } else { *low }];
                other == value || (value == 0.0 && (laid.panel.beyond)(other) == (laid.panel.tick)(0.0))
            });
            let mut names: Vec<&str> = same.map(|band| band.2).collect();
            names.reverse();
            names.push(name);
            let name = names.join(" and ");
            let [long, short] = match value == f64::INFINITY {
                true => [format!("{name}: no upper end"), "no end".to_owned()],
                false => [format!("{name} {words} {number}"), number],
            };
            let spot = (x - 14.0, baseline, Anchor::End);
            // With a blank in front: it stands in the row of "Simulated", which it must not run into.
            let has_room = |it: &str| room::free(laid, canvas, (&format!("   {it}"), ink), &[spot]).next().is_some();
            let written = [&long, &short].into_iter().find(|it| has_room(it));
            if let Some(words) = written {
                canvas.text(words, (spot.0, spot.1), spot.2, ink);
            }
        }
    }
}

/// Names of the bands inside the upper half of one fan, where they fit; otherwise the footer has them.
pub(super) fn band_names(laid: &Laid, canvas: &mut Canvas) {
    let scale = laid.style.preset.canvas().2;
    let Some(series) = laid.panel.series.iter().find(|series| series.names_bands) else { return };
    let dark = |part: u8| (f64::from(part) * 0.58) as u8;
    let colour = match laid.style.theme {
        crate::draw::Theme::Light => (dark(series.colour.0), dark(series.colour.1), dark(series.colour.2)),
        // On a dark ground the inner band is too bright for its own colour.
        crate::draw::Theme::Dark => laid.style.theme.palette().ink,
    };
    let ink = Ink::new(17.0 * scale, Weight::Regular, colour);
    let span = f64::from(laid.panel.horizon - laid.panel.base_year);
    for (place, (_, high, name)) in BANDS.iter().enumerate().skip(laid.panel.outer) {
        let inner = BANDS.get(place + 1).map_or(MEDIAN, |band| band.1);
        let long = format!("{name} of paths");
        let words = if place == laid.panel.outer { vec![long.as_str(), name] } else { vec![*name] };
        // A halo in the colour of its band keeps gridlines, levels, events and single paths off the name.
        let ink = ink.over(band_colour(laid, series.colour, place));
        let place = words.iter().find_map(|words| {
            let half = 0.5 * text::width(words, ink.size, ink.weight) + 4.0;
            // Around three quarters of the span, or wherever further right the text has room.
            let latest = laid.right - half - 4.0;
            let wanted = laid.x(f64::from(laid.panel.base_year) + 0.78 * span).min(latest);
            let room = |x: f64| {
                let bound = |at: f64, quantile: usize| bound(laid, series, at, quantile);
                let (left, right) = (x - half, x + half);
                // The text stands below the outer bound and above the inner one over its whole length.
                let top = bound(left, *high).max(bound(right, *high));
                let bottom = bound(left, inner).min(bound(right, inner));
                (bottom - top >= 1.3 * ink.size).then_some((x, [top, bottom]))
            };
            let tries = [0.0, 0.5, 1.0].map(|part| wanted + part * (latest - wanted));
            let rooms: Vec<(f64, [f64; 2])> = tries.into_iter().filter_map(room).collect();
            let beside = rooms.iter().find_map(|(x, room)| Some((*x, beside_levels(laid, *room, ink.size)?)));
            let middle = rooms.first().map(|(x, [top, bottom])| (*x, 0.5 * (top + bottom)));
            beside.or(middle).map(|place| (*words, place))
        });
        if let Some((words, (x, y))) = place {
            canvas.text(words, (x, y + 0.36 * ink.size), Anchor::Middle, ink);
        }
    }
}

/// Where a name of this size stands between two heights without a dashed level through it: in their middle, or above or below
/// the level.
fn beside_levels(laid: &Laid, [top, bottom]: [f64; 2], size: f64) -> Option<f64> {
    let levels: Vec<f64> = laid.panel.levels.iter().map(|(value, _)| laid.height(*value)).collect();
    let sides = levels.iter().flat_map(|level| [level - 0.7 * size, level + 0.7 * size]);
    let inside = |y: &f64| *y - 0.65 * size >= top && *y + 0.65 * size <= bottom;
    let clear = |y: &f64| levels.iter().all(|level| (level - y).abs() >= 0.69 * size);
    std::iter::once(0.5 * (top + bottom)).chain(sides).find(|y| inside(y) && clear(y))
}

/// The colour in which a band shows: its tint over those of the wider bands, over the ground.
fn band_colour(laid: &Laid, colour: Rgb, band: usize) -> Rgb {
    let palette = laid.style.theme.palette();
    let mixed =
        |ink: u8, ground: u8, alpha: f64| (f64::from(ink) * alpha + f64::from(ground) * (1.0 - alpha)).round() as u8;
    (laid.panel.outer..=band).fold(palette.ground, |ground, it| {
        let alpha = palette.bands[it];
        (mixed(colour.0, ground.0, alpha), mixed(colour.1, ground.1, alpha), mixed(colour.2, ground.2, alpha))
    })
}

/// Height of a quantile at a place between two years.
fn bound(laid: &Laid, series: &FanSeries, x: f64, quantile: usize) -> f64 {
    let start = series.seen.iter().find(|seen| seen.year == laid.panel.base_year);
    let start = start.map(|seen| (laid.x(f64::from(seen.year)), seen.value));
    let points: Vec<(f64, f64)> = start
        .into_iter()
        .chain(series.bands.iter().map(|band| (laid.x(f64::from(band.year)), band.quantiles[quantile])))
        .map(|(x, value)| (x, laid.height(value)))
        .collect();
    let after = points.iter().position(|point| point.0 >= x).unwrap_or(points.len().saturating_sub(1)).max(1);
    match (points.get(after - 1), points.get(after)) {
        (Some(a), Some(b)) => a.1 + (b.1 - a.1) * ((x - a.0) / (b.0 - a.0)).clamp(0.0, 1.0),
        _ => laid.bottom,
    }
}

/// Least distance between a median and its words that a line bridges.
const LEAST_LED: f64 = 6.0;

/// Names and numbers at the right, moved apart where they would touch.
pub(super) fn end_labels(laid: &Laid, canvas: &mut Canvas) {
    let palette = laid.style.theme.palette();
    let scale = laid.style.preset.canvas().2;
    let height = |lines: &[(Text, Ink)]| lines.iter().map(|(_, ink)| ink.size * 1.28).sum::<f64>() + 8.0;
    let level_ink = Ink::new(18.0 * scale, Weight::Regular, palette.sub);
    let levels: Vec<Vec<(Text, Ink)>> =
        laid.panel.levels.iter().map(|(_, words)| vec![(words.as_str().into(), level_ink)]).collect();
    let y = |value: f64| laid.height(value);
    let ends = laid.panel.series.iter().filter(|series| !series.bands.is_empty() && !series.end.is_empty());
    let mut blocks: Vec<(f64, &[(Text, Ink)])> =
        ends.map(|series| (y(series.bands[series.bands.len() - 1].quantiles[MEDIAN]), series.end.as_slice())).collect();
    let mut colours: Vec<Rgb> = blocks.iter().map(|(_, lines)| lines[0].1.colour).collect();
    blocks.extend(laid.panel.levels.iter().zip(&levels).map(|((value, _), lines)| (y(*value), lines.as_slice())));
    colours.resize(blocks.len(), palette.axis);
    let wanted: Vec<f64> = blocks.iter().map(|block| block.0).collect();
    let heights: Vec<f64> = blocks.iter().map(|block| height(block.1)).collect();
    let limits = (laid.top - 20.0, laid.bottom - 2.0);
    let limits = if laid.style.bare { dodge::reaching_up(limits, &heights) } else { limits };
    let centres = dodge::apart(&wanted, &heights, limits);
    // A line from the end of a median to its words where these had to give way; where one has it, all that moved have it,
    // or words without a line would seem to belong to the marker beside them.
    let moved = |place: usize| (centres[place] - wanted[place]).abs();
    let led = (0..blocks.len()).any(|place| moved(place) > 0.5 * heights[place]);
    for (place, (centre, height)) in centres.iter().zip(&heights).enumerate() {
        let lines = blocks[place].1;
        if led && moved(place) > LEAST_LED {
            // To the name, which stands in the first line.
            let name = centre - height / 2.0 + 2.0 + 0.75 * lines[0].1.size;
            canvas.line((laid.right + 9.0, wanted[place]), (laid.right + 20.0, name), colours[place], 1.25, "");
        }
        let mut baseline = centre - height / 2.0 + 2.0;
        for (words, ink) in lines {
            baseline += ink.size * 1.28;
            canvas.said(words, (laid.right + 24.0, baseline - 0.28 * ink.size), Anchor::Start, *ink);
        }
    }
}
