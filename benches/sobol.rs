//! Error² × time of Sobol' points against independent paths, on job J at the horizon; prints a table.
//!
//! The reference values are exact: the log of the ratio is normal, and the median of a difference of two lognormal
//! amounts is found by quadrature.

use std::hint::black_box;

use aigap::engine::Settings;
use aigap::metric::Metric;
use aigap::scenario::Scenario;
use aigap::special;
use aigap::summary::{Summary, Wanted};

#[allow(dead_code, reason = "made for tests, which use more of it")]
#[path = "../tests/support/runs.rs"]
mod support;

/// A question of its own, put to METHOD 8's scenario with ten years.
const QUESTION: &str = "[[questions]]\nname = \"above twenty\"\nthat = \"ratio in 2033 > 20\"\n";

/// Log drifts, variances and covariance of the funding of both sides over ten years.
const MEAN: [f64; 2] = [0.7, 1.2];
const VARIANCE: [f64; 2] = [1.905, 3.1];
const COVARIANCE: f64 = 0.85;

/// Seeds that an error is estimated from.
const SEEDS: u64 = 24;

fn scenario() -> Scenario {
    support::scenario(&(support::BASE.replace("horizon = 2035", "horizon = 2033") + QUESTION))
}

fn main() {
    // `cargo test --benches` asks for nothing but a start.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let named: Vec<u64> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if named.is_empty() { vec![16_384, 131_072, 1_048_576] } else { named };
    let (scenario, reference) = (scenario(), reference());
    println!(
        "job J, whole summary, {SEEDS} seeds; mean squared error × CPU time of independent paths over that of points"
    );
    println!(
        "{:>10} {:>7} {:>7}  {:>7} {:>7}  {:>11} {:>12} {:>13}  {:>14}",
        "paths", "plain s", "CPU s", "points", "CPU s", "median gap", "P(ratio>20)", "median ratio", "gap, wall time"
    );
    for paths in sizes {
        let plain = measure(&scenario, reference, paths, false);
        let points = measure(&scenario, reference, paths, true);
        let gain = |which: usize, time: fn(&Measured) -> f64| {
            plain.squares[which] * time(&plain) / (points.squares[which] * time(&points))
        };
        println!(
            "{paths:>10} {:>7.4} {:>7.4}  {:>7.4} {:>7.4}  {:>11.1} {:>12.1} {:>13.1}  {:>14.1}",
            plain.wall,
            plain.cpu,
            points.wall,
            points.cpu,
            gain(0, |it| it.cpu),
            gain(1, |it| it.cpu),
            gain(2, |it| it.cpu),
            gain(0, |it| it.wall)
        );
    }
}

/// Mean squared errors of median gap, P(ratio > 20) and log median ratio, and seconds a run.
struct Measured {
    squares: [f64; 3],
    /// Median over the seeds.
    wall: f64,
    /// Mean over the seeds; that of the wall where the system does not say it.
    cpu: f64,
}

/// Seconds that all threads of this process have run.
fn cpu_seconds() -> Option<f64> {
    let mut nanoseconds = 0.0;
    for task in std::fs::read_dir("/proc/self/task").ok()? {
        let text = std::fs::read_to_string(task.ok()?.path().join("schedstat")).ok()?;
        nanoseconds += text.split(' ').next()?.parse::<f64>().ok()?;
    }
    Some(nanoseconds * 1e-9)
}

#[expect(clippy::disallowed_methods, reason = "a bench measures time")]
fn measure(scenario: &Scenario, (gap, share, ratio): (f64, f64, f64), paths: u64, points: bool) -> Measured {
    let mut squares = [0.0; 3];
    let mut seconds: Vec<f64> = Vec::new();
    let mut cpu = 0.0;
    for seed in 1..=SEEDS {
        let (started, cpu_before) = (std::time::Instant::now(), cpu_seconds());
        let settings = if points {
            Settings::on_points(&[scenario], paths, seed).expect("job J takes points")
        } else {
            Settings::new(paths, seed)
        };
        let summary = Summary::of(scenario, &settings, Wanted::default(), &|_| {});
        let summary = black_box(summary);
        let elapsed = started.elapsed().as_secs_f64();
        cpu += cpu_seconds().zip(cpu_before).map_or(elapsed, |(after, before)| after - before);
        seconds.push(elapsed);
        let median = |metric| summary.gap(metric, 2033).and_then(|it| it.median()).expect("job J has a gap");
        let asked = summary.question(0).last().expect("one question").probability.value;
        let off = [median(Metric::Gap) / gap - 1.0, asked - share, libm::log(median(Metric::Ratio)) - ratio];
        squares.iter_mut().zip(off).for_each(|(square, off)| *square += off * off / SEEDS as f64);
    }
    seconds.sort_by(f64::total_cmp);
    Measured { squares, wall: seconds[seconds.len() / 2], cpu: cpu / SEEDS as f64 }
}

/// Median gap, P(ratio > 20) and log of the median ratio.
fn reference() -> (f64, f64, f64) {
    let start = [libm::log(31.0), libm::log(2.0)];
    let mean = [start[0] + MEAN[0], start[1] + MEAN[1]];
    let log_ratio = mean[0] - mean[1];
    let sd = (VARIANCE[0] + VARIANCE[1] - 2.0 * COVARIANCE).sqrt();
    let share = special::normal_cdf((log_ratio - libm::log(20.0)) / sd);
    // P(gap > g): over the follower's log, the probability that the lead exceeds the follower by more than g.
    let above = |gap: f64| {
        let steps = 40_000;
        let sum: f64 = (0..steps)
            .map(|step| {
                let z = -9.0 + 18.0 * (f64::from(step) + 0.5) / f64::from(steps);
                let follow = mean[1] + VARIANCE[1].sqrt() * z;
                let lead = mean[0] + COVARIANCE / VARIANCE[1].sqrt() * z;
                let rest = (VARIANCE[0] - COVARIANCE * COVARIANCE / VARIANCE[1]).sqrt();
                let needed = gap + libm::exp(follow);
                let chance = if needed <= 0.0 { 1.0 } else { special::normal_cdf((lead - libm::log(needed)) / rest) };
                libm::exp(-0.5 * z * z) * chance
            })
            .sum();
        sum * 18.0 / f64::from(steps) / (2.0 * std::f64::consts::PI).sqrt()
    };
    let (mut low, mut high) = (0.0, 200.0);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if above(middle) > 0.5 { low = middle } else { high = middle }
    }
    (low, share, log_ratio)
}
