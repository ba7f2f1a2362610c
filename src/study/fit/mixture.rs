//! Mixtures of Student's laws: what a fit expects of a number that is not yet seen, and how such a forecast is scored.

use crate::special;

/// One law of a mixture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// Weight of the law; all weights add up to one.
    pub weight: f64,
    /// Degrees of freedom.
    pub degrees: f64,
    /// Where it is centred.
    pub location: f64,
    /// Scale of the law.
    pub scale: f64,
}

/// A mixture of Student's laws.
///
/// # Examples
/// ```
/// use aigap::study::{Mixture, Part};
///
/// let even = Mixture::new(vec![
///     Part { weight: 0.5, degrees: 8.0, location: -1.0, scale: 0.5 },
///     Part { weight: 0.5, degrees: 8.0, location: 1.0, scale: 0.5 },
/// ]);
/// assert!(even.quantile(0.5).abs() < 1e-9 && (even.cdf(0.0) - 0.5).abs() < 1e-12);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Mixture {
    parts: Vec<Part>,
}

/// Parts that together weigh less than this are left out: no shown digit rests on them.
const NEGLIGIBLE: f64 = 1e-12;

/// Abscissae and weights of Gauss and Legendre's rule of 8 points on (−1, 1), positive half.
const GAUSS: [(f64, f64); 4] = [
    (0.183_434_642_495_649_8, 0.362_683_783_378_362),
    (0.525_532_409_916_329, 0.313_706_645_877_887_3),
    (0.796_666_477_413_626_7, 0.222_381_034_453_374_48),
    (0.960_289_856_497_536_2, 0.101_228_536_290_376_26),
];

/// Pieces of the range on each side of the outcome over which the score is integrated.
const PIECES: usize = 24;

impl Mixture {
    /// A mixture of these parts.
    #[must_use]
    pub fn new(mut parts: Vec<Part>) -> Self {
        parts.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        let mut left: f64 = parts.iter().map(|part| part.weight).sum();
        let kept = parts.iter().take_while(|part| {
            let keep = left > NEGLIGIBLE;
            left -= part.weight;
            keep
        });
        let kept = kept.count().max(1);
        parts.truncate(kept);
        Self { parts }
    }

    /// One Student law.
    #[must_use]
    pub fn student(degrees: f64, location: f64, scale: f64) -> Self {
        Self { parts: vec![Part { weight: 1.0, degrees, location, scale }] }
    }

    /// Its laws, the heaviest first.
    #[must_use]
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Moves all laws by the same amount.
    #[must_use]
    pub fn shifted(mut self, by: f64) -> Self {
        self.parts.iter_mut().for_each(|part| part.location += by);
        self
    }

    fn sum(&self, of: impl Fn(&Part) -> f64) -> f64 {
        let total: f64 = self.parts.iter().map(|part| part.weight).sum();
        self.parts.iter().map(|part| part.weight * of(part)).sum::<f64>() / total
    }

    /// Probability of at most `x`.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        self.sum(|part| special::student_cdf(part.degrees, (x - part.location) / part.scale))
    }

    /// Minus the log of its density at `x`: the log score of a forecast.
    #[must_use]
    pub fn log_score(&self, x: f64) -> f64 {
        -libm::log(self.density(x))
    }

    fn density(&self, x: f64) -> f64 {
        self.sum(|part| {
            let z = (x - part.location) / part.scale;
            libm::exp(special::log_student_density(part.degrees, z)) / part.scale
        })
    }

    /// The value below which a share `p` of it lies.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        let ends = self.parts.iter().map(|part| {
            let reach = part.scale * special::student_quantile(part.degrees, p);
            part.location + reach
        });
        // The quantile lies between the smallest and the largest of its laws' quantiles.
        let (mut low, mut high) =
            ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), end| (low.min(end), high.max(end)));
        // Newton's steps, kept within bounds that close in.
        let mut x = 0.5 * (low + high);
        for _ in 0..100 {
            let miss = self.cdf(x) - p;
            if miss < 0.0 {
                low = x
            } else {
                high = x
            }
            let next = x - miss / self.density(x);
            let next = if low < next && next < high { next } else { 0.5 * (low + high) };
            if (next - x).abs() <= 1e-15 * x.abs().max(1.0) {
                return next;
            }
            x = next;
        }
        x
    }

    /// Continuous ranked probability score at an outcome: `∫ (F(x) − 1(x ≥ y))² dx`, by Gauss and Legendre's rule on pieces
    /// that grow geometrically away from the outcome.
    #[must_use]
    pub fn crps(&self, observed: f64) -> f64 {
        let widest = self.parts.iter().map(|part| part.scale).fold(0.0, f64::max);
        let spread = |sign: f64| {
            let far = self.parts.iter().map(|part| (sign * (part.location - observed)).max(0.0)).fold(0.0, f64::max);
            // Beyond this the tail of the smallest degrees of freedom adds less than a millionth of the scale.
            far + 60.0 * widest
        };
        [-1.0, 1.0].into_iter().map(|sign| self.integral(observed, sign, spread(sign))).sum()
    }

    /// Integral of the squared distance of its distribution function from that of the outcome, on one side of it.
    fn integral(&self, observed: f64, sign: f64, length: f64) -> f64 {
        let step = libm::log1p(length) / PIECES as f64;
        let at = |piece: usize| libm::expm1(step * piece as f64);
        let squared = |away: f64| {
            let share = self.cdf(observed + sign * away);
            let missing = if sign > 0.0 { 1.0 - share } else { share };
            missing * missing
        };
        let piece = |piece: usize| {
            let (from, to) = (at(piece), at(piece + 1));
            let (middle, half) = (0.5 * (from + to), 0.5 * (to - from));
            let both = |(x, weight): &(f64, f64)| weight * (squared(middle - half * x) + squared(middle + half * x));
            half * GAUSS.iter().map(both).sum::<f64>()
        };
        (0..PIECES).map(piece).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::score;

    /// The integral against the closed form of one law, and a mixture against its own quantiles.
    #[test]
    fn the_integral_is_the_closed_form() {
        for (degrees, scale, observed) in [(5.0, 1.2, 1.5), (9.0, 0.3, 4.0), (12.0, 0.5, 0.6), (3.0, 0.2, 0.5)] {
            let own = Mixture::student(degrees, 0.5, scale).crps(observed);
            let reference = score::crps_of_student(degrees, 0.5, scale, observed);
            assert!((own - reference).abs() < 2e-6 * reference.max(scale), "{own} {reference}");
        }
        // A mixture against the score of four thousand of its quantiles as a set of values.
        let part = |weight: f64, location: f64, scale: f64| Part { weight, degrees: 8.0, location, scale };
        let mixture = Mixture::new(vec![part(0.3, -0.4, 0.2), part(0.7, 0.5, 0.4)]);
        let values: Vec<f64> = (0..4_000).map(|place| mixture.quantile((f64::from(place) + 0.5) / 4_000.0)).collect();
        for observed in [-1.0, 0.1, 2.5] {
            let reference = score::crps_of_values(&values, observed).expect("there are values");
            let own = mixture.crps(observed);
            assert!((own - reference).abs() < 2e-4, "{own} {reference}");
        }
    }
}
