//! How long it takes: whole runs of job J and of the shipped baseline at three sizes, the summary of each growth model and
//! each option alone, designs side by side, a discovery, `check`, and each chart. `cargo bench`.

use std::path::Path;

use aigap::chart::Chart;
use aigap::chart::pictures;
use aigap::engine::{Design, Settings, Source};
use aigap::metric::Metric;
use aigap::scenario::{Layers, Scenario, load};
use aigap::store::charts;
use aigap::study::{self, Findings, Inputs, Recipe};
use aigap::summary::{Estimate, Objective, Summary, Variant, Wanted};

fn main() {
    divan::main();
}

fn scenario(text: &str) -> Scenario {
    let read = |_: &Path| Ok(text.as_bytes().to_vec());
    load(Path::new("bench.toml"), &Layers::default(), None, &read).expect("a valid scenario").scenario
}

fn run(scenario: &Scenario, paths: u64) -> Summary {
    let settings = Settings::new(paths, Settings::DEFAULT_SEED);
    Summary::of(scenario, &settings, Wanted::default(), &|_| {})
}

/// Everything that a run says, from the text of its scenario, as the command asks it.
fn whole_run(text: &str, paths: u64) -> Findings {
    asked(text, &Recipe { paths: Some(paths), ..Recipe::simulate("bench.toml") })
}

/// What the paths of a recipe say, from the text of its scenario.
fn asked(text: &str, recipe: &Recipe) -> Findings {
    let read = |_: &Path| Ok(text.as_bytes().to_vec());
    let inputs = Inputs::read(recipe, &read).expect("a valid scenario");
    study::run(recipe, inputs, &|_| {}).expect("a run within the range of numbers")
}

#[divan::bench(args = [10_000, 100_000, 1_000_000], sample_count = 5)]
fn job_j(paths: u64) -> Findings {
    whole_run(include_str!("job-j.toml"), paths)
}

#[divan::bench(args = [10_000, 100_000, 1_000_000], sample_count = 5)]
fn baseline(paths: u64) -> Findings {
    whole_run(include_str!("../scenarios/base.toml"), paths)
}

/// What futures of the baseline have in common: the table of paths, PRIM eleven times, and the shares of every box.
#[divan::bench(args = [20_000, 100_000], sample_count = 5)]
fn discover(paths: u64) -> Findings {
    let recipe = Recipe::discover("bench.toml", "ratio in 2030 < half of 2023");
    asked(include_str!("../scenarios/base.toml"), &Recipe { paths: Some(paths), ..recipe })
}

/// The median ratio of the baseline with each uncertain input at five values, as a tornado asks: a run after the other, and
/// all side by side, which draws once what they share.
#[divan::bench(args = ["one by one", "side by side"], sample_count = 5)]
fn designs(how: &str) -> Vec<Vec<Option<Estimate>>> {
    let scenario = scenario(include_str!("../scenarios/base.toml"));
    let plain = Variant::of(&scenario);
    let uncertain = scenario.assumptions().iter().filter(|input| !input.law().is_fixed());
    let at_levels = uncertain.flat_map(|input| {
        [0.1, 0.3, 0.5, 0.7, 0.9].map(|p| Design::new().with(input.address(), Source::Fixed(input.law().quantile(p))))
    });
    let variants: Vec<Variant> = at_levels.map(|design| plain.under(&design).expect("a design that fits")).collect();
    let objective = [Objective::median_of_gap(Metric::Ratio, scenario.horizon())];
    let settings = Settings::new(20_000, Settings::DEFAULT_SEED);
    let together = if how == "one by one" { 1 } else { variants.len() };
    variants.chunks(together).flat_map(|some| Objective::evaluate(&objective, some, &settings)).collect()
}

const MODELS: [(&str, &str); 5] = [
    ("random-walk", "growth = \"2%\""),
    ("fade", "initial-growth = \"-38%\"\nlong-run-growth = \"2%\"\nhalf-life = 2"),
    ("ar1", "initial-growth = \"-38%\"\nlong-run-growth = \"2%\"\npersistence = 0.3"),
    ("logistic", "growth = \"20%\"\nceiling = \"$90bn\""),
    ("gompertz", "ceiling = \"$90bn\"\nhalf-life = 3"),
];

#[divan::bench(args = MODELS.map(|model| model.0), sample_count = 5)]
fn model(name: &str) -> Summary {
    let parameters = MODELS.iter().find(|model| model.0 == name).expect("a known model").1;
    let side = |region: &str| format!("[{region}.funding]\nmodel = \"{name}\"\n{parameters}\nvolatility = \"40%\"\n");
    run(&scenario(&format!("horizon = 2033\n{}{}", side("us"), side("china"))), 100_000)
}

/// Each option alone over job J, to be held against `certain`, which is none.
const OPTIONS: [(&str, &str); 9] = [
    ("certain", ""),
    ("contaminated", "[shocks]\nlaw = { contaminated = \"10%\", times = 3 }\n"),
    ("student-t-shared", "[shocks]\nlaw = { student-t = 5 }\ntail = \"shared\"\n"),
    (
        "jump",
        "[[jumps]]\nname = \"j\"\nregion = \"us\"\nseries = \"funding\"\nchance-per-year = \"15%\"\nsize = \"+40%\"\nspread = \"20%\"\n",
    ),
    (
        "pulse",
        "[[events]]\nname = \"e\"\nregion = \"us\"\nseries = \"funding\"\nyear = 2025\neffect = { pulse = \"-50%\", half-life = 2 }\nchance = \"50%\"\n",
    ),
    ("poisson", "[us.counting]\ndeals = \"poisson\"\n[china.counting]\ndeals = \"poisson\"\n"),
    (
        "negative-binomial",
        "[us.counting]\ndeals = { negative-binomial = 40 }\n[china.counting]\ndeals = { negative-binomial = 40 }\n",
    ),
    ("single-deals", "[us.counting]\nsizes = true\n[china.counting]\nsizes = true\n"),
    ("measurement", "[measurement]\nrounding = true\nrevisions = true\ndefinitions = true\nsampling = true\n"),
];

#[divan::bench(args = OPTIONS.map(|option| option.0), sample_count = 5)]
fn option(name: &str) -> Summary {
    let words = OPTIONS.iter().find(|option| option.0 == name).expect("a known option").1;
    run(&scenario(&format!("{}{words}", include_str!("job-j.toml"))), 100_000)
}

/// One growth rate of job J as a law instead of a number, to be held against `certain`.
#[divan::bench(sample_count = 5)]
fn uncertain_parameter() -> Summary {
    let law = r#"growth     = { mean = "2%", sd = "7%", why = "a bench", source = "none" }"#;
    let text = include_str!("job-j.toml").replacen("growth     = \"2%\"", law, 1);
    run(&scenario(&text), 100_000)
}

#[divan::bench]
fn check() -> Scenario {
    scenario(include_str!("../scenarios/base.toml"))
}

const CHARTS: [&str; 6] = ["gap", "funding", "funding-linear", "probability", "distribution", "deals"];

/// Drawing one chart: layout, SVG and PNG.
#[divan::bench(args = CHARTS, sample_count = 3)]
fn chart(bencher: divan::Bencher, name: &str) {
    let scenario = scenario(include_str!("../scenarios/base.toml"));
    let charts = pictures::charts(&scenario, &run(&scenario, 10_000));
    let chart: Vec<(String, Chart)> =
        charts.into_iter().filter(|it| it.name() == name).map(|it| (name.to_owned(), it)).collect();
    bencher.bench(|| charts::drawn(&chart, &aigap::study::Look::default()));
}
