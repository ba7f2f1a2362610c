//! A run, a comparison and a chart through the library: a recipe and a way to read files in, sentences and an SVG out.
//!
//! `cargo run --example own_run > gap.svg`

use std::error::Error;
use std::path::Path;

use aigap::chart::pictures;
use aigap::draw::Style;
use aigap::study::{self, Findings, Inputs, Recipe};
use aigap::wording;

/// A chart of the baseline, the story of its run, and what a what-if changes.
pub fn answers() -> Result<[String; 3], Box<dyn Error>> {
    // The library opens no file by itself: scenarios may as well come out of memory or an archive.
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let read = |path: &Path| std::fs::read(folder.join(path)).map_err(|error| error.to_string());

    let ask = |recipe: Recipe| -> Result<Findings, Box<dyn Error>> {
        let recipe = Recipe { paths: Some(4096), seed: Some(7), ..recipe };
        Ok(study::run(&recipe, Inputs::read(&recipe, &read)?, &|_| {})?)
    };
    let base = ask(Recipe::simulate("base.toml"))?;
    let pair = ask(Recipe::compare(["base.toml", "china-state-push.toml"]))?;

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
