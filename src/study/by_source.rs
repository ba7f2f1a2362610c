//! One scenario run from the figures of each source in turn.

use crate::data::Source;
use crate::scenario::Scenario;
use crate::summary::Summary;

/// A scenario from the figures of one source, and what its paths say.
#[derive(Clone, Debug)]
pub struct BySource {
    /// Source of the figures.
    pub source: Source,
    /// The scenario on these figures.
    pub scenario: Scenario,
    /// What its paths say.
    pub summary: Summary,
}
