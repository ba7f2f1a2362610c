//! What `--json` prints of a run.

use serde_json::{Value, json};

use crate::metric::sides;
use crate::scenario::Scenario;
use crate::summary::{LEVELS, Summary};
use crate::wording;

use super::super::numbers::json_whole;

/// The summary for programs: the story's numbers unrounded.
pub(super) fn as_json(scenario: &Scenario, summary: &Summary, folder: &std::path::Path) -> String {
    let fan: Vec<Value> = summary
        .fan
        .iter()
        .filter_map(|row| {
            let spread = row.simulated.as_ref()?;
            // A quantile that is infinite has no number; JSON says so with null.
            let finite = |value: f64| value.is_finite().then_some(value);
            let quantiles: serde_json::Map<String, Value> = LEVELS
                .iter()
                .zip(spread.quantiles.unwrap_or([f64::NAN; 9]))
                .map(|(level, value)| (format!("p{}", (level * 1000.0).round() / 10.0), json!(finite(value))))
                .collect();
            Some(json!({
                "metric": row.measure.metric.name(), "region": row.measure.region(scenario), "year": row.year,
                "unit": row.measure.unit(scenario), "mean": spread.mean, "sd": spread.sd, "quantiles": quantiles,
                "n_undefined": spread.undefined, "n_infinite": spread.infinite,
            }))
        })
        .collect();
    let sides = sides(scenario);
    let probabilities: Vec<Value> = summary
        .probabilities
        .iter()
        .map(|row| {
            let p = &row.probability;
            json!({
                "question": row.question.name(sides), "year": row.year, "probability": p.value,
                "standard_error": p.standard_error, "spread_from_assumptions": p.spread_from_assumptions,
            })
        })
        .collect();
    let headline = wording::Outlook::new(scenario, summary).map(|outlook| wording::headline(&outlook).text());
    let whole = json!({
        "scenario": scenario.name(), "title": scenario.title(), "aigap": env!("CARGO_PKG_VERSION"),
        "seed": json_whole(summary.seed), "paths": summary.paths, "headline": headline,
        "folder": folder.display().to_string(), "fan": fan, "probabilities": probabilities,
    });
    format!("{whole:#}\n")
}
