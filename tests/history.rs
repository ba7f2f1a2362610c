//! Figures of many years and editions: the built-in sets, a year to start from, and files of one's own as they are understood.

mod back_tested;
mod fitted;

use tempfile::TempDir;

use crate::support::program::{done, files, folder_with, refused, table, words};
use crate::support::{self, runs};
use aigap::data::BuiltIn;
use aigap::metric::Metric;
use aigap::scenario::Layers;

/// Funding alone, on a data set.
fn funding_on(top: &str) -> String {
    format!(
        "horizon = 2030\n{top}\n[us.funding]\nmodel = \"random-walk\"\ngrowth = \"0%\"\nvolatility = \"20%\"\n\
         [china.funding]\nmodel = \"random-walk\"\ngrowth = \"0%\"\nvolatility = \"20%\"\n"
    )
}

#[test]
fn every_built_in_set_is_one_that_a_scenario_can_start_from() {
    for (carried, year) in BuiltIn::ALL.iter().zip([2023, 2024, 2021, 2025]) {
        let scenario = support::scenario(&funding_on(&format!("data = \"{}\"", carried.name)));
        assert_eq!(scenario.base_year(), year, "{}", carried.name);
        let summary = support::run(&scenario, 200, 7);
        assert!(
            summary.gap(Metric::Ratio, 2030).and_then(|it| it.median()).is_some_and(|ratio| ratio > 0.0),
            "{}",
            carried.name
        );
    }
}

/// Where a run starts earlier, later figures are known to the table of figures and to nothing else.
#[test]
fn a_run_starts_from_the_year_that_is_asked_for_and_knows_nothing_later() {
    let top = "data = \"ai-index-2022\"\nbase-year = 2018";
    let scenario = support::scenario(&funding_on(top));
    let last = support::scenario(&funding_on("data = \"ai-index-2022\""));
    assert_eq!((scenario.base_year(), last.base_year()), (2018, 2021));
    // Published for 2018: 16.129638 and 10.239747.
    let ratio = support::run(&scenario, 20_000, 7).gap(Metric::Ratio, 2019).unwrap().median().unwrap();
    assert!((ratio / (16.129_638 / 10.239_747) - 1.0).abs() < 0.02, "{ratio}");
    // What is written is read as the same, and a set that ends there needs no word.
    let written = scenario.resolved_toml();
    assert!(written.contains("base-year = 2018") && !last.resolved_toml().contains("base-year"));
    assert_eq!(support::scenario(&written).resolved_toml(), written);
    let question = "\n[[questions]]\nname = \"later\"\nthat = \"us.funding > half of 2020\"\n";
    let text = funding_on(top) + question;
    // Figures of other years may be asked about on other data, so the question is left out, with a word about it.
    let read = runs::try_read(&[("test.toml", &text)], &Layers::default()).expect("a question less");
    assert!(read.warnings.iter().any(|it| it.what.contains("2020") && it.cure.contains("2018")), "{:?}", read.warnings);
    assert!(read.scenario.questions().is_empty());
}

#[test]
fn all_observed_years_are_in_the_tables_and_on_the_charts() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("long.toml"), funding_on("data = \"ai-index-2022\"\nbase-year = 2019")).unwrap();
    done(folder.path(), &["simulate", "long.toml", "--paths", "400", "--quiet"]);
    let found = files(&folder.path().join("output/long"));
    let rows = table(&words(&found["observations.csv"]));
    let years = |rows: &[std::collections::BTreeMap<String, String>], region: &str| -> Vec<String> {
        let of = rows.iter().filter(|row| row["region"] == region && row["metric"] == "funding");
        of.map(|row| row["year"].clone()).collect()
    };
    let all: Vec<String> = (2013..=2021).map(|year: i32| year.to_string()).collect();
    assert_eq!(years(&rows, "us"), all);
    assert_eq!(years(&rows, "china"), all);
    let chart = words(&found["charts/funding.csv"]);
    assert!(chart.contains("2013") && chart.contains("2019") && chart.contains("2030"), "{chart}");
    // What came after the year that the run starts from is no part of its picture.
    assert!(!chart.contains("52.872119"), "{chart}");
    done(folder.path(), &["verify", "output/long"]);
}

#[test]
fn facts_shows_what_is_carried_and_what_a_file_is_understood_as() {
    let folder = folder_with(&[]);
    let list = done(folder.path(), &["facts", "--list"]);
    for carried in BuiltIn::ALL {
        assert!(list.contains(carried.name) && list.contains(carried.definition), "{list}");
        let shown = done(folder.path(), &["facts", carried.name]);
        assert!(shown.starts_with(&format!("Data set {}\n", carried.name)), "{shown}");
    }
    let long = done(folder.path(), &["facts", "ai-index-2022"]);
    assert!(long.contains("2013          280") && long.contains("$52.87bn"), "{long}");
    let own = "region,year,metric,value,unit,source,vintage\nus,2023,funding,31,USD bn,A,1\n\
               china,2023,funding,2,USD bn,A,1\nchina,2023,funding growth,-0.7,share per year,A,1\n";
    std::fs::write(folder.path().join("mine.csv"), own).unwrap();
    let shown = done(folder.path(), &["facts", "mine.csv"]);
    assert!(shown.contains("china funding 2022") && shown.contains("* 2 / 0.3"), "{shown}");
    let json: serde_json::Value = serde_json::from_str(&done(folder.path(), &["facts", "mine.csv", "--json"])).unwrap();
    assert_eq!(json["observations"].as_array().unwrap().len(), 3);
}

/// Every mistake of a file is shown with its line before anything is run.
#[test]
fn facts_of_a_broken_file_says_what_is_wrong_with_every_line() {
    let folder = folder_with(&[]);
    let broken = "region,year,metric,value,unit,source,vintage\nus,2023,funding,31 bn,USD bn,A,1\n\
                  china,twenty,funding,2,USD bn,A,1\nchina,2023,funding growth,-70,share per year,A,1\n";
    std::fs::write(folder.path().join("broken.csv"), broken).unwrap();
    let message = refused(folder.path(), &["facts", "broken.csv"], 3);
    for line in ["broken.csv:2", "broken.csv:3", "broken.csv:4"] {
        assert!(message.contains(line), "{message}");
    }
    let message = refused(folder.path(), &["facts", "ai-index-2202"], 2);
    assert!(message.contains("did you mean ai-index-2022?"), "{message}");
    assert!(refused(folder.path(), &["facts", "nowhere.csv"], 3).contains("cannot read nowhere.csv"));
}

/// What an edition says of the year before belongs to it alone: the edition of 2024 has 55.05 for the US in 2022, that of 2023
/// had 47.36.
#[test]
fn an_edition_is_seen_alone() {
    let data = BuiltIn::named("ai-index-editions").unwrap().read();
    assert_eq!(data.editions(), ["2023-04", "2024-04", "2025-04", "2026-04"]);
    let of =
        |vintage: &str, year: i32| data.of_edition(vintage).unwrap().find("us", "funding", year).map(|it| it.value);
    assert_eq!(of("2023-04", 2022), Some(47.36));
    assert!((of("2024-04", 2022).unwrap() - 67.22 / 1.221).abs() < 1e-12);
    assert_eq!(of("2024-04", 2024), None);
}
