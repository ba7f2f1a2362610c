//! A part as bytes: two lines of JSON, of which the first says what the second is and holds its hash.
//!
//! ```text
//! {"aigap-part":1,"sha256":"…"}
//! {"run":{"identity":"…","paths":…,"seed":…},"range":{"start":…,"end":…},"counts":{…}}
//! ```
//!
//! Histograms, and counts up to edges of buckets, are base64 of whole numbers in as few bytes as they need; all else is
//! plain JSON. Exact sums are lists of digits. Equal parts have equal bytes.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Partial;
use super::error::{ReadError, VERSION};

/// Most paths of a run on points: what [`crate::engine::Settings::MOST_PATHS`] is rounded up to.
const MOST_PATHS: u64 = 1 << 32;

/// The first line.
#[derive(Serialize, Deserialize)]
struct Head {
    #[serde(rename = "aigap-part")]
    version: u64,
    sha256: String,
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn damaged(why: &str) -> ReadError {
    ReadError::Damaged { why: why.to_owned() }
}

impl Partial {
    /// The part as it is stored.
    ///
    /// # Panics
    /// Never: nothing that a part holds cannot be written as JSON.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut body = serde_json::to_vec(self).expect("maps have numbers or words as keys, and no float is written");
        body.push(b'\n');
        let head = Head { version: VERSION, sha256: hash(&body) };
        let mut bytes = serde_json::to_vec(&head).expect("a number and a word");
        bytes.push(b'\n');
        bytes.extend(body);
        bytes
    }

    /// Reads a stored part.
    ///
    /// # Errors
    /// If the bytes are no part, one of another version of the format, or not those that were written.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ReadError> {
        let end = bytes.iter().position(|byte| *byte == b'\n').ok_or(ReadError::NotAPart)?;
        let (first, body) = (&bytes[..end], &bytes[end + 1..]);
        // The version first: another one may name what follows otherwise.
        let value: serde_json::Value = serde_json::from_slice(first).map_err(|_| ReadError::NotAPart)?;
        match value.get("aigap-part").and_then(serde_json::Value::as_u64) {
            None => return Err(ReadError::NotAPart),
            Some(VERSION) => {}
            Some(found) => return Err(ReadError::Version { found }),
        }
        let head: Head = serde_json::from_value(value).map_err(|_| damaged("its first line is not whole"))?;
        if head.sha256 != hash(body) {
            return Err(damaged("its bytes are not those that were written"));
        }
        let part: Self = serde_json::from_slice(body).map_err(|error| damaged(&error.to_string()))?;
        if part.is_sound() { Ok(part) } else { Err(damaged("its counts cannot be those of its paths")) }
    }

    /// Whether its numbers can be counts of its paths.
    fn is_sound(&self) -> bool {
        let range = &self.range;
        range.start < range.end
            && range.end <= self.run.paths
            && self.run.paths <= MOST_PATHS
            && self.counts.can_be_of(range.end - range.start)
    }
}
