//! Quasi-random points against closed forms, and what they promise about their own error.

use crate::support;
use aigap::engine::{self, Block, Observer, Plan, Settings};
use aigap::metric::{Measure, Metric, Question, Subject};
use aigap::scenario::Scenario;
use aigap::special;
use aigap::summary::{Estimate, PairedRow, Pairing, Summary, Wanted};

/// The scenario, and settings that take its numbers from points.
fn on_points(text: &str, paths: u64, seed: u64) -> (Scenario, Settings) {
    let scenario = support::scenario(text);
    let settings = Settings::on_points(&[&scenario], paths, seed).unwrap();
    (scenario, settings)
}

fn run(text: &str, paths: u64, seed: u64) -> Summary {
    let (scenario, settings) = on_points(text, paths, seed);
    Summary::of(&scenario, &settings, Wanted::default(), &|_| {})
}

/// Probability that the ratio of BASE is above a level after twelve years: normal in logs (METHOD 8).
fn above(level: f64) -> f64 {
    let (mean, variance) = (libm::log(31.0 / 2.0) - 0.05 * 12.0, 0.3305 * 12.0);
    1.0 - special::normal_cdf((libm::log(level) - mean) / f64::sqrt(variance))
}

fn median_ratio(summary: &Summary) -> Estimate {
    summary.gap(Metric::Ratio, 2035).unwrap().estimate(0.5).unwrap()
}

#[test]
fn probabilities_and_medians_are_unbiased_and_as_exact_as_they_say() {
    let (paths, seeds) = (4096, 120);
    let wider = above(31.0 / 2.0);
    let median = libm::log(31.0 / 2.0) - 0.6;
    let (mut off, mut said) = ([Vec::new(), Vec::new()], [0.0, 0.0]);
    for seed in 0..seeds {
        let summary = run(support::BASE, paths, seed);
        let share = summary.probability(Question::WiderAsRatio, 2035).unwrap();
        let ratio = median_ratio(&summary);
        off[0].push(share.value - wider);
        off[1].push(libm::log(ratio.value) - median);
        said[0] += share.standard_error * share.standard_error / seeds as f64;
        said[1] += (ratio.error / ratio.value).powi(2) / seeds as f64;
    }
    for (off, said) in off.iter().zip(said) {
        let count = off.len() as f64;
        let mean = off.iter().sum::<f64>() / count;
        let square = off.iter().map(|off| off * off).sum::<f64>() / count;
        assert!(mean.abs() < 4.0 * (square / count).sqrt(), "bias {mean} with rms {}", square.sqrt());
        // Two mean squares of 120 and of 1,800 degrees of freedom: off by 0.14 of themselves.
        assert!((0.6..1.7).contains(&(said / square)), "said {}, seen {}", said.sqrt(), square.sqrt());
    }
    // Independent paths of that number are off by √(p (1 − p)/n) = 0.0077.
    let plain = (wider * (1.0 - wider) / paths as f64).sqrt();
    let square = off[0].iter().map(|off| off * off).sum::<f64>() / off[0].len() as f64;
    assert!(square.sqrt() < plain / 5.0, "{} against {plain}", square.sqrt());
}

#[test]
fn scrambles_differ_by_seed_and_threads_change_nothing() {
    let in_pool = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| run(include_str!("../scenarios/base.toml"), 8192, 3))
    };
    let one = in_pool(1);
    assert_eq!(one, in_pool(3));
    assert_ne!(one.fan, run(include_str!("../scenarios/base.toml"), 8192, 4).fan);
}

/// Sum of yearly log changes of funding over all paths, as moments of the shocks.
struct Steps(Vec<Vec<f64>>);

impl Observer for Steps {
    type Counts = ();
    type Sums = Vec<Vec<f64>>;

    fn counts(&self) {}

    fn observe(&self, blocks: &[Block], (): &mut ()) -> Vec<Vec<f64>> {
        let block = &blocks[0];
        (0..self.0.len()).map(|year| block.region(0).funding(year).to_vec()).collect()
    }

    fn absorb(&mut self, years: Vec<Vec<f64>>) {
        self.0.iter_mut().zip(years).for_each(|(all, block)| all.extend(block));
    }

    fn finish(&mut self, (): ()) {}
}

/// Log funding of both sides in the last year, a pair of columns a block.
struct Ends(usize, Vec<[Vec<f64>; 2]>);

impl Observer for Ends {
    type Counts = ();
    type Sums = [Vec<f64>; 2];

    fn counts(&self) {}

    fn observe(&self, blocks: &[Block], (): &mut ()) -> [Vec<f64>; 2] {
        let block = &blocks[0];
        [0, 1].map(|region| block.region(region).funding(self.0 - 1).to_vec())
    }

    fn absorb(&mut self, ends: [Vec<f64>; 2]) {
        self.1.push(ends);
    }

    fn finish(&mut self, (): ()) {}
}

#[test]
fn the_first_coordinate_alone_says_the_ratio_at_the_horizon_and_the_first_two_say_both_sides() {
    let paths = 8192;
    let (scenario, settings) = on_points(support::BASE, paths, 11);
    let points = settings.points().unwrap();
    let years = scenario.years().len();
    let mut ends = Ends(years, Vec::new());
    engine::simulate(&[&Plan::new(&scenario)], &settings, &mut ends, &|_| {});
    // Both logs as they follow from two normals: standard deviations as in METHOD 8, the rest of the lead beside the
    // ratio by its covariance with it.
    let (lead, both, ratio) = (0.1905, 0.085, 0.3305);
    let root = f64::sqrt(years as f64);
    let along = (lead - both) / f64::sqrt(ratio);
    let beside = f64::sqrt(lead - along * along);
    for (block, [us, china]) in ends.1.iter().enumerate() {
        let rows = us.len();
        let normals = [0, 1].map(|coordinate| {
            let mut column = vec![0.0; rows];
            points.fill_walk(coordinate, 0, (block * rows / 2) as u64, &mut column);
            special::normals(&mut column);
            column
        });
        for row in 0..rows {
            let [first, second] = [normals[0][row], normals[1][row]];
            let expected_ratio = libm::log(31.0 / 2.0) - 0.05 * years as f64 + f64::sqrt(ratio) * root * first;
            assert!((us[row] - china[row] - expected_ratio).abs() < 1e-9, "row {row}");
            let expected_lead = libm::log(31.0) + 0.07 * years as f64 + root * (along * first + beside * second);
            assert!((us[row] - expected_lead).abs() < 1e-9, "row {row}");
        }
    }
}

#[test]
fn yearly_shocks_are_independent_with_the_variance_of_the_model() {
    let paths = 65_536;
    let (scenario, settings) = on_points(support::BASE, paths, 9);
    let years = scenario.years().len();
    let mut steps = Steps(vec![Vec::new(); years]);
    engine::simulate(&[&Plan::new(&scenario)], &settings, &mut steps, &|_| {});
    // Log changes of US funding: variance 0.1905 a year, no covariance between years.
    let change = |year: usize, path: usize| {
        let before = if year == 0 { libm::log(31.0) } else { steps.0[year - 1][path] };
        steps.0[year][path] - before - 0.07
    };
    for a in 0..years {
        for b in 0..=a {
            let sum: f64 = (0..paths as usize).map(|path| change(a, path) * change(b, path)).sum();
            let expected = if a == b { 0.1905 } else { 0.0 };
            let error = 0.1905 * (if a == b { 2.0f64 } else { 1.0 } / paths as f64).sqrt();
            assert!((sum / paths as f64 - expected).abs() < 5.0 * error, "{a} {b}: {}", sum / paths as f64);
        }
    }
}

#[test]
fn scenarios_of_a_command_share_the_coordinates_of_what_they_share() {
    let base = support::shipped_base();
    let text = include_str!("../scenarios/base.toml").replace("horizon = 2030", "horizon = 2033");
    assert!(text.contains("horizon = 2033"));
    let longer = support::scenario(&text);
    let settings = Settings::on_points(&[&base, &longer], 2048, 5).unwrap();
    let run = |scenario: &Scenario| Summary::of(scenario, &settings, Wanted::default(), &|_| {});
    let measure = Measure { metric: Metric::Gap, subject: Subject::Gap };
    let row = |summary: &Summary| summary.fan_row(measure, 2030).unwrap().simulated.clone();
    assert_eq!(row(&run(&base)), row(&run(&longer)));
}

#[test]
fn everything_with_a_fixed_number_of_numbers_takes_points_and_agrees_with_addresses() {
    for text in [
        include_str!("../scenarios/base.toml").to_owned(),
        support::BASE.to_owned()
            + "[shocks]\nlaw = { contaminated = \"10%\", times = 3 }\ntail = \"shared\"\n[china.counting]\ndeals = \"poisson\"\n",
    ] {
        let points = run(&text, 32_768, 2);
        let plain = support::run(&support::scenario(&text), 65_536, 2);
        for (a, b) in points.fan.iter().zip(&plain.fan).filter(|(a, _)| a.simulated.is_some()) {
            let (a, b) = (a.simulated.as_ref().unwrap(), b.simulated.as_ref().unwrap());
            for place in [0, 2, 4, 6, 8] {
                let it =
                    |spread: &aigap::summary::Spread| (spread.quantiles.unwrap()[place], spread.errors.unwrap()[place]);
                let ((a, a_error), (b, b_error)) = (it(a), it(b));
                let error = (a_error * a_error + b_error * b_error).sqrt() + 1e-3 * a.abs();
                assert!((a - b).abs() < 5.5 * error, "{a} ± {a_error} against {b} ± {b_error}");
            }
        }
    }
}

#[test]
fn pairs_on_points_are_as_exact_as_they_say_and_threads_change_nothing() {
    let what_if = support::BASE.replace("volatility = \"45%\"", "volatility = \"30%\"");
    assert_ne!(what_if, support::BASE);
    let rows = |seed: u64| {
        let pair = [support::scenario(support::BASE), support::scenario(&what_if)];
        let settings = Settings::on_points(&[&pair[0], &pair[1]], 4096, seed).unwrap();
        let sides = [0, 1].map(|side| Summary::of(&pair[side], &settings, Wanted::default(), &|_| {}));
        Pairing::of(&pair[0], &pair[1], &settings, [&sides[0], &sides[1]])
    };
    let in_pool = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| rows(1))
    };
    assert_eq!(in_pool(1), in_pool(3));
    let seeds = 60;
    let (mut medians, mut said) = (Vec::new(), 0.0);
    for seed in 0..seeds {
        let rows = rows(seed);
        let difference = PairedRow::of_gap(&rows, Metric::Gap, 2035).unwrap().difference;
        medians.push(difference.quantiles.unwrap()[3]);
        said += difference.median_error.unwrap().powi(2) / seeds as f64;
    }
    let mean = medians.iter().sum::<f64>() / medians.len() as f64;
    let seen = medians.iter().map(|it| (it - mean) * (it - mean)).sum::<f64>() / (medians.len() - 1) as f64;
    // A mean square of 59 degrees of freedom: off by 0.18 of itself.
    assert!((0.55..1.9).contains(&(said / seen)), "said {}, seen {}", said.sqrt(), seen.sqrt());
}
