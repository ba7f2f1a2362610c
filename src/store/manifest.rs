//! The manifest: what a run was made from and what it made, so that anyone can run it again and compare.

use std::path::Path;

use serde_json::{Value, json};

use crate::study::{Recipe, Sampler};
use crate::table::sha256;

/// Name of the manifest in a run folder.
pub const NAME: &str = "manifest.json";

/// What the manifest says of itself, and how a folder is known to be a run of aigap.
const FORMAT: &str = "aigap run 2";

/// How manifests of every version begin.
const ANY_FORMAT: &str = "aigap run ";

/// What a run was made from.
#[derive(Clone, Debug, PartialEq)]
pub struct Origin {
    /// The recipe, settled and with names of files.
    pub recipe: Recipe,
    /// The command that makes the run again, for people: with file names and without flags that change no number.
    pub command: String,
    /// Name of the scenario.
    pub scenario: String,
    /// Seed of the random numbers.
    pub seed: u64,
    /// Number of paths.
    pub paths: u64,
    /// Where random numbers came from.
    pub sampler: Sampler,
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
        "sampler": origin.sampler.name(),
        "recipe": origin.recipe.to_value(),
        "inputs": inputs,
        "outputs": outputs,
    });
    format!("{whole:#}\n")
}

/// Whether a text is the manifest of a run of aigap, of this version or another.
#[must_use]
pub fn is_manifest(text: &str) -> bool {
    let parsed: Result<Value, _> = serde_json::from_str(text);
    parsed.is_ok_and(|value| value["format"].as_str().is_some_and(|format| format.starts_with(ANY_FORMAT)))
}

/// What is read of a manifest.
#[derive(Clone, Debug, PartialEq)]
pub struct Manifest {
    /// How the run is made again.
    pub recipe: Recipe,
    /// Name of the scenario, or names of all that are compared.
    pub scenario: String,
    /// The version of aigap that made it.
    pub version: String,
    /// Seed of the random numbers.
    pub seed: u64,
    /// Number of paths.
    pub paths: u64,
    /// Names of the texts it was made from, with their sha256.
    pub inputs: Vec<(String, String)>,
    /// Names of its files with their sha256, in order.
    pub outputs: Vec<(String, String)>,
}

/// Why a text is no manifest of this version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is none, or something is missing in it.
    Damaged,
    /// Its recipe is none: why.
    Recipe(String),
    /// It is from before manifests held a recipe; the command that made the run.
    WithoutRecipe(String),
    /// It is from a later version: its format.
    Later(String),
    /// It names a file outside its folder.
    Outside(String),
}

impl std::fmt::Display for Unreadable {
    /// What is said of the file, whose name stands before it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let program = env!("CARGO_PKG_VERSION");
        match self {
            Self::Damaged => write!(f, "is damaged or not a manifest of aigap; simulate again"),
            Self::Recipe(why) => write!(f, "is damaged: its recipe {why}; simulate again"),
            Self::WithoutRecipe(command) => {
                // Text of a file goes to a terminal without what a terminal would obey.
                let command: String = command.chars().filter(|c| !c.is_control()).take(2000).collect();
                write!(
                    f,
                    "is from before manifests held the recipe of their run, and aigap {program} makes a run again from its \
                     recipe alone. Its tables and charts stay as they are; to verify, redraw or report it, make it anew with \
                     its own command: {command}"
                )
            }
            Self::Later(format) => {
                write!(
                    f,
                    "has the format {format:?}, which aigap {program} does not know; use the version that wrote it"
                )
            }
            Self::Outside(name) => write!(f, "names a file outside its folder: {name}"),
        }
    }
}

impl std::error::Error for Unreadable {}

impl Manifest {
    /// Reads a manifest.
    ///
    /// # Errors
    /// Why it is none of this version.
    pub fn read(text: &str) -> Result<Self, Unreadable> {
        let about: Value = serde_json::from_str(text).map_err(|_| Unreadable::Damaged)?;
        let word = |key: &str| about[key].as_str().map(str::to_owned).ok_or(Unreadable::Damaged);
        match word("format")?.as_str() {
            FORMAT => {}
            "aigap run 1" => return Err(Unreadable::WithoutRecipe(word("command")?)),
            other if other.starts_with(ANY_FORMAT) => return Err(Unreadable::Later(other.to_owned())),
            _ => return Err(Unreadable::Damaged),
        }
        let hashed = |key: &str| {
            let pair = |it: &Value| Some((it["name"].as_str()?.to_owned(), it["sha256"].as_str()?.to_owned()));
            let all = about[key].as_array().and_then(|all| all.iter().map(pair).collect::<Option<Vec<_>>>());
            all.ok_or(Unreadable::Damaged)
        };
        let paths = about["paths"].as_u64().filter(|paths| Recipe::can_take(*paths));
        let manifest = Self {
            scenario: word("scenario")?,
            version: word("aigap")?,
            seed: about["seed"].as_u64().ok_or(Unreadable::Damaged)?,
            paths: paths.ok_or(Unreadable::Damaged)?,
            inputs: hashed("inputs")?,
            outputs: hashed("outputs")?,
            recipe: Recipe::from_value(about["recipe"].clone())
                .map_err(|damaged| Unreadable::Recipe(damaged.to_string()))?,
        };
        // A name that leaves the folder is none that aigap wrote.
        // Of two entries of one name only the first would be looked at.
        let twice = |place: usize| manifest.outputs[..place].iter().any(|(name, _)| *name == manifest.outputs[place].0);
        if (0..manifest.outputs.len()).any(twice) {
            return Err(Unreadable::Damaged);
        }
        match manifest.outputs.iter().find(|(name, _)| !is_below(name)) {
            Some((name, _)) => Err(Unreadable::Outside(name.clone())),
            None => Ok(manifest),
        }
    }
}

/// What two manifests of one run say of it that is not the same, in words: everything but the version, the texts that the
/// run was first made from, which a folder does not keep, and hashes of files, which are compared with the files.
#[must_use]
pub fn differing(stored: &str, fresh: &str) -> Vec<String> {
    let parsed = |text: &str| serde_json::from_str::<Value>(text).unwrap_or_default();
    let (stored, fresh) = (parsed(stored), parsed(fresh));
    let shown = |value: &Value| {
        let text: String = value.to_string().chars().filter(|c| !c.is_control()).collect();
        match text.char_indices().nth(60) {
            Some((end, _)) => format!("{}…", &text[..end]),
            None => text,
        }
    };
    let keys = ["format", "command", "scenario", "seed", "paths", "sampler", "recipe"].into_iter();
    let differing = keys.filter(|key| stored[*key] != fresh[*key]);
    let differing = differing
        .map(|key| format!("`{key}` is {}, and the run is made with {}", shown(&stored[key]), shown(&fresh[key])));
    // Files are compared by their hashes; what else is said of one that is as it was made has to be right too.
    let files = |manifest: &Value| manifest["outputs"].as_array().cloned().unwrap_or_default();
    let made = files(&fresh);
    let sizes = files(&stored).into_iter().filter_map(|listed| {
        let own = made.iter().find(|it| it["name"] == listed["name"] && it["sha256"] == listed["sha256"])?;
        let (says, has) = (&listed["bytes"], &own["bytes"]);
        (says != has).then(|| format!("{} has {} bytes, and not {}", shown(&listed["name"]), shown(has), shown(says)))
    });
    differing.chain(sizes).collect()
}

/// Whether a name is that of a file below its folder.
fn is_below(name: &str) -> bool {
    Path::new(name).components().all(|part| matches!(part, std::path::Component::Normal(_)))
}

/// Names of the files that a manifest lists, with their hashes; `None` if it is damaged.
#[must_use]
pub fn outputs(text: &str) -> Option<Vec<(String, String)>> {
    let about: Value = serde_json::from_str(text).ok()?;
    let output = |it: &Value| Some((it["name"].as_str()?.to_owned(), it["sha256"].as_str()?.to_owned()));
    about["outputs"].as_array()?.iter().map(output).collect()
}
