//! `aigap simulate`: the main job.

mod json;

use std::path::{Path, PathBuf};

use crate::chart::terminal_picture;
use crate::diagnostic::did_you_mean;
use crate::metric::Metric;
use crate::study::{Findings, Inputs, Question, Recipe, Run, Simulate};
use crate::wording;

use super::next;
use super::numbers::{paths, precision, whole};
use super::outcome::Outcome;
use super::print::Terminal;
use super::run_flags::RunFlags;
use json::as_json;

/// Flags of `aigap simulate`.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Arguments {
    /// Scenario file.
    #[arg(value_name = "SCENARIO")]
    scenario: PathBuf,
    /// Double the paths from 4,096 on until the 95% simulation error at the horizon is below this: ±1% of the median
    /// ratio and of the median gap, ±1 point of the shares of paths with a wider gap.
    #[arg(long, value_name = "PERCENT", value_parser = precision)]
    precision: Option<f64>,
    /// Quantiles as exact order statistics of all paths, by looking at them again; memory does not grow.
    #[arg(long)]
    exact: bool,
    /// Count only these metrics (see aigap metrics) beside funding, gap, ratio and log-ratio: a large run without charts
    /// takes less time.
    #[arg(long, value_name = "LIST", value_parser = metric, value_delimiter = ',', requires = "no_charts")]
    metrics: Vec<Metric>,
    /// Write the first N paths, one by one, with their assumptions.
    #[arg(long, value_name = "N", value_parser = kept)]
    keep_paths: Option<u64>,
    /// Draw N single simulated paths as thin lines over the fans; they are kept as by --keep-paths.
    #[arg(long, value_name = "N", value_parser = whole::<u16>(1..=100))]
    hairlines: Option<u16>,
    /// Fail if the projection breaks a check that must hold.
    #[arg(long)]
    strict: bool,
    /// Print a small picture of the ratio with the story.
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    picture: Picture,
    #[command(flatten)]
    run: RunFlags,
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

fn kept(text: &str) -> Result<u64, String> {
    let number = paths(text)?;
    if number > Simulate::MOST_KEPT {
        return Err(format!("at most {}: each path is a page of its own", wording::count(Simulate::MOST_KEPT as f64)));
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

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Outcome, Outcome> {
    let recipe = arguments.recipe();
    let (findings, folder) = arguments.run.answer(&recipe, terminal)?;
    // A recipe to simulate is answered by a run.
    let Findings::Run(run) = &findings else { return Ok(Outcome::Done) };
    arguments.tell(&recipe, run, &folder, terminal);
    Ok(arguments.verdict(run, terminal))
}

impl Arguments {
    /// What is asked, of what, and how; a random seed is chosen here.
    pub(crate) fn recipe(&self) -> Recipe {
        let question = Simulate {
            scenario: self.scenario.clone(),
            precision: self.precision,
            exact: self.exact,
            metrics: self.metrics.clone(),
            keep_paths: self.keep_paths,
        };
        self.run.recipe_with_paths_drawn(Question::Simulate(question), self.hairlines)
    }

    /// Whether what was asked for holds of the run.
    fn verdict(&self, run: &Run, terminal: &Terminal) -> Outcome {
        let Run { scenario, summary, .. } = run;
        if self.strict && wording::is_implausible(scenario, summary) {
            terminal.error("the projection breaks a check that must hold; checks.csv has the shares of paths");
            return Outcome::NotMet;
        }
        let Some(precision) = summary.precision.filter(|it| !it.is_met()) else { return Outcome::Done };
        terminal.error(&format!(
            "a precision of {} is not reached: {} leave ±{}%. The run is written; give --paths a higher limit than {}",
            wording::stated_precision(precision.asked),
            wording::paths(summary.paths),
            wording::significant(100.0 * precision.reached(), 2),
            wording::count(summary.paths as f64)
        ));
        Outcome::NotMet
    }

    /// What to do next: seek what the run leaves open, and hold it against what it extends or against a shipped what-if.
    fn next(&self, recipe: &Recipe, run: &Run) -> String {
        let this = self.scenario.as_path();
        let folder = this.parent().unwrap_or(Path::new(""));
        let (base, push) = (folder.join("base.toml"), folder.join("china-state-push.toml"));
        let goal = wording::open_goal(&run.scenario, &run.summary);
        let sought = goal.map(|goal| next::seek(recipe, this, &goal, Vec::new()));
        let other = if this.file_name() == base.file_name() && push.exists() {
            next::compare(recipe, this, &push)
        } else if base.exists() && this != base && are_comparable(&base, this) {
            next::compare(recipe, &base, this)
        } else {
            next::params(this)
        };
        next::lines(&sought.into_iter().chain([other]).collect::<Vec<_>>())
    }

    fn tell(&self, recipe: &Recipe, run: &Run, folder: &Path, terminal: &Terminal) {
        let Run { scenario, summary, .. } = run;
        if self.run.answer.json {
            return terminal.answer(&as_json(scenario, summary, folder));
        }
        if self.run.answer.quiet {
            return;
        }
        let wanted = match self.picture {
            Picture::Auto => std::io::IsTerminal::is_terminal(&std::io::stdout()),
            Picture::Always => true,
            Picture::Never => false,
        };
        let drawn = terminal_picture::picture(scenario, summary, terminal.colours_answers());
        let others = run.by_source.iter().map(|it| (it.source.name.as_str(), &it.scenario, &it.summary));
        let mut closing: Vec<String> = wording::by_source(others).into_iter().collect();
        closing.extend([self.written(run, folder), self.next(recipe, run)]);
        let mut told = wording::story(scenario, summary, &closing);
        if let Some(picture) = drawn.filter(|_| wanted) {
            // Behind the headline, which stays the first thing to read.
            told = told.replacen("\n\n", &format!("\n\n{picture}\n"), 1);
        }
        terminal.answer(&told);
    }

    /// Where the files are, and how many paths stand behind them.
    fn written(&self, run: &Run, folder: &Path) -> String {
        let Run { scenario, summary, .. } = run;
        let first = if self.run.answer.no_charts { "fan.csv" } else { "charts/gap.png" };
        let error = wording::Outlook::new(scenario, summary)
            .map_or_else(String::new, |outlook| format!(", shares ±{} points", outlook.error_of_shares()));
        let paths = wording::paths(summary.paths);
        let sampler = if summary.on_points { " (Sobol’)" } else { "" };
        let exact = if summary.exact { ", exact quantiles" } else { "" };
        format!("{}/  summary.md  {first}  {paths}{sampler}{exact}{error}", folder.display())
    }
}

/// Whether two scenarios can be held against each other year by year: a command that is refused is none to type next.
fn are_comparable(base: &Path, what_if: &Path) -> bool {
    let recipe = Recipe::compare([base, what_if]);
    Inputs::read(&recipe, &crate::store::read).is_ok_and(|inputs| match inputs.scenarios.as_slice() {
        [base, what_if] => base.loaded.scenario.comparable_with(&what_if.loaded.scenario).is_none(),
        _ => false,
    })
}
