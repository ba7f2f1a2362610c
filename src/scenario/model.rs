//! The validated scenario: what the rooms below are given, and the promises it keeps.

use std::sync::Arc;

use crate::data::Dataset;
use crate::distribution::Distribution;
use crate::event::Effect;
use crate::growth::{Growth, Kind};
use crate::measure::Condition;

use super::process::{Counting, JumpRisk, Measurement, Money, Regimes, Shocks};

/// A what-if that cannot be wrong: every reference resolves, every number is in range, every matrix is valid.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Short name, the stem of its file: the name of the run folder and the `scenario` column of every CSV.
    pub name: String,
    /// One line for readers.
    pub title: String,
    /// A sentence or two for readers; may be empty.
    pub summary: String,
    /// Last observed year of the gap's two regions; simulation starts from its levels.
    pub base_year: i32,
    /// Last simulated year, after the base year.
    pub horizon: i32,
    /// The figures it starts from.
    pub data: Arc<Dataset>,
    /// Name of the source that the funding figures are taken from, if it is not the data set's own.
    pub source: Option<String>,
    /// Which region is held against which.
    pub gap: Gap,
    /// Lead region, follow region, then all others by name: an order that does not depend on the file's.
    pub regions: Vec<Region>,
    /// Every uncertain or certain input, ordered by address.
    pub assumptions: Vec<Assumption>,
    /// Correlations of the yearly shocks of the series, in the order of [`Scenario::shocked_series`].
    pub shock_correlations: Correlations,
    /// Correlations between assumptions: whose, and the matrix of the Gaussian copula.
    pub assumption_correlations: (Vec<AssumptionId>, Correlations),
    /// What was written about pairs, in the order of their names; the matrices follow from it.
    pub pairs: Vec<WrittenPair>,
    /// Whether contradictory correlations were replaced by the nearest valid ones.
    pub repaired: bool,
    /// Law of the yearly shocks.
    pub shocks: Shocks,
    /// The chain behind the series of `model = "regime"`.
    pub regimes: Option<Regimes>,
    /// Dated departures from trend, ordered by name.
    pub events: Vec<Event>,
    /// Sudden changes that may come in any year, ordered by name.
    pub jumps: Vec<JumpRisk>,
    /// What is unknown about the figures themselves.
    pub measurement: Measurement,
    /// What amounts are shown in.
    pub money: Money,
    /// What is reported besides the built-in events, ordered by name.
    pub questions: Vec<Inquiry>,
    /// What must hold of a projection, ordered by name.
    pub checks: Vec<Plausibility>,
    /// What `[run]` says; flags outrank it.
    pub run: RunDefaults,
    /// Quasi-random points that its numbers are taken from; none for the usual sampler.
    pub points: Option<std::sync::Arc<crate::random::quasi::Quasi>>,
}

/// A question of the user's own.
#[derive(Clone, Debug, PartialEq)]
pub struct Inquiry {
    /// Its name, the `question` column of its rows.
    pub name: String,
    /// What is asked.
    pub that: Condition,
}

/// What must hold in every simulated year of a plausible projection.
#[derive(Clone, Debug, PartialEq)]
pub struct Plausibility {
    /// Its name.
    pub name: String,
    /// What must hold.
    pub that: Condition,
    /// Whether breaking it is a failure or a warning.
    pub severity: Severity,
    /// Share of paths that may break it.
    pub allow: f64,
    /// Why it must hold.
    pub why: Option<String>,
    /// The figure it rests on.
    pub source: Option<String>,
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

/// The gap is always lead region against follow region: positions in [`Scenario::regions`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The region that is ahead in the data, usually `us`.
    pub lead: usize,
    /// The region that is held against it, usually `china`.
    pub follow: usize,
}

/// A region with its modelled series: two of the three, or funding alone.
#[derive(Clone, Debug)]
pub struct Region {
    /// Its word in files and CSVs: `us`, `china`, any other.
    pub name: String,
    /// Deals a year.
    pub deals: Option<Series>,
    /// Mean deal size, $m.
    pub deal_size: Option<Series>,
    /// Funding, $bn a year.
    pub funding: Option<Series>,
    /// How deals are counted; the expected number if none.
    pub counting: Option<Counting>,
}

/// A correlation as written, between two series or two assumptions.
#[derive(Clone, Debug, PartialEq)]
pub struct WrittenPair {
    /// The two names, in alphabetical order.
    pub between: [String; 2],
    /// As written: of shocks, or Spearman's rank correlation of assumptions.
    pub rho: f64,
    /// Why this correlation.
    pub why: Option<String>,
    /// The figure it rests on.
    pub source: Option<String>,
    /// Who set it.
    pub set_by: Origin,
}

/// Which of a region's three series; funding = deals × deal size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SeriesKind {
    /// Count of deals a year.
    Deals,
    /// Mean deal size in $m.
    DealSize,
    /// Total in $bn a year.
    Funding,
}

/// One modelled series.
#[derive(Clone, Debug)]
pub struct Series {
    /// Its place in the file, `us.deals`; also the address of its yearly shocks.
    pub address: String,
    /// Which of the region's series it is.
    pub kind: SeriesKind,
    /// Level in the base year, in the unit of its kind; positive.
    pub start: f64,
    /// Its growth model; parameters point into [`Scenario::assumptions`].
    pub growth: Growth<Quantity>,
}

/// Position in [`Scenario::assumptions`].
pub type AssumptionId = usize;

/// A parameter that may change its value from a year on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// The value at the start.
    pub first: AssumptionId,
    /// Later values with the year they hold from, in rising order.
    pub changes: Vec<(i32, AssumptionId)>,
}

impl Quantity {
    /// The assumption in force in a year.
    #[must_use]
    pub fn in_year(&self, year: i32) -> AssumptionId {
        self.changes.iter().rev().find(|(from, _)| *from <= year).map_or(self.first, |(_, id)| *id)
    }
}

/// A named input: its address is its place in the file, its `--set` key, its random-number key and its label.
#[derive(Clone, Debug)]
pub struct Assumption {
    /// `us.deals.growth`; a dated value is `us.deals.growth from 2027`.
    pub address: String,
    /// What it measures.
    pub kind: Kind,
    /// Unit of a level (`deals`, `$m`, `$bn`) or of its kind.
    pub unit: String,
    /// Its law, in the internal unit of the kind.
    pub law: Distribution,
    /// The value as text in canonical form: `p10 −7%, p90 +11%`.
    pub value: String,
    /// The value as it stands in a file, without braces: `p10 = "-7%", p90 = "11%"`.
    pub written: String,
    /// Assumption about the world, or a lever that somebody holds.
    pub role: Role,
    /// Why this value.
    pub why: Option<String>,
    /// The figure it rests on.
    pub source: Option<String>,
    /// Who set it.
    pub set_by: Origin,
}

/// Whether a number describes the world or a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Describes the world.
    Assumption,
    /// Set by a decision.
    Lever,
}

impl Role {
    /// The word for it in every file and on the terminal.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Assumption => "assumption",
            Self::Lever => "lever",
        }
    }
}

/// The place that set a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// File name without folders, or `--set`, or `default`.
    pub file: String,
    /// Line in that file, from 1; none for a flag or a default.
    pub line: Option<usize>,
}

impl Origin {
    /// For what no file set.
    #[must_use]
    pub fn nowhere() -> Self {
        Self { file: String::new(), line: None }
    }
}

/// A correlation matrix with the lower Cholesky factor that makes correlated normals of independent ones.
#[derive(Clone, Debug, PartialEq)]
pub struct Correlations {
    /// Number of rows.
    pub size: usize,
    /// The matrix, row by row.
    pub matrix: Vec<f64>,
    /// Its lower Cholesky factor, row by row; zeros above the diagonal.
    pub factor: Vec<f64>,
}

impl Correlations {
    /// A valid correlation matrix, row by row, with its factor.
    #[must_use]
    pub fn new(size: usize, matrix: Vec<f64>) -> Self {
        let factor = lower_factor(&matrix, size);
        Self { size, matrix, factor }
    }

    /// The correlations among some rows, by address; rows that this matrix does not know are independent.
    ///
    /// A part of a valid matrix is valid, and an independent row keeps it so.
    #[must_use]
    pub fn among(&self, known: &[String], rows: &[String]) -> Self {
        let place = |address: &String| known.iter().position(|other| other == address);
        let size = rows.len();
        let mut matrix = vec![0.0; size * size];
        for (i, row) in rows.iter().enumerate() {
            for (j, column) in rows.iter().enumerate() {
                matrix[i * size + j] = match (place(row), place(column)) {
                    _ if i == j => 1.0,
                    (Some(row), Some(column)) => self.matrix[row * self.size + column],
                    _ => 0.0,
                };
            }
        }
        Self::new(size, matrix)
    }

    /// The rank correlations (Spearman) that a copula's matrix stands for: what a file says (golden M24).
    #[must_use]
    pub fn as_ranks(&self) -> Self {
        let spearman = |rho: &f64| 6.0 / std::f64::consts::PI * libm::asin(0.5 * rho);
        // Twelve digits are what the way there and back keeps.
        let matrix = self.matrix.iter().map(|rho| (spearman(rho) * 1e12).round() / 1e12).collect();
        Self { matrix, ..self.clone() }
    }

    /// Every correlation that is not zero, in words.
    #[must_use]
    pub fn in_words(&self, addresses: &[String]) -> String {
        let mut words = Vec::new();
        for row in 0..self.size {
            for column in row + 1..self.size {
                let rho = self.matrix[row * self.size + column];
                if rho != 0.0 {
                    words.push(format!("{} and {}: {rho}", addresses[row], addresses[column]));
                }
            }
        }
        if words.is_empty() { "none".to_owned() } else { words.join("; ") }
    }
}

/// Lower Cholesky factor of a positive semi-definite matrix, row by row.
///
/// A pivot that rounding leaves at or below zero belongs to a row that depends on those above it: its own part is 0.
fn lower_factor(matrix: &[f64], size: usize) -> Vec<f64> {
    let mut factor = vec![0.0; size * size];
    for row in 0..size {
        for column in 0..=row {
            let known: f64 = (0..column).map(|k| factor[row * size + k] * factor[column * size + k]).sum();
            let rest = matrix[row * size + column] - known;
            let pivot = factor[column * size + column];
            factor[row * size + column] = if row == column {
                rest.max(0.0).sqrt()
            } else if pivot > 0.0 {
                rest / pivot
            } else {
                0.0
            };
        }
    }
    factor
}

/// A dated departure from trend.
#[derive(Clone, Debug)]
pub struct Event {
    /// As written.
    pub name: String,
    /// `events.state-ai-fund`: the name in lower case with hyphens.
    pub address: String,
    /// What it acts on: positions in [`Scenario::regions`] with a series each; it happens to all of them or to none.
    ///
    /// On a region's funding that is deals × deal size, it acts through the deal size.
    pub targets: Vec<(usize, SeriesKind)>,
    /// First year, certain or uncertain.
    pub year: AssumptionId,
    /// What it does.
    pub effect: Effect<AssumptionId>,
    /// Chance that it happens at all; certain if none.
    pub chance: Option<AssumptionId>,
    /// Chance in each year from `year` on that it begins then, once; the year itself if none.
    pub yearly_chance: Option<AssumptionId>,
    /// A decision somebody takes, or a circumstance.
    pub role: Role,
}

/// What the scenario's `[run]` table asks for; flags outrank it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RunDefaults {
    /// Number of paths.
    pub paths: Option<u64>,
    /// Seed.
    pub seed: Option<u64>,
    /// Whether random numbers are the coordinates of Sobol' points.
    pub sobol: bool,
}

impl Scenario {
    /// Simulated years, from the one after the base year to the horizon.
    pub fn years(&self) -> impl DoubleEndedIterator<Item = i32> + ExactSizeIterator + use<> {
        let first = self.base_year + 1;
        (0..usize::try_from(self.horizon - self.base_year).expect("the horizon is after the base year"))
            .map(move |index| first + i32::try_from(index).expect("a horizon is a calendar year"))
    }

    /// Simulated years up to an earlier horizon.
    pub fn scenario_years(&self, horizon: i32) -> impl Iterator<Item = i32> + use<> {
        self.years().take_while(move |year| *year <= horizon)
    }

    /// All modelled series, region by region, in the order deals, deal size, funding.
    pub fn series(&self) -> impl Iterator<Item = &Series> {
        self.regions.iter().flat_map(Region::series)
    }

    /// The series that receive shocks, in the order of [`Scenario::shock_correlations`].
    pub fn shocked_series(&self) -> impl Iterator<Item = &Series> {
        self.series().filter(|series| series.growth.has_shocks())
    }

    /// Whether a total of the world can be formed: the lead, the follow and a `rest` region.
    #[must_use]
    pub fn has_world(&self) -> bool {
        self.regions.iter().any(|region| region.name == "rest")
    }
}

impl Region {
    /// Its modelled series, in the order deals, deal size, funding.
    pub fn series(&self) -> impl Iterator<Item = &Series> {
        [&self.deals, &self.deal_size, &self.funding].into_iter().flatten()
    }
}

impl SeriesKind {
    /// Its word in files and CSVs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Deals => "deals",
            Self::DealSize => "deal-size",
            Self::Funding => "funding",
        }
    }

    /// Unit of its levels.
    #[must_use]
    pub fn unit(self) -> &'static str {
        match self {
            Self::Deals => "deals",
            Self::DealSize => "$m",
            Self::Funding => "$bn",
        }
    }
}
