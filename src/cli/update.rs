//! `aigap update`: a scenario held against a new edition, and re-based on it.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::engine::Settings;
use crate::study::{NotUpdated, Reading, Updated};
use crate::wording;

use super::load;
use super::numbers::{Seed, json_whole, paths, seed, whole};
use super::outcome::Outcome;
use super::outputs;
use super::print::Terminal;
use super::score;
use super::threads;

/// Flags of `aigap update`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  aigap update scenarios/base.toml --observed cb-insights-2025-01 -o updated.toml

Says what of a new edition is revision and what is news, where the news fell in the scenario's own paths, what it teaches of
the trends (exactly, for random walks with normal trends), and what each does to the answer. Writes the scenario re-based on
the edition, which models funding alone, with the figures beside it.")]
pub(super) struct Arguments {
    /// Scenario file.
    #[arg(value_name = "SCENARIO")]
    scenario: PathBuf,
    /// Figures of the new edition, as a CSV or by the name of a built-in set.
    #[arg(long, value_name = "NEW.csv")]
    observed: String,
    /// Which edition of a set that has several; the newest if not given.
    #[arg(long, value_name = "EDITION")]
    edition: Option<String>,
    /// Take the figures of a source under another name as the same count.
    #[arg(long)]
    as_source: bool,
    /// The re-based scenario; its figures are written beside it, with the ending csv. SCENARIO-EDITION.toml if not given.
    #[arg(short, long, value_name = "FILE.toml")]
    output: Option<PathBuf>,
    /// Replace files that exist.
    #[arg(long)]
    force: bool,
    /// Number of simulated futures, even.
    #[arg(long, value_name = "N", value_parser = paths)]
    paths: Option<u64>,
    /// Seed of all random numbers, or "random", which prints the one it chose.
    #[arg(long, value_name = "N", value_parser = seed)]
    seed: Option<Seed>,
    /// Threads; never changes a number.
    #[arg(long, value_name = "N", value_parser = whole::<u16>(1..=1024))]
    threads: Option<u16>,
    /// Print the answer for programs.
    #[arg(long, conflicts_with = "quiet")]
    json: bool,
    /// Print nothing.
    #[arg(long)]
    quiet: bool,
    #[command(flatten)]
    changes: load::ScenarioFlags,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Outcome, Outcome> {
    threads::start(arguments.threads, terminal)?;
    let scenario = arguments.changes.load(&arguments.scenario, terminal)?.scenario;
    let reading = arguments.reading(terminal)?;
    let path = arguments.path(&reading, terminal)?;
    let name = path.file_stem().map_or_else(|| "updated".to_owned(), |stem| stem.to_string_lossy().into_owned());
    let settings = Settings::new(
        arguments.paths.unwrap_or(Settings::DEFAULT_PATHS),
        arguments.seed.map_or(Settings::DEFAULT_SEED, Seed::number),
    );
    let updated = match Updated::of(&scenario, &reading, arguments.as_source, &name, &settings) {
        Ok(updated) => updated,
        // What is in already is no change, and no mistake.
        Err(known @ NotUpdated::Known(_)) => {
            terminal.answer(&format!("{known}\n"));
            return Ok(Outcome::Done);
        }
        Err(why) => {
            terminal.error(&why.to_string());
            return Err(Outcome::Invalid);
        }
    };
    let figures = path.with_file_name(&updated.written.figures_name);
    // Whether they are there is looked at below: what has the same text may stay.
    let read = [&arguments.scenario, Path::new(&arguments.observed)];
    outputs::are_free(&[&path, &figures], &read, true, terminal)?;
    for (path, text) in [(&figures, &updated.written.figures), (&path, &updated.written.scenario)] {
        arguments.put(path, text, terminal)?;
    }
    arguments.tell(&updated, [&path, &figures], terminal);
    Ok(Outcome::Done)
}

impl Arguments {
    /// The edition that is asked for, or the newest.
    fn reading(&self, terminal: &Terminal) -> Result<Reading, Outcome> {
        let readings = score::readings(&self.observed, terminal)?;
        let found = match &self.edition {
            None => readings.last(),
            Some(edition) => readings.iter().find(|reading| reading.vintage() == Some(edition.as_str())),
        };
        found.cloned().ok_or_else(|| {
            let known: Vec<&str> = readings.iter().filter_map(Reading::vintage).collect();
            terminal.error(&format!("{} has no such edition; it has {}", self.observed, known.join(", ")));
            Outcome::Usage
        })
    }

    fn path(&self, reading: &Reading, terminal: &Terminal) -> Result<PathBuf, Outcome> {
        let usual = || {
            let stem = self.scenario.file_stem().map_or_else(|| "scenario".into(), |stem| stem.to_string_lossy());
            let edition: String = reading.vintage().unwrap_or("new").replace(|c: char| !c.is_alphanumeric(), "-");
            PathBuf::from(format!("{stem}-{edition}.toml"))
        };
        let path = self.output.clone().unwrap_or_else(usual);
        if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml")) {
            return Ok(path);
        }
        terminal.error(&format!("{}: name a file that ends in .toml", path.display()));
        Err(Outcome::Usage)
    }

    fn put(&self, path: &Path, text: &str, terminal: &Terminal) -> Result<(), Outcome> {
        let shown = path.display();
        let same = crate::store::ordinary(path, 64 << 20).is_ok_and(|old| old == text.as_bytes());
        if path.exists() && !self.force && !same {
            terminal.error(&format!("{shown} exists; choose another name with -o, or replace it with --force"));
            return Err(Outcome::CouldNot);
        }
        crate::store::write_whole(path, text.as_bytes()).map_err(|error| {
            terminal.error(&format!("cannot write {shown}: {error}"));
            Outcome::CouldNot
        })
    }

    fn tell(&self, updated: &Updated, [scenario, figures]: [&Path; 2], terminal: &Terminal) {
        if self.json {
            return terminal.answer(&as_json(updated, scenario));
        }
        if self.quiet {
            return;
        }
        let typed = wording::quoted(&scenario.to_string_lossy());
        let closing = [
            format!("{}  {}  {}", scenario.display(), figures.display(), wording::paths(updated.settings.paths)),
            format!("Next: aigap simulate {typed}\n  or: aigap params {typed}"),
        ];
        terminal.answer(&wording::update_story(updated, &closing));
    }
}

/// The answer as JSON.
fn as_json(updated: &Updated, scenario: &Path) -> String {
    let gap = [updated.scenario.gap().lead(), updated.scenario.gap().follow()];
    let (before, after) = (updated.walk.trend, updated.learned);
    let side = |place: usize| {
        let it = &updated.news.sides[place];
        json!({
            "region": updated.scenario.regions()[gap[place]].name(),
            "level_before": it.old,
            "level_restated": it.restated,
            "restated_by_the_edition": it.stated,
            "level": it.level,
            "log_change": it.change,
            "trend_before": { "mean": before.mean[place], "sd": before.sd()[place] },
            "trend_after": { "mean": after.mean[place], "sd": after.sd()[place] },
        })
    };
    let fell: Vec<Value> = updated
        .fell
        .iter()
        .flat_map(|it| &it.rows)
        .map(|row| {
            let measure = row.outcome.measure;
            json!({
                "metric": measure.metric.name(),
                "region": measure.region(&updated.scenario),
                "year": row.outcome.year,
                "percentile": row.percentile[0],
            })
        })
        .collect();
    let step = |place: usize, name: &str| json!({ "step": name, "median_ratio": updated.medians[place][0], "median_gap": updated.medians[place][1] });
    let whole = json!({
        "scenario": updated.scenario.name(),
        "reading": updated.reading,
        "base_year": updated.scenario.base_year(),
        "year": updated.news.year,
        "world_restated": updated.world_restated,
        "sides": [side(0), side(1)],
        "correlation_of_trends": [before.correlation(), after.correlation()],
        "fell": fell,
        "horizon": updated.scenario.horizon(),
        "steps": [step(0, "before"), step(1, "revision"), step(2, "news"), step(3, "learning")],
        "written": scenario.display().to_string(),
        "paths": updated.settings.paths,
        "seed": json_whole(updated.settings.seed),
    });
    format!("{whole:#}\n")
}
