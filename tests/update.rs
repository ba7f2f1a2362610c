//! `aigap update` as a user runs it: a new edition read, learned from and written; again, and with what is wrong.

use crate::support::program::{aigap, done, folder_with, read, words};

#[test]
fn a_new_edition_becomes_a_scenario_that_runs_and_the_same_edition_again_is_no_change() {
    let folder = folder_with(&["base.toml"]);
    let arguments = ["update", "base.toml", "--observed", "cb-insights-2025-01", "-o", "new.toml", "--paths", "2048"];
    let said = done(folder.path(), &arguments).replace('\n', " ");
    for words in ["Revision.", "not restated", "News.", "Lesson.", "which multiply to it", "new.toml  new.csv"] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(done(folder.path(), &["check", "new.toml"]).contains("new.toml"));
    let story = done(folder.path(), &["simulate", "new.toml", "--no-charts", "--paths", "512"]);
    assert!(story.contains("2024") && story.contains("$76.3bn"), "{story}");
    let twice = done(folder.path(), &["update", "new.toml", "--observed", "cb-insights-2025-01", "--paths", "512"]);
    assert!(twice.contains("no change"), "{twice}");
    // The same command writes the same bytes, and is refused nothing.
    let before = read(folder.path().join("new.toml"));
    done(folder.path(), &arguments);
    assert_eq!(read(folder.path().join("new.toml")), before);
    let json = done(folder.path(), &[&arguments[..], &["--json"]].concat());
    let whole: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        (whole["year"].as_i64(), whole["sides"][0]["restated_by_the_edition"].as_bool()),
        (Some(2024), Some(false))
    );
}

#[test]
fn what_cannot_be_updated_is_refused_with_the_reason() {
    let folder = folder_with(&["base.toml", "china-state-push.toml", "from-2025.toml"]);
    std::fs::write(folder.path().join("mine.toml"), "notes\n").unwrap();
    let head = "region,year,metric,value,unit,source,vintage\n";
    std::fs::write(folder.path().join("bad.csv"), format!("{head}us,2024,funding,76%,USD bn,CB Insights,1\n")).unwrap();
    let cases: [(&[&str], i32, &str); 7] = [
        (&["base.toml", "--observed", "ai-index-editions"], 3, "counts other things than CB Insights"),
        (&["base.toml", "--observed", "ai-index-editions", "--edition", "2020"], 2, "it has 2023-04, 2024-04"),
        (&["china-state-push.toml", "--observed", "cb-insights-2025-01"], 3, "the scenario has events"),
        (
            &["from-2025.toml", "--observed", "cb-insights-2025-01"],
            3,
            "states no funding of us and china in a year from 2025",
        ),
        (&["base.toml", "--observed", "cb-insights-2025-01", "-o", "mine.toml"], 1, "mine.toml exists"),
        (&["base.toml", "--observed", "cb-insights-2025-01", "-o", "new.txt"], 2, "ends in .toml"),
        (&["base.toml", "--observed", "bad.csv"], 3, "bad.csv:2"),
    ];
    for (arguments, code, cause) in cases {
        let output = aigap(folder.path(), &[&["update", "--paths", "256"], arguments].concat());
        let said = words(&output.stderr);
        assert!(said.contains(cause), "{arguments:?}: {said}");
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
    }
    assert_eq!(read(folder.path().join("mine.toml")), "notes\n");
}
