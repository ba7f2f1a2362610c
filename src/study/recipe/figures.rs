//! Questions to figures alone: what a history teaches, and what past forecasts would have been worth.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::prior::Prior;

/// What a history of figures teaches of growth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FitAsked {
    /// A built-in data set by its name, or a CSV.
    pub data: PathBuf,
    /// Regions whose funding is learned from, the lead first.
    pub regions: Vec<String>,
    /// Last year that is learned from; the last of the figures if none is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<i32>,
    /// How far past growth is trusted.
    #[serde(default)]
    pub prior: Prior,
}

/// What forecasts from past years would have been worth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BackTestAsked {
    /// A built-in data set by its name, or a CSV.
    pub data: PathBuf,
    /// Regions whose funding is forecast, the lead first.
    pub regions: Vec<String>,
    /// From how many past years forecasts are made, at most.
    pub origins: usize,
    /// Years ahead, in rising order.
    pub horizons: Vec<usize>,
    /// How far the fit trusts past growth.
    #[serde(default)]
    pub prior: Prior,
}
