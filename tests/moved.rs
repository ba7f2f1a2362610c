//! Everything that `aigap params` lists moves a number: no address is there for show.

use std::path::Path;

use aigap::scenario::{Layers, Loaded, Scenario, load};
use aigap::table::run;

use crate::support;
use crate::support::program::done;

/// Values that settings may have, besides those made of the present one.
const WORDS: [&str; 24] = [
    "2029",
    "2",
    "3",
    "warn",
    "fail",
    "deals",
    "deal-size",
    "funding",
    "china",
    "us",
    "true",
    "false",
    "permanent",
    "transient",
    "poisson",
    "expected",
    "gaussian",
    "shared",
    "1%",
    "60%",
    "CNY",
    "2022",
    "boom",
    "normal",
];

fn read(name: &str, set: &[String]) -> Option<Loaded> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    let layers = Layers { set: set.to_vec(), allow_outside: true, ..Layers::default() };
    load(&path, &layers, None, &|path| std::fs::read(path).map_err(|why| why.to_string())).ok()
}

/// Every number of a run; not the table of inputs, in which each input stands in any case.
fn numbers(scenario: &Scenario) -> String {
    let summary = support::run(scenario, 64, 7);
    let tables: [fn(&Scenario, &aigap::summary::Summary) -> aigap::table::Table; 5] =
        [run::fan, run::probabilities, run::milestones, run::checks, run::decomposition];
    tables.iter().map(|table| table(scenario, &summary).csv()).collect()
}

/// Other values of an input: an end of its law, or a little more or less.
fn others(value: f64, uncertain: bool) -> Vec<f64> {
    let near = [value * 1.3, value * 0.7, value + 0.05, value - 0.05, value + 1.0, value - 1.0];
    if uncertain { vec![value] } else { near.into_iter().filter(|it| *it != value).collect() }
}

/// Other values of a setting, as they are written.
fn words(value: &str) -> Vec<String> {
    let mut found: Vec<String> = WORDS.map(str::to_owned).into_iter().filter(|it| it != value).collect();
    for [sign, other] in [[" >= ", " < "], [" > ", " < "], [" < ", " > "], [" <= ", " > "]] {
        if value.contains(sign) {
            found.insert(0, value.replacen(sign, other, 1));
        }
    }
    found
}

fn every_address_moves_a_number(name: &str) {
    let loaded = read(name, &[]).unwrap_or_else(|| panic!("{name} can be read"));
    let scenario = &loaded.scenario;
    let usual = numbers(scenario);
    let path = format!("{}/{name}", env!("CARGO_MANIFEST_DIR"));
    let listed = done(Path::new(env!("CARGO_MANIFEST_DIR")), &["params", &path, "--allow-outside"]);
    // The lines below an address that say what it is.
    let is_told = |address: &str| {
        let below = listed.split(&format!("\n{address} = ")).nth(1).unwrap_or_default();
        below.lines().skip(1).take_while(|line| line.starts_with("    ")).any(|line| line.contains("without effect: "))
    };
    let mut still = Vec::new();
    let warned = |warnings: &[aigap::diagnostic::Problem], address: &str| {
        let names =
            |what: &str| what.contains(address) || what.contains("does nothing") || what.contains("without effect");
        warnings.iter().any(|it| names(&it.what))
    };
    for it in scenario.assumptions() {
        let law = it.law();
        let uncertain = law.quantile(0.1) < law.quantile(0.9);
        let value = if uncertain { law.quantile(0.93) } else { law.median() };
        let taken: Vec<Scenario> = others(value, uncertain)
            .into_iter()
            .filter_map(|other| scenario.set(it.address(), aigap::distribution::Distribution::Fixed(other)).ok())
            .collect();
        assert!(!taken.is_empty(), "{name}: no other value of {} is taken", it.address());
        let moves = taken.iter().any(|changed| numbers(changed) != usual);
        if !moves && !warned(&loaded.warnings, it.address()) && !is_told(it.address()) {
            still.push(it.address().to_owned());
        }
    }
    for (address, value) in scenario.settings() {
        let taken = words(&value).into_iter().filter_map(|other| {
            let set = format!("{address}={other}");
            Some((read(name, std::slice::from_ref(&set))?, set))
        });
        // A setting that refuses every other value says so itself.
        let mut silent = Vec::new();
        let moves = taken.take(6).any(|(changed, set)| {
            let moves = numbers(&changed.scenario) != usual || warned(&changed.warnings, &address);
            silent.push(set);
            moves
        });
        if !moves && !silent.is_empty() {
            still.push(silent.join(" or "));
        }
    }
    assert!(still.is_empty(), "{name}: nothing moves with {still:#?}");
}

#[test]
fn every_input_and_setting_of_the_baseline_moves_a_number() {
    every_address_moves_a_number("scenarios/base.toml");
}

/// Events, regimes, jumps, single deals, measurement, money, draws and companions between them.
#[test]
fn every_input_and_setting_of_scenarios_with_every_kind_moves_a_number() {
    for name in ["scenarios/boom-and-bust.toml", "scenarios/china-state-push.toml", "tests/golden/options.toml"] {
        every_address_moves_a_number(name);
    }
}
