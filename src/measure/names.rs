//! What a condition, a target or a goal may name: regions, years and figures of a scenario.

use super::Companion;

/// What a condition may name.
#[derive(Clone, Copy)]
pub struct Names<'a> {
    /// Regions in the order of the scenario.
    pub regions: &'a [String],
    /// Regions that model deals and deal size, not funding alone.
    pub whole: &'a [bool],
    /// Regions subject deals are simulated one by one.
    pub single: &'a [bool],
    /// Whether a region has a companion that funding is divided by.
    pub accompanied: &'a dyn Fn(usize, Companion) -> bool,
    /// Lead and follow region.
    pub gap: [usize; 2],
    /// Last observed year.
    pub base_year: i32,
    /// Last simulated year.
    pub horizon: i32,
    /// What the data say: region (or `world`), metric, year.
    pub observed: &'a dyn Fn(&str, &str, i32) -> Option<f64>,
}
