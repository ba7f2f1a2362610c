//! A table in memory: columns of numbers, years, counts and words, as its declaration says.

use std::borrow::Cow;

use super::declaration::{Column, Declaration, Kind};

/// What stands in one row under one column.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Field<'a> {
    /// Nothing: a value that is missing, infinite or undefined.
    #[default]
    Missing,
    /// Words, which are no number.
    Text(Cow<'a, str>),
    /// A calendar year.
    Year(i32),
    /// A whole number of things.
    Count(u64),
    /// A finite number.
    Number(f64),
}

impl Field<'_> {
    /// Its number, if it is one.
    #[must_use]
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Missing | Self::Text(_) => None,
            Self::Year(year) => Some(f64::from(*year)),
            Self::Count(count) => Some(*count as f64),
            Self::Number(number) => Some(*number),
        }
    }

    /// Whether nothing stands there.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Missing)
    }

    /// As a file has it: the shortest digits that read back as the same number, nothing for what is missing.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Missing => Cow::Borrowed(""),
            Self::Text(words) => Cow::Borrowed(words),
            Self::Year(year) => Cow::Owned(year.to_string()),
            Self::Count(count) => Cow::Owned(count.to_string()),
            Self::Number(number) => Cow::Owned(super::csv::number(*number)),
        }
    }
}

impl From<f64> for Field<'_> {
    fn from(value: f64) -> Self {
        // A negative zero is a zero.
        if value.is_finite() { Self::Number(value + 0.0) } else { Self::Missing }
    }
}

impl<'a, T: Into<Field<'a>>> From<Option<T>> for Field<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Missing, Into::into)
    }
}

impl From<i32> for Field<'_> {
    fn from(year: i32) -> Self {
        Self::Year(year)
    }
}

impl From<u64> for Field<'_> {
    fn from(count: u64) -> Self {
        Self::Count(count)
    }
}

impl<'a> From<&'a str> for Field<'a> {
    fn from(words: &'a str) -> Self {
        if words.is_empty() { Self::Missing } else { Self::Text(Cow::Borrowed(words)) }
    }
}

impl<'a> From<&'a String> for Field<'a> {
    fn from(words: &'a String) -> Self {
        words.as_str().into()
    }
}

impl From<String> for Field<'_> {
    fn from(words: String) -> Self {
        if words.is_empty() { Self::Missing } else { Self::Text(Cow::Owned(words)) }
    }
}

/// The values of a column.
#[derive(Clone, Debug, PartialEq)]
enum Values {
    Text(Vec<String>),
    Years(Vec<Option<i32>>),
    Counts(Vec<Option<u64>>),
    Numbers(Vec<Option<f64>>),
}

impl Values {
    fn of(kind: Kind) -> Self {
        match kind {
            Kind::Text | Kind::Title | Kind::Setting => Self::Text(Vec::new()),
            Kind::Year => Self::Years(Vec::new()),
            Kind::Count => Self::Counts(Vec::new()),
            Kind::Number | Kind::Share => Self::Numbers(Vec::new()),
        }
    }

    /// Takes a field; gives it back if it is of another kind.
    fn push<'a>(&mut self, field: Field<'a>) -> Result<(), Field<'a>> {
        match (self, field) {
            (Self::Text(own), Field::Missing) => own.push(String::new()),
            (Self::Text(own), Field::Text(words)) => own.push(words.into_owned()),
            (Self::Years(own), Field::Missing) => own.push(None),
            (Self::Years(own), Field::Year(year)) => own.push(Some(year)),
            (Self::Counts(own), Field::Missing) => own.push(None),
            (Self::Counts(own), Field::Count(count)) => own.push(Some(count)),
            (Self::Numbers(own), Field::Missing) => own.push(None),
            (Self::Numbers(own), Field::Number(number)) => own.push(Some(number)),
            (_, field) => return Err(field),
        }
        Ok(())
    }

    fn at(&self, row: usize) -> Field<'_> {
        match self {
            Self::Text(own) => own[row].as_str().into(),
            Self::Years(own) => own[row].into(),
            Self::Counts(own) => own[row].into(),
            Self::Numbers(own) => own[row].into(),
        }
    }
}

/// A column of a table: its declaration, its name in this table, its values.
#[derive(Clone, Debug, PartialEq)]
struct Held {
    column: &'static Column,
    name: String,
    values: Values,
}

/// A table with the columns of its declaration.
///
/// # Examples
/// ```
/// use aigap::table::Table;
/// use aigap::table::declared::{Column, Declaration};
///
/// static MEDIANS: Declaration = Declaration {
///     files: &["medians.csv"],
///     written_by: "a program of one's own",
///     holds: "a year",
///     keys: &["year"],
///     groups: &[&[Column::year("year", "Calendar year."), Column::number("median", "1", "Median ratio.")]],
/// };
/// let mut table = Table::new(&MEDIANS);
/// table.push([2029.into(), 15.25.into()]);
/// table.push([2030.into(), None::<f64>.into()]);
/// assert_eq!(table.csv(), "year,median\n2029,15.25\n2030,\n");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    declaration: &'static Declaration,
    columns: Vec<Held>,
    rows: usize,
}

impl Table {
    /// An empty table about one scenario.
    #[must_use]
    pub fn new(declaration: &'static Declaration) -> Self {
        Self::with(declaration, |column| !column.of_several)
    }

    /// An empty table about several scenarios, with the columns that tell them apart.
    #[must_use]
    pub fn of_several(declaration: &'static Declaration) -> Self {
        Self::with(declaration, |_| true)
    }

    fn with(declaration: &'static Declaration, stands: impl Fn(&Column) -> bool) -> Self {
        let held =
            |column: &'static Column| Held { column, name: column.name.to_owned(), values: Values::of(column.kind) };
        let columns = declaration.columns().filter(|column| stands(column)).map(held).collect();
        Self { declaration, columns, rows: 0 }
    }

    /// Fills in a part of the names of columns that the declaration leaves open, `{money}`.
    #[must_use]
    pub fn named(mut self, part: &str, name: &str) -> Self {
        self.columns.iter_mut().for_each(|held| held.name = held.name.replace(part, name));
        self
    }

    /// What the table is.
    #[must_use]
    pub fn declaration(&self) -> &'static Declaration {
        self.declaration
    }

    /// Name of its file; of the first one where several have such a table.
    #[must_use]
    pub fn file(&self) -> &'static str {
        self.declaration.files[0]
    }

    /// Adds a row at the end.
    ///
    /// # Panics
    /// If the row has other fields than the declaration, which no input of a user can bring about.
    pub fn push<'a>(&mut self, row: impl IntoIterator<Item = Field<'a>>) {
        let mut row = row.into_iter();
        for held in &mut self.columns {
            let field = row.next().expect("a row has a field for every column");
            held.values.push(field).expect("a field is of the kind of its column");
        }
        assert!(row.next().is_none(), "a row of {:?} has more fields than columns", self.declaration.files);
        self.rows += 1;
    }

    /// Adds the rows of another table of the same columns.
    pub fn append(&mut self, other: &Self) {
        for row in 0..other.rows() {
            self.push(other.row(row));
        }
    }

    /// Number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Names of the columns in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|held| held.name.as_str())
    }

    /// Declared columns in order.
    pub fn columns(&self) -> impl Iterator<Item = &'static Column> {
        self.columns.iter().map(|held| held.column)
    }

    /// Place of a column.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|held| held.name == name)
    }

    /// What stands in a row under a column.
    ///
    /// # Panics
    /// If the table has no such row or column.
    #[must_use]
    pub fn field(&self, row: usize, column: usize) -> Field<'_> {
        self.columns[column].values.at(row)
    }

    /// The fields of a row.
    ///
    /// # Panics
    /// When they are asked for, if the table has no such row.
    pub fn row(&self, row: usize) -> impl Iterator<Item = Field<'_>> {
        self.columns.iter().map(move |held| held.values.at(row))
    }

    /// Every number in the table.
    pub fn numbers(&self) -> impl Iterator<Item = f64> {
        (0..self.rows).flat_map(move |row| self.row(row).filter_map(|field| field.number()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::declared::{ASSUMPTIONS, CHART_ATTRIBUTION, DECOMPOSITION};
    use super::*;

    #[test]
    fn what_is_infinite_or_undefined_is_missing() {
        let mut table = Table::new(&CHART_ATTRIBUTION);
        table.push(["a".into(), f64::INFINITY.into()]);
        table.push(["b".into(), f64::NAN.into()]);
        table.push(["c".into(), 2.0.into()]);
        assert_eq!(table.numbers().collect::<Vec<_>>(), [2.0]);
        assert!(table.field(0, 1).is_missing() && table.field(1, 1).is_missing());
    }

    #[test]
    fn columns_of_several_scenarios_stand_only_there_and_open_names_are_filled_in() {
        assert_eq!(Table::new(&ASSUMPTIONS).names().next(), Some("address"));
        assert_eq!(Table::of_several(&ASSUMPTIONS).names().next(), Some("scenario"));
        let table = Table::new(&DECOMPOSITION).named("{money}", "yuan");
        assert!(table.column("yuan").is_some() && table.column("yuan_shapley").is_some());
    }

    #[test]
    #[should_panic(expected = "a field is of the kind of its column")]
    fn a_field_of_another_kind_is_not_taken() {
        Table::new(&CHART_ATTRIBUTION).push(["a".into(), 2030.into()]);
    }
}
