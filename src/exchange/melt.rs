//! A table of whatever shape as figures one by one, each with region, year and the words for what it is.

use std::ops::Range;

use crate::diagnostic::Problem;
use crate::units::{self, period::Period};

use super::account::Account;
use super::asked::{Asked, Decimal};
use super::grid::{Grid, Line};
use super::heads::{column, no_column};
use super::number::{self, Found};
use super::region::{self, Named};
use super::shape::{Is, Shape, Values};
use super::year;

/// A figure of the file.
#[derive(Clone, Debug)]
pub(super) struct Stated {
    /// Position of its line.
    pub line: usize,
    /// Region it is about.
    pub region: Named,
    /// The file's word for the region.
    pub called: String,
    /// Calendar year of the figure.
    pub year: i32,
    /// The part of the year that it is about, where it is not of the whole.
    pub part: Option<Period>,
    /// Name of the figure, as a heading, a column or a section says it.
    pub measure: String,
    /// Words about its unit.
    pub unit: String,
    /// Power of ten that the file states beside it.
    pub power: f64,
    /// The field as it stands in the file.
    pub text: String,
    /// Its number, without the power of ten.
    pub value: f64,
    /// Currency of the sign in the field.
    pub currency: Option<&'static str>,
    /// Edition, where the file has a column of them.
    pub edition: Option<String>,
    /// Who says it, where the file has columns of them.
    pub said_by: String,
}

/// The figures of a table.
#[derive(Clone, Debug)]
pub(super) struct Melted {
    /// Figures in the order of the file.
    pub stated: Vec<Stated>,
    /// What was left out.
    pub account: Account,
    /// Fields that were looked at.
    pub read: usize,
    /// The mark in front of decimals.
    pub decimal: Decimal,
}

/// Lines below the headings, without the footer.
pub(super) fn body(grid: &Grid, shape: &Shape) -> Range<usize> {
    let holds_values = |line: &Line| {
        !is_remark(line.field(0)) && shape.values.iter().any(|values| !line.field(values.column).is_empty())
    };
    let last = (shape.head + 1..grid.lines.len()).rev().find(|at| holds_values(&grid.lines[*at]));
    shape.head + 1..last.map_or(shape.head + 1, |last| last + 1)
}

/// Beginnings of what stands below tables; a comma in it may look like a column.
const REMARKS: [&str; 9] =
    ["source", "note", "data source", "copyright", "©", "last updated", "downloaded", "key:", "na = "];

/// Whether a field begins a remark below a table.
pub(super) fn is_remark(field: &str) -> bool {
    let lower = field.to_lowercase();
    REMARKS.iter().any(|start| lower.starts_with(start))
}

/// The figures of a table, one by one.
pub(super) fn melted(grid: &Grid, shape: &Shape, asked: &Asked) -> Result<Melted, Vec<Problem>> {
    let body = body(grid, shape);
    let kept = kept(grid, shape.head, asked)?;
    let mut account = Account::default();
    let head = &grid.lines[shape.head];
    for line in &grid.lines[body.end..] {
        account.leave_out("lines below the table, its footer", line.number, "");
    }
    let lines: Vec<&Line> = grid.lines[body.clone()].iter().collect();
    if lines.is_empty() {
        let cure = "is the right sheet or file named? the headings are in this line";
        return Err(vec![Problem::error(grid.place(head), "the table has no rows below its headings", cure)]);
    }
    let columns: Vec<usize> = shape.values.iter().map(|values| values.column).collect();
    let decimal = number::decimal(grid, &lines, &columns, asked.decimal).map_err(|problem| vec![problem])?;
    let mut reader = Reader {
        grid,
        shape,
        decimal,
        section: String::new(),
        account,
        read: 0,
        stated: Vec::new(),
        problems: Vec::new(),
    };
    for at in body {
        reader.line(at, &kept);
    }
    let Reader { stated, account, read, problems, .. } = reader;
    if problems.is_empty() { Ok(Melted { stated, account, read, decimal }) } else { Err(problems) }
}

/// The columns of `--where` with the values that each may have.
pub(super) fn kept(grid: &Grid, head: usize, asked: &Asked) -> Result<Vec<(usize, Vec<String>)>, Vec<Problem>> {
    let line = &grid.lines[head];
    let mut found: Vec<(usize, Vec<String>)> = Vec::new();
    let mut problems = Vec::new();
    for (name, value) in &asked.only {
        let Some(place) = column(line, name) else {
            problems.push(no_column(grid, line, &("--where".to_owned(), name.clone())));
            continue;
        };
        let wanted = value.to_lowercase();
        if !grid.lines[head + 1..].iter().any(|line| line.field(place).to_lowercase() == wanted) {
            let mut others: Vec<&str> = grid.lines[head + 1..].iter().map(|line| line.field(place)).collect();
            others.sort_unstable();
            others.dedup();
            others.retain(|it| !it.is_empty());
            others.truncate(12);
            let what = format!("no row has `{value}` in the column `{name}`");
            problems.push(Problem::error(grid.place(line), what, format!("it has {}", others.join(", "))));
        }
        match found.iter_mut().find(|(known, _)| *known == place) {
            Some((_, values)) => values.push(wanted),
            None => found.push((place, vec![wanted])),
        }
    }
    if problems.is_empty() { Ok(found) } else { Err(problems) }
}

/// What to do with a field that is no number with the mark in front of decimals that is meant.
fn not_a_number(text: &str, decimal: Decimal) -> String {
    if decimal == Decimal::Comma && matches!(number::number(text, Decimal::Point), Found::Number(..)) {
        return "a point stands in front of its decimals: leave --decimal comma out".to_owned();
    }
    let cure = match decimal {
        Decimal::Point => "1,151 and 31.5 are read, and so is $1.5bn",
        Decimal::Comma => "1.151 and 31,5 are read, and so is $1,5bn",
    };
    format!("take out what is not part of the number, or leave the field empty; {cure}")
}

/// Whether a line is one that `--where` keeps.
pub(super) fn is_kept(line: &Line, kept: &[(usize, Vec<String>)]) -> bool {
    kept.iter().all(|(column, values)| values.contains(&line.field(*column).to_lowercase()))
}

struct Reader<'a> {
    grid: &'a Grid,
    shape: &'a Shape,
    decimal: Decimal,
    /// The last line of words alone: what the lines below it are about.
    section: String,
    account: Account,
    read: usize,
    stated: Vec<Stated>,
    problems: Vec<Problem>,
}

impl<'a> Reader<'a> {
    fn line(&mut self, at: usize, kept: &[(usize, Vec<String>)]) {
        let (shape, line) = (self.shape, &self.grid.lines[at]);
        if !is_kept(line, kept) {
            self.account.leave_out("rows that --where leaves out", line.number, "");
            return;
        }
        let of = |column: Option<usize>| column.map_or("", |column| line.field(column));
        let part = shape.year.and_then(|column| units::period::period(line.field(column)));
        let year = match shape.year {
            None => None,
            Some(column) => match part.map(|it| it.year).or(year::date(line.field(column)).map(|it| it.year)) {
                Some(year) => Some(year),
                None if line.filled() <= 1 => {
                    self.account.leave_out("lines of words between the rows", line.number, "");
                    return;
                }
                None => {
                    let what = format!("`{}` is not a year or a date", line.field(column));
                    self.problem(line, &what, "write a year such as 2023, or take the row out");
                    return;
                }
            },
        };
        let (name, code) = (of(shape.region), of(shape.code));
        let of_regions = shape.values.iter().any(|values| values.is == Is::Region);
        if !of_regions && name.is_empty() && code.is_empty() {
            self.account.leave_out("rows without a region", line.number, "");
            return;
        }
        if shape.values.iter().all(|values| line.field(values.column).is_empty()) {
            // A table of several figures below each other says above each part which one it is.
            self.section = name.to_owned();
            self.account.leave_out("lines of words between the rows", line.number, "");
            return;
        }
        for values in &shape.values {
            self.field(at, (name, code), (year, part), values);
        }
        for column in &shape.others {
            self.other(at, *column, (year, part));
        }
    }

    /// A field of a column of numbers that is neither a year nor a country: counted, and taken where --region names it.
    fn other(&mut self, at: usize, column: usize, when: (Option<i32>, Option<Period>)) {
        let line = &self.grid.lines[at];
        let heading = self.grid.lines[self.shape.head].field(column);
        let of_regions = self.shape.values.iter().any(|values| values.is == Is::Region);
        match number::number(line.field(column), self.decimal) {
            Found::Missing => {}
            Found::Number(..) if of_regions && region::KNOWS_ALL => {
                self.field(at, ("", ""), when, &Values { column, is: Is::Region })
            }
            _ => {
                self.read += 1;
                let why =
                    if of_regions { "columns of no region that is known" } else { "columns that are no whole year" };
                self.account.leave_out(why, line.number, heading);
            }
        }
    }

    fn field(
        &mut self,
        at: usize,
        (name, code): (&str, &str),
        (year, part): (Option<i32>, Option<Period>),
        values: &Values,
    ) {
        let (shape, line) = (self.shape, &self.grid.lines[at]);
        let text = line.field(values.column);
        let heading = self.grid.lines[shape.head].field(values.column);
        self.read += 1;
        let (value, currency) = match number::number(text, self.decimal) {
            Found::Number(value, currency) => (value, currency),
            Found::Missing => {
                self.account.leave_out("no value is given", line.number, if text.is_empty() { "" } else { text });
                return;
            }
            Found::NoNumber => {
                self.problem(line, &format!("`{text}` is not a number"), &not_a_number(text, self.decimal));
                return;
            }
        };
        let of = |column: Option<usize>| column.map_or("", |column| line.field(column));
        let (name, code) = if values.is == Is::Region { (heading, "") } else { (name, code) };
        let year = match values.is {
            Is::Year(year) => Some(year),
            _ => year,
        };
        let measure = match (shape.measure, &values.is) {
            (Some(column), _) => line.field(column).to_owned(),
            (None, Is::Measure) => heading.to_owned(),
            _ => self.section.clone(),
        };
        let power = of(shape.power).parse().ok().filter(|power: &i32| (-15..=15).contains(power)).unwrap_or(0);
        let said_by: Vec<&str> = shape.said_by.iter().map(|column| line.field(*column)).collect();
        self.stated.push(Stated {
            line: at,
            region: region::named(name, code),
            called: if name.is_empty() { code.to_owned() } else { name.to_owned() },
            year: year.expect("a shape has years in rows or in columns"),
            part,
            measure,
            unit: of(shape.unit).to_owned(),
            power: format!("1e{power}").parse().unwrap_or(1.0),
            text: text.to_owned(),
            value,
            currency,
            edition: shape.edition.map(|column| line.field(column).to_owned()).filter(|it| !it.is_empty()),
            said_by: said_by.join(", "),
        });
    }

    fn problem(&mut self, line: &Line, what: &str, cure: &str) {
        self.problems.push(Problem::error(self.grid.place(line), what, cure));
    }
}
