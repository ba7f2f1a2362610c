//! Runs: the blocks of a plan, or of several side by side, simulated and shown to an observer.

use std::sync::Mutex;

use crate::parallel;

use super::column::PATHS_PER_BLOCK;
use super::common::Common;
use super::observer::Observer;
use super::plan::Plan;
use super::settings::Settings;
use super::stream::Streams;
use super::worker::Worker;

/// Blocks of a worker that are simulated before the sums of all are merged in order: bounds the memory held for merging, and
/// with more workers leaves each of them as little of a wave to wait for.
const BLOCKS_PER_WORKER: usize = 32;

/// Simulates a plan, or the same paths of several side by side, a block of paths at a time in the current thread pool.
///
/// Random numbers are named by address: what two plans share they draw alike, and once, so that their differences are signal
/// and designs of one scenario take less than runs of their own. Memory grows with the number of plans and not with paths. `progress` is told how many paths are done; it may draw but not
/// decide.
pub fn simulate<O: Observer>(plans: &[&Plan], settings: &Settings, observer: &mut O, progress: &(dyn Fn(u64) + Sync)) {
    simulate_from(plans, settings, 0, observer, progress);
}

/// Simulates the paths from `done`, an even number, up to `settings.paths`.
///
/// If those before are whole blocks, an observer that has seen them sees what it would have seen in one run of that length.
///
/// # Panics
/// If more are done than there are to be.
pub fn simulate_from<O: Observer>(
    plans: &[&Plan],
    settings: &Settings,
    done: u64,
    observer: &mut O,
    progress: &(dyn Fn(u64) + Sync),
) {
    let blocks = usize::try_from((settings.paths - done).div_ceil(PATHS_PER_BLOCK as u64)).expect("millions of blocks");
    let start = |index: usize| done + index as u64 * PATHS_PER_BLOCK as u64;
    let workers: Mutex<Vec<Worker<O::Counts>>> = Mutex::new(Vec::new());
    let common = Common::of(plans);
    let streams = Streams::of_run(settings, plans.iter().any(|plan| plan.draws_with_b()));
    let most = BLOCKS_PER_WORKER * parallel::workers();
    let mut next = 0;
    while next < blocks {
        let wave = next..blocks.min(next + most);
        next = wave.end;
        let watcher = &*observer;
        let sums: Vec<O::Sums> = parallel::map(wave.len(), |place| {
            let idle = lock(&workers).pop();
            let mut worker = idle.unwrap_or_else(|| Worker::new(plans, &common, &streams, watcher.counts()));
            let first = start(wave.start + place);
            let paths = (settings.paths - first).min(PATHS_PER_BLOCK as u64);
            worker.simulate(plans, &common, first, usize::try_from(paths).expect("a block is small"));
            let sums = watcher.observe(&worker.blocks, &mut worker.counts);
            lock(&workers).push(worker);
            sums
        });
        sums.into_iter().for_each(|sums| observer.absorb(sums));
        progress(settings.paths.min(start(next)));
    }
    let mut workers = workers.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    let watcher = &*observer;
    parallel::each_mut(&mut workers, |_, worker| watcher.settle(&mut worker.counts));
    workers.into_iter().for_each(|worker| observer.finish(worker.counts));
}

/// A poisoned lock means that another worker panicked; that panic is already on its way to the caller.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
