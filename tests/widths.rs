//! The same bits on every processor: hashes of the random numbers and of a whole run, at every vector width.
//!
//! The hashes are committed, so each machine and each build is held against all others: run as it is, this tests the
//! widest vectors of the processor at hand; with `--no-default-features` those that every processor has; where
//! valgrind is installed, those in between, which are the widest that valgrind knows. `.ci/widths` does all of them.
#![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

use std::path::{Path, PathBuf};
use std::process::Command;

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

fn job() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/job-j.toml")
}

/// The hash of `fan.csv` of a run whose program is started by a command.
fn hash_of_run(mut command: Command, scenario: &Path) -> String {
    let folder = tempfile::tempdir().unwrap();
    let flags = ["--paths", "10000", "--seed", "7", "--threads", "1", "--no-charts", "--quiet", "--out", "run"];
    let output = command.current_dir(folder.path()).arg("simulate").arg(scenario).args(flags).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    hash_of(&std::fs::read(folder.path().join("run/fan.csv")).unwrap())
}

#[test]
fn a_run_is_that_of_every_other_machine() {
    let hash = hash_of_run(Command::new(env!("CARGO_BIN_EXE_aigap")), &job());
    assert_eq!(hash, golden("fan of job J"), "fan.csv of 10,000 paths of benches/job-j.toml, seed 7");
}

#[test]
fn narrower_vectors_give_the_same_run() {
    if Command::new("valgrind").arg("--version").output().is_err() {
        println!("skipped: valgrind is not installed, and it is what pretends to be a processor without AVX-512");
        return;
    }
    let mut command = Command::new("valgrind");
    command.args(["--tool=none", "-q", env!("CARGO_BIN_EXE_aigap")]);
    assert_eq!(hash_of_run(command, &job()), golden("fan of job J"));
}
