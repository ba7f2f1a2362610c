//! The what-if page: one file that holds a scenario, the engine as WebAssembly and the script between them.

use std::io::Write;

use askama::Template;
use base64::Engine;
use flate2::{Compression, write::GzEncoder};
use serde::Serialize;

use crate::draw::faces;
use crate::scenario::{Origin, Scenario};
use crate::study::{Changes, Look, Recipe};
use crate::table::sha256;
use crate::whatif::{Answer, Request, Slider, Told, Want, Wanted, answered};
use crate::wording;

use super::{STATUS, not_counted};

/// The engine, built by `.ci/web` from the sources that `web/engine.lock` lists.
pub const ENGINE: &[u8] = include_bytes!("../../web/engine.wasm");

/// Modules of the page's script, each after those that it imports.
const MODULES: [&str; 8] = [
    include_str!("../../web/page/format.js"),
    include_str!("../../web/page/state.js"),
    include_str!("../../web/page/toml.js"),
    include_str!("../../web/page/engine.js"),
    include_str!("../../web/page/fan.js"),
    include_str!("../../web/page/panel.js"),
    include_str!("../../web/page/view.js"),
    include_str!("../../web/page/main.js"),
];

/// Tabs of the page, as `web/page/view.js` knows them.
const TABS: [(&str, &str); 10] = [
    ("ratio", "Ratio"),
    ("gap", "Dollar gap"),
    ("funding", "Funding"),
    ("deals", "Deals"),
    ("probability", "Probabilities"),
    ("distribution", "Last year"),
    ("moved", "What moved it"),
    ("drives", "What drives it"),
    ("true", "What it would take"),
    ("pins", "Pins"),
];

/// A scenario that becomes a page, with everything that a reader may ask of it.
#[derive(Clone, Debug)]
pub struct WhatIfPage<'a> {
    /// The scenario as it was read, with the places that set its values.
    pub scenario: &'a Scenario,
    /// The scenario as one text, and the data set of its own if it has one: name and text.
    pub texts: Vec<(String, String)>,
    /// The run as the page asks for it: it names the first of the texts.
    pub recipe: Recipe,
    /// The command that makes the run from the files that the user has.
    pub command: String,
    /// Who counted the figures.
    pub sources: String,
    /// What a reader asks first: half of the ratio.
    pub goal: String,
}

/// What the script of the page is given.
#[derive(Serialize)]
struct Data<'a> {
    version: String,
    scenario: &'a str,
    sha256: String,
    seed: u64,
    paths: u64,
    command: &'a str,
    texts: &'a [(String, String)],
    recipe: &'a Recipe,
    sliders: Vec<Slider>,
    baseline: &'a Told,
}

#[derive(Template)]
#[template(path = "whatif.html")]
struct Page<'a> {
    version: &'static str,
    title: &'a str,
    summary: &'a str,
    faces: String,
    css: &'static str,
    baseline: &'a Told,
    status: &'static str,
    tabs: [(&'static str, &'static str); 10],
    picture: String,
    run_line: String,
    command: &'a str,
    goal: &'a str,
    sources: &'a str,
    not_counted: &'static str,
    data: String,
    worker: &'static str,
    engine: String,
    js: String,
}

/// The page as one HTML file.
///
/// # Errors
/// Why the scenario cannot be simulated.
pub fn what_if_page(page: &WhatIfPage) -> Result<String, String> {
    let ask = |want: Want| {
        let request = Request { texts: page.texts.clone(), recipe: page.recipe.clone(), want };
        answered(&request)
    };
    let Answer::Inputs(mut sliders) = ask(Want::Inputs)? else { return Err("the engine names no inputs".to_owned()) };
    in_order_of_regions(page.scenario, &mut sliders);
    keep_keys_of_packs(page.scenario, &mut sliders);
    let charts = ["gap", "funding", "deals", "probability", "distribution"].map(str::to_owned).to_vec();
    let Answer::Run(mut baseline) = ask(Want::Run(Wanted { charts, ..Wanted::default() }))? else {
        return Err("the engine says nothing of the scenario".to_owned());
    };
    let picture = baseline.charts.remove("gap").unwrap_or_default();
    let data = Data {
        version: concat!("aigap ", env!("CARGO_PKG_VERSION")).to_owned(),
        scenario: &page.texts[0].0,
        sha256: sha256(page.texts[0].1.as_bytes()),
        seed: baseline.seed,
        paths: baseline.paths,
        command: &page.command,
        texts: &page.texts,
        recipe: &page.recipe,
        sliders,
        baseline: &baseline,
    };
    let whole = Page {
        version: env!("CARGO_PKG_VERSION"),
        title: page.scenario.title(),
        summary: page.scenario.summary(),
        faces: faces(),
        css: include_str!("../../web/page/page.css"),
        baseline: &baseline,
        status: STATUS,
        tabs: TABS,
        picture,
        run_line: format!("{} · seed {}", wording::paths(baseline.paths), baseline.seed),
        command: &page.command,
        goal: &page.goal,
        sources: &page.sources,
        not_counted: not_counted([page.scenario]),
        data: in_script(&serde_json::to_string(&data).map_err(|error| error.to_string())?),
        worker: include_str!("../../web/page/worker.js"),
        engine: packed(ENGINE),
        js: joined(&MODULES),
    };
    whole.render().map_err(|error| error.to_string())
}

/// Sorts the sliders of each group by their regions, the lead first as everywhere else.
fn in_order_of_regions(scenario: &Scenario, sliders: &mut [Slider]) {
    let region = |address: &str| {
        let first = address.split('.').next().unwrap_or_default();
        scenario.regions().iter().position(|it| it.name() == first)
    };
    for group in sliders.chunk_by_mut(|a, b| a.group == b.group) {
        group.sort_by_key(|it| region(&it.address));
    }
}

/// Leaves a slider its key only where a pack can move it: `median` in a pack stands over a value that a file has, and the
/// effect of an event is one value. All else is reached with `--set`, which the page then says.
pub fn keep_keys_of_packs(scenario: &Scenario, sliders: &mut [Slider]) {
    let written = |address: &str| {
        let mut all = scenario.assumptions().iter();
        all.any(|it| it.address() == address && *it.set_by() != Origin::Usual)
    };
    for slider in sliders {
        let of_effect = slider.key.as_deref().is_some_and(|key| key.starts_with("effect."));
        if of_effect || !written(&slider.address) {
            (slider.table, slider.key) = (None, None);
        }
    }
}

/// The recipe of a page: the resolved scenario under its own name, with no changes but the reader's.
#[must_use]
pub fn recipe_of_page(recipe: &Recipe, file: &str) -> Recipe {
    let Recipe { paths, seed, sampler, .. } = recipe.clone();
    Recipe { paths, seed, sampler, changes: Changes::default(), look: Look::default(), ..Recipe::simulate(file) }
}

/// Whether bytes are those of a page of ours.
#[must_use]
pub fn is_what_if_page(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    text.contains("<meta name=\"generator\" content=\"aigap ") && text.contains("id=\"h-assumptions\"")
}

/// JSON that no part of can end the script it stands in.
fn in_script(json: &str) -> String {
    json.replace('<', "\\u003c")
}

/// The engine as gzip in base64.
fn packed(bytes: &[u8]) -> String {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("memory takes it");
    base64::engine::general_purpose::STANDARD.encode(encoder.finish().expect("memory takes it"))
}

/// Modules as one script: a page that is opened from a disk cannot import, so the lines that do so are left out, and what
/// `view.` names stands in an object of that name.
fn joined(modules: &[&str]) -> String {
    let mut script = String::from("(() => {\n'use strict';\n");
    for module in modules {
        let is_view = module.contains("export const TABS");
        if is_view {
            script += "const view = (() => {\n";
        }
        let mut names = Vec::new();
        for line in module.lines().filter(|line| !line.starts_with("import ")) {
            let own = line.strip_prefix("export ").unwrap_or(line);
            if own.len() < line.len() {
                let name = own.split([' ', '(']).nth(1).unwrap_or_default();
                names.push(name.to_owned());
            }
            script += own;
            script.push('\n');
        }
        if is_view {
            script += &format!("return {{ {} }};\n}})();\n", names.join(", "));
        }
    }
    script + "})();\n"
}
