//! How alike the two paths of a draw are: whether both lie below a value, counted on the first paths of a run.
//!
//! Two paths of a draw share its assumptions. With the correlation `c` of their answers to "at most this much", the share of
//! `N` paths below a value is off by `√(p (1 − p)(1 + c)/N)`: the design effect of clusters of two (Kish, 1965). It lies
//! between 0, where luck is all, and 1, where it is nothing, and it is smaller in the tails than in the middle. The first
//! paths are the same in a run of any length and in every part of it.

use crate::engine::{self, Block, Column, Observer, Plan, Settings};
use crate::metric::Levels;

use super::LEVELS;
use super::layout::Layout;
use super::probability::Tally;

/// Most paths that are looked at: two thousand draws know a correlation within 0.02.
pub(super) const MOST_PATHS: u64 = 4096;

/// The first paths of a run.
pub(super) fn first_paths(settings: &Settings) -> Settings {
    settings.up_to(settings.paths.min(MOST_PATHS))
}

/// Counts the values of a column that are at most a threshold: even paths in the first half, odd ones in the second.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
pub(super) fn count_up_to(column: &[f64], threshold: f64) -> Tally {
    let (even, odd) = column.split_at(column.len() / 2);
    let mut tally = Tally::default();
    for (even, odd) in even.iter().zip(odd) {
        let (even, odd) = (u64::from(*even <= threshold), u64::from(*odd <= threshold));
        tally.yes += even + odd;
        tally.both += even & odd;
    }
    tally
}

/// Correlation of the answers of the two paths of a draw; as much as it can be where all paths give the same.
pub(super) fn correlation(tally: Tally, paths: u64) -> f64 {
    let (draws, share) = (0.5 * paths as f64, tally.yes as f64 / paths as f64);
    let variance = share * (1.0 - share);
    if variance > 0.0 { ((tally.both as f64 / draws - share * share) / variance).clamp(0.0, 1.0) } else { 1.0 }
}

/// For each cell of a layout, the correlation at the quantiles of [`LEVELS`] that are given for it.
pub(super) fn at_quantiles(
    layout: &Layout,
    settings: &Settings,
    quantiles: &[Option<[f64; LEVELS.len()]>],
) -> Vec<[f64; LEVELS.len()]> {
    let first = first_paths(settings);
    let mut looking = Below { layout, quantiles, tallies: vec![Default::default(); quantiles.len()] };
    engine::simulate(&[&Plan::new(layout.scenario)], &first, &mut looking, &|_| {});
    looking.tallies.into_iter().map(|tallies| tallies.map(|tally| correlation(tally, first.paths))).collect()
}

/// Counts how many paths lie below each quantile, and both paths of how many draws.
struct Below<'a> {
    layout: &'a Layout<'a>,
    quantiles: &'a [Option<[f64; LEVELS.len()]>],
    tallies: Vec<[Tally; LEVELS.len()]>,
}

impl Observer for Below<'_> {
    type Counts = (Levels, Column, Vec<[Tally; LEVELS.len()]>);
    type Sums = ();

    fn counts(&self) -> Self::Counts {
        let levels = Levels::new(self.layout.scenario).only(self.layout.measures.iter().copied());
        (levels, Column::default(), vec![Default::default(); self.quantiles.len()])
    }

    fn observe(&self, blocks: &[Block], (levels, scratch, tallies): &mut Self::Counts) {
        levels.restart();
        for year in 0..self.layout.years {
            levels.enter(&blocks[0], year);
            for (place, measure) in self.layout.measures.iter().enumerate() {
                let cell = place * self.layout.years + year;
                let Some(quantiles) = &self.quantiles[cell] else { continue };
                let column = levels.column(*measure, scratch);
                for (tally, quantile) in tallies[cell].iter_mut().zip(quantiles) {
                    tally.merge(&count_up_to(column, *quantile));
                }
            }
        }
    }

    fn absorb(&mut self, (): ()) {}

    fn finish(&mut self, (_, _, tallies): Self::Counts) {
        let all = self.tallies.iter_mut().flatten();
        all.zip(tallies.iter().flatten()).for_each(|(total, tally)| total.merge(tally));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_agree_have_correlation_one_and_independent_ones_none() {
        let same: Vec<f64> = (0..200).chain(0..200).map(f64::from).collect();
        assert_eq!(correlation(count_up_to(&same, 49.0), 400), 1.0);
        // Every even value beside every odd one: of 100 × 100 draws a quarter of a quarter is below twice.
        let pairs = (0..100).flat_map(|even| (0..100).map(move |odd| (f64::from(even), f64::from(odd))));
        let (even, odd): (Vec<f64>, Vec<f64>) = pairs.unzip();
        let found = correlation(count_up_to(&[even, odd].concat(), 24.0), 20_000);
        assert!(found.abs() < 1e-12, "{found}");
        assert_eq!(correlation(count_up_to(&same, 500.0), 400), 1.0);
    }
}
