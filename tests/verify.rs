//! `aigap verify` and the workbook, as a user meets them: what reproduces, what does not, and what is said about it.

use std::path::{Path, PathBuf};

use crate::support::program::{aigap, folder_with, shipped};
use tempfile::TempDir;

/// A folder with a small run in `run`, made with these flags.
fn made(flags: &[&str]) -> TempDir {
    let folder = TempDir::new().unwrap();
    let base = shipped("base.toml");
    let mut words = vec!["simulate", &base, "--paths", "2000", "--out", "run", "--quiet"];
    words.extend(flags);
    let output = aigap(folder.path(), &words);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    folder
}

fn verified(folder: &Path, run: &str) -> (i32, String) {
    let output = aigap(folder, &["verify", run]);
    let text = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap(), String::from_utf8(text).unwrap())
}

fn edit(path: PathBuf, change: impl Fn(&str) -> String) {
    let before = std::fs::read_to_string(&path).unwrap();
    let after = change(&before);
    assert_ne!(before, after, "nothing was changed");
    std::fs::write(path, after).unwrap();
}

#[test]
fn a_run_is_made_again_from_its_folder_alone_whatever_flags_it_had() {
    let pack = shipped("packs/unknown-figures.toml");
    let set = r#"us.deals.growth={ p10 = "-7%", p90 = "11%" }"#;
    let folder = made(&["--set", set, "--with", &pack, "--source", "all", "--keep-paths", "4", "--horizon", "2027"]);
    let elsewhere = TempDir::new().unwrap();
    std::fs::rename(folder.path().join("run"), elsewhere.path().join("moved")).unwrap();
    let (code, words) = verified(elsewhere.path(), "moved");
    assert_eq!(code, 0, "{words}");
    assert!(words.contains("every byte the same"), "{words}");
}

#[test]
fn a_comparison_is_made_again_with_data_of_its_own() {
    let folder = TempDir::new().unwrap();
    let data = include_str!("../data/cb-insights-2024-01.csv");
    std::fs::write(folder.path().join("mine.csv"), data).unwrap();
    let base = std::fs::read_to_string(shipped("base.toml")).unwrap();
    std::fs::write(folder.path().join("a.toml"), base.replace("data = \"cb-insights-2024-01\"", "data = \"mine.csv\""))
        .unwrap();
    std::fs::write(folder.path().join("b.toml"), "extends = \"a.toml\"\n[china.deals]\ngrowth = \"9%\"\n").unwrap();
    let output =
        aigap(folder.path(), &["compare", "a.toml", "b.toml", "--paths", "2000", "--no-charts", "--out", "held"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    for gone in ["a.toml", "b.toml", "mine.csv"] {
        std::fs::remove_file(folder.path().join(gone)).unwrap();
    }
    let (code, words) = verified(folder.path(), "held");
    assert_eq!(code, 0, "{words}");
}

#[test]
fn a_changed_number_is_told_with_its_place_and_size() {
    let folder = made(&["--no-charts"]);
    let run = folder.path().join("run");
    let head = std::fs::read_to_string(run.join("probabilities.csv")).unwrap();
    let line = head.lines().find(|line| line.contains(",wider-as-ratio,") && line.contains(",2030,")).unwrap();
    let share = line.split(',').nth(4).unwrap();
    edit(run.join("probabilities.csv"), |text| text.replace(line, &line.replace(share, "0.9")));
    let (code, words) = verified(folder.path(), "run");
    assert_eq!(code, 6, "{words}");
    let told = format!("column probability: 0.9, made again {share}");
    assert!(words.contains("probabilities.csv: was changed after the run") && words.contains(&told), "{words}");
    assert!(words.contains("1 file differs"), "{words}");
}

#[test]
fn a_changed_scenario_an_older_version_and_a_damaged_folder_are_told_apart() {
    let folder = made(&["--no-charts"]);
    let run = folder.path().join("run");
    edit(run.join("manifest.json"), |text| text.replace(env!("CARGO_PKG_VERSION"), "0.0.9"));
    edit(run.join("scenario.toml"), |text| text.replace("horizon = 2030", "horizon = 2029"));
    let (code, words) = verified(folder.path(), "run");
    assert_eq!(code, 6, "{words}");
    assert!(words.contains("scenario.toml: was changed") && words.contains("made by aigap 0.0.9"), "{words}");
    std::fs::remove_file(run.join("scenario.toml")).unwrap();
    assert_eq!(verified(folder.path(), "run").0, 3);
    edit(run.join("manifest.json"), |text| text.replace("\"fan.csv\"", "\"../../fan.csv\""));
    let (code, words) = verified(folder.path(), "run");
    assert!(code == 3 && words.contains("outside its folder"), "{words}");
    std::fs::write(run.join("manifest.json"), "{}").unwrap();
    assert_eq!(verified(folder.path(), "run").0, 3);
    assert_eq!(verified(folder.path(), "nowhere").0, 3);
}

#[test]
fn a_run_from_before_recipes_says_how_to_make_it_anew() {
    let folder = made(&["--no-charts"]);
    let manifest = folder.path().join("run/manifest.json");
    let command = "aigap simulate base.toml --paths 2000 --seed 20240515 --no-charts";
    edit(manifest.clone(), |text| {
        let mut about: serde_json::Value = serde_json::from_str(text).unwrap();
        about["format"] = "aigap run 1".into();
        about.as_object_mut().unwrap().remove("recipe").unwrap();
        assert_eq!(about["command"], command, "it is still shown to people");
        about.to_string()
    });
    for words in [&["verify", "run"][..], &["chart", "run"], &["report", "run"], &["compare", "run", "run"]] {
        let output = aigap(folder.path(), words);
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(3), "{words:?}: {told}");
        assert!(told.contains("before manifests held the recipe") && told.contains(command), "{words:?}: {told}");
    }
    edit(manifest.clone(), |text| text.replace("--no-charts", "\\u001b[2J"));
    assert!(!verified(folder.path(), "run").1.contains('\u{1b}'), "a terminal must not obey a file");
    edit(manifest, |text| text.replace("aigap run 1", "aigap run 9"));
    let (code, told) = verified(folder.path(), "run");
    assert!(code == 3 && told.contains("aigap run 9") && told.contains("use the version that wrote it"), "{told}");
    // A run of any version may be replaced by the same command.
    let again = aigap(folder.path(), &["simulate", &shipped("base.toml"), "--paths", "200", "--out", "run", "--quiet"]);
    assert!(again.status.success(), "{}", String::from_utf8_lossy(&again.stderr));
    assert_eq!(verified(folder.path(), "run").0, 0);
}

#[test]
fn a_damaged_recipe_is_refused_with_its_cause() {
    let folder = made(&["--no-charts", "--keep-paths", "4"]);
    let manifest = folder.path().join("run/manifest.json");
    let whole = std::fs::read_to_string(&manifest).unwrap();
    for (part, damage, cause) in [
        ("\"keep_paths\": 4", "\"keep_paths\": 3", "keeps 3 paths"),
        ("\"keep_paths\": 4", "\"keep_paths\": 4, \"surprise\": 1", "unknown field `surprise`"),
        ("\"paths\": 2000,\n    \"question\"", "\"paths\": 99000000000000, \"question\"", "asks for 99000000000000"),
        ("\"scenario\": \"base.toml\"", "\"scenario\": 1", "invalid type"),
        ("aigap recipe 1", "aigap recipe 2", "has the format \"aigap recipe 2\""),
    ] {
        assert!(whole.contains(part), "no {part} in {whole}");
        std::fs::write(&manifest, whole.replace(part, damage)).unwrap();
        let (code, words) = verified(folder.path(), "run");
        assert!(code == 3 && words.contains(cause) && words.contains("simulate again"), "{damage}: {words}");
    }
    // What a recipe names is never opened: the run is made again from its own folder.
    std::fs::write(&manifest, whole.replace("\"base.toml\"", "\"../../../etc/passwd\"")).unwrap();
    let (code, words) = verified(folder.path(), "run");
    assert!(code == 6 && words.contains("summary.md") && !words.contains("root:"), "{words}");
}

#[test]
fn a_title_that_looks_like_a_formula_is_a_text_in_the_workbook() {
    let folder = folder_with(&["base.toml"]);
    let scenario = "extends = \"base.toml\"\ntitle = \"=HYPERLINK(\\\"http://a\\\")\"\nsummary = \"+1\"\n";
    std::fs::write(folder.path().join("a.toml"), scenario).unwrap();
    let output = aigap(folder.path(), &["simulate", "a.toml", "--paths", "200", "--no-charts", "--quiet"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let book = std::fs::read(folder.path().join("output/a/workbook.xlsx")).unwrap();
    // Entries are compressed; a formula would need a calculation chain, and the title is a shared string.
    assert!(book.starts_with(b"PK") && !book.windows(9).any(|it| it == b"calcChain"));
}

/// A manifest is a text that anybody can edit: each thing that it says is held against the run.
#[test]
fn a_manifest_is_believed_in_nothing() {
    let folder = made(&["--no-charts"]);
    let path = folder.path().join("run/manifest.json");
    let whole = std::fs::read_to_string(&path).unwrap();
    let json: serde_json::Value = serde_json::from_str(&whole).unwrap();
    let edits: [(&str, serde_json::Value, &str); 8] = [
        ("/outputs", serde_json::json!([]), "the manifest does not list it"),
        ("/outputs/0/sha256", "0".repeat(64).into(), "not as the manifest says"),
        ("/outputs/0/name", "elsewhere.csv".into(), "is missing"),
        ("/seed", 7.into(), "`seed` is 7"),
        ("/paths", 4000.into(), "`paths` is 4000"),
        ("/command", "aigap simulate other.toml".into(), "`command` is"),
        ("/sampler", "sobol".into(), "`sampler` is"),
        ("/scenario", "another".into(), ""),
    ];
    for (place, value, said) in edits {
        let mut edited = json.clone();
        *edited.pointer_mut(place).unwrap() = value;
        std::fs::write(&path, format!("{edited:#}\n")).unwrap();
        let (code, words) = verified(folder.path(), "run");
        assert_eq!(code, 6, "{place}: {words}");
        assert!(words.contains(said), "{place}: {words}");
    }
    // A file that the manifest no longer lists is not one to be edited unseen.
    let mut edited = json.clone();
    edited["outputs"].as_array_mut().unwrap().retain(|output| output["name"] != "fan.csv");
    std::fs::write(&path, format!("{edited:#}\n")).unwrap();
    edit(folder.path().join("run/fan.csv"), |text| text.replacen("us", "china", 1));
    let (code, words) = verified(folder.path(), "run");
    assert_eq!(code, 6, "{words}");
    assert!(words.contains("fan.csv: is a file of this run"), "{words}");
    // No chart is drawn from it either.
    let output = aigap(folder.path(), &["chart", "run"]);
    assert_ne!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}
