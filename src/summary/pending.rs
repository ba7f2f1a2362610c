//! Values on their way into histograms: named while their block is in the cache, counted many blocks at a time.
//!
//! A histogram holds far more buckets than a block has values for it, and a run has a hundred histograms and more.
//! Counting block by block would fetch all of them from memory for a few values each; so a worker keeps the names of
//! buckets (two bytes a value) until there are enough to make one visit to a histogram worthwhile. All workers count
//! into the same histograms, so memory does not grow with threads, and counts add up to the same in any order.
//!
//! Cells are flushed at staggered times, so that a freed buffer is reused while it is still cached; this halves the peak of
//! memory. All buffers are allocated in one request, and pages become memory when they are first used: allocated one by
//! one, a second thread would ask the system for every other page.

use std::sync::Mutex;

use super::histogram::{Histogram, NameCounts, Named, Signs, name_within};
use crate::engine::PATHS_PER_BLOCK;

/// Blocks of a cell whose values wait together, at most.
const MOST_BLOCKS: usize = 16;
const _: () = assert!(MOST_BLOCKS * PATHS_PER_BLOCK <= NameCounts::MOST);

/// Names that a worker keeps for all its cells together: eight megabytes. With more cells than a usual scenario has, fewer
/// blocks wait.
const MOST_NAMES: usize = 1 << 22;

/// Names that a worker has not counted yet, for each cell (a measure in a year).
#[derive(Debug)]
pub(super) struct Pending {
    cells: Vec<Waiting>,
    /// What names wait in, as much of it as ever was in use at once.
    pieces: Vec<Piece>,
    /// Places of the pieces that nothing waits in.
    spare: Vec<usize>,
    /// Pieces of a cell that may wait.
    room: usize,
    /// Where they are counted.
    table: NameCounts,
    /// Values of a column beside its zeros.
    others: Vec<f64>,
}

/// Room for the names of a full block. It begins where a cache line does, like the columns that are named.
#[derive(Debug)]
#[repr(align(64))]
struct Piece([u16; PATHS_PER_BLOCK]);

/// What waits in a cell.
#[derive(Debug)]
struct Waiting {
    /// Places of pieces, and how many names each holds.
    pieces: Vec<(usize, usize)>,
    /// Pieces after which it is counted: fewer for the first time than later, in each cell another number.
    room: usize,
    /// Of all values that ever waited here.
    ends: Named,
}

/// A histogram that all workers count into.
pub(super) type Shared = Mutex<Histogram>;

/// A poisoned lock means that another worker panicked; that panic is already on its way to the caller.
pub(super) fn lock(histogram: &Shared) -> std::sync::MutexGuard<'_, Histogram> {
    histogram.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

impl Pending {
    /// So many cells for which nothing waits.
    pub(crate) fn new(cells: usize) -> Self {
        let room = (MOST_NAMES / PATHS_PER_BLOCK / cells.max(1)).clamp(1, MOST_BLOCKS);
        let waiting = |cell: usize| Waiting { pieces: Vec::new(), room: 1 + cell % room, ends: Named::NOTHING };
        Self {
            cells: (0..cells).map(waiting).collect(),
            pieces: Vec::with_capacity(cells * room),
            spare: Vec::new(),
            room,
            table: NameCounts::new(),
            others: vec![0.0; PATHS_PER_BLOCK],
        }
    }

    /// Takes the column of a cell. Zeros have no name and are counted at once, as are the values of a column in which others
    /// have none.
    pub(crate) fn add(&mut self, cell: usize, column: &[f64], signs: Signs, histogram: &Shared) {
        if self.wait(cell, column, signs, histogram) {
            return;
        }
        // Years without a large deal, or without any, leave zeros among values that have names.
        let mut others = std::mem::take(&mut self.others);
        let mut kept = 0;
        for value in column {
            // Written in any case and kept if it counts: which of them are zero is nothing that a processor could guess.
            others[kept] = *value;
            kept += usize::from(*value != 0.0);
        }
        lock(histogram).add_zeros((column.len() - kept) as u64);
        if !self.wait(cell, &others[..kept], signs, histogram) {
            let mut histogram = lock(histogram);
            others[..kept].iter().for_each(|value| histogram.add(*value));
        }
        self.others = others;
    }

    /// Keeps the names of values, and counts what has waited long enough; false if a value has no name.
    fn wait(&mut self, cell: usize, values: &[f64], signs: Signs, histogram: &Shared) -> bool {
        if values.is_empty() {
            return true;
        }
        let Waiting { pieces, room, ends } = &mut self.cells[cell];
        let fits = |(_, filled): &&mut (usize, usize)| *filled + values.len() <= PATHS_PER_BLOCK;
        if let Some((piece, filled)) = pieces.last_mut().filter(fits) {
            let names = &mut self.pieces[*piece].0[*filled..][..values.len()];
            let Some(widened) = name_within(values, signs, names, *ends) else { return false };
            *filled += values.len();
            *ends = widened;
            return true;
        }
        let piece = self.spare.pop().unwrap_or_else(|| {
            self.pieces.push(Piece([0; PATHS_PER_BLOCK]));
            self.pieces.len() - 1
        });
        let Some(widened) = name_within(values, signs, &mut self.pieces[piece].0[..values.len()], *ends) else {
            self.spare.push(piece);
            return false;
        };
        pieces.push((piece, values.len()));
        *ends = widened;
        if pieces.len() >= *room {
            self.count(cell, signs, histogram);
        }
        true
    }

    /// Counts what waits in a cell.
    pub(crate) fn count(&mut self, cell: usize, signs: Signs, histogram: &Shared) {
        let waiting = &mut self.cells[cell];
        waiting.room = self.room;
        if waiting.pieces.is_empty() {
            return;
        }
        for (piece, filled) in waiting.pieces.drain(..) {
            self.table.count(&self.pieces[piece].0[..filled]);
            self.spare.push(piece);
        }
        lock(histogram).take(&mut self.table, signs, waiting.ends);
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
