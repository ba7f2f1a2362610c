//! Habits of those who change one thing after another: runs keep apart, and what a flag changes besides is told.

use crate::support::program::{aigap, done, folder_with, read};

fn told(folder: &std::path::Path, arguments: &[&str]) -> String {
    let output = aigap(folder, &[arguments, &["--paths", "64", "--no-charts"]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn runs_under_other_flags_go_to_folders_of_their_own() {
    let folder = folder_with(&["base.toml"]);
    let here = folder.path();
    for flags in
        [&[][..], &["--set", "money.inflation=2%", "--currency", "CNY", "--real", "2023"], &["--horizon", "2028"]]
    {
        told(here, &[&["simulate", "base.toml"], flags].concat());
    }
    let mut names: Vec<String> = std::fs::read_dir(here.join("output"))
        .unwrap()
        .map(|it| it.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(names, ["base", "base-money.inflation-2pc-cny-real-2023", "base-to-2028"]);
    // Each is what it says, and verify says of which command.
    let verified = done(here, &["verify", "output/base-to-2028"]);
    assert!(
        verified.contains("Made by: aigap simulate base.toml") && verified.contains("--horizon 2028"),
        "{verified}"
    );
    assert!(read(here.join("output/base/fan.csv")).contains(",$bn,"));
}

#[test]
fn what_a_flag_changes_besides_is_told() {
    let folder = folder_with(&["base.toml"]);
    let here = folder.path();
    let certain = told(here, &["simulate", "base.toml", "--set", "us.deals.growth=5%"]);
    assert!(certain.contains("us.deals.growth was ") && certain.contains("its fan narrows"), "{certain}");
    assert!(certain.contains("us.deals.growth.median=5% moves it and keeps the spread"), "{certain}");
    let moved = told(here, &["simulate", "base.toml", "--set", "us.deals.growth.median=5%"]);
    assert!(!moved.contains("narrows"), "{moved}");
    for (year, years) in [("2035", "5 years"), ("2060", "30 years"), ("2031", "a year")] {
        let longer = told(here, &["simulate", "base.toml", "--horizon", year]);
        assert!(
            longer.contains(&format!("to {year} every growth and volatility is kept up for {years} more")),
            "{longer}"
        );
    }
    assert!(!told(here, &["simulate", "base.toml", "--horizon", "2028"]).contains("kept up"));
    let path = "extends = \"base.toml\"\ntitle = \"p\"\nsummary = \"p\"\n[china.deals]\nmodel = \"path\"\nlevels = { 2030 = 300 }\n";
    std::fs::write(here.join("p.toml"), path).unwrap();
    let path = told(here, &["simulate", "p.toml"]);
    assert!(path.contains("china.deals is a path, given year by year: it has no luck"), "{path}");
}

#[test]
fn a_new_scenario_shows_how_each_model_is_written_and_explain_names_its_parameters() {
    let folder = folder_with(&["base.toml"]);
    let here = folder.path();
    for model in ["random-walk", "fade", "ar1", "logistic", "gompertz", "path"] {
        for (name, extends) in [("own", None), ("what-if", Some("base.toml"))] {
            let file = format!("{name}-{model}.toml");
            let mut words = vec!["new", &file, "--model", model];
            words.extend(extends.iter().flat_map(|base| ["--extends", base]));
            done(here, &words);
            assert!(read(here.join(&file)).contains(&"[china.deals]\nmodel".to_string()), "{file}");
            done(here, &["check", &file]);
        }
        let explained = done(here, &["explain", model]);
        let parameters = aigap::growth::Growth::<()>::parameters(model).unwrap();
        assert!(parameters.iter().all(|it| explained.contains(it.name)), "{explained}");
        assert!(explained.contains(&format!("aigap new NAME --model {model}")), "{explained}");
    }
    assert!(done(here, &["explain", "path"]).contains("levels "));
    let slip = aigap(here, &["new", "x", "--model", "logistik"]);
    assert!(String::from_utf8(slip.stderr).unwrap().contains("did you mean logistic?"));
}
