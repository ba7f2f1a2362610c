//! An independent slow simulator: plain loops over paths and years that share nothing with the engine but the random
//! numbers, and agree with it path by path.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests may use the platform's mathematics")]

mod support;

use aigap::distribution::Distribution;
use aigap::event::Effect;
use aigap::growth::{Growth, Kind};
use aigap::metric::{Base, Measure, Metric, Milestone, Question, Standing, Subject};
use aigap::random::{Key, Numbers, Purpose};
use aigap::scenario::{Quantity, Scenario, SeriesKind};
use support::{Paths, paths, run, scenario};

/// Standard normal quantile by bisection on the complementary error function, then Newton.
fn normal(p: f64) -> f64 {
    let cdf = |x: f64| 0.5 * libm::erfc(-x / 2f64.sqrt());
    let lower = p < 0.5;
    // Work in the lower tail, where the distribution function keeps its digits.
    let target = if lower { p } else { 1.0 - p };
    let (mut low, mut high) = (-9.0, 0.0);
    for _ in 0..80 {
        let middle = 0.5 * (low + high);
        if cdf(middle) < target { low = middle } else { high = middle }
    }
    let mut x = 0.5 * (low + high);
    for _ in 0..3 {
        let density = (-0.5 * x * x).exp() / (2.0 * std::f64::consts::PI).sqrt();
        x -= (cdf(x) - target) / density;
    }
    if lower { x } else { -x }
}

fn quantile(law: &Distribution, p: f64) -> f64 {
    match law {
        Distribution::Fixed(value) => *value,
        Distribution::Normal { mean, sd } => mean + sd * normal(p),
        Distribution::LogNormal { mu, sigma } => (mu + sigma * normal(p)).exp(),
        Distribution::Uniform { low, high } => low + (high - low) * p,
        Distribution::Triangular { low, mode, high } => {
            let share = (mode - low) / (high - low);
            if p < share {
                low + (p * (high - low) * (mode - low)).sqrt()
            } else {
                high - ((1.0 - p) * (high - low) * (high - mode)).sqrt()
            }
        }
        Distribution::OneOf { values, weights } => {
            let mut sum = 0.0;
            for (value, weight) in values.iter().zip(weights) {
                sum += weight;
                if p <= sum {
                    return *value;
                }
            }
            *values.last().unwrap()
        }
        Distribution::Truncated { law, below, above } => quantile(law, below + (1.0 - above - below) * p),
        // A beta law by bisection on a trapezoid would share no code but be slow; its own rows check it.
        Distribution::Pert { .. } => law.quantile(p),
    }
}

fn cholesky(matrix: &[f64], n: usize) -> Vec<f64> {
    let rows = nalgebra::DMatrix::from_row_slice(n, n, matrix);
    let lower = rows.cholesky().expect("the test matrices are positive definite").l();
    (0..n * n).map(|place| lower[(place / n, place % n)]).collect()
}

struct Slow<'a> {
    scenario: &'a Scenario,
    numbers: Numbers,
    factor: Vec<f64>,
}

impl Slow<'_> {
    /// Values of all assumptions of a draw.
    fn draw(&self, draw: u64) -> Vec<f64> {
        let assumptions = &self.scenario.assumptions;
        let uniform = |id: usize| {
            let key = Key::new(Purpose::Assumption, &assumptions[id].address);
            self.numbers.uniform(draw, 0, key, 0)
        };
        let (members, copula) = &self.scenario.assumption_correlations;
        let factor = if members.is_empty() { Vec::new() } else { cholesky(&copula.matrix, members.len()) };
        let values = (0..assumptions.len()).map(|id| {
            let p = match members.iter().position(|member| *member == id) {
                None => uniform(id),
                Some(row) => {
                    let z: f64 = (0..=row).map(|j| factor[row * members.len() + j] * normal(uniform(members[j]))).sum();
                    0.5 * libm::erfc(-z / 2f64.sqrt())
                }
            };
            let value = quantile(&assumptions[id].law, p);
            if assumptions[id].kind == Kind::Level { value.ln() } else { value }
        });
        values.collect()
    }

    /// Logs of every modelled series in every year of a path, events included.
    fn path(&self, path: u64) -> Vec<Vec<f64>> {
        let values = self.draw(path / 2);
        let series: Vec<_> = self.scenario.series().collect();
        let shocked: Vec<_> = self.scenario.shocked_series().map(|series| series.address.clone()).collect();
        let mut level: Vec<f64> = series.iter().map(|series| series.start.ln()).collect();
        let mut memory = vec![f64::NAN; series.len()];
        let mut out = vec![Vec::new(); series.len()];
        for year in self.scenario.years() {
            let z: Vec<f64> = shocked
                .iter()
                .map(|address| normal(self.numbers.uniform(path, year, Key::new(Purpose::Shock, address), 0)))
                .collect();
            for (place, series) in series.iter().enumerate() {
                let n = shocked.len();
                let shock = shocked
                    .iter()
                    .position(|address| *address == series.address)
                    .map_or(0.0, |row| (0..=row).map(|j| self.factor[row * n + j] * z[j]).sum::<f64>());
                let of = |quantity: &Quantity| values[quantity.in_year(year)];
                match &series.growth {
                    Growth::RandomWalk(it) => level[place] += of(&it.growth) + of(&it.volatility) * shock,
                    Growth::Fade(it) => {
                        let before = if memory[place].is_nan() { of(&it.initial_growth) } else { memory[place] };
                        let kept = 0.5f64.powf(1.0 / of(&it.half_life));
                        memory[place] = of(&it.long_run_growth) * (1.0 - kept) + before * kept;
                        level[place] += memory[place] + of(&it.volatility) * shock;
                    }
                    Growth::Ar1(it) => {
                        let before = if memory[place].is_nan() { of(&it.initial_growth) } else { memory[place] };
                        let long = of(&it.long_run_growth);
                        memory[place] = long + of(&it.persistence) * (before - long) + of(&it.volatility) * shock;
                        level[place] += memory[place];
                    }
                    Growth::Logistic(it) => {
                        let ceiling = of(&it.ceiling).exp();
                        let l = level[place].exp();
                        let odds = if memory[place].is_nan() { (l / (ceiling - l)).ln() } else { memory[place] };
                        memory[place] = odds + of(&it.growth) + of(&it.volatility) * shock;
                        level[place] = (ceiling / (1.0 + (-memory[place]).exp())).ln();
                    }
                    Growth::Gompertz(it) => {
                        let (top, kept) = (of(&it.ceiling), 0.5f64.powf(1.0 / of(&it.half_life)));
                        level[place] = top * (1.0 - kept) + level[place] * kept + of(&it.volatility) * shock;
                    }
                    Growth::Path(it) => {
                        // Log-linear between the written years, from the base year on, then constant.
                        let mut from = (self.scenario.base_year, series.start.ln());
                        for (to, quantity) in &it.levels {
                            let target = of(quantity);
                            if year <= *to {
                                let share = f64::from(year - from.0) / f64::from(to - from.0);
                                level[place] = from.1 + (target - from.1) * share;
                                break;
                            }
                            (from, level[place]) = ((*to, target), target);
                        }
                    }
                }
                out[place].push(level[place] + self.events(path, place, year, &values));
            }
        }
        out
    }

    fn events(&self, path: u64, place: usize, year: i32, values: &[f64]) -> f64 {
        let mut sum = 0.0;
        for event in &self.scenario.events {
            let hit = event.targets.iter().any(|(region, kind)| self.acts_on(*region, *kind, place));
            let happens = event.chance.is_none_or(|chance| {
                self.numbers.uniform(path, 0, Key::new(Purpose::EventFlag, &event.address), 0) < values[chance]
            });
            if hit && happens {
                let Effect::Step { size, over } = &event.effect;
                let years = f64::from(year) - values[event.year] + 1.0;
                sum += values[*size] * (years.max(0.0) / f64::from(*over)).min(1.0);
            }
        }
        sum
    }

    /// An event on what is not modelled acts through the other: funding and deal size stand for each other.
    fn acts_on(&self, region: usize, kind: SeriesKind, place: usize) -> bool {
        let target = &self.scenario.regions[region];
        let has = |kind| target.series().any(|series| series.kind == kind);
        let through = match kind {
            _ if has(kind) => kind,
            SeriesKind::Funding => SeriesKind::DealSize,
            _ => SeriesKind::Funding,
        };
        let series = self.scenario.series().nth(place).unwrap();
        series.address == format!("{}.{}", target.name, through.name())
    }
}

fn close(fast: f64, slow: f64, what: &str) {
    assert!((fast - slow).abs() <= 1e-12 * slow.abs().max(1.0), "{what}: {fast} and {slow}");
}

/// Compares every modelled series, and what follows from the identity, on a few hundred paths.
fn agrees(text: &str) -> (Scenario, Paths) {
    let scenario = scenario(text);
    // Neither a whole number of blocks nor a power of two.
    let n = 2_300;
    let fast = paths(&scenario, n, 99);
    let slow = Slow {
        scenario: &scenario,
        numbers: Numbers::new(99),
        factor: cholesky(&scenario.shock_correlations.matrix, scenario.shock_correlations.size),
    };
    for path in (0..n).step_by(7) {
        let logs = slow.path(path);
        let mut place = 0;
        for (region, it) in scenario.regions.iter().enumerate() {
            let mut of = [None, None, None];
            for series in it.series() {
                of[series.kind as usize] = Some(&logs[place]);
                place += 1;
            }
            for year in 0..scenario.years().len() {
                let at = |kind: SeriesKind| of[kind as usize].map(|column| column[year]);
                let thousand = 1000f64.ln();
                let (n, s, f) = match (at(SeriesKind::Deals), at(SeriesKind::DealSize), at(SeriesKind::Funding)) {
                    (Some(n), Some(s), None) => (n, s, n + s - thousand),
                    (Some(n), None, Some(f)) => (n, f - n + thousand, f),
                    (None, Some(s), Some(f)) => (f - s + thousand, s, f),
                    (_, _, f) => (f64::NAN, f64::NAN, f.unwrap()),
                };
                let row = path as usize;
                let what = format!("{} in year {year} of path {path}", it.name);
                close(fast.funding[region][year][row], f, &what);
                if !n.is_nan() {
                    close(fast.deals[region][year][row], n, &what);
                    close(fast.deal_size[region][year][row], s, &what);
                }
            }
        }
    }
    (scenario, fast)
}

#[test]
fn the_shipped_baseline_agrees_path_by_path() {
    agrees(include_str!("../scenarios/base.toml"));
}

/// Every model, every distribution, dated values, every layout of a region, events of every kind.
const EVERYTHING: &str = r#"
horizon = 2034
[us.deals]
model = "logistic"
growth = ["35%", { from = 2027, p10 = "5%", p90 = "20%" }]
ceiling = { p5 = 1600, p95 = 4000 }
volatility = { uniform = ["10%", "30%"] }
[us.deal-size]
model = "fade"
initial-growth = { triangular = ["-10%", "5%", "40%"] }
long-run-growth = { pert = ["0%", "4%", "10%"] }
half-life = { mean = 2, sd = 0.5 }
volatility = { lognormal = { p10 = "20%", p90 = "50%" } }
[china.deals]
model = "ar1"
initial-growth = "-38%"
long-run-growth = { mean = "3%", sd = "5%" }
persistence = { uniform = [-0.3, 0.6] }
volatility = "30%"
[china.funding]
model = "gompertz"
ceiling = ["$6bn", { from = 2030, value = { } }]
half-life = 3
volatility = { one-of = ["20%", "60%"], weights = ["75%", "25%"] }
[rest.deal-size]
model = "random-walk"
growth = { mean = "2%", sd = "30%" }
volatility = "40%"
[rest.funding]
model = "path"
levels = { 2025 = "$12bn", 2030 = { p10 = "$15bn", p90 = "$40bn" } }
[[correlations]]
between = ["us.deals", "china.deals"]
rho = 0.5
[[correlations]]
between = ["us.deal-size", "rest.deal-size"]
rho = -0.6
[[correlations]]
between = ["china.funding", "us.deals"]
rho = 0.2
[[correlations]]
between = ["us.deals.volatility", "china.deals.long-run-growth"]
rho = 0.7
[[correlations]]
between = ["us.deals.ceiling", "china.deals.long-run-growth"]
rho = -0.4
[[events]]
name = "Winter"
region = ["us", "china"]
series = ["deals", "funding"]
year = { uniform = [2025, 2028] }
effect = { step = { p10 = "-50%", p90 = "-10%" }, over = 3 }
chance = { uniform = ["20%", "60%"] }
[[events]]
name = "Push"
region = "china"
series = "deal-size"
year = 2026
effect = { step = "+60%" }
"#;

fn everything() -> String {
    EVERYTHING.replace("{ from = 2030, value = { } }", "{ from = 2030, value = \"$9bn\" }")
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
    let spread = summary.gap(Metric::Gap, scenario.horizon).unwrap();
    close(spread.mean.unwrap() / mean, 1.0, "mean");
    close(spread.sd.unwrap() / sd, 1.0, "sd");
    let mut sorted = gap.clone();
    sorted.sort_by(f64::total_cmp);
    let rank = 0.9 * (n - 1) as f64;
    let (below, share) = (rank.floor() as usize, rank - rank.floor());
    let exact = sorted[below] + share * (sorted[below + 1] - sorted[below]);
    assert!((spread.quantile(0.9).unwrap() - exact).abs() <= exact.abs() / 1024.0);
    let world = Measure { metric: Metric::Funding, subject: Subject::World };
    let world = summary.fan_row(world, scenario.horizon).unwrap().simulated.as_ref().unwrap();
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
                let lowest = (0..=index).map(|y| level(0, y, *path) - level(1, y, *path)).fold(f64::INFINITY, f64::min);
                let (us, china) = (level(0, index, *path), level(1, index, *path));
                question.holds(Standing { gap: us - china, ratio: us / china, lowest_gap: lowest }, &base)
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
    let place = |name: &str| scenario.questions.iter().position(|it| it.name == name).unwrap();
    let hits =
        |name: &str, year: i32| summary.question(place(name)).find(|row| row.year == year).unwrap().probability.hits;
    let count = |holds: &dyn Fn(usize) -> bool| (0..n as usize).filter(|path| holds(*path)).count() as u64;
    for (index, year) in scenario.years().enumerate() {
        assert_eq!(hits("a", year), count(&|path| (0..=index).any(|y| level(0, y, path) - level(1, y, path) > 40.0)));
        let before = |path: usize| if index == 0 { 2.0 } else { level(1, index - 1, path) };
        assert_eq!(hits("c", year), count(&|path| level(1, index, path) / before(path) > 1.4));
    }
    assert_eq!(summary.question(place("b")).count(), 1);
    assert_eq!(hits("b", 2030), count(&|path| level(0, 6, path) / level(1, 6, path) < 7.75));
    let check = scenario.checks.iter().position(|it| it.name == "d").unwrap();
    let breaks = |path: usize| (0..7).any(|year| kept.deals[1][year][path].exp() < 150.0);
    assert_eq!(summary.broken(&scenario, check), (count(&breaks), n));
}
