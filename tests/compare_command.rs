//! `aigap compare`, as its user meets it: exact zeros, one luck for all, refusals with a cure, numbers for programs.

use crate::support::program::{aigap, done, folder_with, read, refused, table, words};

const QUICK: [&str; 3] = ["--paths", "2000", "--no-charts"];

#[test]
fn a_scenario_compared_with_itself_differs_by_exactly_zero() {
    let folder = folder_with(&["base.toml"]);
    let story = done(folder.path(), &[&["compare", "base.toml", "base.toml", "--out", "o"], &QUICK[..]].concat());
    assert!(story.contains("changes no input") && story.contains("leaves the 2030 ratio as it is"), "{story}");
    let rows = table(&read(folder.path().join("o/compare.csv")));
    assert!(rows.len() > 100);
    for row in &rows {
        for (column, value) in row {
            let zero =
                column.starts_with("difference_") || column.starts_with("percent_") || column.starts_with("change_");
            assert!(!zero || value == "0" || value.is_empty(), "{row:?}");
            assert!(!column.starts_with("ratio_p") || value == "1" || value.is_empty(), "{row:?}");
        }
        assert_eq!([&row["unchanged"], &row["greater"], &row["smaller"]], ["1", "0", "0"]);
        assert_eq!(row["difference_p50"], "0");
    }
    assert_eq!(read(folder.path().join("o/inputs_diff.csv")).lines().count(), 1);
}

#[test]
fn an_input_without_effect_changes_no_difference_by_one_byte() {
    let folder = folder_with(&["base.toml", "china-state-push.toml"]);
    let plain = read(folder.path().join("china-state-push.toml"));
    std::fs::create_dir(folder.path().join("more")).unwrap();
    let unused = "\n[[events]]\nname = \"a rumour\"\nregion = \"us\"\nseries = \"deals\"\nyear = { uniform = [2025, 2029] }\n\
                  effect = { step = { p10 = \"-30%\", p90 = \"+40%\" } }\nchance = \"0%\"\nwhy = \"a test\"\n";
    std::fs::write(
        folder.path().join("more/china-state-push.toml"),
        plain.replace("base.toml", "../base.toml") + unused,
    )
    .unwrap();
    for (what_if, out) in [("china-state-push.toml", "a"), ("more/china-state-push.toml", "b")] {
        done(
            folder.path(),
            &[&["compare", "base.toml", what_if, "--allow-outside", "--out", out], &QUICK[..]].concat(),
        );
    }
    assert_eq!(read(folder.path().join("a/compare.csv")), read(folder.path().join("b/compare.csv")));
    assert!(read(folder.path().join("b/inputs_diff.csv")).contains("events.a-rumour"));
}

#[test]
fn the_same_bytes_on_one_thread_and_on_two() {
    let folder = folder_with(&["base.toml", "china-state-push.toml", "ai-winter.toml"]);
    let all = ["compare", "base.toml", "china-state-push.toml", "ai-winter.toml", "--weights", "0.5,0.3,0.2"];
    for threads in ["1", "2"] {
        done(folder.path(), &[&all[..], &["--paths", "4000", "--threads", threads, "--out", threads]].concat());
    }
    let names = |root: &str| -> Vec<String> {
        let mut found = Vec::new();
        for part in ["", "charts", "scenarios"] {
            for entry in std::fs::read_dir(folder.path().join(root).join(part)).unwrap() {
                let entry = entry.unwrap();
                if entry.path().is_file() {
                    found.push(format!("{part}/{}", entry.file_name().to_string_lossy()));
                }
            }
        }
        found.sort();
        found
    };
    assert_eq!(names("1"), names("2"));
    for wanted in [
        "/compare.csv",
        "/attribution.csv",
        "/inputs_diff.csv",
        "/ensemble.csv",
        "/summary.md",
        "charts/compare.png",
        "charts/scenarios.svg",
        "charts/attribution-china-state-push.csv",
        "scenarios/base.toml",
    ] {
        assert!(names("1").iter().any(|name| name == wanted), "{wanted} is missing: {:?}", names("1"));
    }
    for name in names("1") {
        let read = |root: &str| std::fs::read(folder.path().join(format!("{root}/{name}"))).unwrap();
        assert!(read("1") == read("2"), "{name} depends on threads");
        let csv = name.ends_with(".csv").then(|| words(&read("1")));
        assert!(csv.is_none_or(|text| !text.contains("NaN") && !text.contains("inf,")), "{name}");
    }
}

#[test]
fn stored_runs_are_compared_on_their_seed_and_different_seeds_are_refused_with_the_cure() {
    let folder = folder_with(&["base.toml", "china-state-push.toml"]);
    for (scenario, seed, out) in
        [("base.toml", "3", "a"), ("china-state-push.toml", "3", "b"), ("china-state-push.toml", "4", "c")]
    {
        done(folder.path(), &["simulate", scenario, "--seed", seed, "--paths", "2000", "--no-charts", "--out", out]);
    }
    done(folder.path(), &["compare", "a", "b", "--no-charts", "--out", "stored"]);
    done(
        folder.path(),
        &[
            "compare",
            "base.toml",
            "china-state-push.toml",
            "--seed",
            "3",
            "--paths",
            "2000",
            "--no-charts",
            "--out",
            "files",
        ],
    );
    assert_eq!(read(folder.path().join("stored/compare.csv")), read(folder.path().join("files/compare.csv")));
    let message = refused(folder.path(), &["compare", "a", "c", "--no-charts"], 3);
    assert!(message.contains("seed 3") && message.contains("seed 4") && message.contains("Give --seed 3"), "{message}");
    done(folder.path(), &["compare", "a", "c", "--seed", "3", "--no-charts", "--out", "again"]);
    assert_eq!(read(folder.path().join("again/compare.csv")), read(folder.path().join("stored/compare.csv")));
}

#[test]
fn what_cannot_be_compared_is_refused_in_words() {
    let folder = folder_with(&["base.toml", "china-state-push.toml"]);
    let pair = ["compare", "base.toml", "china-state-push.toml"];
    let with = |more: &[&'static str]| [&pair[..], more].concat();
    for (weights, words) in [
        ("0.5,0.4", "add up to 0.9"),
        ("1", "1 weight for 2 scenarios"),
        ("NaN,1", "a weight is NaN"),
        ("1.5,-0.5", "a weight is -0.5"),
    ] {
        let message = refused(folder.path(), &with(&["--weights", weights]), 2);
        assert!(message.contains(words), "{weights}: {message}");
    }
    assert!(refused(folder.path(), &with(&["--weights", "0.5,half"]), 2).contains("write shares that add up to 1"));
    assert!(refused(folder.path(), &["compare", "base.toml"], 2).contains("WHATIF"));
    assert!(refused(folder.path(), &["compare", "base.toml", "nowhere.toml"], 3).contains("no such file"));
    std::fs::create_dir(folder.path().join("empty")).unwrap();
    assert!(refused(folder.path(), &["compare", "base.toml", "empty"], 3).contains("not the folder of a run"));
    let turned =
        read(folder.path().join("base.toml")).replace("gap     = [\"us\", \"china\"]", "gap = [\"china\", \"us\"]");
    std::fs::write(folder.path().join("turned.toml"), turned).unwrap();
    let message = refused(folder.path(), &["compare", "base.toml", "turned.toml"], 3);
    assert!(message.contains("cannot be held against each other") && message.contains("china against us"), "{message}");
    done(folder.path(), &with(&["--paths", "200", "--no-charts", "--out", "o"]));
    let message = refused(folder.path(), &["compare", "base.toml", "o"], 3);
    assert!(message.contains("a comparison") && message.contains("scenarios/"), "{message}");
    std::fs::write(folder.path().join("o/manifest.json"), "{\"format\": \"aigap run 2\"").unwrap();
    let message = refused(folder.path(), &["compare", "base.toml", "o"], 3);
    assert!(message.contains("damaged"), "{message}");
    let manifest = r#"{"format": "aigap run 2", "aigap": "0.0.1", "scenario": "../../x", "seed": 1, "paths": 200,
        "recipe": {"format": "aigap recipe 1", "question": {"simulate": {"scenario": "base.toml"}}},
        "inputs": [], "outputs": []}"#;
    std::fs::write(folder.path().join("o/manifest.json"), manifest).unwrap();
    std::fs::copy(folder.path().join("base.toml"), folder.path().join("o/scenario.toml")).unwrap();
    let older = aigap(folder.path(), &["compare", "base.toml", "o", "--no-charts", "--out", "p"]);
    assert!(older.status.success() && words(&older.stderr).contains("was made by aigap 0.0.1"));
    assert!(folder.path().join("p/scenarios/-..-x.toml").exists());
}

#[test]
fn what_is_not_common_is_said_and_the_rest_is_compared() {
    let folder = folder_with(&["base.toml"]);
    let base = read(folder.path().join("base.toml"));
    std::fs::write(folder.path().join("short.toml"), base.replace("horizon = 2030", "horizon = 2027")).unwrap();
    let yuan = "extends = \"base.toml\"\ntitle = \"In yuan\"\n[money]\ncurrency = \"CNY\"\n";
    std::fs::write(folder.path().join("yuan.toml"), yuan).unwrap();
    let story = done(folder.path(), &[&["compare", "base.toml", "short.toml", "--out", "o"], &QUICK[..]].concat());
    let line = story.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(line.contains("It runs to 2027, the baseline to 2030: compared to 2027."), "{story}");
    assert!(table(&read(folder.path().join("o/compare.csv"))).iter().all(|row| row["year"].as_str() <= "2027"));
    let story = done(folder.path(), &[&["compare", "base.toml", "yuan.toml", "--out", "p"], &QUICK[..]].concat());
    let line = story.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(line.contains("only ratios, shares and numbers of deals are compared"), "{story}");
    let rows = table(&read(folder.path().join("p/compare.csv")));
    assert!(rows.iter().all(|row| row["metric"] != "gap" && row["metric"] != "funding"));
    assert!(rows.iter().any(|row| row["metric"] == "ratio"));
}

#[test]
fn two_files_of_one_name_and_title_are_told_apart() {
    let folder = folder_with(&["base.toml"]);
    std::fs::create_dir(folder.path().join("other")).unwrap();
    let other = read(folder.path().join("base.toml")).replace("\"45%\"", "\"60%\"");
    std::fs::write(folder.path().join("other/base.toml"), other).unwrap();
    let story = done(folder.path(), &[&["compare", "base.toml", "other/base.toml", "--out", "o"], &QUICK[..]].concat());
    assert!(story.contains("(base-2)"), "{story}");
    assert!(read(folder.path().join("o/scenarios/base-2.toml")).contains("60%"));
}

#[test]
fn titles_of_any_kind_break_neither_terminal_nor_page() {
    let folder = folder_with(&["base.toml"]);
    let hostile = [
        "extends = \"base.toml\"\ntitle = \"|red| <b>*x*</b> `y` : z\"\n[us.deals]\ngrowth = \"9%\"\n".to_owned(),
        "extends = \"base.toml\"\ntitle = \":\"\n[us.deals]\ngrowth = \"9%\"\n".to_owned(),
        format!("extends = \"base.toml\"\ntitle = \"{}\"\n[us.deals]\ngrowth = \"9%\"\n", "very long ".repeat(30)),
        "extends = \"base.toml\"\ntitle = \"中美差距的一种可能\"\n[us.deals]\ngrowth = \"9%\"\n".to_owned(),
    ];
    for (place, text) in hostile.iter().enumerate() {
        std::fs::write(folder.path().join(format!("h{place}.toml")), text).unwrap();
    }
    let story = done(
        folder.path(),
        &["compare", "base.toml", "h0.toml", "h1.toml", "h2.toml", "h3.toml", "--paths", "400", "--out", "o"],
    );
    assert!(
        !story.contains('\u{1b}') && story.lines().all(|line| line.chars().count() <= 80 || line.contains('/')),
        "{story}"
    );
    let page = read(folder.path().join("o/summary.md"));
    assert!(page.contains("\\|red\\|") && !page.contains("<b>") && !page.contains('\u{1b}'), "{page}");
}

#[test]
fn programs_get_the_numbers_of_the_files() {
    let folder = folder_with(&["base.toml", "china-state-push.toml"]);
    let all = ["compare", "base.toml", "china-state-push.toml", "--json", "--weights", "60%,40%", "--out", "o"];
    let answer: serde_json::Value =
        serde_json::from_str(&done(folder.path(), &[&all[..], &QUICK[..]].concat())).unwrap();
    let rows = table(&read(folder.path().join("o/compare.csv")));
    let pairs = answer["what_ifs"][0]["pairs"].as_array().unwrap();
    assert_eq!(pairs.len(), rows.len());
    for (pair, row) in pairs.iter().zip(&rows) {
        assert_eq!(pair["metric"], row["metric"].as_str());
        // What reads JSON may be off by the last bit.
        let same = |value: &serde_json::Value, text: &str| match (value.as_f64(), text.parse::<f64>()) {
            (Some(a), Ok(b)) => (a - b).abs() <= 1e-15 * b.abs(),
            (a, b) => a.is_none() && b.is_err(),
        };
        assert!(same(&pair["ratio"]["p50"], &row["ratio_p50"]), "{pair} {row:?}");
        assert!(same(&pair["difference"]["p97.5"], &row["difference_p97.5"]), "{pair} {row:?}");
    }
    assert_eq!(answer["paths"], 2000);
    assert!(answer["what_ifs"][0]["effect"].as_str().unwrap().contains("“China state push” "));
    assert!(answer["ensemble"]["rows"].as_array().unwrap().len() > 20);
    let random = aigap(
        folder.path(),
        &["compare", "base.toml", "base.toml", "--seed", "random", "--paths", "200", "--quiet", "--no-charts"],
    );
    assert!(random.status.success() && random.stdout.is_empty() && words(&random.stderr).starts_with("seed "));
}
