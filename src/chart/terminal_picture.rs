//! The ratio's fan in a few lines of characters, for a terminal.

use crate::metric::{Measure, Metric, Subject};
use crate::scenario::Scenario;
use crate::summary::{Summary, observed_years};
use crate::wording;

/// Lines of the plot and its width in columns; with head and years it is eight lines of at most 80.
const ROWS: usize = 6;
const COLUMNS: usize = 66;

/// A year of the fan: 10, 25, 50, 75 and 90% in logs; an observed year has one value five times.
type Year = (i32, [f64; 5], bool);

/// Ratio of the observed and the simulated years as shades: `░` 80% of paths, `▒` 50%, `━` the median.
///
/// `None` where there is no ratio to draw. With `colour` the median stands out by colour too.
#[must_use]
pub fn picture(scenario: &Scenario, summary: &Summary, colour: bool) -> Option<String> {
    let years = years(scenario, summary);
    let (first, last) = (years.first()?.0, years.last()?.0);
    if !years.iter().any(|year| !year.2) || last <= first {
        return None;
    }
    let base = years.iter().rev().find(|year| year.2)?.1[2];
    let all = years.iter().flat_map(|year| year.1);
    let (low, high) = all.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), log| (low.min(log), high.max(log)));
    let (low, high) = if high - low < 0.1 { (low - 0.7, high + 0.7) } else { (low, high) };
    // The level of the base year stands in the middle of its line, so that a median near it does not jump.
    let step = (high - low) / (ROWS - 1) as f64;
    let shift = ((high - base) / step).fract() - 0.5;
    let high = high + if shift > 0.0 { (1.0 - shift) * step } else { -shift * step };
    let low = high - ROWS as f64 * step;
    let row = |log: f64| (((high - log) / (high - low) * ROWS as f64) as usize).min(ROWS - 1);
    let name = |region: usize| wording::short_name(scenario.regions()[region].name());
    let mut text = format!(
        "{} ÷ {}, log scale: ━ median, ▒ 50% and ░ 80% of paths, ● observed, ┄ {}\n",
        name(scenario.gap().lead()),
        name(scenario.gap().follow()),
        scenario.base_year()
    );
    let labels = labels(low, high, &row);
    let gutter = labels.iter().flatten().map(|label| label.chars().count()).max().unwrap_or(0);
    for (line, label) in labels.iter().enumerate() {
        let label = label.as_deref().unwrap_or("");
        let mark = if label.is_empty() { '│' } else { '┤' };
        let cells: String = (0..COLUMNS).map(|column| cell(&years, column, line, (low, high), row(base))).collect();
        let cells = if colour {
            cells.trim_end().replace('━', "\u{1b}[1;35m━\u{1b}[0m")
        } else {
            cells.trim_end().to_owned()
        };
        text += format!("{label:>gutter$} {mark}{cells}").trim_end();
        text.push('\n');
    }
    text += &axis(&years, gutter);
    Some(text)
}

/// Observed years, then simulated ones, as logs; years without a positive ratio are left out.
fn years(scenario: &Scenario, summary: &Summary) -> Vec<Year> {
    let measure = Measure { metric: Metric::Ratio, subject: Subject::Gap };
    let usable = |values: [f64; 5]| values.iter().all(|value| value.is_finite() && *value > 0.0);
    let seen =
        observed_years(scenario).filter_map(|year| Some((year, [measure.observed(scenario, year)?.value; 5], true)));
    let simulated = scenario.years().filter_map(|year| {
        let spread = summary.gap(Metric::Ratio, year)?;
        let quantiles = [0.1, 0.25, 0.5, 0.75, 0.9].map(|level| spread.quantile(level).unwrap_or(f64::NAN));
        Some((year, quantiles, false))
    });
    let found = seen.chain(simulated).filter(|(_, values, _)| usable(*values));
    found.map(|(year, values, seen)| (year, values.map(libm::log), seen)).collect()
}

/// What stands in a cell.
fn cell(years: &[Year], column: usize, line: usize, (low, high): (f64, f64), base: usize) -> char {
    let (first, last) = (f64::from(years[0].0), f64::from(years[years.len() - 1].0));
    let at = first + (last - first) * column as f64 / (COLUMNS - 1) as f64;
    let after = years.iter().position(|year| f64::from(year.0) >= at).unwrap_or(years.len() - 1);
    let before = if f64::from(years[after].0) > at { after.saturating_sub(1) } else { after };
    let (from, to) = (&years[before], &years[after]);
    let share = if after == before { 0.0 } else { (at - f64::from(from.0)) / f64::from(to.0 - from.0) };
    let level = |place: usize| from.1[place] + (to.1[place] - from.1[place]) * share;
    let row = |log: f64| (((high - log) / (high - low) * ROWS as f64) as usize).min(ROWS - 1);
    let half = 0.5 * (last - first) / (COLUMNS - 1) as f64;
    let seen = years.iter().find(|year| year.2 && (f64::from(year.0) - at).abs() <= half);
    let middle = high - (line as f64 + 0.5) * (high - low) / ROWS as f64;
    let inside = |low: usize, high: usize| middle >= level(low) && middle <= level(high);
    match seen {
        Some(year) if row(year.1[2]) == line => '●',
        _ if to.2 => ' ',
        _ if row(level(2)) == line => '━',
        _ if inside(1, 3) => '▒',
        _ if inside(0, 4) => '░',
        _ if line == base => '┄',
        _ => ' ',
    }
}

/// Round ratios beside the lines that hold them, two lines apart at least.
fn labels(low: f64, high: f64, row: &dyn Fn(f64) -> usize) -> Vec<Option<String>> {
    let decades = (high - low) / std::f64::consts::LN_10;
    let steps: &[f64] = if decades > 1.5 { &[1.0] } else { &[1.0, 2.0, 5.0] };
    let mut labels: Vec<Option<String>> = vec![None; ROWS];
    for power in -9..=9 {
        for step in steps {
            let value = step * libm::pow(10.0, f64::from(power));
            let log = libm::log(value);
            let line = row(log.clamp(low, high));
            let free = labels[line.saturating_sub(1)..(line + 2).min(ROWS)].iter().all(Option::is_none);
            if (low..=high).contains(&log) && free {
                labels[line] = Some(wording::ratio_axis(value));
            }
        }
    }
    labels
}

/// The line of years: first, base, last, and what else has room.
fn axis(years: &[Year], gutter: usize) -> String {
    let (first, last) = (years[0].0, years[years.len() - 1].0);
    let start = gutter + 2;
    let column =
        |year: i32| start + ((COLUMNS - 1) as f64 * f64::from(year - first) / f64::from(last - first)).round() as usize;
    let mut line = vec![' '; start + COLUMNS + 2];
    let base = years.iter().rev().find(|year| year.2).map_or(first, |year| year.0);
    for year in [last, base, first].into_iter().chain(years.iter().map(|year| year.0)) {
        let words: Vec<char> = year.to_string().chars().collect();
        let from = column(year).saturating_sub(2).max(start - 1).min(line.len() - words.len());
        let guard = from.saturating_sub(2)..(from + words.len() + 2).min(line.len());
        if line[guard].iter().all(|cell| *cell == ' ') {
            line[from..from + words.len()].copy_from_slice(&words);
        }
    }
    line.into_iter().collect::<String>().trim_end().to_owned() + "\n"
}
