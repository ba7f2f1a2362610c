//! Where the spread comes from: the share of each layer of chance in the variance of a log.
//!
//! For a layer, futures are simulated twice: once with everything else drawn afresh, once with only this layer drawn
//! afresh. The covariance of the first pair is the variance that the layer explains alone (Sobol's first-order index,
//! Saltelli et al. 2010), half the mean squared difference of the second the variance it has a part in (Jansen 1999).
//! On logs, because the variance of a level is governed by its few largest paths; the scale is named in every row.

mod share;
mod twins;

use crate::engine::{self, Layer, PATHS_PER_BLOCK, Plan, Settings};
use crate::metric::Metric;
use crate::scenario::Scenario;

pub use share::LayerShare;
use twins::Twins;

/// Most paths that the shares rest on: a standard error of half a percent is enough to rank layers.
const MOST_PATHS: u64 = 32_768;

/// Shares of all layers that a scenario has.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Uncertainty {
    /// A row for each quantity, year and layer; none where nothing varies.
    pub rows: Vec<LayerShare>,
    /// Paths they rest on.
    pub paths: u64,
}

impl Uncertainty {
    /// Simulates what it takes, in the current thread pool.
    #[must_use]
    pub fn of(scenario: &Scenario, settings: &Settings) -> Self {
        let layers = present(scenario);
        // Deals one by one cost ten times as much as totals, and four times fewer of them twice the error.
        let single = scenario.regions().iter().any(|region| region.counting().is_some_and(|it| it.sizes().is_some()));
        let paths = settings.paths.min(if single { MOST_PATHS / 4 } else { MOST_PATHS });
        if layers.is_empty() {
            return Self { rows: Vec::new(), paths };
        }
        let plan = Plan::new(scenario);
        if let [layer] = layers[..] {
            return Self::of_one(scenario, &plan, layer, &settings.up_to(paths.min(paths_of_one(layer))));
        }
        // Which layers are drawn afresh; with two layers, all but one is the other one.
        let mut fresh: Vec<Vec<Layer>> = vec![Vec::new()];
        let place = |set: Vec<Layer>, fresh: &mut Vec<Vec<Layer>>| {
            fresh.iter().position(|known| *known == set).unwrap_or_else(|| {
                fresh.push(set);
                fresh.len() - 1
            })
        };
        let pairs: Vec<[usize; 2]> = layers
            .iter()
            .map(|layer| {
                let others = layers.iter().copied().filter(|other| other != layer).collect();
                [place(others, &mut fresh), place(vec![*layer], &mut fresh)]
            })
            .collect();
        let plans: Vec<Plan> = fresh.iter().map(|layers| plan.with_fresh(layers)).collect();
        let mut collector = Twins::new(scenario, plans.len());
        let plans: Vec<&Plan> = plans.iter().collect();
        // Layers that are drawn afresh have no coordinates of points, so none has here.
        let settings = settings.by_address().up_to(paths);
        engine::simulate(&plans, &settings, &mut collector, &|_| {});
        Self { rows: collector.rows(scenario, &layers, &pairs), paths }
    }

    /// One layer alone is all of the variance of whatever varies, which is all that paths are needed for.
    fn of_one(scenario: &Scenario, plan: &Plan, layer: Layer, settings: &Settings) -> Self {
        let mut collector = Twins::new(scenario, 1);
        engine::simulate(&[plan], settings, &mut collector, &|_| {});
        let mut rows = collector.rows(scenario, &[layer], &[[0, 0]]);
        for row in &mut rows {
            (row.alone, row.with_others) = ([1.0, 0.0], [1.0, 0.0]);
        }
        Self { rows, paths: settings.paths }
    }

    /// The share of a layer alone in the log ratio of a year.
    #[must_use]
    pub fn of_ratio(&self, layer: Layer, year: i32) -> Option<&LayerShare> {
        self.rows.iter().find(|row| row.metric == Metric::Ratio && row.layer == layer && row.year == year)
    }
}

/// Layers in which anything is left to chance.
fn present(scenario: &Scenario) -> Vec<Layer> {
    let uncertain = |layer: Layer| {
        let mut inputs = scenario.assumptions().iter().enumerate();
        inputs.any(|(id, it)| scenario.varies(id) && Layer::of(it) == layer)
    };
    let happens = scenario.events().iter().any(|event| event.chance().is_some() || event.yearly_chance().is_some());
    let counted = scenario.regions().iter().any(|region| region.counting().is_some_and(|it| it.count().is_whole()));
    let lucky = scenario.shocked_series().next().is_some() || counted || !scenario.measurement().sampling().is_empty();
    let has = |layer: &Layer| match layer {
        Layer::Events => uncertain(*layer) || happens || !scenario.jumps().is_empty(),
        Layer::Process => lucky,
        _ => uncertain(*layer),
    };
    Layer::ALL.into_iter().filter(has).collect()
}

/// Paths that show what varies at all, where only one layer is left to chance: an event of one path in a thousand must be
/// among them, and luck moves every path.
fn paths_of_one(layer: Layer) -> u64 {
    if layer == Layer::Process { PATHS_PER_BLOCK as u64 } else { MOST_PATHS / 8 }
}
