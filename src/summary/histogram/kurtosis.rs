//! How heavy the ends of what a histogram has counted are.

use crate::special::normal_quantile;

use super::Ranks;
use super::counts::Histogram;

/// How heavy the ends of some values are: as they were counted, and as errors have to take them.
///
/// The largest values of a law with a long end are in few samples and missing in most, so that a kurtosis that was counted is
/// too small in most of them: of 4,096 values of a lognormal law with `σ = 1` it is 49 in the middle case and 114 in truth. The
/// lognormal law that passes through three quantiles of the values knows its own ends. Wherever ends are heavier than those of
/// a normal law, errors take the larger of the two.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kurtosis {
    /// `E d⁴ / (E d²)²` of the finite values, with `d` their distance from the mean: 3 for a normal law, and as many as there
    /// are values where one of them is all of the spread.
    pub counted: f64,
    /// What errors are stated by: the same, or that of the lognormal law where it is larger, at most three times as much.
    pub stated: f64,
    /// How many times as large as counted the standard deviation is by that law: from 1 to 2.
    pub unseen: f64,
}

/// Most that a law makes of a kurtosis that was counted: two clusters of values look to three quantiles like no end at all.
const MOST_BEYOND: f64 = 3.0;

/// Probabilities of the quantiles that a lognormal law passes through besides the median: of the two laws, the lighter one
/// counts.
const OUTER: [f64; 2] = [0.01, 0.1];

impl Kurtosis {
    /// As errors of values in a unit have to take it: a share lies between 0 and 1, beyond which no sample lacks anything.
    #[must_use]
    pub fn in_unit(self, unit: &str) -> Self {
        if unit == "share" { Self { stated: self.counted, unseen: 1.0, ..self } } else { self }
    }

    /// The error of a standard deviation that was found with the kurtosis that was counted, by the one that is stated: it
    /// rises with the root of the kurtosis less one.
    #[must_use]
    pub fn widened(self, error: f64) -> f64 {
        if self.counted > 1.0 { error * ((self.stated - 1.0) / (self.counted - 1.0)).sqrt() } else { error }
    }
}

impl Histogram {
    /// How heavy the ends of the finite values are, through a rising function; `None` where nothing varies.
    ///
    /// From the middles of a sixteenth of the buckets, so that it is off by a hundredth or so.
    #[must_use]
    pub fn kurtosis(&self, rising: impl Fn(f64) -> f64) -> Option<Kurtosis> {
        let inside = |value: f64| rising(value.clamp(self.least, self.greatest));
        let negative = self.negative.coarse().map(|(middle, count)| (inside(-middle), count as f64));
        let positive = self.positive.coarse().map(|(middle, count)| (inside(middle), count as f64));
        let zeros = (self.zeros > 0).then(|| (rising(0.0), self.zeros as f64));
        let values: Vec<(f64, f64)> = negative.chain(zeros).chain(positive).collect();
        let count: f64 = values.iter().map(|(_, count)| count).sum();
        let mean = values.iter().map(|(value, count)| value * count).sum::<f64>() / count;
        let (mut squares, mut fourths) = (0.0, 0.0);
        for (value, number) in &values {
            let square = (value - mean) * (value - mean);
            squares += number * square;
            fourths += number * square * square;
        }
        let counted = (squares > 0.0).then(|| count * fourths / (squares * squares)).filter(|it| it.is_finite())?;
        let plain = Kurtosis { counted, stated: counted, unseen: 1.0 };
        if counted <= 3.0 {
            return Some(plain);
        }
        let law = Lognormal::through(&mut Ranks::of(self), rising);
        Some(law.map_or(plain, |law| Kurtosis {
            counted,
            stated: law.kurtosis().clamp(counted, MOST_BEYOND * counted),
            unseen: (law.sd() / (squares / count).sqrt()).clamp(1.0, 2.0),
        }))
    }
}

/// A lognormal law moved by a constant, which may point to either side.
#[derive(Clone, Copy, Debug)]
struct Lognormal {
    /// Standard deviation of the logarithm.
    sigma: f64,
    /// Factor of `e^(σ z)`.
    scale: f64,
}

impl Lognormal {
    /// The law through the median and the quantiles at `p` and `1 − p`: `e^(σ z) = (Q(1−p) − Q(½))/(Q(½) − Q(p))` for the
    /// normal quantile `z` at `1 − p`. `None` where two of them are the same, as they are among whole numbers.
    fn through(ranks: &mut Ranks, rising: impl Fn(f64) -> f64) -> Option<Self> {
        let [far, near] = OUTER;
        let [a, b, median, c, d] = ranks.quantiles([far, near, 0.5, 1.0 - near, 1.0 - far])?.map(rising);
        let of = |low: f64, high: f64, p: f64| {
            let (z, sides) = (normal_quantile(1.0 - p), [median - low, high - median]);
            let (short, long) = (sides[0].min(sides[1]), sides[0].max(sides[1]));
            let sigma = libm::log(long / short) / z;
            let scale = long / libm::expm1(sigma * z);
            (short > 0.0 && sigma > 0.0 && scale.is_finite()).then_some(Self { sigma, scale })
        };
        let (wide, narrow) = (of(a, d, far)?, of(b, c, near)?);
        Some(if wide.sigma < narrow.sigma { wide } else { narrow })
    }

    /// `w⁴ + 2w³ + 3w² − 3` with `w = e^(σ²)`.
    fn kurtosis(self) -> f64 {
        let w = libm::exp(self.sigma * self.sigma);
        w * w * (w * w + 2.0 * w + 3.0) - 3.0
    }

    /// `√(w (w − 1))` times the scale.
    fn sd(self) -> f64 {
        let w = libm::exp(self.sigma * self.sigma);
        self.scale * (w * (w - 1.0)).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[f64]) -> Option<Kurtosis> {
        let mut histogram = Histogram::default();
        histogram.extend(values);
        histogram.kurtosis(|value| value)
    }

    #[test]
    fn known_laws_have_their_kurtosis() {
        let of = |values: &[f64]| of(values).map(|it| it.counted);
        // Two equally likely values: 1. Uniform: 9/5. One value in n that is all of the spread: n − 2 + 1/(n − 1).
        assert!((of(&[-2.0, 2.0, 2.0, -2.0]).expect("varies") - 1.0).abs() < 0.02);
        let uniform: Vec<f64> = (0..10_000).map(|i| (f64::from(i) - 4999.5) / 1000.0).collect();
        assert!((of(&uniform).expect("varies") - 1.8).abs() < 0.01);
        let mut one = vec![0.0; 100];
        one[7] = 5.0;
        assert!((of(&one).expect("varies") - (98.0 + 1.0 / 99.0)).abs() < 1e-9);
        assert_eq!(of(&[3.0; 20]), None);
    }

    /// Quantiles of a lognormal law at even distances lack its far end, and the law through three of them does not.
    #[test]
    fn the_ends_that_a_sample_lacks_are_those_of_the_law_through_its_quantiles() {
        let scores = || (0..4096).map(|i| normal_quantile((f64::from(i) + 0.5) / 4096.0));
        for (sigma, sign, shift) in [(0.5, 1.0, 0.0), (0.8, 1.0, -4.0), (0.9, -1.0, 7.0)] {
            let values: Vec<f64> = scores().map(|z| sign * libm::exp(sigma * z) + shift).collect();
            let (found, w) = (of(&values).expect("varies"), libm::exp(sigma * sigma));
            let truth = w * w * (w * w + 2.0 * w + 3.0) - 3.0;
            assert!(found.counted < 0.99 * truth, "{sigma}: {found:?}");
            assert!((found.stated / truth - 1.0).abs() < 0.05, "{sigma}: {found:?} instead of {truth}");
            let sample = values.iter().map(|it| (it - shift).abs()).fold([0.0; 2], |[a, b], it| [a + it, b + it * it]);
            let sd = (sample[1] / 4096.0 - (sample[0] / 4096.0).powi(2)).sqrt();
            assert!((found.unseen * sd / (w * (w - 1.0)).sqrt() - 1.0).abs() < 0.03, "{sigma}: {found:?}");
        }
    }

    #[test]
    fn what_has_no_long_end_is_taken_as_it_was_counted() {
        let uniform: Vec<f64> = (0..4096).map(|i| 1.0 + f64::from(i)).collect();
        let clusters: Vec<f64> = (0..4096).map(|i| if i % 8 == 0 { 100.0 } else { f64::from(i % 7) }).collect();
        let whole: Vec<f64> = (0..4096).map(|i| if i % 16 == 0 { f64::from(i / 16) } else { 0.0 }).collect();
        for (values, most) in [(uniform, 1.0), (clusters, MOST_BEYOND), (whole, 1.0)] {
            let found = of(&values).expect("varies");
            assert!(found.stated >= found.counted && found.stated <= most * found.counted, "{found:?}");
        }
    }
}
