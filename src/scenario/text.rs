//! Values and sections as TOML text: what a run folder keeps of a scenario.

use std::fmt::Write;

use super::tree::{Entry, Table, Value};

/// Which keys of a section are names that a user gave, of states for example, and stand in quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Names {
    /// None of its keys.
    None,
    /// Those of the tables behind its keys.
    Inner,
    /// Those of its own, and those of the tables behind them.
    Own,
}

/// A table with its heading: `[us.deals]`, or `[[events]]` for an entry of a list; none for the top of the file.
#[derive(Clone, Debug)]
pub(super) struct Section {
    /// Names from the top of the file down to it.
    pub heading: Vec<String>,
    /// Whether it is an entry of a list.
    pub listed: bool,
    pub names: Names,
    pub table: Table,
}

impl Section {
    /// A section below a heading.
    pub(crate) fn below<const N: usize>(heading: [&str; N], table: Table) -> Self {
        Self { heading: heading.map(str::to_owned).to_vec(), listed: false, names: Names::None, table }
    }

    /// An entry of a list.
    pub(crate) fn entry(list: &str, table: Table) -> Self {
        Self { heading: vec![list.to_owned()], listed: true, names: Names::None, table }
    }
}

/// Sections as a file.
pub(super) fn file(sections: &[Section]) -> String {
    let mut text = String::new();
    for section in sections {
        let heading = section.heading.iter().map(|name| key(name)).collect::<Vec<_>>().join(".");
        match (section.heading.is_empty(), section.listed) {
            (true, _) => {}
            (false, true) => _ = write!(text, "\n[[{heading}]]\n"),
            (false, false) => _ = write!(text, "\n[{heading}]\n"),
        }
        for entry in &section.table.entries {
            let written = match &entry.node.value {
                Value::Table(table) if section.names != Names::None => by_name(table),
                it => value(it),
            };
            let name = if section.names == Names::Own { quoted(&entry.key) } else { key(&entry.key) };
            let _ = writeln!(text, "{name} = {written}");
        }
    }
    text
}

/// A table whose keys are names that a user gave.
fn by_name(table: &Table) -> String {
    let pair = |entry: &Entry| format!("{} = {}", quoted(&entry.key), value(&entry.node.value));
    format!("{{ {} }}", table.entries.iter().map(pair).collect::<Vec<_>>().join(", "))
}

/// A value on one line.
pub(super) fn value(it: &Value) -> String {
    match it {
        Value::Text(text) => quoted(text),
        Value::Integer(number) => format!("{number}"),
        Value::Float(number) | Value::Internal(number) => format!("{number}").to_lowercase(),
        Value::Truth(truth) => format!("{truth}"),
        // No number of a scenario is a date, and no other value is kept as it was written.
        Value::Date => quoted(""),
        Value::List(list) => {
            format!("[{}]", list.iter().map(|node| value(&node.value)).collect::<Vec<_>>().join(", "))
        }
        Value::Table(table) => format!("{{ {} }}", pairs(table)),
    }
}

/// The entries of a table on one line, without its braces: `p10 = "-7%", p90 = "11%"`.
pub(super) fn pairs(table: &Table) -> String {
    let pair = |entry: &Entry| format!("{} = {}", key(&entry.key), value(&entry.node.value));
    table.entries.iter().map(pair).collect::<Vec<_>>().join(", ")
}

/// A text in double quotes; TOML's basic strings escape as JSON does.
fn quoted(text: &str) -> String {
    serde_json::Value::String(text.to_owned()).to_string()
}

/// A key as it stands in a file: in quotes if it holds more than letters, digits and hyphens.
fn key(name: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !name.is_empty() && name.chars().all(plain) { name.to_owned() } else { quoted(name) }
}
