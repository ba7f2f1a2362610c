//! What matters most: the answer and its parts.

use crate::engine::{Layer, Settings};
use crate::measure::Target;
use crate::scenario::Scenario;
use crate::summary::Estimate;

use super::super::recipe::SensitivityMethod;
use super::super::varied::Varied;

/// Which input matters most for some targets.
#[derive(Clone, Debug)]
pub struct Sensitive {
    /// The scenario, with the ranges that were laid over it.
    pub scenario: Scenario,
    /// How it was asked.
    pub method: SensitivityMethod,
    /// What was asked of: of a variance, the target that names the path's value.
    pub targets: Vec<Target>,
    /// Answers, in the order of the targets.
    pub answers: Vec<Answered>,
    /// Addresses of inputs that are certain and have no range.
    pub held: Vec<String>,
    /// Certain inputs that were given a range, each with its own.
    pub ranged: Vec<Varied>,
    /// Paths and seed.
    pub settings: Settings,
}

/// What moves one target.
#[derive(Clone, Debug, PartialEq)]
pub enum Answered {
    /// Swings of a tornado.
    Tornado(Tornado),
    /// By shares of the variance.
    Shares(Shares),
}

/// Every input at its ends, one at a time.
#[derive(Clone, Debug, PartialEq)]
pub struct Tornado {
    /// The target with every input at its median.
    pub baseline: Estimate,
    /// The inputs that move the target, the one with the largest swing first.
    pub swings: Vec<Swing>,
    /// Those that do not move it at all.
    pub still: Vec<Varied>,
    /// Share of the variance from assumptions that the swings add up to, where they are not correlated and it is known.
    pub explained: Option<f64>,
    /// Share of the variance of a path's value that would be left to luck if every assumption were known; `None` where that value
    /// is no number on some paths.
    pub luck: Option<Interval>,
    /// Paths whose value is no finite number.
    pub undefined: u64,
}

/// Probabilities of the five points of an input.
pub const POINTS: [f64; 5] = [0.1, 0.3, 0.5, 0.7, 0.9];

/// An input at five points of its law, the others at their medians.
#[derive(Clone, Debug, PartialEq)]
pub struct Swing {
    /// Input that is varied.
    pub varied: Varied,
    /// Its values, in the internal unit.
    pub inputs: [f64; 5],
    /// The target at each.
    pub outputs: [Estimate; 5],
}

impl Swing {
    /// Whether the target only rises or only falls with the input.
    #[must_use]
    pub fn is_monotone(&self) -> bool {
        // Two infinite answers are no step either way, and neither is rounding; all points are on the same luck, so half a standard
        // error tells two of them apart.
        let noise = self.outputs.iter().map(|it| it.error).filter(|it| it.is_finite()).fold(0.0, f64::max);
        let steps = self.outputs.windows(2).filter(|pair| pair[1].differs_from(pair[0]));
        let steps: Vec<f64> = steps.map(|pair| pair[1].value - pair[0].value).collect();
        !(steps.iter().any(|step| *step > 0.5 * noise) && steps.iter().any(|step| *step < -0.5 * noise))
    }

    /// How far the target moves over the five points: in logs where it cannot be negative.
    #[must_use]
    pub fn size(&self, in_logs: bool) -> f64 {
        let values = self.outputs.map(|it| if in_logs { libm::log(it.value) } else { it.value });
        let (low, high) = values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(*v), h.max(*v)));
        if high > low { high - low } else { 0.0 }
    }
}

/// Shares of the variance of a path's value.
#[derive(Clone, Debug, PartialEq)]
pub struct Shares {
    /// The variance of the path's value over all paths.
    pub variance: f64,
    /// What varies, the one with the largest share first.
    pub players: Vec<Player>,
    /// Paths whose value is no number, left out.
    pub undefined: u64,
}

/// An input, a group of correlated ones, a layer, or luck, with its shares.
#[derive(Clone, Debug, PartialEq)]
pub struct Player {
    /// Its inputs; none for luck.
    pub addresses: Vec<String>,
    /// What they belong to, where groups were asked for: regions, events and jumps by the first part of their addresses.
    pub groups: Vec<String>,
    /// Its layer, where layers were asked for, or luck.
    pub layer: Option<Layer>,
    /// Share that it explains by itself (Sobol' first order), or its Shapley effect.
    pub share: Interval,
    /// Share that would be left if all else were known (Sobol' total).
    pub total: Option<Interval>,
}

/// A share with the ends of its 95% interval of simulation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Estimate of the share.
    pub value: f64,
    /// The ends; none where there are too few paths for parts of them to be held against each other.
    pub ends: Option<(f64, f64)>,
}

/// Quantile of Student's t with 15 degrees of freedom at 0.975.
const T: f64 = 2.131_449_545_559_323;

impl Interval {
    /// From the estimate of all paths and those without each of sixteen parts: a jackknife (Tukey, 1958), by Student's t with
    /// 15 degrees of freedom. Estimates of the parts alone would rest on a sixteenth of the paths each, too few for those of
    /// them that carry much of the variance of an amount.
    pub(super) fn of(value: f64, without: Option<Vec<f64>>) -> Self {
        let ends = without.map(|without| {
            let n = without.len() as f64;
            let mean = without.iter().sum::<f64>() / n;
            let squares: f64 = without.iter().map(|it| (it - mean) * (it - mean)).sum();
            let half = T * (squares * (n - 1.0) / n).sqrt();
            (value - half, value + half)
        });
        Self { value, ends }
    }

    /// Standard error, where it is known.
    #[must_use]
    pub fn error(&self) -> Option<f64> {
        self.ends.map(|(low, high)| 0.5 * (high - low) / T)
    }
}
