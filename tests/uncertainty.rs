//! Assumption or luck: shares of variance by layer, held against closed forms within their own standard errors.
#![allow(clippy::disallowed_methods, reason = "tests may use the platform's mathematics")]

use crate::support;
use crate::support::{run, scenario};
use aigap::distribution::Distribution;
use aigap::engine::{Layer, Settings};
use aigap::metric::{Metric, Subject};
use aigap::scenario::Scenario;
use aigap::special::normal_quantile;
use aigap::summary::{LayerShare, Uncertainty};

fn of(scenario: &Scenario, layer: Layer, subject: Subject, year: i32) -> LayerShare {
    let found = Uncertainty::of(scenario, &Settings::new(32_768, 11));
    *found.rows.iter().find(|row| row.layer == layer && row.subject == subject && row.year == year).unwrap()
}

fn close([share, error]: [f64; 2], expected: f64, what: &str) {
    assert!(error > 0.0 && error < 0.02, "{what}: the standard error is {error}");
    assert!((share - expected).abs() < 5.0 * error, "{what}: {share} ± {error} instead of {expected}");
}

fn side(name: &str, growth: &str, volatility: &str) -> String {
    format!("[{name}.funding]\nmodel = \"random-walk\"\ngrowth = {growth}\nvolatility = {volatility}\n")
}

/// Golden rows I02–I05 and I08: growth N(0.05, 0.10²), volatility 0.35, five years.
#[test]
fn the_share_of_growth_is_that_of_the_closed_form() {
    let growth = "{ mean = \"5.127109637602412%\", sd = \"10%\" }";
    let text = format!("horizon = 2028\n{}{}", side("us", "\"0%\"", "\"35%\""), side("china", growth, "\"35%\""));
    let scenario = scenario(&text);
    let row = of(&scenario, Layer::Growth, Subject::Region(1), 2028);
    close(row.alone, 0.289_855_072_463_768, "I02");
    close(row.with_others, 0.289_855_072_463_768, "growth and shocks add up, so nothing is shared");
    close(of(&scenario, Layer::Process, Subject::Region(1), 2028).alone, 0.710_144_927_536_231_9, "I08");
    // Without growth to doubt, luck is everything.
    let us = of(&scenario, Layer::Process, Subject::Region(0), 2028);
    assert!((us.alone[0] - 1.0).abs() < 0.02 && (us.with_others[0] - 1.0).abs() < 0.02);
    // The two paths of a draw estimate the same share, on the log and on the level; I03–I05 are the level's.
    let n = 1_000_000;
    let summary = run(&scenario, n, 12);
    let spread = summary.region(Metric::Funding, 1, 2028).unwrap();
    let level = spread.sd.unwrap() / 2.0;
    // Relative standard error of the variance of this lognormal: √(kurtosis/n), from its fourth moment.
    let s2: f64 = 25.0 * 0.01 + 5.0 * 0.1225;
    let w = s2.exp();
    let kurtosis = w.powi(4) + 2.0 * w.powi(3) + 3.0 * w * w - 3.0;
    let tolerance = 5.0 * (kurtosis / n as f64).sqrt();
    assert!((level * level / 5.347_536_833_100_441 - 1.0).abs() < tolerance, "I03: {}", level * level);
    let share = spread.share_from_assumptions.unwrap();
    assert!((share - 0.207_457_744_853_885_75).abs() < 0.03, "I05: {share}");
    let between = share * level * level;
    assert!((between - 1.109_387_931_918_107_5).abs() < 0.2, "I04: {between}");
}

/// Golden row L03_proc: of the log ratio of BASE over twelve years with uncertain drifts, 86% is shocks.
#[test]
fn the_share_of_shocks_in_the_ratio_is_that_of_the_closed_form() {
    let text = support::BASE
        .replace("growth = \"5.12710963760240%\"", "growth = { mean = \"5.12710963760240%\", sd = \"3%\" }")
        .replace("growth = \"8.32870676749586%\"", "growth = { mean = \"8.32870676749586%\", sd = \"6%\" }");
    let scenario = scenario(&text);
    close(of(&scenario, Layer::Process, Subject::Gap, 2035).alone, 0.859_557_867_360_208_1, "L03_proc");
    close(of(&scenario, Layer::Growth, Subject::Gap, 2035).alone, 1.0 - 0.859_557_867_360_208_1, "growth");
}

#[test]
fn a_volatility_in_doubt_explains_nothing_alone_and_much_with_shocks() {
    let text = format!(
        "horizon = 2028\n{}{}",
        side("us", "\"0%\"", "{ one-of = [\"10%\", \"70%\"] }"),
        side("china", "\"0%\"", "\"20%\"")
    );
    let scenario = scenario(&text);
    let row = of(&scenario, Layer::Volatility, Subject::Region(0), 2028);
    // Var(σ z) = E σ²; knowing σ explains no mean, and without it the spread of σ times z stays.
    assert!(row.alone[0] < 5.0 * row.alone[1], "{row:?}");
    let (mean, square): (f64, f64) = (0.4, 0.5 * (0.01 + 0.49));
    close(row.with_others, 1.0 - mean * mean / square, "E σ² − (E σ)² over E σ²");
}

#[test]
fn events_and_rounding_are_layers_of_their_own() {
    let text = format!(
        "horizon = 2026\n{}{}[measurement]\nrounding = true\n[[events]]\nname = \"e\"\nregion = \"us\"\nseries = \"funding\"\nyear = 2024\n\
         effect = {{ step = \"+100%\" }}\nchance = \"50%\"\n",
        side("us", "\"0%\"", "\"30%\""),
        side("china", "\"0%\"", "\"30%\""),
    );
    let scenario = scenario(&text);
    let found = Uncertainty::of(&scenario, &Settings::new(32_768, 3));
    let layers: Vec<Layer> =
        found.rows.iter().filter(|row| row.year == 2026 && row.metric == Metric::Ratio).map(|row| row.layer).collect();
    assert_eq!(layers, [Layer::Measurement, Layer::Events, Layer::Process]);
    // Variances of the log of China: the rounding of $1.5–2.5bn, and three years of shocks.
    let (a, b): (f64, f64) = (1.5, 2.5);
    let moment = |power: i32| {
        let n = 100_000;
        (0..n).map(|i| (a + (b - a) * (f64::from(i) + 0.5) / f64::from(n)).ln().powi(power)).sum::<f64>() / f64::from(n)
    };
    let rounding = moment(2) - moment(1).powi(2);
    let china = of(&scenario, Layer::Measurement, Subject::Region(1), 2026);
    close(china.alone, rounding / (rounding + 0.27), "rounding of China");
    let event = 0.25 * 2f64.ln().powi(2);
    let us = of(&scenario, Layer::Events, Subject::Region(0), 2026);
    // The rounding of $30.5–31.5bn is a ten-thousandth.
    assert!((us.alone[0] - event / (event + 0.27)).abs() < 5.0 * us.alone[1] + 1e-3, "{us:?}");
}

#[test]
fn the_same_seed_gives_the_same_shares_on_any_number_of_threads() {
    let scenario = support::shipped_base();
    let settings = Settings::new(10_000, 5);
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| Uncertainty::of(&scenario, &settings))
    };
    assert_eq!(on(1), on(3));
    assert!(!on(1).rows.is_empty());
}

/// The luck in the total of the base year is a doubt about the figure, that of a later year is luck: with one year of growth
/// the variance of a log is `σ² + 2 s²`, of which `s²` is the figure's.
#[test]
fn the_luck_in_the_base_year_belongs_to_the_figure() {
    let noise = "[measurement]\nsampling = { us = \"14.4%\", china = \"28.2%\" }\n";
    let text = |noise: &str| {
        format!("horizon = 2025\n{}{}{noise}", side("us", "\"0%\"", "\"20%\""), side("china", "\"0%\"", "\"20%\""))
    };
    let scenario = scenario(&text(noise));
    for (region, s) in [(0, 0.144_f64), (1, 0.282)] {
        let whole = 0.04 + 2.0 * s * s;
        let row = of(&scenario, Layer::Measurement, Subject::Region(region), 2024);
        close(row.alone, s * s / whole, "the figure");
        close(of(&scenario, Layer::Process, Subject::Region(region), 2024).alone, (0.04 + s * s) / whole, "luck");
        // The two paths of a draw share it, and their covariance is the doubt about the figure.
        let spread = run(&scenario, 100_000, 3);
        let sd = spread.region(Metric::Funding, region, 2024).unwrap().sd.unwrap();
        assert!(sd > 0.0 && spread.probabilities.iter().any(|it| it.probability.spread_from_assumptions > 0.0));
    }
    // Without it nothing but luck is left.
    let plain = Uncertainty::of(&support::scenario(&text("")), &Settings::new(4096, 11));
    assert!(plain.rows.iter().all(|row| row.layer == Layer::Process));
}

/// The usual size of sampling noise is what its reason says: 1,151 and 232 deals of lognormal sizes, drawn one by one.
#[test]
fn the_usual_luck_of_single_deals_is_the_spread_of_such_totals() {
    let text = format!(
        "horizon = 2025\n{}{}[measurement]\nsampling = true\n",
        side("us", "\"0%\"", "\"20%\""),
        side("china", "\"0%\"", "\"20%\"")
    );
    let scenario = scenario(&text);
    let mut state = 7_u64;
    let mut size = || {
        // SplitMix64 (Steele, Lea and Flood, 2014).
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let uniform = ((mixed ^ (mixed >> 31)) >> 11) as f64 + 0.5;
        (1.83 * normal_quantile(uniform / (1_u64 << 53) as f64)).exp()
    };
    for (region, deals) in [("us", 1151), ("china", 232)] {
        let totals: Vec<f64> = (0..4_000).map(|_| (0..deals).map(|_| size()).sum::<f64>().ln()).collect();
        let mean = totals.iter().sum::<f64>() / totals.len() as f64;
        let variance = totals.iter().map(|it| (it - mean).powi(2)).sum::<f64>() / (totals.len() - 1) as f64;
        let address = format!("measurement.sampling.{region}");
        let usual = scenario.assumptions().iter().find(|it| it.address() == address).unwrap();
        let Distribution::Fixed(usual) = usual.law() else { panic!("{:?}", usual.law()) };
        // Of so many totals the standard error is a percent.
        assert!((variance.sqrt() / usual - 1.0).abs() < 0.03, "{region}: {} instead of {usual}", variance.sqrt());
    }
}

/// In the money shown: an exchange rate in doubt spreads amounts in yuan, and no ratio.
#[test]
fn shares_of_amounts_are_those_of_the_money_shown() {
    let money = "[money]\ncurrency = \"CNY\"\nexchange-rate = { lognormal = { p10 = 5, p90 = 9 } }\n";
    let text = format!("horizon = 2025\n{}{}", side("us", "\"0%\"", "\"20%\""), side("china", "\"0%\"", "\"20%\""));
    let in_yuan = scenario(&format!("{text}{money}"));
    let sigma = (9.0_f64 / 5.0).ln() / (2.0 * 1.281_551_565_544_600_4);
    let row = of(&in_yuan, Layer::Growth, Subject::Region(0), 2024);
    close(row.alone, sigma * sigma / (sigma * sigma + 0.04), "the rate");
    assert_eq!(of(&in_yuan, Layer::Growth, Subject::Gap, 2024).alone[0], 0.0);
}
