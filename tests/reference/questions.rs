//! Questions asked backwards, in their plainest form: every path of the slow simulator, at the value that was found.

use aigap::engine::Settings;
use aigap::random::Numbers;
use aigap::study::{Sought, Varied};

use super::laws::cholesky;
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
    let slow = Slow {
        scenario: &scenario,
        numbers: Numbers::new(seed),
        factor: cholesky(scenario.shock_correlations().matrix(), scenario.shock_correlations().size()),
    };
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
        let found = Sought::seek(&scenario, goal, vec![varied], Settings { paths, seed }, &|_| {});
        let value = found.needs[0].needed.as_ref().expect("a value").value;
        let [below, above] = [-1e-7, 1e-7].map(|step| slow_share(value + step, 8.0, (paths, seed)));
        assert!(below < share && above >= share, "{value}: {below} below and {above} above");
    }
}
