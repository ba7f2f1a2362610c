//! How long questions asked backwards take on the shipped baseline: tornado, shares of the variance, a map, goal seek, discovery.
//! `cargo bench --bench questions`.

use std::path::Path;

use aigap::study::{
    self, Change, Discover, Findings, Inputs, Question, Recipe, Seek, Sensitivity, SensitivityMethod, Sweep,
};

fn main() {
    divan::main();
}

/// The answer to a question about the baseline, from the text of its scenario, as the command asks it.
fn answer(question: Question, paths: u64) -> Findings {
    let recipe = Recipe { question, paths: Some(paths), ..Recipe::simulate("base.toml") };
    let read = |_: &Path| Ok(include_bytes!("../scenarios/base.toml").to_vec());
    let inputs = Inputs::read(&recipe, &read).expect("a valid scenario");
    study::run(&recipe, inputs, &|_| {}).expect("an answer")
}

fn sensitivity(method: SensitivityMethod, also: &[&str], paths: u64) -> Findings {
    let also = also.iter().map(|it| (*it).to_owned()).collect();
    let (scenario, by) = ("base.toml".into(), study::By::Input);
    answer(Question::Sensitivity(Sensitivity { scenario, of: Vec::new(), method, by, also }), paths)
}

/// Ranges for the four inputs that the baseline holds certain: eight inputs and luck.
const ALSO: [&str; 4] = [
    "us.deals.volatility=15%:30%",
    "us.deal-size.volatility=25%:45%",
    "china.deals.volatility=20%:35%",
    "china.deal-size.volatility=35%:60%",
];

/// Four uncertain inputs at five points each, for the median ratio and the median gap.
#[divan::bench(sample_count = 5)]
fn tornado() -> Findings {
    sensitivity(SensitivityMethod::Tornado, &[], 20_000)
}

/// 2^12 points in sixteen parts, eight inputs (two pairs of them correlated) and luck.
#[divan::bench(sample_count = 5)]
fn sobol() -> Findings {
    sensitivity(SensitivityMethod::Sobol, &ALSO, 1 << 16)
}

/// Four inputs and luck, every set of them.
#[divan::bench(sample_count = 5)]
fn shapley() -> Findings {
    sensitivity(SensitivityMethod::Shapley, &[], 1 << 16)
}

/// 120 cells of 20,000 paths.
#[divan::bench(sample_count = 5)]
fn map_of_two_inputs() -> Findings {
    let over = ["us.deal-size.growth=-10%:30%:12", "china.deals.growth=-5%:20%:10"].map(str::to_owned).to_vec();
    answer(Question::Sweep(Sweep { scenario: "base.toml".into(), over, of: Vec::new(), precision: None }), 20_000)
}

fn seek(inputs: &[&str]) -> Findings {
    let change = |address: &&str| Change { address: (*address).to_owned(), between: None, fixed: false };
    let so_that = "P(ratio in 2030 < half of 2023) >= 50%".to_owned();
    let change = inputs.iter().map(change).collect();
    answer(Question::Seek(Seek { scenario: "base.toml".into(), so_that, change }), 100_000)
}

/// Every input alone: 8,192 paths to look, 100,000 for what is printed.
#[divan::bench(sample_count = 5)]
fn seek_one_thing_at_a_time() -> Findings {
    seek(&[])
}

/// One input with its certificate.
#[divan::bench(sample_count = 5)]
fn seek_one_input() -> Findings {
    seek(&["china.deal-size.growth"])
}

/// The frontier of two inputs, nine values of the first.
#[divan::bench(sample_count = 5)]
fn seek_two_inputs() -> Findings {
    seek(&["china.deal-size.growth", "us.deals.growth"])
}

/// A rule on four uncertain inputs, found eleven times and judged on draws that were held out.
#[divan::bench(sample_count = 5)]
fn discover() -> Findings {
    let condition = "ratio in 2030 < half of 2023".to_owned();
    answer(Question::Discover(Discover { scenario: "base.toml".into(), condition, of_box: None, keep: None }), 100_000)
}
