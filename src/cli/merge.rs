//! `aigap merge`: puts the shards of a study together, to the bytes of the whole run.

use std::path::PathBuf;

use crate::store::folder_name;
use crate::study::{CountedShard, Prepared};
use crate::wording;

use super::folder;
use super::load;
use super::next;
use super::numbers::whole;
use super::outcome::Outcome;
use super::print::Terminal;
use super::shards;
use super::steps;
use super::threads;

/// Flags of `aigap merge`.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "Example:
  aigap simulate scenarios/base.toml --paths 1000000 --shard 1/2 --out a.part
  aigap simulate scenarios/base.toml --paths 1000000 --shard 2/2 --out b.part
  aigap merge a.part b.part

Shards carry their scenario: they can be counted and merged on different machines, in any order.")]
pub(super) struct Arguments {
    /// Files of all shards of one study, in any order.
    #[arg(value_name = "PART", required = true)]
    parts: Vec<PathBuf>,
    /// Folder of the run; the one that the whole command would write if not given.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Replace an earlier run of another scenario or question, or one whose files were changed since.
    #[arg(long)]
    force: bool,
    /// Threads; never changes a number.
    #[arg(long, value_name = "N", value_parser = whole::<u16>(1..=1024))]
    threads: Option<u16>,
    /// Print nothing.
    #[arg(long)]
    quiet: bool,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Outcome, Outcome> {
    threads::start(arguments.threads, terminal)?;
    let shards = shards::read(&arguments.parts, terminal)?;
    let prepared = prepared(&shards, terminal)?;
    let folder = arguments.out.clone().unwrap_or_else(|| PathBuf::from("output").join(folder_name(&prepared)));
    let replaced = if arguments.force { None } else { folder::keep_another(&folder, &prepared, terminal)? };
    let directory = folder::open(&folder, arguments.force, terminal)?;
    let number = shards.len();
    let findings = prepared.merged(shards, &|_| {}).map_err(|why| steps::refused(&why, terminal))?;
    steps::write(&directory, &prepared, &findings, terminal)?;
    replaced.iter().filter(|_| !arguments.quiet).for_each(|words| terminal.remark(words));
    if !arguments.quiet {
        let shards = if number == 1 { "1 shard".to_owned() } else { format!("{number} shards") };
        let paths = wording::paths(prepared.settings.paths);
        let whole = format!("{}/: {shards} merged, {paths}; every file as one run writes it.", folder.display());
        let next = next::lines(&[next::report(&[&folder]), next::verify(&folder)]);
        terminal.answer(&format!("{whole}\n{next}\n"));
    }
    Ok(Outcome::Done)
}

/// The study of its shards, read from the files that they carry.
fn prepared(shards: &[CountedShard], terminal: &Terminal) -> Result<Prepared, Outcome> {
    let Some(first) = shards.first() else { return Err(Outcome::Invalid) };
    let recipe = first.recipe().map_err(|_| {
        terminal.error("the recipe of these shards cannot be read; count them again");
        Outcome::Invalid
    })?;
    let inputs = first.inputs(&recipe).map_err(|rejected| load::rejected_by(&rejected, terminal))?;
    steps::prepared(&recipe, inputs, terminal)
}
