//! A table with a place for every name: where many names are counted before the buckets of a histogram take them.

use super::buckets::PER_OCTAVE;

/// Names of 16 bits.
const NAMES: usize = 1 << 16;

/// How often each name was seen.
///
/// A count is found by its name alone: no window to be inside of, no count that may be full, nothing to choose between.
/// The few octaves that values fall into stay in the fastest cache.
#[derive(Debug)]
pub(in crate::summary) struct NameCounts(Box<[u16; NAMES]>);

impl NameCounts {
    /// Most names that may wait: a count of them and what a byte holds still fit into a count.
    pub const MOST: usize = u16::MAX as usize - u8::MAX as usize;

    /// No names.
    pub fn new() -> Self {
        let counts: Box<[u16]> = vec![0; NAMES].into();
        Self(counts.try_into().expect("as many as there are names"))
    }

    /// Counts names; no more than [`NameCounts::MOST`] until a histogram takes them.
    pub fn count(&mut self, names: &[u16]) {
        debug_assert!(names.len() <= Self::MOST);
        let (eights, rest) = names.as_chunks::<8>();
        for eight in eights {
            for name in eight {
                self.0[usize::from(*name)] += 1;
            }
        }
        rest.iter().for_each(|name| self.0[usize::from(*name)] += 1);
    }

    /// The counts of the octave that begins with a name.
    pub(super) fn octave(&mut self, name: u16) -> &mut [u16; PER_OCTAVE] {
        let counts = &mut self.0[usize::from(name)..][..PER_OCTAVE];
        counts.try_into().expect("the slice of an octave")
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Histogram, Named, Signs, name_column};
    use super::*;

    /// Counts columns through one table, each as often as is said.
    fn counted(table: &mut NameCounts, columns: &[(&[f64], usize)], signs: Signs) -> Histogram {
        let mut histogram = Histogram::default();
        for (column, times) in columns {
            let mut names = vec![0; column.len()];
            let ends = name_column(column, signs, &mut names).expect("all have names");
            (0..*times).for_each(|_| table.count(&names));
            histogram.take(table, signs, Named::NOTHING.with(ends));
        }
        histogram
    }

    #[test]
    fn a_table_says_what_values_counted_one_by_one_do() {
        let sign = |k: i32| if k % 3 == 0 { -1.0 } else { 1.0 };
        let lively: Vec<f64> = (0..3000).map(|k| sign(k) * libm::exp(8.0 * libm::sin(f64::from(k)))).collect();
        let positive: Vec<f64> = lively.iter().map(|value| value.abs()).collect();
        let negative: Vec<f64> = positive.iter().map(|value| -value).collect();
        let table = &mut NameCounts::new();
        for (signs, columns) in [
            (Signs::Both, [&lively, &negative]),
            (Signs::Both, [&positive, &lively]),
            (Signs::Positive, [&positive, &positive]),
        ] {
            let found = counted(table, &columns.map(|column| (&column[..], 1)), signs);
            let mut expected = Histogram::default();
            columns.into_iter().flatten().for_each(|value| expected.add(*value));
            assert_eq!(format!("{found:?}"), format!("{expected:?}"));
        }
    }

    #[test]
    fn as_many_of_one_value_as_may_wait_fit_beside_a_byte_that_is_full() {
        let (value, other) = ([3.5; 255], [2.0]);
        let found = counted(
            &mut NameCounts::new(),
            &[(&value, 1), (&value, NameCounts::MOST / 255), (&other, 1)],
            Signs::Positive,
        );
        let place = |value: f64| found.counts_up_to(&Histogram::edges_near(value, 0));
        assert_eq!((place(3.5), place(2.0)), (vec![1.0, 65_536.0], vec![0.0, 1.0]));
    }
}
