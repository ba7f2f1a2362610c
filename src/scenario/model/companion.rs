//! The companions of a region: a figure of the last observed year for each, and how it grows.

use crate::measure::Companion;

use super::assumption::{AssumptionId, Numbered, Quantity};

/// A companion of a region: its figure in the last observed year and its growth from then on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompanionSeries {
    pub(in crate::scenario) companion: Companion,
    pub(in crate::scenario) figure: AssumptionId,
    pub(in crate::scenario) growth: Quantity,
}

impl CompanionSeries {
    /// Quantity that funding is divided by.
    #[must_use]
    pub fn companion(&self) -> Companion {
        self.companion
    }

    /// Its figure in the last observed year: $bn of that year, or people.
    #[must_use]
    pub fn figure(&self) -> AssumptionId {
        self.figure
    }

    /// Its yearly growth.
    #[must_use]
    pub fn growth(&self) -> &Quantity {
        &self.growth
    }
}

impl Numbered for Vec<CompanionSeries> {
    fn renumbered(&self, place: &mut dyn FnMut(AssumptionId) -> AssumptionId) -> Self {
        let moved = self.iter().map(|it| CompanionSeries {
            companion: it.companion,
            figure: place(it.figure),
            growth: it.growth.renumbered(place),
        });
        moved.collect()
    }
}
