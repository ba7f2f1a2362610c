//! Every address set to what it is, moved medians, and settings that are refused.

use std::path::{Path, PathBuf};

use super::*;
use crate::scenario::{Layers, Loaded, Rejected, Role, load};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios")
}

fn read(path: &Path, set: &[&str]) -> Result<Loaded, Box<Rejected>> {
    let layers = Layers { set: set.iter().map(|it| (*it).to_owned()).collect(), ..Layers::default() };
    load(path, &layers, None, &|path| std::fs::read(path).map_err(|error| error.to_string()))
}

fn base() -> Scenario {
    read(&folder().join("base.toml"), &[]).expect("base is valid").scenario
}

/// Reads a text laid over the base scenario.
fn over_base(text: &str, set: &[&str]) -> Result<Loaded, Box<Rejected>> {
    let layers = Layers { set: set.iter().map(|it| (*it).to_owned()).collect(), ..Layers::default() };
    let text = format!("extends = \"base.toml\"\n{text}");
    load(&folder().join("over.toml"), &layers, None, &|path| match path.ends_with("over.toml") {
        true => Ok(text.clone().into_bytes()),
        false => std::fs::read(path).map_err(|error| error.to_string()),
    })
}

fn law(scenario: &Scenario, address: &str) -> Distribution {
    scenario.assumptions().iter().find(|it| it.address() == address).expect(address).law().clone()
}

/// Kinds of inputs that no shipped scenario has.
const EVERYTHING: &str = r#"
horizon = 2032
source = ["CB Insights", "AI Index"]
[money]
currency = "CNY"
prices = 2023
inflation = ["2%", { from = 2027, value = "3%" }]
exchange-rate = { 2023 = 7.1, 2030 = { p10 = 6, p90 = 8 } }
[shocks]
law = { contaminated = "10%", times = 3 }
tail = "shared"
[shocks.factor]
us.deals = 0.5
"us.deal-size" = 0.2
[us.deals]
model = "random-walk"
growth = ["5%", { from = 2026, p10 = "1%", p90 = "4%", median = "3%" }, { from = 2028, value = "2%" }]
volatility = { pert = ["10%", "20%", "40%"] }
[us.deal-size]
model = "random-walk"
growth = { one-of = ["1%", "3%"], weights = ["30%", "70%"] }
volatility = { lognormal = { p5 = "10%", p95 = "40%" } }
[us.counting]
deals = { negative-binomial = 40 }
sizes = { tail-share = "1%", cap = "$20bn" }
[china.deals]
model = "path"
levels = { 2025 = 300, 2030 = { value = 500, kind = "decision" } }
[china.deal-size]
model = "gompertz"
ceiling = { triangular = ["$20m", "$30m", "$60m"] }
half-life = { mean = 3, sd = 1 }
volatility = "10%"
[[events]]
name = "A pulse"
region = "us"
series = "deals"
year = { uniform = [2025, 2027] }
kind = "decision"
effect = { pulse = "+40%", half-life = { value = 2, kind = "circumstance" } }
chance-per-year = "10%"
[[events]]
name = "A cap"
region = "china"
series = "deal-size"
year = 2026
effect = { cap = "$30m", until = 2028 }
[[jumps]]
name = "A jump"
region = "us"
series = "deal-size"
chance-per-year = "5%"
size = "+50%"
[measurement]
rounding = { us = { deals = { uniform = [1000, 1300] } } }
revisions = { us = "5%" }
definitions = true
"#;

/// Everything that is shipped, and what no shipped scenario says.
fn scenarios() -> Vec<Scenario> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder()).expect("a folder").map(|it| it.expect("a file").path()).collect();
    files.retain(|path| path.extension().is_some_and(|it| it == "toml"));
    files.sort();
    let mut found: Vec<Scenario> = files.iter().map(|path| read(path, &[]).expect("valid").scenario).collect();
    let packs = ["unknown-figures.toml", "fat-tails.toml"].map(|name| folder().join("packs").join(name));
    let layers = Layers { with: packs.to_vec(), ..Layers::default() };
    let read = |path: &Path| std::fs::read(path).map_err(|error| error.to_string());
    found.push(load(&folder().join("china-state-push.toml"), &layers, None, &read).expect("valid").scenario);
    let read = |_: &Path| Ok(EVERYTHING.as_bytes().to_vec());
    found.push(load(Path::new("everything.toml"), &Layers::default(), None, &read).expect("valid").scenario);
    found
}

#[test]
fn every_address_of_every_shipped_scenario_can_be_set_to_what_it_is() {
    let mut addresses = 0;
    for scenario in scenarios() {
        let resolved = scenario.resolved_toml();
        for own in scenario.assumptions() {
            let mut value = own.written.clone();
            value.add("kind", Value::text(if own.role() == Role::Lever { "decision" } else { "circumstance" }));
            value.add_words(&own.why, &own.source);
            let value = format!("{{ {} }}", text::pairs(&value));
            let again = scenario.set(own.address(), value.as_str());
            let again = again.unwrap_or_else(|problem| panic!("{} of {}: {problem}", own.address(), scenario.name()));
            assert_eq!(again.resolved_toml(), resolved, "{} of {}", own.address(), scenario.name());
            addresses += 1;
            // A source is a name, and no number says which.
            if own.address() == "source" {
                continue;
            }
            let law = scenario.set(own.address(), own.law().clone());
            let law = law.unwrap_or_else(|problem| panic!("{} of {}: {problem}", own.address(), scenario.name()));
            let same = |p: f64| {
                let (one, other) = (self::law(&law, own.address()).quantile(p), own.law().quantile(p));
                (one - other).abs() <= 1e-9 * other.abs().max(1e-3)
            };
            assert!([0.05, 0.5, 0.95].into_iter().all(same), "{}", own.address());
        }
    }
    assert!(addresses > 200, "{addresses}");
}

#[test]
fn an_address_can_be_set_beside_the_files_too() {
    let path = folder().join("china-state-push.toml");
    let scenario = read(&path, &[]).expect("valid").scenario;
    for own in scenario.assumptions() {
        let setting = format!("{}={{ {} }}", own.address(), own.written());
        let again = read(&path, &[setting.as_str()]).expect("valid").scenario;
        assert_eq!(law(&again, own.address()), *own.law(), "{setting}");
        let by = again.assumptions().iter().find(|it| it.address() == own.address()).map(|it| it.set_by().clone());
        assert_eq!(by, Some(Origin::Given), "{setting}");
    }
}

#[test]
fn a_median_moves_what_a_file_below_says() {
    let moved = |text: &str, set: &[&str]| {
        let loaded = over_base(text, set).unwrap_or_else(|rejected| panic!("{text} {set:?}: {rejected}"));
        (law(&loaded.scenario, "us.deals.growth"), loaded.scenario.resolved_toml())
    };
    let below = law(&base(), "us.deals.growth");
    let expected =
        below.with_median(libm::log1p(0.09), crate::distribution::Scale::Shift, (-3.0, 1.8)).expect("possible");
    assert_ne!(below, expected);
    let in_file = moved("[us.deals]\ngrowth = { median = \"9%\" }", &[]);
    assert_eq!(in_file.0, expected);
    assert_eq!(moved("", &["us.deals.growth.median=9%"]), in_file);
    assert_eq!(moved("", &["us.deals.growth={ median = \"9%\" }"]), in_file);
    let set = base().set("us.deals.growth.median", "9%").expect("possible").resolved_toml();
    // The file over the baseline has a name of its own behind its title.
    assert_eq!(set, in_file.1.replacen(" (over)\"", "\"", 1));
    // The last median counts, and a new distribution forgets it.
    assert_eq!(moved("[us.deals]\ngrowth = { median = \"4%\" }", &["us.deals.growth.median=9%"]).0, expected);
    let anew = moved("[us.deals]\ngrowth = { median = \"4%\" }", &["us.deals.growth={ p10 = \"1%\", p90 = \"2%\" }"]).0;
    assert!(anew.median() < libm::log1p(0.02) && anew.median() > libm::log1p(0.01));
    // What is certain takes the value; the reason of another number goes.
    assert_eq!(
        moved("[us.deals]\ngrowth = \"2%\"", &["us.deals.growth.median=9%"]).0,
        Distribution::Fixed(libm::log1p(0.09))
    );
    assert!(
        !in_file.1.split("[us.deals]").nth(1).expect("it is there").lines().nth(2).expect("growth").contains("why")
    );
}

#[test]
fn a_usual_value_can_be_moved_too() {
    let text = "[measurement]\nrevisions = true\nrounding = true\n[us.counting]\nsizes = true\ndeals = \"poisson\"\n";
    for (setting, address, median) in [
        ("measurement.revisions.us.median=5%", "measurement.revisions.us", libm::log1p(0.05)),
        ("us.counting.sizes.sigma.median=2", "us.counting.sizes.sigma", 2.0),
        ("measurement.rounding.us.funding.median=$31.2bn", "measurement.rounding.us.funding", 31.2),
        ("us.counting.negative-binomial=60", "us.counting.negative-binomial", 60.0),
    ] {
        let scenario = over_base(text, &[setting]).unwrap_or_else(|rejected| panic!("{setting}: {rejected}")).scenario;
        assert!((law(&scenario, address).median() - median).abs() < 1e-9, "{setting}");
    }
}

#[test]
fn sources_that_are_drawn_from_can_have_weights() {
    let text = "source = { one-of = [\"CB Insights\", \"AI Index\"], weights = [\"70%\", \"30%\"], why = \"a test\" }";
    let scenario = over_base(text, &[]).expect("valid").scenario;
    assert!(matches!(law(&scenario, "source"), Distribution::OneOf { weights, .. } if weights == [0.7, 0.3]));
    let resolved = scenario.resolved_toml();
    let read = |_: &Path| Ok(resolved.clone().into_bytes());
    let again = load(Path::new("over.toml"), &Layers::default(), None, &read).expect("valid").scenario;
    assert_eq!(again.resolved_toml(), resolved);
    assert_eq!(law(&again, "source"), law(&scenario, "source"));
}

#[test]
fn later_values_stay_when_the_first_is_set_and_are_set_by_their_year() {
    let dated = "[us.deals]\ngrowth = [\"5%\", { from = 2026, value = \"4%\" }, { from = 2028, value = \"2%\" }]\n";
    let values = |set: &[&str]| {
        let scenario = over_base(dated, set).unwrap_or_else(|rejected| panic!("{set:?}: {rejected}")).scenario;
        let own = scenario.assumptions().iter().filter(|it| it.address().starts_with("us.deals.growth"));
        own.map(|it| (it.address().replace("us.deals.growth", ""), it.value().to_owned())).collect::<Vec<_>>()
    };
    let pairs =
        |pairs: &[(&str, &str)]| pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect::<Vec<_>>();
    assert_eq!(values(&["us.deals.growth=9%"]), pairs(&[("", "9%"), (" from 2026", "4%"), (" from 2028", "2%")]));
    assert_eq!(
        values(&["us.deals.growth from 2026=9%"]),
        pairs(&[("", "5%"), (" from 2026", "9%"), (" from 2028", "2%")])
    );
    assert_eq!(values(&["us.deals.growth=9% from 2026"]), values(&["us.deals.growth from 2026=9%"]));
    let between = pairs(&[("", "5%"), (" from 2026", "4%"), (" from 2027", "9%"), (" from 2028", "2%")]);
    assert_eq!(values(&["us.deals.growth=9% from 2027"]), between);
    assert_eq!(values(&["us.deals.growth=[\"9%\"]"]), pairs(&[("", "9%")]));
}

#[test]
fn one_setting_sets_one_value_on_one_line() {
    for (setting, told) in [
        ("us.deals.growth=5%\nchina.deals.growth = \"90%\"", "a line ends in the middle of this"),
        ("us.deals.growth=5%\r", "a line ends in the middle of this"),
        ("us.deals.growth=\"5%\"\n[china.deals]", "a line ends in the middle of this"),
        ("us.deals.growth={ value = \"5%\", horizon = 2031 }", "unknown key `horizon`"),
        ("us.deals.growth=\"5%\", horizon = 2031", "is not a percentage"),
        ("us.deals.growth from 2026=5% from 2027", "this says two years"),
        ("us.deals.growth={ median = \"5%\", value = \"4%\" }", "`median` moves a distribution"),
        ("us.deals.growth.median=600%", "out of range"),
        ("events.nothing.step=5%", "there is no event"),
    ] {
        let rejected = over_base("", &[setting]).expect_err(setting);
        assert!(rejected.to_string().contains(told), "{setting}: {rejected}");
    }
    let problem = base().set("us.deals.growth", "5%\nhorizon = 2040").expect_err("two lines");
    assert!(problem.what.contains("a line ends"), "{problem}");
}

#[test]
fn a_set_scenario_keeps_what_it_was_not_asked_about() {
    let before = read(&folder().join("base.toml"), &[]).expect("valid").scenario;
    let after = before.set("us.deals.growth", Distribution::Normal { mean: 0.03, sd: 0.1 }).expect("valid");
    assert_eq!((after.name(), after.title(), after.run()), (before.name(), before.title(), before.run()));
    for (own, known) in after.assumptions().iter().zip(before.assumptions()) {
        let set = own.address() == "us.deals.growth";
        assert_eq!(own.law() == known.law(), !set, "{}", own.address());
        assert_eq!(own.set_by() == known.set_by(), !set, "{}", own.address());
    }
    assert_eq!(law(&after, "us.deals.growth").median(), libm::log1p(libm::expm1(0.03)));
    let problem = before.set("us.deals.growht", "3%").expect_err("there is none");
    assert!(problem.cure.contains("growth") && problem.place.is_none(), "{problem}");
    let cut = Distribution::Normal { mean: 0.03, sd: 0.1 }.truncated(0.0, 0.05).expect("possible").0;
    assert!(before.set("us.deals.growth", cut).is_err(), "a file cannot say this distribution");
    assert!(before.set("us.deals.growth", f64::NAN).is_err());
}
