//! Deals one by one: the law of a deal's size, and a year's total as the sum of its deals.
//!
//! The ten largest deals of a year are drawn one by one, exactly, from the top down, and so are all of a Pareto tail; the
//! many below them are one sum with the right first five cumulants. Up to 40 deals every one is drawn.
//! Above, only the sum of the small ones is approximate, and what is added to it exactly cannot widen its error: the
//! largest distance of its distribution function from the exact one, by Fourier inversion, on average over the levels
//! where the ten largest may end, for some numbers of deals and spreads of sizes:
//!
//! | σ | 41 | 50 | 64 | 90 | 129 | 232 | 512 | 1151 |
//! |---|---|---|---|---|---|---|---|---|
//! | 1.40 | 1.3e-5 | 8.9e-6 | 5.5e-6 | 3.1e-6 | 1.7e-6 | 8.3e-7 | 3.5e-7 | 1.6e-7 |
//! | 1.83 | 2.1e-5 | 1.5e-5 | 9.7e-6 | 5.8e-6 | 3.6e-6 | 1.9e-6 | 8.8e-7 | 4.4e-7 |
//! | 2.20 | 3.1e-5 | 2.2e-5 | 1.5e-5 | 9.4e-6 | 6.1e-6 | 3.4e-6 | 1.7e-6 | 9.1e-7 |
//! | 2.50 | 4.2e-5 | 3.0e-5 | 2.1e-5 | 1.3e-5 | 9.0e-6 | 5.1e-6 | 2.6e-6 | 1.5e-6 |
//!
//! A dozen deals between two sizes, the fewest that are taken as a sum, err by at most 1e-4.

use crate::special::{exp, ln, normal_cdf, normal_quantile, normal_share};

/// How deal sizes are spread around their mean, with numbers of type `P`.
///
/// Lognormal with log standard deviation `sigma`; optionally its largest share replaced by a Pareto tail that joins
/// it smoothly, and a largest deal. The mean is the modelled deal size, whatever the shape.
/// Sensible: `sigma` 1.7 to 2.2; published mean and median of 2023 ($23.4m and $4.4m) give 1.83 (golden A26).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sizes<P> {
    /// Standard deviation `σ_d` of the log of a deal's size.
    pub sigma: P,
    /// Share `p_u` of deals that follow a Pareto law instead.
    pub tail_share: Option<P>,
    /// Largest deal, as its natural log in $m.
    pub cap: Option<P>,
}

impl<P> Sizes<P> {
    /// These sizes with their numbers translated.
    pub fn map<'a, Q>(&'a self, mut translate: impl FnMut(&'a P) -> Q) -> Sizes<Q> {
        Sizes {
            sigma: translate(&self.sigma),
            tail_share: self.tail_share.as_ref().map(&mut translate),
            cap: self.cap.as_ref().map(&mut translate),
        }
    }
}

impl Sizes<&str> {
    /// The law in words.
    #[must_use]
    pub fn in_words(&self) -> String {
        let mut words = format!("sizes one by one, sigma {}", self.sigma);
        if let Some(share) = self.tail_share {
            words += &format!(", Pareto tail of {share}");
        }
        if let Some(cap) = self.cap {
            words += &format!(", largest {cap}");
        }
        words
    }
}

/// `σ_d` of a lognormal law with this mean and median: `√(2 ln(mean/median))` (golden A26).
#[must_use]
pub fn sigma_of(mean: f64, median: f64) -> f64 {
    (2.0 * libm::log(mean / median)).sqrt()
}

/// Coefficient of variation of a year's total when `mean_count` deals are expected, from the luck of deals alone:
/// `√(E[X²]/E[X]²/λ)` (golden A27, A28, G08).
#[must_use]
pub fn variation_of_total(shape: &Shape, mean_count: f64) -> f64 {
    (libm::exp(shape.log_moment(2) - 2.0 * shape.log_moment(1)) / mean_count).sqrt()
}

/// Skewness of a year's total when `mean_count` deals are expected: `E[X³]/(√λ E[X²]^1.5)` (golden G09).
#[must_use]
pub fn skewness_of_total(shape: &Shape, mean_count: f64) -> f64 {
    libm::exp(shape.log_moment(3) - 1.5 * shape.log_moment(2)) / mean_count.sqrt()
}

/// The size of one deal in units of the lognormal's median.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shape {
    sigma: f64,
    tail: Option<Tail>,
    /// Log of the largest deal; infinite if there is none.
    log_cap: f64,
    /// Probability of the uncapped lognormal above the cap: 0 without one, and with a tail, which has its own end.
    cut: f64,
}

/// The Pareto tail above the lognormal's `1 − p_u` quantile `u`, with the exponent that makes the density smooth:
/// `α = φ(z)/(σ p_u)` (golden G17).
#[derive(Clone, Copy, Debug, PartialEq)]
struct Tail {
    share: f64,
    z: f64,
    alpha: f64,
    /// `(c/u)^−α` at the cap.
    end: f64,
}

impl Shape {
    /// From `σ_d`, the share of the Pareto tail (0 for none) and the log of the cap in units of the median.
    #[must_use]
    pub fn new(sigma: f64, tail_share: f64, log_cap: f64) -> Self {
        let mut shape = Self { sigma, tail: None, log_cap, cut: 0.0 };
        if tail_share > 0.0 {
            let z = -normal_quantile(tail_share);
            // A cap below the joint leaves no tail.
            if log_cap > sigma * z {
                let alpha = libm::exp(-0.5 * z * z) / (2.0 * std::f64::consts::PI).sqrt() / (sigma * tail_share);
                let end = if log_cap.is_finite() { libm::exp(-alpha * (log_cap - sigma * z)) } else { 0.0 };
                shape.tail = Some(Tail { share: tail_share, z, alpha, end });
                return shape;
            }
        }
        if log_cap.is_finite() {
            shape.cut = normal_cdf(-log_cap / sigma);
        }
        shape
    }

    /// The shape whose largest deal is `log_cap` in $m when the mean deal is `log_mean`.
    ///
    /// The cap lowers the mean of what is below it, so the two are solved together; a cap below one and a half mean
    /// deals is taken as one and a half, because a mean needs deals above it.
    #[must_use]
    pub fn capped(sigma: f64, tail_share: f64, log_cap: f64, log_mean: f64) -> Self {
        const LEAST: f64 = 0.405_465_108_108_164_4;
        let above_mean = (log_cap - log_mean).max(LEAST);
        let miss = |cap: f64| cap - above_mean - Self::new(sigma, tail_share, cap).log_moment(1);
        // The secant method: rising and smooth in the log of the cap, a handful of steps.
        let mut before = above_mean + 0.5 * sigma * sigma;
        let mut miss_before = miss(before);
        let mut cap = before - miss_before;
        for _ in 0..100 {
            let missed = miss(cap);
            if missed.abs() < 1e-12 || missed == miss_before {
                break;
            }
            let step = missed * (cap - before) / (missed - miss_before);
            (before, miss_before) = (cap, missed);
            cap -= step.clamp(-5.0, 5.0);
        }
        Self::new(sigma, tail_share, cap)
    }

    /// Whether the moment of this order is finite.
    #[must_use]
    pub fn has_moment(&self, order: i32) -> bool {
        self.log_cap.is_finite() || self.tail.is_none_or(|tail| tail.alpha > f64::from(order))
    }

    /// `ln E[Y^k]` (golden G18, G19).
    #[must_use]
    pub fn log_moment(&self, order: i32) -> f64 {
        let k = f64::from(order);
        let free = 0.5 * k * k * self.sigma * self.sigma;
        let Some(tail) = self.tail else {
            if self.log_cap.is_infinite() {
                return free;
            }
            let z = self.log_cap / self.sigma;
            return free + libm::log(normal_cdf(z - k * self.sigma) / normal_cdf(z));
        };
        let body = libm::exp(free) * normal_cdf(tail.z - k * self.sigma);
        // ∫ y^k of a Pareto on [u, c]: α u^k (1 − r^(k − α))/(α − k)/(1 − r^−α), written so that α = k has a value.
        let rate = tail.alpha - k;
        let span = self.log_cap - self.sigma * tail.z;
        let area = if span.is_infinite() {
            1.0 / rate
        } else if (rate * span).abs() < 1e-9 {
            span
        } else {
            -libm::expm1(-rate * span) / rate
        };
        let pareto = tail.alpha * libm::exp(k * self.sigma * tail.z) * area / (1.0 - tail.end);
        libm::log(body + tail.share * pareto)
    }

    /// Log of the size that a share `survival` of deals exceeds.
    #[must_use]
    pub fn log_size(&self, survival: f64) -> f64 {
        self.log_size_of(survival, normal_quantile(self.rank(survival)))
    }

    /// The probability whose normal quantile [`Shape::log_size_of`] needs.
    #[must_use]
    #[inline(always)]
    pub fn rank(&self, survival: f64) -> f64 {
        self.cut + survival * (1.0 - self.cut)
    }

    /// [`Shape::log_size`] where the normal quantile is known already, which is found faster in columns.
    #[must_use]
    #[inline(always)]
    pub fn log_size_of(&self, survival: f64, normal: f64) -> f64 {
        match self.tail {
            Some(tail) if survival < tail.share => {
                let v = survival / tail.share;
                self.sigma * tail.z - ln(tail.end + v * (1.0 - tail.end)) / tail.alpha
            }
            _ => -self.sigma * normal,
        }
    }

    /// Share of deals above a size, given as its log.
    #[must_use]
    pub fn survival(&self, log_size: f64) -> f64 {
        if log_size >= self.log_cap {
            return 0.0;
        }
        match self.tail {
            Some(tail) if log_size > self.sigma * tail.z => {
                let pareto = libm::exp(-tail.alpha * (log_size - self.sigma * tail.z));
                tail.share * (pareto - tail.end) / (1.0 - tail.end)
            }
            Some(_) => normal_cdf(-log_size / self.sigma),
            None => (normal_cdf(-log_size / self.sigma) - self.cut) / (1.0 - self.cut),
        }
    }

    /// Share of deals that the Pareto tail holds; the sum below it is lognormal.
    #[must_use]
    pub fn tail_share(&self) -> f64 {
        self.tail.map_or(0.0, |tail| tail.share)
    }

    /// Deals below a size, which itself lies below the Pareto tail.
    #[must_use]
    pub fn band(&self, log_edge: f64) -> Band {
        let z = log_edge / self.sigma;
        Band(std::array::from_fn(|k| normal_share(z - k as f64 * self.sigma)))
    }
}

/// Deals above this size are counted: $100m and $1bn, as logs in $m.
pub const THRESHOLDS: [f64; 2] = [4.605_170_185_988_092, 6.907_755_278_982_137];

/// How many of the largest deals are always drawn one by one.
pub const ALWAYS: f64 = 10.0;

/// Survival level down to which more than the largest deals are drawn: that of the Pareto tail, and 1 where every deal
/// is drawn.
#[must_use]
#[inline(always)]
pub fn drawn_share(count: f64, tail_share: f64) -> f64 {
    if count <= 40.0 { 1.0 } else { tail_share }
}

/// Log of the survival level of the next largest of the deals that are left: `L' = L + ln(u)/(N − j)` (golden G16).
#[must_use]
#[inline(always)]
pub fn next_level(log_remaining: f64, log_uniform: f64, left: f64) -> f64 {
    log_remaining + log_uniform / left
}

/// Where the numbers of a year's run stand that add up its deals: one each for the sum of the rest, the count and the
/// sum of the band above $100m, the count and the sum of the band above $1bn; runs of them for what is drawn singly.
pub const NUMBERS: Run = Run { rest: 0, bands: [[1, 2], [4, 5]], few_rest: 64, few: [128, 192] };

/// See [`NUMBERS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// Sum of the rest.
    pub rest: u32,
    /// Count and sum of the band above each threshold.
    pub bands: [[u32; 2]; 2],
    /// First of the numbers of a few deals of the rest.
    pub few_rest: u32,
    /// First of the numbers of a few deals of each band.
    pub few: [u32; 2],
}

/// Deals from which on a sum is taken from its cumulants: all that are left, and those between two sizes, which have
/// hardly any skewness, so that half as many are enough. Fewer are drawn one by one.
pub const FEW: [f64; 2] = [24.0, 12.0];

/// Deals between two sizes of the plain lognormal: the parts of its moments of order 0 to 4 that lie between them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Band(pub [f64; 5]);

impl Band {
    /// What is left of this band when a lower one is taken away.
    #[must_use]
    #[inline(always)]
    pub fn without(&self, lower: &Self) -> Self {
        Self(std::array::from_fn(|k| self.0[k] - lower.0[k]))
    }

    /// First four cumulants of one deal in the band, in units of the median (golden G14).
    #[must_use]
    #[inline(always)]
    pub fn cumulants(&self, sigma: f64) -> [f64; 4] {
        // e^(k²σ²/2) is e^(σ²/2) to the power k².
        let unit = exp(0.5 * sigma * sigma);
        let square = unit * unit;
        let fourth_power = square * square;
        let m1 = unit * self.0[1] / self.0[0];
        let m2 = fourth_power * self.0[2] / self.0[0];
        let m3 = fourth_power * fourth_power * unit * self.0[3] / self.0[0];
        let sixteenth = fourth_power * fourth_power * fourth_power * fourth_power;
        let m4 = sixteenth * self.0[4] / self.0[0];
        let variance = m2 - m1 * m1;
        let third = m3 - 3.0 * m1 * m2 + 2.0 * m1 * m1 * m1;
        let fourth = m4 - 4.0 * m1 * m3 + 6.0 * m1 * m1 * m2 - 3.0 * m1 * m1 * m1 * m1;
        [m1, variance.max(0.0), third, fourth - 3.0 * variance * variance]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantile_and_survival_are_inverse() {
        let shapes = [
            Shape::new(1.83, 0.0, f64::INFINITY),
            Shape::new(1.83, 0.0, 6.0),
            Shape::new(1.83, 0.01, f64::INFINITY),
            Shape::new(1.83, 0.01, 9.0),
            Shape::new(1.83, 0.01, 3.0),
        ];
        for shape in shapes {
            for step in 1..1000 {
                let s = f64::from(step) / 1000.0;
                let back = shape.survival(shape.log_size(s));
                assert!((back / s - 1.0).abs() < 1e-9, "{shape:?} at {s}: {back}");
            }
        }
    }

    #[test]
    fn moments_are_those_of_the_law() {
        for shape in [
            Shape::new(1.4, 0.0, f64::INFINITY),
            Shape::new(1.83, 0.0, 5.0),
            Shape::new(1.83, 0.01, 8.86),
            Shape::new(2.2, 0.005, 12.0),
        ] {
            for order in [1, 2] {
                let n = 4_000_000;
                // Midpoint rule in the square of the survival level: dense where the large deals are.
                let sum: f64 = (0..n)
                    .map(|step| {
                        let v = (f64::from(step) + 0.5) / f64::from(n);
                        4.0 * v.powi(3) * libm::exp(f64::from(order) * shape.log_size(v.powi(4)))
                    })
                    .sum::<f64>()
                    / f64::from(n);
                let found = libm::exp(shape.log_moment(order));
                assert!((found / sum - 1.0).abs() < 2e-3, "{shape:?} order {order}: {found} and {sum}");
            }
        }
    }

    #[test]
    fn a_cap_in_dollars_and_a_mean_in_dollars_hold_together() {
        for (log_mean, log_cap) in [(2.0, 9.0), (3.0, 6.0), (4.0, 4.2), (1.0, 12.0)] {
            for tail in [0.0, 0.01] {
                let shape = Shape::capped(1.83, tail, log_cap, log_mean);
                let log_scale = log_mean - shape.log_moment(1);
                let largest = shape.log_cap + log_scale;
                assert!(
                    (largest - f64::max(log_cap, log_mean + 0.405_465_108)).abs() < 1e-6,
                    "{largest} and {log_cap}"
                );
            }
        }
    }

    #[test]
    fn deals_of_a_narrow_band_lie_in_it() {
        let shape = Shape::new(1.83, 0.0, f64::INFINITY);
        let band = shape.band(2.1).without(&shape.band(2.0));
        let [mean, variance, ..] = band.cumulants(1.83);
        assert!(mean > libm::exp(2.0) && mean < libm::exp(2.1));
        assert!(variance > 0.0 && variance < (libm::exp(2.1) - libm::exp(2.0)).powi(2) / 4.0);
    }
}
