//! The manifest: what a run was made from and what it made, so that anyone can run it again and compare.

use serde_json::{Value, json};

use crate::table::sha256;

/// Name of the manifest in a run folder.
pub const NAME: &str = "manifest.json";

/// What the manifest says of itself, and how a folder is known to be a run of aigap.
const FORMAT: &str = "aigap run 1";

/// What a run was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The command that makes the run again, with file names and without flags that change no number.
    pub command: String,
    /// Scenario name.
    pub scenario: String,
    /// Seed.
    pub seed: u64,
    /// Paths.
    pub paths: u64,
    /// Where random numbers came from: `addressed` or `sobol`.
    pub sampler: &'static str,
    /// Texts that were read: name without folders, and text.
    pub inputs: Vec<(String, String)>,
}

/// The manifest of a run: no clock, no machine, no folder.
#[must_use]
pub fn manifest<'a>(origin: &Origin, artefacts: impl IntoIterator<Item = &'a (String, Vec<u8>)>) -> String {
    let hashed = |name: &str, bytes: &[u8]| json!({ "name": name, "sha256": sha256(bytes), "bytes": bytes.len() });
    let inputs: Vec<Value> = origin.inputs.iter().map(|(name, text)| hashed(name, text.as_bytes())).collect();
    let outputs: Vec<Value> = artefacts.into_iter().map(|(name, bytes)| hashed(name, bytes)).collect();
    let whole = json!({
        "format": FORMAT,
        "aigap": env!("CARGO_PKG_VERSION"),
        "command": origin.command,
        "scenario": origin.scenario,
        "seed": origin.seed,
        "paths": origin.paths,
        "sampler": origin.sampler,
        "inputs": inputs,
        "outputs": outputs,
    });
    format!("{whole:#}\n")
}

/// Whether a text is the manifest of a run of aigap.
#[must_use]
pub fn is_manifest(text: &str) -> bool {
    let parsed: Result<Value, _> = serde_json::from_str(text);
    parsed.is_ok_and(|value| value["format"].as_str().is_some_and(|format| format.starts_with("aigap run")))
}

/// Names of the files that a manifest lists, with their hashes; `None` if it is damaged.
#[must_use]
pub fn outputs(text: &str) -> Option<Vec<(String, String)>> {
    let about: Value = serde_json::from_str(text).ok()?;
    let output = |it: &Value| Some((it["name"].as_str()?.to_owned(), it["sha256"].as_str()?.to_owned()));
    about["outputs"].as_array()?.iter().map(output).collect()
}
