//! Where the random numbers of a study come from.

use serde::{Deserialize, Serialize};

/// Where random numbers come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sampler {
    /// Each from its address: path 17 is path 17 in a run of any length.
    Addressed,
    /// Sobol' points in 16 scrambles, which leave less simulation error.
    Sobol,
}

impl Sampler {
    /// Its word on the command line and in manifests.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Addressed => "addressed",
            Self::Sobol => "sobol",
        }
    }
}
