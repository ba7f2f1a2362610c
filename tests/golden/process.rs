//! Golden rows of regimes, tails, counts, single deals, events and variance: E, F, G, H, I and M23.

use aigap::counting::sizes::{Shape, next_level, sigma_of, skewness_of_total, variation_of_total};
use aigap::counting::{Count, poisson_quantile};
use aigap::event::{Effect, Jump};
use aigap::growth::Regime;
use aigap::metric::{Metric, Question};
use aigap::regime::{Chain, Start};
use aigap::scenario::{Scenario, nearest_correlation};
use aigap::shock::Law;
use aigap::special::normal_quantile;

use super::{MANY, Said, covariance};
use crate::support::{Paths, paths, run, scenario};

pub fn all(said: &mut Said) {
    regimes(said);
    tails(said);
    counts(said);
    single_deals(said);
    events(said);
    said.exact("A26", sigma_of(23.4, 4.4));
    let nearest = nearest_correlation(4, &[2., -1., 0., 0., -1., 2., -1., 0., 0., -1., 2., -1., 0., 0., -1., 2.]);
    // Rows and columns of the row ids count from 1.
    said.exact("M23_12", nearest[1]);
    said.exact("M23_13", nearest[2]);
    said.exact("M23_23", nearest[6]);
}

/// A log as the percentage that a scenario states.
fn percent(log: f64) -> String {
    format!("\"{:.13}%\"", log.exp_m1() * 100.0)
}

fn sorted(mut values: Vec<f64>) -> Vec<f64> {
    values.sort_by(f64::total_cmp);
    values
}

fn quantile(sorted: &[f64], p: f64) -> f64 {
    sorted[(p * (sorted.len() - 1) as f64).round() as usize]
}

fn regimes(said: &mut Said) {
    let chain = Chain {
        states: vec!["boom".to_owned(), "bust".to_owned()],
        moves: vec![vec![None, Some(0.25)], vec![Some(0.45), None]],
        start: Start::In(0),
    };
    said.exact("E01", chain.stationary()[0]);
    said.exact("E02", chain.mean_years_in(0));
    let china = Regime { states: vec![[0.2, 0.2], [-0.45, 0.35]] };
    let moment = |order| china.moment(&chain, &[1.0, 0.0], order, 5);
    said.exact("E06_CN", 2.0 * (moment(2) - moment(1) * moment(1)).sqrt());
    let side = |name: &str, growth: [f64; 2], volatility: [&str; 2]| {
        format!(
            "[{name}.funding]\nmodel = \"regime\"\ngrowth = {{ boom = {}, bust = {} }}\nvolatility = {{ boom = \"{}\", bust = \"{}\" }}\n",
            percent(growth[0]),
            percent(growth[1]),
            volatility[0],
            volatility[1]
        )
    };
    let text = format!(
        "horizon = 2028\n[regimes]\nstates = [\"boom\", \"bust\"]\nstart = \"boom\"\n[regimes.transitions]\nboom = {{ bust = \"25%\" }}\n\
         bust = {{ boom = \"45%\" }}\n{}{}[[correlations]]\nbetween = [\"us.funding\", \"china.funding\"]\nrho = 0.3\n",
        side("us", [0.25, -0.25], ["15%", "25%"]),
        side("china", [0.2, -0.45], ["20%", "35%"]),
    );
    let n = 400_000;
    let kept = paths(&scenario(&text), n, 41);
    let change = |region: usize, start: f64| -> Vec<f64> {
        kept.funding[region][4].iter().map(|log| log - start.ln()).collect()
    };
    let (us, china) = (change(0, 31.0), change(1, 2.0));
    for (name, start, column) in [("US", 31.0, &us), ("CN", 2.0, &china)] {
        let mean = |of: &dyn Fn(f64) -> f64| column.iter().map(|log| of(*log)).sum::<f64>() / n as f64;
        said.simulated(&format!("E03_{name}"), mean(&|log| log), n);
        said.simulated(&format!("E05_{name}"), start * mean(&f64::exp), n);
        said.simulated(&format!("E07_{name}"), mean(&|log| f64::from(u8::from(log < 0.0))), n);
        let sorted = sorted(column.clone());
        let wanted: &[f64] = if name == "US" { &[0.05, 0.95] } else { &[0.05, 0.5] };
        for p in wanted {
            said.simulated(&format!("E08_{name}_q{:02}", p * 100.0), quantile(&sorted, *p), n);
        }
    }
    said.simulated("E04_CN", covariance(&china, &china), n);
    let correlation = covariance(&us, &china) / (covariance(&us, &us) * covariance(&china, &china)).sqrt();
    said.simulated("E09", correlation, n);
}

/// Two regions of funding alone, both with this volatility and growth, under a law of shocks.
fn shocked(law: &str, growth: f64, volatility: &str, rho: f64) -> Scenario {
    let side = |name: &str| {
        format!(
            "[{name}.funding]\nmodel = \"random-walk\"\ngrowth = {}\nvolatility = \"{volatility}\"\n",
            percent(growth)
        )
    };
    scenario(&format!(
        "horizon = 2028\n{}{}[[correlations]]\nbetween = [\"us.funding\", \"china.funding\"]\nrho = {rho}\n[shocks]\nlaw = {law}\n",
        side("us"),
        side("china")
    ))
}

fn tails(said: &mut Said) {
    let n = 400_000;
    let student = paths(&shocked("{ student-t = 5 }", 0.0, "100%", 0.3), n, 43);
    let shocks = |kept: &Paths, region: usize, start: f64| -> Vec<f64> {
        kept.funding[region][0].iter().map(|log| log - start.ln()).collect()
    };
    let (us, china) = (shocks(&student, 0, 31.0), shocks(&student, 1, 2.0));
    let sorted_us = sorted(us.clone());
    for (id, p) in [("F01_q90", 0.9), ("F01_q95", 0.95), ("F01_q999", 0.999)] {
        said.simulated(id, quantile(&sorted_us, p), n);
    }
    // Both below the 5% quantile of the law: the separate tail is the Gaussian copula.
    let low = -1.560_849_758_344_229_7;
    let both = us.iter().zip(&china).filter(|(us, china)| **us < low && **china < low).count();
    said.simulated("F06", both as f64 / n as f64, n);
    let levels = shocked("{ student-t = 5 }", 0.07, "43.64%", 0.0);
    let one_year = paths(&levels, n, 44);
    said.simulated("F02", quantile(&sorted(one_year.funding[0][0].clone()), 0.95).exp(), n);
    said.exact("F03", Law::StudentT { freedom: 5.0 }.kurtosis().unwrap());
    // The reason why no mean of a level is printed.
    let summary = run(&levels, 2_000, 1);
    let spread = summary.region(Metric::Funding, 0, 2028).unwrap();
    assert!(spread.mean.is_none() && spread.sd.is_none() && spread.share_from_assumptions.is_none());
    assert!(summary.gap(Metric::LogRatio, 2028).unwrap().mean.is_some());
    let mixed = "{ contaminated = \"10%\", times = 3 }";
    let kept = paths(&shocked(mixed, 0.0, "100%", 0.0), n, 45);
    said.simulated("F08", quantile(&sorted(shocks(&kept, 0, 31.0)), 0.99), n);
    let summary = run(&shocked(mixed, 0.07, "43.64%", 0.0), MANY, 46);
    said.simulated("F09", summary.region(Metric::Funding, 0, 2028).unwrap().mean.unwrap(), MANY);
    let still = "model = \"random-walk\"\ngrowth = \"0%\"\nvolatility = \"0%\"\n";
    let jumps = scenario(&format!(
        "horizon = 2028\n[us.funding]\n{still}[china.funding]\n{still}[[jumps]]\nname = \"j\"\nregion = \"china\"\nseries = \"funding\"\n\
         chance-per-year = \"15%\"\nsize = \"+100%\"\nspread = \"30%\"\n"
    ));
    said.simulated("F11", run(&jumps, MANY, 47).region(Metric::Funding, 1, 2028).unwrap().mean.unwrap() / 2.0, MANY);
    let jump = Jump { chance: 0.15, size: 2f64.ln(), spread: 0.3, permanent: true };
    said.exact("F12", jump.yearly_deviation());
}

fn counts(said: &mut Said) {
    let still = "model = \"random-walk\"\ngrowth = \"0%\"\nvolatility = \"0%\"\n";
    let us = format!("horizon = 2028\n[us.deals]\n{still}[us.deal-size]\n{still}[china.deal-size]\n{still}");
    let drifting =
        format!("[china.deals]\nmodel = \"random-walk\"\ngrowth = {}\nvolatility = \"25%\"\n", percent(0.04));
    let poisson = scenario(&format!("{us}{drifting}[china.counting]\ndeals = \"poisson\"\n"));
    let sd = run(&poisson, MANY, 51).region(Metric::Deals, 1, 2028).unwrap().sd.unwrap();
    said.simulated("G02", sd * sd, MANY);
    let negbin =
        scenario(&format!("{us}[china.deals]\n{still}[china.counting]\ndeals = {{ negative-binomial = 20 }}\n"));
    let kept = paths(&negbin, MANY, 52);
    let hits = kept.deals[1][0].iter().filter(|log| log.exp().round() == 200.0).count();
    said.simulated("G05", hits as f64 / MANY as f64, MANY);
    for (id, mean, u) in [
        ("G06_232_q001", 232.0, 0.001),
        ("G06_232_q50", 232.0, 0.5),
        ("G06_232_q999", 232.0, 0.999),
        ("G06_1151_q025", 1151.0, 0.025),
    ] {
        assert_eq!(poisson_quantile(u, mean), Count::Poisson.quantile(u, mean));
        said.exact(id, poisson_quantile(u, mean));
    }
}

fn single_deals(said: &mut Said) {
    let sigma = sigma_of(23.4, 4.4);
    let shape = Shape::new(sigma, 0.0, f64::INFINITY);
    said.exact("A27", variation_of_total(&shape, 1151.0));
    said.exact("A28", variation_of_total(&shape, 232.0));
    let still = "model = \"random-walk\"\ngrowth = \"0%\"\nvolatility = \"0%\"\n";
    let sizes = format!("deals = \"poisson\"\nsizes = {{ sigma = {sigma} }}\n");
    let text = format!(
        "horizon = 2024\n[us.deals]\n{still}[us.deal-size]\n{still}[us.counting]\n{sizes}[china.deals]\n{still}[china.deal-size]\n{still}\
         [china.counting]\n{sizes}[[questions]]\nname = \"giant\"\nthat = \"china.largest-deal > $1bn\"\n"
    );
    let summary = run(&scenario(&text), MANY, 61);
    let of = |metric, region| summary.region(metric, region, 2024).unwrap();
    for (name, region, count, mean) in [("US", 0, 1151.0, 31_000.0), ("CN", 1, 232.0, 2_000.0)] {
        said.simulated(&format!("G07_{name}"), 1000.0 * of(Metric::Funding, region).mean.unwrap(), MANY);
        said.exact(&format!("G08_{name}"), mean * variation_of_total(&shape, count));
        said.exact(&format!("G09_{name}"), skewness_of_total(&shape, count));
        said.simulated(&format!("G12_{name}"), of(Metric::LargestDeal, region).median().unwrap(), MANY);
        for (id, p) in [("q05", 0.05), ("q95", 0.95)] {
            let total = 1000.0 * of(Metric::Funding, region).quantile(p).unwrap();
            said.simulated(&format!("G13_{name}_{id}"), total, MANY);
        }
    }
    said.simulated("G10_US_1000", of(Metric::DealsAbove1bn, 0).mean.unwrap(), MANY);
    said.simulated("G10_CN_100", of(Metric::DealsAbove100m, 1).mean.unwrap(), MANY);
    said.simulated("G10_CN_1000", of(Metric::DealsAbove1bn, 1).mean.unwrap(), MANY);
    said.simulated("G11_CN", summary.question(0).last().unwrap().probability.value, MANY);
    for (count, wanted) in [(232.0, ["mean", "sd", "skew", ""]), (1151.0, ["mean", "sd", "skew", "exkurt"])] {
        let z = -normal_quantile(16.0 / count);
        let [k1, k2, k3, k4] = shape.band(sigma * z).cumulants(sigma);
        for (word, value) in wanted.into_iter().zip([k1, k2.sqrt(), k3 / k2.powf(1.5), k4 / (k2 * k2)]) {
            if !word.is_empty() {
                said.exact(&format!("G14_{count}_{word}"), value);
            }
        }
    }
    let mut log_level = 0.0;
    for (k, u) in [0.3f64, 0.7, 0.45].into_iter().enumerate() {
        log_level = next_level(log_level, u.ln(), 232.0 - k as f64);
        if k > 0 {
            said.exact(&format!("G16_{}", k + 1), -log_level.exp_m1());
        }
    }
    let spliced = Shape::new(sigma, 0.01, -sigma * normal_quantile(0.01) + 100f64.ln());
    said.exact("G18", spliced.log_moment(1).exp());
    said.exact("G19", (spliced.log_moment(2) - 2.0 * spliced.log_moment(1)).exp());
}

fn events(said: &mut Said) {
    let pulse = Effect::Pulse { size: 1.5f64.ln(), half_life: 2.0 };
    for year in [2025, 2027, 2030] {
        said.exact(&format!("H01_{year}"), pulse.log_effect(2025.0, year).exp());
    }
    let growth = Effect::Growth { points: 0.05, until: Some(2028.0) };
    said.exact("H03", growth.log_effect(2025.0, 2030).exp());
    // I06: the predictive probability of a level below its start, over uncertain growth.
    let side = |name: &str, growth: &str| {
        format!("[{name}.funding]\nmodel = \"random-walk\"\ngrowth = {growth}\nvolatility = \"35%\"\n")
    };
    let text = format!(
        "horizon = 2028\n{}{}[[questions]]\nname = \"below\"\nthat = \"china.funding < $2bn\"\n",
        side("us", "\"0%\""),
        side("china", &format!("{{ mean = {}, sd = \"10%\" }}", percent(0.05))),
    );
    let summary = run(&scenario(&text), MANY, 71);
    said.simulated("I06", summary.question(0).last().unwrap().probability.value, MANY);
    assert!(summary.probability(Question::TrailerAhead, 2028).is_some());
}
