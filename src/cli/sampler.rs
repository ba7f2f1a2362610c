//! Where random numbers come from: addresses, or Sobol' points laid out for a command.

use std::sync::Arc;

use crate::engine::Settings;
use crate::random::quasi::Quasi;
use crate::scenario::{self, Scenario};

/// Where random numbers come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Sampler {
    /// Each from its address: path 17 is path 17 in a run of any length.
    Addressed,
    /// Sobol' points in 16 scrambles, which leave less simulation error.
    Sobol,
}

impl Sampler {
    /// The flag if it is given, else what the scenario asks for.
    pub fn of(flag: Option<Self>, scenario: &Scenario) -> Self {
        flag.unwrap_or(if scenario.run.sobol { Self::Sobol } else { Self::Addressed })
    }

    /// What the command line that makes the run again has to say.
    pub fn command(self) -> &'static str {
        match self {
            Self::Addressed => "",
            Self::Sobol => " --sampler sobol",
        }
    }

    /// Lays the points out for all scenarios of a command; paths are rounded up to what points fill.
    ///
    /// # Errors
    /// Why a scenario cannot take points, and what to do.
    pub fn lay_out(self, scenarios: &mut [&mut Scenario], settings: Settings) -> Result<Settings, String> {
        if self == Self::Addressed {
            return Ok(settings);
        }
        let shared: Vec<&Scenario> = scenarios.iter().map(|scenario| &**scenario).collect();
        let needs = scenario::needs(&shared)?;
        let paths = Quasi::rounded(settings.paths);
        if paths > Settings::MOST_PATHS {
            return Err(format!("points come in powers of two, and {paths} paths are more than there may be"));
        }
        let points = Arc::new(Quasi::new(needs, settings.seed, paths));
        scenarios.iter_mut().for_each(|scenario| scenario.set_points(Some(Arc::clone(&points))));
        Ok(Settings { paths, ..settings })
    }
}
