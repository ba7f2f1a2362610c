//! The page that solves the baseline with a formula, and holds the simulation against it.

use std::fmt::Write;

use aigap::data::Dataset;
use aigap::distribution::{Distribution, Z90};
use aigap::metric::{Metric, Question};
use aigap::scenario::Scenario;
use aigap::special;
use aigap::summary::{LEVELS, Spread, Z_95};

use crate::support;
use crate::support::program::{done, read};

use super::marked;

/// Series of the log ratio, each with the sign that it has there.
pub(super) const SERIES: [(&str, f64); 4] =
    [("us.deals", 1.0), ("us.deal-size", 1.0), ("china.deals", -1.0), ("china.deal-size", -1.0)];

/// Mean and standard deviation of an assumption, in logs.
pub(super) fn moments(scenario: &Scenario, address: &str) -> [f64; 2] {
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

/// The correlation of normal numbers whose ranks are correlated so (Spearman): `2 sin(πρ/6)`.
fn of_normals(of_ranks: f64) -> f64 {
    2.0 * libm::sin(std::f64::consts::PI * of_ranks / 6.0)
}

/// Squares and signed products of which the variance of a signed sum of series consists, from the standard deviations and
/// correlations of one of their parameters; products count twice.
fn terms(scenario: &Scenario, series: &[(&str, f64)], parameter: Parameter) -> [Vec<f64>; 2] {
    let sd = |it: &str| moments(scenario, &format!("{it}.{}", parameter.word))[parameter.moment];
    let named = |it: &str| format!("{it}{}", parameter.of_correlations);
    let squares = series.iter().map(|(it, _)| sd(it) * sd(it)).collect();
    let mut products = Vec::new();
    for (place, (one, sign)) in series.iter().enumerate() {
        for (other, other_sign) in &series[place + 1..] {
            let stated = correlation(scenario, &named(one), &named(other));
            let rho = if parameter.of_ranks { of_normals(stated) } else { stated };
            products.push(sign * other_sign * rho * sd(one) * sd(other));
        }
    }
    [squares, products]
}

/// The variance of a signed sum of series, from one of their parameters.
pub(super) fn variance(scenario: &Scenario, series: &[(&str, f64)], parameter: Parameter) -> f64 {
    let [squares, products] = terms(scenario, series, parameter);
    squares.iter().sum::<f64>() + 2.0 * products.iter().sum::<f64>()
}

/// Numbers as a sum, without those that are nothing.
fn summed(terms: &[f64]) -> String {
    let mut text = String::new();
    for term in terms.iter().filter(|term| **term != 0.0) {
        let sign = match (text.is_empty(), *term < 0.0) {
            (true, false) => "",
            (true, true) => "−",
            (false, false) => " + ",
            (false, true) => " − ",
        };
        text += &format!("{sign}{:.5}", term.abs());
    }
    text
}

/// Standard deviations of funding of both sides and their correlation, as deals and deal size together give them.
fn of_funding(scenario: &Scenario, parameter: Parameter) -> [f64; 3] {
    let own = |region: &str| SERIES.map(|(it, _)| (it, f64::from(it.starts_with(region))));
    let side = |region| {
        let series: Vec<(&str, f64)> = own(region).into_iter().filter(|(_, sign)| *sign > 0.0).collect();
        variance(scenario, &series, parameter)
    };
    let (us, china) = (side("us"), side("china"));
    let covariance = (us + china - variance(scenario, &SERIES, parameter)) / 2.0;
    [us.sqrt(), china.sqrt(), covariance / (us * china).sqrt()]
}

/// What `aigap data --scenario` writes for figures of funding alone has the doubt of the baseline in both sides and in their ratio.
#[test]
fn a_scenario_of_funding_alone_is_as_uncertain_as_the_baseline() {
    let folder = tempfile::tempdir().unwrap();
    let published = "Country,2022,2023\nUnited States,52,67.2\nChina,11,7.8\n";
    std::fs::write(folder.path().join("published.csv"), published).unwrap();
    let asked = ["--unit", "USD bn", "--measure", "funding", "--source", "A yearbook", "--vintage", "2024"];
    let written = ["data", "published.csv", "-o", "own.csv", "--scenario", "own.toml"];
    done(folder.path(), &[&written[..], &asked].concat());
    let own: toml::Table = read(folder.path().join("own.toml")).parse().unwrap();
    let percent = |value: &toml::Value| value.as_str().unwrap().trim_end_matches('%').parse::<f64>().unwrap() / 100.0;
    let base = support::shipped_base();
    for (place, (parameter, key)) in [(LUCK, "value"), (TREND, "sd")].into_iter().enumerate() {
        let side = |region: &str| percent(&own[region]["funding"][parameter.word][key]);
        let rho = own["correlations"][place]["rho"].as_float().unwrap();
        let expected = of_funding(&base, parameter);
        for (written, expected) in [side("us"), side("china"), rho].into_iter().zip(expected) {
            assert!((written - expected).abs() < 0.02, "{}: {written} for {expected}", parameter.word);
        }
    }
}

/// A parameter whose doubt is summed: its word, which of its moments is the standard deviation, and its correlations' ending.
#[derive(Clone, Copy)]
pub(super) struct Parameter {
    word: &'static str,
    moment: usize,
    of_correlations: &'static str,
    /// Whether its correlations are those of ranks, as all between assumptions are.
    of_ranks: bool,
}

/// One year of luck: the value of the volatility.
pub(super) const LUCK: Parameter = Parameter { word: "volatility", moment: 0, of_correlations: "", of_ranks: false };
/// The trend: the standard deviation of growth.
pub(super) const TREND: Parameter = Parameter { word: "growth", moment: 1, of_correlations: ".growth", of_ranks: true };

/// A value with so many figures.
pub(super) fn figures_of(value: f64, number: i32) -> String {
    let places = (f64::from(number - 1) - libm::log10(value.abs()).floor()).max(0.0) as usize;
    format!("{value:.places$}")
}

/// The closed form of a signed sum of series: mean and standard deviation of its log at the horizon, and the terms.
struct ClosedForm {
    start: f64,
    years: f64,
    yearly: f64,
    trends: f64,
    middle: f64,
    sd: f64,
}

impl ClosedForm {
    fn of(scenario: &Scenario, series: &[(&str, f64)], start: f64) -> Self {
        let years = f64::from(scenario.horizon() - scenario.base_year());
        let [yearly, trends] = [LUCK, TREND].map(|it| variance(scenario, series, it));
        let trend: f64 = series.iter().map(|(it, sign)| sign * moments(scenario, &format!("{it}.growth"))[0]).sum();
        let sd = (years * yearly + years * years * trends).sqrt();
        Self { start, years, yearly, trends, middle: libm::log(start) + years * trend, sd }
    }

    /// The value so many standard deviations from the median.
    fn at(&self, deviations: f64) -> f64 {
        libm::exp(self.middle + deviations * self.sd)
    }

    /// Percent of paths below a value.
    fn below(&self, value: f64) -> f64 {
        100.0 * special::normal_cdf((libm::log(value) - self.middle) / self.sd)
    }
}

/// A quantile with its standard error.
fn quantile(of: &Spread, level: f64) -> [f64; 2] {
    let place = LEVELS.iter().position(|it| *it == level).unwrap();
    [of.quantiles.unwrap()[place], of.errors.unwrap()[place]]
}

/// Rows of the table: name, by hand, simulated with its standard error, formula.
type Row = (String, f64, [f64; 2], &'static str);

/// The three quantiles that the book speaks of.
fn quantile_rows(name: &str, form: &ClosedForm, simulated: &Spread) -> Vec<Row> {
    let row = |place: &str, deviations, level, formula| {
        (format!("{place}, {name}"), form.at(deviations), quantile(simulated, level), formula)
    };
    vec![
        row("lowest of eight in ten paths", -Z90, 0.1, "`exp(median − 1.2816 · sd)`"),
        row("median", 0.0, 0.5, "`exp(median)`"),
        row("highest of eight in ten paths", Z90, 0.9, "`exp(median + 1.2816 · sd)`"),
    ]
}

/// Holds each row within four standard errors, and writes the table.
fn table_of(rows: Vec<Row>) -> String {
    let mut table = "| | by hand | simulated | ± | formula |\n|---|---|---|---|---|\n".to_owned();
    for (name, by_hand, [simulated, error], formula) in rows {
        assert!(
            (simulated - by_hand).abs() < 4.0 * error,
            "{name}: {by_hand} by hand, {simulated} ± {error} simulated"
        );
        let half_width = figures_of(Z_95 * error, 2);
        let [by_hand, simulated] = [by_hand, simulated].map(|it| figures_of(it, 3));
        let _ = writeln!(table, "| {name} | {by_hand} | {simulated} | {half_width} | {formula} |");
    }
    table
}

/// The sums behind the closed form of the ratio, as they are written on paper.
fn sums(scenario: &Scenario, form: &ClosedForm) -> String {
    let ClosedForm { start, years, yearly, trends, sd, .. } = form;
    let mut text = format!(
        "```text\nratio of the base year   {start:.4}, its log {:.4}\nyears h                  {years}\n\
         v (one year of luck)     {yearly:.4}\nw (trends)               {trends:.4}\n",
        libm::log(*start)
    );
    for (name, parameter) in [("v", LUCK), ("w", TREND)] {
        let [squares, products] = terms(scenario, &SERIES, parameter).map(|it| summed(&it));
        let _ = writeln!(text, "\n{name} = {squares}\n    + 2 · ({products})");
    }
    let of_ranks = correlation(scenario, "us.deals.growth", "china.deals.growth");
    let _ = writeln!(text, "\nρ of trends              2 · sin(30° · {of_ranks}) = {:.4}\n", of_normals(of_ranks));
    let [luck, doubt] = [years * yearly, years * years * trends];
    let _ = writeln!(
        text,
        "h · v + h² · w           {luck:.4} + {doubt:.4} = {:.4}, its root {sd:.4}\n\
         share of luck            {luck:.4} / {:.4} = {:.1}%\n```\n",
        luck + doubt,
        luck + doubt,
        100.0 * luck / (luck + doubt)
    );
    text
}

#[test]
fn one_number_by_hand_is_what_the_formula_gives_and_what_is_simulated() {
    let scenario = support::shipped_base();
    let horizon = scenario.horizon();
    let summary = support::run(&scenario, 100_000, aigap::engine::Settings::DEFAULT_SEED);
    let form = ClosedForm::of(&scenario, &SERIES, observed_ratio(&scenario));
    let chance = |question| {
        let found = summary.probability(question, horizon).unwrap();
        [100.0 * found.value, 100.0 * found.standard_error]
    };
    let mut rows = quantile_rows("ratio", &form, summary.gap(Metric::Ratio, horizon).unwrap());
    rows.push((
        "chance of less than half the ratio".to_owned(),
        form.below(0.5 * form.start),
        chance(Question::RatioLessThanHalf),
        "`Φ((ln ½ + ln ratio₀ − median)/sd)`, in %",
    ));
    rows.push((
        "chance that China is ahead".to_owned(),
        form.below(1.0),
        chance(Question::TrailerAhead),
        "`Φ((ln 1 − median)/sd)`, in %",
    ));
    marked("explanation/by-hand.md", "by hand", &(sums(&scenario, &form) + &table_of(rows)));
}

#[test]
fn funding_of_one_side_by_hand_is_what_the_formula_gives_and_what_is_simulated() {
    let scenario = support::shipped_base();
    let summary = support::run(&scenario, 100_000, aigap::engine::Settings::DEFAULT_SEED);
    let mut text = String::new();
    let mut rows = Vec::new();
    for (place, (name, region)) in [("the US", "us"), ("China", "china")].into_iter().enumerate() {
        let own: Vec<(&str, f64)> =
            SERIES.into_iter().filter(|(it, _)| it.starts_with(region)).map(|(it, _)| (it, 1.0)).collect();
        let start = scenario.data().find(region, "funding", scenario.base_year()).unwrap().value;
        let form = ClosedForm::of(&scenario, &own, start);
        let _ = writeln!(
            text,
            "{name:<6}  v = {:.4}, w = {:.4}, sd = √({} · v + {} · w) = {:.4}",
            form.yearly,
            form.trends,
            form.years,
            form.years * form.years,
            form.sd
        );
        let simulated = summary.region(Metric::Funding, place, scenario.horizon()).unwrap();
        rows.extend(quantile_rows(&format!("funding of {name}, $bn"), &form, simulated));
    }
    marked("explanation/by-hand.md", "one side", &format!("```text\n{text}```\n\n{}", table_of(rows)));
}

/// What one observed change of funding should move a belief about the trend by, for each side.
#[test]
fn the_weight_of_one_change_is_that_of_the_baseline() {
    let scenario = support::shipped_base();
    let (year, data) = (scenario.base_year(), Dataset::built_in());
    let mut table =
        "| funding of | spread of trends | spread of luck | weight | observed change | moves the belief by |\n\
                     |---|---|---|---|---|---|\n"
            .to_owned();
    for (name, region) in [("the US", "us"), ("China", "china")] {
        let own: Vec<(&str, f64)> =
            SERIES.into_iter().filter(|(it, _)| it.starts_with(region)).map(|(it, _)| (it, 1.0)).collect();
        let [trend, luck] = [TREND, LUCK].map(|it| variance(&scenario, &own, it));
        let weight = trend / (trend + luck);
        let [before, after] = [year - 1, year].map(|year| data.find(region, "funding", year).unwrap().value);
        let believed: f64 = own.iter().map(|(it, _)| moments(&scenario, &format!("{it}.growth"))[0]).sum();
        let moved = weight * (libm::log(after / before) - believed);
        let percent = |share: f64| aigap::wording::percent_change(share);
        let _ = writeln!(
            table,
            "| {name} | {:.3} | {:.3} | {} | {} | {} a year |",
            trend.sqrt(),
            luck.sqrt(),
            aigap::wording::percent(weight),
            percent(after / before - 1.0),
            percent(libm::expm1(moved))
        );
    }
    marked("explanation/two-years.md", "weight", &table);
}

/// The ratio of the base year.
fn observed_ratio(scenario: &Scenario) -> f64 {
    aigap::wording::of_gap(Metric::Ratio).observed(scenario, scenario.base_year()).unwrap().value
}
