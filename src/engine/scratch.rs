//! Columns that a region's levels are made with besides its series, and that nobody looks at afterwards.

use crate::special;

use super::column::Column;
use super::plan::PlannedDetails;
use super::yearly::Yearly;

/// Scratch columns of one region.
#[derive(Debug)]
pub(super) struct RegionScratch {
    /// Numbers of the counts, where deals are whole numbers.
    pub counts: Option<Yearly>,
    /// Numbers of the luck of single deals in a total that is not made of them.
    pub sampling: Option<Yearly>,
    /// Numbers of the noise that does not stay, and of the other region's that it goes with.
    pub transient: Option<[Yearly; 2]>,
    /// The noise that it goes with.
    pub other_noise: Column,
    /// That luck, as a log.
    pub noise: Column,
    /// Whole numbers of deals.
    pub whole: Column,
    /// Expected numbers of deals.
    pub means: Column,
    /// Money that events add, $bn.
    pub added: Column,
}

impl RegionScratch {
    pub(crate) fn new(details: &PlannedDetails) -> Self {
        Self {
            counts: details.counting.as_ref().map(|counting| Yearly::new(counting.key)),
            sampling: details.sampling.map(|(key, _)| Yearly::new(key)),
            transient: details.transient.as_ref().map(|it| {
                let other = it.with.map_or(it.key, |(key, _)| key);
                [Yearly::new(it.key), Yearly::new(other)]
            }),
            other_noise: Column::default(),
            noise: Column::default(),
            whole: Column::default(),
            means: Column::default(),
            added: Column::default(),
        }
    }
}

/// Normals of a standard deviation that each draw has its own of.
pub(super) fn noise(uniforms: &[f64], sd: &[f64], out: &mut [f64]) {
    out.copy_from_slice(uniforms);
    special::normals(out);
    for half in out.chunks_mut(sd.len()) {
        half.iter_mut().zip(sd).for_each(|(noise, sd)| *noise *= sd);
    }
}
