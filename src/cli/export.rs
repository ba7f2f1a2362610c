//! `aigap export`: a stored run in the format of another community's tools.

use std::path::{Path, PathBuf};

use crate::export::{self, Format};
use crate::store;
use crate::wording::quoted;

use super::load;
use super::outcome::Outcome;
use super::print::Terminal;

/// Flags of `aigap export`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  aigap export output/base --to iamc
  aigap export output/base --to datapackage --out package")]
pub(super) struct Arguments {
    /// The folder of a run.
    run: PathBuf,
    /// Format: hubverse, iamc, datapackage, parquet, stata-csv.
    #[arg(long, value_name = "FORMAT", value_parser = format)]
    to: Format,
    /// Folder to write into; RUN-FORMAT if not given.
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// Replace files that are there and hold something else.
    #[arg(long)]
    force: bool,
}

fn format(word: &str) -> Result<Format, String> {
    let words = || Format::ALL.map(Format::word).join(", ");
    Format::ALL.into_iter().find(|it| it.word() == word).ok_or_else(|| format!("write one of {}", words()))
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Outcome, Outcome> {
    let folder = load::run_folder(&arguments.run, terminal)?;
    let files = export::files(&folder, arguments.to).map_err(|why| {
        terminal.error(&format!("{}: {why}", arguments.run.display()));
        Outcome::Invalid
    })?;
    let out = arguments.out.clone().unwrap_or_else(|| beside(&arguments.run, arguments.to));
    for (name, bytes) in &files {
        let path = out.join(name);
        let is_other = || crate::store::ordinary(&path, 1 << 30).map_or(true, |there| there != *bytes);
        if path.exists() && !arguments.force && is_other() {
            terminal.error(&format!(
                "{} exists; choose another folder with --out, or replace it with --force",
                path.display()
            ));
            return Err(Outcome::CouldNot);
        }
    }
    // Files and folders that were not there before, the innermost last.
    let mut made: Vec<PathBuf> = Vec::new();
    for (name, bytes) in &files {
        let path = out.join(name);
        let own: Vec<&Path> =
            path.ancestors().take_while(|it| it.starts_with(&out)).filter(|it| !it.exists()).collect();
        made.extend(own.into_iter().rev().map(Path::to_owned));
        store::write_whole(&path, bytes).map_err(|why| {
            remove_made(&made);
            terminal.error(&format!("cannot write {}: {why}", path.display()));
            Outcome::CouldNot
        })?;
    }
    let shown = out.display().to_string();
    let mut text = format!("{shown} holds the run as {}:\n", arguments.to.word());
    for (name, _) in files.iter().take(6) {
        text += &format!("  {name}\n");
    }
    if files.len() > 6 {
        text += &format!("  and {} more\n", files.len() - 6);
    }
    text += &format!("Next: {}\n", arguments.to.opened_by().replace("{folder}", &quoted(&shown).replace('"', "")));
    terminal.answer(&text);
    Ok(Outcome::Done)
}

/// Removes what was made before a file could not be written. A folder that somebody else wrote into meanwhile stays.
fn remove_made(made: &[PathBuf]) {
    for path in made.iter().rev() {
        let _ = std::fs::remove_file(path).or_else(|_| std::fs::remove_dir(path));
    }
}

/// A folder beside that of the run.
fn beside(run: &Path, format: Format) -> PathBuf {
    let name = run.file_name().map_or_else(|| "run".to_owned(), |name| name.to_string_lossy().into_owned());
    run.with_file_name(format!("{name}-{}", format.word()))
}
