//! Probabilities with two kinds of error: that of the simulation and that of the assumptions.

use serde::{Deserialize, Serialize};

use super::estimate::Estimate;

/// Counts of yes among paths, two of which share each draw of the assumptions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Paths that answer yes.
    pub yes: u64,
    /// Draws both of whose paths answer yes.
    pub both: u64,
}

impl Tally {
    /// Adds other counts.
    pub fn merge(&mut self, other: &Self) {
        self.yes += other.yes;
        self.both += other.both;
    }
}

/// A probability estimated from paths.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Probability {
    /// Paths that answered yes.
    pub hits: u64,
    /// Number of paths that were asked.
    pub paths: u64,
    /// Share of paths that answered yes.
    pub value: f64,
    /// Standard error of the simulation, over draws (clusters of two paths).
    pub standard_error: f64,
    /// Lower end of the 95% interval of the simulation (Wilson, with the effective number of paths).
    pub low: f64,
    /// Upper end of it.
    pub high: f64,
    /// Standard deviation of the probability over the assumptions: `√Cov(1_{i1}, 1_{i2})`, 0 where it is below 0.
    pub spread_from_assumptions: f64,
}

impl Probability {
    /// From the counts of a run.
    ///
    /// `SE(p̂) = SD_i((1_{i1} + 1_{i2})/2)/√n` over the `n` draws. The Wilson interval uses `p(1−p)/SE²` paths; where
    /// all paths agree there is no estimate of that, and the draws are counted instead if assumptions are uncertain.
    #[must_use]
    pub fn new(tally: Tally, paths: u64, assumptions_are_uncertain: bool) -> Self {
        let draws = (paths / 2) as f64;
        let value = tally.yes as f64 / paths as f64;
        // Draws with two, one and no yes contribute 1, 1/4 and 0 to the sum of squared pair means.
        let one = (tally.yes - 2 * tally.both) as f64;
        let squares = tally.both as f64 + 0.25 * one;
        let variance = ((squares - draws * value * value) / (draws - 1.0).max(1.0)).max(0.0);
        let standard_error = (variance / draws).sqrt();
        let covariance = (tally.both as f64 - draws * value * value) / (draws - 1.0).max(1.0);
        let effective = if standard_error > 0.0 {
            value * (1.0 - value) / (standard_error * standard_error)
        } else if assumptions_are_uncertain {
            draws
        } else {
            paths as f64
        };
        let (low, high) = wilson(value, effective, Z_95);
        let spread_from_assumptions = if assumptions_are_uncertain { covariance.max(0.0).sqrt() } else { 0.0 };
        Self { hits: tally.yes, paths, value, standard_error, low, high, spread_from_assumptions }
    }
}

impl Probability {
    /// The share with its simulation error, which where all draws agree is that of the interval.
    #[must_use]
    pub fn estimate(&self) -> Estimate {
        let width = (self.high - self.low) / (2.0 * Z_95);
        let error = if self.standard_error > 0.0 { self.standard_error } else { width };
        Estimate { value: self.value, error }
    }

    /// Standard deviation over the assumptions with its simulation error; `None` where it is within twice that of none.
    ///
    /// The covariance of the two answers of a draw, whose root it is, is off by about `p(1 − p)/√n` over `n` draws.
    #[must_use]
    pub fn spread(&self) -> Option<Estimate> {
        let off = self.value * (1.0 - self.value) / (0.5 * self.paths as f64).sqrt();
        let spread = self.spread_from_assumptions;
        (spread * spread > 2.0 * off).then(|| Estimate { value: spread, error: 0.5 * off / spread })
    }
}

/// Two-sided 95% point of the normal law.
pub const Z_95: f64 = 1.959_963_984_540_054;

/// Wilson's score interval for a share `p` of `n` (not necessarily whole) trials (Wilson, 1927).
#[must_use]
pub fn wilson(p: f64, n: f64, z: f64) -> (f64, f64) {
    let z2 = z * z;
    let centre = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = z / (1.0 + z2 / n) * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    // At the ends the interval touches 0 or 1 exactly, which rounding would miss.
    let low = if p <= 0.0 { 0.0 } else { (centre - half).max(0.0) };
    let high = if p >= 1.0 { 1.0 } else { (centre + half).min(1.0) };
    (low, high)
}

/// Ranks `(l, u)`, from 1, of the order statistics that enclose the quantile at `p` with at least this confidence:
/// `l = max{l : P(Bin(n, p) ≤ l − 1) ≤ α/2}`, `u = min{u : P(Bin(n, p) ≥ u) ≤ α/2}`.
///
/// `l` is 0 and `u` is `n + 1` where no order statistic is far enough out. The exact coverage comes with them.
#[must_use]
pub fn quantile_ranks(n: u64, p: f64, level: f64) -> (u64, u64, f64) {
    let half = 0.5 * (1.0 - level);
    let mode = (((n + 1) as f64 * p).floor() as u64).min(n);
    // Probabilities far from the mode are below any tail that matters; everything is relative to the mode.
    let odds = p / (1.0 - p);
    let (mut above, mut below) = (vec![1.0], Vec::new());
    let (mut k, mut value) = (mode, 1.0);
    while k < n && value > 1e-25 {
        value *= (n - k) as f64 / (k + 1) as f64 * odds;
        above.push(value);
        k += 1;
    }
    // A factor for each step as above, so that no step waits for the division of the one before.
    let odds = (1.0 - p) / p;
    (k, value) = (mode, 1.0);
    while k > 0 && value > 1e-25 {
        value *= k as f64 / (n - k + 1) as f64 * odds;
        below.push(value);
        k -= 1;
    }
    // The masses add up to one, which is more exact at large `n` than any factorial.
    let scale = 1.0 / (below.iter().rev().sum::<f64>() + above.iter().rev().sum::<f64>());
    let first = mode - below.len() as u64;
    let pmf: Vec<f64> = below.iter().rev().chain(&above).map(|ratio| ratio * scale).collect();
    // Each tail is summed from its small end, so that a tail of 0.025 keeps all its digits.
    let mut sum = 0.0;
    let mut lower = 0;
    for (offset, mass) in pmf.iter().enumerate() {
        sum += mass;
        if sum > half {
            break;
        }
        lower = first + offset as u64 + 1;
    }
    let mut sum = 0.0;
    let mut upper = n + 1;
    for (offset, mass) in pmf.iter().enumerate().rev() {
        sum += mass;
        if sum > half {
            break;
        }
        upper = first + offset as u64;
    }
    let inside = |k: u64| k >= lower && k < upper;
    let coverage = pmf.iter().enumerate().filter(|(offset, _)| inside(first + *offset as u64)).map(|(_, m)| m).sum();
    (lower, upper, coverage)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_share_a_draw_are_not_counted_twice() {
        // Twenty draws whose two paths always agree carry the information of twenty paths, not of forty.
        let agree = Tally { yes: 20, both: 10 };
        let found = Probability::new(agree, 40, true);
        assert!((found.standard_error - (0.25 / 19.0f64).sqrt()).abs() < 1e-15);
        assert!((found.spread_from_assumptions - (0.25 * 20.0 / 19.0f64).sqrt()).abs() < 1e-15);
        // Independent pairs: 5 draws both, 10 one, 5 none.
        let independent = Probability::new(Tally { yes: 20, both: 5 }, 40, true);
        assert_eq!(independent.spread_from_assumptions, 0.0);
        assert!((independent.standard_error - (0.125 / 19.0f64).sqrt()).abs() < 1e-15);
    }

    #[test]
    fn a_share_of_nothing_has_an_upper_end() {
        let none = Probability::new(Tally::default(), 100_000, true);
        assert_eq!((none.value, none.low), (0.0, 0.0));
        assert!(none.high > 5e-5 && none.high < 1e-4);
    }
}
