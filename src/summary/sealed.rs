//! Values as bytes that prove themselves: two lines of JSON, of which the first says what the second is and holds its hash.
//!
//! ```text
//! {"aigap-part":1,"sha256":"…"}
//! {"run":{"identity":"…","paths":…,"seed":…},"range":{"start":…,"end":…},"counts":{…}}
//! ```

use std::error::Error;
use std::fmt::{Display, Formatter, Result as Written};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// Why bytes are no part of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// They do not begin as a part does.
    NotAPart,
    /// They are written in another version of the format.
    Version {
        /// The version that they are written in.
        found: u64,
        /// The version that is read.
        read: u64,
    },
    /// They are not what was written.
    Damaged {
        /// What is wrong with them.
        why: String,
    },
}

/// Kind and version of a stored value: the name that its first line begins with, and the number behind it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kind {
    /// What the first line calls it, such as `aigap-part`.
    pub(crate) name: &'static str,
    /// Version of the format that is written, and the only one that is read.
    pub(crate) version: u64,
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(super) fn damaged(why: &str) -> ReadError {
    ReadError::Damaged { why: why.to_owned() }
}

impl Kind {
    /// A value as it is stored: equal values have equal bytes.
    pub(crate) fn seal(self, value: &impl Serialize) -> Vec<u8> {
        let mut body = serde_json::to_vec(value).expect("maps have numbers or words as keys, and no float is written");
        body.push(b'\n');
        let mut bytes = json!({ self.name: self.version, "sha256": hash(&body) }).to_string().into_bytes();
        bytes.push(b'\n');
        bytes.extend(body);
        bytes
    }

    /// Reads a stored value.
    ///
    /// # Errors
    /// If the bytes are no such value, one of another version of the format, or not those that were written.
    pub(crate) fn open<T: DeserializeOwned>(self, bytes: &[u8]) -> Result<T, ReadError> {
        let end = bytes.iter().position(|byte| *byte == b'\n').ok_or(ReadError::NotAPart)?;
        let (first, body) = (&bytes[..end], &bytes[end + 1..]);
        let head: Value = serde_json::from_slice(first).map_err(|_| ReadError::NotAPart)?;
        // The version first: another one may name what follows otherwise.
        match head.get(self.name).and_then(Value::as_u64) {
            None => return Err(ReadError::NotAPart),
            Some(found) if found != self.version => return Err(ReadError::Version { found, read: self.version }),
            Some(_) => {}
        }
        if head.get("sha256").and_then(Value::as_str) != Some(&hash(body)) {
            return Err(damaged("its bytes are not those that were written"));
        }
        serde_json::from_slice(body).map_err(|error| damaged(&error.to_string()))
    }
}

impl Display for ReadError {
    fn fmt(&self, out: &mut Formatter) -> Written {
        match self {
            Self::NotAPart => out.write_str("this is no part of a run"),
            Self::Version { found, read } => write!(
                out,
                "this part is written in version {found} of its format, and this program reads version {read}; make it again"
            ),
            Self::Damaged { why } => write!(out, "this part is damaged ({why}); make it again"),
        }
    }
}

impl Error for ReadError {}
