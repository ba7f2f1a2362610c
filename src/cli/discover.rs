//! `aigap discover`: what the futures have in common in which a condition holds.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::study::{Discover, Discovered, Findings, Judged, Question, RESAMPLES, Recipe, Varied};
use crate::summary::Sampled;
use crate::table::discover::condition;
use crate::wording;

use super::Outcome;
use super::next;
use super::numbers::{json_whole, whole};
use super::print::Terminal;
use super::run_flags::RunFlags;

/// Flags of `aigap discover`.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "Examples:
  aigap discover scenarios/base.toml --where \"ratio in 2030 < half of 2023\"
  aigap discover scenarios/china-state-push.toml --where \"ratio in some year < 1\" --keep 20")]
pub(super) struct Arguments {
    /// Scenario file.
    #[arg(value_name = "SCENARIO")]
    scenario: PathBuf,
    /// What holds in the futures that are asked about: a metric held against a number in a year, or a question of the scenario.
    #[arg(long = "where", value_name = "CONDITION")]
    condition: String,
    /// Show another box of the trajectory: 0 is everything, later ones have fewer paths of which more are cases.
    #[arg(long, value_name = "N", value_parser = whole::<usize>(0..=Discover::MOST_BOXES))]
    of_box: Option<usize>,
    /// Write the first N paths of the box one by one, to read what happens on them; at most 1000.
    #[arg(long, value_name = "N", value_parser = whole::<u64>(1..=Discover::MOST_KEPT))]
    keep: Option<u64>,
    #[command(flatten)]
    run: RunFlags,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Outcome, Outcome> {
    let recipe = arguments.recipe();
    let (findings, folder) = arguments.run.answer(&recipe, terminal)?;
    if let Findings::Discovered(found) = &findings {
        arguments.tell(&recipe, found, &folder, terminal);
    }
    Ok(Outcome::Done)
}

impl Arguments {
    /// What is asked, of what, and how; a random seed is chosen here.
    pub(crate) fn recipe(&self) -> Recipe {
        let (scenario, condition) = (self.scenario.clone(), self.condition.clone());
        let question = Discover { scenario, condition, of_box: self.of_box, keep: self.keep };
        self.run.recipe(Question::Discover(question))
    }

    fn tell(&self, recipe: &Recipe, found: &Discovered, folder: &Path, terminal: &Terminal) {
        if self.run.answer.json {
            return terminal.answer(&as_json(found, &folder.display().to_string()));
        }
        if self.run.answer.quiet {
            return;
        }
        // All futures have no rule to draw.
        let charts = match (self.run.answer.no_charts, found.shown_box().rule.is_empty()) {
            (true, _) => "",
            (false, true) => "  charts/trajectory.png",
            (false, false) => "  charts/box.png",
        };
        let kept = if found.kept.is_empty() { "" } else { "  paths.csv" };
        let written = format!("{}/  summary.md  boxes.csv{kept}{charts}", folder.display());
        terminal.answer(&wording::discover_story(found, &[written, next::lines(&[self.next(recipe, found)])]));
    }

    /// What to do next: seek what it takes of the first assumption of the rule that can be varied, which a rule does not say; without
    /// one, ask which input matters most.
    fn next(&self, recipe: &Recipe, found: &Discovered) -> String {
        let scenario = self.scenario.as_path();
        let assumption = found.shown_box().rule.iter().find_map(|it| match found.inputs[it.input].sampled {
            Sampled::Assumption(_) => Some(found.inputs[it.input].address.as_str()),
            _ => None,
        });
        let asked = &found.target.text;
        match assumption.filter(|address| Varied::of(&found.scenario, address, false).is_ok()) {
            Some(address) => next::seek(recipe, scenario, &format!("{asked} >= 50%"), next::change(&[address])),
            None => next::sensitivity(recipe, scenario, Some(asked)),
        }
    }
}

/// The answer for programs.
fn as_json(found: &Discovered, folder: &str) -> String {
    let boxes: Vec<Value> = found
        .boxes
        .iter()
        .enumerate()
        .map(|(place, it)| {
            let rule: Vec<Value> = it
                .rule
                .iter()
                .map(|one| {
                    let input = &found.inputs[one.input];
                    json!({
                        "input": input.address,
                        "unit": input.unit,
                        "low": one.limits[0],
                        "high": one.limits[1],
                        "qp_low": one.quasi_p[0],
                        "qp_high": one.quasi_p[1],
                        "reproduced": one.reproduced,
                    })
                })
                .collect();
            json!({
                "box": place,
                "step": it.step.name(),
                "rule": rule,
                "held_out": worth(&it.held_out),
                "found": worth(&it.found),
                "reproduced": it.reproduced,
            })
        })
        .collect();
    let whole = json!({
        "scenario": found.scenario.name(),
        "where": condition(found),
        "looked_at": found.looked_at.rows,
        "cases": found.looked_at.cases,
        "luck": found.luck,
        "shown": found.shown,
        "chosen": found.chosen,
        "resamples": RESAMPLES,
        "boxes": boxes,
        "kept_paths": found.kept.iter().map(|it| it.path).collect::<Vec<u64>>(),
        "paths": found.settings.paths,
        "seed": json_whole(found.settings.seed),
        "folder": folder,
    });
    format!("{whole:#}\n")
}

fn worth(it: &Judged) -> Value {
    let number = |value: f64| value.is_finite().then_some(value);
    json!({
        "coverage": number(it.coverage()),
        "density": number(it.density()),
        "mass": number(it.mass()),
        "base_rate": number(it.base_rate()),
    })
}
