//! The tables of a goal that was sought.

use crate::measure::QuantityOfInterest;
use crate::metric::Measure;
use crate::scenario::Scenario;
use crate::study::{Need, Sought};

use super::declared;
use super::typed::{Field, Table};

/// Unit of a target: `share` for a chance.
#[must_use]
pub fn target_unit(scenario: &Scenario, asked: &QuantityOfInterest) -> String {
    match asked {
        QuantityOfInterest::Share { .. } => "share".to_owned(),
        QuantityOfInterest::Statistic { metric, subject, .. } => {
            Measure { metric: *metric, subject: *subject }.unit(scenario)
        }
    }
}

/// What an input is, as tables have it.
#[must_use]
pub fn kind_of(scenario: &Scenario, need: &Need) -> &'static str {
    let assumption = &scenario.assumptions()[need.varied.id];
    match need.varied.is_lever(scenario) {
        _ if need.varied.is_part() => "part",
        true => "lever",
        false if assumption.law().is_fixed() => "certain",
        false => "assumption",
    }
}

/// Every table of the answer, in the order of its files.
#[must_use]
pub fn tables(sought: &Sought) -> Vec<Table> {
    if sought.frontier.is_empty() { vec![seek_table(sought), scan_table(sought)] } else { vec![frontier_table(sought)] }
}

/// `seek.csv`: a row for each input.
#[must_use]
pub fn seek_table(sought: &Sought) -> Table {
    let mut table = Table::new(&declared::SEEK);
    let unit = target_unit(&sought.scenario, &sought.goal.target.asked);
    for need in &sought.needs {
        let input = &need.varied;
        let number = |value: f64| Field::from(input.in_unit(&sought.scenario, value).0);
        let maybe = |value: Option<f64>| value.map_or(Field::Missing, number);
        let found = need.needed.as_ref();
        let interval = found.and_then(|it| it.interval);
        let target = |place: usize| found.map_or(Field::Missing, |it| it.certificate[place].1.value.into());
        let side = found.map_or("", |it| if it.above { "above" } else { "below" });
        table.push([
            Field::from(sought.scenario.name()),
            sought.goal.text.as_str().into(),
            need.varied.address.as_str().into(),
            kind_of(&sought.scenario, need).into(),
            need.varied.what().into(),
            number(need.varied.own(&sought.scenario)),
            maybe(found.map(|it| it.value)),
            maybe(interval.map(|it| it.0)),
            maybe(interval.map(|it| it.1)),
            input.in_unit(&sought.scenario, 0.0).1.into(),
            side.into(),
            need.chance.map_or(Field::Missing, Field::from),
            need.attained.name().into(),
            number(need.varied.range.0),
            number(need.varied.range.1),
            number(need.best.0),
            need.best.1.value.into(),
            sought.today.value.into(),
            target(0),
            target(1),
            target(2),
            unit.as_str().into(),
            if need.monotone { "yes" } else { "no" }.into(),
            found.map_or("", |it| it.method.name()).into(),
            sought.settings.paths.into(),
        ]);
    }
    table
}

/// `seek_scan.csv`: the target along each input.
#[must_use]
pub fn scan_table(sought: &Sought) -> Table {
    let mut table = Table::new(&declared::SEEK_SCAN);
    let unit = target_unit(&sought.scenario, &sought.goal.target.asked);
    for need in &sought.needs {
        let input = &need.varied;
        for (value, target) in &need.scan {
            let (value, of_input) = input.in_unit(&sought.scenario, *value);
            table.push([
                Field::from(sought.scenario.name()),
                sought.goal.text.as_str().into(),
                need.varied.address.as_str().into(),
                value.into(),
                of_input.into(),
                target.value.into(),
                target.error.into(),
                unit.as_str().into(),
            ]);
        }
    }
    table
}

/// `frontier.csv`: what is needed of the second input for each value of the first.
#[must_use]
pub fn frontier_table(sought: &Sought) -> Table {
    let mut table = Table::new(&declared::FRONTIER);
    let Some(first) = sought.named.first() else { return table };
    for (value, need) in &sought.frontier {
        let input = &need.varied;
        let maybe = |value: Option<f64>| {
            value.map_or(Field::Missing, |value| Field::from(input.in_unit(&sought.scenario, value).0))
        };
        let found = need.needed.as_ref();
        let interval = found.and_then(|it| it.interval);
        let (value, unit) = first.in_unit(&sought.scenario, *value);
        table.push([
            Field::from(sought.scenario.name()),
            sought.goal.text.as_str().into(),
            first.address.as_str().into(),
            value.into(),
            unit.into(),
            need.varied.address.as_str().into(),
            maybe(found.map(|it| it.value)),
            maybe(interval.map(|it| it.0)),
            maybe(interval.map(|it| it.1)),
            maybe(Some(input.range.0)),
            maybe(Some(input.range.1)),
            input.in_unit(&sought.scenario, 0.0).1.into(),
            found.map_or("", |it| if it.above { "above" } else { "below" }).into(),
            need.attained.name().into(),
        ]);
    }
    table
}
