//! Companions of funding: what it is divided by when sides of different size are held against each other, and what is added
//! to it when rounds are not all that is spent.

/// A quantity of a region that stands beside its funding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Companion {
    /// Gross domestic product, $bn a year; funding is divided by it.
    Gdp,
    /// Number of people; funding is divided by it.
    Population,
    /// All venture money, for AI and everything else, $bn a year; funding is divided by it.
    VentureMoney,
    /// Spending on AI outside of the rounds that funding counts, by states or by companies themselves, $bn a year; added to
    /// funding.
    SpendingOutside,
}

impl Companion {
    /// Every companion, in the order of tables.
    pub const ALL: [Self; 4] = [Self::Gdp, Self::Population, Self::VentureMoney, Self::SpendingOutside];

    /// Its word in a scenario, `[us.gdp]`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Gdp => "gdp",
            Self::Population => "population",
            Self::VentureMoney => "venture-money",
            Self::SpendingOutside => "spending-outside",
        }
    }

    /// Its name in words that follow "the": `GDP`.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Gdp => "GDP",
            Self::Population => "population",
            Self::VentureMoney => "venture money",
            Self::SpendingOutside => "spending outside rounds",
        }
    }

    /// Whether it is an amount of money.
    #[must_use]
    pub fn is_money(self) -> bool {
        self != Self::Population
    }

    /// Whether it is added to funding; otherwise funding is divided by it.
    #[must_use]
    pub fn is_added(self) -> bool {
        self == Self::SpendingOutside
    }

    /// What a level of it is divided by before funding in $bn is divided by it: people are counted in millions, and funding
    /// per million people is in $m.
    #[must_use]
    pub fn unit_size(self) -> f64 {
        if self.is_money() { 1.0 } else { 1e9 }
    }
}
