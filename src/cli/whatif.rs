//! `aigap whatif`: a scenario as one page with sliders, which simulates in the reader's browser.

use std::path::{Path, PathBuf};

use crate::report::{WhatIfPage, is_what_if_page, recipe_of_page, what_if_page};
use crate::scenario::{Loaded, Scenario};
use crate::store::write_whole;
use crate::study::{Look, Question, Recipe, Simulate};
use crate::wording;

use super::load;
use super::numbers::{Seed, paths, seed};
use super::outcome::Outcome;
use super::outputs;
use super::print::Terminal;
use super::sampler::Sampler;
use super::steps;
use super::threads;

/// Flags of `aigap whatif`.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Arguments {
    /// Scenario file.
    #[arg(value_name = "SCENARIO")]
    scenario: PathBuf,
    /// The page.
    #[arg(short, long, value_name = "FILE", default_value = "whatif.html")]
    output: PathBuf,
    /// Number of simulated futures once a slider is let go, even.
    #[arg(long, value_name = "N", value_parser = paths)]
    paths: Option<u64>,
    /// Seed of all random numbers, or "random", which prints the one it chose.
    #[arg(long, value_name = "N", value_parser = seed)]
    seed: Option<Seed>,
    /// Where random numbers come from: addressed, or sobol for points that leave less simulation error.
    #[arg(long, value_enum, value_name = "NAME", hide_possible_values = true)]
    sampler: Option<Sampler>,
    /// Print nothing but errors.
    #[arg(long)]
    quiet: bool,
    #[command(flatten)]
    changes: load::ScenarioFlags,
}

/// Most paths of a page: its reader's browser takes seconds for them, each time that a slider is let go.
const MOST_PATHS: u64 = 1_000_000;

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Outcome, Outcome> {
    let path = &arguments.output;
    let shown = path.display();
    outputs::ends_in(path, "html", terminal)?;
    is_free(path, terminal)?;
    if let Some(paths) = arguments.paths.filter(|paths| *paths > MOST_PATHS) {
        terminal.error(&format!(
            "a page whose reader waits for {} has no reader; write --paths {MOST_PATHS} or fewer",
            wording::paths(paths)
        ));
        return Err(Outcome::Usage);
    }
    threads::start(None, terminal)?;
    let recipe = arguments.recipe();
    let prepared = steps::prepare(&recipe, arguments.seed, terminal)?;
    let loaded = &prepared.scenarios[0];
    let scenario = &loaded.scenario;
    let html = page_of(loaded, &prepared.recipe, prepared.settings.paths).map_err(|why| {
        terminal.error(&why);
        Outcome::CouldNot
    })?;
    write_whole(path, html.as_bytes()).map_err(|error| {
        terminal.error(&format!("cannot write {shown}: {error}"));
        Outcome::CouldNot
    })?;
    if !arguments.quiet {
        let inputs = scenario.assumptions().len();
        terminal.answer(&format!(
            "{}\n{shown}  {:.1} MB, {inputs} assumptions to move\nNext: open it in a browser; it needs no network\n",
            scenario.title(),
            html.len() as f64 / 1e6
        ));
    }
    Ok(Outcome::Done)
}

/// Whether a page may be written here: where nothing is, or an earlier page of ours.
pub(super) fn is_free(path: &Path, terminal: &Terminal) -> Result<(), Outcome> {
    let is_ours = || crate::store::ordinary(path, 64 << 20).is_ok_and(|bytes| is_what_if_page(&bytes));
    if path.exists() && !is_ours() {
        let shown = path.display();
        terminal.error(&format!("{shown} is not a what-if page of aigap, so it is left alone; name another with -o"));
        return Err(Outcome::CouldNot);
    }
    Ok(())
}

/// The page of a scenario that was run as a recipe says, on so many paths.
pub(super) fn page_of(loaded: &Loaded, recipe: &Recipe, paths: u64) -> Result<String, String> {
    let scenario = &loaded.scenario;
    let file = format!("{}.toml", scenario.name());
    let mut texts = vec![(file.clone(), scenario.resolved_toml())];
    texts.extend(loaded.data_text.iter().map(|text| (scenario.data().name.clone(), text.clone())));
    what_if_page(&WhatIfPage {
        scenario,
        texts,
        recipe: recipe_of_page(&Recipe { paths: Some(paths), ..recipe.clone() }, &file),
        command: wording::command(&Recipe { look: Look::default(), ..recipe.clone() }),
        sources: sources(scenario),
        goal: half_of_the_ratio(scenario),
    })
}

impl Arguments {
    fn recipe(&self) -> Recipe {
        let question = Simulate {
            scenario: self.scenario.clone(),
            precision: None,
            exact: false,
            metrics: Vec::new(),
            keep_paths: None,
        };
        Recipe {
            question: Question::Simulate(question),
            changes: self.changes.changes(),
            paths: self.paths,
            seed: self.seed.map(Seed::number),
            sampler: self.sampler.map(Into::into),
            look: Look::default(),
        }
    }
}

/// Who counted the figures that the scenario starts from.
fn sources(scenario: &Scenario) -> String {
    let of = |region: usize| {
        let name = scenario.regions()[region].name();
        let figure = scenario.data().find(name, "funding", scenario.base_year())?;
        Some(format!("{}, edition {}", figure.source, figure.vintage))
    };
    let mut found: Vec<String> = [scenario.gap().lead(), scenario.gap().follow()].into_iter().filter_map(of).collect();
    found.dedup();
    if found.is_empty() { String::new() } else { format!("Source: {}.", found.join("; ")) }
}

/// The question that the page asks backwards until the reader asks another.
fn half_of_the_ratio(scenario: &Scenario) -> String {
    format!("P(ratio in {} < half of {}) >= 50%", scenario.horizon(), scenario.base_year())
}
