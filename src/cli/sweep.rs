//! `aigap sweep`: how the answer moves along one input, or over two.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::study::{Along, Change, Findings, Question, Recipe, Sweep, Swept};
use crate::wording;

use super::Outcome;
use super::next;
use super::numbers::{json_whole, precision};
use super::print::Terminal;
use super::run_flags::RunFlags;

/// Flags of `aigap sweep`.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "Examples:
  aigap sweep scenarios/base.toml --over us.deal-size.growth=-10%:30%:9
  aigap sweep scenarios/base.toml --over china.deals.growth=-5%:20%:6 --over us.deals.growth=-5%:20%:6 \\
      --of \"P(ratio in 2030 < half of 2023)\"")]
pub(super) struct Arguments {
    /// Scenario file.
    #[arg(value_name = "SCENARIO")]
    scenario: PathBuf,
    /// An input with its values, once or twice: us.deals.growth=-10%:30%:9 for nine values, or us.deals.growth={0%, 5%}. The
    /// input is moved with its spread; with ":fixed" behind it, it is held certain.
    #[arg(long, value_name = "ADDRESS=FROM:TO:N", required = true)]
    over: Vec<String>,
    /// What is asked in each cell (repeatable), at no further simulation; the median ratio and the median gap of the last year
    /// if not given.
    #[arg(long, value_name = "TARGET")]
    of: Vec<String>,
    /// Double the paths of all cells from 4,096 on until the 95% simulation error of each is below this: ±1% of ratios and amounts,
    /// ±1 point of chances and shares. With --paths, the most that a cell takes.
    #[arg(long, value_name = "PERCENT", value_parser = precision)]
    precision: Option<f64>,
    #[command(flatten)]
    run: RunFlags,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Outcome, Outcome> {
    if arguments.over.len() > 2 {
        terminal.error("--over is given more than twice: a map has two inputs");
        return Err(Outcome::Usage);
    }
    let recipe = arguments.recipe();
    let (findings, folder) = arguments.run.answer(&recipe, terminal)?;
    // A recipe to sweep is answered by a sweep.
    let Findings::Swept(found) = &findings else { return Ok(Outcome::Done) };
    arguments.tell(&recipe, found, &folder, terminal);
    Ok(verdict(found, terminal))
}

/// Whether the precision that was asked for is reached.
fn verdict(found: &Swept, terminal: &Terminal) -> Outcome {
    let Some(precision) = found.precision.filter(|it| !it.is_met()) else { return Outcome::Done };
    terminal.error(&format!(
        "a precision of {} is not reached with {} a cell. The sweep is written; give --paths a higher limit",
        wording::stated_precision(precision.asked),
        wording::paths(found.settings.paths),
    ));
    Outcome::NotMet
}

impl Arguments {
    /// What is asked, of what, and how; a random seed is chosen here.
    pub(crate) fn recipe(&self) -> Recipe {
        let (scenario, over, of) = (self.scenario.clone(), self.over.clone(), self.of.clone());
        self.run.recipe(Question::Sweep(Sweep { scenario, over, of, precision: self.precision }))
    }

    fn tell(&self, recipe: &Recipe, found: &Swept, folder: &Path, terminal: &Terminal) {
        if self.run.answer.json {
            return terminal.answer(&as_json(found, &folder.display().to_string()));
        }
        if self.run.answer.quiet {
            return;
        }
        let charts = if self.run.answer.no_charts { "" } else { "  charts/" };
        let written = format!("{}/  summary.md  sweep.csv  break_even.csv{charts}", folder.display());
        terminal.answer(&wording::sweep_story(found, &[written, next::lines(&self.next(recipe, found))]));
    }

    /// What to do next: seek the value at which the target tips, to more digits than a grid has; or ask what matters most.
    fn next(&self, recipe: &Recipe, found: &Swept) -> Vec<String> {
        let crossed = !found.targets.is_empty() && found.tips(0, found.told_row(0)).is_some();
        let change = found.along.iter().map(|it| Change {
            address: it.varied.address.clone(),
            // Where it tips within the grid, that is where to look for it.
            between: crossed.then(|| between(found, it)),
            fixed: it.varied.fixed && !found.scenario.assumptions()[it.varied.id].law().is_fixed(),
        });
        let change: Vec<Change> = change.collect();
        let tipping = (!found.targets.is_empty()).then(|| wording::tipping_goal(found, 0)).flatten();
        let sought = tipping.map(|goal| next::seek(recipe, &self.scenario, &goal, change));
        let target = found.targets.first().map(|target| target.text.as_str());
        sought.into_iter().chain([next::sensitivity(recipe, &self.scenario, target)]).collect()
    }
}

/// The first and the last value of an input, as `--between` takes them.
fn between(found: &Swept, along: &Along) -> String {
    let ends = [along.values.first(), along.values.last()].map(|value| {
        let written = value.map_or_else(String::new, |value| along.varied.as_written(&found.scenario, *value));
        wording::for_a_shell(written.trim_matches('"'))
    });
    ends.join(":")
}

/// The sweep for programs.
fn as_json(found: &Swept, folder: &str) -> String {
    let along: Vec<Value> = found
        .along
        .iter()
        .map(|it| {
            let input = &it.varied;
            let values: Vec<f64> = it.values.iter().map(|value| input.in_unit(&found.scenario, *value).0).collect();
            json!({ "input": it.varied.address, "unit": input.in_unit(&found.scenario, 0.0).1, "values": values })
        })
        .collect();
    let targets: Vec<Value> = found
        .targets
        .iter()
        .enumerate()
        .map(|(place, target)| {
            let rows = found.cells[place].iter();
            let cells: Vec<Vec<Option<f64>>> =
                rows.map(|row| row.iter().map(|cell| cell.map(|it| it.value)).collect()).collect();
            let crosses: Vec<Option<f64>> = (0..found.cells[place].len()).map(|row| found.tips(place, row)).collect();
            let between: Vec<Option<[f64; 2]>> =
                (0..found.cells[place].len()).map(|row| found.tips_between(place, row).map(|(a, b)| [a, b])).collect();
            json!({
                "target": target.text,
                "cells": cells,
                "level": found.level(target),
                "crosses_at": crosses,
                "crosses_between": between,
            })
        })
        .collect();
    let whole = json!({
        "scenario": found.scenario.name(),
        "over": along,
        "targets": targets,
        "paths": found.settings.paths,
        "precision": found.precision.map(|it| json!({ "asked": it.asked, "reached": it.reached() })),
        "seed": json_whole(found.settings.seed),
        "folder": folder,
    });
    format!("{whole:#}\n")
}
