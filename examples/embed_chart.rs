//! A chart on a web page of one's own: one SVG that follows the reader's light or dark theme, with its text as text.
//!
//! `cargo run --example embed_chart --no-default-features > page.html`

use std::error::Error;
use std::path::Path;

use aigap::chart::pictures;
use aigap::draw::{Preset, Style, TextMode, Theme, faces};
use aigap::study::{self, Findings, Inputs, Recipe};

/// A page that holds the chart of probabilities, and its numbers below.
pub fn page() -> Result<String, Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let read = |path: &Path| std::fs::read(folder.join(path)).map_err(|error| error.to_string());
    let recipe = Recipe { paths: Some(4096), seed: Some(7), ..Recipe::simulate("base.toml") };
    let Findings::Run(run) = study::run(&recipe, Inputs::read(&recipe, &read)?, &|_| {})? else {
        return Err("a comparison was not asked for".into());
    };
    let charts = pictures::charts(&run.scenario, &run.summary);
    let chart = charts.iter().find(|chart| chart.name() == "probability").ok_or("the run has no such chart")?;

    // Both themes in one picture; its prefix keeps ids apart where a page has several. The page brings the typeface.
    let [light, dark] =
        [Theme::Light, Theme::Dark].map(|theme| chart.draw(Style { preset: Preset::Web, theme, ..Style::default() }));
    let picture = light.themable(&dark, "probability", TextMode::Live);
    Ok(format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>{title}</title>\n<style>{faces}\
         svg {{ max-width: 100%; height: auto }} html {{ color-scheme: light dark }}</style>\n\
         <figure>{picture}</figure>\n<pre>{numbers}</pre>\n",
        title = light.title,
        faces = faces(),
        numbers = light.table.csv()
    ))
}

/// Prints the page.
pub fn main() -> Result<(), Box<dyn Error>> {
    println!("{}", page()?);
    Ok(())
}
