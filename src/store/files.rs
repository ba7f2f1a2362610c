//! The files of a run or a comparison: tables, pictures, workbook and manifest, from what its paths say.

use crate::chart;
use crate::parallel;
use crate::report::{comparison_md, history_md, seek_md, sensitivity_md, summary_md};
use crate::scenario::{Loaded, Scenario};
use crate::study::{Comparison, Findings, Fit, Prepared, Run, Sampler, Side};
use crate::table::workbook::Charted;
use crate::table::{self, Table, workbook};
use crate::wording;

use super::about;
use super::charts::{self, Picture};
use super::manifest;
use super::run_directory::{RunDirectory, RunError};

/// Files by name below the run folder, with their bytes.
pub type Files = Vec<(String, Vec<u8>)>;

/// What a run is written as: its tables and its files but the workbook and the manifest, which are made of these.
struct Parts {
    tables: Vec<Table>,
    charted: Vec<Charted>,
    files: Files,
}

impl RunDirectory {
    /// Writes every file of a run or a comparison, and exchanges the folder for the one before.
    ///
    /// # Errors
    /// If the disk refuses; the old run is then still in its place.
    pub fn write_findings(&self, prepared: &Prepared, findings: &Findings) -> Result<(), RunError> {
        let parts = parts(prepared, findings);
        self.write_and_add(&parts.files, || bound(prepared, findings, &parts))
    }
}

/// Every file of a run or a comparison.
#[must_use]
pub fn files(prepared: &Prepared, findings: &Findings) -> Files {
    let parts = parts(prepared, findings);
    let bound = bound(prepared, findings, &parts);
    parts.files.into_iter().chain(bound).collect()
}

/// Tables and pictures: every file that is not made of the others.
fn parts(prepared: &Prepared, findings: &Findings) -> Parts {
    match findings {
        Findings::Run(run) => parts_of_run(prepared, run),
        Findings::Comparison(compared) => parts_of_comparison(prepared, compared),
        Findings::Sought(it) => {
            parts_of_question(prepared, findings, table::questions::tables(it), |command, names| {
                seek_md::summary_md(it, command, names)
            })
        }
        Findings::Sensitive(it) => {
            parts_of_question(prepared, findings, table::sensitivity::tables(it), |command, names| {
                sensitivity_md::sensitivity(it, command, names)
            })
        }
        Findings::Swept(it) => parts_of_question(prepared, findings, table::sweep::tables(it), |command, names| {
            sensitivity_md::sweep(it, command, names)
        }),
        Findings::Fitted(it) => parts_of_fit(prepared, findings, it),
        Findings::BackTested(it) => {
            parts_of_question(prepared, findings, table::history::of_back_test(it), |command, names| {
                history_md::back_test(it, command, names)
            })
        }
        Findings::Discovered(it) => {
            parts_of_question(prepared, findings, table::discover::tables(it), |command, names| {
                sensitivity_md::discovery(it, command, names)
            })
        }
    }
}

impl Parts {
    fn add_pictures(&mut self, pictures: Vec<Picture>) {
        for picture in pictures {
            self.files.extend(picture.files);
            self.charted.push(picture.charted);
        }
    }
}

fn parts_of_run(prepared: &Prepared, run: &Run) -> Parts {
    let Run { scenario, summary, kept, by_source, .. } = run;
    let (look, command) = (&prepared.recipe.look, wording::command(&prepared.recipe));
    let mut names: Vec<&str> = if look.charts { vec!["gap", "funding", "probability"] } else { Vec::new() };
    names.extend((look.charts && !by_source.is_empty()).then_some("sources"));
    let (drawn, tables) = parallel::join(
        || {
            let kept = kept.as_deref().unwrap_or_default();
            look.charts.then(|| charts::of_run(scenario, summary, by_source, kept, look))
        },
        || table::run::tables(scenario, summary, by_source, kept.as_deref()),
    );
    let texts: [(&str, &(dyn Fn() -> String + Sync)); 2] = [
        ("summary.md", &|| summary_md::summary_md(scenario, summary, &command, &names)),
        ("scenario.toml", &|| scenario.resolved_toml()),
    ];
    let mut files: Files =
        parallel::map(texts.len(), |file| (texts[file].0.to_owned(), (texts[file].1)().into_bytes()));
    let written = |place: usize| (tables[place].file().to_owned(), tables[place].csv().into_bytes());
    files.extend(parallel::map(tables.len(), written));
    if let Some(text) = &prepared.scenarios[0].data_text {
        files.push(("data.csv".to_owned(), text.clone().into_bytes()));
    }
    files.extend(draws_of(scenario, "").map(|(name, text)| (name, text.into_bytes())));
    let mut parts = Parts { tables, charted: Vec::new(), files };
    parts.add_pictures(drawn.unwrap_or_default());
    parts
}

fn parts_of_comparison(prepared: &Prepared, compared: &Comparison) -> Parts {
    let look = &prepared.recipe.look;
    let drawn = if look.charts { chart::comparison::charts(compared) } else { Vec::new() };
    let names: Vec<&str> = drawn.iter().map(|(name, _)| name.as_str()).collect();
    let tables = table::comparison::tables(compared);
    let summary = comparison_md::summary_md(compared, &wording::command(&prepared.recipe), &names);
    let mut texts = vec![("summary.md".to_owned(), summary)];
    texts.extend(tables.iter().map(|table| (table.file().to_owned(), table.csv())));
    // What each scenario gives by itself, in the folder that the words of the comparison name.
    let sides = std::iter::once(&compared.baseline).chain(compared.what_ifs.iter().map(|it| &it.side));
    for Side { scenario, summary } in sides {
        for table in [table::run::fan(scenario, summary), table::run::probabilities(scenario, summary)] {
            texts.push((format!("{}{}", wording::comparison::folder_of(scenario), table.file()), table.csv()));
        }
    }
    for Loaded { scenario, data_text, .. } in &prepared.scenarios {
        texts.push((format!("scenarios/{}.toml", scenario.name()), scenario.resolved_toml()));
        texts.extend(data_text.clone().map(|text| (format!("scenarios/{}.csv", scenario.name()), text)));
        let known: Vec<String> = texts.iter().map(|(name, _)| name.clone()).collect();
        texts.extend(draws_of(scenario, "scenarios/").filter(|(name, _)| !known.contains(name)));
    }
    let files = texts.into_iter().map(|(name, text)| (name, text.into_bytes())).collect();
    let mut parts = Parts { tables, charted: Vec::new(), files };
    parts.add_pictures(charts::drawn(&drawn, look));
    parts
}

/// A question about one scenario: its tables, its charts, its summary and the scenario.
fn parts_of_question(
    prepared: &Prepared,
    findings: &Findings,
    mut tables: Vec<Table>,
    summary: impl FnOnce(&str, &[&str]) -> String,
) -> Parts {
    let drawn = prepared.recipe.look.charts.then(|| chart::questions::of(findings)).flatten().unwrap_or_default();
    let Loaded { scenario, data_text, .. } = &prepared.scenarios[0];
    // It tells the place that set each value, which the resolved scenario does not.
    tables.push(table::run::assumptions(scenario));
    let names: Vec<&str> = drawn.iter().map(|(name, _)| name.as_str()).collect();
    let mut texts = vec![
        ("summary.md".to_owned(), summary(&wording::command(&prepared.recipe), &names)),
        ("scenario.toml".to_owned(), scenario.resolved_toml()),
    ];
    texts.extend(tables.iter().map(|table| (table.file().to_owned(), table.csv())));
    texts.extend(data_text.clone().map(|text| ("data.csv".to_owned(), text)));
    texts.extend(draws_of(scenario, ""));
    let files = texts.into_iter().map(|(name, text)| (name, text.into_bytes())).collect();
    let mut parts = Parts { tables, charted: Vec::new(), files };
    parts.add_pictures(charts::drawn(&drawn, &prepared.recipe.look));
    parts
}

/// A fit: its tables and page, the scenario that goes on from it, and the draws of that.
fn parts_of_fit(prepared: &Prepared, findings: &Findings, fit: &Fit) -> Parts {
    let mut parts = parts_of_question(prepared, findings, table::history::of_fit(fit), |command, names| {
        history_md::fit(fit, command, names)
    });
    let command = wording::command(&prepared.recipe);
    // One's own figures stand beside it as data.csv.
    let own = prepared.scenarios[0].data_text.is_some();
    let data = if own { "data.csv" } else { fit.scenario.data().name.as_str() };
    if let Some(text) = fit.scenario_toml(data, "fit-draws.csv", &command) {
        parts.files.push(("fitted.toml".to_owned(), text.into_bytes()));
    }
    parts.files.push(("fit-draws.csv".to_owned(), fit.draws_csv().into_bytes()));
    parts
}

/// What is made of all parts: the workbook, and the manifest, which is the last file of a run.
fn bound(prepared: &Prepared, findings: &Findings, parts: &Parts) -> Files {
    let command = wording::command(&prepared.recipe);
    let (about, paths) = match findings {
        Findings::Run(run) => (about::run(&run.scenario, &run.summary, &command), run.summary.paths),
        Findings::Comparison(compared) => (about::comparison(compared, &command), prepared.settings.paths),
        Findings::Sought(it) => (about::sought(it, &command), prepared.settings.paths),
        Findings::Sensitive(it) => (about::sensitive(it, &command), prepared.settings.paths),
        Findings::Swept(it) => (about::swept(it, &command), prepared.settings.paths),
        Findings::Discovered(it) => (about::discovered(it, &command), prepared.settings.paths),
        Findings::Fitted(it) => (about::fitted(it, &command), it.rows.len() as u64),
        Findings::BackTested(it) => (about::back_tested(it, &command), prepared.settings.paths),
    };
    let workbook = (workbook::NAME.to_owned(), workbook::workbook(&about, &parts.tables, &parts.charted));
    let names: Vec<&str> = prepared.scenarios.iter().map(|it| it.scenario.name()).collect();
    let points = prepared.settings.points().is_some();
    let origin = manifest::Origin {
        recipe: prepared.recipe.clone(),
        command,
        scenario: names.join(" "),
        seed: prepared.settings.seed,
        paths,
        sampler: if points { Sampler::Sobol } else { Sampler::Addressed },
        inputs: inputs(&prepared.scenarios),
    };
    let manifest = manifest::manifest(&origin, parts.files.iter().chain([&workbook]));
    vec![workbook, (manifest::NAME.to_owned(), manifest.into_bytes())]
}

/// Files of joint draws as a run folder keeps them, beside the scenario that names them.
fn draws_of<'a>(scenario: &'a Scenario, folder: &str) -> impl Iterator<Item = (String, String)> + use<'a> {
    let folder = folder.to_owned();
    scenario.draws().iter().map(move |draws| (format!("{folder}draws/{}", draws.file()), draws.text().to_owned()))
}

/// Texts that were read: names without folders, each once.
fn inputs(scenarios: &[Loaded]) -> Vec<(String, String)> {
    let mut inputs: Vec<(String, String)> = Vec::new();
    for file in scenarios.iter().flat_map(|it| it.sources.files()) {
        let whole = file.name.as_deref().unwrap_or(table::GIVEN);
        let name = whole.rsplit(['/', '\\']).next().unwrap_or(whole);
        let input = (name.to_owned(), file.text.clone());
        if !inputs.contains(&input) {
            inputs.push(input);
        }
    }
    inputs
}
