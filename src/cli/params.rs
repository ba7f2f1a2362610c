//! `aigap params`: every assumption, in both readings, with its reason and who set it, and all else that moves a number.

use std::path::PathBuf;

use crate::distribution::Distribution;
use crate::growth::{Growth, Kind};
use crate::scenario::{Assumption, Scenario};
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
        if let Some(why) = without_effect(&loaded.scenario, assumption) {
            text += &format!("    without effect: {why}\n");
        }
    }
    text += "Settings, which move numbers too\n";
    for (address, value) in loaded.scenario.settings() {
        text += &format!("{address} = {value}\n");
    }
    terminal.answer(&text);
    Outcome::Done
}

/// Why an input moves no number, where it does not: a correlation with something that this scenario does not have, or that
/// is certain in it.
fn without_effect(scenario: &Scenario, assumption: &Assumption) -> Option<String> {
    let pair = scenario.pairs().iter().find(|pair| std::ptr::eq(&scenario.assumptions()[pair.rho()], assumption))?;
    let inputs = scenario.assumptions();
    let reason = |name: &String| {
        let parts = name.split('.').count();
        let series = || scenario.regions().iter().flat_map(|region| region.series()).find(|it| it.address() == *name);
        match inputs.iter().find(|it| it.address() == *name) {
            Some(it) => matches!(it.law(), Distribution::Fixed(_)).then(|| format!("{name} is certain")),
            None if parts > 2 => Some(format!("this scenario has no {name}")),
            None => match series() {
                None => Some(format!("this scenario does not model {name}")),
                Some(it) => {
                    matches!(it.growth(), Growth::Path(_)).then(|| format!("{name} is a path, which has no luck"))
                }
            },
        }
    };
    pair.between().iter().find_map(reason)
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
