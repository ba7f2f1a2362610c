//! What an editor knows of scenario files: the committed schema is the program's, and taplo accepts what is shipped.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::support::program::{copy_folder, root, words};
use crate::support::skipped;

#[test]
fn the_committed_schema_is_that_of_the_program() {
    let committed = std::fs::read_to_string(root().join("data/scenario.schema.json")).unwrap();
    // Write it again with: aigap schema > data/scenario.schema.json
    assert_eq!(committed, aigap::scenario::schema());
}

fn reason(installed: std::io::Result<Output>) -> String {
    match installed {
        Ok(output) => words(&output.stderr).lines().next().unwrap_or("without a reason").to_owned(),
        Err(error) => error.to_string(),
    }
}

/// Runs taplo, which npm installs into a folder of its own; `None` where there is no npm.
fn taplo(folder: &Path, files: &[PathBuf]) -> Option<Output> {
    let tools = folder.join("tools");
    if !tools.exists() {
        std::fs::create_dir(&tools).unwrap();
        let installed =
            Command::new("npm").args(["install", "--silent", "@taplo/cli@0.7.0"]).current_dir(&tools).output();
        match installed {
            Ok(output) if output.status.success() => {}
            other => {
                skipped("the schema in an editor", &format!("npm cannot install taplo here: {}", reason(other)));
                return None;
            }
        }
    }
    Some(
        Command::new(tools.join("node_modules/.bin/taplo"))
            .arg("lint")
            .args(files)
            .current_dir(folder)
            .output()
            .unwrap(),
    )
}

#[test]
fn taplo_accepts_every_shipped_scenario_and_no_mistake() {
    let folder = tempfile::tempdir().unwrap();
    copy_folder(&root().join("scenarios"), &folder.path().join("scenarios"));
    copy_folder(&root().join("data"), &folder.path().join("data"));
    let mut files: Vec<PathBuf> = Vec::new();
    for part in ["scenarios", "scenarios/packs"] {
        let entries = std::fs::read_dir(folder.path().join(part)).unwrap().map(|entry| entry.unwrap().path());
        files.extend(entries.filter(|path| path.extension().is_some_and(|it| it == "toml")));
    }
    files.sort();
    let Some(output) = taplo(folder.path(), &files) else {
        return;
    };
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    for mistake in [
        "horizon = \"soon\"",
        "[us.deals]\nmodel = \"random-wlk\"",
        "[us.deals]\ngrwth = \"2%\"",
        "[[events]]\nyaer = 2026",
    ] {
        let path = folder.path().join("scenarios/mistake.toml");
        std::fs::write(&path, format!("#:schema ../data/scenario.schema.json\n{mistake}\n")).unwrap();
        let output = taplo(folder.path(), &[path]).unwrap();
        assert!(!output.status.success(), "taplo takes this for a scenario: {mistake}");
    }
}
