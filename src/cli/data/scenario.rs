//! A scenario that starts from figures just written, so that a file of figures is one command away from a run.

use std::path::Path;

use crate::data::Dataset;

/// Years that the scenario looks ahead.
const AHEAD: i32 = 7;

/// Last year in which both sides have funding.
pub(super) fn last_year(data: &Dataset) -> Option<i32> {
    data.last_year(&["us", "china"])
}

/// Whether both sides have deals in that year too, so that the baseline can start from the figures.
pub(super) fn has_deals(data: &Dataset) -> bool {
    last_year(data).is_some_and(|year| ["us", "china"].iter().all(|region| data.find(region, "deals", year).is_some()))
}

/// The text of a scenario whose figures stand in a file beside it.
pub(super) fn text(data: &Dataset, file: &Path) -> Option<String> {
    let year = last_year(data)?;
    let name = file.file_name()?.to_string_lossy().replace(['"', '\\'], "");
    let head = format!("# Starts from the figures of {name}.\n\n");
    if has_deals(data) {
        return Some(format!("{head}extends = \"base\"\ndata    = \"{name}\"\nhorizon = {}\n", year + AHEAD));
    }
    let region = |region: &str, volatility: &str| {
        format!(
            "\n[{region}.funding]\nmodel      = \"random-walk\"\n\
             growth     = {{ mean = \"7.25%\", sd = \"12%\", why = \"as deals and deal size of the baseline together\", source = \"judgement\" }}\n\
             volatility = {{ value = \"{volatility}\", why = \"as deals and deal size of the baseline together\", source = \"judgement\" }}\n"
        )
    };
    let pair = |ending: &str, rho: f64| {
        format!(
            "\n[[correlations]]\nbetween = [\"us.funding{ending}\", \"china.funding{ending}\"]\nrho     = {rho}\n\
             why     = \"as deals and deal size of the baseline together\"\nsource  = \"judgement\"\n"
        )
    };
    let [us, china] = [region("us", "44%"), region("china", "56%")];
    let [luck, trends] = [pair("", 0.35), pair(".growth", 0.5)];
    Some(format!(
        "{head}title   = \"Funding from {name}\"\ndata    = \"{name}\"\nhorizon = {}\n{us}{china}{luck}{trends}",
        year + AHEAD
    ))
}
