//! `aigap compare`: what each what-if changes, on the same luck, and which input did it.

use std::path::{Path, PathBuf};

use crate::study::{Attribute, Compare, Comparison, Findings, Question, Recipe};
use crate::wording;

use super::compare_json;
use super::next;
use super::outcome::Outcome;
use super::print::Terminal;
use super::run_flags::RunFlags;

/// Flags of `aigap compare`.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Arguments {
    /// The baseline, then the what-ifs: scenario files or folders of runs.
    #[arg(required = true, num_args = 2.., value_names = ["BASE", "WHATIF"])]
    scenarios: Vec<PathBuf>,
    /// Say which input did it, however many differ; on by itself for up to six inputs or groups of them.
    #[arg(long, conflicts_with = "no_attribute")]
    attribute: bool,
    /// Do not ask which input did it.
    #[arg(long)]
    no_attribute: bool,
    /// Mix all scenarios, the baseline first, with these weights, which add up to 1: 0.5,0.3,0.2 or 50%,30%,20%.
    #[arg(long, value_name = "W,W,…", value_delimiter = ',', value_parser = weight)]
    weights: Option<Vec<f64>>,
    #[command(flatten)]
    run: RunFlags,
}

fn weight(text: &str) -> Result<f64, String> {
    let wrong = |_| "write shares that add up to 1, such as 0.5,0.3,0.2 or 50%,30%,20%".to_owned();
    match text.trim().strip_suffix('%') {
        Some(percent) => percent.trim().parse::<f64>().map(|percent| percent / 100.0).map_err(wrong),
        None => text.trim().parse().map_err(wrong),
    }
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Outcome, Outcome> {
    let recipe = arguments.recipe();
    let (findings, folder) = arguments.run.answer(&recipe, terminal)?;
    if let Findings::Comparison(compared) = &findings {
        arguments.tell(&recipe, compared, &folder, terminal);
    }
    Ok(Outcome::Done)
}

impl Arguments {
    /// What is asked, of what, and how; a random seed is chosen here.
    pub(crate) fn recipe(&self) -> Recipe {
        let attribution = match (self.attribute, self.no_attribute) {
            (true, _) => Attribute::Always,
            (_, true) => Attribute::Never,
            _ => Attribute::WhereExact,
        };
        let question = Compare { scenarios: self.scenarios.clone(), attribution, weights: self.weights.clone() };
        self.run.recipe(Question::Compare(question))
    }

    fn tell(&self, recipe: &Recipe, compared: &Comparison, folder: &Path, terminal: &Terminal) {
        if self.run.answer.json {
            terminal.answer(&compare_json::json(compared, &folder.display().to_string()));
        } else if !self.run.answer.quiet {
            let charts = if self.run.answer.no_charts { "" } else { "  charts/compare.png" };
            let paths = wording::paths(compared.baseline.summary.paths);
            let written = format!("{}/  summary.md  compare.csv{charts}  {paths} each", folder.display());
            // A stored run is compared as a folder, of which nothing else is asked.
            let base = self.scenarios.first().filter(|path| !path.is_dir());
            let asked = base.map(|base| next::sensitivity(recipe, base, None));
            let next = next::lines(&std::iter::once(next::report(&[folder])).chain(asked).collect::<Vec<_>>());
            terminal.answer(&wording::comparison_story(compared, &[written, next]));
        }
    }
}
