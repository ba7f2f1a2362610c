//! Several scenarios as one: a mixture with weights, and the spread that comes from the choice among them.

use crate::engine::{self, Block, Column, Observer, Plan, Settings};
use crate::metric::{Levels, Measure, Metric, Subject};
use crate::scenario::Scenario;

use super::{Histogram, LEVELS, Moments};

/// A measure of the mixture in a year.
#[derive(Clone, Debug, PartialEq)]
pub struct EnsembleRow {
    /// What is measured, in the terms of the first scenario.
    pub measure: Measure,
    /// Calendar year of the row.
    pub year: i32,
    /// Quantiles of the mixture at [`LEVELS`]; infinite where that much weight is.
    pub quantiles: [f64; 9],
    /// Share of the variance of the log that comes from which scenario it is: variance of the scenarios' means over the
    /// variance of the mixture. None for what has no log.
    pub from_choice: Option<f64>,
}

/// Mixes scenarios that share base year and gap, in the years that all of them have. Weights add up to one.
///
/// Amounts are mixed where all are in the same money.
///
/// # Panics
/// If there are no scenarios.
#[must_use]
pub fn ensemble(scenarios: &[&Scenario], weights: &[f64], settings: &Settings) -> Vec<EnsembleRow> {
    let horizon = scenarios.iter().map(|it| it.horizon()).min().expect("there are scenarios");
    let first = scenarios[0];
    let years = usize::try_from(horizon - first.base_year()).unwrap_or(0);
    let seen: Vec<ScenarioSums> = scenarios
        .iter()
        .map(|scenario| {
            let mut seen = ScenarioSums::new(scenario, years);
            engine::simulate(&[&Plan::new(scenario)], settings, &mut seen, &|_| {});
            seen
        })
        .collect();
    let mut rows = Vec::new();
    for (place, measure) in measures(first).into_iter().enumerate() {
        let unit = |scenario: &&Scenario| measure.unit(scenario);
        if scenarios.iter().any(|it| unit(it) != unit(&first)) {
            continue;
        }
        for (index, year) in first.scenario_years(horizon).enumerate() {
            let cell = place * years + index;
            let parts: Vec<(f64, &Histogram)> = weights
                .iter()
                .zip(&seen)
                .map(|(weight, seen)| (*weight, &seen.counts.as_ref().expect("a run has a block").histograms[cell]))
                .collect();
            rows.push(EnsembleRow {
                measure,
                year,
                quantiles: LEVELS.map(|level| mixture_quantile(&parts, level)),
                from_choice: from_choice(weights, &seen, cell),
            });
        }
    }
    rows
}

/// Funding of both sides, their gap and their ratio.
fn measures(scenario: &Scenario) -> [Measure; 4] {
    let region = |region: usize| Measure { metric: Metric::Funding, subject: Subject::Region(region) };
    let gap = |metric| Measure { metric, subject: Subject::Gap };
    [region(scenario.gap().lead()), region(scenario.gap().follow()), gap(Metric::Gap), gap(Metric::Ratio)]
}

/// The smallest value that so much of the weight does not exceed, by bisection on the mixed distribution function.
fn mixture_quantile(parts: &[(f64, &Histogram)], level: f64) -> f64 {
    let ends = parts.iter().filter(|(weight, _)| *weight > 0.0).filter_map(|(_, it)| it.quantile(level));
    let (low, high) = ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), end| (low.min(end), high.max(end)));
    if low >= high || !low.is_finite() || !high.is_finite() {
        return if low.is_finite() { low } else { high };
    }
    // The mixed quantile lies between the smallest and the largest of its parts.
    let below = |value: f64| parts.iter().map(|(weight, it)| weight * it.share_below(value)).sum::<f64>();
    let (mut low, mut high) = (low, high);
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if middle <= low || middle >= high {
            break;
        }
        if below(middle) < level { low = middle } else { high = middle }
    }
    high
}

fn from_choice(weights: &[f64], seen: &[ScenarioSums], cell: usize) -> Option<f64> {
    let logs = || seen.iter().map(|it| &it.counts.as_ref().expect("a run has a block").logs[cell]);
    let means: Option<Vec<f64>> = logs().map(Moments::mean).collect();
    let sds: Option<Vec<f64>> = logs().map(Moments::sd).collect();
    let (means, sds) = (means?, sds?);
    let sum = |of: &dyn Fn(usize) -> f64| weights.iter().enumerate().map(|(place, w)| w * of(place)).sum::<f64>();
    let mean = sum(&|place| means[place]);
    let between = sum(&|place| (means[place] - mean) * (means[place] - mean));
    let within = sum(&|place| sds[place] * sds[place]);
    (between + within > 0.0).then(|| between / (between + within))
}

/// Histograms and log moments of one scenario.
struct ScenarioSums<'a> {
    scenario: &'a Scenario,
    measures: [Measure; 4],
    years: usize,
    counts: Option<ScenarioCounts>,
}

/// Counts of a worker, and its scratch columns.
struct ScenarioCounts {
    levels: Levels,
    histograms: Vec<Histogram>,
    logs: Vec<Moments>,
    columns: [Column; 2],
}

impl<'a> ScenarioSums<'a> {
    fn new(scenario: &'a Scenario, years: usize) -> Self {
        let measures = measures(scenario);
        Self { scenario, measures, years, counts: None }
    }
}

impl Observer for ScenarioSums<'_> {
    type Counts = ScenarioCounts;
    type Sums = ();

    fn counts(&self) -> ScenarioCounts {
        ScenarioCounts {
            levels: Levels::new(self.scenario),
            histograms: (0..4 * self.years).map(|_| Histogram::default()).collect(),
            logs: vec![Moments::default(); 4 * self.years],
            columns: [Column::default(), Column::default()],
        }
    }

    fn observe(&self, blocks: &[Block], counts: &mut ScenarioCounts) {
        let block = &blocks[0];
        let ScenarioCounts { levels, histograms, logs: moments, columns: [scratch, logs] } = counts;
        levels.restart();
        for year in 0..self.years {
            levels.enter(block, year);
            for (place, measure) in self.measures.iter().enumerate() {
                let cell = place * self.years + year;
                let column = levels.column(*measure, scratch);
                histograms[cell].extend(column);
                if measure.metric != Metric::Gap {
                    let logs = &mut logs[..column.len()];
                    logs.iter_mut().zip(column).for_each(|(log, value)| *log = libm::log(*value));
                    moments[cell].add(logs);
                }
            }
        }
    }

    fn absorb(&mut self, (): ()) {}

    fn finish(&mut self, counts: ScenarioCounts) {
        let Some(total) = &mut self.counts else {
            self.counts = Some(counts);
            return;
        };
        total.histograms.iter_mut().zip(&counts.histograms).for_each(|(total, other)| total.merge(other));
        total.logs.iter_mut().zip(&counts.logs).for_each(|(total, other)| total.merge(other));
    }
}
