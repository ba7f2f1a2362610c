//! How a value compares with a bound, in which two that differ by a rounding are the same.

/// How two values compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// Less than the threshold: `<`.
    Below,
    /// At most the threshold: `<=`.
    AtMost,
    /// More than the threshold: `>`.
    Above,
    /// At least the threshold: `>=`.
    AtLeast,
}

/// How far apart two values are, of the second, that are taken for the same.
///
/// A level that an event caps at $10bn, or a path that passes it, comes out of its logarithm with another last digit:
/// it is neither above nor below.
const SAME: f64 = 1e-12;

impl Comparison {
    /// Whether it holds; never for what is no number.
    #[must_use]
    #[inline(always)]
    pub fn holds(self, value: f64, threshold: f64) -> bool {
        let slack = SAME * threshold.abs();
        match self {
            Self::Below => value < threshold - slack,
            Self::AtMost => value <= threshold + slack,
            Self::Above => value > threshold + slack,
            Self::AtLeast => value >= threshold - slack,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_by_a_rounding_is_the_same() {
        let capped = libm::exp(libm::log(10.0));
        assert_ne!(capped, 10.0);
        for value in [10.0, capped, 20.0 - capped] {
            let holds = |comparison: Comparison| comparison.holds(value, 10.0);
            assert!(!holds(Comparison::Above) && !holds(Comparison::Below), "{value}");
            assert!(holds(Comparison::AtMost) && holds(Comparison::AtLeast), "{value}");
        }
        assert!(Comparison::Above.holds(10.0 + 1e-9, 10.0) && Comparison::Below.holds(-10.0 - 1e-9, -10.0));
        assert!(!Comparison::Above.holds(f64::NAN, 10.0) && !Comparison::AtMost.holds(f64::NAN, 10.0));
    }
}
