//! The flag that says where random numbers come from.

use crate::study;

/// Where random numbers come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Sampler {
    /// Each from its address: path 17 is path 17 in a run of any length.
    Addressed,
    /// Sobol' points in 16 scrambles, which leave less simulation error.
    Sobol,
}

impl From<Sampler> for study::Sampler {
    fn from(flag: Sampler) -> Self {
        match flag {
            Sampler::Addressed => Self::Addressed,
            Sampler::Sobol => Self::Sobol,
        }
    }
}
