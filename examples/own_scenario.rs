//! A run, a comparison and a chart from scenarios that the program holds in its own code, without files or command line.
//!
//! `cargo run --example own_scenario --no-default-features > gap.svg`

use std::error::Error;
use std::path::Path;

use aigap::chart::pictures;
use aigap::draw::Style;
use aigap::study::{self, Findings, Inputs, Recipe};
use aigap::wording;

const BASE: &str = include_str!("../scenarios/base.toml");
const WHAT_IF: &str = r#"
    extends = "base.toml"
    title = "Chinese rounds grow by a sixth a year"
    [china.deal-size]
    growth = { mean = "17%", sd = "10%", why = "what if the mean round grew as fast as it fell in 2023?" }
"#;

/// A chart of the baseline, the story of its run, and what the what-if changes.
pub fn answers() -> Result<[String; 3], Box<dyn Error>> {
    // The library opens no file by itself: this is where it asks for one, by the name that recipe and scenario use.
    let read = |path: &Path| match path.to_str() {
        Some("base.toml") => Ok(BASE.into()),
        Some("what-if.toml") => Ok(WHAT_IF.into()),
        _ => Err(format!("{} is not in this program", path.display())),
    };
    let ask = |recipe: Recipe| -> Result<Findings, Box<dyn Error>> {
        let recipe = Recipe { paths: Some(4096), seed: Some(7), ..recipe };
        Ok(study::run(&recipe, Inputs::read(&recipe, &read)?, &|_| {})?)
    };
    let base = ask(Recipe::simulate("base.toml"))?;
    let pair = ask(Recipe::compare(["base.toml", "what-if.toml"]))?;

    let (Findings::Run(run), Findings::Comparison(compared)) = (base, pair) else { return Err("no answer".into()) };
    let charts = pictures::charts(&run.scenario, &run.summary);
    let gap = charts.iter().find(|chart| chart.name() == "gap").ok_or("the run has no gap")?;
    let told = wording::story(&run.scenario, &run.summary, &[]);
    Ok([gap.draw(Style::default()).svg, told, wording::comparison_story(&compared, &[])])
}

/// Prints the chart, and the words beside it.
pub fn main() -> Result<(), Box<dyn Error>> {
    let [svg, story, comparison] = answers()?;
    eprintln!("{story}\n{comparison}");
    println!("{svg}");
    Ok(())
}
