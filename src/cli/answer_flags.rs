//! Flags of every command that writes a folder and tells what is in it: where it goes, what it holds, and how it is told.

use std::path::PathBuf;

use crate::study::{Findings, Look, Prepared};

use super::folder;
use super::look;
use super::outcome::Outcome;
use super::print::Terminal;
use super::steps;

/// What these flags say. Help on `--out` is each command's own (`help.rs`).
#[derive(Clone, Debug, clap::Args)]
pub(super) struct AnswerFlags {
    /// Folder of the answer.
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// Write tables only.
    #[arg(long)]
    pub(super) no_charts: bool,
    /// Print the answer for programs.
    #[arg(long, conflicts_with = "quiet")]
    pub(super) json: bool,
    /// Print nothing.
    #[arg(long)]
    pub(super) quiet: bool,
    #[command(flatten)]
    look: look::LookFlags,
}

impl AnswerFlags {
    /// How charts are drawn, with so many single paths over the fans.
    pub(super) fn look(&self, hairlines: Option<u16>) -> Look {
        Look { charts: !self.no_charts, ..self.look.look(hairlines) }
    }

    /// Simulates and writes what was prepared: the findings, and the folder that holds them.
    pub(super) fn write(
        &self,
        prepared: &Prepared,
        force: bool,
        terminal: &Terminal,
    ) -> Result<(Findings, PathBuf), Outcome> {
        let folder = steps::folder_of(self.out.as_ref(), prepared);
        let replaced = if force { None } else { folder::keep_another(&folder, prepared, terminal)? };
        let directory = folder::open(&folder, force, terminal)?;
        let findings = steps::answer(prepared, self.quiet || self.json, terminal)?;
        steps::write(&directory, prepared, &findings, terminal)?;
        replaced.iter().filter(|_| !self.quiet && !self.json).for_each(|words| terminal.remark(words));
        Ok((findings, folder))
    }
}
