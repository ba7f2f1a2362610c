//! Studies: what is asked of scenarios, and what the paths answer.

mod backtest;
mod by_source;
mod comparison;
mod cost;
mod discover;
mod exists;
mod figures_input;
mod fit;
mod format;
mod history;
mod inputs;
mod look;
mod named;
mod passes;
mod prepared;
mod recipe;
mod refused;
mod run;
mod score;
mod seek;
mod sensitivity;
mod shard;
mod sharded;
mod sweep;
mod update;
mod varied;

pub use backtest::{BANDS, BackTested, Forecast, Model, ModelScores};
pub use by_source::BySource;
pub use comparison::{Compared, Comparison, Side};
pub use cost::Cost;
pub use discover::{
    Counted, Discovered, DiscoveredBox, FEWEST_CASES, Face, FoundBox, Judged, Limits, MOST_PATHS_LOOKED_AT, RESAMPLES,
    Restriction, Rows, RuleInput, Step, Trajectory, quasi_p,
};
pub use fit::{Ahead, Fit, FitParameter, FitRow, HORIZON, MEAN_GROWTH, Mixture, Part, ROWS};
pub use format::Damaged;
#[cfg(all(test, feature = "cli"))]
pub(crate) use format::tests::recipe as any_recipe;
pub use history::{History, LEAST_YEARS, TooLittle};
pub use inputs::{Input, Inputs, RunWith};
pub use look::{Look, Preset, Theme};
pub use prepared::{FEWEST_PATHS, Prepared};
pub use recipe::{
    Attribute, BackTestAsked, By, Change, Changes, Compare, Discover, FitAsked, Prior, Question, Recipe, Sampler, Seek,
    Sensitivity, SensitivityMethod, Simulate, Sweep, file_name,
};
pub use refused::{Fault, Refused};
pub use run::{Findings, Run, Told, run};
pub use score::{
    Basis, Frozen, Outcome, Reading, Score, Scored, ScoredReading, Settled, SideNews, Silent, crps, log_score,
    share_below, weighted_interval,
};
pub use seek::{Asked, Attained, Method, Need, Needed, Sought};
pub use sensitivity::{
    Answered, AskedSensitivity, Interval, POINTS, Player, Sensitive, Shares, Swing, Tornado, path_value,
    shapley_effects, sobol_shares,
};
pub use shard::Shard;
pub use sharded::{CountedShard, NotMerged};
pub use sweep::{Along, AskedSweep, Ends, SweepPrecision, Swept};
pub use update::{Matrix, News, NotLinear, NotUpdated, Sides, Trend, Updated, Walk, Written};
pub use varied::Varied;
