//! Headings of tables, compared without capitals, spaces and signs, and what columns are usually called.

use crate::data::COLUMNS;
use crate::diagnostic::{Problem, did_you_mean};

use super::grid::{Grid, Line};
use super::number::{self, Found};
use super::region;
use super::year;

/// Usual headings of a column of regions.
pub(super) const REGION: [&str; 20] = [
    "region",
    "country",
    "countryname",
    "countryorregion",
    "countryregion",
    "economy",
    "entity",
    "geographicarea",
    "geography",
    "location",
    "locationname",
    "area",
    "nation",
    "territory",
    "referencearea",
    "regioncountryoreconomy",
    "regioncountryeconomy",
    "countryeconomy",
    "countryterritory",
    "selectedregioncountryoreconomy",
];

/// Usual headings of a column of years.
pub(super) const YEAR: [&str; 8] =
    ["year", "timeperiod", "time", "period", "calendaryear", "fiscalyear", "date", "targetenddate"];

/// Usual headings of a column of codes.
pub(super) const CODE: [&str; 9] =
    ["code", "countrycode", "iso", "iso2", "iso3", "isocode", "iso3code", "alpha3", "refarea"];

/// Usual headings of a column that names the figure.
pub(super) const MEASURE: [&str; 9] =
    ["variable", "measure", "indicator", "indicatorname", "series", "seriesname", "metric", "target", "figure"];

/// Usual headings of a column of units.
pub(super) const UNIT: [&str; 5] = ["unit", "units", "unitofmeasure", "unitmeasure", "unitname"];

/// Usual headings of the one column of values.
pub(super) const VALUE: [&str; 5] = ["value", "obsvalue", "observationvalue", "observation", "values"];

/// Columns that say something about a row, and are no figure.
const ABOUT: [&str; 14] = [
    "indicatorcode",
    "seriescode",
    "note",
    "notes",
    "source",
    "comment",
    "comments",
    "flag",
    "flags",
    "footnote",
    "annotations",
    "obsstatus",
    "observationstatus",
    "decimals",
];

/// The headings of a line.
pub(super) struct Head<'a> {
    line: &'a Line,
    plain: Vec<String>,
}

/// A heading in small letters and digits.
pub(super) fn plain(heading: &str) -> String {
    heading.to_lowercase().chars().filter(|it| it.is_alphanumeric()).collect()
}

impl<'a> Head<'a> {
    /// The headings of a line.
    pub(super) fn new(line: &'a Line) -> Self {
        Self { line, plain: line.fields.iter().map(|field| plain(field)).collect() }
    }

    /// Number of columns.
    pub(super) fn len(&self) -> usize {
        self.plain.len()
    }

    /// The heading of a column as it stands in the file.
    pub(super) fn heading(&self, column: usize) -> &str {
        self.line.field(column)
    }

    /// The first column of any of these headings, in the order of the list.
    pub(super) fn find(&self, known: &[&str]) -> Option<usize> {
        known.iter().find_map(|name| self.plain.iter().position(|own| own == name))
    }

    /// The last column of any of these headings, in the order of the list.
    pub(super) fn find_last(&self, known: &[&str]) -> Option<usize> {
        known.iter().find_map(|name| self.plain.iter().rposition(|own| own == name))
    }

    /// Columns whose headings are years.
    pub(super) fn years(&self) -> Vec<(usize, i32)> {
        let of = |(column, heading): (usize, &String)| year::of_heading(heading).map(|year| (column, year));
        self.line.fields.iter().enumerate().filter_map(of).collect()
    }

    /// Columns whose headings are regions.
    pub(super) fn regions(&self) -> Vec<usize> {
        (0..self.len()).filter(|column| region::is_region(self.line.field(*column))).collect()
    }

    /// Whether a column says something about a row, and is no figure.
    pub(super) fn is_about(&self, column: usize) -> bool {
        [ABOUT.as_slice(), &REGION, &YEAR, &CODE, &MEASURE, &UNIT]
            .iter()
            .any(|known| known.contains(&self.plain[column].as_str()))
            || self.plain[column].is_empty()
    }
}

/// Whether more than half of what stands in a column of the lines below is numbers.
pub(super) fn is_numeric(grid: &Grid, head: usize, column: usize) -> bool {
    let fields: Vec<&str> =
        grid.lines[head + 1..].iter().map(|line| line.field(column)).filter(|it| !it.is_empty()).take(200).collect();
    let is_number = |field: &&&str| {
        let [point, comma] =
            [super::asked::Decimal::Point, super::asked::Decimal::Comma].map(|it| number::number(field, it));
        matches!(point, Found::Number(..)) || matches!(comma, Found::Number(..))
    };
    2 * fields.iter().filter(is_number).count() > fields.len()
}

/// Whether more than half of what stands in a column of the lines below names regions.
pub(super) fn names_regions(grid: &Grid, head: usize, column: usize) -> bool {
    let fields: Vec<&str> =
        grid.lines[head + 1..].iter().map(|line| line.field(column)).filter(|it| !it.is_empty()).take(200).collect();
    2 * fields.iter().filter(|field| region::is_region(field)).count() > fields.len()
}

/// Whether these headings are the project's own.
pub(super) fn is_own_head(fields: &[String]) -> bool {
    let has = |name: &str| fields.iter().any(|field| field.eq_ignore_ascii_case(name));
    let own = fields.iter().filter(|field| COLUMNS.iter().any(|it| field.eq_ignore_ascii_case(it))).count();
    // One or two of the columns may be missing or misspelt: the reader of that CSV says so best.
    (has("metric") || has("vintage")) && own >= 4
}

/// Whether the first line of a text is the project's own headings with commas.
pub(super) fn is_own(text: &str) -> bool {
    let head = text.trim_start().lines().next().unwrap_or_default();
    is_own_head(&head.split(',').map(|it| it.trim().trim_matches('"').to_owned()).collect::<Vec<_>>())
}

/// The column of a heading as a user types it.
pub(super) fn column(line: &Line, name: &str) -> Option<usize> {
    let exact = line.fields.iter().position(|field| field == name);
    exact.or_else(|| line.fields.iter().position(|field| !field.is_empty() && plain(field) == plain(name)))
}

/// A heading that a user names and the file does not have.
pub(super) fn no_column(grid: &Grid, line: &Line, (key, name): &(String, String)) -> Problem {
    let known = || line.fields.iter().map(String::as_str).filter(|it| !it.is_empty());
    let hint = did_you_mean(name, known()).map_or_else(String::new, |it| format!("did you mean `{it}`? "));
    let cure = format!("{hint}the columns are {}", known().collect::<Vec<_>>().join(", "));
    Problem::error(grid.place(line), format!("there is no column `{name}` for {key}"), cure)
}
