//! Scenarios, designs and whole runs bit by bit, which the laws of designs are held against.

use std::path::Path;
use std::sync::Arc;

use crate::engine::{Block, Chance, Design, Luck, Observer, PATHS_PER_BLOCK, Plan, Settings, Source, simulate};
use crate::scenario::{AssumptionId, Scenario};

/// Correlated growth of both sides, an event that may come and one that never does, jumps, whole deals.
pub(crate) const RICH: &str = r#"
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

pub(crate) fn scenario(text: &str) -> Scenario {
    let read = |_: &Path| Ok(text.as_bytes().to_vec());
    let loaded = crate::scenario::load(Path::new("test.toml"), &Default::default(), None, &read);
    loaded.map_err(|rejected| rejected.problems).expect("a valid scenario").scenario
}

pub(crate) fn base() -> Scenario {
    scenario(include_str!("../../../../scenarios/base.toml"))
}

/// Settings of a run whose numbers are coordinates of points.
pub(crate) fn on_points(scenario: &Scenario) -> Settings {
    Settings::on_points(&[scenario], SETTINGS.paths, 3).expect("it takes points")
}

pub(crate) fn id(scenario: &Scenario, address: &str) -> AssumptionId {
    scenario.assumptions().iter().position(|it| it.address() == address).expect("an assumption")
}

/// Everything that a run says of its paths: by draw the values of the assumptions, by path the logs of all quantities.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Paths {
    pub assumptions: Vec<Vec<u64>>,
    /// By region, then path by path.
    pub logs: Vec<Vec<u64>>,
}

impl Paths {
    pub(crate) fn values(&self, id: AssumptionId) -> Vec<f64> {
        self.assumptions[id].iter().map(|bits| f64::from_bits(*bits)).collect()
    }
}

struct All {
    assumptions: usize,
    regions: usize,
    years: usize,
    found: Vec<Paths>,
}

impl Observer for All {
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

pub(crate) const SETTINGS: Settings = Settings::new(4 * PATHS_PER_BLOCK as u64, 11);

pub(crate) fn paths(scenario: &Scenario, plans: &[&Plan], settings: &Settings) -> Vec<Paths> {
    let mut all = All {
        assumptions: scenario.assumptions().len(),
        regions: scenario.regions().len(),
        years: scenario.years().len(),
        found: Vec::new(),
    };
    simulate(plans, settings, &mut all, &|_| {});
    all.found
}

pub(crate) fn plain(scenario: &Scenario) -> Paths {
    plain_with(scenario, &SETTINGS)
}

pub(crate) fn under(scenario: &Scenario, design: &Design) -> Paths {
    under_with(scenario, design, &SETTINGS)
}

pub(crate) fn plain_with(scenario: &Scenario, settings: &Settings) -> Paths {
    paths(scenario, &[&Plan::new(scenario)], settings).remove(0)
}

pub(crate) fn under_with(scenario: &Scenario, design: &Design, settings: &Settings) -> Paths {
    let plan = Plan::new(scenario).under(design).expect("a design that fits");
    paths(scenario, &[&plan], settings).remove(0)
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

pub(crate) fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let (mean_a, mean_b) = (mean(a), mean(b));
    let sum = |of: &dyn Fn(f64, f64) -> f64| a.iter().zip(b).map(|(a, b)| of(a - mean_a, b - mean_b)).sum::<f64>();
    sum(&|a, b| a * b) / (sum(&|a, _| a * a) * sum(&|_, b| b * b)).sqrt()
}

/// All designs that the tests below know, on the rich scenario.
pub(crate) fn designs() -> Vec<Design> {
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
