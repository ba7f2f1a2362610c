//! A recipe with everything it needs: scenarios in hand, settings decided, and nothing left that a user could have wrong.

use crate::data::Source;
use crate::engine::Settings;
use crate::metric::{Measure, Metric, Subject};
use crate::random::quasi::Quasi;
use crate::scenario::{Loaded, Scenario};
use crate::summary::{MOST_PATHS_OF_PRECISION, Summary, Wanted};

use super::inputs::{Inputs, RunWith};
use super::named::set_besides;
use super::recipe::{Compare, Question, Recipe, Sampler, SensitivityMethod, Simulate};
use super::refused::Refused;

/// Most numbers in the file of single paths: some hundred megabytes, all in memory before they are written.
const MOST_KEPT_NUMBERS: u64 = 20_000_000;

/// Most deals that a run draws one by one: an hour or two of work for one processor.
const MOST_SINGLE_DEALS: f64 = 1e12;

/// Paths on which deals are counted before they are drawn.
const FEW_PATHS: u64 = 512;

/// Place of the level that a usual year stays below among [`LEVELS`](crate::summary::LEVELS): nine of ten.
const HIGH: usize = 6;

/// Paths of each run of a tornado and of a sweep that asks for none: differences on the same luck need few.
const TORNADO_PATHS: u64 = 20_000;

/// Paths of each run of a division of the variance: 16 parts of 2^12.
const VARIANCE_PATHS: u64 = 65_536;

/// Fewest paths among which a variance is divided: 16 parts of 64.
const FEWEST_PATHS_OF_SHARES: u64 = 1_024;

/// Fewest paths of which more is told than counts: inputs are not moved on fewer, and no word of chance is said of them.
pub const FEWEST_PATHS: u64 = 100;

/// A recipe that can be run.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// The recipe with all that was decided, and files by name: what a manifest keeps.
    pub recipe: Recipe,
    /// Its scenarios, the baseline first, each with a name of its own.
    pub scenarios: Vec<Loaded>,
    /// The scenario on the figures of every source, each with its own points, if all are asked for.
    pub by_source: Vec<(Source, Scenario, Settings)>,
    /// Paths, seed and points.
    pub settings: Settings,
}

impl Prepared {
    /// Decides what a recipe leaves to its scenarios, and checks that they can be asked this.
    ///
    /// # Errors
    /// The first thing that cannot be.
    pub fn new(recipe: &Recipe, inputs: Inputs) -> Result<Self, Refused> {
        if let Some(fault) = recipe.fault() {
            return Err(Refused::Recipe(fault));
        }
        let (named, read) = (recipe.scenarios().len(), inputs.scenarios.len());
        if named != read {
            return Err(Refused::Scenarios { named, read });
        }
        let prepared = match &recipe.question {
            Question::Simulate(it) => Self::simulate(recipe, it, inputs),
            Question::Compare(it) => Self::compare(recipe, it, inputs),
            Question::Sensitivity(it) => {
                let usual = match it.method {
                    SensitivityMethod::Tornado => TORNADO_PATHS,
                    SensitivityMethod::Sobol | SensitivityMethod::Shapley => VARIANCE_PATHS,
                };
                let divides = it.method != SensitivityMethod::Tornado;
                let least = if divides { FEWEST_PATHS_OF_SHARES } else { FEWEST_PATHS };
                Self::varied(recipe, inputs, usual, |scenario| it.asked(scenario).map(|_| ()))
                    .and_then(|prepared| prepared.of_enough_paths(least))
            }
            Question::Sweep(it) => {
                let usual = if it.precision.is_some() { MOST_PATHS_OF_PRECISION } else { TORNADO_PATHS };
                Self::varied(recipe, inputs, usual, |scenario| it.asked(scenario).map(|_| ()))
                    .and_then(|prepared| prepared.of_enough_paths(FEWEST_PATHS))
            }
            Question::Discover(it) => {
                Self::varied(recipe, inputs, Settings::DEFAULT_PATHS, |scenario| it.asked(scenario).map(|_| ()))
            }
            Question::Fit(it) => Self::varied(recipe, inputs, Settings::DEFAULT_PATHS, |scenario| {
                it.history(scenario.data()).map(|_| ()).map_err(Refused::TooLittle)
            }),
            Question::BackTest(it) => Self::varied(recipe, inputs, Settings::DEFAULT_PATHS, |scenario| {
                it.history(scenario.data()).map(|_| ()).map_err(Refused::TooLittle)
            }),
            Question::Seek(it) => {
                Self::varied(recipe, inputs, Settings::DEFAULT_PATHS, |scenario| it.asked(scenario).map(|_| ()))
                    .and_then(|prepared| prepared.of_enough_paths(FEWEST_PATHS))
            }
        };
        prepared?.affordable()
    }

    fn simulate(recipe: &Recipe, it: &Simulate, inputs: Inputs) -> Result<Self, Refused> {
        let input = inputs.scenarios.into_iter().next().expect("their number was checked");
        let loaded = input.loaded;
        let scenario = &loaded.scenario;
        check_metrics(it, scenario)?;
        check_room(it, scenario)?;
        let of_scenario = scenario.run().paths().filter(|_| it.precision.is_none());
        let usual = if it.precision.is_some() { MOST_PATHS_OF_PRECISION } else { Settings::DEFAULT_PATHS };
        let asked = recipe.paths.or(of_scenario);
        let seed = recipe.seed.or(scenario.run().seed()).unwrap_or(Settings::DEFAULT_SEED);
        let sampler = sampler(recipe, scenario, input.stored);
        let shown = shown(sampler, scenario);
        let asked_for = Settings::new(asked.unwrap_or(usual), seed);
        let settings = laid_out(sampler, &[scenario], &asked_for)?;
        // A run to a precision ends long before the most paths that it may take.
        if it.precision.is_none() {
            check_deals(scenario, &settings)?;
        }
        let mut by_source = Vec::new();
        for (source, mut on_source) in input.by_source {
            on_source.rename(scenario.name());
            let settings = laid_out(sampler, &[&on_source], &asked_for)?;
            by_source.push((source, on_source, settings));
        }
        let paths = asked.map(|_| settings.paths);
        let recipe = Recipe { paths, seed: Some(seed), sampler: shown, ..recipe.portable() };
        Ok(Self { recipe, scenarios: vec![loaded], by_source, settings })
    }

    /// Refuses what so few paths could not answer.
    fn of_enough_paths(self, least: u64) -> Result<Self, Refused> {
        let paths = self.settings.paths;
        if paths < least { Err(Refused::TooFewPaths { paths, least }) } else { Ok(self) }
    }

    /// A question that varies the inputs of one scenario, once what it asks for is found to be there.
    fn varied(
        recipe: &Recipe,
        inputs: Inputs,
        usual: u64,
        asked: impl FnOnce(&Scenario) -> Result<(), Refused>,
    ) -> Result<Self, Refused> {
        let input = inputs.scenarios.into_iter().next().expect("their number was checked");
        let loaded = input.loaded;
        let scenario = &loaded.scenario;
        asked(scenario)?;
        set_besides(recipe, scenario)?;
        let seed = recipe.seed.or(scenario.run().seed()).unwrap_or(Settings::DEFAULT_SEED);
        let sampler = sampler(recipe, scenario, input.stored);
        let shown = shown(sampler, scenario);
        let settings = laid_out(sampler, &[scenario], &Settings::new(recipe.paths.unwrap_or(usual), seed))?;
        let paths = Some(settings.paths).filter(|paths| *paths != usual);
        let recipe = Recipe { paths, seed: Some(seed), sampler: shown, ..recipe.portable() };
        Ok(Self { recipe, scenarios: vec![loaded], by_source: Vec::new(), settings })
    }

    fn compare(recipe: &Recipe, it: &Compare, inputs: Inputs) -> Result<Self, Refused> {
        let usual = paths_and_seed(recipe, &inputs)?;
        check_weights(it, inputs.scenarios.len())?;
        let stored = inputs.scenarios[0].stored;
        let mut scenarios: Vec<Loaded> = inputs.scenarios.into_iter().map(|it| it.loaded).collect();
        name_apart(&mut scenarios);
        let sampler = sampler(recipe, &scenarios[0].scenario, stored);
        let shown = shown(sampler, &scenarios[0].scenario);
        let sides: Vec<&Scenario> = scenarios.iter().map(|it| &it.scenario).collect();
        let settings = laid_out(sampler, &sides, &usual.up_to(recipe.paths.unwrap_or(usual.paths)))?;
        for side in sides {
            check_deals(side, &settings)?;
        }
        for what_if in &scenarios[1..] {
            if let Some(why) = scenarios[0].scenario.comparable_with(&what_if.scenario) {
                return Err(Refused::NotComparable(why));
            }
        }
        let default = Settings::DEFAULT_PATHS;
        let paths = Some(settings.paths).filter(|paths| *paths != default || usual.paths != default);
        let recipe = Recipe { paths, seed: Some(settings.seed), sampler: shown, ..recipe.portable() };
        Ok(Self { recipe, scenarios, by_source: Vec::new(), settings })
    }
}

/// Paths of a comparison that asks for none, and its seed: of the recipe, then of stored runs, then of the baseline.
fn paths_and_seed(recipe: &Recipe, inputs: &Inputs) -> Result<Settings, Refused> {
    let run = inputs.scenarios[0].loaded.scenario.run();
    let stored: Vec<(&str, RunWith)> =
        inputs.scenarios.iter().filter_map(|it| it.stored.map(|stored| (it.loaded.scenario.name(), stored))).collect();
    if let (None, Some((first, own))) = (recipe.seed, stored.first())
        && let Some((other, theirs)) = stored.iter().find(|(_, it)| it.seed != own.seed)
    {
        let (first, other) = if first == other { ("one run", "another") } else { (*first, *other) };
        return Err(Refused::DifferentSeeds([(first.to_owned(), own.seed), (other.to_owned(), theirs.seed)]));
    }
    let seed = recipe.seed.or(stored.first().map(|(_, it)| it.seed)).or(run.seed());
    let paths = stored.iter().map(|(_, it)| it.paths).min().or(run.paths());
    Ok(Settings::new(paths.unwrap_or(Settings::DEFAULT_PATHS), seed.unwrap_or(Settings::DEFAULT_SEED)))
}

/// The sampler of the recipe, then of a stored run, then of the scenario.
fn sampler(recipe: &Recipe, scenario: &Scenario, stored: Option<RunWith>) -> Sampler {
    let of_scenario = if scenario.run().sobol() { Sampler::Sobol } else { Sampler::Addressed };
    recipe.sampler.unwrap_or(stored.map_or(of_scenario, |it| it.sampler))
}

/// The sampler as the recipe has to state it: not where it is the usual one.
fn shown(sampler: Sampler, scenario: &Scenario) -> Option<Sampler> {
    (sampler == Sampler::Sobol || scenario.run().sobol()).then_some(sampler)
}

/// Settings with the points that numbers are taken from, if they are: laid out for all scenarios together, and paths rounded
/// up to what points fill.
fn laid_out(sampler: Sampler, scenarios: &[&Scenario], asked: &Settings) -> Result<Settings, Refused> {
    if sampler == Sampler::Addressed {
        return Ok(asked.clone());
    }
    let paths = Quasi::rounded(asked.paths);
    if paths > Settings::MOST_PATHS {
        return Err(Refused::PathsOfPoints(paths));
    }
    Settings::on_points(scenarios, paths, asked.seed).map_err(Refused::Points)
}

/// Every metric that is asked for is one that the scenario has.
fn check_metrics(it: &Simulate, scenario: &Scenario) -> Result<(), Refused> {
    let measures = Measure::all(scenario);
    let Some(metric) = it.metrics.iter().find(|metric| measures.iter().all(|it| it.metric != **metric)) else {
        return Ok(());
    };
    Err(Refused::NoMetric { scenario: scenario.name().to_owned(), metric: *metric })
}

/// Single paths fit into memory: nothing else that a run holds grows with paths.
fn check_room(it: &Simulate, scenario: &Scenario) -> Result<(), Refused> {
    let of_path = (Measure::all(scenario).len() * scenario.years().len() + scenario.assumptions().len()) as u64;
    let most = MOST_KEPT_NUMBERS / of_path / 2 * 2;
    match it.keep_paths.filter(|kept| *kept > most) {
        None => Ok(()),
        Some(kept) => Err(Refused::TooManyKept { scenario: scenario.name().to_owned(), kept, of_path, most }),
    }
}

/// Deals that are drawn one by one are drawn in bearable time.
///
/// How many there are is known from a few paths on which they are only counted.
fn check_deals(scenario: &Scenario, settings: &Settings) -> Result<(), Refused> {
    let single: Vec<usize> = (0..scenario.regions().len())
        .filter(|region| scenario.regions()[*region].counting().is_some_and(|counting| counting.sizes().is_some()))
        .collect();
    if single.is_empty() {
        return Ok(());
    }
    let counted = scenario.without_single_deals();
    let few = settings.with_paths(FEW_PATHS);
    let summary = Summary::of(&counted, &few, Wanted::default(), &|_| {});
    let of_path: f64 = summary
        .fan
        .iter()
        .filter(|row| row.measure.metric == Metric::Deals)
        .filter(|row| matches!(row.measure.subject, Subject::Region(region) if single.contains(&region)))
        .filter_map(|row| Some(row.simulated.as_ref()?.quantiles?[HIGH]))
        .sum();
    let most = MOST_SINGLE_DEALS / of_path;
    // Written so that a number of deals which is no number fails.
    if settings.paths as f64 <= most {
        return Ok(());
    }
    let most = if most >= 2.0 { most as u64 / 2 * 2 } else { 0 };
    Err(Refused::TooManyDeals { scenario: scenario.name().to_owned(), of_path, paths: settings.paths, most })
}

/// A share of the mixture for each scenario.
fn check_weights(it: &Compare, scenarios: usize) -> Result<(), Refused> {
    let Some(weights) = &it.weights else { return Ok(()) };
    if weights.len() != scenarios {
        return Err(Refused::NumberOfWeights { weights: weights.len(), scenarios });
    }
    // Written so that a weight which is no number fails.
    if let Some(wrong) = weights.iter().find(|weight| !(**weight >= 0.0 && weight.is_finite())) {
        return Err(Refused::Weight(*wrong));
    }
    let sum: f64 = weights.iter().sum();
    if (sum - 1.0).abs() > 1e-6 { Err(Refused::SumOfWeights(sum)) } else { Ok(()) }
}

/// Scenarios of the same name are told apart by a number.
fn name_apart(scenarios: &mut [Loaded]) {
    for place in 1..scenarios.len() {
        let own = scenarios[place].scenario.name().to_owned();
        let taken = |name: &str, scenarios: &[Loaded]| scenarios[..place].iter().any(|it| it.scenario.name() == name);
        let mut name = own.clone();
        let mut number = 2;
        while taken(&name, scenarios) {
            name = format!("{own}-{number}");
            number += 1;
        }
        scenarios[place].scenario.rename(name);
    }
}
