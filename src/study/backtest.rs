//! `backtest`: what forecasts from past years would have been worth, each made from nothing but the figures up to its year.

mod benchmarks;
mod forecast;
mod scores;

use crate::data::Dataset;
use crate::engine::Settings;
use crate::parallel;
use crate::scenario::Scenario;
use crate::summary::LEVELS;

use super::fit::{Mixture, Posterior};
use super::history::{History, TooLittle};
use super::recipe::{BackTestAsked, Prior};
pub use benchmarks::Model;
pub use forecast::{BANDS, Forecast};
pub use scores::ModelScores;

/// Fewest years that a back-test needs: six to learn from, and two to be held against.
pub(in crate::study) const LEAST_YEARS: usize = 8;

/// Fewest years that a forecast is made from.
const FIRST: usize = 6;

/// Forecasts from past years, held against what came.
#[derive(Clone, Debug)]
pub struct BackTested {
    /// The two regions on the figures.
    pub scenario: Scenario,
    /// The figures that were forecast, and what came.
    pub history: History,
    /// Prior of the fit.
    pub prior: Prior,
    /// Years that forecasts were made from, in order.
    pub origins: Vec<i32>,
    /// How many such years were asked for.
    pub asked_origins: usize,
    /// Numbers of years ahead.
    pub horizons: Vec<usize>,
    /// Every forecast of every model.
    pub forecasts: Vec<Forecast>,
    /// Seed and paths of the recipe; nothing here is random.
    pub settings: Settings,
}

impl BackTestAsked {
    /// The history that is forecast.
    ///
    /// # Errors
    /// Why it is too little.
    pub fn history(&self, data: &Dataset) -> Result<History, TooLittle> {
        let history = History::of(data, &self.regions, None, (LEAST_YEARS, "back-test"))?;
        let (years, nearest) = (history.years.len(), self.horizons.iter().min().copied().unwrap_or(1));
        if nearest > years - FIRST {
            return Err(TooLittle::Ahead { asked: nearest, most: years - FIRST, years });
        }
        Ok(history)
    }
}

impl BackTested {
    /// Makes forecasts from past years and holds them against what came.
    #[must_use]
    pub fn of(scenario: &Scenario, history: History, asked: &BackTestAsked, settings: &Settings) -> Self {
        let years = history.years.len();
        let possible: Vec<usize> = (FIRST..years).collect();
        let starts = &possible[possible.len().saturating_sub(asked.origins)..];
        let made = parallel::map(starts.len(), |place| from_year(&history, starts[place], asked));
        let forecasts = made.into_iter().flatten().collect();
        let origins = starts.iter().map(|start| history.years[start - 1]).collect();
        let horizons = asked.horizons.clone();
        Self {
            scenario: scenario.clone(),
            prior: asked.prior,
            history,
            origins,
            asked_origins: asked.origins,
            horizons,
            forecasts,
            settings: settings.clone(),
        }
    }

    /// Forecasts of a model.
    pub fn of_model(&self, model: Model) -> impl Iterator<Item = &Forecast> {
        self.forecasts.iter().filter(move |forecast| forecast.model == model)
    }

    /// What the forecasts of a model were worth.
    #[must_use]
    pub fn judged(&self, model: Model) -> ModelScores {
        ModelScores::of(self.of_model(model))
    }
}

/// All forecasts from the first so many years; nothing later is handed on.
fn from_year(history: &History, known: usize, asked: &BackTestAsked) -> Vec<Forecast> {
    let past = history.first(known);
    let posterior = Posterior::new(asked.prior, &past.growths());
    let regions = past.regions.len();
    let weights = |place: usize| (0..regions).map(|other| f64::from(u8::from(other == place))).collect::<Vec<f64>>();
    let mut subjects: Vec<(String, Vec<f64>)> =
        past.regions.iter().enumerate().map(|(place, region)| (region.clone(), weights(place))).collect();
    if regions == 2 {
        subjects.push(("ratio".to_owned(), vec![1.0, -1.0]));
    }
    let mut forecasts = Vec::new();
    for (name, of) in &subjects {
        let combined =
            |year: usize| of.iter().zip(&history.logs).map(|(weight, logs)| weight * logs[year]).sum::<f64>();
        let levels: Vec<f64> = (0..known).map(combined).collect();
        for horizon in asked.horizons.iter().filter(|horizon| known - 1 + **horizon < history.years.len()) {
            let observed = combined(known - 1 + horizon);
            let at = (history.years[known - 1], history.years[known - 1 + horizon], *horizon);
            for model in Model::ALL {
                let law = match model {
                    Model::Fit => Law::Mixture(posterior.ahead(*horizon, of).shifted(levels[known - 1])),
                    other => Law::Benchmark(other.forecast(&levels, *horizon)),
                };
                forecasts.push(law.forecast(model, name, at, observed));
            }
        }
    }
    forecasts
}

/// The law of a forecast.
enum Law {
    Mixture(Mixture),
    Benchmark(benchmarks::Law),
}

impl Law {
    fn forecast(&self, model: Model, series: &str, at: (i32, i32, usize), observed: f64) -> Forecast {
        let (quantiles, pit, crps, log_score) = match self {
            Self::Mixture(law) => {
                (LEVELS.map(|p| law.quantile(p)), law.cdf(observed), law.crps(observed), law.log_score(observed))
            }
            Self::Benchmark(law) => {
                (LEVELS.map(|p| law.quantile(p)), law.cdf(observed), law.crps(observed), law.log_score(observed))
            }
        };
        let (origin, target_year, horizon) = at;
        let series = series.to_owned();
        Forecast { model, series, origin, target_year, horizon, quantiles, observed, pit, crps, log_score }
    }
}
