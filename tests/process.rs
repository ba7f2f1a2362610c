//! Properties of laws, regimes, counts, single deals, unknown figures and money: limits into one another, identities,
//! monotony, and sums of deals against brute force.
#![allow(clippy::disallowed_methods, reason = "tests may use the platform's mathematics")]

mod money;

use crate::support::{Paths, paths, run, scenario};
use aigap::metric::{Measure, Metric, Question, Subject};
use aigap::random::{Key, Numbers, Purpose, Stream};
use aigap::scenario::Scenario;
use aigap::summary::Summary;
use rand_distr::Distribution;
use rayon::prelude::*;

const STILL: &str = "model = \"random-walk\"\ngrowth = \"0%\"\nvolatility = \"0%\"\n";

/// Brute force: every deal drawn by itself, with a generator and samplers that the product does not use.
struct Brute {
    totals: Vec<f64>,
    below: Vec<f64>,
    above: Vec<f64>,
}

/// `mean` deals a year of size `scale · Y`, where `Y` is lognormal with the largest `tail` of it Pareto up to `cap`.
fn brute(n: usize, mean: f64, sigma: f64, scale: f64, tail: Option<(f64, f64)>) -> Brute {
    let z = |share: f64| -aigap::special::normal_quantile(share);
    let chunks: Vec<Brute> = (0..n / 10_000)
        .into_par_iter()
        .map(|chunk| {
            let key = Key::new(Purpose::Assumption, &format!("brute {chunk} {mean} {sigma}"));
            let mut stream = Stream::new(Numbers::new(987), key);
            let count = rand_distr::Poisson::new(mean).unwrap();
            let size = rand_distr::LogNormal::new(0.0, sigma).unwrap();
            let mut found = Brute { totals: Vec::new(), below: Vec::new(), above: Vec::new() };
            for _ in 0..10_000 {
                let deals: f64 = count.sample(&mut stream);
                let (mut total, mut below, mut above) = (0.0, 0.0, 0.0);
                for _ in 0..deals as u64 {
                    let mut y: f64 = size.sample(&mut stream);
                    if let Some((share, cap)) = tail {
                        let u = (sigma * z(share)).exp();
                        if y > u {
                            // A Pareto above the joint by inversion, truncated at the cap.
                            let alpha =
                                (-0.5 * z(share).powi(2)).exp() / (2.0 * std::f64::consts::PI).sqrt() / (sigma * share);
                            let end = (cap / u).powf(-alpha);
                            let v: f64 = rand_distr::StandardUniform.sample(&mut stream);
                            y = u * (end + v * (1.0 - end)).powf(-1.0 / alpha);
                        }
                    }
                    let x = scale * y;
                    total += x;
                    if x > 100.0 { above += 1.0 } else { below += x }
                }
                found.totals.push(total);
                found.below.push(below);
                found.above.push(above);
            }
            found
        })
        .collect();
    let mut whole = Brute { totals: Vec::new(), below: Vec::new(), above: Vec::new() };
    for chunk in chunks {
        whole.totals.extend(chunk.totals);
        whole.below.extend(chunk.below);
        whole.above.extend(chunk.above);
    }
    whole
}

/// Largest distance of two empirical distribution functions.
fn distance(mut a: Vec<f64>, mut b: Vec<f64>) -> f64 {
    a.sort_by(f64::total_cmp);
    b.sort_by(f64::total_cmp);
    let (mut i, mut j, mut worst) = (0, 0, 0.0_f64);
    while i < a.len() && j < b.len() {
        let value = a[i].min(b[j]);
        while i < a.len() && a[i] <= value {
            i += 1;
        }
        while j < b.len() && b[j] <= value {
            j += 1;
        }
        worst = worst.max((i as f64 / a.len() as f64 - j as f64 / b.len() as f64).abs());
    }
    worst
}

/// One simulated year of China with `deals` expected deals of a mean size in $m.
fn one_year(deals: f64, size: f64, sizes: &str) -> Scenario {
    scenario(&format!(
        "horizon = 2024\n[us.deals]\n{STILL}[us.deal-size]\n{STILL}[china.deals]\nmodel = \"path\"\nlevels = {{ 2024 = {deals} }}\n\
         [china.deal-size]\nmodel = \"path\"\nlevels = {{ 2024 = \"${size}m\" }}\n[china.counting]\nsizes = {{ {sizes} }}\n"
    ))
}

/// Every value of a measure in the only year of a scenario.
fn values(scenario: &Scenario, n: u64, wanted: &[Metric]) -> Vec<Vec<f64>> {
    let mut keeper = aigap::summary::PathKeeper::new(scenario);
    let settings = aigap::engine::Settings::new(n, 77);
    aigap::engine::simulate(&[&aigap::engine::Plan::new(scenario)], &settings, &mut keeper, &|_| {});
    let measures = Measure::all(scenario);
    let kept = keeper.paths();
    let column = |metric: &Metric| {
        let measure = Measure { metric: *metric, subject: Subject::Region(1) };
        let place = measures.iter().position(|known| *known == measure).unwrap();
        kept.iter().map(|path| path.values[place][0]).collect()
    };
    wanted.iter().map(column).collect()
}

/// Totals that are compared with sums drawn deal by deal.
const TOTALS: u64 = 1_000_000;

/// A million totals of 60 to 232 deals: no distance that a million can show, which is ten times the method's bound.
#[test]
fn totals_have_the_law_of_sums_of_single_deals() {
    let n = TOTALS;
    // Two samples of n differ by more than 2.23/√(n/2) once in ten thousand times (Kolmogorov–Smirnov).
    let bound = 2.23 * (2.0 / n as f64).sqrt() + 1e-4;
    let sigma = 1.83;
    for (deals, size, tail) in [(60.0, 30.0, None), (110.0, 20.0, None), (232.0, 8.62, None), (232.0, 8.62, Some(0.01))]
    {
        let median: f64 = match tail {
            None => size / f64::exp(sigma * sigma / 2.0),
            // A cap of $20bn; the mean of what lies below it decides the scale.
            Some(share) => {
                let shape = aigap::counting::sizes::Shape::capped(sigma, share, 20_000f64.ln(), f64::ln(size));
                size / shape.log_moment(1).exp()
            }
        };
        let words = if tail.is_some() { ", tail-share = \"1%\", cap = \"$20bn\"" } else { "" };
        let scenario = one_year(deals, size, &format!("sigma = {sigma}{words}"));
        let wanted = [Metric::Funding, Metric::FundingBelow100m, Metric::DealsAbove100m];
        let [totals, below, above] = <[Vec<f64>; 3]>::try_from(values(&scenario, n, &wanted)).unwrap();
        let slow = brute(n as usize, deals, sigma, median, tail.map(|share| (share, 20_000.0 / median)));
        let millions = |column: Vec<f64>| column.into_iter().map(|value| 1000.0 * value).collect::<Vec<f64>>();
        let found = [
            distance(millions(totals), slow.totals),
            distance(millions(below), slow.below),
            distance(above, slow.above),
        ];
        assert!(found.iter().all(|distance| *distance < bound), "{deals} deals, {tail:?}: {found:?} above {bound}");
    }
}

/// A market where most large rounds lie among the deals that are added up: the counts above $100m and their sum hold.
#[test]
fn bands_of_large_deals_have_the_right_means() {
    let (deals, size, sigma) = (1500.0, 80.0, 1.83);
    let scenario = one_year(deals, size, &format!("sigma = {sigma}"));
    let n = 200_000;
    let summary = run(&scenario, n, 5);
    let of = |metric| summary.region(metric, 1, 2024).unwrap();
    let shape = aigap::counting::sizes::Shape::new(sigma, 0.0, f64::INFINITY);
    let log_scale = f64::ln(size) - shape.log_moment(1);
    for (metric, threshold) in [(Metric::DealsAbove100m, 100f64), (Metric::DealsAbove1bn, 1000.0)] {
        let expected = deals * shape.survival(threshold.ln() - log_scale);
        // Poisson: the standard error of a mean is √(λ p/n).
        let found = of(metric).mean.unwrap();
        assert!((found - expected).abs() < 5.0 * (expected / n as f64).sqrt(), "{metric:?}: {found} and {expected}");
    }
    let z = (100f64.ln() - log_scale) / sigma;
    let below = deals * size * aigap::special::normal_cdf(z - sigma) / 1000.0;
    let found = of(Metric::FundingBelow100m);
    assert!(
        (found.mean.unwrap() - below).abs() < 5.0 * found.sd.unwrap() / (n as f64).sqrt(),
        "{:?} and {below}",
        found.mean
    );
    let total = of(Metric::Funding);
    assert!((total.mean.unwrap() - deals * size / 1000.0).abs() < 5.0 * total.sd.unwrap() / (n as f64).sqrt());
}

const SIDES: &str = "horizon = 2030\n[us.deals]\nmodel = \"random-walk\"\ngrowth = \"4%\"\nvolatility = \"20%\"\n[us.deal-size]\n\
    model = \"random-walk\"\ngrowth = \"3%\"\nvolatility = \"30%\"\n[china.deals]\nmodel = \"random-walk\"\n\
    growth = \"4%\"\nvolatility = \"25%\"\n[china.deal-size]\nmodel = \"random-walk\"\ngrowth = \"6%\"\nvolatility = \"40%\"\n";

fn quantiles(summary: &Summary, metric: Metric) -> [f64; 9] {
    summary.gap(metric, 2030).unwrap().quantiles.unwrap()
}

#[test]
fn single_deals_leave_the_mean_of_the_total_where_it_was() {
    let n = 400_000;
    let plain = run(&scenario(SIDES), n, 1);
    let drawn = run(&scenario(&format!("{SIDES}[us.counting]\nsizes = true\n[china.counting]\nsizes = true\n")), n, 1);
    for region in 0..2 {
        for metric in [Metric::Deals, Metric::Funding] {
            let (a, b) = (plain.region(metric, region, 2030).unwrap(), drawn.region(metric, region, 2030).unwrap());
            let error = (a.sd.unwrap().powi(2) + b.sd.unwrap().powi(2)).sqrt() / (n as f64).sqrt();
            assert!((a.mean.unwrap() - b.mean.unwrap()).abs() < 5.0 * error, "{metric:?} of {region}");
            assert!(b.sd.unwrap() > a.sd.unwrap(), "single deals add luck");
        }
    }
    // The gap without mega-rounds is there, and smaller.
    assert!(quantiles(&drawn, Metric::GapBelow100m)[4] < quantiles(&drawn, Metric::Gap)[4]);
}

#[test]
fn counts_are_whole_wherever_deals_are_shown() {
    let counted =
        scenario(&format!("{SIDES}[us.counting]\ndeals = \"poisson\"\n[china.counting]\ndeals = \"poisson\"\n"));
    let summary = run(&counted, 20_000, 1);
    for row in summary.fan.iter().filter(|row| row.measure.metric.counts_deals()) {
        let Some(spread) = &row.simulated else {
            continue;
        };
        assert!(spread.quantiles.unwrap().iter().all(|value| value.fract() == 0.0), "{row:?}");
    }
}

/// The largest difference between two runs, path by path, over all regions and years.
fn apart(a: &Paths, b: &Paths) -> f64 {
    let columns = a.funding.iter().flatten().flatten().zip(b.funding.iter().flatten().flatten());
    columns.map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}

#[test]
fn limits_lead_into_one_another() {
    let n = 2_000;
    let plain = paths(&scenario(SIDES), n, 8);
    let with = |more: &str| paths(&scenario(&format!("{SIDES}{more}")), n, 8);
    let near = [
        ("no wild years", "[shocks]\nlaw = { contaminated = \"0%\", times = 3 }\n", 1e-8),
        ("wild years like others", "[shocks]\nlaw = { contaminated = \"20%\", times = 1 }\n", 1e-8),
        (
            "shared wild years like others",
            "[shocks]\nlaw = { contaminated = \"20%\", times = 1 }\ntail = \"shared\"\n",
            1e-12,
        ),
        (
            "no chance of a jump",
            "[[jumps]]\nname = \"j\"\nregion = \"us\"\nseries = \"funding\"\nchance-per-year = \"0%\"\nsize = \"+50%\"\n",
            0.0,
        ),
        (
            "an event that never happens",
            "[[events]]\nname = \"e\"\nregion = \"us\"\nseries = \"funding\"\nyear = 2025\neffect = { pulse = \"+90%\", half-life = 2 }\nchance = \"0%\"\n",
            0.0,
        ),
        (
            "a cap out of reach",
            "[[events]]\nname = \"e\"\nregion = \"us\"\nseries = \"funding\"\nyear = 2025\neffect = { cap = \"$900trn\" }\n",
            0.0,
        ),
        ("a factor without loadings", "[shocks.factor]\n\"us.deals\" = 0\n\"china.deals\" = 0.9\n", 0.0),
        ("expected deals", "[us.counting]\ndeals = \"expected\"\n", 0.0),
    ];
    for (what, more, tolerance) in near {
        let apart = apart(&plain, &with(more));
        assert!(apart <= tolerance, "{what}: {apart}");
    }
    // Many degrees of freedom are nearly normal: at 200 the shocks of 2,000 paths differ by a few per cent at most.
    assert!(apart(&plain, &with("[shocks]\nlaw = { student-t = 200 }\n")) < 0.1);
    let equal = SIDES.replace(
        "[us.deals]\nmodel = \"random-walk\"\ngrowth = \"4%\"\nvolatility = \"20%\"",
        "[regimes]\nstates = [\"a\", \"b\"]\n[regimes.transitions]\na = { b = \"30%\" }\nb = { a = \"50%\" }\n[us.deals]\nmodel = \"regime\"\n\
         growth = { a = \"4%\", b = \"4%\" }\nvolatility = { a = \"20%\", b = \"20%\" }",
    );
    assert_eq!(apart(&plain, &paths(&scenario(&equal), n, 8)), 0.0, "regimes that do not differ");
    let logistic = SIDES.replace(
        "[us.deals]\nmodel = \"random-walk\"\ngrowth = \"4%\"",
        "[us.deals]\nmodel = \"logistic\"\nceiling = 100000000000\ngrowth = \"4%\"",
    );
    assert!(apart(&plain, &paths(&scenario(&logistic), n, 8)) < 1e-6, "a ceiling out of sight");
}

#[test]
fn what_is_off_changes_no_byte() {
    let base = include_str!("../scenarios/base.toml");
    let plain = run(&scenario(base), 4_000, 3);
    let off = "[measurement]\nrounding = false\nrevisions = false\n[money]\ncurrency = \"USD\"\nprices = \"nominal\"\n[shocks]\nlaw = \"gaussian\"\n";
    assert_eq!(run(&scenario(&format!("{base}{off}")), 4_000, 3), plain);
}

#[test]
fn more_growth_never_lowers_a_path_and_more_risk_never_delays_one() {
    let n = 3_000;
    let counted =
        format!("{SIDES}[us.counting]\ndeals = \"poisson\"\n[china.counting]\ndeals = {{ negative-binomial = 15 }}\n");
    let low = paths(&scenario(&counted), n, 21);
    let high = paths(
        &scenario(&counted.replace(
            "[china.deals]\nmodel = \"random-walk\"\ngrowth = \"4%\"",
            "[china.deals]\nmodel = \"random-walk\"\ngrowth = \"7%\"",
        )),
        n,
        21,
    );
    for (low, high) in low.deals[1].iter().flatten().zip(high.deals[1].iter().flatten()) {
        assert!(high >= low, "{high} below {low}");
    }
    let risk = |chance: &str| {
        let event = "[[events]]\nname = \"e\"\nregion = \"us\"\nseries = \"funding\"\nyear = 2025\neffect = { step = \"-50%\" }\n";
        paths(&scenario(&format!("{SIDES}{event}chance-per-year = \"{chance}\"\n")), n, 21)
    };
    let (rare, frequent) = (risk("5%"), risk("15%"));
    for (rare, frequent) in rare.funding[0].iter().flatten().zip(frequent.funding[0].iter().flatten()) {
        assert!(frequent <= rare);
    }
}

#[test]
fn a_year_without_a_deal_has_raised_nothing_and_is_counted_as_such() {
    let text = SIDES.replace(
        "[china.deals]\nmodel = \"random-walk\"\ngrowth = \"4%\"",
        "[china.deals]\nmodel = \"random-walk\"\ngrowth = \"-60%\"",
    );
    for sizes in ["", "sizes = true\n"] {
        let scenario = scenario(&format!("{text}[china.counting]\ndeals = \"poisson\"\n{sizes}"));
        let n = 20_000;
        let summary = run(&scenario, n, 2);
        assert_eq!(summary.saturated, 0);
        let kept = paths(&scenario, n, 2);
        let none = kept.deals[1][6].iter().filter(|log| **log == f64::NEG_INFINITY).count() as u64;
        assert!(none > 100 && none < n, "{none}");
        assert!(kept.funding[1][6].iter().zip(&kept.deals[1][6]).all(|(f, n)| f.is_finite() == n.is_finite()));
        let size = summary.region(Metric::DealSize, 1, 2030).unwrap();
        assert_eq!(size.undefined, none);
        assert_eq!(summary.gap(Metric::Ratio, 2030).unwrap().infinite, none);
        assert_eq!(summary.region(Metric::Funding, 1, 2030).unwrap().quantile(0.025).unwrap(), 0.0);
        let share = summary.gap(Metric::Share, 2030).unwrap();
        assert_eq!((share.undefined, share.infinite), (0, 0));
    }
}

#[test]
fn unknown_levels_cancel_in_the_question_whether_the_ratio_widens() {
    let n = 20_000;
    let plain = run(&scenario(SIDES), n, 4);
    let unknown =
        run(&scenario(&format!("{SIDES}[measurement]\nrounding = true\nrevisions = true\ndefinitions = true\n")), n, 4);
    let wider = |summary: &Summary, question| *summary.probability(question, 2030).unwrap();
    // The change of the ratio is what the models make of it, wherever it starts from.
    assert_eq!(wider(&plain, Question::WiderAsRatio).hits, wider(&unknown, Question::WiderAsRatio).hits);
    assert_eq!(wider(&plain, Question::RatioMoreThanDouble).hits, wider(&unknown, Question::RatioMoreThanDouble).hits);
    // The ratio itself is less certain than before.
    let width = |summary: &Summary| {
        let q = quantiles(summary, Metric::LogRatio);
        q[6] - q[2]
    };
    assert!(width(&unknown) > 1.05 * width(&plain));
    assert!(wider(&unknown, Question::TrailerAhead).value > wider(&plain, Question::TrailerAhead).value);
}
