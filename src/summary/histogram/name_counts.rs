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
    pub(crate) const MOST: usize = u16::MAX as usize - u8::MAX as usize;

    /// A table in which no name has been counted.
    pub(crate) fn new() -> Self {
        let counts: Box<[u16]> = vec![0; NAMES].into();
        Self(counts.try_into().expect("as many as there are names"))
    }

    /// Counts names; no more than [`NameCounts::MOST`] until a histogram takes them.
    pub(crate) fn count(&mut self, names: &[u16]) {
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
