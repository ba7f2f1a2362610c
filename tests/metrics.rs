//! A choice of metrics: the same numbers for less work, refused where a run needs them all.

use std::path::Path;
use std::process::Output;

use crate::support::program::{aigap, read, words};
use tempfile::TempDir;

/// Simulates a shipped scenario, a few paths and no charts.
fn simulate(folder: &Path, scenario: &str, out: &str, flags: &[&str]) -> Output {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(scenario);
    let file = file.to_string_lossy();
    let mut arguments = vec!["simulate", &file, "--no-charts", "--paths", "3000", "--out", out];
    arguments.extend(flags);
    aigap(folder, &arguments)
}

/// The metric of each row of `fan.csv`, and the row.
fn rows(text: &str) -> Vec<(&str, &str)> {
    text.lines().skip(1).map(|line| (line.split(',').nth(1).unwrap(), line)).collect()
}

#[test]
fn chosen_metrics_have_the_numbers_of_a_whole_run() {
    for (scenario, chosen, exact) in
        [("base.toml", "deals,share", &[][..]), ("base.toml", "size-ratio,cumulative-gap", &["--exact"][..])]
    {
        let folder = TempDir::new().unwrap();
        let whole = simulate(folder.path(), scenario, "whole", exact);
        let mut flags = vec!["--metrics", chosen];
        flags.extend(exact);
        let part = simulate(folder.path(), scenario, "part", &flags);
        assert!(whole.status.success() && part.status.success(), "{}", words(&part.stderr));
        let story = |output: &Output| words(&output.stdout).replace("whole/", "part/");
        assert_eq!(story(&whole), story(&part));
        let (whole, part) = (read(folder.path().join("whole/fan.csv")), read(folder.path().join("part/fan.csv")));
        let wanted: Vec<&str> = chosen.split(',').chain(["funding", "gap", "ratio", "log-ratio"]).collect();
        let expected: Vec<(&str, &str)> = rows(&whole).into_iter().filter(|row| wanted.contains(&row.0)).collect();
        assert!(expected.len() > 60 && expected.len() < rows(&whole).len());
        assert_eq!(rows(&part), expected);
        for file in ["probabilities.csv", "milestones.csv", "decomposition.csv", "distribution.csv"] {
            let of = |run: &str| read(folder.path().join(format!("{run}/{file}")));
            assert_eq!(of("whole"), of("part"), "{file}");
        }
        assert!(read(folder.path().join("part/manifest.json")).contains(&format!("--metrics {chosen} --no-charts")));
        let verified = aigap(folder.path(), &["verify", "part"]);
        assert!(verified.status.success(), "{}", words(&verified.stderr));
    }
}

#[test]
fn conditions_are_answered_whatever_is_chosen() {
    let folder = TempDir::new().unwrap();
    let text = "title = \"x\"\nhorizon = 2026\n[[questions]]\nname = \"q\"\nthat = \"deals-ratio in 2026 > 6\"\n\
                [us.deals]\nmodel = \"random-walk\"\ngrowth = \"2%\"\nvolatility = \"20%\"\n\
                [us.deal-size]\nmodel = \"random-walk\"\ngrowth = \"2%\"\nvolatility = \"20%\"\n\
                [china.deals]\nmodel = \"random-walk\"\ngrowth = \"2%\"\nvolatility = \"20%\"\n\
                [china.deal-size]\nmodel = \"random-walk\"\ngrowth = \"2%\"\nvolatility = \"20%\"\n";
    std::fs::write(folder.path().join("x.toml"), text).unwrap();
    for (out, flags) in [("whole", &[][..]), ("part", &["--metrics", "share"][..])] {
        let mut arguments = vec!["simulate", "x.toml", "--no-charts", "--paths", "2000", "--out", out];
        arguments.extend(flags);
        let output = aigap(folder.path(), &arguments);
        assert!(output.status.success(), "{}", words(&output.stderr));
    }
    let answers = |run: &str| read(folder.path().join(format!("{run}/probabilities.csv")));
    assert!(answers("whole").contains("deals-ratio"), "{}", answers("whole"));
    assert_eq!(answers("whole"), answers("part"));
}

#[test]
fn what_shows_every_metric_says_that_some_are_missing() {
    let folder = TempDir::new().unwrap();
    assert!(simulate(folder.path(), "base.toml", "part", &["--metrics", "share"]).status.success());
    for arguments in [&["chart", "part"][..], &["report", "part"]] {
        let output = aigap(folder.path(), arguments);
        let said = words(&output.stderr);
        assert_eq!(output.status.code(), Some(3), "{said}");
        assert!(said.contains("part holds some metrics only") && said.contains("without --metrics"), "{said}");
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/base.toml");
    let output = aigap(folder.path(), &["simulate", &file.to_string_lossy(), "--metrics", "share"]);
    let said = words(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("--no-charts"), "{said}");
    assert!(!folder.path().join("output").exists());
}

#[test]
fn metrics_that_are_none_are_refused_with_a_cure() {
    let folder = TempDir::new().unwrap();
    for (chosen, cure) in [
        ("dealz", "did you mean deals?"),
        ("xyz", "aigap metrics lists them"),
        ("largest-deal", "it needs deals that are drawn one by one"),
        ("world-share", "it needs a world to be a share of"),
    ] {
        let output = simulate(folder.path(), "base.toml", "part", &["--metrics", chosen]);
        let said = words(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(cure), "{said}");
        assert!(!folder.path().join("part").exists());
    }
}

#[test]
fn single_paths_that_would_fill_the_memory_are_refused_before_the_work() {
    let folder = TempDir::new().unwrap();
    let horizon = ["--set", "horizon=2073", "--keep-paths", "100000"];
    let output = simulate(folder.path(), "deal-by-deal.toml", "part", &horizon);
    let said = words(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("--keep-paths") && said.contains("at most"), "{said}");
    assert!(!folder.path().join("part").exists());
}
