//! Golden rows of growth models and events: C, D and H.
#![allow(clippy::disallowed_methods, reason = "tests may use the platform's mathematics")]

use super::{Said, covariance};
use crate::support::{paths, run, scenario};
use aigap::metric::Metric;
use aigap::scenario::Scenario;

/// Two regions that model funding alone; China starts at 2 as the golden rows do.
pub fn funding_alone(china: &str) -> Scenario {
    until(2033, china)
}

/// The same two regions, simulated to another horizon.
pub fn until(horizon: i32, china: &str) -> Scenario {
    scenario(&format!(
        "horizon = {horizon}\n[us.funding]\nmodel = \"random-walk\"\ngrowth = \"0%\"\nvolatility = \"0%\"\n[china.funding]\n{china}\n"
    ))
}

pub fn autoregressive(said: &mut Said) {
    let growth = "initial-growth = \"-70%\"\nlong-run-growth = \"8.32870676749586%\"\nvolatility = \"30%\"";
    let n = 200_000;
    let ar1 = funding_alone(&format!("model = \"ar1\"\npersistence = 0.4\n{growth}"));
    let kept = paths(&ar1, n, 11);
    let log = |h: usize| kept.funding[1][h - 1].iter().map(|log| log - 2f64.ln()).collect::<Vec<f64>>();
    for h in [1, 2, 3, 5, 10] {
        let column = log(h);
        if h > 1 {
            said.simulated(&format!("C02_h{h}"), column.iter().sum::<f64>() / n as f64, n);
        }
        if h != 3 {
            said.simulated(&format!("C03_h{h}"), covariance(&column, &column), n);
        }
    }
    let summary = run(&ar1, n, 12);
    let spread = summary.region(Metric::Funding, 1, 2028).unwrap();
    said.simulated("C04_q05", spread.quantile(0.05).unwrap(), n);
    said.simulated("C04_q50", spread.quantile(0.5).unwrap(), n);
    // φ = 0.4 is a half-life of ln 2 / ln 2.5 years.
    let half_life = 2f64.ln() / 2.5f64.ln();
    let fade = funding_alone(&format!("model = \"fade\"\nhalf-life = {half_life}\n{growth}"));
    let kept = paths(&fade, n, 13);
    said.simulated("C05", covariance(&kept.funding[1][9], &kept.funding[1][9]), n);
    // Without shocks the models show their own recursions: C01 from the share of a deviation that is left after a
    // year, C07 from the whole effect of the initial one over many years.
    let still = growth.replace("30%", "0%");
    let horizon = |model: &str, years: i32| until(2023 + years, &format!("model = \"{model}\"\n{still}"));
    let kept = paths(&horizon("fade\"\nhalf-life = 1.5\n#\"", 3), 2, 1);
    let step = |year: usize| kept.funding[1][year][0] - kept.funding[1][year - 1][0];
    let long_run = 0.08;
    said.exact("C01", (step(2) - long_run) / (step(1) - long_run));
    let kept = paths(&horizon("ar1\"\npersistence = 0.4\n#\"", 45), 2, 1);
    said.exact("C07", kept.funding[1][44][0] - 2f64.ln() - 45.0 * long_run);
}

pub fn saturation(said: &mut Said) {
    let us = |model: &str| {
        scenario(&format!(
            "horizon = 2033\n[us.deals]\n{model}\n[us.deal-size]\nmodel = \"random-walk\"\ngrowth = \"0%\"\nvolatility = \"0%\"\n\
             [china.funding]\nmodel = \"random-walk\"\ngrowth = \"0%\"\nvolatility = \"0%\"\n"
        ))
    };
    let logistic = |sd: &str| {
        us(&format!("model = \"logistic\"\nceiling = 3000\ngrowth = \"41.9067548593257%\"\nvolatility = \"{sd}\""))
    };
    let half_life = 2f64.ln() / 0.25;
    let gompertz =
        |sd: &str| us(&format!("model = \"gompertz\"\nceiling = 3000\nhalf-life = {half_life}\nvolatility = \"{sd}\""));
    let deals = |scenario: &Scenario, year: usize| paths(scenario, 2, 1).deals[0][year - 1][0].exp();
    said.exact("D01_h1", deals(&logistic("0%"), 1));
    said.exact("D01_h10", deals(&logistic("0%"), 10));
    for h in [1, 5, 10] {
        said.exact(&format!("D02_h{h}"), deals(&gompertz("0%"), h));
    }
    let n = 200_000;
    let noisy = run(&logistic("25%"), n, 3);
    let spread = noisy.region(Metric::Deals, 0, 2028).unwrap();
    said.simulated("D03_q50", spread.quantile(0.5).unwrap(), n);
    said.simulated("D03_q95", spread.quantile(0.95).unwrap(), n);
    said.simulated("D04", spread.mean.unwrap(), n);
    let noisy = run(&gompertz("20%"), n, 4);
    let spread = noisy.region(Metric::Deals, 0, 2028).unwrap();
    said.simulated("D05_sd", spread.sd.unwrap(), n);
    said.simulated("D05_q05", spread.quantile(0.05).unwrap(), n);
    said.simulated("D05_q95", spread.quantile(0.95).unwrap(), n);
}

pub fn events(said: &mut Said) {
    let with = |event: &str| {
        let whole = funding_alone("model = \"random-walk\"\ngrowth = \"0%\"\nvolatility = \"0%\"");
        let text = format!(
            "horizon = 2033\n[us.funding]\nmodel = \"random-walk\"\ngrowth = \"0%\"\nvolatility = \"0%\"\n[china.funding]\n\
             model = \"random-walk\"\ngrowth = \"0%\"\nvolatility = \"0%\"\n[[events]]\nname = \"e\"\nregion = \"china\"\n\
             series = \"funding\"\n{event}\n"
        );
        assert!(whole.events().is_empty());
        scenario(&text)
    };
    let ramp = with("year = 2025\neffect = { step = \"-40%\", over = 3 }");
    said.exact("H04", paths(&ramp, 2, 1).funding[1][2][0].exp() / 2.0);
    let n = 200_000;
    let mean =
        |scenario: &Scenario, year| run(scenario, n, 5).region(Metric::Funding, 1, year).unwrap().mean.unwrap() / 2.0;
    said.simulated("H05", mean(&with("year = 2025\nchance = \"30%\"\neffect = { step = \"+50%\" }"), 2028), n);
    let uncertain = "year = { uniform = [2025, 2027] }\nchance = \"30%\"\neffect = { step = \"+50%\" }";
    said.simulated("H06", mean(&with(uncertain), 2026), n);
}
