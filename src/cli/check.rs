//! `aigap check`: every mistake in scenario files, and nothing else.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::diagnostic::{Problem, Severity, Sources};

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
            Ok(loaded) => (loaded.warnings, loaded.sources),
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
