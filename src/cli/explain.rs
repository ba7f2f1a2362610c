//! `aigap explain`: what a term means, and which command it leads to.

use crate::wording;

use super::outcome::Outcome;
use super::print::Terminal;

/// Flags of `aigap explain`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  aigap explain \"goal seek\"
  aigap explain tornado")]
pub(super) struct Arguments {
    /// A term, a metric, a milestone or a model of growth; all terms if not given.
    #[arg(value_name = "TERM", num_args = 0..)]
    term: Vec<String>,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Outcome {
    if arguments.term.is_empty() {
        terminal.answer(&wording::all_terms());
        return Outcome::Done;
    }
    terminal.told(wording::explained(&arguments.term.join(" ")))
}
