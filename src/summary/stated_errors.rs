//! Stated errors are those that other seeds show.

use std::path::Path;

use crate::engine::{Layer, Settings};
use crate::metric::{Measure, Metric, Metrics, Subject};
use crate::scenario::Scenario;

use super::{Estimate, Pairing, Summary, Uncertainty, Wanted};

/// The baseline with more text behind it and values set: `china.deal-size.growth=25%`.
fn base_with(more: &str, settings: &[&str]) -> Scenario {
    let read = |_: &Path| Ok([include_str!("../../scenarios/base.toml"), more].concat().into_bytes());
    let set = settings.iter().map(|it| (*it).to_owned()).collect();
    let layers = crate::scenario::Layers { set, ..Default::default() };
    let loaded = crate::scenario::load(Path::new("base.toml"), &layers, None, &read);
    loaded.map_err(|rejected| rejected.problems).expect("a valid scenario").scenario
}

fn run(scenario: &Scenario, settings: &Settings) -> Summary {
    let wanted = Wanted { metrics: Metrics::OF_THE_HEADLINE.with(Metric::Share), ..Wanted::default() };
    Summary::of(scenario, settings, wanted, &|_| {})
}

/// Holds what runs state against how far they are apart, number by number. Few seeds know their own spread within
/// `1/√(2 n)`.
fn hold(names: &[&str], runs: &[Vec<Estimate>], within: std::ops::Range<f64>) {
    let count = runs.len() as f64;
    for (place, name) in names.iter().enumerate() {
        let mean = |of: &dyn Fn(Estimate) -> f64| runs.iter().map(|run| of(run[place])).sum::<f64>() / count;
        let centre = mean(&|it| it.value);
        let shown = (mean(&|it| (it.value - centre) * (it.value - centre)) * count / (count - 1.0)).sqrt();
        let stated = mean(&|it| it.error * it.error).sqrt();
        assert!(within.contains(&(stated / shown)), "{name}: {stated} stated, {shown} shown");
    }
}

#[test]
fn quantiles_moments_and_terms_have_the_errors_that_other_seeds_show() {
    let base = base_with("", &[]);
    let year = base.horizon();
    let estimate = |value: Option<f64>, error: Option<f64>| Estimate {
        value: value.expect("a number"),
        error: error.expect("an error"),
    };
    let of = |seed: u64| {
        let summary = run(&base, &Settings::new(1024, seed));
        let (gap, lead) = (summary.gap(Metric::Gap, year), summary.region(Metric::Funding, base.gap().lead(), year));
        let (gap, lead) = (gap.expect("a gap"), lead.expect("funding"));
        let share = summary.gap(Metric::Share, year).expect("a share");
        let change = summary.decompositions.last().expect("a simulated change");
        let (term, error) = (change.decomposition.terms[1], change.errors.expect("errors").terms[1]);
        vec![
            gap.estimate(0.5).expect("a median"),
            gap.estimate(0.9).expect("a quantile"),
            lead.estimate(0.25).expect("a quantile"),
            lead.estimate(0.5).expect("a median"),
            estimate(share.mean, share.moment_errors[0]),
            estimate(share.sd, share.moment_errors[1]),
            Estimate { value: term.log_points, error: error.log_points },
        ]
    };
    let runs: Vec<Vec<Estimate>> = (0..40).map(of).collect();
    let names = ["median gap", "p90 gap", "p25 funding", "median funding", "mean", "sd", "term in logs"];
    // Perfect correlation of the two paths of a draw would state 1.3 times the error of a quantile.
    hold(&names, &runs, 0.76..1.28);
}

#[test]
fn a_mean_that_few_paths_make_up_has_not_converged() {
    let summary = run(&base_with("", &[]), &Settings::new(4096, 1));
    let spread = |metric, year| summary.gap(metric, year).expect("a row");
    assert!(spread(Metric::Gap, 2024).has_converged());
    assert!(!spread(Metric::Gap, 2030).has_converged(), "{:?}", spread(Metric::Gap, 2030).effective_paths);
}

#[test]
fn paired_medians_have_the_errors_that_other_seeds_show() {
    let (base, what_if) = (base_with("", &[]), base_with("", &["china.deal-size.growth=25%"]));
    let measure = Measure { metric: Metric::Gap, subject: Subject::Gap };
    let of = |seed: u64| {
        let settings = Settings::new(1024, seed);
        let sides = [run(&base, &settings), run(&what_if, &settings)];
        let rows = Pairing::of(&base, &what_if, &settings, [&sides[0], &sides[1]]);
        let row = rows.iter().find(|row| row.measure == measure && row.year == base.horizon()).expect("a row");
        let quantiles = row.difference.quantiles.expect("differences");
        vec![Estimate { value: quantiles[3], error: row.difference.median_error.expect("an error") }]
    };
    hold(&["median difference"], &(0..40).map(of).collect::<Vec<_>>(), 0.76..1.28);
}

#[test]
fn replicates_of_points_state_errors_of_means_by_students_law() {
    let year = base_with("", &[]).horizon();
    let of = |seed: u64| {
        let scenario = base_with("", &[]);
        let summary = run(&scenario, &Settings::on_points(&[&scenario], 512, seed).expect("base takes points"));
        let share = summary.gap(Metric::Share, year).expect("a share");
        vec![Estimate { value: share.mean.expect("a mean"), error: share.moment_errors[0].expect("an error") }]
    };
    // What is stated is 1.09 times what is shown, so that sixteen replicates reach 95%.
    hold(&["mean share"], &(0..24).map(of).collect::<Vec<_>>(), 0.75..1.55);
}

#[test]
fn a_layer_without_a_part_in_a_quantity_has_none_to_the_last_digit() {
    let event = "[[events]]\nname = \"fund\"\nregion = \"china\"\nseries = \"funding\"\nyear = 2026\n\
                 effect = { step = \"+60%\" }\nchance = \"50%\"\nwhy = \"a test\"\nsource = \"none\"\n";
    let scenario = base_with(event, &[]);
    let found = Uncertainty::of(&scenario, &Settings::new(2048, 3));
    let of_events = |subject: Subject| {
        let row =
            found.rows.iter().find(|row| row.layer == Layer::Events && row.subject == subject && row.year == 2030);
        row.expect("a row").with_others
    };
    assert_eq!(of_events(Subject::Region(scenario.gap().lead())), [0.0; 2]);
    assert!(of_events(Subject::Region(scenario.gap().follow()))[0] > 0.0);
}
