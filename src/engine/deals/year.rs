//! A year of single deals in the making: what is known of every row, and what has been added up so far.

use crate::counting::sizes::Shape;
use crate::engine::column::Column;

/// Rows that are drawn together: few enough for all their columns to stay in the first-level cache.
pub(super) const TOGETHER: usize = 256;

/// Columns of one region and year, a value a row.
#[derive(Debug)]
pub(super) struct Year {
    /// Shapes of the law, where it is not plainly lognormal; empty elsewhere.
    pub shapes: Vec<Shape>,
    pub sigma: Column,
    pub log_scale: Column,
    /// Survival level from which on deals are added up.
    pub share: Column,
    /// Deals drawn so far.
    pub drawn: Column,
    pub log_level: Column,
    /// Survival level below which the rest lies.
    pub level: Column,
    pub sums: Sums,
}

/// Sums over the deals of each row.
#[derive(Debug)]
pub(super) struct Sums {
    pub total: Column,
    pub largest: Column,
    pub top_ten: Column,
    /// Deals above $100m and above $1bn.
    pub above: [Column; 2],
    /// Sum of the deals up to $100m.
    pub below: Column,
}

impl Year {
    pub(crate) fn new() -> Self {
        let column = Column::default;
        Self {
            shapes: Vec::new(),
            sigma: column(),
            log_scale: column(),
            share: column(),
            drawn: column(),
            log_level: column(),
            level: column(),
            sums: Sums {
                total: column(),
                largest: column(),
                top_ten: column(),
                above: [column(), column()],
                below: column(),
            },
        }
    }
}
