//! Names of buckets in 16 bits: what a column of values becomes while it is in the cache, to be counted later.

use super::buckets::{PER_OCTAVE, SHIFT, name};

/// Which numbers a name of 16 bits can stand for; the rare others are counted one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::summary) enum Signs {
    /// Positive numbers from 2⁻³² to 2³².
    Positive,
    /// Numbers of both signs with magnitudes from 2⁻¹² to 2²⁰.
    Both,
}

/// The ends of a named column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::summary) struct Named {
    /// Least value of the column.
    pub least: f64,
    /// Greatest value.
    pub greatest: f64,
    /// Least magnitude.
    pub nearest: f64,
}

impl Named {
    /// The ends of no values at all.
    pub(crate) const NOTHING: Self = Self { least: f64::INFINITY, greatest: f64::NEG_INFINITY, nearest: f64::INFINITY };

    /// The ends of two columns together.
    pub(crate) fn with(self, other: Self) -> Self {
        Self {
            least: self.least.min(other.least),
            greatest: self.greatest.max(other.greatest),
            nearest: self.nearest.min(other.nearest),
        }
    }
}

/// Bits of 2⁻³², at which positive names begin.
const POSITIVE_FIRST: u64 = (1023 - 32) << 52 >> SHIFT;
/// Bits of 2⁻¹², at which names of both signs begin.
const BOTH_FIRST: u64 = (1023 - 12) << 52 >> SHIFT;
/// The bit of a name of both signs that says that the number is negative.
const NEGATIVE: u16 = 1 << 15;
/// All bits of a float but its sign.
const MAGNITUDE: u64 = u64::MAX >> 1;

impl Signs {
    /// Splits a name into whether the number is negative and the bucket of its magnitude.
    #[inline(always)]
    pub(super) fn bucket(self, named: u16) -> (bool, usize) {
        match self {
            Self::Positive => (false, usize::from(named) + POSITIVE_FIRST as usize),
            Self::Both => (named >= NEGATIVE, usize::from(named & !NEGATIVE) + BOTH_FIRST as usize),
        }
    }
}

impl Signs {
    /// First names of the octaves of positive numbers from the least to the greatest that is named; none if the greatest is
    /// not positive.
    pub(super) fn octaves(self, least: f64, greatest: f64) -> impl Iterator<Item = u16> {
        let first = match self {
            Self::Positive => POSITIVE_FIRST,
            Self::Both => BOTH_FIRST,
        };
        let place = |magnitude: f64| name(magnitude) - first as usize;
        let (from, end) = if greatest > 0.0 { (place(least), place(greatest) + 1) } else { (0, 0) };
        let from = from - from % PER_OCTAVE;
        (from..end).step_by(PER_OCTAVE).map(|place| u16::try_from(place).expect("the place of a name"))
    }

    /// First names of the octaves between two negative numbers, given by their magnitudes.
    pub(super) fn negative_octaves(self, least: f64, greatest: f64) -> impl Iterator<Item = u16> {
        self.octaves(least, greatest).map(|place| place | NEGATIVE)
    }
}

/// Names the buckets of a column; `None` if a value has no name, such as 0, ∞ or NaN.
pub(in crate::summary) fn name_column(column: &[f64], signs: Signs, names: &mut [u16]) -> Option<Named> {
    name_within(column, signs, names, Named::NOTHING)
}

/// Names the buckets of a column, with the ends of it and of others that are known: most columns do not widen them, and
/// are not looked through for their own.
pub(in crate::summary) fn name_within(column: &[f64], signs: Signs, names: &mut [u16], known: Named) -> Option<Named> {
    let all_have_names = match signs {
        Signs::Positive => positive(column, names),
        Signs::Both => both(column, names),
    };
    let widens = || known == Named::NOTHING || !signs.are_inside(names, known);
    all_have_names.then(|| if widens() { known.with(ends(column)) } else { known })
}

impl Signs {
    /// Whether the buckets of all names lie between those of the ends, where no value can be an end.
    fn are_inside(self, names: &[u16], ends: Named) -> bool {
        let place = |value: f64| match self {
            Self::Positive => (name(value) - POSITIVE_FIRST as usize) as u16,
            Self::Both => {
                let sign = if value < 0.0 { NEGATIVE } else { 0 };
                (name(value.abs()) - BOTH_FIRST as usize) as u16 | sign
            }
        };
        let [least, greatest, nearest] = [ends.least, ends.greatest, ends.nearest].map(place);
        match self {
            Self::Positive => are_between(names, least, greatest),
            Self::Both => are_between_of_both(names, [in_order(least), in_order(greatest)], nearest),
        }
    }
}

/// The place of a name of both signs in the order of the values: negative numbers first, from the largest magnitude on.
#[inline(always)]
fn in_order(named: u16) -> u16 {
    // All bits of a negative number turn over, and of a positive one the first alone.
    let sign = (named.cast_signed() >> 15).cast_unsigned();
    named ^ (sign | NEGATIVE)
}

#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
fn are_between(names: &[u16], least: u16, greatest: u16) -> bool {
    let (mut first, mut last) = (u16::MAX, 0);
    for named in names {
        (first, last) = (first.min(*named), last.max(*named));
    }
    first > least && last < greatest
}

#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
fn are_between_of_both(names: &[u16], [least, greatest]: [u16; 2], nearest: u16) -> bool {
    let (mut first, mut last, mut inmost) = (u16::MAX, 0, u16::MAX);
    for named in names {
        let place = in_order(*named);
        (first, last, inmost) = (first.min(place), last.max(place), inmost.min(named & !NEGATIVE));
    }
    first > least && last < greatest && inmost > nearest
}

#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
fn positive(column: &[f64], names: &mut [u16]) -> bool {
    let mut seen = 0_u64;
    for (named, value) in names.iter_mut().zip(column) {
        let offset = (value.to_bits() >> SHIFT).wrapping_sub(POSITIVE_FIRST);
        seen |= offset;
        *named = offset as u16;
    }
    seen >> 16 == 0
}

#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
fn both(column: &[f64], names: &mut [u16]) -> bool {
    let mut seen = 0_u64;
    for (named, value) in names.iter_mut().zip(column) {
        let bits = value.to_bits();
        let offset = ((bits & MAGNITUDE) >> SHIFT).wrapping_sub(BOTH_FIRST);
        seen |= offset;
        *named = (offset | (bits >> 63) << 15) as u16;
    }
    seen >> 15 == 0
}

/// The ends of a column without undefined values.
///
/// They are found among the bits as whole numbers, whose order is that of the numbers: unlike floats, which have NaN, whole
/// numbers may be compared in any order, and so many at a time.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
fn ends(column: &[f64]) -> Named {
    let (mut least, mut greatest, mut nearest) = (i64::MAX, i64::MIN, i64::MAX);
    for value in column {
        let bits = value.to_bits();
        let magnitude = bits & MAGNITUDE;
        // The larger the magnitude of a negative number, the smaller it is.
        let ordered = (bits ^ ((bits as i64 >> 63) as u64 & MAGNITUDE)) as i64;
        least = least.min(ordered);
        greatest = greatest.max(ordered);
        nearest = nearest.min(magnitude as i64);
    }
    let end = |ordered: i64| f64::from_bits(ordered as u64 ^ ((ordered >> 63) as u64 & MAGNITUDE));
    Named { least: end(least), greatest: end(greatest), nearest: end(nearest) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_for_the_bucket_of_its_number() {
        let column = [3.5, 1e-9, 4.2e9, 2f64.powi(-32), 1.0];
        let mut names = [0; 5];
        let ends = name_column(&column, Signs::Positive, &mut names).expect("all have names");
        assert_eq!((ends.least, ends.greatest, ends.nearest), (2f64.powi(-32), 4.2e9, 2f64.powi(-32)));
        for (value, named) in column.iter().zip(names) {
            assert_eq!(Signs::Positive.bucket(named), (false, name(*value)));
        }
        let column = [3.5, -0.25, -7e5, 2f64.powi(-12), 1.0];
        let ends = name_column(&column, Signs::Both, &mut names).expect("all have names");
        assert_eq!((ends.least, ends.greatest, ends.nearest), (-7e5, 3.5, 2f64.powi(-12)));
        for (value, named) in column.iter().zip(names) {
            assert_eq!(Signs::Both.bucket(named), (*value < 0.0, name(value.abs())));
        }
    }

    #[test]
    fn ends_widen_with_what_lies_outside_and_with_nothing_else() {
        let value = |k: i32| 100.0 * libm::sin(f64::from(k) * 1.7) + 0.03;
        for signs in [Signs::Positive, Signs::Both] {
            let (mut known, mut all) = (Named::NOTHING, Vec::new());
            for block in 0..40 {
                // Blocks of every width, so that either end, none and the one nearest to zero move.
                let scale = libm::exp(2.0 * libm::cos(f64::from(block)));
                let of = |k: i32| scale * value(37 * block + k);
                let column: Vec<f64> =
                    (0..29).map(|k| if signs == Signs::Positive { of(k).abs() } else { of(k) }).collect();
                all.extend(&column);
                known = name_within(&column, signs, &mut [0; 29], known).expect("all have names");
                assert_eq!(known, ends(&all), "{signs:?}, block {block}");
            }
        }
    }

    #[test]
    fn what_has_no_name_is_said_to_have_none() {
        let mut names = [0; 2];
        for odd in [0.0, f64::INFINITY, f64::NAN, -f64::NAN, 1e10, 1e-10] {
            assert_eq!(name_column(&[1.0, odd], Signs::Positive, &mut names), None, "{odd}");
        }
        assert_eq!(name_column(&[1.0, -1.0], Signs::Positive, &mut names), None);
        for odd in [0.0, f64::NEG_INFINITY, f64::NAN, -2e6, 1e-4] {
            assert_eq!(name_column(&[1.0, odd], Signs::Both, &mut names), None, "{odd}");
        }
    }
}
