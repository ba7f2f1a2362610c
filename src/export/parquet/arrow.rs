//! Arrow's description of a table, which readers of Parquet look for in the head of a file: it alone can say something about
//! a single column.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::file::{Field, Values};
use super::flat::{Node, Slot, buffer};

/// The description as a value of the file's head, with what is said about the whole: a message of Arrow's stream format, as
/// text.
pub(super) fn schema(fields: &[Field], facts: &[(&str, String)]) -> String {
    let columns = Node::Vector(fields.iter().map(field).collect());
    let about = Node::Vector(facts.iter().map(|(key, words)| pair(key, words)).collect());
    let schema = Node::Table(vec![Slot::Missing, Slot::To(columns), Slot::To(about)]);
    // Version 5 of the metadata, and of all messages the first kind: a schema.
    let message = Node::Table(vec![Slot::Short(4), Slot::Byte(1), Slot::To(schema)]);
    let mut body = buffer(&message);
    body.resize(body.len().next_multiple_of(8), 0);
    let mut bytes = vec![0xff; 4];
    bytes.extend(u32::try_from(body.len()).unwrap_or(u32::MAX).to_le_bytes());
    bytes.extend(body);
    STANDARD.encode(bytes)
}

fn field(field: &Field) -> Node {
    let (number, kind) = match field.values {
        Values::Words(_) => (5, vec![]),
        Values::Years(_) => (2, vec![Slot::Int(32), Slot::Byte(1)]),
        Values::Counts(_) => (2, vec![Slot::Int(64), Slot::Byte(1)]),
        Values::Numbers(_) => (3, vec![Slot::Short(2)]),
    };
    Node::Table(vec![
        Slot::To(Node::Words(field.name.clone())),
        // It may be missing.
        Slot::Byte(1),
        Slot::Byte(number),
        Slot::To(Node::Table(kind)),
        Slot::Missing,
        Slot::To(Node::Vector(Vec::new())),
        Slot::To(Node::Vector(field.about.iter().map(|(key, words)| pair(key, words)).collect())),
    ])
}

/// Something that is said, by its word.
fn pair(key: &str, words: &str) -> Node {
    Node::Table([key, words].map(|words| Slot::To(Node::Words(words.to_owned()))).into())
}
