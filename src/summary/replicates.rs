//! Counts a run of points: replicates, whose spread says how far off they are, are told apart up to the end.
//!
//! A histogram for each replicate would be far larger than what is asked of it, which is how many of its values lie
//! below some edges of buckets. So one histogram counts all replicates in turn, and is looked at where each ends. Blocks
//! wait until there are many of them, because a visit to a histogram costs as much as counting a block in it.

use std::ops::Range;
use std::sync::Mutex;

use crate::engine::{self, Block, Observer, PATHS_PER_BLOCK, Plan, Settings};
use crate::parallel;
use crate::random::quasi::REPLICATES;

use super::LEVELS;
use super::collect;
use super::counts::Counts;
use super::edge_counts::{Before, EdgeCounts};
use super::layout::Layout;
use super::look::Looking;
use super::named_block::NamedBlock;

/// Names that wait to be counted, at most: eight megabytes.
pub(super) const ROOM: usize = 1 << 22;

/// Paths of the first look at a scenario, whose quantiles say up to which edges the values of replicates are counted.
const FIRST_LOOK: u64 = 4096;

/// Paths of a block: no block holds paths of two replicates.
pub(super) fn paths_of_a_block(settings: &Settings) -> u64 {
    (settings.paths / REPLICATES).min(PATHS_PER_BLOCK as u64)
}

/// Counts a range of the paths of a plan on points, which begins and ends where blocks do; so many names may wait.
pub(super) fn count(
    layout: &Layout,
    (plan, settings): (&Plan, &Settings),
    range: Range<u64>,
    room: usize,
    progress: &(dyn Fn(u64) + Sync),
) -> Counts {
    let counts = Counts { edges: edges(layout, settings), ..Counts::none(layout) };
    let mut run = Counting::new(layout, counts, settings.paths / REPLICATES, range.clone());
    let waiting = run.paths_that_wait(room);
    let mut done = range.start;
    while done < range.end {
        let full = range.end.min(done + waiting);
        while done < full {
            let until = if run.paths < PATHS_PER_BLOCK as u64 { done + run.paths } else { full };
            engine::simulate_from(&[plan], &settings.up_to(until), done, &mut run, progress);
            done = until;
        }
        run.count();
    }
    run.counts
}

/// The edges of buckets up to which the values of each cell are counted: those of the quantiles of the first 4,096 paths
/// that the scenario's points would have in a run of that length.
///
/// Every part of a run finds the same ones, whatever its range. In a run that is not longer they are at its own quantiles.
fn edges(layout: &Layout, settings: &Settings) -> Vec<EdgeCounts> {
    let first = settings.with_paths(settings.paths.min(FIRST_LOOK));
    let plan = Plan::new(layout.scenario);
    let counts = collect::count((layout, 0), (&plan, &first), 0..first.paths, Counts::none(layout), &|_| {});
    parallel::map(layout.cells(), |cell| {
        let histogram = &counts.histograms[cell];
        if first.paths == settings.paths {
            EdgeCounts::at(histogram, &LEVELS)
        } else {
            EdgeCounts::around(histogram, &LEVELS)
        }
    })
}

/// A range of paths while it is counted.
struct Counting<'a> {
    layout: &'a Layout<'a>,
    counts: Counts,
    /// Paths of a replicate.
    paths: u64,
    range: Range<u64>,
    /// By cell, what its histogram held at the end of the last replicate.
    before: Vec<Before>,
    /// Blocks that no histogram has counted yet, each with the first path behind it.
    waiting: Vec<(u64, NamedBlock)>,
    /// Room for the next blocks.
    spare: Mutex<Vec<NamedBlock>>,
    /// First path that no block has had yet.
    next: u64,
}

impl Observer for Counting<'_> {
    type Counts = Looking;
    type Sums = (u64, NamedBlock);

    fn counts(&self) -> Looking {
        Looking::new(self.layout)
    }

    fn observe(&self, blocks: &[Block], looking: &mut Looking) -> Self::Sums {
        let block = &blocks[0];
        let spare = self.spare.lock().unwrap_or_else(std::sync::PoisonError::into_inner).pop();
        let mut named = spare.unwrap_or_else(|| NamedBlock::new(self.layout.cells(), self.layout.cells_counted()));
        named.clear();
        let replicate = block.first_path() / self.paths;
        looking.look(self.layout, (replicate, block), |cell, column| named.take(cell, column, self.layout.signs(cell)));
        (block.rows() as u64, named)
    }

    fn absorb(&mut self, (rows, named): Self::Sums) {
        self.next += rows;
        self.waiting.push((self.next, named));
    }

    fn finish(&mut self, looking: Looking) {
        self.counts.take_sums(looking.sums);
    }
}

impl<'a> Counting<'a> {
    fn new(layout: &'a Layout<'a>, counts: Counts, paths: u64, range: Range<u64>) -> Self {
        let before = vec![Before::default(); layout.cells()];
        let next = range.start;
        Self { layout, counts, paths, range, before, waiting: Vec::new(), spare: Mutex::default(), next }
    }

    /// Paths whose names have room: whole blocks, a power of two.
    fn paths_that_wait(&self, room: usize) -> u64 {
        let fit = (room / self.layout.cells_counted().max(1)).max(PATHS_PER_BLOCK);
        1 << fit.ilog2()
    }

    /// Counts one waiting block after the other, and looks at the histogram where a replicate ends, or the range does.
    fn count(&mut self) {
        let Self { layout, counts, paths, range, before, waiting, .. } = self;
        let cells = counts.histograms.iter_mut().zip(&mut counts.edges).zip(before);
        parallel::each_mut(&mut cells.collect::<Vec<_>>(), |cell, ((histogram, edges), before)| {
            for (end, named) in waiting.iter().filter(|_| layout.counts(cell)) {
                named.count(cell, layout.signs(cell), histogram);
                if end.is_multiple_of(*paths) || *end == range.end {
                    edges.see_more((end - 1) / *paths, histogram, before);
                }
            }
        });
        let blocks = self.waiting.drain(..).map(|(_, named)| named);
        self.spare.get_mut().unwrap_or_else(std::sync::PoisonError::into_inner).extend(blocks);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metric::Metrics;
    use crate::scenario::Scenario;

    fn scenario() -> Scenario {
        let read = |_: &std::path::Path| Ok(include_bytes!("../../scenarios/base.toml").to_vec());
        let loaded = crate::scenario::load(std::path::Path::new("base.toml"), &Default::default(), None, &read);
        loaded.map_err(|rejected| rejected.problems).expect("a valid scenario").scenario
    }

    fn on_points(scenario: &Scenario, paths: u64) -> Settings {
        Settings::on_points(&[scenario], paths, 3).expect("base takes points")
    }

    #[test]
    fn how_many_blocks_wait_changes_nothing() {
        // Replicates of half a block, of one and of two; room for all, and for few of them.
        for paths in [8192, 16_384, 32_768] {
            let scenario = scenario();
            let layout = Layout::new(&scenario, Metrics::OF_THE_HEADLINE);
            let (plan, settings) = (Plan::new(&scenario), on_points(&scenario, paths));
            let of = |room| count(&layout, (&plan, &settings), 0..paths, room, &|_| {});
            let whole = of(ROOM);
            assert_eq!(whole.sums.len(), 16);
            assert!(of(1) == whole && of(150_000) == whole, "{paths} paths");
        }
    }

    #[test]
    fn edges_of_a_first_look_say_of_replicates_what_edges_at_the_quantiles_would() {
        let paths = 32_768;
        let scenario = scenario();
        let layout = Layout::new(&scenario, Metrics::default());
        let (plan, settings) = (Plan::new(&scenario), on_points(&scenario, paths));
        let counts = count(&layout, (&plan, &settings), 0..paths, ROOM, &|_| {});
        let replicate = |index: u64| {
            let range = index * paths / REPLICATES..(index + 1) * paths / REPLICATES;
            collect::count((&layout, index), (&plan, &settings), range, Counts::none(&layout), &|_| {}).histograms
        };
        let replicates: Vec<_> = (0..REPLICATES).map(replicate).collect();
        let mut logs = Vec::new();
        for cell in (0..layout.cells()).filter(|cell| layout.counts(*cell)) {
            let whole = &counts.histograms[cell];
            let mut at = EdgeCounts::at(whole, &LEVELS);
            replicates.iter().for_each(|histograms| at.see(&histograms[cell]));
            let errors = |edges: &EdgeCounts| edges.errors(whole, LEVELS, &|value| value, false).expect("defined");
            let both = errors(&counts.edges[cell]).into_iter().zip(errors(&at));
            let finite = both.filter(|(_, said)| *said > 0.0 && said.is_finite());
            logs.extend(finite.map(|(error, said)| libm::log(error / said)));
        }
        let count = logs.len() as f64;
        let mean = logs.iter().sum::<f64>() / count;
        let rms = (logs.iter().map(|log| log * log).sum::<f64>() / count).sqrt();
        assert!(count > 500.0 && mean.abs() < 0.02 && rms < 0.08, "{count} errors: {mean}, {rms}");
    }
}
