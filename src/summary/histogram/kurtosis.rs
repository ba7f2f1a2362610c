//! How heavy the ends of what a histogram has counted are.

use super::counts::Histogram;

impl Histogram {
    /// Kurtosis `E d⁴ / (E d²)²` of the finite values through a rising function, with `d` their distance from the mean: 3 for
    /// a normal law, and as many as there are values where one of them is all of the spread. `None` where nothing varies.
    ///
    /// From the middles of a sixteenth of the buckets, so that it is off by a hundredth or so.
    #[must_use]
    pub fn kurtosis(&self, rising: impl Fn(f64) -> f64) -> Option<f64> {
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
        (squares > 0.0).then(|| count * fourths / (squares * squares)).filter(|kurtosis| kurtosis.is_finite())
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
        assert!((of(&[-2.0, 2.0, 2.0, -2.0]).expect("varies") - 1.0).abs() < 0.02);
        let uniform: Vec<f64> = (0..10_000).map(|i| (f64::from(i) - 4999.5) / 1000.0).collect();
        assert!((of(&uniform).expect("varies") - 1.8).abs() < 0.01);
        let mut one = vec![0.0; 100];
        one[7] = 5.0;
        assert!((of(&one).expect("varies") - (98.0 + 1.0 / 99.0)).abs() < 1e-9);
        assert_eq!(of(&[3.0; 20]), None);
    }
}
