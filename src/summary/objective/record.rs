//! What has been seen of an objective: sums and counts of all paths, and of each replicate on points.

use std::ops::Range;

use super::super::conditions::count_ones;
use super::super::within_draw::{correlation, count_up_to};
use super::super::{Histogram, Moments, Tally};

/// What has been seen of an objective: of all paths, and of each replicate on points.
#[derive(Clone, Debug, Default)]
pub(super) struct Record {
    pub(crate) whole: Seen,
    pub(crate) replicates: Vec<Seen>,
    /// Columns of the first paths, where it matters how alike the two paths of a draw are.
    first: Vec<Vec<f64>>,
}

/// Counts and sums of some paths.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    pub(crate) moments: Moments,
    pub(crate) histogram: Histogram,
    pub(crate) tally: Tally,
}

/// Values of some draws of a column: those of their even paths, then those of their odd ones.
fn gather<T: Copy>(draws: &Range<usize>, column: &[T]) -> Vec<T> {
    let (even, odd) = column.split_at(column.len() / 2);
    [&even[draws.clone()], &odd[draws.clone()]].concat()
}

impl Record {
    /// What has been seen of no path, on points of so many replicates.
    pub(crate) fn new(replicates: usize) -> Self {
        Self { replicates: vec![Seen::default(); replicates], ..Self::default() }
    }

    /// Keeps the column of a block of the first paths.
    pub(crate) fn keep(&mut self, column: &[f64]) {
        self.first.push(column.to_vec());
    }

    /// How alike the two paths of a draw are at a value: correlation of their answers to whether they are at most that.
    pub(crate) fn alike(&self, value: f64) -> f64 {
        let mut tally = Tally::default();
        self.first.iter().for_each(|column| tally.merge(&count_up_to(column, value)));
        correlation(tally, self.first.iter().map(|column| column.len() as u64).sum())
    }

    pub(crate) fn sum(&mut self, pieces: &[(usize, Range<usize>)], column: &[f64]) {
        self.whole.moments.add(column);
        for (replicate, draws) in pieces {
            self.replicates[*replicate].moments.add(&gather(draws, column));
        }
    }

    pub(crate) fn count(&mut self, pieces: &[(usize, Range<usize>)], column: &[f64]) {
        self.whole.histogram.extend(column);
        for (replicate, draws) in pieces {
            self.replicates[*replicate].histogram.extend(&gather(draws, column));
        }
    }

    pub(crate) fn tally(&mut self, pieces: &[(usize, Range<usize>)], answers: &[u64]) {
        self.whole.tally.merge(&count_ones(answers));
        for (replicate, draws) in pieces {
            self.replicates[*replicate].tally.merge(&count_ones(&gather(draws, answers)));
        }
    }

    /// Adds what another worker has counted and summed.
    pub(crate) fn merge(&mut self, other: &Self) {
        self.whole.merge(&other.whole);
        self.first.extend_from_slice(&other.first);
        self.replicates.iter_mut().zip(&other.replicates).for_each(|(total, other)| total.merge(other));
    }
}

impl Seen {
    fn merge(&mut self, other: &Self) {
        self.moments.merge(&other.moments);
        self.histogram.merge(&other.histogram);
        self.tally.merge(&other.tally);
    }
}
