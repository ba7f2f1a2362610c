//! The JSON Schema of scenario files, for completion and checking in an editor; a draft-07 subset that taplo knows.

use serde_json::{Map, Value, json};

use crate::growth::Growth;

use super::key::{Holds, Key};
use super::keys;

/// The schema as text, which the file `data/scenario.schema.json` holds too.
///
/// Its keys are those that the parser knows: both read the one declaration of them.
#[must_use]
pub fn schema() -> String {
    let top: Map<String, Value> = keys::TOP.iter().map(property).collect();
    let whole = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "aigap scenario",
        "type": "object",
        "properties": top,
        "additionalProperties": { "$ref": "#/definitions/region" },
        "definitions": {
            "region": described(table(&keys::REGION), "A region: two of its three series, or funding alone."),
            "series": series(),
            "value": value(),
            "law": table(&keys::of_a_value().collect::<Vec<Key>>()),
            "by-state": described(
                named(json!({ "anyOf": [plain(), reference("law")] })),
                "A value in each state of the regimes.",
            ),
            "correlation": entry(&keys::CORRELATION),
            "draws": entry(&keys::DRAWS),
            "event": entry(&keys::EVENT),
            "jump": entry(&keys::JUMP),
            "counting": table(&keys::COUNTING),
            "companion": table(&keys::COMPANION),
            "check": entry(&keys::CHECK),
            "question": entry(&keys::QUESTION),
        },
    });
    format!("{whole:#}\n")
}

/// A key with its description, as an entry of `properties`.
fn property(key: &Key) -> (String, Value) {
    (key.word.to_owned(), described(held(&key.holds), key.about))
}

fn described(mut shape: Value, about: &str) -> Value {
    shape["description"] = about.into();
    shape
}

/// What may stand behind a key, in the words of JSON Schema.
fn held(holds: &Holds) -> Value {
    match holds {
        Holds::Text => json!({ "type": "string" }),
        Holds::Texts => json!({ "type": "array", "items": { "type": "string" } }),
        Holds::TextOrTexts => {
            json!({ "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] })
        }
        Holds::Word(words) => json!({ "enum": words }),
        Holds::Truth => json!({ "type": "boolean" }),
        Holds::Whole(least) => json!({ "type": "integer", "minimum": least }),
        Holds::Between(low, high) => json!({ "type": "number", "minimum": low, "maximum": high }),
        Holds::Number => plain(),
        Holds::Numbers => json!({ "type": "array", "items": plain() }),
        Holds::Value => reference("value"),
        Holds::Table(keys) => table(keys),
        Holds::Named(each) => named(held(each)),
        Holds::Defined(name) => reference(name),
        Holds::Entries(name) => json!({ "type": "array", "items": reference(name) }),
        Holds::Either(several) => json!({ "anyOf": several.iter().map(held).collect::<Vec<Value>>() }),
    }
}

fn plain() -> Value {
    json!({ "type": ["string", "number"] })
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/definitions/{name}") })
}

/// A table with these keys and no others.
fn table(keys: &[Key]) -> Value {
    let properties: Map<String, Value> = keys.iter().map(property).collect();
    json!({ "type": "object", "additionalProperties": false, "properties": properties })
}

/// A table whose keys the scenario names itself.
fn named(each: Value) -> Value {
    json!({ "type": "object", "additionalProperties": each })
}

/// An entry of a list, which a later file may drop.
fn entry(keys: &[Key]) -> Value {
    table(&[keys, &[keys::REMOVE]].concat())
}

/// A series may state only what differs, so no key is required here; the program knows which ones are.
fn series() -> Value {
    let names = Growth::<()>::NAMES;
    let mut shape = table(&[keys::LEVELS, keys::REMOVE]);
    let properties = &mut shape["properties"];
    properties[keys::MODEL] = json!({ "enum": names, "description": "How the level moves." });
    for parameter in names.into_iter().flat_map(|model| Growth::<()>::parameters(model).unwrap_or_default()) {
        if properties.get(parameter.name).is_none() {
            properties[parameter.name] = described(reference("value"), parameter.meaning);
        }
    }
    shape
}

/// A number, a distribution, a list of a first value and later ones, or a value for each state.
fn value() -> Value {
    let several = json!({ "type": "array", "items": { "anyOf": [plain(), reference("law")] } });
    json!({ "anyOf": [plain(), reference("law"), several, reference("by-state")] })
}

#[cfg(test)]
mod tests;
