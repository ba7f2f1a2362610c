//! The project's own CSV: written from figures of any layout, and read with other signs between its columns.

use std::collections::BTreeMap;

use crate::data::COLUMNS;
use crate::diagnostic::{Place, Problem};
use crate::units::live::inert;

use super::asked::{Asked, Decimal};
use super::dialect;
use super::grid::{Grid, Line};
use super::heads;
use super::layout::Layout;
use super::measures::Metric;
use super::number;
use super::understood::Understood;

/// A row of the CSV.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    /// Region it is about.
    pub region: String,
    /// Calendar year of the figure.
    pub year: i32,
    /// Whether it is funding, deals or deal size.
    pub metric: Metric,
    /// Its value in the unit.
    pub value: f64,
    /// `USD bn`, `USD m` or `count`.
    pub unit: &'static str,
    /// The field of the file.
    pub as_stated: String,
    /// Whether it is shown only, such as a figure of an earlier edition.
    pub is_context: bool,
    /// Who says the figure.
    pub source: String,
    /// In which edition.
    pub vintage: String,
    /// What to know about it.
    pub note: String,
    /// Its line in the file, if it is made of one.
    pub at: Option<Place>,
}

/// A product without the noise of binary fractions: fifteen digits are all that sources have.
pub(super) fn rounded(value: f64) -> f64 {
    format!("{value:.14e}").parse().unwrap_or(value)
}

/// Rows in the order of the project's own CSV: by metric, the US and China in front, then by year.
pub(super) fn sorted(mut rows: Vec<Row>) -> Vec<Row> {
    let rank = |region: &str| ["us", "china", "world"].iter().position(|it| *it == region).unwrap_or(3);
    rows.sort_by(|a, b| {
        let key = |row: &Row| {
            (row.metric, rank(&row.region), row.region.clone(), row.is_context, row.year, row.vintage.clone())
        };
        key(a).cmp(&key(b))
    });
    rows
}

/// Rows as the project's own CSV, as they are ordered.
pub(super) fn csv(rows: Vec<Row>) -> String {
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    let written = "memory takes it";
    writer.write_record(COLUMNS).expect(written);
    for row in rows {
        let id = format!("{}-{}-{}", row.region, row.metric.word(), row.year);
        let id = if row.is_context { format!("{id}-{}", row.vintage) } else { id };
        let role = if row.is_context { "context" } else { "model input" };
        let (year, value) = (row.year.to_string(), row.value.to_string());
        let fields = [
            id.as_str(),
            &row.region,
            &year,
            row.metric.word(),
            &value,
            row.unit,
            "",
            "",
            &row.as_stated,
            role,
            &row.source,
            &row.vintage,
            &row.note,
        ];
        writer.write_record(fields.map(|field| inert(field).into_owned())).expect(written);
    }
    String::from_utf8(writer.into_inner().expect(written)).expect("texts in, text out")
}

/// What a user should know about rows: jumps from year to year that a change of unit would make.
pub(super) fn checked(rows: &[Row]) -> Vec<Problem> {
    let mut series: BTreeMap<(&str, Metric), BTreeMap<i32, f64>> = BTreeMap::new();
    for row in rows.iter().filter(|row| !row.is_context) {
        series.entry((&row.region, row.metric)).or_default().insert(row.year, row.value);
    }
    let mut warnings = Vec::new();
    for ((region, metric), years) in series {
        let pairs = years.iter().zip(years.iter().skip(1));
        for ((before, low), (after, high)) in pairs {
            let factor = (high / low).max(low / high);
            if *after == before + 1 && factor >= 500.0 {
                let what = format!("{} of {region} is {low} in {before} and {high} in {after}", metric.word());
                warnings.push(Problem::warning(None, what, "does the file change its unit, or is a digit missing?"));
            }
        }
    }
    warnings
}

/// Columns of numbers in the project's own CSV.
const NUMBERS: [&str; 3] = ["value", "low", "high"];

/// The project's own columns with other signs between them, or with decimal commas.
pub(super) fn read(grid: &Grid, text: &str, asked: &Asked) -> Result<Understood, Vec<Problem>> {
    let head = &grid.lines[0];
    let columns: Vec<usize> =
        (0..head.fields.len()).filter(|at| NUMBERS.iter().any(|it| head.field(*at).eq_ignore_ascii_case(it))).collect();
    let lines: Vec<&Line> = grid.lines[1..].iter().collect();
    let decimal = number::decimal(grid, &lines, &columns, asked.decimal).map_err(|problem| vec![problem])?;
    // Words that a spreadsheet would compute are no longer what they were.
    let is_inert = lines.iter().flat_map(|line| &line.fields).all(|field| *inert(field) == **field);
    let is_plain = grid.separator.sign() == ',' && decimal == Decimal::Point && heads::is_own(text) && is_inert;
    let csv = if is_plain { text.to_owned() } else { written(grid, &columns, decimal) };
    let stated_at =
        if is_plain { lines_of(text, grid.file) } else { grid.lines.iter().map(|it| grid.place(it)).collect() };
    let used = lines.len();
    let said = vec![("columns", "as they are: each row says its metric, unit, source and edition itself".to_owned())];
    let dialect = dialect::described(grid.separator, decimal);
    Ok(Understood {
        layout: Layout::Own,
        dialect,
        csv,
        said,
        read: used,
        used,
        left_out: Vec::new(),
        warnings: Vec::new(),
        stated_at,
    })
}

/// Every line of a text as a place in it.
fn lines_of(text: &str, file: usize) -> Vec<Place> {
    let mut start = 0;
    let place = |line: &str| {
        let span = start..start + line.trim_end_matches(['\n', '\r']).len();
        start += line.len();
        Place { file, span }
    };
    text.split_inclusive('\n').map(place).collect()
}

/// Rows with other signs, written with commas between the columns and decimal points.
fn written(grid: &Grid, columns: &[usize], decimal: Decimal) -> String {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    let written = "memory takes it";
    let width = grid.lines[0].fields.len();
    for (at, line) in grid.lines.iter().enumerate() {
        let field = |column: usize| {
            let field = line.field(column);
            match (at, decimal) {
                (0, _) => field.to_lowercase(),
                (_, Decimal::Comma) if columns.contains(&column) => field.replace('.', "").replace(',', "."),
                _ => inert(field).into_owned(),
            }
        };
        let fields: Vec<String> = (0..width.max(line.fields.len())).map(field).collect();
        writer.write_record(fields).expect(written);
    }
    String::from_utf8(writer.into_inner().expect(written)).expect("texts in, text out")
}
