//! Reference values: every golden row that the product computes, exact or within five standard errors.
#![allow(clippy::disallowed_methods, reason = "tests may use the platform's mathematics")]

mod models;
mod process;
mod statistics;

use std::collections::BTreeMap;

use crate::support::{BASE, Paths, paths, run, scenario};
use aigap::data::Dataset;
use aigap::metric::{Measure, Metric, Milestone, Question, Subject};
use aigap::scenario::Scenario;
use aigap::summary::Summary;

/// Rows that are not checked here, each with the reason.
const LEFT_OUT: [(&str, &str); 13] = [
    ("A29", "a weight that argues for the baseline; the product computes no such weight"),
    ("B24", "growth is written for the median path; growth of the mean is not offered"),
    ("C06", "a limit beyond any horizon; the C03 rows check the variances themselves"),
    ("C09", "only annual steps are simulated"),
    ("D06", "a stationary spread beyond any horizon; D05 checks the same model"),
    ("I02", "estimated by simulation: within its own standard error in tests/uncertainty.rs"),
    ("I03", "estimated by simulation: within its own standard error in tests/uncertainty.rs"),
    ("I04", "estimated by simulation: within its own standard error in tests/uncertainty.rs"),
    ("I05", "estimated by simulation: within its own standard error in tests/uncertainty.rs"),
    ("I08", "estimated by simulation: within its own standard error in tests/uncertainty.rs"),
    ("K05", "an approximation that the product does not use"),
    ("J18", "a deterministic time that the product does not report"),
    ("J19", "a deterministic time that the product does not report"),
];

#[derive(Debug)]
struct Row {
    value: String,
    exact: bool,
    unit_sd: f64,
    tolerance: f64,
    how: String,
}

fn rows() -> BTreeMap<String, Row> {
    let mut reader = csv::Reader::from_reader(include_str!("golden/golden.csv").as_bytes());
    let rows = reader.records().map(|record| {
        let record = record.unwrap();
        let number = |place: usize| record[place].parse().unwrap_or(0.0);
        let row = Row {
            value: record[4].to_owned(),
            exact: &record[6] == "exact",
            unit_sd: number(7),
            tolerance: number(9),
            how: record[5].to_owned(),
        };
        (record[0].to_owned(), row)
    });
    rows.collect()
}

/// What the product says, by row: a number with the paths it rests on (0 where it is exact), or a text.
#[derive(Default)]
struct Said {
    numbers: BTreeMap<String, (f64, f64)>,
    texts: BTreeMap<String, String>,
}

impl Said {
    fn exact(&mut self, id: &str, value: f64) {
        assert!(self.numbers.insert(id.to_owned(), (value, 0.0)).is_none(), "{id} twice");
    }

    fn simulated(&mut self, id: &str, value: f64, paths: u64) {
        assert!(self.numbers.insert(id.to_owned(), (value, paths as f64)).is_none(), "{id} twice");
    }

    fn text(&mut self, id: &str, value: impl Into<String>) {
        self.texts.insert(id.to_owned(), value.into());
    }
}

#[test]
fn every_golden_row_is_met() {
    let rows = rows();
    let mut said = Said::default();
    seed_figures(&mut said);
    random_walk(&mut said);
    models::autoregressive(&mut said);
    models::saturation(&mut said);
    models::events(&mut said);
    process::all(&mut said);
    said.simulated("K07", crate::seek::growth_for_parity(20_000), 20_000);
    let (density, cases) = crate::discover::box_on_a_grid();
    said.exact("L05_den", density);
    said.exact("L05_n", cases as f64);
    statistics::decomposition(&mut said);
    statistics::accuracy(&mut said);
    statistics::edges(&mut said);
    let mut failures = Vec::new();
    for (id, row) in &rows {
        if LEFT_OUT.iter().any(|(left, _)| left == id) {
            continue;
        }
        if let Some(text) = said.texts.get(id) {
            if *text != row.value {
                failures.push(format!("{id}: {text} instead of {}", row.value));
            }
            continue;
        }
        let Some((value, paths)) = said.numbers.get(id) else {
            failures.push(format!("{id}: nothing computes it"));
            continue;
        };
        let expected: f64 = row.value.parse().unwrap();
        let allowed = if row.exact {
            row.tolerance * expected.abs().max(if expected == 0.0 { 1.0 } else { 1e-300 })
        } else {
            // Quantiles of the histogram carry its bound on top of the simulation error.
            let bucket = if id.contains("_q") || row.how.contains("quantile") { expected.abs() / 1024.0 } else { 0.0 };
            STANDARD_ERRORS * row.unit_sd / paths.sqrt() + bucket
        };
        // Written so that a value which is no number fails.
        let met = (value - expected).abs() <= allowed || (value.is_infinite() && *value == expected);
        if !met {
            failures.push(format!("{id}: {value} instead of {expected}, allowed {allowed:e}"));
        }
    }
    for id in said.numbers.keys().chain(said.texts.keys()) {
        assert!(rows.contains_key(id), "{id} is computed and is no golden row");
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn seed_figures(said: &mut Said) {
    let data = Dataset::built_in();
    let of = |region: &str, metric: &str, year: i32| data.find(region, metric, year).unwrap();
    let interval = |said: &mut Said, ids: [&str; 3], region: &str, metric: &str| {
        let figure = of(region, metric, 2022);
        for (id, value) in ids.into_iter().zip([figure.value, figure.low, figure.high]) {
            said.exact(id, value);
        }
    };
    interval(said, ["A01", "A02", "A03"], "us", "funding");
    interval(said, ["A04", "A05", "A06"], "china", "funding");
    interval(said, ["A11", "A12", "A13"], "china", "deals");
    let fact = |id: &str| data.facts.iter().find(|fact| fact.id == id).unwrap();
    let (yuan, rate) = (fact("china-funding-2023-cny"), fact("cny-usd"));
    let (y, r) = (yuan.value.unwrap(), rate.value.unwrap());
    said.exact("A07", y * r);
    said.exact("A08", yuan.low.unwrap() * rate.low.unwrap());
    said.exact("A09", yuan.high.unwrap() * rate.high.unwrap());
    said.exact("A10", of("china", "funding", 2023).value / y);
    let (deals, share) = (of("us", "deals", 2023).value, fact("us-share-of-world-deals-2023"));
    said.exact("A14", deals / share.value.unwrap());
    said.exact("A15", deals / share.high.unwrap());
    said.exact("A16", deals / share.low.unwrap());
    said.exact("A17", of("us", "deal-size", 2023).value);
    said.exact("A18", of("china", "deal-size", 2023).value);
    said.exact("A19", of("china", "deal-size", 2023).value / of("china", "deal-size", 2022).value - 1.0);
    let base = scenario(BASE);
    let ratio = Measure { metric: Metric::Ratio, subject: Subject::Gap };
    said.exact("A20", ratio.observed(&base, 2023).unwrap().value);
    said.exact("A21", ratio.observed(&base, 2022).unwrap().value);
    let [factor, low, high] = data.growth_of_ratio("us", "china", 2023).unwrap();
    said.exact("A22", factor);
    said.exact("A23", low);
    said.exact("A24", high);
    let fall = |metric: &str| (of("china", metric, 2023).value / of("china", metric, 2022).value).ln();
    said.exact("A25", fall("deals") / fall("funding"));
}

/// How many standard errors a simulated value may lie from its reference: one of hundreds must not fail by chance.
const STANDARD_ERRORS: f64 = 5.0;

/// A million paths, because the standard deviations of lognormals need them.
const MANY: u64 = 1_000_000;

fn random_walk(said: &mut Said) {
    let base = scenario(BASE);
    let summary = run(&base, MANY, 20_240_515);
    let region = |metric, region, year| summary.region(metric, region, year).unwrap();
    let gap = |metric, year| summary.gap(metric, year).unwrap();
    let levels = [("q05", 0.05), ("q25", 0.25), ("q50", 0.5), ("q75", 0.75), ("q95", 0.95)];
    let mut quantiles = |id: &str, spread: &aigap::summary::Spread, wanted: &[&str]| {
        for (name, level) in levels.iter().filter(|(name, _)| wanted.contains(name)) {
            said.simulated(&format!("{id}_{name}"), spread.quantile(*level).unwrap(), MANY);
        }
    };
    quantiles("B01", region(Metric::Deals, 0, 2028), &["q05", "q50", "q95"]);
    quantiles("B02", region(Metric::DealSize, 0, 2028), &["q05", "q50", "q95"]);
    quantiles("B03", region(Metric::Funding, 0, 2028), &["q05", "q50"]);
    quantiles("B04", region(Metric::Funding, 1, 2028), &["q05", "q95"]);
    quantiles("B11_h1", gap(Metric::Ratio, 2024), &["q50", "q95"]);
    quantiles("B11_h5", gap(Metric::Ratio, 2028), &["q05", "q25", "q50", "q75", "q95"]);
    quantiles("B16", gap(Metric::Gap, 2028), &["q05", "q50"]);
    quantiles("B20", gap(Metric::Share, 2028), &["q05", "q50"]);
    said.simulated("B01_sd", region(Metric::Deals, 0, 2028).sd.unwrap(), MANY);
    said.simulated("B02_sd", region(Metric::DealSize, 0, 2028).sd.unwrap(), MANY);
    said.simulated("B03_mean", region(Metric::Funding, 0, 2028).mean.unwrap(), MANY);
    said.simulated("B03_sd", region(Metric::Funding, 0, 2028).sd.unwrap(), MANY);
    said.simulated("B04_mean", region(Metric::Funding, 1, 2028).mean.unwrap(), MANY);
    said.simulated("B04_sd", region(Metric::Funding, 1, 2028).sd.unwrap(), MANY);
    said.simulated("B14", gap(Metric::Gap, 2028).mean.unwrap(), MANY);
    said.simulated("B19", gap(Metric::Share, 2028).mean.unwrap(), MANY);
    said.simulated("B21", gap(Metric::CumulativeGap, 2033).mean.unwrap(), MANY);
    let p = |question, year| summary.probability(question, year).unwrap().value;
    said.simulated("B13", p(Question::WiderAsRatio, 2028), MANY);
    said.simulated("B17", p(Question::WiderInDollars, 2028), MANY);
    said.simulated("B18", p(Question::WiderInDollarsOnly, 2028), MANY);
    parity(said, &base, &summary);
    closed_forms(said, &base);
    let few = 100_000;
    let kept = paths(&base, few, 7);
    let changes = |region: usize| step_changes(&kept, region);
    let (us, china) = (changes(0), changes(1));
    said.simulated("B05", covariance(&us, &us), us.len() as u64);
    said.simulated("B06", covariance(&china, &china), us.len() as u64);
    said.simulated("B07", covariance(&us, &china), us.len() as u64);
    let above = |year: usize, ratio: f64| {
        let pairs = kept.funding[0][year].iter().zip(&kept.funding[1][year]);
        pairs.filter(|(us, china)| *us - *china > ratio.ln()).count() as f64 / few as f64
    };
    said.simulated("B12_h5_gt10", above(4, 10.0), few);
    said.simulated("B12_h5_gt30", above(4, 30.0), few);
    said.simulated("B12_h12_gt1", above(11, 1.0), few);
}

fn step_changes(kept: &Paths, region: usize) -> Vec<f64> {
    // One step of each path: the golden standard error counts independent changes.
    kept.funding[region][4].iter().zip(&kept.funding[region][3]).map(|(now, before)| now - before).collect()
}

fn covariance(a: &[f64], b: &[f64]) -> f64 {
    let mean = |column: &[f64]| column.iter().sum::<f64>() / column.len() as f64;
    let (a_mean, b_mean) = (mean(a), mean(b));
    a.iter().zip(b).map(|(a, b)| (a - a_mean) * (b - b_mean)).sum::<f64>() / (a.len() - 1) as f64
}

fn parity(said: &mut Said, base: &Scenario, summary: &Summary) {
    let reached = |year| summary.reached_by(Milestone::Parity, year).unwrap().value;
    for (id, year) in [("K01_h1", 2024), ("K01_h2", 2025), ("K01_h8", 2031), ("K01_h12", 2035)] {
        said.simulated(id, reached(year), MANY);
    }
    said.simulated("K02", reached(2030) - reached(2029), MANY);
    said.simulated("K03", summary.probability(Question::TrailerAhead, 2035).unwrap().value, MANY);
    said.simulated("K09", summary.restricted_mean_years(Milestone::Parity), MANY);
    assert_eq!(base.horizon(), 2035);
}

/// Rows whose closed form rests on what the parser made of the file: drifts, volatilities and correlations.
fn closed_forms(said: &mut Said, base: &Scenario) {
    let value = |address: &str| base.assumptions().iter().find(|it| it.address() == address).unwrap().law().median();
    let sd =
        ["us.deals", "us.deal-size", "china.deals", "china.deal-size"].map(|it| value(&format!("{it}.volatility")));
    let drift = ["us.deals", "us.deal-size", "china.deals", "china.deal-size"].map(|it| value(&format!("{it}.growth")));
    let rho = |i: usize, j: usize| base.shock_correlations().matrix()[4 * i + j];
    let cov = |side: [usize; 2], other: [usize; 2]| -> f64 {
        side.iter().flat_map(|i| other.iter().map(move |j| (*i, *j))).map(|(i, j)| sd[i] * sd[j] * rho(i, j)).sum()
    };
    let (us, china, both) = (cov([0, 1], [0, 1]), cov([2, 3], [2, 3]), cov([0, 1], [2, 3]));
    let h = 2.0;
    let corr = (h * both).exp_m1() / ((h * us).exp_m1() * (h * china).exp_m1()).sqrt();
    said.exact("B10", corr);
    let h = 5.0;
    let mean = |start: f64, drift: f64, variance: f64, h: f64| start * (h * (drift + variance / 2.0)).exp();
    let (a, b) = (mean(31.0, drift[0] + drift[1], us, h), mean(2.0, drift[2] + drift[3], china, h));
    let variance = a * a * (h * us).exp_m1() + b * b * (h * china).exp_m1() - 2.0 * a * b * (h * both).exp_m1();
    said.exact("B15", variance.sqrt());
    let m = |t: i32| mean(31.0, drift[0] + drift[1], us, f64::from(t));
    let total: f64 = (1..=10)
        .flat_map(|s| (1..=10).map(move |t| (s, t)))
        .map(|(s, t)| m(s) * m(t) * (f64::from(s.min(t)) * us).exp_m1())
        .sum();
    said.exact("B22", total.sqrt());
    let growth = scenario(&BASE.replace("2.02013400267558%", "10%"));
    said.exact("B25", growth.assumptions().iter().find(|it| it.address() == "us.deals.growth").unwrap().law().median());
    // M21: the last pivot of the factor in the canonical order, which is that of the row.
    said.exact("M21_33", base.shock_correlations().factor()[15]);
}
