//! `aigap export`: every format holds the numbers of the run, and the community's own reader takes it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::program::{aigap, done, files, folder_with, read, refused, root, table, words};
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

/// Has a reader of another community read the export in a folder and hold its numbers against the run in `run`, by a script of
/// `tests/readers`; says what was not tested if there is no reader.
fn read_by(script: &str, folder: &Path, export: &str) {
    let Some(python) = python() else {
        skipped(&format!("tests/readers/{script}"), "target/readers has no Python with its readers; .ci/run makes it");
        return;
    };
    let script = root().join("tests/readers").join(script);
    // The units that pyam reads are cached by whole paths: what another checkout left there may name files that are gone.
    let cache = tempfile::tempdir().unwrap();
    let mut command = Command::new(python);
    command.current_dir(folder).env("IAM_UNITS_CACHE", cache.path());
    let output = command.args(["-W", "ignore"]).arg(&script).args(["run", export]).output().unwrap();
    assert!(output.status.success(), "{}: {}{}", script.display(), words(&output.stdout), words(&output.stderr));
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
    let hub = folder.path().join("run-hubverse");
    let rows = table(&read(hub.join("model-output/aigap-base/2023-12-31-aigap-base.csv")));
    let fan = fan(folder.path());
    let mut compared = 0;
    for row in &rows {
        let year = &row["target_end_date"][..4];
        assert_eq!(row["horizon"], (12 * (year.parse::<i32>().unwrap() - 2023)).to_string());
        assert_eq!((row["origin_date"].as_str(), &row["target_end_date"][4..]), ("2023-12-31", "-12-31"));
        let Some(of) = fan.get(&(row["target"].clone(), row["location"].clone(), year.to_owned())) else { continue };
        let percent = |level: &str| format!("p{}", (level.parse::<f64>().unwrap() * 1e4).round() / 100.0);
        let expected = match row["output_type"].as_str() {
            "quantile" => of.get(&percent(&row["output_type_id"])),
            "median" => of.get("p50"),
            "mean" => of.get("mean"),
            _ => continue,
        };
        let Some(expected) = expected else { continue };
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
    let levels = table(&read(folder.path().join("run/quantiles.csv"))).len();
    assert_eq!((of("quantile"), of("quantile") % 23), (levels, 0));
    let tasks: serde_json::Value = serde_json::from_str(&read(hub.join("hub-config/tasks.json"))).unwrap();
    let targets = &tasks["rounds"][0]["model_tasks"][0]["task_ids"]["target"]["optional"];
    assert!(targets.as_array().unwrap().iter().any(|it| it == "funding"), "{targets}");
    read_by("hub.py", folder.path(), "run-hubverse");
}

/// On some paths China has no deal: the ratio is then infinite, and no level of a hub may be missing.
#[test]
fn quantiles_without_bound_are_written_for_a_hub() {
    let folder = tempfile::TempDir::new().unwrap();
    let series = |region: &str, growth: &str| {
        format!(
            "[{region}.deals]\nmodel = \"random-walk\"\ngrowth = \"{growth}\"\nvolatility = \"50%\"\n\
                 [{region}.deal-size]\nmodel = \"random-walk\"\ngrowth = \"3%\"\nvolatility = \"45%\"\n\
                 [{region}.counting]\ndeals = \"poisson\"\n"
        )
    };
    let text = format!("horizon = 2026\n{}{}", series("us", "0%"), series("china", "-93%"));
    std::fs::write(folder.path().join("few-deals.toml"), text).unwrap();
    done(folder.path(), &["simulate", "few-deals.toml", "--paths", "2000", "--no-charts", "--quiet", "--out", "run"]);
    done(folder.path(), &["export", "run", "--to", "hubverse"]);
    let file = "run-hubverse/model-output/aigap-few_deals/2023-12-31-aigap-few_deals.csv";
    let rows = table(&read(folder.path().join(file)));
    let of = |target: &str| {
        let own = |row: &&BTreeMap<String, String>| {
            row["target"] == target && row["output_type"] == "quantile" && row["horizon"] == "36"
        };
        rows.iter().filter(own).map(|row| row["value"].clone()).collect::<Vec<_>>()
    };
    let ratio = of("ratio");
    assert_eq!((ratio.len(), ratio[22].as_str()), (23, "Inf"), "{ratio:?}");
    assert!(ratio[0].parse::<f64>().unwrap().is_finite() && ratio.iter().all(|it| !it.is_empty()));
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
    read_by("iamc.py", folder.path(), "run-iamc");
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
        assert_eq!(names.join(","), text.trim_start_matches('\u{feff}').lines().next().unwrap());
        assert!(fields.iter().all(|field| field["description"].as_str().is_some_and(|it| it.len() > 10)), "{path}");
    }
    read_by("package.py", folder.path(), "package");
}

/// What the files hold is read by pyarrow, pandas, DuckDB and polars; here, that they are files of that format.
#[test]
fn every_table_is_parquet_with_typed_columns_and_their_units() {
    let folder = with_run();
    let said = done(folder.path(), &["export", "run", "--to", "parquet"]);
    assert!(said.contains("fan.parquet"), "{said}");
    let file = std::fs::read(folder.path().join("run-parquet/fan.parquet")).unwrap();
    assert!(file.starts_with(b"PAR1") && file.ends_with(b"PAR1"));
    let length = u32::from_le_bytes(file[file.len() - 8..file.len() - 4].try_into().unwrap());
    let head = String::from_utf8_lossy(&file[file.len() - 8 - length as usize..file.len() - 8]);
    for part in ["n_infinite", "p97.5", "ARROW:schema", "aigap simulate base.toml"] {
        assert!(head.contains(part), "{part}");
    }
    done(folder.path(), &["export", "run", "--to", "parquet", "--out", "again"]);
    assert_eq!(files(&folder.path().join("again")), files(&folder.path().join("run-parquet")));
    read_by("parquet.py", folder.path(), "run-parquet");
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
