//! Whether stated errors are true: how often 1.96 of them reach the number of a very long run, kind by kind; prints a table.
//!
//! `cargo bench --bench coverage -- SEEDS`. Every seed is a run of 4,000 paths, or 4,096 on points. Means and standard
//! deviations count where they are marked as converged.

use std::collections::BTreeMap;
use std::path::Path;

use aigap::engine::Settings;
use aigap::metric::Metric;
use aigap::scenario::{Layers, Scenario, load};
use aigap::study::{Answered, By, Sensitive, Sensitivity, SensitivityMethod};
use aigap::summary::{PairedRow, Pairing, Spread, Summary, Uncertainty, Wanted};

/// Paths of a run whose errors are looked at.
const PATHS: u64 = 4096;
/// Paths of what counts as the truth: its own error is a sixteenth.
const LONG: u64 = 1 << 20;

/// A number of a run with its stated error, by kind and place.
type Numbers = BTreeMap<(&'static str, usize), [f64; 2]>;

/// Of a kind of number, how often its interval held the truth, and its squared distances from it over stated errors.
#[derive(Default)]
struct Kind {
    intervals: f64,
    held: f64,
    moved: f64,
    squares: f64,
}

fn main() {
    // `cargo test --benches` asks for nothing but a start.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let seeds = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(200);
    let [base, what_if, deals] = ["base", "china-state-push", "deal-by-deal"].map(scenario);
    println!("{:<34} {:>10} {:>9} {:>16}", "", "intervals", "coverage", "stated / actual");
    table("independent paths", seeds, |settings| {
        let [base, what_if] = [run(&base, &settings), run(&what_if, &settings)];
        let pairs = Pairing::of(&base.0, &what_if.0, &settings, [&base.1, &what_if.1]);
        let shares = of_shares(&base.0, &settings).into_iter().chain(of_inputs(&base.0, &settings));
        of_summary(&base.1).into_iter().chain(of_pairs(&pairs)).chain(shares).collect()
    });
    table("deals one by one", seeds, |settings| {
        let deals = run(&deals, &settings.up_to(settings.paths.min(LONG / 4)));
        of_summary(&deals.1).into_iter().filter(|((kind, _), _)| kind.starts_with("quantiles")).collect()
    });
    table("points", seeds, |settings| {
        let settings = &Settings::on_points(&[&base, &what_if], settings.paths, settings.seed)
            .expect("the shipped scenarios take points");
        let [base, what_if] = [&base, &what_if].map(|scenario| run(scenario, settings));
        let pairs = Pairing::of(&base.0, &what_if.0, settings, [&base.1, &what_if.1]);
        of_summary(&base.1).into_iter().chain(of_pairs(&pairs)).collect()
    });
}

fn scenario(name: &str) -> Scenario {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("scenarios/{name}.toml"));
    let read = |path: &Path| std::fs::read(path).map_err(|error| error.to_string());
    load(&path, &Layers::default(), None, &read).expect("a shipped scenario").scenario
}

fn run(scenario: &Scenario, settings: &Settings) -> (Scenario, Summary) {
    (scenario.clone(), Summary::of(scenario, settings, Wanted::default(), &|_| {}))
}

/// Runs all seeds, and prints a line for each kind of number.
fn table(of: &str, seeds: u64, numbers: impl Fn(Settings) -> Numbers) {
    let truth = numbers(Settings::new(LONG, 1_000_003));
    let mut kinds: BTreeMap<&str, Kind> = BTreeMap::new();
    for seed in 1..=seeds {
        for ((kind, place), [value, error]) in numbers(Settings::new(PATHS, seed)) {
            let Some([truth, _]) = truth.get(&(kind, place)) else { continue };
            let off = (value - truth).abs();
            if !off.is_finite() || !error.is_finite() {
                continue;
            }
            let kind = kinds.entry(kind).or_default();
            kind.intervals += 1.0;
            kind.held += f64::from(u8::from(off <= 1.96 * error + 1e-9 * truth.abs()));
            if error > 0.0 {
                kind.moved += 1.0;
                kind.squares += (off / error).powi(2);
            }
        }
    }
    println!("{of}, {seeds} seeds of {PATHS} paths");
    for (name, Kind { intervals, held, moved, squares }) in kinds {
        let (coverage, over) = (held / intervals, (moved / squares).sqrt());
        println!("  {name:<32} {intervals:>10} {coverage:>9.3} {over:>16.2}");
    }
}

/// Quantiles, moments, probabilities and terms of a run.
fn of_summary(summary: &Summary) -> Numbers {
    let mut numbers = Numbers::new();
    for (row, fan) in summary.fan.iter().enumerate() {
        let Some(spread) = &fan.simulated else { continue };
        let kind = match fan.measure.metric {
            Metric::Ratio | Metric::LogRatio | Metric::Share => "quantiles of ratio and share",
            metric if metric.counts_deals() => "quantiles of deals",
            _ => "quantiles of amounts",
        };
        let quantiles = spread.quantiles.iter().flatten().zip(spread.errors.iter().flatten());
        let placed = quantiles.enumerate().map(|(level, (value, error))| ((kind, 9 * row + level), [*value, *error]));
        numbers.extend(placed);
        numbers.extend(of_moments(spread).map(|(kind, number)| ((kind, row), number)));
    }
    for (place, row) in summary.probabilities.iter().enumerate() {
        let error = row.probability.estimate().error;
        numbers.insert(("probabilities", place), [row.probability.value, error]);
    }
    let simulated = summary.decompositions.iter().filter_map(|change| Some((change.decomposition, change.errors?)));
    for (terms, errors) in simulated {
        for (place, (term, error)) in terms.terms.iter().zip(errors.terms).enumerate() {
            numbers.insert(("terms of the change, dollars", place), [term.dollars, error.dollars]);
            numbers.insert(("terms of the change, logs", place), [term.log_points, error.log_points]);
        }
    }
    numbers
}

fn of_moments(spread: &Spread) -> impl Iterator<Item = (&'static str, [f64; 2])> {
    let numbers = [("means", spread.mean), ("standard deviations", spread.sd)].into_iter().zip(spread.moment_errors);
    let known = numbers.filter_map(|((kind, value), error)| Some((kind, [value?, error?])));
    known.filter(|_| spread.has_converged())
}

fn of_pairs(rows: &[PairedRow]) -> Numbers {
    let mut numbers = Numbers::new();
    for (place, row) in rows.iter().enumerate() {
        let known = [
            ("paired means", row.difference.mean, row.difference.standard_error),
            ("paired medians", row.difference.quantiles.map(|it| it[3]), row.difference.median_error),
            ("paired medians of quotients", row.ratio.map(|it| libm::log(it[3])), row.ratio_error),
        ];
        for (kind, value, error) in known {
            if let (Some(value), Some(error)) = (value, error) {
                numbers.insert((kind, place), [value, error]);
            }
        }
    }
    numbers
}

fn of_shares(scenario: &Scenario, settings: &Settings) -> Numbers {
    // They rest on at most 32,768 paths, so the truth is the mean over several runs.
    let runs = if settings.paths == LONG { 16 } else { 1 };
    let mut numbers = Numbers::new();
    for run in 0..runs {
        let rows = Uncertainty::of(scenario, &Settings::new(settings.paths, settings.seed + run)).rows;
        for (place, [share, error]) in rows.iter().flat_map(|row| [row.alone, row.with_others]).enumerate() {
            let known = numbers.entry(("shares of layers", place)).or_insert([0.0; 2]);
            *known = [known[0] + share / runs as f64, error];
        }
    }
    numbers
}

/// Sobol' shares and Shapley effects of inputs and luck, of a log and of dollars, of which a few paths carry the variance.
fn of_inputs(scenario: &Scenario, settings: &Settings) -> Numbers {
    let mut numbers = Numbers::new();
    for (kind, method, of) in [
        ("Sobol' shares of a log", SensitivityMethod::Sobol, "ratio in 2030"),
        ("Sobol' shares of dollars", SensitivityMethod::Sobol, "gap in 2030"),
        ("Shapley effects, log", SensitivityMethod::Shapley, "ratio in 2030"),
        ("Shapley effects, dollars", SensitivityMethod::Shapley, "gap in 2030"),
    ] {
        let scenario_file = "base.toml".into();
        let question =
            Sensitivity { scenario: scenario_file, of: vec![of.into()], method, by: By::Input, also: Vec::new() };
        let asked = question.asked(scenario).expect("a target of the scenario");
        let found = Sensitive::of(asked, &question, settings, &|_| {});
        let Answered::Shares(shares) = &found.answers[0] else { continue };
        // In the order of their addresses: by size, shares that are alike would change places from seed to seed.
        let mut players: Vec<_> = shares.players.iter().collect();
        players.sort_by(|a, b| a.addresses.cmp(&b.addresses));
        let intervals = players.iter().flat_map(|player| [Some(player.share), player.total]);
        for (place, interval) in intervals.enumerate() {
            // An interval is that of Student's law, so 1.96 of its errors are half of it.
            if let Some((value, (low, high))) = interval.and_then(|it| Some((it.value, it.ends?))) {
                numbers.insert((kind, place), [value, 0.5 * (high - low) / 1.96]);
            }
        }
    }
    numbers
}
