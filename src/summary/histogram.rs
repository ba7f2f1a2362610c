//! Quantiles from a histogram whose buckets are named by the leading bits of the numbers.
//!
//! The bits of a float are already a logarithm: exponent and the top ten bits of the mantissa name a bucket, so a
//! value costs a shift and an increment. Counts are whole numbers, so histograms merge in any order to the same
//! result, and memory does not grow with paths.
//!
//! **Bound.** An octave `[2^e, 2^(e+1))` has 1,024 buckets of equal width `2^e / 1024`, so two values in a bucket
//! differ by at most `2⁻¹⁰ < 1e-3` of either. A quantile here lies in the bucket of the exact order statistic, or
//! between two such for a rank between two values of one sign; hence its relative error is at most 2⁻¹⁰. Where it
//! interpolates within a well-filled bucket the error is far smaller.

mod buckets;
mod counts;
mod kurtosis;
mod name_counts;
mod names;
mod quantiles;
mod ranks;
mod stored;

pub use counts::Histogram;
pub use kurtosis::Kurtosis;
pub(super) use name_counts::NameCounts;
pub(super) use names::{Named, Signs, name_column, name_within};
pub(super) use quantiles::whole;
pub(super) use ranks::{Located, Ranks};
