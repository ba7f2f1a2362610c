//! What matters most, and sweeps: closed forms of a linear scenario with normal laws, and the commands.
#![allow(clippy::disallowed_methods, reason = "tests may use the platform's mathematics")]

use aigap::engine::Settings;
use aigap::scenario::Scenario;
use aigap::special::normal_quantile;
use aigap::study::{Answered, By, Player, Sensitive, Sensitivity, SensitivityMethod, Shares, Tornado};
use aigap::summary::Products;
use aigap::wording::{self, Text};

use crate::support;
use crate::support::program::{aigap, done, files, folder_with, read, refused, table, words};

fn asked(scenario: &Scenario, of: &[&str], method: SensitivityMethod, by: By, paths: u64) -> Sensitive {
    let of = of.iter().map(|it| (*it).to_owned()).collect();
    let question = Sensitivity { scenario: "base.toml".into(), of, method, by, also: Vec::new() };
    let read = question.asked(scenario).expect("targets of the scenario");
    Sensitive::of(read, &question, &Settings::new(paths, 5), &|_| {})
}

fn tornado(found: &Sensitive) -> &Tornado {
    let Answered::Tornado(it) = &found.answers[0] else { panic!("a tornado") };
    it
}

fn shares(found: &Sensitive) -> &Shares {
    let Answered::Shares(it) = &found.answers[0] else { panic!("shares") };
    it
}

/// Growth adds to the log ratio of 2030 seven times what it is, so each end is known in closed form.
#[test]
fn a_tornado_of_a_linear_scenario_is_its_closed_form() {
    let scenario = support::shipped_base();
    let found = asked(&scenario, &["ratio in 2030"], SensitivityMethod::Tornado, By::Input, 2_000);
    let it = tornado(&found);
    assert_eq!((it.swings.len(), it.still.len()), (4, 0));
    for swing in &it.swings {
        let sign = if swing.varied.address.starts_with("us.") { 1.0 } else { -1.0 };
        let sd = if swing.varied.address.contains("deal-size") { 0.10 } else { 0.07 };
        for (output, p) in swing.outputs.iter().zip([0.1, 0.3, 0.5, 0.7, 0.9]) {
            let expected = it.baseline.value.ln() + sign * 7.0 * sd * normal_quantile(p);
            assert!((output.value.ln() - expected).abs() < 1e-12, "{} at {p}", swing.varied.address);
        }
        assert!(swing.is_monotone());
    }
    // The larger swings first; equal ones in the order of the inputs.
    let order: Vec<&str> = it.swings.iter().map(|swing| swing.varied.address.as_str()).collect();
    assert!(order[0].contains("deal-size") && order[1].contains("deal-size"), "{order:?}");
    // Four volatilities and eight correlations are certain.
    assert_eq!(found.held.len(), 12);
    let other = asked(&scenario, &["us.funding in 2030"], SensitivityMethod::Tornado, By::Input, 2_000);
    let still: Vec<&str> = tornado(&other).still.iter().map(|it| it.address.as_str()).collect();
    assert_eq!(still, ["china.deal-size.growth", "china.deals.growth"]);
}

/// Variance of the log ratio of 2030 by its parts: growth of deals, growth of deal sizes, luck.
fn parts_of_variance() -> [f64; 3] {
    // The copula's correlation for ranks of 0.5.
    let rho = 2.0 * (std::f64::consts::PI * 0.5 / 6.0).sin();
    let growth = |sd: f64| 49.0 * 2.0 * sd * sd * (1.0 - rho);
    let sd = [0.20, 0.35, 0.25, 0.45];
    let sign = [1.0, 1.0, -1.0, -1.0];
    let correlation = [[1.0, 0.2, 0.4, 0.1], [0.2, 1.0, 0.1, 0.3], [0.4, 0.1, 1.0, 0.2], [0.1, 0.3, 0.2, 1.0]];
    let mut year = 0.0;
    for i in 0..4 {
        for j in 0..4 {
            year += sign[i] * sign[j] * sd[i] * sd[j] * correlation[i][j];
        }
    }
    [growth(0.07), growth(0.10), 7.0 * year]
}

fn share_of(found: &Shares, wanted: impl Fn(&Player) -> bool) -> &Player {
    found.players.iter().find(|player| wanted(player)).expect("a player")
}

#[test]
fn shapley_effects_of_correlated_inputs_add_up_and_are_their_closed_form() {
    let found = asked(&support::shipped_base(), &[], SensitivityMethod::Shapley, By::Input, 65_536);
    let it = shares(&found);
    let sum: f64 = it.players.iter().map(|player| player.share.value).sum();
    assert!((sum - 1.0).abs() < 1e-12, "{sum}");
    let [deals, sizes, luck] = parts_of_variance();
    let all = deals + sizes + luck;
    assert!((it.variance / all - 1.0).abs() < 0.03, "{} instead of {all}", it.variance);
    // By symmetry each side has half of what the two explain together.
    for (name, part) in [("us.deals.growth", 0.5 * deals), ("china.deal-size.growth", 0.5 * sizes), ("", luck)] {
        let player = share_of(it, |player| player.addresses.first().map_or("", String::as_str) == name);
        let miss = (player.share.value - part / all).abs();
        assert!(miss < 4.0 * player.share.error().unwrap(), "{name}: {player:?} instead of {}", part / all);
    }
}

#[test]
fn sobol_shares_group_what_is_correlated_and_are_their_closed_form() {
    let scenario = support::shipped_base();
    let [deals, sizes, luck] = parts_of_variance();
    let all = deals + sizes + luck;
    let found = asked(&scenario, &[], SensitivityMethod::Sobol, By::Input, 65_536);
    assert_eq!(shares(&found).players.len(), 3);
    for (name, part) in [("china.deals.growth", deals), ("china.deal-size.growth", sizes), ("", luck)] {
        let player = share_of(shares(&found), |player| player.addresses.first().map_or("", String::as_str) == name);
        // In a linear model nothing is done together: both shares are the same.
        for share in [player.share, player.total.unwrap()] {
            let miss = (share.value - part / all).abs();
            assert!(miss < 4.5 * share.error().unwrap(), "{name}: {share:?} instead of {}", part / all);
        }
        // Simulation sees one number twice here, and would tell the larger one as that of the input alone half of the time.
        assert!(player.share.value <= player.total.unwrap().value, "{player:?}");
    }
    let layers = asked(&scenario, &[], SensitivityMethod::Sobol, By::Layer, 65_536);
    let growth = share_of(shares(&layers), |player| !player.addresses.is_empty());
    let total = growth.total.unwrap();
    assert!((total.value - (deals + sizes) / all).abs() < 4.5 * total.error().unwrap());
}

/// Where nothing is known of the simulation error, no tenths are told, and the cure that is offered works.
#[test]
fn shares_of_few_paths_are_whole_and_the_number_that_is_asked_for_is_enough() {
    let scenario = support::shipped_base();
    let fewest = Products::FEWEST_PATHS as u64;
    for (method, paths) in [SensitivityMethod::Sobol, SensitivityMethod::Shapley]
        .into_iter()
        .flat_map(|method| [2_000, fewest / 2, fewest].map(|paths| (method, paths)))
    {
        let found = asked(&scenario, &[], method, By::Input, paths);
        let Answered::Shares(it) = &found.answers[0] else { panic!("shares") };
        let basis = wording::sensitivity_basis(&found).iter().map(Text::text).collect::<Vec<_>>().join(" ");
        let asks = basis.contains(&format!("take --paths {fewest} or more"));
        assert_eq!(asks, paths < fewest, "{method:?} {paths}: {basis}");
        if asks {
            for (alone, with_others) in wording::share_texts(&found, &found.targets[0], it) {
                let texts = [Some(alone), with_others];
                assert!(texts.iter().flatten().all(|it| !it.text().contains('.')), "{method:?} {paths}: {texts:?}");
            }
        }
    }
}

#[test]
fn the_commands_answer_verify_and_redraw() {
    let folder = folder_with(&["base.toml"]);
    let here = folder.path();
    let run = |arguments: &[&str]| done(here, &[arguments, &["--paths", "2000"]].concat());
    let said = run(&["sensitivity", "base.toml", "--also", "us.deals.volatility=15%:30%"]);
    assert!(said.contains(" most for ") && said.contains("Held fixed"), "{said}");
    assert!(
        said.replace('\n', " ").contains("as likely anywhere in it: US deals volatility from 15% to 30%."),
        "{said}"
    );
    assert!(
        said.lines().all(|line| line.chars().count() <= 80 || line.starts_with("Next:") || line.starts_with("  or: ")),
        "{said}"
    );
    let rows = table(&read(here.join("output/base-sensitivity/sensitivity.csv")));
    assert!(rows.iter().any(|row| row["input"] == "us.deals.volatility" && row["method"] == "tornado"));
    let said = run(&["sensitivity", "base.toml", "--of", "china.funding in 2030", "--out", "china"]);
    assert!(said.contains("No effect on the median of China’s funding in 2030: US deal size growth; US"), "{said}");
    let rows = table(&read(here.join("china/sensitivity.csv")));
    assert!(rows.iter().any(|row| row["input"] == "us.deals.growth" && row["note"] == "no effect"));
    let said = run(&["sensitivity", "base.toml", "--method", "shapley", "--out", "shapley"]);
    assert!(said.contains("would be left to luck") || said.contains("is luck"), "{said}");
    run(&[
        "sensitivity",
        "base.toml",
        "--method",
        "sobol",
        "--of",
        "P(ratio in 2030 < half of 2023)",
        "--out",
        "sobol",
    ]);
    run(&["sweep", "base.toml", "--over", "us.deal-size.growth=-10%:30%:5"]);
    let two = [
        "sweep",
        "base.toml",
        "--over",
        "china.deals.growth=-5%:20%:4",
        "--over",
        "us.deals.growth={0%, 10%}",
        "--out",
        "two",
    ];
    let said = run(&two);
    assert!(said.contains("crosses"), "{said}");
    for folder in ["output/base-sensitivity", "shapley", "sobol", "output/base-sweep", "two"] {
        done(here, &["verify", folder]);
        done(here, &["chart", folder, "--preset", "column", "--lint", "--out", "drawn"]);
    }
    let first = files(&here.join("two"));
    run(&[&two[..], &["--threads", "1", "--force"]].concat());
    assert_eq!(files(&here.join("two")), first);
}

/// The same paths, whether a value is swept or set.
#[test]
fn a_cell_of_a_sweep_is_the_run_that_is_set_to_it() {
    let folder = folder_with(&["base.toml"]);
    let here = folder.path();
    done(here, &["sweep", "base.toml", "--over", "us.deals.growth=-5%:10%:4:fixed", "--paths", "2000", "--no-charts"]);
    let cells = table(&read(here.join("output/base-sweep/sweep.csv")));
    let cell = cells.iter().find(|row| row["target"] == "median of ratio in 2030" && row["value_1"] == "0.05").unwrap();
    let set = ["--set", "us.deals.growth=5%", "--paths", "2000", "--no-charts", "--out", "set"];
    done(here, &[&["simulate", "base.toml"], &set[..]].concat());
    let fan = table(&read(here.join("set/fan.csv")));
    let row = fan.iter().find(|row| row["metric"] == "ratio" && row["year"] == "2030").unwrap();
    assert_eq!(cell["value"], row["p50"]);
}

/// The words of a sweep of one target, its lines joined.
fn swept(over: &[&str], of: &str) -> String {
    let folder = folder_with(&["base.toml"]);
    let over: Vec<&str> = over.iter().flat_map(|it| ["--over", *it]).collect();
    let rest = ["--of", of, "--paths", "2000", "--no-charts"];
    done(folder.path(), &[&["sweep", "base.toml"], &over[..], &rest[..]].concat()).replace('\n', " ")
}

/// An input that moves nothing is told as such, and no goal is advised that it could never reach.
#[test]
fn a_sweep_of_what_has_no_effect_says_so() {
    let target = "P(china.funding in some year > 6.7bn USD)";
    let said = swept(&["us.deals.growth=-5%:20%:3"], target);
    assert!(said.starts_with("US deals growth has no effect on the chance that China’s funding"), "{said}");
    assert!(said.contains(" at every value from −5% to 20%.") && !said.contains("crosses"), "{said}");
    assert!(!said.contains("aigap seek"), "{said}");
    let said = swept(&["us.deals.growth={0%, 5%}", "us.deal-size.growth={0%, 5%}"], target);
    assert!(said.contains(" in every cell: neither input moves it."), "{said}");
}

#[test]
fn a_sweep_that_turns_round_is_told_by_way_of_its_turning_point() {
    // How far apart shares are is least where one side has nearly all.
    let said = swept(&["us.deals.growth=-60%:40%:6"], "sd of share in 2030");
    assert!(said.contains(" goes from ") && said.contains(" by way of ") && said.contains(" at −40%, as "), "{said}");
    let said = swept(&["us.deals.growth=-5%:20%:3"], "ratio in 2030");
    assert!(said.contains(" goes from ") && !said.contains(" by way of "), "{said}");
    // The spread of logs is what it was wherever its median is, but for rounding.
    let said = swept(&["us.deals.growth=-5%:20%:3"], "sd of log-ratio in 2030");
    assert!(said.starts_with("US deals growth has no effect on the standard deviation"), "{said}");
    // What moves by less than its printed digits stays where it is.
    let said = swept(&["us.deals.volatility=20%:20.1%:2"], "ratio in 2030");
    assert!(said.contains(" stays at ") && !said.contains(" goes from 15"), "{said}");
}

/// Paths are doubled until every cell is as precise as asked, and the cells are those of a sweep with as many paths.
#[test]
fn a_sweep_takes_as_many_paths_as_its_precision_needs() {
    let folder = folder_with(&["base.toml"]);
    let here = folder.path();
    let sweep = |more: &[&str]| {
        let asked = ["sweep", "base.toml", "--over", "us.deals.growth={0%, 10%}", "--of", "P(ratio in 2030 < 8)"];
        aigap(here, &[&asked[..], &["--no-charts"], more].concat())
    };
    let output = sweep(&["--precision", "1%", "--out", "precise"]);
    assert_eq!(output.status.code(), Some(0), "{}", words(&output.stderr));
    let said = words(&output.stdout).replace('\n', " ");
    let paths = said
        .split("Precision of 1% asked, reached with ")
        .nth(1)
        .unwrap()
        .split(" paths")
        .next()
        .unwrap()
        .replace(',', "");
    // The error of a share near one third is below half a point from about ten thousand independent paths on.
    assert!(["16384", "32768"].contains(&paths.as_str()), "{said}");
    done(here, &["verify", "precise"]);
    assert_eq!(sweep(&["--paths", &paths, "--out", "plain"]).status.code(), Some(0));
    assert_eq!(read(here.join("precise/sweep.csv")), read(here.join("plain/sweep.csv")));
    let output = sweep(&["--precision", "0.1%", "--paths", "4096", "--out", "short"]);
    assert_eq!(output.status.code(), Some(5));
    assert!(words(&output.stderr).contains("give --paths a higher limit"), "{}", words(&output.stderr));
    assert!(here.join("short/sweep.csv").exists());
    let shard = ["--precision", "1%", "--shard", "1/2"];
    assert!(words(&sweep(&shard).stderr).contains("no shard knows when that is"));
}

/// Inputs whose answers read alike are named together, so that no finding is a tie that was broken by its order.
#[test]
fn ties_are_told_as_ties() {
    let folder = folder_with(&["base.toml"]);
    let here = folder.path();
    let said = done(here, &["sensitivity", "base.toml", "--of", "ratio in 2030", "--paths", "20000", "--no-charts"]);
    let said = said.replace('\n', " ");
    assert!(said.starts_with("China deal size growth and US deal size growth matter most for"), "{said}");
    assert!(said.contains(", and alike, given these ranges") && said.contains(" would be left to luck."), "{said}");
    let said = done(here, &["seek", "base.toml", "--so-that", "P(ratio in 2030 < half of 2023) >= 50%", "--no-charts"]);
    let said = said.replace('\n', " ");
    assert!(said.contains(" As likely: US deal size growth of −2.7% a year or less."), "{said}");
}

/// The share of luck in a tornado is what Sobol' shares leave to it: of amounts, whose spread grows with their level, too.
#[test]
fn the_share_of_luck_beside_a_tornado_is_its_total_share() {
    let scenario = support::shipped_base();
    for target in ["gap in 2030", "share in 2030", "P(ratio in 2030 < half of 2023)"] {
        let of = |method| asked(&scenario, &[target], method, By::Input, 16_384);
        let (swings, parts) = (of(SensitivityMethod::Tornado), of(SensitivityMethod::Sobol));
        let total = shares(&parts).players.iter().find(|it| it.addresses.is_empty()).unwrap().total.unwrap();
        let luck = tornado(&swings).luck.expect("finite values");
        let (low, high) = luck.ends.expect("enough paths");
        let (other_low, other_high) = total.ends.expect("enough paths");
        assert!(low < other_high && other_low < high, "{target}: {luck:?} beside {total:?}");
        assert!(luck.value > 0.6, "{target}: {luck:?}");
    }
}

#[test]
fn mistakes_of_targets_ranges_and_grids_say_where_and_what_to_do() {
    let folder = folder_with(&["base.toml"]);
    let wrong: [(&[&str], &str); 10] = [
        (&["sensitivity", "base.toml", "--of", "ration in 2030"], "did you mean `ratio`?"),
        (
            &["sensitivity", "base.toml", "--method", "sobol", "--of", "p90 of ratio in 2030"],
            "has no variance to divide",
        ),
        (
            &["sensitivity", "base.toml", "--method", "shapley", "--of", "median of us.funding in 2030"],
            "write the value of a path, \"us.funding in 2030\"",
        ),
        (&["sensitivity", "base.toml", "--also", "us.deals.volatility"], "us.deals.volatility=15%:30%"),
        (&["sensitivity", "base.toml", "--also", "us.deals.volatility=30%:15%"], "lower end first"),
        (&["sweep", "base.toml", "--over", "us.deals.growth=-10%:30%"], "two ends and a number of values"),
        (&["sweep", "base.toml", "--over", "us.deals.growth=30%:-10%:9"], "the lower end comes first"),
        (&["sweep", "base.toml", "--over", "us.deals.growth=-10%:30%:many"], "write 2 to 1000"),
        (&["sweep", "base.toml", "--over", "us.deals.volatility=-10%:30%:9"], "negative"),
        (&["sweep", "base.toml", "--over", "us.deals.grwth=-10%:30%:9"], "us.deals.growth"),
    ];
    for (arguments, cure) in wrong {
        let message = refused(folder.path(), arguments, 2);
        assert!(message.contains(cure), "{arguments:?}\n{message}");
        assert!(message.contains("--> --"), "{message}");
    }
}
