//! Whose quantity a metric measures.

/// A region, the world, or the gap between two regions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A region, by its position in the scenario.
    Region(usize),
    /// Lead, follow and the rest together.
    World,
    /// The lead region against the follow region.
    Gap,
}
