//! A column of a block of paths, laid out so that vectors of a full block do not straddle cache lines.

use std::ops::{Deref, DerefMut};

/// Paths in a block: enough to fill vectors, few enough for a block to stay in the second-level cache.
pub const PATHS_PER_BLOCK: usize = 1024;

/// One value for each path of a full block, used as the slice that it is.
///
/// It begins where a cache line does. The widest vectors are as long as a line: in a column that begins anywhere else every
/// vector would touch two lines.
#[derive(Clone, Debug)]
pub struct Column<T = f64>(Box<Lines<T>>);

/// The values of a column in place, for columns that are kept one after the other in one piece of memory.
///
/// Padded by one cache line: otherwise columns in a row would be whole pages apart, and their values would compete for the
/// same sets of the first-level cache.
#[derive(Clone, Debug)]
#[repr(align(64))]
struct Lines<T = f64> {
    values: [T; PATHS_PER_BLOCK],
    _padding: [u8; 64],
}

impl<T: Copy> Lines<T> {
    /// A column of equal values.
    pub(crate) fn of(value: T) -> Self {
        Self { values: [value; PATHS_PER_BLOCK], _padding: [0; 64] }
    }
}

impl<T> Deref for Lines<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.values
    }
}

impl<T> DerefMut for Lines<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.values
    }
}

impl<T: Copy> Column<T> {
    /// A column of equal values.
    #[must_use]
    pub fn of(value: T) -> Self {
        Self(Box::new(Lines::of(value)))
    }
}

impl<T: Copy + Default> Default for Column<T> {
    fn default() -> Self {
        Self::of(T::default())
    }
}

impl<T> Deref for Column<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T> DerefMut for Column<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.0
    }
}

/// YearlyColumns of all years, in one piece of memory: allocated one by one, each would make its thread ask the system for memory.
#[derive(Clone, Debug)]
pub(super) struct YearlyColumns(Vec<Lines>);

impl YearlyColumns {
    /// Columns of zeros for so many years.
    pub(crate) fn new(years: usize) -> Self {
        Self(vec![Lines::of(0.0); years])
    }

    /// The first rows of a year's column.
    pub(crate) fn year(&self, index: usize, rows: usize) -> &[f64] {
        &self.0[index][..rows]
    }

    /// The first rows of a year's column, to be written.
    pub(crate) fn year_mut(&mut self, index: usize, rows: usize) -> &mut [f64] {
        &mut self.0[index][..rows]
    }

    /// The column of the year before and that of a year; before the first stands `start`.
    pub(crate) fn step<'a>(&'a mut self, index: usize, start: &'a [f64]) -> (&'a [f64], &'a mut [f64]) {
        let (before, now) = self.0.split_at_mut(index);
        (before.last().map_or(start, |column| column), &mut now[0])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_begin_where_cache_lines_do() {
        let columns: Vec<Column> = (0..10).map(|value| Column::of(f64::from(value))).collect();
        let narrow: Vec<Column<u16>> = vec![Column::default(); 10];
        assert!(columns.iter().all(|column| column.as_ptr().addr() % 64 == 0 && column.len() == PATHS_PER_BLOCK));
        assert!(narrow.iter().all(|column| column.as_ptr().addr() % 64 == 0));
        assert!((0..10).all(|value| columns[value].iter().all(|it| *it == value as f64)));
    }
}
