//! Stored runs held against what came, for programs.

use serde_json::{Value, json};

use crate::study::{Score, Scored, ScoredReading};
use crate::table::score::unit;

use super::numbers::json_whole;

/// The answer as JSON.
pub(super) fn as_json(scored: &[Scored], folder: &str) -> String {
    let runs: Vec<Value> = scored
        .iter()
        .map(|run| {
            let readings: Vec<Value> = run.readings.iter().map(|it| reading(run, it)).collect();
            json!({
                "scenario": run.run.scenario.name(),
                "version": run.run.version,
                "paths": run.run.summary.paths,
                "seed": json_whole(run.run.summary.seed),
                "made_again": run.run.made_again.is_some(),
                "readings": readings,
            })
        })
        .collect();
    format!("{:#}\n", json!({ "runs": runs, "folder": folder }))
}

fn reading(run: &Scored, it: &ScoredReading) -> Value {
    let [score, last_value, drift] = it.means();
    let questions: Vec<Value> = it
        .questions
        .iter()
        .map(|it| {
            json!({
                "question": it.name, "definition": it.definition, "year": it.year, "probability": it.chance,
                "came": it.came, "certain": it.certain, "brier_score": it.brier(),
            })
        })
        .collect();
    json!({
        "reading": it.name,
        "world_restated": it.world_restated,
        "outcomes": it.rows.iter().map(|row| outcome(run, row)).collect::<Vec<Value>>(),
        "questions": questions,
        "mean_score": score,
        "mean_error_last_value": last_value,
        "mean_error_drift": drift,
        "mean_brier_score": it.mean_brier(),
    })
}

fn outcome(run: &Scored, row: &Score) -> Value {
    let it = &row.outcome;
    json!({
        "metric": it.measure.metric.name(),
        "region": it.measure.region(&run.run.scenario),
        "year": it.year,
        "unit": unit(row),
        "basis": it.basis.name(),
        "outcome": it.value,
        "interval": [it.low, it.high],
        "percentile": row.percentile[0],
        "percentile_interval": [row.percentile[1], row.percentile[2]],
        "inside": { "50": row.is_inside(0.5), "80": row.is_inside(0.8), "95": row.is_inside(0.95) },
        "scale": if row.is_log() { "log" } else { "level" },
        "crps": row.crps,
        "weighted_interval_score": row.weighted,
        "log_score": row.log_score,
        "error_last_value": row.last_value,
        "error_drift": row.drift,
    })
}
