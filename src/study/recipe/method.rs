//! How it is asked which input matters most: the method, and what shares are of.

use serde::{Deserialize, Serialize};

/// How it is asked which input matters most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SensitivityMethod {
    /// Every input at its ends, one at a time.
    #[default]
    Tornado,
    /// Shares of the variance by itself and with all else (Sobol', 1993).
    Sobol,
    /// Shares of the variance that add up to it (Shapley, 1953; Owen, 2014).
    Shapley,
}

impl SensitivityMethod {
    /// Every method, the default first.
    pub const ALL: [Self; 3] = [Self::Tornado, Self::Sobol, Self::Shapley];

    /// Its word on the command line and in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Tornado => "tornado",
            Self::Sobol => "sobol",
            Self::Shapley => "shapley",
        }
    }
}

/// What shares of the variance are of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// Single inputs; for Sobol' shares those that are correlated with each other together.
    #[default]
    Input,
    /// All inputs of a region together, and those of an event or a jump.
    Group,
    /// Layers of chance, as in `uncertainty.csv`.
    Layer,
}

impl By {
    /// Every way, the default first.
    pub const ALL: [Self; 3] = [Self::Input, Self::Group, Self::Layer];

    /// Its word on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::Group => "group",
            Self::Layer => "layer",
        }
    }
}
