//! What every design promises, held on whole runs bit by bit.

use std::path::Path;
use std::sync::Arc;

use crate::distribution::Distribution;
use crate::engine::{
    Block, Chance, Design, JointObserver, Luck, PATHS_PER_BLOCK, Plan, Refused, Settings, Source, simulate_together,
};
use crate::random::quasi::Quasi;
use crate::scenario::{AssumptionId, Scenario};

/// Correlated growth of both sides, an event that may come and one that never does, jumps, whole deals.
const RICH: &str = r#"
title = "rich"
horizon = 2027
[us.deals]
model = "random-walk"
growth = { p10 = "-5%", p90 = "12%", why = "a test", source = "none" }
volatility = { uniform = ["10%", "30%"], why = "a test", source = "none" }
[us.deal-size]
model = "logistic"
growth = "20%"
ceiling = { uniform = ["$80m", "$200m"], why = "a test", source = "none" }
volatility = "25%"
[china.deals]
model = "random-walk"
growth = { p10 = "-8%", p90 = "9%", why = "a test", source = "none" }
volatility = "20%"
[china.counting]
deals = "poisson"
[china.deal-size]
model = "random-walk"
growth = { p10 = "-2%", p90 = "15%", why = "a test", source = "none" }
volatility = "30%"
[[correlations]]
between = ["us.deals.growth", "china.deals.growth"]
rho = 0.7
why = "a test"
[[correlations]]
between = ["china.deals.growth", "china.deal-size.growth"]
rho = -0.3
why = "a test"
[[events]]
name = "fund"
region = "china"
series = "deals"
year = { uniform = [2025, 2027], why = "a test", source = "none" }
chance = { uniform = ["10%", "60%"], why = "a test", source = "none" }
effect = { step = "+60%" }
why = "a test"
source = "none"
[[events]]
name = "never"
region = "us"
series = "deals"
year = { uniform = [2025, 2026], why = "a test", source = "none" }
chance = "0%"
effect = { step = "-50%" }
why = "a test"
source = "none"
"#;

fn scenario(text: &str) -> Scenario {
    let read = |_: &Path| Ok(text.as_bytes().to_vec());
    let loaded = crate::scenario::load(Path::new("test.toml"), &Default::default(), None, &read);
    loaded.map_err(|rejected| rejected.problems).expect("a valid scenario").scenario
}

fn base() -> Scenario {
    scenario(include_str!("../../../scenarios/base.toml"))
}

/// A scenario whose numbers are coordinates of points.
fn on_points(mut scenario: Scenario, paths: u64) -> Scenario {
    let needs = crate::scenario::needs(&[&scenario]).expect("it takes points");
    scenario.set_points(Some(Arc::new(Quasi::new(needs, 3, paths))));
    scenario
}

fn id(scenario: &Scenario, address: &str) -> AssumptionId {
    scenario.assumptions().iter().position(|it| it.address() == address).expect("an assumption")
}

/// Everything that a run says of its paths: by draw the values of the assumptions, by path the logs of all quantities.
#[derive(Clone, Debug, Default, PartialEq)]
struct Paths {
    assumptions: Vec<Vec<u64>>,
    /// By region, then path by path.
    logs: Vec<Vec<u64>>,
}

impl Paths {
    fn values(&self, id: AssumptionId) -> Vec<f64> {
        self.assumptions[id].iter().map(|bits| f64::from_bits(*bits)).collect()
    }
}

struct All {
    assumptions: usize,
    regions: usize,
    years: usize,
    found: Vec<Paths>,
}

impl JointObserver for All {
    type Counts = ();
    type Sums = Vec<Paths>;

    fn counts(&self) {}

    fn observe(&self, blocks: &[Block], (): &mut ()) -> Vec<Paths> {
        let bits = |value: &f64| value.to_bits();
        let of_block = |block: &Block| {
            let of_region = |region: usize| {
                let columns = block.region(region);
                let path = |path: u64| {
                    let row = block.row_of(block.first_path() + path);
                    (0..self.years).flat_map(move |year| {
                        let all = [columns.deals(year), columns.deal_size(year), Some(columns.funding(year))];
                        all.into_iter().flatten().map(move |column| column[row].to_bits())
                    })
                };
                (0..block.rows() as u64).flat_map(path).collect()
            };
            Paths {
                assumptions: (0..self.assumptions).map(|id| block.assumption(id).iter().map(bits).collect()).collect(),
                logs: (0..self.regions).map(of_region).collect(),
            }
        };
        blocks.iter().map(of_block).collect()
    }

    fn absorb(&mut self, sums: Vec<Paths>) {
        self.found.resize(sums.len(), Paths::default());
        for (total, block) in self.found.iter_mut().zip(sums) {
            total.assumptions.resize(block.assumptions.len(), Vec::new());
            total.logs.resize(block.logs.len(), Vec::new());
            total.assumptions.iter_mut().zip(block.assumptions).for_each(|(total, more)| total.extend(more));
            total.logs.iter_mut().zip(block.logs).for_each(|(total, more)| total.extend(more));
        }
    }

    fn finish(&mut self, (): ()) {}
}

const SETTINGS: Settings = Settings { paths: 4 * PATHS_PER_BLOCK as u64, seed: 11 };

fn paths(scenario: &Scenario, plans: &[&Plan], settings: Settings) -> Vec<Paths> {
    let mut all = All {
        assumptions: scenario.assumptions().len(),
        regions: scenario.regions().len(),
        years: scenario.years().len(),
        found: Vec::new(),
    };
    simulate_together(plans, settings, &mut all, &|_| {});
    all.found
}

fn plain(scenario: &Scenario) -> Paths {
    paths(scenario, &[&Plan::new(scenario)], SETTINGS).remove(0)
}

fn under(scenario: &Scenario, design: &Design) -> Paths {
    let plan = Plan::new(scenario).under(design).expect("a design that fits");
    paths(scenario, &[&plan], SETTINGS).remove(0)
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let (mean_a, mean_b) = (mean(a), mean(b));
    let sum = |of: &dyn Fn(f64, f64) -> f64| a.iter().zip(b).map(|(a, b)| of(a - mean_a, b - mean_b)).sum::<f64>();
    sum(&|a, b| a * b) / (sum(&|a, _| a * a) * sum(&|_, b| b * b)).sqrt()
}

/// All designs that the tests below know, on the rich scenario.
fn designs() -> Vec<Design> {
    let rows: Arc<[f64]> = vec![0.01, 0.05, -0.02].into();
    vec![
        Design::new(),
        Design::all_b(),
        Design::new().with("us.deals.growth", Source::B),
        Design::new().with("us.deals.growth", Source::Fixed(0.03)),
        Design::new().with("us.deals.growth", Source::Median(0.08)),
        Design::new().with("us.deals.growth", Source::Rows(rows)),
        Design::new().with("china.deals.growth", Source::B).with_luck_of(Chance::Process, Luck::B),
        Design::new().with_luck_of(Chance::Events, Luck::B),
        Design::new().at_medians().with_luck(Luck::Median),
    ]
}

#[test]
fn a_design_of_all_a_is_the_run_itself() {
    for scenario in [base(), scenario(RICH), on_points(base(), SETTINGS.paths)] {
        let named =
            scenario.assumptions().iter().fold(Design::new(), |design, it| design.with(it.address(), Source::A));
        let run = plain(&scenario);
        assert_eq!(under(&scenario, &Design::new()), run);
        assert_eq!(under(&scenario, &named.with_luck(Luck::A)), run);
    }
}

#[test]
fn numbers_of_b_are_those_of_another_seed_independent_and_of_the_same_laws() {
    for scenario in [base(), scenario(RICH)] {
        let (a, b) = (plain(&scenario), under(&scenario, &Design::all_b()));
        // The golden ratio in 64 bits.
        let other = Settings { seed: SETTINGS.seed ^ 0x9e37_79b9_7f4a_7c15, ..SETTINGS };
        assert_eq!(b, paths(&scenario, &[&Plan::new(&scenario)], other).remove(0));
        let draws = (SETTINGS.paths / 2) as f64;
        for (id, assumption) in scenario.assumptions().iter().enumerate().filter(|(_, it)| !it.law().is_fixed()) {
            let (a, b) = (a.values(id), b.values(id));
            assert!(correlation(&a, &b).abs() < 4.0 / draws.sqrt(), "{}", assumption.address());
            // Kolmogorov and Smirnov's distance of two samples: 1 in 10,000 is beyond 2.23 √(2/n).
            let (mut first, mut second) = (a.clone(), b.clone());
            first.sort_by(f64::total_cmp);
            second.sort_by(f64::total_cmp);
            let below = |value: f64, all: &[f64]| all.partition_point(|it| *it <= value) as f64 / draws;
            let distance = first.iter().map(|it| (below(*it, &first) - below(*it, &second)).abs()).fold(0.0, f64::max);
            assert!(distance < 2.23 * (2.0 / draws).sqrt(), "{}: {distance}", assumption.address());
        }
        let same = a.logs[0].iter().zip(&b.logs[0]).filter(|(a, b)| a == b).count();
        assert!(same * 100 < a.logs[0].len(), "{same} of {} values are the same", a.logs[0].len());
    }
}

#[test]
fn a_fixed_value_is_the_scenario_in_which_it_is_certain() {
    let growth =
        "growth = { p10 = \"-5%\", p90 = \"12%\", why = \"a test\", source = \"none\" }\nvolatility = { uniform";
    assert!(RICH.contains(growth));
    let certain = scenario(&RICH.replacen(growth, "growth = \"4%\"\nvolatility = { uniform", 1));
    let rich = scenario(RICH);
    let place = id(&certain, "us.deals.growth");
    let value = certain.assumptions()[place].law().median();
    let (fixed, run) = (under(&rich, &Design::new().with("us.deals.growth", Source::Fixed(value))), plain(&rich));
    assert_eq!(fixed, plain(&certain));
    // Nothing else moves, not even what is correlated with it: the value is set, not observed.
    assert!(fixed.values(place).iter().all(|it| *it == value));
    for id in (0..rich.assumptions().len()).filter(|id| *id != place) {
        assert_eq!(fixed.assumptions[id], run.assumptions[id], "{}", rich.assumptions()[id].address());
    }
    let region = |name: &str| rich.regions().iter().position(|it| it.name() == name).expect("a region");
    assert_eq!(fixed.logs[region("china")], run.logs[region("china")]);
    assert_ne!(fixed.logs[region("us")], run.logs[region("us")]);
}

#[test]
fn a_moved_median_keeps_every_rank_and_the_spread() {
    let rich = scenario(RICH);
    let run = plain(&rich);
    for (address, median, is_level) in
        [("us.deals.growth", 0.1, false), ("us.deals.volatility", 0.3, false), ("us.deal-size.ceiling", 150.0, true)]
    {
        let place = id(&rich, address);
        let moved = under(&rich, &Design::new().with(address, Source::Median(median)));
        // Levels are held as logs, in which a factor is a shift.
        let law = &rich.assumptions()[place].law();
        let shift = if is_level { libm::log(median / law.median()) } else { median - law.median() };
        for (before, after) in run.values(place).iter().zip(moved.values(place)) {
            assert!((after - before - shift).abs() < 1e-12, "{address}: {before} {after}, shift {shift}");
        }
        for id in (0..rich.assumptions().len()).filter(|id| *id != place) {
            assert_eq!(moved.assumptions[id], run.assumptions[id]);
        }
    }
    let moved_to_itself = Design::new()
        .with("us.deals.growth", Source::Median(rich.assumptions()[id(&rich, "us.deals.growth")].law().median()));
    assert_eq!(under(&rich, &moved_to_itself), run);
}

#[test]
fn another_law_is_the_scenario_with_that_law() {
    let wide = RICH.replacen("p10 = \"-8%\", p90 = \"9%\"", "p10 = \"-18%\", p90 = \"29%\"", 1);
    let (rich, wide) = (scenario(RICH), scenario(&wide));
    let law = wide.assumptions()[id(&wide, "china.deals.growth")].law().clone();
    let changed = under(&rich, &Design::new().with("china.deals.growth", Source::Law(law)));
    assert_eq!(changed, plain(&wide));
    assert_ne!(changed, plain(&rich));
}

#[test]
fn rows_are_taken_one_after_the_other_and_nothing_else_moves() {
    let rich = scenario(RICH);
    let rows: Vec<f64> = (0..700).map(|row| f64::from(row) * 1e-4).collect();
    let (run, place) = (plain(&rich), id(&rich, "us.deals.growth"));
    let given = under(&rich, &Design::new().with("us.deals.growth", Source::Rows(rows.clone().into())));
    for (draw, value) in given.values(place).into_iter().enumerate() {
        assert_eq!(value, rows[draw % rows.len()]);
    }
    for id in (0..rich.assumptions().len()).filter(|id| *id != place) {
        assert_eq!(given.assumptions[id], run.assumptions[id]);
    }
    // The values of the run itself, given row by row, are the run; a level is given in its unit, and its log is rounded.
    let own = Design::new().with("us.deals.growth", Source::Rows(run.values(place).into()));
    assert_eq!(under(&rich, &own), run);
    // A certain value gives way to rows too.
    let certain = scenario(&RICH.replacen("volatility = \"20%\"", "volatility = \"22%\"", 1));
    let varied = under(&certain, &Design::new().with("china.deals.volatility", Source::Rows(vec![0.1, 0.3].into())));
    assert_eq!(varied.values(id(&certain, "china.deals.volatility"))[..4], [0.1, 0.3, 0.1, 0.3]);
}

#[test]
fn an_address_without_effect_changes_exactly_nothing() {
    let rich = scenario(RICH);
    let run = plain(&rich);
    for source in [Source::B, Source::Fixed(2026.0), Source::Median(2025.7), Source::Rows(vec![2025.0].into())] {
        let changed = under(&rich, &Design::new().with("events.never.year", source));
        assert_eq!(changed.logs, run.logs);
    }
    assert_ne!(under(&rich, &Design::new().with("events.fund.year", Source::Fixed(2025.0))).logs, run.logs);
    assert_ne!(under(&rich, &Design::new().with("events.fund.chance", Source::Fixed(0.9))).logs, run.logs);
}

#[test]
fn designs_side_by_side_are_designs_one_by_one() {
    let (rich, base) = (scenario(RICH), on_points(base(), SETTINGS.paths));
    let growth = base.assumptions().iter().find(|it| !it.law().is_fixed()).expect("uncertain").address().to_owned();
    let of_base = vec![Design::new(), Design::all_b(), Design::new().with(growth, Source::B)];
    for (scenario, designs) in [(&rich, designs()), (&base, of_base)] {
        let plan = Plan::new(scenario);
        let plans: Vec<Plan> = designs.iter().map(|design| plan.under(design).expect("a design that fits")).collect();
        let together = paths(scenario, &plans.iter().collect::<Vec<_>>(), SETTINGS);
        for (plan, seen) in plans.iter().zip(&together) {
            assert_eq!(paths(scenario, &[plan], SETTINGS)[0], *seen);
        }
        // No two of them are the same but by design.
        for (place, paths) in together.iter().enumerate() {
            assert!(together[..place].iter().all(|other| other != paths), "design {place}");
        }
    }
}

/// Bits are the same on any number of threads, and without threads: the sum below was seen in a build with them.
#[test]
fn designs_do_not_depend_on_threads() {
    let rich = scenario(RICH);
    let plan = Plan::new(&rich);
    let plans: Vec<Plan> = designs().iter().map(|design| plan.under(design).expect("a design that fits")).collect();
    let run = || paths(&rich, &plans.iter().collect::<Vec<_>>(), SETTINGS);
    let whole = run();
    for threads in [1, 3] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        assert_eq!(pool.install(run), whole);
    }
    let bits = whole.iter().flat_map(|paths| paths.assumptions.iter().chain(&paths.logs).flatten());
    let sum = bits.fold(0_u64, |sum, bits| sum.rotate_left(5).wrapping_add(*bits));
    assert_eq!(sum, 0xfdf5_7750_f8f9_1f36, "{sum:#x}");
}

#[test]
fn without_luck_a_random_walk_is_its_drift() {
    let text = RICH.replace("[china.counting]\ndeals = \"poisson\"\n", "");
    let rich = scenario(&text);
    let still = under(&rich, &Design::new().with_luck(Luck::Median));
    let growth = still.values(id(&rich, "china.deals.growth"));
    let region = rich.regions().iter().position(|it| it.name() == "china").expect("a region");
    let start = rich.regions()[region].deals().as_ref().expect("modelled").start();
    let start = libm::log(start);
    let years = rich.years().len();
    for (path, logs) in still.logs[region].chunks(3 * years).enumerate() {
        let deals = |year: usize| f64::from_bits(logs[3 * year]);
        // An event with a chance of at most a half does not happen in the median.
        let chance = still.values(id(&rich, "events.fund.chance"))[path / 2];
        if chance <= 0.5 {
            for year in 0..years {
                let expected = start + (year + 1) as f64 * growth[path / 2];
                assert!((deals(year) - expected).abs() < 1e-12, "path {path}, year {year}");
            }
        }
    }
    let both: Vec<&[u64]> = still.logs[region].chunks(3 * years).collect();
    assert!(both.chunks(2).all(|pair| pair[0] == pair[1]), "without luck the two paths of a draw are one");
    // All at their medians: every path is the same.
    let middle = under(&rich, &Design::new().at_medians().with_luck(Luck::Median));
    let all: Vec<&[u64]> = middle.logs[region].chunks(3 * years).collect();
    assert!(all.iter().all(|path| *path == all[0]));
}

#[test]
fn what_is_drawn_again_follows_what_is_correlated_with_it_and_stays() {
    let rich = scenario(RICH);
    let names = ["us.deals.growth", "china.deals.growth", "china.deal-size.growth"];
    let places = names.map(|name| id(&rich, name));
    let run = plain(&rich);
    let n = (SETTINGS.paths / 2) as f64;
    let of = |paths: &Paths| places.map(|place| paths.values(place));
    let a = of(&run);
    let again = of(&under(&rich, &Design::new().with(names[1], Source::B)));
    assert_eq!((&again[0], &again[2]), (&a[0], &a[2]), "what stays with A keeps its values");
    // A redrawn value has the correlations of the copula with what stays: ranks of 0.7 are 2 sin(0.7 π/6).
    let rho = |spearman: f64| 2.0 * libm::sin(std::f64::consts::PI * spearman / 6.0);
    for (other, spearman) in [(0, 0.7), (2, -0.3)] {
        let found = correlation(&again[1], &again[other]);
        assert!((found - rho(spearman)).abs() < 4.0 / n.sqrt(), "{found} and {}", rho(spearman));
    }
    // Given them, it is independent of the value it had: both are E + rest, so they correlate by the explained share.
    let (r, s) = (rho(0.7), rho(-0.3));
    let explained = r * r + s * s;
    let found = correlation(&again[1], &a[1]);
    assert!((found - explained).abs() < 4.0 / n.sqrt(), "{found} and {explained}");
    // What is set by hand says nothing of the others: given nothing, the new values have nothing of the old ones.
    let alone =
        Design::new().with(names[0], Source::Fixed(0.02)).with(names[1], Source::B).with(names[2], Source::Fixed(0.03));
    let found = correlation(&of(&under(&rich, &alone))[1], &a[1]);
    assert!(found.abs() < 4.0 / n.sqrt(), "{found}");
}

#[test]
fn on_points_b_has_dimensions_of_its_own() {
    let base = on_points(base(), SETTINGS.paths);
    let plan = Plan::new(&base).under(&Design::all_b()).expect("a design that fits");
    assert!(plan.points[1].is_some());
    let (a, b) = (plain(&base), under(&base, &Design::all_b()));
    let draws = (SETTINGS.paths / 2) as usize;
    let mut stratified = 0;
    for (id, assumption) in base.assumptions().iter().enumerate().filter(|(_, it)| !it.law().is_fixed()) {
        let (a, b) = (a.values(id), b.values(id));
        assert!(correlation(&a, &b).abs() < 4.0 / (draws as f64).sqrt(), "{}", assumption.address());
        let Distribution::Normal { mean, sd } = assumption.law() else { continue };
        // Behind the first of a copula, a value is a mixture of coordinates.
        if base.assumption_correlations().0.iter().skip(1).any(|coupled| *coupled == id) {
            continue;
        }
        // In each of 16 replicates, one value of every stratum of its law.
        for replicate in b.chunks(draws / 16) {
            let strata = replicate.len() as f64;
            let rank = |value: &f64| (strata * crate::special::normal_cdf((value - mean) / sd)) as usize;
            let mut found: Vec<usize> = replicate.iter().map(rank).collect();
            found.sort_unstable();
            found.dedup();
            assert_eq!(found.len(), replicate.len(), "{}", assumption.address());
        }
        stratified += 1;
    }
    assert!(stratified > 0);
}

#[test]
fn what_does_not_fit_is_refused_with_its_reason() {
    let rich = scenario(&RICH.replacen("horizon = 2027", "horizon = 2027\n[shocks]\nlaw = { student-t = 5 }\n", 1));
    let refused = |address: &str, source: Source| {
        Plan::new(&rich).under(&Design::new().with(address, source)).map(|_| ()).expect_err("refused")
    };
    let address = || "us.deals.growth".to_owned();
    assert_eq!(refused("us.deals.grwth", Source::A), Refused::Unknown { address: "us.deals.grwth".to_owned() });
    assert_eq!(refused(&address(), Source::Rows(Vec::new().into())), Refused::NoRows { address: address() });
    for value in [f64::NAN, 2.0, f64::INFINITY] {
        for source in [Source::Fixed(value), Source::Median(value), Source::Rows(vec![0.1, value].into())] {
            assert!(matches!(refused(&address(), source), Refused::OutOfRange { .. }), "{value}");
        }
    }
    let law =
        rich.assumptions().iter().find(|it| it.address().starts_with("shocks.")).expect("a law").address().to_owned();
    assert_eq!(refused(&law, Source::Fixed(4.0)), Refused::Structural { address: law.clone() });
    // Left as it is, it does not stand in the way.
    assert!(Plan::new(&rich).under(&Design::all_b().at_medians().with(law, Source::B)).is_ok());
}
