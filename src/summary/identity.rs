//! The difference of two scenarios along the identity: deals × deal size, what events add, and the worth of money, on
//! either side.

use crate::engine::{self, Block, Observer, Plan, RegionColumns, Settings};
use crate::scenario::Scenario;

/// Mean change of one factor of a side's funding, what-if less baseline, in logs and signed: positive widens the ratio.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IdentityTerm {
    /// 0 for the lead region, 1 for the follow region.
    pub side: usize,
    /// `deals`, `deal-size`, `added`, or `money`: exchange rate over deflator.
    pub component: &'static str,
    /// Mean over the paths of the change of its log.
    pub log_points: f64,
}

/// Terms that add up to the mean paired change of the log ratio in a year; empty where a side has no deals, or where a
/// year without any has no log.
///
/// Exchange rate and deflator are the same for both sides: where they differ between the scenarios, their terms are
/// opposite and leave the ratio alone.
///
/// # Panics
/// If the year is not a simulated one of both.
#[must_use]
pub fn by_identity(base: &Scenario, what_if: &Scenario, year: i32, settings: &Settings) -> Vec<IdentityTerm> {
    let gap = |scenario: &Scenario| [scenario.gap().lead(), scenario.gap().follow()];
    let whole =
        |scenario: &Scenario| gap(scenario).iter().all(|region| scenario.regions()[*region].series().count() == 2);
    if !whole(base) || !whole(what_if) {
        return Vec::new();
    }
    let index = usize::try_from(year - base.base_year() - 1).expect("a simulated year");
    let mut observer = FactorChanges {
        regions: [gap(base), gap(what_if)],
        year: index,
        sums: [0.0; 2 * COMPONENTS.len()],
        paths: 0.0,
    };
    let plans = [Plan::new(base), Plan::new(what_if)];
    engine::simulate(&[&plans[0], &plans[1]], settings, &mut observer, &|_| {});
    let means = observer.sums.map(|sum| sum / observer.paths);
    if means.iter().any(|mean| !mean.is_finite()) {
        return Vec::new();
    }
    let terms = means.iter().enumerate().map(|(place, mean)| IdentityTerm {
        side: place / COMPONENTS.len(),
        component: COMPONENTS[place % COMPONENTS.len()],
        log_points: *mean,
    });
    // What no event adds and no conversion changes is no term.
    terms.filter(|term| COMPONENTS[..2].contains(&term.component) || term.log_points != 0.0).collect()
}

/// Factors of a side's funding, in the order of their terms.
const COMPONENTS: [&str; 4] = ["deals", "deal-size", "added", "money"];

/// Sums of the changes of the four factors of the lead side, then of the follow side.
type FactorSums = [f64; 2 * COMPONENTS.len()];

/// Sums over paths of the changes of all factors in one year.
struct FactorChanges {
    regions: [[usize; 2]; 2],
    year: usize,
    sums: FactorSums,
    paths: f64,
}

impl Observer for FactorChanges {
    type Counts = ();
    type Sums = (FactorSums, f64);

    fn counts(&self) {}

    fn observe(&self, blocks: &[Block], (): &mut ()) -> (FactorSums, f64) {
        let mut sums = [0.0; 2 * COMPONENTS.len()];
        for (side, sign) in [1.0, -1.0].into_iter().enumerate() {
            let [before, after] = [0, 1].map(|which: usize| blocks[which].region(self.regions[which][side]));
            let added =
                |columns: &RegionColumns, row: usize| columns.added(self.year).map_or(0.0, |column| column[row]);
            for row in 0..blocks[0].rows() {
                let deals = |columns: &RegionColumns| columns.deals(self.year).expect("whole")[row];
                let own = deals(after) - deals(before);
                let more = added(after, row) - added(before, row);
                let funding = after.funding(self.year)[row] - before.funding(self.year)[row];
                let worth = |block: &Block| block.money(self.year).map_or(0.0, |column| column[row]);
                // What is left of funding in dollars is the mean size of the deals.
                let terms = [own, funding - own - more, more, worth(&blocks[1]) - worth(&blocks[0])];
                let sums = &mut sums[COMPONENTS.len() * side..];
                sums.iter_mut().zip(terms).for_each(|(sum, term)| *sum += sign * term);
            }
        }
        (sums, blocks[0].rows() as f64)
    }

    fn absorb(&mut self, (sums, paths): (FactorSums, f64)) {
        self.sums.iter_mut().zip(sums).for_each(|(total, sum)| *total += sum);
        self.paths += paths;
    }

    fn finish(&mut self, (): ()) {}
}
