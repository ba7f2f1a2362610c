//! Errors from independent replicates: the standard error of a number is the spread of theirs over the root of how many
//! there are.
//!
//! Points of one scramble are not independent, so no formula for independent paths holds for them. Sixteen scrambles
//! are (Owen, 1997).
//!
//! An error that is stated is such that 1.96 of it are the half-width of a 95% interval. Few replicates know their own spread
//! less well than many paths do, so what is stated is wider than their spread by the quotient of Student's t and the normal
//! law: 1.09 for sixteen.

use crate::special::beta_quantile;

use super::probability::{Probability, Z_95, wilson};

/// 97.5% point of Student's t with as many degrees of freedom as replicates of points less one.
const T_975: f64 = 2.131_449_545_559_323;

/// What the standard error of so many independent values is widened by.
///
/// With `ν` degrees of freedom, `ν/(ν + t²)` has a beta law with shapes `ν/2` and `1/2`.
pub(super) fn widening(values: f64) -> f64 {
    let freedom = (values - 1.0).max(1.0);
    if freedom == 15.0 {
        return T_975 / Z_95;
    }
    let x = beta_quantile(0.5 * freedom, 0.5, 0.05);
    (freedom * (1.0 - x) / x).sqrt() / Z_95
}

/// Error of a mean over the replicates that is stated; infinite if a value is.
pub(super) fn error(values: &[f64]) -> f64 {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    if values.iter().all(|value| *value == values[0]) {
        return 0.0;
    }
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    let error = (squares / (count - 1.0) / count).sqrt() * widening(count);
    if error.is_nan() { f64::INFINITY } else { error }
}

impl Probability {
    /// Replaces the error by the one that the shares of the replicates show.
    pub(super) fn with_replicates(&mut self, values: &[f64]) {
        self.standard_error = error(values);
        let effective = if self.standard_error > 0.0 {
            let own = self.standard_error / widening(values.len() as f64);
            self.value * (1.0 - self.value) / (own * own)
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
    fn the_error_of_replicates_is_their_spread_over_the_root_of_their_number_by_students_law() {
        assert_eq!(error(&[2.0; 16]), 0.0);
        // 97.5% points of Student's t, from a table: 3.182446 with 3 degrees of freedom.
        let expected = (4.0f64 / 3.0 / 4.0).sqrt() * 3.182_446_3 / Z_95;
        assert!((error(&[1.0, 3.0, 1.0, 3.0]) / expected - 1.0).abs() < 1e-7);
        for (values, point) in [(2.0, 12.706_205), (11.0, 2.228_139), (16.0, 2.131_450), (121.0, 1.979_930)] {
            assert!((widening(values) * Z_95 / point - 1.0).abs() < 1e-6, "{values}: {}", widening(values) * Z_95);
        }
        assert!(error(&[1.0, f64::INFINITY]).is_infinite() && error(&[f64::NAN, 1.0]).is_infinite());
        assert_eq!(error(&[f64::INFINITY; 4]), 0.0);
    }
}
