//! What plans that are simulated side by side have in common, so that it is drawn once for all of them.
//!
//! Numbers are named by address, so a plan that takes an input from the same source as another has the same values of it,
//! and the same luck gives the same shocks. A tornado of sixteen inputs changes one of them in each of its eighty runs: all
//! else is copied or read.

use crate::scenario::MixingEntry;

use super::plan::{Plan, PlannedCopula};

/// By plan, from which earlier one its values and shocks are taken.
#[derive(Debug)]
pub(super) struct Common {
    /// By plan and assumption: an earlier plan that draws the same values, and the place of the assumption in it.
    pub values: Vec<Vec<Option<[usize; 2]>>>,
    /// By plan: the first one with the same shocks, which is itself where no earlier one has them.
    pub shocks: Vec<usize>,
}

impl Common {
    pub(crate) fn of(plans: &[&Plan]) -> Self {
        let shocks = |place: usize| {
            let earlier = (0..place).find(|other| same_shocks(plans[*other], plans[place]));
            earlier.unwrap_or(place)
        };
        Self {
            values: (0..plans.len()).map(|place| values(&plans[..place], plans[place])).collect(),
            shocks: (0..plans.len()).map(shocks).collect(),
        }
    }
}

/// For each assumption of a plan, where among earlier plans its values are.
fn values(earlier: &[&Plan], plan: &Plan) -> Vec<Option<[usize; 2]>> {
    let mut found = vec![None; plan.assumptions.len()];
    for (place, other) in earlier.iter().enumerate() {
        let coupled = same_copula(plan, other);
        for (id, known) in found.iter_mut().enumerate().filter(|(_, known)| known.is_none()) {
            let (own, same_place) = (&plan.assumptions[id], other.assumptions.get(id));
            if own.is_certain() {
                continue;
            }
            // Designs of one plan number their assumptions alike; plans of several scenarios need not.
            let theirs = match same_place {
                Some(theirs) if theirs.address == own.address => Some(id),
                _ => other.assumptions.iter().position(|theirs| theirs.address == own.address),
            };
            let is_member = |plan: &Plan, id: usize| own.is_drawn() && plan.copula.row(id).is_some();
            *known = theirs
                .filter(|theirs| other.assumptions[*theirs] == *own)
                .filter(|theirs| coupled || !(is_member(plan, id) || is_member(other, *theirs)))
                .map(|theirs| [place, theirs]);
        }
    }
    found
}

/// Whether the correlated normals of two plans are the same: members, correlations, and which of them are drawn with B.
fn same_copula(a: &Plan, b: &Plan) -> bool {
    let same = |a: &PlannedCopula, b: &PlannedCopula| {
        a.mixing.keys == b.mixing.keys
            && a.redrawn == b.redrawn
            && a.mixing.correlations() == b.mixing.correlations()
            && a.mixing.uncertain.iter().map(place).eq(b.mixing.uncertain.iter().map(place))
    };
    same(&a.copula, &b.copula) && a.copula.mixing.drawn(&a.assumptions) == b.copula.mixing.drawn(&b.assumptions)
}

/// Whether the shocks of two plans are the same numbers through the same factor and law.
fn same_shocks(a: &Plan, b: &Plan) -> bool {
    let shocked =
        |plan: &Plan| -> Vec<_> { plan.series.iter().filter_map(|series| Some((series.row?, series.shock))).collect() };
    a.luck.process == b.luck.process
        && a.shock_shape == b.shock_shape
        && a.shocks.keys == b.shocks.keys
        && a.shocks.correlations() == b.shocks.correlations()
        && a.shocks.uncertain.iter().map(place).eq(b.shocks.uncertain.iter().map(place))
        && a.shocks.drawn(&a.assumptions) == b.shocks.drawn(&b.assumptions)
        && shocked(a) == shocked(b)
        // A correlation that is an assumption makes them those of its plan.
        && (a.pair.is_none() && b.pair.is_none())
}

/// Where an entry stands in its matrix.
fn place(entry: &MixingEntry) -> [usize; 2] {
    [entry.row, entry.column]
}
