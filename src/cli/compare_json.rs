//! The comparison for programs: its sentences, and the numbers of its tables unrounded.

use serde_json::{Map, Value, json};

use crate::scenario::{Scenario, Setting};
use crate::summary::{Answer, DIFFERENCE_LEVELS, LEVELS, PairedRow};

use crate::study::{Compared, Comparison};
use crate::wording::comparison;

use super::numbers::json_whole;

/// What `--json` prints; what is infinite or missing is null.
#[must_use]
pub(super) fn json(compared: &Comparison, folder: &str) -> String {
    let base = &compared.baseline.scenario;
    let effects = comparison::effects(compared);
    let what_ifs: Vec<Value> = compared
        .what_ifs
        .iter()
        .zip(comparison::inputs(compared))
        .enumerate()
        .map(|(place, (it, inputs))| {
            json!({
                "scenario": it.side.scenario.name(), "title": it.side.scenario.title(),
                "effect": effects[place].text(), "differs": inputs.text(),
                "inputs": it.differences.iter().map(input).collect::<Vec<Value>>(),
                "pairs": it.rows.iter().map(|row| pair(base, row)).collect::<Vec<Value>>(),
                "attribution": attribution(it),
            })
        })
        .collect();
    let ensemble = compared.ensemble.as_ref().map(|(weights, rows)| {
        let rows: Vec<Value> = rows
            .iter()
            .map(|row| {
                json!({
                    "metric": row.measure.metric.name(), "region": row.measure.region(base), "year": row.year,
                    "unit": row.measure.unit(base), "quantiles": by_level(&LEVELS, Some(row.quantiles)),
                    "log_variance_from_choice_of_scenario": row.from_choice,
                })
            })
            .collect();
        json!({ "weights": weights, "rows": rows })
    });
    let whole = json!({
        "baseline": base.name(), "title": base.title(), "aigap": env!("CARGO_PKG_VERSION"),
        "seed": json_whole(compared.baseline.summary.seed), "paths": compared.baseline.summary.paths,
        "horizon": compared.horizon(), "folder": folder, "what_ifs": what_ifs, "ensemble": ensemble,
    });
    format!("{whole:#}\n")
}

fn pair(base: &Scenario, row: &PairedRow) -> Value {
    json!({
        "metric": row.measure.metric.name(), "region": row.measure.region(base), "year": row.year,
        "unit": row.measure.unit(base), "baseline_median": finite(row.baseline_median),
        "what_if_median": finite(row.what_if_median), "difference_mean": finite(row.difference.mean),
        "difference_mean_error": finite(row.difference.standard_error), "narrowing": finite(row.narrowing()),
        "difference": by_level(&DIFFERENCE_LEVELS, row.difference.quantiles),
        "ratio": by_level(&DIFFERENCE_LEVELS, row.ratio),
        "greater": row.greater.value, "smaller": row.smaller.value, "unchanged": row.unchanged.value,
        "n_undefined": row.undefined,
    })
}

fn input(difference: &crate::scenario::Difference) -> Value {
    let value = |setting: &Option<Setting>| setting.as_ref().map(|it| it.value.clone());
    json!({
        "address": difference.address, "kind": difference.role.name(), "baseline": value(&difference.base),
        "what_if": value(&difference.what_if),
    })
}

fn attribution(it: &Compared) -> Value {
    let Some(found) = &it.attribution else { return Value::Null };
    let answer = |it: Answer| {
        json!({
            "log_median_ratio": finite(Some(it.log_median_ratio)), "mean_gap": finite(Some(it.mean_gap)),
            "wider_as_ratio": finite(Some(it.wider)),
        })
    };
    let parts: Vec<Value> = found
        .parts
        .iter()
        .map(|part| {
            json!({
                "part": part.name, "inputs": part.addresses, "value": answer(part.value),
                "error": part.error.map(answer),
            })
        })
        .collect();
    let identity: Map<String, Value> = it
        .identity
        .iter()
        .map(|term| {
            let side = if term.side == 0 { "lead" } else { "follow" };
            (format!("{side}.{}", term.component), json!(term.log_points))
        })
        .collect();
    json!({
        "year": found.year, "baseline": answer(found.base), "what_if": answer(found.what_if), "parts": parts,
        "assumptions_alone": found.with_assumptions.map(|middle| answer(middle.minus(found.base))),
        "mean_log_ratio_by_identity": identity,
    })
}

fn finite(value: Option<f64>) -> Option<f64> {
    value.filter(|value| value.is_finite())
}

fn by_level<const N: usize>(levels: &[f64; N], values: Option<[f64; N]>) -> Option<Map<String, Value>> {
    let values = values?;
    let named = levels.iter().zip(values);
    Some(named.map(|(level, value)| (quantile_name(*level), json!(finite(Some(value))))).collect())
}

/// `p2.5`, `p50`: the name of a quantile's column.
fn quantile_name(level: f64) -> String {
    format!("p{}", (level * 1000.0).round() / 10.0)
}
