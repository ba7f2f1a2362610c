//! Designs: where a run takes every input from, so that several runs of one scenario can be held side by side.
//!
//! A plain run draws every assumption from its law with the scenario's own random numbers, which are called A here. A design
//! replaces some of that: by independent numbers B (the two matrices of Saltelli, 2002), by another law on the same
//! numbers, by a moved median, or by values given row by row. Addresses that a design does not name are drawn as in the
//! plain run, value by value, so what two designs differ by is the effect of what they name.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::distribution::Distribution;

/// Where the values of one assumption come from.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// Its law with the scenario's own numbers, as in a plain run.
    A,
    /// Its law with numbers independent of A.
    ///
    /// Assumptions that are correlated with it and stay with A keep their values, and it is drawn from its law given those
    /// values, which for a Gaussian copula is `z_B + W (z_A − z_B)` with the regression weights W of its normal on theirs
    /// (Matheron's rule). Without them it has the values of a run of all B.
    B,
    /// Another law, with the numbers of A, in the internal unit of the assumption.
    Law(Distribution),
    /// One value, held to be certain, in the internal unit of the assumption.
    Fixed(f64),
    /// Its law moved so that its median is this value and its spread stays, with the numbers of A
    /// ([`Distribution::with_median`]).
    Median(f64),
    /// Given values in the internal unit: draw `i` takes the value in place `i`, from the first again behind the last.
    Rows(Arc<[f64]>),
}

/// Where luck comes from: shocks, regimes, counts, whether and when events happen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Luck {
    /// The scenario's own numbers, as in a plain run.
    #[default]
    A,
    /// Numbers independent of A.
    B,
    /// None: every number is one half, so that every quantile is a median.
    Median,
}

/// Which part of luck.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Chance {
    /// Whether and when events happen, and jumps.
    Events,
    /// Everything else: shocks, regimes, counts, single deals.
    Process,
}

/// Where a run takes every input from; by default a plain run.
///
/// # Examples
/// How far a faster growth moves a median, all else and all luck being the same:
/// ```
/// # use std::path::Path;
/// # let read = |_: &Path| Ok(include_bytes!("../../scenarios/base.toml").to_vec());
/// # let scenario = aigap::scenario::load(Path::new("base.toml"), &Default::default(), None, &read)?.scenario;
/// use aigap::engine::{Design, Settings, Source};
/// use aigap::metric::Metric;
/// use aigap::summary::{Objective, Variant};
///
/// let plain = Variant::of(&scenario);
/// let faster = plain.under(&Design::new().with("china.deals.growth", Source::Median(0.09)))?;
/// let asked = [Objective::median_of_gap(Metric::Ratio, 2030)];
/// let found = Objective::evaluate(&asked, &[plain, faster], &Settings::new(2048, 7));
/// let medians: Vec<f64> = found.iter().flatten().flatten().map(|estimate| estimate.value).collect();
/// assert!(medians[1] < medians[0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Design {
    sources: BTreeMap<String, Source>,
    others: Luck,
    luck: [Luck; 2],
}

impl Design {
    /// A plain run: everything from A.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A run of all B: every assumption and all luck from numbers independent of A.
    #[must_use]
    pub fn all_b() -> Self {
        Self { sources: BTreeMap::new(), others: Luck::B, luck: [Luck::B; 2] }
    }

    /// Every assumption at its median, those apart that are named by [`Design::with`]; luck is left as it is.
    #[must_use]
    pub fn at_medians(mut self) -> Self {
        self.others = Luck::Median;
        self
    }

    /// Takes an assumption from a source; `address` is its place in the scenario, such as `us.deals.growth`.
    #[must_use]
    pub fn with(mut self, address: impl Into<String>, source: Source) -> Self {
        self.sources.insert(address.into(), source);
        self
    }

    /// Takes all luck from a source.
    #[must_use]
    pub fn with_luck(mut self, luck: Luck) -> Self {
        self.luck = [luck; 2];
        self
    }

    /// Takes one part of luck from a source.
    #[must_use]
    pub fn with_luck_of(mut self, part: Chance, luck: Luck) -> Self {
        self.luck[part as usize] = luck;
        self
    }

    /// Source of a part of luck.
    #[must_use]
    pub fn luck(&self, part: Chance) -> Luck {
        self.luck[part as usize]
    }

    /// Addresses that are named, and their sources.
    pub fn named(&self) -> impl Iterator<Item = (&str, &Source)> {
        self.sources.iter().map(|(address, source)| (address.as_str(), source))
    }

    /// Source of an assumption of a law.
    pub(super) fn source(&self, address: &str, law: &Distribution) -> Source {
        match (self.sources.get(address), self.others) {
            (Some(source), _) => source.clone(),
            (None, Luck::A) => Source::A,
            (None, Luck::B) => Source::B,
            (None, Luck::Median) => Source::Fixed(law.median()),
        }
    }
}

/// Why a scenario cannot be run under a design.
#[derive(Clone, Debug, PartialEq)]
pub enum Refused {
    /// The scenario has no assumption with this address.
    Unknown {
        /// Address that was asked for.
        address: String,
    },
    /// The assumption shapes the scenario itself (a law of shocks, a loading, money): changed, it is another scenario with a
    /// plan of its own.
    Structural {
        /// Address of the assumption.
        address: String,
    },
    /// A value or a median outside what the assumption may be.
    OutOfRange {
        /// Address of the assumption.
        address: String,
        /// The value, in the internal unit.
        value: f64,
        /// Least and greatest value that is possible.
        range: (f64, f64),
    },
    /// Values of a correlation that contradict those of others.
    Contradiction {
        /// Address of the correlation, or of the first of several.
        address: String,
    },
    /// Rows were promised and none are given.
    NoRows {
        /// Address of the assumption.
        address: String,
    },
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unknown { address } => write!(f, "the scenario has no assumption `{address}`"),
            Self::Structural { address } => {
                write!(f, "`{address}` cannot be varied within a run: set it in the scenario")
            }
            Self::OutOfRange { address, value, range: (low, high) } => {
                write!(f, "`{address}` cannot be {value}: it must be between {low} and {high}")
            }
            Self::Contradiction { address } => {
                write!(f, "`{address}` cannot be all of that: some of these values contradict other correlations")
            }
            Self::NoRows { address } => {
                write!(f, "`{address}` is to take its values from rows, of which there are none")
            }
        }
    }
}

impl std::error::Error for Refused {}

#[cfg(test)]
mod laws;
