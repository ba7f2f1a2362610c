//! The tables of what futures have in common.

use crate::study::{Discovered, Judged, RESAMPLES, Restriction};

use super::declared;
use super::run;
use super::typed::{Field, Table};

/// Every table of the answer, in the order of its files.
#[must_use]
pub fn tables(found: &Discovered) -> Vec<Table> {
    let mut tables = cited(found);
    if !found.kept.is_empty() {
        tables.push(run::paths(&found.scenario, &found.kept));
    }
    tables
}

/// The tables that sentences cite: all but single paths.
#[must_use]
pub fn cited(found: &Discovered) -> Vec<Table> {
    vec![discover(found), boxes(found), trajectory(found)]
}

/// Number of a place, as tables have it.
fn number(place: usize) -> Field<'static> {
    Field::from(place as u64)
}

/// The condition as the command says it.
#[must_use]
pub fn condition(found: &Discovered) -> &str {
    let text = found.target.text.as_str();
    text.strip_prefix("P(").and_then(|inner| inner.strip_suffix(')')).unwrap_or(text)
}

/// `discover.csv`: what was asked and looked at.
#[must_use]
pub fn discover(found: &Discovered) -> Table {
    let mut table = Table::new(&declared::DISCOVER);
    table.push([
        Field::from(found.scenario.name()),
        condition(found).into(),
        found.looked_at.rows.into(),
        found.looked_at.cases.into(),
        found.looked_at.density().into(),
        found.luck.into(),
        found.boxes[0].held_out.total.rows.into(),
        number(found.boxes.len() - 1),
        number(found.chosen),
        number(found.shown),
        u64::from(RESAMPLES).into(),
        found.settings.paths.into(),
    ]);
    table
}

/// Coverage, density, mass and base rate.
fn worth(it: &Judged) -> [Field<'static>; 4] {
    [it.coverage(), it.density(), it.mass(), it.base_rate()].map(Field::from)
}

/// `boxes.csv`: a row for each limited input of each box.
#[must_use]
pub fn boxes(found: &Discovered) -> Table {
    let mut table = Table::new(&declared::BOXES);
    for (place, it) in found.boxes.iter().enumerate() {
        for Restriction { input, limits: [low, high], quasi_p: [p_low, p_high], reproduced } in &it.rule {
            let input = &found.inputs[*input];
            let first = [Field::from(found.scenario.name()), condition(found).into(), number(place)];
            let limits = [input.address.as_str().into(), (*low).into(), (*high).into(), input.unit.as_str().into()];
            let chance = [(*p_low).into(), (*p_high).into()];
            let again = [u64::from(*reproduced).into(), u64::from(it.reproduced).into()];
            table.push(first.into_iter().chain(limits).chain(chance).chain(worth(&it.held_out)).chain(again));
        }
    }
    table
}

/// `trajectory.csv`: a row for each box.
#[must_use]
pub fn trajectory(found: &Discovered) -> Table {
    let mut table = Table::new(&declared::TRAJECTORY);
    for (place, it) in found.boxes.iter().enumerate() {
        let first = [Field::from(found.scenario.name()), condition(found).into(), number(place), it.step.name().into()];
        let [coverage, density, mass, _] = worth(&it.found);
        let behind = [coverage, density, mass, u64::from(it.reproduced).into(), shown(found, place).into()];
        table.push(first.into_iter().chain([number(it.rule.len())]).chain(worth(&it.held_out)).chain(behind));
    }
    table
}

fn shown(found: &Discovered, place: usize) -> &'static str {
    match (place == found.shown, place == found.chosen) {
        (true, true) => "shown, chosen",
        (true, false) => "shown",
        (false, true) => "chosen",
        (false, false) => "",
    }
}
