//! Shares of the variance in their plainest form, on the slow simulator: nested loops for what a set of inputs explains, and all
//! orders of the inputs for Shapley's rule.

use std::sync::LazyLock;

use aigap::engine::Settings;
use aigap::growth::Kind;
use aigap::random::{Key, Numbers, Purpose};
use aigap::scenario::Scenario;
use aigap::study::{Answered, By, Interval, Sensitive, Sensitivity, SensitivityMethod, Shares};

use super::laws::{normal, quantile};
use super::slow::Slow;
use crate::support::scenario;

/// Two growths whose ranks are correlated, and an event by chance of uncertain size. Little luck, so that inputs matter.
const TIED: &str = r#"
title = "tied"
horizon = 2026
[us.funding]
model = "random-walk"
growth = { mean = "5%", sd = "12%" }
volatility = "15%"
[china.funding]
model = "random-walk"
growth = { mean = "8%", sd = "25%" }
volatility = "15%"
[[correlations]]
between = ["us.funding.growth", "china.funding.growth"]
rho = 0.7
[[events]]
name = "fund"
region = "china"
series = "funding"
year = 2025
chance = "50%"
effect = { step = { p10 = "+20%", p90 = "+500%" } }
"#;

/// Inputs of the scenario by their number as players; luck is the last one.
const INPUTS: [&str; 3] = ["us.funding.growth", "china.funding.growth", "events.fund.step"];
const LUCK: usize = 3;
const PLAYERS: usize = 4;

/// Futures in the outer loop and in the inner one, and how often both are run on other numbers.
const OUTER: u64 = 60;
const INNER: u64 = 4;
const REPEATS: u64 = 16;

/// Standard normals behind the inputs, and the path whose luck is taken.
type Future = ([f64; 3], u64);

struct Loops<'a> {
    slow: Slow<'a>,
    /// Correlation of the normals behind the two growths.
    rho: f64,
}

impl Loops<'_> {
    /// A future with independent normals, before any correlation.
    fn fresh(&self, number: u64) -> Future {
        let z = |k: u32| normal(self.slow.numbers.uniform(number, 0, Key::new(Purpose::Assumption, "nested"), k));
        ([z(0), z(1), z(2)], number)
    }

    /// A future in which some players are as in another one, and the rest is drawn given them.
    fn given(&self, known: &Future, players: usize, fresh: Future) -> Future {
        let has = |player: usize| players >> player & 1 == 1;
        let left = (1.0 - self.rho * self.rho).sqrt();
        let ([a, b, c], luck) = fresh;
        let [us, china] = match (has(0), has(1)) {
            (true, true) => [known.0[0], known.0[1]],
            (true, false) => [known.0[0], self.rho * known.0[0] + left * b],
            (false, true) => [self.rho * known.0[1] + left * a, known.0[1]],
            (false, false) => [a, self.rho * a + left * b],
        };
        let step = if has(2) { known.0[2] } else { c };
        ([us, china, step], if has(LUCK) { known.1 } else { luck })
    }

    /// Log ratio of 2026 in a future.
    fn log_ratio(&self, (z, luck): &Future) -> f64 {
        let mut values = self.slow.draw(0);
        for (address, z) in INPUTS.iter().zip(z) {
            let all = self.slow.scenario.assumptions();
            let id = all.iter().position(|it| it.address() == *address).expect("an input");
            let value = quantile(all[id].law(), 0.5 * libm::erfc(-z / 2f64.sqrt()));
            values[id] = if all[id].kind() == Kind::Level { value.ln() } else { value };
        }
        let regions = self.slow.path_of(*luck, &values);
        regions[0].last().expect("years").f - regions[1].last().expect("years").f
    }

    /// The variance that some players explain, and that of everything: in the outer loop what they are, in the inner one all
    /// else. What the few of an inner loop leave of it in the means is taken off.
    fn explained(&self, players: usize, repeat: u64) -> (f64, f64) {
        let runs = (0..OUTER).map(|outer| {
            let first = (repeat * OUTER + outer) * (INNER + 1);
            let known = self.given(&([0.0; 3], 0), 0, self.fresh(first));
            let values: Vec<f64> = (1..=INNER)
                .map(|inner| self.log_ratio(&self.given(&known, players, self.fresh(first + inner))))
                .collect();
            mean_and_variance(&values)
        });
        let (means, variances): (Vec<f64>, Vec<f64>) = runs.unzip();
        let within = variances.iter().sum::<f64>() / OUTER as f64;
        let explained = mean_and_variance(&means).1 - within / INNER as f64;
        (explained, explained + within)
    }
}

fn mean_and_variance(values: &[f64]) -> (f64, f64) {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    (mean, values.iter().map(|it| (it - mean).powi(2)).sum::<f64>() / (values.len() - 1) as f64)
}

/// By repeat and set of players, the share of the variance that the set explains.
static EXPLAINED: LazyLock<Vec<Vec<f64>>> = LazyLock::new(|| {
    let scenario = scenario(TIED);
    let slow = Slow { scenario: &scenario, numbers: Numbers::new(2_016) };
    let loops = Loops { slow, rho: 2.0 * (std::f64::consts::PI * 0.7 / 6.0).sin() };
    let whole = (1 << PLAYERS) - 1;
    let found: Vec<Vec<(f64, f64)>> =
        (0..REPEATS).map(|repeat| (0..=whole).map(|players| loops.explained(players, repeat)).collect()).collect();
    let all: Vec<f64> = found.iter().flatten().map(|(_, variance)| *variance).collect();
    let variance = all.iter().sum::<f64>() / all.len() as f64;
    // No player explains nothing, and all of them explain all of it.
    let share = |(players, (explained, _)): (usize, &(f64, f64))| match players {
        0 => 0.0,
        players if players == whole => 1.0,
        _ => explained / variance,
    };
    found.iter().map(|of| of.iter().enumerate().map(share).collect()).collect()
});

/// Every order in which the players can come.
fn orders() -> Vec<[usize; PLAYERS]> {
    let mut all = Vec::new();
    for a in 0..PLAYERS {
        for b in (0..PLAYERS).filter(|b| *b != a) {
            for c in (0..PLAYERS).filter(|c| ![a, b].contains(c)) {
                for d in (0..PLAYERS).filter(|d| ![a, b, c].contains(d)) {
                    all.push([a, b, c, d]);
                }
            }
        }
    }
    all
}

/// Shapley's rule as its author writes it: the mean, over all orders, of what a player adds to those who came before.
fn shapley(player: usize, explained: &[f64]) -> f64 {
    let adds = |order: &[usize; PLAYERS]| {
        let before: usize = order.iter().take_while(|it| **it != player).map(|it| 1 << it).sum();
        explained[before | 1 << player] - explained[before]
    };
    let all = orders();
    assert_eq!(all.len(), 24);
    all.iter().map(adds).sum::<f64>() / all.len() as f64
}

fn fast(method: SensitivityMethod) -> Shares {
    let question = Sensitivity {
        scenario: "tied.toml".into(),
        of: vec!["ratio in 2026".to_owned()],
        method,
        by: By::Input,
        also: Vec::new(),
    };
    let scenario: Scenario = scenario(TIED);
    let asked = question.asked(&scenario).expect("a target");
    let mut found = Sensitive::of(asked, &question, &Settings::new(32_768, 3), &|_| {});
    let Answered::Shares(shares) = found.answers.remove(0) else { panic!("shares") };
    shares
}

/// The share of the player that begins with an address, or of luck.
fn of<'a>(shares: &'a Shares, first: Option<&str>) -> &'a aigap::study::Player {
    let is = |it: &&aigap::study::Player| it.addresses.first().map(String::as_str) == first;
    shares.players.iter().find(is).expect("a player")
}

/// Holds a fast share against slow ones, by the errors of both.
fn agrees(what: &str, fast: Interval, slow: &dyn Fn(&[f64]) -> f64) {
    let repeats: Vec<f64> = EXPLAINED.iter().map(|it| slow(it)).collect();
    let (mean, variance) = mean_and_variance(&repeats);
    let error = (variance / REPEATS as f64 + fast.error().expect("parts").powi(2)).sqrt();
    assert!(error < 0.04, "{what}: an error of {error} tells nothing");
    assert!((fast.value - mean).abs() < 4.5 * error, "{what}: {} instead of {mean}, ±{error}", fast.value);
}

#[test]
fn shapley_effects_are_those_of_all_orders_and_nested_loops() {
    let found = fast(SensitivityMethod::Shapley);
    assert_eq!(found.players.len(), PLAYERS);
    for player in 0..PLAYERS {
        let address = INPUTS.get(player).copied();
        agrees(address.unwrap_or("luck"), of(&found, address).share, &|explained| shapley(player, explained));
    }
}

/// The two growths are one group; without it, whatever a group explains alone is missing from what the rest explains.
#[test]
fn sobol_first_orders_and_totals_are_those_of_nested_loops() {
    let found = fast(SensitivityMethod::Sobol);
    assert_eq!(found.players.len(), 3);
    let whole = (1 << PLAYERS) - 1;
    for (first, players) in [(Some(INPUTS[1]), 0b0011), (Some(INPUTS[2]), 0b0100), (None, 1 << LUCK)] {
        let player = found.players.iter().find(|it| match first {
            Some(address) => it.addresses.iter().any(|own| own == address),
            None => it.addresses.is_empty(),
        });
        let player = player.expect("a player");
        let name = first.unwrap_or("luck");
        agrees(name, player.share, &|explained| explained[players]);
        agrees(name, player.total.expect("a total"), &|explained| 1.0 - explained[whole & !players]);
    }
}
