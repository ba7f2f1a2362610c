//! What a user says about a file that the file does not say itself: the flags of `aigap data`, as values.

use crate::diagnostic::Problem;

use super::layout::Layout;

/// How the bytes of a text are letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16, little-endian unless a byte order mark says otherwise.
    Utf16,
    /// Windows-1252, which holds all letters of Latin-1.
    Latin1,
}

/// The mark in front of decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decimal {
    /// `31.5`; a comma parts thousands.
    Point,
    /// `31,5`; a point parts thousands.
    Comma,
}

/// A flag that answers what a file leaves open; [`Flag::name`] is how a user types it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flag {
    /// Who says the figures.
    Source,
    /// Edition of the figures.
    Vintage,
    /// Unit of the figures.
    Unit,
    /// Which of several figures is taken, and as what.
    Measure,
    /// Which rows are taken.
    Where,
    /// Which columns hold what.
    Map,
    /// Regions that are taken.
    Region,
}

impl Flag {
    /// How the flag is typed.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Source => "--source",
            Self::Vintage => "--vintage",
            Self::Unit => "--unit",
            Self::Measure => "--measure",
            Self::Where => "--where",
            Self::Map => "--map",
            Self::Region => "--region",
        }
    }
}

/// Everything that a user says about a file.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Layout, where it is not to be recognised.
    pub layout: Option<Layout>,
    /// Columns by what they hold: `date=Announced`.
    pub map: Vec<(String, String)>,
    /// Figures to take: `funding=Private investment`, or the heading alone.
    pub measures: Vec<String>,
    /// Rows to take: the values that a column may have.
    pub only: Vec<(String, String)>,
    /// Regions to take by name, groups of countries among them.
    pub regions: Vec<String>,
    /// Dollars for one unit of a currency.
    pub rates: Vec<(String, f64)>,
    /// Unit of the figures, in words: `USD bn`.
    pub unit: Option<String>,
    /// Who says the figures.
    pub source: Option<String>,
    /// Edition of the figures.
    pub vintage: Option<String>,
    /// What to know about every figure, such as which deals count as AI.
    pub note: Option<String>,
    /// How the bytes are letters.
    pub encoding: Option<Encoding>,
    /// The mark in front of decimals.
    pub decimal: Option<Decimal>,
    /// What a package says of the file, which the flags outrank.
    pub package: Beside,
    /// Sheet of a workbook, or resource of a data package.
    pub sheet: Option<String>,
}

/// What a description beside a file says of it.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    /// Who says the figures.
    pub source: Option<String>,
    /// Edition of the figures.
    pub vintage: Option<String>,
    /// Unit of the figures.
    pub unit: Option<String>,
}

impl Asked {
    /// Dollars for one unit of a currency, if they are known.
    pub(super) fn rate(&self, currency: &str) -> Option<f64> {
        if currency == "USD" {
            return Some(1.0);
        }
        self.rates.iter().find(|(known, _)| known.eq_ignore_ascii_case(currency)).map(|(_, rate)| *rate)
    }

    /// The rows that are taken, in words: `Category is AI`.
    pub(super) fn rule(&self) -> Option<String> {
        let words: Vec<String> = self.only.iter().map(|(column, value)| format!("{column} is {value}")).collect();
        (!words.is_empty()).then(|| words.join("; "))
    }
}

/// What a file does not say.
pub(super) fn missing(flag: Flag, what: &str, example: &str) -> Problem {
    Problem::error(None, format!("the file does not say {what}"), format!("write {} {example}", flag.name()))
}
