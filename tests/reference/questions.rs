//! Questions asked backwards, in their plainest form: every path of the slow simulator, at the value that was found.

use aigap::distribution::Distribution;
use aigap::engine::Settings;
use aigap::random::Numbers;
use aigap::scenario::Scenario;
use aigap::study::{Answered, By, Sensitive, Sensitivity, SensitivityMethod, Sought, Varied};

use super::slow::Slow;
use crate::support::scenario;

/// Dated growth, fat tails, an event by chance in an uncertain year: nothing here is linear but in logs.
fn rich(growth: &str) -> String {
    format!(
        r#"
title = "rich"
horizon = 2028
[us.funding]
model = "random-walk"
growth = ["5%", {{ from = 2026, value = "9%" }}]
volatility = "30%"
[china.funding]
model = "random-walk"
growth = "{growth}"
volatility = "40%"
[shocks]
law = {{ student-t = 5 }}
[[events]]
name = "fund"
region = "china"
series = "funding"
year = {{ uniform = [2025, 2027] }}
chance = "50%"
effect = {{ step = "+60%", over = 2 }}
"#
    )
}

/// Share of the slow simulator's paths on which the ratio of 2028 is below a bound.
fn slow_share(growth: f64, bound: f64, (paths, seed): (u64, u64)) -> f64 {
    let scenario = scenario(&rich(&format!("{:.13}%", 100.0 * growth.exp_m1())));
    let slow = Slow { scenario: &scenario, numbers: Numbers::new(seed) };
    let below = |path: &u64| {
        let regions = slow.path(*path);
        let last = regions[0].len() - 1;
        (regions[0][last].f - regions[1][last].f).exp() < bound
    };
    (0..paths).filter(below).count() as f64 / paths as f64
}

#[test]
fn a_sought_value_is_where_the_slow_simulator_begins_to_meet_the_goal() {
    let scenario = scenario(&rich("4%"));
    let (paths, seed) = (1_000, 3);
    for share in [0.5, 0.8] {
        let goal = scenario.goal(&format!("P(ratio in 2028 < 8) >= {}%", 100.0 * share)).expect("a goal");
        let varied = Varied::of(&scenario, "china.funding.growth", true).expect("an input");
        let found = Sought::seek(&scenario, goal, vec![varied], &Settings::new(paths, seed), &|_| {});
        let value = found.needs[0].needed.as_ref().expect("a value").value;
        let [below, above] = [-1e-7, 1e-7].map(|step| slow_share(value + step, 8.0, (paths, seed)));
        assert!(below < share && above >= share, "{value}: {below} below and {above} above");
    }
}

/// Value after value from the lower end on, each simulated anew: what is sought lies in the first step that meets the goal.
#[test]
fn a_sought_value_lies_in_the_first_step_of_a_plain_grid_that_meets_the_goal() {
    let scenario = scenario(&rich("4%"));
    let (paths, seed, step) = (300, 3, 0.02);
    let goal = scenario.goal("P(ratio in 2028 < 8) >= 50%").expect("a goal");
    let varied = Varied::of(&scenario, "china.funding.growth", true).expect("an input");
    let found = Sought::seek(&scenario, goal, vec![varied], &Settings::new(paths, seed), &|_| {});
    let value = found.needs[0].needed.as_ref().expect("a value").value;
    let mut grid = (-5..40).map(|place| step * f64::from(place));
    let first = grid.find(|growth| slow_share(*growth, 8.0, (paths, seed)) >= 0.5).expect("a value of the grid");
    assert!(first > -5.0 * step && first - step < value && value <= first, "{value} instead of up to {first}");
}

/// Mean and variance of the log ratio of 2028 over the slow simulator's paths.
fn slow_moments(scenario: &Scenario, (paths, seed): (u64, u64)) -> (f64, f64) {
    let slow = Slow { scenario, numbers: Numbers::new(seed) };
    let log_ratio = |path: u64| {
        let regions = slow.path(path);
        let last = regions[0].len() - 1;
        regions[0][last].f - regions[1][last].f
    };
    let values: Vec<f64> = (0..paths).map(log_ratio).collect();
    let mean = values.iter().sum::<f64>() / paths as f64;
    (mean, values.iter().map(|it| (it - mean).powi(2)).sum::<f64>() / (paths - 1) as f64)
}

/// What an input explains by itself, in two loops: the variance of the means of runs that hold the input at one value after
/// another, less what the paths of a run leave of it, over the variance of all.
fn nested(scenario: &Scenario, address: &str) -> f64 {
    const VALUES: u64 = 32;
    const PATHS: u64 = 400;
    let law = scenario.assumptions().iter().find(|it| it.address() == address).expect("an input").law().clone();
    let at = |place: u64| {
        let value = law.quantile((place as f64 + 0.5) / VALUES as f64);
        let held = scenario.set(address, Distribution::Fixed(value)).expect("a value of its law");
        slow_moments(&held, (PATHS, 1_000 + place))
    };
    let runs: Vec<(f64, f64)> = (0..VALUES).map(at).collect();
    let mean = runs.iter().map(|(mean, _)| mean).sum::<f64>() / VALUES as f64;
    let between = runs.iter().map(|(of, _)| (of - mean).powi(2)).sum::<f64>() / VALUES as f64;
    let within = runs.iter().map(|(_, variance)| variance).sum::<f64>() / VALUES as f64;
    let explained = between - within / PATHS as f64;
    explained / (explained + within)
}

#[test]
fn first_orders_are_those_of_two_nested_loops() {
    let text = rich("4%")
        .replace("growth = [\"5%\", { from = 2026, value = \"9%\" }]", "growth = { mean = \"5%\", sd = \"12%\" }")
        .replace("step = \"+60%\"", "step = { p10 = \"+20%\", p90 = \"+300%\" }");
    let scenario = scenario(&text);
    let question = Sensitivity {
        scenario: "rich.toml".into(),
        of: vec!["ratio in 2028".to_owned()],
        method: SensitivityMethod::Sobol,
        by: By::Input,
        also: Vec::new(),
    };
    let asked = question.asked(&scenario).expect("a target");
    let found = Sensitive::of(asked, &question, &Settings::new(32_768, 3), &|_| {});
    let Answered::Shares(shares) = &found.answers[0] else { panic!("shares") };
    for address in ["us.funding.growth", "events.fund.step"] {
        let player = shares.players.iter().find(|it| it.addresses == [address]).expect("an uncertain input");
        let expected = nested(&scenario, address);
        // The error of the fast estimate beside that of the loops, which is about two hundredths.
        let allowed = 4.5 * player.share.error().expect("parts") + 0.03;
        assert!((player.share.value - expected).abs() < allowed, "{address}: {:?} instead of {expected}", player.share);
    }
}
