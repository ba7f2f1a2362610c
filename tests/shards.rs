//! A study counted in shards and merged has every byte of the whole one, and shards that do not make one up are refused.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::support::program::{done, files, read, refused, root};
use aigap::store;
use aigap::study::{
    By, Compare, CountedShard, Inputs, Prepared, Question, Recipe, Sampler, Sensitivity, SensitivityMethod, Shard,
    Sweep,
};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use tempfile::TempDir;

/// Files of a recipe that are read, by name.
fn scenario_files() -> BTreeMap<PathBuf, Vec<u8>> {
    ["base.toml", "china-state-push.toml", "us-correction.toml", "deal-by-deal.toml"]
        .into_iter()
        .map(|name| (PathBuf::from(name), fs::read(root().join("scenarios").join(name)).unwrap()))
        .collect()
}

fn prepared(recipe: &Recipe) -> Prepared {
    let files = scenario_files();
    let read = |path: &Path| files.get(path).cloned().ok_or_else(|| "there is no such file".to_owned());
    Prepared::new(recipe, Inputs::read(recipe, &read).unwrap()).unwrap()
}

fn shard(recipe: &Recipe, number: u64, of: u64) -> CountedShard {
    let shard = Shard::read(&format!("{number}/{of}")).unwrap();
    let counted = prepared(recipe).shard(shard, (recipe, scenario_files().into_iter().collect()), &|_| {}).unwrap();
    // Through its bytes, as between machines.
    let bytes = counted.to_bytes();
    let read = CountedShard::from_bytes(&bytes).unwrap();
    assert_eq!(read, counted);
    read
}

fn merged(shards: Vec<CountedShard>) -> store::Files {
    let shards = CountedShard::in_order(shards).unwrap();
    let recipe = shards[0].recipe().unwrap();
    let prepared = Prepared::new(&recipe, shards[0].inputs(&recipe).unwrap()).unwrap();
    store::files(&prepared, &prepared.merged(shards, &|_| {}).unwrap())
}

fn whole(recipe: &Recipe) -> store::Files {
    let prepared = prepared(recipe);
    store::files(&prepared, &prepared.run(&|_| {}).unwrap())
}

fn without_charts(recipe: Recipe) -> Recipe {
    let mut recipe = recipe;
    recipe.look.charts = false;
    recipe
}

/// A recipe of each question that has shards, with few paths.
fn recipes() -> Vec<(&'static str, Recipe)> {
    let asked = |question: Question, paths: u64, sampler: Option<Sampler>| {
        without_charts(Recipe { question, paths: Some(paths), sampler, ..Recipe::simulate("base.toml") })
    };
    let sensitivity = |method: SensitivityMethod, by: By| {
        let (of, also) = (Vec::new(), Vec::new());
        Question::Sensitivity(Sensitivity { scenario: "base.toml".into(), of, method, by, also })
    };
    let over = ["us.deals.growth=-10%:30%:5", "china.deals.growth=0%:20%:3"].map(str::to_owned).to_vec();
    let sweep = Question::Sweep(Sweep { scenario: "base.toml".into(), over, of: Vec::new(), precision: None });
    let simulate = Recipe::simulate("base.toml").question;
    let compare = |scenarios: &[&str]| {
        let recipe = Recipe { paths: Some(9216), ..Recipe::compare(scenarios.iter().copied()) };
        without_charts(recipe)
    };
    let Question::Compare(it) = compare(&["base.toml", "china-state-push.toml", "us-correction.toml"]).question else {
        panic!("a comparison")
    };
    let weighed = Recipe {
        question: Question::Compare(Compare { weights: Some(vec![0.5, 0.3, 0.2]), ..it }),
        ..compare(&["base.toml", "us-correction.toml"])
    };
    vec![
        ("simulate", without_charts(Recipe { paths: Some(9 * 1024 + 6), ..Recipe::simulate("base.toml") })),
        ("deals one by one", without_charts(Recipe { paths: Some(9216), ..Recipe::simulate("deal-by-deal.toml") })),
        ("compare", compare(&["base.toml", "china-state-push.toml"])),
        ("compare three", weighed),
        ("sweep", asked(sweep, 2048, None)),
        ("tornado", asked(sensitivity(SensitivityMethod::Tornado, By::Input), 1024, None)),
        ("shares", asked(sensitivity(SensitivityMethod::Sobol, By::Input), 16_384, None)),
        (
            "Shapley's shares on points",
            asked(sensitivity(SensitivityMethod::Shapley, By::Layer), 16_384, Some(Sampler::Sobol)),
        ),
        ("points", asked(simulate, 16_384, Some(Sampler::Sobol))),
    ]
}

fn assert_same(name: &str, found: &store::Files, expected: &store::Files) {
    let names = |files: &store::Files| files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(found), names(expected), "{name}");
    for ((file, found), (_, expected)) in found.iter().zip(expected) {
        assert!(found == expected, "{name}: {file} differs");
    }
}

#[test]
fn shards_of_every_question_are_the_whole_study() {
    for (name, recipe) in recipes() {
        let expected = whole(&recipe);
        for of in [1, 3] {
            let shards = (1..=of).rev().map(|number| shard(&recipe, number, of)).collect();
            assert_same(&format!("{name} in {of}"), &merged(shards), &expected);
        }
    }
}

/// From 1 to 9 shards, in whatever order they come back, of whatever was asked.
#[test]
fn any_number_of_shards_in_any_order_is_the_whole_study() {
    let recipes = recipes();
    let expected: Vec<OnceLock<store::Files>> = recipes.iter().map(|_| OnceLock::new()).collect();
    let mut runner = TestRunner::new(ProptestConfig { cases: 12, ..ProptestConfig::default() });
    let orders = (1_u64..=9).prop_flat_map(|of| Just((1..=of).collect::<Vec<u64>>()).prop_shuffle());
    let outcome = runner.run(&(0..recipes.len(), orders), |(which, order)| {
        let (name, recipe) = &recipes[which];
        let of = order.len() as u64;
        let shards = order.iter().map(|number| shard(recipe, *number, of)).collect();
        assert_same(&format!("{name} {order:?}"), &merged(shards), expected[which].get_or_init(|| whole(recipe)));
        Ok(())
    });
    outcome.unwrap();
}

/// Lays the shipped scenarios into a folder.
fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, bytes) in scenario_files() {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

#[test]
fn the_commands_write_what_one_run_writes_and_say_what_is_next() {
    let folder = folder();
    let here = folder.path();
    let flags = ["simulate", "base.toml", "--paths", "4096", "--no-charts"];
    done(here, &[&flags[..], &["--quiet", "--out", "whole"]].concat());
    let said = done(here, &[&flags[..], &["--shard", "1/2"]].concat());
    assert!(said.starts_with("output/base.1-of-2.part: shard 1/2, "), "{said}");
    assert!(said.ends_with("Next: aigap merge output/base.*-of-2.part\n"), "{said}");
    let first = fs::read(here.join("output/base.1-of-2.part")).unwrap();
    assert!(first.len() < 5_000_000, "{} bytes", first.len());
    // The same work again is the same file.
    done(here, &[&flags[..], &["--shard", "1/2", "--threads", "1"]].concat());
    assert!(fs::read(here.join("output/base.1-of-2.part")).unwrap() == first);
    done(here, &[&flags[..], &["--shard", "2/2", "--out", "b.part"]].concat());
    // Shards carry their scenario: it may be gone.
    fs::remove_file(here.join("base.toml")).unwrap();
    let said = done(here, &["merge", "b.part", "output/base.1-of-2.part", "--out", "merged"]);
    assert!(said.starts_with("merged/: 2 shards merged, 4,096 paths; every file as one run writes it."), "{said}");
    assert_eq!(files(&here.join("merged")), files(&here.join("whole")));
    done(here, &["verify", "merged", "--quiet"]);
}

#[test]
fn what_makes_no_study_is_refused_and_nothing_is_written() {
    let folder = folder();
    let here = folder.path();
    let count = |paths: &str, shard: &str, out: &str| {
        let flags = ["simulate", "base.toml", "--paths", paths, "--shard", shard, "--out", out, "--quiet"];
        done(here, &flags);
    };
    count("4096", "1/3", "a");
    count("4096", "2/3", "b");
    count("4096", "3/3", "c");
    count("6144", "2/3", "other");
    let mut damaged = fs::read(here.join("b")).unwrap();
    let middle = damaged.len() / 2;
    damaged[middle] ^= 1;
    fs::write(here.join("damaged"), damaged).unwrap();
    fs::write(here.join("note"), "mine").unwrap();
    let cases: [(&[&str], i32, &str); 6] = [
        (&["a", "c"], 3, "1 shard is missing: 2/3; count with --shard, then merge all"),
        (&["a", "b", "b", "c"], 3, "b and b are both shard 2/3; leave one out"),
        (&["a", "other", "c"], 3, "other is a shard of another study than a: it was asked something else"),
        (&["a", "damaged", "c"], 3, "damaged: this part is damaged (its bytes are not those that were written)"),
        (&["a", "note", "c"], 3, "note: this is no part of a run"),
        (&["a", "gone", "c"], 1, "gone: "),
    ];
    for (parts, code, words) in cases {
        let said = refused(here, &[&["merge"], parts, &["--out", "run"]].concat(), code);
        assert!(said.contains(words), "{parts:?}: {said}");
        assert!(!here.join("run").exists());
    }
    let shard = |more: &[&str], code: i32| {
        refused(here, &[&["simulate", "base.toml", "--paths", "4096", "--out", "x"], more].concat(), code)
    };
    assert!(shard(&["--shard", "4/3"], 2).contains("shards of 3 are numbered from 1/3 to 3/3"));
    assert!(shard(&["--shard", "two"], 2).contains("write which of how many, such as 2/5"));
    assert!(shard(&["--shard", "1/5"], 2).contains("4096 paths are counted in 4 blocks: at most --shard 1/4"));
    assert!(shard(&["--shard", "1/2", "--exact"], 2).contains("leave out --exact"));
    assert!(shard(&["--shard", "1/2", "--seed", "random"], 2).contains("give all of them the same number"));
    let said = refused(here, &["simulate", "base.toml", "--paths", "4096", "--shard", "1/2", "--out", "note"], 1);
    assert!(said.contains("note is there and is no shard of a study"), "{said}");
    assert_eq!(read(here.join("note")), "mine");
    assert!(!here.join("x").exists());
}
