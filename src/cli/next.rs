//! Commands worth typing next, made from the recipe that was answered: of the same scenario with the same changes, on the
//! same paths.

use std::path::Path;

use crate::study::{By, Change, Changes, Look, Question, Recipe, Seek, Sensitivity, SensitivityMethod, Sweep};
use crate::wording;

/// Lines that name commands, the first of which is the one to type next.
pub(super) fn lines(commands: &[String]) -> String {
    format!("Next: {}", commands.join("\n  or: "))
}

/// The command that seeks a goal with some inputs, each alone if none is named.
pub(super) fn seek(recipe: &Recipe, scenario: &Path, goal: &str, change: Vec<Change>) -> String {
    let question = Seek { scenario: scenario.to_owned(), so_that: wording::for_a_shell(goal), change };
    asked(recipe, Question::Seek(question))
}

/// Inputs that may change, each over the usual range.
pub(super) fn change(inputs: &[&str]) -> Vec<Change> {
    let one = |address: &&str| Change { address: (*address).to_owned(), between: None, fixed: false };
    inputs.iter().map(one).collect()
}

/// The command that says which input matters most for a target; for the usual ones if none is named.
pub(super) fn sensitivity(recipe: &Recipe, scenario: &Path, target: Option<&str>) -> String {
    let question = Sensitivity {
        scenario: scenario.to_owned(),
        of: target.map(wording::for_a_shell).into_iter().collect(),
        method: SensitivityMethod::Tornado,
        by: By::Input,
        also: Vec::new(),
    };
    asked(recipe, Question::Sensitivity(question))
}

/// The command that goes along an input, such as `us.deals.growth=-10%:30%:9`, for some targets.
pub(super) fn sweep(recipe: &Recipe, scenario: &Path, over: String, target: &str) -> String {
    let of = vec![wording::for_a_shell(target)];
    asked(recipe, Question::Sweep(Sweep { scenario: scenario.to_owned(), over: vec![over], of, precision: None }))
}

/// The command that holds a what-if against its baseline, with the same changes of both.
pub(super) fn compare(recipe: &Recipe, base: &Path, what_if: &Path) -> String {
    asked(recipe, Recipe::compare([base, what_if]).question)
}

/// The command that lists the assumptions of a scenario.
pub(super) fn params(scenario: &Path) -> String {
    format!("aigap params {}", wording::quoted(&scenario.to_string_lossy()))
}

/// The command that makes a page of folders.
pub(super) fn report(folders: &[&Path]) -> String {
    let names: Vec<String> = folders.iter().map(|folder| wording::quoted(&folder.to_string_lossy())).collect();
    format!("aigap report {}", names.join(" "))
}

/// The command that makes a stored run again and compares every byte.
pub(super) fn verify(folder: &Path) -> String {
    format!("aigap verify {}", wording::quoted(&folder.to_string_lossy()))
}

/// The command that puts shards together, of which a shell finds the files by a pattern.
pub(super) fn merge(files: &str) -> String {
    // A quoted pattern would be the name of one file.
    let is_plain = files.chars().all(|c| c.is_alphanumeric() || "/._-*…".contains(c));
    format!("aigap merge {}", if is_plain { files.to_owned() } else { "…".to_owned() })
}

fn asked(recipe: &Recipe, question: Question) -> String {
    let mut changes: Changes = recipe.changes.clone();
    // All sources side by side are asked of a run only.
    changes.source = changes.source.filter(|source| source != "all");
    let recipe = Recipe { question, changes, look: Look::default(), ..recipe.clone() };
    wording::command(&recipe)
}
