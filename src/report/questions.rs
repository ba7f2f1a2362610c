//! Questions asked backwards beside a run: what they put into *What drives it*, *What would have to be true* and *What such
//! futures share*.

use crate::chart::{self, Chart};
use crate::study::{Findings, Sought};
use crate::table;
use crate::wording::{self, Text};

use super::Table;

/// Where the tables of a question stand in a page that has several.
#[must_use]
pub(super) fn folder(place: usize) -> String {
    format!("question-{}/", place + 1)
}

/// Whether a folder of a page holds the tables of a question.
#[must_use]
pub fn is_of_a_question(folder: &str) -> bool {
    let number = folder.strip_prefix("question-").and_then(|rest| rest.strip_suffix('/'));
    number.is_some_and(|number| number.parse::<usize>().is_ok())
}

/// Sentences on what would have to be true, but for what another question says of the same goal with every input beside it.
#[must_use]
pub(super) fn true_if(asked: &Findings, all: &[Findings]) -> Vec<Text> {
    match asked {
        Findings::Sought(it) if all.iter().any(|other| says_as_much(other, it)) => Vec::new(),
        Findings::Sought(it) => wording::seek_finding(it),
        _ => Vec::new(),
    }
}

/// Whether an answer of every input alone has the value that was sought of one.
fn says_as_much(other: &Findings, it: &Sought) -> bool {
    let (Findings::Sought(other), [input]) = (other, it.named.as_slice()) else { return false };
    let value = |sought: &Sought| {
        let need = sought.needs.iter().find(|need| need.varied.address == input.address)?;
        Some((need.needed.as_ref()?.value, need.varied.fixed))
    };
    let alike =
        |((a, fixed), (b, other)): ((f64, bool), (f64, bool))| fixed == other && (a - b).abs() <= 1e-6 * a.abs();
    other.named.is_empty() && other.goal.text == it.goal.text && value(other).zip(value(it)).is_some_and(alike)
}

/// Sentences on what such futures share.
#[must_use]
pub(super) fn shared(asked: &Findings) -> Vec<Text> {
    match asked {
        Findings::Discovered(it) => wording::discover_finding(it),
        _ => Vec::new(),
    }
}

/// Sentences on what drives the answer, without the share of luck in a variance of which it was told before.
#[must_use]
pub(super) fn drives(asked: &Findings, told: &mut Vec<String>) -> Vec<Text> {
    match asked {
        Findings::Sensitive(it) => wording::sensitivity_finding_beside(it, told),
        Findings::Swept(it) => wording::sweep_finding(it),
        Findings::Fitted(it) => wording::fit_finding(it),
        Findings::BackTested(it) => wording::back_test_finding(it),
        _ => Vec::new(),
    }
}

/// What would have to be true, one thing at a time, and the frontier of two.
#[must_use]
pub(super) fn tables(asked: &Findings, folder: &str) -> Vec<Table> {
    let Findings::Sought(it) = asked else { return Vec::new() };
    let goal = &it.goal.text;
    let first = if it.met {
        format!("So that {goal}, which is met: how far one thing at a time may go, all else as assumed.")
    } else {
        format!("So that {goal}: what would have to be true, one thing at a time, all else as assumed.")
    };
    let captions = [
        first,
        format!("So that {goal}: inputs that the scenario holds certain, and decisions."),
        format!("So that {goal}: inputs that cannot do it alone, and the best they reach."),
    ];
    let parts = wording::one_thing_at_a_time(it).into_iter().filter(|_| it.named.is_empty());
    parts
        .map(|(head, rows)| {
            let part = if head.contains("chance") { 0 } else { 1 + usize::from(head.contains("best")) };
            let mut head = head.split('|').map(wording::capital);
            let corner = head.next().unwrap_or_default();
            let within = |cells: Vec<Text>| cells.into_iter().map(|cell| cell.within(folder)).collect();
            Table {
                caption: captions[part].clone(),
                corner,
                head: head.collect(),
                rows: rows.into_iter().map(|(name, cells)| (name, within(cells))).collect(),
            }
        })
        .collect()
}

/// The charts of an answer by name, behind those of `known` names.
#[must_use]
pub(super) fn charts(asked: &Findings, known: &[String]) -> Vec<(String, Chart)> {
    let charts = chart::questions::of(asked).unwrap_or_default();
    let mut taken = known.to_vec();
    let free = |name: String, taken: &[String]| {
        let other = |place: usize| if place == 1 { name.clone() } else { format!("{name}-{place}") };
        (1..).map(other).find(|name| !taken.contains(name)).expect("numbers do not end")
    };
    charts
        .into_iter()
        .map(|(name, chart)| {
            let name = free(name, &taken);
            taken.push(name.clone());
            (name, chart)
        })
        .collect()
}

/// The tables that the sentences cite.
#[must_use]
pub(super) fn cited(asked: &Findings) -> Vec<table::Table> {
    match asked {
        Findings::Sought(it) if it.frontier.is_empty() => vec![table::questions::seek_table(it)],
        Findings::Sought(it) => vec![table::questions::frontier_table(it)],
        Findings::Sensitive(it) => table::sensitivity::tables(it),
        Findings::Swept(it) => table::sweep::tables(it),
        Findings::Discovered(it) => table::discover::cited(it),
        Findings::Fitted(it) => table::history::of_fit(it),
        Findings::BackTested(it) => table::history::of_back_test(it),
        Findings::Run(_) | Findings::Comparison(_) => Vec::new(),
    }
}
