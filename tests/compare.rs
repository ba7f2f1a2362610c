//! What-ifs against a baseline: closed forms, exact zeros, parts that add up, words and files of the same numbers.
#![allow(clippy::disallowed_methods, reason = "tests may use the platform's mathematics")]

mod words;

use std::collections::BTreeMap;
use std::path::Path;

use crate::support;
use crate::support::{BASE, run, scenario};
use aigap::engine::Settings;
use aigap::metric::{Base, Measure, Metric, Subject};
use aigap::scenario::Scenario;
use aigap::study::{Attribute, Comparison};
use aigap::summary::PairedRow;
use words::agree;

fn compared(scenarios: &[&Scenario], paths: u64, weights: Option<Vec<f64>>) -> Comparison {
    let settings = Settings::new(paths, 7);
    Comparison::of(scenarios, &settings, weights, Attribute::WhereExact, &|_| {})
}

fn row(comparison: &Comparison, metric: Metric, subject: Subject, year: i32) -> &PairedRow {
    let measure = Measure { metric, subject };
    comparison.what_ifs[0].rows.iter().find(|row| row.measure == measure && row.year == year).unwrap()
}

/// BASE with an event of that year on: a step of a Chinese series.
fn with_step(name: &str, region: &str, series: &str, effect: &str) -> String {
    format!(
        "[[events]]\nname = \"{name}\"\nregion = \"{region}\"\nseries = \"{series}\"\nyear = 2024\neffect = {{ step = \"{effect}\" }}\n"
    )
}

#[test]
fn pairing_narrows_the_error_of_a_level_by_the_factor_of_the_golden_row() {
    // Golden row M16: China's funding 30% higher on every path.
    let (base, more) =
        (scenario(BASE), scenario(&(BASE.to_owned() + &with_step("more", "china", "deal-size", "+30%"))));
    let comparison = compared(&[&base, &more], 4000, None);
    let row = row(&comparison, Metric::Funding, Subject::Region(base.gap().follow()), 2030);
    let narrowed = row.narrowing().unwrap();
    assert!((narrowed * narrowed / 29.888_888_888_888_89 - 1.0).abs() < 1e-9, "{}", narrowed * narrowed);
    assert!(row.ratio.unwrap().iter().all(|ratio| (ratio - 1.3).abs() < 1e-12));
    assert_eq!((row.greater.hits, row.unchanged.hits), (4000, 0));
}

#[test]
fn a_certain_change_of_growth_moves_every_path_by_its_closed_form() {
    // China's deals grow by 0.08 a year in logs instead of 0.04: the ratio is e^(−0.04 h) of what it was.
    let (base, faster) = (scenario(BASE), scenario(&BASE.replace("4.08107741923882%", "8.32870676749586%")));
    let comparison = compared(&[&base, &faster], 2000, None);
    for year in base.years() {
        let years = f64::from(year - base.base_year());
        let ratio = row(&comparison, Metric::Ratio, Subject::Gap, year);
        assert!(ratio.ratio.unwrap().iter().all(|it| (it / (-0.04 * years).exp() - 1.0).abs() < 1e-9));
        let log = row(&comparison, Metric::LogRatio, Subject::Gap, year);
        assert!((log.difference.mean.unwrap() + 0.04 * years).abs() < 1e-9);
        assert!(log.difference.quantiles.unwrap().iter().all(|it| (it + 0.04 * years).abs() < 1e-9));
        assert_eq!((ratio.smaller.hits, ratio.greater.hits), (2000, 0));
        // What is not touched does not differ at all.
        let us = row(&comparison, Metric::Funding, Subject::Region(base.gap().lead()), year);
        assert_eq!((us.unchanged.hits, us.difference.mean), (2000, Some(0.0)));
        assert_eq!(us.difference.quantiles.unwrap(), [0.0; 7]);
    }
}

/// China's deals swing by 35% a year instead of 25%.
fn wilder() -> Scenario {
    scenario(&BASE.replace("volatility = \"25%\"", "volatility = \"35%\""))
}

#[test]
fn differences_of_volatility_follow_their_normal_law() {
    let (base, wilder) = (scenario(BASE), wilder());
    let paths = 20_000;
    let comparison = compared(&[&base, &wilder], paths, None);
    let log = row(&comparison, Metric::LogRatio, Subject::Gap, 2035);
    // D = −0.10 Σε over twelve years.
    let sd = 0.10 * 12_f64.sqrt();
    let quantiles = log.difference.quantiles.unwrap();
    for (place, z, density, p) in [
        (0, -1.959_964, 0.058_45, 0.025),
        (1, -1.281_552, 0.175_5, 0.1),
        (3, 0.0, 0.398_9, 0.5),
        (5, 1.281_552, 0.175_5, 0.9),
        (6, 1.959_964, 0.058_45, 0.975),
    ] {
        let error = (p * (1.0 - p) / paths as f64).sqrt() * sd / density;
        assert!((quantiles[place] - z * sd).abs() < 5.0 * error, "{p}: {} is not {}", quantiles[place], z * sd);
    }
    let half = sd / 0.398_9 * 0.5 / (paths as f64).sqrt();
    assert!((log.difference.median_error.unwrap() / half - 1.0).abs() < 0.2, "{:?} is not {half}", log.difference);
    // Variances of a year's change of the log ratio: 0.3305 and 0.3855 by themselves, 0.01 of their difference.
    let theory = ((0.3305 + 0.3855) / 0.01_f64).sqrt();
    let narrowed = log.narrowing().unwrap();
    assert!((narrowed / theory - 1.0).abs() < 0.03, "{narrowed} is not {theory}");
    // E F = F₀ e^(hμ + h v/2) with μ = 0.12 and v = 0.31 or 0.388.
    let funding = row(&comparison, Metric::Funding, Subject::Region(base.gap().follow()), 2025);
    let start = Base::new(&base).funding[1];
    let exact = start * (0.24_f64).exp() * ((0.388_f64).exp() - (0.31_f64).exp());
    let (mean, error) = (funding.difference.mean.unwrap(), funding.difference.standard_error.unwrap());
    assert!((mean - exact).abs() < 5.0 * error, "{mean} is not {exact} ± {error}");
}

#[test]
fn runs_on_different_luck_differ_by_as_much_more_as_theory_says() {
    // The control: the same two scenarios, forty times on the same seed and forty times on different ones.
    let (base, wilder) = (scenario(BASE), wilder());
    let mean =
        |scenario: &Scenario, seed: u64| run(scenario, 500, seed).gap(Metric::LogRatio, 2035).unwrap().mean.unwrap();
    let differences =
        |shift: u64| -> Vec<f64> { (0..40).map(|seed| mean(&wilder, seed + shift) - mean(&base, seed)).collect() };
    let variance = |values: &[f64]| {
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / (values.len() - 1) as f64
    };
    let ratio = variance(&differences(1000)) / variance(&differences(0));
    // 71.6 in theory; the log of a ratio of two variances with 39 degrees of freedom has an sd of 0.32.
    assert!((ratio / 71.6).ln().abs() < 4.0 * 0.32, "{ratio}");
}

#[test]
fn parts_are_those_worked_by_hand_where_nothing_is_left_to_chance() {
    let calm = ["20%", "35%", "25%", "45%"].iter().fold(BASE.to_owned(), |text, volatility| {
        text.replace(&format!("volatility = \"{volatility}\""), "volatility = \"0%\"")
    });
    let what_if = calm.clone()
        + &with_step("a", "us", "deals", "+20%")
        + &with_step("b", "us", "deal-size", "+50%")
        + &with_step("c", "china", "deals", "+30%");
    let (base, what_if) = (scenario(&calm), scenario(&what_if));
    let comparison = compared(&[&base, &what_if], 2, None);
    let found = comparison.what_ifs[0].attribution.as_ref().unwrap();
    let last = comparison
        .baseline
        .summary
        .fan_row(Measure { metric: Metric::Funding, subject: Subject::Region(base.gap().lead()) }, 2035);
    let us = last.unwrap().simulated.as_ref().unwrap().mean.unwrap();
    let measure = Measure { metric: Metric::Funding, subject: Subject::Region(base.gap().follow()) };
    let china = comparison.baseline.summary.fan_row(measure, 2035).unwrap().simulated.as_ref().unwrap().mean.unwrap();
    // gap = U a b − C c: the product of two inputs is shared equally, the third stands alone. ln ratio is a sum.
    let (a, b, c) = (1.2, 1.5, 1.3);
    let shared = 0.5 * (a - 1.0) * (b - 1.0);
    for (name, log, gap) in [
        ("events.a", f64::ln(a), us * (a - 1.0 + shared)),
        ("events.b", f64::ln(b), us * (b - 1.0 + shared)),
        ("events.c", -f64::ln(c), -china * (c - 1.0)),
    ] {
        let part = found.part(name).unwrap();
        assert!((part.value.log_median_ratio - log).abs() < 1e-9, "{part:?}");
        assert!((part.value.mean_gap / gap - 1.0).abs() < 1e-9, "{part:?} is not {gap}");
        assert_eq!(part.error, None);
    }
    let terms: BTreeMap<(usize, &str), f64> =
        comparison.what_ifs[0].identity.iter().map(|term| ((term.side, term.component), term.log_points)).collect();
    assert!((terms[&(0, "deals")] - f64::ln(a)).abs() < 1e-9 && (terms[&(0, "deal-size")] - f64::ln(b)).abs() < 1e-9);
    assert!((terms[&(1, "deals")] + f64::ln(c)).abs() < 1e-9 && terms[&(1, "deal-size")].abs() < 1e-9);
}

/// Every shipped what-if as the library reads it.
fn shipped() -> Vec<Scenario> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    paths.sort();
    let read = |path: &Path| std::fs::read(path).map_err(|error| error.to_string());
    let load =
        |path: &std::path::PathBuf| aigap::scenario::load(path, &Default::default(), None, &read).unwrap().scenario;
    paths.iter().map(load).collect()
}

#[test]
fn with_all_inputs_taken_over_a_scenario_is_the_what_if() {
    let all = shipped();
    let base = all.iter().find(|it| it.name() == "base").unwrap();
    let comparable = |it: &&Scenario| base.comparable_with(it).is_none();
    for what_if in all.iter().filter(|it| it.name() != "base" && it.name() != "deal-by-deal").filter(comparable) {
        let comparison = compared(&[base, what_if], 1000, None);
        let found = comparison.what_ifs[0].attribution.as_ref().unwrap();
        let (sum, whole) = found.parts.iter().fold((0.0, found.what_if.minus(found.base)), |(sum, whole), part| {
            (sum + part.value.log_median_ratio, whole)
        });
        assert!((sum - whole.log_median_ratio).abs() < 1e-9, "{}: {sum} is not {whole:?}", what_if.name());
        agree(&comparison);
    }
}

#[test]
fn where_nothing_changes_the_ratio_is_exactly_one() {
    // The push comes in 85% of paths: quantiles from there on are those of paths without any change.
    let all = shipped();
    let find = |name: &str| all.iter().find(|it| it.name() == name).unwrap();
    let comparison = compared(&[find("base"), find("china-state-push")], 4000, None);
    let ratio = row(&comparison, Metric::Ratio, Subject::Gap, 2030);
    assert!(ratio.unchanged.value > 0.1 && ratio.smaller.value < 0.9);
    assert_eq!((ratio.ratio.unwrap()[5], ratio.difference.quantiles.unwrap()[5]), (1.0, 0.0));
}

#[test]
fn no_quotient_is_formed_of_a_metric_that_may_be_negative() {
    let named = |name: &str| shipped().into_iter().find(|it| it.name() == name).unwrap();
    let (base, single) = (named("base"), named("deal-by-deal"));
    for other in [&single, &base] {
        let comparison = compared(&[&single, other], 256, None);
        for row in &comparison.what_ifs[0].rows {
            let metric = row.measure.metric;
            assert!(row.ratio.is_none() || !metric.may_be_negative(), "{} in {}", metric.name(), row.year);
        }
    }
    // The sum of the deals up to $100m, lead minus follow, was the one that nobody thought of.
    let measures = Measure::all(&single);
    assert!(measures.iter().any(|it| it.metric == Metric::GapBelow100m));
}

#[test]
fn terms_of_the_identity_add_up_and_money_leaves_the_ratio_alone() {
    let yuan = "[money]\ncurrency = \"CNY\"\nexchange-rate = 7\n";
    let base = scenario(BASE);
    let more = scenario(&(BASE.to_owned() + &with_step("more", "us", "deals", "+20%") + yuan));
    let comparison = compared(&[&base, &more], 1000, None);
    let it = &comparison.what_ifs[0];
    let of = |side: usize, component: &str| {
        it.identity.iter().find(|term| (term.side, term.component) == (side, component)).unwrap().log_points
    };
    assert!(of(0, "money").abs() > 1.0 && (of(0, "money") + of(1, "money")).abs() < 1e-12);
    let total: f64 = it.identity.iter().map(|term| term.log_points).sum();
    let log = row(&comparison, Metric::LogRatio, Subject::Gap, 2035);
    assert!((total - log.difference.mean.unwrap()).abs() < 1e-9 && (total - 1.2_f64.ln()).abs() < 1e-9);
}

#[test]
fn an_assumption_that_is_made_certain_leaves_the_other_region_alone() {
    let base = support::shipped_base();
    let read = |path: &Path| std::fs::read(path).map_err(|error| error.to_string());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/base.toml");
    let layers = aigap::scenario::Layers { set: vec!["china.deals.growth=20%".to_owned()], ..Default::default() };
    let certain = aigap::scenario::load(&path, &layers, None, &read).unwrap().scenario;
    let comparison = compared(&[&base, &certain], 1000, None);
    let us = row(&comparison, Metric::Funding, Subject::Region(base.gap().lead()), 2030);
    assert_eq!((us.unchanged.hits, us.difference.mean), (1000, Some(0.0)));
    let addresses: Vec<&str> = comparison.what_ifs[0].differences.iter().map(|it| it.address.as_str()).collect();
    assert_eq!(addresses, ["china.deals.growth"]);
}

#[test]
fn more_than_six_inputs_are_grouped_and_then_sampled() {
    let other = ["20%", "35%", "25%", "45%"].iter().fold(BASE.to_owned(), |text, volatility| {
        let wilder = format!("volatility = \"{}0%\"", volatility.chars().next().unwrap().to_digit(10).unwrap() + 1);
        text.replace(&format!("volatility = \"{volatility}\""), &wilder)
    });
    let other =
        other.replace("2.02013400267558%", "3%").replace("5.12710963760240%", "4%").replace("4.08107741923882%", "9%");
    let base = scenario(BASE);
    let comparison = compared(&[&base, &scenario(&other)], 500, None);
    let found = comparison.what_ifs[0].attribution.as_ref().unwrap();
    let mut names: Vec<&str> = found.parts.iter().map(|part| part.name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["china", "us"]);
    assert!(found.parts.iter().all(|part| part.addresses.len() > 2 && part.error.is_none()));
    agree(&comparison);
    // Seven events cannot be grouped: they are attributed only if that is asked for, over random orders.
    let events: String = (0..7)
        .map(|place| with_step(&format!("e{place}"), "china", "deals", &format!("+{}%", 5 + 5 * place)))
        .collect();
    let many = scenario(&(BASE.to_owned() + &events));
    assert!(compared(&[&base, &many], 100, None).what_ifs[0].attribution.is_none());
    let settings = Settings::new(100, 7);
    let sampled = Comparison::of(&[&base, &many], &settings, None, Attribute::Always, &|_| {});
    let found = sampled.what_ifs[0].attribution.as_ref().unwrap();
    assert!(found.parts.len() == 7 && found.parts.iter().all(|part| part.error.is_some()));
    // Steps add in logs, so that every order gives the same but for the bucket of the median: ln 1.05 for the first.
    let part = found.part("events.e0").unwrap();
    assert!((part.value.log_median_ratio + 1.05_f64.ln()).abs() < 1e-3, "{part:?}");
    assert!(aigap::wording::comparison_story(&sampled, &[]).contains("random orders"));
    agree(&sampled);
}

#[test]
fn a_mixture_of_equals_is_the_scenario_and_the_choice_has_its_share_of_the_variance() {
    let base = scenario(BASE);
    let faster = scenario(&BASE.replace("4.08107741923882%", "8.32870676749586%"));
    let same = compared(&[&base, &base], 4000, Some(vec![0.3, 0.7]));
    let measure = Measure { metric: Metric::Ratio, subject: Subject::Gap };
    let find = |comparison: &Comparison| {
        let (_, rows) = comparison.ensemble.as_ref().unwrap();
        rows.iter().find(|row| row.measure == measure && row.year == 2035).unwrap().clone()
    };
    let (mixed, alone) =
        (find(&same), same.baseline.summary.fan_row(measure, 2035).unwrap().simulated.clone().unwrap());
    for (mixed, alone) in mixed.quantiles.iter().zip(alone.quantiles.unwrap()) {
        assert!((mixed / alone - 1.0).abs() < 2e-3, "{mixed} is not {alone}");
    }
    assert!(mixed.from_choice.unwrap() < 1e-12);
    // Means of the log apart by 0.48, variance 3.966 within: w(1−w) 0.48² over the sum.
    let comparison = compared(&[&base, &faster], 4000, Some(vec![0.25, 0.75]));
    let between = 0.25 * 0.75 * 0.48 * 0.48;
    let exact = between / (between + 0.3305 * 12.0);
    let found = find(&comparison).from_choice.unwrap();
    assert!((found / exact - 1.0).abs() < 0.12, "{found} is not {exact}");
    assert!(aigap::wording::comparison_story(&comparison, &[]).contains("25%, 75%"));
    let weighted = |weights: [f64; 2]| find(&compared(&[&base, &faster], 4000, Some(weights.to_vec()))).quantiles[4];
    let medians = [[1.0, 0.0], [0.5, 0.5], [0.0, 1.0]].map(weighted);
    assert!(medians[0] > medians[1] && medians[1] > medians[2], "{medians:?}");
    assert!((medians[2] / medians[0] / (-0.48_f64).exp() - 1.0).abs() < 5e-3);
}
