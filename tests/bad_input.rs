//! A gallery of mistakes: every file of `tests/bad` has one, and its whole message is a snapshot.

use std::path::{Path, PathBuf};

use crate::support;
use aigap::diagnostic::{Problem, Sources};
use aigap::random::{Key, Purpose};
use aigap::scenario::{Layers, load};
use proptest::prelude::*;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad")
}

/// Names relative to the gallery, so that no message depends on the machine.
fn read_in(path: &Path) -> Result<Vec<u8>, String> {
    std::fs::read(folder().join(path)).map_err(|_| "there is no such file".to_owned())
}

fn rendered(problems: &[Problem], sources: &Sources) -> String {
    problems.iter().map(|problem| problem.render(sources, false)).collect::<Vec<_>>().join("\n\n")
}

#[test]
fn every_mistake_is_explained_with_place_and_cure() {
    let entries = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let mut names: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|it| it == "toml")).collect();
    names.sort();
    assert!(names.len() >= 80);
    for path in names {
        let name = path.file_name().unwrap();
        let message = match load(Path::new(name), &Layers::default(), None, &read_in) {
            Ok(loaded) => rendered(&loaded.warnings, &loaded.sources),
            Err(rejected) => {
                let order: Vec<_> = rejected.problems.iter().map(Problem::order).collect();
                assert!(order.is_sorted(), "{name:?} is not reported in file order");
                rendered(&rejected.problems, &rejected.sources)
            }
        };
        assert!(!message.is_empty(), "{name:?} is taken for a good scenario");
        // A way to count is called "expected"; a parser says it without quotes.
        let message_of_ours = message.replace("\"expected\"", "");
        for foreign in ["expected", "TOML parse", "invalid type", "serde", "unwrap"] {
            assert!(!message_of_ours.contains(foreign), "{name:?} speaks the parser's language: {message}");
        }
        insta::with_settings!({ snapshot_path => "bad", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(path.file_stem().unwrap().to_str().unwrap(), message);
        });
    }
}

/// Every file of `tests/bad/questions` is a command with a mistake in its target, its goal or what may change for it.
#[test]
fn every_mistake_in_a_question_is_explained_with_place_and_cure() {
    let scenarios = support::program::folder_with(&["base.toml"]);
    let entries = std::fs::read_dir(folder().join("questions")).unwrap().map(|entry| entry.unwrap().path());
    let mut names: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|it| it == "txt")).collect();
    names.sort();
    assert!(names.len() >= 50);
    for path in names {
        let command = std::fs::read_to_string(&path).unwrap();
        let words = support::program::words_of(command.trim());
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        assert_eq!(words[0], "aigap", "{command}");
        let message = support::program::refused(scenarios.path(), &words[1..], 2);
        for foreign in ["unwrap", "ParseFloatError", "panicked"] {
            assert!(!message.contains(foreign), "{command}{message}");
        }
        insta::with_settings!({ snapshot_path => "bad/questions", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(path.file_stem().unwrap().to_str().unwrap(), message);
        });
    }
}

#[test]
fn mistakes_in_a_data_file_are_reported_with_their_lines() {
    let scenario = "horizon = 2030\ndata = \"mine.csv\"\n[us.funding]\nmodel = \"random-walk\"\ngrowth = \"0%\"\nvolatility = \"20%\"\n\
                    [china.funding]\nmodel = \"random-walk\"\ngrowth = \"0%\"\nvolatility = \"20%\"\n";
    let data = "region,year,metric,value,unit,low,high,source,vintage\n\
                us,2023,funding,31,USD bn,30.5,31.5,A,2024-01\n\
                us,2023,funding growth,0.14,share per year,0.135,0.145,A,2024-04\n\
                china,2023,funding,zwei,USD bn,,,A,2024-01\n\
                china,20x3,funding,2,USD bn,,,A,2024-01\n\
                china,2023,fundng,2,USD bn,,,A,2024-01\n\
                china,2023,funding,-2,USD bn,,,A,2024-01\n\
                china,2023,funding,2,EUR bn,,,,2024-01\n\
                china,2023,funding,2,USD bn,3,4,A,2024-01\n\
                china,2023,funding,2\n";
    let read = |path: &Path| {
        Ok(if path.ends_with("mine.csv") { data.as_bytes().to_vec() } else { scenario.as_bytes().to_vec() })
    };
    let rejected = load(Path::new("own.toml"), &Layers::default(), None, &read).unwrap_err();
    insta::with_settings!({ snapshot_path => "bad", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("data-file", rendered(&rejected.problems, &rejected.sources));
    });
    let twice = "region,year,metric,value,unit,value,source,vintage\nus,2023,funding,31,USD bn,67,A,2024-01\n";
    let read = |path: &Path| {
        Ok(if path.ends_with("mine.csv") { twice.as_bytes().to_vec() } else { scenario.as_bytes().to_vec() })
    };
    let rejected = load(Path::new("own.toml"), &Layers::default(), None, &read).unwrap_err();
    insta::with_settings!({ snapshot_path => "bad", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("data-file-column-twice", rendered(&rejected.problems, &rejected.sources));
    });
}

#[test]
fn mistakes_on_the_command_line_are_explained_too() {
    let base = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/base.toml")).unwrap();
    let read = |_: &Path| Ok(base.clone());
    let settings = [
        "us.deals.growth",
        "us.deals.growth=0.05",
        "us.deals.growht=5%",
        "us.deals.growth=5% from 2019",
        "events.state-fund.chance=50%",
        "horizon.of.it=7",
        "us..growth=5%",
        "extends=other.toml",
    ];
    let messages: Vec<String> = settings
        .iter()
        .map(|setting| {
            let layers = Layers { set: vec![(*setting).to_owned()], ..Layers::default() };
            let rejected = load(Path::new("base.toml"), &layers, None, &read).expect_err(setting);
            rendered(&rejected.problems, &rejected.sources)
        })
        .collect();
    insta::with_settings!({ snapshot_path => "bad", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("command-line", messages.join("\n\n"));
    });
}

const OWN_DATA: &str = "horizon = 2030\ndata = \"mine.csv\"\n\
     [us.funding]\nmodel = \"random-walk\"\ngrowth = \"0%\"\nvolatility = \"20%\"\n\
     [china.funding]\nmodel = \"random-walk\"\ngrowth = \"0%\"\nvolatility = \"20%\"\n";
const HEAD: &str = "region,year,metric,value,unit,low,high,source,vintage\n";

/// A run would start from deals times deal size and show another funding than the one observed.
#[test]
fn figures_that_contradict_each_other_are_refused() {
    let with = |size: &str| {
        let data = format!(
            "{HEAD}us,2023,deals,1100,deals,,,A,1\nus,2023,funding,30,USD bn,,,A,1\n\
             us,2023,deal-size,{size},USD m,,,A,1\nchina,2023,funding,2,USD bn,,,A,1\n"
        );
        let read =
            |path: &Path| Ok(if path.ends_with("mine.csv") { data.clone() } else { OWN_DATA.to_owned() }.into_bytes());
        load(Path::new("own.toml"), &Layers::default(), None, &read)
    };
    let rejected = with("500").expect_err("550bn are not 30bn");
    let message = rendered(&rejected.problems, &rejected.sources);
    assert!(message.contains("1100 deals of $500m are $550bn") && message.contains("mine.csv:4"), "{message}");
    assert!(with("27.3").is_ok());
}

/// Sources round, and leave deals out of one figure that are in another: a twentieth is no contradiction, a fifth is.
#[test]
fn funding_is_within_a_tenth_of_deals_times_deal_size_beyond_what_rounding_leaves() {
    let with = |funding: &str, highest: &str| {
        let data = format!(
            "{HEAD}us,2023,deals,1000,deals,1000,1000,A,1\nus,2023,funding,{funding},USD bn,{funding},{highest},A,1\n\
             us,2023,deal-size,30,USD m,30,30,A,1\nchina,2023,funding,2,USD bn,,,A,1\n"
        );
        let read =
            |path: &Path| Ok(if path.ends_with("mine.csv") { data.clone() } else { OWN_DATA.to_owned() }.into_bytes());
        load(Path::new("own.toml"), &Layers::default(), None, &read).is_ok()
    };
    for (funding, highest, fits) in [
        ("30", "30", true),
        ("31.5", "31.5", true),
        ("36", "36", false),
        ("28.6", "28.6", true),
        ("25", "25", false),
        ("25", "29", true),
    ] {
        assert_eq!(with(funding, highest), fits, "$30bn of deals beside funding of ${funding}bn to ${highest}bn");
    }
}

#[test]
fn a_base_year_before_the_last_figures_is_said_aloud() {
    let data = format!(
        "{HEAD}us,2022,funding,25,USD bn,,,A,1\nchina,2022,funding,6,USD bn,,,A,1\nus,2023,funding,30,USD bn,,,A,1\n"
    );
    let read =
        |path: &Path| Ok(if path.ends_with("mine.csv") { data.clone() } else { OWN_DATA.to_owned() }.into_bytes());
    let loaded = load(Path::new("own.toml"), &Layers::default(), None, &read).expect("a run from 2022");
    let message = rendered(&loaded.warnings, &loaded.sources);
    assert!(message.contains("starts in 2022") && message.contains("none of china"), "{message}");
}

/// What it extends would be laid over the scenario too, and silently undo it.
#[test]
fn a_pack_does_not_bring_another_scenario_with_it() {
    let layers = Layers { with: vec!["layer-removes-what-is-not-there.toml".into()], ..Layers::default() };
    let rejected = load(Path::new("base/good.toml"), &layers, None, &read_in).expect_err("a pack that extends");
    let message = rendered(&rejected.problems, &rejected.sources);
    assert!(message.contains("extends another file") && message.contains("toml:1:11"), "{message}");
}

/// Names of two events whose flags have one key. Keys have 32 bits, so among a few hundred thousand names some share one.
fn names_with_one_key() -> [String; 2] {
    let name = |number: u32| format!("event-{number}");
    let mut keys: Vec<(Key, u32)> = (0..300_000)
        .map(|number| (Key::new(Purpose::EventFlag, &format!("events.{}", name(number))), number))
        .collect();
    keys.sort_unstable();
    let pair = keys.windows(2).find(|pair| pair[0].0 == pair[1].0).expect("about ten pairs of these names");
    [name(pair[0].1), name(pair[1].1)]
}

/// Their luck would be the same number on every path, which is one pair in four billion and still not to be had.
#[test]
fn two_events_that_would_share_their_random_numbers_are_refused() {
    let [one, other] = names_with_one_key();
    let event = |name: &str| {
        format!(
            "[[events]]\nname = \"{name}\"\nregion = \"us\"\nseries = \"deals\"\nyear = 2026\nchance = \"50%\"\n\
             effect = {{ step = \"+10%\" }}\n"
        )
    };
    let read = |other: &str| {
        let text = format!("{}{}{}", support::BASE, event(&one), event(other));
        support::try_read(&[("test.toml", &text)], &Layers::default())
    };
    let rejected = read(&other).expect_err("two events with one key");
    let message = rendered(&rejected.problems, &rejected.sources);
    assert!(message.contains("would share their random numbers"), "{message}");
    assert!(message.contains(&one) && message.contains(&other), "{message}");
    assert!(read(&format!("{other}-renamed")).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever a slip of the keyboard makes of a good file, the answer is a scenario or a list of problems.
    #[test]
    fn no_slip_of_the_keyboard_is_a_panic(
        at in 0.0..1.0f64, length in 0usize..12, with in "[ -~\n\u{e9}\u{2212}]{0,6}", twice in any::<bool>()
    ) {
        let base = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/base.toml")).unwrap();
        let mut letters: Vec<char> = base.chars().collect();
        for round in 0..=usize::from(twice) {
            let from = (letters.len() as f64 * at) as usize / (round + 1);
            let to = (from + length).min(letters.len());
            letters.splice(from..to, with.chars());
        }
        let text: String = letters.into_iter().collect();
        let read = |_: &Path| Ok(text.clone().into_bytes());
        match load(Path::new("base.toml"), &Layers::default(), None, &read) {
            Ok(loaded) => { let _ = loaded.scenario.resolved_toml(); }
            Err(rejected) => { let _ = rendered(&rejected.problems, &rejected.sources); }
        }
    }

    #[test]
    fn no_bytes_are_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let read = |_: &Path| Ok(bytes.clone());
        let _ = load(Path::new("base.toml"), &Layers::default(), None, &read);
    }
}
