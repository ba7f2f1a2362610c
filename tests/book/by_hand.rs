//! The page that solves the baseline with a formula, and holds the simulation against it.

use std::fmt::Write;

use aigap::data::Dataset;
use aigap::distribution::{Distribution, Z90};
use aigap::metric::{Metric, Question};
use aigap::scenario::Scenario;
use aigap::special;
use aigap::summary::{LEVELS, Z_95};

use crate::support;
use crate::support::program::{done, read, root};

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
fn variance(scenario: &Scenario, series: &[(&str, f64)], parameter: Parameter) -> f64 {
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
struct Parameter {
    word: &'static str,
    moment: usize,
    of_correlations: &'static str,
    /// Whether its correlations are those of ranks, as all between assumptions are.
    of_ranks: bool,
}

/// One year of luck: the value of the volatility.
const LUCK: Parameter = Parameter { word: "volatility", moment: 0, of_correlations: "", of_ranks: false };
/// The trend: the standard deviation of growth.
const TREND: Parameter = Parameter { word: "growth", moment: 1, of_correlations: ".growth", of_ranks: true };

/// Writes what stands between two marks of a page, or holds it against this.
fn marked(page: &str, mark: &str, made: &str) {
    let path = source().join(page);
    let text = read(&path);
    let (before, rest) = text.split_once(&format!("<!-- {mark} -->\n")).unwrap();
    let (_, behind) = rest.split_once("<!-- end -->").unwrap();
    holds(&path, &format!("{before}<!-- {mark} -->\n{made}<!-- end -->{behind}"));
}

/// A value with so many figures.
fn figures_of(value: f64, number: i32) -> String {
    let places = (f64::from(number - 1) - libm::log10(value.abs()).floor()).max(0.0) as usize;
    format!("{value:.places$}")
}

#[test]
fn one_number_by_hand_is_what_the_formula_gives_and_what_is_simulated() {
    let scenario = support::shipped_base();
    let years = f64::from(scenario.horizon() - scenario.base_year());
    let yearly = variance(&scenario, &SERIES, LUCK);
    let trends = variance(&scenario, &SERIES, TREND);
    let trend: f64 = SERIES.into_iter().map(|(it, sign)| sign * moments(&scenario, &format!("{it}.growth"))[0]).sum();
    let summary = support::run(&scenario, 100_000, aigap::engine::Settings::DEFAULT_SEED);
    let of_2030 = summary.gap(Metric::Ratio, scenario.horizon()).unwrap();
    let start = observed_ratio(&scenario);
    let total = years * yearly + years * years * trends;
    let (sd, middle) = (total.sqrt(), libm::log(start) + years * trend);
    let chance = |question| {
        let found = summary.probability(question, scenario.horizon()).unwrap();
        [100.0 * found.value, 100.0 * found.standard_error]
    };
    let below = |level: f64| special::normal_cdf((libm::log(level) - middle) / sd);
    let quantile = |level| {
        let place = LEVELS.iter().position(|it| *it == level).unwrap();
        [of_2030.quantiles.unwrap()[place], of_2030.errors.unwrap()[place]]
    };
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
            chance(Question::RatioLessThanHalf),
            "`Φ((ln ½ + ln ratio₀ − median)/sd)`, in %",
        ),
        (
            "chance that China is ahead",
            100.0 * below(1.0),
            chance(Question::TrailerAhead),
            "`Φ((ln 1 − median)/sd)`, in %",
        ),
    ];
    let mut table = String::new();
    let _ = writeln!(table, "```text\nratio of the base year   {start:.4}, its log {:.4}", libm::log(start));
    let _ = writeln!(
        table,
        "years h                  {years}\nv (one year of luck)     {yearly:.4}\nw (trends)               {trends:.4}"
    );
    for (name, parameter) in [("v", LUCK), ("w", TREND)] {
        let [squares, products] = terms(&scenario, &SERIES, parameter).map(|it| summed(&it));
        let _ = writeln!(table, "\n{name} = {squares}\n    + 2 · ({products})");
    }
    let of_ranks = correlation(&scenario, "us.deals.growth", "china.deals.growth");
    let _ = writeln!(table, "\nρ of trends              2 · sin(30° · {of_ranks}) = {:.4}", of_normals(of_ranks));
    table.push('\n');
    let _ = writeln!(
        table,
        "h · v + h² · w           {:.4} + {:.4} = {total:.4}, its root {sd:.4}\n```\n",
        years * yearly,
        years * years * trends
    );
    table += "| | by hand | simulated | ± | formula |\n|---|---|---|---|---|\n";
    for (name, by_hand, [simulated, error], formula) in rows {
        assert!(
            (simulated - by_hand).abs() < 4.0 * error,
            "{name}: {by_hand} by hand, {simulated} ± {error} simulated"
        );
        let half_width = figures_of(Z_95 * error, 2);
        let _ = writeln!(
            table,
            "| {name} | {} | {} | {half_width} | {formula} |",
            figures_of(by_hand, 3),
            figures_of(simulated, 3)
        );
    }
    marked("explanation/by-hand.md", "by hand", &table);
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

/// What is not in the bands, with the sizes that the program itself puts in.
#[test]
fn the_sizes_of_what_is_left_out_are_those_that_the_packs_put_in() {
    let packs = ["scenarios/packs/unknown-figures.toml", "scenarios/packs/fat-tails.toml"];
    let listed = done(root(), &["params", "scenarios/base.toml", "--with", packs[0], "--with", packs[1]]);
    let value = |address: &str| {
        let line = listed.lines().find_map(|line| line.strip_prefix(&format!("{address} = ")));
        line.unwrap_or_else(|| panic!("{address}")).to_owned()
    };
    let why = |address: &str| {
        let behind = listed.split_once(&format!("{address} = ")).unwrap().1;
        behind.lines().find_map(|line| line.trim().strip_prefix("why: ")).unwrap().to_owned()
    };
    let rows = [
        (
            "rounding of the published figures",
            format!("China’s funding of the base year: {}", value("measurement.rounding.china.funding")),
            "`[measurement] rounding = true`",
        ),
        (
            "revisions: first releases are corrected for years, upwards as a rule",
            why("measurement.revisions.funding"),
            "`revisions = true`",
        ),
        (
            "definitions: trackers count different things",
            why("measurement.definitions"),
            "`definitions = true`, or `source = …`",
        ),
        (
            "the luck of single large deals in a total",
            format!(
                "{} of the US total and {} of China’s: {}",
                value("measurement.sampling.us"),
                value("measurement.sampling.china"),
                why("measurement.sampling.china")
            ),
            "`sampling = true`, or deals one by one",
        ),
        (
            "wild years beyond a normal law",
            format!(
                "{} of the years {} times as wild, the others calmer for it: the spread as a whole stays, so that 80% bands \
                 narrow a little and only their far ends widen",
                value("shocks.law.contaminated"),
                value("shocks.law.times")
            ),
            "the pack `fat-tails.toml`",
        ),
        (
            "state funds and other money outside of rounds",
            "nobody publishes a comparable figure".to_owned(),
            "the pack `state-funds-counted.toml`",
        ),
        (
            "companies’ own spending on AI",
            "larger than all rounds together, and stated by no tracker".to_owned(),
            "`[us.spending-outside]`, a range of your own",
        ),
        ("a change of the world that no assumption names", "unknown".to_owned(), "an event with a chance and a reason"),
    ];
    let mut table = "| not in the bands | size | put it in with |\n|---|---|---|\n".to_owned();
    for (name, size, cure) in rows {
        let _ = writeln!(table, "| {name} | {size} | {cure} |");
    }
    marked("explanation/left-out.md", "left out", &table);
}

/// The ratio of the base year.
fn observed_ratio(scenario: &Scenario) -> f64 {
    aigap::wording::of_gap(Metric::Ratio).observed(scenario, scenario.base_year()).unwrap().value
}
