//! Random bits as a number between 0 and 1, which is never one of the two.

/// Uniform in (0, 1) from 64 random bits: `((x >> 11) + ½) · 2⁻⁵³` (golden M14).
///
/// The largest numbers would round up to 1, which has no quantile; they become `1 − 2⁻⁵³`.
#[must_use]
#[inline(always)]
pub fn uniform_from_bits(bits: u64) -> f64 {
    uniform_from_halves(bits & 0xffff_ffff, bits >> 32)
}

/// Uniform in (0, 1) from the low and the high half of the bits, below 2³² each.
///
/// The high half is placed into the mantissa of a power of two whose last bit has its worth, and the low half, with the
/// half of a cell behind its last bit, into that of another; the powers are taken away from the high half together, where
/// nothing is rounded. Unlike a conversion instruction, this is vectorised on every processor, and the halves need not be
/// put together.
#[inline(always)]
pub(super) fn uniform_from_halves(low: u64, high: u64) -> f64 {
    const TWO_20_BITS: u64 = 0x4130_0000_0000_0000;
    const TWO_20: f64 = 1_048_576.0;
    const QUARTER_BITS: u64 = 0x3fd0_0000_0000_0000;
    const TWO_MINUS_53: f64 = 1.0 / 9_007_199_254_740_992.0;
    let high = f64::from_bits(TWO_20_BITS | high) - (TWO_20 + 0.25);
    let low = f64::from_bits(QUARTER_BITS | low >> 10 | 1);
    (high + low).min(1.0 - TWO_MINUS_53)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uniform_is_the_middle_of_its_cell_and_never_an_end() {
        let expected = 0.004_444_444_444_444_417_6; // golden row M14
        assert!((uniform_from_bits(0x0123_4567_89ab_cdef) - expected).abs() < 1e-16 * expected);
        assert_eq!(uniform_from_bits(0), 2f64.powi(-54));
        assert_eq!(uniform_from_bits(u64::MAX), 1.0 - 2f64.powi(-53));
    }
}
