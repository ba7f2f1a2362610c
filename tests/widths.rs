//! The same bits on every processor: hashes of the random numbers and of whole runs, at every vector width.
//!
//! The hashes are committed, so each machine and each build is held against all others: run as it is, this tests the
//! widest vectors of the processor at hand; with `--no-default-features --features cli,rand` those that every processor has;
//! where valgrind is installed, those in between, which are the widest that valgrind knows; where Rust can build for it
//! and Node is installed, those of WebAssembly. `.ci/widths` does all of them.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::program::root;
use crate::support::skipped;
use aigap::random::{Indices, Key, Numbers, Purpose};
use aigap::special;
use sha2::{Digest, Sha256};

/// The hash of a name in `tests/golden/hashes.csv`.
fn golden(name: &str) -> String {
    let known = include_str!("golden/hashes.csv").lines().skip(1).filter_map(|line| line.split_once(','));
    known.filter(|(known, _)| *known == name).map(|(_, hash)| hash.to_owned()).next().unwrap()
}

fn hash_of(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn hash_of_bits(columns: &[Vec<f64>]) -> String {
    let bytes = columns.iter().flatten().flat_map(|value| value.to_bits().to_le_bytes());
    hash_of(&bytes.collect::<Vec<u8>>())
}

/// Uniforms of three addresses, at the beginning and far out, of an even year and the next.
fn uniforms() -> Vec<Vec<f64>> {
    let addresses =
        [(Purpose::Shock, "us.deals", 2024), (Purpose::Shock, "china.deal-size", 2030), (Purpose::Count, "us", 2026)];
    let firsts = [0, 1 << 20, (7 << 32) + 12];
    let mut columns = Vec::new();
    for ((purpose, address, year), first) in addresses.into_iter().zip(firsts) {
        let (mut even, mut odd) = (vec![0.0; 4099], vec![0.0; 4099]);
        let numbers = Numbers::new(20_240_515);
        numbers.fill_years(Indices { first, stride: 2 }, year, Key::new(purpose, address), &mut even, &mut odd);
        columns.extend([even, odd]);
    }
    columns
}

#[test]
fn the_random_numbers_are_those_of_every_other_machine() {
    let mut columns = uniforms();
    let mut levels = vec![0.0; 4099];
    special::exps(&columns[0], &mut levels);
    let (uniforms, exponentials) = (hash_of_bits(&columns), hash_of_bits(&[levels]));
    columns.iter_mut().for_each(|column| special::normals(column));
    let found = [uniforms, hash_of_bits(&columns), exponentials];
    assert_eq!(found, ["uniforms", "normals", "exponentials"].map(golden));
}

/// Runs whose tables are hashed: the name of the hash, the arguments of `simulate` and the number of paths.
///
/// Together they go through every kernel; the number of paths fills one block and a part of another.
const RUNS: [(&str, &[&str], &str); 3] = [
    ("job J", &["benches/job-j.toml"], "10000"),
    ("every option", &["tests/golden/options.toml"], "1100"),
    (
        "regimes and shared wild years",
        &["scenarios/boom-and-bust.toml", "--with", "scenarios/packs/fat-tails.toml"],
        "1100",
    ),
];

/// The files that these runs read.
const FILES: [&str; 5] = [
    "benches/job-j.toml",
    "tests/golden/options.toml",
    "scenarios/base.toml",
    "scenarios/boom-and-bust.toml",
    "scenarios/packs/fat-tails.toml",
];

/// Hashes of all tables of each run by a program that is started by a command, and the manifests: hashes of all files.
fn runs(command: impl Fn() -> Command) -> (Vec<String>, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    // WebAssembly sees no file outside of its folder.
    for file in FILES {
        let to = folder.path().join(file);
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::copy(root().join(file), to).unwrap();
    }
    let run = |(name, arguments, paths): (&str, &[&str], &str)| {
        let flags = ["--paths", paths, "--seed", "7", "--threads", "1", "--no-charts", "--quiet", "--out", name];
        let mut command = command();
        let output = command.current_dir(folder.path()).arg("simulate").args(arguments).args(flags).output().unwrap();
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        let entries = std::fs::read_dir(folder.path().join(name)).unwrap();
        let mut tables: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        tables.retain(|path| path.extension().is_some_and(|ending| ending == "csv"));
        tables.sort();
        let bytes: Vec<u8> = tables.iter().flat_map(|path| std::fs::read(path).unwrap()).collect();
        (hash_of(&bytes), std::fs::read_to_string(folder.path().join(name).join("manifest.json")).unwrap())
    };
    RUNS.into_iter().map(run).unzip()
}

fn golden_runs() -> Vec<String> {
    RUNS.into_iter().map(|(name, ..)| golden(&format!("tables of {name}"))).collect()
}

#[test]
fn runs_are_those_of_every_other_machine() {
    let (hashes, _) = runs(|| Command::new(env!("CARGO_BIN_EXE_aigap")));
    assert_eq!(hashes, golden_runs(), "tables of the runs above, seed 7");
}

#[test]
fn narrower_vectors_give_the_same_runs() {
    if Command::new("valgrind").arg("--version").output().is_err() {
        skipped("narrower vectors", "there is no valgrind, which pretends to be a processor without AVX-512");
        return;
    }
    let (hashes, _) = runs(|| {
        let mut command = Command::new("valgrind");
        command.args(["--tool=none", "-q", env!("CARGO_BIN_EXE_aigap")]);
        command
    });
    assert_eq!(hashes, golden_runs());
}

const WEBASSEMBLY: &str = "wasm32-wasip1";

/// Why no WebAssembly can be made or run here, if so.
fn lacks_webassembly() -> Option<&'static str> {
    let asked = Command::new("rustc").args(["--print", "target-libdir", "--target", WEBASSEMBLY]).output();
    let library = asked.ok().and_then(|told| String::from_utf8(told.stdout).ok());
    if !library.is_some_and(|folder| Path::new(folder.trim_end()).is_dir()) {
        return Some("Rust has no standard library for wasm32-wasip1 here");
    }
    let node = Command::new("node").args(["-e", "require('node:wasi')"]).output();
    (!node.is_ok_and(|told| told.status.success())).then_some("there is no Node with WASI")
}

/// The program as WebAssembly with vectors of two numbers.
fn webassembly() -> PathBuf {
    // A folder of its own: the outer cargo may hold the lock of the usual one.
    let folder = root().join("target/wasm");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--locked", "--offline", "--bin", "aigap", "--target", WEBASSEMBLY]);
    cargo.arg("--manifest-path").arg(root().join("Cargo.toml")).arg("--target-dir").arg(&folder);
    // Quick to build: only where the numbers are made must the compiler make vectors.
    for setting in ["package.'*'.opt-level=0", "opt-level=2", "debug=false", "incremental=false"] {
        cargo.args(["--config", &format!("profile.dev.{setting}")]);
    }
    // Flags of the outer build are for another processor, and those that are encoded would come first.
    cargo.env("RUSTFLAGS", "-C target-feature=+simd128").env_remove("CARGO_ENCODED_RUSTFLAGS");
    let built = cargo.output().unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    folder.join(WEBASSEMBLY).join("debug/aigap.wasm")
}

#[test]
fn webassembly_gives_the_same_runs() {
    if let Some(why) = lacks_webassembly() {
        skipped("WebAssembly", why);
        return;
    }
    let program = webassembly();
    let (hashes, manifests) = runs(|| {
        let mut command = Command::new("node");
        command.arg(root().join("tests/wasi.mjs")).arg(&program);
        command
    });
    assert_eq!(hashes, golden_runs());
    let (_, native) = runs(|| Command::new(env!("CARGO_BIN_EXE_aigap")));
    assert_eq!(manifests, native, "a file that differs has another hash");
}
