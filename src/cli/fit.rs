//! `aigap fit`: what a history of figures teaches of growth, and the scenario that goes on from it.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::store::write_whole;
use crate::study::{Findings, Fit, FitAsked, Look, Prior, Question, Recipe};
use crate::wording;

use super::Outcome;
use super::answer_flags::AnswerFlags;
use super::next;
use super::numbers::{Seed, json_whole, seed};
use super::outputs;
use super::print::Terminal;
use super::steps;

/// How much a fit trusts the growth that it has seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum PriorFlag {
    /// A trend may well go on.
    Trend,
    /// Past growth says little of the next years.
    Shrunk,
    /// Both with equal weight.
    #[default]
    Pooled,
}

impl From<PriorFlag> for Prior {
    fn from(flag: PriorFlag) -> Self {
        match flag {
            PriorFlag::Trend => Self::Trend,
            PriorFlag::Shrunk => Self::Shrunk,
            PriorFlag::Pooled => Self::Pooled,
        }
    }
}

/// Flags of `aigap fit`.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "Examples:
  aigap fit ai-index-2022
  aigap fit my-figures.csv --regions us,china --until 2019 -o fitted.toml

It takes at least 6 years of funding in one edition; two years teach nothing of growth.")]
pub(super) struct Arguments {
    /// A built-in data set (aigap facts --list), or a CSV of one's own.
    #[arg(value_name = "DATA")]
    data: PathBuf,
    /// The regions whose funding is learned from, the lead first; one or two.
    #[arg(long, value_name = "NAMES", value_delimiter = ',', default_value = "us,china")]
    regions: Vec<String>,
    /// Last year that is learned from; the last of the figures if not given.
    #[arg(long, value_name = "YEAR")]
    until: Option<i32>,
    /// How far past growth is trusted: trend, shrunk, or pooled, which is both.
    #[arg(long, value_enum, value_name = "NAME", default_value = "pooled", hide_possible_values = true)]
    prior: PriorFlag,
    /// Write the scenario here too, with its draws beside it.
    #[arg(short, long, value_name = "FITTED.toml")]
    output: Option<PathBuf>,
    /// Replace an earlier answer although its files were changed since.
    #[arg(long)]
    force: bool,
    /// Seed of the draws.
    #[arg(long, value_name = "N", value_parser = seed)]
    seed: Option<Seed>,
    #[command(flatten)]
    answer: AnswerFlags,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Outcome, Outcome> {
    if let Some(path) = &arguments.output {
        outputs::ends_in(path, "toml", terminal)?;
        outputs::are_free(&[path, &draws_of(path)], &[&arguments.data], arguments.force, terminal)?;
    }
    let recipe = arguments.recipe();
    let prepared = steps::prepare(&recipe, arguments.seed, terminal)?;
    let (findings, folder) = arguments.answer.write(&prepared, arguments.force, terminal)?;
    if let Findings::Fitted(fit) = &findings {
        arguments.write(&recipe, fit, terminal)?;
        arguments.tell(fit, &folder, terminal);
    }
    Ok(Outcome::Done)
}

/// The file of draws beside a fitted scenario.
fn draws_of(scenario: &Path) -> PathBuf {
    let stem = scenario.file_stem().map_or_else(|| "fitted".into(), |stem| stem.to_string_lossy());
    scenario.with_file_name(format!("{stem}-draws.csv"))
}

impl Arguments {
    /// What is asked, of what, and how.
    pub(crate) fn recipe(&self) -> Recipe {
        let regions = self.regions.iter().map(|name| name.trim().to_owned()).collect();
        let question = FitAsked { data: self.data.clone(), regions, until: self.until, prior: self.prior.into() };
        Recipe {
            question: Question::Fit(question),
            changes: Default::default(),
            paths: None,
            seed: self.seed.map(Seed::number),
            sampler: None,
            look: self.answer.look(None),
        }
    }

    /// Writes the scenario and its draws where the user asked for them.
    fn write(&self, recipe: &Recipe, fit: &Fit, terminal: &Terminal) -> Result<(), Outcome> {
        let Some(path) = &self.output else { return Ok(()) };
        let draws = draws_of(path);
        let name = draws.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let found_by = wording::command(&Recipe { look: Look::default(), ..recipe.clone() });
        let Some(text) = fit.scenario_toml(&self.data_seen_from(path), &name, &found_by) else {
            terminal
                .remark(&format!("{} is not written: a scenario has two sides, and one was fitted", path.display()));
            return Ok(());
        };
        for (target, text) in [(&draws, fit.draws_csv()), (path, text)] {
            write_whole(target, text.as_bytes()).map_err(|error| {
                terminal.error(&format!("cannot write {}: {error}", target.display()));
                Outcome::CouldNot
            })?;
        }
        Ok(())
    }

    /// How a scenario at a path names the data: a built-in set by its name, a file from where the scenario stands.
    fn data_seen_from(&self, scenario: &Path) -> String {
        let text = self.data.to_string_lossy().into_owned();
        let folder = |path: &Path| path.parent().map(Path::to_owned).unwrap_or_default();
        if crate::data::BuiltIn::named(&text).is_some() || folder(scenario).as_os_str().is_empty() {
            return text;
        }
        match folder(scenario) == folder(&self.data) {
            true => self.data.file_name().map_or(text, |name| name.to_string_lossy().into_owned()),
            false => std::path::absolute(&self.data).map_or(text, |path| path.display().to_string()),
        }
    }

    fn tell(&self, fit: &Fit, folder: &Path, terminal: &Terminal) {
        if self.answer.json {
            return terminal.answer(&as_json(fit, &folder.display().to_string()));
        }
        if self.answer.quiet {
            return;
        }
        let charts = if self.answer.no_charts { "" } else { "  charts/fit.png" };
        let both = fit.history.regions.len() == 2;
        let files = if both { "  fitted.toml" } else { "" };
        let mut closing = vec![format!("{}/  summary.md  fit.csv  fit_ahead.csv{files}{charts}", folder.display())];
        let fitted = self.output.clone().unwrap_or_else(|| folder.join("fitted.toml"));
        let data = wording::quoted(&self.data.to_string_lossy());
        let back_test = format!("aigap backtest {data} --regions {}", self.regions.join(","));
        let next = match both {
            true => vec![format!("aigap simulate {}", wording::quoted(&fitted.to_string_lossy())), back_test],
            false => vec![back_test],
        };
        closing.push(next::lines(&next));
        terminal.answer(&wording::fit_story(fit, &closing));
    }
}

/// The answer for programs.
fn as_json(fit: &Fit, folder: &str) -> String {
    let parameters: Vec<Value> = fit
        .parameters
        .iter()
        .map(|it| {
            json!({
                "parameter": it.address, "unit": it.unit, "prior": it.prior, "posterior": it.posterior,
                "shrunk": it.shrunk(), "hardly_moved": it.is_hardly_moved(),
            })
        })
        .collect();
    let ahead: Vec<Value> = fit
        .ahead
        .iter()
        .map(|it| json!({ "of": it.of, "year": it.year, "horizon": it.horizon, "quantiles": it.quantiles }))
        .collect();
    let whole = json!({
        "data": fit.scenario.data().name,
        "regions": fit.history.regions,
        "years": fit.history.years,
        "prior": fit.prior.name(),
        "parameters": parameters,
        "levels": crate::summary::LEVELS,
        "ahead": ahead,
        "draws": fit.rows.len(),
        "seed": json_whole(fit.settings.seed),
        "folder": folder,
    });
    format!("{whole:#}\n")
}
