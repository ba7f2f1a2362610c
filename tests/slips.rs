//! Kinds of mistakes that a second set of 167 found, written without a look at the gallery: each is refused or warned of.

use std::path::Path;

use aigap::cli::all_rendered;
use aigap::scenario::{Layers, load};

use crate::support::{BASE, try_read};

/// What is said of a scenario, and whether it is taken.
fn told(text: &str, set: &[&str]) -> (bool, String) {
    let layers = Layers { set: set.iter().map(|it| (*it).to_owned()).collect(), ..Layers::default() };
    match try_read(&[("test.toml", text)], &layers) {
        Ok(loaded) => (true, all_rendered(&loaded.warnings, &loaded.sources, false)),
        Err(rejected) => (false, all_rendered(&rejected.problems, &rejected.sources, false)),
    }
}

fn refused(more: &str, says: &str) {
    let (taken, message) = told(&format!("{BASE}{more}"), &[]);
    assert!(!taken, "this is taken for good:\n{more}");
    assert!(message.contains(says), "{says} is not in\n{message}");
}

fn event(name: &str, year: i32, effect: &str) -> String {
    format!(
        "[[events]]\nname = \"{name}\"\nregion = \"us\"\nseries = \"funding\"\nyear = {year}\neffect = {{ {effect} }}\n"
    )
}

#[test]
fn what_stands_behind_a_number_is_not_forgotten() {
    for (months, years) in [(1, "0.0833"), (3, "0.25"), (6, "0.5"), (18, "1.5"), (24, "2")] {
        let fades = |half_life: &str| event("x", 2025, &format!("pulse = \"+60%\", half-life = {half_life}"));
        refused(&fades(&format!("\"{months} months\"")), &format!("did you mean {years}?"));
        let (taken, message) = told(&format!("{BASE}{}", fades(years)), &[]);
        assert!(taken, "the cure: {message}");
    }
    let people = |figure: &str| format!("[us.population]\nfigure = {figure}\nsource = \"x\"\ngrowth = \"0%\"\n");
    for (written, meant) in [("335m", "335000000"), ("335 million", "335000000"), ("1.4bn", "1400000000")] {
        refused(&people(&format!("\"{written}\"")), &format!("did you mean {meant}?"));
        assert!(told(&format!("{BASE}{}", people(meant)), &[]).0);
    }
    for (few, meant) in [("335", "335000000"), ("1400", "1400000000"), ("9999", "9999000000")] {
        refused(&people(few), &format!("write all of them: {meant} for {few} million"));
        assert!(told(&format!("{BASE}{}", people(meant)), &[]).0);
    }
}

#[test]
fn a_floor_above_a_cap_of_the_same_years_is_said_aloud() {
    for (floor, cap, warned) in [
        ("floor = \"$50bn\"", "cap = \"$40bn\"", true),
        ("floor = { uniform = [\"$50bn\", \"$60bn\"] }", "cap = { uniform = [\"$30bn\", \"$49bn\"] }", true),
        ("floor = \"$50bn\"", "cap = \"$60bn\"", false),
        ("floor = { uniform = [\"$30bn\", \"$60bn\"] }", "cap = \"$40bn\"", false),
        ("floor = \"$50bn\", until = 2027", "cap = \"$40bn\"", false),
    ] {
        let years = if floor.contains("until") { [2025, 2028] } else { [2025, 2026] };
        for pair in [[("a", floor, 0), ("b", cap, 1)], [("b", cap, 1), ("a", floor, 0)]] {
            let text: String = pair.iter().map(|(name, effect, at)| event(name, years[*at], effect)).collect();
            let (taken, message) = told(&format!("{BASE}{text}"), &[]);
            assert!(taken, "{message}");
            assert_eq!(message.contains("lies above the cap"), warned, "{floor}, {cap}: {message}");
        }
    }
}

#[test]
fn names_and_titles_are_words_on_one_line() {
    for (name, says) in [
        ("", "is empty"),
        ("  ", "is empty"),
        ("a\\nb", "end of a line"),
        ("a\\tb", "end of a line"),
        ("\\r", "end of a line"),
    ] {
        refused(&format!("[[questions]]\nname = \"{name}\"\nthat = \"ratio in 2030 > 3\"\n"), says);
        let (taken, message) = told(&BASE.replace("title = \"BASE\"", &format!("title = \"{name}\"")), &[]);
        assert!(!taken && message.contains(says), "{name}: {message}");
    }
}

#[test]
fn a_law_that_is_named_alone_is_told_what_it_lacks() {
    for law in ["student-t", "contaminated"] {
        let (_, message) = told(&format!("{BASE}[shocks]\nlaw = \"{law}\"\n"), &[]);
        assert!(message.contains("alone does not say") && !message.contains("did you mean"), "{message}");
    }
    let normal = "volatility = { normal = { mean = \"20%\", sd = \"5%\" } }";
    let (taken, message) = told(&BASE.replacen("volatility = \"20%\"", normal, 1), &[]);
    assert!(!taken && message.contains("write mean and sd themselves") && !message.contains("lognormal"), "{message}");
    let cured = BASE.replacen("volatility = \"20%\"", "volatility = { mean = \"20%\", sd = \"5%\" }", 1);
    assert!(told(&cured, &[]).0);
}

#[test]
fn an_address_that_is_set_twice_is_said_aloud() {
    for (set, warned) in [
        (["us.deals.growth=5%", "us.deals.growth=6%"], true),
        (["us.deals.growth=5%", "us.deals.growth=6% from 2027"], false),
        (["us.deals.growth=6% from 2027", "us.deals.growth=7% from 2027"], true),
        (["us.deals.growth=5%", "us.deals.volatility=6%"], false),
    ] {
        let (taken, message) = told(BASE, &set);
        assert!(taken, "{message}");
        assert_eq!(message.contains("is set twice"), warned, "{set:?}: {message}");
    }
}

/// Figures in another unit than their row says, and decimals where deals are counted.
#[test]
fn figures_of_an_impossible_size_are_refused() {
    const HEAD: &str = "region,year,metric,value,unit,source,vintage\n";
    let scenario = "horizon = 2030\ndata = \"mine.csv\"\n[us.funding]\nmodel = \"random-walk\"\ngrowth = \"0%\"\n\
                    volatility = \"20%\"\n[china.funding]\nmodel = \"random-walk\"\ngrowth = \"0%\"\nvolatility = \"20%\"\n";
    let taken = |row: &str| {
        let rows = format!("{HEAD}china,2023,funding,2,USD bn,A,1\nchina,2023,deals,300,count,A,1\n{row}");
        let rows = if row.contains("funding") { rows } else { format!("{rows}us,2023,funding,31,USD bn,A,1\n") };
        let read = |path: &Path| Ok(if path.ends_with("mine.csv") { rows.clone().into() } else { scenario.into() });
        match load(Path::new("own.toml"), &Layers::default(), None, &read) {
            Ok(_) => Ok(()),
            Err(rejected) => Err(all_rendered(&rejected.problems, &rejected.sources, false)),
        }
    };
    for (value, unit, cure) in [
        ("31000000000", "USD bn", "write 31 USD bn"),
        ("6.7e9", "$bn", "write 6.7 USD bn"),
        ("31000000000000", "USD m", "write 31000 USD bn"),
    ] {
        let message = taken(&format!("us,2023,funding,{value},{unit},A,1\n")).expect_err(value);
        assert!(message.contains("whole world") && message.contains(cure), "{message}");
    }
    for value in ["31", "1000000", "0.0001"] {
        assert_eq!(taken(&format!("us,2023,funding,{value},USD bn,A,1\n")), Ok(()));
    }
    for (value, cure) in [("1.600", "write 1600"), ("12.500", "write 12500"), ("600.5", "`low` and `high`")] {
        let message = taken(&format!("us,2023,deals,{value},count,A,1\n")).expect_err(value);
        assert!(message.contains("no whole number") && message.contains(cure), "{message}");
    }
    assert_eq!(taken("us,2023,deals,1600,count,A,1\n"), Ok(()));
    assert_eq!(taken("us,2023,deals,1600.0,count,A,1\n"), Ok(()));
}
