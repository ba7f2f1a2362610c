//! What a spreadsheet draws itself of a chart's numbers: a fan as lines of its quantiles, since areas stacked from differences
//! would be wrong on a log axis and hold numbers that stand in no table; chances as stacked columns.

use std::ops::Range;

use crate::draw::{Credits, Drawing, Style, Theme};
use crate::table::workbook::{Plot, Series, Shape, Stroke};
use crate::table::{Field, Table};
use crate::wording;

use super::probability::class_colours;
use super::{Chart, Funding, Gap, Multiples, Probability};

/// Red, green, blue.
type Colour = (u8, u8, u8);

/// The plots of a chart from its drawing; none for most charts.
#[must_use]
pub fn plots(chart: &Chart, drawing: &Drawing) -> Vec<Plot> {
    match chart {
        Chart::Funding(it) => vec![funding(it, drawing)],
        Chart::Gap(it) => gap(it, drawing).into(),
        Chart::Probability(it) => probability(it, drawing).into(),
        Chart::Multiples(it) => vec![multiples(it, drawing)],
        _ => Vec::new(),
    }
}

/// What stands below a plot: it goes along when the chart is copied.
fn across(credits: &Credits) -> String {
    format!("Year. {}", credits.footer("").source)
}

/// Amounts of a money, in billions; of less than one with their decimals where they stand on a log axis.
fn amounts(credits: &Credits, is_log: bool) -> String {
    let sign = credits.unit.chars().next().unwrap_or('$');
    let of = |digits: &str| format!("\"{sign}\"{digits}\"bn\"");
    if is_log {
        format!("[<0.1]{};[<1]{};{}", of("0.00"), of("0.0"), of("#,##0"))
    } else {
        format!("{0};-{0}", of("#,##0"))
    }
}

const TIMES: &str = "[<0.1]0.00\"×\";[<1]0.0\"×\";#,##0\"×\"";

/// Rows of a table with a name in a column, which stand together.
fn rows(table: &Table, column: &str, name: &str) -> Range<usize> {
    let Some(place) = table.column(column) else { return 0..0 };
    let is_own = |row: &usize| matches!(table.field(*row, place), Field::Text(word) if word == name);
    let first = (0..table.rows()).find(is_own).unwrap_or(0);
    first..first + (first..table.rows()).take_while(is_own).count()
}

/// Lines of a fan: median and the ends of its bands, then what was observed.
fn fan(rows: &Range<usize>, colour: Colour, of: &str, with_half: bool) -> Vec<Series> {
    let line = |column, name: Option<&str>, stroke| Series {
        name: name.map(|name| if of.is_empty() { wording::capital(name) } else { format!("{of}: {name}") }),
        column,
        rows: rows.clone(),
        colour,
        stroke,
    };
    let mut lines = vec![
        line("p50", Some("median"), Stroke::Median),
        line("p10", Some("80% of paths, between p10 and p90"), Stroke::Most),
        line("p90", None, Stroke::Most),
    ];
    if with_half {
        let half = Some("50% of paths, between p25 and p75");
        lines.extend([line("p25", half, Stroke::Half), line("p75", None, Stroke::Half)]);
    }
    lines.push(line("observed", Some("observed"), Stroke::Observed));
    lines
}

/// A log axis from one power of ten to another around everything that is drawn; none where something is not above zero.
fn log_axis(table: &Table, series: &[Series]) -> Option<[f64; 2]> {
    let of = |it: &Series| {
        let place = table.column(it.column);
        it.rows.clone().filter_map(move |row| place.and_then(|place| table.field(row, place).number()))
    };
    let numbers: Vec<f64> = series.iter().flat_map(of).collect();
    let low = numbers.iter().copied().fold(f64::INFINITY, f64::min);
    let high = numbers.iter().copied().fold(0.0, f64::max);
    let power = |exponent: f64| libm::pow(10.0, exponent);
    (low > 0.0 && high > low).then(|| [power(libm::log10(low).floor()), power(libm::log10(high).ceil())])
}

fn funding(it: &Funding, drawing: &Drawing) -> Plot {
    let region = |(place, region): (usize, &super::FundingRegion)| {
        let rows = rows(&drawing.table, "region", &region.name);
        fan(&rows, Theme::Light.region(place), &wording::short_name(&region.name), false)
    };
    let series: Vec<Series> = it.regions.iter().enumerate().flat_map(region).collect();
    let log = log_axis(&drawing.table, &series);
    let scale = if log.is_some() { ", log scale" } else { "" };
    Plot {
        title: drawing.title.clone(),
        alt: drawing.alt.clone(),
        across: across(&it.credits),
        up: format!("{} per year, {}{scale}", wording::capital(it.credits.counted), it.money.axis_unit()),
        format: amounts(&it.credits, log.is_some()),
        shape: Shape::Lines(log),
        series,
    }
}

fn gap(it: &Gap, drawing: &Drawing) -> [Plot; 2] {
    let colour = Theme::Light.palette().gap;
    let [(_, dollars), (as_ratio, _)] = it.heads();
    let of = |panel| fan(&rows(&drawing.table, "panel", panel), colour, "", true);
    let (in_dollars, ratio) = (of("gap"), of("ratio"));
    let log = log_axis(&drawing.table, &ratio);
    let divided = format!("{} divided by {}", it.outlook.lead, it.outlook.follow);
    let plot = |title, up, format, shape, series| Plot {
        title,
        alt: drawing.alt.clone(),
        across: across(&it.credits),
        up,
        format,
        shape,
        series,
    };
    [
        plot(drawing.title.clone(), dollars, amounts(&it.credits, false), Shape::Lines(None), in_dollars),
        plot(
            format!("{as_ratio}: {divided}"),
            format!("times{}", if log.is_some() { ", log scale" } else { "" }),
            TIMES.to_owned(),
            Shape::Lines(log),
            ratio,
        ),
    ]
}

fn probability(it: &Probability, drawing: &Drawing) -> [Plot; 2] {
    let colours = class_colours(&Theme::Light.palette());
    let last = if it.outlook.is_follow_leading() { "lead_ahead" } else { "more_than_double" };
    let of = |panel: &str, of_gap: bool| -> Vec<Series> {
        let rows = rows(&drawing.table, "panel", panel);
        let columns = ["follow_ahead", "less_than_half", "below", "above", last];
        let names = it.names(Style::default(), of_gap);
        let named = columns.into_iter().zip(names).zip(colours).filter(|((_, name), _)| !name.is_empty());
        named
            .map(|((column, name), colour)| Series {
                name: Some(name),
                column,
                rows: rows.clone(),
                colour,
                stroke: Stroke::Filled,
            })
            .collect()
    };
    let plot = |title, series| Plot {
        title,
        alt: drawing.alt.clone(),
        across: across(&it.credits),
        up: "Share of simulated paths".to_owned(),
        format: "0%".to_owned(),
        shape: Shape::Shares,
        series,
    };
    let of_ratio = format!("Chances of a higher ratio, against its level of {}", it.outlook.base_year);
    [plot(drawing.title.clone(), of("gap", true)), plot(of_ratio, of("ratio", false))]
}

fn multiples(it: &Multiples, drawing: &Drawing) -> Plot {
    let median = |(place, panel): (usize, &super::MultiplesPanel)| Series {
        name: Some(format!("{}: median", panel.name)),
        column: "p50",
        rows: rows(&drawing.table, "scenario", &panel.name),
        colour: Theme::Light.scenario(place),
        stroke: Stroke::Median,
    };
    let mut series: Vec<Series> = it.panels.iter().enumerate().map(median).collect();
    let observed = series.first().map(|first| Series {
        name: Some("Observed".to_owned()),
        column: "observed",
        stroke: Stroke::Observed,
        ..first.clone()
    });
    series.extend(observed);
    let log = log_axis(&drawing.table, &series);
    let [lead, follow] = &it.regions;
    let scale = if log.is_some() { ", log scale" } else { "" };
    Plot {
        title: drawing.title.clone(),
        alt: drawing.alt.clone(),
        across: across(&it.credits),
        up: format!("{lead} {} as a multiple of {follow}’s{scale}", it.credits.counted),
        format: TIMES.to_owned(),
        shape: Shape::Lines(log),
        series,
    }
}
