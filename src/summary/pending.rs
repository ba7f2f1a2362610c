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

/// Names in a cache line.
const LINE: usize = 32;

/// Names that a worker has not counted yet, for each cell (a measure in a year).
#[derive(Debug)]
pub(super) struct Pending {
    names: Vec<u16>,
    /// Where they begin: where a cache line does, as columns do.
    begin: usize,
    cells: Vec<Waiting>,
    /// Values of a cell that may wait.
    room: usize,
    /// Where they are counted.
    table: Table,
    /// Values of a column beside its zeros.
    others: Vec<f64>,
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
        let names = vec![0; cells * room + LINE];
        Self {
            begin: names.as_ptr().align_offset(LINE * size_of::<u16>()).min(LINE),
            names,
            cells: vec![Waiting::NOTHING; cells],
            room,
            table: Table::new(),
            others: Vec::new(),
        }
    }

    /// Takes the column of a cell. Zeros have no name and are counted at once, as are the values of a column in which others
    /// have none.
    pub fn add(&mut self, cell: usize, column: &[f64], signs: Signs, histogram: &Shared) {
        if self.cells[cell].count + column.len() > self.room {
            self.count(cell, signs, histogram);
        }
        if self.wait(cell, column, signs) {
            return;
        }
        // Years without a large deal, or without any, leave zeros among values that have names.
        let mut others = std::mem::take(&mut self.others);
        others.clear();
        others.extend(column.iter().filter(|value| **value != 0.0));
        let mut histogram = lock(histogram);
        histogram.add_zeros((column.len() - others.len()) as u64);
        if !self.wait(cell, &others, signs) {
            others.iter().for_each(|value| histogram.add(*value));
        }
        self.others = others;
    }

    /// Keeps the names of values, for which there is room; false if one has none.
    fn wait(&mut self, cell: usize, values: &[f64], signs: Signs) -> bool {
        let waiting = &mut self.cells[cell];
        let names = &mut self.names[self.begin + cell * self.room + waiting.count..][..values.len()];
        let Some(ends) = name_within(values, signs, names, waiting.ends) else { return false };
        *waiting = Waiting { count: waiting.count + values.len(), ends };
        true
    }

    /// Counts what waits in a cell.
    pub fn count(&mut self, cell: usize, signs: Signs, histogram: &Shared) {
        let waiting = &mut self.cells[cell];
        let (count, ends) = (std::mem::take(&mut waiting.count), waiting.ends);
        if count > 0 {
            self.table.count(&self.names[self.begin + cell * self.room..][..count]);
            lock(histogram).take(&mut self.table, signs, ends);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_waited_is_what_a_histogram_of_the_values_says() {
        let value = |k: usize| f64::from(u8::from(!k.is_multiple_of(3))) * (1.5 + libm::sin(k as f64));
        let rare: Vec<f64> = (0..800).map(value).collect();
        let signed: Vec<f64> =
            rare.iter().zip(0..).map(|(value, k)| if k % 2 == 0 { -value } else { *value }).collect();
        let odd: Vec<f64> = rare.iter().zip(0..).map(|(value, k)| if k == 77 { f64::NAN } else { *value }).collect();
        let nothing = vec![0.0; 800];
        for (signs, columns) in [
            (Signs::Positive, [&rare, &odd, &nothing, &rare]),
            (Signs::Both, [&signed, &rare, &odd, &signed]),
            (Signs::Positive, [&nothing, &nothing, &rare, &nothing]),
        ] {
            let (shared, mut expected, mut pending) = (Shared::default(), Histogram::default(), Pending::new(1));
            for column in columns.into_iter().cycle().take(60) {
                pending.add(0, column, signs, &shared);
                column.iter().for_each(|value| expected.add(*value));
            }
            pending.count(0, signs, &shared);
            assert_eq!(format!("{:?}", lock(&shared)), format!("{expected:?}"));
        }
    }
}
