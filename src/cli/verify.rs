//! `aigap verify`: makes a stored run again and compares hashes, so that a number can be defended a year later.

use std::path::PathBuf;

use crate::store::{Again, RunFolder, difference, manifest};
use crate::table::sha256;
use crate::wording;

use super::load;
use super::numbers::whole;
use super::outcome::Outcome;
use super::print::Terminal;
use super::steps;
use super::threads;

/// Flags of `aigap verify`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Folder of a run or of a comparison.
    #[arg(value_name = "RUN")]
    run: PathBuf,
    /// Threads; never changes a number.
    #[arg(long, value_name = "N", value_parser = whole::<u16>(1..=1024))]
    threads: Option<u16>,
    /// Print nothing but differences.
    #[arg(long)]
    quiet: bool,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Outcome {
    if let Err(outcome) = threads::start(arguments.threads, terminal) {
        return outcome;
    }
    match verified(arguments, terminal) {
        Ok(outcome) | Err(outcome) => outcome,
    }
}

fn verified(arguments: &Arguments, terminal: &Terminal) -> Result<Outcome, Outcome> {
    let stored = load::run_folder(&arguments.run, terminal)?;
    let again = steps::again(&stored, terminal)?;
    let found = differences(&stored, &again);
    let folder = arguments.run.display();
    if found.is_empty() {
        if !arguments.quiet {
            let files = stored.manifest.outputs.len();
            let (title, paths) = again.about();
            terminal.answer(&format!(
                "{folder}: made again, {files} files, every byte the same.\n{title}, {}, aigap {}\nMade by: {}\n",
                wording::paths(paths),
                stored.manifest.version,
                wording::command(&stored.manifest.recipe)
            ));
        }
        return Ok(Outcome::Done);
    }
    for line in &found {
        terminal.remark(line);
    }
    let number = match found.len() {
        1 => "1 file differs".to_owned(),
        number => format!("{number} files differ"),
    };
    terminal.error(&format!("{folder}: {number} of {}", stored.manifest.outputs.len()));
    for hint in hints(&stored) {
        terminal.remark(&hint);
    }
    Ok(Outcome::Mismatch)
}

/// Everything in which a folder is not the run made again: files of the manifest, files that it does not list, and what it
/// says itself.
fn differences(stored: &RunFolder, again: &Again) -> Vec<String> {
    let listed = &stored.manifest.outputs;
    let mut found: Vec<String> = listed
        .iter()
        .filter_map(|(name, hash)| {
            let fresh = again.files.iter().find(|(known, _)| known == name).map(|(_, bytes)| bytes);
            differs(stored, name, hash, fresh.map(Vec::as_slice))
        })
        .collect();
    let unlisted = again.files.iter().map(|(name, _)| name).filter(|name| *name != manifest::NAME);
    let unlisted = unlisted.filter(|name| listed.iter().all(|(known, _)| known != *name));
    found.extend(unlisted.map(|name| format!("{name}: is a file of this run, and the manifest does not list it")));
    let text = |bytes: Option<Vec<u8>>| String::from_utf8(bytes.unwrap_or_default()).unwrap_or_default();
    let fresh = again.files.iter().find(|(name, _)| name == manifest::NAME).map(|(_, bytes)| bytes.clone());
    let (own, fresh) = (text(stored.bytes(manifest::NAME)), text(fresh));
    found.extend(manifest::differing(&own, &fresh).into_iter().map(|words| format!("{}: {words}", manifest::NAME)));
    found
}

/// How a file differs from the run made again, or from what the manifest says of it.
fn differs(stored: &RunFolder, name: &str, hash: &str, fresh: Option<&[u8]>) -> Option<String> {
    let Some(bytes) = stored.bytes(name) else { return Some(format!("{name}: is missing")) };
    let as_made = sha256(&bytes) == hash;
    let Some(fresh) = fresh else { return Some(format!("{name}: is no longer a file of such a run")) };
    if bytes == fresh {
        // What the run is made from comes out as it stands, changed or not; any other file is right and the manifest is not.
        let input = is_input(name);
        let words =
            if input { "was changed after the run" } else { "as the run makes it, but not as the manifest says" };
        return (!as_made).then(|| format!("{name}: {words}"));
    }
    let who = if as_made { "comes out differently" } else { "was changed after the run" };
    Some(format!("{name}: {who}; {}", difference::in_words(name, &bytes, fresh)))
}

/// Whether the run is made again from this file of its folder.
fn is_input(name: &str) -> bool {
    name == "scenario.toml" || name == "data.csv" || name.starts_with("scenarios/")
}

/// What may explain it.
fn hints(stored: &RunFolder) -> Vec<String> {
    let mut hints = Vec::new();
    let own = env!("CARGO_PKG_VERSION");
    if stored.manifest.version != own {
        hints.push(format!(
            "The run was made by aigap {}, this is {own}: CHANGELOG.md says under “Numbers change” what moved.",
            stored.manifest.version
        ));
    }
    for (name, hash) in stored.manifest.outputs.iter().filter(|(name, _)| is_input(name)) {
        if stored.bytes(name).is_some_and(|bytes| sha256(&bytes) != *hash) {
            hints.push(format!(
                "{name} is not the one that the run was made from, so what follows from it comes out differently."
            ));
        }
    }
    hints
}
