//! `aigap backtest`: what forecasts from past years would have been worth.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::study::{BackTestAsked, BackTested, Findings, Model, Question, Recipe};
use crate::table::history::better;
use crate::wording;

use super::Outcome;
use super::answer_flags::AnswerFlags;
use super::fit::PriorFlag;
use super::next;
use super::numbers::whole;
use super::print::Terminal;
use super::steps;

/// Flags of `aigap backtest`.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "Examples:
  aigap backtest ai-index-2022
  aigap backtest my-figures.csv --origins 6 --horizons 1,2,3

It takes at least 8 years of funding in one edition: six to learn from, and two to be held against.")]
pub(super) struct Arguments {
    /// A built-in data set (aigap facts --list), or a CSV of one's own.
    #[arg(value_name = "DATA")]
    data: PathBuf,
    /// The regions whose funding is forecast, the lead first; one or two.
    #[arg(long, value_name = "NAMES", value_delimiter = ',', default_value = "us,china")]
    regions: Vec<String>,
    /// From how many past years forecasts are made, at most; the latest ones.
    #[arg(long, value_name = "N", default_value_t = 6, value_parser = whole::<u16>(1..=100))]
    origins: u16,
    /// Years ahead.
    #[arg(long, value_name = "YEARS", value_delimiter = ',', default_value = "1,2,3",
          value_parser = whole::<u16>(1..=20))]
    horizons: Vec<u16>,
    /// How far the fit trusts past growth: trend, shrunk, or pooled, which is both.
    #[arg(long, value_enum, value_name = "NAME", default_value = "pooled", hide_possible_values = true)]
    prior: PriorFlag,
    /// Replace an earlier answer although its files were changed since.
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    answer: AnswerFlags,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Outcome, Outcome> {
    let recipe = arguments.recipe();
    let prepared = steps::prepare(&recipe, None, terminal)?;
    let (findings, folder) = arguments.answer.write(&prepared, arguments.force, terminal)?;
    if let Findings::BackTested(found) = &findings {
        arguments.tell(found, &folder, terminal);
    }
    Ok(Outcome::Done)
}

impl Arguments {
    /// What is asked, of what, and how.
    pub(crate) fn recipe(&self) -> Recipe {
        let regions = self.regions.iter().map(|name| name.trim().to_owned()).collect();
        let mut horizons: Vec<usize> = self.horizons.iter().map(|years| usize::from(*years)).collect();
        horizons.sort_unstable();
        horizons.dedup();
        let (data, origins) = (self.data.clone(), usize::from(self.origins));
        let question = BackTestAsked { data, regions, origins, horizons, prior: self.prior.into() };
        Recipe {
            question: Question::BackTest(question),
            changes: Default::default(),
            paths: None,
            seed: None,
            sampler: None,
            look: self.answer.look(None),
        }
    }

    fn tell(&self, found: &BackTested, folder: &Path, terminal: &Terminal) {
        if self.answer.json {
            return terminal.answer(&as_json(found, &folder.display().to_string()));
        }
        if self.answer.quiet {
            return;
        }
        let charts = if self.answer.no_charts { "" } else { "  charts/back-test.png" };
        let files = format!("{}/  summary.md  models.csv  scores.csv  backtest.csv{charts}", folder.display());
        let fit =
            format!("aigap fit {} --regions {}", wording::quoted(&self.data.to_string_lossy()), self.regions.join(","));
        terminal.answer(&wording::back_test_story(found, &[files, next::lines(&[fit])]));
    }
}

/// The answer for programs.
fn as_json(found: &BackTested, folder: &str) -> String {
    let models: Vec<Value> = Model::ALL
        .into_iter()
        .map(|model| {
            let judged = found.judged(model);
            json!({
                "model": model.name(), "forecasts": judged.forecasts, "inside_50": judged.inside[0],
                "inside_80": judged.inside[1], "inside_95": judged.inside[2], "crps": judged.crps,
                "log_score": judged.log_score, "better_than_drift": better(found, model, Model::Drift),
                "better_than_random_walk": better(found, model, Model::RandomWalk),
            })
        })
        .collect();
    let whole = json!({
        "data": found.scenario.data().name,
        "regions": found.history.regions,
        "origins": found.origins,
        "horizons": found.horizons,
        "prior": found.prior.name(),
        "models": models,
        "folder": folder,
    });
    format!("{whole:#}\n")
}
