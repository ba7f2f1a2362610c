//! `aigap score` as a user runs it: on a fresh run, again and again, and with what is wrong.

use crate::support::program::{aigap, done, read, shipped, words};
use tempfile::TempDir;

const HEAD: &str = "region,year,metric,value,unit,source,vintage\n";

/// A folder with a run of the baseline.
fn with_run() -> TempDir {
    let folder = TempDir::new().unwrap();
    done(folder.path(), &["simulate", &shipped("base.toml"), "--no-charts", "--paths", "2048", "--out", "run"]);
    folder
}

#[test]
fn a_run_is_scored_with_tables_charts_and_words_and_a_ledger_takes_no_line_twice() {
    let folder = with_run();
    let arguments =
        ["score", "run", "--observed", "cb-insights-2025-01", "--observed", "ai-index-editions", "--ledger", "l.csv"];
    let said = done(folder.path(), &arguments);
    for words in ["does not restate", "+32%", "l.csv: 2 lines added", "one test and not"] {
        let plain = said.replace('\n', " ").replace("+32%", "32%");
        assert!(plain.contains(&words.replace("+32%", "32%")), "{words}: {said}");
    }
    let ledger = read(folder.path().join("l.csv"));
    assert_eq!(ledger.lines().count(), 3);
    assert!(done(folder.path(), &arguments).contains("l.csv holds these already"));
    assert_eq!(read(folder.path().join("l.csv")), ledger);
    let score = folder.path().join("output/base-score");
    for file in ["score.csv", "score_questions.csv", "summary.md", "charts/outturn.svg", "charts/outturn.csv"] {
        assert!(score.join(file).exists(), "{file}");
    }
    // The AI Index of 2025 alone says how 2023 became 2024; the editions before and after it say nothing of that.
    assert!(!read(score.join("score.csv")).contains("edition 2026-04"));
    let json = done(folder.path(), &["score", "run", "--observed", "cb-insights-2025-01", "--json", "--no-charts"]);
    let whole: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(whole["runs"][0]["made_again"], true);
    assert!(whole["runs"][0]["readings"][0]["outcomes"].as_array().unwrap().len() >= 4);
}

#[test]
fn what_cannot_be_scored_is_refused_with_the_reason() {
    let folder = with_run();
    let file = |name: &str, rows: &str| std::fs::write(folder.path().join(name), format!("{HEAD}{rows}")).unwrap();
    file(
        "other.csv",
        "us,2024,funding,109.1,USD bn,AI Index,2025-04\nchina,2024,funding,9.3,USD bn,AI Index,2025-04\n",
    );
    file("old.csv", "us,2022,funding,27,USD bn,CB Insights,2023-01\nchina,2022,funding,6,USD bn,CB Insights,2023-01\n");
    file("deals.csv", "us,2024,deals,1000,count,CB Insights,2025-01\n");
    file(
        "broken.csv",
        "us,2024,funding,$76bn,USD bn,CB Insights,2025-01\nchina,24,funding,5,USD bn,CB Insights,2025-01\n",
    );
    std::fs::write(folder.path().join("mine.csv"), "notes\n").unwrap();
    let cases: [(&[&str], i32, &str); 7] = [
        (&["run", "--observed", "other.csv"], 3, "only growth inside one of them"),
        (&["run", "--observed", "old.csv"], 3, "states no funding of us and china in a year from 2024 to 2030"),
        (&["run", "--observed", "deals.csv"], 3, "states no funding"),
        (&["run", "--observed", "broken.csv"], 3, "broken.csv:2"),
        (&["run", "--observed", "cb-insights-2025-1"], 2, "did you mean cb-insights-2025-01?"),
        (&["nowhere", "--observed", "cb-insights-2025-01"], 3, "is not the folder of a run"),
        (&["run", "--observed", "cb-insights-2025-01", "--ledger", "mine.csv"], 3, "is no ledger of scores"),
    ];
    for (arguments, code, cause) in cases {
        let output = aigap(folder.path(), &[&["score", "--no-charts"], arguments].concat());
        let said = words(&output.stderr);
        assert!(said.contains(cause), "{arguments:?}: {said}");
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
    }
    assert_eq!(read(folder.path().join("mine.csv")), "notes\n");
    // Who knows that it is the same count says so.
    done(folder.path(), &["score", "run", "--observed", "other.csv", "--as-source", "--no-charts"]);
    std::fs::create_dir(folder.path().join("full")).unwrap();
    std::fs::write(folder.path().join("full/a.txt"), "mine").unwrap();
    let output = aigap(folder.path(), &["score", "run", "--observed", "cb-insights-2025-01", "--out", "full"]);
    assert!(words(&output.stderr).contains("holds no scores, so it is left alone"), "{}", words(&output.stderr));
}

/// What is held against a run has no part in it: the run is made from its own folder, whose data end before.
#[test]
fn a_run_knows_nothing_of_what_it_is_scored_on() {
    let folder = with_run();
    let before = read(folder.path().join("run/fan.csv"));
    file_of_growth(&folder, "up.csv", 9.0);
    file_of_growth(&folder, "down.csv", -0.9);
    let share = |name: &str| {
        done(folder.path(), &["score", "run", "--observed", name, "--no-charts", "--out", "scores"]);
        let mut table = csv::Reader::from_path(folder.path().join("scores/score.csv")).unwrap();
        let place = table.headers().unwrap().iter().position(|name| name == "percentile").unwrap();
        let mut rows = table.records().map(Result::unwrap);
        let row = rows.find(|row| row.iter().any(|field| field == "ratio")).unwrap();
        row[place].parse::<f64>().unwrap()
    };
    assert!(share("up.csv") > 0.99 && share("down.csv") < 0.01);
    assert_eq!(read(folder.path().join("run/fan.csv")), before);
}

/// Figures in which the US grew by this much and China not at all.
fn file_of_growth(folder: &TempDir, name: &str, growth: f64) {
    let us = 100.0 * (1.0 + growth);
    let rows = format!(
        "us,2023,funding,100,USD bn,X,1\nus,2024,funding,{us},USD bn,X,1\nchina,2023,funding,7,USD bn,X,1\n\
         china,2024,funding,7,USD bn,X,1\n"
    );
    std::fs::write(folder.path().join(name), format!("{HEAD}{rows}")).unwrap();
}
