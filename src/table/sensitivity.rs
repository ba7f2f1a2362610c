//! The tables of what matters most.

use crate::engine::Layer;
use crate::scenario::{Role, Scenario};
use crate::study::{Answered, Interval, POINTS, Player, Sensitive, SensitivityMethod, Swing, Tornado};

use super::declared;
use super::questions::target_unit;
use super::typed::{Field, Table};

/// Every table of the answer, in the order of its files.
#[must_use]
pub fn tables(found: &Sensitive) -> Vec<Table> {
    let mut tables = vec![sensitivity(found)];
    if found.method == SensitivityMethod::Tornado {
        tables.push(points(found));
    }
    tables
}

/// What names a player: its addresses, its layer, or luck.
#[must_use]
pub fn player_name(player: &Player) -> String {
    match (player.layer, player.addresses.as_slice()) {
        (Some(layer), _) => layer.name().to_owned(),
        (None, []) => "luck".to_owned(),
        (None, addresses) => addresses.join("; "),
    }
}

fn player_kind(scenario: &Scenario, player: &Player) -> &'static str {
    match (player.layer, player.addresses.as_slice()) {
        (Some(Layer::Process), _) | (None, []) => "luck",
        (Some(_), _) => "layer",
        (None, [one]) => kind(scenario, one),
        (None, _) => "group",
    }
}

fn kind(scenario: &Scenario, address: &str) -> &'static str {
    let found = scenario.assumptions().iter().find(|it| it.address() == address);
    found.map_or(Role::Assumption, |it| it.role()).name()
}

/// `sensitivity.csv`: a row for each target and what moves it, and for what does not.
#[must_use]
pub fn sensitivity(found: &Sensitive) -> Table {
    let mut table = Table::new(&declared::SENSITIVITY);
    for (target, answer) in found.targets.iter().zip(&found.answers) {
        let unit = target_unit(&found.scenario, &target.asked);
        match answer {
            Answered::Tornado(tornado) => of_tornado(&mut table, found, (&target.text, &unit), tornado),
            Answered::Shares(shares) => {
                shares.players.iter().for_each(|player| of_player(&mut table, found, &target.text, player));
            }
        }
        for address in &found.held {
            row(
                &mut table,
                found,
                (&target.text, address),
                "held",
                (tornado_of(&[]), shares_of([None; 3])),
                ("", "", "held fixed"),
            );
        }
    }
    table
}

/// Fields of a tornado: output of the baseline, ends of the input with their unit between, outputs.
type OfTornado<'a> = [Field<'a>; 6];

fn tornado_of<'a>(fields: &[Field<'a>]) -> OfTornado<'a> {
    std::array::from_fn(|place| fields.get(place).cloned().unwrap_or(Field::Missing))
}

fn shares_of<'a>(intervals: [Option<Interval>; 3]) -> Vec<Field<'a>> {
    let fields = |it: Option<Interval>| {
        let ends = it.and_then(|it| it.ends);
        [it.map(|it| it.value), ends.map(|it| it.0), ends.map(|it| it.1)]
            .map(|value| value.map_or(Field::Missing, Field::from))
    };
    intervals.into_iter().flat_map(fields).collect()
}

fn row<'a>(
    table: &mut Table,
    found: &Sensitive,
    (target, input): (&str, &str),
    kind: &str,
    (tornado, shares): (OfTornado<'a>, Vec<Field<'a>>),
    (monotone, unit, note): (&str, &str, &str),
) {
    let about = [found.scenario.name(), target, found.method.name(), input, kind].map(Field::from);
    let behind = [monotone, unit, note].map(Field::from);
    table.push(about.into_iter().chain(tornado).chain(shares).chain(behind));
}

fn of_tornado(table: &mut Table, found: &Sensitive, (target, unit): (&str, &str), tornado: &Tornado) {
    let none = || shares_of([None; 3]);
    for swing in &tornado.swings {
        let input = &found.scenario.assumptions()[swing.varied.id];
        let number = |place: usize| Field::from(input.in_unit(swing.inputs[place]).0);
        let fields = tornado_of(&[
            tornado.baseline.value.into(),
            number(0),
            number(4),
            input.in_unit(0.0).1.into(),
            swing.outputs[0].value.into(),
            swing.outputs[4].value.into(),
        ]);
        let monotone = if swing.is_monotone() { "yes" } else { "no" };
        let names = (target, swing.varied.address.as_str());
        row(table, found, names, kind(&found.scenario, &swing.varied.address), (fields, none()), (monotone, unit, ""));
    }
    if let Some(interval) = tornado.luck {
        let shares = shares_of([None, Some(interval), None]);
        let note = "share of the variance that would be left if every assumption were known";
        row(table, found, (target, "luck"), "luck", (tornado_of(&[]), shares), ("", unit, note));
    }
    for varied in &tornado.still {
        let kind = kind(&found.scenario, &varied.address);
        let fields = tornado_of(&[tornado.baseline.value.into()]);
        row(table, found, (target, &varied.address), kind, (fields, none()), ("yes", unit, "no effect"));
    }
}

fn of_player(table: &mut Table, found: &Sensitive, target: &str, player: &Player) {
    let shapley = found.method == SensitivityMethod::Shapley;
    let shares = if shapley { [None, None, Some(player.share)] } else { [Some(player.share), player.total, None] };
    let kind = player_kind(&found.scenario, player);
    row(table, found, (target, &player_name(player)), kind, (tornado_of(&[]), shares_of(shares)), ("", "", ""));
}

/// `sensitivity_points.csv`: five points of each input.
#[must_use]
pub fn points(found: &Sensitive) -> Table {
    let mut table = Table::new(&declared::SENSITIVITY_POINTS);
    for (target, answer) in found.targets.iter().zip(&found.answers) {
        let Answered::Tornado(tornado) = answer else { continue };
        let unit = target_unit(&found.scenario, &target.asked);
        for Swing { varied, inputs, outputs } in &tornado.swings {
            let input = &found.scenario.assumptions()[varied.id];
            for ((p, value), output) in POINTS.iter().zip(inputs).zip(outputs) {
                let (value, of_input) = input.in_unit(*value);
                table.push([
                    Field::from(found.scenario.name()),
                    target.text.as_str().into(),
                    varied.address.as_str().into(),
                    (*p).into(),
                    value.into(),
                    of_input.into(),
                    output.value.into(),
                    output.error.into(),
                    unit.as_str().into(),
                ]);
            }
        }
    }
    table
}
