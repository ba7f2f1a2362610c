//! Distributions of uncertain assumptions, each of them nothing but its quantile function.
//!
//! A draw, the all-median path, the ends of a tornado and a quasi-random point are one code path with another
//! probability `p`. There are no rejection samplers: they would break the pairing of scenarios.

use std::sync::Arc;

use crate::special;

/// The law of an uncertain number, in the internal unit of its [`Kind`](crate::growth::Kind).
///
/// Values are made by the `scenario` room, which has checked the bounds; the constructors here state their
/// invariants and do not repeat those checks.
///
/// # Examples
/// ```
/// use aigap::distribution::{Distribution, Z90};
///
/// let law = Distribution::lognormal_from_quantiles(10.0, 40.0, Z90);
/// assert!((law.median() - 20.0).abs() < 1e-9 && (law.quantile(0.9) - 40.0).abs() < 1e-9);
/// assert!((law.cdf(law.quantile(0.3)) - 0.3).abs() < 1e-9);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Distribution {
    /// One value, held to be certain.
    Fixed(f64),
    /// Normal with mean and standard deviation.
    Normal {
        /// Mean, which is also the median.
        mean: f64,
        /// Standard deviation, positive.
        sd: f64,
    },
    /// Lognormal: `exp(Normal(mu, sigma))`, for what must be positive.
    LogNormal {
        /// Mean of the logarithm; `exp(mu)` is the median.
        mu: f64,
        /// Standard deviation of the logarithm, positive.
        sigma: f64,
    },
    /// Every value between two ends is equally likely.
    Uniform {
        /// Lower end of the range.
        low: f64,
        /// Upper end of the range.
        high: f64,
    },
    /// Triangular between two ends with a most likely value.
    Triangular {
        /// Lower end of the range.
        low: f64,
        /// Most likely value.
        mode: f64,
        /// Upper end of the range.
        high: f64,
    },
    /// PERT: a beta law on `[low, high]` with mean `(low + 4 mode + high) / 6`.
    Pert {
        /// Lower end of the range.
        low: f64,
        /// Most likely value.
        mode: f64,
        /// Upper end of the range.
        high: f64,
    },
    /// One of several values, in the order written, with weights that sum to one.
    OneOf {
        /// The possible values.
        values: Vec<f64>,
        /// Their probabilities, in the same order.
        weights: Vec<f64>,
    },
    /// A sample: its values in rising order, each as likely as any other.
    Sample(Arc<[f64]>),
    /// Another law, conditioned on the part of its probability between two ranks, so that an out-of-range tail
    /// is cut off in probability instead of being piled up on the bound.
    Truncated {
        /// The law before truncation.
        law: Box<Distribution>,
        /// Probability below the lower bound, removed.
        below: f64,
        /// Probability above the upper bound, removed.
        above: f64,
    },
}

/// How a law is moved with its spread kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// All quantiles by the same amount: what is held as a log, a share or a year.
    Shift,
    /// All quantiles by the same factor: levels, whose spread is one of logs.
    Factor,
}

/// Standard normal quantile of 0.9, from which a `p10`/`p90` pair gives a standard deviation.
pub const Z90: f64 = 1.281_551_565_544_600_4;
/// Standard normal quantile of 0.95, from which a `p5`/`p95` pair gives a standard deviation.
pub const Z95: f64 = 1.644_853_626_951_472_7;

impl Distribution {
    /// Normal law with the given quantiles at `1 − Φ(z)` and `Φ(z)`; pass [`Z90`] or [`Z95`].
    #[must_use]
    pub fn normal_from_quantiles(low: f64, high: f64, z: f64) -> Self {
        Self::Normal { mean: 0.5 * (low + high), sd: (high - low) / (2.0 * z) }
    }

    /// Lognormal law with the given positive quantiles at `1 − Φ(z)` and `Φ(z)` (golden M20).
    #[must_use]
    pub fn lognormal_from_quantiles(low: f64, high: f64, z: f64) -> Self {
        let (low, high) = (special::ln(low), special::ln(high));
        Self::LogNormal { mu: 0.5 * (low + high), sigma: (high - low) / (2.0 * z) }
    }

    /// Lognormal law with the given mean and standard deviation of the value itself, both positive.
    #[must_use]
    pub fn lognormal_from_moments(mean: f64, sd: f64) -> Self {
        let variance = libm::log1p((sd / mean) * (sd / mean));
        Self::LogNormal { mu: special::ln(mean) - 0.5 * variance, sigma: variance.sqrt() }
    }

    /// The value below which a share `p` of the law lies, for `p` in (0, 1).
    ///
    /// Monotone in `p`. For [`OneOf`](Self::OneOf) it is the first value whose cumulative weight reaches `p`.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        match self {
            Self::Fixed(value) => *value,
            Self::Normal { mean, sd } => mean + sd * special::normal_quantile(p),
            Self::LogNormal { mu, sigma } => special::exp(mu + sigma * special::normal_quantile(p)),
            Self::Uniform { low, high } => low + (high - low) * p,
            Self::Triangular { low, mode, high } => triangular_quantile(*low, *mode, *high, p),
            Self::Pert { low, mode, high } => {
                let (alpha, beta) = pert_shapes(*low, *mode, *high);
                low + (high - low) * special::beta_quantile(alpha, beta, p)
            }
            Self::OneOf { values, weights } => one_of_quantile(values, weights, p),
            Self::Sample(values) => values[((p * values.len() as f64) as usize).min(values.len() - 1)],
            Self::Truncated { law, below, above } => law.quantile(below + (1.0 - above - below) * p),
        }
    }

    /// Probability that a value is at most `x`.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        match self {
            Self::Fixed(value) => f64::from(u8::from(x >= *value)),
            Self::Normal { mean, sd } => special::normal_cdf((x - mean) / sd),
            Self::LogNormal { mu, sigma } if x > 0.0 => special::normal_cdf((special::ln(x) - mu) / sigma),
            Self::LogNormal { .. } => 0.0,
            Self::Uniform { low, high } => ((x - low) / (high - low)).clamp(0.0, 1.0),
            Self::Triangular { low, mode, high } => triangular_cdf(*low, *mode, *high, x),
            Self::Pert { low, mode, high } => {
                let (alpha, beta) = pert_shapes(*low, *mode, *high);
                special::beta_cdf(alpha, beta, ((x - low) / (high - low)).clamp(0.0, 1.0))
            }
            Self::OneOf { values, weights } => {
                values.iter().zip(weights).filter(|(value, _)| **value <= x).map(|(_, weight)| weight).sum()
            }
            Self::Sample(values) => values.partition_point(|value| *value <= x) as f64 / values.len() as f64,
            Self::Truncated { law, below, above } => ((law.cdf(x) - below) / (1.0 - above - below)).clamp(0.0, 1.0),
        }
    }

    /// The middle value: what the all-median path uses.
    #[must_use]
    pub fn median(&self) -> f64 {
        self.quantile(0.5)
    }

    /// Smallest and largest value the law can give; infinite where it has no bound.
    #[must_use]
    pub fn support(&self) -> (f64, f64) {
        match self {
            Self::Fixed(value) => (*value, *value),
            Self::Normal { .. } => (f64::NEG_INFINITY, f64::INFINITY),
            Self::LogNormal { .. } => (0.0, f64::INFINITY),
            Self::Uniform { low, high } | Self::Triangular { low, high, .. } | Self::Pert { low, high, .. } => {
                (*low, *high)
            }
            Self::OneOf { values, .. } => values
                .iter()
                .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(*value), high.max(*value))),
            Self::Sample(values) => (values[0], values[values.len() - 1]),
            Self::Truncated { law, below, above } => {
                let (low, high) = law.support();
                let low = if *below > 0.0 { law.quantile(*below) } else { low };
                let high = if *above > 0.0 { law.quantile(1.0 - above) } else { high };
                (low, high)
            }
        }
    }

    /// Least and greatest value that a draw can have: a law without ends is drawn as far as the smallest uniform number reaches,
    /// eight standard deviations out.
    #[must_use]
    pub fn drawn_ends(&self) -> (f64, f64) {
        if !matches!(self, Self::Normal { .. } | Self::LogNormal { .. } | Self::Truncated { .. }) {
            return self.support();
        }
        (self.quantile(f64::EPSILON / 4.0), self.quantile(1.0 - f64::EPSILON / 2.0))
    }

    /// The law conditioned on `[low, high]`, and the probability that was cut off; `None` if nothing is left.
    #[must_use]
    pub fn truncated(self, low: f64, high: f64) -> Option<(Self, f64)> {
        let (least, greatest) = self.support();
        if least >= low && greatest <= high {
            return Some((self, 0.0));
        }
        let below = if least < low { self.cdf(low) } else { 0.0 };
        let above = if greatest > high { 1.0 - self.cdf(high) } else { 0.0 };
        let lost = below + above;
        // Less than any uniform can fall into: eight standard deviations out there is nothing to cut.
        if lost < 1e-15 {
            return Some((self, 0.0));
        }
        (lost < 1.0).then(|| (Self::Truncated { law: Box::new(self), below, above }, lost))
    }

    /// This law moved so that its median is `median`, with its spread kept; `None` where that is not possible within
    /// `range`.
    ///
    /// All quantiles are shifted by the same amount, or multiplied by the same factor ([`Scale`]), so a value keeps its
    /// rank: what is drawn with a probability `p` is the moved quantile of `p`. Where the moved law reaches out of the range,
    /// it is cut off there in probability, and moved so far that what is left has the median asked for.
    #[must_use]
    pub fn with_median(&self, median: f64, scale: Scale, range: (f64, f64)) -> Option<Self> {
        let (low, high) = range;
        if !(low <= median && median <= high) {
            return None;
        }
        let whole = if let Self::Truncated { law, .. } = self { law } else { self };
        let reached = |target: f64| Some(whole.moved(target, scale)?.truncated(low, high)?.0);
        let first = reached(median)?;
        if !matches!(first, Self::Truncated { .. }) {
            return Some(first);
        }
        // The median of what is left rises with the median before it is cut off: bracket, then bisect.
        let miss = |target: f64| reached(target).map(|law| law.median() - median);
        let up = miss(median)? < 0.0;
        let ends = (0..60).map(|step| {
            let factor = libm::exp2(f64::from(step) - 20.0);
            match (scale, up) {
                (Scale::Shift, true) => median + factor,
                (Scale::Shift, false) => median - factor,
                (Scale::Factor, true) => median * (1.0 + factor),
                (Scale::Factor, false) => median / (1.0 + factor),
            }
        });
        let (mut near, mut far) = (median, ends.into_iter().find(|end| miss(*end).is_some_and(|it| (it < 0.0) != up))?);
        for _ in 0..200 {
            let middle = 0.5 * (near + far);
            if middle == near || middle == far {
                break;
            }
            if (miss(middle)? < 0.0) == up { near = middle } else { far = middle }
        }
        reached(far).filter(|law| (law.median() - median).abs() <= 1e-9 * median.abs().max(1.0))
    }

    /// This law without bounds, shifted or multiplied so that its median is `median`.
    fn moved(&self, median: f64, scale: Scale) -> Option<Self> {
        let own = self.median();
        // The median of a lognormal law is positive whatever is done to it, so it is always multiplied.
        let scale = if matches!(self, Self::LogNormal { .. }) { Scale::Factor } else { scale };
        if scale == Scale::Factor && !(median > 0.0 && own > 0.0) {
            return None;
        }
        let to = |value: f64| match scale {
            Scale::Shift => value + (median - own),
            Scale::Factor => value * (median / own),
        };
        Some(match self {
            Self::Fixed(_) => Self::Fixed(median),
            Self::Normal { sd, .. } => match scale {
                Scale::Shift => Self::Normal { mean: median, sd: *sd },
                Scale::Factor => Self::Normal { mean: median, sd: sd * (median / own) },
            },
            Self::LogNormal { sigma, .. } => Self::LogNormal { mu: special::ln(median), sigma: *sigma },
            Self::Uniform { low, high } => Self::Uniform { low: to(*low), high: to(*high) },
            Self::Triangular { low, mode, high } => {
                Self::Triangular { low: to(*low), mode: to(*mode), high: to(*high) }
            }
            Self::Pert { low, mode, high } => Self::Pert { low: to(*low), mode: to(*mode), high: to(*high) },
            Self::OneOf { values, weights } => {
                Self::OneOf { values: values.iter().map(|value| to(*value)).collect(), weights: weights.clone() }
            }
            Self::Sample(values) => Self::Sample(values.iter().map(|value| to(*value)).collect()),
            Self::Truncated { law, below, above } => {
                // The inner law is moved by as much as takes the median of the whole there.
                let inner = match scale {
                    Scale::Shift => law.median() + (median - own),
                    Scale::Factor => law.median() * (median / own),
                };
                Self::Truncated { law: Box::new(law.moved(inner, scale)?), below: *below, above: *above }
            }
        })
    }

    /// Whether the law has a single value.
    #[must_use]
    pub fn is_fixed(&self) -> bool {
        matches!(self, Self::Fixed(_))
    }
}

/// Shapes of the beta law behind a PERT: `α = 1 + 4 (mode − low)/(high − low)`, `β = 1 + 4 (high − mode)/(high − low)`.
fn pert_shapes(low: f64, mode: f64, high: f64) -> (f64, f64) {
    let range = high - low;
    (1.0 + 4.0 * (mode - low) / range, 1.0 + 4.0 * (high - mode) / range)
}

fn triangular_quantile(low: f64, mode: f64, high: f64, p: f64) -> f64 {
    let range = high - low;
    if p * range < mode - low {
        low + (p * range * (mode - low)).sqrt()
    } else {
        high - ((1.0 - p) * range * (high - mode)).sqrt()
    }
}

fn triangular_cdf(low: f64, mode: f64, high: f64, x: f64) -> f64 {
    if x <= low {
        0.0
    } else if x >= high {
        1.0
    } else if x < mode {
        (x - low) * (x - low) / ((high - low) * (mode - low))
    } else {
        1.0 - (high - x) * (high - x) / ((high - low) * (high - mode))
    }
}

fn one_of_quantile(values: &[f64], weights: &[f64], p: f64) -> f64 {
    let mut reached = 0.0;
    for (value, weight) in values.iter().zip(weights) {
        reached += weight;
        if p <= reached {
            return *value;
        }
    }
    // Weights sum to one up to rounding, so a probability next to one belongs to the last value.
    *values.last().expect("a one-of law has at least one value")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moved_law_has_the_median_asked_for_and_the_spread_it_had() {
        let wide = (f64::NEG_INFINITY, f64::INFINITY);
        let laws = [
            Distribution::Normal { mean: 0.2, sd: 0.1 },
            Distribution::LogNormal { mu: -1.0, sigma: 0.4 },
            Distribution::Uniform { low: 0.1, high: 0.7 },
            Distribution::Triangular { low: 0.1, mode: 0.2, high: 0.7 },
            Distribution::Pert { low: 0.1, mode: 0.2, high: 0.7 },
            Distribution::OneOf { values: vec![0.1, 0.3, 0.6], weights: vec![0.2, 0.5, 0.3] },
        ];
        for (law, scale) in laws.iter().flat_map(|law| [(law, Scale::Shift), (law, Scale::Factor)]) {
            let moved = law.with_median(0.5, scale, wide).expect("possible");
            assert!((moved.median() - 0.5).abs() < 1e-12, "{law:?}");
            let factor = scale == Scale::Factor || matches!(law, Distribution::LogNormal { .. });
            for p in [0.01, 0.25, 0.9] {
                let (before, after) = (law.quantile(p), moved.quantile(p));
                let expected = if factor { before * (0.5 / law.median()) } else { before + (0.5 - law.median()) };
                assert!((after - expected).abs() < 1e-9, "{law:?} at {p}: {after}, not {expected}");
            }
        }
        assert_eq!(Distribution::Fixed(0.2).with_median(0.3, Scale::Shift, wide), Some(Distribution::Fixed(0.3)));
        assert_eq!(Distribution::Fixed(-0.2).with_median(0.3, Scale::Factor, wide), None);
    }

    #[test]
    fn a_law_that_is_moved_towards_a_bound_keeps_the_median_and_stays_within() {
        let law = Distribution::Normal { mean: 0.3, sd: 0.1 }.truncated(0.0, 1.0).expect("possible").0;
        for median in [0.03, 0.05, 0.1, 0.5, 0.9, 0.97] {
            let moved = law.with_median(median, Scale::Shift, (0.0, 1.0)).expect("possible");
            assert!((moved.median() - median).abs() < 1e-9, "{median}: {}", moved.median());
            assert!(moved.quantile(1e-9) >= 0.0 && moved.quantile(1.0 - 1e-9) <= 1.0, "{median}");
        }
        // Far from the bounds nothing is cut off that was not.
        let uniform = Distribution::Uniform { low: 0.2, high: 0.4 };
        let moved = uniform.with_median(0.6, Scale::Shift, (0.0, 1.0)).expect("possible");
        assert!(matches!(moved, Distribution::Uniform { .. }));
        for (median, scale) in [(1.2, Scale::Shift), (-0.1, Scale::Shift), (f64::NAN, Scale::Shift)] {
            assert_eq!(uniform.with_median(median, scale, (0.0, 1.0)), None);
        }
    }
}
