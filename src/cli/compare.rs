//! `aigap compare`: what each what-if changes, on the same luck, and which input did it.

use std::path::{Path, PathBuf};

use crate::study::{Attribute, Compare, Comparison, Findings, Look, Question, Recipe};
use crate::wording;

use super::compare_json;
use super::folder;
use super::load;
use super::look;
use super::next;
use super::numbers::{Seed, paths, seed};
use super::outcome::Outcome;
use super::print::Terminal;
use super::sampler::Sampler;
use super::steps;
use super::threads;

/// Flags of `aigap compare`.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Arguments {
    /// The baseline, then the what-ifs: scenario files or folders of runs.
    #[arg(required = true, num_args = 2.., value_name = "BASE WHATIF")]
    scenarios: Vec<PathBuf>,
    /// Folder of the comparison; output/<base>-vs-<what-ifs> if not given.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Replace an earlier run although its files were changed since.
    #[arg(long)]
    force: bool,
    /// Number of simulated futures, even.
    #[arg(long, value_name = "N", value_parser = paths, allow_negative_numbers = true)]
    paths: Option<u64>,
    /// Seed of all random numbers, or "random", which prints the one it chose.
    #[arg(long, value_name = "N", value_parser = seed, allow_negative_numbers = true)]
    seed: Option<Seed>,
    /// Where random numbers come from: addressed, or sobol for points that leave less simulation error.
    #[arg(long, value_enum, value_name = "NAME", hide_possible_values = true)]
    sampler: Option<Sampler>,
    /// Threads; never changes a number.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Say which input did it, however many differ; on by itself for up to six inputs or groups of them.
    #[arg(long, conflicts_with = "no_attribute")]
    attribute: bool,
    /// Do not ask which input did it.
    #[arg(long)]
    no_attribute: bool,
    /// Mix all scenarios, the baseline first, with these weights, which add up to 1: 0.5,0.3,0.2 or 50%,30%,20%.
    #[arg(long, value_name = "W,W,…", value_delimiter = ',', value_parser = weight)]
    weights: Option<Vec<f64>>,
    /// Write tables only.
    #[arg(long)]
    no_charts: bool,
    /// Print the comparison for programs.
    #[arg(long, conflicts_with = "quiet")]
    json: bool,
    /// Print nothing.
    #[arg(long)]
    quiet: bool,
    #[command(flatten)]
    look: look::LookFlags,
    #[command(flatten)]
    changes: load::ScenarioFlags,
}

fn weight(text: &str) -> Result<f64, String> {
    let wrong = |_| "write shares that add up to 1, such as 0.5,0.3,0.2 or 50%,30%,20%".to_owned();
    match text.trim().strip_suffix('%') {
        Some(percent) => percent.trim().parse::<f64>().map(|percent| percent / 100.0).map_err(wrong),
        None => text.trim().parse().map_err(wrong),
    }
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Outcome, Outcome> {
    threads::start(arguments.threads, terminal)?;
    let recipe = arguments.recipe();
    let prepared = steps::prepare(&recipe, arguments.seed, terminal)?;
    let folder = steps::folder_of(arguments.out.as_ref(), &prepared);
    let directory = folder::open(&folder, arguments.force, terminal)?;
    let findings = steps::answer(&prepared, arguments.quiet || arguments.json, terminal)?;
    steps::write(&directory, &prepared, &findings, terminal)?;
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
        Recipe {
            question: Question::Compare(question),
            changes: self.changes.changes(),
            paths: self.paths,
            seed: self.seed.map(Seed::number),
            sampler: self.sampler.map(Into::into),
            look: Look { charts: !self.no_charts, ..self.look.look(None) },
        }
    }

    fn tell(&self, recipe: &Recipe, compared: &Comparison, folder: &Path, terminal: &Terminal) {
        if self.json {
            terminal.answer(&compare_json::json(compared, &folder.display().to_string()));
        } else if !self.quiet {
            let charts = if self.no_charts { "" } else { "  charts/compare.png" };
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
