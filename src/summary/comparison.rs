//! What a what-if changes, path by path on the same luck.

mod luck;
mod medians;
mod on_points;
mod pairing;
mod part;
mod row;

use crate::engine::{self, Plan, Settings};
use crate::scenario::Scenario;

pub use luck::{SeriesLuck, shared_luck};
pub use pairing::Pairing;
pub use part::PairedPart;
pub use row::{DIFFERENCE_LEVELS, Paired, PairedRow};

use super::{Summary, Variant};

impl<'a> Pairing<'a> {
    /// Pairs all paths of two scenarios: rows beside the medians that each side has by itself.
    ///
    /// On points, every error is what the replicates show.
    #[must_use]
    pub fn of(
        baseline: &'a Scenario,
        what_if: &'a Scenario,
        settings: &Settings,
        sides: [&Summary; 2],
    ) -> Vec<PairedRow> {
        Self::between([&Variant::of(baseline), &Variant::of(what_if)], settings, sides)
    }

    /// Pairs all paths of two variants: two scenarios, or one scenario plainly and under a design.
    #[must_use]
    pub fn between(variants: [&Variant<'a>; 2], settings: &Settings, sides: [&Summary; 2]) -> Vec<PairedRow> {
        let [baseline, what_if] = variants.map(Variant::scenario);
        let plans = variants.map(Variant::plan);
        let mut whole = Self::new(baseline, what_if);
        whole.uncertain = plans.iter().any(|plan| plan.is_uncertain());
        if settings.points().is_none() {
            engine::simulate(&plans, settings, &mut whole, &|_| {});
            return whole.with_errors(plans, settings, sides);
        }
        on_points::paired(whole, plans, settings, sides)
    }

    /// Rows of what was seen of all paths, with the errors that the first of them show.
    fn with_errors(&self, plans: [&Plan; 2], settings: &Settings, sides: [&Summary; 2]) -> Vec<PairedRow> {
        let alike = medians::alike(self, plans, settings);
        self.rows(settings, sides, &alike)
    }
}
