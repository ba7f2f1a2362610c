//! Laws of the random numbers: the same on any number of threads, each with an address of its own, paired between
//! scenarios.
#![allow(clippy::disallowed_methods, reason = "tests may use the platform's mathematics")]

use crate::support;
use crate::support::{BASE, paths, run, scenario, shipped_base};
use aigap::random::{Key, Numbers, Purpose};
use aigap::summary::Summary;
use proptest::prelude::*;

fn on_threads(threads: usize, paths: u64) -> Summary {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    pool.install(|| run(&shipped_base(), paths, 42))
}

#[test]
fn one_two_and_seven_threads_say_the_same_to_the_last_bit() {
    // Several waves of blocks and a last block that is not full.
    let alone = on_threads(1, 150_002);
    assert_eq!(alone, on_threads(2, 150_002));
    assert_eq!(alone, on_threads(7, 150_002));
}

#[test]
fn the_first_thousand_paths_of_a_long_run_are_the_short_run() {
    let base = shipped_base();
    let (short, long) = (paths(&base, 1_000, 3), paths(&base, 100_000, 3));
    for region in 0..2 {
        for year in 0..7 {
            assert_eq!(short.funding[region][year], long.funding[region][year][..1_000]);
            assert_eq!(short.deals[region][year], long.deals[region][year][..1_000]);
        }
    }
    assert!(short.assumptions.iter().zip(&long.assumptions).all(|(short, long)| *short == long[..500]));
}

#[test]
fn two_paths_share_a_draw_and_nothing_else() {
    let kept = paths(&shipped_base(), 20_000, 8);
    let growth = shipped_base().assumptions().iter().position(|it| it.address() == "us.deals.growth").unwrap();
    assert_eq!(kept.assumptions[growth].len(), 10_000);
    let first: Vec<f64> = kept.deals[0][0].iter().step_by(2).copied().collect();
    let second: Vec<f64> = kept.deals[0][0].iter().skip(1).step_by(2).copied().collect();
    // Shocks of 20% against drifts of 7%: the drifts make a correlation of 0.0049 / 0.0449, the shocks none.
    let expected = 0.07f64.powi(2) / (0.07f64.powi(2) + 0.2f64.powi(2));
    assert!((correlation(&first, &second) - expected).abs() < 5.0 / 100.0, "{}", correlation(&first, &second));
}

fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let mean = |x: &[f64]| x.iter().sum::<f64>() / x.len() as f64;
    let (am, bm) = (mean(a), mean(b));
    let product =
        |x: &[f64], xm: f64, y: &[f64], ym: f64| x.iter().zip(y).map(|(x, y)| (x - xm) * (y - ym)).sum::<f64>();
    product(a, am, b, bm) / (product(a, am, a, am) * product(b, bm, b, bm)).sqrt()
}

/// A suite of reproducibility tests passes happily on one stream shared by all parameters; this one does not.
#[test]
fn numbers_of_different_addresses_years_and_shifts_are_independent() {
    let numbers = Numbers::new(11);
    let n = 40_000;
    let column = |purpose, address: &str, year: i32, shift: u64| -> Vec<f64> {
        (0..n).map(|path| numbers.uniform(path + shift, year, Key::new(purpose, address), 0)).collect()
    };
    let mut columns = vec![column(Purpose::Shock, "us.deals", 2024, 1), column(Purpose::Shock, "us.deals", 2024, 2)];
    for address in ["us.deals", "us.deal-size", "china.deals", "china.deal-size"] {
        for year in [2024, 2025, 2026] {
            columns.push(column(Purpose::Shock, address, year, 0));
        }
        columns.push(column(Purpose::Assumption, &format!("{address}.growth"), 0, 0));
        columns.push(column(Purpose::EventFlag, address, 0, 0));
    }
    let bound = 5.0 / (n as f64).sqrt();
    for (i, a) in columns.iter().enumerate() {
        let mean = a.iter().sum::<f64>() / n as f64;
        assert!((mean - 0.5).abs() < 5.0 * (1.0 / 12.0f64).sqrt() / (n as f64).sqrt());
        // Chi-square of 64 cells: mean 63, standard deviation √126.
        let mut cells = [0.0; 64];
        a.iter().for_each(|u| cells[(u * 64.0) as usize] += 1.0);
        let expected = n as f64 / 64.0;
        let chi: f64 = cells.iter().map(|count| (count - expected).powi(2) / expected).sum();
        assert!((chi - 63.0).abs() < 6.0 * 126.0f64.sqrt(), "{chi}");
        for (j, b) in columns.iter().enumerate().skip(i + 1) {
            assert!(correlation(a, b).abs() < bound, "{i} and {j}: {}", correlation(a, b));
        }
    }
}

/// Other people's samplers on two generators against our own quantile functions: no quantile of the laws may differ
/// by more than five standard errors.
#[test]
fn the_laws_agree_with_the_samplers_of_rand_distr() {
    use aigap::distribution::Distribution as Law;
    use aigap::random::Stream;
    use rand::SeedableRng;
    use rand_distr::Distribution as _;
    let n = 100_000;
    let ours = || Stream::new(Numbers::new(5), Key::new(Purpose::Shock, "oracle"));
    let theirs = || rand::rngs::ChaCha8Rng::seed_from_u64(5);
    let normal = rand_distr::Normal::new(0.3, 1.7).unwrap();
    let lognormal = rand_distr::LogNormal::new(0.3, 0.7).unwrap();
    let pert = rand_distr::Pert::new(-1.0, 4.0).with_mode(0.5).unwrap();
    let triangular = rand_distr::Triangular::new(-1.0, 4.0, 0.5).unwrap();
    let mut samples: Vec<(Law, Vec<f64>)> = Vec::new();
    let laws = [
        Law::Normal { mean: 0.3, sd: 1.7 },
        Law::LogNormal { mu: 0.3, sigma: 0.7 },
        Law::Pert { low: -1.0, mode: 0.5, high: 4.0 },
        Law::Triangular { low: -1.0, mode: 0.5, high: 4.0 },
    ];
    let (mut a, mut b) = (ours(), theirs());
    samples.push((laws[0].clone(), (0..n).map(|_| normal.sample(&mut a)).collect()));
    samples.push((laws[0].clone(), (0..n).map(|_| normal.sample(&mut b)).collect()));
    samples.push((laws[1].clone(), (0..n).map(|_| lognormal.sample(&mut a)).collect()));
    samples.push((laws[2].clone(), (0..n).map(|_| pert.sample(&mut b)).collect()));
    samples.push((laws[3].clone(), (0..n).map(|_| triangular.sample(&mut a)).collect()));
    for (law, sample) in &samples {
        for p in [0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99] {
            let below = sample.iter().filter(|value| **value <= law.quantile(p)).count() as f64 / n as f64;
            let error = (p * (1.0 - p) / n as f64).sqrt();
            assert!((below - p).abs() < 5.0 * error, "{law:?} at {p}: {below}");
            assert!((law.cdf(law.quantile(p)) - p).abs() < 1e-12, "{law:?} at {p}");
        }
    }
}

#[test]
fn changing_china_leaves_every_number_of_the_us_untouched() {
    let changed = BASE.replace("4.08107741923882%", "-12%").replace("volatility = \"45%\"", "volatility = \"90%\"");
    let (before, after) = (paths(&scenario(BASE), 3_000, 1), paths(&scenario(&changed), 3_000, 1));
    assert_eq!(before.deals[0], after.deals[0]);
    assert_eq!(before.deal_size[0], after.deal_size[0]);
    assert_ne!(before.deals[1], after.deals[1]);
}

#[test]
fn changing_the_series_drawn_first_moves_no_other() {
    let changed = BASE.replace("2.02013400267558%", "9%").replace("volatility = \"20%\"", "volatility = \"33%\"");
    let (before, after) = (paths(&scenario(BASE), 3_000, 1), paths(&scenario(&changed), 3_000, 1));
    assert_ne!(before.deals[0], after.deals[0]);
    assert_eq!(before.deal_size[0], after.deal_size[0]);
    assert_eq!(before.deals[1], after.deals[1]);
    assert_eq!(before.deal_size[1], after.deal_size[1]);
}

#[test]
fn an_assumption_more_moves_no_other() {
    let more = BASE.replace("growth = \"8.32870676749586%\"", "growth = { mean = \"8%\", sd = \"3%\" }");
    let event = "[[events]]\nname = \"a\"\nregion = \"china\"\nseries = \"deal-size\"\nyear = 2026\nchance = \"40%\"\n\
                 effect = { step = { p10 = \"-20%\", p90 = \"10%\" } }\n";
    let more = format!("{more}\n{event}");
    let (before, after) = (paths(&scenario(BASE), 3_000, 1), paths(&scenario(&more), 3_000, 1));
    assert_eq!(before.deals, after.deals);
    assert_eq!(before.deal_size[0], after.deal_size[0]);
}

#[test]
fn the_order_of_a_file_changes_nothing() {
    let (head, tail) = BASE.split_at(BASE.find("[china.deals]").unwrap());
    let (regions, correlations) = tail.split_at(tail.find("[[correlations]]").unwrap());
    let (title, us) = head.split_at(head.find("[us.deals]").unwrap());
    let mut pairs: Vec<&str> = correlations.split("[[correlations]]").filter(|pair| !pair.trim().is_empty()).collect();
    pairs.reverse();
    let pairs: String = pairs.iter().map(|pair| format!("[[correlations]]{pair}\n")).collect();
    let reordered = scenario(&format!("{title}\n{regions}\n{us}\n{pairs}"));
    assert_eq!(scenario(BASE).resolved_toml(), reordered.resolved_toml());
    assert_eq!(run(&scenario(BASE), 3_000, 1), run(&reordered, 3_000, 1));
}

#[test]
fn a_value_from_2027_on_leaves_every_earlier_year_of_every_path_as_it_was() {
    let dated = BASE.replace(
        "growth = \"4.08107741923882%\"",
        "growth = [\"4.08107741923882%\", { from = 2027, value = \"20%\" }]",
    );
    let (before, after) = (paths(&scenario(BASE), 3_000, 1), paths(&scenario(&dated), 3_000, 1));
    assert_eq!(before.deals[1][..3], after.deals[1][..3]);
    assert_ne!(before.deals[1][3], after.deals[1][3]);
}

#[test]
fn without_shocks_every_quantile_is_the_path() {
    let still = ["20%", "35%", "25%", "45%"]
        .iter()
        .fold(BASE.to_owned(), |text, sd| text.replace(&format!("volatility = \"{sd}\""), "volatility = \"0%\""));
    let (summary, kept) = (run(&scenario(&still), 200, 1), paths(&scenario(&still), 2, 1));
    for row in summary.fan.iter().filter(|row| row.simulated.is_some()) {
        let quantiles = row.simulated.as_ref().unwrap().quantiles.unwrap();
        assert!(quantiles.iter().all(|q| *q == quantiles[0]), "{row:?}");
    }
    // Closed form: 1151 · e^(0.02 h).
    assert!((kept.deals[0][4][0] - (1151f64.ln() + 0.1)).abs() < 1e-12);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_path_crosses_its_ceiling(
        ceiling in 1200.0..1e5f64, growth in -20.0..120.0f64, volatility in 0.0..149.0f64, seed in any::<u64>()
    ) {
        let text = BASE.replacen(
            "model = \"random-walk\"\ngrowth = \"2.02013400267558%\"\nvolatility = \"20%\"",
            &format!("model = \"logistic\"\ngrowth = \"{growth:.2}%\"\nceiling = {ceiling:.0}\nvolatility = \"{volatility:.1}%\""),
            1,
        );
        let kept = paths(&scenario(&text), 500, seed);
        let top = (ceiling.round()).ln() + 1e-12;
        prop_assert!(kept.deals[0].iter().flatten().all(|log| *log <= top));
    }

    #[test]
    fn more_growth_in_china_never_raises_a_ratio(more in 0.1..30.0f64, seed in any::<u64>()) {
        let changed = BASE.replace("4.08107741923882%", &format!("{:.4}%", 4.081 + more));
        let (before, after) = (paths(&scenario(BASE), 200, seed), paths(&scenario(&changed), 200, seed));
        for year in 0..12 {
            for path in 0..200 {
                let ratio = |kept: &support::Paths| kept.funding[0][year][path] - kept.funding[1][year][path];
                prop_assert!(ratio(&after) <= ratio(&before) + 1e-12);
            }
        }
    }

    #[test]
    fn a_ceiling_far_away_is_no_ceiling(growth in -10.0..30.0f64, seed in any::<u64>()) {
        let walk = BASE.replace("2.02013400267558%", &format!("{growth:.3}%"));
        let capped = walk.replacen("model = \"random-walk\"", "model = \"logistic\"\nceiling = 900000000000", 1);
        let (walk, capped) = (paths(&scenario(&walk), 100, seed), paths(&scenario(&capped), 100, seed));
        for (a, b) in walk.deals[0].iter().flatten().zip(capped.deals[0].iter().flatten()) {
            prop_assert!((a - b).abs() < 1e-4, "{a} {b}");
        }
    }
}
