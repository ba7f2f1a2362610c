//! `aigap check`: every mistake in scenario files, and nothing else.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::diagnostic::{Problem, Severity, Sources};
use crate::scenario::{Assumption, Scenario};

use super::load;
use super::outcome::Outcome;
use super::print::Terminal;
use super::problem::{name_of, notes};

/// Flags of `aigap check`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Scenario files.
    #[arg(required = true, value_name = "SCENARIO")]
    scenarios: Vec<PathBuf>,
    /// For programs.
    #[arg(long)]
    json: bool,
    /// Take warnings for errors.
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    changes: load::ScenarioFlags,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Outcome {
    let mut invalid = 0;
    let mut findings: Vec<Value> = Vec::new();
    for path in &arguments.scenarios {
        let (problems, sources) = match arguments.changes.try_load(path) {
            Ok(loaded) => {
                let unfounded = unfounded(&loaded.scenario);
                (loaded.warnings.into_iter().chain(unfounded).collect::<Vec<_>>(), loaded.sources)
            }
            Err(rejected) => (rejected.problems, rejected.sources),
        };
        let counts = |problem: &Problem| arguments.strict || problem.severity == Severity::Error;
        invalid += usize::from(problems.iter().any(counts));
        if arguments.json {
            findings.extend(problems.iter().map(|problem| finding(problem, &sources, path)));
        } else {
            terminal.problems(&problems, &sources);
        }
    }
    if arguments.json {
        terminal.answer(&format!("{:#}\n", Value::Array(findings)));
    } else if invalid == 0 {
        terminal.answer(&match arguments.scenarios.as_slice() {
            [one] => format!("{} is fine\n", one.display()),
            several => format!("{} scenarios are fine\n", several.len()),
        });
    }
    if invalid == 0 { Outcome::Done } else { Outcome::Invalid }
}

/// Inputs that a file states without a reason: a number that nobody defends must not be published by oversight.
fn unfounded(scenario: &Scenario) -> Option<Problem> {
    let lacks = |it: &&Assumption| it.set_by().line().is_some() && it.reason().is_none();
    let found: Vec<String> = scenario.assumptions().iter().filter(lacks).map(named).collect();
    if found.is_empty() {
        return None;
    }
    let more = found.len().saturating_sub(MOST_NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let what = format!("no reason is given for {}{more}", found[..found.len().min(MOST_NAMED)].join(", "));
    let cure = "write why = \"…\" beside the value; a report marks inputs without one";
    Some(Problem::warning(None, what, cure))
}

/// Most inputs that are named in one warning.
const MOST_NAMED: usize = 6;

/// An input with the place that sets it.
fn named(assumption: &Assumption) -> String {
    let set_by = assumption.set_by();
    let line = set_by.line().map_or_else(String::new, |line| format!(":{line}"));
    format!("{} ({}{line})", assumption.address(), set_by.file().unwrap_or_default())
}

fn finding(problem: &Problem, sources: &Sources, path: &std::path::Path) -> Value {
    let severity = match problem.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let (file, line, column) = match &problem.place {
        Some(place) => {
            let (file, line, column) = sources.locate(place);
            (name_of(file).to_owned(), Some(line), Some(column))
        }
        None => (path.display().to_string(), None, None),
    };
    json!({
        "severity": severity, "file": file, "line": line, "column": column,
        "message": problem.what, "cure": problem.cure, "notes": notes(problem),
    })
}
