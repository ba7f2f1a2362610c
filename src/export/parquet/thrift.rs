//! Thrift's compact protocol, as far as the head of a Parquet file needs it: whole numbers, words, lists and structs.

/// A value of a struct or a list.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// An answer, yes or no.
    Bool(bool),
    /// A number of eight bits.
    Byte(i8),
    /// A number of up to 32 bits.
    Int(i32),
    /// A number of up to 64 bits.
    Long(i64),
    /// Words, or bytes.
    Words(String),
    /// Values of one kind.
    List(Vec<Value>),
    /// Fields by their numbers, in rising order.
    Struct(Vec<(i16, Value)>),
}

impl Value {
    /// The number of its kind in the protocol.
    fn kind(&self) -> u8 {
        match self {
            Self::Bool(true) => 1,
            Self::Bool(false) => 2,
            Self::Byte(_) => 3,
            Self::Int(_) => 5,
            Self::Long(_) => 6,
            Self::Words(_) => 8,
            Self::List(_) => 9,
            Self::Struct(_) => 12,
        }
    }

    /// Appends its bytes.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        match self {
            // As a field it is told by its kind.
            Self::Bool(_) => {}
            Self::Byte(value) => out.extend(value.to_le_bytes()),
            Self::Int(value) => varint(zigzag(i64::from(*value)), out),
            Self::Long(value) => varint(zigzag(*value), out),
            Self::Words(words) => {
                varint(words.len() as u64, out);
                out.extend(words.as_bytes());
            }
            Self::List(values) => {
                let kind = values.first().map_or(12, Self::kind);
                match u8::try_from(values.len()) {
                    Ok(few @ 0..15) => out.push(few << 4 | kind),
                    _ => {
                        out.push(0xf0 | kind);
                        varint(values.len() as u64, out);
                    }
                }
                values.iter().for_each(|value| value.write(out));
            }
            Self::Struct(fields) => {
                let mut before = 0;
                for (number, value) in fields {
                    // Numbers of fields rise by less than sixteen in every struct of Parquet.
                    out.push(((number - before) as u8) << 4 | value.kind());
                    value.write(out);
                    before = *number;
                }
                out.push(0);
            }
        }
    }
}

/// A signed number as one that is small where its magnitude is.
fn zigzag(value: i64) -> u64 {
    (value << 1 ^ value >> 63) as u64
}

/// A number in groups of seven bits, the lowest first.
pub(super) fn varint(mut value: u64, out: &mut Vec<u8>) {
    while value > 0x7f {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Examples of the protocol's specification: 50399 is df 89 03, and zigzag makes 0, 1, 2, 3 of 0, -1, 1, -2.
    #[test]
    fn numbers_are_written_as_the_specification_says() {
        let mut out = Vec::new();
        varint(50_399, &mut out);
        assert_eq!(out, [0xdf, 0x89, 0x03]);
        assert_eq!([0, -1, 1, -2].map(zigzag), [0, 1, 2, 3]);
        assert_eq!(zigzag(i64::MIN), u64::MAX);
    }

    #[test]
    fn structs_and_lists_tell_kinds_and_lengths() {
        let mut out = Vec::new();
        let words = Value::List(vec![Value::Words("a".to_owned()), Value::Words(String::new())]);
        Value::Struct(vec![(1, Value::Bool(true)), (4, Value::Int(-1)), (5, words)]).write(&mut out);
        assert_eq!(out, [0x11, 0x35, 0x01, 0x19, 0x28, 0x01, b'a', 0x00, 0x00]);
        let mut out = Vec::new();
        Value::List(vec![Value::Int(0); 20]).write(&mut out);
        assert_eq!(out[..3], [0xf5, 20, 0]);
    }
}
