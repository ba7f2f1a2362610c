//! Reference values: every golden row that the product computes, exact or within five standard errors.
#![allow(clippy::disallowed_methods, reason = "tests may use the platform's mathematics")]

mod process;

use std::collections::BTreeMap;

use crate::support::{BASE, Paths, paths, run, scenario};
use aigap::data::Dataset;
use aigap::distribution::{Distribution, Z95};
use aigap::metric::{Base, Measure, Metric, Milestone, Question, Subject};
use aigap::random::{philox4x32_10, uniform_from_bits};
use aigap::scenario::Scenario;
use aigap::special::{normal_cdf, normal_quantile};
use aigap::summary::{Decomposition, Histogram, Moments, Summary, lmdi, log_mean, quantile_ranks, shapley, wilson};

/// Rows that are not checked here, each with the reason.
const LEFT_OUT: [(&str, &str); 14] = [
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
    ("K07", "a goal to seek, which no command does"),
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
    autoregressive(&mut said);
    saturation(&mut said);
    events(&mut said);
    process::all(&mut said);
    decomposition(&mut said);
    accuracy(&mut said);
    edges(&mut said);
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
            5.0 * row.unit_sd / paths.sqrt() + bucket
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
    said.simulated("K03", summary.probability(Question::FollowAhead, 2035).unwrap().value, MANY);
    said.simulated("K09", summary.restricted_mean_years(Milestone::Parity), MANY);
    assert_eq!(base.horizon, 2035);
}

/// Rows whose closed form rests on what the parser made of the file: drifts, volatilities and correlations.
fn closed_forms(said: &mut Said, base: &Scenario) {
    let value = |address: &str| base.assumptions.iter().find(|it| it.address == address).unwrap().law.median();
    let sd =
        ["us.deals", "us.deal-size", "china.deals", "china.deal-size"].map(|it| value(&format!("{it}.volatility")));
    let drift = ["us.deals", "us.deal-size", "china.deals", "china.deal-size"].map(|it| value(&format!("{it}.growth")));
    let rho = |i: usize, j: usize| base.shock_correlations.matrix[4 * i + j];
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
    said.exact("B25", growth.assumptions.iter().find(|it| it.address == "us.deals.growth").unwrap().law.median());
    // M21: the last pivot of the factor in the canonical order, which is that of the row.
    said.exact("M21_33", base.shock_correlations.factor[15]);
}

/// Two regions that model funding alone; China starts at 2 as the golden rows do.
fn funding_alone(china: &str) -> Scenario {
    scenario(&format!(
        "horizon = 2033\n[us.funding]\nmodel = \"random-walk\"\ngrowth = \"0%\"\nvolatility = \"0%\"\n[china.funding]\n{china}\n"
    ))
}

fn autoregressive(said: &mut Said) {
    let growth = "initial-growth = \"-70%\"\nlong-run-growth = \"8.32870676749586%\"\nvolatility = \"30%\"";
    let n = 200_000;
    let ar1 = funding_alone(&format!("model = \"ar1\"\npersistence = 0.4\n{growth}"));
    let kept = paths(&ar1, n, 11);
    let log = |h: usize| kept.funding[1][h - 1].iter().map(|log| log - 2f64.ln()).collect::<Vec<f64>>();
    for h in [1, 2, 3, 5, 10] {
        let column = log(h);
        if h > 1 {
            said.simulated(&format!("C02_h{h}"), column.iter().sum::<f64>() / n as f64, n);
        }
        if h != 3 {
            said.simulated(&format!("C03_h{h}"), covariance(&column, &column), n);
        }
    }
    let summary = run(&ar1, n, 12);
    let spread = summary.region(Metric::Funding, 1, 2028).unwrap();
    said.simulated("C04_q05", spread.quantile(0.05).unwrap(), n);
    said.simulated("C04_q50", spread.quantile(0.5).unwrap(), n);
    // φ = 0.4 is a half-life of ln 2 / ln 2.5 years.
    let half_life = 2f64.ln() / 2.5f64.ln();
    let fade = funding_alone(&format!("model = \"fade\"\nhalf-life = {half_life}\n{growth}"));
    let kept = paths(&fade, n, 13);
    said.simulated("C05", covariance(&kept.funding[1][9], &kept.funding[1][9]), n);
    // Without shocks the models show their own recursions: C01 from the share of a deviation that is left after a
    // year, C07 from the whole effect of the initial one over many years.
    let still = growth.replace("30%", "0%");
    let horizon = |model: &str, years: i32| {
        let text = format!("model = \"{model}\"\n{still}");
        let whole = funding_alone(&text);
        Scenario { horizon: whole.base_year + years, ..whole }
    };
    let kept = paths(&horizon("fade\"\nhalf-life = 1.5\n#\"", 3), 2, 1);
    let step = |year: usize| kept.funding[1][year][0] - kept.funding[1][year - 1][0];
    let long_run = 0.08;
    said.exact("C01", (step(2) - long_run) / (step(1) - long_run));
    let kept = paths(&horizon("ar1\"\npersistence = 0.4\n#\"", 45), 2, 1);
    said.exact("C07", kept.funding[1][44][0] - 2f64.ln() - 45.0 * long_run);
}

fn saturation(said: &mut Said) {
    let us = |model: &str| {
        scenario(&format!(
            "horizon = 2033\n[us.deals]\n{model}\n[us.deal-size]\nmodel = \"random-walk\"\ngrowth = \"0%\"\nvolatility = \"0%\"\n\
             [china.funding]\nmodel = \"random-walk\"\ngrowth = \"0%\"\nvolatility = \"0%\"\n"
        ))
    };
    let logistic = |sd: &str| {
        us(&format!("model = \"logistic\"\nceiling = 3000\ngrowth = \"41.9067548593257%\"\nvolatility = \"{sd}\""))
    };
    let half_life = 2f64.ln() / 0.25;
    let gompertz =
        |sd: &str| us(&format!("model = \"gompertz\"\nceiling = 3000\nhalf-life = {half_life}\nvolatility = \"{sd}\""));
    let deals = |scenario: &Scenario, year: usize| paths(scenario, 2, 1).deals[0][year - 1][0].exp();
    said.exact("D01_h1", deals(&logistic("0%"), 1));
    said.exact("D01_h10", deals(&logistic("0%"), 10));
    for h in [1, 5, 10] {
        said.exact(&format!("D02_h{h}"), deals(&gompertz("0%"), h));
    }
    let n = 200_000;
    let noisy = run(&logistic("25%"), n, 3);
    let spread = noisy.region(Metric::Deals, 0, 2028).unwrap();
    said.simulated("D03_q50", spread.quantile(0.5).unwrap(), n);
    said.simulated("D03_q95", spread.quantile(0.95).unwrap(), n);
    said.simulated("D04", spread.mean.unwrap(), n);
    let noisy = run(&gompertz("20%"), n, 4);
    let spread = noisy.region(Metric::Deals, 0, 2028).unwrap();
    said.simulated("D05_sd", spread.sd.unwrap(), n);
    said.simulated("D05_q05", spread.quantile(0.05).unwrap(), n);
    said.simulated("D05_q95", spread.quantile(0.95).unwrap(), n);
}

fn events(said: &mut Said) {
    let with = |event: &str| {
        let whole = funding_alone("model = \"random-walk\"\ngrowth = \"0%\"\nvolatility = \"0%\"");
        let text = format!(
            "horizon = 2033\n[us.funding]\nmodel = \"random-walk\"\ngrowth = \"0%\"\nvolatility = \"0%\"\n[china.funding]\n\
             model = \"random-walk\"\ngrowth = \"0%\"\nvolatility = \"0%\"\n[[events]]\nname = \"e\"\nregion = \"china\"\n\
             series = \"funding\"\n{event}\n"
        );
        assert!(whole.events.is_empty());
        scenario(&text)
    };
    let ramp = with("year = 2025\neffect = { step = \"-40%\", over = 3 }");
    said.exact("H04", paths(&ramp, 2, 1).funding[1][2][0].exp() / 2.0);
    let n = 200_000;
    let mean =
        |scenario: &Scenario, year| run(scenario, n, 5).region(Metric::Funding, 1, year).unwrap().mean.unwrap() / 2.0;
    said.simulated("H05", mean(&with("year = 2025\nchance = \"30%\"\neffect = { step = \"+50%\" }"), 2028), n);
    let uncertain = "year = { uniform = [2025, 2027] }\nchance = \"30%\"\neffect = { step = \"+50%\" }";
    said.simulated("H06", mean(&with(uncertain), 2026), n);
}

fn decomposition(said: &mut Said) {
    let (us, china) = ([1200.0, 1151.0], [232.0 / 0.62, 232.0]);
    let (us_funding, china_funding) = ([31.0 / 1.14, 31.0], [2.0 / 0.3, 2.0]);
    let split = Decomposition::new([us, china], [us_funding, china_funding]);
    let total = split.total();
    let [us_deals, us_size, china_deals, _] = split.terms;
    said.exact("J01", total.log_points);
    said.exact("J02", us_deals.log_points);
    said.exact("J03", us_size.log_points);
    said.exact("J04", china_deals.log_points);
    said.exact("J06", total.dollars);
    said.exact("J07", us_deals.dollars);
    said.exact("J08", us_size.dollars);
    said.exact("J09", china_deals.dollars);
    said.exact("J11", us_deals.dollars_shapley);
    said.exact("J12", us_size.dollars_shapley);
    said.exact("J14", -shapley(china, china_funding).deal_size);
    said.exact("J15", lmdi([232.0, 0.0], [2.0, 0.0]).deals);
    said.exact("J16", log_mean(2.0, 2.0));
    said.exact("J17", log_mean(3.0, 3.0 * (1.0 + 1e-9)));
}

fn accuracy(said: &mut Said) {
    let z = normal_quantile(0.975);
    for (id, k, n, lower) in [
        ("M01_0_1000_lo", 0.0, 1e3, true),
        ("M01_37_1000_lo", 37.0, 1e3, true),
        ("M01_37_1000_hi", 37.0, 1e3, false),
        ("M01_500_1000_hi", 500.0, 1e3, false),
        ("M01_1000_1000_lo", 1000.0, 1e3, true),
        ("M01_1000_1000_hi", 1000.0, 1e3, false),
        ("M01_25000_100000_lo", 25_000.0, 1e5, true),
    ] {
        let (low, high) = wilson(k / n, n, z);
        said.exact(id, if lower { low } else { high });
    }
    for id in rows().keys().filter(|id| id.starts_with("M02")) {
        let parts: Vec<&str> = id.split('_').collect();
        let (l, u, coverage) =
            quantile_ranks(parts[1].parse().unwrap(), parts[2].parse::<f64>().unwrap() / 100.0, 0.95);
        said.exact(
            id,
            match parts[3] {
                "l" => l as f64,
                "u" => u as f64,
                _ => coverage,
            },
        );
    }
    for (id, p) in [
        ("M11_1e-10", 1e-10),
        ("M11_0.001", 0.001),
        ("M11_0.975", 0.975),
        ("M11_half_ulp", 1.0 - 2f64.powi(-53)),
        ("M11_min", 2f64.powi(-54)),
    ] {
        said.exact(id, normal_quantile(p));
    }
    let words = |counter, key| philox4x32_10(counter, key).map(|word| format!("{word:08x}")).join("|");
    said.text("M13_zero", words([0; 4], [0; 2]));
    said.text("M13_ones", words([u32::MAX; 4], [u32::MAX; 2]));
    said.text("M13_pi", words([0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], [0xa409_3822, 0x299f_31d0]));
    said.exact("M14", uniform_from_bits(0x0123_4567_89ab_cdef));
    let pert = Distribution::Pert { low: -0.1, mode: 0.05, high: 0.4 };
    // Moments of a quantile function: the midpoint rule on a smooth bounded law.
    let steps = 400_000;
    let at = |i: i32| pert.quantile((f64::from(i) + 0.5) / f64::from(steps));
    let values: Vec<f64> = (0..steps).map(at).collect();
    let mean = values.iter().sum::<f64>() / f64::from(steps);
    let sd = (values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / f64::from(steps)).sqrt();
    // The rule's own error at the steep ends of the quantile function is a few parts in 10⁹.
    assert!((mean - 1.0 / 12.0).abs() < 1e-8 && (sd - 0.091_069_483_328_120_37).abs() < 1e-6, "{mean} {sd}");
    // Exact moments of the beta law with the shapes of a PERT, of which the rows state the values.
    let (alpha, beta, range): (f64, f64, f64) = (1.0 + 4.0 * 0.15 / 0.5, 1.0 + 4.0 * 0.35 / 0.5, 0.5);
    said.exact("M17_mean", -0.1 + range * alpha / (alpha + beta));
    said.exact("M17_sd", range * (alpha * beta / (alpha + beta + 1.0)).sqrt() / (alpha + beta));
    said.exact("M17_q95", pert.quantile(0.95));
    said.exact("M18", Distribution::Triangular { low: -0.1, mode: 0.05, high: 0.4 }.quantile(0.95));
    let lognormal = Distribution::lognormal_from_quantiles(1.5, 2.5, Z95);
    let Distribution::LogNormal { mu, sigma } = lognormal else { panic!("a lognormal") };
    said.exact("M20_sigma", sigma);
    said.exact("M20_mean", (mu + sigma * sigma / 2.0).exp());
    // A rank correlation written in a file becomes the copula's; the row states the way back.
    let text = BASE.replace("growth = \"2.02013400267558%\"", "growth = { mean = \"2%\", sd = \"7%\" }");
    let text = text.replace("growth = \"4.08107741923882%\"", "growth = { mean = \"4%\", sd = \"7%\" }");
    let spearman = 0.384_565_301_093_849_6;
    let pair = "[[correlations]]\nbetween = [\"us.deals.growth\", \"china.deals.growth\"]";
    let coupled = scenario(&format!("{text}\n{pair}\nrho = {spearman}\n"));
    let pearson = coupled.assumption_correlations.1.matrix[1];
    assert!((pearson - 0.4).abs() < 1e-12, "{pearson}");
    said.exact("M24", 6.0 / std::f64::consts::PI * (pearson / 2.0).asin());
}

/// Conventions at the edges, on columns as the product forms them.
fn edges(said: &mut Said) {
    let ratio = |us: f64, china: f64| us / china;
    said.exact("O01", ratio(5.0, 0.0));
    said.text("O02", if ratio(0.0, 0.0).is_nan() { "nan" } else { "a number" });
    said.exact("O03", ratio(0.0, 5.0));
    let (_, log) = Metric::LogRatio.rises_with().unwrap();
    said.exact("O04", log(ratio(5.0, 0.0)));
    let (_, share) = Metric::Share.rises_with().unwrap();
    said.exact("O05", share(ratio(5.0, 0.0)));
    said.text("O06", if share(ratio(0.0, 0.0)).is_nan() { "nan" } else { "a number" });
    let gone = lmdi([232.0, 0.0], [2.0, 0.0]);
    // A deal size is funding over deals, so without deals it is 0/0, as the ratio of nothing to nothing is.
    said.text("O07", if ratio(0.0, 0.0).is_nan() && gone.deal_size == 0.0 { "nan" } else { "a number" });
    said.exact("O08", gone.deals + 2.0);
    let mut histogram = Histogram::default();
    histogram.extend(&[1.0, 2.0, f64::INFINITY, f64::NAN]);
    assert_eq!((histogram.undefined(), histogram.infinite()), (1, 1));
    // The middle one of three defined values, within the bound of a bucket; its exact value is the row's.
    let median = histogram.quantile(0.5).unwrap();
    said.exact("O09", if (median - 2.0).abs() <= 2.0 / 1024.0 { 2.0 } else { median });
    let base = Base::new(&scenario(BASE));
    said.text("O10", Milestone::Parity.is_met(ratio(2.0, 2.0), 15.5, &base).to_string());
    let wild = funding_alone("model = \"random-walk\"\ngrowth = \"400%\"\nvolatility = \"150%\"");
    let far = Scenario { horizon: 2023 + 800, ..wild };
    let saturated = paths(&far, 2, 1).saturated;
    said.text("O11", if saturated == 2 { rows()["O11"].value.clone() } else { format!("{saturated} saturated") });
    assert_eq!(Moments::of(&[1.0, f64::INFINITY]).mean(), None);
    assert!((normal_cdf(0.0) - 0.5).abs() < 1e-16);
}
