//! How heavy the ends of what a histogram has counted are.

use super::buckets;
use super::counts::Histogram;

impl Histogram {
    /// Kurtosis `E d⁴ / (E d²)²` of the finite values through a rising function, with `d` their distance from the mean: 3 for
    /// a normal law, and as many as there are values where one of them is all of the spread. `None` where nothing varies.
    #[must_use]
    pub fn kurtosis(&self, rising: impl Fn(f64) -> f64) -> Option<f64> {
        let middle = |name: usize| 0.5 * (buckets::edge(name) + buckets::edge(name + 1));
        let inside = |value: f64| rising(value.clamp(self.least, self.greatest));
        let negative = self.negative.filled().map(|(name, count)| (inside(-middle(name)), count as f64));
        let positive = self.positive.filled().map(|(name, count)| (inside(middle(name)), count as f64));
        let zeros = (self.zeros > 0).then(|| (rising(0.0), self.zeros as f64));
        let values: Vec<(f64, f64)> = negative.chain(zeros).chain(positive).collect();
        let count: f64 = values.iter().map(|(_, count)| count).sum();
        let mean = values.iter().map(|(value, count)| value * count).sum::<f64>() / count;
        let power = |power: i32| values.iter().map(|(value, n)| n * (value - mean).powi(power)).sum::<f64>() / count;
        let variance = power(2);
        (variance > 0.0).then(|| power(4) / (variance * variance)).filter(|kurtosis| kurtosis.is_finite())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_laws_have_their_kurtosis() {
        let of = |values: &[f64]| {
            let mut histogram = Histogram::default();
            histogram.extend(values);
            histogram.kurtosis(|value| value)
        };
        // Two equally likely values: 1. Uniform: 9/5. One value in n that is all of the spread: n − 2 + 1/(n − 1).
        assert!((of(&[-2.0, 2.0, 2.0, -2.0]).expect("varies") - 1.0).abs() < 1e-3);
        let uniform: Vec<f64> = (0..10_000).map(|i| (f64::from(i) - 4999.5) / 1000.0).collect();
        assert!((of(&uniform).expect("varies") - 1.8).abs() < 1e-3);
        let mut one = vec![0.0; 100];
        one[7] = 5.0;
        assert!((of(&one).expect("varies") - (98.0 + 1.0 / 99.0)).abs() < 1e-9);
        assert_eq!(of(&[3.0; 20]), None);
    }
}
