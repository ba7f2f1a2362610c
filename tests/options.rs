//! Options of a run, as their user meets them: single deals, fat tails, sources, other money, correlations.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Output;

use tempfile::TempDir;

use crate::support::program::{files, folder_with, program, tables_can_be_read, words};

fn run_in(folder: &Path, scenario: &str, flags: &[&str]) -> (Output, BTreeMap<String, Vec<u8>>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(scenario);
    let output = program(folder)
        .arg("simulate")
        .arg(path)
        .args(["--paths", "2000", "--out", "run", "--force"])
        .args(flags)
        .output()
        .unwrap();
    let found = if output.status.success() { files(&folder.join("run")) } else { BTreeMap::new() };
    tables_can_be_read(&found);
    (output, found)
}

#[test]
fn single_deals_fat_tails_and_unknown_figures_are_the_same_bytes_on_any_number_of_threads() {
    let packs = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/packs");
    let (fat, unknown) = (packs.join("fat-tails.toml"), packs.join("unknown-figures.toml"));
    let (fat, unknown) = (fat.to_str().unwrap(), unknown.to_str().unwrap());
    let folder = TempDir::new().unwrap();
    for scenario in ["boom-and-bust.toml", "deal-by-deal.toml"] {
        let flags = |threads| ["--with", fat, "--with", unknown, "--threads", threads];
        let (_, one) = run_in(folder.path(), scenario, &flags("1"));
        let (_, two) = run_in(folder.path(), scenario, &flags("2"));
        assert!(!one.is_empty() && one == two, "{scenario}");
    }
}

#[test]
fn every_source_stands_side_by_side() {
    let folder = TempDir::new().unwrap();
    let (output, found) = run_in(folder.path(), "base.toml", &["--source", "all"]);
    assert!(output.status.success(), "{}", words(&output.stderr));
    let table = words(&found["sources.csv"]);
    let ratio = |source: &str| {
        let row = table.lines().find(|line| line.contains(source) && line.contains(",ratio,us-china,2023,")).unwrap();
        // Counted from the end, because a source may have a comma in its name.
        let place = table.lines().next().unwrap().split(',').rev().position(|name| name == "observed").unwrap();
        row.rsplit(',').nth(place).unwrap().parse::<f64>().unwrap()
    };
    assert!((ratio("CB Insights") - 15.5).abs() < 1e-9, "{table}");
    assert!((ratio("AI Index") - 67.22 / 7.76).abs() < 1e-9);
    assert!((ratio("CSET") - 67.911 / 15.071).abs() < 1e-9);
    assert!(found.contains_key("charts/sources.png") && found.contains_key("charts/sources.csv"));
    // One of them alone is the row of the table, and shows no deal size.
    let (_, alone) = run_in(folder.path(), "base.toml", &["--source", "AI Index", "--no-charts"]);
    let fan = words(&alone["fan.csv"]);
    assert!(!fan.contains(",deal-size,") && !fan.contains(",size-ratio,"));
    let tail = |text: &str, start: &str| {
        text.lines().find(|line| line.contains(start)).unwrap().split(start).nth(1).unwrap().to_owned()
    };
    let row = table.lines().find(|line| line.contains("AI Index") && line.contains(",ratio,us-china,2030,")).unwrap();
    let (own, in_table) = (tail(&fan, ",ratio,us-china,2030,"), tail(row, ",ratio,us-china,2030,"));
    // The table has the errors of the quantiles behind the row; a run has them in a file of their own.
    let errors = in_table.strip_prefix(&format!("{own},")).unwrap().to_owned();
    assert!(tail(&words(&alone["fan_errors.csv"]), ",ratio,us-china,2030,").starts_with(&errors), "{errors}");
    assert!(words(&alone["summary.md"]).contains("Funding starts from Stanford AI Index 2024"));
    let (unknown, _) = run_in(folder.path(), "base.toml", &["--source", "Crunchbase"]);
    assert_eq!(unknown.status.code(), Some(3));
    assert!(words(&unknown.stderr).contains("sources are CB Insights"));
}

#[test]
fn another_money_is_in_every_amount_and_sentence() {
    let folder = TempDir::new().unwrap();
    let (output, found) = run_in(folder.path(), "base.toml", &["--currency", "CNY", "--real", "2023"]);
    // Nominal amounts are not called those of constant prices.
    assert!(!output.status.success() && found.is_empty(), "{}", words(&output.stderr));
    assert!(words(&output.stderr).contains("no inflation is given"));
    let flags = ["--currency", "CNY", "--real", "2023", "--set", "money.inflation=0%"];
    let (output, found) = run_in(folder.path(), "base.toml", &flags);
    assert!(output.status.success(), "{}", words(&output.stderr));
    let fan = words(&found["fan.csv"]);
    assert!(fan.contains(",¥bn of 2023,") && !fan.contains(",$bn,"));
    assert!(words(&found["decomposition.csv"]).starts_with("scenario,from,to,side,component,yuan-of-2023,"));
    let summary = words(&found["summary.md"]);
    assert!(summary.contains("¥7.14 a dollar in every year") && summary.contains("lead in constant yuan"));
    // The scenario's own question keeps the dollars it was asked in.
    let dollars: Vec<&str> = summary.lines().filter(|line| line.contains('$')).collect();
    assert!(dollars.iter().all(|line| line.contains("$6.7bn") || line.contains("Made by")), "{dollars:?}");
    let manifest = words(&found["manifest.json"]);
    for part in
        ["aigap simulate base.toml --paths 2000 --seed 20240515", "money.inflation=0%", "--currency CNY --real 2023"]
    {
        assert!(manifest.contains(part), "{part}: {manifest}");
    }
    for name in ["gap", "funding"] {
        let about = words(&found[&format!("charts/{name}.json")]);
        assert!(about.contains("yuan") && !about.contains('$'), "{about}");
    }
    let waterfall = words(&found["charts/decomposition.json"]);
    assert!(waterfall.contains("gap in ¥bn of 2023, ") && !waterfall.contains("2023bn"), "{waterfall}");
}

#[test]
fn means_that_do_not_exist_are_refused_in_words() {
    let folder = TempDir::new().unwrap();
    let flags = ["--set", "shocks.law={ student-t = 4 }", "--no-charts"];
    let (output, found) = run_in(folder.path(), "base.toml", &flags);
    assert!(output.status.success(), "{}", words(&output.stderr));
    let summary = words(&found["summary.md"]);
    assert!(summary.replace('\n', " ").contains("no level has a mean"), "{summary}");
    assert!(summary.contains("Means of levels are left empty"));
    let fan = words(&found["fan.csv"]);
    let row = |start: &str| fan.lines().find(|line| line.starts_with(start)).unwrap().split(',').collect::<Vec<_>>();
    let gap = row("base,gap,us-china,2030,");
    assert!(gap[8].is_empty() && gap[9].is_empty() && !gap[14].is_empty(), "{gap:?}");
    let log = row("base,log-ratio,us-china,2030,");
    assert!(!log[8].is_empty() && !log[9].is_empty());
    let terms = words(&found["decomposition.csv"]);
    let simulated = terms.lines().find(|line| line.contains(",2023,2030,us,deals,")).unwrap();
    let fields: Vec<&str> = simulated.split(',').collect();
    assert!(fields[5].is_empty() && fields[6].is_empty() && !fields[8].is_empty(), "{simulated}");
}

#[test]
fn contradictory_correlations_are_replaced_on_request() {
    let folder = folder_with(&["base.toml"]);
    let text = "extends = \"base.toml\"\n[[correlations]]\nbetween = [\"us.deals\", \"us.deal-size\"]\nrho = 0.95\n[[correlations]]\nbetween = [\"us.deals\", \"china.deals\"]\nrho = 0.95\n[[correlations]]\nbetween = [\"us.deal-size\", \"china.deals\"]\nrho = -0.9\n";
    std::fs::write(folder.path().join("odd.toml"), text).unwrap();
    let simulate = |flags: &[&str]| {
        program(folder.path())
            .args(["simulate", "odd.toml", "--paths", "200", "--no-charts"])
            .args(flags)
            .output()
            .unwrap()
    };
    let refused = simulate(&[]);
    assert_eq!(refused.status.code(), Some(3));
    assert!(words(&refused.stderr).contains("--nearest-correlation"));
    let output = simulate(&["--nearest-correlation", "--out", "output/odd"]);
    assert!(output.status.success(), "{}", words(&output.stderr));
    assert!(words(&output.stderr).contains("were replaced"));
    // The resolved scenario needs the flag no more.
    let resolved = files(&folder.path().join("output/odd"));
    std::fs::write(folder.path().join("odd.toml"), &resolved["scenario.toml"]).unwrap();
    let again = simulate(&["--out", "again"]);
    assert!(again.status.success(), "{}", words(&again.stderr));
    let fan = files(&folder.path().join("again"));
    assert_eq!(words(&resolved["fan.csv"]), words(&fan["fan.csv"]));
}
