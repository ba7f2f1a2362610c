//! What a goal would take: closed forms, answers that are no value, the command, and what it refuses.
#![allow(clippy::disallowed_methods, reason = "tests may use the platform's mathematics")]

use aigap::engine::{Plan, Settings, simulate};
use aigap::metric::{Measure, Metric, Subject};
use aigap::scenario::Scenario;
use aigap::study::{Attained, Change, Method, Need, Seek, Sought, Varied};
use aigap::summary::{PathKeeper, quantile_ranks};
use tempfile::TempDir;

use crate::support::program::{aigap, done, files, folder_with, read, refused, table, words};
use crate::support::{self, BASE};

const PATHS: u64 = 4_000;
const SEED: u64 = 11;

fn sought(scenario: &Scenario, goal: &str, named: &[(&str, bool)], paths: u64) -> Sought {
    let goal = scenario.goal(goal).unwrap_or_else(|mistake| panic!("{goal}: {mistake:?}"));
    let named = named.iter().map(|(address, fixed)| Varied::of(scenario, address, *fixed).expect("an input"));
    Sought::seek(scenario, goal, named.collect(), &Settings::new(paths, SEED), &|_| {})
}

fn one(scenario: &Scenario, goal: &str, input: &str) -> Need {
    sought(scenario, goal, &[(input, false)], PATHS).needs.remove(0)
}

/// The ratio of a year on every path.
fn ratios(scenario: &Scenario, paths: u64, year: i32) -> Vec<f64> {
    let mut keeper = PathKeeper::new(scenario);
    simulate(&[&Plan::new(scenario)], &Settings::new(paths, SEED), &mut keeper, &|_| {});
    let ratio = Measure { metric: Metric::Ratio, subject: Subject::Gap };
    let place = Measure::all(scenario).iter().position(|it| *it == ratio).unwrap();
    let index = usize::try_from(year - scenario.base_year() - 1).unwrap();
    keeper.paths().iter().map(|path| path.values[place][index]).collect()
}

fn own(scenario: &Scenario, address: &str) -> f64 {
    scenario.assumptions().iter().find(|it| it.address() == address).unwrap().law().median()
}

/// Golden K07: by how much China's deals would have to grow faster for parity by 2035 to be as likely as not.
pub fn growth_for_parity(paths: u64) -> f64 {
    let base = support::scenario(BASE);
    let goal = "P(ratio in some year <= 1) >= 50%";
    let need = sought(&base, goal, &[("china.deals.growth", true)], paths).needs.remove(0);
    need.needed.unwrap().value - own(&base, "china.deals.growth")
}

/// Growth adds to the log ratio of year t by t times what it is moved by, so the value at which a path changes is
/// known in closed form: the answer is an order statistic of those.
#[test]
fn the_needed_growth_is_the_order_statistic_of_the_paths_own_thresholds() {
    let scenario = support::shipped_base();
    let half = 0.5 * 31.0 / 2.0;
    for (goal, share) in [
        ("P(ratio in 2030 < 7.75) >= 50%", 0.5),
        ("P(ratio in 2030 < 7.75) >= 40%", 0.4),
        ("ratio in 2030 <= 7.75", 0.5),
    ] {
        for (input, sign) in [("china.deal-size.growth", 1.0), ("us.deals.growth", -1.0)] {
            let needed = one(&scenario, goal, input).needed.unwrap();
            let logs = ratios(&scenario, PATHS, 2030).into_iter().map(|ratio| (ratio / half).ln() / 7.0);
            let mut steps: Vec<f64> = logs.collect();
            steps.sort_by(f64::total_cmp);
            let at = |rank: usize| own(&scenario, input) + sign * steps[rank - 1];
            let rank = (share * PATHS as f64).ceil() as usize;
            assert!((needed.value - at(rank)).abs() < 1e-9, "{goal} {input}: {} instead of {}", needed.value, at(rank));
            assert_eq!(needed.above, sign > 0.0);
            assert_eq!(needed.method, Method::Paths);
            // Half as many draws as paths; both ends of the distribution-free interval.
            let (low, high, _) = quantile_ranks(PATHS / 2, share, 0.95);
            let ends = [at(2 * low as usize), at(2 * high as usize)];
            let interval = needed.interval.unwrap();
            let expected = (ends[0].min(ends[1]), ends[0].max(ends[1]));
            assert!(
                (interval.0 - expected.0).abs() < 1e-9 && (interval.1 - expected.1).abs() < 1e-9,
                "{interval:?} {expected:?}"
            );
            let [below, there, above] = needed.certificate.map(|(_, target)| target.value);
            assert!((below - there) * (there - above) > 0.0, "{below} {there} {above}");
        }
    }
}

#[test]
fn a_mean_is_met_by_bisection_where_its_closed_form_says() {
    let scenario = support::shipped_base();
    let found = one(&scenario, "mean of log-ratio in 2030 <= 2", "china.deals.growth");
    let logs: Vec<f64> = ratios(&scenario, PATHS, 2030).into_iter().map(f64::ln).collect();
    let mean = logs.iter().sum::<f64>() / logs.len() as f64;
    let expected = own(&scenario, "china.deals.growth") + (mean - 2.0) / 7.0;
    let needed = found.needed.unwrap();
    assert!((needed.value - expected).abs() < 1e-5, "{} instead of {expected}", needed.value);
    assert_eq!(needed.method, Method::Bisection);
    // The error of the mean over seven years of a shift.
    let (low, high) = needed.interval.unwrap();
    assert!(low < expected && expected < high && high - low < 0.1);
}

#[test]
fn what_is_met_already_nowhere_everywhere_or_not_moved_is_an_answer() {
    let scenario = support::shipped_base();
    let already = one(&scenario, "P(ratio in 2030 < 100) >= 50%", "us.deals.growth");
    assert_eq!(already.attained, Attained::Already);
    assert!(
        !already.needed.as_ref().unwrap().above && already.needed.unwrap().value > own(&scenario, "us.deals.growth")
    );
    let narrow = |goal: &str, between: &str| {
        let varied = Varied::of(&scenario, "us.deals.growth", false).unwrap().between(&scenario, between).unwrap();
        let goal = scenario.goal(goal).unwrap();
        Sought::seek(&scenario, goal, vec![varied], &Settings::new(PATHS, SEED), &|_| {})
    };
    let nowhere = narrow("P(ratio in 2030 < 1) >= 90%", "-10%:10%");
    assert_eq!((nowhere.needs[0].attained, nowhere.is_attained()), (Attained::Nowhere, false));
    assert!((nowhere.needs[0].best.0 - (-0.1_f64).ln_1p()).abs() < 1e-12);
    let everywhere = narrow("P(ratio in 2030 < 1000) >= 10%", "-10%:10%");
    assert_eq!((everywhere.needs[0].attained, everywhere.is_attained()), (Attained::Everywhere, true));
    let still = one(&scenario, "P(us.funding in 2030 > $100bn) >= 50%", "china.deals.growth");
    assert_eq!(still.attained, Attained::NoEffect);
}

#[test]
fn every_input_alone_is_sorted_by_how_likely_the_scenario_finds_it() {
    let scenario = support::shipped_base();
    let found = sought(&scenario, "P(ratio in 2030 < half of 2023) >= 50%", &[], 1_000);
    assert_eq!(found.needs.len(), scenario.assumptions().len());
    let chances: Vec<f64> = found.needs.iter().filter_map(|need| need.chance).collect();
    assert!(chances.windows(2).all(|pair| pair[0] >= pair[1]), "{chances:?}");
    for need in found.needs.iter().filter(|need| need.chance.is_some()) {
        let law = scenario.assumptions()[need.varied.id].law();
        let needed = need.needed.as_ref().unwrap();
        let below = law.cdf(needed.value);
        assert_eq!(need.chance, Some(if needed.above { 1.0 - below } else { below }));
    }
}

/// The one input of two, with the first where the scenario has it, is the answer for that input alone.
#[test]
fn the_frontier_goes_through_the_answer_of_one_input() {
    let scenario = support::shipped_base();
    let goal = "P(ratio in 2030 < half of 2023) >= 50%";
    let found = sought(&scenario, goal, &[("us.deals.growth", false), ("china.deals.growth", false)], 2_000);
    let alone = sought(&scenario, goal, &[("china.deals.growth", false)], 2_000).needs.remove(0).needed.unwrap().value;
    let mut seen = 0;
    for (value, need) in &found.frontier {
        // Near the ends of what a growth may be its law is cut off.
        let Some(needed) = need.needed.as_ref().filter(|_| (-2.5..=1.0).contains(value)) else { continue };
        // Growth of one side is worth as much as that of the other.
        let expected = alone + value - own(&scenario, "us.deals.growth");
        assert!((needed.value - expected).abs() < 1e-9, "{value}: {} instead of {expected}", needed.value);
        seen += 1;
    }
    assert!(seen >= 3);
}

/// Two inputs without a range are looked at where the scenario thinks that they lie, and the answer says so.
#[test]
fn two_inputs_are_tried_between_their_first_and_last_percentile() {
    let scenario = support::shipped_base();
    let change = |address: &str, between: Option<&str>| Change {
        address: address.to_owned(),
        between: between.map(str::to_owned),
        fixed: false,
    };
    let asked = |change: Vec<Change>| {
        let seek = Seek { scenario: "base.toml".into(), so_that: GOAL.to_owned(), change };
        seek.asked(&scenario).expect("a goal")
    };
    let law = |address: &str| scenario.assumptions().iter().find(|it| it.address() == address).unwrap().law();
    let inputs = ["us.deals.growth", "china.deal-size.growth", "us.deals.volatility"];
    let both = asked(inputs[..2].iter().map(|it| change(it, None)).collect());
    for (varied, address) in both.named.iter().zip(inputs) {
        assert_eq!(varied.range, (law(address).quantile(0.01), law(address).quantile(0.99)), "{address}");
    }
    // A certain input has no percentiles; one input alone, and a range that was asked for, are left alone.
    let certain = asked(vec![change(inputs[0], None), change(inputs[2], None)]);
    assert_eq!(certain.named[1].range, Varied::of(&scenario, inputs[2], false).unwrap().range);
    let alone = asked(vec![change(inputs[0], None)]);
    assert_eq!(alone.named[0].range, Varied::of(&scenario, inputs[0], false).unwrap().range);
    let between = asked(vec![change(inputs[0], Some("-40%:60%")), change(inputs[1], Some("-40%:60%"))]);
    assert!(between.named.iter().all(|it| it.range.0 < law(inputs[0]).quantile(0.01)));

    let of = |asked: aigap::study::Asked| {
        let found = Sought::seek(&scenario, asked.goal, asked.named, &Settings::new(2_000, SEED), &|_| {});
        (aigap::wording::seek_basis(&found).iter().map(aigap::wording::Text::text).collect::<Vec<_>>().join(" "), found)
    };
    let (basis, found) = of(both);
    assert!(basis.contains("US deals growth from −15% a year to 18% a year"), "{basis}");
    assert!(
        basis.contains(
            "China deal size growth from −15% a year to 35% a year: the first and the last percentile of each."
        ),
        "{basis}"
    );
    // Beside no value of the first input is the second without effect: the goal is met at all of its values, or at none.
    assert!(found.frontier.iter().all(|(_, need)| need.attained != Attained::NoEffect));
    assert!(of(between).0.contains("from −40% a year to 60% a year. "));
    assert!(of(certain).0.contains("percentile of the uncertain one, and all that the certain one can be."));
}

#[test]
fn a_second_input_that_moves_nothing_beside_the_first_is_met_or_not() {
    let scenario = support::shipped_base();
    // China's deals are nothing to the funding of the US, which its own deals decide.
    let found = sought(
        &scenario,
        "P(us.funding in 2030 > 1bn USD) >= 50%",
        &[("us.deals.growth", false), ("china.deals.growth", false)],
        1_000,
    );
    let attained: Vec<Attained> = found.frontier.iter().map(|(_, need)| need.attained).collect();
    assert!(attained.contains(&Attained::Nowhere) && attained.contains(&Attained::Everywhere), "{attained:?}");
    assert!(attained.iter().all(|it| [Attained::Nowhere, Attained::Everywhere].contains(it)), "{attained:?}");
    assert!(found.is_attained());
    let rows = aigap::wording::frontier_rows(&found);
    assert!(rows.iter().all(|row| ["any value", "no value"].contains(&row[1].as_str())), "{rows:?}");
}

const GOAL: &str = "P(ratio in 2030 < half of 2023) >= 50%";

#[test]
fn the_command_answers_writes_verifies_and_redraws() {
    let folder = folder_with(&["base.toml"]);
    let here = folder.path();
    let seek = |more: &[&str]| {
        let mut arguments = vec!["seek", "base.toml", "--so-that", GOAL, "--paths", "2000"];
        arguments.extend(more);
        done(here, &arguments)
    };
    let said = seek(&[]);
    assert!(said.contains("One thing at a time") && said.contains("Would have to be"), "{said}");
    assert!(
        said.lines().all(|line| line.chars().count() <= 80 || line.starts_with("Next:") || line.starts_with("  or: ")),
        "{said}"
    );
    let rows = table(&read(here.join("output/base-seek/seek.csv")));
    assert_eq!(rows.len(), support::shipped_base().assumptions().len());
    assert!(rows.iter().any(|row| row["attained"] == "yes" && !row["needed"].is_empty()));
    done(here, &["verify", "output/base-seek"]);
    let change = ["--change", "china.deal-size.growth", "--out", "one"];
    seek(&change);
    let first = files(&here.join("one"));
    assert!(first.contains_key("charts/seek.png") && first.contains_key("workbook.xlsx"));
    seek(&[&change[..], &["--threads", "1", "--force"]].concat());
    assert_eq!(files(&here.join("one")), first);
    // With many paths the three values of the certificate lie close together, and are told apart.
    let many = ["seek", "base.toml", "--so-that", GOAL, "--paths", "60000", "--no-charts", "--out", "many"];
    let said = done(here, &[&many[..], &change[..2]].concat()).replace('\n', " ");
    let certificate = said.split("Certificate: ").nth(1).unwrap().split(';').next().unwrap().to_owned();
    let mut values: Vec<&str> = certificate.split("at ").skip(1).map(|it| it.split('%').next().unwrap()).collect();
    values.dedup();
    assert_eq!(values.len(), 3, "{certificate}");
    let json = seek(&[&change[..], &["--json"]].concat());
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["inputs"][0]["attained"], "yes");
    done(here, &["chart", "one", "--preset", "column", "--out", "drawn"]);
    assert!(here.join("drawn/seek-column.png").exists());
    let two = ["--change", "china.deal-size.growth", "--change", "us.deals.growth", "--out", "two"];
    let said = seek(&two);
    assert!(said.contains("US deals growth would have to be"), "{said}");
    done(here, &["verify", "two"]);
    assert!(files(&here.join("two")).contains_key("frontier.csv"));
}

#[test]
fn a_goal_that_cannot_be_met_ends_with_its_own_code() {
    let folder = folder_with(&["base.toml"]);
    let arguments = [
        "seek",
        "base.toml",
        "--so-that",
        "P(ratio in 2030 < 1) >= 90%",
        "--change",
        "us.deals.growth",
        "--between",
        "-10%:10%",
        "--paths",
        "2000",
    ];
    let output = aigap(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(5), "{}", words(&output.stderr));
    let said = words(&output.stdout).replace('\n', " ");
    assert!(said.contains(": not attainable by") && said.contains("; even at −10%"), "{said}");
}

/// What is written meets the goal when it is simulated, within the simulation error of another seed.
#[test]
fn the_written_what_if_meets_the_goal() {
    let folder = folder_with(&["base.toml"]);
    let here = folder.path();
    let change = ["--change", "china.deal-size.growth", "--paths", "4000", "--write", "what-if.toml"];
    done(here, &[&["seek", "base.toml", "--so-that", GOAL], &change[..]].concat());
    let text = read(here.join("what-if.toml"));
    assert!(text.contains("extends = \"base.toml\"") && text.contains("sought so that"), "{text}");
    done(here, &["simulate", "what-if.toml", "--paths", "4000", "--no-charts"]);
    let rows = table(&read(here.join("output/what-if/probabilities.csv")));
    let row = rows.iter().find(|row| row["question"] == "ratio-less-than-half" && row["year"] == "2030").unwrap();
    assert!(row["probability"].parse::<f64>().unwrap() >= 0.5, "{row:?}");
    // It asks what was sought, so that each run of it tells how likely that is.
    let asked = rows.iter().find(|row| row["question"] == "sought that ratio in 2030 < half of 2023").expect("asked");
    assert_eq!(asked["probability"], row["probability"]);
    // A what-if of the what-if asks both.
    let goal = "P(ratio in 2030 < half of 2023) >= 60%";
    let change = ["--change", "us.deals.growth", "--paths", "400", "--no-charts", "--write", "again.toml"];
    done(here, &[&["seek", "what-if.toml", "--so-that", goal], &change[..]].concat());
    done(here, &["check", "again.toml"]);
    assert!(read(here.join("again.toml")).contains("half of 2023 (2)"));
}

/// Every mistake with its place and what to do about it.
#[test]
fn mistakes_of_goals_and_inputs_say_where_and_what_to_do() {
    let folder: TempDir = folder_with(&["base.toml"]);
    let wrong: [(&[&str], &str); 14] = [
        (&["--so-that", "ratio in 2030"], "holds a number against nothing"),
        (&["--so-that", "P(ration in 2030 < 8) >= 50%"], "did you mean `ratio`?"),
        (&["--so-that", "P(ratio in 2030 < 8) >= 50"], "such as 50%"),
        (&["--so-that", "P(ratio < 8) >= 50%"], "in 2030"),
        (&["--so-that", "ratio in 2023 < 8"], "2024 to 2030"),
        (&["--so-that", "P(china.funding in 2030 > .7bn) >= 50%"], "6.7bn USD"),
        (&["--so-that", "average of gap in 2030 < 20bn USD"], "median, mean, sd"),
        (&["--so-that", "mean of ratio in 2030 < 8"], "seek the median"),
        (&["--so-that", "question \"China bak\" in 2030 >= 50%"], "there is no question"),
        (&["--so-that", GOAL, "--change", "china.funding.growth"], "china.deal-size.growth and china.deals.growth"),
        (&["--so-that", GOAL, "--change", "us.deals.growth", "--between", "5:9"], "12%"),
        (&["--so-that", GOAL, "--change", "us.deals.growth", "--between", "9%:5%"], "lower end first"),
        (&["--so-that", GOAL, "--change", "us.deals.growth", "--between", "9%"], "a colon between"),
        (&["--so-that", GOAL, "--change", "us.deals.growth", "--change", "us.deals.growth"], "named twice"),
    ];
    for (flags, cure) in wrong {
        let message = refused(folder.path(), &[&["seek", "base.toml"], flags].concat(), 2);
        assert!(message.contains(cure), "{flags:?}\n{message}");
        assert!(message.contains("--> --"), "{message}");
    }
}

const DRAWN: &str = "title = \"own\"\nhorizon = 2030\n[us.funding]\nmodel = \"random-walk\"\nvolatility = \"20%\"\n\
     [china.funding]\nmodel = \"random-walk\"\nvolatility = \"20%\"\n\
     [[draws]]\nfile = \"rows.csv\"\nof = [\"us.funding.growth\", \"china.funding.growth\"]\nwhy = \"a panel\"\nsource = \"its answers\"\n";

/// Rows of a file give an input together with others: a what-if that states a value of it would be no valid file, and no share
/// of the variance belongs to one of them.
#[test]
fn what_a_file_draws_together_is_sought_but_neither_written_nor_divided() {
    let folder = folder_with(&[]);
    let here = folder.path();
    let row = |place: i32| format!("{},{}\n", f64::from(place) / 400.0 - 0.5, 0.5 - f64::from(place) / 400.0);
    let rows = "us.funding.growth,china.funding.growth\nlog points,log points\n".to_owned();
    std::fs::write(here.join("rows.csv"), rows + &(0..400).map(row).collect::<String>()).unwrap();
    std::fs::write(here.join("own.toml"), DRAWN).unwrap();
    let change = ["--change", "us.funding.growth", "--paths", "400", "--no-charts", "--write", "what-if.toml"];
    let output = aigap(here, &[&["seek", "own.toml", "--so-that", "ratio in 2030 <= 8"], &change[..]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", words(&output.stderr));
    let remark = words(&output.stderr);
    assert!(remark.contains("rows.csv draws us.funding.growth together with others"), "{remark}");
    assert!(!here.join("what-if.toml").exists() && !words(&output.stdout).contains("--write"));
    for method in ["sobol", "shapley"] {
        let message = refused(here, &["sensitivity", "own.toml", "--method", method, "--paths", "400"], 2);
        assert!(
            message.contains("rows.csv give several inputs together") && message.contains("--by layer"),
            "{message}"
        );
    }
}

/// A correlation has no table and key of its own: its pair is written.
#[test]
fn the_what_if_of_a_correlation_names_its_pair_and_meets_the_goal() {
    let folder = folder_with(&["base.toml"]);
    let here = folder.path();
    let goal = "sd of log-ratio in 2030 >= 2.1";
    let change = ["--change", "correlations.us.deal-size.china.deal-size", "--paths", "4000", "--no-charts"];
    let seek = ["seek", "base.toml", "--so-that", goal, "--write", "what-if.toml"];
    done(here, &[&seek[..], &change[..]].concat());
    let text = read(here.join("what-if.toml"));
    assert!(text.contains("between = [\"us.deal-size\", \"china.deal-size\"]\nrho = -0."), "{text}");
    done(here, &["simulate", "what-if.toml", "--paths", "4000", "--no-charts", "--metrics", "log-ratio"]);
    let fan = table(&read(here.join("output/what-if/fan.csv")));
    let row = fan.iter().find(|row| row["metric"] == "log-ratio" && row["year"] == "2030").unwrap();
    assert!(row["sd"].parse::<f64>().unwrap() >= 2.1, "{row:?}");
}
