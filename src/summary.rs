//! Summaries: what a run says, from blocks of paths that are looked at once and dropped.
//!
//! Counts are whole numbers and sums are exact, so they add up to the same in any order: a summary depends neither on the
//! number of threads nor on how the paths of a run are divided into parts ([`Partial`]), and memory does not grow with
//! paths.

mod attribution;
mod bits;
mod cases;
mod collect;
mod comparison;
mod conditions;
mod counts;
mod decomposition;
mod distribution;
mod edge_counts;
mod ensemble;
mod estimate;
mod exact_sum;
mod facts;
mod histogram;
mod identity;
mod keep;
mod layout;
mod look;
mod moments;
mod named_block;
mod objective;
mod order_statistics;
mod partial;
mod pending;
mod precision;
mod probability;
mod replicate_error;
mod replicates;
mod run;
mod sealed;
#[cfg(test)]
mod stated_errors;
mod summarise;
mod terms;
mod threshold;
mod uncertainty;
mod variance;
mod varint;
mod wanted;
mod within_draw;

pub use attribution::{Answer, Attribution, Evaluate, MOST_EXACT, Part, number_of_groups, rounded_to_add_up};
pub use cases::{Cases, Sampled};
pub use comparison::{DIFFERENCE_LEVELS, Paired, PairedPart, PairedRow, Pairing, SeriesLuck, shared_luck};
pub use decomposition::{Decomposition, Split, Term, lmdi, log_mean, shapley};
pub use distribution::{Bin, Distribution, FUTURES};
pub use ensemble::{EnsembleRow, ensemble};
pub use estimate::{Estimate, Precision, out_of_reach};
pub use histogram::{Histogram, Kurtosis};
pub use identity::{IdentityTerm, by_identity};
pub use keep::{KeptPath, PathKeeper};
pub use moments::Moments;
pub use objective::{Objective, Statistic, Variant};
pub use partial::{MergeError, PartError, Partial};
pub use probability::{Probability, Tally, Z_95, quantile_ranks, wilson};
pub(crate) use run::FIRST_PATHS;
pub use run::MOST_PATHS_OF_PRECISION;
pub(crate) use sealed::Kind as SealedKind;
pub use sealed::ReadError;
pub use threshold::{Crossing, Majority, crossing};
pub use uncertainty::{LayerShare, Uncertainty};
pub use variance::{PARTS, PathValue, Products, ProductsPart};
pub use wanted::Wanted;

use crate::metric::{Base, Measure, Metric, Milestone, Observed, Question, Subject};
use crate::scenario::Scenario;

/// Ranks of the quantiles that every fan holds.
pub const LEVELS: [f64; 9] = [0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975];

/// Ranks of the quantiles that hubs of forecasts ask for, those of [`LEVELS`] among them.
pub const FINE_LEVELS: [f64; 23] = [
    0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9,
    0.95, 0.975, 0.99,
];

/// Places of [`LEVELS`] among [`FINE_LEVELS`].
const PLACES: [usize; 9] = [1, 2, 3, 6, 11, 16, 19, 20, 21];

/// Fewest paths that the variance of a metric may rest on for its mean to count as known.
const FEWEST_PATHS_OF_A_MEAN: f64 = 100.0;

/// Everything that a run says.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// Paths simulated.
    pub paths: u64,
    /// Seed of the run.
    pub seed: u64,
    /// Whether random numbers were the coordinates of points.
    pub on_points: bool,
    /// A row for each measure and year, observed years first.
    pub fan: Vec<FanRow>,
    /// A row for each question and simulated year.
    pub probabilities: Vec<QuestionRow>,
    /// A row for each milestone and simulated year.
    pub milestones: Vec<MilestoneRow>,
    /// Answers to the scenario's own questions, then to its checks: a row for each year it is asked in.
    pub conditions: Vec<ConditionRow>,
    /// What moved the gap, one entry for each pair of years.
    pub decompositions: Vec<Change>,
    /// Ratio and gap of the last year over the paths.
    pub distributions: Vec<Distribution>,
    /// Paths that left the range of numbers; a run that has any is a failure.
    pub saturated: u64,
    /// What the paths are held against.
    pub base: Base,
    /// Where the spread comes from; empty until it has been looked at.
    pub uncertainty: Uncertainty,
    /// Whether quantiles are exact order statistics instead of those of a histogram.
    pub exact: bool,
    /// What was reached of a stated precision.
    pub precision: Option<Precision>,
}

/// A measure in a year: observed, simulated, or both in the base year.
#[derive(Clone, Debug, PartialEq)]
pub struct FanRow {
    /// What is measured.
    pub measure: Measure,
    /// Calendar year of the row.
    pub year: i32,
    /// What the data say.
    pub observed: Option<Observed>,
    /// What the paths say.
    pub simulated: Option<Spread>,
}

/// How a measure spreads over the paths of a year.
#[derive(Clone, Debug, PartialEq)]
pub struct Spread {
    /// Mean, where it exists and may be shown.
    pub mean: Option<f64>,
    /// Standard deviation, likewise.
    pub sd: Option<f64>,
    /// Their standard errors of simulation, mean and standard deviation.
    pub moment_errors: [Option<f64>; 2],
    /// How many paths the variance rests on, see [`Spread::has_converged`].
    pub effective_paths: Option<f64>,
    /// Quantiles at [`LEVELS`]; infinite where that many paths are, `None` if no path is defined.
    pub quantiles: Option<[f64; 9]>,
    /// Quantiles at [`FINE_LEVELS`], likewise; `None` too where a stored run has none.
    pub fine: Option<[f64; 23]>,
    /// Standard errors of simulation of those at [`LEVELS`]; infinite where so few paths say nothing.
    pub errors: Option<[f64; 9]>,
    /// Paths whose value is no number.
    pub undefined: u64,
    /// Paths whose value is infinite.
    pub infinite: u64,
    /// Share of the variance that the assumptions explain, on the scale of the measure.
    pub share_from_assumptions: Option<f64>,
}

/// A question in a year.
#[derive(Clone, Debug, PartialEq)]
pub struct QuestionRow {
    /// The question that is answered.
    pub question: Question,
    /// Calendar year of the row.
    pub year: i32,
    /// Share of paths that say yes.
    pub probability: Probability,
}

/// Share of paths on which a condition of the scenario holds in a year.
#[derive(Clone, Debug, PartialEq)]
pub struct ConditionRow {
    /// Position among the scenario's questions and, behind them, its checks.
    pub condition: usize,
    /// Calendar year of the row.
    pub year: i32,
    /// Share of paths on which it holds.
    pub probability: Probability,
}

/// How many paths have reached a milestone by a year.
#[derive(Clone, Debug, PartialEq)]
pub struct MilestoneRow {
    /// What is reached.
    pub milestone: Milestone,
    /// Calendar year of the row.
    pub year: i32,
    /// Share of paths that have reached it in this year or an earlier one.
    pub reached_by: Probability,
}

/// What moved the gap between two years.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// First year of the change.
    pub from: i32,
    /// Second year of the change.
    pub to: i32,
    /// Its terms; means over paths if the second year is simulated.
    pub decomposition: Decomposition,
    /// Whether the second year is simulated.
    pub simulated: bool,
    /// Standard errors of simulation of the terms; none for observed years.
    pub errors: Option<Decomposition>,
}

impl Summary {
    /// The row of a measure in a year.
    #[must_use]
    pub fn fan_row(&self, measure: Measure, year: i32) -> Option<&FanRow> {
        self.fan.iter().find(|row| row.measure == measure && row.year == year)
    }

    /// What the paths say of a measure of the gap in a year.
    #[must_use]
    pub fn gap(&self, metric: Metric, year: i32) -> Option<&Spread> {
        self.fan_row(Measure { metric, subject: Subject::Gap }, year)?.simulated.as_ref()
    }

    /// What the paths say of a region's measure in a year.
    #[must_use]
    pub fn region(&self, metric: Metric, region: usize, year: i32) -> Option<&Spread> {
        self.fan_row(Measure { metric, subject: Subject::Region(region) }, year)?.simulated.as_ref()
    }

    /// How a measure of the gap spreads in the last year.
    #[must_use]
    pub fn distribution(&self, metric: Metric) -> Option<&Distribution> {
        self.distributions.iter().find(|it| it.measure == Measure { metric, subject: Subject::Gap })
    }

    /// The answer to a question in a year.
    #[must_use]
    pub fn probability(&self, question: Question, year: i32) -> Option<&Probability> {
        let row = self.probabilities.iter().find(|row| row.question == question && row.year == year)?;
        Some(&row.probability)
    }

    /// Rows of one of the scenario's questions, by its position.
    pub fn question(&self, place: usize) -> impl Iterator<Item = &ConditionRow> {
        self.conditions.iter().filter(move |row| row.condition == place)
    }

    /// Paths that break one of the scenario's checks in some year, by its position; and all paths.
    #[must_use]
    pub fn broken(&self, scenario: &Scenario, check: usize) -> (u64, u64) {
        let place = scenario.questions().len() + check;
        let last = self.question(place).last().map(|row| row.probability);
        last.map_or((0, self.paths), |holds| (holds.paths - holds.hits, holds.paths))
    }

    /// Share of paths that have reached a milestone by a year.
    #[must_use]
    pub fn reached_by(&self, milestone: Milestone, year: i32) -> Option<&Probability> {
        let row = self.milestones.iter().find(|row| row.milestone == milestone && row.year == year)?;
        Some(&row.reached_by)
    }

    /// Mean of `min(years until the milestone, horizon)`: the mean of the unlimited time is not observable (golden K09).
    #[must_use]
    pub fn restricted_mean_years(&self, milestone: Milestone) -> f64 {
        let reached: Vec<f64> =
            self.milestones.iter().filter(|row| row.milestone == milestone).map(|row| row.reached_by.value).collect();
        // Σ over years of the probability of not having reached it before that year.
        std::iter::once(0.0).chain(reached.iter().copied()).take(reached.len()).map(|reached| 1.0 - reached).sum()
    }
}

impl Spread {
    /// Whether enough paths stand behind mean and standard deviation for their errors to mean anything: not where the
    /// squared deviations `d²` are those of fewer than a hundred, counted as `N/κ` for the [`Kurtosis`] that is stated.
    ///
    /// A mean that few paths make up is near it in most runs and far above it in some, and its error is as much a matter of
    /// luck.
    #[must_use]
    pub fn has_converged(&self) -> bool {
        self.effective_paths.is_none_or(|paths| paths >= FEWEST_PATHS_OF_A_MEAN)
    }

    /// The quantile at one of [`LEVELS`].
    #[must_use]
    pub fn quantile(&self, level: f64) -> Option<f64> {
        let place = LEVELS.iter().position(|known| (known - level).abs() < 1e-12)?;
        Some(self.quantiles?[place])
    }

    /// The quantile at one of [`LEVELS`] with its simulation error.
    #[must_use]
    pub fn estimate(&self, level: f64) -> Option<Estimate> {
        let place = LEVELS.iter().position(|known| (known - level).abs() < 1e-12)?;
        Some(Estimate { value: self.quantiles?[place], error: self.errors?[place] })
    }

    /// The median of the values.
    #[must_use]
    pub fn median(&self) -> Option<f64> {
        self.quantile(0.5)
    }
}

/// The changes that the data alone show: between neighbouring observed years of the gap's regions.
fn observed_changes(scenario: &Scenario) -> Vec<Change> {
    let regions = [scenario.gap().lead(), scenario.gap().follow()].map(|region| scenario.regions()[region].name());
    let value = |region: &str, metric: &str, year: i32| scenario.data().find(region, metric, year).map(|it| it.value);
    let of_year = |year: i32| {
        let mut found = [[0.0; 2]; 2];
        let worth = libm::exp(scenario.log_money(year));
        for (side, region) in regions.into_iter().enumerate() {
            found[side] = [value(region, "deals", year)?, value(region, "funding", year)? * worth];
        }
        Some(found)
    };
    let observed: Vec<i32> = observed_years(scenario).filter(|year| of_year(*year).is_some()).collect();
    let changes = observed.windows(2).map(|years| {
        let (from, to) = (of_year(years[0]).expect("kept"), of_year(years[1]).expect("kept"));
        let pair = |side: usize, what: usize| [from[side][what], to[side][what]];
        let decomposition = Decomposition::new([pair(0, 0), pair(1, 0)], [pair(0, 1), pair(1, 1)]);
        Change { from: years[0], to: years[1], decomposition, simulated: false, errors: None }
    });
    changes.collect()
}

/// Years with any observation up to the base year, in order.
pub fn observed_years(scenario: &Scenario) -> impl Iterator<Item = i32> + use<> {
    let years: std::collections::BTreeSet<i32> = scenario
        .data()
        .observations
        .iter()
        .map(|figure| figure.year)
        .filter(|year| *year <= scenario.base_year())
        .collect();
    years.into_iter()
}
