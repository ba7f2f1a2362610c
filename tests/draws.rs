//! Joint draws: rows of a file that give several assumptions at once, one number a draw that picks them, and what is wrong with
//! such a file.

use std::path::Path;

use crate::support::{self, runs};
use aigap::cli::all_rendered;
use aigap::engine::{Block, Observer, Plan, Settings, simulate};
use aigap::metric::Metric;
use aigap::scenario::{Layers, Scenario, load};

const TOP: &str = "horizon = 2030\n[us.funding]\nmodel = \"random-walk\"\nvolatility = \"0%\"\n\
     [china.funding]\nmodel = \"random-walk\"\nvolatility = \"0%\"\n\
     [[draws]]\nfile = \"rows.csv\"\nof = [\"us.funding.growth\", \"china.funding.growth\"]\nwhy = \"a panel\"\nsource = \"its answers\"\n";

/// Rows in which China's growth is the US's with the sign changed.
fn rows(count: usize) -> String {
    let mut text = "us.funding.growth,china.funding.growth\nlog points,log points\n".to_owned();
    for row in 0..count {
        let growth = row as f64 / count as f64 - 0.5;
        text += &format!("{growth},{}\n", -growth);
    }
    text
}

fn read(scenario: &str, rows: &str, set: &[&str]) -> Result<Scenario, String> {
    let layers = Layers { set: set.iter().map(|it| (*it).to_owned()).collect(), ..Layers::default() };
    match runs::try_read(&[("test.toml", scenario), ("rows.csv", rows)], &layers) {
        Ok(loaded) => Ok(loaded.scenario),
        Err(rejected) => Err(all_rendered(&rejected.problems, &rejected.sources, false)),
    }
}

/// Values of the first two assumptions by draw.
struct Values(Vec<[f64; 2]>);

impl Observer for Values {
    type Counts = ();
    type Sums = Vec<[f64; 2]>;

    fn counts(&self) {}

    fn observe(&self, blocks: &[Block], (): &mut ()) -> Self::Sums {
        // In the order of the addresses: China's growth and volatility, then the US's.
        let [first, second] = [0, 2].map(|id| blocks[0].assumption(id));
        first.iter().zip(second).map(|(a, b)| [*a, *b]).collect()
    }

    fn absorb(&mut self, sums: Self::Sums) {
        self.0.extend(sums);
    }

    fn finish(&mut self, (): ()) {}
}

#[test]
fn a_draw_takes_all_its_values_from_one_row() {
    let scenario = read(TOP, &rows(400), &[]).unwrap();
    let summary = support::run(&scenario, 20_000, 7);
    // Without luck the log ratio of 2030 is that of 2023 plus seven times twice the US's growth, which is even on (−½, ½).
    let start = libm::log(15.5);
    let spread = summary.gap(Metric::LogRatio, 2030).unwrap();
    for (level, growth) in [(0.1, -0.4), (0.5, 0.0), (0.9, 0.4)] {
        let quantile = spread.quantile(level).unwrap();
        assert!((quantile - start - 14.0 * growth).abs() < 0.15, "{level}: {quantile}");
    }
    // The two sides together stay where they were on every path.
    let both = libm::exp(0.5 * (libm::log(31.0) + libm::log(2.0)));
    let us = summary.region(Metric::Funding, 0, 2030).unwrap();
    let china = summary.region(Metric::Funding, 1, 2030).unwrap();
    for (level, other) in [(0.1, 0.9), (0.25, 0.75), (0.9, 0.1)] {
        let product = us.quantile(level).unwrap() * china.quantile(other).unwrap();
        assert!((product / (both * both) - 1.0).abs() < 0.02, "{level}: {product}");
    }
}

/// What a scenario with draws is written as is read as the same, from the folder that a run keeps them in.
#[test]
fn what_is_written_is_read_as_the_same() {
    let rows = rows(300);
    let scenario = read(TOP, &rows, &[]).unwrap();
    let written = scenario.resolved_toml();
    assert!(written.contains("file = \"draws/rows.csv\"") && written.contains("a panel"), "{written}");
    let file = |path: &Path| {
        let text = if path.ends_with("draws/rows.csv") { rows.clone() } else { written.clone() };
        Ok(text.into_bytes())
    };
    let again = load(Path::new("test.toml"), &Layers::default(), None, &file).unwrap().scenario;
    assert_eq!(again.resolved_toml(), written);
    let of = |scenario: &Scenario| support::run(scenario, 2_000, 3).fan;
    assert_eq!(of(&again), of(&scenario));
}

/// What is set beside the files outranks the rows, and leaves the other assumptions to them.
#[test]
fn a_value_set_outranks_its_column() {
    let fixed = read(TOP, &rows(200), &["china.funding.growth=0%"]).unwrap();
    let summary = support::run(&fixed, 4_000, 7);
    let china = summary.region(Metric::Funding, 1, 2030).unwrap();
    assert_eq!(china.quantile(0.1), china.quantile(0.9));
    let us = summary.region(Metric::Funding, 0, 2030).unwrap();
    assert!(us.quantile(0.9) > us.quantile(0.1));
    assert!(!fixed.resolved_toml().contains("\"china.funding.growth\""));
}

/// One coordinate of points picks the rows, which stand in the order of what they have most in common.
#[test]
fn points_pick_rows_evenly() {
    let folder = support::program::folder_with(&[]);
    std::fs::write(folder.path().join("test.toml"), TOP).unwrap();
    std::fs::write(folder.path().join("rows.csv"), rows(1024)).unwrap();
    for sampler in ["addressed", "sobol"] {
        let run = ["simulate", "test.toml", "--paths", "4096", "--sampler", sampler, "--out", sampler, "--quiet"];
        support::program::done(folder.path(), &run);
        support::program::done(folder.path(), &["verify", sampler]);
    }
    let median = |sampler: &str| -> f64 {
        let fan = support::program::read(folder.path().join(sampler).join("fan.csv"));
        let rows = support::program::table(&fan);
        let row = rows.iter().find(|row| row["metric"] == "log-ratio" && row["year"] == "2030").unwrap();
        row["p50"].parse().unwrap()
    };
    // The true median is that of 2023; even points are nearer to it than chance is likely to be.
    let start = libm::log(15.5);
    assert!((median("sobol") - start).abs() < 0.05, "{}", median("sobol"));
    assert!((median("addressed") - start).abs() < 0.6, "{}", median("addressed"));
}

#[test]
fn an_uncertain_correlation_goes_from_one_end_to_the_other() {
    let text = |correlation: &str| {
        format!(
            "horizon = 2030\n[us.funding]\nmodel = \"random-walk\"\ngrowth = \"0%\"\nvolatility = \"30%\"\n\
             [china.funding]\nmodel = \"random-walk\"\ngrowth = \"0%\"\nvolatility = \"30%\"\n{correlation}"
        )
    };
    let sd = |correlation: &str| {
        let summary = support::run(&support::scenario(&text(correlation)), 40_000, 5);
        summary.gap(Metric::LogRatio, 2030).unwrap().sd.unwrap()
    };
    // Over seven years the log ratio has the variance 7 · 2 · 0.3² · (1 − ρ).
    let expected = |rho: f64| (7.0 * 2.0 * 0.09 * (1.0 - rho)).sqrt();
    for rho in [-0.9, 0.0, 0.6] {
        let own = sd(&format!("[shocks]\ncorrelation = {rho}\n"));
        assert!((own / expected(rho) - 1.0).abs() < 0.02, "{rho}: {own}");
    }
    // Uniform on (−0.5, 0.9): the variance is that of the mean, 0.2.
    let own = sd("[shocks]\ncorrelation = { uniform = [-0.5, 0.9] }\n");
    assert!((own / expected(0.2) - 1.0).abs() < 0.02, "{own}");
    let three = text("[shocks]\ncorrelation = 0.5\n")
        + "[rest.funding]\nmodel = \"random-walk\"\ngrowth = \"0%\"\nvolatility = \"30%\"\n";
    let rejected = runs::try_read(&[("test.toml", &three)], &Layers::default()).expect_err("three series");
    assert!(rejected.to_string().contains("is that of two series"), "{rejected}");
}

/// Noise that does not stay widens every year by the same, and does not add up.
#[test]
fn transient_noise_does_not_add_up() {
    let text = "horizon = 2030\n[us.funding]\nmodel = \"random-walk\"\ngrowth = \"0%\"\nvolatility = \"0%\"\n\
         [china.funding]\nmodel = \"random-walk\"\ngrowth = \"0%\"\nvolatility = \"0%\"\n[shocks]\ncorrelation = 0.5\n\
         [measurement.transient]\nus = \"20%\"\nchina = \"40%\"\n[measurement.transient-in-base]\nchina = \"100%\"\n";
    let summary = support::run(&support::scenario(text), 40_000, 5);
    for year in [2024, 2030] {
        let spread = summary.gap(Metric::LogRatio, year).unwrap();
        // 0.2² + 0.4² − 2 · 0.5 · 0.2 · 0.4.
        assert!((spread.sd.unwrap() / 0.12_f64.sqrt() - 1.0).abs() < 0.02, "{year}: {:?}", spread.sd);
        // Half of China's 2 billion in the base year is noise: the level behind it is one.
        assert!((spread.median().unwrap() - libm::log(31.0)).abs() < 0.02, "{year}: {:?}", spread.median());
    }
}

#[test]
fn what_is_wrong_with_draws_is_said_with_its_line() {
    let good = rows(100);
    let cases: [(&str, String, &str); 9] = [
        ("too few rows", rows(99), "has 99 rows of draws"),
        ("a column that is missing", good.replace("china.funding.growth", "china.deals.growth"), "did you mean"),
        ("text in a row", good.replacen("-0.5,0.5", "-0.5,half", 1), "rows.csv:3"),
        (
            "no number",
            good.replacen("-0.5,0.5", "-0.5,NaN", 1),
            "`NaN` in column `china.funding.growth` is not a number",
        ),
        ("units forgotten", good.replacen("log points,log points\n", "", 1), "numbers where units belong"),
        ("another unit", good.replacen("log points,log", "log points,USD", 1), "`USD points` is not a unit"),
        ("out of range", good.replacen("-0.5,0.5", "-0.5,50", 1), "rows.csv:3"),
        ("a row too short", good.replacen("-0.5,0.5", "-0.5", 1), "1 fields where the header has 2"),
        ("nothing", String::new(), "is empty"),
    ];
    for (what, rows, message) in &cases {
        let why = read(TOP, rows, &[]).expect_err(what);
        assert!(why.contains(message), "{what}\n{why}");
    }
    let twice = TOP.replace("volatility = \"0%\"\n[[", "volatility = \"0%\"\ngrowth = \"3%\"\n[[");
    let why = read(&twice, &good, &[]).expect_err("a value and a draw");
    assert!(why.contains("`china.funding.growth` states a value, and rows.csv draws it"), "{why}");
    let stranger = TOP.replace("\"china.funding.growth\"", "\"china.funding.half-life\"");
    let why = read(&stranger, &good.replace("china.funding.growth", "china.funding.half-life"), &[]).expect_err("idle");
    assert!(why.contains("half-life"), "{why}");
}

/// Two inputs of one row have no shares of their own; a tornado moves one after the other.
#[test]
fn no_variance_is_divided_among_inputs_of_one_row() {
    let folder = support::program::folder_with(&[]);
    std::fs::write(folder.path().join("test.toml"), TOP).unwrap();
    std::fs::write(folder.path().join("rows.csv"), rows(200)).unwrap();
    let sobol = ["sensitivity", "test.toml", "--method", "sobol", "--paths", "512"];
    let message = support::program::refused(folder.path(), &sobol, 2);
    assert!(message.contains("rows.csv") && message.contains("--by layer"), "{message}");
    support::program::done(folder.path(), &["sensitivity", "test.toml", "--paths", "512", "--no-charts"]);
}

#[test]
fn every_pair_of_values_is_a_row() {
    let scenario = read(TOP, &rows(128), &[]).unwrap();
    let mut values = Values(Vec::new());
    simulate(&[&Plan::new(&scenario)], &Settings::new(2_000, 9), &mut values, &|_| {});
    assert_eq!(values.0.len(), 1_000);
    assert!(values.0.iter().all(|[a, b]| *a == -*b), "{:?}", &values.0[..3]);
    let mut distinct: Vec<u64> = values.0.iter().map(|[a, _]| a.to_bits()).collect();
    distinct.sort_unstable();
    distinct.dedup();
    assert!(distinct.len() > 120);
}
