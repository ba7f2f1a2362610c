//! The schema and the program held against each other, key by key.

use std::collections::BTreeSet;
use std::path::Path;

use super::*;
use crate::scenario::{Layers, load};

/// Scenarios that hold every key between them, by name.
const REFERENCE: [(&str, &str); 6] = [
    ("whole.toml", include_str!("../../../tests/keys/whole.toml")),
    ("over.toml", include_str!("../../../tests/keys/over.toml")),
    ("alone.toml", include_str!("../../../tests/keys/alone.toml")),
    ("history.toml", include_str!("../../../tests/keys/history.toml")),
    ("without_draws.toml", include_str!("../../../tests/keys/without_draws.toml")),
    ("without_series.toml", include_str!("../../../tests/keys/without_series.toml")),
];

/// The draws that one of them names.
const ROWS: (&str, &str) = ("rows.csv", include_str!("../../../tests/keys/rows.csv"));

/// Whether a value is what a part of the schema asks for; keeps every key of a table that has fixed ones.
fn is_valid(shape: &Value, value: &Value, whole: &Value, met: &mut BTreeSet<(String, String)>) -> bool {
    if let Some(name) = shape["$ref"].as_str() {
        return is_valid(whole.pointer(&name[1..]).expect("a definition"), value, whole, met);
    }
    if let Some(several) = shape["anyOf"].as_array() {
        return several.iter().any(|shape| {
            let mut own = met.clone();
            let valid = is_valid(shape, value, whole, &mut own);
            if valid {
                *met = own;
            }
            valid
        });
    }
    if let Some(words) = shape["enum"].as_array() {
        return words.contains(value);
    }
    let is_a = |kind: &Value| match kind.as_str().expect("a type") {
        "string" => value.is_string(),
        "integer" => value.is_i64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        _ => value.is_object(),
    };
    let right = shape["type"].as_array().map_or_else(|| is_a(&shape["type"]), |kinds| kinds.iter().any(is_a));
    let within = |number: f64| {
        shape["minimum"].as_f64().is_none_or(|least| number >= least)
            && shape["maximum"].as_f64().is_none_or(|most| number <= most)
    };
    let mut items = value.as_array().into_iter().flatten();
    right
        && value.as_f64().is_none_or(within)
        && items.all(|item| is_valid(&shape["items"], item, whole, met))
        && value.as_object().into_iter().flatten().all(|(key, inner)| match shape["properties"].get(key) {
            Some(shape_of_key) => {
                met.insert((about(shape), key.clone()));
                is_valid(shape_of_key, inner, whole, met)
            }
            None => {
                shape["additionalProperties"].is_object() && is_valid(&shape["additionalProperties"], inner, whole, met)
            }
        })
}

/// What tells a table with fixed keys from others: the keys.
fn about(shape: &Value) -> String {
    shape["properties"].as_object().into_iter().flatten().map(|(key, _)| key.as_str()).collect::<Vec<_>>().join(" ")
}

/// Every key of every table with fixed keys in a part of the schema.
fn every_key(shape: &Value, found: &mut BTreeSet<(String, String)>) {
    if let Some(keys) = shape["properties"].as_object() {
        found.extend(keys.keys().map(|key| (about(shape), key.clone())));
    }
    match shape {
        Value::Object(inner) => inner.values().for_each(|shape| every_key(shape, found)),
        Value::Array(inner) => inner.iter().for_each(|shape| every_key(shape, found)),
        _ => {}
    }
}

#[test]
fn the_program_and_the_schema_take_every_key_of_the_reference() {
    let whole: Value = serde_json::from_str(&schema()).expect("the schema is JSON");
    let read = |path: &Path| {
        let found = REFERENCE.iter().chain([&ROWS]).find(|(name, _)| path.ends_with(name));
        found.map(|(_, text)| text.as_bytes().to_vec()).ok_or_else(|| "there is no such file".to_owned())
    };
    let mut met = BTreeSet::new();
    for (name, text) in REFERENCE {
        if let Err(rejected) = load(Path::new(name), &Layers::default(), None, &read) {
            panic!("the program refuses {name}: {:?}", rejected.problems);
        }
        let value: Value = toml::from_str(text).expect("TOML");
        assert!(is_valid(&whole, &value, &whole, &mut met), "the schema refuses {name}");
    }
    let mut all = BTreeSet::new();
    every_key(&whole, &mut all);
    let missing: Vec<_> = all.difference(&met).map(|(_, key)| key).collect();
    assert!(missing.is_empty(), "the reference lacks {missing:?}");
    assert!(all.len() > 90);
}

/// Every table of a value, by the way to it.
fn tables(value: &Value, way: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(inner) => {
            found.push(way.to_owned());
            let below = |key: &str| format!("{way}/{}", key.replace('~', "~0").replace('/', "~1"));
            inner.iter().for_each(|(key, value)| tables(value, &below(key), found));
        }
        Value::Array(inner) => {
            inner.iter().enumerate().for_each(|(place, value)| tables(value, &format!("{way}/{place}"), found));
        }
        _ => {}
    }
}

/// A value as TOML on one line; the texts of the two formats are quoted alike.
fn on_one_line(value: &Value) -> String {
    match value {
        Value::Object(table) => {
            let pairs = table.iter().map(|(key, value)| format!("\"{key}\" = {}", on_one_line(value)));
            format!("{{ {} }}", pairs.collect::<Vec<_>>().join(", "))
        }
        Value::Array(list) => format!("[{}]", list.iter().map(on_one_line).collect::<Vec<_>>().join(", ")),
        other => other.to_string(),
    }
}

#[test]
fn the_schema_and_the_program_refuse_a_strange_key_in_every_table() {
    let whole: Value = serde_json::from_str(&schema()).expect("the schema is JSON");
    let mut number = 0;
    for (name, text) in REFERENCE {
        let value: Value = toml::from_str(text).expect("TOML");
        let mut ways = Vec::new();
        tables(&value, "", &mut ways);
        // An entry that drops another one is read no further than its name.
        ways.retain(|way| value.pointer(way).is_some_and(|table| table.get("remove").is_none()));
        for way in ways {
            let mut strange = value.clone();
            strange.pointer_mut(&way).expect("a table")["strange"] = true.into();
            assert!(
                !is_valid(&whole, &strange, &whole, &mut BTreeSet::new()),
                "the schema takes a strange key in {name}{way}"
            );
            let entries = strange.as_object().expect("a table");
            let text: String =
                entries.iter().map(|(key, value)| format!("\"{key}\" = {}\n", on_one_line(value))).collect();
            let read = |path: &Path| {
                let found = REFERENCE.iter().chain([&ROWS]).find(|(known, _)| path.ends_with(known));
                let other = found.expect("one of the reference").1;
                Ok(if path.ends_with(name) { text.clone() } else { other.to_owned() }.into_bytes())
            };
            let loaded = load(Path::new(name), &Layers::default(), None, &read);
            assert!(loaded.is_err(), "the program takes a strange key in {name}{way}");
            number += 1;
        }
    }
    assert!(number > 60, "{number}");
}

#[test]
fn the_schema_refuses_values_of_another_kind() {
    let whole: Value = serde_json::from_str(&schema()).expect("the schema is JSON");
    for text in ["horizon = \"soon\"", "source = 3", "[us.deals]\ngrwth = \"2%\"", "[[events]]\nyaer = 2026"] {
        let value: Value = toml::from_str(text).expect("TOML");
        assert!(!is_valid(&whole, &value, &whole, &mut BTreeSet::new()), "the schema takes {text}");
    }
}
