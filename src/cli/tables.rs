//! `aigap tables`: every table that is written, and what its columns hold.

use crate::table::declared::ALL;
use crate::table::dictionary;

/// Flags of `aigap tables`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// A file, to list its columns: fan.csv, charts/gap.csv.
    file: Option<String>,
    /// For programs.
    #[arg(long)]
    json: bool,
    /// The page of the documentation.
    #[arg(long, conflicts_with_all = ["json", "file"])]
    markdown: bool,
}

impl Arguments {
    /// What is asked for; where no command writes such a file, what to do about it.
    pub(crate) fn answer(&self) -> Result<String, String> {
        let Some(name) = &self.file else {
            return Ok(match (self.markdown, self.json) {
                (true, _) => dictionary::page(),
                (_, true) => dictionary::as_json(ALL),
                _ => dictionary::list(),
            });
        };
        let found = dictionary::find(name);
        match (found.is_empty(), self.json) {
            (true, _) => Err(format!("no command writes a table {name}; aigap tables lists those that are written")),
            (_, true) => Ok(dictionary::as_json(found)),
            _ => Ok(found.into_iter().map(dictionary::columns).collect::<Vec<_>>().join("\n")),
        }
    }
}
