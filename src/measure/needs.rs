//! What a scenario must hold for a metric to be computed.

use super::Companion;

/// What a scenario must hold for a metric to be computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Funding, which every region has.
    Funding,
    /// A world, of which regions are parts.
    World,
    /// The number of deals, which a region that models funding alone does not have.
    Deals,
    /// The number of deals, from the source that counts the funding too.
    DealSizes,
    /// Deals that are drawn one by one.
    SingleDeals,
    /// A quantity beside funding, with its figure and its growth.
    Companion(Companion),
}

impl Needs {
    /// What a scenario lacks that does not have it, in words that follow "it needs".
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Funding => "funding of both regions of the gap",
            Self::World => "a world to be a share of",
            Self::Deals => "deals in both regions of the gap",
            Self::DealSizes => "deals and funding of one source in both regions of the gap",
            Self::SingleDeals => "deals that are drawn one by one",
            Self::Companion(Companion::Gdp) => "a GDP, [us.gdp] with its growth, for each region it is about",
            Self::Companion(Companion::Population) => {
                "a population, [us.population] with its figure and growth, for each region it is about"
            }
            Self::Companion(Companion::VentureMoney) => {
                "all venture money, [us.venture-money] with its figure and growth, for each region it is about"
            }
            Self::Companion(Companion::SpendingOutside) => {
                "spending outside rounds, [us.spending-outside] with its figure and growth, for each region it is about"
            }
        }
    }
}
