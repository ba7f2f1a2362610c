//! Correlations as inputs: addresses, values that may be uncertain, and whose numbers they leave alone.

use aigap::diagnostic::Problem;
use aigap::engine::{Design, Plan, Refused, Settings, Source};
use aigap::metric::Metric;
use aigap::scenario::{Layers, Scenario};
use aigap::summary::{Objective, Variant};

use crate::support::program::{done, folder_with, read, refused, shipped, table};
use crate::support::{Paths, paths, shipped_base, try_read};

const BASE: &str = include_str!("../scenarios/base.toml");

/// The baseline with something laid over it.
fn over(text: &str) -> Scenario {
    let child = format!("extends = \"base.toml\"\n{text}");
    match try_read(&[("child.toml", &child), ("base.toml", BASE)], &Layers::default()) {
        Ok(loaded) => loaded.scenario,
        Err(rejected) => panic!("{rejected}"),
    }
}

/// What is wrong with the baseline when something is laid over it.
fn wrong(text: &str) -> Vec<Problem> {
    let child = format!("extends = \"base.toml\"\n{text}");
    try_read(&[("child.toml", &child), ("base.toml", BASE)], &Layers::default()).expect_err("a mistake").problems
}

fn pair(a: &str, b: &str, words: &str) -> String {
    format!("[[correlations]]\nbetween = [\"{a}\", \"{b}\"]\n{words}\n")
}

/// Every number of a side of the gap, bit by bit.
fn side(paths: &Paths, region: usize) -> Vec<u64> {
    let all = [&paths.deals[region], &paths.deal_size[region], &paths.funding[region]];
    all.into_iter().flatten().flatten().map(|value| value.to_bits()).collect()
}

fn simulated(scenario: &Scenario) -> Paths {
    paths(scenario, 1_500, 7)
}

/// The pairs of the baseline, as addresses have them.
const PAIRS: [[&str; 2]; 8] = [
    ["us.deals", "us.deal-size"],
    ["us.deals", "china.deals"],
    ["us.deals", "china.deal-size"],
    ["us.deal-size", "china.deals"],
    ["us.deal-size", "china.deal-size"],
    ["china.deals", "china.deal-size"],
    ["us.deals.growth", "china.deals.growth"],
    ["us.deal-size.growth", "china.deal-size.growth"],
];

#[test]
fn every_correlation_has_an_address_at_which_it_is_set_in_either_order() {
    let base = shipped_base();
    for [a, b] in PAIRS {
        let address = format!("correlations.{a}.{b}");
        let known = base.assumptions().iter().find(|it| it.address() == address).expect("an input");
        assert!(known.reason().is_some() && known.set_by().line().is_some(), "{address}");
        let [one, other] = [&address, &format!("correlations.{b}.{a}")].map(|it| base.set(it, 0.25).expect("a value"));
        assert_eq!(one.resolved_toml(), other.resolved_toml(), "{address}");
        let written = pair(a, b, "rho = 0.25");
        assert_eq!(side(&simulated(&one), 1), side(&simulated(&over(&written)), 1), "{address}");
        assert_ne!(side(&simulated(&one), usize::from(b.starts_with("china"))), {
            side(&simulated(&base), usize::from(b.starts_with("china")))
        });
    }
    // One that no file has yet.
    let more = base.set("correlations.us.deals.growth.us.deal-size.growth", 0.3).expect("a new pair");
    let written = over(&pair("us.deals.growth", "us.deal-size.growth", "rho = 0.3"));
    assert_eq!(side(&simulated(&more), 0), side(&simulated(&written), 0));
    let refused = base.set("correlations.us.deals.china.dea", 0.3).expect_err("no such series");
    assert!(refused.what.contains("china.dea"), "{}", refused.what);
}

#[test]
fn params_and_every_file_of_a_run_list_them() {
    let folder = folder_with(&[]);
    let address = "correlations.us.deals.china.deals";
    let listed = done(folder.path(), &["params", &shipped("base.toml")]);
    assert!(listed.contains(&format!("{address} = 0.4\n")), "{listed}");
    let set = format!("{address}={{ uniform = [0.2, 0.6] }}");
    done(folder.path(), &["simulate", &shipped("base.toml"), "--paths", "600", "--no-charts", "--set", &set]);
    let run = std::fs::read_dir(folder.path().join("output")).unwrap().next().unwrap().unwrap().path();
    let rows = table(&read(run.join("assumptions.csv")));
    let row = rows.iter().find(|row| row["address"] == address).expect("a row");
    assert!(row["value"].starts_with("0.2 to 0.6") && row["unit"] == "correlation", "{row:?}");
    let message = refused(folder.path(), &["params", &shipped("base.toml"), "--set", &format!("{address}=1.2")], 3);
    assert!(message.contains("between −1 and 1"), "{message}");
}

#[test]
fn removing_any_correlation_leaves_every_number_of_the_lead_untouched() {
    let base = side(&simulated(&shipped_base()), 0);
    for [a, b] in PAIRS.into_iter().filter(|[_, b]| b.starts_with("china")) {
        let without = simulated(&over(&pair(a, b, "remove = true")));
        assert_eq!(side(&without, 0), base, "{a} and {b}");
    }
}

#[test]
fn another_model_on_one_side_leaves_every_number_of_the_other_untouched() {
    let base = simulated(&shipped_base());
    let models = |region: &str| {
        let (deals, size) = if region == "us" { (1500, 30) } else { (300, 12) };
        [
            format!(
                "[{region}.deals]\nmodel = \"path\"\nlevels = {{ 2030 = {deals} }}\n[{region}.deal-size]\nmodel = \"path\"\n\
                 levels = {{ 2028 = \"${size}m\" }}\n"
            ),
            format!(
                "[{region}.deals]\nmodel = \"fade\"\ninitial-growth = \"20%\"\nlong-run-growth = \"2%\"\nhalf-life = 3\n\
                 volatility = \"30%\"\n"
            ),
            format!("[{region}.deals]\ngrowth = \"3%\"\n"),
        ]
    };
    for (region, other) in [("us", 1), ("china", 0)] {
        for text in models(region) {
            let changed = simulated(&over(&text));
            assert_eq!(side(&changed, other), side(&base, other), "{text}");
            assert_ne!(side(&changed, 1 - other), side(&base, 1 - other), "{text}");
        }
    }
}

#[test]
fn an_uncertain_correlation_moves_what_stands_below_it_alone() {
    let rho = over(&pair("us.deals", "china.deals", "rho = { uniform = [0.1, 0.7] }"));
    let (base, drawn) = (simulated(&shipped_base()), simulated(&rho));
    assert_eq!(side(&base, 0), side(&drawn, 0));
    assert_ne!(side(&base, 1), side(&drawn, 1));
    // Both paths of a draw have its value: a law of two values is a mixture of two runs.
    let two = over(&pair("us.deals", "china.deals", "rho = { one-of = [0.1, 0.7] }"));
    let runs = [0.1, 0.7].map(|rho| simulated(&over(&pair("us.deals", "china.deals", &format!("rho = {rho}")))));
    let mixed = simulated(&two);
    let last = mixed.deals[1].len() - 1;
    let mut of_each = [0, 0];
    for draw in 0..mixed.deals[1][last].len() / 2 {
        let of = |paths: &Paths| [0, 1].map(|path| paths.deals[1][last][2 * draw + path]);
        let near = |a: [f64; 2], b: [f64; 2]| a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-12);
        let which = runs.iter().position(|run| near(of(run), of(&mixed))).expect("one of the two");
        of_each[which] += 1;
    }
    assert!(of_each[0] > 300 && of_each[1] > 300, "{of_each:?}");
}

#[test]
fn values_that_contradict_each_other_are_refused_before_any_is_drawn() {
    let text = pair("us.deals", "us.deal-size", "rho = { uniform = [0.2, 0.95] }")
        + &pair("us.deals", "china.deals", "rho = { uniform = [0.2, 0.95] }");
    let problems = wrong(&text);
    assert!(problems[0].what.contains("some values that these correlations of yearly shocks may have contradict"));
    // A normal law has no ends, and is drawn as far as eight standard deviations out.
    let narrow = pair("us.deals", "china.deals", "rho = { mean = 0.4, sd = 0.02 }");
    assert_eq!(over(&narrow).shock_mixing().rows().len(), 4);
    let problems = wrong(&pair("us.deals", "china.deals", "rho = { mean = 0.4, sd = 0.1 }"));
    assert!(problems[0].what.contains("contradict"), "{}", problems[0].what);
    let alone = "title = \"x\"\nhorizon = 2030\n".to_owned()
        + "[us.funding]\nmodel = \"random-walk\"\ngrowth = \"3%\"\nvolatility = \"20%\"\n"
        + "[china.funding]\nmodel = \"random-walk\"\ngrowth = \"3%\"\nvolatility = \"20%\"\n"
        + &pair("us.funding", "china.funding", "rho = { mean = 0.4, sd = 0.3 }");
    assert!(try_read(&[("alone.toml", &alone)], &Layers::default()).is_ok(), "two rows have no third to contradict");
}

#[test]
fn a_design_of_a_correlation_is_the_scenario_with_it() {
    let base = shipped_base();
    let settings = Settings::new(2_048, 3);
    let plain = Variant::of(&base);
    let asked = [Objective::median_of_gap(Metric::Ratio, 2030)];
    for address in ["correlations.us.deals.china.deals", "correlations.us.deals.growth.china.deals.growth"] {
        let set = base.set(address, 0.1).expect("a value");
        let set = Variant::of(&set);
        let under = plain.under(&Design::new().with(address, Source::Fixed(0.1))).expect("a design");
        let found = Objective::evaluate(&asked, &[set, under, plain.clone()], &settings);
        let values: Vec<f64> = found.iter().flatten().flatten().map(|it| it.value).collect();
        assert_eq!(values[0].to_bits(), values[1].to_bits(), "{address}");
        assert_ne!(values[0], values[2], "{address}");
    }
    let plan = Plan::new(&base);
    let far = Design::new().with("correlations.us.deals.china.deals", Source::Fixed(-0.99));
    assert!(matches!(plan.under(&far), Err(Refused::Contradiction { .. })));
    // All that is possible is possible, and a little more is not.
    for (id, it) in base.assumptions().iter().enumerate().filter(|(_, it)| it.address().starts_with("correlations.")) {
        let (low, high) = base.possible_range(id);
        let under = |value: f64| plan.under(&Design::new().with(it.address(), Source::Fixed(value)));
        assert!(under(low).is_ok() && under(high).is_ok(), "{}", it.address());
        assert!(low <= -1.0 || under(low - 0.002).is_err(), "{}", it.address());
        assert!(high >= 1.0 || under(high + 0.002).is_err(), "{}", it.address());
    }
}

#[test]
fn correlations_that_differ_are_exchanged_one_by_one_where_all_mixtures_are_possible() {
    let base = shipped_base();
    let text = pair("us.deals", "china.deals", "rho = 0.1") + &pair("china.deals", "china.deal-size", "rho = 0.5");
    let what_if = over(&text);
    let found = base.differences(&what_if);
    let addresses: Vec<&str> = found.iter().map(|it| it.address.as_str()).collect();
    assert_eq!(addresses, ["correlations.china.deals.china.deal-size", "correlations.us.deals.china.deals"]);
    let hybrid = base.with(&what_if, &found.iter().collect::<Vec<_>>());
    assert_eq!(side(&simulated(&hybrid), 1), side(&simulated(&what_if), 1));
    let first = base.with(&what_if, &[&found[1]]);
    let alone = over(&pair("us.deals", "china.deals", "rho = 0.1"));
    assert_eq!(side(&simulated(&first), 1), side(&simulated(&alone), 1));
    // Each of these is valid, and taking one of three over is not.
    let strong = |sign: f64| {
        let rho = |value: f64| format!("rho = {value}");
        over(
            &(pair("us.deals", "us.deal-size", &rho(sign * 0.9))
                + &pair("us.deals", "china.deals", &rho(sign * 0.9))
                + &pair("us.deal-size", "china.deals", &rho(0.9))),
        )
    };
    let found = strong(1.0).differences(&strong(-1.0));
    let addresses: Vec<&str> = found.iter().map(|it| it.address.as_str()).collect();
    assert_eq!(addresses, ["correlations of shocks"]);
}
