//! The one story of every run: a recipe and its scenarios in, what the paths say out. It touches no file and no clock.

use crate::engine::{self, Plan, Settings};
use crate::scenario::Scenario;
use crate::summary::{KeptPath, PathKeeper, Summary, Uncertainty, Wanted, out_of_reach};

use super::backtest::BackTested;
use super::by_source::BySource;
use super::comparison::Comparison;
use super::discover::Discovered;
use super::fit::Fit;
use super::inputs::Inputs;
use super::passes::Passes;
use super::prepared::Prepared;
use super::recipe::{Compare, Question, Recipe, Simulate};
use super::refused::Refused;
use super::seek::Sought;
use super::sensitivity::Sensitive;
use super::sweep::Swept;

/// Hears how far a study has come: paths of a run, what-ifs of a comparison.
pub type Told<'a> = &'a (dyn Fn(u64) + Sync);

/// What the paths of a recipe say.
#[derive(Clone, Debug)]
pub enum Findings {
    /// Of one scenario.
    Run(Box<Run>),
    /// Findings on what-ifs against their baseline.
    Comparison(Box<Comparison>),
    /// What a goal would take.
    Sought(Box<Sought>),
    /// Which input matters most.
    Sensitive(Box<Sensitive>),
    /// Of an answer along inputs.
    Swept(Box<Swept>),
    /// What futures have in common.
    Discovered(Box<Discovered>),
    /// What a history teaches.
    Fitted(Box<Fit>),
    /// What past forecasts were worth.
    BackTested(Box<BackTested>),
}

/// What the paths of one scenario say.
///
/// # Examples
/// ```
/// use std::path::Path;
///
/// use aigap::metric::Metric;
/// use aigap::study::{self, Findings, Inputs, Recipe};
///
/// let read = |_: &Path| Ok(include_bytes!("../../scenarios/base.toml").to_vec());
/// let recipe = Recipe { paths: Some(2048), ..Recipe::simulate("base.toml") };
/// let findings = study::run(&recipe, Inputs::read(&recipe, &read)?, &|_| {})?;
/// let Findings::Run(run) = findings else { panic!("one scenario was asked for") };
/// let ratio = run.summary.gap(Metric::Ratio, 2030).and_then(|spread| spread.median());
/// assert!(ratio.is_some_and(|ratio| (10.0..25.0).contains(&ratio)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Run {
    /// The scenario that was simulated.
    pub scenario: Scenario,
    /// How its paths were simulated.
    pub settings: Settings,
    /// Fans, probabilities and all else that is counted.
    pub summary: Summary,
    /// The first paths one by one, if any were to be kept.
    pub kept: Option<Vec<KeptPath>>,
    /// Runs from the figures of every source, if all were asked for.
    pub by_source: Vec<BySource>,
}

/// Answers a recipe from the scenarios that were read for it.
///
/// # Errors
/// If the scenarios cannot be asked this, or their numbers leave every range.
pub fn run(recipe: &Recipe, inputs: Inputs, told: Told) -> Result<Findings, Refused> {
    Prepared::new(recipe, inputs)?.run(told)
}

impl Prepared {
    /// Simulates, in the current thread pool.
    ///
    /// # Errors
    /// If numbers leave their range.
    pub fn run(&self, told: Told) -> Result<Findings, Refused> {
        self.answered(&Passes::Here, told)
    }

    /// Answers the question with passes that are counted here or elsewhere.
    pub(super) fn answered(&self, passes: &Passes, told: Told) -> Result<Findings, Refused> {
        Ok(match &self.recipe.question {
            Question::Simulate(it) => Findings::Run(Box::new(self.simulated(it, passes, told)?)),
            Question::Compare(it) => Findings::Comparison(Box::new(self.compared(it, passes, told)?)),
            Question::Sensitivity(it) => {
                let asked = it.asked(&self.scenarios[0].scenario)?;
                Findings::Sensitive(Box::new(Sensitive::counted(asked, it, (&self.settings, passes), told)))
            }
            Question::Sweep(it) => {
                let scenario = &self.scenarios[0].scenario;
                let found = Swept::counted(scenario, it.asked(scenario)?, (&self.settings, passes), told);
                let reached = found.precision.map(|it| [it.asked, it.reached()]);
                self.in_reach(reached, found.settings.paths)?;
                Findings::Swept(Box::new(found))
            }
            Question::Discover(it) => {
                let scenario = &self.scenarios[0].scenario;
                Findings::Discovered(Box::new(Discovered::find(scenario, it, &self.settings, told)?))
            }
            Question::Fit(it) => {
                let scenario = &self.scenarios[0].scenario;
                let history = it.history(scenario.data()).map_err(Refused::TooLittle)?;
                Findings::Fitted(Box::new(Fit::of(scenario, history, it.prior, &self.settings)))
            }
            Question::BackTest(it) => {
                let scenario = &self.scenarios[0].scenario;
                let history = it.history(scenario.data()).map_err(Refused::TooLittle)?;
                Findings::BackTested(Box::new(BackTested::of(scenario, history, it, &self.settings)))
            }
            Question::Seek(it) => {
                let scenario = &self.scenarios[0].scenario;
                let asked = it.asked(scenario)?;
                Findings::Sought(Box::new(Sought::seek(scenario, asked.goal, asked.named, &self.settings, told)))
            }
        })
    }

    /// Refuses a precision that is far from what was reached, whatever is simulated.
    fn in_reach(&self, precision: Option<[f64; 2]>, paths: u64) -> Result<(), Refused> {
        let most = self.settings.paths;
        match precision.and_then(|[asked, reached]| Some((asked, out_of_reach(asked, reached, [paths, most])?))) {
            Some((asked, left)) => Err(Refused::OutOfReach { asked, left, most }),
            None => Ok(()),
        }
    }

    fn simulated(&self, it: &Simulate, passes: &Passes, told: Told) -> Result<Run, Refused> {
        let scenario = self.scenarios[0].scenario.clone();
        let summary = Self::summary(it, (&scenario, &self.settings), passes, told);
        if summary.saturated > 0 {
            return Err(Refused::Saturated { paths: summary.saturated, scenario: None });
        }
        self.in_reach(summary.precision.map(|it| [it.asked, it.reached()]), summary.paths)?;
        let by_source = self.by_source.iter().map(|(source, scenario, settings)| {
            let summary = Self::summary(it, (scenario, settings), passes, told);
            BySource { source: source.clone(), scenario: scenario.clone(), summary }
        });
        let by_source = by_source.collect();
        let settings = self.settings.with_paths(summary.paths);
        let kept = self.kept(it, &scenario, &settings);
        Ok(Run { scenario, settings, summary, kept, by_source })
    }

    fn summary(it: &Simulate, (scenario, settings): (&Scenario, &Settings), passes: &Passes, told: Told) -> Summary {
        let wanted = Wanted { exact: it.exact, precision: it.precision, metrics: it.counted() };
        let mut summary = passes.summary(scenario, settings, wanted, told);
        if summary.saturated == 0 {
            summary.uncertainty = Uncertainty::of(scenario, &settings.with_paths(summary.paths));
        }
        summary
    }

    /// The first paths of the run, which are those of a short run with the same seed.
    fn kept(&self, it: &Simulate, scenario: &Scenario, settings: &Settings) -> Option<Vec<KeptPath>> {
        let hairlines = u64::from(self.recipe.look.hairlines).next_multiple_of(2);
        let wanted = it.keep_paths.max(Some(hairlines).filter(|drawn| *drawn > 0))?;
        let mut keeper = PathKeeper::new(scenario);
        let settings = settings.up_to(wanted.min(settings.paths));
        engine::simulate(&[&Plan::new(scenario)], &settings, &mut keeper, &|_| {});
        Some(keeper.paths())
    }

    fn compared(&self, it: &Compare, passes: &Passes, told: Told) -> Result<Comparison, Refused> {
        let scenarios: Vec<&Scenario> = self.scenarios.iter().map(|it| &it.scenario).collect();
        let weights = it.weights.as_ref().map(|weights| {
            let sum: f64 = weights.iter().sum();
            weights.iter().map(|weight| weight / sum).collect()
        });
        let compared = Comparison::counted(&scenarios, (&self.settings, passes), weights, it.attribution, told);
        let sides = std::iter::once(&compared.baseline).chain(compared.what_ifs.iter().map(|it| &it.side));
        match sides.into_iter().find(|side| side.summary.saturated > 0) {
            Some(side) => {
                let scenario = Some(side.scenario.name().to_owned());
                Err(Refused::Saturated { paths: side.summary.saturated, scenario })
            }
            None => Ok(compared),
        }
    }
}
