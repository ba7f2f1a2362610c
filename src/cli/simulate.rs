//! `aigap simulate`: the main job.

mod files;
mod json;

use std::hash::{BuildHasher, Hasher};
use std::path::PathBuf;

use crate::chart::terminal_picture;
use crate::diagnostic::did_you_mean;
use crate::engine::{self, Plan, Settings};
use crate::metric::{Measure, Metric, Metrics};
use crate::scenario::{Loaded, Scenario};
use crate::study::BySource;
use crate::summary::{self, KeptPath, PathKeeper, Summary, Uncertainty, Wanted};
use crate::wording;
use crate::wording::story;

use super::Outcome;
use super::folder;
use super::load::{Changes, file_name, quoted};
use super::look;
use super::print::Terminal;
use super::progress::Progress;
use super::sampler::Sampler;
use super::stored::{Run, Stored};
use super::threads;
use files::{Parts, bound, parts};
use json::as_json;

/// What the paths say, and the tables and pictures of the run.
type Made = (Summary, Parts);

/// Flags of `aigap simulate`.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Arguments {
    /// Scenario file.
    #[arg(value_name = "SCENARIO")]
    scenario: PathBuf,
    /// Folder of the run; output/<scenario> if not given.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Replace an earlier run although its files were changed since.
    #[arg(long)]
    force: bool,
    /// Number of simulated futures, even; with --precision the most that are simulated.
    #[arg(long, value_name = "N", value_parser = paths)]
    paths: Option<u64>,
    /// Double the paths from 4,096 on until the 95% simulation error at the horizon is below this: ±1% of the median
    /// ratio and of the median gap, ±1 point of the shares of paths with a wider gap.
    #[arg(long, value_name = "PERCENT", value_parser = precision)]
    precision: Option<f64>,
    /// Seed of all random numbers, or "random", which prints the one it chose.
    #[arg(long, value_name = "N", value_parser = seed)]
    seed: Option<Seed>,
    /// Quantiles as exact order statistics of all paths, by looking at them again; memory does not grow.
    #[arg(long)]
    exact: bool,
    /// Count only these metrics (see aigap metrics) beside funding, gap, ratio and log-ratio: a large run without charts
    /// takes less time.
    #[arg(long, value_name = "LIST", value_parser = metric, value_delimiter = ',', requires = "no_charts")]
    metrics: Vec<Metric>,
    /// Where random numbers come from: addressed, or sobol for points that leave less simulation error.
    #[arg(long, value_enum, value_name = "NAME", hide_possible_values = true)]
    sampler: Option<Sampler>,
    /// Threads; never changes a number.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Write the first N paths, one by one, with their assumptions.
    #[arg(long, value_name = "N", value_parser = kept)]
    keep_paths: Option<u64>,
    /// Draw N single simulated paths as thin lines over the fans; they are kept as by --keep-paths.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=100))]
    hairlines: Option<u16>,
    /// Fail if the projection breaks a check that must hold.
    #[arg(long)]
    strict: bool,
    /// Write tables only.
    #[arg(long)]
    no_charts: bool,
    /// Print a small picture of the ratio with the story.
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    picture: Picture,
    /// Print the summary for programs.
    #[arg(long, conflicts_with = "quiet")]
    json: bool,
    /// Print nothing.
    #[arg(long)]
    quiet: bool,
    #[command(flatten)]
    look: look::Flags,
    #[command(flatten)]
    changes: Changes,
}

/// When to print the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Picture {
    /// On a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// A seed as it is asked for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Seed {
    Given(u64),
    Random,
}

impl Seed {
    /// The number; a random one is told.
    pub fn number(self, terminal: &Terminal) -> u64 {
        match self {
            Self::Given(seed) => seed,
            Self::Random => {
                // 53 bits, so that every reader of the manifest reads the same number.
                let seed = std::hash::RandomState::new().build_hasher().finish() >> 11;
                terminal.remark(&format!("seed {seed}"));
                seed
            }
        }
    }
}

pub(super) fn paths(text: &str) -> Result<u64, String> {
    valid_paths(text.replace([',', '_'], "").parse().map_err(|_| "write a whole number".to_owned())?)
}

/// A number of paths that can be run, or why not.
pub(super) fn valid_paths(number: u64) -> Result<u64, String> {
    if number % 2 == 1 || number < 2 {
        return Err("write an even number, at least 2: two paths share each draw of the assumptions".to_owned());
    }
    if number > Settings::MOST_PATHS {
        return Err(format!("at most {}", wording::count(Settings::MOST_PATHS as f64)));
    }
    Ok(number)
}

/// Most paths that are written one by one.
const MOST_KEPT: u64 = 100_000;

/// Most numbers in the file of single paths: some hundred megabytes, all in memory before they are written.
const MOST_KEPT_NUMBERS: u64 = 20_000_000;

fn kept(text: &str) -> Result<u64, String> {
    let number = paths(text)?;
    if number > MOST_KEPT {
        return Err(format!("at most {}: each path is a page of its own", wording::count(MOST_KEPT as f64)));
    }
    Ok(number)
}

fn metric(text: &str) -> Result<Metric, String> {
    let found = Metric::ALL.into_iter().find(|metric| metric.name() == text.trim());
    found.ok_or_else(|| {
        let meant = did_you_mean(text, Metric::ALL.iter().map(|metric| metric.name()));
        meant.map_or("aigap metrics lists them".to_owned(), |meant| format!("did you mean {meant}?"))
    })
}

fn precision(text: &str) -> Result<f64, String> {
    let percent: Option<f64> = text.strip_suffix('%').and_then(|number| number.trim().parse().ok());
    match percent {
        Some(percent) if percent > 0.0 && percent <= 50.0 => Ok(percent / 100.0),
        Some(_) => Err("write a percentage above 0% and at most 50%".to_owned()),
        None => Err("write a percentage, such as 1%".to_owned()),
    }
}

pub(super) fn seed(text: &str) -> Result<Seed, String> {
    if text == "random" {
        return Ok(Seed::Random);
    }
    text.parse().map(Seed::Given).map_err(|_| "write a whole number, or random".to_owned())
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Outcome {
    if let Err(outcome) = threads::start(arguments.threads, terminal) {
        return outcome;
    }
    let Some(mut loaded) = arguments.changes.load(&arguments.scenario, terminal) else { return Outcome::Invalid };
    let settings = match arguments.settings(&mut loaded.scenario, terminal) {
        Ok(settings) => settings,
        Err(outcome) => return outcome,
    };
    let folder = arguments.out.clone().unwrap_or_else(|| PathBuf::from("output").join(&loaded.scenario.name));
    let directory = match folder::open(&folder, arguments.force, terminal) {
        Ok(directory) => directory,
        Err(outcome) => return outcome,
    };
    let command = arguments.command(&loaded.scenario, settings);
    let (summary, parts) = match arguments.made(&loaded, settings, &command, terminal) {
        Ok(made) => made,
        Err(outcome) => return outcome,
    };
    if let Err(error) = directory.write_and_add(&parts.files, || bound(&loaded, &summary, &command, &parts)) {
        return folder::refused(&error, terminal);
    }
    arguments.tell(&loaded.scenario, &summary, &folder, terminal);
    if arguments.strict && story::is_implausible(&loaded.scenario, &summary) {
        terminal.error("the projection breaks a check that must hold; checks.csv has the shares of paths");
        return Outcome::NotMet;
    }
    if let Some(precision) = summary.precision.filter(|it| !it.is_met()) {
        terminal.error(&format!(
            "a precision of {} is not reached: {} leave ±{}%. The run is written; give --paths a higher limit than {}",
            wording::stated_precision(precision.asked),
            wording::paths(summary.paths),
            wording::significant(100.0 * precision.reached(), 2),
            wording::count(summary.paths as f64)
        ));
        return Outcome::NotMet;
    }
    Outcome::Done
}

impl Arguments {
    /// The run that a folder holds, made again from the scenario it stores: every file with its bytes.
    pub fn again(&self, stored: &Stored, terminal: &Terminal) -> Result<Run, Outcome> {
        let mut arguments = self.clone();
        arguments.changes = self.changes.of_stored(&stored.file("scenario.toml"), &stored.file("data.csv"));
        let mut loaded = arguments.changes.load(&self.scenario, terminal).ok_or(Outcome::Invalid)?;
        loaded.scenario.name.clone_from(&stored.scenario);
        stored.restore_origins(&mut loaded.scenario);
        let settings = arguments.settings(&mut loaded.scenario, terminal)?;
        let (summary, parts) = arguments.made(&loaded, settings, &stored.command, terminal)?;
        let bound = bound(&loaded, &summary, &stored.command, &parts);
        let files = parts.files.into_iter().chain(bound).collect();
        Ok(Run { scenario: loaded.scenario, summary, files })
    }

    /// What the paths say, and every file of the run that is not made of the others.
    fn made(&self, loaded: &Loaded, settings: Settings, command: &str, terminal: &Terminal) -> Result<Made, Outcome> {
        let summary = self.simulate(&loaded.scenario, settings);
        if summary.saturated > 0 {
            terminal.error(&format!(
                "{} left the range of numbers (a level above 10^299 or below 10^−299), so no total means anything; \
                 nothing was written. Lower the growth, the volatility or the horizon",
                wording::paths(summary.saturated)
            ));
            return Err(Outcome::NumericalFailure);
        }
        let by_source = self.by_source(loaded, settings, terminal)?;
        let run = Settings { paths: summary.paths, ..settings };
        let paths = self.kept_paths(&loaded.scenario.with_paths(summary.paths), run);
        let look = (!self.no_charts).then(|| self.look.look(self.hairlines.unwrap_or(0)));
        let parts = parts(loaded, &summary, command, look, paths.as_deref(), &by_source);
        Ok((summary, parts))
    }

    /// Every metric that is asked for is one that the scenario has.
    fn check_metrics(&self, scenario: &Scenario) -> Result<(), String> {
        let measures = Measure::all(scenario);
        let Some(metric) = self.metrics.iter().find(|metric| measures.iter().all(|it| it.metric != **metric)) else {
            return Ok(());
        };
        let needs = metric.needs().in_words();
        Err(format!("{} has no {}: it needs {needs}; leave it out of --metrics", scenario.name, metric.name()))
    }

    /// Single paths fit into memory: nothing else that a run holds grows with paths.
    fn check_room(&self, scenario: &Scenario) -> Result<(), String> {
        let of_path = (Measure::all(scenario).len() * scenario.years().len() + scenario.assumptions.len()) as u64;
        let most = MOST_KEPT_NUMBERS / of_path / 2 * 2;
        match self.keep_paths.filter(|kept| *kept > most) {
            None => Ok(()),
            Some(kept) => Err(format!(
                "--keep-paths {kept} is too much for one file: a path of {} has {} numbers, {} in all; at most {} paths",
                scenario.name,
                wording::count(of_path as f64),
                wording::count((kept * of_path) as f64),
                wording::count(most as f64)
            )),
        }
    }

    /// Seed and paths, and the points of the scenario if it takes its numbers from them.
    fn settings(&self, scenario: &mut Scenario, terminal: &Terminal) -> Result<Settings, Outcome> {
        self.check_metrics(scenario).and_then(|()| self.check_room(scenario)).map_err(|why| {
            terminal.error(&why);
            Outcome::Usage
        })?;
        let asked = self.seed.map(|seed| seed.number(terminal));
        let seed = asked.or(scenario.run.seed).unwrap_or(Settings::DEFAULT_SEED);
        let usual = if self.precision.is_some() {
            summary::MOST_PATHS_OF_PRECISION
        } else {
            scenario.run.paths.unwrap_or(Settings::DEFAULT_PATHS)
        };
        let settings = Settings { paths: self.paths.unwrap_or(usual), seed };
        self.sampler(scenario).lay_out(&mut [scenario], settings).map_err(|why| {
            terminal.error(&why);
            Outcome::Usage
        })
    }

    fn simulate(&self, scenario: &Scenario, settings: Settings) -> Summary {
        let paths = self.precision.is_none().then_some(settings.paths);
        let progress = Progress::of(paths, "paths", self.quiet || self.json);
        let wanted = Wanted { exact: self.exact, precision: self.precision, metrics: self.metrics() };
        let mut summary = Summary::of(scenario, settings, wanted, &|done| progress.show(done));
        if summary.saturated == 0 {
            let settings = Settings { paths: summary.paths, ..settings };
            summary.uncertainty = Uncertainty::of(scenario, settings);
        }
        progress.finish();
        summary
    }

    /// The same scenario from the figures of every source, if `--source all` asks for it.
    fn by_source(&self, loaded: &Loaded, settings: Settings, terminal: &Terminal) -> Result<Vec<BySource>, Outcome> {
        if !self.changes.wants_all_sources() {
            return Ok(Vec::new());
        }
        let scenario = &loaded.scenario;
        let name = |region: usize| scenario.regions[region].name.as_str();
        let mut found = Vec::new();
        for source in scenario.data.sources(name(scenario.gap.lead), name(scenario.gap.follow)) {
            let changes = self.changes.with_source(&source.name);
            let Some(mut loaded) = changes.load_quietly(&self.scenario, terminal) else {
                return Err(Outcome::Invalid);
            };
            loaded.scenario.name.clone_from(&scenario.name);
            let settings = self.sampler(scenario).lay_out(&mut [&mut loaded.scenario], settings).map_err(|why| {
                terminal.error(&why);
                Outcome::Usage
            })?;
            let summary = self.simulate(&loaded.scenario, settings);
            found.push(BySource { source, scenario: loaded.scenario, summary });
        }
        Ok(found)
    }

    /// The first paths of the run, which are those of a short run with the same seed.
    fn kept_paths(&self, scenario: &Scenario, settings: Settings) -> Option<Vec<KeptPath>> {
        let drawn = self.hairlines.map(|count| u64::from(count).next_multiple_of(2));
        let paths = self.keep_paths.max(drawn)?.min(settings.paths);
        let mut keeper = PathKeeper::new(scenario);
        engine::simulate(&Plan::new(scenario), Settings { paths, ..settings }, &mut keeper, &|_| {});
        Some(keeper.paths())
    }

    /// Which metrics are counted.
    fn metrics(&self) -> Metrics {
        if self.metrics.is_empty() {
            return Metrics::default();
        }
        self.metrics.iter().fold(Metrics::OF_THE_HEADLINE, |metrics, metric| metrics.with(*metric))
    }

    /// Whether the run holds all that charts and a report show.
    pub fn counts_every_metric(&self) -> bool {
        self.metrics.is_empty()
    }

    fn sampler(&self, scenario: &Scenario) -> Sampler {
        Sampler::of(self.sampler, scenario)
    }

    /// The command that makes this run again: file names only, and no flag that changes no number.
    fn command(&self, scenario: &Scenario, settings: Settings) -> String {
        let mut command = format!("aigap simulate {}", quoted(&file_name(&self.scenario)));
        if let Some(precision) = self.precision {
            command += &format!(" --precision {}", wording::stated_precision(precision));
        }
        if self.paths.is_some() || (self.precision.is_none() && scenario.run.paths.is_some()) {
            command += &format!(" --paths {}", settings.paths);
        }
        command += &format!(" --seed {}", settings.seed);
        command += self.sampler(scenario).command();
        if self.exact {
            command += " --exact";
        }
        if !self.metrics.is_empty() {
            let names: Vec<&str> = self.metrics.iter().map(|metric| metric.name()).collect();
            command += &format!(" --metrics {}", names.join(","));
        }
        if self.no_charts {
            command += " --no-charts";
        }
        if let Some(paths) = self.keep_paths {
            command += &format!(" --keep-paths {paths}");
        }
        if let Some(count) = self.hairlines {
            command += &format!(" --hairlines {count}");
        }
        command + &self.look.command() + &self.changes.command()
    }

    /// What to do next: hold it against what it extends, or against a shipped what-if.
    fn next(&self) -> String {
        let this = self.scenario.display();
        let folder = self.scenario.parent().unwrap_or(std::path::Path::new(""));
        let (base, push) = (folder.join("base.toml"), folder.join("china-state-push.toml"));
        if self.scenario.file_name() == base.file_name() && push.exists() {
            format!("Next: aigap compare {this} {}", push.display())
        } else if base.exists() && self.scenario != base {
            format!("Next: aigap compare {} {this}", base.display())
        } else {
            format!("Next: aigap params {this}")
        }
    }

    fn tell(&self, scenario: &Scenario, summary: &Summary, folder: &std::path::Path, terminal: &Terminal) {
        if self.json {
            terminal.answer(&as_json(scenario, summary, folder));
        } else if !self.quiet {
            let charts = if self.no_charts { "" } else { "  charts/gap.png" };
            let error = wording::Outlook::new(scenario, summary).map_or_else(String::new, |outlook| {
                // Two standard errors of the share that the headline states, in points.
                format!(", ±{} points", wording::significant(196.0 * outlook.wider_as_ratio.estimate().error, 1))
            });
            let paths = wording::paths(summary.paths);
            let sampler = if scenario.points.is_some() { " (Sobol’)" } else { "" };
            let exact = if summary.exact { ", exact quantiles" } else { "" };
            let written = format!("{}/  summary.md  fan.csv{charts}  {paths}{sampler}{exact}{error}", folder.display());
            let next = self.next();
            let wanted = match self.picture {
                Picture::Auto => std::io::IsTerminal::is_terminal(&std::io::stdout()),
                Picture::Always => true,
                Picture::Never => false,
            };
            let drawn = terminal_picture::picture(scenario, summary, terminal.colours_answers());
            let mut told = story::story(scenario, summary, &[written, next]);
            if let Some(picture) = drawn.filter(|_| wanted) {
                // Behind the headline, which stays the first thing to read.
                told = told.replacen("\n\n", &format!("\n\n{picture}\n"), 1);
            }
            terminal.answer(&told);
        }
    }
}
