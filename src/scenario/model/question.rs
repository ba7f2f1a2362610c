//! What a scenario asks of its own projection: questions, and checks of plausibility.

use crate::measure::Condition;

/// A question of the user's own.
#[derive(Clone, Debug, PartialEq)]
pub struct Inquiry {
    pub(in crate::scenario) name: String,
    pub(in crate::scenario) that: Condition,
    pub(in crate::scenario) why: Option<String>,
}

impl Inquiry {
    /// Its name, the `question` column of its rows.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Condition that is asked about.
    #[must_use]
    pub fn that(&self) -> &Condition {
        &self.that
    }

    /// Why it is asked.
    #[must_use]
    pub fn why(&self) -> Option<&str> {
        self.why.as_deref()
    }
}

/// What must hold in every simulated year of a plausible projection.
#[derive(Clone, Debug, PartialEq)]
pub struct Plausibility {
    pub(in crate::scenario) name: String,
    pub(in crate::scenario) that: Condition,
    pub(in crate::scenario) severity: Severity,
    pub(in crate::scenario) allow: f64,
    pub(in crate::scenario) why: Option<String>,
    pub(in crate::scenario) source: Option<String>,
}

impl Plausibility {
    /// Name of the check.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What must hold.
    #[must_use]
    pub fn that(&self) -> &Condition {
        &self.that
    }

    /// Whether breaking it is a failure or a warning.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// Share of paths that may break it.
    #[must_use]
    pub fn allow(&self) -> f64 {
        self.allow
    }

    /// Why it must hold.
    #[must_use]
    pub fn why(&self) -> Option<&str> {
        self.why.as_deref()
    }

    /// The figure it rests on.
    #[must_use]
    pub fn source(&self) -> Option<&str> {
        self.source.as_deref()
    }
}

/// What a broken check means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The user should know.
    Warn,
    /// The projection is not plausible; `--strict` fails.
    Fail,
}

impl Severity {
    /// Its word in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Warn => "warn",
            Self::Fail => "fail",
        }
    }
}
