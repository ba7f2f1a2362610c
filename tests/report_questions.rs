//! Questions beside a run: what they put into a report, held against their own tables, and what does not belong there.

use crate::support::program::{aigap, done, folder_with, read, refused, words};

const GOAL: &str = "P(ratio in 2030 < half of 2023) >= 50%";

#[test]
fn a_report_holds_the_questions_asked_beside_its_run() {
    let folder = folder_with(&["base.toml", "ai-winter.toml"]);
    let here = folder.path();
    let run = |arguments: &[&str]| done(here, &[arguments, &["--paths", "2000", "--no-charts", "--quiet"]].concat());
    run(&["simulate", "base.toml"]);
    run(&["sensitivity", "base.toml"]);
    run(&["sensitivity", "base.toml", "--method", "shapley", "--out", "output/shapley"]);
    run(&["sweep", "base.toml", "--over", "us.deal-size.growth=-10%:30%:5"]);
    run(&["seek", "base.toml", "--so-that", GOAL]);
    run(&["seek", "base.toml", "--so-that", GOAL, "--change", "china.deal-size.growth", "--out", "output/one"]);
    run(&["discover", "base.toml", "--where", "ratio in 2030 < half of 2023"]);
    let asked = ["base-sensitivity", "shapley", "base-sweep", "base-seek", "one", "base-discover"];
    let asked = asked.map(|name| format!("output/{name}"));
    let asked: Vec<&str> = asked.iter().map(String::as_str).collect();
    let folders = [&["output/base"][..], &asked[..]].concat();
    done(here, &[&["report"][..], &folders].concat());
    let note = read(here.join("note.md"));
    let (_, drivers) = note.split_once("## What drives it").expect("a section on drivers");
    let (drivers, needed) = drivers.split_once("## What would have to be true").expect("a section on what is needed");
    let (needed, rest) = needed.split_once("\n## What such futures share").expect("a section on futures");
    let shared = rest.split("\n## ").next().unwrap();
    assert!(drivers.contains(" most for the median") && drivers.contains("crosses its level of 2023"), "{drivers}");
    assert!(shared.contains("resamples the rule comes out the same") && !drivers.contains("resamples"), "{drivers}");
    // What luck leaves of the ratio is told by the run, and of the gap by the tornado: each once, from one estimate.
    assert!(drivers.contains("of the variance of the US lead over China in 2030 would be left to luck"), "{drivers}");
    assert!(drivers.contains(" of the spread of the ratio would remain"), "{drivers}");
    assert_eq!(drivers.matches("left to luck").count(), 1, "{drivers}");
    assert!(!drivers.contains(" is luck; "), "{drivers}");
    assert!(drivers.contains("Of the assumptions behind the variance of the log of the US/China ratio"), "{drivers}");
    assert!(needed.contains("would have to be 1") && needed.contains("| One thing at a time |"), "{needed}");
    assert!(needed.contains("| Certain or decided, not enough alone |"), "{needed}");
    // One goal, asked twice, is told once.
    assert_eq!(needed.matches("As the scenario stands").count(), 1, "{needed}");
    let page = read(here.join("note.html"));
    for chart in ["tornado", "shares", "sweep-line", "tornado-goal", "seek", "box", "trajectory"] {
        assert!(page.contains(&format!("download=\"{chart}.csv\"")), "{chart} is no figure of the page");
    }
    let said = done(here, &["report", "--check", "note.html"]);
    assert!(said.contains("agree with their tables"), "{said}");
    done(here, &[&["report", "--check", "note.html"][..], &folders].concat());
    // A number of what is needed, changed on the page, is found.
    let at = page.find("question-4/seek.csv").expect("the page cites what is needed");
    let from = at + page[at..].find('>').unwrap() + 1;
    let to = from + page[from..].find('<').unwrap();
    std::fs::write(here.join("changed.html"), format!("{}99%{}", &page[..from], &page[to..])).unwrap();
    let output = aigap(here, &["report", "--check", "changed.html"]);
    assert_eq!(output.status.code(), Some(5), "{}", words(&output.stdout));
    // A folder that the page is not of is told apart.
    run(&["seek", "base.toml", "--so-that", "P(ratio in 2030 < 10) >= 50%", "--out", "output/other"]);
    let output = aigap(here, &["report", "--check", "note.html", "output/other"]);
    assert_eq!(output.status.code(), Some(5), "{}", words(&output.stdout));
}

#[test]
fn a_question_stands_behind_the_run_of_its_own_scenario() {
    let folder = folder_with(&["base.toml", "ai-winter.toml"]);
    let here = folder.path();
    let run = |arguments: &[&str]| done(here, &[arguments, &["--paths", "2000", "--no-charts", "--quiet"]].concat());
    run(&["simulate", "base.toml"]);
    run(&["simulate", "ai-winter.toml"]);
    run(&["sensitivity", "base.toml", "--set", "us.deals.growth=5%", "--out", "output/base-sensitivity"]);
    let alone = refused(here, &["report", "output/base-sensitivity"], 2);
    assert!(alone.contains("report output/base output/base-sensitivity"), "{alone}");
    let other = refused(here, &["report", "output/ai-winter", "output/base-sensitivity"], 2);
    assert!(other.contains("give the run of base first"), "{other}");
    let changed = refused(here, &["report", "output/base", "output/base-sensitivity"], 2);
    assert!(changed.contains("asks of another base") && changed.contains("aigap diff"), "{changed}");
}
