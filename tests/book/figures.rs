//! What the book says of doubt about the figures and of what bands leave out, made from scenarios, packs and paths.

use std::fmt::Write;

use aigap::distribution::{Distribution, Z90};
use aigap::engine::{Plan, Settings};
use aigap::metric::{Measure, Metric, Subject};
use aigap::scenario::{Layers, Scenario};
use aigap::summary::PathKeeper;
use aigap::wording;

use crate::support;
use crate::support::program::{done, read, root};
use crate::support::runs;

use super::by_hand::{LUCK, SERIES, TREND, moments, variance};
use super::marked;
use super::numerals::values;

/// What `aigap params` lists of the baseline with packs over it.
struct Listed(String);

impl Listed {
    fn with(packs: &[&str]) -> Self {
        let mut words = vec!["params".to_owned(), "scenarios/base.toml".to_owned()];
        for pack in packs {
            words.extend(["--with".to_owned(), format!("scenarios/packs/{pack}.toml")]);
        }
        Self(done(root(), &words.iter().map(String::as_str).collect::<Vec<_>>()))
    }

    /// The value of an address, as it is written.
    fn value(&self, address: &str) -> &str {
        let line = self.0.lines().find_map(|line| line.strip_prefix(&format!("{address} = ")));
        line.unwrap_or_else(|| panic!("{address}"))
    }

    /// The reason of an address.
    fn why(&self, address: &str) -> &str {
        let behind = self.0.split_once(&format!("{address} = ")).unwrap().1;
        behind.lines().find_map(|line| line.trim().strip_prefix("why: ")).unwrap()
    }
}

/// The baseline with all four doubts about the figures.
fn in_doubt() -> Scenario {
    let asked = "\n[measurement]\nrounding = true\nrevisions = true\ndefinitions = true\nsampling = true\n";
    let text = read(root().join("scenarios/base.toml")) + asked;
    let Ok(loaded) = runs::try_read(&[("test.toml", &text)], &Layers::default()) else { panic!("refused") };
    loaded.scenario
}

/// The doubts about the figures: the law of each, its size, and what the size rests on.
#[test]
fn the_method_has_law_and_size_of_each_doubt_about_the_figures() {
    let (scenario, listed) = (in_doubt(), Listed::with(&["unknown-figures"]));
    let of = |address: &str| {
        let [mean, sd] = moments(&scenario, address);
        format!("mean {mean:.2}, sd {sd:.2}")
    };
    let rounded =
        |side: &str| listed.value(&format!("measurement.rounding.{side}.funding")).replace(", all equally likely", "");
    let sampling = |side: &str| match scenario
        .assumptions()
        .iter()
        .find(|it| it.address() == format!("measurement.sampling.{side}"))
    {
        Some(it) => match it.law() {
            Distribution::Fixed(sd) => format!("{sd:.3}"),
            other => panic!("{other:?}"),
        },
        None => panic!("{side}"),
    };
    let rows = [
        (
            "rounding",
            "the figure is uniform between the ends that round to what was published; one number a draw",
            format!("US funding {}, China’s {}", rounded("us"), rounded("china")),
            listed.why("measurement.rounding.china.funding"),
        ),
        (
            "revisions, common",
            "the log of every region’s figure moves by one normal number, funding and deals by one each; one a draw",
            format!("funding {}; deals {}", of("measurement.revisions.funding"), of("measurement.revisions.deals")),
            listed.why("measurement.revisions.funding"),
        ),
        (
            "revisions, of a region",
            "the log of its figures moves by a normal number of its own besides; one a draw",
            of("measurement.revisions.china"),
            listed.why("measurement.revisions.china"),
        ),
        (
            "definitions",
            "the log of the ratio moves by a normal number, half of it on either side; one a draw",
            of("measurement.definitions"),
            listed.why("measurement.definitions"),
        ),
        (
            "sampling noise",
            "the log of each year’s total moves by a normal number, the base year’s once a draw, a later one’s on each path",
            format!("sd {} for the US, {} for China", sampling("us"), sampling("china")),
            listed.why("measurement.sampling.china"),
        ),
    ];
    let mut table =
        "| doubt | law | size, in logs where it is a log | what the size rests on |\n|---|---|---|---|\n".to_owned();
    for (name, law, size, why) in rows {
        let _ = writeln!(table, "| {name} | {law} | {size} | {why} |");
    }
    marked("explanation/method.md", "doubts", &table);
}

/// The size of the doubt about definitions is the standard deviation of the logs of the ratios that its reason names.
#[test]
fn the_doubt_about_definitions_is_that_of_the_ratios_that_it_names() {
    let listed = Listed::with(&["unknown-figures"]);
    let (_, named) = listed.why("measurement.definitions").split_once(':').unwrap();
    let logs: Vec<f64> = values(named).map(libm::log).collect();
    let mean = logs.iter().sum::<f64>() / logs.len() as f64;
    let squares: f64 = logs.iter().map(|log| (log - mean) * (log - mean)).sum();
    let [_, sd] = moments(&in_doubt(), "measurement.definitions");
    assert!(((squares / (logs.len() - 1) as f64).sqrt() - sd).abs() < 0.01, "{logs:?}: {sd}");
}

/// What is not in the bands, with the sizes that the program itself puts in.
#[test]
fn the_sizes_of_what_is_left_out_are_those_that_the_packs_put_in() {
    let listed = Listed::with(&["unknown-figures", "fat-tails", "state-funds-counted"]);
    let rows = [
        (
            "rounding of the published figures",
            format!("China’s funding of the base year: {}", listed.value("measurement.rounding.china.funding")),
            "`[measurement] rounding = true`",
        ),
        (
            "revisions: first releases are corrected later",
            listed.why("measurement.revisions.funding").to_owned(),
            "`revisions = true`",
        ),
        (
            "definitions: trackers count different things",
            listed.why("measurement.definitions").to_owned(),
            "`definitions = true`, or `source = …`",
        ),
        (
            "the luck of single large deals in a total",
            format!(
                "{} of the US total and {} of China’s: {}",
                listed.value("measurement.sampling.us"),
                listed.value("measurement.sampling.china"),
                listed.why("measurement.sampling.china")
            ),
            "`sampling = true`, or deals one by one",
        ),
        (
            "wild years beyond a normal law",
            format!(
                "{} of the years {} times as wild, the others calmer for it: the spread as a whole stays, so that 80% bands \
                 narrow a little and only their far ends widen",
                listed.value("shocks.law.contaminated"),
                listed.value("shocks.law.times")
            ),
            "the pack `fat-tails.toml`",
        ),
        (
            "state funds outside of rounds",
            format!("for China {}: a judgement", listed.value("china.spending-outside.figure")),
            "the pack `state-funds-counted.toml`",
        ),
        (
            "companies’ own spending on AI",
            "none of the figures that the program carries counts it".to_owned(),
            "`[us.spending-outside]`, a range of your own",
        ),
        ("a change of the world that no assumption names", "unknown".to_owned(), "an event with a chance and a reason"),
    ];
    let mut table = "| not in the bands | size | put it in with |\n|---|---|---|\n".to_owned();
    for (name, size, cure) in rows {
        let _ = writeln!(table, "| {name} | {size} | {cure} |");
    }
    marked("explanation/left-out.md", "left out", &table);
}

/// How many times the lower end of the band of eight in ten paths the upper one is, so many years ahead: the closed form.
fn width_of_band(scenario: &Scenario, years: f64) -> f64 {
    let [yearly, trends] = [LUCK, TREND].map(|it| variance(scenario, &SERIES, it));
    libm::exp(2.0 * Z90 * (years * yearly + years * years * trends).sqrt())
}

#[test]
fn the_width_of_a_band_of_ten_years_is_that_of_the_closed_form() {
    let scenario = support::shipped_base();
    let years = scenario.horizon() - scenario.base_year();
    let [horizon, ten] = [years, 10].map(|years| wording::significant(width_of_band(&scenario, f64::from(years)), 2));
    let made = format!(
        "In the baseline the upper end of the 80% band of the ratio is {horizon} times the lower one after {years} years; after 10 \
         years it would be {ten} times, by [the formula](by-hand.md).\n"
    );
    marked("explanation/left-out.md", "ten years", &made);
}

/// Share of paths whose ratio lies inside the band of eight in ten in every simulated year.
#[test]
fn fewer_paths_stay_in_the_bands_than_are_in_each() {
    let scenario = support::shipped_base();
    let settings = Settings::new(20_000, Settings::DEFAULT_SEED);
    let summary = runs::run(&scenario, settings.paths, settings.seed);
    let mut keeper = PathKeeper::new(&scenario);
    aigap::engine::simulate(&[&Plan::new(&scenario)], &settings, &mut keeper, &|_| {});
    let place = Measure::all(&scenario)
        .iter()
        .position(|it| *it == Measure { metric: Metric::Ratio, subject: Subject::Gap })
        .unwrap();
    let bands: Vec<[f64; 2]> = (scenario.base_year() + 1..=scenario.horizon())
        .map(|year| {
            let quantiles = summary.gap(Metric::Ratio, year).unwrap().quantiles.unwrap();
            [quantiles[2], quantiles[6]]
        })
        .collect();
    let stays = |values: &[f64]| values.iter().zip(&bands).all(|(value, [low, high])| (low..=high).contains(&value));
    let kept = keeper.paths();
    let share = kept.iter().filter(|path| stays(&path.values[place])).count() as f64 / kept.len() as f64;
    let made = format!(
        "In the baseline, eight of ten paths lie inside the band of the ratio in each year, and {} stay inside it in all {} years.\n",
        wording::percent(share),
        bands.len()
    );
    marked("explanation/left-out.md", "in all years", &made);
}

/// Every number of the baseline rests on figures up to its base year, or is called a judgement.
#[test]
fn no_number_of_the_baseline_rests_on_a_later_year() {
    for assumption in support::shipped_base().assumptions() {
        let source = assumption.source().unwrap();
        let is_earlier = source.starts_with("CB Insights State of AI 2023 recap") && !source.contains("2024");
        assert!(is_earlier || source == "judgement", "{}: {source}", assumption.address());
    }
}
