//! The engine: a scenario and a seed in, blocks of simulated paths out.
//!
//! The only way to simulate, for every command. It touches no file, clock or terminal; the same scenario, seed
//! and number of paths give the same bytes on any number of threads, because every random number has an address,
//! counts are whole numbers and sums are formed block by block in index order.

mod block;
mod chains;
mod column;
mod deals;
mod departures;
mod draws;
mod luck;
mod plan;
mod region;
mod shocks;
mod yearly;

use std::sync::Mutex;

use rayon::prelude::*;

pub use block::Block;
pub use column::Column;
pub use deals::DealColumns;
pub use luck::Layer;
pub use plan::Plan;
pub use region::{LN_1000, RegionColumns};

/// Paths in a block: enough to fill vectors, few enough for a block to stay in the second-level cache.
pub const PATHS_PER_BLOCK: usize = 1024;

/// Blocks of a worker that are simulated before the sums of all are merged in order: bounds the memory held for merging, and
/// with more workers leaves each of them as little of a wave to wait for.
const BLOCKS_PER_WORKER: usize = 32;

/// How to run a scenario; nothing here but `paths` and `seed` can change a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Number of paths, even because two paths share a draw of the assumptions; at most [`Settings::MOST_PATHS`].
    pub paths: u64,
    /// Seed of all random numbers.
    pub seed: u64,
}

impl Settings {
    /// Paths of a run that asks for none.
    pub const DEFAULT_PATHS: u64 = 100_000;
    /// Seed of a run that asks for none.
    pub const DEFAULT_SEED: u64 = 20_240_515;
    /// What a run of hours takes; the numbers and the counts have room for more.
    pub const MOST_PATHS: u64 = 4_000_000_000;
}

/// What looks at the paths while they exist.
///
/// `Counts` holds what may be merged in any order (whole numbers), one for each worker; `Sums` holds what may not
/// (floating-point sums), one for each block, absorbed in index order.
pub trait Observer: Sync {
    /// Counts of a worker.
    type Counts: Send;
    /// Sums of a block.
    type Sums: Send;

    /// Empty counts for a worker.
    fn counts(&self) -> Self::Counts;
    /// Looks at a block.
    fn observe(&self, block: &Block, counts: &mut Self::Counts) -> Self::Sums;
    /// Takes the sums of the next block, in index order.
    fn absorb(&mut self, sums: Self::Sums);
    /// Does what is left to do with the counts of a worker that has seen its last block; workers do it side by side.
    fn settle(&self, _counts: &mut Self::Counts) {}
    /// Takes the counts of a worker; the order of workers must not matter.
    fn finish(&mut self, counts: Self::Counts);
}

/// What looks at the paths of several scenarios at once, path by path on the same luck.
pub trait JointObserver: Sync {
    /// Counts of a worker.
    type Counts: Send;
    /// Sums of a block.
    type Sums: Send;

    /// Empty counts for a worker.
    fn counts(&self) -> Self::Counts;
    /// Looks at the same paths of every scenario, in the order of the plans.
    fn observe(&self, blocks: &[Block], counts: &mut Self::Counts) -> Self::Sums;
    /// Takes the sums of the next block, in index order.
    fn absorb(&mut self, sums: Self::Sums);
    /// Does what is left to do with the counts of a worker that has seen its last block; workers do it side by side.
    fn settle(&self, _counts: &mut Self::Counts) {}
    /// Takes the counts of a worker; the order of workers must not matter.
    fn finish(&mut self, counts: Self::Counts);
}

/// An observer of one scenario, seen as one of several.
struct Alone<'a, O>(&'a mut O);

impl<O: Observer + Send> JointObserver for Alone<'_, O> {
    type Counts = O::Counts;
    type Sums = O::Sums;

    fn counts(&self) -> Self::Counts {
        self.0.counts()
    }

    fn observe(&self, blocks: &[Block], counts: &mut Self::Counts) -> Self::Sums {
        self.0.observe(&blocks[0], counts)
    }

    fn absorb(&mut self, sums: Self::Sums) {
        self.0.absorb(sums);
    }

    fn settle(&self, counts: &mut Self::Counts) {
        self.0.settle(counts);
    }

    fn finish(&mut self, counts: Self::Counts) {
        self.0.finish(counts);
    }
}

/// Simulates a scenario, a block of paths at a time, in the current thread pool.
///
/// `progress` is told how many paths are done; it may draw but not decide.
pub fn simulate<O: Observer + Send>(
    plan: &Plan,
    settings: Settings,
    observer: &mut O,
    progress: &(dyn Fn(u64) + Sync),
) {
    simulate_together(&[plan], settings, &mut Alone(observer), progress);
}

/// Goes on with a run that has simulated its first `done` paths, an even number, up to `settings.paths`.
///
/// If those are whole blocks, an observer that has seen them sees what it would have seen in one run of that length.
pub fn simulate_more<O: Observer + Send>(
    plan: &Plan,
    settings: Settings,
    done: u64,
    observer: &mut O,
    progress: &(dyn Fn(u64) + Sync),
) {
    simulate_from(&[plan], settings, done, &mut Alone(observer), progress);
}

/// Simulates several scenarios on the same random numbers, so that their differences are signal.
///
/// Numbers are named by address: what two scenarios share, they draw alike. Memory grows with the number of
/// scenarios and not with paths.
pub fn simulate_together<O: JointObserver>(
    plans: &[&Plan],
    settings: Settings,
    observer: &mut O,
    progress: &(dyn Fn(u64) + Sync),
) {
    simulate_from(plans, settings, 0, observer, progress);
}

/// Simulates the paths from `done`, an even number, up to `settings.paths`, of several scenarios together.
pub fn simulate_from<O: JointObserver>(
    plans: &[&Plan],
    settings: Settings,
    done: u64,
    observer: &mut O,
    progress: &(dyn Fn(u64) + Sync),
) {
    let blocks = usize::try_from((settings.paths - done).div_ceil(PATHS_PER_BLOCK as u64)).expect("millions of blocks");
    let start = |index: usize| done + index as u64 * PATHS_PER_BLOCK as u64;
    let workers = Mutex::new(Vec::new());
    let most = BLOCKS_PER_WORKER * rayon::current_num_threads();
    let mut next = 0;
    while next < blocks {
        let wave = next..blocks.min(next + most);
        next = wave.end;
        let watcher = &*observer;
        let sums: Vec<O::Sums> = wave
            .into_par_iter()
            // A thread that is done with its half takes over what is left of another's, to the last block.
            .with_max_len(1)
            .map(|index| {
                let idle = lock(&workers).pop();
                let (mut blocks, mut counts) = idle.unwrap_or_else(|| {
                    let blocks: Vec<Block> = plans.iter().map(|plan| plan.block(settings.seed)).collect();
                    (blocks, watcher.counts())
                });
                let first = start(index);
                let paths = (settings.paths - first).min(PATHS_PER_BLOCK as u64);
                let paths = usize::try_from(paths).expect("a block is small");
                for (block, plan) in blocks.iter_mut().zip(plans) {
                    block.simulate(plan, first, paths);
                }
                let sums = watcher.observe(&blocks, &mut counts);
                lock(&workers).push((blocks, counts));
                sums
            })
            .collect();
        sums.into_iter().for_each(|sums| observer.absorb(sums));
        progress(settings.paths.min(start(next)));
    }
    let mut workers = workers.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    let watcher = &*observer;
    workers.par_iter_mut().for_each(|(_, counts)| watcher.settle(counts));
    workers.into_iter().for_each(|(_, counts)| observer.finish(counts));
}

/// A poisoned lock means that another worker panicked; that panic is already on its way to the caller.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
