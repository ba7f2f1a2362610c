//! The validated scenario: what the rooms below are given, and the promises it keeps.

mod assumption;
mod companion;
mod correlations;
mod counting;
mod draws;
mod event;
mod measurement;
mod mixing;
mod money;
mod question;
mod region;
mod shocks;

use std::sync::Arc;

use crate::data::Dataset;

pub use assumption::{Assumption, AssumptionId, Numbered, Origin, Quantity, Role};
pub use companion::CompanionSeries;
pub use correlations::{Correlations, WrittenPair, fill_lower_factor};
pub use counting::Counting;
pub use draws::{Drawn, JointDraws};
pub use event::{Event, JumpRisk};
pub use measurement::{Measurement, Revisions, SampledSources};
pub use mixing::{Contradiction, Mixing, MixingEntry, Of};
pub(super) use mixing::{MOST_UNCERTAIN, ROUNDING, ends, smallest_eigenvector};
pub use money::{Currency, Money, log_rate};
pub use question::{Inquiry, Plausibility, Severity};
pub use region::{Gap, Region, Series, SeriesKind};
pub use shocks::{Regimes, Shocks};

/// A what-if that cannot be wrong: every reference resolves, every number is in range, every matrix is valid.
///
/// # Examples
/// ```
/// use std::path::Path;
///
/// let read = |_: &Path| Ok(include_bytes!("../../scenarios/base.toml").to_vec());
/// let loaded = aigap::scenario::load(Path::new("base.toml"), &Default::default(), None, &read)?;
/// let scenario = loaded.scenario;
/// assert_eq!((scenario.name(), scenario.base_year(), scenario.horizon()), ("base", 2023, 2030));
/// assert!(scenario.assumptions().iter().any(|it| it.address() == "us.deals.growth"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Scenario {
    pub(in crate::scenario) name: String,
    pub(in crate::scenario) title: String,
    pub(in crate::scenario) summary: String,
    pub(in crate::scenario) base_year: i32,
    pub(in crate::scenario) horizon: i32,
    pub(in crate::scenario) data: Arc<Dataset>,
    pub(in crate::scenario) source: Option<String>,
    pub(in crate::scenario) gap: Gap,
    pub(in crate::scenario) draws: Vec<JointDraws>,
    pub(in crate::scenario) regions: Vec<Region>,
    pub(in crate::scenario) assumptions: Vec<Assumption>,
    pub(in crate::scenario) shock_mixing: Mixing,
    pub(in crate::scenario) copula: Mixing,
    pub(in crate::scenario) pairs: Vec<WrittenPair>,
    pub(in crate::scenario) shocks: Shocks,
    pub(in crate::scenario) regimes: Option<Regimes>,
    pub(in crate::scenario) events: Vec<Event>,
    pub(in crate::scenario) jumps: Vec<JumpRisk>,
    pub(in crate::scenario) measurement: Measurement,
    pub(in crate::scenario) money: Money,
    pub(in crate::scenario) questions: Vec<Inquiry>,
    pub(in crate::scenario) checks: Vec<Plausibility>,
    pub(in crate::scenario) run: RunDefaults,
}

impl Scenario {
    /// Short name, the stem of its file: the name of the run folder and the `scenario` column of every CSV.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// One line for readers.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// A sentence or two for readers; may be empty.
    #[must_use]
    pub fn summary(&self) -> &str {
        &self.summary
    }

    /// Last observed year of the gap's two regions; simulation starts from its levels.
    #[must_use]
    pub fn base_year(&self) -> i32 {
        self.base_year
    }

    /// Last simulated year, after the base year.
    #[must_use]
    pub fn horizon(&self) -> i32 {
        self.horizon
    }

    /// The figures it starts from.
    #[must_use]
    pub fn data(&self) -> &Dataset {
        &self.data
    }

    /// Name of the source that the funding figures are taken from, if it is not the data set's own.
    #[must_use]
    pub fn source(&self) -> Option<&str> {
        self.source.as_deref()
    }

    /// Which region is held against which.
    #[must_use]
    pub fn gap(&self) -> Gap {
        self.gap
    }

    /// Lead region, follow region, then all others by name: an order that does not depend on the file's.
    #[must_use]
    pub fn regions(&self) -> &[Region] {
        &self.regions
    }

    /// Files whose rows are draws of several inputs at once.
    #[must_use]
    pub fn draws(&self) -> &[JointDraws] {
        &self.draws
    }

    /// Every uncertain or certain input, ordered by address.
    #[must_use]
    pub fn assumptions(&self) -> &[Assumption] {
        &self.assumptions
    }

    /// Whether draws differ in an input: its law is uncertain, or it says how much luck is in the figures of the base year,
    /// which is drawn with it.
    #[must_use]
    pub fn varies(&self, id: AssumptionId) -> bool {
        !self.assumptions[id].law.is_fixed() || self.measurement.sampling.iter().any(|(_, sd)| *sd == id)
    }

    /// Whether draws differ in anything; if not, all that is uncertain is luck.
    #[must_use]
    pub fn draws_differ(&self) -> bool {
        (0..self.assumptions.len()).any(|id| self.varies(id))
    }

    /// How the yearly shocks of the series go together.
    #[must_use]
    pub fn shock_mixing(&self) -> &Mixing {
        &self.shock_mixing
    }

    /// How assumptions go together: a Gaussian copula.
    #[must_use]
    pub fn copula(&self) -> &Mixing {
        &self.copula
    }

    /// Correlations of the yearly shocks, each at its median, in the order of the rows of [`Scenario::shock_mixing`].
    #[must_use]
    pub fn shock_correlations(&self) -> &Correlations {
        self.shock_mixing.correlations()
    }

    /// What was written about pairs, in the order of the rows; the matrices follow from it.
    #[must_use]
    pub fn pairs(&self) -> &[WrittenPair] {
        &self.pairs
    }

    /// Between which values an input may lie, the others being what they are assumed to be; of a correlation, those that
    /// contradict no other one.
    #[must_use]
    pub fn possible_range(&self, id: AssumptionId) -> (f64, f64) {
        let ends = |other: AssumptionId| ends(&self.assumptions[other].law);
        let of = [&self.shock_mixing, &self.copula].into_iter().find(|it| it.entries().iter().any(|it| it.rho == id));
        of.map_or_else(|| self.assumptions[id].kind.range(), |mixing| mixing.possible(id, &ends))
    }

    /// Law of the yearly shocks.
    #[must_use]
    pub fn shocks(&self) -> &Shocks {
        &self.shocks
    }

    /// The chain behind the series of `model = "regime"`.
    #[must_use]
    pub fn regimes(&self) -> Option<&Regimes> {
        self.regimes.as_ref()
    }

    /// Dated departures from trend, ordered by name.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// Sudden changes that may come in any year, ordered by name.
    #[must_use]
    pub fn jumps(&self) -> &[JumpRisk] {
        &self.jumps
    }

    /// What is unknown about the figures themselves.
    #[must_use]
    pub fn measurement(&self) -> &Measurement {
        &self.measurement
    }

    /// What amounts are shown in.
    #[must_use]
    pub fn money(&self) -> &Money {
        &self.money
    }

    /// What is reported besides the built-in events, ordered by name.
    #[must_use]
    pub fn questions(&self) -> &[Inquiry] {
        &self.questions
    }

    /// What must hold of a projection, ordered by name.
    #[must_use]
    pub fn checks(&self) -> &[Plausibility] {
        &self.checks
    }

    /// What `[run]` says; flags outrank it.
    #[must_use]
    pub fn run(&self) -> RunDefaults {
        self.run
    }

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

    /// The series that receive shocks, in the order of the rows of [`Scenario::shock_mixing`].
    pub fn shocked_series(&self) -> impl Iterator<Item = &Series> {
        self.series().filter(|series| series.growth.has_shocks())
    }

    /// Whether a total of the world can be formed: the lead, the follow and a `rest` region.
    #[must_use]
    pub fn has_world(&self) -> bool {
        self.regions.iter().any(|region| region.name == "rest")
    }

    /// Gives it another name, where two files of one name have to be told apart.
    pub fn rename(&mut self, name: impl Into<String>) {
        self.name = name.into();
    }

    /// Gives assumptions the place that set them, which the resolved scenario of a stored run no longer tells.
    ///
    /// `origin_of` is asked about the address of each assumption; where it knows nothing, the origin stays.
    pub fn restore_origins(&mut self, origin_of: impl Fn(&str) -> Option<Origin>) {
        for assumption in &mut self.assumptions {
            if let Some(origin) = origin_of(&assumption.address) {
                assumption.set_by = origin;
            }
        }
    }
}

/// What the scenario's `[run]` table asks for; flags outrank it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RunDefaults {
    pub(in crate::scenario) paths: Option<u64>,
    pub(in crate::scenario) seed: Option<u64>,
    pub(in crate::scenario) sobol: bool,
}

impl RunDefaults {
    /// Number of paths.
    #[must_use]
    pub fn paths(self) -> Option<u64> {
        self.paths
    }

    /// Seed of the random numbers.
    #[must_use]
    pub fn seed(self) -> Option<u64> {
        self.seed
    }

    /// Whether random numbers are the coordinates of Sobol' points.
    #[must_use]
    pub fn sobol(self) -> bool {
        self.sobol
    }
}
