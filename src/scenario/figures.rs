//! `data`: the figures that a scenario starts from, built in or in a file of the user's own, in whatever layout it has.

use std::path::Path;

use crate::data::{BUILT_IN, BuiltIn, Dataset};
use crate::diagnostic::{Place, Problem, Sources, did_you_mean, plain_text};
use crate::exchange::{self, Asked};

use super::layer::Reading;
use super::tree::{Table, Value};

/// A data set, the text of the user's own CSV, and what to know about it.
type Named = (Dataset, Option<String>, Vec<Problem>);

/// Endings of files that may hold figures.
const ENDINGS: [&str; 4] = [".csv", ".tsv", ".txt", ".xlsx"];

/// The data set that the scenario names, built in or the user's own, with the text of the latter and what to know about it.
pub(super) fn named(
    table: &Table,
    folder: &Path,
    reading: &mut Reading,
    sources: &mut Sources,
) -> Result<Named, Vec<Problem>> {
    let Some(node) = table.get("data") else { return Ok((Dataset::built_in(), None, Vec::new())) };
    let fail = |what: String, cure: String| Err(vec![Problem::error(node.place.clone(), what, cure)]);
    let own = format!("write data = \"{BUILT_IN}\", or the name of a CSV file of your own");
    let Value::Text(name) = &node.value else {
        return fail(format!("`data` is {}, not a name", node.value.kind()), own);
    };
    if let Some(carried) = BuiltIn::named(name) {
        return Ok((carried.read(), None, Vec::new()));
    }
    let lower = name.to_lowercase();
    if lower.ends_with("datapackage.json") {
        let cure = format!("write its figures to a CSV first: aigap data {name} -o own.csv");
        return fail(format!("`{name}` is a data package, not a table"), cure);
    }
    if !ENDINGS.iter().any(|ending| lower.ends_with(ending)) {
        let cure = did_you_mean(name, BuiltIn::names()).map_or(own, |meant| format!("did you mean \"{meant}\"?"));
        return fail(format!("there is no data set `{name}`"), cure);
    }
    // A path is relative to the file that says it; what is set beside the files, to the scenario.
    let named_in = sources.files().get(node.place.file).and_then(|file| file.name.clone());
    let path = named_in.as_deref().and_then(|file| Path::new(file).parent()).unwrap_or(folder).join(name);
    if let Some(namer) = &named_in {
        reading.allows(Path::new(namer), &path, &node.place)?;
    }
    match (reading.read)(&path) {
        Ok(bytes) => own_figures(name, bytes, &node.place, sources),
        Err(why) => fail(format!("cannot read {name}: {why}"), "check the name and the folder".to_owned()),
    }
}

/// Figures of the user's own file: in our columns as they stand, in any other layout as the project's own CSV.
fn own_figures(name: &str, bytes: Vec<u8>, place: &Place, sources: &mut Sources) -> Result<Named, Vec<Problem>> {
    let short = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let is_workbook = short.to_lowercase().ends_with(".xlsx");
    if !is_workbook
        && let Ok(text) = plain_text(bytes.clone())
        && (text.trim().is_empty() || exchange::is_own(&text))
    {
        let (data, warnings) = Dataset::parse_with_warnings(short, &text, sources)?;
        return Ok((data, Some(text), warnings));
    }
    let read = if is_workbook { exchange::read_workbook } else { exchange::read };
    let understood = read(short, bytes, &Asked::default(), sources).map_err(|problems| asked(problems, name, place))?;
    let (mut data, warnings) = Dataset::parse_with_warnings(&format!("{short}, as read"), &understood.csv, sources)
        .map_err(|problems| understood.in_the_file(problems, sources))?;
    let warnings = understood.in_the_file(warnings, sources);
    // A run keeps its figures as CSV, whatever they came in.
    let stem = ENDINGS.iter().find_map(|it| short.strip_suffix(it)).unwrap_or(short);
    data.name = format!("{stem}.csv");
    let what = format!(
        "{short} is read as {}: {} figures, of which {} are used",
        understood.layout.title(),
        understood.read,
        understood.used
    );
    let cure = format!("aigap data {name} shows what was taken for what, and writes it down with -o own.csv");
    let told = Problem::warning(place.clone(), what, cure);
    let warnings = std::iter::once(told).chain(understood.warnings).chain(warnings).collect();
    Ok((data, Some(understood.csv), warnings))
}

/// What a file does not say is asked for where the file is named: a scenario has no flags for it.
fn asked(problems: Vec<Problem>, name: &str, place: &Place) -> Vec<Problem> {
    let note =
        format!("with the flag behind it, aigap data {name} -o own.csv writes figures that data = \"own.csv\" names");
    let placed = |problem: Problem| match problem.place {
        Some(_) => problem,
        None if problem.cure.contains("--") => Problem { place: Some(place.clone()), ..problem }.note(&note),
        None => Problem { place: Some(place.clone()), ..problem },
    };
    problems.into_iter().map(placed).collect()
}
