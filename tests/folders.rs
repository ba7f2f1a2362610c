//! Run folders: one run's whole at any time, and nothing that is not aigap's is deleted or overwritten.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::support::program::{files, program};
use tempfile::TempDir;

/// A small run into `here/run`.
fn small(folder: &Path, more: &[&str]) -> Command {
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/base.toml");
    let mut command = program(folder);
    command.arg("simulate").arg(base).args(["--paths", "64", "--no-charts", "--quiet", "--out", "here/run"]).args(more);
    command
}

fn run(folder: &Path, more: &[&str]) -> Output {
    small(folder, more).output().unwrap()
}

fn message(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_new_run_keeps_what_somebody_put_into_the_folder_of_the_old_one() {
    let folder = TempDir::new().unwrap();
    assert!(run(folder.path(), &[]).status.success());
    let here = folder.path().join("here/run");
    fs::create_dir(here.join("notes")).unwrap();
    fs::write(here.join("notes/reading.docx"), "mine").unwrap();
    fs::write(here.join("todo.txt"), "mine too").unwrap();
    assert!(run(folder.path(), &["--seed", "2"]).status.success());
    let found = files(&here);
    assert_eq!(found["notes/reading.docx"], b"mine");
    assert_eq!(found["todo.txt"], b"mine too");
    assert!(String::from_utf8_lossy(&found["manifest.json"]).contains("\"seed\": 2"));
    assert_eq!(names(&folder.path().join("here")), ["run"]);
}

#[test]
fn a_file_that_was_changed_is_replaced_only_by_force() {
    let folder = TempDir::new().unwrap();
    assert!(run(folder.path(), &[]).status.success());
    let summary = folder.path().join("here/run/summary.md");
    fs::write(&summary, "edited for an hour").unwrap();
    let refused = run(folder.path(), &["--seed", "2"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(message(&refused).contains("was changed since aigap wrote it: summary.md"), "{}", message(&refused));
    assert!(message(&refused).contains("--force"), "{}", message(&refused));
    assert_eq!(fs::read_to_string(&summary).unwrap(), "edited for an hour");
    assert!(run(folder.path(), &["--seed", "2", "--force"]).status.success());
    assert_ne!(fs::read_to_string(&summary).unwrap(), "edited for an hour");
}

#[test]
fn a_strangers_file_under_the_name_of_a_table_is_not_overwritten() {
    let folder = TempDir::new().unwrap();
    assert!(run(folder.path(), &[]).status.success());
    let paths = folder.path().join("here/run/paths.csv");
    fs::write(&paths, "my own").unwrap();
    let refused = run(folder.path(), &["--keep-paths", "2"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(message(&refused).contains("paths.csv is not a file of aigap"), "{}", message(&refused));
    assert_eq!(fs::read_to_string(&paths).unwrap(), "my own");
    assert_eq!(names(&folder.path().join("here")), ["run"]);
}

#[test]
fn hidden_folders_of_strangers_beside_the_run_stay() {
    let folder = TempDir::new().unwrap();
    let beside = [".run.old", ".run.partial", ".run.aigap-partial", ".run.aigap-old"];
    for name in beside {
        fs::create_dir_all(folder.path().join("here").join(name)).unwrap();
        fs::write(folder.path().join("here").join(name).join("keep"), name).unwrap();
    }
    assert!(run(folder.path(), &[]).status.success());
    assert!(run(folder.path(), &["--seed", "2"]).status.success());
    for name in beside {
        assert_eq!(fs::read_to_string(folder.path().join("here").join(name).join("keep")).unwrap(), name);
    }
    assert_eq!(names(&folder.path().join("here")).len(), beside.len() + 1);
}

#[test]
fn a_folder_whose_manifest_lists_nothing_loses_nothing() {
    let folder = TempDir::new().unwrap();
    let here = folder.path().join("here/run");
    fs::create_dir_all(&here).unwrap();
    fs::write(here.join("manifest.json"), "{\"format\": \"aigap run 1\", \"outputs\": []}").unwrap();
    fs::write(here.join("thesis.txt"), "years of work").unwrap();
    assert!(run(folder.path(), &[]).status.success());
    assert_eq!(fs::read_to_string(here.join("thesis.txt")).unwrap(), "years of work");
}

#[cfg(unix)]
#[test]
fn a_link_to_a_run_folder_stays_a_link() {
    let folder = TempDir::new().unwrap();
    fs::create_dir_all(folder.path().join("elsewhere")).unwrap();
    fs::create_dir_all(folder.path().join("here")).unwrap();
    std::os::unix::fs::symlink(folder.path().join("elsewhere"), folder.path().join("here/run")).unwrap();
    assert!(run(folder.path(), &[]).status.success());
    assert!(run(folder.path(), &["--seed", "2"]).status.success());
    assert!(folder.path().join("here/run").is_symlink());
    assert!(folder.path().join("elsewhere/fan.csv").is_file());
}
