//! Errors of quasi-random runs: independent replicates say by how much their own mean is off.
//!
//! Points of one scramble are not independent, so no formula for independent paths holds for them. Sixteen scrambles
//! are: the standard error of a number is the spread of its sixteen values over four (METHOD 7.3).

use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use crate::engine::{self, Plan, Settings};
use crate::random::quasi::REPLICATES;
use crate::scenario::Scenario;

use super::{Collector, Probability, Spread, Summary, wilson};

/// 97.5% point of Student's t with as many degrees of freedom as replicates less one.
const T_975: f64 = 2.131_449_545_559_323;

/// Replicates that are simulated at once: few, because each has histograms of its own.
const AT_ONCE: usize = 4;

/// Paths of one replicate after the other, each seen by itself and by the whole.
pub(super) fn run<'a>(
    scenario: &Scenario,
    plan: &Plan,
    settings: Settings,
    collector: &(dyn Fn() -> Collector<'a> + Sync),
    progress: &(dyn Fn(u64) + Sync),
) -> (Collector<'a>, Summary) {
    let paths = settings.paths / REPLICATES;
    let mut whole: Option<Collector> = None;
    let mut parts = Vec::new();
    let done = AtomicU64::new(0);
    let one = |replicate: u64| {
        let (mut part, before) = (collector(), AtomicU64::new(replicate * paths));
        let until = Settings { paths: (replicate + 1) * paths, ..settings };
        engine::simulate_more(plan, until, replicate * paths, &mut part, &|now| {
            let more = now - before.swap(now, Ordering::Relaxed);
            progress(done.fetch_add(more, Ordering::Relaxed) + more);
        });
        let summary = part.part(Settings { paths, ..settings });
        (part, summary)
    };
    for first in (0..REPLICATES).step_by(AT_ONCE) {
        let together = (first..first + AT_ONCE as u64).into_par_iter().map(one).collect::<Vec<_>>();
        for (part, summary) in together {
            parts.push(summary);
            match &mut whole {
                None => whole = Some(part),
                Some(whole) => whole.merge(part),
            }
        }
    }
    let whole = whole.expect("there are replicates");
    let mut summary = whole.summary(settings);
    set_errors(&mut summary, &parts);
    debug_assert_eq!(scenario.points.as_ref().map(|points| points.paths()), Some(settings.paths));
    (whole, summary)
}

/// Standard error of a mean over the replicates; infinite if a value is.
pub(super) fn error(values: &[f64]) -> f64 {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    if values.iter().all(|value| *value == values[0]) {
        return 0.0;
    }
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    let error = (squares / (count - 1.0) / count).sqrt();
    if error.is_nan() { f64::INFINITY } else { error }
}

impl Probability {
    /// The same with the error that replicates show.
    pub(super) fn with_replicates(&mut self, values: &[f64]) {
        self.standard_error = error(values);
        let effective = if self.standard_error > 0.0 {
            self.value * (1.0 - self.value) / (self.standard_error * self.standard_error)
        } else {
            // Where nothing or everything was hit, draws count as they do for independent paths.
            0.5 * self.paths as f64
        };
        (self.low, self.high) = wilson(self.value, effective, T_975);
    }
}

/// Replaces every error of a summary by what the summaries of its replicates show.
fn set_errors(summary: &mut Summary, parts: &[Summary]) {
    for (place, row) in summary.fan.iter_mut().enumerate() {
        let Some(spread) = &mut row.simulated else { continue };
        let parts: Vec<&Spread> = parts.iter().filter_map(|part| part.fan[place].simulated.as_ref()).collect();
        spread.errors = spread.quantiles.map(|_| {
            std::array::from_fn(|level| {
                let values: Vec<f64> =
                    parts.iter().map(|part| part.quantiles.map_or(f64::NAN, |quantiles| quantiles[level])).collect();
                error(&values)
            })
        });
    }
    let values: Vec<Vec<f64>> = parts.iter().map(|part| answers(part).collect()).collect();
    let probabilities = summary.probabilities.iter_mut().map(|row| &mut row.probability);
    let milestones = summary.milestones.iter_mut().map(|row| &mut row.reached_by);
    let conditions = summary.conditions.iter_mut().map(|row| &mut row.probability);
    for (place, probability) in probabilities.chain(milestones).chain(conditions).enumerate() {
        let values: Vec<f64> = values.iter().map(|part| part[place]).collect();
        probability.with_replicates(&values);
    }
}

/// Every probability of a summary: built-in questions, milestones, the scenario's own.
fn answers(summary: &Summary) -> impl Iterator<Item = f64> {
    let probabilities = summary.probabilities.iter().map(|row| row.probability.value);
    let milestones = summary.milestones.iter().map(|row| row.reached_by.value);
    probabilities.chain(milestones).chain(summary.conditions.iter().map(|row| row.probability.value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_of_replicates_is_their_spread_over_the_root_of_their_number() {
        assert_eq!(error(&[2.0; 16]), 0.0);
        assert!((error(&[1.0, 3.0, 1.0, 3.0]) - (4.0f64 / 3.0 / 4.0).sqrt()).abs() < 1e-15);
        assert!(error(&[1.0, f64::INFINITY]).is_infinite() && error(&[f64::NAN, 1.0]).is_infinite());
        assert_eq!(error(&[f64::INFINITY; 4]), 0.0);
    }
}
