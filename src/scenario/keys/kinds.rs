//! The words for whether somebody decides an input, which several tables share.

use crate::scenario::key::Holds::{self, Word};

/// A decision or a circumstance; the older words mean the same.
pub(in crate::scenario) const KINDS: Holds = Word(&["decision", "circumstance", "lever", "assumption"]);
