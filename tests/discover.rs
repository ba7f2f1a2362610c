//! What futures have in common: published peeling in its plainest form, closed forms, laws of the shares, the command, and what it
//! refuses.
#![allow(clippy::disallowed_methods, reason = "tests may use the platform's mathematics")]

use std::collections::BTreeMap;

use aigap::engine::Settings;
use aigap::scenario::Scenario;
use aigap::study::{Discover, Discovered, FoundBox, Refused, Rows, Step, Trajectory};

use crate::support;
use crate::support::program::{done, files, folder_with, read, refused, table, tables_can_be_read};

mod plain;

const HALF: &str = "ratio in 2030 < half of 2023";

fn find(scenario: &Scenario, condition: &str, paths: u64) -> Result<Discovered, Refused> {
    let asked = Discover { scenario: "base.toml".into(), condition: condition.to_owned(), of_box: None, keep: None };
    Discovered::find(scenario, &asked, &Settings::new(paths, 11), &|_| {})
}

fn found(scenario: &Scenario, condition: &str, paths: u64) -> Discovered {
    find(scenario, condition, paths).unwrap_or_else(|why| panic!("{condition}: {why}"))
}

/// Golden L05: the box on a grid of 20 × 20 is found exactly. Its density, and cases in it.
pub fn box_on_a_grid() -> (f64, u64) {
    let cells = (0..400).map(|cell| (f64::from(cell % 20) + 0.5, f64::from(cell / 20) + 0.5));
    let (x, y): (Vec<f64>, Vec<f64>) = cells.unzip();
    let cases: Vec<bool> = x.iter().zip(&y).map(|(x, y)| (5.0..11.0).contains(x) && (9.0..17.0).contains(y)).collect();
    let columns = [x, y];
    let found = Trajectory::find(Rows { columns: &columns, cases: &cases, weights: &[1; 400] });
    let answer = &found.boxes[found.answer];
    assert_eq!([answer.limits.of(0), answer.limits.of(1)], [[5.0, 11.0], [9.0, 17.0]]);
    (answer.inside.density(), answer.inside.cases)
}

/// The growth assumptions of a scenario on each path, and whether the ratio of 2030 is below half of 2023.
fn draws(scenario: &Scenario, paths: u64) -> (Vec<Vec<f64>>, Vec<bool>) {
    let all = support::paths(scenario, paths, 11);
    let uncertain = scenario.assumptions().iter().enumerate().filter(|(_, it)| !it.law().is_fixed());
    let columns = uncertain.map(|(id, _)| (0..paths as usize).map(|path| all.assumptions[id][path / 2]).collect());
    let last = scenario.years().len() - 1;
    let below = |path: usize| (all.funding[0][last][path] - all.funding[1][last][path]).exp() < 7.75;
    (columns.collect(), (0..paths as usize).map(below).collect())
}

#[test]
fn the_boxes_are_those_of_published_peeling_on_the_same_draws() {
    let (columns, cases) = draws(&support::shipped_base(), 4_000);
    // Beside continuous assumptions, an event with its year, a number of strikes, and what says nothing.
    let year = |path: usize| {
        if (cases[path] || path.is_multiple_of(4)) && !path.is_multiple_of(3) {
            2025.0 + (path % 5) as f64
        } else {
            2031.0
        }
    };
    let extra = [
        (0..4_000).map(year).collect::<Vec<f64>>(),
        (0..4_000).map(|path| ((path * 7919) % 13) as f64).collect(),
        vec![1.0; 4_000],
    ];
    let more: Vec<Vec<f64>> = columns.iter().cloned().chain(extra).collect();
    for columns in [columns, more] {
        let found = Trajectory::find(Rows { columns: &columns, cases: &cases, weights: &[1; 4_000] });
        let own = |step: Step| found.boxes.iter().filter(move |it| it.step == step).collect::<Vec<&FoundBox>>();
        let peeled = plain::peel(&columns, &cases);
        assert!(peeled.len() > 10, "{} boxes", peeled.len());
        assert_eq!(own(Step::Peel).len(), peeled.len());
        for (own, plain) in own(Step::Peel).into_iter().zip(&peeled) {
            same(own, plain);
        }
        let pasted = plain::paste(&columns, &cases, peeled.last().unwrap());
        assert_eq!(own(Step::Paste).len(), pasted.len());
        own(Step::Paste).into_iter().zip(&pasted).for_each(|(own, plain)| same(own, plain));
    }
}

fn same(own: &FoundBox, plain: &plain::Inside) {
    assert_eq!((own.inside.rows as usize, own.inside.cases as usize), (plain.rows.len(), plain.cases));
    for (input, limits) in plain.limits.iter().enumerate() {
        assert_eq!(own.limits.of(input), *limits);
    }
}

/// The table that is searched is that of the paths: as many cases, whoever counts them.
#[test]
fn the_cases_are_those_of_the_paths() {
    let scenario = support::shipped_base();
    let found = found(&scenario, HALF, 4_000);
    let (_, cases) = draws(&scenario, 4_000);
    assert_eq!(found.looked_at.cases, cases.iter().filter(|it| **it).count() as u64);
    let pairs = cases.chunks(2).filter(|pair| pair[0] && pair[1]).count() as f64 / 2_000.0;
    let share = found.looked_at.density();
    let alike = (pairs - share * share) / (share * (1.0 - share));
    assert!((found.luck - (1.0 - alike)).abs() < 1e-12);
}

#[test]
fn coverage_times_base_rate_is_density_times_mass_in_every_box() {
    let found = found(&support::shipped_base(), HALF, 8_000);
    assert!(found.boxes.len() > 30);
    for it in &found.boxes {
        for judged in [it.found, it.held_out] {
            let (left, right) = (judged.coverage() * judged.base_rate(), judged.density() * judged.mass());
            assert!((left - right).abs() < 1e-12, "{judged:?}");
        }
        assert_eq!(it.held_out.total.rows + it.found.total.rows, 8_000);
    }
    let chosen = &found.boxes[found.chosen];
    assert!(chosen.held_out.density() > 1.2 * chosen.held_out.base_rate());
    // A limit that may be chance stands in the rule, and is told apart: what most limits say is none.
    let is_no_chance = |it: &&aigap::study::Restriction| it.quasi_p.iter().flatten().all(|p| *p < 0.05);
    assert!(2 * chosen.rule.iter().filter(is_no_chance).count() > chosen.rule.len(), "{:?}", chosen.rule);
}

/// Without luck the ratio of 2030 falls with one growth alone, so the rule is that growth above the value at which it is half.
#[test]
fn without_luck_the_rule_is_the_threshold_of_the_one_assumption_that_matters() {
    let certain = |region: &str, growth: &str| {
        format!(
            "[{region}.deals]\nmodel = \"random-walk\"\ngrowth = {growth}\nvolatility = \"0%\"\n\
                 [{region}.deal-size]\nmodel = \"random-walk\"\ngrowth = \"0%\"\nvolatility = \"0%\"\n"
        )
    };
    let uncertain = "{ mean = \"0%\", sd = \"15%\" }";
    let text = format!("title = \"one\"\nhorizon = 2030\n{}{}", certain("us", "\"0%\""), certain("china", uncertain));
    let scenario = support::scenario(&text);
    let found = found(&scenario, HALF, 20_000);
    let [rule] = &found.shown_box().rule[..] else { panic!("{:?}", found.shown_box()) };
    assert_eq!(found.inputs[rule.input].address, "china.deals.growth");
    let threshold = 2_f64.powf(1.0 / 7.0) - 1.0;
    // Five per cent of what is left is peeled at a time, and pasted on again.
    assert!((rule.limits[0].unwrap() - threshold).abs() < 0.02, "{rule:?} instead of {threshold}");
    assert_eq!(rule.limits[1], None);
    let judged = &found.shown_box().held_out;
    assert!(judged.coverage() > 0.9 && judged.density() > 0.9, "{judged:?}");
    assert!(found.luck.abs() < 1e-12);
    assert_eq!((rule.reproduced, found.shown_box().reproduced), (10, 10));
}

const STRUCK: &str = r#"
title = "struck"
horizon = 2030
[us.deals]
model = "random-walk"
growth = "0%"
volatility = "0%"
[us.deal-size]
model = "random-walk"
growth = "0%"
volatility = "0%"
[china.deals]
model = "random-walk"
growth = "0%"
volatility = "0%"
[china.deal-size]
model = "random-walk"
growth = "0%"
volatility = "0%"
"#;

/// An event that triples China's deals: the ratio is below half if and only if it comes in time.
#[test]
fn an_event_by_chance_is_found_with_its_year() {
    let event = "[[events]]\nname = \"fund\"\nregion = \"china\"\nseries = \"deals\"\nyear = 2024\nchance-per-year = \"20%\"\n\
                 effect = { step = \"+200%\" }\n";
    let scenario = support::scenario(&format!("{STRUCK}{event}"));
    let found = found(&scenario, "ratio in 2027 < half of 2023", 8_000);
    let [rule] = &found.shown_box().rule[..] else { panic!("{:?}", found.shown_box()) };
    assert_eq!(found.inputs[rule.input].address, "events.fund.begins");
    assert_eq!(rule.limits, [None, Some(2027.0)]);
    let judged = &found.shown_box().held_out;
    assert_eq!((judged.coverage(), judged.density()), (1.0, 1.0));
    assert!((judged.base_rate() - (1.0 - 0.8_f64.powi(4))).abs() < 5.0 * (0.25_f64 / 4_000.0).sqrt());
}

/// A jump that takes 60% off for good: the ratio falls below half once one has struck China's rival.
#[test]
fn jumps_are_found_by_how_often_they_struck() {
    let jump = "[[jumps]]\nname = \"crash\"\nregion = \"us\"\nseries = \"deals\"\nchance-per-year = \"10%\"\nsize = \"-60%\"\n\
                spread = \"0%\"\nduration = \"permanent\"\n";
    let scenario = support::scenario(&format!("{STRUCK}{jump}"));
    let found = found(&scenario, HALF, 8_000);
    let [rule] = &found.shown_box().rule[..] else { panic!("{:?}", found.shown_box()) };
    assert_eq!(found.inputs[rule.input].address, "jumps.crash.strikes");
    assert_eq!(rule.limits, [Some(1.0), None]);
    assert_eq!((found.shown_box().held_out.coverage(), found.shown_box().held_out.density()), (1.0, 1.0));
}

#[test]
fn regimes_are_inputs_and_their_years_add_up() {
    let scenario = support::scenario(include_str!("../scenarios/base.toml"));
    assert!(found(&scenario, HALF, 4_000).inputs.iter().all(|it| !it.address.contains("regimes")));
    let folder = folder_with(&["base.toml", "boom-and-bust.toml"]);
    let said = done(
        folder.path(),
        &["discover", "boom-and-bust.toml", "--where", "us.funding in 2030 > $100bn", "--paths", "4000", "--no-charts"],
    );
    let inputs = table(&read(folder.path().join("output/boom-and-bust-discover/boxes.csv")));
    assert!(inputs.iter().any(|row| row["input"] == "regimes.boom.years" && !row["low"].is_empty()), "{said}");
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("the regime is boom for at least"), "{said}");
}

/// All answers of the command and of a second run with other threads; the folder can be made again and drawn.
#[test]
fn the_command_answers_verifies_and_redraws_on_any_threads() {
    let folder = folder_with(&["base.toml", "china-state-push.toml"]);
    let here = folder.path();
    let asked = ["discover", "base.toml", "--where", HALF, "--paths", "6000", "--keep", "20"];
    let said = done(here, &asked);
    assert!(said.starts_with("Luck decides most of this"), "{said}");
    let flowing = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flowing.contains("; in all futures, ") && said.contains("of assumptions and not of causes"), "{said}");
    assert!(said.lines().all(|line| line.chars().count() <= 80 || line.starts_with("Next:")), "{said}");
    let run = here.join("output/base-discover");
    let first = files(&run);
    tables_can_be_read(&first);
    done(here, &[&asked[..], &["--threads", "1", "--force"]].concat());
    assert_eq!(files(&run), first);
    done(here, &["verify", "output/base-discover"]);
    for preset in ["note", "column", "slide", "half-slide", "web", "social"] {
        done(here, &["chart", "output/base-discover", "--preset", preset, "--lint", "--out", "drawn"]);
    }
    let push = ["discover", "china-state-push.toml", "--where", HALF, "--paths", "6000", "--out", "push"];
    let said = done(here, &push);
    assert!(said.contains("Next: aigap "), "{said}");
    done(here, &["verify", "push"]);
    let json: serde_json::Value =
        serde_json::from_str(&done(here, &[&push[..], &["--json", "--force"]].concat())).unwrap();
    assert_eq!(
        json["boxes"].as_array().unwrap().len() as u64 - 1,
        json["boxes"].as_array().unwrap().last().unwrap()["box"]
    );
    assert_eq!(done(here, &[&push[..], &["--quiet", "--force"]].concat()), "");
}

/// The paths that are kept lie in the box, by the assumptions that are written beside them.
#[test]
fn kept_paths_lie_in_the_box_and_another_box_can_be_shown() {
    let folder = folder_with(&["base.toml"]);
    let here = folder.path();
    let run = |more: &[&str]| {
        let asked = ["discover", "base.toml", "--where", HALF, "--paths", "4000", "--no-charts", "--force"];
        done(here, &[&asked[..], more].concat());
        let of = |name: &str| table(&read(here.join("output/base-discover").join(name)));
        (of("discover.csv").remove(0), of("boxes.csv"), of("trajectory.csv"))
    };
    let (about, boxes, _) = run(&["--keep", "12"]);
    let rule: Vec<&BTreeMap<String, String>> = boxes.iter().filter(|row| row["box"] == about["shown_box"]).collect();
    assert!(!rule.is_empty());
    let kept = table(&read(here.join("output/base-discover/paths.csv")));
    let mut paths: Vec<&String> = kept.iter().map(|row| &row["path"]).collect();
    paths.dedup();
    assert_eq!(paths.len(), 12);
    for limits in rule {
        let (low, high) = (limits["low"].parse().unwrap_or(f64::MIN), limits["high"].parse().unwrap_or(f64::MAX));
        let own = kept.iter().filter(|row| row["metric"] == limits["input"]);
        let values: Vec<f64> = own.map(|row| row["value"].parse::<f64>().unwrap().exp_m1()).collect();
        assert_eq!(values.len(), 12);
        assert!(values.iter().all(|value| (low - 1e-9..=high + 1e-9).contains(value)), "{limits:?} {values:?}");
    }
    let (other, _, trajectory) = run(&["--of-box", "3"]);
    assert_eq!((other["shown_box"].as_str(), &other["chosen_box"]), ("3", &about["chosen_box"]));
    assert_eq!(trajectory[3]["note"], "shown");
}

/// The first box holds all futures: it has no rule though others have, and no picture of one.
#[test]
fn the_box_of_all_futures_is_called_so_and_names_the_picture_that_is_there() {
    let folder = folder_with(&["base.toml"]);
    let asked = ["discover", "base.toml", "--where", HALF, "--paths", "4000", "--of-box", "0"];
    let said = done(folder.path(), &asked);
    assert!(said.contains("This box holds all futures and has no rule.") && !said.contains("No rule"), "{said}");
    let pictures: Vec<&str> = said.split_whitespace().filter(|word| word.starts_with("charts/")).collect();
    assert_eq!(pictures, ["charts/trajectory.png"]);
    assert!(folder.path().join("output/base-discover").join(pictures[0]).is_file());
}

#[test]
fn what_cannot_be_discovered_is_refused_with_a_cure() {
    let folder = folder_with(&["base.toml"]);
    let wrong: [(&[&str], &str); 8] = [
        (&["--where", "ration in 2030 < 2"], "did you mean `ratio`?"),
        (&["--where", "ratio < 2"], "in 2030"),
        (&["--where", "ratio in 2030 <"], "write it like"),
        (&["--where", HALF, "--paths", "400"], "ask for --paths"),
        (&["--where", "ratio in 2030 < 0.0001", "--paths", "2000"], "something that happens more often"),
        (&["--where", "us.funding in 2030 > $1m", "--paths", "2000"], "ask about the opposite"),
        (&["--where", HALF, "--paths", "4000", "--of-box", "999"], "there is no box 999"),
        (&["--where", HALF, "--keep", "0"], "write a whole number from 1 to 1,000"),
    ];
    for (arguments, cure) in wrong {
        let message = refused(folder.path(), &[&["discover", "base.toml"], arguments].concat(), 2);
        assert!(message.contains(cure), "{arguments:?}\n{message}");
    }
    let certain = support::scenario(support::BASE);
    let Err(why) = find(&certain, "ratio in 2030 < 10", 2_000) else { panic!("BASE has no uncertain assumption") };
    assert!(matches!(why, Refused::OnlyLuck { .. }));
}
