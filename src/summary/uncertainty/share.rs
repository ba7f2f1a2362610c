//! The part of one layer of chance in the spread of one quantity.

use crate::engine::Layer;
use crate::metric::{Metric, Subject};

/// The part of a layer in the spread of one quantity in one year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LayerShare {
    /// Region or pair of regions whose log it is.
    pub subject: Subject,
    /// Which quantity: funding of a region, or the ratio.
    pub metric: Metric,
    /// Calendar year of the values.
    pub year: i32,
    /// Layer that the share belongs to.
    pub layer: Layer,
    /// Share of the variance that the layer explains alone, with its standard error.
    pub alone: [f64; 2],
    /// Share of the variance that would be gone if the layer were known, its interactions included, with its standard
    /// error.
    pub with_others: [f64; 2],
}
