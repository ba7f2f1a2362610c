//! Tables as Parquet: a file each, with typed columns under the names of the CSV, and the unit and the meaning of every
//! column inside.
//!
//! A table of a run is small and flat, and the format asks little of such a one: one page a column, values as they lie in
//! memory, nothing compressed. That is written here in a few pages, because the crates that write all of Parquet would
//! double what a newcomer has to build. `.ci/run` has the files read by pyarrow, DuckDB and polars.

mod arrow;
mod file;
mod flat;
mod thrift;

use serde_json::json;

use crate::store::Files;
use crate::table::declared::{Column, Kind};

use self::file::{Field, Values};
use super::package;
use super::run::{Run, RunTable};

/// The files of a run.
pub(super) fn files(run: &Run) -> Files {
    run.tables.iter().map(|table| (parquet_name(&table.file), written(run, table))).collect()
}

/// `charts/gap.parquet` for `charts/gap.csv`.
fn parquet_name(file: &str) -> String {
    format!("{}.parquet", file.trim_end_matches(".csv"))
}

fn written(run: &Run, table: &RunTable) -> Vec<u8> {
    let field = |(place, (name, column)): (usize, (&str, Option<&'static Column>))| Field {
        name: name.to_owned(),
        values: values(table, place, column.map_or(Kind::Text, |column| column.kind)),
        about: column.map(about).unwrap_or_default(),
    };
    let fields: Vec<Field> = table.columns().enumerate().map(field).collect();
    let described: Vec<_> = table.columns().map(|(name, column)| package::field(name, column)).collect();
    let mut facts = vec![
        ("title", format!("{} of {}", table.file, run.scenario)),
        ("description", table.declaration.holds.to_owned()),
        ("created_with", run.command.clone()),
        // As a Data Package has it, for readers that show nothing else.
        ("schema", json!({ "fields": described }).to_string()),
    ];
    // The same as Arrow has it, whose readers show it column by column.
    facts.push(("ARROW:schema", arrow::schema(&fields, &facts)));
    file::written(&fields, table.rows.len(), &facts, &format!("aigap version {}", run.version))
}

/// What a reader may ask about a column: its unit, its meaning, its kind.
fn about(column: &'static Column) -> Vec<(&'static str, &'static str)> {
    let all = [("unit", column.unit), ("description", column.meaning), ("kind", column.kind.name())];
    all.into_iter().filter(|(_, words)| !words.is_empty()).collect()
}

/// The values of a column by its kind; words, should one be no number after all.
fn values(table: &RunTable, place: usize, kind: Kind) -> Values<'_> {
    let fields = || table.rows.iter().map(|row| row.get(place).map(String::as_str).filter(|field| !field.is_empty()));
    let typed = match kind {
        Kind::Text | Kind::Title | Kind::Setting => None,
        Kind::Year => numbers(fields()).map(Values::Years),
        Kind::Count => numbers(fields()).map(Values::Counts),
        Kind::Number | Kind::Share => numbers(fields()).map(Values::Numbers),
    };
    typed.unwrap_or_else(|| Values::Words(fields().collect()))
}

fn numbers<'a, T: std::str::FromStr>(fields: impl Iterator<Item = Option<&'a str>>) -> Option<Vec<Option<T>>> {
    fields.map(|field| field.map(str::parse).transpose().ok()).collect()
}
