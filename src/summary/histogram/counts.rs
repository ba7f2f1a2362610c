//! Counts of values by the bucket they fall into: filled by column or by name, merged, and read as counts.

use super::buckets::{self, Buckets, Lanes};
use super::name_counts::NameCounts;
use super::names::{Named, Signs, name_column};

/// Counts of values by size, with what is needed to give quantiles of the extended real line.
#[derive(Clone, Debug, PartialEq)]
pub struct Histogram {
    pub(super) positive: Buckets,
    pub(super) negative: Buckets,
    pub(super) zeros: u64,
    pub(super) infinite: u64,
    pub(super) minus_infinite: u64,
    pub(super) undefined: u64,
    /// Smallest and largest finite value, exact: the ends of the first and the last bucket.
    pub(super) least: f64,
    pub(super) greatest: f64,
}

/// One increment a value; the window holds every name, so none is left out.
#[inline(always)]
fn count_side(names: &[u16], mut side: Lanes, bucket: impl Fn(u16) -> usize) {
    names.iter().for_each(|named| side.count(bucket(*named)));
}

/// Counts names of two signs, each on its side.
fn count_both(names: &[u16], mut sides: [Lanes; 2]) {
    for named in names {
        let (negative, bucket) = Signs::Both.bucket(*named);
        // The sign picks a side by its place: a branch on it would be missed whenever a gap changes sides.
        sides[usize::from(negative)].count(bucket);
    }
}

impl Default for Histogram {
    fn default() -> Self {
        Self {
            positive: Buckets::default(),
            negative: Buckets::default(),
            zeros: 0,
            infinite: 0,
            minus_infinite: 0,
            undefined: 0,
            least: f64::INFINITY,
            greatest: f64::NEG_INFINITY,
        }
    }
}

impl Histogram {
    /// Counts a column of values.
    pub fn extend(&mut self, column: &[f64]) {
        let mut names = [0; 512];
        for chunk in column.chunks(names.len()) {
            let names = &mut names[..chunk.len()];
            let named = [Signs::Positive, Signs::Both]
                .into_iter()
                .find_map(|signs| name_column(chunk, signs, names).map(|ends| (signs, ends)));
            match named {
                Some((signs, ends)) => self.count(names, signs, ends),
                None => chunk.iter().for_each(|value| self.add(*value)),
            }
        }
    }

    /// Makes room for values between these ends.
    fn reserve(&mut self, ends: Named) {
        self.least = self.least.min(ends.least);
        self.greatest = self.greatest.max(ends.greatest);
        if ends.greatest > 0.0 {
            self.positive.reserve(ends.nearest, ends.greatest);
        }
        if ends.least < 0.0 {
            self.negative.reserve(ends.nearest, -ends.least);
        }
    }

    /// Takes names that a table has counted, and leaves it empty; `ends` are those of the values they stand for.
    pub(in crate::summary) fn take(&mut self, table: &mut NameCounts, signs: Signs, ends: Named) {
        self.reserve(ends);
        for first in signs.octaves(ends.nearest, ends.greatest) {
            self.positive.take_octave(signs.bucket(first).1, table.octave(first));
        }
        for first in signs.negative_octaves(ends.nearest, -ends.least) {
            self.negative.take_octave(signs.bucket(first).1, table.octave(first));
        }
    }

    /// Counts a few values by the names of their buckets; of many a [`NameCounts`] is faster.
    pub(in crate::summary) fn count(&mut self, names: &[u16], signs: Signs, ends: Named) {
        self.reserve(ends);
        match signs {
            Signs::Positive => count_side(names, self.positive.lanes(), |named| Signs::Positive.bucket(named).1),
            Signs::Both if ends.least > 0.0 => {
                count_side(names, self.positive.lanes(), |named| Signs::Both.bucket(named).1);
            }
            Signs::Both => count_both(names, [self.positive.lanes(), self.negative.lanes()]),
        }
    }

    /// Counts a value of any kind.
    pub(in crate::summary) fn add(&mut self, value: f64) {
        if value.is_nan() {
            self.undefined += 1;
        } else if value == f64::INFINITY {
            self.infinite += 1;
        } else if value == f64::NEG_INFINITY {
            self.minus_infinite += 1;
        } else {
            self.least = self.least.min(value);
            self.greatest = self.greatest.max(value);
            if value > 0.0 {
                self.positive.add(value);
            } else if value < 0.0 {
                self.negative.add(-value);
            } else {
                self.zeros += 1;
            }
        }
    }

    /// Counts so many zeros.
    pub(in crate::summary) fn add_zeros(&mut self, zeros: u64) {
        if zeros > 0 {
            self.zeros += zeros;
            self.least = self.least.min(0.0);
            self.greatest = self.greatest.max(0.0);
        }
    }

    /// Adds the counts of another histogram.
    pub fn merge(&mut self, other: &Self) {
        self.positive.merge(&other.positive);
        self.negative.merge(&other.negative);
        self.zeros += other.zeros;
        self.infinite += other.infinite;
        self.minus_infinite += other.minus_infinite;
        self.undefined += other.undefined;
        self.least = self.least.min(other.least);
        self.greatest = self.greatest.max(other.greatest);
    }

    /// Whether its counts can be those of so many values.
    pub(in crate::summary) fn can_be_of(&self, values: u64) -> bool {
        let others = [self.zeros, self.infinite, self.minus_infinite, self.undefined];
        let finite = self.positive.total() + self.negative.total();
        let sound = others.into_iter().all(|count| count <= values)
            && finite <= values
            && (finite + self.zeros == 0 || self.least <= self.greatest);
        let total = || others.into_iter().sum::<u64>() + finite;
        sound && (total() == 0 || total() == values)
    }

    /// Number of values that are no number, such as 0/0.
    #[must_use]
    pub fn undefined(&self) -> u64 {
        self.undefined
    }

    /// Number of infinite values, such as 5/0.
    #[must_use]
    pub fn infinite(&self) -> u64 {
        self.infinite + self.minus_infinite
    }

    /// The lower and the upper edge of the buckets so many below and above that of a value; zero is its own.
    pub(in crate::summary) fn edges_near(value: f64, buckets: i64) -> [f64; 2] {
        let edge = |step| if value == 0.0 { 0.0 } else { buckets::edge_after(value.abs(), step).copysign(value) };
        [edge(-buckets), edge(buckets + 1)]
    }

    /// The number of an edge of a bucket: neighbours differ by one, and zero is zero.
    pub(in crate::summary) fn number_of_edge(edge: f64) -> i64 {
        let name = buckets::name(edge.abs()) as i64;
        if edge < 0.0 { -name } else { name }
    }

    /// The edge with a number, if there is one.
    pub(in crate::summary) fn edge_of_number(number: i64) -> Option<f64> {
        let name = usize::try_from(number.unsigned_abs()).ok().filter(|name| *name <= buckets::MOST_NAME)?;
        let edge = buckets::edge(name);
        Some(if number < 0 { -edge } else { edge })
    }

    /// The edges of the buckets of the least and of the greatest finite value; none if there is none.
    pub(in crate::summary) fn end_edges(&self) -> impl Iterator<Item = f64> + use<> {
        let ends = (self.least <= self.greatest).then_some([self.least, self.greatest]);
        ends.into_iter().flatten().flat_map(|end| Self::edges_near(end, 0))
    }

    /// Numbers of values of at most each of some finite values in rising order, even within a bucket: one pass.
    pub(in crate::summary) fn counts_up_to(&self, rising: &[f64]) -> Vec<f64> {
        let (below_zero, others) = rising.split_at(rising.partition_point(|value| *value < 0.0));
        let up_to_zero = (self.minus_infinite + self.negative.total()) as f64;
        let mut counts: Vec<f64> = self
            .negative
            .at_most(below_zero.iter().rev().map(|value| -value))
            .map(|above| up_to_zero - above)
            .collect();
        counts.reverse();
        let before = up_to_zero + self.zeros as f64;
        counts.extend(self.positive.at_most(others.iter().copied()).map(|below| before + below));
        counts
    }
}

#[cfg(test)]
mod tests {
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
