//! `aigap sensitivity`: which input matters most.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::study::{Answered, By, Findings, Interval, Question, Recipe, Sensitive, Sensitivity, SensitivityMethod};
use crate::table::sensitivity::player_name;
use crate::wording;

use super::Outcome;
use super::next;
use super::numbers::json_whole;
use super::print::Terminal;
use super::run_flags::RunFlags;

/// Flags of `aigap sensitivity`.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "Examples:
  aigap sensitivity scenarios/base.toml
  aigap sensitivity scenarios/base.toml --of \"P(ratio in 2030 < half of 2023)\" --also us.deals.volatility=15%:30%
  aigap sensitivity scenarios/base.toml --method shapley")]
pub(super) struct Arguments {
    /// Scenario file.
    #[arg(value_name = "SCENARIO")]
    scenario: PathBuf,
    /// What is asked of (repeatable): a median, a quantile, a mean, a chance; for sobol and shapley the value of a path. The
    /// median ratio and the median gap of the last year if not given.
    #[arg(long, value_name = "TARGET")]
    of: Vec<String>,
    /// tornado: one input at a time; sobol: shares of the variance alone and with the others; shapley: shares that add up.
    #[arg(long, value_name = "NAME", default_value = "tornado", value_parser = method, hide_default_value = true)]
    method: SensitivityMethod,
    /// What the shares of sobol and shapley are of: input, group (the inputs of a region, of an event) or layer of chance.
    #[arg(long, value_name = "WHAT", default_value = "input", value_parser = by, hide_default_value = true)]
    by: By,
    /// A range for an input that the scenario holds to be certain (repeatable): us.deals.volatility=15%:30%.
    #[arg(long, value_name = "ADDRESS=LOW:HIGH")]
    also: Vec<String>,
    #[command(flatten)]
    run: RunFlags,
}

fn method(text: &str) -> Result<SensitivityMethod, String> {
    let found = SensitivityMethod::ALL.into_iter().find(|method| method.name() == text);
    found.ok_or_else(|| "write tornado, sobol or shapley".to_owned())
}

fn by(text: &str) -> Result<By, String> {
    By::ALL.into_iter().find(|by| by.name() == text).ok_or_else(|| "write input, group or layer".to_owned())
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Outcome, Outcome> {
    if arguments.method == SensitivityMethod::Tornado && arguments.by != By::Input {
        terminal.error("--by divides a variance: give --method sobol or --method shapley with it, or leave it out");
        return Err(Outcome::Usage);
    }
    let recipe = arguments.recipe();
    let (findings, folder) = arguments.run.answer(&recipe, terminal)?;
    if let Findings::Sensitive(found) = &findings {
        arguments.tell(&recipe, found, &folder, terminal);
    }
    Ok(Outcome::Done)
}

impl Arguments {
    /// What is asked, of what, and how; a random seed is chosen here.
    pub(crate) fn recipe(&self) -> Recipe {
        let (of, also) = (self.of.clone(), self.also.clone());
        let question = Sensitivity { scenario: self.scenario.clone(), of, method: self.method, by: self.by, also };
        self.run.recipe(Question::Sensitivity(question))
    }

    fn tell(&self, recipe: &Recipe, found: &Sensitive, folder: &Path, terminal: &Terminal) {
        if self.run.answer.json {
            return terminal.answer(&as_json(found, &folder.display().to_string()));
        }
        if self.run.answer.quiet {
            return;
        }
        let chart = if found.method == SensitivityMethod::Tornado { "charts/tornado.png" } else { "charts/shares.png" };
        // A target that nothing moves, or that is infinite, has no chart.
        let drawn = !self.run.answer.no_charts && folder.join(chart).exists();
        let charts = if drawn { format!("  {chart}") } else { String::new() };
        let written = format!("{}/  summary.md  sensitivity.csv{charts}", folder.display());
        terminal.answer(&wording::sensitivity_story(found, &[written, next::lines(&self.next(recipe, found))]));
    }

    /// What to do next: seek what it takes of the input that matters most, and go along it.
    fn next(&self, recipe: &Recipe, found: &Sensitive) -> Vec<String> {
        let scenario = self.scenario.as_path();
        let (Some(target), Some(Answered::Tornado(tornado))) = (found.targets.first(), found.answers.first()) else {
            let of = self.of.first().map(String::as_str);
            return vec![next::sensitivity(recipe, scenario, of)];
        };
        let Some(swing) = tornado.swings.first() else {
            return vec![next::seek(recipe, scenario, &wording::half_as_wide(&found.scenario), Vec::new())];
        };
        let input = &found.scenario.assumptions()[swing.varied.id];
        let range = wording::round_range(input, (swing.inputs[0], swing.inputs[4]));
        let over = format!("{}={range}:9", swing.varied.address);
        let goal =
            if target.is_share() { format!("{} >= 50%", target.text) } else { wording::half_as_wide(&found.scenario) };
        // What moves another number than the ratio need not move the ratio.
        let sought = (target.is_share() || self.of.is_empty())
            .then(|| next::seek(recipe, scenario, &goal, next::change(&[&swing.varied.address])));
        sought.into_iter().chain([next::sweep(recipe, scenario, over, &target.text)]).collect()
    }
}

/// The answer for programs.
fn as_json(found: &Sensitive, folder: &str) -> String {
    let answers: Vec<Value> = found
        .targets
        .iter()
        .zip(&found.answers)
        .map(|(target, answer)| {
            let of = match answer {
                Answered::Tornado(it) => json!({
                    "baseline": it.baseline.value,
                    "luck": it.luck.map(interval),
                    "explained": it.explained,
                    "inputs": it.swings.iter().map(|swing| {
                        let input = &found.scenario.assumptions()[swing.varied.id];
                        json!({
                            "input": swing.varied.address,
                            "unit": input.in_unit(0.0).1,
                            "values": swing.inputs.map(|value| input.in_unit(value).0),
                            "outputs": swing.outputs.map(|it| it.value),
                            "monotone": swing.is_monotone(),
                        })
                    }).collect::<Vec<Value>>(),
                    "no_effect": it.still.iter().map(|it| &it.address).collect::<Vec<_>>(),
                }),
                Answered::Shares(it) => json!({
                    "variance": it.variance,
                    "n_undefined": it.undefined,
                    "parts": it.players.iter().map(|player| json!({
                        "part": player_name(player),
                        "inputs": player.addresses,
                        "share": interval(player.share),
                        "total": player.total.map(interval),
                    })).collect::<Vec<Value>>(),
                }),
            };
            json!({ "target": target.text, "answer": of })
        })
        .collect();
    let whole = json!({
        "scenario": found.scenario.name(),
        "method": found.method.name(),
        "targets": answers,
        "held_fixed": found.held,
        "paths": found.settings.paths,
        "seed": json_whole(found.settings.seed),
        "folder": folder,
    });
    format!("{whole:#}\n")
}

fn interval(it: Interval) -> Value {
    json!({ "value": it.value, "interval": it.ends.map(|(low, high)| [low, high]) })
}
