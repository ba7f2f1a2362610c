//! How far a fit trusts the growth that it has seen.

use serde::{Deserialize, Serialize};

/// How much a fit trusts the growth that it has seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Prior {
    /// A trend may be strong: about as likely as not to go on.
    Trend,
    /// Past growth says little of the next years.
    Shrunk,
    /// Both with equal weight: about as good as assuming no trend where there is none, and not lost where there is one.
    #[default]
    Pooled,
}

impl Prior {
    /// Its word on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Trend => "trend",
            Self::Shrunk => "shrunk",
            Self::Pooled => "pooled",
        }
    }
}
