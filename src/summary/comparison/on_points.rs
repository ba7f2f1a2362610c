//! Pairs on points: replicates seen by themselves and by the whole, which say the errors of what is paired.

use crate::engine::{self, Observer, PATHS_PER_BLOCK, Plan, Settings};
use crate::parallel;
use crate::random::quasi::REPLICATES;

use super::super::edge_counts::EdgeCounts;
use super::super::{Histogram, Moments, Summary, replicate_error};
use super::pairing::{PairTallies, Pairing, power};
use super::row::{Paired, PairedRow};

/// Most replicates that are simulated at once: few, because each has histograms of its own.
const AT_ONCE: u64 = 4;

/// Replicates of so many paths that are simulated at once: those of many blocks keep all threads busy by themselves, and
/// then there is room for the values that wait of one only.
fn at_once(paths: u64) -> u64 {
    (AT_ONCE * PATHS_PER_BLOCK as u64 / paths).clamp(1, AT_ONCE)
}

/// Looks at one replicate of so many paths after the other, a few at once, and takes what was seen in their order.
fn each<T: Send>(paths: u64, one: impl Fn(u64) -> T + Sync, mut take: impl FnMut(Vec<T>)) {
    let mut first = 0;
    while first < REPLICATES {
        let end = REPLICATES.min(first + at_once(paths));
        let jobs = usize::try_from(end - first).expect("a few replicates");
        take(parallel::map(jobs, |job| one(first + job as u64)));
        first = end;
    }
}

/// Adds what some replicates say of each cell; the first of all choose the marks.
fn mark(marks: &mut Vec<EdgeCounts>, seen: &[Vec<&Histogram>], levels: &[f64]) {
    let cells = seen[0].len();
    if marks.is_empty() {
        let around = |cell: usize| {
            let mut first = seen[0][cell].clone();
            seen[1..].iter().for_each(|next| first.merge(next[cell]));
            EdgeCounts::around(&first, levels)
        };
        *marks = parallel::map(cells, around);
    }
    parallel::each_mut(marks, |cell, marks| seen.iter().for_each(|part| marks.see(part[cell])));
}

/// Pairs all replicates, in a pairing that has seen nothing yet.
pub(super) fn paired(
    mut whole: Pairing,
    plans: [&Plan; 2],
    settings: &Settings,
    sides: [&Summary; 2],
) -> Vec<PairedRow> {
    let paths = settings.paths / REPLICATES;
    let ([baseline, what_if], uncertain) = (whole.scenarios, whole.uncertain);
    // Errors of medians are what replicates show, whatever paths of a draw have in common.
    let none = vec![[0.0; 2]; whole.common.len() * whole.years];
    let (mut parts, mut marks) = (Vec::new(), [Vec::new(), Vec::new()]);
    let one = |replicate: u64| {
        let mut part = Pairing::new(baseline, what_if);
        part.uncertain = uncertain;
        let until = settings.up_to((replicate + 1) * paths);
        engine::simulate_from(&plans, &until, replicate * paths, &mut part, &|_| {});
        let rows = part.rows(&settings.up_to(paths), sides, &none);
        (part, rows)
    };
    each(paths, one, |together| {
        let (some, rows): (Vec<Pairing>, Vec<Vec<PairedRow>>) = together.into_iter().unzip();
        parts.extend(some.iter().map(Pairing::means).zip(rows));
        let of = |which: fn(&PairTallies) -> &Histogram| -> Vec<Vec<&Histogram>> {
            some.iter().map(|part| part.cells().iter().map(which).collect()).collect()
        };
        mark(&mut marks[0], &of(|cell| &cell.difference), &[0.5]);
        mark(&mut marks[1], &of(|cell| &cell.ratio), &[0.5]);
        some.into_iter().for_each(|part| whole.take(part));
    });
    let mut rows = whole.rows(settings, sides, &none);
    for (place, (row, cell)) in rows.iter_mut().zip(whole.cells()).enumerate() {
        let seen: Vec<&PairedRow> = parts.iter().map(|(_, rows)| &rows[place]).collect();
        let unpaired = [0, 1].map(|side| {
            let values: Vec<f64> = parts.iter().map(|(means, _)| means[place][side]).collect();
            replicate_error::error(&values)
        });
        row.set_errors(&seen, (unpaired[0] * unpaired[0] + unpaired[1] * unpaired[1]).sqrt());
        let error = |which: usize, histogram: &Histogram, rising: &dyn Fn(f64) -> f64| {
            let errors = marks[which][place].errors(histogram, [0.5], rising, false);
            errors.map(|[error]| error).filter(|error| error.is_finite())
        };
        row.difference.median_error = error(0, &cell.difference, &power);
        // The bucket of one holds its neighbours too: where the median difference is zero beyond doubt, so is the log quotient.
        let is_one = row.ratio.is_some_and(|ratio| ratio[3] == 1.0) && row.difference.median_error == Some(0.0);
        let of_quotient = || error(1, &cell.ratio, &libm::log);
        row.ratio_error = row.ratio.and_then(|_| if is_one { Some(0.0) } else { of_quotient() });
    }
    rows
}

impl Pairing<'_> {
    /// Takes what a pairing of the next paths has seen.
    fn take(&mut self, next: Self) {
        self.finish(next.counts.expect("a replicate has a block"));
    }

    /// Means of both sides, cell by cell.
    fn means(&self) -> Vec<[f64; 2]> {
        let mean = |moments: &Moments| moments.mean().unwrap_or(f64::NAN);
        self.cells().iter().map(|cell| [mean(&cell.moments[1]), mean(&cell.moments[2])]).collect()
    }
}

impl PairedRow {
    /// Replaces the errors of means and shares by what replicates show.
    fn set_errors(&mut self, parts: &[&Self], unpaired: f64) {
        let error = |of: fn(&Self) -> Option<f64>| {
            let values: Vec<f64> = parts.iter().map(|row| of(row).unwrap_or(f64::NAN)).collect();
            Some(replicate_error::error(&values)).filter(|error| error.is_finite())
        };
        let Paired { standard_error, unpaired_error, .. } = &mut self.difference;
        *standard_error = standard_error.and_then(|_| error(|row| row.difference.mean));
        *unpaired_error = unpaired_error.and(Some(unpaired)).filter(|error| error.is_finite());
        let shares = |of: fn(&Self) -> f64| parts.iter().map(|row| of(row)).collect::<Vec<f64>>();
        self.greater.with_replicates(&shares(|row| row.greater.value));
        self.smaller.with_replicates(&shares(|row| row.smaller.value));
        self.unchanged.with_replicates(&shares(|row| row.unchanged.value));
    }
}
