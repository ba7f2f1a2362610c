//! `aigap score`: stored runs held against what came.

use std::path::{Path, PathBuf};

use crate::chart;
use crate::data::{Fact, Role, counted_by};
use crate::diagnostic::Sources;
use crate::report::score_md;
use crate::store::{charts, ordinary, write_whole};
use crate::study::{Findings, Frozen, Question, Reading, Run, Scored};
use crate::table::{Table, score};
use crate::wording;

use super::answer_flags::AnswerFlags;
use super::facts;
use super::load;
use super::numbers::whole;
use super::outcome::Outcome;
use super::print::Terminal;
use super::score_json;
use super::steps;
use super::threads;

/// Largest ledger that is added to.
const MOST_OF_A_LEDGER: u64 = 16 << 20;

/// Flags of `aigap score`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  aigap score output/base --observed cb-insights-2025-01 --observed ai-index-editions
  aigap score output/base --observed new.csv --ledger scores.csv

A CSV has the columns that `aigap facts` knows: region,year,metric,value,unit,source,vintage. What came is put on the
basis of the run by growth inside the new edition; never by holding levels of two editions against each other.")]
pub(super) struct Arguments {
    /// Folders of runs.
    #[arg(value_name = "RUN", required = true)]
    runs: Vec<PathBuf>,
    /// Figures of a new edition, as a CSV or by the name of a built-in set; each edition is a reading of its own (repeatable).
    #[arg(long, value_name = "NEW.csv", required = true)]
    observed: Vec<String>,
    /// Take levels of a source under another name as the same count.
    #[arg(long)]
    as_source: bool,
    /// Add a line for each run and reading to a file of yours, never twice the same.
    #[arg(long, value_name = "FILE.csv")]
    ledger: Option<PathBuf>,
    /// Threads; never changes a number.
    #[arg(long, value_name = "N", value_parser = whole::<u16>(1..=1024))]
    threads: Option<u16>,
    #[command(flatten)]
    answer: AnswerFlags,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Outcome, Outcome> {
    threads::start(arguments.threads, terminal)?;
    let mut readings_of = Vec::new();
    for name in &arguments.observed {
        readings_of.push((name.as_str(), readings(name, terminal)?));
    }
    let names = readings_of.iter().flat_map(|(_, readings)| readings).map(|it| it.name.as_str());
    twice("readings", names, terminal)?;
    let mut scored = Vec::new();
    for folder in &arguments.runs {
        let frozen = frozen(folder, terminal)?;
        let readings = arguments.that_say_something(&frozen, &readings_of, terminal)?;
        scored.push(Scored::of(frozen, &readings, arguments.as_source).map_err(|why| {
            terminal.error(&format!("{}: {why}", folder.display()));
            Outcome::Invalid
        })?);
    }
    twice("runs", scored.iter().map(|it| it.run.scenario.name()), terminal)?;
    let tables = score::tables(&scored);
    let folder = arguments.folder(&scored);
    let files = arguments.files(&scored, &tables);
    put_all(&folder, &files, terminal)?;
    let added = arguments.ledger.as_deref().map(|path| add_to(path, &tables[2], terminal)).transpose()?;
    arguments.tell(&scored, &folder, added, terminal);
    Ok(Outcome::Done)
}

/// The readings of a set of figures: one for each edition in it. Of several editions, those that say nothing of a year that
/// the runs are about are left out, and named.
pub(super) fn readings(name: &str, terminal: &Terminal) -> Result<Vec<Reading>, Outcome> {
    let (figures, _) = facts::read(name, terminal)?;
    // Figures that a set shows beside its own, of others who count, are no edition of it: who counts is told by two words.
    let counter = |fact: &Fact| counted_by(&fact.source).split_whitespace().take(2).collect::<Vec<_>>().join(" ");
    let own: Vec<String> = figures.facts.iter().filter(|it| it.role != Role::Context).map(counter).collect();
    let own = |edition: &&str| {
        own.is_empty() || figures.facts.iter().any(|it| it.vintage == *edition && own.contains(&counter(it)))
    };
    let editions: Vec<String> = figures.editions().into_iter().filter(own).map(str::to_owned).collect();
    let of_edition = |vintage: &String| {
        figures.of_edition(vintage).map_err(|problems| {
            terminal.problems(&problems, &Sources::default());
            Outcome::Invalid
        })
    };
    let sets = match (editions.len(), figures.editions().len()) {
        (0, _) | (_, 1) => vec![figures],
        _ => editions.iter().map(of_edition).collect::<Result<Vec<_>, _>>()?,
    };
    let found: Vec<Reading> = sets.into_iter().filter_map(Reading::new).collect();
    if found.is_empty() {
        terminal.error(&format!("{name} states no funding: a run is scored by funding, in USD bn or USD m"));
        return Err(Outcome::Invalid);
    }
    Ok(found)
}

/// A stored run; made again where this version makes the same, as its tables have it otherwise.
fn frozen(folder: &Path, terminal: &Terminal) -> Result<Frozen, Outcome> {
    let stored = load::run_folder(folder, terminal)?;
    if !matches!(stored.manifest.recipe.question, Question::Simulate(_)) {
        terminal
            .error(&format!("{} is no run of one scenario: score the folder of an `aigap simulate`", folder.display()));
        return Err(Outcome::Invalid);
    }
    let version = stored.manifest.version.clone();
    let again = steps::again(&stored, terminal)?;
    let fan = |name: &str| again.files.iter().find(|(known, _)| known == name).map(|(_, bytes)| bytes.clone());
    let same = ["fan.csv", "scenario.toml"].into_iter().all(|name| fan(name) == stored.bytes(name));
    if let (true, Findings::Run(run)) = (same, again.findings) {
        let Run { scenario, summary, settings, .. } = *run;
        return Ok(Frozen { scenario, summary, made_again: Some(settings), version });
    }
    terminal.remark(&format!(
        "{} was made by aigap {version} and comes out differently today: its stored quantiles are scored, without its paths",
        folder.display()
    ));
    let run = super::chart::open(folder, terminal)?;
    Ok(Frozen { scenario: run.scenario, summary: run.summary, made_again: None, version })
}

/// Refuses two of one name, which the tables could not tell apart.
fn twice<'a>(what: &str, names: impl Iterator<Item = &'a str>, terminal: &Terminal) -> Result<(), Outcome> {
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    let Some(pair) = names.windows(2).find(|pair| pair[0] == pair[1]) else { return Ok(()) };
    terminal.error(&format!("two of the {what} are {}: give each once", pair[0]));
    Err(Outcome::Usage)
}

impl Arguments {
    /// The readings that say something of a run: all of a set with one edition, of several those that do.
    fn that_say_something(
        &self,
        run: &Frozen,
        sets: &[(&str, Vec<Reading>)],
        terminal: &Terminal,
    ) -> Result<Vec<Reading>, Outcome> {
        let mut kept = Vec::new();
        for (name, readings) in sets {
            let answers = readings.iter().map(|reading| (reading, reading.outcomes(&run.scenario, self.as_source)));
            let (good, silent): (Vec<_>, Vec<_>) = answers.partition(|(_, outcomes)| outcomes.is_ok());
            if let (true, Some((_, Err(why)))) = (good.is_empty(), silent.last()) {
                terminal.error(&format!("{name}: {why}"));
                return Err(Outcome::Invalid);
            }
            for why in silent.iter().filter_map(|(_, outcomes)| outcomes.as_ref().err()) {
                terminal.remark(&format!("note: left out of {}: {why}", run.scenario.name()));
            }
            kept.extend(good.into_iter().map(|(reading, _)| reading.clone()));
        }
        Ok(kept)
    }

    fn folder(&self, scored: &[Scored]) -> PathBuf {
        let name = scored.iter().map(|it| it.run.scenario.name()).next().unwrap_or("run");
        self.answer.out.clone().unwrap_or_else(|| Path::new("output").join(format!("{name}-score")))
    }

    /// Every file of the answer, below its folder.
    fn files(&self, scored: &[Scored], tables: &[Table]) -> Vec<(String, Vec<u8>)> {
        let mut files: Vec<(String, Vec<u8>)> =
            tables.iter().map(|table| (table.file().to_owned(), table.csv().into_bytes())).collect();
        let look = self.answer.look(None);
        let mut drawn = Vec::new();
        if look.charts {
            let name = |run: &Scored| match scored.len() {
                1 => "outturn".to_owned(),
                _ => format!("outturn-{}", run.run.scenario.name()),
            };
            let found = scored.iter().filter_map(|run| Some((name(run), chart::outturn(run)?)));
            for picture in charts::drawn(&found.collect::<Vec<_>>(), &look) {
                drawn.push(picture.charted.name.clone());
                files.extend(picture.files);
            }
        }
        files.push(("summary.md".to_owned(), score_md::summary_md(scored, &drawn).into_bytes()));
        files
    }

    fn tell(&self, scored: &[Scored], folder: &Path, added: Option<usize>, terminal: &Terminal) {
        let shown = folder.display().to_string();
        if self.answer.json {
            return terminal.answer(&score_json::as_json(scored, &shown));
        }
        if self.answer.quiet {
            return;
        }
        let chart = if self.answer.no_charts { "" } else { "  charts/outturn.png" };
        let mut closing = vec![format!("{shown}/  summary.md  score.csv  score_questions.csv{chart}")];
        if let (Some(added), Some(path)) = (added, &self.ledger) {
            closing.push(match added {
                0 => format!("{} holds these already", path.display()),
                1 => format!("{}: one line added", path.display()),
                many => format!("{}: {many} lines added", path.display()),
            });
        }
        terminal.answer(&wording::score_story(scored, &closing));
    }
}

/// Writes the files of the answer, unless one of them would replace a file of somebody else.
fn put_all(folder: &Path, files: &[(String, Vec<u8>)], terminal: &Terminal) -> Result<(), Outcome> {
    let refuse = |why: String| {
        terminal.error(&why);
        Outcome::CouldNot
    };
    let table = folder.join("score.csv");
    let known = |bytes: &[u8]| bytes.split(|byte| *byte == b'\n').next().map(<[u8]>::to_vec);
    let is_ours =
        ordinary(&table, 64 << 20).is_ok_and(|old| known(&old) == files.first().and_then(|(_, it)| known(it)));
    let is_empty = std::fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_none());
    if !is_ours && !is_empty {
        let shown = folder.display();
        return Err(refuse(format!(
            "{shown} exists and holds no scores, so it is left alone; name another folder with --out"
        )));
    }
    for (name, bytes) in files {
        let path = folder.join(name);
        write_whole(&path, bytes).map_err(|error| refuse(format!("cannot write {}: {error}", path.display())))?;
    }
    Ok(())
}

/// Adds the lines that a ledger does not hold yet; says how many.
fn add_to(path: &Path, table: &Table, terminal: &Terminal) -> Result<usize, Outcome> {
    let refuse = |why: String, outcome: Outcome| {
        terminal.error(&why);
        outcome
    };
    let shown = path.display();
    let text = table.csv();
    let (head, lines) = text.split_once('\n').unwrap_or((&text, ""));
    let old = if path.exists() {
        let bytes = ordinary(path, MOST_OF_A_LEDGER)
            .map_err(|error| refuse(format!("cannot read {shown}: {error}"), Outcome::CouldNot))?;
        String::from_utf8(bytes).map_err(|_| refuse(format!("{shown} is no text"), Outcome::Invalid))?
    } else {
        format!("{head}\n")
    };
    let old = old.replace("\r\n", "\n");
    if old.lines().next() != Some(head) {
        let why = format!(
            "{shown} is no ledger of scores: its first line is not that of score_readings.csv; name another file"
        );
        return Err(refuse(why, Outcome::Invalid));
    }
    let known: std::collections::BTreeSet<&str> = old.lines().collect();
    let new: Vec<&str> = lines.lines().filter(|line| !known.contains(line)).collect();
    if !new.is_empty() || !path.exists() {
        let end = if old.ends_with('\n') { "" } else { "\n" };
        let whole = format!("{old}{end}{}\n", new.join("\n"));
        write_whole(path, whole.as_bytes())
            .map_err(|error| refuse(format!("cannot write {shown}: {error}"), Outcome::CouldNot))?;
    }
    Ok(new.len())
}
