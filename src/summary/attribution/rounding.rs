//! Parts of a whole, rounded so that what is printed adds up.

/// Parts rounded so that what is printed adds up to what is printed of the whole: the largest remainders give way.
///
/// The whole is rounded first, and may itself be the difference of two printed numbers.
#[must_use]
pub fn rounded_to_add_up(parts: &[f64], whole: f64, decimals: i32) -> Vec<f64> {
    let scale = libm::pow(10.0, f64::from(decimals));
    let mut rounded: Vec<f64> = parts.iter().map(|part| (part * scale).round()).collect();
    let mut missing = (whole * scale).round() - rounded.iter().sum::<f64>();
    // More than a step for each part is no rounding: the parts do not belong to this whole.
    let most = parts.len() as f64;
    while missing.abs() > 0.5 && missing.abs() <= most {
        let step = missing.signum();
        // The part that rounding has moved furthest the other way.
        let furthest = (0..parts.len()).max_by(|a, b| {
            let moved = |place: &usize| step * (parts[*place] * scale - rounded[*place]);
            moved(a).total_cmp(&moved(b)).then(b.cmp(a))
        });
        let Some(place) = furthest else { break };
        rounded[place] += step;
        missing -= step;
    }
    // Zero has no sign in any file.
    rounded.into_iter().map(|value| value / scale + 0.0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounded_parts_add_up_to_the_rounded_whole() {
        for parts in [vec![0.333, 0.333, 0.334], vec![1.05, -0.55, 0.449], vec![2.5, 2.5, 2.5, 2.5], vec![-0.04, -0.04]]
        {
            let whole = (parts.iter().sum::<f64>() * 10.0).round() / 10.0;
            let rounded = rounded_to_add_up(&parts, whole, 1);
            assert!((rounded.iter().sum::<f64>() - whole).abs() < 1e-9, "{parts:?}: {rounded:?}");
            assert!(rounded.iter().zip(&parts).all(|(a, b)| (a - b).abs() <= 0.1 + 1e-9));
        }
        assert!(rounded_to_add_up(&[], 0.0, 1).is_empty());
        // The whole is what two printed numbers differ by, not what the parts round to.
        assert_eq!(rounded_to_add_up(&[-6.6, -3.6], -11.0, 0), [-7.0, -4.0]);
        assert!(rounded_to_add_up(&[f64::NAN, 1.0], 1.0, 0)[0].is_nan());
    }
}
