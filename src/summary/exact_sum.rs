//! Sums of floating-point numbers without any rounding, so that neither order nor grouping can change them.
//!
//! A sum is a row of whole numbers, each counting its own power of 2³²; adding a number adds three or so of its digits
//! (a superaccumulator: Kulisch 1971, Neal 2015). Whole numbers add up to the same in any order, so what several
//! threads or machines have summed can be put together to the very bits of one long sum. Rounding happens once, where a
//! sum is read.

use serde::{Deserialize, Serialize};

/// Bits of a digit. It is kept in 64, so that two thousand million numbers can be added before one could overflow.
const DIGIT: i32 = 32;

/// An exact sum of any numbers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct ExactSum {
    /// Power of 2³² that the first digit counts.
    #[serde(rename = "at")]
    first: i32,
    /// From the lowest digit up, each with a sign of its own.
    digits: Vec<i64>,
    /// What else was added, in bits: 1 for ∞, 2 for −∞, 4 for what is no number.
    #[serde(default, skip_serializing_if = "is_zero")]
    beyond: u8,
}

fn is_zero(bits: &u8) -> bool {
    *bits == 0
}

/// A finite number as sign, whole mantissa and power of two.
#[derive(Clone, Copy)]
struct Binary {
    negative: bool,
    mantissa: u64,
    exponent: i32,
}

impl Binary {
    fn of(value: f64) -> Self {
        let bits = value.to_bits();
        let (biased, fraction) = ((bits >> 52 & 0x7ff) as i32, bits & ((1 << 52) - 1));
        let mantissa = if biased == 0 { fraction } else { fraction | 1 << 52 };
        Self { negative: value.is_sign_negative(), mantissa, exponent: biased.max(1) - 1075 }
    }
}

impl ExactSum {
    /// Adds a number of any kind.
    pub(crate) fn add(&mut self, value: f64) {
        if value.is_finite() {
            let Binary { negative, mantissa, exponent } = Binary::of(value);
            self.add_whole(negative, mantissa.into(), exponent);
        } else {
            self.beyond |= if value.is_nan() { 4 } else { 1 << u8::from(value < 0.0) };
        }
    }

    /// Adds a finite number a whole number of times; fewer than 2⁶⁴.
    pub(crate) fn add_times(&mut self, value: f64, times: u64) {
        let Binary { negative, mantissa, exponent } = Binary::of(value);
        self.add_whole(negative, u128::from(mantissa) * u128::from(times), exponent);
    }

    /// Adds the product of two finite numbers so many times; fewer than 2²².
    pub(crate) fn add_product(&mut self, first: f64, second: f64, times: u64) {
        let (a, b) = (Binary::of(first), Binary::of(second));
        let product = u128::from(a.mantissa) * u128::from(b.mantissa) * u128::from(times);
        self.add_whole(a.negative != b.negative, product, a.exponent + b.exponent);
    }

    /// Adds another sum.
    pub(crate) fn merge(&mut self, other: &Self) {
        self.beyond |= other.beyond;
        if other.digits.is_empty() {
            return;
        }
        let place = self.reserve(other.first, other.digits.len());
        for (digit, more) in self.digits[place..].iter_mut().zip(&other.digits) {
            *digit = digit.wrapping_add(*more);
        }
    }

    /// Adds another sum multiplied by a finite number.
    pub(crate) fn add_scaled(&mut self, other: &Self, factor: f64) {
        self.beyond |= other.beyond;
        let Binary { negative, mantissa, exponent } = Binary::of(factor);
        for (power, digit) in (other.first..).zip(&other.digits) {
            let product = u128::from(digit.unsigned_abs()) * u128::from(mantissa);
            self.add_whole(negative != (*digit < 0), product, DIGIT * power + exponent);
        }
    }

    /// Adds `±whole · 2^exponent`.
    #[inline]
    fn add_whole(&mut self, negative: bool, whole: u128, exponent: i32) {
        if whole == 0 {
            return;
        }
        let (power, shift) = (exponent.div_euclid(DIGIT), exponent.rem_euclid(DIGIT));
        let (low, high) = (whole as u64, (whole >> 64) as u64);
        let place = self.reserve(power, if high == 0 { 3 } else { 5 });
        self.add_digits(place, negative, u128::from(low) << shift);
        if high != 0 {
            self.add_digits(place + 2, negative, u128::from(high) << shift);
        }
    }

    /// Adds the three digits of a number below 2⁹⁶ from a place on.
    #[inline]
    fn add_digits(&mut self, place: usize, negative: bool, number: u128) {
        for (step, digit) in self.digits[place..][..3].iter_mut().enumerate() {
            let more = i64::from((number >> (32 * step)) as u32);
            *digit = digit.wrapping_add(if negative { -more } else { more });
        }
    }

    /// Makes room for so many digits from a power on, and says at which place they begin.
    #[inline]
    fn reserve(&mut self, power: i32, count: usize) -> usize {
        if self.digits.is_empty() {
            self.first = power;
        }
        if power < self.first {
            let more = self.first.abs_diff(power) as usize;
            self.digits.splice(0..0, std::iter::repeat_n(0, more));
            self.first = power;
        }
        let place = power.abs_diff(self.first) as usize;
        if self.digits.len() < place + count {
            self.digits.resize(place + count, 0);
        }
        place
    }

    /// Whether it can be a sum of floating-point numbers and their products.
    pub(crate) fn is_sound(&self) -> bool {
        let powers = i64::from(self.first)..i64::from(self.first) + self.digits.len() as i64;
        powers.start >= -100 && powers.end <= 100 && self.beyond < 8
    }

    /// The sum, rounded once; infinite or undefined if something infinite or undefined was added.
    pub(crate) fn value(&self) -> f64 {
        self.over(1)
    }

    /// The sum divided by a number; off by a few last digits of the whole quotient at most.
    fn over(&self, count: u64) -> f64 {
        if let Some(limit) = self.limit() {
            return limit;
        }
        let (negative, leading, exponent) = self.leading();
        let quotient = libm::ldexp(leading as f64 / count as f64, exponent);
        if negative { -quotient } else { quotient }
    }

    /// The sum divided by how many numbers it has, to the last digit.
    ///
    /// What is left of the sum after a first quotient is known exactly, so equal numbers have their own value as mean.
    pub(crate) fn mean(&self, count: u64) -> f64 {
        if let Some(limit) = self.limit() {
            return limit;
        }
        // A mean lies within the range of numbers, where rounding may not leave it.
        let first = self.over(count).clamp(f64::MIN, f64::MAX);
        let mut rest = self.clone();
        rest.add_times(-first, count);
        first + rest.over(count)
    }

    fn limit(&self) -> Option<f64> {
        match self.beyond {
            0 => None,
            1 => Some(f64::INFINITY),
            2 => Some(f64::NEG_INFINITY),
            _ => Some(f64::NAN),
        }
    }

    /// Sign, leading bits and power of two. Of what is below those bits, the last one says whether it is anything at
    /// all: so rounding them to a float rounds the sum.
    fn leading(&self) -> (bool, u128, i32) {
        let carried = |sign: i128| {
            let mut carry = 0;
            let mut digits: Vec<u32> = Vec::with_capacity(self.digits.len() + 2);
            for digit in self.digits.iter().copied().chain([0, 0]) {
                let sum = carry + sign * i128::from(digit);
                digits.push(sum as u32);
                carry = sum >> DIGIT;
            }
            (carry, digits)
        };
        let (carry, mut digits) = carried(1);
        let negative = carry < 0;
        if negative {
            digits = carried(-1).1;
        }
        let Some(top) = digits.iter().rposition(|digit| *digit != 0) else { return (false, 0, 0) };
        let lowest = top.saturating_sub(3);
        let leading = digits[lowest..=top].iter().rev().fold(0, |sum, digit| sum << DIGIT | u128::from(*digit));
        let below = digits[..lowest].iter().any(|digit| *digit != 0);
        let place = i32::try_from(lowest).expect("a few hundred digits");
        (negative, leading | u128::from(below), DIGIT * (self.first + place))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(values: &[f64]) -> ExactSum {
        let mut sum = ExactSum::default();
        values.iter().for_each(|value| sum.add(*value));
        sum
    }

    #[test]
    fn what_cancels_leaves_what_is_left_to_the_last_digit() {
        assert_eq!(of(&[1e300, 1.0, -1e300, 1e-300]).value(), 1.0);
        assert_eq!(of(&[1e300, 1e-300, -1e300]).value(), 1e-300);
        assert_eq!(of(&[0.1; 10]).value(), 1.0);
        assert_eq!(of(&[5e-324, 5e-324]).value(), 1e-323);
        assert_eq!(of(&[f64::MAX, f64::MAX, -f64::MAX]).value(), f64::MAX);
        assert_eq!((of(&[f64::MAX, f64::MAX]).value(), of(&[f64::MAX; 3]).mean(3)), (f64::INFINITY, f64::MAX));
        assert_eq!((of(&[]).value(), of(&[2.5, -2.5]).value()), (0.0, 0.0));
        // Halfway between two neighbours the even one, unless anything lies below.
        let half = f64::EPSILON / 2.0;
        assert_eq!(of(&[1.0, half]).value(), 1.0);
        assert_eq!(of(&[1.0, half, 1e-200]).value(), 1.0 + f64::EPSILON);
        assert_eq!(of(&[-1.0, -half, -1e-200]).value(), -1.0 - f64::EPSILON);
    }

    #[test]
    fn what_is_infinite_or_undefined_stays_so() {
        assert_eq!(of(&[1.0, f64::INFINITY]).mean(2), f64::INFINITY);
        assert_eq!(of(&[f64::NEG_INFINITY, 1e308]).value(), f64::NEG_INFINITY);
        assert!(of(&[f64::NEG_INFINITY, f64::INFINITY]).value().is_nan() && of(&[f64::NAN]).value().is_nan());
    }

    /// Numbers of every size, some of them opposite to others.
    fn numbers() -> impl Strategy<Value = Vec<f64>> {
        prop::collection::vec((any::<f64>(), 0..4u8), 0..40).prop_map(|drawn| {
            let finite = drawn.into_iter().filter(|(value, _)| value.is_finite());
            finite.flat_map(|(value, twice)| if twice == 0 { vec![value, -value] } else { vec![value] }).collect()
        })
    }

    proptest! {
        #[test]
        fn order_and_grouping_change_nothing(values in numbers(), cut in 0..80usize) {
            let whole = of(&values);
            let (first, second) = values.split_at(cut.min(values.len()));
            let mut merged = of(second);
            merged.merge(&of(first));
            prop_assert_eq!(&merged, &whole);
            let reversed: Vec<f64> = values.iter().rev().copied().collect();
            prop_assert_eq!(&of(&reversed), &whole);
        }

        #[test]
        fn whole_numbers_add_up_and_multiply_as_whole_numbers_do(
            values in prop::collection::vec((any::<i64>(), any::<i32>(), 0..1024u64), 0..50), scale in -40..40i32
        ) {
            let unit = libm::ldexp(1.0, scale);
            let (mut sum, mut products, mut scaled) = (ExactSum::default(), ExactSum::default(), ExactSum::default());
            let (mut expected, mut of_products) = (0_i128, 0_i128);
            for (value, other, times) in values {
                // Whole numbers that a float holds.
                let value = value >> 11;
                sum.add_times(value as f64 * unit, times);
                expected += i128::from(value) * i128::from(times);
                products.add_product(value as f64 * unit, f64::from(other), times);
                of_products += i128::from(value) * i128::from(other) * i128::from(times);
            }
            prop_assert_eq!(sum.value(), expected as f64 * unit);
            prop_assert_eq!(products.value(), of_products as f64 * unit);
            scaled.add_scaled(&sum, -3.0);
            prop_assert_eq!(scaled.value(), (-3 * expected) as f64 * unit);
        }

        #[test]
        fn the_mean_of_equal_numbers_is_the_number(value in any::<f64>(), count in 1..5_000_000_000_u64) {
            prop_assume!(value.is_normal());
            let mut sum = ExactSum::default();
            sum.add_times(value, count);
            prop_assert_eq!(sum.mean(count), value);
        }
    }
}
