//! What a hub says about its table: tasks, targets and kinds of output, the hub itself, and the model.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::metric::Metric;
use crate::store::Files;
use crate::summary::FINE_LEVELS;

use super::super::run::Run;
use super::rows::Row;

/// Where the schemas of this version are published.
const SCHEMAS: &str = "https://raw.githubusercontent.com/hubverse-org/schemas/main/v6.0.0";

/// Most letters of a target's short name, and of its longer ones.
const MOST_LETTERS: [usize; 2] = [30, 100];

/// The configuration of the hub, and the metadata of its model.
pub(super) fn files(run: &Run, model: &str, rows: &[Row]) -> Files {
    let text = |name: &str, value: &Value| (name.to_owned(), format!("{value:#}\n").into_bytes());
    vec![
        text("hub-config/tasks.json", &tasks(run, rows)),
        text("hub-config/admin.json", &admin()),
        text("hub-config/model-metadata-schema.json", &metadata_schema()),
        (format!("model-metadata/aigap-{model}.yml"), metadata(run, model).into_bytes()),
    ]
}

/// Whose the hub is, which whoever takes it over fills in.
fn admin() -> Value {
    json!({
        "schema_version": format!("{SCHEMAS}/admin-schema.json"),
        "name": "Scenario runs of aigap",
        "maintainer": "to be filled in",
        "contact": { "name": "to be filled in", "email": "nobody@example.org" },
        "repository": { "host": "github", "owner": "example", "name": "hub" },
        "file_format": ["csv"],
        "timezone": "UTC",
    })
}

/// What the hub asks of the metadata of a model.
fn metadata_schema() -> Value {
    let word = json!({ "type": "string" });
    let short = json!({ "type": "string", "pattern": "^[a-zA-Z0-9_]+$" });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Metadata of a model",
        "type": "object",
        "properties": {
            "team_name": word, "team_abbr": short, "model_name": word, "model_abbr": short, "model_version": word,
            "designated_model": { "type": "boolean" }, "methods": word,
        },
        "required": ["team_name", "team_abbr", "model_name", "model_abbr"],
    })
}

/// The model as hubs want it to be described. Text in quotes of JSON is text in YAML.
fn metadata(run: &Run, model: &str) -> String {
    let quoted = |text: &str| Value::from(text).to_string();
    let methods = format!(
        "Monte Carlo projection under stated assumptions, not a forecast; scenario {}; made by: {}",
        run.scenario, run.command
    );
    format!(
        "team_name: \"aigap\"\nteam_abbr: \"aigap\"\nmodel_name: {}\nmodel_abbr: {}\nmodel_version: {}\n\
         designated_model: true\nmethods: {}\n",
        quoted(&format!("aigap, scenario {}", run.scenario)),
        quoted(model),
        quoted(&run.version),
        quoted(&methods)
    )
}

fn tasks(run: &Run, rows: &[Row]) -> Value {
    let (chances, levels): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(|row| row[6] == "pmf");
    let facts = facts(run);
    let mut names = Names::default();
    let mut groups = vec![group(&levels, of_levels(&levels), "continuous", &facts, &mut names)];
    if !chances.is_empty() {
        let share = json!({ "type": "double", "minimum": 0, "maximum": 1 });
        let output = json!({
            "pmf": { "output_type_id": { "required": ["yes", "no"] }, "is_required": false, "value": share },
        });
        groups.push(group(&chances, output, "binary", &facts, &mut names));
    }
    json!({
        "schema_version": format!("{SCHEMAS}/tasks-schema.json"),
        "rounds": [{
            "round_id_from_variable": true,
            "round_id": "origin_date",
            "model_tasks": groups,
            "submissions_due": { "relative_to": "origin_date", "start": 0, "end": 366 },
        }],
        "output_type_id_datatype": "character",
        "derived_task_ids": ["target_end_date"],
    })
}

/// Kinds of output of the metrics.
fn of_levels(rows: &[&Row]) -> Value {
    let number = json!({ "type": "double" });
    let mut output = json!({
        "quantile": { "output_type_id": { "required": FINE_LEVELS }, "is_required": false, "value": number },
        "median": { "output_type_id": { "required": null }, "is_required": false, "value": number },
        "mean": { "output_type_id": { "required": null }, "is_required": false, "value": number },
    });
    let samples = rows.iter().filter(|row| row[6] == "sample").map(|row| &row[7]).collect::<BTreeSet<_>>().len();
    if samples > 0 {
        // A path is one future of all targets, places and years.
        let together = ["origin_date", "scenario_id"];
        let params = json!({
            "type": "integer", "min_samples_per_task": 1, "max_samples_per_task": samples, "compound_taskid_set": together,
        });
        output["sample"] = json!({ "output_type_id_params": params, "is_required": false, "value": number });
    }
    output
}

/// What is known of a target: its unit, and its meaning in words.
type Facts = BTreeMap<String, [String; 2]>;

fn facts(run: &Run) -> Facts {
    let mut facts = Facts::new();
    for table in run.tables.iter().filter(|table| ["fan.csv", "probabilities.csv"].contains(&table.file.as_str())) {
        for row in &table.rows {
            let of = |column| table.field(row, column);
            let (target, unit, meaning) = if table.file == "fan.csv" {
                let metric = Metric::ALL.into_iter().find(|it| it.name() == of("metric"));
                (of("metric"), of("unit"), metric.map_or("", Metric::formula))
            } else {
                (of("question"), "share of paths", of("definition"))
            };
            facts.entry(target.to_owned()).or_insert_with(|| [unit, meaning].map(str::to_owned));
        }
    }
    facts
}

/// Short names that were given to targets.
#[derive(Default)]
struct Names(BTreeSet<String>);

impl Names {
    /// A name of few letters, each once.
    fn short(&mut self, target: &str) -> String {
        let cut = |most: usize| target.chars().take(most).collect::<String>();
        let own = (2..).map(|number| format!("{}{number}", cut(MOST_LETTERS[0] - 4)));
        let name = std::iter::once(cut(MOST_LETTERS[0])).chain(own).find(|name| !self.0.contains(name));
        let name = name.unwrap_or_default();
        self.0.insert(name.clone());
        name
    }
}

/// Tasks that share their kinds of output.
fn group(rows: &[&Row], output: Value, kind: &str, facts: &Facts, names: &mut Names) -> Value {
    let words = |column: usize| rows.iter().map(|row| row[column].clone()).collect::<BTreeSet<_>>();
    let numbers = |column: usize| rows.iter().filter_map(|row| row[column].parse().ok()).collect::<BTreeSet<i64>>();
    let some = |values: Value| json!({ "required": null, "optional": values });
    let none = [String::new(), String::new()];
    let target = |target: &String| {
        let [unit, meaning] = facts.get(target).unwrap_or(&none);
        let long = |text: String| text.chars().take(MOST_LETTERS[1]).collect::<String>();
        json!({
            "target_id": names.short(target), "target_name": long(target.replace('-', " ")), "target_units": long(unit.clone()),
            "target_keys": { "target": target }, "description": meaning, "target_type": kind, "is_step_ahead": true,
            "time_unit": "month",
        })
    };
    json!({
        "task_ids": {
            "origin_date": some(json!(words(0))), "scenario_id": some(json!(words(1))), "target": some(json!(words(2))),
            "location": some(json!(words(3))), "target_end_date": some(json!(words(4))), "horizon": some(json!(numbers(5))),
        },
        "output_type": output,
        "target_metadata": words(2).iter().map(target).collect::<Vec<_>>(),
    })
}
