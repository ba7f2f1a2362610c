//! A stored run made again from its own folder, every file with its bytes.

use crate::study::{Findings, Prepared, Refused, Told};

use super::files::{Files, files};
use super::folder::{FolderError, RunFolder};

/// What a folder holds, made again.
#[derive(Clone, Debug)]
pub struct Again {
    /// What its paths say.
    pub findings: Findings,
    /// Every file with its bytes.
    pub files: Files,
}

/// Why a stored run cannot be made again.
#[derive(Debug)]
pub enum NotAgain {
    /// Its folder is not whole.
    Folder(FolderError),
    /// Its scenarios cannot be asked what its recipe asks.
    Refused(Refused),
}

impl std::fmt::Display for NotAgain {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Folder(error) => error.fmt(f),
            Self::Refused(refused) => refused.fmt(f),
        }
    }
}

impl std::error::Error for NotAgain {}

impl RunFolder {
    /// Reads what the run is made again from.
    ///
    /// # Errors
    /// If the folder is not whole, or its scenarios cannot be asked what its recipe asks.
    pub fn prepared(&self) -> Result<Prepared, NotAgain> {
        let inputs = self.inputs().map_err(NotAgain::Folder)?;
        let prepared = Prepared::new(&self.manifest.recipe, inputs).map_err(NotAgain::Refused)?;
        // What the recipe had to decide was decided when the run was made.
        Ok(Prepared { recipe: self.manifest.recipe.clone(), ..prepared })
    }

    /// Makes the run again.
    ///
    /// # Errors
    /// If numbers leave their range.
    pub fn again(&self, prepared: &Prepared, told: Told) -> Result<Again, Refused> {
        let mut findings = prepared.run(told)?;
        if let Findings::Comparison(compared) = &mut findings {
            self.restore_settings(compared);
        }
        let files = files(prepared, &findings);
        Ok(Again { findings, files })
    }
}

impl Again {
    /// Its title as readers know it, and its paths.
    #[must_use]
    pub fn about(&self) -> (&str, u64) {
        match &self.findings {
            Findings::Run(run) => (run.scenario.title(), run.summary.paths),
            Findings::Comparison(it) => (it.baseline.scenario.title(), it.baseline.summary.paths),
            Findings::Sensitive(it) => (it.scenario.title(), it.settings.paths),
            Findings::Swept(it) => (it.scenario.title(), it.settings.paths),
            Findings::Discovered(it) => (it.scenario.title(), it.settings.paths),
            Findings::Fitted(it) => (it.scenario.title(), it.rows.len() as u64),
            Findings::BackTested(it) => (it.scenario.title(), it.settings.paths),
            Findings::Sought(it) => (it.scenario.title(), it.settings.paths),
        }
    }
}
