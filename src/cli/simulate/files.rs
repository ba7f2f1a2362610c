//! The files of a run: tables, pictures, workbook and manifest, from one summary.

use crate::chart::pictures;
use crate::chart::pictures::Look;
use crate::parallel;
use crate::report::summary_md;
use crate::scenario::{Loaded, Scenario};
use crate::store::manifest;
use crate::study::BySource;
use crate::summary::{KeptPath, Summary};
use crate::table::{csv, workbook};
use crate::wording;

/// Tables and pictures of the run with their bytes.
pub(super) fn parts(
    loaded: &Loaded,
    summary: &Summary,
    command: &str,
    look: Option<Look>,
    paths: Option<&[KeptPath]>,
    by_source: &[BySource],
) -> Vec<(String, Vec<u8>)> {
    let scenario = &loaded.scenario;
    let drawn = look.map(|look| pictures::all(scenario, summary, by_source, paths.unwrap_or_default(), look));
    let names: &[&str] = if drawn.is_some() { &["gap", "funding", "probability"] } else { &[] };
    let texts: [(&str, &(dyn Fn() -> String + Sync)); 12] = [
        ("summary.md", &|| summary_md::summary_md(scenario, summary, command, names)),
        ("fan.csv", &|| csv::fan(scenario, summary)),
        ("fan_errors.csv", &|| csv::fan_errors(scenario, summary)),
        ("probabilities.csv", &|| csv::probabilities(scenario, summary)),
        ("milestones.csv", &|| csv::milestones(scenario, summary)),
        ("checks.csv", &|| csv::checks(scenario, summary)),
        ("decomposition.csv", &|| csv::decomposition(scenario, summary)),
        ("distribution.csv", &|| csv::distribution(scenario, summary)),
        ("uncertainty.csv", &|| csv::uncertainty(scenario, summary)),
        ("assumptions.csv", &|| csv::assumptions(scenario)),
        ("observations.csv", &|| csv::observations(scenario)),
        ("scenario.toml", &|| scenario.resolved_toml()),
    ];
    let mut files: Vec<(String, Vec<u8>)> =
        parallel::map(texts.len(), |file| (texts[file].0.to_owned(), (texts[file].1)().into_bytes()));
    if !by_source.is_empty() {
        files.push(("sources.csv".to_owned(), csv::sources(by_source).into_bytes()));
    }
    if let Some(text) = &loaded.data_text {
        files.push(("data.csv".to_owned(), text.clone().into_bytes()));
    }
    files.extend(paths.map(|kept| ("paths.csv".to_owned(), csv::paths(scenario, kept).into_bytes())));
    files.extend(drawn.unwrap_or_default());
    files
}

/// What is made of all parts: the workbook, and the manifest, which is the last file of a run.
pub(super) fn bound(
    loaded: &Loaded,
    summary: &Summary,
    command: &str,
    parts: &[(String, Vec<u8>)],
) -> Vec<(String, Vec<u8>)> {
    let scenario = &loaded.scenario;
    let workbook = (workbook::NAME.to_owned(), workbook::workbook(&about(scenario, summary, command), parts));
    let short = |name: &str| name.rsplit(['/', '\\']).next().unwrap_or(name).to_owned();
    let inputs = loaded.sources.files().iter().map(|file| (short(&file.name), file.text.clone())).collect();
    let origin = manifest::Origin {
        command: command.to_owned(),
        scenario: scenario.name.clone(),
        seed: summary.seed,
        paths: summary.paths,
        sampler: if scenario.points.is_some() { "sobol" } else { "addressed" },
        inputs,
    };
    let manifest = manifest::manifest(&origin, parts.iter().chain([&workbook]));
    vec![workbook, (manifest::NAME.to_owned(), manifest.into_bytes())]
}

/// What the workbook says of the run.
fn about(scenario: &Scenario, summary: &Summary, command: &str) -> workbook::About {
    workbook::About {
        title: scenario.title.clone(),
        headline: wording::Outlook::new(scenario, summary).map_or_else(String::new, |it| wording::headline(&it)),
        command: command.to_owned(),
        paths: summary.paths,
        seed: summary.seed,
        caveats: wording::rests_on(scenario)
            .into_iter()
            .chain(wording::figures_as_given(scenario))
            .chain(wording::lacks_mean(scenario).map(str::to_owned))
            .collect(),
        tables: Vec::new(),
    }
    .of(std::iter::once(scenario))
}
