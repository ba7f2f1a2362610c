//! A run as a hub of forecasts has it (hubverse schemas, version 6): one long table of quantiles, medians, means, samples and
//! chances, with the configuration that describes it.

mod config;
mod rows;

use crate::store::Files;

use super::run::{NotExported, Run, base_year, csv_text};

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

/// The files of a run: a hub with one model in it.
pub(super) fn files(run: &Run) -> Result<Files, NotExported> {
    let fan = run.table("fan.csv")?;
    let fine = run.table("quantiles.csv")?;
    let base = base_year(fan).ok_or_else(|| NotExported("fan.csv has no observed year to start from".to_owned()))?;
    let mut rows = rows::of_quantiles(fine, base);
    rows.extend(rows::of_fan(fan, base));
    rows.extend(run.table("probabilities.csv").map(|it| rows::of_questions(it, fan, base)).unwrap_or_default());
    rows.extend(run.table("paths.csv").map(|it| rows::of_paths(it, base)).unwrap_or_default());
    let model = model_of(&run.scenario);
    let table = csv_text(std::iter::once(COLUMNS.map(str::to_owned)).chain(rows.iter().cloned()));
    let mut files = vec![(format!("model-output/aigap-{model}/{base}-12-31-aigap-{model}.csv"), table)];
    files.extend(config::files(run, &model, &rows));
    Ok(files)
}

/// A scenario as a part of a model's name, which takes letters, digits and underscores.
fn model_of(scenario: &str) -> String {
    scenario.chars().map(|it| if it.is_ascii_alphanumeric() { it } else { '_' }).collect()
}
