//! Where the spread comes from: the share of each layer of chance in the variance of a log.
//!
//! For a layer, futures are simulated twice: once with everything else drawn afresh, once with only this layer drawn
//! afresh. The covariance of the first pair is the variance that the layer explains alone (Sobol's first-order index,
//! Saltelli et al. 2010), half the mean squared difference of the second the variance it has a part in (Jansen 1999).
//! On logs, because the variance of a level is governed by its few largest paths; the scale is named in every row.

use crate::engine::{self, Block, Layer, Observer, PATHS_PER_BLOCK, Plan, Settings};
use crate::metric::{Metric, Subject};
use crate::scenario::Scenario;

use super::moments::total;

/// Most paths that the shares rest on: a standard error of half a percent is enough to rank layers.
const MOST_PATHS: u64 = 32_768;

/// The part of a layer in the spread of one quantity in one year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LayerShare {
    /// Region or pair of regions whose log it is.
    pub subject: Subject,
    /// Which quantity: funding of a region, or the ratio.
    pub metric: Metric,
    /// Calendar year of the values.
    pub year: i32,
    /// Layer that the share belongs to.
    pub layer: Layer,
    /// Share of the variance that the layer explains alone, with its standard error.
    pub alone: [f64; 2],
    /// Share of the variance that would be gone if the layer were known, its interactions included, with its standard
    /// error.
    pub with_others: [f64; 2],
}

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
    pub fn of(scenario: &Scenario, settings: Settings) -> Self {
        let layers = present(scenario);
        // Deals one by one cost ten times as much as totals, and four times fewer of them twice the error.
        let single = scenario.regions().iter().any(|region| region.counting().is_some_and(|it| it.sizes().is_some()));
        let paths = settings.paths.min(if single { MOST_PATHS / 4 } else { MOST_PATHS });
        if layers.is_empty() {
            return Self { rows: Vec::new(), paths };
        }
        let plan = Plan::new(scenario);
        if let [layer] = layers[..] {
            return Self::of_one(
                scenario,
                &plan,
                layer,
                Settings { paths: paths.min(paths_of_one(layer)), ..settings },
            );
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
        engine::simulate(&plans, Settings { paths, ..settings }, &mut collector, &|_| {});
        Self { rows: collector.rows(scenario, &layers, &pairs), paths }
    }

    /// One layer alone is all of the variance of whatever varies, which is all that paths are needed for.
    fn of_one(scenario: &Scenario, plan: &Plan, layer: Layer, settings: Settings) -> Self {
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
    let uncertain =
        |layer: Layer| scenario.assumptions().iter().any(|it| !it.law().is_fixed() && Layer::of(it) == layer);
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

/// Partial sums that fill a wide vector register or several narrow ones.
const LANES: usize = 8;

/// Sums over the paths of a block that both twins define: products of deviations need the means, which blocks share.
#[derive(Clone, Copy, Debug, Default)]
struct Pair {
    count: f64,
    first: f64,
    second: f64,
    squares: f64,
    products: f64,
    differences: f64,
}

/// Compares the first plan's futures with those of every other, quantity by quantity and year by year.
struct Twins {
    quantities: Vec<(Metric, Subject)>,
    gap: [usize; 2],
    years: usize,
    plans: usize,
    /// For each block, the sums of every plan, quantity and year.
    blocks: Vec<Vec<Pair>>,
}

impl Twins {
    fn new(scenario: &Scenario, plans: usize) -> Self {
        let regions = (0..scenario.regions().len()).map(|region| (Metric::Funding, Subject::Region(region)));
        Self {
            quantities: regions.chain([(Metric::Ratio, Subject::Gap)]).collect(),
            gap: [scenario.gap().lead(), scenario.gap().follow()],
            years: scenario.years().len(),
            plans,
            blocks: Vec::new(),
        }
    }

    /// Logs of a quantity in a year, a row a path.
    fn column<'a>(&self, block: &'a Block, subject: Subject, year: usize, ratio: &'a mut Vec<f64>) -> &'a [f64] {
        let funding = |region: usize| block.region(region).funding(year);
        if let Subject::Region(region) = subject {
            return funding(region);
        }
        let [lead, follow] = self.gap.map(funding);
        ratio.clear();
        ratio.extend(lead.iter().zip(follow).map(|(lead, follow)| lead - follow));
        ratio
    }

    fn cell(&self, plan: usize, quantity: usize, year: usize) -> usize {
        (plan * self.quantities.len() + quantity) * self.years + year
    }

    fn rows(&self, scenario: &Scenario, layers: &[Layer], pairs: &[[usize; 2]]) -> Vec<LayerShare> {
        let mut rows = Vec::new();
        for (quantity, (metric, subject)) in self.quantities.iter().enumerate() {
            for (index, year) in scenario.years().enumerate() {
                for (layer, [others, own]) in layers.iter().zip(pairs) {
                    let cells = [self.cell(*others, quantity, index), self.cell(*own, quantity, index)];
                    let Some(alone) = self.share(cells[0], Pair::covariance) else { continue };
                    let Some(with_others) = self.share(cells[1], |pair, _| 0.5 * pair.differences) else { continue };
                    rows.push(LayerShare {
                        subject: *subject,
                        metric: *metric,
                        year,
                        layer: *layer,
                        alone,
                        with_others,
                    });
                }
            }
        }
        rows
    }

    /// A part of the variance, with the standard error that the blocks show.
    fn share(&self, cell: usize, part: impl Fn(&Pair, [f64; 2]) -> f64) -> Option<[f64; 2]> {
        let total = |of: fn(&Pair) -> f64| self.blocks.iter().map(|block| of(&block[cell])).sum::<f64>();
        let count = total(|pair| pair.count);
        let means = [total(|pair| pair.first) / count, total(|pair| pair.second) / count];
        // Both twins have the law of the scenario, so both estimate its variance.
        let variance = |pair: &Pair| {
            0.5 * (pair.squares - 2.0 * (means[0] * pair.first + means[1] * pair.second)
                + pair.count * (means[0] * means[0] + means[1] * means[1]))
        };
        let whole: f64 = self.blocks.iter().map(|block| variance(&block[cell])).sum();
        if whole.is_nan() || whole <= 1e-12 * count {
            return None;
        }
        let share = self.blocks.iter().map(|block| part(&block[cell], means)).sum::<f64>() / whole;
        let blocks = self.blocks.len() as f64;
        let squares: f64 = self
            .blocks
            .iter()
            .map(|block| {
                let miss = part(&block[cell], means) - share * variance(&block[cell]);
                miss * miss
            })
            .sum();
        let error = (squares * blocks / (blocks - 1.0).max(1.0)).sqrt() / whole;
        Some([share.clamp(0.0, 1.0), error])
    }
}

impl Pair {
    /// Sums of two columns over the rows that both define.
    fn of(first: &[f64], second: &[f64]) -> Self {
        let [count, first, second, squares, products, differences] = sums(first, second);
        Self { count, first, second, squares, products, differences }
    }

    /// Sum of the products of the deviations from the means.
    fn covariance(&self, means: [f64; 2]) -> f64 {
        self.products - means[1] * self.first - means[0] * self.second + self.count * means[0] * means[1]
    }
}

/// How many rows both columns define, and the sums over them of the one, the other, the squares of both, the products and
/// the squares of the differences; in eight lanes, whatever the processor has.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
fn sums(first: &[f64], second: &[f64]) -> [f64; 6] {
    let mut lanes = [[0.0; LANES]; 6];
    for (first, second) in first.chunks(LANES).zip(second.chunks(LANES)) {
        // The rows that fill no lanes are filled with what nothing defines.
        let (mut a, mut b) = ([f64::NAN; LANES], [f64::NAN; LANES]);
        a[..first.len()].copy_from_slice(first);
        b[..second.len()].copy_from_slice(second);
        for lane in 0..LANES {
            let defined = a[lane].is_finite() & b[lane].is_finite();
            let (a, b) = if defined { (a[lane], b[lane]) } else { (0.0, 0.0) };
            lanes[0][lane] += if defined { 1.0 } else { 0.0 };
            lanes[1][lane] += a;
            lanes[2][lane] += b;
            lanes[3][lane] += a * a + b * b;
            lanes[4][lane] += a * b;
            lanes[5][lane] += (a - b) * (a - b);
        }
    }
    lanes.map(total)
}

impl Observer for Twins {
    type Counts = ();
    type Sums = Vec<Pair>;

    fn counts(&self) {}

    fn observe(&self, blocks: &[Block], (): &mut ()) -> Vec<Pair> {
        let mut sums = vec![Pair::default(); self.plans * self.quantities.len() * self.years];
        let mut ratios = [Vec::new(), Vec::new()];
        for (quantity, (_, subject)) in self.quantities.iter().enumerate() {
            for year in 0..self.years {
                let [ratio, other] = &mut ratios;
                let first = self.column(&blocks[0], *subject, year, ratio);
                // One layer alone is all of the variance: its twin shares everything.
                sums[self.cell(0, quantity, year)] = Pair::of(first, first);
                for plan in 1..self.plans {
                    let second = self.column(&blocks[plan], *subject, year, other);
                    sums[self.cell(plan, quantity, year)] = Pair::of(first, second);
                }
            }
        }
        sums
    }

    fn absorb(&mut self, sums: Vec<Pair>) {
        self.blocks.push(sums);
    }

    fn finish(&mut self, (): ()) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_one_twin_does_not_define_are_left_out() {
        let first: Vec<f64> = (0..21).map(|row| f64::from(row) * 0.3 - 2.0).collect();
        let mut second: Vec<f64> = first.iter().map(|value| 1.0 - 0.5 * value * value).collect();
        (second[3], second[20]) = (f64::NEG_INFINITY, f64::NAN);
        let both = || first.iter().zip(&second).filter(|(a, b)| a.is_finite() && b.is_finite());
        let slow = |of: fn(f64, f64) -> f64| both().map(|(a, b)| of(*a, *b)).sum::<f64>();
        let pair = Pair::of(&first, &second);
        assert_eq!(pair.count, 19.0);
        for (found, expected) in [
            (pair.first, slow(|a, _| a)),
            (pair.second, slow(|_, b| b)),
            (pair.squares, slow(|a, b| a * a + b * b)),
            (pair.products, slow(|a, b| a * b)),
            (pair.differences, slow(|a, b| (a - b) * (a - b))),
        ] {
            assert!((found - expected).abs() < 1e-12, "{found} {expected}");
        }
    }
}
