//! A column of a block of paths, laid out so that vectors of a full block do not straddle cache lines.

use std::ops::{Deref, DerefMut};

use super::PATHS_PER_BLOCK;

/// One value for each path of a full block, used as the slice that it is.
///
/// It begins where a cache line does. The widest vectors are as long as a line: in a column that begins anywhere else every
/// one of them would touch two.
#[derive(Clone, Debug)]
pub struct Column<T = f64>(Box<Lines<T>>);

/// The lines of a column, for those who keep many of them one after the other.
///
/// With a line more than there are values: without it columns in a row would be whole pages apart, and their values compete
/// for the same places of the first cache.
#[derive(Clone, Debug)]
#[repr(align(64))]
pub(super) struct Lines<T = f64> {
    values: [T; PATHS_PER_BLOCK],
    _apart: [u8; 64],
}

impl<T: Copy> Lines<T> {
    /// A column of equal values.
    pub fn of(value: T) -> Self {
        Self { values: [value; PATHS_PER_BLOCK], _apart: [0; 64] }
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
