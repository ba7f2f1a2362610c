//! A run folder as it stands: its manifest, its files, and the same run made again from the scenario it stores.

use std::path::{Path, PathBuf};

use clap::Parser;
use serde_json::Value;

use crate::scenario::{Origin, Scenario};
use crate::store::manifest;
use crate::study::Comparison;
use crate::summary::Summary;

use super::Outcome;
use super::load::words;
use super::print::Terminal;
use super::simulate::valid_paths;

/// A folder that holds a run or a comparison, read through its manifest.
#[derive(Clone, Debug)]
pub(super) struct Stored {
    /// Where it is.
    pub folder: PathBuf,
    /// The command that made it.
    pub command: String,
    /// Its name in every CSV.
    pub scenario: String,
    /// The version that made it.
    pub version: String,
    /// Its seed.
    pub seed: u64,
    /// Its paths.
    pub paths: u64,
    /// Its files with their hashes, in the order of the manifest.
    pub outputs: Vec<(String, String)>,
}

/// A run made again.
#[derive(Clone, Debug)]
pub(super) struct Run {
    /// Its scenario.
    pub scenario: Scenario,
    /// What its paths say.
    pub summary: Summary,
    /// Every file with its bytes.
    pub files: Vec<(String, Vec<u8>)>,
}

/// What a folder holds, made again.
#[derive(Clone, Debug)]
pub(super) enum Again {
    /// A run of one scenario.
    Run(Box<Run>),
    /// A comparison, with every file of its folder.
    Comparison(Box<Comparison>, Vec<(String, Vec<u8>)>),
}

impl Again {
    /// Its title as readers know it, and its paths.
    pub fn about(&self) -> (&str, u64) {
        match self {
            Self::Run(run) => (&run.scenario.title, run.summary.paths),
            Self::Comparison(it, _) => (&it.baseline.scenario.title, it.baseline.summary.paths),
        }
    }

    /// Every file with its bytes.
    pub fn files(&self) -> &[(String, Vec<u8>)] {
        match self {
            Self::Run(run) => &run.files,
            Self::Comparison(_, files) => files,
        }
    }
}

impl Stored {
    /// Opens a run folder; prints why it cannot be one.
    pub fn open(folder: &Path, terminal: &Terminal) -> Result<Self, Outcome> {
        let path = folder.join(manifest::NAME);
        let text = std::fs::read_to_string(&path).map_err(|error| {
            let missing = error.kind() == std::io::ErrorKind::NotFound || !folder.is_dir();
            if missing {
                terminal.error(&format!(
                    "{} is not the folder of a run: it has no {}",
                    folder.display(),
                    manifest::NAME
                ));
                Outcome::Invalid
            } else if error.kind() == std::io::ErrorKind::InvalidData {
                terminal.error(&format!("{} is no text; simulate again", path.display()));
                Outcome::Invalid
            } else {
                terminal.error(&format!("cannot read {}: {error}", path.display()));
                Outcome::CouldNot
            }
        })?;
        let about: Value = serde_json::from_str(&text).unwrap_or(Value::Null);
        let word = |key: &str| about[key].as_str().map(str::to_owned);
        let outputs = about["outputs"].as_array().map(|outputs| {
            let output = |it: &Value| Some((it["name"].as_str()?.to_owned(), it["sha256"].as_str()?.to_owned()));
            outputs.iter().map(output).collect::<Option<Vec<_>>>()
        });
        let words = (word("command"), word("scenario"), word("aigap"));
        let settings = (about["seed"].as_u64(), about["paths"].as_u64().filter(|paths| valid_paths(*paths).is_ok()));
        let found = (manifest::is_manifest(&text), words, settings, outputs.flatten());
        let (true, (Some(command), Some(scenario), Some(version)), (Some(seed), Some(paths)), Some(outputs)) = found
        else {
            terminal.error(&format!("{} is damaged or not a manifest of aigap; simulate again", path.display()));
            return Err(Outcome::Invalid);
        };
        // A name that leaves the folder is none that aigap wrote.
        if let Some((name, _)) = outputs.iter().find(|(name, _)| !is_below(name)) {
            terminal.error(&format!("{} names a file outside its folder: {name}", path.display()));
            return Err(Outcome::Invalid);
        }
        Ok(Self { folder: folder.to_owned(), command, scenario, version, seed, paths, outputs })
    }

    /// The path of a file of the run.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The bytes of a file of the run, if it is there.
    pub fn bytes(&self, name: &str) -> Option<Vec<u8>> {
        std::fs::read(self.file(name)).ok()
    }

    /// Names of the scenarios of a comparison, in their order.
    pub fn scenarios(&self) -> Vec<String> {
        let name =
            |(name, _): &(String, String)| Some(name.strip_prefix("scenarios/")?.strip_suffix(".toml")?.to_owned());
        self.outputs.iter().filter_map(name).collect()
    }

    /// The command that made it, taken apart; `None` if this version does not know it.
    fn typed(&self) -> Option<super::Command> {
        let typed = words(&self.command).and_then(|words| super::Arguments::try_parse_from(words).ok());
        typed.map(|typed| typed.command)
    }

    /// Whether the run holds every metric, which charts and reports show; prints what to do if not.
    pub fn has_every_metric(&self, terminal: &Terminal) -> Result<(), Outcome> {
        match self.typed() {
            Some(super::Command::Simulate(arguments)) if !arguments.counts_every_metric() => {
                terminal.error(&format!(
                    "{} holds some metrics only, and charts and reports show all; simulate again without --metrics",
                    self.folder.display()
                ));
                Err(Outcome::Invalid)
            }
            _ => Ok(()),
        }
    }

    /// Makes the run again from the scenario it stores, with the settings of its own command.
    pub fn again(&self, terminal: &Terminal) -> Result<Again, Outcome> {
        match self.typed() {
            Some(super::Command::Simulate(arguments)) => Ok(Again::Run(Box::new(arguments.again(self, terminal)?))),
            Some(super::Command::Compare(arguments)) => {
                let (comparison, files) = arguments.again(self, terminal)?;
                Ok(Again::Comparison(Box::new(comparison), files))
            }
            _ => {
                let program = env!("CARGO_PKG_VERSION");
                terminal.error(&format!(
                    "{}: its command is not one that aigap {program} knows: {}",
                    self.folder.display(),
                    self.command
                ));
                Err(Outcome::Invalid)
            }
        }
    }

    /// Gives every assumption the place that set it, which the resolved scenario no longer tells.
    pub fn restore_origins(&self, scenario: &mut Scenario) {
        let rows = self.rows("assumptions.csv", ["address", "set_by", "line"]);
        for assumption in &mut scenario.assumptions {
            if let Some([_, file, line]) = rows.iter().find(|[address, ..]| *address == assumption.address) {
                assumption.set_by = Origin { file: file.clone(), line: line.parse().ok() };
            }
        }
    }

    /// The same for the inputs of a comparison, and for those it lists as different.
    pub fn restore_settings(&self, comparison: &mut Comparison) {
        let inputs = self.rows("assumptions.csv", ["scenario", "address", "set_by", "line"]);
        let sides = std::iter::once(&mut comparison.baseline);
        for side in sides.chain(comparison.what_ifs.iter_mut().map(|it| &mut it.side)) {
            let Scenario { name, assumptions, .. } = &mut side.scenario;
            for assumption in assumptions {
                let own = |row: &&[String; 4]| row[0] == *name && row[1] == assumption.address;
                let Some([.., file, line]) = inputs.iter().find(own) else { continue };
                assumption.set_by = Origin { file: file.clone(), line: line.parse().ok() };
            }
        }
        let columns = ["what_if", "address", "baseline_set_by", "baseline_line", "what_if_set_by", "what_if_line"];
        let rows = self.rows("inputs_diff.csv", columns);
        for what_if in &mut comparison.what_ifs {
            for difference in &mut what_if.differences {
                let own = |row: &&[String; 6]| row[0] == what_if.side.scenario.name && row[1] == difference.address;
                let Some([_, _, base, base_line, file, line]) = rows.iter().find(own) else { continue };
                for (setting, file, line) in
                    [(&mut difference.base, base, base_line), (&mut difference.what_if, file, line)]
                {
                    if let Some(setting) = setting {
                        setting.set_by = Origin { file: file.clone(), line: line.parse().ok() };
                    }
                }
            }
        }
    }

    /// Some columns of a CSV of the run; nothing where it is damaged, which the comparison of bytes then shows.
    fn rows<const N: usize>(&self, name: &str, columns: [&str; N]) -> Vec<[String; N]> {
        let Some(bytes) = self.bytes(name) else { return Vec::new() };
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let Ok(head) = reader.headers().cloned() else { return Vec::new() };
        let places = columns.map(|column| head.iter().position(|known| known == column));
        let row = |row: csv::StringRecord| {
            places.map(|place| place.and_then(|place| row.get(place)).unwrap_or_default().to_owned())
        };
        reader.records().map_while(Result::ok).map(row).collect()
    }
}

/// Whether a name is that of a file below its folder.
fn is_below(name: &str) -> bool {
    Path::new(name).components().all(|part| matches!(part, std::path::Component::Normal(_)))
}
