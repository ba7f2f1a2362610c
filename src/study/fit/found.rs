//! `fit`: what a history teaches of growth, prior against posterior, and what follows for the years ahead.

use crate::data::Dataset;
use crate::engine::Settings;
use crate::scenario::{Scenario, short_name};
use crate::study::history::{History, LEAST_YEARS, TooLittle};
use crate::study::recipe::{FitAsked, Prior};
use crate::summary::LEVELS;

use super::posterior::Posterior;
use super::rows::{self, FitRow, ROWS};

/// What a history teaches.
#[derive(Clone, Debug)]
pub struct Fit {
    /// The two regions on the figures, with growth as it was believed before; what the written scenario starts from.
    pub scenario: Scenario,
    /// The figures that were learned from.
    pub history: History,
    /// What was believed before.
    pub prior: Prior,
    /// Prior and posterior of each parameter.
    pub parameters: Vec<FitParameter>,
    /// What the closed form expects of the years ahead.
    pub ahead: Vec<Ahead>,
    /// Draws of everything that a simulation takes, jointly.
    pub rows: Vec<FitRow>,
    /// Seed of the draws; paths of a run from them.
    pub settings: Settings,
}

/// A parameter before and after the figures.
#[derive(Clone, Debug, PartialEq)]
pub struct FitParameter {
    /// Address of the input: `us.funding.long-run-growth`.
    pub address: String,
    /// Name of the parameter as readers know it.
    pub name: String,
    /// Its unit in tables: `share a year` for growth, `share` for all else.
    pub unit: &'static str,
    /// 10%, 50% and 90% quantile before the figures were seen.
    pub prior: [f64; 3],
    /// 10%, 50% and 90% quantile after.
    pub posterior: [f64; 3],
}

impl FitParameter {
    /// Share by which the 80% range has shrunk, growth in logs; negative where it has grown.
    #[must_use]
    pub fn shrunk(&self) -> f64 {
        1.0 - self.width(self.posterior) / self.width(self.prior)
    }

    /// Whether the figures hardly moved it: its range shrank by less than a tenth, and its median stayed within a tenth of it.
    #[must_use]
    pub fn is_hardly_moved(&self) -> bool {
        let [from, to] = [self.prior[1], self.posterior[1]];
        self.shrunk() < 0.1 && self.width([from.min(to), from, from.max(to)]) < 0.1 * self.width(self.prior)
    }

    /// Width of a range in the unit that it spreads evenly in.
    fn width(&self, [low, _, high]: [f64; 3]) -> f64 {
        if self.unit == GROWTH { libm::log1p(high) - libm::log1p(low) } else { high - low }
    }
}

/// Unit of growth in tables.
const GROWTH: &str = "share a year";

/// What the closed form expects of a number in a year.
#[derive(Clone, Debug, PartialEq)]
pub struct Ahead {
    /// A region, or `ratio`.
    pub of: String,
    /// Calendar year of the number.
    pub year: i32,
    /// Years from the last figure.
    pub horizon: usize,
    /// Quantiles at [`LEVELS`]: $bn, or times for the ratio.
    pub quantiles: [f64; 9],
}

/// Longest horizon of the closed form that is told.
pub const HORIZON: usize = 7;

impl FitAsked {
    /// The history that is fitted to.
    ///
    /// # Errors
    /// Why it is too little.
    pub fn history(&self, data: &Dataset) -> Result<History, TooLittle> {
        History::of(data, &self.regions, self.until, (LEAST_YEARS, "fit"))
    }
}

impl Fit {
    /// Learns from a history.
    #[must_use]
    pub fn of(scenario: &Scenario, history: History, prior: Prior, settings: &Settings) -> Self {
        let before = Posterior::prior(prior, history.regions.len());
        let after = Posterior::new(prior, &history.growths());
        let believed = rows::rows(&before, ROWS, settings.seed, false);
        let rows = rows::rows(&after, ROWS, settings.seed, true);
        let parameters = parameters(&history, [&before, &after], [&believed, &rows]);
        let ahead = ahead(&history, &after);
        Self { scenario: scenario.clone(), history, prior, parameters, ahead, rows, settings: settings.clone() }
    }

    /// The parameter of an address.
    #[must_use]
    pub fn parameter(&self, address: &str) -> Option<&FitParameter> {
        self.parameters.iter().find(|known| known.address == address)
    }
}

/// Prior and posterior of each parameter: of growth in closed form, of all else over the draws.
fn parameters(history: &History, laws: [&Posterior; 2], rows: [&[FitRow]; 2]) -> Vec<FitParameter> {
    const RANGE: [f64; 3] = [0.1, 0.5, 0.9];
    let mut found = Vec::new();
    let mut add = |address: String, name: String, of: &dyn Fn(&FitRow) -> f64| {
        let [prior, posterior] = rows.map(|rows| {
            let mut values: Vec<f64> = rows.iter().map(of).collect();
            values.sort_by(f64::total_cmp);
            RANGE.map(|p| values[((p * values.len() as f64) as usize).min(values.len() - 1)])
        });
        found.push(FitParameter { address, name, unit: "share", prior, posterior });
    };
    for (place, region) in history.regions.iter().enumerate() {
        let of = short_name(region);
        add(format!("{region}.funding.long-run-growth"), format!("{of} growth"), &|row| row.growth[place]);
        add(format!("{region}.funding.volatility"), format!("{of} volatility"), &|row| row.volatility[place]);
        add(format!("measurement.transient.{region}"), format!("{of} noise"), &|row| row.transient[place]);
    }
    let first = &history.regions[0];
    add(format!("{first}.funding.persistence"), "persistence of growth".to_owned(), &|row| row.persistence);
    if history.regions.len() > 1 {
        add("shocks.correlation".to_owned(), "correlation of shocks".to_owned(), &|row| row.correlation);
    }
    for place in 0..history.regions.len() {
        let [prior, posterior] = laws.map(|law| {
            let growth = law.growth(place);
            RANGE.map(|p| libm::expm1(growth.quantile(p)))
        });
        let growth = &mut found[3 * place];
        *growth = FitParameter { unit: GROWTH, prior, posterior, ..growth.clone() };
    }
    found
}

fn ahead(history: &History, after: &Posterior) -> Vec<Ahead> {
    let last = |place: usize| history.logs[place].last().copied().unwrap_or_default();
    let mut subjects: Vec<(String, Vec<f64>, f64)> = Vec::new();
    let regions = history.regions.len();
    for (place, region) in history.regions.iter().enumerate() {
        let of = (0..regions).map(|other| f64::from(u8::from(other == place))).collect();
        subjects.push((region.clone(), of, last(place)));
    }
    if regions == 2 {
        subjects.push(("ratio".to_owned(), vec![1.0, -1.0], last(0) - last(1)));
    }
    let mut found = Vec::new();
    for horizon in 1..=HORIZON {
        for (name, of, start) in &subjects {
            let law = after.ahead(horizon, of).shifted(*start);
            let quantiles = LEVELS.map(|level| libm::exp(law.quantile(level)));
            let year = history.last_year() + i32::try_from(horizon).unwrap_or_default();
            found.push(Ahead { of: name.clone(), year, horizon, quantiles });
        }
    }
    found
}
