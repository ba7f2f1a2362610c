//! Sobol' points, scrambled: numbers that fill the cube evenly, in independent replicates that tell their own error.
//!
//! Direction numbers are those of Joe and Kuo (2008). Scrambling is Matoušek's affine form of Owen's: a random lower
//! triangular matrix and a random shift for every dimension and replicate. It keeps the net and makes every point
//! exactly uniform, and it costs nothing a point, because the matrix is folded into the direction numbers. No point is
//! left out: the first one is what makes 2ᵐ points a net.

use std::sync::OnceLock;

use super::{Key, Numbers, Purpose, uniform_from_bits};

/// Dimensions that there are direction numbers for.
pub const MOST_DIMENSIONS: usize = 1024;

/// Bits of an index, and direction numbers of a dimension.
const BITS: usize = 32;

/// Polynomial and initial numbers of each dimension from the second on.
const TABLE: &str = include_str!("../../data/sobol/joe-kuo-6.1024.txt");

/// Direction numbers of a dimension, counted from 0; the leading bit stands for one half.
fn directions(dimension: usize) -> [u32; BITS] {
    static LINES: OnceLock<Vec<&str>> = OnceLock::new();
    if dimension == 0 {
        return std::array::from_fn(|bit| 1 << (BITS - 1 - bit));
    }
    let line = LINES.get_or_init(|| TABLE.lines().collect())[dimension - 1];
    let mut numbers = line.split(' ').map(|word| word.parse::<u32>().expect("the table holds whole numbers"));
    let polynomial = numbers.next().expect("a line begins with its polynomial");
    let mut directions = [0; BITS];
    let degree = polynomial.ilog2() as usize;
    for (bit, initial) in numbers.enumerate() {
        directions[bit] = initial << (BITS - 1 - bit);
    }
    for bit in degree..BITS {
        let before = directions[bit - degree];
        let mut next = before ^ (before >> degree);
        for step in 1..degree {
            if polynomial >> (degree - step) & 1 == 1 {
                next ^= directions[bit - step];
            }
        }
        directions[bit] = next;
    }
    directions
}

/// One coordinate of an unscrambled point, in 32 bits; points come in the order of the Gray code (golden M12).
#[must_use]
pub fn unscrambled(dimension: usize, index: u32) -> u32 {
    let gray = index ^ (index >> 1);
    let all = directions(dimension);
    all.iter().enumerate().filter(|(bit, _)| gray >> bit & 1 == 1).fold(0, |sum, (_, direction)| sum ^ direction)
}

/// Points that are filled at once.
const GROUP: usize = 64;

#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
fn fill_group(bits: u64, moves: &[u64; GROUP], column: &mut [f64]) {
    for (value, moved) in column.iter_mut().zip(moves) {
        *value = uniform_from_bits(bits ^ moved);
    }
}

/// One dimension of one replicate: scrambled direction numbers and a shift.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Coordinate {
    directions: Vec<u64>,
    shift: u64,
}

/// Scrambled points of some dimensions in some replicates, as many points in each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Points {
    /// Binary logarithm of the number of points of a replicate.
    log_points: u32,
    /// By replicate, then by dimension.
    coordinates: Vec<Vec<Coordinate>>,
}

impl Points {
    /// Scrambles `2^log_points` points of so many dimensions, in so many replicates.
    #[must_use]
    pub fn new(seed: u64, dimensions: usize, log_points: u32, replicates: u64) -> Self {
        let numbers = Numbers::new(seed);
        let key = Key::new(Purpose::Scramble, "");
        let scrambled = |replicate: u64, dimension: usize| {
            let year = i32::try_from(dimension).expect("few dimensions");
            let bits = |place: u32| numbers.bits(replicate, year, key, place);
            // Column c of a lower triangular matrix with ones on its diagonal: one at bit c, chance below it.
            let columns: Vec<u64> = (0..BITS as u32)
                .map(|column| {
                    let one = 1_u64 << (63 - column);
                    one | bits(column + 1) & (one - 1)
                })
                .collect();
            let scramble = |direction: u32| {
                let set = columns.iter().enumerate().filter(|(column, _)| direction >> (BITS - 1 - column) & 1 == 1);
                set.fold(0, |sum, (_, column)| sum ^ column)
            };
            let used = directions(dimension).into_iter().take(log_points as usize);
            Coordinate { directions: used.map(scramble).collect(), shift: bits(0) }
        };
        let coordinates = (0..replicates).map(|replicate| (0..dimensions).map(|it| scrambled(replicate, it)).collect());
        Self { log_points, coordinates: coordinates.collect() }
    }

    /// Points of all replicates.
    #[must_use]
    pub fn count(&self) -> u64 {
        (self.coordinates.len() as u64) << self.log_points
    }

    /// Fills a column with one coordinate of the points from `first` on, counted through the replicates.
    pub fn fill(&self, dimension: usize, first: u64, column: &mut [f64]) {
        let mut index = first;
        let mut rest = column;
        while !rest.is_empty() {
            let within = index & ((1 << self.log_points) - 1);
            let left = (1_u64 << self.log_points) - within;
            let rows = usize::try_from(left).unwrap_or(usize::MAX).min(rest.len());
            let (now, later) = rest.split_at_mut(rows);
            let replicate = usize::try_from(index >> self.log_points).expect("few replicates");
            self.coordinates[replicate][dimension].fill(within, now);
            index += rows as u64;
            rest = later;
        }
    }
}

impl Coordinate {
    /// Bits of a point.
    fn bits(&self, index: u64) -> u64 {
        let gray = index ^ (index >> 1);
        let set = self.directions.iter().enumerate().filter(|(bit, _)| gray >> bit & 1 == 1);
        set.fold(self.shift, |sum, (_, direction)| sum ^ direction)
    }

    /// In groups of points that begin at a multiple of their number: each is the first of its group, moved as that of
    /// the first group is. Unlike going from point to point, no number waits for the one before it.
    fn fill(&self, first: u64, column: &mut [f64]) {
        let ahead = (first.next_multiple_of(GROUP as u64) - first) as usize;
        if self.directions.len() < GROUP.ilog2() as usize || column.len() < ahead + GROUP {
            return self.follow(first, column);
        }
        let (ahead, groups) = column.split_at_mut(ahead);
        self.follow(first, ahead);
        let moves: [u64; GROUP] = std::array::from_fn(|place| self.bits(place as u64) ^ self.shift);
        for (group, start) in groups.chunks_mut(GROUP).zip((first + ahead.len() as u64..).step_by(GROUP)) {
            fill_group(self.bits(start), &moves, group);
        }
    }

    /// From each point to the next.
    fn follow(&self, first: u64, column: &mut [f64]) {
        let mut bits = self.bits(first);
        for (index, value) in (first + 1..).zip(column) {
            *value = uniform_from_bits(bits);
            // Neighbours in the Gray code differ in one bit; after the last point there is no next one.
            if let Some(direction) = self.directions.get(index.trailing_zeros() as usize) {
                bits ^= direction;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Golden rows M12.
    #[test]
    fn the_first_points_are_those_of_joe_and_kuo() {
        let golden = [
            [0.0, 0.0, 0.0, 0.0],
            [0.5, 0.5, 0.5, 0.5],
            [0.75, 0.25, 0.25, 0.25],
            [0.25, 0.75, 0.75, 0.75],
            [0.375, 0.375, 0.625, 0.875],
            [0.875, 0.875, 0.125, 0.375],
            [0.625, 0.125, 0.875, 0.625],
            [0.125, 0.625, 0.375, 0.125],
        ];
        for (index, point) in golden.iter().enumerate() {
            for (dimension, value) in point.iter().enumerate() {
                assert_eq!(f64::from(unscrambled(dimension, index as u32)) / 4_294_967_296.0, *value);
            }
        }
    }

    #[test]
    fn every_scrambled_dimension_has_one_point_in_each_cell_and_pairs_do_too() {
        let points = Points::new(7, MOST_DIMENSIONS, 8, 2);
        let mut columns = vec![vec![0.0; 256]; MOST_DIMENSIONS];
        for (dimension, column) in columns.iter_mut().enumerate() {
            points.fill(dimension, 256, column);
            let mut cells: Vec<usize> = column.iter().map(|u| (u * 256.0) as usize).collect();
            cells.sort_unstable();
            assert_eq!(cells, (0..256).collect::<Vec<_>>(), "dimension {dimension}");
        }
        // The first two dimensions are a net of quality 0: one point in each box of 16 by 16.
        let boxes = columns[0].iter().zip(&columns[1]).map(|(a, b)| (a * 16.0) as usize * 16 + (b * 16.0) as usize);
        let mut boxes: Vec<usize> = boxes.collect();
        boxes.sort_unstable();
        assert_eq!(boxes, (0..256).collect::<Vec<_>>());
    }

    #[test]
    fn a_column_is_the_same_whatever_it_is_filled_from() {
        let points = Points::new(3, 5, 6, 4);
        let mut whole = vec![0.0; 256];
        points.fill(4, 0, &mut whole);
        for first in [0, 1, 37, 63, 64, 100, 191] {
            let mut part = vec![0.0; 65];
            points.fill(4, first as u64, &mut part);
            assert_eq!(part, whole[first..first + 65], "from {first}");
        }
    }

    #[test]
    fn groups_of_points_are_the_points_one_by_one() {
        let points = Points::new(3, 3, 9, 2);
        let mut whole = vec![0.0; 1024];
        points.fill(2, 0, &mut whole);
        for (index, value) in whole.iter().enumerate() {
            let mut one = [0.0];
            points.fill(2, index as u64, &mut one);
            assert_eq!(one[0], *value);
        }
    }

    #[test]
    fn scrambles_differ_by_seed_dimension_and_replicate_and_each_point_is_uniform() {
        let first = |seed: u64, dimension: usize, replicate: u64| {
            let points = Points::new(seed, 3, 4, 300);
            let mut column = [0.0; 16];
            points.fill(dimension, replicate * 16, &mut column);
            column
        };
        let base = first(1, 1, 0);
        assert!([first(2, 1, 0), first(1, 2, 0), first(1, 1, 1)].iter().all(|other| *other != base));
        // The first unscrambled point is 0 in every dimension; scrambled it is anywhere.
        let mean: f64 = (0..300).map(|replicate| first(1, 0, replicate)[0]).sum::<f64>() / 300.0;
        assert!((mean - 0.5).abs() < 5.0 / (12.0f64 * 300.0).sqrt(), "{mean}");
    }
}
