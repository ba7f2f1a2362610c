//! Scenario data as integrated assessment exchanges it (IAMC): variables with bars, by model, scenario and region.
//!
//! A plain variable is what was observed or the median over paths, the number that a run speaks of; quantiles carry their
//! percentage as a suffix, `AI Funding|50.0th Percentile`, and means their name, `AI Funding|Mean`. Means add up, medians do
//! not: in the region of both sides `AI Funding|Mean` is the sum of `AI Funding|Mean|United States` and
//! `AI Funding|Mean|China`, and there is no plain variable.

use std::collections::BTreeMap;

use crate::store::Files;

use super::run::{NotExported, Run, csv_text};

/// Quantiles of a fan with their suffix.
const QUANTILES: [(&str, &str); 9] = [
    ("p2.5", "2.5th Percentile"),
    ("p5", "5.0th Percentile"),
    ("p10", "10.0th Percentile"),
    ("p25", "25.0th Percentile"),
    ("p50", "50.0th Percentile"),
    ("p75", "75.0th Percentile"),
    ("p90", "90.0th Percentile"),
    ("p95", "95.0th Percentile"),
    ("p97.5", "97.5th Percentile"),
];

/// Metrics of a region that add up over regions.
const ADDITIVE: [&str; 2] = ["deals", "funding"];

/// Region, variable and unit.
type Key = (String, String, String);

/// Series in the order in which they are met, each with its values by year.
#[derive(Default)]
struct Series {
    order: Vec<Key>,
    values: BTreeMap<Key, BTreeMap<i32, String>>,
}

impl Series {
    fn add(&mut self, (region, variable, unit): (&str, &str, &str), year: i32, value: &str) {
        if value.is_empty() {
            return;
        }
        let key = (region.to_owned(), variable.to_owned(), unit.to_owned());
        if !self.values.contains_key(&key) {
            self.order.push(key.clone());
        }
        self.values.entry(key).or_default().insert(year, value.to_owned());
    }
}

/// The files of a run: wide and long.
pub(super) fn files(run: &Run) -> Result<Files, NotExported> {
    let fan = run.table("fan.csv")?;
    let of = |row: &'_ [String], column: &str| fan.field(row, column).to_owned();
    let mut regions: Vec<String> = Vec::new();
    for row in fan.rows.iter().filter(|row| ADDITIVE.contains(&fan.field(row, "metric"))) {
        let name = region(fan.field(row, "region"));
        if !regions.contains(&name) && name != "World" {
            regions.push(name);
        }
    }
    let both = regions.join(" and ");
    // Whether a metric has means at all depends on the run.
    let with_means: Vec<String> =
        fan.rows.iter().filter(|row| !fan.field(row, "mean").is_empty()).map(|row| of(row, "metric")).collect();
    let metric_has_mean = |metric: &String| with_means.contains(metric);
    let mut series = Series::default();
    let mut sums: BTreeMap<(String, i32), (usize, f64, String)> = BTreeMap::new();
    for row in &fan.rows {
        let (metric, unit) = (of(row, "metric"), unit(fan.field(row, "unit")));
        let Ok(year) = fan.field(row, "year").parse::<i32>() else { continue };
        let name = region(fan.field(row, "region"));
        let own = if regions.contains(&name) || name == "World" { name.clone() } else { both.clone() };
        let observed_or =
            |column: &str| Some(of(row, "observed")).filter(|it| !it.is_empty()).unwrap_or(of(row, column));
        let (plain, mean) = (observed_or("p50"), observed_or("mean"));
        let variable = variable(&metric);
        let of_mean = format!("{variable}|Mean");
        series.add((&own, &variable, &unit), year, &plain);
        // A ratio has no mean, and what was observed alone would be a line that breaks off.
        if metric_has_mean(&metric) {
            series.add((&own, &of_mean, &unit), year, &mean);
        }
        for (column, suffix) in QUANTILES {
            series.add((&own, &format!("{variable}|{suffix}"), &unit), year, fan.field(row, column));
        }
        if ADDITIVE.contains(&metric.as_str()) && regions.contains(&name) && regions.len() > 1 {
            series.add((&both, &format!("{of_mean}|{name}"), &unit), year, &mean);
            if let Ok(value) = mean.parse::<f64>() {
                let sum = sums.entry((of_mean, year)).or_insert((0, 0.0, unit));
                (sum.0, sum.1) = (sum.0 + 1, sum.1 + value);
            }
        }
    }
    for ((variable, year), (parts, sum, unit)) in sums {
        if parts == regions.len() {
            series.add((&both, &variable, &unit), year, &sum.to_string());
        }
    }
    Ok(written(run, &series))
}

fn written(run: &Run, series: &Series) -> Files {
    let mut years: Vec<i32> = series.values.values().flat_map(|it| it.keys().copied()).collect();
    years.sort_unstable();
    years.dedup();
    let model = format!("aigap {}", run.version);
    let head = ["Model", "Scenario", "Region", "Variable", "Unit"].map(str::to_owned).to_vec();
    let mut wide = vec![[head.clone(), years.iter().map(i32::to_string).collect()].concat()];
    let mut long = vec![[head, vec!["Year".to_owned(), "Value".to_owned()]].concat()];
    for key in &series.order {
        let (region, variable, unit) = key.clone();
        let own = vec![model.clone(), run.scenario.clone(), region, variable, unit];
        let values = &series.values[key];
        wide.push(
            [own.clone(), years.iter().map(|year| values.get(year).cloned().unwrap_or_default()).collect()].concat(),
        );
        long.extend(values.iter().map(|(year, value)| [own.clone(), vec![year.to_string(), value.clone()]].concat()));
    }
    vec![("iamc.csv".to_owned(), csv_text(&wide)), ("iamc-long.csv".to_owned(), csv_text(&long))]
}

/// A region as this community writes it.
fn region(word: &str) -> String {
    match word {
        "us" => "United States".to_owned(),
        "uk" => "United Kingdom".to_owned(),
        "eu" => "European Union".to_owned(),
        "rest" => "Rest of World".to_owned(),
        word => capitals(word),
    }
}

/// A metric as a variable: `AI Funding Gap` for `gap`.
fn variable(metric: &str) -> String {
    match metric {
        "gap" | "ratio" | "share" | "log-ratio" | "cumulative-gap" | "cumulative-ratio" => {
            format!("AI Funding {}", capitals(metric))
        }
        "size-ratio" => "AI Deal Size Ratio".to_owned(),
        metric => format!("AI {}", capitals(metric)),
    }
}

fn capitals(word: &str) -> String {
    let capital = |part: &str| {
        let mut letters = part.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
    };
    word.split('-').map(capital).collect::<Vec<_>>().join(" ")
}

/// A unit as this community writes it.
fn unit(word: &str) -> String {
    let (sign, scale) = match word.chars().next() {
        Some('$') => ("USD", &word[1..]),
        Some('¥') => ("CNY", &word['¥'.len_utf8()..]),
        _ => return word.to_owned(),
    };
    match scale {
        "bn" => format!("billion {sign}"),
        "m" => format!("million {sign}"),
        other => format!("{other} {sign}"),
    }
}
