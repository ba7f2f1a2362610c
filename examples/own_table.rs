//! A metric of one's own, counted on every single path, as a table of one's own: in how many years the ratio falls.
//!
//! `cargo run --example own_table --no-default-features > falls.csv`

use std::error::Error;
use std::path::Path;

use aigap::metric::{Measure, Metric, Subject};
use aigap::study::{self, Findings, Inputs, Question, Recipe};
use aigap::table::declared::{Column, Declaration};
use aigap::table::{Field, Table};

/// What the table is: every format that it is written in follows from this.
static FALLS: Declaration = Declaration {
    files: &["falls.csv"],
    written_by: "own_table",
    holds: "a number of years",
    keys: &["years"],
    groups: &[&[
        Column::count("years", "years", "Years in which the ratio is below that of the year before."),
        Column::share("share_of_paths", "Share of paths that have so many."),
    ]],
};

/// Share of paths by the number of simulated years in which the ratio falls.
pub fn table() -> Result<Table, Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let read = |path: &Path| std::fs::read(folder.join(path)).map_err(|error| error.to_string());
    let mut recipe = Recipe { paths: Some(4096), seed: Some(7), ..Recipe::simulate("base.toml") };
    if let Question::Simulate(asked) = &mut recipe.question {
        asked.keep_paths = recipe.paths;
    }
    let Findings::Run(run) = study::run(&recipe, Inputs::read(&recipe, &read)?, &|_| {})? else {
        return Err("a comparison was not asked for".into());
    };

    let ratio = Measure { metric: Metric::Ratio, subject: Subject::Gap };
    let place =
        Measure::all(&run.scenario).iter().position(|known| *known == ratio).ok_or("the scenario has no ratio")?;
    let paths = run.kept.ok_or("paths were to be kept")?;
    let falls = |values: &[f64]| values.windows(2).filter(|pair| pair[1] < pair[0]).count();
    let found: Vec<usize> = paths.iter().map(|path| falls(&path.values[place])).collect();

    let mut table = Table::new(&FALLS);
    for years in 0..run.scenario.years().len() {
        let paths = found.iter().filter(|own| **own == years).count();
        table.push([Field::Count(years as u64), Field::Number(paths as f64 / found.len() as f64)]);
    }
    Ok(table)
}

/// Prints the table as CSV.
pub fn main() -> Result<(), Box<dyn Error>> {
    print!("{}", table()?.csv());
    Ok(())
}
