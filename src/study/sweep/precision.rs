//! How far simulation moves the cells of a sweep, held against a precision that was asked for.

use crate::measure::{QuantityOfInterest, Target, Values};
use crate::metric::Metric;
use crate::summary::{Estimate, Z_95, wilson};

/// What a sweep has reached of a stated precision: half-widths of the widest 95% intervals of simulation of all cells.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SweepPrecision {
    /// What was asked for, as a share.
    pub asked: f64,
    /// Of amounts, ratios and numbers, as a share of each; `None` where no target is one.
    pub amounts: Option<f64>,
    /// Of chances and shares, as a share of all paths or of the whole; `None` where no target is one.
    pub shares: Option<f64>,
}

impl SweepPrecision {
    /// What the cells of each target have reached.
    pub(super) fn of<'a>(asked: f64, targets: impl Iterator<Item = (&'a Target, Vec<Estimate>)>, paths: u64) -> Self {
        let mut reached = Self { asked, amounts: None, shares: None };
        for (target, cells) in targets {
            let widest = widest(target, &cells, paths);
            let place = if is_share(target) { &mut reached.shares } else { &mut reached.amounts };
            *place = Some(place.unwrap_or(0.0).max(widest));
        }
        reached
    }

    /// The widest of all.
    #[must_use]
    pub fn reached(&self) -> f64 {
        self.amounts.into_iter().chain(self.shares).fold(0.0, f64::max)
    }

    /// Whether the widest is as narrow as asked.
    #[must_use]
    pub fn is_met(&self) -> bool {
        self.reached() <= self.asked
    }
}

/// Whether a target is a share already, so that its precision is in points.
fn is_share(target: &Target) -> bool {
    match &target.asked {
        QuantityOfInterest::Share { .. } => true,
        QuantityOfInterest::Statistic { metric, .. } => metric.unit() == "share",
    }
}

/// Half the widest interval of a target's cells: of shares and logs as it is, of amounts as a share of them. What may have either
/// sign is held against the largest of its cells, since nothing is a share of zero; what is infinite has no interval.
fn widest(target: &Target, cells: &[Estimate], paths: u64) -> f64 {
    let finite = || cells.iter().filter(|it| it.value.is_finite());
    let largest = finite().map(|it| it.value.abs()).fold(0.0, f64::max);
    let scale = |it: &Estimate| match &target.asked {
        QuantityOfInterest::Statistic { metric: Metric::LogRatio, .. } => 1.0,
        _ if is_share(target) => 1.0,
        QuantityOfInterest::Statistic { metric, .. } if metric.values() == Values::NotNegative => it.value.abs(),
        _ => largest,
    };
    let half = |it: &Estimate| match &target.asked {
        // Of a chance that no path has shown, or all have, the interval says more than an error of nothing.
        QuantityOfInterest::Share { .. } if it.error == 0.0 => {
            let (low, high) = wilson(it.value, 0.5 * paths as f64, Z_95);
            0.5 * (high - low)
        }
        _ if it.error == 0.0 => 0.0,
        _ => Z_95 * it.error / scale(it),
    };
    finite().map(half).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reached(target: &str, cells: &[(f64, f64)]) -> SweepPrecision {
        let text = include_bytes!("../../../scenarios/base.toml");
        let read = |_: &std::path::Path| Ok(text.to_vec());
        let loaded = crate::scenario::load(std::path::Path::new("x.toml"), &Default::default(), None, &read);
        let scenario = loaded.map_err(|rejected| rejected.problems).expect("a valid scenario").scenario;
        let target = scenario.target(target).expect("a target");
        let cells = cells.iter().map(|(value, error)| Estimate { value: *value, error: *error }).collect();
        SweepPrecision::of(0.01, std::iter::once((&target, cells)), 20_000)
    }

    #[test]
    fn amounts_are_held_against_themselves_shares_in_points_and_gaps_against_the_largest() {
        let ratio = reached("ratio in 2030", &[(10.0, 0.1), (50.0, 0.1), (f64::INFINITY, f64::INFINITY)]);
        assert_eq!((ratio.amounts, ratio.shares), (Some(Z_95 * 0.01), None));
        assert!(!ratio.is_met());
        let gap = reached("median of gap in 2030", &[(0.001, 0.1), (-50.0, 0.05)]);
        assert_eq!(gap.amounts, Some(Z_95 * 0.002));
        assert!(gap.is_met());
        let chance = reached("P(ratio in 2030 < 8)", &[(0.5, 0.003), (0.1, 0.002)]);
        assert_eq!((chance.shares, chance.amounts), (Some(Z_95 * 0.003), None));
        let never = reached("P(ratio in 2030 < 8)", &[(0.0, 0.0)]).reached();
        assert!(never > 1e-5 && never < 1e-3, "{never}");
        let log = reached("mean of log-ratio in 2030", &[(0.0, 0.002)]);
        assert_eq!(log.amounts, Some(Z_95 * 0.002));
        // So few paths say nothing of it.
        assert!(!reached("p90 of us.funding in 2028", &[(5.0, f64::INFINITY)]).is_met());
    }
}
