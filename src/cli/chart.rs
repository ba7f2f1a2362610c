//! `aigap chart`: draws the charts of a stored run again, in another size, theme or title, without simulating.

use std::path::{Path, PathBuf};

use crate::chart::Chart;
use crate::chart::questions;
use crate::draw::{Drawing, Style, text};
use crate::store::charts;
use crate::store::stored::StoredRun;
use crate::store::{manifest, ordinary, write_whole};
use crate::study::{Look, Question};

use super::load;
use super::look;
use super::numbers::whole;
use super::outcome::Outcome;
use super::print::Terminal;
use super::steps;
use super::threads;

/// Flags of `aigap chart`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: aigap chart output/base --kind gap --preset slide --theme dark")]
pub(super) struct Arguments {
    /// Folder of a run.
    #[arg(value_name = "RUN")]
    run: PathBuf,
    /// Which chart (repeatable); all that the run has if not given.
    #[arg(long, value_name = "NAME")]
    kind: Vec<String>,
    /// A title of your own; the one made from the numbers stays in the metadata.
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// A folder, or a single file ending in .svg, .png, .pdf, .csv or .json; RUN-charts if not given.
    #[arg(long, value_name = "PATH")]
    out: Option<PathBuf>,
    /// Replace files that are not charts of aigap.
    #[arg(long)]
    force: bool,
    /// Draw N single simulated paths as thin lines, if the run kept them.
    #[arg(long, value_name = "N", value_parser = whole::<u16>(1..=100))]
    hairlines: Option<u16>,
    /// Hold every chart against the rules that an editor would, and say what breaks them.
    #[arg(long)]
    lint: bool,
    #[command(flatten)]
    look: look::LookFlags,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Outcome {
    if let Err(outcome) = threads::start(None, terminal) {
        return outcome;
    }
    let charts = match of_question(&arguments.run, terminal) {
        Ok(charts) => charts,
        Err(outcome) => return outcome,
    };
    if let Some(charts) = charts {
        return arguments.draw(charts, terminal);
    }
    let stored = match open(&arguments.run, terminal) {
        Ok(stored) => stored,
        Err(outcome) => return outcome,
    };
    let look = arguments.look();
    if usize::from(look.hairlines) > stored.paths.len() {
        let kept = stored.paths.len();
        let has = if kept == 0 { "kept no single paths".to_owned() } else { format!("kept only {kept} paths") };
        let wanted = usize::from(look.hairlines).next_multiple_of(2);
        terminal.error(&format!(
            "{} {has}; simulate again with --keep-paths {wanted} to draw {} of them",
            arguments.run.display(),
            look.hairlines
        ));
        return Outcome::CouldNot;
    }
    arguments.draw(stored.charts().into_iter().map(|chart| (chart.name().to_owned(), chart)).collect(), terminal)
}

/// The charts of a question, which is asked again: it takes seconds, and its tables do not hold all that is drawn. None for a
/// run or a comparison.
fn of_question(folder: &Path, terminal: &Terminal) -> Result<Option<Vec<(String, Chart)>>, Outcome> {
    let stored = load::run_folder(folder, terminal)?;
    if matches!(stored.manifest.recipe.question, Question::Simulate(_) | Question::Compare(_)) {
        return Ok(None);
    }
    Ok(questions::of(&steps::again(&stored, terminal)?.findings))
}

/// Why a title cannot be drawn, if it cannot.
fn unwritable(title: &str) -> Option<String> {
    const MOST_LETTERS: usize = 300;
    let letters = title.chars().count();
    if letters > MOST_LETTERS {
        return Some(format!(
            "a title of {letters} letters leaves no room for the chart: write at most {MOST_LETTERS}"
        ));
    }
    let lacking = text::lacking(title);
    (!lacking.is_empty()).then(|| {
        format!(
            "the typeface of the charts has no {}: write the title in Latin letters, or set it in the program that the \
             chart goes into",
            lacking.escape_debug()
        )
    })
}

/// Says what is wrong with drawings.
fn judge(drawings: &[(String, Drawing)], terminal: &Terminal) -> Outcome {
    let mut outcome = Outcome::Done;
    for (name, drawing) in drawings {
        for finding in drawing.lint() {
            terminal.remark(&format!("{name}: {finding}"));
            outcome = Outcome::NotMet;
        }
    }
    if outcome == Outcome::Done {
        let charts = if drawings.len() == 1 { "the chart".to_owned() } else { format!("{} charts", drawings.len()) };
        terminal.remark(&format!("lint: nothing wrong with {charts}"));
    }
    outcome
}

/// Reads a run folder back; prints why it cannot be read.
pub(super) fn open(folder: &Path, terminal: &Terminal) -> Result<StoredRun, Outcome> {
    let stored = load::whole_run_folder(folder, terminal)?;
    // A table that the manifest does not list is none of this run.
    let is_own = |name: &str, bytes: &[u8]| name == manifest::NAME || stored.is_as_made(name, bytes);
    let own = |name: &str| stored.bytes(name).filter(|bytes| is_own(name, bytes));
    let file = |name: &str| own(name).and_then(|bytes| String::from_utf8(bytes).ok());
    if file("fan.csv").is_none() && file("compare.csv").is_some() {
        terminal.error(&format!(
            "{} is a comparison, whose charts need its paths: aigap compare draws them with --preset and --theme",
            folder.display()
        ));
        return Err(Outcome::Invalid);
    }
    let edited = stored.manifest.outputs.iter().map(|(name, _)| name).find(|name| {
        let read = name.ends_with(".csv") || name.ends_with(".toml");
        read && !name.contains('/') && stored.bytes(name).is_some_and(|bytes| !stored.is_as_made(name, &bytes))
    });
    if let Some(name) = edited {
        terminal.error(&format!(
            "{0}: {name} was changed since aigap wrote it, so no chart is drawn from it; aigap verify {0} says what differs",
            folder.display()
        ));
        return Err(Outcome::Mismatch);
    }
    let inputs = stored.inputs().map_err(|error| load::not_a_run(&error, terminal))?;
    let scenario = inputs.scenarios.into_iter().next().map(|input| input.loaded.scenario).ok_or(Outcome::Invalid)?;
    StoredRun::new(scenario, &file).map_err(|damaged| {
        terminal.error(&format!("{}: {damaged}", folder.display()));
        Outcome::Invalid
    })
}

/// What every chart says below it: of simulated figures, and of observed ones.
const SAID: [&[u8]; 2] = [b"Not a forecast", b"nothing here is simulated"];

/// Whether the file at a path is a chart of aigap, or the table of one that is about to be written again.
fn may_replace(path: &Path, bytes: &[u8]) -> bool {
    let Ok(old) = ordinary(path, 64 << 20) else { return false };
    let line = |bytes: &[u8]| bytes.split(|byte| *byte == b'\n').next().map(<[u8]>::to_vec);
    let has = |words: &[u8]| old.windows(words.len()).any(|part| part == words);
    let is_table = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
    if is_table { line(&old) == line(bytes) } else { has(b"aigap") && SAID.iter().any(|words| has(words)) }
}

/// Why a run may lack a chart, and what to do.
fn cure(kind: &str) -> Option<&'static str> {
    match kind {
        "sources" => Some("it needs every source: simulate again with --source all"),
        "gap" | "probability" => Some("the data do not hold both sides of the gap in the last observed year"),
        "scenarios" | "compare" | "attribution" => Some("aigap compare draws it, from a baseline and what-ifs"),
        _ => None,
    }
}

impl Arguments {
    fn look(&self) -> Look {
        self.look.look(self.hairlines)
    }

    /// Draws the charts that are wanted, and holds them against the rules of layout if asked to.
    fn draw(&self, charts: Vec<(String, Chart)>, terminal: &Terminal) -> Outcome {
        if let Some(why) = self.title.as_deref().and_then(unwritable) {
            terminal.error(&why);
            return Outcome::Usage;
        }
        let mut charts = match self.chosen(charts, terminal) {
            Ok(charts) => charts,
            Err(outcome) => return outcome,
        };
        if let Some(title) = &self.title {
            charts.iter_mut().for_each(|(_, chart)| chart.credits_mut().title = Some(title.clone()));
        }
        let look = self.look();
        let drawings: Vec<(String, Drawing)> =
            charts.into_iter().map(|(name, chart)| (name, chart.draw(Style::of(&look)))).collect();
        let outcome = self.write(&drawings, terminal);
        if outcome != Outcome::Done || !self.lint {
            return outcome;
        }
        judge(&drawings, terminal)
    }

    /// The charts that are wanted, in the order of the run.
    fn chosen(&self, charts: Vec<(String, Chart)>, terminal: &Terminal) -> Result<Vec<(String, Chart)>, Outcome> {
        let names: Vec<&str> = charts.iter().map(|(name, _)| name.as_str()).collect();
        if let Some(kind) = self.kind.iter().find(|kind| !names.contains(&kind.as_str())) {
            let why = cure(kind).map_or(String::new(), |cure| format!(": {cure}"));
            terminal.error(&format!("{} has no chart \"{kind}\"{why}", self.run.display()));
            terminal.remark(&format!("it has {}", names.join(", ")));
            return Err(Outcome::Usage);
        }
        let wanted = |(name, _): &(String, Chart)| self.kind.is_empty() || self.kind.contains(name);
        Ok(charts.into_iter().filter(wanted).collect())
    }

    fn write(&self, drawings: &[(String, Drawing)], terminal: &Terminal) -> Outcome {
        let look = self.look();
        let ending = |path: &Path| path.extension().map(|it| it.to_string_lossy().to_lowercase());
        let single = self.out.as_deref().filter(|out| !out.is_dir()).and_then(|out| Some((out, ending(out)?)));
        let files = |drawing: &Drawing| charts::files(drawing, &Look { pdf: true, ..look });
        let mut written: Vec<(PathBuf, Vec<u8>)> = Vec::new();
        if let Some((out, ending)) = single {
            let [(_, drawing)] = drawings else {
                terminal.error(&format!("{} is one file: choose one chart with --kind", out.display()));
                return Outcome::Usage;
            };
            let Some((_, bytes)) = files(drawing).into_iter().find(|(known, _)| *known == ending) else {
                terminal.error(&format!("{}: write .svg, .png, .pdf, .csv or .json, or a folder", out.display()));
                return Outcome::Usage;
            };
            written.push((out.to_owned(), bytes));
        } else {
            let folder = self.out.clone().unwrap_or_else(|| beside(&self.run));
            for (name, drawing) in drawings {
                for (ending, bytes) in charts::files(drawing, &look) {
                    written.push((folder.join(format!("{}.{ending}", self.stem(name))), bytes));
                }
            }
        }
        let foreign = |(path, bytes): &&(PathBuf, Vec<u8>)| path.exists() && !may_replace(path, bytes);
        if let (false, Some((path, _))) = (self.force, written.iter().find(foreign)) {
            terminal.error(&format!(
                "{} is not a chart of aigap, so it is left alone; choose another place with --out, or replace it with --force",
                path.display()
            ));
            return Outcome::CouldNot;
        }
        for (path, bytes) in &written {
            if let Err(error) = write_whole(path, bytes) {
                terminal.error(&format!("cannot write {}: {error}; choose another place with --out", path.display()));
                return Outcome::CouldNot;
            }
        }
        let names: Vec<String> = written.iter().map(|(path, _)| format!("{}\n", path.display())).collect();
        terminal.answer(&names.concat());
        Outcome::Done
    }

    /// The name of a chart's files: what is not the default is part of it.
    fn stem(&self, name: &str) -> String {
        use crate::study::{Preset, Theme};
        let look = self.look();
        let mut stem = name.to_owned();
        if look.preset != Preset::Note {
            stem += &format!("-{}", look.preset.name());
        }
        if look.theme != Theme::Light {
            stem += &format!("-{}", look.theme.name());
        }
        stem
    }
}

/// `output/base-charts` beside `output/base`: the run folder stays what its manifest says.
fn beside(run: &Path) -> PathBuf {
    let name = run.file_name().map_or_else(|| "run".into(), |name| name.to_string_lossy().into_owned());
    run.with_file_name(format!("{name}-charts"))
}
