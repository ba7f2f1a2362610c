//! How large a scenario may be: what takes time or memory is refused at the door, with what would fit.

use crate::diagnostic::Problem;

use super::check::Check;
use super::keys;
use super::tree::{Node, Table, Value};

/// Most values of one file; the largest that is shipped has some hundred.
const MOST_VALUES: usize = 20_000;

/// Most regions: shocks of all their series are correlated with each other.
const MOST_REGIONS: usize = 64;

/// Most entries of each list. Correlated inputs are one matrix, whose size is squared.
const MOST_ENTRIES: [(&str, usize); 5] =
    [("events", 500), ("jumps", 500), ("questions", 500), ("checks", 500), ("correlations", 200)];

/// Refuses a file of more values, or of longer lists, than anybody writes: before lists are merged entry by entry.
pub(super) fn of_file(table: &Table) -> Result<(), Vec<Problem>> {
    let values = values(table);
    if values <= MOST_VALUES {
        let problems = long_lists(table);
        return if problems.is_empty() { Ok(()) } else { Err(problems) };
    }
    let place = table.entries.first().map(|entry| entry.key_place.clone());
    let what = format!("this file holds {values} values, and at most {MOST_VALUES} are read");
    Err(vec![Problem::error(place, what, "is it another kind of file, or written by a program that repeats itself?")])
}

/// A problem for each list that has too many entries.
fn long_lists(table: &Table) -> Vec<Problem> {
    let problem = |(word, most): (&str, usize)| {
        let Value::List(list) = &table.get(word)?.value else { return None };
        let first = list.get(most)?;
        let what = format!("there are {} entries of `{word}`, and at most {most} are simulated", list.len());
        Some(Problem::error(first.place.clone(), what, "leave out all from here on, or ask about fewer at a time"))
    };
    MOST_ENTRIES.into_iter().filter_map(problem).collect()
}

fn values(table: &Table) -> usize {
    table.entries.iter().map(|entry| 1 + below(&entry.node)).sum()
}

fn below(node: &Node) -> usize {
    match &node.value {
        Value::Table(table) => values(table),
        Value::List(list) => list.iter().map(|node| 1 + below(node)).sum(),
        _ => 0,
    }
}

impl Check {
    /// Whether regions and lists are few enough to be looked at.
    pub(super) fn is_bounded(&mut self, table: &Table) -> bool {
        self.problems.extend(long_lists(table));
        let known = keys::words(&keys::TOP);
        let mut regions = table
            .entries
            .iter()
            .filter(|entry| matches!(entry.node.value, Value::Table(_)) && !known.contains(&entry.key.as_str()));
        if let Some(beyond) = regions.nth(MOST_REGIONS) {
            let what = format!("there are more than {MOST_REGIONS} regions");
            self.error(&beyond.key_place, what, "leave out all from here on, or put some together");
        }
        self.problems.is_empty()
    }
}
