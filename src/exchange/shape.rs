//! The shape of a table: which columns hold region, year, unit and values, whatever they are called.

/// What a column of values stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Is {
    /// A figure, named by the heading or by a column of its own.
    Measure,
    /// A calendar year, named by the heading.
    Year(i32),
    /// A region, named by the heading.
    Region,
}

/// A column of values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Values {
    /// Place of the column.
    pub column: usize,
    /// What its heading says.
    pub is: Is,
}

/// Where a table has what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Shape {
    /// Position of the line with the headings.
    pub head: usize,
    /// Column of names of regions.
    pub region: Option<usize>,
    /// Column of codes of regions.
    pub code: Option<usize>,
    /// Column of years or dates.
    pub year: Option<usize>,
    /// Column that names the figure.
    pub measure: Option<usize>,
    /// Column of units.
    pub unit: Option<usize>,
    /// Column of powers of ten, as in SDMX.
    pub power: Option<usize>,
    /// Column of editions.
    pub edition: Option<usize>,
    /// Columns that together name who says it, such as model and scenario.
    pub said_by: Vec<usize>,
    /// Columns of values.
    pub values: Vec<Values>,
    /// Columns of numbers beside those of years or regions: a total, or a region that is misspelt.
    pub others: Vec<usize>,
}
