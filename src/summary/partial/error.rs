//! Why a part cannot be made or merged.

use std::error::Error;
use std::fmt::{Display, Formatter, Result};
use std::ops::Range;

/// Why a part of a run cannot be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartError {
    /// Exact quantiles were asked for.
    Exact,
    /// A precision was asked for.
    Precision,
    /// The range is empty or leaves the paths of the run.
    Outside {
        /// The range that was asked for.
        range: Range<u64>,
        /// Paths of the run.
        paths: u64,
    },
    /// The range begins or ends within a block of paths.
    WithinBlock {
        /// The range that was asked for.
        range: Range<u64>,
        /// Paths of a block.
        block: u64,
    },
    /// Points come in other numbers.
    Points {
        /// Paths that were asked for.
        paths: u64,
        /// The next number of paths that can be had.
        rounded: u64,
    },
}

/// Why parts of a run cannot be merged, or do not make up the whole run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MergeError {
    /// There is no part.
    Nothing,
    /// A part is of another run.
    Foreign {
        /// Paths of the part.
        range: Range<u64>,
        /// How its run differs.
        difference: String,
    },
    /// Two parts have paths in common.
    Overlap {
        /// Paths of the one, with all that come before it.
        first: Range<u64>,
        /// Paths of the other.
        second: Range<u64>,
    },
    /// No part has these paths.
    Missing {
        /// Range of paths that both hold.
        range: Range<u64>,
    },
}

/// A range of paths in words, with the first and the last.
fn words(range: &Range<u64>) -> String {
    format!("paths {} to {}", range.start, range.end.saturating_sub(1))
}

impl Display for PartError {
    fn fmt(&self, out: &mut Formatter) -> Result {
        match self {
            Self::Exact => out.write_str(
                "exact quantiles look at all paths twice, and a part has seen only its own; simulate the run as a whole, \
                 or take the quantiles of its histograms",
            ),
            Self::Precision => out.write_str(
                "a stated precision doubles the paths until it is reached, and a part cannot know how far that is; state \
                 a number of paths",
            ),
            Self::Outside { range, paths } if range.start >= range.end => {
                write!(out, "there is no path from {} to before {} among {paths} paths", range.start, range.end)
            }
            Self::Outside { range, paths } => {
                write!(out, "{} are not among the {paths} paths of the run, which are counted from 0", words(range))
            }
            Self::WithinBlock { range, block } => write!(
                out,
                "{} begin or end within a block; begin and end at a multiple of {block} paths, or at the last path",
                words(range)
            ),
            Self::Points { paths, rounded } => {
                write!(out, "points come in powers of two, not in {paths} paths; take {rounded}")
            }
        }
    }
}

impl Display for MergeError {
    fn fmt(&self, out: &mut Formatter) -> Result {
        match self {
            Self::Nothing => out.write_str("there is no part to merge"),
            Self::Foreign { range, difference } => {
                write!(out, "the part of {} is of another run: {difference}", words(range))
            }
            Self::Overlap { first, second } => {
                write!(
                    out,
                    "{} are also in the part of {}; leave one out",
                    words(&common(first, second)),
                    words(second)
                )
            }
            Self::Missing { range } => write!(out, "{} are missing; simulate their part", words(range)),
        }
    }
}

fn common(first: &Range<u64>, second: &Range<u64>) -> Range<u64> {
    first.start.max(second.start)..first.end.min(second.end)
}

impl Error for PartError {}
impl Error for MergeError {}
