//! Laws of questions asked backwards: textbook functions with known shares, and what must hold in every kind of scenario.
#![allow(clippy::disallowed_methods, reason = "tests may use the platform's mathematics")]

use std::f64::consts::PI;

use aigap::engine::Settings;
use aigap::random::{Key, Numbers, Purpose};
use aigap::scenario::Scenario;
use aigap::special::normal_quantile;
use aigap::study::{
    Answered, Attained, By, Interval, Sensitive, Sensitivity, SensitivityMethod, Shares, Sought, Sweep, Swept, Tornado,
    Varied, shapley_effects, sobol_shares,
};
use aigap::summary::{Products, Summary};
use aigap::wording::Text;

use crate::support::{self, BASE, run};

mod every_world;
mod worlds;

use worlds::worlds;

const ROWS: usize = 1 << 17;

/// Independent uniform numbers: a column for each input of matrix A or B.
fn uniforms(inputs: usize, matrix: u32) -> Vec<Vec<f64>> {
    let numbers = Numbers::new(20_240_515);
    let column = |input: usize| {
        let key = Key::new(Purpose::Assumption, &format!("x{input}"));
        (0..ROWS).map(|row| numbers.uniform(row as u64, 0, key, matrix)).collect()
    };
    (0..inputs).map(column).collect()
}

/// Values of a function where the inputs in a set come from A and the others from B.
fn values(f: &dyn Fn(&[f64]) -> f64, [a, b]: [&[Vec<f64>]; 2], of_a: u64) -> Vec<f64> {
    let input = |row: usize, input: usize| if of_a >> input & 1 == 1 { a[input][row] } else { b[input][row] };
    (0..ROWS).map(|row| f(&(0..a.len()).map(|it| input(row, it)).collect::<Vec<f64>>())).collect()
}

/// First orders and totals of a function's inputs by the estimator of `aigap sensitivity --method sobol`.
fn sobol(f: &dyn Fn(&[f64]) -> f64, inputs: usize) -> (f64, Vec<[Interval; 2]>) {
    let (a, b) = (uniforms(inputs, 0), uniforms(inputs, 1));
    let all = (1_u64 << inputs) - 1;
    let sets = [all, 0].into_iter().chain((0..inputs).map(|input| all & !(1 << input)));
    let columns: Vec<Vec<f64>> = sets.map(|set| values(f, [&a, &b], set)).collect();
    let products = Products::of_columns(&columns);
    (products.covariance(None, 0, 0), (0..inputs).map(|input| sobol_shares(&products, input + 2)).collect())
}

/// Shapley effects by the sums of `aigap sensitivity --method shapley`.
fn shapley(f: &dyn Fn(&[f64]) -> f64, inputs: usize) -> Vec<f64> {
    let (a, b) = (uniforms(inputs, 0), uniforms(inputs, 1));
    let all = (1_u64 << inputs) - 1;
    let columns: Vec<Vec<f64>> = std::iter::once(all).chain(0..all).map(|set| values(f, [&a, &b], set)).collect();
    let products = Products::of_columns(&columns);
    let explained = |set: u64| products.covariance(None, 0, if set == all { 0 } else { set as usize + 1 });
    shapley_effects(inputs, &explained)
}

fn near(found: Interval, expected: f64, what: &str) {
    let allowed = 4.5 * found.error().expect("sixteen parts");
    assert!((found.value - expected).abs() < allowed, "{what}: {} instead of {expected}, ±{allowed}", found.value);
}

/// Golden rows L01 (Ishigami and Homma, 1990, with a = 7, b = 0.1): an input without a first order, and one that acts only
/// together with another.
#[test]
fn sobol_shares_of_ishigami_are_its_closed_form() {
    let ishigami = |u: &[f64]| {
        let x: Vec<f64> = u.iter().map(|u| PI * (2.0 * u - 1.0)).collect();
        x[0].sin() + 7.0 * x[1].sin().powi(2) + 0.1 * x[2].powi(4) * x[0].sin()
    };
    let variance = 13.844_587_940_719_257;
    let first = 0.5 * (1.0 + 0.1 * PI.powi(4) / 5.0).powi(2) / variance;
    let totals = [0.557_588_855_209_959_2, 0.442_411_144_790_040_8, 0.243_683_664_062_147_74];
    let (found, shares) = sobol(&ishigami, 3);
    assert!((found / variance - 1.0).abs() < 0.02, "{found}");
    for (place, (expected, total)) in [first, totals[1], 0.0].into_iter().zip(totals).enumerate() {
        near(shares[place][0], expected, &format!("S{}", place + 1));
        near(shares[place][1], total, &format!("T{}", place + 1));
    }
}

/// Golden rows L02: exp(0.6 z1 + 0.4 z2 + 0.3 z3 + 0.1 z4) of independent normal z.
#[test]
fn shares_of_a_product_of_lognormals_are_their_closed_form() {
    let weights = [0.6, 0.4, 0.3, 0.1];
    let product = |u: &[f64]| u.iter().zip(weights).map(|(u, a)| a * normal_quantile(*u)).sum::<f64>().exp();
    let first = [0.504_500_253_163_070_8, 0.0, 0.109_641_645_303_341_57, 0.011_700_825_441_167_728];
    let total = [0.654_301_557_057_685_3, 0.319_996_604_443_181_4, 0.186_273_733_575_942_36, 0.021_534_566_533_588_09];
    let (_, shares) = sobol(&product, 4);
    for place in 0..4 {
        if first[place] > 0.0 {
            near(shares[place][0], first[place], &format!("S{}", place + 1));
        }
        near(shares[place][1], total[place], &format!("T{}", place + 1));
    }
    let effects = shapley(&product, 4);
    assert!((effects.iter().sum::<f64>() - 1.0).abs() < 1e-12, "{effects:?}");
    // Errors of the effects of so many rows are below a hundredth.
    for (place, expected) in
        [(1, 0.259_429_465_319_077_5), (2, 0.146_451_584_575_385_65), (3, 0.016_338_909_804_422_78)]
    {
        assert!((effects[place] - expected).abs() < 0.01, "{}: {} instead of {expected}", place + 1, effects[place]);
    }
}

fn asked(scenario: &Scenario, of: &str, method: SensitivityMethod, by: By, paths: u64) -> Sensitive {
    let question = Sensitivity { scenario: "x.toml".into(), of: vec![of.to_owned()], method, by, also: Vec::new() };
    let read = question.asked(scenario).unwrap_or_else(|why| panic!("{of}: {why:?}"));
    Sensitive::of(read, &question, &Settings::new(paths, 7), &|_| {})
}

fn tornado(found: &Sensitive) -> &Tornado {
    let Answered::Tornado(it) = &found.answers[0] else { panic!("a tornado") };
    it
}

fn shares(found: &Sensitive) -> &Shares {
    let Answered::Shares(it) = &found.answers[0] else { panic!("shares") };
    it
}

/// BASE with uncertain drifts of US and Chinese deals.
fn uncertain_base() -> Scenario {
    let text = BASE
        .replace("growth = \"2.02013400267558%\"", "growth = { mean = \"2%\", sd = \"3%\" }")
        .replace("growth = \"4.08107741923882%\"", "growth = { mean = \"4%\", sd = \"6%\" }");
    support::scenario(&text)
}

/// Golden row L03: of the variance of the log ratio after twelve years, luck has 0.8596.
#[test]
fn the_share_of_luck_is_its_closed_form() {
    let found = asked(&uncertain_base(), "ratio in 2035", SensitivityMethod::Sobol, By::Input, 65_536);
    let luck = shares(&found).players.iter().find(|it| it.addresses.is_empty()).expect("luck takes part");
    near(luck.share, 0.859_557_867_360_208_1, "luck");
    near(luck.total.expect("a total"), 0.859_557_867_360_208_1, "luck in all");
}

/// Golden row L04: median US funding of 2035 with a drift of N(0.07, 0.03²), at the drift's quantile of 0.9.
#[test]
fn an_end_of_a_tornado_is_the_median_at_that_end() {
    let text = BASE.replace("growth = \"2.02013400267558%\"", "growth = { mean = \"2.02013400267558%\", sd = \"3%\" }");
    let found = asked(&support::scenario(&text), "us.funding in 2035", SensitivityMethod::Tornado, By::Input, 20_000);
    let end = tornado(&found).swings[0].outputs[4];
    assert!((end.value - 113.902_835_875_139_85).abs() < 4.5 * end.error, "{end:?}");
}

/// A goal of the ratio at the horizon that fewer than half of its own paths meet.
fn goal_near(scenario: &Scenario, summary: &Summary) -> String {
    let horizon = scenario.horizon();
    let ratio = summary.gap(aigap::metric::Metric::Ratio, horizon).expect("a ratio");
    let level = 0.9 * ratio.quantile(0.5).expect("a median");
    format!("P(ratio in {horizon} < {level:.6}) >= 50%")
}

const PATHS: u64 = 400;

#[test]
fn shapley_effects_add_up_to_the_variance_in_every_world() {
    for (name, scenario) in worlds() {
        let found =
            asked(&scenario, &format!("ratio in {}", scenario.horizon()), SensitivityMethod::Shapley, By::Input, PATHS);
        let sum: f64 = shares(&found).players.iter().map(|player| player.share.value).sum();
        assert!((sum - 1.0).abs() < 1e-9, "{name}: {sum}");
        assert!(shares(&found).variance > 0.0, "{name}");
    }
}

#[test]
fn an_input_without_effect_has_exactly_none() {
    let scenario = &worlds()[1].1;
    for method in [SensitivityMethod::Sobol, SensitivityMethod::Shapley] {
        let found = asked(scenario, "us.funding in 2028", method, By::Input, PATHS);
        for player in &shares(&found).players {
            let moves = player.addresses.is_empty() || player.addresses[0].starts_with("us.");
            let all = [Some(player.share), player.total].into_iter().flatten();
            assert!(moves || all.map(|it| it.value).all(|it| it == 0.0), "{method:?}: {player:?}");
        }
    }
    let found = asked(scenario, "us.funding in 2028", SensitivityMethod::Tornado, By::Input, PATHS);
    let still: Vec<&str> = tornado(&found).still.iter().map(|it| it.address.as_str()).collect();
    assert_eq!(still.len(), 4, "{still:?}");
}

/// What is found meets the goal on its own paths, and does not just below it.
#[test]
fn what_is_sought_meets_the_goal_in_every_world() {
    for (name, scenario) in worlds() {
        let settings = Settings::new(PATHS, 3);
        let text = goal_near(&scenario, &run(&scenario, PATHS, 3));
        let goal = scenario.goal(&text).unwrap_or_else(|why| panic!("{name}: {text}: {why:?}"));
        // Single deals take long: there one input stands for all.
        let inputs = Varied::all(&scenario);
        let few = inputs.iter().filter(|it| name == "deals one by one" && it.address == "china.deals.growth");
        let found = Sought::seek(&scenario, goal.clone(), few.cloned().collect(), &settings, &|_| {});
        assert!(!found.met, "{name}");
        let mut able = 0;
        for need in &found.needs {
            let Some(needed) = &need.needed else { continue };
            let [below, at, above] = needed.certificate.map(|(_, target)| target.value);
            let address = &need.varied.address;
            // Where the target hardly moves, as with a volatility, so few paths leave it at the goal, or turn it by their error.
            let error = if need.monotone { 2.0 / PATHS as f64 } else { 1.0 / (PATHS as f64).sqrt() };
            assert!(goal.is_met(at) || (at - 0.5).abs() < error, "{name} {address}: {at} at {}", needed.value);
            let (met, not) = if needed.above { (above, below) } else { (below, above) };
            let near = |value: f64| (value - 0.5).abs() < error;
            let beyond = (goal.is_met(met) || near(met)) && (!goal.is_met(not) || near(not));
            assert!(beyond, "{name} {address}: {below} {at} {above}");
            able += 1;
        }
        assert!(able > 0, "{name}: nothing can do it");
        // Of every input one thing is said.
        assert!(found.needs.len() == inputs.len() || found.named.len() == 1, "{name}");
        let words = aigap::wording::one_thing_at_a_time(&found);
        let told: usize = words.iter().map(|(_, rows)| rows.len()).sum();
        let silent = |need: &&aigap::study::Need| need.needed.is_none() && !matches!(need.attained, Attained::Nowhere);
        assert_eq!(told + found.needs.iter().filter(silent).count(), found.needs.len(), "{name}");
    }
}

/// The same paths, whether a value is swept or the scenario has it.
#[test]
fn a_cell_of_a_sweep_is_the_run_of_the_scenario_that_has_its_value() {
    for (name, scenario) in worlds() {
        let address =
            scenario.assumptions().iter().map(|it| it.address()).find(|it| it.contains(".growth")).expect("a growth");
        let horizon = scenario.horizon();
        let of = [
            format!("median of ratio in {horizon}"),
            format!("p90 of gap in {horizon}"),
            format!("P(ratio in {horizon} < 4)"),
        ];
        let sweep = Sweep {
            scenario: "x.toml".into(),
            over: vec![format!("{address}={{0%, 12%}}:fixed")],
            of: of.to_vec(),
            precision: None,
        };
        let asked = sweep.asked(&scenario).expect("a sweep");
        let settings = Settings::new(PATHS, 5);
        let swept = Swept::of(&scenario, asked, &settings, &|_| {});
        for (column, written) in ["0%", "12%"].into_iter().enumerate() {
            let set = scenario.set(address, written).unwrap_or_else(|problem| panic!("{name}: {problem:?}"));
            let summary = run(&set, PATHS, 5);
            let of = |metric| summary.gap(metric, horizon).expect("a metric of the gap");
            let cell = |target: usize| swept.cells[target][0][column].expect("a value").value;
            assert_eq!(Some(cell(0)), of(aigap::metric::Metric::Ratio).quantile(0.5), "{name} {written}");
            assert_eq!(Some(cell(1)), of(aigap::metric::Metric::Gap).quantile(0.9), "{name} {written}");
        }
    }
}

/// A tornado's ends are the medians of the runs that hold the input there and the others at their medians.
#[test]
fn the_points_of_a_tornado_lie_on_its_inputs_laws_in_every_world() {
    for (name, scenario) in worlds() {
        let found =
            asked(&scenario, &format!("ratio in {}", scenario.horizon()), SensitivityMethod::Tornado, By::Input, PATHS);
        let it = tornado(&found);
        assert!(it.baseline.value.is_finite() && it.baseline.value > 0.0, "{name}");
        let uncertain = scenario.assumptions().iter().filter(|it| !it.law().is_fixed()).count();
        assert!(it.swings.len() + it.still.len() <= uncertain && !it.swings.is_empty(), "{name}");
        for swing in &it.swings {
            assert_eq!(swing.outputs[2], it.baseline, "{name}");
            let law = scenario.assumptions()[swing.varied.id].law();
            for (value, p) in swing.inputs.iter().zip(aigap::study::POINTS) {
                assert_eq!(*value, law.quantile(p), "{name} {}", swing.varied.address);
            }
        }
        let sizes: Vec<f64> = it.swings.iter().map(|swing| swing.size(true)).collect();
        assert!(sizes.windows(2).all(|pair| pair[0] >= pair[1]), "{name}: {sizes:?}");
    }
}

#[test]
fn shares_by_group_are_of_regions_and_events() {
    let scenario = &worlds()[1].1;
    for method in [SensitivityMethod::Sobol, SensitivityMethod::Shapley] {
        let found = asked(scenario, "ratio in 2028", method, By::Group, PATHS);
        let mut groups: Vec<usize> = shares(&found).players.iter().map(|player| player.addresses.len()).collect();
        groups.sort_unstable();
        // Luck, a region with one uncertain input each, and the fund with its chance, year and size.
        assert_eq!(groups, [0, 1, 1, 3], "{method:?}");
    }
    // Correlated regions are one group for Sobol' shares, and two for those that are defined under correlation.
    let correlated = &worlds()[2].1;
    let players = |method| shares(&asked(correlated, "ratio in 2028", method, By::Group, PATHS)).players.len();
    assert_eq!([players(SensitivityMethod::Sobol), players(SensitivityMethod::Shapley)], [2, 3]);
}

/// A part of a law is varied as a scenario that states it, and its partner stays.
#[test]
fn a_part_of_a_law_is_swept_as_the_scenario_that_states_it() {
    let base = support::shipped_base();
    let of = ["median of ratio in 2030".to_owned(), "P(ratio in 2030 < 4)".to_owned()];
    for (part, values, stated) in [
        ("sd", "{3%, 12%}", ["{ mean = \"0%\", sd = \"3%\" }", "{ mean = \"0%\", sd = \"12%\" }"]),
        ("mean", "{-2%, 5%}", ["{ mean = \"-2%\", sd = \"7%\" }", "{ mean = \"5%\", sd = \"7%\" }"]),
    ] {
        let over = vec![format!("china.deals.growth.{part}={values}")];
        let sweep = Sweep { scenario: "x.toml".into(), over, of: of.to_vec(), precision: None };
        let settings = Settings::new(2_000, 5);
        let swept = Swept::of(&base, sweep.asked(&base).expect("a sweep"), &settings, &|_| {});
        for (column, written) in stated.into_iter().enumerate() {
            let set = base.set("china.deals.growth", written).unwrap_or_else(|problem| panic!("{problem:?}"));
            let expected = run(&set, 2_000, 5).gap(aigap::metric::Metric::Ratio, 2030).expect("a ratio").quantile(0.5);
            let found = swept.cells[0][0][column].expect("a value").value;
            assert!((found / expected.expect("a median") - 1.0).abs() < 1e-9, "{part} {written}: {found} {expected:?}");
        }
    }
    // More spread makes the far end likelier, so a value of it is sought and found, and no chance is given to it.
    let goal = base.goal("P(ratio in 2030 < 4) >= 25%").expect("a goal");
    let varied = Varied::of(&base, "china.deals.growth.sd", false).expect("a part");
    assert_eq!((varied.what().as_str(), varied.own(&base)), ("sd", 0.07));
    let found = Sought::seek(&base, goal, vec![varied], &Settings::new(4_000, 5), &|_| {});
    let need = &found.needs[0];
    assert!(need.needed.as_ref().expect("a value").value > 0.07 && need.chance.is_none(), "{need:?}");
    let written = found.what_if("base.toml", "a test").expect("a what-if");
    assert!(written.contains("sd = \"") && written.contains("mean = \"0%\""), "{written}");
    for wrong in ["us.deals.volatility.sd", "china.deals.growth.p20"] {
        assert!(Varied::of(&base, wrong, false).is_err(), "{wrong}");
    }
}

/// An event whose effect is certain has no percentiles: the frontier goes along the effects between which the other input decides,
/// and not from the loss of everything to a thousandfold.
#[test]
fn a_frontier_along_a_certain_input_lies_where_the_other_decides() {
    let event = "[[events]]\nname = \"subsidy\"\nregion = \"china\"\nseries = \"deal-size\"\nyear = 2026\n\
                 effect = { step = \"60%\" }\nwhy = \"a test\"\nsource = \"judgement\"\n";
    let scenario = support::scenario(&format!("{BASE}\n{event}"));
    let goal = scenario.goal("P(ratio in 2030 < half of 2023) >= 50%").expect("a goal");
    let [step, growth] =
        ["events.subsidy.step", "us.deal-size.growth"].map(|it| Varied::of(&scenario, it, false).expect("one"));
    let named = [step, growth.between(&scenario, "-15%:35%").expect("a range")];
    let found = Sought::seek(&scenario, goal, named.to_vec(), &Settings::new(4_000, 5), &|_| {});
    let needed = found.frontier.iter().filter(|(_, need)| need.needed.is_some()).count();
    assert!(needed >= 6, "{needed} of {}", found.frontier.len());
    let values: Vec<f64> = found.frontier.iter().filter_map(|(_, need)| Some(need.needed.as_ref()?.value)).collect();
    let basis = Text::joined(aigap::wording::seek_basis(&found), " ").text();
    assert!(!basis.contains("all that "), "it was not looked for over all that the step can be: {basis}");
    assert!(values.is_sorted(), "the larger the effect, the faster the US may grow: {values:?}");
    // A range that a user gives stays as it is.
    let named = [named[0].clone().between(&scenario, "-50%:900%").expect("a range"), named[1].clone()];
    let goal = found.goal.clone();
    let found = Sought::seek(&scenario, goal, named.to_vec(), &Settings::new(400, 5), &|_| {});
    assert_eq!(found.frontier[0].0, named[0].range.0);
}
