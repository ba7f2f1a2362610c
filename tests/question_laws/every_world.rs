//! What must hold in scenarios of every kind: of Sobol' shares, of each input that is swept, of what is written, of rules.

use std::path::Path;

use aigap::metric::Metric;
use aigap::scenario::{Layers, Scenario, load};
use aigap::study::{Discover, Discovered, Interval, Sought, Varied};

use super::*;

/// The middle value that an input is swept over, and the one before it, as a scenario writes them.
fn inside(scenario: &Scenario, varied: &Varied) -> [String; 2] {
    let grid = varied.grid(scenario, 5);
    let middle = grid.len() / 2;
    [middle.saturating_sub(1), middle]
        .map(|place| varied.as_written(scenario, grid[place]).trim_matches('"').to_owned())
}

/// Whatever the input is: a growth, a volatility, a correlation, the chance or the year of an event, a dated value.
#[test]
fn every_input_of_every_kind_is_swept_as_the_scenario_that_has_its_value() {
    for (name, scenario) in worlds() {
        let horizon = scenario.horizon();
        let of = vec![format!("median of ratio in {horizon}"), format!("P(ratio in {horizon} < 4)")];
        let inputs = Varied::all(&scenario);
        assert!(inputs.len() >= 4, "{name}");
        // Single deals take long: there a few inputs stand for all.
        let few = if name == "deals one by one" { 6 } else { 1 };
        for varied in inputs.iter().step_by(few) {
            let [before, written] = inside(&scenario, varied);
            let over = vec![format!("{}={{{before}, {written}}}:fixed", varied.address)];
            let sweep = Sweep { scenario: "x.toml".into(), over, of: of.clone(), precision: None };
            let asked = sweep.asked(&scenario).unwrap_or_else(|why| panic!("{name} {}: {why}", varied.address));
            let swept = Swept::of(&scenario, asked, &Settings::new(200, 5), &|_| {});
            let set = scenario.set(&varied.address, written.as_str());
            // What no scenario can be is no cell either.
            let Ok(set) = set else {
                assert_eq!(swept.cells[0][0][1], None, "{name} {} = {written}", varied.address);
                continue;
            };
            let summary = run(&set, 200, 5);
            let expected = summary.gap(Metric::Ratio, horizon).expect("a ratio").quantile(0.5);
            let found = swept.cells[0][0][1].expect("a value").value;
            assert_eq!(Some(found), expected, "{name} {} = {written}", varied.address);
        }
    }
}

/// What an input explains alone is no more than what it has a part in; together inputs explain no more than all there is alone,
/// and no less with their parts in others.
#[test]
fn sobol_shares_are_in_order_in_every_world() {
    for (name, scenario) in worlds() {
        let paths: u32 = if name == "deals one by one" { 512 } else { 16_384 };
        let of = format!("ratio in {}", scenario.horizon());
        let found = asked(&scenario, &of, SensitivityMethod::Sobol, By::Input, u64::from(paths));
        let players = &shares(&found).players;
        // Single deals take long: of so few paths there are no parts to be held against each other.
        let error = |it: Interval| it.error().unwrap_or(2.0 / f64::from(paths).sqrt());
        let (mut alone, mut with_others, mut doubt) = (0.0, 0.0, 0.0);
        for player in players {
            let total = player.total.expect("a total");
            let allowed = 4.5 * (error(player.share) + error(total));
            assert!(player.share.value <= total.value, "{name}: {player:?}");
            // An input without effect explains exactly nothing.
            assert!(player.share.value >= -4.5 * error(player.share) && total.value >= 0.0, "{name}: {player:?}");
            alone += player.share.value;
            with_others += total.value;
            doubt += allowed;
        }
        assert!(alone <= 1.0 + doubt && with_others >= 1.0 - doubt, "{name}: {alone} alone, {with_others} in all");
        let luck = players.iter().find(|it| it.addresses.is_empty()).expect("luck takes part");
        assert!(luck.total.expect("a total").value > 0.0, "{name}");
    }
}

/// The file is read again as anybody would read it, over the scenario that was asked.
#[test]
fn what_is_written_meets_the_goal_in_every_world() {
    let cases = support::program::root().join("tests/cases");
    let mut written = 0;
    for (name, scenario) in worlds() {
        let settings = Settings::new(PATHS, 3);
        let goal = scenario.goal(&goal_near(&scenario, &run(&scenario, PATHS, 3))).expect("a goal");
        let horizon = scenario.horizon();
        let own = |address: &str| {
            (address.starts_with("china.") && address.contains("growth")) || address.starts_with("events.")
        };
        let mut inputs: Vec<Varied> = Varied::all(&scenario).into_iter().filter(|it| own(&it.address)).collect();
        inputs.truncate(if name == "deals one by one" { 1 } else { 4 });
        for varied in inputs {
            let address = varied.address.clone();
            let found = Sought::seek(&scenario, goal.clone(), vec![varied], &settings, &|_| {});
            let Some(text) = found.what_if("asked.toml", "a test") else { continue };
            let base = scenario.resolved_toml();
            let read = |path: &Path| match path.to_string_lossy().as_ref() {
                "what-if.toml" => Ok(text.clone().into_bytes()),
                "asked.toml" => Ok(base.clone().into_bytes()),
                _ => std::fs::read(cases.join(path.file_name().expect("a file"))).map_err(|error| error.to_string()),
            };
            let layers = Layers { allow_outside: true, ..Layers::default() };
            let loaded = load(Path::new("what-if.toml"), &layers, None, &read);
            let loaded = loaded.unwrap_or_else(|why| panic!("{name} {address}: {why}\n{text}"));
            let summary = run(&loaded.scenario, PATHS, 3);
            let median = summary.gap(Metric::Ratio, horizon).expect("a ratio").quantile(0.5).expect("a median");
            // The bound of a histogram.
            assert!(median <= goal_level(&goal.text) * (1.0 + 1.0 / 512.0), "{name} {address}: {median}\n{text}");
            written += 1;
        }
    }
    assert!(written >= 8, "{written} what-ifs");
}

/// The level in `P(ratio in 2030 < 7.1) >= 50%`.
fn goal_level(goal: &str) -> f64 {
    let behind = goal.split('<').nth(1).and_then(|rest| rest.split(')').next());
    behind.and_then(|level| level.trim().parse().ok()).expect("a level")
}

#[test]
fn rules_keep_their_laws_in_every_world() {
    for (name, scenario) in worlds() {
        let goal = goal_near(&scenario, &run(&scenario, PATHS, 3));
        let condition = goal.trim_start_matches("P(").split(')').next().expect("a condition").to_owned();
        let question = Discover { scenario: "x.toml".into(), condition, of_box: None, keep: None };
        let settings = Settings::new(if name == "deals one by one" { 1_200 } else { 4_000 }, 11);
        let found =
            Discovered::find(&scenario, &question, &settings, &|_| {}).unwrap_or_else(|why| panic!("{name}: {why}"));
        assert!((0.0..=1.0 + 1e-9).contains(&found.luck), "{name}: {}", found.luck);
        for it in &found.boxes {
            for judged in [it.found, it.held_out] {
                let (left, right) = (judged.coverage() * judged.base_rate(), judged.density() * judged.mass());
                assert!((left - right).abs() < 1e-12 || judged.density().is_nan(), "{name}: {judged:?}");
            }
            assert_eq!(it.held_out.total.rows + it.found.total.rows, settings.paths, "{name}");
        }
        assert!(found.boxes[0].rule.is_empty() && found.boxes[0].found.coverage() == 1.0, "{name}");
        let words = aigap::wording::discover_finding(&found);
        assert!(!words.is_empty(), "{name}");
    }
}
