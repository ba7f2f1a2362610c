//! What a history teaches: a scenario that comes to its own closed form, and figures that are too few to teach anything.

use std::collections::BTreeMap;

use crate::support::program::{done, files, folder_with, read, refused, table, words};
use crate::support::{self};
use aigap::engine::Settings;
use aigap::study::{Fit, History, Prior};

/// Nine years of both sides, the built-in history.
const DATA: &str = "ai-index-2022";

fn rows_of(path: std::path::PathBuf) -> Vec<BTreeMap<String, String>> {
    table(&read(path))
}

fn number(row: &BTreeMap<String, String>, column: &str) -> f64 {
    row[column].parse().unwrap_or_else(|_| panic!("{column} of {row:?}"))
}

/// Rows of draws and paths of a run leave an error; the closed form has none.
#[test]
fn simulating_the_fitted_scenario_comes_to_the_closed_form() {
    let folder = folder_with(&[]);
    done(folder.path(), &["fit", DATA, "--out", "fit", "--quiet"]);
    let run = ["simulate", "fit/fitted.toml", "--paths", "60000", "--out", "run", "--no-charts", "--quiet"];
    done(folder.path(), &run);
    let ahead = rows_of(folder.path().join("fit/fit_ahead.csv"));
    let fan = rows_of(folder.path().join("run/fan.csv"));
    for horizon in ["1", "3", "7"] {
        for (of, metric, region) in
            [("us", "funding", "us"), ("china", "funding", "china"), ("ratio", "ratio", "us-china")]
        {
            let closed = ahead.iter().find(|row| row["of"] == of && row["horizon"] == horizon).unwrap();
            let simulated = fan
                .iter()
                .find(|row| row["metric"] == metric && row["region"] == region && row["year"] == closed["year"])
                .unwrap();
            let log = |row: &BTreeMap<String, String>, column: &str| libm::log(number(row, column));
            let spread = (log(closed, "p90") - log(closed, "p10")) / 2.563;
            for level in ["p5", "p10", "p25", "p50", "p75", "p90", "p95"] {
                // Five standard errors of a quantile of 8,192 rows: 5 · sqrt(p (1 − p)) / (density · 90), at most 0.12 sd.
                let miss = (log(closed, level) - log(simulated, level)) / spread;
                assert!(miss.abs() < 0.12, "{of} in {horizon} years, {level}: {miss:.3} sd");
            }
        }
    }
}

#[test]
fn a_fit_is_made_again_and_its_scenario_stands_anywhere() {
    let folder = folder_with(&[]);
    let first = done(folder.path(), &["fit", DATA, "--out", "a", "-o", "fitted.toml"]);
    assert!(first.contains("yearly changes of funding, 2013 to 2021") && first.contains("aigap backtest"), "{first}");
    done(folder.path(), &["verify", "a"]);
    done(folder.path(), &["check", "fitted.toml"]);
    let written = read(folder.path().join("fitted.toml"));
    assert!(written.contains("posterior from 8 yearly changes 2013–2021"), "{written}");
    assert_eq!(read(folder.path().join("fitted-draws.csv")).lines().count(), 2 + 8192);
    // The same bytes again, wherever it is written.
    done(folder.path(), &["fit", DATA, "--out", "b", "--quiet"]);
    let bytes = |name: &str| -> Vec<(String, Vec<u8>)> {
        let all = files(&folder.path().join(name));
        all.into_iter().filter(|(file, _)| file.ends_with(".csv")).collect()
    };
    assert_eq!(bytes("a"), bytes("b"));
    let json: serde_json::Value =
        serde_json::from_str(&done(folder.path(), &["fit", DATA, "--out", "c", "--json", "--no-charts"])).unwrap();
    assert_eq!(json["draws"], 8192);
    assert_eq!(json["regions"], serde_json::json!(["us", "china"]));
    let again = folder.path().join("fitted.toml");
    assert!(
        words(&support::program::aigap(folder.path(), &["fit", DATA, "-o", again.to_str().unwrap()]).stderr)
            .contains("exists")
    );
}

#[test]
fn what_is_too_little_is_refused_with_the_number_and_the_cure() {
    let folder = folder_with(&[]);
    let message = refused(folder.path(), &["fit", "cb-insights-2024-01"], 3);
    assert!(message.contains("2 years of funding, 2022 to 2023") && message.contains("at least 6"), "{message}");
    let message = refused(folder.path(), &["fit", DATA, "--until", "2016"], 3);
    assert!(message.contains("4 years of funding, 2013 to 2016"), "{message}");
    let message = refused(folder.path(), &["fit", DATA, "--regions", "us,japan"], 3);
    assert!(message.contains("no funding of japan") && message.contains("china, eu, rest, us"), "{message}");
    let message = refused(folder.path(), &["fit", DATA, "--regions", "us,us"], 3);
    assert!(message.contains("named twice"), "{message}");
    let message = refused(folder.path(), &["fit", DATA, "--regions", "us,china,eu"], 3);
    assert!(message.contains("3 regions are named"), "{message}");
    let head = "region,year,metric,value,unit,source,vintage\n";
    let row =
        |region: &str, year: i32, source: &str| format!("{region},{year},funding,{},USD bn,{source},1\n", year - 2000);
    let years = [2013, 2014, 2015, 2017, 2018, 2019, 2020];
    let gap: String = ["us", "china"].iter().flat_map(|region| years.map(|year| row(region, year, "A"))).collect();
    std::fs::write(folder.path().join("gap.csv"), format!("{head}{gap}")).unwrap();
    let message = refused(folder.path(), &["fit", "gap.csv"], 3);
    assert!(message.contains("no funding of us in 2016"), "{message}");
    let two: String = (2013..2021).map(|year| row("us", year, "A") + &row("china", year, "B")).collect();
    std::fs::write(folder.path().join("two.csv"), format!("{head}{two}")).unwrap();
    let message = refused(folder.path(), &["fit", "two.csv"], 3);
    assert!(message.contains("two editions, A of 1 and B of 1"), "{message}");
    let zero = format!("{head}us,2013,funding,0,USD bn,A,1\n");
    std::fs::write(folder.path().join("zero.csv"), zero).unwrap();
    let message = refused(folder.path(), &["fit", "zero.csv"], 3);
    assert!(message.contains("zero.csv:2") && message.contains("must be positive"), "{message}");
}

/// One's own figures are kept with the answer, which then needs nothing else.
#[test]
fn a_fit_to_ones_own_figures_stands_by_itself() {
    let folder = folder_with(&[]);
    let mut text = "region,year,metric,value,unit,source,vintage\n".to_owned();
    for (place, level) in [5.0, 6.0, 9.0, 8.0, 12.0, 15.0, 14.0].into_iter().enumerate() {
        let year = 2015 + place;
        text += &format!("us,{year},funding,{level},USD bn,A,1\nchina,{year},funding,{},USD bn,A,1\n", level / 2.0);
    }
    std::fs::write(folder.path().join("mine.csv"), text).unwrap();
    done(folder.path(), &["fit", "mine.csv", "--quiet"]);
    std::fs::remove_file(folder.path().join("mine.csv")).unwrap();
    done(folder.path(), &["verify", "output/mine-fit"]);
    let run = ["simulate", "output/mine-fit/fitted.toml", "--paths", "400", "--no-charts", "--quiet"];
    done(folder.path(), &run);
    done(folder.path(), &["fit", DATA, "--regions", "us", "--quiet", "--out", "one"]);
    assert!(!folder.path().join("one/fitted.toml").exists());
    done(folder.path(), &["verify", "one"]);
}

/// The law of the next year by adding up a fine grid of growth and spread in place of conjugate algebra, for every point of
/// the grid of persistence, noise and trust. Nothing here is shared with the program.
#[test]
fn the_posterior_is_that_of_a_brute_force_integral() {
    let data = aigap::data::BuiltIn::named(DATA).unwrap().read();
    let history = History::of(&data, &["us".to_owned()], None, (6, "fit")).unwrap();
    let growth = history.growths().remove(0);
    let start = libm::log(data.find("us", "funding", 2021).unwrap().value);
    let fit = Fit::of(&support::shipped_base(), history, Prior::Trend, &Settings::new(2, 1));
    let next = fit.ahead.iter().find(|it| it.horizon == 1).unwrap();
    let quantiles = [2, 4, 6].map(|place| libm::log(next.quantiles[place]) - start);
    let below = brute_force(&growth, quantiles);
    for (share, expected) in below.iter().zip([0.1, 0.5, 0.9]) {
        assert!((share - expected).abs() < 3e-4, "{below:?}");
    }
}

/// Probability that the next year's growth is below each of some values.
fn brute_force(growth: &[f64], values: [f64; 3]) -> [f64; 3] {
    let n = growth.len();
    let weight = |phi: f64| libm::exp(-0.5 * (phi / 0.3) * (phi / 0.3));
    let (mut total, mut below) = (0.0, [0.0; 3]);
    for phi in [-0.4, -0.2, 0.0, 0.2, 0.4, 0.6, 0.8] {
        for q in [0.0, 0.1, 0.25, 0.5, 1.0] {
            // One year more than is seen: the last row is that of the next year.
            let cell = |i: usize, j: usize| {
                let lag = i.abs_diff(j);
                let noise = [2.0 * q, -q];
                libm::pow(phi, lag as f64) / (1.0 - phi * phi) + noise.get(lag).copied().unwrap_or(0.0)
            };
            let matrix: Vec<Vec<f64>> = (0..n).map(|i| (0..n).map(|j| cell(i, j)).collect()).collect();
            let (inverse, log_determinant) = inverted(matrix);
            let times = |v: &[f64]| -> Vec<f64> {
                inverse.iter().map(|row| row.iter().zip(v).map(|(a, b)| a * b).sum()).collect()
            };
            let inner = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
            let ones = vec![1.0; n];
            let (of_ones, of_growth) = (times(&ones), times(growth));
            let [oo, og, gg] = [inner(&ones, &of_ones), inner(&ones, &of_growth), inner(growth, &of_growth)];
            let with_next: Vec<f64> = (0..n).map(|i| cell(i, n)).collect();
            let gain = times(&with_next);
            let left = cell(n, n) - inner(&with_next, &gain);
            let (gain_of_growth, gain_of_ones) = (inner(&gain, growth), inner(&gain, &ones));
            for kappa in [0.25, 1.5, 7.0] {
                for step in 0..160 {
                    let sigma = libm::exp(-4.0 + 6.0 * (step as f64 + 0.5) / 160.0);
                    // σ² ~ IG(½, 0.3²/2), as a density of ln σ.
                    let prior = -libm::log(sigma) - 0.5 * 0.09 / (sigma * sigma);
                    let sd = sigma / (oo + kappa).sqrt();
                    let middle = (og + kappa * 0.08) / (oo + kappa);
                    for point in 0..60 {
                        let mean = middle + sd * (-6.0 + 12.0 * (f64::from(point) + 0.5) / 60.0);
                        let square = gg - 2.0 * mean * og + mean * mean * oo;
                        let likelihood =
                            -(n as f64) * libm::log(sigma) - 0.5 * log_determinant - 0.5 * square / (sigma * sigma);
                        let of_mean = 0.5 * libm::log(kappa)
                            - libm::log(sigma)
                            - 0.5 * kappa * (mean - 0.08) * (mean - 0.08) / (sigma * sigma);
                        // The step of the mean is as wide as its spread.
                        let mass = weight(phi) * sd * libm::exp(prior + likelihood + of_mean);
                        total += mass;
                        let expected = mean + gain_of_growth - mean * gain_of_ones;
                        for (below, value) in below.iter_mut().zip(values) {
                            let z = (value - expected) / (sigma * left.sqrt());
                            *below += mass * 0.5 * libm::erfc(-z / std::f64::consts::SQRT_2);
                        }
                    }
                }
            }
        }
    }
    below.map(|mass| mass / total)
}

/// Inverse and log determinant by Gauss and Jordan's elimination.
fn inverted(mut matrix: Vec<Vec<f64>>) -> (Vec<Vec<f64>>, f64) {
    let n = matrix.len();
    let mut inverse: Vec<Vec<f64>> = (0..n).map(|i| (0..n).map(|j| f64::from(u8::from(i == j))).collect()).collect();
    let mut log_determinant = 0.0;
    for pivot in 0..n {
        let by = matrix[pivot][pivot];
        log_determinant += libm::log(by);
        for column in 0..n {
            matrix[pivot][column] /= by;
            inverse[pivot][column] /= by;
        }
        for row in (0..n).filter(|row| *row != pivot) {
            let factor = matrix[row][pivot];
            for column in 0..n {
                let (from_matrix, from_inverse) = (matrix[pivot][column], inverse[pivot][column]);
                matrix[row][column] -= factor * from_matrix;
                inverse[row][column] -= factor * from_inverse;
            }
        }
    }
    (inverse, log_determinant)
}
