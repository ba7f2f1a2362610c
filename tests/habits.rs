//! Habits of those who change one thing after another: runs keep apart, and what a flag changes besides is told.

use crate::support::program::{aigap, done, folder_with, read};

fn told(folder: &std::path::Path, arguments: &[&str]) -> String {
    let output = aigap(folder, &[arguments, &["--paths", "128", "--no-charts"]].concat());
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

/// A folder that holds another run is kept; where the same is asked in another way, what is replaced is told.
#[test]
fn a_run_of_another_scenario_question_or_flag_is_not_overwritten_without_being_told_to() {
    let folder = folder_with(&["base.toml", "convergence.toml", "us-correction.toml"]);
    let here = folder.path();
    let common = ["--paths", "128", "--no-charts", "--out", "run"];
    let asked = |arguments: &[&str]| {
        let output = aigap(here, &[arguments, &common].concat());
        (output.status.code(), String::from_utf8(output.stderr).unwrap().replace('\n', " "))
    };
    assert_eq!(asked(&["simulate", "base.toml"]).0, Some(0));
    let table = || read(here.join("run/fan.csv"));
    let first = table();
    let goal = ["seek", "base.toml", "--so-that", "P(ratio in 2030 < 8) >= 50%", "--change", "us.deals.growth"];
    for other in [
        &["simulate", "convergence.toml"][..],
        &["simulate", "base.toml", "--set", "us.deals.growth=5%"],
        &["simulate", "base.toml", "--horizon", "2028"],
        &["compare", "base.toml", "us-correction.toml"],
        &goal,
    ] {
        let (code, told) = asked(other);
        assert!(code == Some(1) && told.contains("run holds the run of base; "), "{other:?}: {code:?} {told}");
        assert!(told.contains("--out") && told.contains("--force"), "{told}");
        assert_eq!(table(), first, "{other:?}");
    }
    // Asked again it is replaced, in silence; with another seed so that one knows.
    let again = asked(&["simulate", "base.toml"]);
    assert!(again.0 == Some(0) && !again.1.contains("replaced"), "{again:?}");
    let seed = asked(&["simulate", "base.toml", "--seed", "7"]);
    let was = "run: the run of 128 paths with seed 20240515 is replaced; --out keeps both";
    assert!(seed.0 == Some(0) && seed.1.contains(was), "{seed:?}");
    assert_ne!(table(), first);
    // A file that was changed keeps its name and its folder.
    let text = read(here.join("base.toml")).replace("horizon = 2030", "horizon = 2029");
    std::fs::write(here.join("base.toml"), text).unwrap();
    assert_eq!(asked(&["simulate", "base.toml"]).0, Some(0));
    let forced = asked(&["simulate", "convergence.toml", "--force"]);
    assert!(forced.0 == Some(0) && table() != first, "{forced:?}");
}

/// The page that nobody named is that of the last runs asked about, and of no others.
#[test]
fn a_report_of_other_runs_is_not_overwritten_under_the_usual_name() {
    let folder = folder_with(&["base.toml", "convergence.toml"]);
    let here = folder.path();
    for name in ["base", "convergence"] {
        done(here, &["simulate", &format!("{name}.toml"), "--paths", "128", "--no-charts"]);
    }
    done(here, &["report", "output/base"]);
    let first = read(here.join("note.html"));
    let told = done(here, &["report", "output/convergence"]);
    assert!(told.contains("convergence.html") && read(here.join("convergence.html")) != first, "{told}");
    assert_eq!(read(here.join("note.html")), first);
    done(here, &["report", "output/base"]);
    done(here, &["report", "output/convergence", "-o", "note.html"]);
    assert_ne!(read(here.join("note.html")), first);
}

/// A command that is printed to be typed next is none that is refused.
#[test]
fn a_comparison_is_named_only_where_the_two_can_be_held_against_each_other() {
    let folder = folder_with(&["base.toml", "from-2025.toml", "convergence.toml"]);
    let here = folder.path();
    let next = |name: &str| done(here, &["simulate", name, "--paths", "128", "--no-charts"]);
    assert!(next("convergence.toml").contains("aigap compare base.toml convergence.toml"));
    let told = next("from-2025.toml");
    assert!(!told.contains("aigap compare") && told.contains("aigap params from-2025.toml"), "{told}");
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

#[test]
fn stored_scenarios_of_one_name_are_told_apart_by_their_folders() {
    let folder = folder_with(&["base.toml"]);
    let here = folder.path();
    let text = read(here.join("base.toml"));
    for (name, horizon) in [("early", "2029"), ("late", "2030")] {
        std::fs::create_dir(here.join(name)).unwrap();
        let text = text.replace("horizon = 2030", &format!("horizon = {horizon}"));
        std::fs::write(here.join(name).join("scenario.toml"), text).unwrap();
    }
    let told = done(here, &["diff", "early", "late"]);
    assert!(told.contains("early/scenario: 2029") && told.contains("late/scenario: 2030"), "{told}");
}
