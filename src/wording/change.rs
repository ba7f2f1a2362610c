//! A change of the gap and its parts in money: the one rounding that charts and sentences share, so that what is printed
//! adds up.

use crate::summary::rounded_to_add_up;

/// A gap, what moved it and the gap behind, rounded to the same decimals.
#[derive(Clone, Debug, PartialEq)]
pub struct RoundedChange {
    /// The gap before, bn.
    pub first: f64,
    /// Its parts in their order, bn.
    pub parts: Vec<f64>,
    /// The gap behind: what stands before, and all parts.
    pub last: f64,
    /// Decimals of a billion.
    pub decimals: i32,
}

/// Rounds a change so that the printed parts lead from the printed gap before to the printed gap behind.
#[must_use]
pub fn rounded_change(first: f64, parts: &[f64]) -> RoundedChange {
    let all: Vec<f64> = std::iter::once(first).chain(parts.iter().copied()).collect();
    let last: f64 = all.iter().sum();
    let most = all.iter().chain([&last]).fold(0.0, |most: f64, value| most.max(value.abs()));
    let decimals = match most {
        most if most >= 1000.0 => 0,
        most if most >= 1.0 => 1,
        most if most > 0.0 => (1 - libm::floor(libm::log10(most)) as i32).clamp(2, 6),
        _ => 1,
    };
    let rounded = rounded_to_add_up(&all, last, decimals);
    let scale = libm::pow(10.0, f64::from(decimals));
    let last = (rounded.iter().sum::<f64>() * scale).round() / scale + 0.0;
    RoundedChange { first: rounded[0], parts: rounded[1..].to_vec(), last, decimals }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn printed_parts_lead_from_the_printed_gap_to_the_printed_gap(
            first in -40.0..40.0f64, parts in proptest::collection::vec(-20.0..20.0f64, 1..6),
        ) {
            let it = rounded_change(first, &parts);
            let sum = it.first + it.parts.iter().sum::<f64>();
            prop_assert!((sum - it.last).abs() < 1e-9, "{it:?}");
            let step = libm::pow(10.0, -f64::from(it.decimals));
            prop_assert!(it.parts.iter().zip(&parts).all(|(shown, part)| (shown - part).abs() < step), "{it:?}");
        }
    }

    #[test]
    fn a_tiny_market_keeps_two_figures() {
        let it = rounded_change(0.025, &[0.011, 0.0]);
        assert_eq!((it.decimals, it.last), (3, 0.036));
    }
}
