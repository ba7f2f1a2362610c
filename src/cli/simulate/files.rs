//! The files of a run: tables, pictures, workbook and manifest, from one summary.

use crate::chart::pictures;
use crate::chart::pictures::Look;
use crate::parallel;
use crate::report::summary_md;
use crate::scenario::{Loaded, Scenario};
use crate::store::manifest;
use crate::study::BySource;
use crate::summary::{KeptPath, Summary};
use crate::table::{Table, run, workbook};
use crate::wording;

/// What a run is written as: its tables and its files but the workbook and the manifest, which are made of these.
pub(super) struct Parts {
    tables: Vec<Table>,
    charted: Vec<(String, Table)>,
    /// Names below the run folder, with their bytes.
    pub files: Vec<(String, Vec<u8>)>,
}

/// Tables and pictures of the run with their bytes.
pub(super) fn parts(
    loaded: &Loaded,
    summary: &Summary,
    command: &str,
    look: Option<Look>,
    paths: Option<&[KeptPath]>,
    by_source: &[BySource],
) -> Parts {
    let scenario = &loaded.scenario;
    let names: &[&str] = if look.is_some() { &["gap", "funding", "probability"] } else { &[] };
    let (drawn, tables) = parallel::join(
        || look.map(|look| pictures::all(scenario, summary, by_source, paths.unwrap_or_default(), look)),
        || run::tables(scenario, summary, by_source, paths),
    );
    let texts: [(&str, &(dyn Fn() -> String + Sync)); 2] = [
        ("summary.md", &|| summary_md::summary_md(scenario, summary, command, names)),
        ("scenario.toml", &|| scenario.resolved_toml()),
    ];
    let mut files: Vec<(String, Vec<u8>)> =
        parallel::map(texts.len(), |file| (texts[file].0.to_owned(), (texts[file].1)().into_bytes()));
    let written = |place: usize| (tables[place].file().to_owned(), tables[place].csv().into_bytes());
    files.extend(parallel::map(tables.len(), written));
    if let Some(text) = &loaded.data_text {
        files.push(("data.csv".to_owned(), text.clone().into_bytes()));
    }
    let mut charted = Vec::new();
    for picture in drawn.unwrap_or_default() {
        files.extend(picture.files);
        charted.push((picture.name, picture.table));
    }
    Parts { tables, charted, files }
}

/// What is made of all parts: the workbook, and the manifest, which is the last file of a run.
pub(super) fn bound(loaded: &Loaded, summary: &Summary, command: &str, parts: &Parts) -> Vec<(String, Vec<u8>)> {
    let scenario = &loaded.scenario;
    let about = about(scenario, summary, command);
    let workbook = (workbook::NAME.to_owned(), workbook::workbook(&about, &parts.tables, &parts.charted));
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
    let manifest = manifest::manifest(&origin, parts.files.iter().chain([&workbook]));
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
