//! A table of a run folder read back as it was declared, and what may be wrong with it.

use crate::table::declared::{Declaration, Kind};
use crate::table::{Field, Table};
use crate::units::live::as_written;

/// Why a run cannot be read back: the file, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damaged {
    /// Name of the file below the run folder.
    pub file: String,
    /// The damage, in words for the user.
    pub why: String,
}

impl std::fmt::Display for Damaged {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}; simulate again", self.file, self.why)
    }
}

impl std::error::Error for Damaged {}

/// Returns the text of a file of the run folder.
pub(super) type Read<'a> = &'a dyn Fn(&str) -> Option<String>;

pub(super) fn missing(file: &str) -> Damaged {
    damaged(file, "is missing")
}

pub(super) fn damaged(file: &str, why: &str) -> Damaged {
    Damaged { file: file.to_owned(), why: why.to_owned() }
}

/// Reads the file of an empty table, which says what its columns are. Columns that somebody added are left out.
pub(super) fn read(read: Read, mut table: Table) -> Result<Stored, Damaged> {
    let file = table.file();
    let text = read(file).ok_or_else(|| missing(file))?;
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let broken = |error: csv::Error| damaged(file, &format!("is damaged ({error})"));
    let head = reader.headers().map_err(broken)?.clone();
    let (mut columns, mut lines) = (Vec::new(), Vec::new());
    for (name, column) in table.names().zip(table.columns()) {
        let place = head.iter().position(|known| known == name);
        columns.push((
            place.ok_or_else(|| damaged(file, &format!("has no column {name}")))?,
            column.kind,
            name.to_owned(),
        ));
    }
    for row in reader.records() {
        let row = row.map_err(broken)?;
        let line = row.position().map_or(0, csv::Position::line);
        let field = |(place, kind, name): &(usize, Kind, String)| {
            let text = row.get(*place).unwrap_or_default();
            typed(text, *kind).ok_or_else(|| {
                let what = if *kind == Kind::Year { "year" } else { "number" };
                damaged(file, &format!("line {line}, column {name}: \"{text}\" is no {what}"))
            })
        };
        let fields: Vec<Field> = columns.iter().map(field).collect::<Result<_, _>>()?;
        table.push(fields);
        lines.push(line);
    }
    Ok(Stored { table, lines })
}

/// A field of a file, as its column has it; `None` if it is of another kind.
fn typed(text: &str, kind: Kind) -> Option<Field<'_>> {
    if text.is_empty() {
        return Some(Field::Missing);
    }
    match kind {
        Kind::Text | Kind::Title | Kind::Setting => Some(as_written(text).into()),
        Kind::Year => text.parse().ok().map(Field::Year),
        Kind::Count => text.parse().ok().map(Field::Count),
        // What is infinite or undefined stands as an empty field.
        Kind::Number | Kind::Share => text.parse().ok().filter(|number: &f64| number.is_finite()).map(Field::Number),
    }
}

/// A table of a run folder, with the line of each row.
#[derive(Debug, PartialEq)]
pub(super) struct Stored {
    table: Table,
    lines: Vec<u64>,
}

/// A row of it by the names of its columns.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    stored: &'a Stored,
    row: usize,
}

impl Stored {
    /// The table of a declaration about one scenario.
    pub(crate) fn of(source: Read, declaration: &'static Declaration) -> Result<Self, Damaged> {
        read(source, Table::new(declaration))
    }

    /// Its rows in order.
    pub(crate) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.table.rows()).map(|row| Row { stored: self, row })
    }
}

impl<'a> Row<'a> {
    fn field(self, column: &str) -> Field<'a> {
        let table = &self.stored.table;
        table.field(self.row, table.column(column).expect("columns are asked for by their declared names"))
    }

    fn lacks(self, column: &str) -> Damaged {
        self.damaged(column, "nothing stands there")
    }

    /// Words; none where the field is empty.
    pub(crate) fn text(self, column: &str) -> String {
        self.field(column).text().into_owned()
    }

    /// A year that may be missing.
    pub(crate) fn year_if_any(self, column: &str) -> Option<i32> {
        if let Field::Year(year) = self.field(column) { Some(year) } else { None }
    }

    /// The calendar year in a column.
    pub(crate) fn year(self, column: &str) -> Result<i32, Damaged> {
        self.year_if_any(column).ok_or_else(|| self.lacks(column))
    }

    /// A count that may be missing.
    pub(crate) fn count_if_any(self, column: &str) -> Option<u64> {
        if let Field::Count(count) = self.field(column) { Some(count) } else { None }
    }

    /// The whole number in a column.
    pub(crate) fn count(self, column: &str) -> Result<u64, Damaged> {
        self.count_if_any(column).ok_or_else(|| self.lacks(column))
    }

    /// A number that may be missing.
    pub(crate) fn number_if_any(self, column: &str) -> Option<f64> {
        self.field(column).number()
    }

    /// The number in a column.
    pub(crate) fn number(self, column: &str) -> Result<f64, Damaged> {
        self.number_if_any(column).ok_or_else(|| self.lacks(column))
    }

    /// What stands there is none of what this version writes.
    pub(crate) fn stranger(self, column: &str) -> Damaged {
        self.damaged(column, &format!("\"{}\" is unknown to this version", self.text(column)))
    }

    fn damaged(self, column: &str, why: &str) -> Damaged {
        let line = self.stored.lines[self.row];
        damaged(self.stored.table.file(), &format!("line {line}, column {column}: {why}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::declared::CHART_ATTRIBUTION;

    fn read_text(text: &str) -> Result<Stored, Damaged> {
        Stored::of(&|_| Some(text.to_owned()), &CHART_ATTRIBUTION)
    }

    #[test]
    fn a_table_is_read_back_as_it_was_written() {
        let mut table = Table::new(&CHART_ATTRIBUTION);
        table.push(["a \"b\", c".into(), 0.1.into()]);
        table.push(["two\nlines".into(), f64::INFINITY.into()]);
        assert_eq!(read_text(&table.csv()).map(|it| it.table), Ok(table));
        // Whatever else somebody wrote beside it.
        let wider = read_text("note,factor,input\nx,2,a\n").map(|it| it.table.csv());
        assert_eq!(wider.as_deref(), Ok("input,factor\n\"a\",2\n"));
    }

    #[test]
    fn what_is_damaged_is_named_with_file_line_and_column() {
        let why = |text| read_text(text).err().map(|it| it.to_string()).unwrap_or_default();
        assert_eq!(why("input\na\n"), "charts/attribution-{what_if}.csv has no column factor; simulate again");
        let file = "charts/attribution-{what_if}.csv";
        assert_eq!(
            why("input,factor\na,1\nb,1x\n"),
            format!("{file} line 3, column factor: \"1x\" is no number; simulate again")
        );
        assert!(why("input,factor\na,NaN\n").contains("line 2, column factor"));
        assert!(why("input,factor\na\n").contains("is damaged"));
        let row = read_text("input,factor\na,\n").map(|it| it.rows().next().map(|row| row.number("factor").is_err()));
        assert_eq!(row, Ok(Some(true)));
    }
}
