//! An independent slow simulator: plain loops over paths and years that share nothing with the engine but the random
//! numbers, and agree with it path by path.
#![allow(clippy::disallowed_methods, reason = "tests may use the platform's mathematics")]

mod departures;
mod examples;
mod laws;
mod nested;
mod questions;
mod slow;

use crate::support::{Paths, paths, run, scenario};
use aigap::metric::{Base, Measure, Metric, Milestone, Question, Standing, Subject};
use aigap::random::Numbers;
use aigap::scenario::Scenario;
use examples::{DEPARTURES, everything, two_sides};
use slow::Slow;

fn close(fast: f64, slow: f64, what: &str) {
    close_to(fast, slow, 1e-12, what);
}

fn close_to(fast: f64, slow: f64, tolerance: f64, what: &str) {
    let same = fast == slow || (fast.is_nan() && slow.is_nan());
    assert!(same || (fast - slow).abs() <= tolerance * slow.abs().max(1.0), "{what}: {fast} and {slow}");
}

/// Compares every modelled series, and what follows from the identity, on a few hundred paths.
fn agrees(text: &str) -> (Scenario, Paths) {
    agrees_to(text, 1e-12)
}

fn agrees_to(text: &str, tolerance: f64) -> (Scenario, Paths) {
    let scenario = scenario(text);
    // Neither a whole number of blocks nor a power of two.
    let n = 2_300;
    let fast = paths(&scenario, n, 99);
    let slow = Slow { scenario: &scenario, numbers: Numbers::new(99) };
    for path in (0..n).step_by(7) {
        for (region, years) in slow.path(path).iter().enumerate() {
            for (year, it) in years.iter().enumerate() {
                let row = path as usize;
                let what = format!("{} in year {year} of path {path}", scenario.regions()[region].name());
                if let Some(top) = &it.top {
                    // Sums of many deals have their own test; the largest ones are drawn one by one.
                    close_to(fast.deals[region][year][row], it.n, tolerance, &what);
                    close_to(fast.largest[region][year][row], top.first().copied().unwrap_or(0.0), 1e-9, &what);
                    let share = top.iter().sum::<f64>() / (1000.0 * fast.funding[region][year][row].exp());
                    close_to(fast.top_ten_share[region][year][row], share, 1e-9, &what);
                    continue;
                }
                close_to(fast.funding[region][year][row], it.f, tolerance, &what);
                if !it.n.is_nan() {
                    close_to(fast.deals[region][year][row], it.n, tolerance, &what);
                    close_to(fast.deal_size[region][year][row], it.s, tolerance, &what);
                }
            }
        }
    }
    (scenario, fast)
}

#[test]
fn every_law_of_shocks_agrees_path_by_path() {
    let correlated = "[[correlations]]\nbetween = [\"us.funding\", \"china.funding\"]\nrho = 0.6\n";
    for law in ["{ contaminated = \"10%\", times = 3 }", "{ student-t = 5 }"] {
        for tail in ["separate", "shared"] {
            let shocks = format!("[shocks]\nlaw = {law}\ntail = \"{tail}\"\n");
            agrees_to(&two_sides(&format!("{correlated}{shocks}")), 2e-9);
        }
    }
}

#[test]
fn a_market_factor_is_the_matrix_of_its_loadings() {
    let factor = "[shocks.factor]\nus.funding = 0.8\n\"china.funding\" = 0.75\n";
    let matrix = "[[correlations]]\nbetween = [\"us.funding\", \"china.funding\"]\nrho = 0.6\n";
    let (_, by_factor) = agrees(&two_sides(factor));
    let (_, by_matrix) = agrees(&two_sides(matrix));
    for (a, b) in by_factor.funding.iter().flatten().flatten().zip(by_matrix.funding.iter().flatten().flatten()) {
        close(*a, *b, "the same correlation");
    }
}

#[test]
fn uncertain_correlations_agree_path_by_path() {
    let base = include_str!("../scenarios/base.toml");
    let rho = |text: String, pair: [&str; 2], from: &str, to: &str| {
        let head = format!("between = [\"{}\", \"{}\"]\nrho     = ", pair[0], pair[1]);
        assert!(text.contains(&format!("{head}{from}\n")), "{head}");
        text.replace(&format!("{head}{from}\n"), &format!("{head}{to}\n"))
    };
    let text = rho(base.to_owned(), ["us.deals", "china.deals"], "0.4", "{ uniform = [0.1, 0.7] }");
    let text = rho(text, ["china.deals", "china.deal-size"], "0.2", "{ triangular = [-0.1, 0.2, 0.4] }");
    let text = rho(text, ["us.deals.growth", "china.deals.growth"], "0.5", "{ one-of = [0.0, 0.9] }");
    agrees(&text);
    // Of a side that follows a path, the numbers are drawn all the same.
    let path = "[us.deals]\nmodel = \"path\"\nlevels = { 2030 = 1500 }\n";
    let (head, tail) = text.split_once("[us.deals]\n").unwrap();
    let after = tail.split_once("[china.deals]\n").unwrap().1;
    agrees(&format!("{head}{path}[china.deals]\n{after}"));
}

#[test]
fn regimes_jumps_and_every_effect_agree_path_by_path() {
    for start in ["start = \"bust\"", "start = \"stationary\"\nshared = false"] {
        agrees(&DEPARTURES.replace("START", start));
    }
}

#[test]
fn counted_deals_agree_path_by_path() {
    for count in ["\"poisson\"", "{ negative-binomial = { uniform = [8, 60] } }"] {
        let counting = format!("[us.counting]\ndeals = {count}\n[china.counting]\ndeals = {count}\n");
        agrees(&format!("{}{counting}", DEPARTURES.replace("START", "")));
        let (_, kept) = agrees(&format!("{}{counting}", include_str!("../scenarios/base.toml")));
        let whole = kept.deals.iter().flatten().flatten().all(|log| (log.exp() - log.exp().round()).abs() < 1e-6);
        assert!(whole, "a count is not whole");
    }
}

#[test]
fn the_largest_deals_agree_path_by_path() {
    let sizes = "[us.counting]\nsizes = { sigma = { uniform = [1.7, 2.2] } }\n[china.counting]\ndeals = { negative-binomial = 20 }\n\
                 sizes = { sigma = 1.5 }\n";
    agrees_to(&format!("{}{sizes}", include_str!("../scenarios/base.toml")), 1e-9);
    // A market of a handful of deals, and sometimes of none.
    let few = include_str!("../scenarios/base.toml").replace(
        "[china.deals]\nmodel      = \"random-walk\"\ngrowth     = {",
        "[china.deals]\nmodel = \"random-walk\"\ngrowth = \"-70%\"\nunused = {",
    );
    let few: String = few.lines().filter(|line| !line.starts_with("unused")).map(|line| format!("{line}\n")).collect();
    let few = few.replace(
        "between = [\"us.deals.growth\", \"china.deals.growth\"]",
        "between = [\"us.deals.growth\", \"us.deal-size.growth\"]",
    );
    agrees_to(&format!("{few}{sizes}"), 1e-9);
}

#[test]
fn unknown_figures_agree_path_by_path() {
    let measurement = "[measurement]\nrounding = true\nrevisions = true\ndefinitions = true\nsampling = true\n";
    agrees(&format!("{}{measurement}", include_str!("../scenarios/base.toml")));
    agrees(&two_sides(measurement));
}

#[test]
fn the_shipped_baseline_agrees_path_by_path() {
    agrees(include_str!("../scenarios/base.toml"));
}

#[test]
fn every_model_law_layout_and_event_agrees_path_by_path() {
    agrees(&everything());
}

#[test]
fn funding_alone_agrees_path_by_path() {
    let side = |name: &str| {
        format!(
            "[{name}.funding]\nmodel = \"random-walk\"\ngrowth = {{ p5 = \"-20%\", p95 = \"30%\" }}\nvolatility = \"40%\"\n"
        )
    };
    agrees(&format!("horizon = 2026\n{}{}", side("us"), side("china")));
}

#[test]
fn summaries_are_what_plain_counting_over_all_paths_gives() {
    let (scenario, _) = agrees(&everything());
    let n = 3_000;
    let kept = paths(&scenario, n, 5);
    let summary = run(&scenario, n, 5);
    let base = Base::new(&scenario);
    let last = scenario.years().len() - 1;
    let level = |region: usize, year: usize, path: usize| kept.funding[region][year][path].exp();
    let gap: Vec<f64> = (0..n as usize).map(|path| level(0, last, path) - level(1, last, path)).collect();
    let mean = gap.iter().sum::<f64>() / n as f64;
    let sd = (gap.iter().map(|gap| (gap - mean).powi(2)).sum::<f64>() / (n - 1) as f64).sqrt();
    let spread = summary.gap(Metric::Gap, scenario.horizon()).unwrap();
    close(spread.mean.unwrap() / mean, 1.0, "mean");
    close(spread.sd.unwrap() / sd, 1.0, "sd");
    let mut sorted = gap;
    sorted.sort_by(f64::total_cmp);
    let rank = 0.9 * (n - 1) as f64;
    let (below, share) = (rank.floor() as usize, rank - rank.floor());
    let exact = sorted[below] + share * (sorted[below + 1] - sorted[below]);
    assert!((spread.quantile(0.9).unwrap() - exact).abs() <= exact.abs() / 1024.0);
    let world = Measure { metric: Metric::Funding, subject: Subject::World };
    let world = summary.fan_row(world, scenario.horizon()).unwrap().simulated.as_ref().unwrap();
    let sum: f64 = (0..n as usize).map(|path| (0..3).map(|region| level(region, last, path)).sum::<f64>()).sum();
    close(world.mean.unwrap() / (sum / n as f64), 1.0, "world");
    let log_means = |region: usize, columns: &Vec<Vec<Vec<f64>>>| columns[region][last].iter().sum::<f64>() / n as f64;
    let terms = summary.decompositions.last().unwrap().decomposition.terms;
    let start = base.log_deals_and_size.unwrap();
    close(terms[0].log_points, log_means(0, &kept.deals) - start[0][0], "deals of the lead");
    close(terms[3].log_points, -(log_means(1, &kept.deal_size) - start[1][1]), "deal size of the follow region");
    close(summary.decompositions.last().unwrap().decomposition.total().dollars / (mean - base.gap), 1.0, "dollars");
    for question in Question::ALL {
        for (index, year) in scenario.years().enumerate() {
            let holds = |path: &usize| {
                let lowest = (0..=index)
                    .map(|y| base.lead_of(level(0, y, *path) - level(1, y, *path)))
                    .fold(f64::INFINITY, f64::min);
                let (us, china) = (level(0, index, *path), level(1, index, *path));
                question.holds(Standing { gap: us - china, ratio: us / china, lowest_lead: lowest }, &base)
            };
            let hits = (0..n as usize).filter(holds).count() as u64;
            assert_eq!(summary.probability(question, year).unwrap().hits, hits, "{question:?} in {year}");
        }
    }
    for milestone in Milestone::ALL {
        for (index, year) in scenario.years().enumerate() {
            let ratio = |y: i64, path: usize| match usize::try_from(y) {
                Ok(y) => level(0, y, path) / level(1, y, path),
                Err(_) => base.ratio,
            };
            let reached = |path: &usize| {
                (0..=index as i64).any(|y| milestone.is_met(ratio(y, *path), ratio(y - 1, *path), &base))
            };
            let hits = (0..n as usize).filter(reached).count() as u64;
            assert_eq!(summary.reached_by(milestone, year).unwrap().hits, hits, "{milestone:?} by {year}");
        }
    }
}

#[test]
fn questions_and_checks_are_counted_on_every_path() {
    let asked = "
[[questions]]
name = \"a\"
that = \"gap in some year > $40bn\"
[[questions]]
name = \"b\"
that = \"ratio in 2030 < half of 2023\"
[[questions]]
name = \"c\"
that = \"one-year multiple of china.funding > 1.4\"
[[checks]]
name = \"d\"
that = \"china.deals >= 150\"
";
    let base = format!("{}{asked}", include_str!("../scenarios/base.toml"));
    let scenario = scenario(&base);
    let n = 2_100;
    let (kept, summary) = (paths(&scenario, n, 4), run(&scenario, n, 4));
    let level = |region: usize, year: usize, path: usize| kept.funding[region][year][path].exp();
    let place = |name: &str| scenario.questions().iter().position(|it| it.name() == name).unwrap();
    let hits =
        |name: &str, year: i32| summary.question(place(name)).find(|row| row.year == year).unwrap().probability.hits;
    let count = |holds: &dyn Fn(usize) -> bool| (0..n as usize).filter(|path| holds(*path)).count() as u64;
    for (index, year) in scenario.years().enumerate() {
        assert_eq!(hits("a", year), count(&|path| (0..=index).any(|y| level(0, y, path) - level(1, y, path) > 40.0)));
        let before = |path: usize| {
            if index == 0 { 2.0 } else { level(1, index - 1, path) }
        };
        assert_eq!(hits("c", year), count(&|path| level(1, index, path) / before(path) > 1.4));
    }
    assert_eq!(summary.question(place("b")).count(), 1);
    assert_eq!(hits("b", 2030), count(&|path| level(0, 6, path) / level(1, 6, path) < 7.75));
    let check = scenario.checks().iter().position(|it| it.name() == "d").unwrap();
    let breaks = |path: usize| (0..7).any(|year| kept.deals[1][year][path].exp() < 150.0);
    assert_eq!(summary.broken(&scenario, check), (count(&breaks), n));
}
