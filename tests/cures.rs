//! What a message advises is done here, and must hold; and what a flag cannot do is said aloud.

use std::path::Path;

use aigap::cli::all_rendered;
use aigap::scenario::{Layers, Loaded, Rejected, load};

use crate::support::program::{aigap, done, folder_with, words};
use crate::support::{BASE, try_read};

fn told(found: &Result<Loaded, Box<Rejected>>) -> String {
    match found {
        Ok(loaded) => all_rendered(&loaded.warnings, &loaded.sources, false),
        Err(rejected) => all_rendered(&rejected.problems, &rejected.sources, false),
    }
}

fn read(text: &str) -> Result<Loaded, Box<Rejected>> {
    try_read(&[("test.toml", text)], &Layers::default())
}

/// What a message says behind these words, to the end of its line.
fn advice<'a>(message: &'a str, before: &str) -> &'a str {
    let start = message.find(before).unwrap_or_else(|| panic!("{before}:\n{message}")) + before.len();
    message[start..].lines().next().unwrap().trim()
}

#[test]
fn a_value_that_cannot_be_read_is_written_as_the_message_says() {
    let base = BASE.replacen("volatility = \"20%\"", "volatility = {}", 1);
    for (written, before) in [
        ("20%", "write it in double quotes: "),
        ("“20%”", "write straight ones: "),
        ("„20%“", "write straight ones: "),
        ("‘20%’", "write straight ones: "),
    ] {
        let message = told(&read(&base.replacen("{}", written, 1)));
        let cured = read(&base.replacen("{}", advice(&message, before), 1));
        assert!(cured.is_ok(), "{written}: {}", told(&cured));
    }
    let rho = format!("{}{{}}\n", BASE.split("[[correlations]]").next().unwrap());
    let pair = |rho: &str| format!("[[correlations]]\nbetween = [\"us.deals\", \"china.deals\"]\nrho = {rho}");
    for dash in ["–", "—", "−"] {
        let message = told(&read(&rho.replacen("{}", &pair(&format!("{dash}0.3")), 1)));
        assert!(message.contains("is a dash"), "{message}");
        assert!(read(&rho.replacen("{}", &pair(advice(&message, "write ")), 1)).is_ok(), "{message}");
    }
}

#[test]
fn a_number_with_a_word_behind_it_is_written_as_the_message_says() {
    let volatility = BASE.replacen("volatility = \"20%\"", "volatility = {}", 1);
    let rate = format!("{BASE}[money]\ncurrency = \"CNY\"\nexchange-rate = {{}}\n");
    for (text, written) in [
        (&volatility, "\"20,5%\""),
        (&volatility, "\"20 percent\""),
        (&volatility, "\"20 %%\""),
        (&rate, "\"7.1 CNY per USD\""),
        (&rate, "\"7,1 yuan\""),
        (&rate, "0.14"),
        (&rate, "{ 2023 = 0.141 }"),
    ] {
        let message = told(&read(&text.replacen("{}", written, 1)));
        let cure = advice(&message, "did you mean ");
        let cured = read(&text.replacen("{}", cure.trim_end_matches('?'), 1));
        assert!(cured.is_ok(), "{written}: {message}\n{}", told(&cured));
    }
}

#[test]
fn what_stands_twice_in_a_list_is_told() {
    let event = |region: &str, more: &str| {
        format!(
            "{BASE}[[events]]\nname = \"x\"\nregion = {region}\nseries = \"deals\"\nyear = 2025\neffect = {{ step = \"1%\" }}\n{more}"
        )
    };
    assert!(told(&read(&event("[\"us\", \"us\"]", ""))).contains("`us` stands twice in `region`"));
    assert!(read(&event("[\"us\", \"china\"]", "")).is_ok());
    let twice = BASE.replacen("volatility = \"20%\"", "volatility = { one-of = [\"10%\", \"20%\", \"10%\"] }", 1);
    assert!(told(&read(&twice)).contains("10% stands twice in `one-of`"));
    for chance in ["chance = \"0%\"\n", "chance-per-year = \"0%\"\n"] {
        assert!(told(&read(&event("\"us\"", chance))).contains("the event never happens"));
    }
    assert_eq!(told(&read(&event("\"us\"", "chance = \"1%\"\n"))), "");
}

#[test]
fn a_backslash_in_a_text_is_written_as_the_message_says() {
    for path in ["C:\\Users\\me", "\\\\server\\data", "it's C:\\x", "a\\", "\\U0001"] {
        let text = BASE.replacen("title = \"BASE\"", &format!("title = \"{path}\""), 1);
        let message = told(&read(&text));
        // One that ends its text with a backslash takes the closing quote with it.
        if !message.contains("begins a special sign") {
            assert!(
                message.contains("a backslash stands alone") && message.contains("write \\\\ for"),
                "{path}: {message}"
            );
            continue;
        }
        let before = if path.contains('\'') { "write two for one: " } else { "write single quotes around it: " };
        let cured = BASE.replacen("title = \"BASE\"", &format!("title = {}", advice(&message, before)), 1);
        let found = read(&cured).unwrap_or_else(|_| panic!("{cured}: {}", told(&read(&cured))));
        assert_eq!(found.scenario.title(), path);
    }
}

#[test]
fn a_letter_that_nobody_sees_is_named_wherever_it_stands() {
    for (letter, name) in [
        ('\u{a0}', "a space that does not break (U+00A0)"),
        ('\u{200b}', "a space of no width (U+200B)"),
        ('\u{feff}', "a space of no width (U+FEFF)"),
        ('\u{200e}', "a mark of direction (U+200E)"),
        ('\u{7}', "a control character (U+0007)"),
    ] {
        for place in ["{}title = \"BASE\"", "title{} = \"BASE\"", "title ={}\"BASE\"", "title = \"BASE\" {}"] {
            let text = BASE.replacen("title = \"BASE\"", &place.replace("{}", &letter.to_string()), 1);
            assert!(told(&read(&text)).contains(name), "{place}: {}", told(&read(&text)));
        }
    }
    for value in ["2\u{200b}0%", "20%\u{200e}", "\u{2060}20%"] {
        let text = BASE.replacen("volatility = \"20%\"", &format!("volatility = \"{value}\""), 1);
        assert!(told(&read(&text)).contains("which cannot be seen"), "{}", told(&read(&text)));
    }
}

/// Files outside of the folder of a scenario are opened only with the flag that allows it, which says what it opens.
#[test]
fn what_lies_outside_is_opened_only_if_the_user_says_so() {
    let figures = "region,year,metric,value,unit,source,vintage\nus,2023,funding,31,USD bn,A,1\nchina,2023,funding,2,USD bn,A,1\n";
    let series = "model = \"random-walk\"\ngrowth = \"0%\"\nvolatility = \"20%\"\n";
    let whole = format!("horizon = 2028\n[us.funding]\n{series}[china.funding]\n{series}");
    let file = |path: &Path| {
        let name = path.to_string_lossy();
        Ok(match name.rsplit('/').next() {
            Some("mine.csv") => figures.into(),
            Some("whole.toml") => whole.clone().into_bytes(),
            Some("pack.toml") => b"data = \"../mine.csv\"\n".to_vec(),
            _ => std::fs::read(path).map_err(|_| "there is no such file".to_owned())?,
        })
    };
    let found = |text: &str, layers: &Layers| {
        let text = text.to_owned();
        let read = |path: &Path| if path.ends_with("s.toml") { Ok(text.clone().into_bytes()) } else { file(path) };
        load(Path::new("folder/s.toml"), layers, None, &read)
    };
    for (path, outside) in [
        ("mine.csv", false),
        ("sub/mine.csv", false),
        ("sub/../mine.csv", false),
        ("../mine.csv", true),
        ("sub/../../mine.csv", true),
        ("../folder2/mine.csv", true),
        ("/elsewhere/mine.csv", true),
    ] {
        for text in [
            whole.replacen("horizon = 2028", &format!("horizon = 2028\ndata = \"{path}\""), 1),
            format!("extends = \"{}\"\n", path.replace("mine.csv", "whole.toml")),
        ] {
            let plain = found(&text, &Layers::default());
            assert_eq!(plain.is_err(), outside, "{text}: {}", told(&plain));
            let allowed = found(&text, &Layers { allow_outside: true, ..Layers::default() });
            assert!(allowed.is_ok(), "{text}: {}", told(&allowed));
            assert_eq!(told(&allowed).contains("this opens"), outside, "{}", told(&allowed));
            if outside {
                assert!(told(&plain).contains("--allow-outside") && told(&plain).contains("s.toml:"));
            }
        }
    }
    // A pack reads below its own folder; what is set on the command line is the user's own word.
    let packed = Layers { with: vec!["packs/deep/pack.toml".into()], ..Layers::default() };
    assert!(told(&found(&whole, &packed)).contains("pack.toml:1"));
    let set = Layers { set: vec!["data=../mine.csv".to_owned()], ..Layers::default() };
    assert!(found(&whole, &set).is_ok());
}

/// What `aigap new` advises can be run as it stands, in a folder below too.
#[test]
fn a_new_scenario_passes_the_commands_that_are_named() {
    let folder = folder_with(&["base.toml"]);
    std::fs::create_dir(folder.path().join("sub")).unwrap();
    for (name, base) in [("a", None), ("b", Some("base.toml")), ("sub/c", Some("base.toml")), ("sub/d", None)] {
        let extends = base.map_or(vec![], |base| vec!["--extends", base]);
        let said = done(folder.path(), &[vec!["new", name], extends].concat());
        let check = said.split("then aigap ").nth(1).and_then(|it| it.split(" and aigap").next()).unwrap();
        done(folder.path(), &check.split_whitespace().collect::<Vec<_>>());
    }
    for nameless in ["..", ".", "sub/", "/", "sub/.."] {
        let output = aigap(folder.path(), &["new", nameless]);
        assert!(output.status.code() == Some(2) && words(&output.stderr).contains("needs a name"), "{nameless}");
    }
}

#[test]
fn a_flag_that_does_nothing_says_so() {
    let folder = folder_with(&["base.toml"]);
    let simulate = ["simulate", "base.toml", "--paths", "200", "--no-charts", "--quiet", "--force"];
    for (flags, says) in [
        (vec!["--pdf"], "--pdf does nothing with --no-charts"),
        (vec!["--svg-text"], "--svg-text does nothing"),
        (vec!["--preset", "slide"], "--preset does nothing"),
        (vec!["--theme", "dark"], "--theme does nothing"),
        (vec!["--high-contrast"], "--high-contrast does nothing"),
        (vec!["--no-median"], "--no-median does nothing"),
        (vec!["--keep-paths", "400"], "--keep-paths 400 is more than there are: the run has 200 paths"),
    ] {
        let output = aigap(folder.path(), &[simulate.to_vec(), flags.clone()].concat());
        assert!(
            output.status.success() && words(&output.stderr).contains(says),
            "{flags:?}: {}",
            words(&output.stderr)
        );
    }
    let output = aigap(folder.path(), &simulate);
    assert!(output.status.success() && output.stderr.is_empty(), "{}", words(&output.stderr));
    for command in [
        vec!["check", "base.toml"],
        vec!["params", "base.toml"],
        vec!["compare", "base.toml", "base.toml"],
        vec!["sensitivity", "base.toml"],
    ] {
        let output = aigap(folder.path(), &[command.clone(), vec!["--source", "all"]].concat());
        let told = words(&output.stderr);
        assert!(!output.status.success() && told.contains("--source all asks for a run from each source"), "{told}");
    }
    for flag in ["--seed", "--paths"] {
        let output = aigap(folder.path(), &["simulate", "base.toml", flag, "-1"]);
        let told = words(&output.stderr);
        assert!(output.status.code() == Some(2) && told.contains("whole number") && !told.contains("-- -1"), "{told}");
    }
}

#[test]
fn inputs_that_cannot_act_are_warned_of_or_kept() {
    let regimes = "[regimes]\nstates = [\"boom\", \"bust\"]\n[regimes.transitions]\nboom = { bust = \"25%\" }\n\
                   bust = { boom = \"25%\" }\n";
    assert!(told(&read(&format!("{BASE}{regimes}"))).contains("these regimes do nothing: no series follows them"));
    for (loadings, idle) in [
        ("us.deals = 0.6\n", true),
        ("us.deals = 0.6\nus.deal-size = 0.6\n", true),
        ("us.deals = 0.6\nchina.deals = 0.6\n", true),
        ("us.funding = 0.6\nchina.funding = 0.6\n", false),
    ] {
        let side =
            |name: &str| format!("[{name}.funding]\nmodel = \"random-walk\"\ngrowth = \"0%\"\nvolatility = \"20%\"\n");
        let text = if idle { BASE.to_owned() } else { format!("horizon = 2030\n{}{}", side("us"), side("china")) };
        let found = told(&read(&format!("{text}[shocks.factor]\n{loadings}")));
        assert_eq!(found.contains("this market factor does nothing"), idle, "{loadings}: {found}");
    }
    let question = "[[questions]]\nname = \"x\"\nthat = \"ratio in 2030 < 5\"\nwhy = \"a board asked\"\n";
    let kept = read(&format!("{BASE}{question}")).unwrap().scenario;
    assert_eq!(kept.questions()[0].why(), Some("a board asked"));
    assert!(kept.resolved_toml().contains("a board asked"));
}

/// Two paths are no reason to call anything certain.
#[test]
fn a_few_paths_carry_no_words_of_chance() {
    let folder = folder_with(&["base.toml"]);
    for paths in ["2", "10", "98"] {
        let told = done(folder.path(), &["simulate", "base.toml", "--paths", paths, "--no-charts", "--out", "few"]);
        let page = std::fs::read_to_string(folder.path().join("few/summary.md")).unwrap();
        for text in [told, page] {
            for words in ["virtually certain", "likely", "go either way"] {
                assert!(!text.contains(words), "{paths} paths: {words}\n{text}");
            }
        }
    }
}

/// Whatever a scenario may say acts: without it the scenario is another one, or a message is.
#[test]
fn every_key_of_a_scenario_acts() {
    let whole: &'static str = include_str!("keys/whole.toml");
    let outcome = |text: &str| {
        let found = read(text);
        let scenario = found.as_ref().ok().map(|it| (it.scenario.resolved_toml(), format!("{:?}", it.scenario.run())));
        // Places move with the lines.
        let told = told(&found).lines().filter(|line| !line.contains("-->")).collect::<String>();
        (scenario, told.replace(|letter: char| letter.is_ascii_digit(), ""))
    };
    let all = outcome(whole);
    assert!(all.0.is_some(), "{}", all.1);
    let mut idle = Vec::new();
    for (place, line) in whole.lines().enumerate().filter(|(_, line)| line.contains(" = ")) {
        let rest = |(other, line): (usize, &'static str)| (other != place).then(|| format!("{line}\n"));
        let without: String = whole.lines().enumerate().filter_map(rest).collect();
        if outcome(&without) == all {
            idle.push(line);
        }
    }
    // What says the default does nothing, and is no mistake.
    let defaults = [
        "data = \"cb-insights-2024-01\"",
        "gap = [\"us\", \"china\"]",
        "sampler = \"addressed\"",
        "kind = \"circumstance\"",
    ];
    assert_eq!(idle, defaults);
}
