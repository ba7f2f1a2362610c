//! The input of a question to figures alone: the two regions on a data set, as a scenario that says nothing of the future.

use std::path::{Path, PathBuf};

use crate::data::{BuiltIn, Dataset};
use crate::diagnostic::{Problem, Sources, plain_text};
use crate::scenario::{self, ReadFile, Rejected};

use super::inputs::Input;

/// Years that such a scenario reaches ahead: it is what a fit writes its own to.
const AHEAD: i32 = 7;

impl Input {
    /// The regions on a data set up to a year, or to the last that all of them have.
    ///
    /// # Errors
    /// What is wrong with the data.
    pub fn of_figures(
        data: &Path,
        regions: &[String],
        until: Option<i32>,
        read: ReadFile,
    ) -> Result<Self, Box<Rejected>> {
        let name = super::file_name(data);
        let (figures, path) = match BuiltIn::named(&data.to_string_lossy()) {
            Some(carried) => (carried.read(), PathBuf::from(format!("{name}.toml"))),
            None => (figures(data, read)?, data.with_extension("toml")),
        };
        let text = text(&name, regions, (&figures, until));
        let served = |file: &Path| if file == path { Ok(text.clone().into_bytes()) } else { read(file) };
        let loaded = scenario::load(&path, &scenario::Layers::default(), None, &served)?;
        Ok(Self { loaded, stored: None, by_source: Vec::new() })
    }
}

/// A data set of one's own.
fn figures(path: &Path, read: ReadFile) -> Result<Dataset, Box<Rejected>> {
    let mut sources = Sources::default();
    let bytes = read(path).map_err(|why| (format!("cannot read {}: {why}", path.display()), "check the name"));
    let text =
        bytes.and_then(|bytes| plain_text(bytes).map_err(|(what, cure)| (format!("{} {what}", path.display()), cure)));
    let problems = match text {
        Ok(text) => match Dataset::parse(&path.to_string_lossy(), &text, &mut sources) {
            Ok(data) => return Ok(data),
            Err(problems) => problems,
        },
        Err((what, cure)) => vec![Problem::error(None, what, cure)],
    };
    Err(Box::new(Rejected { problems, sources }))
}

/// The scenario as it would be written by hand.
fn text(name: &str, regions: &[String], (figures, until): (&Dataset, Option<i32>)) -> String {
    let common = |year: &i32| regions.iter().all(|region| figures.find(region, "funding", *year).is_some());
    let years = figures.observations.iter().map(|figure| figure.year);
    let asked = |year: &i32| until.is_none_or(|until| *year <= until);
    // Without such a year the scenario is refused, and says why.
    let until = years.filter(asked).filter(common).max().or(until).unwrap_or_default();
    let has = |other: &str| figures.find(other, "funding", until).is_some() && regions.iter().all(|it| it != other);
    // One region alone is held against another that the data have, since a scenario has two sides.
    let known = figures.regions();
    let usual = ["china", "us"].into_iter().chain(known).find(|other| has(other) && *other != "world");
    let mut sides: Vec<&str> = regions.iter().map(String::as_str).collect();
    sides.extend(usual.filter(|_| regions.len() == 1));
    let list: Vec<String> = sides.iter().map(|side| format!("\"{side}\"")).collect();
    let mut text = format!(
        "title = \"Funding in {name}\"\nhorizon = {}\ndata = \"{name}\"\nbase-year = {until}\ngap = [{}]\n",
        until + AHEAD,
        list.join(", ")
    );
    let words = "why = \"believed before any figure was seen\", source = \"judgement\"";
    for side in sides {
        text += &format!(
            "\n[{side}.funding]\nmodel = \"random-walk\"\ngrowth = {{ mean = \"8%\", sd = \"30%\", {words} }}\n\
             volatility = {{ value = \"30%\", {words} }}\n"
        );
    }
    text
}
