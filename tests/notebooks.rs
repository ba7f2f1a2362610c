//! The examples for other tools, run as their readers would: Python, R, and a Dask cluster that loses a worker.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::program::{done, files, folder_with, program, root, words};
use crate::support::skipped;

/// The Python that has these packages: the one that `.ci/run` fills, or the machine's; `None` with a line that says so.
fn python_with(packages: &str) -> Option<PathBuf> {
    let own = root().join("target/readers/bin/python");
    let found = [own, PathBuf::from("python3")].into_iter().find(|python| {
        let asked = Command::new(python).args(["-c", &format!("import {packages}")]).output();
        asked.is_ok_and(|told| told.status.success())
    });
    if found.is_none() {
        skipped(&format!("the example with {packages}"), "no Python here has them; .ci/run installs them");
    }
    found
}

fn example(name: &str) -> PathBuf {
    root().join("examples").join(name)
}

fn run(command: &mut Command, folder: &Path) -> String {
    let output = command.current_dir(folder).env("MPLCONFIGDIR", folder).output().unwrap();
    assert!(output.status.success(), "{}{}", words(&output.stdout), words(&output.stderr));
    words(&output.stdout)
}

/// The quantiles of the ratio in 2030 as `fan.csv` has them: p10, p50, p90.
fn ratio(folder: &Path) -> Vec<f64> {
    let table = std::fs::read_to_string(folder.join("run/fan.csv")).unwrap();
    let mut lines = table.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let head = lines.next().unwrap();
    let place = |name: &str| head.iter().position(|column| *column == name).unwrap();
    let row = lines.find(|row| row[place("metric")] == "ratio" && row[place("year")] == "2030").unwrap();
    ["p10", "p50", "p90"].map(|level| row[place(level)].parse().unwrap()).to_vec()
}

/// Numbers of the last line that a program printed, behind the year.
fn last_numbers(said: &str) -> Vec<f64> {
    let line = said.trim_end().lines().last().unwrap();
    line.split_whitespace().skip(1).map(|number| number.parse().unwrap()).collect()
}

fn near(found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        // As many digits as R and pandas print.
        assert!((found / expected - 1.0).abs() < 1e-4, "{found} {expected}");
    }
}

#[test]
fn pandas_and_matplotlib_read_a_run() {
    let Some(python) = python_with("pandas, matplotlib") else { return };
    let folder = folder_with(&["base.toml"]);
    done(folder.path(), &["simulate", "base.toml", "--paths", "2000", "--no-charts", "--quiet", "--out", "run"]);
    let said = run(Command::new(python).arg(example("python/read_run.py")).args(["run", "ratio.png"]), folder.path());
    near(&last_numbers(&said), &ratio(folder.path()));
    assert!(std::fs::read(folder.path().join("ratio.png")).unwrap().starts_with(b"\x89PNG"));
}

#[test]
fn r_reads_a_run() {
    if Command::new("Rscript").arg("--version").output().is_err() {
        skipped("the example in R", "there is no Rscript here");
        return;
    }
    let folder = folder_with(&["base.toml"]);
    done(folder.path(), &["simulate", "base.toml", "--paths", "2000", "--no-charts", "--quiet", "--out", "run"]);
    let said = run(Command::new("Rscript").arg(example("r/read_run.R")).args(["run", "ratio.pdf"]), folder.path());
    near(&last_numbers(&said), &ratio(folder.path()));
    assert!(std::fs::read(folder.path().join("ratio.pdf")).unwrap().starts_with(b"%PDF"));
}

#[test]
fn ggplot2_draws_a_run() {
    let asked = Command::new("Rscript").args(["-e", "library(ggplot2)"]).output();
    if !asked.is_ok_and(|told| told.status.success()) {
        skipped("the example with ggplot2", "R has no ggplot2 here; .ci/run installs it");
        return;
    }
    let folder = folder_with(&["base.toml"]);
    done(folder.path(), &["simulate", "base.toml", "--paths", "2000", "--no-charts", "--quiet", "--out", "run"]);
    let script = example("r/read_run_ggplot2.R");
    let said = run(Command::new("Rscript").arg(script).args(["run", "ratio.png"]), folder.path());
    near(&last_numbers(&said), &ratio(folder.path()));
    assert!(std::fs::read(folder.path().join("ratio.png")).unwrap().starts_with(b"\x89PNG"));
}

#[test]
fn polars_and_duckdb_read_the_parquet_files_of_a_run() {
    let Some(python) = python_with("polars, duckdb") else { return };
    let folder = folder_with(&["base.toml"]);
    done(folder.path(), &["simulate", "base.toml", "--paths", "2000", "--no-charts", "--quiet", "--out", "run"]);
    done(folder.path(), &["export", "run", "--to", "parquet"]);
    let said = run(Command::new(python).arg(example("python/read_parquet.py")).arg("run-parquet"), folder.path());
    near(&last_numbers(&said), &ratio(folder.path()));
}

/// Four shards on as many processes as GNU parallel likes.
#[test]
fn gnu_parallel_gives_the_bytes_of_one_run() {
    let told = Command::new("parallel").arg("--version").output();
    if !told.is_ok_and(|told| words(&told.stdout).starts_with("GNU parallel")) {
        skipped("the example for GNU parallel", "there is no parallel here; .ci/run installs it");
        return;
    }
    let folder = folder_with(&["base.toml"]);
    let here = folder.path();
    let study = ["simulate", "base.toml", "--paths", "8192", "--no-charts"];
    done(here, &[&study[..], &["--quiet", "--out", "whole"]].concat());
    let program = program(here).get_program().to_owned();
    let own = Path::new(&program).parent().unwrap().to_string_lossy().into_owned();
    let path = format!("{own}:{}", std::env::var("PATH").unwrap_or_default());
    let mut command = Command::new("bash");
    command.arg(example("scale-out/with_parallel.sh")).arg("4").args(study).env("PATH", path).env("HOME", here);
    run(&mut command, here);
    assert_eq!(files(&here.join("output/base")), files(&here.join("whole")));
}

#[test]
fn a_cluster_that_loses_a_worker_gives_the_bytes_of_one_run() {
    let Some(python) = python_with("distributed") else { return };
    let folder = folder_with(&["base.toml"]);
    let here = folder.path();
    let study = ["simulate", "base.toml", "--paths", "20480", "--no-charts"];
    done(here, &[&study[..], &["--quiet", "--out", "whole"]].concat());
    let mut command = Command::new(python);
    command.arg(example("scale-out/with_dask.py")).args(["--aigap", &program(here).get_program().to_string_lossy()]);
    command.args(["--shards", "8", "--out", "merged", "--kill-one", "--"]).args(study);
    let said = run(&mut command, here);
    assert!(said.contains("killed worker") && said.contains("8 shards merged, 20,480 paths"), "{said}");
    assert_eq!(files(&here.join("merged")), files(&here.join("whole")));
}
