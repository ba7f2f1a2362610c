//! From the answer to a question to its charts.

mod axes;
mod discover;
mod history;
mod seek;
mod sensitivity;
mod sweeps;

use crate::study::Findings;

use super::Chart;

/// The charts of a question's answer; none for a run or a comparison, which have charts of their own.
#[must_use]
pub fn of(findings: &Findings) -> Option<Vec<(String, Chart)>> {
    match findings {
        Findings::Run(_) | Findings::Comparison(_) => None,
        Findings::Sought(sought) => Some(seek::charts(sought)),
        Findings::Sensitive(found) => Some(sensitivity::charts(found)),
        Findings::Swept(found) => Some(sweeps::charts(found)),
        Findings::Discovered(found) => Some(discover::charts(found)),
        Findings::Fitted(found) => Some(history::of_fit(found)),
        Findings::BackTested(found) => Some(history::of_back_test(found)),
    }
}
