//! Accuracy on request, as the user meets it: exact quantiles, a stated precision, quasi-random points.
#![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

fn aigap(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_aigap"));
    command.current_dir(folder).env("NO_COLOR", "1").args(arguments).output().unwrap()
}

fn shipped(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name).to_string_lossy().into_owned()
}

fn words(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn read(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).unwrap()
}

/// Simulates the shipped baseline into a folder and returns what it printed.
fn simulate(folder: &Path, out: &str, flags: &[&str]) -> String {
    let base = shipped("base.toml");
    let mut arguments = vec!["simulate", &base, "--no-charts", "--out", out];
    arguments.extend(flags);
    let output = aigap(folder, &arguments);
    assert!(output.status.success(), "{}", words(&output.stderr));
    words(&output.stdout)
}

#[test]
fn exact_quantiles_move_by_less_than_a_bucket_and_say_what_they_are() {
    let folder = TempDir::new().unwrap();
    let story = simulate(folder.path(), "exact", &["--paths", "5000", "--exact"]);
    simulate(folder.path(), "threads", &["--paths", "5000", "--exact", "--threads", "1"]);
    simulate(folder.path(), "plain", &["--paths", "5000"]);
    assert!(story.contains("exact quantiles"), "{story}");
    assert!(read(folder.path(), "exact/manifest.json").contains("base.toml --paths 5000 --seed 20240515 --exact"));
    assert!(read(folder.path(), "exact/summary.md").contains("exact order statistics"));
    let [exact, threads, plain] =
        ["exact", "threads", "plain"].map(|run| read(folder.path(), &format!("{run}/fan.csv")));
    assert_eq!(exact, threads);
    let mut moved = 0;
    for (exact, plain) in exact.lines().zip(plain.lines()).skip(1) {
        let fields = |line: &str| line.split(',').map(str::to_owned).collect::<Vec<_>>();
        let (exact, plain) = (fields(exact), fields(plain));
        // Everything that is no quantile stays as it is.
        assert_eq!((&exact[..10], &exact[19..]), (&plain[..10], &plain[19..]));
        for (exact, plain) in exact[10..19].iter().zip(&plain[10..19]).filter(|(exact, _)| !exact.is_empty()) {
            let (exact, plain): (f64, f64) = (exact.parse().unwrap(), plain.parse().unwrap());
            // A log is as far off as its ratio is in relative terms, which matters where it is near zero.
            assert!((exact - plain).abs() <= 1e-3 * exact.abs().max(1.0), "{exact} {plain}");
            moved += u32::from(exact != plain);
        }
    }
    assert!(moved > 500, "{moved} quantiles moved: the flag does nothing");
}
