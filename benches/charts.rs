//! How long a figure takes, drawn, as PNG and as PDF, and how long a report. The budget is 100 ms a figure in every preset.

use aigap::chart::Chart;
use aigap::chart::pictures;
use aigap::draw::{Preset, Style, Theme};
use aigap::engine::Settings;
use aigap::report::{self, Material, Part};
use aigap::scenario::{Layers, Scenario, load};
use aigap::summary::{Summary, Wanted};
use aigap::table::run;

fn main() {
    divan::main();
}

fn baseline() -> Scenario {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/base.toml");
    let read = |path: &std::path::Path| std::fs::read(path).map_err(|error| error.to_string());
    load(&path, &Layers::default(), None, &read).expect("the baseline loads").scenario
}

fn summary(scenario: &Scenario) -> Summary {
    Summary::of(scenario, &Settings::new(2_000, 7), Wanted::default(), &|_| {})
}

fn charts() -> Vec<Chart> {
    let scenario = baseline();
    pictures::charts(&scenario, &summary(&scenario))
}

fn style(preset: Preset) -> Style {
    Style { preset, theme: Theme::Light, ..Style::default() }
}

/// Every chart of a run, drawn and written as PNG; divide by their number for one figure.
#[divan::bench(args = Preset::ALL.map(Preset::name), sample_count = 10)]
fn pngs_of_a_run(bencher: divan::Bencher, preset: &str) {
    let charts = charts();
    let preset = Preset::ALL.into_iter().find(|known| known.name() == preset).expect("one of them");
    let count = divan::counter::ItemsCount::new(charts.len());
    bencher.counter(count).bench(|| charts.iter().map(|it| it.draw(style(preset)).png().len()).sum::<usize>());
}

/// The same as PDF.
#[divan::bench(sample_count = 10)]
fn pdfs_of_a_run(bencher: divan::Bencher) {
    let charts = charts();
    let count = divan::counter::ItemsCount::new(charts.len());
    bencher.counter(count).bench(|| charts.iter().map(|it| it.draw(style(Preset::Note)).pdf().len()).sum::<usize>());
}

/// The lint, which looks at pixels too.
#[divan::bench(sample_count = 5)]
fn lint_of_a_run(bencher: divan::Bencher) {
    let drawings: Vec<_> = charts().iter().map(|it| it.draw(style(Preset::Note))).collect();
    bencher.bench(|| drawings.iter().map(|it| it.lint().len()).sum::<usize>());
}

/// The page and the note of a run that is already simulated.
#[divan::bench(sample_count = 5)]
fn report_of_a_run(bencher: divan::Bencher) {
    let scenario = baseline();
    let summary = summary(&scenario);
    let tables = run::tables(&scenario, &summary, &[], None);
    let charts =
        pictures::charts(&scenario, &summary).into_iter().map(|chart| (chart.name().to_owned(), chart)).collect();
    let part = Part { scenario, summary, tables, charts };
    let material =
        Material { parts: vec![part], comparison: None, questions: Vec::new(), origins: Vec::new(), by_itself: None };
    bencher.bench(|| {
        let report = report::report(&material);
        let page = report::html(&report, report::Extent::Whole).expect("a page of one run is small");
        page.len() + report::markdown(&report, &|figure| figure.name.clone()).len()
    });
}
