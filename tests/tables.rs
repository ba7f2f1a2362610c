//! The data dictionary against what commands write: every CSV has the columns that are declared for it, and every
//! declared table is written.
use std::collections::BTreeSet;

use aigap::draw::Style;
use aigap::table::declared::{ALL, Declaration, Kind};
use aigap::table::dictionary;
use base64::Engine;

use crate::support::program::{done, files, read, refused, root, shipped};
use crate::support::sample_charts;

/// Whether a field is of a kind: empty, or a number where the kind is one.
fn is_of(kind: Kind, field: &str) -> bool {
    match kind {
        _ if field.is_empty() => true,
        Kind::Text | Kind::Title | Kind::Setting => true,
        Kind::Year => field.parse::<i32>().is_ok_and(|year| (1900..2200).contains(&year)),
        Kind::Count => field.parse::<u64>().is_ok(),
        Kind::Number => field.parse::<f64>().is_ok_and(f64::is_finite),
        Kind::Share => field.parse::<f64>().is_ok_and(|share| share.abs() < 10.0),
    }
}

/// Holds a CSV against its declaration: columns in order, fields of their kinds, rows known by their keys.
fn holds(table: &'static Declaration, name: &str, text: &[u8]) {
    let mut reader = csv::Reader::from_reader(text);
    let head: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let several = head.len() == table.columns().count();
    let columns: Vec<_> = table.columns().filter(|column| several || !column.of_several).collect();
    assert_eq!(head.len(), columns.len(), "{name}: {head:?}");
    assert!(columns.iter().zip(&head).all(|(column, name)| column.is(name)), "{name}: {head:?}");
    let mut keys = BTreeSet::new();
    for row in reader.records() {
        let row = row.unwrap();
        for (column, field) in columns.iter().zip(&row) {
            assert!(is_of(column.kind, field), "{name}, {}: {field}", column.name);
        }
        let key = columns.iter().zip(&row).filter(|(column, _)| table.keys.contains(&column.name));
        let key: Vec<String> = key.map(|(_, field)| field.to_owned()).collect();
        assert!(keys.insert(key.clone()), "{name} has two rows with {key:?}");
    }
}

/// CSVs that a page carries whole, by name.
fn carried(page: &str) -> Vec<(String, Vec<u8>)> {
    let link = |part: &str| {
        let (name, rest) = part.split_once("\" href=\"data:").unwrap();
        let text = rest.split_once(";base64,").unwrap().1.split_once('"').unwrap().0;
        // The template writes signs of base64 as references.
        let text = text.replace("&#43;", "+").replace("&#x2B;", "+").replace("&#61;", "=").replace("&#47;", "/");
        (name.to_owned(), base64::engine::general_purpose::STANDARD.decode(text).unwrap())
    };
    let links = page.split("<a class=\"data\" download=\"").skip(1).map(link);
    links.filter(|(name, _)| !name.ends_with(".cited.csv")).collect()
}

#[test]
fn every_table_that_is_written_is_declared_with_its_columns_and_every_declared_one_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| done(folder.path(), &[arguments, &["--paths", "2048"]].concat());
    let [base, push, deals] = ["base.toml", "china-state-push.toml", "deal-by-deal.toml"].map(shipped);
    run(&["simulate", &base, "--source", "all", "--keep-paths", "4", "--out", "run"]);
    run(&["simulate", &deals, "--currency", "CNY", "--out", "deals"]);
    run(&["compare", &base, &push, "--weights", "0.5,0.5", "--out", "two"]);
    done(folder.path(), &["report", "two", "-o", "note.html"]);
    run(&["sensitivity", &base, "--out", "sensitivity"]);
    run(&["sweep", &base, "--over", "us.deals.growth=0%:20%:3", "--out", "sweep"]);
    let goal = "P(ratio in 2030 < half of 2023) >= 50%";
    run(&["seek", &base, "--so-that", goal, "--out", "seek"]);
    let both = ["--change", "us.deals.growth", "--change", "china.deals.growth"];
    run(&[&["seek", &base, "--so-that", goal, "--out", "frontier"], &both[..]].concat());
    run(&["discover", &base, "--where", "ratio in 2030 < half of 2023", "--keep", "2", "--out", "discover"]);
    done(folder.path(), &["score", "run", "--observed", "cb-insights-2025-01", "--out", "score"]);
    done(folder.path(), &["fit", "ai-index-2022", "--out", "fit"]);
    done(folder.path(), &["backtest", "ai-index-2022", "--out", "backtest"]);
    let mut written = BTreeSet::new();
    let mut check = |name: &str, bytes: &[u8]| {
        let declared: Vec<_> = ALL.into_iter().filter(|table| table.is_of(name)).collect();
        let [table] = declared[..] else { panic!("{name} is declared {} times", declared.len()) };
        holds(table, name, bytes);
        written.insert(table.files[0]);
    };
    for run in
        ["run", "deals", "two", "sensitivity", "sweep", "seek", "frontier", "discover", "score", "fit", "backtest"]
    {
        let found = files(&folder.path().join(run));
        // Draws are an input of the scenario that a fit writes, with a line of units.
        let is_table =
            |name: &str| name.ends_with(".csv") && !name.starts_with("scenarios/") && name != "fit-draws.csv";
        let tables = found.iter().filter(|(name, _)| is_table(name));
        assert!(tables.clone().count() > 1, "{run}");
        // Tables of single scenarios stand in a comparison in folders of their own.
        let plain = |name: &str| match name.split_once('/') {
            Some((folder, file)) if folder != "charts" => file.to_owned(),
            _ => name.to_owned(),
        };
        tables.for_each(|(name, bytes)| check(&plain(&name.replace('\\', "/")), bytes));
    }
    for (name, bytes) in carried(&read(folder.path().join("note.html"))) {
        check(name.rsplit('/').next().unwrap(), &bytes);
    }
    // Some charts are drawn by the library only.
    for chart in sample_charts::all() {
        let table = chart.draw(Style::default()).table;
        holds(table.declaration(), table.file(), table.csv().as_bytes());
        written.insert(table.file());
    }
    // Sheets are no files.
    let files = ALL.iter().map(|table| table.files[0]).filter(|file| !file.starts_with("workbook"));
    let missing: Vec<_> = files.filter(|file| !written.contains(file)).collect();
    assert!(missing.is_empty(), "declared and not written: {missing:?}");
}

#[test]
fn the_page_of_the_documentation_is_what_the_program_prints() {
    let page = read(root().join("docs/src/reference/tables.md"));
    assert_eq!(page, dictionary::page(), "write it again: aigap tables --markdown > docs/src/reference/tables.md");
}

#[test]
fn the_columns_of_a_file_are_listed_and_a_file_that_is_not_written_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let fan = done(folder.path(), &["tables", "fan.csv"]);
    assert!(fan.contains("  p2.5 ") && fan.contains("2.5% of them lie below"), "{fan}");
    let all = done(folder.path(), &["tables"]);
    assert!(ALL.iter().all(|table| all.contains(table.files[0])));
    let json = done(folder.path(), &["tables", "compare.csv", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json[0]["columns"][0]["name"], "what_if");
    assert_eq!(done(folder.path(), &["tables", "--markdown"]), dictionary::page());
    assert!(refused(folder.path(), &["tables", "fans.csv"], 2).contains("aigap tables lists"));
}
