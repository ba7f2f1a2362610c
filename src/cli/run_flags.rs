//! Flags of every question about scenarios: how paths are simulated, where the answer goes and how it is told.

use std::path::PathBuf;

use crate::study::{Findings, Question, Recipe, Shard};

use super::Outcome;
use super::answer_flags::AnswerFlags;
use super::load;
use super::numbers::{Seed, paths, seed, whole};
use super::print::Terminal;
use super::sampler::Sampler;
use super::shards;
use super::steps;
use super::threads;

/// What these flags say. Help on `--out` and `--paths` is each command's own (`help.rs`).
#[derive(Clone, Debug, clap::Args)]
pub(super) struct RunFlags {
    /// Replace an earlier run of another scenario or question, or one whose files were changed since.
    #[arg(long)]
    pub(super) force: bool,
    /// Number of simulated futures, even.
    #[arg(long, value_name = "N", value_parser = paths)]
    paths: Option<u64>,
    /// Seed of all random numbers, or "random", which prints the one it chose.
    #[arg(long, value_name = "N", value_parser = seed)]
    seed: Option<Seed>,
    /// Where random numbers come from: addressed, or sobol for points that leave less simulation error.
    #[arg(long, value_enum, value_name = "NAME", hide_possible_values = true)]
    sampler: Option<Sampler>,
    /// Threads; never changes a number.
    #[arg(long, value_name = "N", value_parser = whole::<u16>(1..=1024))]
    threads: Option<u16>,
    /// Count only one of N equal shares of the work, such as 2/5, into a file that aigap merge puts together.
    #[arg(long, value_name = "I/N", value_parser = Shard::read)]
    shard: Option<Shard>,
    #[command(flatten)]
    pub(super) answer: AnswerFlags,
    #[command(flatten)]
    changes: load::ScenarioFlags,
}

impl RunFlags {
    /// A question with these settings; a random seed is chosen here.
    pub(super) fn recipe(&self, question: Question) -> Recipe {
        self.recipe_with_paths_drawn(question, None)
    }

    /// A question with these settings, and so many single paths drawn over the fans.
    pub(super) fn recipe_with_paths_drawn(&self, question: Question, hairlines: Option<u16>) -> Recipe {
        Recipe {
            question,
            changes: self.changes.changes(),
            paths: self.paths,
            seed: self.seed.map(Seed::number),
            sampler: self.sampler.map(Into::into),
            look: self.answer.look(hairlines),
        }
    }

    /// Simulates and writes what a recipe asks: the findings, and the folder that holds them. A shard is counted and written
    /// instead, which ends the command.
    pub(super) fn answer(&self, recipe: &Recipe, terminal: &Terminal) -> Result<(Findings, PathBuf), Outcome> {
        threads::start(self.threads, terminal)?;
        if let Some(shard) = self.shard {
            if matches!(self.seed, Some(Seed::Random)) {
                terminal.error("--seed random gives every shard another seed; give all of them the same number");
                return Err(Outcome::Usage);
            }
            return Err(shards::count(recipe, (shard, self.answer.out.as_deref()), self.answer.quiet, terminal)?);
        }
        let prepared = steps::prepare(recipe, self.seed, terminal)?;
        self.answer.write(&prepared, self.force, terminal)
    }
}
