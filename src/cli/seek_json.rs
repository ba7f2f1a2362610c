//! What a goal would take, for programs.

use serde_json::{Value, json};

use crate::study::{Need, Sought};
use crate::summary::Estimate;
use crate::table::questions::{kind_of, target_unit};

use super::numbers::json_whole;

/// The answer as JSON.
pub(super) fn as_json(sought: &Sought, folder: &str) -> String {
    let needs: Vec<Value> = sought.needs.iter().map(|need| self_json(sought, need)).collect();
    let frontier: Vec<Value> = sought
        .frontier
        .iter()
        .map(|(value, need)| {
            let first = sought.named.first().map(|it| it.in_unit(&sought.scenario, *value));
            json!({ "first": first.map(|it| it.0), "unit": first.map(|it| it.1), "second": self_json(sought, need) })
        })
        .collect();
    let whole = json!({
        "scenario": sought.scenario.name(),
        "goal": sought.goal.text,
        "target": sought.goal.target.text,
        "target_unit": target_unit(&sought.scenario, &sought.goal.target.asked),
        "now": estimate(sought.today),
        "met_now": sought.met,
        "attained": sought.is_attained(),
        "inputs": needs,
        "frontier": frontier,
        "paths": sought.settings.paths,
        "seed": json_whole(sought.settings.seed),
        "folder": folder,
    });
    format!("{whole:#}\n")
}

fn estimate(it: Estimate) -> Value {
    let finite = |value: f64| value.is_finite().then_some(value);
    json!({ "value": finite(it.value), "standard_error": finite(it.error) })
}

fn self_json(sought: &Sought, need: &Need) -> Value {
    let number = |value: f64| need.varied.in_unit(&sought.scenario, value).0;
    let found = need.needed.as_ref().map(|needed| {
        let [below, at, above] =
            needed.certificate.map(|(value, target)| json!({ "value": number(value), "target": estimate(target) }));
        json!({
            "value": number(needed.value),
            "interval": needed.interval.map(|(low, high)| [number(low), number(high)]),
            "side": if needed.above { "above" } else { "below" },
            "method": needed.method.name(),
            "certificate": { "below": below, "at": at, "above": above },
        })
    });
    json!({
        "input": need.varied.address,
        "kind": kind_of(&sought.scenario, need),
        "varied": need.varied.what(),
        "unit": need.varied.in_unit(&sought.scenario, 0.0).1,
        "own": number(need.varied.own(&sought.scenario)),
        "range": [number(need.varied.range.0), number(need.varied.range.1)],
        "attained": need.attained.name(),
        "needed": found,
        "chance_under_scenario": need.chance,
        "best": { "value": number(need.best.0), "target": estimate(need.best.1) },
        "monotone": need.monotone,
    })
}
