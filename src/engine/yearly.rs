//! Uniforms of one address for a whole block, two neighbouring years at a time.

use crate::random::Key;

use super::column::Column;
use super::stream::{Stream, When};

/// The uniforms of two neighbouring years, which one block of the generator gives together.
#[derive(Debug)]
pub(super) struct Yearly {
    key: Key,
    even: Column,
    odd: Column,
    even_year: Option<i32>,
}

impl Yearly {
    pub(crate) fn new(key: Key) -> Self {
        Self { key, even: Column::default(), odd: Column::default(), even_year: None }
    }

    /// Forgets the last block.
    pub(crate) fn restart(&mut self) {
        self.even_year = None;
    }

    /// A uniform a row: even paths in the first half, odd ones in the second.
    pub(crate) fn of_year(&mut self, stream: &Stream, when: When) -> &[f64] {
        let rows = 2 * when.draws;
        if stream.fill_year(self.key, when, &mut self.even[..rows]) {
            self.even_year = None;
            return &self.even[..rows];
        }
        let even_year = when.year & !1;
        if self.even_year != Some(even_year) {
            self.even_year = Some(even_year);
            for (rows, indices) in when.halves() {
                let (even, odd) = (&mut self.even[rows.clone()], &mut self.odd[rows]);
                stream.uniforms.fill_years(indices, even_year, self.key, even, odd);
            }
        }
        let column = if when.year == even_year { &self.even } else { &self.odd };
        &column[..rows]
    }
}
