//! What several test files need: scenarios from text, runs, and all paths of a run.

use std::path::Path;

use aigap::engine::{self, Block, Observer, Plan, Settings};
use aigap::scenario::{Layers, Loaded, Rejected, Scenario, load};
use aigap::summary::{Summary, Wanted};

/// BASE of the method (section 8): a test scenario, not the default baseline. Drifts are written as the percentages
/// whose logs are 0.02, 0.05, 0.04 and 0.08.
pub const BASE: &str = r#"
title = "BASE"
horizon = 2035
[us.deals]
model = "random-walk"
growth = "2.02013400267558%"
volatility = "20%"
[us.deal-size]
model = "random-walk"
growth = "5.12710963760240%"
volatility = "35%"
[china.deals]
model = "random-walk"
growth = "4.08107741923882%"
volatility = "25%"
[china.deal-size]
model = "random-walk"
growth = "8.32870676749586%"
volatility = "45%"
[[correlations]]
between = ["us.deals", "us.deal-size"]
rho = 0.2
[[correlations]]
between = ["us.deals", "china.deals"]
rho = 0.4
[[correlations]]
between = ["us.deals", "china.deal-size"]
rho = 0.1
[[correlations]]
between = ["us.deal-size", "china.deals"]
rho = 0.1
[[correlations]]
between = ["us.deal-size", "china.deal-size"]
rho = 0.3
[[correlations]]
between = ["china.deals", "china.deal-size"]
rho = 0.2
"#;

/// Reads a scenario from texts by name, the first one being the scenario itself.
pub fn try_read(files: &[(&str, &str)], layers: &Layers) -> Result<Loaded, Box<Rejected>> {
    let read = |path: &Path| {
        let name = path.to_string_lossy();
        let found = files.iter().find(|(known, _)| *known == name);
        found.map(|(_, text)| text.as_bytes().to_vec()).ok_or_else(|| "there is no such file".to_owned())
    };
    load(Path::new(files[0].0), layers, None, &read)
}

/// A scenario from text; fails the test with all messages if it is not valid.
pub fn scenario(text: &str) -> Scenario {
    match try_read(&[("test.toml", text)], &Layers::default()) {
        Ok(loaded) => loaded.scenario,
        Err(rejected) => {
            let messages = rejected.problems.iter().map(|problem| problem.render(&rejected.sources, false));
            panic!("{}", messages.collect::<Vec<_>>().join("\n"))
        }
    }
}

/// The baseline as shipped.
pub fn shipped_base() -> Scenario {
    scenario(include_str!("../../scenarios/base.toml"))
}

/// Runs a scenario.
pub fn run(scenario: &Scenario, paths: u64, seed: u64) -> Summary {
    Summary::of(scenario, &Settings::new(paths, seed), Wanted::default(), &|_| {})
}

/// Natural logs of deals, deal size and funding of every region, year and path of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Paths {
    /// By region, year and path.
    pub deals: Vec<Vec<Vec<f64>>>,
    /// By region, year and path.
    pub deal_size: Vec<Vec<Vec<f64>>>,
    /// By region, year and path.
    pub funding: Vec<Vec<Vec<f64>>>,
    /// Largest deal in $m, by region, year and path; empty without single deals.
    pub largest: Vec<Vec<Vec<f64>>>,
    /// Share of the ten largest deals, likewise.
    pub top_ten_share: Vec<Vec<Vec<f64>>>,
    /// By assumption and draw.
    pub assumptions: Vec<Vec<f64>>,
    /// Paths that left the range of numbers.
    pub saturated: u64,
}

struct Keeper {
    regions: usize,
    years: usize,
    assumptions: usize,
    kept: Paths,
}

impl Observer for Keeper {
    type Counts = ();
    type Sums = Paths;

    fn counts(&self) {}

    fn observe(&self, blocks: &[Block], (): &mut ()) -> Paths {
        let block = &blocks[0];
        let in_order = |column: &[f64]| -> Vec<f64> {
            (0..block.rows() as u64).map(|path| column[block.row_of(block.first_path() + path)]).collect()
        };
        let all = |of: &dyn Fn(usize, usize) -> Vec<f64>| -> Vec<Vec<Vec<f64>>> {
            (0..self.regions).map(|region| (0..self.years).map(|year| of(region, year)).collect()).collect()
        };
        Paths {
            deals: all(&|region, year| block.region(region).deals(year).map_or_else(Vec::new, in_order)),
            deal_size: all(&|region, year| block.region(region).deal_size(year).map_or_else(Vec::new, in_order)),
            funding: all(&|region, year| in_order(block.region(region).funding(year))),
            largest: all(&|region, year| {
                block.region(region).one_by_one().map_or_else(Vec::new, |deals| in_order(deals.largest(year)))
            }),
            top_ten_share: all(&|region, year| {
                block.region(region).one_by_one().map_or_else(Vec::new, |deals| in_order(deals.top_ten_share(year)))
            }),
            assumptions: (0..self.assumptions).map(|id| block.assumption(id).to_vec()).collect(),
            saturated: block.saturated(),
        }
    }

    fn absorb(&mut self, block: Paths) {
        let join = |kept: &mut Vec<Vec<Vec<f64>>>, block: Vec<Vec<Vec<f64>>>| {
            if kept.is_empty() {
                *kept = block;
                return;
            }
            for (kept, block) in kept.iter_mut().flatten().zip(block.into_iter().flatten()) {
                kept.extend(block);
            }
        };
        join(&mut self.kept.deals, block.deals);
        join(&mut self.kept.deal_size, block.deal_size);
        join(&mut self.kept.funding, block.funding);
        join(&mut self.kept.largest, block.largest);
        join(&mut self.kept.top_ten_share, block.top_ten_share);
        if self.kept.assumptions.is_empty() {
            self.kept.assumptions = block.assumptions;
        } else {
            self.kept.assumptions.iter_mut().zip(block.assumptions).for_each(|(kept, block)| kept.extend(block));
        }
        self.kept.saturated += block.saturated;
    }

    fn finish(&mut self, (): ()) {}
}

/// All paths of a run.
pub fn paths(scenario: &Scenario, paths: u64, seed: u64) -> Paths {
    let mut keeper = Keeper {
        regions: scenario.regions().len(),
        years: scenario.years().len(),
        assumptions: scenario.assumptions().len(),
        kept: Paths::default(),
    };
    engine::simulate(&[&Plan::new(scenario)], &Settings::new(paths, seed), &mut keeper, &|_| {});
    keeper.kept
}
