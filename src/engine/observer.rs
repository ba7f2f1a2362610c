//! Observers: what looks at blocks of paths while they exist, and how what they saw is put together.

use super::block::Block;

/// Looks at the paths of a scenario while they exist.
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

/// Looks at the same paths of several plans side by side: designs of one scenario, or several scenarios.
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

/// An observer of one plan, as an observer of several of which there is one.
pub(super) struct Alone<'a, O>(pub &'a mut O);

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
