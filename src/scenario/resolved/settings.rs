//! What a scenario says besides its inputs that moves a number: thresholds, horizon, models, money, where figures come from.

use crate::scenario::events::slug;
use crate::scenario::keys;
use crate::scenario::model::Scenario;
use crate::scenario::text;
use crate::scenario::tree::{Node, Table, Value};

/// Keys that are words for readers, and move no number.
const WORDS: [&str; 7] = ["title", "summary", "name", "why", "kind", "between", "rho"];

impl Scenario {
    /// Address and value of everything that can be set and is no input: `horizon`, `us.deals.model`, `checks.NAME.allow`.
    #[must_use]
    pub fn settings(&self) -> Vec<(String, String)> {
        let mut found = Vec::new();
        collect(&self.tree(), "", &mut found);
        found
    }
}

fn collect(table: &Table, above: &str, found: &mut Vec<(String, String)>) {
    for entry in &table.entries {
        let of_an_entry = ["events.", "jumps.", "checks.", "correlations."].iter().any(|list| above.starts_with(list));
        if WORDS.contains(&entry.key.as_str()) || (entry.key == "source" && of_an_entry) {
            continue;
        }
        let address = match (above, entry.key.as_str()) {
            ("", key) => key.to_owned(),
            // Parts of an effect stand behind the event itself.
            (event, "effect") if event.starts_with("events.") => event.to_owned(),
            (above, key) => format!("{above}.{key}"),
        };
        match &entry.node.value {
            Value::Table(inner) if !is_an_input(inner) => collect(inner, &address, found),
            Value::Table(_) => {}
            Value::List(entries) => listed(entries, address, found),
            Value::Text(text) => found.push((address, text.clone())),
            other => found.push((address, text::value(other))),
        }
    }
}

/// Entries of a list by their names; a list of words as it stands; values and later ones are inputs.
fn listed(entries: &[Node], address: String, found: &mut Vec<(String, String)>) {
    let name = |node: &Node| match &node.value {
        Value::Table(entry) => match &entry.get("name")?.value {
            Value::Text(name) => Some(slug(name)),
            _ => None,
        },
        _ => None,
    };
    for (entry, name) in entries.iter().filter_map(|node| Some((node, name(node)?))) {
        if let Value::Table(table) = &entry.value {
            collect(table, &format!("{address}.{name}"), found);
        }
    }
    let words = Value::List(entries.to_vec()).texts();
    if !words.is_empty() {
        found.push((address, words.join(", ")));
    }
}

fn is_an_input(table: &Table) -> bool {
    table.entries.iter().any(|entry| keys::is_lead(&entry.key))
}
