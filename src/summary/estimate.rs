//! Numbers with the error of their simulation: one by itself, and the headline's under a stated precision.

use serde::{Deserialize, Serialize};

/// A simulated number with the standard error of the simulation.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The number that was estimated.
    #[serde(with = "super::bits::one")]
    pub value: f64,
    /// Its standard error; infinite where so few paths say nothing of it.
    #[serde(with = "super::bits::one")]
    pub error: f64,
}

impl Estimate {
    /// A number without simulation error.
    #[must_use]
    pub fn certain(value: f64) -> Self {
        Self { value, error: 0.0 }
    }

    /// Whether two numbers on the same random numbers differ by more than the rounding of their last digits.
    #[must_use]
    pub fn differs_from(self, other: Self) -> bool {
        /// Share of a number below which its difference to another one is rounding.
        const ROUNDING: f64 = 1e-9;
        let (a, b) = (self.value, other.value);
        let is_rounding = a.is_finite() && b.is_finite() && (a - b).abs() <= ROUNDING * a.abs().max(b.abs());
        a != b && !is_rounding && !(a.is_nan() && b.is_nan())
    }

    /// The number in another unit.
    #[must_use]
    pub fn times(self, factor: f64) -> Self {
        Self { value: self.value * factor, error: self.error * factor.abs() }
    }
}

/// What the most paths that may be taken would leave of a precision that some paths have reached, where that is far from what
/// was asked: errors shrink as the root of the number of paths.
///
/// Near the end, and where few paths say nothing yet, the paths themselves decide.
#[must_use]
pub fn out_of_reach(asked: f64, reached: f64, [paths, most]: [u64; 2]) -> Option<f64> {
    const NEAR_THE_END: u64 = 16;
    let left = reached * (paths as f64 / most as f64).sqrt();
    Some(left).filter(|left| left.is_finite() && *left > 2.0 * asked && most / paths >= NEAR_THE_END)
}

/// How precise the numbers of the headline are: half-widths of their 95% intervals of simulation at the horizon.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Precision {
    /// What was asked for.
    pub asked: f64,
    /// Of the median ratio, as a share of it; `None` where it is no finite number.
    pub ratio: Option<f64>,
    /// Of the median gap, as a share of it or of the lead's median funding, whichever is larger.
    pub gap: Option<f64>,
    /// Of the two shares of paths with a wider gap, as a ratio and in money, as a share of all paths.
    pub shares: [Option<f64>; 2],
}

impl Precision {
    /// The widest of all.
    #[must_use]
    pub fn reached(&self) -> f64 {
        let all = [self.ratio, self.gap].into_iter().chain(self.shares).flatten();
        all.fold(0.0, f64::max)
    }

    /// Whether the widest is as narrow as asked.
    #[must_use]
    pub fn is_met(&self) -> bool {
        self.reached() <= self.asked
    }
}
