//! Values on their way into histograms: named while their block is in the cache, counted many blocks at a time.
//!
//! A histogram holds far more buckets than a block has values for it, and a run has a hundred histograms and more.
//! Counting block by block would fetch all of them from memory for a few values each; so a worker keeps the names of
//! buckets (two bytes a value) until there are enough to make one visit to a histogram worthwhile. All workers count
//! into the same histograms, so memory does not grow with threads, and counts add up to the same in any order.

use std::sync::Mutex;

use super::histogram::{Histogram, Named, Signs, Table, name_within};
use crate::engine::PATHS_PER_BLOCK;

/// Blocks of a cell whose values wait together, at most.
const MOST_BLOCKS: usize = 16;
const _: () = assert!(MOST_BLOCKS * PATHS_PER_BLOCK <= Table::MOST);

/// Names that a worker keeps for all its cells together: eight megabytes. With more cells than a usual scenario has, fewer
/// blocks wait.
const MOST_NAMES: usize = 1 << 22;

/// Names that a worker has not counted yet, for each cell (a measure in a year).
#[derive(Debug)]
pub(super) struct Pending {
    names: Vec<u16>,
    cells: Vec<Waiting>,
    /// Values of a cell that may wait.
    room: usize,
    /// Where they are counted.
    table: Table,
}

/// What waits in a cell.
#[derive(Clone, Copy, Debug)]
struct Waiting {
    count: usize,
    /// Of all values that ever waited here.
    ends: Named,
}

impl Waiting {
    const NOTHING: Self = Self { count: 0, ends: Named::NOTHING };
}

/// A histogram that all workers count into.
pub(super) type Shared = Mutex<Histogram>;

/// A poisoned lock means that another worker panicked; that panic is already on its way to the caller.
pub(super) fn lock(histogram: &Shared) -> std::sync::MutexGuard<'_, Histogram> {
    histogram.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

impl Pending {
    /// Nothing waits.
    pub fn new(cells: usize) -> Self {
        let blocks = MOST_NAMES / PATHS_PER_BLOCK / cells.max(1);
        let room = PATHS_PER_BLOCK * blocks.clamp(1, MOST_BLOCKS);
        Self { names: vec![0; cells * room], cells: vec![Waiting::NOTHING; cells], room, table: Table::new() }
    }

    /// Takes the column of a cell; a column with values that have no name is counted at once.
    pub fn add(&mut self, cell: usize, column: &[f64], signs: Signs, histogram: &Shared) {
        if self.cells[cell].count + column.len() > self.room {
            self.count(cell, signs, histogram);
        }
        let waiting = &mut self.cells[cell];
        let names = &mut self.names[cell * self.room + waiting.count..][..column.len()];
        match name_within(column, signs, names, waiting.ends) {
            Some(ends) => {
                waiting.count += column.len();
                waiting.ends = ends;
            }
            None => {
                let mut histogram = lock(histogram);
                column.iter().for_each(|value| histogram.add(*value));
            }
        }
    }

    /// Counts what waits in a cell.
    pub fn count(&mut self, cell: usize, signs: Signs, histogram: &Shared) {
        let waiting = &mut self.cells[cell];
        let (count, ends) = (std::mem::take(&mut waiting.count), waiting.ends);
        if count > 0 {
            self.table.count(&self.names[cell * self.room..][..count]);
            lock(histogram).take(&mut self.table, signs, ends);
        }
    }
}
