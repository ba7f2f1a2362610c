//! Model output of a hub (hubverse schemas, version 6): one long table of quantiles, means, medians, samples and chances,
//! and the part of `tasks.json` that describes it.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::store::Files;

use super::run::{NotExported, Run, RunTable, base_year, csv_text};

/// Columns of the table, in the order of the hubverse.
const COLUMNS: [&str; 9] = [
    "origin_date",
    "scenario_id",
    "target",
    "location",
    "target_end_date",
    "horizon",
    "output_type",
    "output_type_id",
    "value",
];

/// Quantiles of a fan with their levels as hubs write them.
const QUANTILES: [(&str, &str); 9] = [
    ("p2.5", "0.025"),
    ("p5", "0.05"),
    ("p10", "0.1"),
    ("p25", "0.25"),
    ("p50", "0.5"),
    ("p75", "0.75"),
    ("p90", "0.9"),
    ("p95", "0.95"),
    ("p97.5", "0.975"),
];

/// What a hub writes where a kind of output has no level.
const NONE: &str = "NA";

/// The files of a run for a hub.
pub(super) fn files(run: &Run) -> Result<Files, NotExported> {
    let fan = run.table("fan.csv")?;
    let base = base_year(fan).ok_or_else(|| NotExported("fan.csv has no observed year to start from".to_owned()))?;
    let mut rows = vec![COLUMNS.map(str::to_owned)];
    rows.extend(of_fan(fan, base));
    rows.extend(run.table("probabilities.csv").map(|it| of_questions(it, base)).unwrap_or_default());
    let samples = run.table("paths.csv").map(|it| of_paths(it, base)).unwrap_or_default();
    rows.extend(samples);
    let tasks = format!("{:#}\n", tasks(&rows[1..], fan));
    let name = format!("{base}-12-31-aigap-{}.csv", run.scenario);
    Ok(vec![
        (format!("model-output/aigap-{}/{name}", run.scenario), csv_text(&rows)),
        ("tasks-part.json".to_owned(), tasks.into_bytes()),
    ])
}

/// A row about a year after the base year, 31 December to 31 December.
fn row(base: i32, year: i32, [scenario, target, location]: [&str; 3], [kind, level, value]: [&str; 3]) -> [String; 9] {
    let horizon = 12 * (year - base);
    let fields = [
        &format!("{base}-12-31"),
        scenario,
        target,
        location,
        &format!("{year}-12-31"),
        &horizon.to_string(),
        kind,
        level,
        value,
    ];
    fields.map(str::to_owned)
}

fn of_fan(fan: &RunTable, base: i32) -> Vec<[String; 9]> {
    let mut found = Vec::new();
    for it in &fan.rows {
        let of = |column| fan.field(it, column);
        let Some(year) = of("year").parse().ok().filter(|year| *year > base) else { continue };
        let what = [of("scenario"), of("metric"), of("region")];
        let mut add = |kind: &str, level: &str, value: &str| {
            if !value.is_empty() {
                found.push(row(base, year, what, [kind, level, value]));
            }
        };
        for (column, level) in QUANTILES {
            add("quantile", level, of(column));
        }
        add("median", NONE, of("p50"));
        add("mean", NONE, of("mean"));
    }
    found
}

/// Chances of yes and no, which add up to one.
fn of_questions(table: &RunTable, base: i32) -> Vec<[String; 9]> {
    let mut found = Vec::new();
    for it in &table.rows {
        let of = |column| table.field(it, column);
        let (Ok(year), Ok(yes)) = (of("year").parse::<i32>(), of("probability").parse::<f64>()) else { continue };
        let what = [of("scenario"), of("question"), "gap"];
        found.push(row(base, year, what, ["pmf", "yes", of("probability")]));
        found.push(row(base, year, what, ["pmf", "no", &(1.0 - yes).to_string()]));
    }
    found
}

/// Paths that were kept, each a sample of all its years.
fn of_paths(table: &RunTable, base: i32) -> Vec<[String; 9]> {
    let mut found = Vec::new();
    for it in &table.rows {
        let of = |column| table.field(it, column);
        let Some(year) = of("year").parse().ok().filter(|year| *year > base) else { continue };
        if of("region").is_empty() || of("value").is_empty() {
            continue;
        }
        found.push(row(base, year, [of("scenario"), of("metric"), of("region")], ["sample", of("path"), of("value")]));
    }
    found
}

/// The part of `tasks.json` that describes the table: task variables, kinds of output and targets.
fn tasks(rows: &[[String; 9]], fan: &RunTable) -> Value {
    let is_chance = |row: &&[String; 9]| row[6] == "pmf";
    let (chances, levels): (Vec<_>, Vec<_>) = rows.iter().partition(is_chance);
    let unit = |target: &str| {
        let of = fan.rows.iter().find(|row| fan.field(row, "metric") == target);
        of.map_or("share of paths", |row| fan.field(row, "unit")).to_owned()
    };
    let group = |rows: &[&[String; 9]], output: Value, kind: &str| {
        let values = |column: usize| rows.iter().map(|row| row[column].clone()).collect::<BTreeSet<_>>();
        let numbers =
            |column: usize| rows.iter().filter_map(|row| row[column].parse::<i64>().ok()).collect::<BTreeSet<_>>();
        let some = |values: Value| json!({ "required": null, "optional": values });
        let metadata: Vec<Value> = values(2)
            .iter()
            .map(|target| {
                json!({
                    "target_id": target, "target_name": target, "target_units": unit(target),
                    "target_keys": { "target": target }, "target_type": kind, "is_step_ahead": true, "time_unit": "month",
                })
            })
            .collect();
        json!({
            "task_ids": {
                "origin_date": some(json!(values(0))), "scenario_id": some(json!(values(1))),
                "target": some(json!(values(2))), "location": some(json!(values(3))),
                "target_end_date": some(json!(values(4))), "horizon": some(json!(numbers(5))),
            },
            "output_type": output,
            "target_metadata": metadata,
        })
    };
    let number = json!({ "type": "double" });
    let mut output = json!({
        "quantile": {
            "output_type_id": { "required": QUANTILES.map(|(_, level)| level.parse::<f64>().unwrap_or_default()) },
            "is_required": false, "value": number,
        },
        "median": { "output_type_id": { "required": null }, "is_required": false, "value": number },
        "mean": { "output_type_id": { "required": null }, "is_required": false, "value": number },
    });
    let samples = levels.iter().filter(|row| row[6] == "sample").map(|row| &row[7]).collect::<BTreeSet<_>>().len();
    if samples > 0 {
        let params = json!({ "type": "integer", "min_samples_per_task": 1, "max_samples_per_task": samples });
        output["sample"] = json!({ "output_type_id_params": params, "is_required": false, "value": number });
    }
    let share = json!({ "type": "double", "minimum": 0, "maximum": 1 });
    let chance =
        json!({ "pmf": { "output_type_id": { "required": ["yes", "no"] }, "is_required": false, "value": share } });
    let mut tasks = vec![group(&levels, output, "continuous")];
    if !chances.is_empty() {
        tasks.push(group(&chances, chance, "nominal"));
    }
    json!({ "model_tasks": tasks })
}
