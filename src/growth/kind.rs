//! What a parameter measures: its unit in a scenario file, its internal unit and its sensible range.

use crate::distribution::Scale;

/// What a number in a scenario means, which decides how it is written and what range is accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Yearly growth of the median path: written `"2%"`, held as `ln 1.02`.
    Growth,
    /// Standard deviation of the yearly log change: written `"20%"`, held as 0.20.
    Volatility,
    /// A span of years, written as a number.
    Years,
    /// Share of a growth deviation left after a year, between −1 and 1, written as a number.
    Persistence,
    /// A positive level in the unit of its series: a count, $m for a deal size, $bn for funding.
    Level,
    /// A relative change of a level: written `"+60%"`, held as `ln 1.6`.
    Effect,
    /// A probability: written `"70%"`, held as 0.7.
    Chance,
    /// A calendar year, written as a number.
    Year,
    /// A change of yearly growth: written `"+12pp"`, held as 0.12, added to the yearly log change.
    Points,
    /// Standard deviation of the log of a single effect: written `"30%"`, held as 0.30.
    Spread,
    /// A part of a whole: written `"10%"`, held as 0.1.
    Share,
    /// A positive number without unit.
    Number,
    /// How two things go together, between −1 and 1, written as a number.
    Correlation,
}

impl Kind {
    /// Accepted range of the internal value, both ends included.
    #[must_use]
    pub fn range(self) -> (f64, f64) {
        match self {
            // From −95% to +505% a year: China's −70% of 2023 must be sayable.
            Self::Growth => (-3.0, 1.8),
            Self::Volatility => (0.0, 1.5),
            Self::Years => (0.05, 20.0),
            Self::Persistence => (-0.99, 0.99),
            Self::Level => (1e-9, 1e12),
            Self::Effect => (-7.0, 7.0),
            Self::Chance => (0.0, 1.0),
            Self::Year => (1900.0, 2200.0),
            Self::Points => (-2.0, 2.0),
            Self::Spread => (0.0, 3.0),
            Self::Share => (0.0, 1.0),
            Self::Number => (1e-6, 1e9),
            Self::Correlation => (-1.0, 1.0),
        }
    }

    /// How a distribution of it is moved with its spread kept: the spread of a level is one of its logarithm.
    #[must_use]
    pub fn scale(self) -> Scale {
        if self == Self::Level { Scale::Factor } else { Scale::Shift }
    }

    /// Unit as shown in tables and CSV files.
    #[must_use]
    pub fn unit(self) -> &'static str {
        match self {
            Self::Growth => "% a year, median path",
            Self::Volatility => "% sd of the yearly log change",
            Self::Years => "years",
            Self::Persistence => "share kept a year",
            Self::Level => "level of the series",
            Self::Effect => "% of the level",
            Self::Chance => "% chance",
            Self::Year => "year",
            Self::Points => "pp of yearly log growth",
            Self::Spread => "% sd of the log",
            Self::Share => "% share",
            Self::Number => "number",
            Self::Correlation => "correlation",
        }
    }
}

/// A parameter of a growth model, declared once, in the file of its model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its word in a scenario file.
    pub name: &'static str,
    /// What it measures.
    pub kind: Kind,
    /// Whether a scenario may give it another value from a later year on.
    pub dated: bool,
    /// What it does, for `params`, the schema and error messages.
    pub meaning: &'static str,
}
