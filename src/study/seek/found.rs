//! What a goal would take: the answer and its parts.

use crate::engine::Settings;
use crate::measure::Goal;
use crate::scenario::Scenario;
use crate::summary::Estimate;

use super::super::varied::Varied;

/// The answer to a goal that is sought.
#[derive(Clone, Debug)]
pub struct Sought {
    /// Scenario that was asked.
    pub scenario: Scenario,
    /// What is sought.
    pub goal: Goal,
    /// The target under the scenario as it is.
    pub today: Estimate,
    /// Whether the scenario meets the goal as it is.
    pub met: bool,
    /// The inputs that were named; none where every input was tried alone.
    pub named: Vec<Varied>,
    /// What is needed of each input alone, the likeliest first; of the one that was named; none with two.
    pub needs: Vec<Need>,
    /// What is needed of the second input for each value of the first, where two were named.
    pub frontier: Vec<(f64, Need)>,
    /// Paths and seed.
    pub settings: Settings,
}

/// What is needed of one input.
#[derive(Clone, Debug, PartialEq)]
pub struct Need {
    /// Input that is varied.
    pub varied: Varied,
    /// Whether and how the goal can be met.
    pub attained: Attained,
    /// Where the goal begins or ceases to be met.
    pub needed: Option<Needed>,
    /// Chance that the scenario gives to a value on the side where the goal is met; none for levers and certain inputs.
    pub chance: Option<f64>,
    /// The value that does best, and the target there.
    pub best: (f64, Estimate),
    /// The target at values over the whole range, in rising order.
    pub scan: Vec<(f64, Estimate)>,
    /// Whether the target only rises or only falls over the range.
    pub monotone: bool,
}

impl Need {
    /// The need of the second of two inputs: where it moves nothing beside a value of the first, it is the goal that is met at each
    /// of its values or at none.
    pub(super) fn of_frontier(self, goal: &Goal) -> Self {
        let attained = match self.attained {
            Attained::NoEffect if goal.is_met(self.best.1.value) => Attained::Everywhere,
            Attained::NoEffect => Attained::Nowhere,
            attained => attained,
        };
        Self { attained, ..self }
    }
}

/// The value at which a goal is just met, and what vouches for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Needed {
    /// The value, in the internal unit.
    pub value: f64,
    /// Ends of its 95% interval of simulation; `None` where it reaches out of the range.
    pub interval: Option<(f64, f64)>,
    /// Whether the goal is met above it.
    pub above: bool,
    /// The target just below, at and just above it: at the ends of the interval.
    pub certificate: [(f64, Estimate); 3],
    /// How it was found.
    pub method: Method,
}

/// How a value was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// As an order statistic of the values at which the single paths change.
    Paths,
    /// By bisection of the target on the same paths.
    Bisection,
    /// By trying every value.
    Every,
}

impl Method {
    /// Its word in `seek.csv`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Paths => "path thresholds",
            Self::Bisection => "bisection",
            Self::Every => "every value",
        }
    }
}

/// Whether and how a goal can be met by one input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attained {
    /// The goal is met by moving it.
    Yes,
    /// The scenario meets it as it is, and would cease to beyond the value.
    Already,
    /// At every value of the range.
    Everywhere,
    /// At no value of the range.
    Nowhere,
    /// The input does not move the target at all.
    NoEffect,
}

impl Attained {
    /// Its word in `seek.csv`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::Already => "already",
            Self::Everywhere => "everywhere",
            Self::Nowhere => "no",
            Self::NoEffect => "no effect",
        }
    }
}
