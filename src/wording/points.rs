//! A change and its parts in whole numbers that add up: log points and percentage points.

use crate::summary::rounded_to_add_up;

/// A change and its parts, in whole numbers that add up to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Split {
    /// The change that the parts add up to.
    pub whole: f64,
    /// The parts, in their order.
    pub parts: Vec<f64>,
}

/// Log points, hundredths of a natural log: they add up where factors multiply.
#[must_use]
pub fn log_points(first: f64, last: f64, parts: &[f64]) -> Split {
    let hundredths: Vec<f64> = parts.iter().map(|part| 100.0 * part).collect();
    split((100.0 * (last - first)).round(), &hundredths)
}

/// Percentage points between two probabilities as they are printed, and their parts.
///
/// Within a point the change is below what is printed, and there are no words for it.
#[must_use]
pub fn percentage_points(first: f64, last: f64, parts: &[f64]) -> Option<Split> {
    let [before, after] = [first, last].map(|share| (100.0 * share).round());
    if (last - first).abs() < 0.01 || before == after || !(last - first).is_finite() {
        return None;
    }
    let hundredths: Vec<f64> = parts.iter().map(|part| 100.0 * part).collect();
    // Ends that are not printed as whole points differ by what their difference rounds to.
    let whole = |share: f64| (0.0995..=0.995).contains(&share);
    let points = if whole(first) && whole(last) { after - before } else { (100.0 * (last - first)).round() };
    Some(split(points, &hundredths))
}

fn split(whole: f64, parts: &[f64]) -> Split {
    Split { whole, parts: rounded_to_add_up(parts, whole, 0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printed_parts_add_up_to_the_printed_whole() {
        let parts = log_points(2.75, 2.28, &[-0.333, -0.137]);
        assert_eq!((parts.whole, parts.parts), (-47.0, vec![-33.0, -14.0]));
        // 49.6% and 39.4% are printed as 50% and 39%: eleven points, although they differ by 10.2.
        let points = percentage_points(0.496, 0.394, &[-0.066, -0.036]).expect("a change");
        assert_eq!((points.whole, points.parts), (-11.0, vec![-7.0, -4.0]));
        assert_eq!(percentage_points(0.501, 0.504, &[0.003]), None);
        assert_eq!(percentage_points(0.5, f64::NAN, &[0.003]), None);
    }
}
