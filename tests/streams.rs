//! Files and streams that are not what a command hopes for: full disks, closed pipes, devices, and other people's files.

use std::fs;
use std::path::Path;
use std::process::{Output, Stdio};

use tempfile::TempDir;

use crate::support::program::{aigap, done, files, folder_with, program, refused, words};

/// A small run in `run`.
fn with_run() -> TempDir {
    let folder = folder_with(&["base.toml"]);
    done(folder.path(), &["simulate", "base.toml", "--paths", "512", "--no-charts", "--out", "run", "--quiet"]);
    folder
}

/// Every command that prints an answer.
const ANSWERS: [&[&str]; 11] = [
    &["facts"],
    &["metrics"],
    &["schema"],
    &["man"],
    &["licenses"],
    &["completions", "bash"],
    &["tables"],
    &["--help"],
    &["params", "base.toml"],
    &["check", "base.toml"],
    &["simulate", "base.toml", "--paths", "512", "--no-charts", "--json"],
];

#[cfg(target_os = "linux")]
#[test]
fn an_answer_that_a_full_disk_loses_is_an_error() {
    let folder = folder_with(&["base.toml"]);
    for command in ANSWERS {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = program(folder.path()).args(command).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{command:?}\n{}", words(&output.stderr));
    }
}

#[test]
fn who_closes_a_pipe_has_read_enough() {
    let folder = folder_with(&["base.toml"]);
    for command in ANSWERS {
        let mut child =
            program(folder.path()).args(command).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success() && output.stderr.is_empty(), "{command:?}\n{}", words(&output.stderr));
    }
}

#[test]
fn large_seeds_are_texts_for_programs() {
    let folder = folder_with(&["base.toml"]);
    for (seed, shown) in
        [("9007199254740992", "9007199254740992"), ("18446744073709551615", "\"18446744073709551615\"")]
    {
        let text = done(
            folder.path(),
            &["simulate", "base.toml", "--paths", "512", "--no-charts", "--json", "--seed", seed, "--out", seed],
        );
        assert!(text.contains(&format!("\"seed\": {shown},")), "{seed}");
        done(folder.path(), &["verify", seed]);
    }
}

#[test]
fn nothing_of_the_surroundings_changes_a_byte() {
    let run = |variables: &[(&str, &str)]| {
        let folder = folder_with(&["base.toml"]);
        let mut command = program(folder.path());
        command.args(["simulate", "base.toml", "--paths", "512", "--out", "run"]).envs(variables.iter().copied());
        let output: Output = command.output().unwrap();
        assert!(output.status.success(), "{}", words(&output.stderr));
        (output.stdout, files(&folder.path().join("run")))
    };
    let here = run(&[]);
    let there = [
        ("LC_ALL", "de_DE.UTF-8"),
        ("LANG", "tr_TR.UTF-8"),
        ("TZ", "Asia/Shanghai"),
        ("HOME", "/nowhere"),
        ("COLUMNS", "20"),
    ];
    assert!(run(&there) == here);
}

#[cfg(unix)]
#[test]
fn pipes_and_devices_are_refused_before_they_are_read() {
    let folder = with_run();
    let pipe = folder.path().join("pipe.toml");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let extends = |what: &str| fs::write(folder.path().join("child.toml"), format!("extends = \"{what}\"\n")).unwrap();
    for device in ["/dev/zero", "pipe.toml", "/dev/stdin"] {
        extends(device);
        assert!(
            refused(folder.path(), &["check", "child.toml", "--allow-outside"], 3).contains("a pipe or a device"),
            "{device}"
        );
        assert!(refused(folder.path(), &["check", device], 3).contains("a pipe or a device"), "{device}");
    }
    for name in ["pipe.csv", "pipe.html"] {
        assert!(std::process::Command::new("mkfifo").arg(folder.path().join(name)).status().unwrap().success());
    }
    for arguments in [
        &["facts", "pipe.csv"][..],
        &["fit", "pipe.csv"],
        &["backtest", "pipe.csv"],
        &["update", "base.toml", "--observed", "pipe.csv"],
        &["score", "run", "--observed", "pipe.csv"],
        &["report", "--check", "pipe.html"],
        &["report", "run", "-o", "pipe.html"],
    ] {
        let output = aigap(folder.path(), arguments);
        assert!(!output.status.success(), "{arguments:?}");
    }
    for name in ["manifest.json", "scenario.toml", "fan.csv"] {
        let folder = with_run();
        let path = folder.path().join("run").join(name);
        fs::remove_file(&path).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
        let output = aigap(folder.path(), &["verify", "run"]);
        assert!(matches!(output.status.code(), Some(1 | 3 | 6)), "{name}: {}", words(&output.stderr));
    }
}

#[cfg(unix)]
#[test]
fn a_link_out_of_a_run_folder_is_not_followed() {
    let folder = with_run();
    let secret = folder.path().join("secret.csv");
    fs::write(&secret, "password\n").unwrap();
    let table = folder.path().join("run/fan.csv");
    fs::remove_file(&table).unwrap();
    std::os::unix::fs::symlink(&secret, &table).unwrap();
    let message = refused(folder.path(), &["verify", "run"], 6);
    assert!(message.contains("fan.csv: is missing") && !message.contains("password"), "{message}");
}

#[test]
fn a_chart_replaces_charts_and_nothing_else() {
    let folder = with_run();
    let path = |name: &str| folder.path().join(name);
    let draw = |out: &str, more: &[&str]| {
        aigap(folder.path(), &[&["chart", "run", "--kind", "gap", "--out", out], more].concat())
    };
    for name in ["gap.csv", "gap.svg", "gap.png", "gap.json", "gap.pdf"] {
        for again in [&["--theme", "dark"] as &[&str], &[]] {
            let output = draw(name, again);
            assert!(output.status.success(), "{name}: {}", words(&output.stderr));
        }
        let foreign = name.replace("gap", "thesis");
        fs::write(path(&foreign), "years of work\n").unwrap();
        let output = draw(&foreign, &[]);
        assert_eq!(output.status.code(), Some(1), "{foreign}");
        assert!(words(&output.stderr).contains("--force"));
        assert_eq!(fs::read_to_string(path(&foreign)).unwrap(), "years of work\n");
        // The cure that it names.
        assert!(draw(&foreign, &["--force"]).status.success());
    }
    let before = files(&path("run"));
    for name in ["run/manifest.json", "run/fan.csv", "run/probabilities.csv"] {
        assert_eq!(draw(name, &[]).status.code(), Some(1), "{name}");
    }
    assert!(files(&path("run")) == before);
    // A folder with a stranger's file under the name of a chart: nothing is written there.
    fs::create_dir(path("charts")).unwrap();
    fs::write(path("charts/gap.svg"), "<svg>mine</svg>").unwrap();
    assert_eq!(draw("charts", &[]).status.code(), Some(1));
    assert_eq!(fs::read_dir(path("charts")).unwrap().count(), 1);
}

#[test]
fn a_scenario_that_cannot_be_written_whole_is_not_begun() {
    let folder = TempDir::new().unwrap();
    for _ in 0..2 {
        let output = aigap(folder.path(), &["new", "below/china-recovers"]);
        assert_eq!(output.status.code(), Some(1));
        assert!(!Path::new(&folder.path().join("below")).exists());
    }
    done(folder.path(), &["new", "china-recovers"]);
    done(folder.path(), &["check", "china-recovers.toml"]);
}
