//! Objectives are the numbers of a summary, and their errors are honest.

use std::path::Path;

use crate::engine::{Design, Settings, Source};
use crate::measure::Condition;
use crate::metric::{Measure, Metric, Question, Subject};
use crate::scenario::Scenario;
use crate::summary::{Estimate, Summary, Wanted};

use super::{Objective, Statistic, Variant};

fn base() -> Scenario {
    base_with(&[])
}

/// The baseline with some values set: `us.deals.growth=12%`.
fn base_with(settings: &[String]) -> Scenario {
    let text = include_str!("../../../scenarios/base.toml");
    let asked = "\n[[questions]]\nname = \"low\"\nthat = \"china.funding in some year < $2bn\"\n\
                 [[questions]]\nname = \"rising\"\nthat = \"one-year multiple of us.deals in 2026 > 1.1\"\n";
    let read = |_: &Path| Ok([text, asked].concat().into_bytes());
    let layers = crate::scenario::Layers { set: settings.to_vec(), ..Default::default() };
    let loaded = crate::scenario::load(Path::new("test.toml"), &layers, None, &read);
    loaded.map_err(|rejected| rejected.problems).expect("a valid scenario").scenario
}

fn on_points(paths: u64) -> Settings {
    Settings::on_points(&[&base()], paths, 3).expect("it takes points")
}

fn evaluate(objectives: &[Objective], scenario: &Scenario, settings: &Settings) -> Vec<Option<Estimate>> {
    Objective::evaluate(objectives, &[Variant::of(scenario)], settings).remove(0)
}

/// A question of the scenario, and its place among them.
fn question(scenario: &Scenario, name: &str) -> (Condition, usize) {
    let place = scenario.questions().iter().position(|it| it.name() == name).expect("asked");
    (scenario.questions()[place].that().clone(), place)
}

#[test]
fn objectives_are_the_numbers_of_a_summary() {
    let scenario = base();
    for settings in [Settings::new(8192, 5), on_points(8192)] {
        let summary = Summary::of(&scenario, &settings, Wanted::default(), &|_| {});
        for year in [2026, scenario.horizon()] {
            let of_funding = Measure { metric: Metric::Funding, subject: Subject::Region(scenario.gap().follow()) };
            let quantile = |measure, p| Objective::Statistic { statistic: Statistic::Quantile(p), measure, year };
            let (low, place_of_low) = question(&scenario, "low");
            let objectives = [
                Objective::median_of_gap(Metric::Ratio, year),
                Objective::median_of_gap(Metric::LogRatio, year),
                Objective::mean_of_gap(Metric::CumulativeGap, year),
                Objective::mean_of_gap(Metric::Ratio, year),
                quantile(of_funding, 0.9),
                Objective::Question { question: Question::WiderAsRatio, year },
                Objective::Question { question: Question::TrailerAheadSoFar, year },
                Objective::Condition { condition: low, year },
                Objective::Statistic { statistic: Statistic::Sd, measure: of_funding, year },
            ];
            let found = evaluate(&objectives, &scenario, &settings);
            let value = |place: usize| found[place].map(|estimate| estimate.value);
            let spread = |metric| summary.gap(metric, year).expect("a row");
            assert_eq!(value(0), spread(Metric::Ratio).median());
            assert_eq!(value(1), spread(Metric::LogRatio).median());
            // Sums of blocks that end with replicates are rounded elsewhere.
            let (found_mean, known) = (value(2).expect("a mean"), spread(Metric::CumulativeGap).mean.expect("a mean"));
            assert!((found_mean / known - 1.0).abs() < 1e-13, "{found_mean} and {known}");
            assert_eq!(found[3], None, "a ratio has no mean that may be shown");
            let funding = summary.fan_row(of_funding, year).and_then(|row| row.simulated.as_ref()).expect("a row");
            let (found_sd, known) = (value(8).expect("an sd"), funding.sd.expect("an sd"));
            assert!((found_sd / known - 1.0).abs() < 1e-12, "{found_sd} and {known}");
            assert_eq!(value(4), funding.quantile(0.9));
            for (place, question) in [(5, Question::WiderAsRatio), (6, Question::TrailerAheadSoFar)] {
                let known = summary.probability(question, year).expect("asked");
                assert_eq!(value(place), Some(known.value));
                let error = if settings.points().is_some() { known.standard_error } else { known.estimate().error };
                assert_eq!(found[place].map(|it| it.error), Some(error), "{question:?}");
            }
            let known = summary.question(place_of_low).find(|row| row.year == year).expect("asked every year");
            assert_eq!(value(7), Some(known.probability.value));
            assert!(known.probability.value > 0.0 && known.probability.value < 1.0);
        }
        let (condition, place) = question(&scenario, "rising");
        let rising = Objective::Condition { condition, year: 2026 };
        let known = summary.question(place).next().expect("asked").probability.value;
        assert!(known > 0.0 && known < 1.0);
        assert_eq!(evaluate(&[rising], &scenario, &settings)[0].map(|it| it.value), Some(known));
    }
}

#[test]
fn stated_errors_are_those_that_other_seeds_show() {
    let scenario = base();
    let year = scenario.horizon();
    let sd = |metric| Objective::Statistic {
        statistic: Statistic::Sd,
        measure: Measure { metric, subject: Subject::Gap },
        year,
    };
    let objectives = [
        Objective::median_of_gap(Metric::Ratio, year),
        Objective::median_of_gap(Metric::CumulativeGap, year),
        Objective::mean_of_gap(Metric::Gap, year),
        Objective::Question { question: Question::WiderAsRatio, year },
        sd(Metric::Share),
        sd(Metric::LogRatio),
    ];
    let runs: Vec<Vec<Option<Estimate>>> =
        (0..60).map(|seed| evaluate(&objectives, &scenario, &Settings::new(2048, seed))).collect();
    for place in 0..objectives.len() {
        let estimates = || runs.iter().map(|run| run[place].expect("a number"));
        let mean = |of: &dyn Fn(Estimate) -> f64| estimates().map(of).sum::<f64>() / runs.len() as f64;
        let centre = mean(&|it| it.value);
        let shown = (mean(&|it| (it.value - centre) * (it.value - centre)) * 60.0 / 59.0).sqrt();
        let stated = mean(&|it| it.error);
        // Sixty values know their spread within 10%.
        assert!(stated > 0.75 * shown && stated < 1.3 * shown, "{:?}: {stated} and {shown}", objectives[place]);
    }
}

#[test]
fn variants_side_by_side_are_variants_one_by_one() {
    let scenario = base();
    for settings in [Settings::new(3000, 7), on_points(4096)] {
        let plain = Variant::of(&scenario);
        let uncertain = scenario.assumptions().iter().find(|it| !it.law().is_fixed()).expect("uncertain");
        let fixed = Design::new().with(uncertain.address(), Source::Fixed(uncertain.law().quantile(0.9)));
        let variants = [
            plain.clone(),
            plain.under(&fixed).expect("a design that fits"),
            plain.under(&Design::new()).expect("a design that fits"),
        ];
        let year = scenario.horizon();
        let objectives = [Objective::median_of_gap(Metric::Ratio, year), Objective::mean_of_gap(Metric::Gap, year)];
        let together = Objective::evaluate(&objectives, &variants, &settings);
        for (variant, seen) in variants.iter().zip(&together) {
            let alone = Objective::evaluate(&objectives, std::slice::from_ref(variant), &settings);
            assert_eq!(alone[0], *seen);
        }
        assert_eq!(together[0], together[2]);
        assert_ne!(together[0], together[1]);
        // Objectives do not disturb each other.
        assert_eq!(Objective::evaluate(&objectives[1..], &variants[..1], &settings)[0][0], together[0][1]);
    }
}

#[test]
fn a_pair_with_a_design_is_the_pair_with_that_scenario() {
    use crate::summary::Pairing;
    let scenario = base();
    let settings = Settings::new(4096, 7);
    let place = scenario.assumptions().iter().position(|it| !it.law().is_fixed()).expect("uncertain");
    let address = scenario.assumptions()[place].address();
    let changed = base_with(&[format!("{address}=40%")]);
    let law = changed.assumptions()[place].law().clone();
    let summary = Summary::of(&scenario, &settings, Wanted::default(), &|_| {});
    let plain = Variant::of(&scenario);
    let design = Design::new().with(address, Source::Law(law));
    let under = plain.under(&design).expect("a design that fits");
    let found = Pairing::between([&plain, &under], &settings, [&summary; 2]);
    assert_eq!(found, Pairing::of(&scenario, &changed, &settings, [&summary; 2]));
    assert!(found.iter().any(|row| row.unchanged.value < 0.5) && found.iter().any(|row| row.unchanged.value > 0.99));
}
