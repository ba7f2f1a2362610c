//! Quasi-random points in place of addressed numbers: every number of a path is one coordinate of one point.
//!
//! The dimensions are laid out once for all scenarios of a command, so that what they share is the same coordinate
//! (randomised quasi-Monte Carlo: Owen, 1997). Draws of the assumptions come first, then what happens once, then the walks of the series from their
//! coarsest feature to the finest, then what has a number of its own every year. Both paths of a draw are one point;
//! the second has dimensions of its own for its luck. Where nothing is drawn for the two together, every path is a
//! point of its own: twice as many points of half as many dimensions are more even. The normals of the walks are rotated, so that the first walk of
//! points is what the command asks about most.

use std::collections::BTreeMap;

use super::sobol::{MOST_DIMENSIONS, Points};
use super::{Bridge, Key, Rotation};

/// Independent scrambles, whose spread is the simulation error (L’Ecuyer, 2018).
pub const REPLICATES: u64 = 16;

/// Fewest points of a replicate.
const FEWEST_POINTS: u64 = 32;

/// Addresses that need numbers, each list in the order of the addresses.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Needs {
    /// One number a draw.
    pub draws: Vec<Key>,
    /// One number a path.
    pub once: Vec<Key>,
    /// A walk a path: a normal a year.
    pub walks: Vec<Key>,
    /// Sums of the walks, by their weights, that first coordinates should say; the most important first.
    pub directions: Vec<Vec<f64>>,
    /// One number a path and year, from the base year on.
    pub yearly: Vec<Key>,
    /// Year before the first simulated one.
    pub base_year: i32,
    /// Simulated years of the longest horizon.
    pub years: usize,
}

impl Needs {
    /// Dimensions that this takes.
    #[must_use]
    pub fn dimensions(&self) -> usize {
        let by_path = self.once.len() + self.walks.len() * self.years + self.yearly.len() * (self.years + 1);
        self.draws.len() + self.paths_of_a_point() * by_path
    }

    /// Two if a draw is made for both, else one.
    fn paths_of_a_point(&self) -> usize {
        if self.draws.is_empty() { 1 } else { 2 }
    }

    /// Whether there are direction numbers for so many.
    #[must_use]
    pub fn fits(&self) -> bool {
        self.dimensions() <= MOST_DIMENSIONS
    }
}

/// Scrambled points laid out over the addresses of a command.
#[derive(Clone, Debug, PartialEq)]
pub struct Quasi {
    needs: Needs,
    seed: u64,
    /// First of the dimensions of an address and step: the one of the first path of a point, before that of the second.
    dimensions: BTreeMap<(Key, usize), usize>,
    points: Points,
    bridge: Bridge,
    rotation: Rotation,
}

impl Quasi {
    /// Lays out the points of so many paths, which [`Quasi::rounded`] must have rounded; what is needed must fit.
    #[must_use]
    pub fn new(needs: Needs, seed: u64, paths: u64) -> Self {
        let mut dimensions = BTreeMap::new();
        let mut next = 0;
        let mut lay = |key: Key, step: usize, width: usize| {
            dimensions.insert((key, step), next);
            next += width;
        };
        needs.draws.iter().for_each(|key| lay(*key, 0, 1));
        let width = needs.paths_of_a_point();
        needs.once.iter().for_each(|key| lay(*key, 0, width));
        for step in 0..needs.years {
            needs.walks.iter().for_each(|key| lay(*key, step, width));
        }
        for step in 0..=needs.years {
            needs.yearly.iter().for_each(|key| lay(*key, step, width));
        }
        let log_points = (paths / (width as u64 * REPLICATES)).max(1).ilog2();
        let points = Points::new(seed, next, log_points, REPLICATES);
        let bridge = Bridge::new(needs.years.max(1));
        let rotation = Rotation::new(needs.walks.len(), &needs.directions);
        Self { needs, seed, dimensions, points, bridge, rotation }
    }

    /// This layout for another number of paths.
    #[must_use]
    pub fn resized(&self, paths: u64) -> Self {
        Self::new(self.needs.clone(), self.seed, paths)
    }

    /// Further dimensions of the same points for the same addresses: numbers that are independent of these.
    ///
    /// `None` where there are not as many direction numbers; numbers by address must then stand in.
    #[must_use]
    pub fn further(&self) -> Option<Self> {
        let own = self.needs.dimensions();
        if 2 * own > MOST_DIMENSIONS {
            return None;
        }
        let dimensions = self.dimensions.iter().map(|(address, first)| (*address, first + own)).collect();
        let log_points = (self.points.count() / REPLICATES).ilog2();
        let points = Points::new(self.seed, 2 * own, log_points, REPLICATES);
        Some(Self { dimensions, points, ..self.clone() })
    }

    /// The smallest number of paths, at least so many, that is a power of two for every replicate.
    #[must_use]
    pub fn rounded(paths: u64) -> u64 {
        let pairs = paths.div_ceil(2 * REPLICATES).max(FEWEST_POINTS);
        pairs.next_power_of_two() * 2 * REPLICATES
    }

    /// Paths of all replicates.
    #[must_use]
    pub fn paths(&self) -> u64 {
        self.needs.paths_of_a_point() as u64 * self.points.count()
    }

    /// Fills a column with the numbers of draws from `first` on; false where the address has no dimension.
    #[must_use]
    pub fn fill_draws(&self, key: Key, first: u64, column: &mut [f64]) -> bool {
        let Some(dimension) = self.dimensions.get(&(key, 0)) else { return false };
        self.points.fill(*dimension, first, column);
        true
    }

    /// Fills both halves of a column, one for each path of a draw, with what happens once.
    #[must_use]
    pub fn fill_once(&self, key: Key, first: u64, column: &mut [f64]) -> bool {
        self.fill_pairs(key, 0, first, column)
    }

    /// Fills both halves of a column, one for each path of a draw, with what happens every year.
    #[must_use]
    pub fn fill_year(&self, key: Key, year: i32, first: u64, column: &mut [f64]) -> bool {
        usize::try_from(year - self.needs.base_year).is_ok_and(|step| self.fill_pairs(key, step, first, column))
    }

    /// Fills both halves of a column with a step of a walk before [`Quasi::rotation`], in the order of its bridge.
    ///
    /// # Panics
    /// If there is no such walk.
    pub fn fill_walk(&self, walk: usize, step: usize, first: u64, column: &mut [f64]) {
        assert!(self.fill_pairs(self.needs.walks[walk], step, first, column), "every walk has its dimensions");
    }

    /// Place of an address among the walks.
    #[must_use]
    pub fn walk(&self, key: Key) -> Option<usize> {
        self.needs.walks.iter().position(|known| *known == key)
    }

    /// What turns the normals of the points' walks into those of the addresses, the same in every year.
    #[must_use]
    pub fn rotation(&self) -> &Rotation {
        &self.rotation
    }

    fn fill_pairs(&self, key: Key, step: usize, first: u64, column: &mut [f64]) -> bool {
        let Some(dimension) = self.dimensions.get(&(key, step)) else { return false };
        let (even, odd) = column.split_at_mut(column.len() / 2);
        if self.needs.paths_of_a_point() == 2 {
            self.points.fill(*dimension, first, even);
            self.points.fill(dimension + 1, first, odd);
        } else {
            self.fill_half(*dimension, first, 0, even);
            self.fill_half(*dimension, first, 1, odd);
        }
        true
    }

    /// Where every path is a point: even paths of a replicate are its first half of points, odd ones its second.
    fn fill_half(&self, dimension: usize, first: u64, half: u64, column: &mut [f64]) {
        let in_half = self.points.count() / REPLICATES / 2;
        let (mut draw, mut rest) = (first, column);
        while !rest.is_empty() {
            let (replicate, within) = (draw / in_half, draw % in_half);
            let rows = usize::try_from(in_half - within).unwrap_or(usize::MAX).min(rest.len());
            let (now, later) = rest.split_at_mut(rows);
            self.points.fill(dimension, (2 * replicate + half) * in_half + within, now);
            draw += rows as u64;
            rest = later;
        }
    }

    /// What turns the normals of a walk into its yearly steps.
    #[must_use]
    pub fn bridge(&self) -> &Bridge {
        &self.bridge
    }

    /// Place of a simulated year among the steps of a walk, from 0.
    #[must_use]
    pub fn place(&self, year: i32) -> Option<usize> {
        usize::try_from(year - self.needs.base_year - 1).ok().filter(|place| *place < self.needs.years)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Purpose;

    #[test]
    fn every_address_year_and_path_of_a_pair_has_a_dimension_of_its_own() {
        let key = |name: &str| Key::new(Purpose::Shock, name);
        let needs = Needs {
            draws: vec![key("a"), key("b")],
            once: vec![key("c")],
            walks: vec![key("d"), key("e")],
            directions: Vec::new(),
            yearly: vec![key("f")],
            base_year: 2023,
            years: 3,
        };
        let wanted = needs.dimensions();
        let quasi = Quasi::new(needs, 1, Quasi::rounded(1000));
        assert_eq!((quasi.paths(), Quasi::rounded(1), Quasi::rounded(1025)), (1024, 1024, 2048));
        let mut first: Vec<[f64; 2]> = Vec::new();
        let mut column = [0.0; 2];
        for (key, steps) in [("c", 0..1), ("d", 0..3), ("e", 0..3), ("f", 0..4)] {
            for step in steps {
                assert!(quasi.fill_pairs(Key::new(Purpose::Shock, key), step, 5, &mut column));
                first.push(column);
            }
        }
        for name in ["a", "b"] {
            let mut one = [0.0];
            assert!(quasi.fill_draws(key(name), 5, &mut one));
            first.push([one[0], -one[0]]);
        }
        let mut numbers: Vec<f64> = first.iter().flatten().copied().collect();
        numbers.sort_by(f64::total_cmp);
        numbers.dedup();
        assert_eq!(numbers.len(), 2 * first.len());
        // What has a number a draw has one dimension.
        assert_eq!(wanted, numbers.len() - 2);
        assert!(!quasi.fill_draws(key("z"), 0, &mut column) && !quasi.fill_year(key("f"), 2030, 0, &mut column));
    }
    #[test]
    fn without_draws_all_paths_of_a_replicate_are_one_net() {
        let key = Key::new(Purpose::Shock, "a");
        let needs = Needs { walks: vec![key], base_year: 2023, years: 2, ..Needs::default() };
        assert_eq!(needs.dimensions(), 2);
        let quasi = Quasi::new(needs, 7, 2048);
        assert_eq!(quasi.paths(), 2048);
        // All at once and piece by piece: 64 draws, 128 paths, in each of 16 replicates.
        let (mut all, mut pieces) = (vec![0.0; 2048], vec![0.0; 2048]);
        quasi.fill_walk(0, 1, 0, &mut all);
        for first in (0..1024).step_by(32) {
            let mut piece = [0.0; 64];
            quasi.fill_walk(0, 1, first as u64, &mut piece);
            pieces[first..first + 32].copy_from_slice(&piece[..32]);
            pieces[1024 + first..1024 + first + 32].copy_from_slice(&piece[32..]);
        }
        assert_eq!(all, pieces);
        for replicate in 0..16 {
            let half = |start: usize| &all[start + 64 * replicate..start + 64 * (replicate + 1)];
            let mut strata: Vec<u32> = half(0).iter().chain(half(1024)).map(|u| (u * 128.0) as u32).collect();
            strata.sort_unstable();
            assert_eq!(strata, (0..128).collect::<Vec<u32>>(), "one point in each stratum");
        }
    }
}
