//! What is built into the program: licences, sources and versions of every crate, held against `.ci/deny.toml`, and what
//! each direct dependency is for, held against CONTRIBUTING.md.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// A crate of the lock file, for whatever platform.
struct Package {
    name: String,
    version: String,
    licence: String,
    /// Where it comes from; nothing for a crate of this repository.
    source: Option<String>,
}

fn packages() -> Vec<Package> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--locked", "--format-version", "1"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let whole: Value = serde_json::from_slice(&output.stdout).unwrap();
    let text = |package: &Value, key: &str| package[key].as_str().map(str::to_owned);
    let package = |package: &Value| Package {
        name: text(package, "name").unwrap(),
        version: text(package, "version").unwrap(),
        licence: text(package, "license").unwrap_or_default(),
        source: text(package, "source"),
    };
    whole["packages"].as_array().unwrap().iter().map(package).collect()
}

fn file(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

fn rules() -> toml::Table {
    file(".ci/deny.toml").parse().unwrap()
}

/// Texts of a list in the rules.
fn list(rules: &toml::Table, section: &str, key: &str) -> Vec<String> {
    let items = rules[section][key].as_array().unwrap();
    let text = |item: &toml::Value| match item {
        toml::Value::Table(entry) => {
            assert!(entry.get("reason").and_then(toml::Value::as_str).is_some_and(|why| !why.is_empty()), "{entry:?}");
            entry["crate"].as_str().unwrap().to_owned()
        }
        other => other.as_str().unwrap().to_owned(),
    };
    items.iter().map(text).collect()
}

/// Whether a licence expression can be met with the licences that are allowed. A slash is how older crates write OR.
fn is_met(expression: &str, allowed: &[String]) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    let met = any(&words, &mut at, allowed);
    met && at == words.len()
}

fn any(words: &[&str], at: &mut usize, allowed: &[String]) -> bool {
    let mut met = all(words, at, allowed);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        met |= all(words, at, allowed);
    }
    met
}

fn all(words: &[&str], at: &mut usize, allowed: &[String]) -> bool {
    let mut met = one(words, at, allowed);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        met &= one(words, at, allowed);
    }
    met
}

fn one(words: &[&str], at: &mut usize, allowed: &[String]) -> bool {
    let Some(word) = words.get(*at) else { return false };
    *at += 1;
    if *word == "(" {
        let met = any(words, at, allowed);
        let closed = words.get(*at) == Some(&")");
        *at += 1;
        return met && closed;
    }
    // An exception adds a permission, and counts as a licence of its own here.
    if words.get(*at) == Some(&"WITH") {
        *at += 2;
        return false;
    }
    allowed.iter().any(|licence| licence == word)
}

/// The numbers of a version, for comparing; what follows a hyphen or a plus does not count.
fn numbers(version: &str) -> Vec<u64> {
    version.split(['-', '+']).next().unwrap().split('.').map(|part| part.parse().unwrap()).collect()
}

/// Whether a rule such as `name`, `name@1.2.3` or `name@>1.2.3` speaks of a package.
fn names(rule: &str, package: &Package) -> bool {
    let (name, version) = rule.split_once('@').unwrap_or((rule, ""));
    name == package.name
        && match version.strip_prefix('>') {
            Some(least) => numbers(&package.version) > numbers(least),
            None => version.is_empty() || version == package.version,
        }
}

fn complaints(packages: &[Package], rules: &toml::Table) -> Vec<String> {
    let allowed = list(rules, "licenses", "allow");
    let sources = list(rules, "sources", "allow-registry");
    let (denied, skipped) = (list(rules, "bans", "deny"), list(rules, "bans", "skip"));
    let mut wrong = Vec::new();
    let mut versions: BTreeMap<&str, Vec<&Package>> = BTreeMap::new();
    for package in packages {
        let called = format!("{} {}", package.name, package.version);
        if !is_met(&package.licence, &allowed) {
            wrong.push(format!("{called}: licence `{}`", package.licence));
        }
        let registry =
            |source: &String| source.strip_prefix("registry+").is_some_and(|url| sources.iter().any(|it| it == url));
        if package.source.as_ref().is_some_and(|source| !registry(source)) {
            wrong.push(format!("{called}: comes from {}", package.source.as_ref().unwrap()));
        }
        if denied.iter().any(|rule| names(rule, package)) {
            wrong.push(format!("{called}: denied"));
        }
        versions.entry(&package.name).or_default().push(package);
    }
    for (name, of_one) in versions {
        let counted = of_one.iter().filter(|package| !skipped.iter().any(|rule| names(rule, package))).count();
        if counted > 1 {
            wrong.push(format!("{name}: {} versions", of_one.len()));
        }
    }
    for rule in &skipped {
        let name = rule.split('@').next().unwrap();
        let found = packages.iter().any(|package| names(rule, package));
        if !found || packages.iter().filter(|package| package.name == name).count() < 2 {
            wrong.push(format!("{rule}: an exception for what is not there"));
        }
    }
    wrong
}

#[test]
fn crates_have_known_licences_sources_and_one_version() {
    let packages = packages();
    assert!(packages.len() > 50, "{} crates", packages.len());
    assert_eq!(complaints(&packages, &rules()), Vec::<String>::new(), "see .ci/deny.toml");
}

#[test]
fn each_kind_of_breach_is_found() {
    let package = |name: &str, version: &str, licence: &str, source: &str| Package {
        name: name.to_owned(),
        version: version.to_owned(),
        licence: licence.to_owned(),
        source: Some(source.to_owned()),
    };
    let registry = "registry+https://github.com/rust-lang/crates.io-index";
    let rules: toml::Table = file(".ci/deny.toml")
        .parse::<toml::Table>()
        .map(|mut rules| {
            rules["bans"].as_table_mut().unwrap().insert("skip".to_owned(), toml::Value::Array(Vec::new()));
            rules
        })
        .unwrap();
    let of = |packages: &[Package]| complaints(packages, &rules);
    assert_eq!(of(&[package("good", "1.0.0", "(MIT OR GPL-3.0) AND Zlib", registry)]), Vec::<String>::new());
    assert_eq!(
        of(&[package("copyleft", "1.0.0", "MIT AND GPL-3.0", registry)]),
        ["copyleft 1.0.0: licence `MIT AND GPL-3.0`"]
    );
    assert_eq!(of(&[package("none", "1.0.0", "", registry)]), ["none 1.0.0: licence ``"]);
    let git = "git+https://example.org/x";
    assert_eq!(of(&[package("strange", "1.0.0", "MIT", git)]), ["strange 1.0.0: comes from git+https://example.org/x"]);
    assert_eq!(of(&[package("arrayref", "0.3.11", "MIT", registry)]), ["arrayref 0.3.11: denied"]);
    let twice = [package("twice", "1.0.0", "MIT", registry), package("twice", "2.0.0", "MIT", registry)];
    assert_eq!(of(&twice), ["twice: 2 versions"]);
    let stale = complaints(&[package("good", "1.0.0", "MIT", registry)], &self::rules());
    assert!(
        stale.iter().all(|complaint| complaint.ends_with("an exception for what is not there")) && !stale.is_empty()
    );
}

/// Most crates that the library brings along when no feature is asked for, with itself.
const MOST_CRATES: usize = 59;

#[test]
fn the_lean_library_brings_few_crates_and_none_of_the_command_line() {
    let flags = ["tree", "--locked", "--no-default-features", "--edges", "normal", "--prefix", "none", "--no-dedupe"];
    let output = Command::new(env!("CARGO")).args(flags).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let crates: BTreeSet<&str> = text.lines().filter_map(|line| line.split(" (").next()).map(str::trim).collect();
    assert!(crates.len() > 10 && crates.len() <= MOST_CRATES, "{} crates: {crates:?}", crates.len());
    let of_features = [
        "clap",
        "annotate-snippets",
        "indicatif",
        "ctrlc",
        "rustix",
        "resvg",
        "png",
        "pdf-writer",
        "rust_xlsxwriter",
        "askama",
        "calamine",
        "rayon",
        "rust_iso3166",
        "flate2",
    ];
    let names = |line: &&str| of_features.contains(&line.split(' ').next().unwrap());
    assert_eq!(crates.into_iter().filter(names).collect::<Vec<_>>(), Vec::<&str>::new());
}

/// Direct dependencies, for users and for tests.
fn direct() -> Vec<String> {
    let manifest: toml::Table = file("Cargo.toml").parse().unwrap();
    let mut tables: Vec<&toml::Table> =
        ["dependencies", "dev-dependencies"].iter().map(|key| manifest[*key].as_table().unwrap()).collect();
    let targets = manifest["target"].as_table().unwrap().values();
    tables.extend(targets.filter_map(|target| target.get("dependencies")?.as_table()));
    let mut names: Vec<String> = tables.iter().flat_map(|table| table.keys().cloned()).collect();
    names.sort();
    // One may stand in both lists: optional for users, always there for tests.
    names.dedup();
    names
}

#[test]
fn the_table_says_what_each_dependency_is_for() {
    let text = file("CONTRIBUTING.md");
    let section = text.split("## What each dependency is for").nth(1).unwrap().split("\n## ").next().unwrap();
    let rows = section.lines().filter_map(|line| line.strip_prefix("| `"));
    let mut listed: Vec<String> = rows.map(|row| row.split('`').next().unwrap().to_owned()).collect();
    listed.sort();
    assert_eq!(listed, direct());
}

#[test]
fn the_version_is_the_same_wherever_it_stands() {
    let version = env!("CARGO_PKG_VERSION");
    let places = [
        ("Cargo.lock", format!("name = \"aigap\"\nversion = \"{version}\"")),
        ("web/Cargo.toml", format!("version = \"{version}\"")),
        ("web/Cargo.lock", format!("name = \"aigap\"\nversion = \"{version}\"")),
        ("web/Cargo.lock", format!("name = \"aigap-web\"\nversion = \"{version}\"")),
        ("examples/scale-out/kubernetes_job.yaml", format!("image: aigap:{version}\n")),
        ("examples/note/note.md", format!("with aigap {version},")),
        ("docs/src/pictures/gap-light.svg", format!("aigap {version}")),
        ("CHANGELOG.md", format!("\n## {version} – ")),
    ];
    let stale = places.iter().filter(|(name, stands)| !file(name).contains(stands.as_str()));
    assert_eq!(stale.map(|(name, _)| *name).collect::<Vec<_>>(), Vec::<&str>::new());
    let engine = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("web/engine.wasm")).unwrap();
    let said = format!("aigap {version}");
    assert!(engine.windows(said.len()).any(|it| it == said.as_bytes()), "run .ci/web: its charts name another version");
}
