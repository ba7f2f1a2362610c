//! A part as bytes, and whether what was read can be one.
//!
//! Histograms, and counts up to edges of buckets, are base64 of whole numbers in as few bytes as they need; all else is
//! plain JSON. Exact sums are lists of digits. Equal parts have equal bytes.

use super::super::sealed::{Kind, ReadError, damaged};
use super::Partial;

/// Most paths of a run on points: what [`crate::engine::Settings::MOST_PATHS`] is rounded up to.
const MOST_PATHS: u64 = 1 << 32;

const KIND: Kind = Kind { name: "aigap-part", version: 1 };

impl Partial {
    /// The part as it is stored.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        KIND.seal(self)
    }

    /// Reads a stored part.
    ///
    /// # Errors
    /// If the bytes are no part, one of another version of the format, or not those that were written.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ReadError> {
        let part: Self = KIND.open(bytes)?;
        if part.is_sound() { Ok(part) } else { Err(damaged("its counts cannot be those of its paths")) }
    }

    /// Whether its numbers can be counts of its paths.
    pub(crate) fn is_sound(&self) -> bool {
        let range = &self.range;
        range.start < range.end
            && range.end <= self.run.paths
            && self.run.paths <= MOST_PATHS
            && self.counts.can_be_of(range.end - range.start)
    }
}
