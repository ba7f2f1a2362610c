//! Regions with their modelled series, and the two of them that the gap is taken between.

use crate::growth::Growth;
use crate::measure::Companion;

use super::assumption::Quantity;
use super::companion::CompanionSeries;
use super::counting::Counting;

/// The gap is always lead region against follow region: positions in [`Scenario::regions`](super::Scenario::regions).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    pub(in crate::scenario) lead: usize,
    pub(in crate::scenario) follow: usize,
}

impl Gap {
    /// The region that is ahead in the data, usually `us`.
    #[must_use]
    pub fn lead(self) -> usize {
        self.lead
    }

    /// The region that is held against it, usually `china`.
    #[must_use]
    pub fn follow(self) -> usize {
        self.follow
    }
}

/// A region with its modelled series: two of the three, or funding alone.
#[derive(Clone, Debug)]
pub struct Region {
    pub(in crate::scenario) name: String,
    pub(in crate::scenario) deals: Option<Series>,
    pub(in crate::scenario) deal_size: Option<Series>,
    pub(in crate::scenario) funding: Option<Series>,
    pub(in crate::scenario) counting: Option<Counting>,
    pub(in crate::scenario) companions: Vec<CompanionSeries>,
}

impl Region {
    /// Its word in files and CSVs: `us`, `china`, any other.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Number of deals a year.
    #[must_use]
    pub fn deals(&self) -> Option<&Series> {
        self.deals.as_ref()
    }

    /// Mean deal size, $m.
    #[must_use]
    pub fn deal_size(&self) -> Option<&Series> {
        self.deal_size.as_ref()
    }

    /// Funding, $bn a year.
    #[must_use]
    pub fn funding(&self) -> Option<&Series> {
        self.funding.as_ref()
    }

    /// How deals are counted; the expected number if none.
    #[must_use]
    pub fn counting(&self) -> Option<Counting> {
        self.counting
    }

    /// What its funding is divided by, in the order of [`Companion::ALL`].
    #[must_use]
    pub fn companions(&self) -> &[CompanionSeries] {
        &self.companions
    }

    /// One of its companions; none if the scenario does not state it.
    #[must_use]
    pub fn companion(&self, wanted: Companion) -> Option<&CompanionSeries> {
        self.companions.iter().find(|it| it.companion() == wanted)
    }

    /// Its modelled series, in the order deals, deal size, funding.
    pub fn series(&self) -> impl Iterator<Item = &Series> {
        [&self.deals, &self.deal_size, &self.funding].into_iter().flatten()
    }
}

/// One modelled series.
#[derive(Clone, Debug)]
pub struct Series {
    pub(in crate::scenario) address: String,
    pub(in crate::scenario) kind: SeriesKind,
    pub(in crate::scenario) start: f64,
    pub(in crate::scenario) growth: Growth<Quantity>,
}

impl Series {
    /// Its place in the file, `us.deals`; also the address of its yearly shocks.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Which of the region's series it is.
    #[must_use]
    pub fn kind(&self) -> SeriesKind {
        self.kind
    }

    /// Level in the base year, in the unit of its kind; positive.
    #[must_use]
    pub fn start(&self) -> f64 {
        self.start
    }

    /// Its growth model; parameters point into [`Scenario::assumptions`](super::Scenario::assumptions).
    #[must_use]
    pub fn growth(&self) -> &Growth<Quantity> {
        &self.growth
    }
}

/// Which of a region's three series; funding = deals × deal size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SeriesKind {
    /// Count of deals a year.
    Deals,
    /// Mean deal size in $m.
    DealSize,
    /// Total in $bn a year.
    Funding,
}

impl SeriesKind {
    /// Every kind, in the order in which series stand.
    pub const ALL: [Self; 3] = [Self::Deals, Self::DealSize, Self::Funding];

    /// Its word in files and CSVs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Deals => "deals",
            Self::DealSize => "deal-size",
            Self::Funding => "funding",
        }
    }

    /// Unit of its levels.
    #[must_use]
    pub fn unit(self) -> &'static str {
        match self {
            Self::Deals => "deals",
            Self::DealSize => "$m",
            Self::Funding => "$bn",
        }
    }
}
