//! Every shipped scenario parses, runs, and says why each of its numbers is what it is.

use std::path::{Path, PathBuf};

use crate::support;
use aigap::engine::Settings;
use aigap::measure::QuantityOfInterest;
use aigap::scenario::{Layers, Loaded, Origin, load};
use aigap::summary::{Objective, Variant};

fn shipped() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|it| it == "toml")).collect();
    found.sort();
    assert!(!found.is_empty());
    found
}

fn read(path: &Path) -> Loaded {
    let file = |path: &Path| std::fs::read(path).map_err(|error| error.to_string());
    load(path, &Layers::default(), None, &file).unwrap_or_else(|rejected| {
        let messages = rejected.problems.iter().map(|problem| problem.render(&rejected.sources, false));
        panic!("{}", messages.collect::<Vec<_>>().join("\n"))
    })
}

#[test]
fn every_scenario_runs_without_a_warning_and_gives_its_reasons() {
    for path in shipped() {
        let loaded = read(&path);
        assert!(loaded.warnings.is_empty(), "{}: {:?}", path.display(), loaded.warnings);
        let text = std::fs::read_to_string(&path).unwrap();
        let story = text.strip_prefix("#:schema ../data/scenario.schema.json\n\n");
        assert!(story.is_some_and(|story| story.starts_with("# ")), "{} opens with no story", path.display());
        for assumption in loaded.scenario.assumptions() {
            let reason = |words: Option<&str>| words.is_some_and(|words| !words.trim().is_empty());
            assert!(reason(assumption.why()), "{}: {} has no why", path.display(), assumption.address());
            assert!(reason(assumption.source()), "{}: {} has no source", path.display(), assumption.address());
        }
        let summary = support::run(&loaded.scenario, 2_000, 1);
        assert_eq!(summary.saturated, 0);
    }
}

/// What-ifs that `aigap seek --write` found say so, and meet the goal they were sought for, on other luck too.
#[test]
fn a_sought_what_if_meets_its_goal() {
    let mut sought = 0;
    for path in shipped() {
        let scenario = read(&path).scenario;
        let reasons = scenario.assumptions().iter().filter_map(|it| it.why()?.strip_prefix("sought so that "));
        for text in reasons.collect::<Vec<_>>() {
            let goal = scenario.goal(text).unwrap_or_else(|why| panic!("{}: {text}: {why:?}", path.display()));
            let QuantityOfInterest::Share { condition, year } = &goal.target.asked else {
                panic!("{text} is a chance")
            };
            let asked = [Objective::Condition { condition: condition.clone(), year: *year }];
            let settings = Settings::new(20_000, 77);
            let found = Objective::evaluate(&asked, &[Variant::of(&scenario)], &settings)[0][0].expect("a chance");
            assert!(found.value > goal.bound - 3.0 * found.error, "{}: {text}: {found:?}", path.display());
            // And hardly more than that: it is where the goal begins to be met.
            assert!(found.value < goal.bound + 0.01 + 3.0 * found.error, "{}: {text}: {found:?}", path.display());
            assert!(scenario.title().contains("(sought)"), "{} does not say that it was sought", path.display());
            sought += 1;
        }
    }
    assert!(sought >= 2);
}

#[test]
fn a_resolved_scenario_reads_back_as_itself() {
    for path in shipped() {
        let resolved = read(&path).scenario.resolved_toml();
        assert_eq!(support::scenario(&resolved).resolved_toml(), resolved, "{}", path.display());
    }
}

/// The table of `scenarios/README.md`, made from the files and from short runs of them.
fn stories() -> String {
    let mut table = "| scenario | what happens | levers and events |\n|---|---|---|\n".to_owned();
    for path in shipped() {
        let loaded = read(&path);
        let scenario = &loaded.scenario;
        let events: Vec<&str> = scenario.events().iter().map(|event| event.name()).collect();
        let events = if events.is_empty() { "–".to_owned() } else { events.join("; ") };
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        table += &format!("| [`{name}`]({name}) | **{}.** {} | {events} |\n", scenario.title(), scenario.summary());
    }
    table
}

#[test]
fn the_table_of_stories_is_made_from_the_files() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/README.md");
    let text = std::fs::read_to_string(&page).unwrap();
    let (before, rest) = text.split_once("<!-- stories -->\n").unwrap();
    let (_, after) = rest.split_once("<!-- end -->").unwrap();
    let made = format!("{before}<!-- stories -->\n{}<!-- end -->{after}", stories());
    if std::env::var_os("UPDATE_STORIES").is_some() {
        std::fs::write(&page, &made).unwrap();
    }
    assert_eq!(text, made, "run the tests once with UPDATE_STORIES=1");
}

#[test]
fn packs_lie_over_every_scenario_and_their_order_counts() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let file = |path: &Path| std::fs::read(path).map_err(|error| error.to_string());
    let with = |packs: &[&str], set: &[&str]| {
        let layers = Layers {
            with: packs.iter().map(|pack| folder.join("packs").join(pack)).collect(),
            set: set.iter().map(|it| (*it).to_owned()).collect(),
            ..Layers::default()
        };
        load(&folder.join("china-state-push.toml"), &layers, None, &file).unwrap().scenario
    };
    let value = |scenario: &aigap::scenario::Scenario, address: &str| {
        scenario.assumptions().iter().find(|it| it.address() == address).unwrap().clone()
    };
    let calm = with(&["calm.toml"], &[]);
    assert_eq!(value(&calm, "us.deals.volatility").law().median(), 0.1);
    assert_eq!(value(&calm, "us.deals.volatility").set_by().file(), Some("calm.toml"));
    assert_eq!(calm.events().len(), 2, "the pack keeps the events of the scenario");
    let both = with(&["calm.toml", "us-slows.toml"], &["us.deals.volatility=33%"]);
    assert_eq!(value(&both, "us.deals.volatility").law().median(), 0.33);
    assert_eq!(*value(&both, "us.deals.volatility").set_by(), Origin::Given);
    assert_eq!(value(&both, "us.deal-size.growth").law().median(), 0.0);
}

/// The reason of a number is none for another: a layer that changes a part of it gives its own or has none.
#[test]
fn a_changed_part_of_a_number_does_not_keep_the_reason_of_the_whole() {
    let base = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/base.toml")).unwrap();
    let over = |text: &str| {
        let text = format!("extends = \"base.toml\"\n{text}");
        let file = |path: &Path| Ok(if path.ends_with("base.toml") { base.clone() } else { text.clone().into_bytes() });
        load(Path::new("over.toml"), &Layers::default(), None, &file).unwrap().scenario
    };
    let reason = |text: &str| {
        let scenario = over(text);
        let found = scenario.assumptions().iter().find(|it| it.address() == "us.deals.growth").unwrap();
        (found.why().map(str::to_owned), found.source().map(str::to_owned))
    };
    assert!(reason("").0.is_some() && reason("").1.is_some());
    assert_eq!(reason("[us.deals]\ngrowth = { sd = \"40%\" }"), (None, None));
    let own = reason("[us.deals]\ngrowth = { sd = \"40%\", why = \"a guess\" }");
    assert_eq!(own, (Some("a guess".to_owned()), None));
    let pair = "[[correlations]]\nbetween = [\"us.deals\", \"china.deals\"]\n";
    let resolved = over(&format!("{pair}rho = 0.7")).resolved_toml();
    let entry = resolved.split("[[correlations]]").find(|entry| entry.contains("0.7")).unwrap().to_owned();
    assert!(!entry.contains("why") && !entry.contains("source"), "{entry}");
}

#[test]
fn a_value_set_on_the_command_line_is_the_same_as_one_in_a_file() {
    let base = include_str!("../scenarios/base.toml");
    let layers = Layers { set: vec!["china.deals.growth=5% from 2027".to_owned()], ..Layers::default() };
    let set = support::try_read(&[("base.toml", base)], &layers).unwrap().scenario;
    let start = base.find("[china.deals]").unwrap();
    let line = base[start..].find("growth").unwrap() + start;
    let end = base[line..].find('\n').unwrap() + line;
    let value = base[line..end].split_once('=').unwrap().1.trim();
    let dated = format!("{}growth = [{value}, {{ from = 2027, value = \"5%\" }}]{}", &base[..line], &base[end..]);
    let written = support::try_read(&[("base.toml", &dated)], &Layers::default()).unwrap().scenario;
    assert_eq!(set.resolved_toml(), written.resolved_toml());
}

/// Some of the differences taken over make the scenario in between; all of them make the what-if.
#[test]
fn a_scenario_with_all_differences_taken_over_is_the_what_if() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let base = read(&folder.join("base.toml")).scenario;
    for path in shipped() {
        let what_if = read(&path).scenario;
        // What starts from other figures of another year is no what-if of the baseline.
        if base.comparable_with(&what_if).is_some() {
            continue;
        }
        let differences = base.differences(&what_if);
        let all: Vec<_> = differences.iter().collect();
        let whole = base.with(&what_if, &all);
        assert_eq!(support::run(&whole, 2_000, 1).fan, support::run(&what_if, 2_000, 1).fan, "{}", path.display());
        assert_eq!(base.with(&what_if, &[]).resolved_toml(), base.resolved_toml());
        assert!(whole.differences(&what_if).is_empty(), "{}", path.display());
    }
}

/// A scenario that says everything that can be said.
const EVERYTHING: &str = r#"
horizon = 2030
source = ["CB Insights", "AI Index", "CSET"]
[shocks]
law = { contaminated = { value = "8%", why = "a" }, times = 2.5 }
tail = "shared"
[shocks.factor]
us.deals = 0.6
"china.deals" = { value = 0.5, why = "b", source = "c" }
[regimes]
states = ["good", "bad"]
shared = false
start = "good"
[regimes.transitions]
good = { bad = { uniform = ["10%", "30%"] } }
bad = { good = "40%" }
[us.deals]
model = "regime"
growth = { good = "12%", bad = { p10 = "-30%", p90 = "-5%" } }
volatility = { good = "15%", bad = "25%" }
[us.deal-size]
model = "random-walk"
growth = ["4%", { from = 2027, value = "2%" }]
volatility = "30%"
[us.counting]
deals = { negative-binomial = { uniform = [10, 60] } }
sizes = { sigma = 1.9, tail-share = "1%", cap = { uniform = ["$10bn", "$30bn"] } }
[china.deals]
model = "random-walk"
growth = "0%"
volatility = "25%"
[china.deal-size]
model = "random-walk"
growth = "5%"
volatility = "40%"
[china.counting]
deals = "poisson"
[[correlations]]
between = ["us.deals", "us.deal-size"]
rho = 0.2
why = "d"
source = "e"
[[questions]]
name = "A giant"
that = "us.largest-deal > $5bn"
[[jumps]]
name = "Mega round"
region = "us"
series = "deal-size"
chance-per-year = { p10 = "5%", p90 = "15%" }
size = "+40%"
spread = "10%"
duration = "transient"
kind = "decision"
why = "f"
[[events]]
name = "Push"
region = "china"
series = ["deals", "deal-size"]
year = { uniform = [2025, 2027] }
effect = { growth = { mean = "+4pp", sd = "1pp" }, until = 2029 }
chance = "60%"
[[events]]
name = "Fund"
region = ["us", "china"]
series = "funding"
year = 2026
effect = { add = "$2bn", until = 2028 }
[[events]]
name = "Winter"
region = "us"
series = "funding"
year = 2025
effect = { pulse = "-40%", half-life = 2 }
chance-per-year = "6%"
[[events]]
name = "Ceiling"
region = "china"
series = "deals"
year = 2025
effect = { cap = 900 }
[[events]]
name = "Support"
region = "china"
series = "deal-size"
year = 2025
effect = { floor = "$4m" }
[measurement]
rounding = true
revisions = { funding = { mean = "15%", sd = "3%" } }
definitions = { mean = "0%", sd = "40%" }
sampling = { china = "20%" }
[money]
currency = "CNY"
exchange-rate = { 2023 = 7.1, 2028 = { uniform = [6.5, 8] } }
prices = 2022
inflation = ["2%", { from = 2027, value = "3%" }]
"#;

#[test]
fn everything_that_can_be_said_reads_back_as_itself() {
    let whole = support::scenario(EVERYTHING);
    let resolved = whole.resolved_toml();
    let again = support::scenario(&resolved);
    assert_eq!(again.resolved_toml(), resolved);
    for word in ["why = \"d\"", "source = \"e\"", "why = \"f\"", "kind = \"decision\""] {
        assert!(resolved.contains(word), "{word} is lost:\n{resolved}");
    }
    // The same numbers too, but for the text of one source's name.
    assert_eq!(support::paths(&whole, 400, 3), support::paths(&again, 400, 3));
}

/// Every part of a scenario may be exchanged for another's, alone and together.
#[test]
fn everything_that_can_differ_can_be_taken_over() {
    let plain = "horizon = 2030\n[us.deals]\nmodel = \"random-walk\"\ngrowth = \"4%\"\nvolatility = \"20%\"\n[us.deal-size]\n\
        model = \"random-walk\"\ngrowth = \"3%\"\nvolatility = \"30%\"\n[china.deals]\nmodel = \"random-walk\"\n\
        growth = \"4%\"\nvolatility = \"25%\"\n[china.deal-size]\nmodel = \"random-walk\"\ngrowth = \"6%\"\nvolatility = \"40%\"\n";
    let (plain, whole) = (support::scenario(plain), support::scenario(EVERYTHING));
    for (base, what_if) in [(&plain, &whole), (&whole, &plain)] {
        let differences = base.differences(what_if);
        let addresses: Vec<&str> = differences.iter().map(|it| it.address.as_str()).collect();
        for needed in
            ["us.counting", "shocks", "regimes", "measurement", "money", "jumps.mega-round", "us.deals", "events.fund"]
        {
            assert!(addresses.contains(&needed), "{needed} is not among {addresses:?}");
        }
        let all: Vec<_> = differences.iter().collect();
        let taken = base.with(what_if, &all);
        assert!(taken.differences(what_if).is_empty(), "{:?}", taken.differences(what_if));
        assert_eq!(support::paths(&taken, 400, 3), support::paths(what_if, 400, 3));
        assert_eq!(support::paths(&base.with(what_if, &[]), 400, 3), support::paths(base, 400, 3));
        for difference in &differences {
            // Any one of them alone makes a scenario that runs.
            let one = base.with(what_if, &[difference]);
            assert_eq!(support::run(&one, 200, 1).paths, 200);
        }
    }
}
