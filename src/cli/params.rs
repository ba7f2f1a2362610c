//! `aigap params`: every assumption, in both readings, with its reason and who set it, and all else that moves a number.

use std::path::PathBuf;

use crate::growth::Kind;
use crate::scenario::Assumption;
use crate::table::set_by;
use crate::wording;

use super::load;
use super::outcome::Outcome;
use super::print::Terminal;

/// Flags of `aigap params`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Scenario file.
    #[arg(value_name = "SCENARIO")]
    scenario: PathBuf,
    #[command(flatten)]
    changes: load::ScenarioFlags,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Outcome {
    let loaded = match arguments.changes.load(&arguments.scenario, terminal) {
        Ok(loaded) => loaded,
        Err(outcome) => return outcome,
    };
    let mut text = String::new();
    for assumption in loaded.scenario.assumptions() {
        text += &described(assumption);
    }
    text += "Settings, which move numbers too\n";
    for (address, value) in loaded.scenario.settings() {
        text += &format!("{address} = {value}\n");
    }
    terminal.answer(&text);
    Outcome::Done
}

fn described(assumption: &Assumption) -> String {
    let role = assumption.role().name();
    let origin = match assumption.set_by().line() {
        Some(line) => format!("{}:{line}", set_by(assumption.set_by())),
        None => set_by(assumption.set_by()).to_owned(),
    };
    let (address, value, unit) = (assumption.address(), assumption.value(), assumption.unit());
    let mut text = format!("{address} = {value}\n    {role}, {unit}; set by {origin}\n");
    if let Some(reading) = reading(assumption) {
        text += &format!("    {reading}\n");
    }
    for (word, words) in [("why", assumption.why()), ("source", assumption.source())] {
        if let Some(words) = words {
            text += &format!("    {word}: {words}\n");
        }
    }
    text
}

/// A rate in percent and in logs, and what a typical year looks like.
fn reading(assumption: &Assumption) -> Option<String> {
    let [low, middle, high] = [0.1, 0.5, 0.9].map(|p| assumption.law().quantile(p));
    let percent = |log: f64| wording::percent_change(libm::expm1(log));
    match assumption.kind() {
        Kind::Growth | Kind::Effect => {
            let of_what = if assumption.kind() == Kind::Growth { " a year" } else { "" };
            let spread = if low < high {
                format!("; 80% of draws {} to {}", percent(low), percent(high))
            } else {
                String::new()
            };
            Some(format!("median {}{of_what} = {middle:.4} in logs{spread}", percent(middle)))
        }
        Kind::Points => Some(format!("each year ends {} higher than it would have", percent(middle))),
        Kind::Spread => {
            Some(format!("sd {middle:.3} in logs: typically between {} and {}", percent(-middle), percent(middle)))
        }
        Kind::Volatility => {
            Some(format!("sd {middle:.3} in logs: a typical year is {} to {}", percent(-middle), percent(middle)))
        }
        _ => None,
    }
}
