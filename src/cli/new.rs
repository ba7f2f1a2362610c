//! `aigap new`: a commented scenario to start from, which passes `aigap check` at once.

mod models;

use std::path::{Path, PathBuf};

use crate::diagnostic::did_you_mean;
use crate::scenario::library;
use crate::wording;

use super::outcome::Outcome;
use super::print::Terminal;
use models::MODELS;

/// Flags of `aigap new`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Name of the scenario; NAME.toml is written into this folder.
    #[arg(value_name = "NAME")]
    name: PathBuf,
    /// The scenario it extends; without one it stands on its own.
    #[arg(long, value_name = "SCENARIO")]
    extends: Option<String>,
    /// Write one series with this model of growth, to show how it is written: random-walk, fade, ar1, logistic, gompertz or path.
    #[arg(long, value_name = "MODEL", value_parser = model)]
    model: Option<&'static str>,
}

/// A model of growth that a series of a new scenario may have.
fn model(name: &str) -> Result<&'static str, String> {
    let known = MODELS.iter().map(|(known, _)| *known);
    known.clone().find(|known| *known == name).ok_or_else(|| {
        let meant = did_you_mean(name, known.clone()).map(|meant| format!("did you mean {meant}?"));
        meant.unwrap_or_else(|| format!("it is one of {}", known.collect::<Vec<_>>().join(", ")))
    })
}

/// A text with the lines below `[china.deals]` written with a model of growth.
fn with_model(text: &str, model: &str) -> String {
    const SERIES: &str = "[china.deals]\n";
    let lines = MODELS.iter().find(|(known, _)| *known == model).map(|(_, lines)| *lines);
    let (Some(lines), Some((before, rest))) = (lines, text.split_once(SERIES)) else { return text.to_owned() };
    let behind = rest.split_once("\n\n").map_or("", |(_, behind)| behind);
    format!("{before}{SERIES}{lines}\n{behind}")
}

const OWN: &str = include_str!("new/own.toml");
const WHAT_IF: &str = include_str!("new/what-if.toml");

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Outcome {
    let written = arguments.name.to_string_lossy();
    if arguments.name.file_name().is_none() || written.ends_with(['/', '\\']) {
        terminal.error("a scenario needs a name, such as: aigap new china-recovers");
        return Outcome::Usage;
    }
    // Not with_extension, which would take "v1.2-china" for "v1" with an ending.
    let named = |ending: &str| arguments.name.extension().is_some_and(|it| it.eq_ignore_ascii_case(ending));
    let path = if named("toml") {
        arguments.name.clone()
    } else {
        PathBuf::from(format!("{}.toml", arguments.name.display()))
    };
    let stem = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    if let Some(base) = &arguments.extends
        && !library::names().any(|name| name == base)
        && let Err(why) = crate::store::read(Path::new(base))
    {
        terminal.error(&format!("cannot read {base}, which {stem} is to extend: {why}"));
        return Outcome::Invalid;
    }
    // A name becomes text inside quotes.
    let title: String =
        stem.replace(['-', '_'], " ").chars().filter(|c| !c.is_control() && !"\"\\".contains(*c)).collect();
    let mut outside = false;
    let text = match &arguments.extends {
        Some(base) => {
            let base = from_the_folder_of(&path, &base.replace('\\', "/").replace('"', ""));
            outside = leads_out(&base);
            WHAT_IF.replace("{title}", &title).replace("{base}", &base)
        }
        None => OWN.replace("{title}", &title),
    };
    let text = arguments.model.map_or_else(|| text.clone(), |model| with_model(&text, model));
    match write_new(&path, &text) {
        Ok(()) => {
            let typed = wording::quoted(&path.to_string_lossy());
            // What it extends lies elsewhere, and is opened only if the user says so.
            let flag = if outside { " --allow-outside" } else { "" };
            terminal.answer(&format!(
                "{} is written.\nNext: edit it, then aigap check {typed}{flag} and aigap simulate {typed}{flag}\n",
                path.display()
            ));
            Outcome::Done
        }
        Err(why) => {
            terminal.error(&why);
            Outcome::CouldNot
        }
    }
}

/// Whether a path that a file says leads out of the folder of that file.
pub(super) fn leads_out(base: &str) -> bool {
    let path = Path::new(base);
    path.is_absolute() || path.components().any(|part| part == std::path::Component::ParentDir)
}

/// A path as a file in another folder has to say it: relative to its own folder.
fn from_the_folder_of(path: &Path, base: &str) -> String {
    use std::path::Component;
    let folders = path.parent().map_or(0, |parent| parent.components().count());
    let plain = path.components().all(|part| matches!(part, Component::Normal(_)));
    if folders == 0 || !plain || Path::new(base).is_absolute() {
        return base.to_owned();
    }
    "../".repeat(folders) + base
}

/// Writes a file that must not be there yet.
fn write_new(path: &Path, text: &str) -> Result<(), String> {
    use std::io::Write;
    let file = std::fs::OpenOptions::new().write(true).create_new(true).open(path);
    let written = file.and_then(|mut file| {
        // A file that is half written would be in the way of the next try.
        file.write_all(text.as_bytes()).inspect_err(|_| drop(std::fs::remove_file(path)))
    });
    written.map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => {
            format!("{} exists and is left as it is; choose another name", path.display())
        }
        std::io::ErrorKind::NotFound => format!("cannot write {}: there is no such folder", path.display()),
        std::io::ErrorKind::PermissionDenied => format!("cannot write {}: you may not write there", path.display()),
        _ => format!("cannot write {}: {error}", path.display()),
    })
}
