//! The hash by which a file is known in a manifest, on a chart and in a report.

use sha2::{Digest, Sha256};

/// SHA-256 as lower-case hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
