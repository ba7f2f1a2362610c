//! The program as its user meets it: files, words, exit codes.

use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use crate::support::program::{files, program, tables_can_be_read, words};
use tempfile::TempDir;

fn base() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/base.toml")
}

fn simulate(folder: &Path, flags: &[&str]) -> Output {
    program(folder).arg("simulate").arg(base()).args(["--paths", "2000"]).args(flags).output().unwrap()
}

#[test]
fn the_main_job_writes_every_file_of_a_run() {
    let folder = TempDir::new().unwrap();
    let output = simulate(folder.path(), &[]);
    assert!(output.status.success(), "{}", words(&output.stderr));
    let found = files(&folder.path().join("output/base"));
    let names: Vec<&str> = found.keys().map(String::as_str).collect();
    let mut expected = vec![
        "assumptions.csv",
        "checks.csv",
        "decomposition.csv",
        "distribution.csv",
        "fan.csv",
        "fan_errors.csv",
        "manifest.json",
        "milestones.csv",
        "observations.csv",
        "probabilities.csv",
        "quantiles.csv",
        "scenario.toml",
        "summary.md",
        "uncertainty.csv",
        "workbook.xlsx",
    ];
    let charts: Vec<String> = [
        "deals",
        "decomposition",
        "distribution",
        "distribution-histogram",
        "funding",
        "funding-linear",
        "gap",
        "probability",
    ]
    .iter()
    .flat_map(|chart| ["csv", "json", "png", "svg"].map(|ending| format!("charts/{chart}.{ending}")))
    .collect();
    expected.extend(charts.iter().map(String::as_str));
    expected.sort_unstable();
    assert_eq!(names, expected);
    let story = words(&output.stdout);
    // A dozen lines, one more where few paths leave digits uncertain, and behind them where it is and what to do next.
    let told = story.lines().take_while(|line| !line.starts_with("output/")).filter(|line| !line.is_empty()).count();
    assert!(told <= 12 + usize::from(story.contains("≈: ")) && story.lines().count() <= told + 4, "{story}");
    assert!(story.lines().all(|line| line.chars().count() <= 80 || line.contains('/')), "{story}");
    let one_line = story.split_whitespace().collect::<Vec<_>>().join(" ");
    for word in ["not a forecast", "US ÷ China", "China ahead in 2030", "ssumed, not estimated"] {
        assert!(one_line.contains(word), "{word} is missing:\n{story}");
    }
    tables_can_be_read(&found);
}

#[test]
fn files_are_the_same_bytes_on_one_and_two_threads_and_the_second_time() {
    let folder = TempDir::new().unwrap();
    for (out, threads) in [("one", "1"), ("two", "2"), ("again", "2"), ("again", "1")] {
        assert!(simulate(folder.path(), &["--threads", threads, "--out", out]).status.success());
    }
    let first = files(&folder.path().join("one"));
    assert_eq!(first, files(&folder.path().join("two")));
    assert_eq!(first, files(&folder.path().join("again")));
}

#[test]
fn the_manifest_holds_the_hash_of_every_other_file() {
    let folder = TempDir::new().unwrap();
    simulate(folder.path(), &[]);
    let found = files(&folder.path().join("output/base"));
    let manifest: serde_json::Value = serde_json::from_slice(&found["manifest.json"]).unwrap();
    let outputs = manifest["outputs"].as_array().unwrap();
    assert_eq!(outputs.len(), found.len() - 1);
    for entry in outputs {
        let name = entry["name"].as_str().unwrap();
        assert_eq!(entry["sha256"], aigap::table::sha256(&found[name]), "{name}");
    }
    let text = words(&found["manifest.json"]);
    assert!(!text.contains(folder.path().to_str().unwrap()) && !text.contains(env!("CARGO_MANIFEST_DIR")));
    assert_eq!(manifest["command"], "aigap simulate base.toml --paths 2000 --seed 20240515");
}

#[test]
fn the_resolved_scenario_makes_the_same_numbers() {
    let folder = TempDir::new().unwrap();
    simulate(folder.path(), &["--no-charts", "--set", "china.deals.growth=3% from 2027"]);
    let run = folder.path().join("output/base-china.deals.growth-3pc-from-2027");
    let resolved = run.join("scenario.toml");
    let copy = folder.path().join("base.toml");
    std::fs::copy(resolved, &copy).unwrap();
    let flags = ["simulate", "base.toml", "--paths", "2000", "--no-charts", "--out", "again"];
    assert!(program(folder.path()).args(flags).status().unwrap().success());
    let (first, second) = (files(&run), files(&folder.path().join("again")));
    for name in ["fan.csv", "probabilities.csv", "scenario.toml"] {
        assert_eq!(words(&first[name]), words(&second[name]), "{name}");
    }
}

/// A sample of the golden rows through the built program and its CSV: quantiles of BASE within five standard errors.
#[test]
fn golden_values_stand_in_the_csv() {
    let folder = TempDir::new().unwrap();
    let text = include_str!("support/runs.rs");
    let text = &text[text.find("BASE: &str = r#\"").unwrap() + 16..];
    std::fs::write(folder.path().join("BASE.toml"), &text[..text.find("\"#;").unwrap()]).unwrap();
    let status =
        program(folder.path()).args(["simulate", "BASE.toml", "--no-charts", "--quiet", "--out", "run"]).status();
    assert!(status.unwrap().success());
    let mut reader = csv::Reader::from_path(folder.path().join("run/fan.csv")).unwrap();
    let header = reader.headers().unwrap().clone();
    let place = |name: &str| header.iter().position(|known| known == name).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(|record| record.unwrap()).collect();
    let value = |metric: &str, region: &str, year: &str, column: &str| -> f64 {
        let row = rows.iter().find(|row| &row[1] == metric && &row[2] == region && &row[3] == year).unwrap();
        row[place(column)].parse().unwrap()
    };
    // Rows B01_q50, B11_h5_q05, B14 and B20_q50 of the golden values, with the standard deviation of one path.
    let cases = [
        ("deals", "us", "p50", 1_272.051_726_705_070_4, 712.983_875_5),
        ("ratio", "us-china", "p5", 1.457_011_243_622_699, 3.957_962_477),
        ("gap", "us-china", "mean", 62.916_628_446, 87.326_37),
        ("share", "us-china", "p50", 0.923_497_171_5, 0.113_826),
    ];
    for (metric, region, column, expected, unit_sd) in cases {
        let found = value(metric, region, "2028", column);
        let allowed = 5.0 * unit_sd / 1e5f64.sqrt() + expected / 1024.0;
        assert!((found - expected).abs() <= allowed, "{metric}: {found} instead of {expected}");
    }
}

#[test]
fn a_broken_scenario_writes_nothing_and_exits_with_3() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("broken.toml"), "horizon = 2030\n[us.deals]\nmodel = \"random-wlk\"\n").unwrap();
    let output = program(folder.path()).args(["simulate", "broken.toml"]).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    let said = words(&output.stderr);
    assert!(said.contains("broken.toml:3:9") && said.contains("did you mean \"random-walk\"?"), "{said}");
    assert!(!folder.path().join("output").exists());
    assert!(output.stdout.is_empty());
}

#[test]
fn files_that_are_no_scenarios_are_refused_in_words() {
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::create_dir(path("folder.toml")).unwrap();
    std::fs::write(path("empty.toml"), "").unwrap();
    std::fs::write(path("latin.toml"), b"title = \"caf\xe9\"\n").unwrap();
    let large = std::fs::File::create(path("large.toml")).unwrap();
    large.set_len(100 << 20).unwrap();
    let cases = [
        ("missing.toml", "there is no such file"),
        ("folder.toml", "folder.toml is a folder"),
        ("empty.toml", "is empty"),
        ("latin.toml", "not UTF-8"),
        ("large.toml", "100 MB"),
    ];
    for (name, word) in cases {
        let output = program(folder.path()).args(["check", name]).output().unwrap();
        assert_eq!(output.status.code(), Some(3), "{name}");
        let said = words(&output.stderr);
        assert!(said.contains(word) && !said.contains("panicked"), "{name}: {said}");
    }
}

#[test]
fn what_cannot_be_written_is_said_and_exits_with_1() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("output"), "a file where a folder is needed").unwrap();
    let output = simulate(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(words(&output.stderr).contains("choose another folder with --out"), "{}", words(&output.stderr));
}

#[test]
fn a_folder_that_is_not_a_run_is_left_alone() {
    let folder = TempDir::new().unwrap();
    let mine = folder.path().join("mine");
    std::fs::create_dir(&mine).unwrap();
    std::fs::write(mine.join("thesis.txt"), "years of work").unwrap();
    let output = simulate(folder.path(), &["--out", "mine"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(words(&output.stderr).contains("not an earlier run"));
    assert_eq!(files(&mine).keys().collect::<Vec<_>>(), ["thesis.txt"]);
}

#[cfg(unix)]
#[test]
fn a_run_killed_at_any_moment_leaves_the_old_run_or_the_new_one() {
    let folder = TempDir::new().unwrap();
    assert!(simulate(folder.path(), &["--seed", "1"]).status.success());
    let run = folder.path().join("output/base");
    let old = files(&run);
    let mut new = None;
    for wait in 0..60u64 {
        let mut command = program(folder.path());
        command.arg("simulate").arg(base()).args(["--paths", "2000", "--seed", "2", "--quiet"]);
        let mut child = command.spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(wait * 7));
        let _ = child.kill();
        let finished = child.wait().unwrap().success();
        let found = files(&run);
        if found != old {
            let whole = new.get_or_insert_with(|| {
                let other = TempDir::new().unwrap();
                assert!(simulate(other.path(), &["--seed", "2"]).status.success());
                files(&other.path().join("output/base"))
            });
            assert_eq!(found, *whole, "after {wait} steps");
        }
        if finished && found != old {
            break;
        }
    }
    assert!(simulate(folder.path(), &["--seed", "1"]).status.success());
    assert_eq!(files(&run), old);
    let left: Vec<_> =
        std::fs::read_dir(folder.path().join("output")).unwrap().map(|it| it.unwrap().file_name()).collect();
    assert_eq!(left, ["base"], "leftovers of killed runs are removed");
}

#[test]
fn flags_that_make_no_sense_exit_with_2() {
    let folder = TempDir::new().unwrap();
    for flags in [["--paths", "1001"], ["--paths", "0"], ["--paths", "many"], ["--seed", "-1"], ["--threads", "0"]] {
        let output = program(folder.path()).arg("simulate").arg(base()).args(flags).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{flags:?}");
    }
    assert_eq!(program(folder.path()).arg("simlate").output().unwrap().status.code(), Some(2));
    let odd = program(folder.path()).arg("simulate").arg(base()).args(["--paths", "1001"]).output().unwrap();
    assert!(words(&odd.stderr).contains("even number"));
}

#[test]
fn paths_that_leave_the_range_of_numbers_fail_with_4() {
    let folder = TempDir::new().unwrap();
    let wild = "model = \"ar1\"\ninitial-growth = \"500%\"\nlong-run-growth = \"500%\"\npersistence = 0.99\nvolatility = \"150%\"\n";
    let tables =
        ["us.deals", "us.deal-size", "china.deals", "china.deal-size"].map(|series| format!("[{series}]\n{wild}"));
    std::fs::write(folder.path().join("wild.toml"), format!("horizon = 2073\n{}", tables.concat())).unwrap();
    let output = program(folder.path()).args(["simulate", "wild.toml", "--paths", "2000"]).output().unwrap();
    assert_eq!(output.status.code(), Some(4));
    assert!(words(&output.stderr).contains("left the range of numbers"), "{}", words(&output.stderr));
    assert!(!folder.path().join("output").exists());
}

#[test]
fn a_check_that_must_hold_fails_under_strict_alone() {
    let folder = TempDir::new().unwrap();
    let text = std::fs::read_to_string(base()).unwrap();
    let check = "[[checks]]\nname = \"never\"\nthat = \"ratio < 2\"\nseverity = \"fail\"\nallow = \"5%\"\n";
    std::fs::write(folder.path().join("checked.toml"), format!("{text}\n{check}")).unwrap();
    let run = |flags: &[&str]| {
        let mut command = program(folder.path());
        command.args(["simulate", "checked.toml", "--paths", "2000", "--no-charts"]).args(flags).output().unwrap()
    };
    let lenient = run(&[]);
    assert!(lenient.status.success());
    assert!(words(&lenient.stdout).contains("Implausible:"), "{}", words(&lenient.stdout));
    assert_eq!(run(&["--strict", "--quiet"]).status.code(), Some(5));
    let checks = words(&files(&folder.path().join("output/checked"))["checks.csv"]);
    assert!(checks.contains("never,ratio < 2,fail,0.05,"), "{checks}");
}

#[test]
fn single_paths_are_those_of_any_longer_run() {
    let folder = TempDir::new().unwrap();
    for (out, paths) in [("short", "200"), ("long", "4000")] {
        let mut command = program(folder.path());
        command.arg("simulate").arg(base()).args(["--no-charts", "--quiet", "--keep-paths", "10", "--out", out]);
        assert!(command.args(["--paths", paths]).status().unwrap().success());
    }
    let read = |out: &str| words(&files(&folder.path().join(out))["paths.csv"]);
    assert_eq!(read("short"), read("long"));
    // Ten paths, each with its 16 assumptions and 15 measures in 7 years, below a header.
    assert_eq!(read("short").lines().count(), 1 + 10 * (16 + 15 * 7));
}

#[test]
fn a_world_is_the_sum_of_its_parts() {
    let folder = TempDir::new().unwrap();
    let rest = "[rest.deals]\nmodel = \"random-walk\"\ngrowth = \"0%\"\nvolatility = \"20%\"\n\
                [rest.deal-size]\nmodel = \"random-walk\"\ngrowth = \"5%\"\nvolatility = \"40%\"\n";
    let text = format!("{}\n{rest}", std::fs::read_to_string(base()).unwrap());
    std::fs::write(folder.path().join("world.toml"), text).unwrap();
    let flags = ["simulate", "world.toml", "--paths", "2000", "--quiet", "--keep-paths", "2", "--out", "run"];
    assert!(program(folder.path()).args(flags).status().unwrap().success());
    let found = files(&folder.path().join("run"));
    let mut reader = csv::Reader::from_reader(found["paths.csv"].as_slice());
    let rows: Vec<csv::StringRecord> = reader.records().map(|record| record.unwrap()).collect();
    let value = |region: &str| -> f64 {
        let row =
            rows.iter().find(|row| &row[1] == "1" && &row[3] == "2030" && &row[4] == "funding" && &row[5] == region);
        row.unwrap()[7].parse().unwrap()
    };
    let sum = value("us") + value("china") + value("rest");
    assert!((value("world") / sum - 1.0).abs() < 1e-14);
    assert!(words(&found["observations.csv"]).contains("world,2023,funding,42.5"));
}

#[test]
fn answers_can_be_read_by_programs_and_by_nobody() {
    let folder = TempDir::new().unwrap();
    let output = simulate(folder.path(), &["--json"]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["paths"], 2000);
    let quiet = simulate(folder.path(), &["--quiet"]);
    assert!(quiet.status.success() && quiet.stdout.is_empty() && quiet.stderr.is_empty());
    let facts = program(folder.path()).args(["facts", "--json"]).output().unwrap();
    let facts: serde_json::Value = serde_json::from_slice(&facts.stdout).unwrap();
    assert!(facts["facts"].as_array().unwrap().len() > 50);
    let random = simulate(folder.path(), &["--seed", "random", "--quiet"]);
    assert!(words(&random.stderr).starts_with("seed "));
    let check = program(folder.path()).arg("check").arg(base()).args(["--json"]).output().unwrap();
    assert_eq!(words(&check.stdout), "[]\n");
}

#[test]
fn a_closed_pipe_is_no_accident() {
    let folder = TempDir::new().unwrap();
    let mut child = program(folder.path()).arg("facts").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(!words(&output.stderr).contains("panicked"));
}
