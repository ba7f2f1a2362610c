//! Errors of quasi-random runs: independent replicates say by how much their own mean is off.
//!
//! Points of one scramble are not independent, so no formula for independent paths holds for them. Sixteen scrambles
//! are: the standard error of a number is the spread of its sixteen values over four (METHOD 7.3).

use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use crate::engine::{self, PATHS_PER_BLOCK, Plan, Settings};
use crate::random::quasi::REPLICATES;
use crate::scenario::Scenario;

use super::marks::Marks;
use super::precision::Errors;
use super::{Collector, Histogram, LEVELS, Probability, Summary, wilson};

/// 97.5% point of Student's t with as many degrees of freedom as replicates less one.
const T_975: f64 = 2.131_449_545_559_323;

/// Most replicates that are simulated at once: few, because each has histograms of its own.
const AT_ONCE: u64 = 4;

/// Replicates of so many paths that are simulated at once: those of many blocks keep all threads busy by themselves, and
/// then there is room for the values that wait of one only.
fn at_once(paths: u64) -> u64 {
    (AT_ONCE * PATHS_PER_BLOCK as u64 / paths).clamp(1, AT_ONCE)
}

/// Looks at one replicate of so many paths after the other, a few at once, and takes what was seen in their order.
pub(super) fn each<T: Send>(paths: u64, one: impl Fn(u64) -> T + Sync, mut take: impl FnMut(Vec<T>)) {
    let mut first = 0;
    while first < REPLICATES {
        let end = REPLICATES.min(first + at_once(paths));
        take((first..end).into_par_iter().map(&one).collect());
        first = end;
    }
}

/// Adds what some replicates of so many paths say of each cell; the first of all choose the marks.
pub(super) fn mark(marks: &mut Vec<Marks>, paths: u64, seen: &[Vec<&Histogram>], levels: &[f64]) {
    let cells = seen[0].len();
    if marks.is_empty() {
        let around = |cell: usize| {
            let mut first = seen[0][cell].clone();
            seen[1..].iter().for_each(|next| first.merge(next[cell]));
            Marks::around(&first, levels)
        };
        *marks = (0..cells).into_par_iter().map(around).collect();
    }
    marks
        .par_iter_mut()
        .enumerate()
        .for_each(|(cell, marks)| seen.iter().for_each(|part| marks.see(part[cell], paths)));
}

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
    let (mut answered, mut marks) = (Vec::new(), Vec::new());
    let done = AtomicU64::new(0);
    let one = |replicate: u64| {
        let (mut part, before) = (collector(), AtomicU64::new(replicate * paths));
        let until = Settings { paths: (replicate + 1) * paths, ..settings };
        engine::simulate_more(plan, until, replicate * paths, &mut part, &|now| {
            let more = now - before.swap(now, Ordering::Relaxed);
            progress(done.fetch_add(more, Ordering::Relaxed) + more);
        });
        part
    };
    each(paths, one, |parts: Vec<Collector>| {
        answered.extend(parts.iter().map(|part| answers(&part.part(Settings { paths, ..settings }))));
        let locked: Vec<Vec<_>> = parts.iter().map(Collector::histograms).collect();
        let seen: Vec<Vec<&Histogram>> = locked.iter().map(|part| part.iter().map(|it| &**it).collect()).collect();
        mark(&mut marks, paths, &seen, &LEVELS);
        drop(locked);
        for part in parts {
            match &mut whole {
                None => whole = Some(part),
                Some(whole) => whole.merge(part),
            }
        }
    });
    let whole = whole.expect("there are replicates");
    let mut summary = whole.summary_with(settings, &mut Errors::OfReplicates(&marks));
    set_errors(&mut summary, &answered);
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

/// Replaces the error of every probability by what the answers of the replicates show.
fn set_errors(summary: &mut Summary, answers: &[Vec<f64>]) {
    let probabilities = summary.probabilities.iter_mut().map(|row| &mut row.probability);
    let milestones = summary.milestones.iter_mut().map(|row| &mut row.reached_by);
    let conditions = summary.conditions.iter_mut().map(|row| &mut row.probability);
    for (place, probability) in probabilities.chain(milestones).chain(conditions).enumerate() {
        let values: Vec<f64> = answers.iter().map(|part| part[place]).collect();
        probability.with_replicates(&values);
    }
}

/// Every probability of a summary: built-in questions, milestones, the scenario's own.
fn answers(summary: &Summary) -> Vec<f64> {
    let probabilities = summary.probabilities.iter().map(|row| row.probability.value);
    let milestones = summary.milestones.iter().map(|row| row.reached_by.value);
    probabilities.chain(milestones).chain(summary.conditions.iter().map(|row| row.probability.value)).collect()
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
