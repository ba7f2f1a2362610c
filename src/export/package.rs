//! A run as a Data Package, version 2: its tables as they are, and `datapackage.json`, which says of every column its type,
//! its unit and its meaning.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::store::Files;
use crate::table::declared::{Column, Kind};

use super::run::{Run, RunTable};

/// The files of the package.
pub(super) fn files(run: &Run) -> Files {
    let about = json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": name(&format!("aigap-{}", run.scenario)),
        "title": format!("Scenario run of {}", run.scenario),
        "description": format!("Made by aigap {}: {}", run.version, run.command),
        "resources": run.tables.iter().map(resource).collect::<Vec<Value>>(),
    });
    let described = ("datapackage.json".to_owned(), format!("{about:#}\n").into_bytes());
    std::iter::once(described).chain(run.tables.iter().map(|table| (table.file.clone(), table.bytes.clone()))).collect()
}

/// A name of small letters, digits and hyphens.
fn name(words: &str) -> String {
    let plain = |it: char| if it.is_ascii_alphanumeric() || "-_.".contains(it) { it.to_ascii_lowercase() } else { '-' };
    words.chars().map(plain).collect()
}

fn resource(table: &RunTable) -> Value {
    let fields: Vec<Value> = table.columns().map(|(name, column)| field(name, column)).collect();
    let mut schema = json!({ "fields": fields, "missingValues": [""] });
    if let Some(key) = primary_key(table) {
        schema["primaryKey"] = json!(key);
    }
    json!({
        "name": name(table.file.trim_end_matches(".csv")),
        "type": "table",
        "path": table.file,
        "description": table.declaration.holds,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    })
}

/// What a column is, as a Table Schema says it.
pub(super) fn field(name: &str, column: Option<&'static Column>) -> Value {
    let Some(column) = column else { return json!({ "name": name, "type": "string" }) };
    let kind = match column.kind {
        Kind::Text | Kind::Title | Kind::Setting => "string",
        Kind::Year => "year",
        Kind::Count => "integer",
        Kind::Number | Kind::Share => "number",
    };
    let mut field = json!({ "name": name, "type": kind, "description": column.meaning });
    if !column.unit.is_empty() {
        field["unit"] = json!(column.unit);
    }
    field
}

/// The columns that name a row, if they do so in this table: some rows have no year, and then no key.
fn primary_key(table: &RunTable) -> Option<Vec<&'static str>> {
    let keys: Vec<&str> =
        table.declaration.keys.iter().copied().filter(|key| table.head.iter().any(|it| it == key)).collect();
    let mut seen = BTreeSet::new();
    let unique = table.rows.iter().all(|row| {
        let fields: Vec<&str> = keys.iter().map(|key| table.field(row, key)).collect();
        fields.iter().all(|field| !field.is_empty()) && seen.insert(fields)
    });
    (unique && !keys.is_empty()).then_some(keys)
}
