//! What is unknown about the figures themselves: rounding, revisions, definitions, sources, the luck of single deals.

use super::assumption::{AssumptionId, Numbered};
use super::region::SeriesKind;

/// `[measurement]`: what is unknown about the figures themselves; off unless named.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measurement {
    pub(in crate::scenario) rounding: Vec<(usize, SeriesKind, AssumptionId)>,
    pub(in crate::scenario) revisions: Option<Revisions>,
    pub(in crate::scenario) definitions: Option<AssumptionId>,
    pub(in crate::scenario) sources: Option<SampledSources>,
    pub(in crate::scenario) sampling: Vec<(usize, AssumptionId)>,
    pub(in crate::scenario) transient: Vec<(usize, AssumptionId)>,
    pub(in crate::scenario) transient_in_base: Vec<(usize, AssumptionId)>,
}

impl Measurement {
    /// Base-year levels anywhere within their rounding: region, deals or funding, level.
    #[must_use]
    pub fn rounding(&self) -> &[(usize, SeriesKind, AssumptionId)] {
        &self.rounding
    }

    /// First releases are revised: log change common to all regions' deals and funding, and one for each region.
    #[must_use]
    pub fn revisions(&self) -> Option<&Revisions> {
        self.revisions.as_ref()
    }

    /// Spread of the log ratio between sources, half on each side of the gap.
    #[must_use]
    pub fn definitions(&self) -> Option<AssumptionId> {
        self.definitions
    }

    /// Sources that a draw picks from.
    #[must_use]
    pub fn sources(&self) -> Option<&SampledSources> {
        self.sources.as_ref()
    }

    /// Standard deviation of the log of a year's total, from the luck of single deals, by region. Transient: it is on
    /// every year's total and not in the level behind it. That of the base year is part of what is unknown about the figure,
    /// so that a later year differs from it by twice this variance: half of it doubt about the figure, half luck.
    #[must_use]
    pub fn sampling(&self) -> &[(usize, AssumptionId)] {
        &self.sampling
    }

    /// Noise of the log of a region's yearly funding that does not stay, by region. It goes together between regions as their
    /// shocks do.
    #[must_use]
    pub fn transient(&self) -> &[(usize, AssumptionId)] {
        &self.transient
    }

    /// How much of that noise is in the funding of the base year, by region: the level behind it is lower by as much.
    #[must_use]
    pub fn transient_in_base(&self) -> &[(usize, AssumptionId)] {
        &self.transient_in_base
    }

    /// Whether it changes anything.
    #[must_use]
    pub fn is_off(&self) -> bool {
        self.rounding.is_empty()
            && self.revisions.is_none()
            && self.definitions.is_none()
            && self.sources.is_none()
            && self.sampling.is_empty()
            && self.transient.is_empty()
            && self.transient_in_base.is_empty()
    }

    /// Whether the level of the base year differs between draws.
    #[must_use]
    pub fn moves_the_base(&self) -> bool {
        !self.rounding.is_empty() || self.revisions.is_some() || self.definitions.is_some() || self.sources.is_some()
    }
}

impl Numbered for Measurement {
    fn renumbered(&self, place: &mut dyn FnMut(AssumptionId) -> AssumptionId) -> Self {
        Self {
            rounding: self.rounding.iter().map(|(region, kind, id)| (*region, *kind, place(*id))).collect(),
            revisions: self.revisions.as_ref().map(|revisions| Revisions {
                deals: place(revisions.deals),
                funding: place(revisions.funding),
                regions: revisions.regions.iter().map(|(region, id)| (*region, place(*id))).collect(),
            }),
            definitions: self.definitions.map(&mut *place),
            sources: self
                .sources
                .as_ref()
                .map(|sources| SampledSources { pick: place(sources.pick), ..sources.clone() }),
            sampling: self.sampling.iter().map(|(region, id)| (*region, place(*id))).collect(),
            transient: self.transient.iter().map(|(region, id)| (*region, place(*id))).collect(),
            transient_in_base: self.transient_in_base.iter().map(|(region, id)| (*region, place(*id))).collect(),
        }
    }
}

/// How far a first release lies below what is known later, as logs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revisions {
    pub(in crate::scenario) deals: AssumptionId,
    pub(in crate::scenario) funding: AssumptionId,
    pub(in crate::scenario) regions: Vec<(usize, AssumptionId)>,
}

impl Revisions {
    /// Common to all regions' deals.
    #[must_use]
    pub fn deals(&self) -> AssumptionId {
        self.deals
    }

    /// Common to all regions' funding.
    #[must_use]
    pub fn funding(&self) -> AssumptionId {
        self.funding
    }

    /// Each region's own, on deals and funding alike.
    #[must_use]
    pub fn regions(&self) -> &[(usize, AssumptionId)] {
        &self.regions
    }
}

/// Several sources of the funding figures, one of which holds on a draw.
#[derive(Clone, Debug, PartialEq)]
pub struct SampledSources {
    pub(in crate::scenario) pick: AssumptionId,
    pub(in crate::scenario) names: Vec<String>,
    pub(in crate::scenario) shifts: Vec<[f64; 2]>,
}

impl SampledSources {
    /// Which one: its position, from 0.
    #[must_use]
    pub fn pick(&self) -> AssumptionId {
        self.pick
    }

    /// Names, in the order written.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Log of the funding of lead and follow over that of the data set's own source.
    #[must_use]
    pub fn shifts(&self) -> &[[f64; 2]] {
        &self.shifts
    }
}
