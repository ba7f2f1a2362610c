//! Mistakes by kind: members of each are made up here, and each cure that a message names is applied and holds.

use std::path::Path;

use aigap::cli::all_rendered;
use aigap::scenario::{Layers, Loaded, Rejected, load};

use crate::support::program::done;
use crate::support::{BASE, try_read};

fn read(text: &str) -> Result<Loaded, Box<Rejected>> {
    try_read(&[("test.toml", text)], &Layers::default())
}

fn with(more: &str) -> Result<Loaded, Box<Rejected>> {
    read(&format!("{BASE}{more}"))
}

fn message(found: &Result<Loaded, Box<Rejected>>) -> String {
    match found {
        Ok(loaded) => all_rendered(&loaded.warnings, &loaded.sources, false),
        Err(rejected) => all_rendered(&rejected.problems, &rejected.sources, false),
    }
}

/// The message of what must be refused.
fn refused(found: Result<Loaded, Box<Rejected>>, input: &str) -> String {
    assert!(found.is_err(), "this is taken for good:\n{input}");
    message(&found)
}

/// The message of what is taken with a warning.
fn warned(found: Result<Loaded, Box<Rejected>>) -> String {
    assert!(found.is_ok(), "{}", message(&found));
    message(&found)
}

#[test]
fn a_year_is_whole_wherever_it_stands() {
    let places = [
        "[[events]]\nname = \"x\"\nregion = \"us\"\nseries = \"funding\"\nyear = {}\neffect = { step = \"+10%\" }\n",
        "[[events]]\nname = \"x\"\nregion = \"us\"\nseries = \"funding\"\nyear = { one-of = [{}, 2027] }\neffect = { step = \"+10%\" }\n",
        "[[events]]\nname = \"x\"\nregion = \"us\"\nseries = \"funding\"\nyear = { uniform = [{}, 2028] }\neffect = { step = \"+10%\" }\n",
        "[[events]]\nname = \"x\"\nregion = \"us\"\nseries = \"funding\"\nyear = { triangular = [2025, {}, 2028] }\neffect = { step = \"+10%\" }\n",
        "[[events]]\nname = \"x\"\nregion = \"us\"\nseries = \"funding\"\nyear = 2025\neffect = { cap = \"$90bn\", until = {} }\n",
    ];
    for place in places {
        for year in
            ["2026.5", "\"2026.5\"", "\"2,026\"", "\"+2026\"", "\"2026.0\"", "\"in 2026\"", "\"02026\"", "2025.999999"]
        {
            let text = place.replace("{}", year);
            let message = refused(with(&text), &text);
            assert!(message.contains("year"), "{message}");
        }
        // The cure, as a number and as a text.
        for year in ["2026", "\"2026\""] {
            let found = with(&place.replace("{}", year));
            assert!(found.is_ok(), "{}", message(&found));
        }
    }
    for key in ["+2025", "2025.5", "2,025", "-2025", "02025"] {
        let text = format!("[money]\ncurrency = \"CNY\"\nexchange-rate = {{ 2025 = 7.0, \"{key}\" = 9.0 }}\n");
        assert!(refused(with(&text), &text).contains("is not a year"), "{key}");
    }
    for year in ["+2030", "2030.5", "2,030", "30"] {
        let text = format!("[[questions]]\nname = \"x\"\nthat = \"ratio in {year} > 3\"\n");
        assert!(refused(with(&text), &text).contains("is not a simulated year"), "{year}");
    }
}

#[test]
fn what_is_always_positive_has_no_quantile_at_zero() {
    let volatility = BASE.replace("volatility = \"20%\"", "volatility = {}");
    let cap = format!(
        "{BASE}[[events]]\nname = \"x\"\nregion = \"us\"\nseries = \"funding\"\nyear = 2025\neffect = {{ cap = {{}} }}\n"
    );
    for (text, zero, high) in [(&volatility, "\"0%\"", "\"30%\""), (&cap, "\"$0bn\"", "\"$40bn\"")] {
        for quantiles in [
            format!("{{ p10 = {zero}, p90 = {high} }}"),
            format!("{{ p5 = {zero}, p95 = {high} }}"),
            format!("{{ lognormal = {{ p10 = {zero}, p90 = {high} }} }}"),
        ] {
            let text = text.replacen("{}", &quantiles, 1);
            let message = refused(read(&text), &text);
            assert!(message.contains("uniform = [") || message.contains("above $0"), "{message}");
        }
    }
    // The cure that it names.
    let cured = volatility.replacen("{}", "{ uniform = [\"0%\", \"30%\"] }", 1);
    assert!(read(&cured).is_ok(), "{}", message(&read(&cured)));
}

/// A mean that is stated is the mean that is drawn, or the law is refused.
#[test]
fn no_spread_eats_its_mean() {
    let mut refusals = 0;
    for shape in ["{ mean = \"20%\", sd = \"{}%\" }", "{ lognormal = { mean = \"20%\", sd = \"{}%\" } }"] {
        for sd in ["1", "5", "10", "20", "40", "80", "160", "200", "1000", "100000", "99999999"] {
            let text = BASE.replacen("volatility = \"20%\"", &format!("volatility = {}", shape.replace("{}", sd)), 1);
            match read(&text) {
                Ok(loaded) => {
                    let law = loaded
                        .scenario
                        .assumptions()
                        .iter()
                        .find(|it| it.address() == "us.deals.volatility")
                        .unwrap()
                        .law()
                        .clone();
                    let mean = (0..40_000).map(|step| law.quantile((f64::from(step) + 0.5) / 40_000.0)).sum::<f64>()
                        / 40_000.0;
                    assert!((mean / 0.20 - 1.0).abs() < 0.055, "sd {sd}% leaves a mean of {mean}");
                }
                Err(_) => {
                    refusals += 1;
                    assert!(refused(read(&text), &text).contains("leaves a mean of"));
                }
            }
        }
    }
    assert!((4..18).contains(&refusals), "{refusals}");
}

#[test]
fn an_amount_says_its_scale() {
    let event = |effect: &str| {
        format!("[[events]]\nname = \"x\"\nregion = \"us\"\nseries = \"funding\"\nyear = 2025\neffect = {effect}\n")
    };
    for effect in [
        "{ cap = \"{}\" }",
        "{ add = \"{}\" }",
        "{ floor = { p10 = \"{}\", p90 = \"$90bn\" } }",
        "{ cap = { value = \"{}\" } }",
    ] {
        for amount in ["$10", "$31", "$2.5"] {
            let text = event(&effect.replace("{}", amount));
            let message = refused(with(&text), &text);
            let cure = format!("{amount}bn");
            assert!(message.contains(&format!("did you mean \"{cure}\"?")), "{message}");
            let cured = with(&event(&effect.replace("{}", &cure)));
            assert!(cured.is_ok(), "{}", self::message(&cured));
        }
    }
    for deals in ["1.500", "2.000"] {
        let text = event(&format!("{{ cap = \"{deals}\" }}")).replace("series = \"funding\"", "series = \"deals\"");
        let message = refused(with(&text), &text);
        let cure = deals.replace('.', "");
        assert!(message.contains(&cure), "{message}");
        assert!(with(&text.replace(deals, &cure)).is_ok());
    }
}

#[test]
fn what_is_said_twice_is_refused_with_both_places() {
    for (first, second) in [("us.deals = 0.6", "\"us.deals\" = 0.9"), ("\"us.deals\" = 0.6", "us.deals = 0.6")] {
        let text = format!("[shocks.factor]\n{first}\n{second}\n");
        let message = refused(with(&text), &text);
        let lines = BASE.lines().count();
        assert!(
            message.contains("given twice")
                && message.contains(&format!("toml:{}", lines + 2))
                && message.contains(&format!("toml:{}", lines + 3)),
            "{message}"
        );
        assert!(with(&format!("[shocks.factor]\n{first}\n")).is_ok());
    }
}

#[test]
fn a_correlation_against_the_market_factor_is_said_aloud() {
    let pair = "[[correlations]]\nbetween = [\"us.deals\", \"china.deals\"]\nrho = {}\n";
    let plain = BASE.split("[[correlations]]").next().unwrap();
    for (rho, far) in [(-0.9, true), (0.0, true), (0.81, false), (0.6, false)] {
        let text = format!(
            "{plain}{}[shocks.factor]\n\"us.deals\" = 0.9\n\"china.deals\" = 0.9\n",
            pair.replace("{}", &format!("{rho:?}"))
        );
        assert_eq!(warned(read(&text)).contains("0.81, which the market factor gives"), far, "{rho}");
    }
}

#[test]
fn an_input_that_does_nothing_is_warned_of() {
    for (text, says, cure) in [
        (
            "[money]\nexchange-rate = 7.1\n",
            "this rate does nothing",
            "[money]\ncurrency = \"CNY\"\nexchange-rate = 7.1\n",
        ),
        (
            "[money]\ninflation = \"2%\"\n",
            "this inflation does nothing",
            "[money]\nprices = 2023\ninflation = \"2%\"\n",
        ),
    ] {
        assert!(warned(with(text)).contains(says));
        assert_eq!(warned(with(cure)), "");
    }
}

#[test]
fn a_series_that_follows_a_path_leaves_correlations_of_its_shocks_idle() {
    for model in
        ["model = \"path\"\nlevels = { 2025 = 1300, 2030 = 2600 }\n", "model = \"path\"\nlevels = { 2028 = 2000 }\n"]
    {
        let child = format!("extends = \"base.toml\"\n[us.deals]\n{model}");
        let base = include_str!("../scenarios/base.toml");
        let found = try_read(&[("child.toml", &child), ("base.toml", base)], &Layers::default());
        // The file below cannot be mended, and need not be.
        assert_eq!(warned(found), "");
        let own = BASE.split_once("[us.deals]\n").unwrap().1.split_once("\n[").unwrap().0;
        let whole = BASE.replacen(own, model.trim_end(), 1);
        let message = warned(read(&whole));
        assert!(message.contains("does nothing") && !message.contains("error"), "{message}");
    }
}

#[test]
fn texts_are_what_people_can_read() {
    for letter in ["\\u001b[31m", "\\u0007", "\\u0000", "\\u009b"] {
        for (key, text) in [
            ("title", BASE.replace("title = \"BASE\"", &format!("title = \"BA{letter}SE\""))),
            (
                "why",
                BASE.replacen(
                    "volatility = \"20%\"",
                    &format!("volatility = {{ value = \"20%\", why = \"{letter}\" }}"),
                    1,
                ),
            ),
            ("name", format!("{BASE}[[questions]]\nname = \"a{letter}\"\nthat = \"ratio > 3\"\n")),
        ] {
            assert!(
                refused(read(&text), &text).contains(&format!("`{key}` holds a control character")),
                "{key} {letter}"
            );
        }
    }
    let long = BASE.replace("title = \"BASE\"", &format!("title = \"{}\"", "long ".repeat(4_000)));
    let message = refused(read(&long), "a title of 20,000 letters");
    assert!(message.contains("has 20000 letters") && message.len() < 3_000, "{message}");
}

#[test]
fn names_of_regions_are_read_again_or_refused() {
    for (name, fine) in [
        ("South Korea", true),
        ("中文", true),
        ("é", true),
        ("1", true),
        ("a.b", false),
        (" x", false),
        ("", false),
        ("x\\u200b", false),
    ] {
        let text =
            format!("{BASE}[\"{name}\".funding]\nmodel = \"random-walk\"\ngrowth = \"0%\"\nvolatility = \"20%\"\n");
        let found = read(&text);
        if !fine {
            assert!(refused(found, &text).contains("name"), "{name}");
            continue;
        }
        // There are no figures of it, so that it is refused for that and not for its name.
        assert!(!refused(found, &text).contains("no name of a region"), "{name}");
    }
}

#[test]
fn every_error_says_its_file() {
    for text in ["# nothing", "title = \"x\"\n", "horizon = 2030\n", "[run]\npaths = 1000\n"] {
        let rejected = read(text).expect_err("it says too little");
        for problem in &rejected.problems {
            let place = problem.place.as_ref().unwrap_or_else(|| panic!("{} has no place", problem.what));
            assert_eq!(rejected.sources.locate(place).0.name.as_deref(), Some("test.toml"));
        }
    }
}

#[test]
fn limits_of_a_run_hold_in_files_as_on_the_command_line() {
    for (paths, fine) in [("4000000000", true), ("4000000002", false), ("1000000000000000000", false)] {
        let found = with(&format!("[run]\npaths = {paths}\n"));
        assert_eq!(found.is_ok(), fine, "{paths}: {}", message(&found));
    }
}

/// Two folders with a file of figures each: the one that is read lies beside the scenario that names it.
#[test]
fn figures_lie_beside_the_file_that_names_them() {
    let figures = |us: &str| {
        format!(
            "region,year,metric,value,unit,source,vintage\nus,2023,funding,{us},USD bn,A,1\nchina,2023,funding,2,USD bn,A,1\n"
        )
    };
    let series = "model = \"random-walk\"\ngrowth = \"0%\"\nvolatility = \"20%\"\n";
    let base = format!("horizon = 2028\ndata = \"mine.csv\"\n[us.funding]\n{series}[china.funding]\n{series}");
    let files = [
        ("a/base.toml", base.clone()),
        ("a/mine.csv", figures("31")),
        ("b/child.toml", "extends = \"../a/base.toml\"\n".to_owned()),
        ("b/own.toml", "extends = \"../a/base.toml\"\ndata = \"mine.csv\"\n".to_owned()),
        ("b/mine.csv", figures("999")),
    ];
    let file = |path: &Path| {
        let plain = path.to_string_lossy().replace("b/../", "");
        let found = files.iter().find(|(name, _)| *name == plain);
        found.map(|(_, text)| text.clone().into_bytes()).ok_or_else(|| "there is no such file".to_owned())
    };
    let us = |name: &str, set: &[&str]| {
        let set = set.iter().map(|it| (*it).to_owned()).collect();
        let layers = Layers { set, allow_outside: true, ..Layers::default() };
        let loaded = load(Path::new(name), &layers, None, &file);
        loaded
            .unwrap_or_else(|it| panic!("{}", all_rendered(&it.problems, &it.sources, false)))
            .scenario
            .data()
            .find("us", "funding", 2023)
            .unwrap()
            .value
    };
    assert_eq!(us("a/base.toml", &[]), 31.0);
    assert_eq!(us("b/child.toml", &[]), 31.0);
    assert_eq!(us("b/own.toml", &[]), 999.0);
    // What is set beside the files is relative to the scenario.
    assert_eq!(us("b/child.toml", &["data=mine.csv"]), 999.0);
}

#[test]
fn the_world_is_held_against_nobody() {
    let text = BASE.replace("horizon = 2035", "horizon = 2035\ngap = [\"us\", \"world\"]");
    assert!(refused(read(&text), &text).contains("name two of them"));
}

/// Two files of one name with other figures: what differs is listed, and nobody says that nothing does.
#[test]
fn figures_that_differ_are_told_whatever_their_files_are_called() {
    let folder = tempfile::TempDir::new().unwrap();
    let series = "model = \"random-walk\"\ngrowth = \"0%\"\nvolatility = \"20%\"\n";
    for (name, us) in [("a", "31"), ("b", "999"), ("c", "31")] {
        let below = folder.path().join(name);
        std::fs::create_dir(&below).unwrap();
        let figures = format!(
            "region,year,metric,value,unit,source,vintage\nus,2023,funding,{us},USD bn,A,1\nchina,2023,funding,2,USD bn,A,1\n"
        );
        std::fs::write(below.join("mine.csv"), figures).unwrap();
        let text = format!(
            "title = \"{name}\"\nhorizon = 2025\ndata = \"mine.csv\"\n[us.funding]\n{series}[china.funding]\n{series}"
        );
        std::fs::write(below.join("same.toml"), text).unwrap();
    }
    let compared = |other: &str| {
        done(folder.path(), &["compare", "a/same.toml", other, "--paths", "512", "--no-charts", "--out", "held"])
    };
    let differing = compared("b/same.toml");
    let plain = differing.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(plain.contains("changes the figures") && plain.contains("us funding 2023: $999bn"), "{plain}");
    // And they have their part in the change: all of ln(999/31).
    let parts = std::fs::read_to_string(folder.path().join("held/attribution.csv")).unwrap();
    let of_figures = parts.lines().find(|line| line.contains("figures")).unwrap_or_else(|| panic!("{parts}"));
    assert!(of_figures.contains(",3.47"), "{of_figures}");
    let plain = compared("c/same.toml").split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(plain.contains("changes no input") && !plain.contains("figures it starts from"), "{plain}");
    let told = done(folder.path(), &["diff", "a/same.toml", "b/same.toml"]);
    assert!(told.contains("figures") && told.contains("$999bn") && told.contains("$31bn"), "{told}");
    assert!(done(folder.path(), &["diff", "a/same.toml", "c/same.toml"]).contains("same assumptions"));
}
