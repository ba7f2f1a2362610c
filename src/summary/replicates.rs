//! Errors of quasi-random runs: independent replicates say by how much their own mean is off.
//!
//! Points of one scramble are not independent, so no formula for independent paths holds for them. Sixteen scrambles
//! are: the standard error of a number is the spread of its sixteen values over four (METHOD 7.3).

use std::sync::Mutex;

use crate::engine::{self, Block, Observer, PATHS_PER_BLOCK, Plan, Settings};
use crate::metric::Milestone;
use crate::parallel;
use crate::random::quasi::REPLICATES;
use crate::scenario::Scenario;

use super::collect::{Looking, Sums, Tallies};
use super::columns::Columns;
use super::histogram::Signs;
use super::marks::Marks;
use super::pending::lock;
use super::precision::Errors;
use super::{Collector, Histogram, LEVELS, Probability, Summary, Tally, wilson};

/// Names that wait to be counted, at most: eight megabytes.
pub(super) const ROOM: usize = 1 << 22;

/// 97.5% point of Student's t with as many degrees of freedom as replicates less one.
pub(super) const T_975: f64 = 2.131_449_545_559_323;

/// Paths of one replicate after the other, each seen by itself and by the whole.
///
/// So many names of values may wait; with less room, more of the quantiles' errors hang on marks chosen early.
pub(super) fn run<'a>(
    scenario: &Scenario,
    plan: &Plan,
    settings: Settings,
    collector: Collector<'a>,
    room: usize,
    progress: &(dyn Fn(u64) + Sync),
) -> (Collector<'a>, Summary) {
    debug_assert_eq!(scenario.points.as_ref().map(|points| points.paths()), Some(settings.paths));
    let mut run = Run::new(collector, settings.paths / REPLICATES);
    let waiting = run.paths_that_wait(room);
    let mut done = 0;
    while done < settings.paths {
        let full = settings.paths.min(done + waiting);
        let all = done == 0 && full == settings.paths;
        while done < full {
            // No block holds paths of two replicates: both are powers of two.
            let until = if run.paths < PATHS_PER_BLOCK as u64 { done + run.paths } else { full };
            engine::simulate_more(plan, Settings { paths: until, ..settings }, done, &mut run, progress);
            done = until;
        }
        run.count(all);
    }
    let marks: Vec<Marks> = run.marks.into_iter().map(Option::unwrap_or_default).collect();
    let mut summary = run.whole.summary_with(settings, &Errors::OfReplicates(&marks));
    set_errors(&mut summary, &run.answers, run.paths, scenario.base_year);
    (run.whole, summary)
}

/// A run whose replicates are told apart.
struct Run<'a> {
    whole: Collector<'a>,
    /// Paths of a replicate.
    paths: u64,
    /// Answers of each replicate.
    answers: Vec<Tallies>,
    /// What each replicate says of each cell's quantiles, once it is known up to where that is asked.
    marks: Vec<Option<Marks>>,
    /// Blocks that no histogram has counted yet, each with the number of paths up to its end.
    waiting: Vec<(u64, Columns)>,
    /// Room for the next blocks.
    spare: Mutex<Vec<Columns>>,
    seen: u64,
}

impl Observer for Run<'_> {
    type Counts = Looking;
    type Sums = (Sums, Tallies, Columns);

    fn counts(&self) -> Looking {
        self.whole.looking()
    }

    fn observe(&self, block: &Block, looking: &mut Looking) -> Self::Sums {
        let spare = self.spare.lock().unwrap_or_else(std::sync::PoisonError::into_inner).pop();
        let mut columns = spare.unwrap_or_else(|| Columns::new(self.whole.cells(), self.whole.cells_counted()));
        columns.clear();
        let sums = self.whole.look(block, looking, |cell, column| columns.take(cell, column, self.whole.signs(cell)));
        let answers = std::mem::replace(&mut looking.tallies, self.whole.no_answers());
        (sums, answers, columns)
    }

    fn absorb(&mut self, (sums, answers, columns): Self::Sums) {
        if self.seen.is_multiple_of(self.paths) {
            self.answers.push(self.whole.no_answers());
        }
        self.answers.last_mut().expect("the first path begins a replicate").merge(&answers);
        self.whole.take_answers(&answers);
        self.seen += sums.paths as u64;
        self.whole.absorb(sums);
        self.waiting.push((self.seen, columns));
    }

    fn finish(&mut self, _: Looking) {}
}

impl<'a> Run<'a> {
    fn new(whole: Collector<'a>, paths: u64) -> Self {
        let marks = vec![None; whole.cells()];
        Self { whole, paths, answers: Vec::new(), marks, waiting: Vec::new(), spare: Mutex::default(), seen: 0 }
    }

    /// Paths whose names have room: whole blocks, a power of two.
    fn paths_that_wait(&self, room: usize) -> u64 {
        let fit = (room / self.whole.cells_counted().max(1)).max(PATHS_PER_BLOCK);
        1 << fit.ilog2()
    }

    /// Counts what waits, which may be the whole run.
    fn count(&mut self, all: bool) {
        let (whole, waiting, paths) = (&self.whole, &self.waiting, self.paths);
        parallel::each_mut(&mut self.marks, |cell, marks| {
            if !whole.counts(cell) {
                return;
            }
            let cell = Waiting { cell: (cell, whole.signs(cell)), blocks: waiting, paths };
            let mut histogram = lock(whole.shared(cell.cell.0));
            if all { *marks = Some(cell.count_all(&mut histogram)) } else { cell.count_more(&mut histogram, marks) }
        });
        let columns = self.waiting.drain(..).map(|(_, columns)| columns);
        self.spare.get_mut().unwrap_or_else(std::sync::PoisonError::into_inner).extend(columns);
    }
}

/// What waits in a cell.
struct Waiting<'a> {
    cell: (usize, Signs),
    blocks: &'a [(u64, Columns)],
    /// Paths of a replicate.
    paths: u64,
}

impl Waiting<'_> {
    fn add(&self, blocks: &[(u64, Columns)], histogram: &mut Histogram) {
        blocks.iter().for_each(|(_, columns)| columns.count(self.cell.0, self.cell.1, histogram));
    }

    /// Counts the whole run, and then each replicate up to its quantiles.
    fn count_all(&self, histogram: &mut Histogram) -> Marks {
        self.add(self.blocks, histogram);
        let mut marks = Marks::at(histogram, &LEVELS);
        let (mut counts, mut defined) = (vec![0; marks.values().len()], 0);
        for (end, columns) in self.blocks {
            defined += columns.up_to(self.cell.0, self.cell.1, marks.values(), &mut counts);
            if end.is_multiple_of(self.paths) {
                let none = vec![0; counts.len()];
                marks.keep(std::mem::replace(&mut counts, none), std::mem::take(&mut defined));
            }
        }
        marks
    }

    /// Counts one block after the other, and looks at the histogram where a replicate ends. Marks are chosen at the end
    /// of the first, from all that is there by then.
    fn count_more(&self, histogram: &mut Histogram, marks: &mut Option<Marks>) {
        for (place, (end, columns)) in self.blocks.iter().enumerate() {
            columns.count(self.cell.0, self.cell.1, histogram);
            if !end.is_multiple_of(self.paths) {
                continue;
            }
            let choose = || {
                let mut first = histogram.clone();
                self.add(&self.blocks[place + 1..], &mut first);
                Marks::around(&first, &LEVELS)
            };
            marks.get_or_insert_with(choose).see_next(histogram);
        }
    }
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

/// Replaces the error of every probability by what the answers of replicates of so many paths show.
fn set_errors(summary: &mut Summary, answers: &[Tallies], paths: u64, base_year: i32) {
    let set = |probability: &mut Probability, of: &dyn Fn(&Tallies) -> Tally| {
        let values: Vec<f64> = answers.iter().map(|part| of(part).yes as f64 / paths as f64).collect();
        probability.with_replicates(&values);
    };
    let years = answers[0].reached.len() / Milestone::ALL.len();
    for (place, row) in summary.probabilities.iter_mut().enumerate() {
        set(&mut row.probability, &|part| part.questions[place]);
    }
    for (place, row) in summary.milestones.iter_mut().enumerate() {
        set(&mut row.reached_by, &|part| part.reached[place]);
    }
    for row in &mut summary.conditions {
        let year = usize::try_from(row.year - base_year - 1).expect("simulated years follow the base year");
        set(&mut row.probability, &|part| part.conditions[row.condition * years + year]);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::random::quasi::Quasi;

    const TEXT: &str = include_str!("../../scenarios/base.toml");

    fn summary(paths: u64, room: usize, threads: usize) -> Summary {
        let read = |_: &std::path::Path| Ok(TEXT.as_bytes().to_vec());
        let loaded = crate::scenario::load(std::path::Path::new("base.toml"), &Default::default(), None, &read);
        let mut scenario = loaded.map_err(|rejected| rejected.problems).expect("a valid scenario").scenario;
        let needs = crate::scenario::needs(&[&scenario]).expect("base takes points");
        scenario.set_points(Some(Arc::new(Quasi::new(needs, 3, paths))));
        let (plan, settings) = (Plan::new(&scenario), Settings { paths, seed: 3 });
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| run(&scenario, &plan, settings, Collector::new(&scenario), room, &|_| {}).1)
    }

    #[test]
    fn with_little_room_all_is_the_same_but_errors_of_quantiles_which_are_as_large() {
        // Replicates of half a block, of one and of two; room for all, for a few replicates and for part of one.
        for paths in [8192, 16_384, 32_768] {
            let whole = summary(paths, ROOM * 4, 2);
            for (room, threads) in [(1, 1), (1, 3), (900_000, 2)] {
                let mut part = summary(paths, room, threads);
                let mut logs = Vec::new();
                for (row, expected) in part.fan.iter_mut().zip(&whole.fan) {
                    let Some((found, said)) = row.simulated.as_mut().zip(expected.simulated.as_ref()) else { continue };
                    let Some((errors, said)) = found.errors.zip(said.errors) else { continue };
                    let both = errors.into_iter().zip(said).filter(|(_, said)| *said > 0.0 && said.is_finite());
                    logs.extend(both.map(|(error, said)| libm::log(error / said)));
                    found.errors = Some(said);
                }
                assert_eq!(part, whole, "{paths} paths, room for {room}");
                let count = logs.len() as f64;
                let mean = logs.iter().sum::<f64>() / count;
                let rms = (logs.iter().map(|log| log * log).sum::<f64>() / count).sqrt();
                assert!(
                    count > 500.0 && mean.abs() < 0.02 && rms < 0.08,
                    "{paths} paths, room for {room}: {mean}, {rms}"
                );
            }
        }
    }

    #[test]
    fn the_error_of_replicates_is_their_spread_over_the_root_of_their_number() {
        assert_eq!(error(&[2.0; 16]), 0.0);
        assert!((error(&[1.0, 3.0, 1.0, 3.0]) - (4.0f64 / 3.0 / 4.0).sqrt()).abs() < 1e-15);
        assert!(error(&[1.0, f64::INFINITY]).is_infinite() && error(&[f64::NAN, 1.0]).is_infinite());
        assert_eq!(error(&[f64::INFINITY; 4]), 0.0);
    }
}
