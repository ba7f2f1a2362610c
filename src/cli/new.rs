//! `aigap new`: a commented scenario to start from, which passes `aigap check` at once.

use std::path::{Path, PathBuf};

use super::outcome::Outcome;
use super::print::Terminal;

/// Flags of `aigap new`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Name of the scenario; NAME.toml is written into this folder.
    #[arg(value_name = "NAME")]
    name: PathBuf,
    /// The scenario it extends; without one it stands on its own.
    #[arg(long, value_name = "SCENARIO")]
    extends: Option<String>,
}

const OWN: &str = include_str!("new/own.toml");
const WHAT_IF: &str = include_str!("new/what-if.toml");

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Outcome {
    let path = arguments.name.with_extension("toml");
    let Some(stem) = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()) else {
        terminal.error("a scenario needs a name, such as: aigap new china-recovers");
        return Outcome::Usage;
    };
    // A name becomes text inside quotes.
    let title: String =
        stem.replace(['-', '_'], " ").chars().filter(|c| !c.is_control() && !"\"\\".contains(*c)).collect();
    let text = match &arguments.extends {
        Some(base) => {
            let base = base.replace('\\', "/").replace('"', "");
            WHAT_IF.replace("{title}", &title).replace("{base}", &base)
        }
        None => OWN.replace("{title}", &title),
    };
    match write_new(&path, &text) {
        Ok(()) => {
            let shown = path.display();
            terminal.answer(&format!(
                "{shown} is written.\nNext: edit it, then aigap check {shown} and aigap simulate {shown}\n"
            ));
            Outcome::Done
        }
        Err(why) => {
            terminal.error(&why);
            Outcome::CouldNot
        }
    }
}

/// Writes a file that must not be there yet.
fn write_new(path: &Path, text: &str) -> Result<(), String> {
    use std::io::Write;
    let file = std::fs::OpenOptions::new().write(true).create_new(true).open(path);
    let written = file.and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => {
            format!("{} exists and is left as it is; choose another name", path.display())
        }
        std::io::ErrorKind::NotFound => format!("cannot write {}: there is no such folder", path.display()),
        std::io::ErrorKind::PermissionDenied => format!("cannot write {}: you may not write there", path.display()),
        _ => format!("cannot write {}: {error}", path.display()),
    })
}
