//! `aigap facts`: the figures that scenarios start from.

use crate::data::{Dataset, facts_json, facts_table};

use super::outcome::Outcome;
use super::print::Terminal;

/// Flags of `aigap facts`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// For programs.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Outcome {
    let data = Dataset::built_in();
    terminal.answer(&if arguments.json { facts_json(&data) } else { facts_table(&data) });
    Outcome::Done
}
