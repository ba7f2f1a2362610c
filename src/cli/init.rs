//! `aigap init`: writes the scenarios and figures that the program carries into a folder, to start from.

use std::path::{Path, PathBuf};

use crate::scenario::library;
use crate::wording::quoted;

use super::outcome::Outcome;
use super::print::Terminal;

/// Flags of `aigap init`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  aigap init
  aigap init ai-gap && cd ai-gap && aigap simulate scenarios/base.toml")]
pub(super) struct Arguments {
    /// The folder to write into; it is made if it is not there.
    #[arg(value_name = "FOLDER", default_value = ".")]
    folder: PathBuf,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Outcome {
    let mut kept = Vec::new();
    for file in library::ALL {
        let path = arguments.folder.join(file.path);
        match write(&path, file.text) {
            Ok(Written::New | Written::AsCarried) => {}
            Ok(Written::Other) => kept.push(path),
            Err(why) => {
                terminal.error(&why);
                return Outcome::CouldNot;
            }
        }
    }
    terminal.answer(&said(&arguments.folder, &kept));
    Outcome::Done
}

/// What stands at the place of a carried file behind this.
enum Written {
    /// The file, which is new.
    New,
    /// The file, which was there already.
    AsCarried,
    /// Another file of that name, which is left as it is.
    Other,
}

fn write(path: &Path, text: &str) -> Result<Written, String> {
    use std::io::{ErrorKind, Write};
    let failed = |why: &std::io::Error| match why.kind() {
        ErrorKind::PermissionDenied => format!("cannot write {}: you may not write there", path.display()),
        ErrorKind::NotADirectory => format!("cannot write {}: a file is where a folder should be", path.display()),
        _ => format!("cannot write {}: {why}", path.display()),
    };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|why| failed(&why))?;
    }
    let file = match std::fs::OpenOptions::new().write(true).create_new(true).open(path) {
        Err(why) if why.kind() == ErrorKind::AlreadyExists => {
            let same = std::fs::read(path).is_ok_and(|bytes| bytes == text.as_bytes());
            return Ok(if same { Written::AsCarried } else { Written::Other });
        }
        opened => opened,
    };
    // A file that is half written would be taken for one of the user's own by the next try.
    let written =
        file.and_then(|mut file| file.write_all(text.as_bytes()).inspect_err(|_| drop(std::fs::remove_file(path))));
    written.map(|()| Written::New).map_err(|why| failed(&why))
}

fn said(folder: &Path, kept: &[PathBuf]) -> String {
    let number = |start: &str| {
        library::ALL.iter().filter(|file| file.path.starts_with(start) && file.path.ends_with(".toml")).count()
    };
    let packs = number("scenarios/packs/");
    let at = |path: &str| folder.join(path).display().to_string().trim_start_matches("./").to_owned();
    let mut said = format!(
        "{} scenarios and {packs} packs are in {}, figures and schema in {}.\n",
        number("scenarios/") - packs,
        at("scenarios"),
        at("data")
    );
    if !kept.is_empty() {
        let names: Vec<String> = kept.iter().map(|path| path.display().to_string()).collect();
        said += &format!(
            "Not written, because another file of that name is there: {}. Take it away and run aigap init again for the one of \
             this version.\n",
            names.join(", ")
        );
    }
    said + &format!("Next: aigap simulate {}\n", quoted(&at("scenarios/base.toml")))
}
