//! The page that solves the baseline with a formula, and holds the simulation against it.

use std::fmt::Write;

use aigap::distribution::{Distribution, Z90};
use aigap::metric::{Metric, Question};
use aigap::scenario::Scenario;
use aigap::special;

use crate::support;
use crate::support::program::read;

use super::{holds, source};

/// Series of the log ratio, each with the sign that it has there.
const SERIES: [(&str, f64); 4] =
    [("us.deals", 1.0), ("us.deal-size", 1.0), ("china.deals", -1.0), ("china.deal-size", -1.0)];

/// Mean and standard deviation of an assumption, in logs.
fn moments(scenario: &Scenario, address: &str) -> [f64; 2] {
    let found = scenario.assumptions().iter().find(|it| it.address() == address);
    match found.unwrap_or_else(|| panic!("{address}")).law() {
        Distribution::Fixed(value) => [*value, 0.0],
        Distribution::Normal { mean, sd } => [*mean, *sd],
        other => panic!("the page knows no formula for {address}: {other:?}"),
    }
}

/// A correlation that the scenario names in either order, or none.
fn correlation(scenario: &Scenario, one: &str, other: &str) -> f64 {
    let named = [format!("correlations.{one}.{other}"), format!("correlations.{other}.{one}")];
    let found = scenario.assumptions().iter().find(|it| named.iter().any(|name| it.address() == name));
    found.map_or(0.0, |it| moments(scenario, it.address())[0])
}

/// The variance of the signed sum of the four, from their standard deviations and correlations.
fn variance(scenario: &Scenario, sd: impl Fn(&str) -> f64, named: impl Fn(&str) -> String) -> f64 {
    let mut sum = 0.0;
    for (place, (one, sign)) in SERIES.into_iter().enumerate() {
        sum += sd(one) * sd(one);
        for (other, other_sign) in SERIES.into_iter().skip(place + 1) {
            let rho = correlation(scenario, &named(one), &named(other));
            sum += 2.0 * sign * other_sign * rho * sd(one) * sd(other);
        }
    }
    sum
}

/// A value with three figures.
fn figures(value: f64) -> String {
    let places = (2.0 - libm::log10(value.abs()).floor()).max(0.0) as usize;
    format!("{value:.places$}")
}

#[test]
fn one_number_by_hand_is_what_the_formula_gives_and_what_is_simulated() {
    let scenario = support::shipped_base();
    let years = f64::from(scenario.horizon() - scenario.base_year());
    let yearly = variance(&scenario, |it| moments(&scenario, &format!("{it}.volatility"))[0], str::to_owned);
    let growth = |it: &str| format!("{it}.growth");
    let trends = variance(&scenario, |it| moments(&scenario, &growth(it))[1], growth);
    let trend: f64 = SERIES.into_iter().map(|(it, sign)| sign * moments(&scenario, &growth(it))[0]).sum();
    let summary = support::run(&scenario, 100_000, aigap::engine::Settings::DEFAULT_SEED);
    let of_2030 = summary.gap(Metric::Ratio, scenario.horizon()).unwrap();
    let start = observed_ratio(&scenario);
    let total = years * yearly + years * years * trends;
    let (sd, middle) = (total.sqrt(), libm::log(start) + years * trend);
    let chance = |question| summary.probability(question, scenario.horizon()).unwrap().value;
    let below = |level: f64| special::normal_cdf((libm::log(level) - middle) / sd);
    let quantile = |level| of_2030.quantile(level).unwrap();
    let rows = [
        (
            "lowest of eight in ten paths, ratio",
            libm::exp(middle - Z90 * sd),
            quantile(0.1),
            "`exp(median − 1.2816 · sd)`",
        ),
        ("median ratio", libm::exp(middle), quantile(0.5), "`exp(median)`"),
        (
            "highest of eight in ten paths, ratio",
            libm::exp(middle + Z90 * sd),
            quantile(0.9),
            "`exp(median + 1.2816 · sd)`",
        ),
        (
            "chance of less than half the ratio",
            100.0 * below(0.5 * start),
            100.0 * chance(Question::RatioLessThanHalf),
            "`Φ((ln ½ + ln ratio₀ − median)/sd)`, in %",
        ),
        (
            "chance that China is ahead",
            100.0 * below(1.0),
            100.0 * chance(Question::TrailerAhead),
            "`Φ((ln 1 − median)/sd)`, in %",
        ),
    ];
    let mut table = String::new();
    let _ = writeln!(table, "```text\nratio of the base year   {start:.4}, its log {:.4}", libm::log(start));
    let _ = writeln!(
        table,
        "years h                  {years}\nv (one year of luck)     {yearly:.4}\nw (trends)               {trends:.4}"
    );
    let _ = writeln!(
        table,
        "h · v + h² · w           {:.4} + {:.4} = {total:.4}, its root {sd:.4}\n```\n",
        years * yearly,
        years * years * trends
    );
    table += "| | by hand | simulated | formula |\n|---|---|---|---|\n";
    for (name, by_hand, simulated, formula) in rows {
        // Ends of a band of a lognormal with this spread are off by about one part in a hundred.
        assert!((simulated / by_hand - 1.0).abs() < 0.05, "{name}: {by_hand} by hand, {simulated} simulated");
        let _ = writeln!(table, "| {name} | {} | {} | {formula} |", figures(by_hand), figures(simulated));
    }
    let path = source().join("explanation/by-hand.md");
    let text = read(&path);
    let (before, rest) = text.split_once("<!-- by hand -->\n").unwrap();
    let (_, behind) = rest.split_once("<!-- end -->").unwrap();
    holds(&path, &format!("{before}<!-- by hand -->\n{table}<!-- end -->{behind}"));
}

/// The ratio of the base year.
fn observed_ratio(scenario: &Scenario) -> f64 {
    aigap::wording::of_gap(Metric::Ratio).observed(scenario, scenario.base_year()).unwrap().value
}
