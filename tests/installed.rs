//! The program without its checkout: what it carries, where it writes it and under which names it is found.

use std::fs;

use crate::support::program::{aigap, done, files, read, refused, root, words};
use tempfile::TempDir;

#[test]
fn init_writes_what_is_shipped_and_keeps_what_is_there() {
    let folder = TempDir::new().unwrap();
    let said = done(folder.path(), &["init", "here"]);
    assert!(said.contains("packs are in here/scenarios, figures and schema in here/data."), "{said}");
    assert!(said.ends_with("Next: aigap simulate here/scenarios/base.toml\n"), "{said}");
    let written = files(&folder.path().join("here"));
    assert!(written.len() > 15);
    for (name, bytes) in &written {
        assert_eq!(*bytes, fs::read(root().join(name)).unwrap(), "{name}");
    }
    // A second time nothing is new, and what somebody changed stays theirs.
    let own = folder.path().join("here/scenarios/base.toml");
    fs::write(&own, "# mine\n").unwrap();
    let said = done(folder.path(), &["init", "here"]);
    assert!(
        said.contains("Not written, because another file of that name is there: here/scenarios/base.toml."),
        "{said}"
    );
    assert_eq!(read(&own), "# mine\n");
    fs::write(folder.path().join("file"), "").unwrap();
    refused(folder.path(), &["init", "file"], 1);
}

#[test]
fn carried_scenarios_are_found_by_their_names_and_give_the_same_bytes() {
    let folder = TempDir::new().unwrap();
    let here = folder.path();
    done(here, &["init"]);
    let flags = ["--paths", "2000", "--no-charts", "--quiet"];
    let simulate = |scenario: &str, more: &[&str]| {
        done(here, &[&["simulate", scenario, "--force"], &flags[..], more].concat());
    };
    simulate("scenarios/china-state-push.toml", &["--out", "file", "--with", "scenarios/packs/calm.toml"]);
    simulate("china-state-push", &["--out", "name", "--with", "calm"]);
    for table in ["fan.csv", "probabilities.csv"] {
        assert_eq!(read(here.join("file").join(table)), read(here.join("name").join(table)), "{table}");
    }
    // Another file may extend one by its name, from wherever it stands.
    fs::create_dir(here.join("own")).unwrap();
    fs::write(here.join("own/mine.toml"), "extends = \"base\"\n").unwrap();
    simulate("own/mine.toml", &["--out", "mine"]);
    simulate("base", &["--out", "base"]);
    assert_eq!(
        read(here.join("base/fan.csv")).replace("base,", ""),
        read(here.join("mine/fan.csv")).replace("mine,", "")
    );
    done(here, &["verify", "name", "--quiet"]);
}

#[test]
fn a_file_of_that_name_comes_first() {
    let folder = TempDir::new().unwrap();
    fs::copy(root().join("scenarios/us-correction.toml"), folder.path().join("base.toml")).unwrap();
    let text = read(folder.path().join("base.toml")).replace("extends = \"base.toml\"", "extends = \"aigap-base\"");
    fs::write(folder.path().join("base.toml"), text).unwrap();
    let output = aigap(folder.path(), &["check", "base"]);
    let said = words(&[output.stdout, output.stderr].concat());
    assert!(said.contains("aigap-base") && said.contains("base.toml:"), "{said}");
}

#[test]
fn a_name_that_is_not_carried_is_told_which_are() {
    let folder = TempDir::new().unwrap();
    let said = refused(folder.path(), &["simulate", "convergense"], 3);
    assert!(said.contains("convergense") && said.contains("convergence"), "{said}");
    assert!(!folder.path().join("output").exists());
}
