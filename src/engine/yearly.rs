//! Uniforms of one address for a whole block, two neighbouring years at a time.

use crate::random::quasi::Quasi;
use crate::random::{Indices, Key, Numbers};

use super::column::Column;

/// Which paths of which year.
#[derive(Clone, Copy, Debug)]
pub(super) struct When<'a> {
    /// Index of the block's first path.
    pub first: u64,
    /// Draws of the block.
    pub draws: usize,
    /// Calendar year.
    pub year: i32,
    /// Points that the numbers are taken from instead of from their addresses.
    pub points: Option<&'a Quasi>,
}

impl When<'_> {
    /// How far the path of a row is from the block's first: even paths stand in the first half, odd ones in the second.
    #[inline(always)]
    pub fn offset(&self, row: usize) -> u32 {
        let offset = if row < self.draws { 2 * row } else { 2 * (row - self.draws) + 1 };
        u32::try_from(offset).expect("a block has a few thousand paths")
    }

    /// Index of the block's first draw.
    pub fn first_draw(&self) -> u64 {
        self.first / 2
    }

    /// Fills a column, a value a row, with the numbers of an address that has no year.
    pub fn fill_once(&self, numbers: Numbers, key: Key, column: &mut [f64]) {
        if !self.points.is_some_and(|points| points.fill_once(key, self.first_draw(), column)) {
            for (rows, indices) in self.halves() {
                numbers.fill(indices, key, &mut column[rows]);
            }
        }
    }

    /// Rows and indices of the two halves.
    pub fn halves(&self) -> [(std::ops::Range<usize>, Indices); 2] {
        let half = |half: usize| {
            (half * self.draws..(half + 1) * self.draws, Indices { first: self.first + half as u64, stride: 2 })
        };
        [half(0), half(1)]
    }
}

/// The uniforms of two neighbouring years, which one block of the generator gives together.
#[derive(Debug)]
pub(super) struct Yearly {
    key: Key,
    even: Column,
    odd: Column,
    even_year: Option<i32>,
}

impl Yearly {
    pub fn new(key: Key) -> Self {
        Self { key, even: Column::default(), odd: Column::default(), even_year: None }
    }

    /// Forgets the last block.
    pub fn restart(&mut self) {
        self.even_year = None;
    }

    /// A uniform a row: even paths in the first half, odd ones in the second.
    pub fn of_year(&mut self, numbers: Numbers, when: When) -> &[f64] {
        let rows = 2 * when.draws;
        if when
            .points
            .is_some_and(|points| points.fill_year(self.key, when.year, when.first_draw(), &mut self.even[..rows]))
        {
            self.even_year = None;
            return &self.even[..rows];
        }
        let even_year = when.year & !1;
        if self.even_year != Some(even_year) {
            self.even_year = Some(even_year);
            for (rows, indices) in when.halves() {
                let (even, odd) = (&mut self.even[rows.clone()], &mut self.odd[rows]);
                numbers.fill_years(indices, even_year, self.key, even, odd);
            }
        }
        let column = if when.year == even_year { &self.even } else { &self.odd };
        &column[..rows]
    }
}
