//! How the deals of a region are counted and, if they are simulated one by one, how large they are.

use crate::counting::{Count, Sizes};

use super::assumption::{AssumptionId, Numbered};

/// `[REGION.counting]`: how a region's deals are counted and, if they are simulated one by one, how large they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counting {
    pub(in crate::scenario) count: Count<AssumptionId>,
    pub(in crate::scenario) sizes: Option<Sizes<AssumptionId>>,
}

impl Counting {
    /// Law of the number of deals.
    #[must_use]
    pub fn count(self) -> Count<AssumptionId> {
        self.count
    }

    /// Law of the size of a deal; the total is the sum of the deals then.
    #[must_use]
    pub fn sizes(self) -> Option<Sizes<AssumptionId>> {
        self.sizes
    }
}

impl Numbered for Counting {
    fn renumbered(&self, place: &mut dyn FnMut(AssumptionId) -> AssumptionId) -> Self {
        Self {
            count: self.count.map(|id| place(*id)),
            sizes: self.sizes.as_ref().map(|sizes| sizes.map(|id| place(*id))),
        }
    }
}
