//! Standard errors that a run states: those of theory, where theory knows them.
#![allow(clippy::disallowed_methods, reason = "tests may use the platform's mathematics")]

use crate::support::{BASE, run, scenario};
use aigap::metric::Metric;
use aigap::special::normal_quantile;
use aigap::summary::LEVELS;

/// The quantile of `n` independent values at `p` has the standard error `√(p (1 − p)/n)` over the density there (David
/// and Nagaraja, Order Statistics, 2003, 10.2). The log of the ratio of two random walks is normal, so its density is
/// known in every year.
#[test]
fn errors_of_quantiles_are_those_of_theory() {
    // Yearly variance of the log ratio: four volatilities with their correlations, signs those of the ratio.
    let volatilities = [0.20, 0.35, -0.25, -0.45];
    let correlations = [((0, 1), 0.2), ((0, 2), 0.4), ((0, 3), 0.1), ((1, 2), 0.1), ((1, 3), 0.3), ((2, 3), 0.2)];
    let squares: f64 = volatilities.iter().map(|it| it * it).sum();
    let products: f64 = correlations.iter().map(|((a, b), rho)| 2.0 * rho * volatilities[*a] * volatilities[*b]).sum();
    let yearly = (squares + products).sqrt();
    let (n, seeds) = (40_000, 12);
    let scenario = scenario(BASE);
    let mut quotients = Vec::new();
    for seed in 0..seeds {
        let summary = run(&scenario, n, seed);
        for (step, year) in scenario.years().enumerate() {
            let sd = yearly * ((step + 1) as f64).sqrt();
            let errors = summary.gap(Metric::LogRatio, year).unwrap().errors.unwrap();
            for (level, error) in LEVELS.into_iter().zip(errors) {
                let z = normal_quantile(level);
                let density = (-0.5 * z * z).exp() / (2.0 * std::f64::consts::PI).sqrt() / sd;
                quotients.push(error / ((level * (1.0 - level) / n as f64).sqrt() / density));
            }
        }
    }
    let mean = quotients.iter().sum::<f64>() / quotients.len() as f64;
    assert!((mean - 1.0).abs() < 0.02, "errors are {mean} times those of theory");
}
