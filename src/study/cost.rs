//! What a study costs, before any of it is simulated: time by the years that are stepped through, memory by what is counted.

use crate::metric::Measure;
use crate::scenario::Scenario;
use crate::summary::{MOST_EXACT, number_of_groups};

use super::discover::MOST_PATHS_LOOKED_AT;
use super::prepared::Prepared;
use super::recipe::{Attribute, Compare, Question, SensitivityMethod};
use super::refused::Refused;

/// Most years of single regions that a study steps through: some hours of one processor.
const MOST_REGION_YEARS: f64 = 1e12;

/// Seconds that one of them takes on one processor, with everything that is counted of it.
const SECONDS_OF_A_YEAR: f64 = 2e-8;

/// Most memory for what is counted.
const MOST_BYTES: f64 = 4e9;

/// Memory for the counts of one metric in one year: a histogram, as seen with 62 regions over 50 years.
const BYTES_OF_A_CELL: f64 = 6e4;

/// Random orders that stand for all where there are too many players for every set of them.
const ORDERS: f64 = 32.0;

/// Runs that a goal takes on one input: both ends, bisection, and the values beside what is found.
const RUNS_OF_A_SEARCH: f64 = 48.0;

/// Time and memory of a study, as estimated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cost {
    /// Runs of all paths.
    pub runs: f64,
    /// Seconds for one processor.
    pub seconds: f64,
    /// Bytes for what is counted.
    pub bytes: f64,
}

impl Prepared {
    /// What the study will cost; deals that are drawn one by one cost more.
    #[must_use]
    pub fn cost(&self) -> Cost {
        let years = |scenario: &Scenario| (scenario.regions().len() * scenario.years().len()) as f64;
        let longest = self.scenarios.iter().map(|it| years(&it.scenario)).fold(0.0, f64::max);
        let runs = self.runs();
        let seconds = runs * self.settings.paths as f64 * longest * SECONDS_OF_A_YEAR;
        Cost { runs, seconds, bytes: self.cells() as f64 * BYTES_OF_A_CELL }
    }

    /// The study, if it can be waited for and fits into memory.
    pub(super) fn affordable(self) -> Result<Self, Refused> {
        let Cost { runs, seconds, bytes } = self.cost();
        if bytes > MOST_BYTES {
            let scenario = self.largest().name().to_owned();
            return Err(Refused::TooMuchMemory { scenario, cells: self.cells(), bytes, most: MOST_BYTES });
        }
        let most = MOST_REGION_YEARS * SECONDS_OF_A_YEAR;
        if seconds > most {
            let fits = (self.settings.paths as f64 * most / seconds) as u64 / 2 * 2;
            return Err(Refused::TooMuchWork { runs, paths: self.settings.paths, hours: seconds / 3600.0, most: fits });
        }
        Ok(self)
    }

    /// The scenario with the most to count.
    fn largest(&self) -> &Scenario {
        let scenarios = self.scenarios.iter().map(|it| &it.scenario);
        scenarios.max_by_key(|it| Measure::all(it).len() * it.years().len()).expect("a study has a scenario")
    }

    /// Metrics times years that are counted at once; a comparison counts differences and quotients beside both sides.
    fn cells(&self) -> usize {
        let scenario = self.largest();
        let years = scenario.years().len();
        match &self.recipe.question {
            Question::Simulate(it) => {
                let counted = it.counted();
                Measure::all(scenario).iter().filter(|it| counted.contains(it.metric)).count() * years
            }
            Question::Compare(_) => 3 * Measure::all(scenario).len() * years,
            Question::Seek(_) | Question::Sensitivity(_) | Question::Sweep(_) | Question::Discover(_) => years,
            Question::Fit(_) | Question::BackTest(_) => 1,
        }
    }

    /// How often all paths are simulated.
    fn runs(&self) -> f64 {
        let scenario = &self.scenarios[0].scenario;
        let inputs = scenario.assumptions().iter().filter(|it| !it.law().is_fixed()).count() as f64;
        match &self.recipe.question {
            Question::Simulate(_) => 1.0 + self.by_source.len() as f64,
            Question::Compare(it) => self.compared_runs(it),
            Question::Sweep(it) => it.asked(scenario).map_or(1.0, |asked| 1.0 + super::Swept::steps(&asked) as f64),
            Question::Sensitivity(it) => match it.method {
                SensitivityMethod::Tornado => 1.0 + 5.0 * (inputs + it.also.len() as f64),
                SensitivityMethod::Sobol => 2.0 + 2.0 * inputs,
                // Luck is a player too.
                SensitivityMethod::Shapley => sets_of(inputs + 1.0),
            },
            // No path is simulated; the algebra takes less than a run of a few.
            Question::Fit(_) | Question::BackTest(_) => 0.01,
            // Only the first paths are looked at, and kept ones simulated again.
            Question::Discover(_) => {
                2.0 * MOST_PATHS_LOOKED_AT.min(self.settings.paths) as f64 / self.settings.paths as f64
            }
            Question::Seek(it) => {
                let steps = it.asked(scenario).map_or(1, |asked| super::Sought::steps(scenario, &asked.named));
                1.0 + RUNS_OF_A_SEARCH * steps as f64
            }
        }
    }

    /// Runs of a comparison: both sides and their difference, and every set of the changed inputs that are told apart.
    fn compared_runs(&self, it: &Compare) -> f64 {
        let base = &self.scenarios[0].scenario;
        let what_ifs = self.scenarios[1..].iter().map(|what_if| {
            let groups = number_of_groups(&base.differences(&what_if.scenario));
            let sets = match it.attribution {
                Attribute::Never => 0.0,
                Attribute::WhereExact if groups > MOST_EXACT => 0.0,
                _ => sets_of(groups as f64),
            };
            3.0 + sets
        });
        1.0 + what_ifs.sum::<f64>()
    }
}

/// Sets of players that are simulated to divide a change among them.
fn sets_of(players: f64) -> f64 {
    if players <= MOST_EXACT as f64 { libm::exp2(players) } else { ORDERS * players }
}
