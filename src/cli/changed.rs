//! What flags change of a scenario beyond what they name: a fan that narrows, assumptions that run longer than they were
//! chosen for, a series that becomes certain.

use std::path::Path;

use crate::distribution::Distribution;
use crate::growth::Growth;
use crate::scenario::{Assumption, ReadFile, Scenario};
use crate::study::{Changes, Input};

use super::print::Terminal;

/// Tells it of a scenario that was read with these changes.
pub(super) fn tell(path: &Path, changes: &Changes, scenario: &Scenario, read: ReadFile, terminal: &Terminal) {
    certain_series(scenario).iter().for_each(|note| terminal.remark(note));
    if changes.set.is_empty() && changes.with.is_empty() && changes.horizon.is_none() {
        return;
    }
    let unchanged = Changes { allow_outside: changes.allow_outside, ..Changes::default() };
    // What is wrong without the changes is no matter of theirs.
    let Ok(plain) = Input::read(path, &unchanged, read) else { return };
    let plain = &plain.loaded.scenario;
    narrower(plain, scenario).iter().chain(&longer(plain, scenario)).for_each(|note| terminal.remark(note));
}

/// Uncertain inputs that the changes make certain.
fn narrower(plain: &Scenario, scenario: &Scenario) -> Vec<String> {
    let now = |address: &str| scenario.assumptions().iter().find(|it| it.address() == address);
    let lost = plain.assumptions().iter().filter(|it| !is_certain(it));
    let lost = lost.filter_map(|before| Some((before, now(before.address()).filter(|it| is_certain(it))?)));
    lost.map(|(before, after)| {
        let (address, value) = (before.address(), after.value());
        format!(
            "note: {address} was {} and is certain now, so its fan narrows; {address}.median={value} moves it and keeps the spread",
            before.value()
        )
    })
    .collect()
}

fn is_certain(it: &Assumption) -> bool {
    matches!(it.law(), Distribution::Fixed(_))
}

/// A horizon beyond the one that the assumptions were written for.
fn longer(plain: &Scenario, scenario: &Scenario) -> Option<String> {
    let (own, asked) = (plain.horizon(), scenario.horizon());
    (asked > own).then(|| {
        let years = asked - own;
        let more = if years == 1 { "a year".to_owned() } else { format!("{years} years") };
        format!(
            "note: the assumptions of {} are written to {own}; to {asked} every growth and volatility is kept up for {more} \
             more, and the bands widen with each of them",
            scenario.name()
        )
    })
}

/// Series given year by year, which have no luck.
fn certain_series(scenario: &Scenario) -> Vec<String> {
    let series = scenario.regions().iter().flat_map(|region| region.series().map(move |it| (region.name(), it)));
    let written = series.filter(|(_, it)| matches!(it.growth(), Growth::Path(_)));
    written
        .map(|(region, it)| {
            format!(
                "note: {region}.{} is a path, given year by year: it has no luck, and only what its levels leave open widens its fan",
                it.kind().name()
            )
        })
        .collect()
}
