//! Counts the paths of a run of blocks: the observer whose workers all count into the same histograms.

use std::ops::Range;

use crate::engine::{self, Block, Observer, Plan, Settings};

use super::counts::Counts;
use super::layout::Layout;
use super::look::Looking;
use super::pending::{Pending, Shared};

/// Adds the paths of a range, which begins where a block does, to what has been counted; `replicate` is the one of the
/// points that they belong to.
pub(super) fn count(
    (layout, replicate): (&Layout, u64),
    (plan, settings): (&Plan, &Settings),
    range: Range<u64>,
    counts: Counts,
    progress: &(dyn Fn(u64) + Sync),
) -> Counts {
    let mut collector = Collector::new(layout, replicate, counts);
    engine::simulate_from(&[plan], &settings.up_to(range.end), range.start, &mut collector, progress);
    collector.counts()
}

/// What is counted so far, with histograms that all workers count into.
struct Collector<'a> {
    layout: &'a Layout<'a>,
    replicate: u64,
    histograms: Vec<Shared>,
    rest: Counts,
}

impl<'a> Collector<'a> {
    fn new(layout: &'a Layout<'a>, replicate: u64, mut counts: Counts) -> Self {
        let histograms = std::mem::take(&mut counts.histograms).into_iter().map(Shared::new).collect();
        Self { layout, replicate, histograms, rest: counts }
    }

    fn counts(self) -> Counts {
        let histogram = |shared: Shared| shared.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        Counts { histograms: self.histograms.into_iter().map(histogram).collect(), ..self.rest }
    }
}

/// What a worker looks with, and the values that no histogram has counted yet.
struct Worker {
    looking: Looking,
    pending: Pending,
}

impl Observer for Collector<'_> {
    type Counts = Worker;
    type Sums = ();

    fn counts(&self) -> Worker {
        Worker { looking: Looking::new(self.layout), pending: Pending::new(self.layout.cells()) }
    }

    fn observe(&self, blocks: &[Block], Worker { looking, pending }: &mut Worker) {
        let block = &blocks[0];
        let take = |cell: usize, column: &[f64]| {
            pending.add(cell, column, self.layout.signs(cell), &self.histograms[cell]);
        };
        looking.look(self.layout, (self.replicate, block), take);
    }

    fn absorb(&mut self, (): ()) {}

    fn settle(&self, worker: &mut Worker) {
        for (cell, histogram) in self.histograms.iter().enumerate() {
            worker.pending.count(cell, self.layout.signs(cell), histogram);
        }
    }

    fn finish(&mut self, Worker { looking, .. }: Worker) {
        self.rest.take_sums(looking.sums);
    }
}
