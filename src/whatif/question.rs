//! Questions beside the run: what moved it, what drives the answer, and what would have to be true for another one.

use serde::Serialize;

use crate::chart;
use crate::study::{Findings, Prepared};
use crate::wording;

use super::run::drawn;

/// What a question was answered.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answered {
    /// What the answer says, in sentences.
    pub sentences: Vec<String>,
    /// What the answer rests on.
    pub basis: Vec<String>,
    /// Its charts, as SVG that follows the reader's theme.
    pub charts: Vec<String>,
    /// Its tables in words: head, and rows of cells.
    pub tables: Vec<(Vec<String>, Vec<Vec<String>>)>,
}

/// Asks a question.
pub(super) fn answered(prepared: &Prepared) -> Result<Answered, String> {
    let findings = prepared.run(&|_| {}).map_err(|refused| refused.to_string())?;
    let (sentences, basis, tables) = match &findings {
        Findings::Sensitive(it) => (wording::sensitivity_finding(it), wording::sensitivity_basis(it), Vec::new()),
        Findings::Sought(it) => {
            let tables = if it.named.is_empty() { wording::one_thing_at_a_time(it) } else { Vec::new() };
            (wording::seek_finding(it), wording::seek_basis(it), tables)
        }
        Findings::Comparison(it) => {
            let causes = wording::causes(it);
            (wording::comparison::effects(it).into_iter().chain(causes).collect(), Vec::new(), Vec::new())
        }
        Findings::Run(_)
        | Findings::Swept(_)
        | Findings::Discovered(_)
        | Findings::Fitted(_)
        | Findings::BackTested(_) => {
            return Err("the page has no place for the answer to this question".to_owned());
        }
    };
    let plain = |texts: Vec<wording::Text>| texts.iter().map(wording::Text::text).collect();
    let rows = |rows: Vec<wording::NamedCells>| {
        let row = |(name, cells): wording::NamedCells| {
            std::iter::once(name).chain(cells.iter().map(wording::Text::text)).collect::<Vec<String>>()
        };
        rows.into_iter().map(row).collect()
    };
    let head = |text: String| text.split('|').map(wording::capital).collect::<Vec<String>>();
    let charts = match &findings {
        Findings::Comparison(it) => chart::comparison::charts(it),
        asked => chart::questions::of(asked).unwrap_or_default(),
    };
    // Of a comparison the page shows which input did it; what it did is on the page already.
    let of_page = |name: &str| !matches!(findings, Findings::Comparison(_)) || name.starts_with("attribution");
    let charts = charts.iter().filter(|(name, _)| of_page(name));
    Ok(Answered {
        sentences: plain(sentences),
        basis: plain(basis),
        charts: charts.map(|(name, chart)| drawn(chart, name, prepared)).collect(),
        tables: tables.into_iter().map(|(title, cells)| (head(title), rows(cells))).collect(),
    })
}
