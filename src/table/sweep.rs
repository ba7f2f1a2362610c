//! The tables of a sweep.

use crate::study::Swept;

use super::declared;
use super::questions::target_unit;
use super::typed::{Field, Table};

/// Every table of the sweep, in the order of its files.
#[must_use]
pub fn tables(found: &Swept) -> Vec<Table> {
    vec![sweep(found), break_even(found)]
}

/// The second input's address, value and unit in a row of cells; empty along one input.
fn second(found: &Swept, row: usize) -> [Field<'_>; 3] {
    let Some(along) = found.along.get(1) else { return ["".into(), Field::Missing, "".into()] };
    let (value, unit) = along.varied.in_unit(&found.scenario, along.values[row]);
    [along.varied.address.as_str().into(), value.into(), unit.into()]
}

/// `sweep.csv`: a row for each target and cell.
#[must_use]
pub fn sweep(found: &Swept) -> Table {
    let mut table = Table::new(&declared::SWEEP);
    let first = &found.along[0];
    let input = &first.varied;
    for (target, cells) in found.targets.iter().zip(&found.cells) {
        let unit = target_unit(&found.scenario, &target.asked);
        for (row, cells) in cells.iter().enumerate() {
            for (value, cell) in first.values.iter().zip(cells) {
                let (value, of_input) = input.in_unit(&found.scenario, *value);
                let [other, at, of_other] = second(found, row);
                table.push([
                    Field::from(found.scenario.name()),
                    first.varied.address.as_str().into(),
                    value.into(),
                    of_input.into(),
                    other,
                    at,
                    of_other,
                    target.text.as_str().into(),
                    cell.map(|it| it.value).into(),
                    cell.map(|it| it.error).into(),
                    unit.as_str().into(),
                ]);
            }
        }
    }
    table
}

/// `break_even.csv`: where each target tips, for each value of the second input.
#[must_use]
pub fn break_even(found: &Swept) -> Table {
    let mut table = Table::new(&declared::BREAK_EVEN);
    let first = &found.along[0];
    let input = &first.varied;
    for (place, target) in found.targets.iter().enumerate() {
        let Some(level) = found.level(target) else { continue };
        let unit = target_unit(&found.scenario, &target.asked);
        for row in 0..found.cells[place].len() {
            let [other, at, of_other] = second(found, row);
            let (low, high) = found.tips_between(place, row).unzip();
            table.push([
                Field::from(found.scenario.name()),
                target.text.as_str().into(),
                level.into(),
                unit.as_str().into(),
                other,
                at,
                of_other,
                first.varied.address.as_str().into(),
                found.tips(place, row).into(),
                low.into(),
                high.into(),
                input.in_unit(&found.scenario, 0.0).1.into(),
            ]);
        }
    }
    table
}
