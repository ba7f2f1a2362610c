//! `score`: stored runs held against what came.
//!
//! A run was frozen when it was stored. What came is put on its basis (`outcome`), every path is asked where it lies
//! (`sample`), and rules say how good that was (`rules`), beside two guesses that anybody could have made from the same
//! figures: that nothing changes, and that the growth of the past goes on.

mod outcome;
mod questions;
mod rules;
mod sample;

use crate::engine::Settings;
use crate::metric::{Measure, Metric, Subject};
use crate::scenario::Scenario;
use crate::summary::{LEVELS, Summary};

pub use outcome::{Basis, Outcome, Reading, SideNews, Silent};
pub use questions::Settled;
pub use rules::{crps, log_score, share_below, weighted_interval};

/// A stored run, as it is scored.
#[derive(Clone, Debug)]
pub struct Frozen {
    /// Its scenario, under the name it was run with.
    pub scenario: Scenario,
    /// What its tables say.
    pub summary: Summary,
    /// How this version makes the same run again, so that its paths can be asked; none where its tables are all there is.
    pub made_again: Option<Settings>,
    /// Version of the program that made it.
    pub version: String,
}

/// A run held against what came.
#[derive(Clone, Debug)]
pub struct Scored {
    /// The stored run.
    pub run: Frozen,
    /// A reading of what came for each edition, in the order they were given.
    pub readings: Vec<ScoredReading>,
}

/// A run held against one edition.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoredReading {
    /// Who counted, and the edition.
    pub name: String,
    /// By how much the edition restates the world's funding of the base year, where both state it.
    pub world_restated: Option<f64>,
    /// A row for each outcome.
    pub rows: Vec<Score>,
    /// Questions of the run that the outcome answers.
    pub questions: Vec<Settled>,
}

/// What rules say of one outcome.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// Outcome on the basis of the run.
    pub outcome: Outcome,
    /// Share of paths below it, and below the ends of its interval.
    pub percentile: [f64; 3],
    /// Continuous ranked probability score; of the log, but for a difference. None without the paths.
    pub crps: Option<f64>,
    /// Weighted interval score of the nine quantiles, on the same scale.
    pub weighted: Option<f64>,
    /// Log score, on the same scale.
    pub log_score: Option<f64>,
    /// Error of guessing the value of the base year, on the same scale: what that guess scores.
    pub last_value: f64,
    /// Error of guessing that the mean growth of the observed years goes on; none with one observed year.
    pub drift: Option<f64>,
}

impl Score {
    /// Whether the outcome lies in the middle share of the paths.
    #[must_use]
    pub fn is_inside(&self, share: f64) -> bool {
        (self.percentile[0] - 0.5).abs() <= 0.5 * share
    }

    /// Whether it is scored on a log scale: all but differences.
    #[must_use]
    pub fn is_log(&self) -> bool {
        on_log_scale(self.outcome.measure)
    }
}

fn on_log_scale(measure: Measure) -> bool {
    !measure.metric.may_be_negative()
}

/// A value on the scale on which its measure is scored.
fn scaled(measure: Measure, value: f64) -> f64 {
    if on_log_scale(measure) { libm::log(value) } else { value }
}

impl Scored {
    /// Holds a stored run against what came.
    ///
    /// # Errors
    /// If an edition says nothing of the run.
    pub fn of(run: Frozen, readings: &[Reading], as_source: bool) -> Result<Self, Silent> {
        let found: Vec<(&Reading, Vec<Outcome>)> = readings
            .iter()
            .map(|reading| Ok((reading, reading.outcomes(&run.scenario, as_source)?)))
            .collect::<Result<_, Silent>>()?;
        let wanted: Vec<(Measure, i32)> =
            found.iter().flat_map(|(_, outcomes)| outcomes.iter().map(|it| (it.measure, it.year))).collect();
        let sorted = |settings| sample::sorted(&run.scenario, &wanted, settings);
        let paths = run.made_again.as_ref().map(sorted).unwrap_or_default();
        let mut place = 0..;
        let readings = found.into_iter().map(|(reading, outcomes)| {
            let rows = outcomes.iter().map(|outcome| {
                let paths = place.next().and_then(|place| paths.get(place));
                score(&run, *outcome, paths.map(Vec::as_slice))
            });
            ScoredReading {
                name: reading.name.clone(),
                world_restated: reading.world_restated(&run.scenario),
                rows: rows.collect(),
                questions: questions::settled(&run.scenario, &run.summary, &outcomes),
            }
        });
        let readings = readings.collect();
        Ok(Self { run, readings })
    }
}

impl ScoredReading {
    /// The score of a measure in a year.
    #[must_use]
    pub fn row(&self, measure: Measure, year: i32) -> Option<&Score> {
        self.rows.iter().find(|row| row.outcome.measure == measure && row.outcome.year == year)
    }

    /// Last year with an outcome.
    #[must_use]
    pub fn last_year(&self) -> i32 {
        self.rows.iter().map(|row| row.outcome.year).max().unwrap_or_default()
    }

    /// Outcomes inside the middle share of the paths.
    #[must_use]
    pub fn inside(&self, share: f64) -> usize {
        self.rows.iter().filter(|row| row.is_inside(share)).count()
    }

    /// Means over the outcomes on a log scale: of the run's score, of guessing no change, of guessing past growth; `None` where
    /// one of them is missing.
    #[must_use]
    pub fn means(&self) -> [Option<f64>; 3] {
        let rows: Vec<&Score> = self.rows.iter().filter(|row| row.is_log()).collect();
        let mean = |of: &dyn Fn(&Score) -> Option<f64>| {
            let values = rows.iter().map(|row| of(row)).collect::<Option<Vec<f64>>>()?;
            (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
        };
        [mean(&|row| row.crps.or(row.weighted)), mean(&|row| Some(row.last_value)), mean(&|row| row.drift)]
    }

    /// Mean Brier score over the questions that the outcome settles beyond its own doubt.
    #[must_use]
    pub fn mean_brier(&self) -> Option<f64> {
        let scores: Vec<f64> = self.questions.iter().filter(|it| it.certain).map(Settled::brier).collect();
        (!scores.is_empty()).then(|| scores.iter().sum::<f64>() / scores.len() as f64)
    }
}

/// What rules say of one outcome, of all paths where there are any and of nine quantiles otherwise.
fn score(run: &Frozen, outcome: Outcome, paths: Option<&[f64]>) -> Score {
    let measure = outcome.measure;
    let at = |value: f64| scaled(measure, value);
    let worth = |value: f64| match measure.metric.is_money() {
        true => value / libm::exp(run.scenario.log_money(outcome.year)),
        false => value,
    };
    let stored = run.summary.fan_row(measure, outcome.year).and_then(|row| row.simulated.as_ref()?.quantiles);
    let quantiles = stored.map(|quantiles| quantiles.map(|value| at(worth(value))));
    let logs: Option<Vec<f64>> = paths.map(|paths| paths.iter().map(|value| at(*value)).collect());
    let ends = [outcome.value, outcome.low, outcome.high];
    let percentile = match (&logs, &quantiles) {
        (Some(logs), _) => ends.map(|value| rules::share_below(logs, at(value))),
        (None, Some(quantiles)) => ends.map(|value| rules::share_below_of_quantiles(quantiles, &LEVELS, at(value))),
        (None, None) => [f64::NAN; 3],
    };
    let [last_value, drift] = guesses(&run.scenario, measure, outcome.year);
    Score {
        outcome,
        percentile,
        crps: logs.as_deref().and_then(|logs| rules::crps(logs, at(outcome.value))),
        weighted: quantiles.and_then(|quantiles| rules::weighted_interval(&quantiles, at(outcome.value))),
        log_score: logs.as_deref().and_then(|logs| rules::log_score(logs, at(outcome.value))),
        last_value: last_value.map_or(f64::NAN, |guess| (at(guess) - at(outcome.value)).abs()),
        drift: drift.map(|guess| (at(guess) - at(outcome.value)).abs()),
    }
}

/// Two guesses from the run's own figures: the value of the base year, and that value grown on as it did on average.
fn guesses(scenario: &Scenario, measure: Measure, year: i32) -> [Option<f64>; 2] {
    let base_year = scenario.base_year();
    let of = |region: usize, metric: Metric| -> Option<[Option<f64>; 2]> {
        let name = scenario.regions()[region].name();
        let known = |year: i32| scenario.data().find(name, metric.name(), year).map(|it| it.value);
        let base = known(base_year)?;
        let earliest = scenario.data().observations.iter().map(|it| it.year).filter(|it| known(*it).is_some()).min();
        let drift = earliest.filter(|first| *first < base_year).and_then(|first| {
            let growth = libm::log(base / known(first)?) / f64::from(base_year - first);
            Some(base * libm::exp(growth * f64::from(year - base_year)))
        });
        Some([Some(base), drift])
    };
    let sides = |metric: Metric| Some([of(scenario.gap().lead(), metric)?, of(scenario.gap().follow(), metric)?]);
    let both = |metric: Metric, join: fn(f64, f64) -> f64| {
        sides(metric).map_or([None; 2], |[lead, follow]| {
            [0, 1].map(|place: usize| lead[place].zip(follow[place]).map(|(lead, follow)| join(lead, follow)))
        })
    };
    match (measure.metric, measure.subject) {
        (metric, Subject::Region(region)) => of(region, metric).unwrap_or([None; 2]),
        (Metric::Gap, _) => both(Metric::Funding, |lead, follow| lead - follow),
        (Metric::DealsRatio, _) => both(Metric::Deals, |lead, follow| lead / follow),
        _ => both(Metric::Funding, |lead, follow| lead / follow),
    }
}
