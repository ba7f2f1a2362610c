//! Every shipped scenario parses, runs, and says why each of its numbers is what it is.
#![allow(clippy::unwrap_used, reason = "a failed read fails the test")]

mod support;

use std::path::{Path, PathBuf};

use aigap::scenario::{Layers, Loaded, load};

fn shipped() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|it| it == "toml")).collect();
    found.sort();
    assert!(!found.is_empty());
    found
}

fn read(path: &Path) -> Loaded {
    let file = |path: &Path| std::fs::read(path).map_err(|error| error.to_string());
    load(path, &Layers::default(), None, &file).unwrap_or_else(|rejected| {
        let messages = rejected.problems.iter().map(|problem| problem.render(&rejected.sources, false));
        panic!("{}", messages.collect::<Vec<_>>().join("\n"))
    })
}

#[test]
fn every_scenario_runs_without_a_warning_and_gives_its_reasons() {
    for path in shipped() {
        let loaded = read(&path);
        assert!(loaded.warnings.is_empty(), "{}: {:?}", path.display(), loaded.warnings);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("# "), "{} opens with no story", path.display());
        for assumption in &loaded.scenario.assumptions {
            let reason = |words: &Option<String>| words.as_ref().is_some_and(|words| !words.trim().is_empty());
            assert!(reason(&assumption.why), "{}: {} has no why", path.display(), assumption.address);
            assert!(reason(&assumption.source), "{}: {} has no source", path.display(), assumption.address);
        }
        let summary = support::run(&loaded.scenario, 2_000, 1);
        assert_eq!(summary.saturated, 0);
    }
}

#[test]
fn a_resolved_scenario_reads_back_as_itself() {
    for path in shipped() {
        let resolved = read(&path).scenario.resolved_toml();
        assert_eq!(support::scenario(&resolved).resolved_toml(), resolved, "{}", path.display());
    }
}
