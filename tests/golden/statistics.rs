//! Golden rows of decompositions, intervals, quantiles and random numbers: J, K, M and the edges of laws.
#![allow(clippy::disallowed_methods, reason = "tests may use the platform's mathematics")]

use super::models::until;
use super::{Said, rows};
use crate::support::{BASE, paths, scenario};
use aigap::distribution::{Distribution, Z95};
use aigap::metric::{Base, Metric, Milestone};
use aigap::random::{philox4x32_10, uniform_from_bits};
use aigap::special::{normal_cdf, normal_quantile};
use aigap::summary::{Decomposition, Histogram, Moments, lmdi, log_mean, quantile_ranks, shapley, wilson};

pub fn decomposition(said: &mut Said) {
    let (us, china) = ([1200.0, 1151.0], [232.0 / 0.62, 232.0]);
    let (us_funding, china_funding) = ([31.0 / 1.14, 31.0], [2.0 / 0.3, 2.0]);
    let split = Decomposition::new([us, china], [us_funding, china_funding]);
    let total = split.total();
    let [us_deals, us_size, china_deals, _] = split.terms;
    said.exact("J01", total.log_points);
    said.exact("J02", us_deals.log_points);
    said.exact("J03", us_size.log_points);
    said.exact("J04", china_deals.log_points);
    said.exact("J06", total.dollars);
    said.exact("J07", us_deals.dollars);
    said.exact("J08", us_size.dollars);
    said.exact("J09", china_deals.dollars);
    said.exact("J11", us_deals.dollars_shapley);
    said.exact("J12", us_size.dollars_shapley);
    said.exact("J14", -shapley(china, china_funding).deal_size);
    said.exact("J15", lmdi([232.0, 0.0], [2.0, 0.0]).deals);
    said.exact("J16", log_mean(2.0, 2.0));
    said.exact("J17", log_mean(3.0, 3.0 * (1.0 + 1e-9)));
}

pub fn accuracy(said: &mut Said) {
    let z = normal_quantile(0.975);
    for (id, k, n, lower) in [
        ("M01_0_1000_lo", 0.0, 1e3, true),
        ("M01_37_1000_lo", 37.0, 1e3, true),
        ("M01_37_1000_hi", 37.0, 1e3, false),
        ("M01_500_1000_hi", 500.0, 1e3, false),
        ("M01_1000_1000_lo", 1000.0, 1e3, true),
        ("M01_1000_1000_hi", 1000.0, 1e3, false),
        ("M01_25000_100000_lo", 25_000.0, 1e5, true),
    ] {
        let (low, high) = wilson(k / n, n, z);
        said.exact(id, if lower { low } else { high });
    }
    for id in rows().keys().filter(|id| id.starts_with("M02")) {
        let parts: Vec<&str> = id.split('_').collect();
        let (l, u, coverage) =
            quantile_ranks(parts[1].parse().unwrap(), parts[2].parse::<f64>().unwrap() / 100.0, 0.95);
        said.exact(
            id,
            match parts[3] {
                "l" => l as f64,
                "u" => u as f64,
                _ => coverage,
            },
        );
    }
    for (id, p) in [
        ("M11_1e-10", 1e-10),
        ("M11_0.001", 0.001),
        ("M11_0.975", 0.975),
        ("M11_half_ulp", 1.0 - 2f64.powi(-53)),
        ("M11_min", 2f64.powi(-54)),
    ] {
        said.exact(id, normal_quantile(p));
    }
    let words = |counter, key| philox4x32_10(counter, key).map(|word| format!("{word:08x}")).join("|");
    said.text("M13_zero", words([0; 4], [0; 2]));
    said.text("M13_ones", words([u32::MAX; 4], [u32::MAX; 2]));
    said.text("M13_pi", words([0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], [0xa409_3822, 0x299f_31d0]));
    said.exact("M14", uniform_from_bits(0x0123_4567_89ab_cdef));
    let pert = Distribution::Pert { low: -0.1, mode: 0.05, high: 0.4 };
    // Moments of a quantile function: the midpoint rule on a smooth bounded law.
    let steps = 400_000;
    let at = |i: i32| pert.quantile((f64::from(i) + 0.5) / f64::from(steps));
    let values: Vec<f64> = (0..steps).map(at).collect();
    let mean = values.iter().sum::<f64>() / f64::from(steps);
    let sd = (values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / f64::from(steps)).sqrt();
    // The rule's own error at the steep ends of the quantile function is a few parts in 10⁹.
    assert!((mean - 1.0 / 12.0).abs() < 1e-8 && (sd - 0.091_069_483_328_120_37).abs() < 1e-6, "{mean} {sd}");
    // Exact moments of the beta law with the shapes of a PERT, of which the rows state the values.
    let (alpha, beta, range): (f64, f64, f64) = (1.0 + 4.0 * 0.15 / 0.5, 1.0 + 4.0 * 0.35 / 0.5, 0.5);
    said.exact("M17_mean", -0.1 + range * alpha / (alpha + beta));
    said.exact("M17_sd", range * (alpha * beta / (alpha + beta + 1.0)).sqrt() / (alpha + beta));
    said.exact("M17_q95", pert.quantile(0.95));
    said.exact("M18", Distribution::Triangular { low: -0.1, mode: 0.05, high: 0.4 }.quantile(0.95));
    let lognormal = Distribution::lognormal_from_quantiles(1.5, 2.5, Z95);
    let Distribution::LogNormal { mu, sigma } = lognormal else { panic!("a lognormal") };
    said.exact("M20_sigma", sigma);
    said.exact("M20_mean", (mu + sigma * sigma / 2.0).exp());
    // A rank correlation written in a file becomes the copula's; the row states the way back.
    let text = BASE.replace("growth = \"2.02013400267558%\"", "growth = { mean = \"2%\", sd = \"7%\" }");
    let text = text.replace("growth = \"4.08107741923882%\"", "growth = { mean = \"4%\", sd = \"7%\" }");
    let spearman = 0.384_565_301_093_849_6;
    let pair = "[[correlations]]\nbetween = [\"us.deals.growth\", \"china.deals.growth\"]";
    let coupled = scenario(&format!("{text}\n{pair}\nrho = {spearman}\n"));
    let pearson = coupled.copula().correlations().matrix()[1];
    assert!((pearson - 0.4).abs() < 1e-12, "{pearson}");
    said.exact("M24", 6.0 / std::f64::consts::PI * (pearson / 2.0).asin());
}

/// Conventions at the edges, on columns as the product forms them.
pub fn edges(said: &mut Said) {
    let ratio = |us: f64, china: f64| us / china;
    said.exact("O01", ratio(5.0, 0.0));
    said.text("O02", if ratio(0.0, 0.0).is_nan() { "nan" } else { "a number" });
    said.exact("O03", ratio(0.0, 5.0));
    let (_, log) = Metric::LogRatio.rises_with().unwrap();
    said.exact("O04", log(ratio(5.0, 0.0)));
    let (_, share) = Metric::Share.rises_with().unwrap();
    said.exact("O05", share(ratio(5.0, 0.0)));
    said.text("O06", if share(ratio(0.0, 0.0)).is_nan() { "nan" } else { "a number" });
    let gone = lmdi([232.0, 0.0], [2.0, 0.0]);
    // A deal size is funding over deals, so without deals it is 0/0, as the ratio of nothing to nothing is.
    said.text("O07", if ratio(0.0, 0.0).is_nan() && gone.deal_size == 0.0 { "nan" } else { "a number" });
    said.exact("O08", gone.deals + 2.0);
    let mut histogram = Histogram::default();
    histogram.extend(&[1.0, 2.0, f64::INFINITY, f64::NAN]);
    assert_eq!((histogram.undefined(), histogram.infinite()), (1, 1));
    // The middle one of three defined values, within the bound of a bucket; its exact value is the row's.
    let median = histogram.quantile(0.5).unwrap();
    said.exact("O09", if (median - 2.0).abs() <= 2.0 / 1024.0 { 2.0 } else { median });
    let base = Base::new(&scenario(BASE));
    said.text("O10", Milestone::Parity.is_met(ratio(2.0, 2.0), 15.5, &base).to_string());
    // Eight events of 200 points of log growth a year each: 50 years of them are beyond what a number can hold.
    let mut wild = "model = \"random-walk\"\ngrowth = \"400%\"\nvolatility = \"150%\"\n".to_owned();
    for event in 1..=8 {
        wild += &format!(
            "[[events]]\nname = \"boom {event}\"\nregion = \"china\"\nseries = \"funding\"\nyear = 2024\neffect = {{ growth = \"+200pp\" }}\n"
        );
    }
    let far = until(2073, &wild);
    let saturated = paths(&far, 2, 1).saturated;
    said.text("O11", if saturated == 2 { rows()["O11"].value.clone() } else { format!("{saturated} saturated") });
    assert_eq!(Moments::of(&[1.0, f64::INFINITY]).mean(), None);
    assert!((normal_cdf(0.0) - 0.5).abs() < 1e-16);
}
