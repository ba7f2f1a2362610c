//! Values of a histogram by rank: octaves are added up once, and every search passes over whole ones.

use super::buckets::{Buckets, PER_OCTAVE};
use super::counts::Histogram;

/// Buckets within an octave that a search passes over at once.
const STRIDE: usize = 64;

/// Where the value of a rank lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::summary) enum Located {
    /// The value is known.
    Value(f64),
    /// It is one of those of a bucket.
    Bucket {
        /// Smallest number of the bucket.
        least: f64,
        /// Greatest number of the bucket.
        greatest: f64,
        /// Defined values below the bucket.
        before: u64,
        /// Values in the bucket.
        count: u64,
    },
}

/// The defined values of a histogram by rank, from 0.
///
/// A search goes on from where the last one ended, so probabilities in rising order cost one pass.
#[derive(Debug)]
pub(in crate::summary) struct Ranks<'a> {
    histogram: &'a Histogram,
    negative: Side<'a>,
    positive: Side<'a>,
    defined: u64,
}

impl<'a> Ranks<'a> {
    /// Adds up a histogram.
    pub(crate) fn of(histogram: &'a Histogram) -> Self {
        let (negative, positive) = (Side::of(&histogram.negative), Side::of(&histogram.positive));
        let infinite = histogram.minus_infinite + histogram.infinite;
        let defined = negative.total + histogram.zeros + positive.total + infinite;
        Self { histogram, negative, positive, defined }
    }

    /// Number of values that are not undefined.
    pub(crate) fn defined(&self) -> u64 {
        self.defined
    }

    /// Quantiles of type 7 at some probabilities; `None` if there is no defined value.
    pub(crate) fn quantiles<const N: usize>(&mut self, probabilities: [f64; N]) -> Option<[f64; N]> {
        self.defined.checked_sub(1)?;
        Some(probabilities.map(|p| self.quantile(p)))
    }

    /// The quantile at a probability, if there is a defined value.
    pub(crate) fn quantile(&mut self, p: f64) -> f64 {
        let last = self.defined - 1;
        let rank = last as f64 * p;
        let below = (rank.floor() as u64).min(last);
        let share = rank - rank.floor();
        let low = self.value(below);
        if share == 0.0 {
            return low;
        }
        let high = self.value((below + 1).min(last));
        if low == high || low.is_infinite() {
            return low;
        }
        if high.is_infinite() {
            return high;
        }
        (low + (high - low) * share).clamp(self.histogram.least, self.histogram.greatest)
    }

    /// Value with a rank.
    fn value(&mut self, rank: u64) -> f64 {
        let Some(rank) = rank.checked_sub(self.histogram.minus_infinite) else { return f64::NEG_INFINITY };
        let value = if rank < self.negative.total {
            -self.negative.magnitude(self.negative.total - 1 - rank)
        } else if rank - self.negative.total < self.histogram.zeros {
            0.0
        } else {
            let rank = rank - self.negative.total - self.histogram.zeros;
            if rank >= self.positive.total {
                return f64::INFINITY;
            }
            self.positive.magnitude(rank)
        };
        // Exact ends: a series that does not vary has the value itself as every quantile.
        value.clamp(self.histogram.least, self.histogram.greatest)
    }

    /// Where the value with a rank lies.
    pub(crate) fn locate(&mut self, rank: u64) -> Located {
        let below_zero = self.histogram.minus_infinite + self.negative.total;
        if rank < self.histogram.minus_infinite {
            return Located::Value(f64::NEG_INFINITY);
        }
        if rank < below_zero {
            let ([low, high], closer, count) = self.negative.bucket(below_zero - 1 - rank);
            return Located::Bucket { least: -high, greatest: -low, before: below_zero - closer - count, count };
        }
        let Some(rank) = rank.checked_sub(below_zero + self.histogram.zeros) else { return Located::Value(0.0) };
        if rank >= self.positive.total {
            return Located::Value(f64::INFINITY);
        }
        let ([least, greatest], before, count) = self.positive.bucket(rank);
        Located::Bucket { least, greatest, before: below_zero + self.histogram.zeros + before, count }
    }
}

/// Values of one sign by magnitude, with a search that stands at a bucket.
#[derive(Debug)]
struct Side<'a> {
    buckets: &'a Buckets,
    octaves: Vec<u64>,
    total: u64,
    /// Place of the bucket in the window.
    place: usize,
    /// Values in the buckets before it.
    before: u64,
}

impl<'a> Side<'a> {
    fn of(buckets: &'a Buckets) -> Self {
        let octaves: Vec<u64> = buckets.octaves().collect();
        Self { buckets, total: octaves.iter().sum(), octaves, place: 0, before: 0 }
    }

    /// Goes to the bucket of the value with a rank, and says how many values are in it.
    fn seek(&mut self, rank: u64) -> u64 {
        if rank < self.before {
            (self.place, self.before) = (0, 0);
        }
        loop {
            if self.place.is_multiple_of(PER_OCTAVE) {
                let octave = self.octaves[self.place / PER_OCTAVE];
                if rank >= self.before + octave {
                    self.before += octave;
                    self.place += PER_OCTAVE;
                    continue;
                }
            }
            if self.place.is_multiple_of(STRIDE) {
                let stride = self.buckets.between(self.place, self.place + STRIDE);
                if rank >= self.before + stride {
                    self.before += stride;
                    self.place += STRIDE;
                    continue;
                }
            }
            let count = self.buckets.count(self.place);
            if rank < self.before + count {
                return count;
            }
            self.before += count;
            self.place += 1;
        }
    }

    /// Magnitude of the value with a rank: even within its bucket.
    fn magnitude(&mut self, rank: u64) -> f64 {
        let count = self.seek(rank);
        let [low, high] = self.buckets.edges(self.place);
        let within = ((rank - self.before) as f64 + 0.5) / count as f64;
        low + (high - low) * within
    }

    /// The bucket of the value with a rank: its smallest and its greatest magnitude, how many values are smaller than all
    /// in it, and how many are in it.
    fn bucket(&mut self, rank: u64) -> ([f64; 2], u64, u64) {
        let count = self.seek(rank);
        let [low, high] = self.buckets.edges(self.place);
        // Zero has a count of its own, and the next bucket begins one number above the greatest of this one.
        let ends = [low.max(f64::from_bits(1)), f64::from_bits(high.to_bits() - 1)];
        (ends, self.before, count)
    }
}
