//! Questions asked backwards beside a run: what they put into *What drives it* and *What would have to be true*.

use crate::study::Findings;
use crate::table;
use crate::wording::{self, Text};

use super::Table;

/// Where the tables of a question stand in a page that has several.
#[must_use]
pub(super) fn folder(place: usize) -> String {
    format!("question-{}/", place + 1)
}

/// Sentences on what would have to be true.
#[must_use]
pub(super) fn true_if(asked: &Findings) -> Vec<Text> {
    match asked {
        Findings::Sought(it) => wording::seek_finding(it),
        _ => Vec::new(),
    }
}

/// Sentences on what drives the answer.
#[must_use]
pub(super) fn drives(asked: &Findings) -> Vec<Text> {
    match asked {
        Findings::Sensitive(it) => wording::sensitivity_finding(it),
        _ => Vec::new(),
    }
}

/// The table of one thing at a time.
#[must_use]
pub(super) fn table(asked: &Findings, folder: &str) -> Option<Table> {
    let Findings::Sought(it) = asked else { return None };
    let (head, rows) = wording::one_thing_at_a_time(it).into_iter().next().filter(|_| it.named.is_empty())?;
    let mut head = head.split('|').map(wording::capital);
    let corner = head.next().unwrap_or_default();
    let within = |cells: Vec<Text>| cells.into_iter().map(|cell| cell.within(folder)).collect();
    Some(Table {
        caption: "What would have to be true for the goal, one thing at a time, all else as assumed.".to_owned(),
        corner,
        head: head.collect(),
        rows: rows.into_iter().map(|(name, cells)| (name, within(cells))).collect(),
    })
}

/// The tables that the sentences cite.
#[must_use]
pub(super) fn cited(asked: &Findings) -> Vec<table::Table> {
    match asked {
        Findings::Sought(it) if it.frontier.is_empty() => vec![table::questions::seek_table(it)],
        Findings::Sought(it) => vec![table::questions::frontier_table(it)],
        Findings::Sensitive(it) => vec![table::sensitivity::sensitivity(it)],
        _ => Vec::new(),
    }
}
