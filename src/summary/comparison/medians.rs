//! How alike the two paths of a draw are at the medians of paired differences and ratios, which says how far off those are.

use crate::engine::{self, Block, Column, Observer, Plan, Settings};
use crate::metric::Levels;

use super::super::probability::Tally;
use super::super::within_draw::{correlation, count_up_to, first_paths};
use super::pairing::{Pairing, form_pairs, power};

/// For each cell of a pairing that has seen all paths, the correlations at the medians of difference and ratio.
pub(super) fn alike(pairing: &Pairing, plans: [&Plan; 2], settings: &Settings) -> Vec<[f64; 2]> {
    let cells = pairing.cells();
    if !pairing.uncertain {
        return vec![[0.0; 2]; cells.len()];
    }
    let medians = cells.iter().map(|cell| {
        let [difference, ratio] = [&cell.difference, &cell.ratio].map(|it| it.quantile(0.5).unwrap_or(f64::NAN));
        [power(difference), ratio]
    });
    let first = first_paths(settings);
    let mut looking = Below { pairing, medians: medians.collect(), tallies: vec![Default::default(); cells.len()] };
    engine::simulate(&plans, &first, &mut looking, &|_| {});
    looking.tallies.into_iter().map(|tallies| tallies.map(|tally| correlation(tally, first.paths))).collect()
}

/// Counts how many differences and ratios lie below their medians, and both paths of how many draws.
struct Below<'a> {
    pairing: &'a Pairing<'a>,
    medians: Vec<[f64; 2]>,
    tallies: Vec<[Tally; 2]>,
}

/// What a worker looks with, and what it has counted.
struct Looking {
    levels: [Levels; 2],
    columns: [Column; 4],
    tallies: Vec<[Tally; 2]>,
}

impl Observer for Below<'_> {
    type Counts = Looking;
    type Sums = ();

    fn counts(&self) -> Looking {
        Looking {
            levels: self.pairing.scenarios.map(Levels::new),
            columns: std::array::from_fn(|_| Column::default()),
            tallies: vec![Default::default(); self.medians.len()],
        }
    }

    fn observe(&self, blocks: &[Block], Looking { levels, columns, tallies }: &mut Looking) {
        levels.iter_mut().for_each(Levels::restart);
        let [first, second, difference, ratio] = columns;
        for year in 0..self.pairing.years {
            levels.iter_mut().zip(blocks).for_each(|(levels, block)| levels.enter(block, year));
            for (row, [measure, other]) in self.pairing.common.iter().enumerate() {
                let cell = row * self.pairing.years + year;
                let sides = [levels[0].column(*measure, first), levels[1].column(*other, second)];
                let rows = sides[0].len();
                form_pairs(sides, *measure, [&mut difference[..rows], &mut ratio[..rows]]);
                let [of_difference, of_ratio] = &mut tallies[cell];
                of_difference.merge(&count_up_to(&difference[..rows], self.medians[cell][0]));
                if !measure.metric.may_be_negative() {
                    of_ratio.merge(&count_up_to(&ratio[..rows], self.medians[cell][1]));
                }
            }
        }
    }

    fn absorb(&mut self, (): ()) {}

    fn finish(&mut self, Looking { tallies, .. }: Looking) {
        let all = self.tallies.iter_mut().flatten();
        all.zip(tallies.iter().flatten()).for_each(|(total, tally)| total.merge(tally));
    }
}
