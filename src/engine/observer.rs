//! Observers: what looks at blocks of paths while they exist, and how what they saw is put together.

use super::block::Block;

/// Looks at the same paths of several runs side by side: designs of one scenario, or several scenarios. A plain run is the
/// case of one.
///
/// `Counts` holds what may be merged in any order (whole numbers, exact sums), one for each worker; `Sums` holds what may
/// not (floating-point sums), one for each block, absorbed in index order.
pub trait Observer: Sync {
    /// Counts of a worker.
    type Counts: Send;
    /// Sums of a block.
    type Sums: Send;

    /// Empty counts for a worker.
    fn counts(&self) -> Self::Counts;
    /// Looks at the same paths of every run: a block for each plan, in the order of the plans.
    fn observe(&self, blocks: &[Block], counts: &mut Self::Counts) -> Self::Sums;
    /// Takes the sums of the next block, in index order.
    fn absorb(&mut self, sums: Self::Sums);
    /// Does what is left to do with the counts of a worker that has seen its last block; workers do it side by side.
    fn settle(&self, _counts: &mut Self::Counts) {}
    /// Takes the counts of a worker; the order of workers must not matter.
    fn finish(&mut self, counts: Self::Counts);
}
