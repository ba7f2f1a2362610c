//! Errors from independent replicates: the standard error of a number is the spread of theirs over the root of how many
//! there are.
//!
//! Points of one scramble are not independent, so no formula for independent paths holds for them. Sixteen scrambles
//! are (Owen, 1997).

use super::probability::{Probability, wilson};

/// 97.5% point of Student's t with as many degrees of freedom as replicates less one.
pub(super) const T_975: f64 = 2.131_449_545_559_323;

/// Standard error of a mean over the replicates; infinite if a value is.
pub(super) fn error(values: &[f64]) -> f64 {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    if values.iter().all(|value| *value == values[0]) {
        return 0.0;
    }
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    let error = (squares / (count - 1.0) / count).sqrt();
    if error.is_nan() { f64::INFINITY } else { error }
}

impl Probability {
    /// Replaces the error by the one that the shares of the replicates show.
    pub(super) fn with_replicates(&mut self, values: &[f64]) {
        self.standard_error = error(values);
        let effective = if self.standard_error > 0.0 {
            self.value * (1.0 - self.value) / (self.standard_error * self.standard_error)
        } else {
            // Where nothing or everything was hit, draws count as they do for independent paths.
            0.5 * self.paths as f64
        };
        (self.low, self.high) = wilson(self.value, effective, T_975);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_of_replicates_is_their_spread_over_the_root_of_their_number() {
        assert_eq!(error(&[2.0; 16]), 0.0);
        assert!((error(&[1.0, 3.0, 1.0, 3.0]) - (4.0f64 / 3.0 / 4.0).sqrt()).abs() < 1e-15);
        assert!(error(&[1.0, f64::INFINITY]).is_infinite() && error(&[f64::NAN, 1.0]).is_infinite());
        assert_eq!(error(&[f64::INFINITY; 4]), 0.0);
    }
}
