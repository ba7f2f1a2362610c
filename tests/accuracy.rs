//! Accuracy on request, as the user meets it: exact quantiles, a stated precision, quasi-random points.

use std::path::Path;

use crate::support::program::{aigap, read, shipped, words};
use tempfile::TempDir;

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
    assert!(read(folder.path().join("exact/manifest.json")).contains("base.toml --paths 5000 --seed 20240515 --exact"));
    assert!(read(folder.path().join("exact/summary.md")).contains("all paths sorted by size (order statistics"));
    let [exact, threads, plain] =
        ["exact", "threads", "plain"].map(|run| read(folder.path().join(format!("{run}/fan.csv"))));
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

#[test]
fn a_stated_precision_is_reached_or_the_command_says_how_far_it_came() {
    let folder = TempDir::new().unwrap();
    let story = simulate(folder.path(), "five", &["--precision", "5%"]).replace('\n', " ");
    assert!(story.contains("Precision of 5% asked, reached with "), "{story}");
    let (manifest, summary) =
        (read(folder.path().join("five/manifest.json")), read(folder.path().join("five/summary.md")));
    assert!(manifest.contains("aigap simulate base.toml --precision 5% --seed 20240515 --no-charts"), "{manifest}");
    assert!(summary.contains("Precision of 5% asked, reached with "), "{summary}");

    let base = shipped("base.toml");
    let output = aigap(
        folder.path(),
        &["simulate", &base, "--no-charts", "--out", "tiny", "--precision", "0.5%", "--paths", "6000"],
    );
    assert_eq!(output.status.code(), Some(5));
    let error = words(&output.stderr);
    assert!(error.contains("a precision of 0.5% is not reached: 6,000 paths leave ±"), "{error}");
    assert!(read(folder.path().join("tiny/summary.md")).contains("not reached with 6,000 paths"));
    assert!(read(folder.path().join("tiny/manifest.json")).contains("--precision 0.5% --paths 6000"));

    // Far out of reach is known from the first paths: nothing is written, and what is said to be in reach is.
    let most = ["--paths", "1048576"];
    let far = ["simulate", &base, "--no-charts", "--out", "far", "--precision", "0.001%"];
    let output = aigap(folder.path(), &[&far[..], &most].concat());
    assert_eq!(output.status.code(), Some(2));
    let error = words(&output.stderr);
    assert!(error.contains("0.001% needs about ") && error.contains(" billion paths; "), "{error}");
    assert!(error.contains("the most that are taken here, 1,048,576, would leave ±0."), "{error}");
    assert!(!folder.path().join("far").exists());
    let cure = error.split("ask for --precision ").nth(1).unwrap().split([',', '\n']).next().unwrap();
    let output = aigap(folder.path(), &[&far[..6], &[cure], &most].concat());
    assert_eq!(output.status.code(), Some(0), "{cure}: {}", words(&output.stderr));

    for wrong in ["1", "0%", "60%", "x%"] {
        let output = aigap(folder.path(), &["simulate", &base, "--precision", wrong]);
        assert_eq!(output.status.code(), Some(2), "{wrong}");
        assert!(words(&output.stderr).contains("write a percentage"), "{}", words(&output.stderr));
    }
}

#[test]
fn few_paths_show_few_digits_and_say_so() {
    let folder = TempDir::new().unwrap();
    let story = simulate(folder.path(), "few", &["--paths", "20"]).replace('\n', " ");
    assert!(story.contains("≈: last digit uncertain"), "{story}");
    let usual = simulate(folder.path(), "many", &["--paths", "100000"]);
    // The last median alone, beside the observed ratio, and what the mark means.
    assert!(usual.matches('≈').count() == 2 && usual.contains("15.5×*") && usual.contains("≈15.3× ("), "{usual}");
}

#[test]
fn points_are_a_flag_or_a_word_of_the_scenario_and_refused_where_they_do_not_fit() {
    let folder = TempDir::new().unwrap();
    let story = simulate(folder.path(), "points", &["--paths", "5000", "--sampler", "sobol", "--exact"]);
    assert!(story.contains("8,192 paths (Sobol’), exact quantiles"), "{story}");
    let manifest = read(folder.path().join("points/manifest.json"));
    assert!(manifest.contains("--paths 8192 --seed 20240515 --sampler sobol --exact"), "{manifest}");
    assert!(manifest.contains("\"sampler\": \"sobol\""));
    assert!(read(folder.path().join("points/summary.md")).contains("16 independent scrambles"));

    std::fs::copy(shipped("base.toml"), folder.path().join("base.toml")).unwrap();
    let text = "extends = \"base.toml\"\n[run]\nsampler = \"sobol\"\npaths = 8192\n";
    std::fs::write(folder.path().join("word.toml"), text).unwrap();
    let output = aigap(folder.path(), &["simulate", "word.toml", "--no-charts", "--exact"]);
    assert!(output.status.success(), "{}", words(&output.stderr));
    let numbers = |run: &str| {
        let fan = read(folder.path().join(format!("{run}/fan.csv")));
        fan.lines().map(|line| line.split_once(',').unwrap().1.to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(numbers("points"), numbers("output/word"));

    let deals = "us.counting={ deals = \"poisson\", sizes = { sigma = 1.9 } }";
    let base = shipped("base.toml");
    let output = aigap(folder.path(), &["simulate", &base, "--sampler", "sobol", "--set", deals]);
    assert_eq!(output.status.code(), Some(2), "{}", words(&output.stderr));
    assert!(words(&output.stderr).contains("simulates the deals of us one by one"), "{}", words(&output.stderr));
    let output = aigap(folder.path(), &["simulate", &base, "--sampler", "sobol", "--horizon", "2200"]);
    assert!(!output.status.success());
}

#[test]
fn a_comparison_on_points_keeps_its_pairs_and_says_so() {
    let folder = TempDir::new().unwrap();
    let (base, push) = (shipped("base.toml"), shipped("china-state-push.toml"));
    let flags = ["--paths", "4096", "--no-charts", "--no-attribute", "--sampler", "sobol", "--out", "pair"];
    let mut arguments = vec!["compare", &base, &push];
    arguments.extend(flags);
    let output = aigap(folder.path(), &arguments);
    assert!(output.status.success(), "{}", words(&output.stderr));
    assert!(read(folder.path().join("pair/manifest.json")).contains("--sampler sobol"));
    let same = aigap(
        folder.path(),
        &["compare", &base, &base, "--paths", "2048", "--no-charts", "--sampler", "sobol", "--out", "same"],
    );
    assert!(same.status.success(), "{}", words(&same.stderr));
    assert!(words(&same.stdout).contains("changes no input"), "{}", words(&same.stdout));
}
