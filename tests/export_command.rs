//! `aigap export`: every format holds the numbers of the run, and the community's own reader takes it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::program::{aigap, done, folder_with, read, refused, root, table, words};
use crate::support::skipped;

/// A folder with a small run of the baseline in `run`, some of whose paths are kept.
fn with_run() -> tempfile::TempDir {
    let folder = folder_with(&["base.toml"]);
    done(
        folder.path(),
        &["simulate", "base.toml", "--paths", "2000", "--keep-paths", "4", "--no-charts", "--out", "run"],
    );
    folder
}

/// Python with the readers of other communities, which `.ci/run` puts into `target/readers`.
fn python() -> Option<PathBuf> {
    let path = root().join("target/readers/bin/python");
    path.exists().then_some(path)
}

/// Runs a script of Python in a folder; says what was not tested if there is no reader.
fn in_python(what: &str, folder: &Path, script: &str) {
    let Some(python) = python() else {
        skipped(what, "target/readers has no Python with pyam and frictionless; .ci/run makes it");
        return;
    };
    let output = Command::new(python).current_dir(folder).args(["-W", "ignore", "-c", script]).output().unwrap();
    assert!(output.status.success(), "{what}: {}{}", words(&output.stdout), words(&output.stderr));
}

/// Rows of the run's fan by metric, region and year.
fn fan(folder: &Path) -> BTreeMap<(String, String, String), BTreeMap<String, String>> {
    let rows = table(&read(folder.join("run/fan.csv")));
    rows.into_iter().map(|row| ((row["metric"].clone(), row["region"].clone(), row["year"].clone()), row)).collect()
}

#[test]
fn a_hub_gets_every_quantile_mean_and_chance_digit_for_digit() {
    let folder = with_run();
    let said = done(folder.path(), &["export", "run", "--to", "hubverse"]);
    assert!(said.contains("model-output/aigap-base/2023-12-31-aigap-base.csv"), "{said}");
    let rows = table(&read(folder.path().join("run-hubverse/model-output/aigap-base/2023-12-31-aigap-base.csv")));
    let fan = fan(folder.path());
    let mut compared = 0;
    for row in &rows {
        let year = &row["target_end_date"][..4];
        assert_eq!(row["horizon"], (12 * (year.parse::<i32>().unwrap() - 2023)).to_string());
        assert_eq!((row["origin_date"].as_str(), &row["target_end_date"][4..]), ("2023-12-31", "-12-31"));
        let Some(of) = fan.get(&(row["target"].clone(), row["location"].clone(), year.to_owned())) else { continue };
        let percent = |level: &str| format!("p{}", (level.parse::<f64>().unwrap() * 1e4).round() / 100.0);
        let expected = match row["output_type"].as_str() {
            "quantile" => &of[&percent(&row["output_type_id"])],
            "median" => &of["p50"],
            "mean" => &of["mean"],
            _ => continue,
        };
        assert_eq!(&row["value"], expected, "{row:?}");
        compared += 1;
    }
    let filled = |row: &BTreeMap<String, String>| {
        row.iter().filter(|(name, it)| name.starts_with('p') && !it.is_empty()).count()
    };
    let quantiles: usize = fan.values().map(filled).sum();
    assert!(compared > quantiles, "{compared} of {quantiles} quantiles, and medians and means");
    let of = |kind: &str| rows.iter().filter(|row| row["output_type"] == kind).count();
    assert!(of("sample") > 0 && of("pmf") > 0 && of("pmf") % 2 == 0);
    let sum: f64 =
        rows.iter().filter(|row| row["output_type"] == "pmf").map(|row| row["value"].parse::<f64>().unwrap()).sum();
    assert!((sum - of("pmf") as f64 / 2.0).abs() < 1e-9, "chances of yes and no add up to one");
    let tasks: serde_json::Value =
        serde_json::from_str(&read(folder.path().join("run-hubverse/tasks-part.json"))).unwrap();
    let targets = &tasks["model_tasks"][0]["task_ids"]["target"]["optional"];
    assert!(targets.as_array().unwrap().iter().any(|it| it == "funding"), "{targets}");
}

#[test]
fn scenario_data_add_up_and_pyam_reads_them_without_more_words() {
    let folder = with_run();
    done(folder.path(), &["export", "run", "--to", "iamc"]);
    let wide = table(&read(folder.path().join("run-iamc/iamc.csv")));
    let of = |region: &str, variable: &str| {
        wide.iter()
            .find(|row| row["Region"] == region && row["Variable"] == variable)
            .unwrap_or_else(|| panic!("{region} {variable}"))
    };
    let both = "China and United States";
    let both = if wide.iter().any(|row| row["Region"] == both) { both } else { "United States and China" };
    let fan = fan(folder.path());
    let us = &fan[&("funding".to_owned(), "us".to_owned(), "2030".to_owned())];
    assert_eq!(of("United States", "AI Funding")["2030"], us["p50"]);
    assert_eq!(of("United States", "AI Funding|Mean")["2030"], us["mean"]);
    let ratio = &fan[&("ratio".to_owned(), "us-china".to_owned(), "2030".to_owned())];
    assert_eq!(of(both, "AI Funding Ratio")["2030"], ratio["p50"]);
    // A line under a plain name goes on where another one does, and one without means has no line of them.
    for row in &wide {
        let years = row.iter().filter(|(name, it)| name.starts_with("20") && !it.is_empty()).count();
        assert!(years >= 7, "{row:?}");
        assert!(row["Variable"] != "AI Funding Ratio|Mean");
    }
    assert_eq!(of("United States", "AI Funding|97.5th Percentile")["2030"], us["p97.5"]);
    let number = |row: &BTreeMap<String, String>| row["2030"].parse::<f64>().unwrap();
    let sum = number(of(both, "AI Funding|Mean|United States")) + number(of(both, "AI Funding|Mean|China"));
    assert!((number(of(both, "AI Funding|Mean")) / sum - 1.0).abs() < 1e-12);
    let long = table(&read(folder.path().join("run-iamc/iamc-long.csv")));
    let filled: usize =
        wide.iter().map(|row| row.iter().filter(|(name, it)| name.starts_with('2') && !it.is_empty()).count()).sum();
    assert_eq!(long.len(), filled);
    let script = format!(
        "import pyam\nfor name in ['iamc.csv', 'iamc-long.csv']:\n    df = pyam.IamDataFrame('run-iamc/' + name)\n    \
         for variable in ['AI Funding|Mean', 'AI Deals|Mean']:\n        \
         assert df.filter(region='{both}').check_aggregate(variable) is None, variable\n"
    );
    in_python("scenario data for pyam", folder.path(), &script);
}

#[test]
fn a_data_package_describes_every_column_of_every_table() {
    let folder = with_run();
    done(folder.path(), &["export", "run", "--to", "datapackage", "--out", "package"]);
    let about: serde_json::Value = serde_json::from_str(&read(folder.path().join("package/datapackage.json"))).unwrap();
    let resources = about["resources"].as_array().unwrap();
    let tables = std::fs::read_dir(folder.path().join("run")).unwrap().map(|it| it.unwrap().file_name());
    let tables = tables.filter(|it| it.to_string_lossy().ends_with(".csv")).count();
    assert_eq!(resources.len(), tables);
    for resource in resources {
        let path = resource["path"].as_str().unwrap();
        let text = read(folder.path().join("package").join(path));
        assert_eq!(text, read(folder.path().join("run").join(path)), "{path}");
        let fields = resource["schema"]["fields"].as_array().unwrap();
        let names: Vec<&str> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
        assert_eq!(names.join(","), text.lines().next().unwrap());
        assert!(fields.iter().all(|field| field["description"].as_str().is_some_and(|it| it.len() > 10)), "{path}");
    }
    let script = "from frictionless import Package\nreport = Package('package/datapackage.json').validate()\n\
                  assert report.valid, report.flatten(['type', 'message'])\n";
    in_python("the data package for frictionless", folder.path(), script);
}

#[test]
fn names_for_stata_are_names_and_the_numbers_are_the_same() {
    let folder = with_run();
    done(folder.path(), &["export", "run", "--to", "stata-csv"]);
    let labels = read(folder.path().join("run-stata-csv/labels.do"));
    for entry in std::fs::read_dir(folder.path().join("run-stata-csv")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|it| it != "csv") {
            continue;
        }
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let (own, ours) = (read(&path), read(folder.path().join("run").join(&name)));
        let fields = |text: &str| {
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
            reader.records().map(|it| it.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()).collect::<Vec<_>>()
        };
        let (own, ours) = (fields(&own), fields(&ours));
        assert_eq!(own[1..], ours[1..], "{name}");
        let is_name = |it: &String| {
            it.len() <= 32 && it.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        };
        assert!(own[0].iter().all(is_name), "{:?}", own[0]);
        assert!(labels.contains(&format!("using \"{name}\"")), "{labels}");
    }
    assert!(labels.contains("label variable p2_5 "), "{labels}");
    for line in labels.lines().filter(|line| line.starts_with("label variable")) {
        let label = line.split_once('"').unwrap().1.trim_end_matches('"');
        assert!(label.chars().count() <= 80 && !label.contains(['$', '`', '"']), "{line}");
        // What is cut stands whole in a note.
        let name = line.split(' ').nth(2).unwrap();
        assert!(!label.contains("...") || labels.contains(&format!("notes {name}: ")), "{line}");
    }
}

#[test]
fn what_is_no_whole_run_is_not_exported() {
    let folder = with_run();
    let seek = ["sweep", "base.toml", "--over", "us.deals.growth", "--paths", "2000", "--no-charts", "--out", "other"];
    if aigap(folder.path(), &seek).status.success() {
        assert!(refused(folder.path(), &["export", "other", "--to", "iamc"], 3).contains("aigap simulate"));
    }
    assert!(refused(folder.path(), &["export", "run", "--to", "excel"], 2).contains("datapackage"));
    assert!(refused(folder.path(), &["export", "nothing", "--to", "iamc"], 3).contains("nothing"));
    let fan = folder.path().join("run/fan.csv");
    std::fs::write(&fan, read(&fan).replacen("base", "best", 1)).unwrap();
    assert!(refused(folder.path(), &["export", "run", "--to", "iamc"], 3).contains("was changed"));
}
