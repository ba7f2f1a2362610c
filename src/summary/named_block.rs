//! A block of paths kept as names of buckets, two bytes a value, until a histogram counts it.
//!
//! Replicates of points are counted in turn, so their blocks wait side by side, and in their order.

use crate::engine::PATHS_PER_BLOCK;

use super::histogram::{Histogram, Named, Signs, name_column};

/// A block of paths as the names of its values' buckets, by cell (a measure in a year).
#[derive(Debug)]
pub(super) struct NamedBlock {
    /// Names of all columns, one after the other.
    names: Vec<u16>,
    cells: Vec<NamedColumn>,
    rows: usize,
}

/// The column of a cell.
#[derive(Clone, Debug, Default)]
enum NamedColumn {
    /// Its values follow from another's.
    #[default]
    Absent,
    /// Names from here on.
    Named(usize, Named),
    /// Some values have no name, such as 0, ∞ or NaN.
    Values(Vec<f64>),
}

impl NamedBlock {
    /// No columns of so many cells, and room for so many of them.
    pub(crate) fn new(cells: usize, columns: usize) -> Self {
        Self { names: Vec::with_capacity(columns * PATHS_PER_BLOCK), cells: vec![NamedColumn::Absent; cells], rows: 0 }
    }

    /// Forgets the columns and keeps their room.
    pub(crate) fn clear(&mut self) {
        self.names.clear();
        self.cells.fill(NamedColumn::Absent);
    }

    /// Keeps the column of a cell.
    pub(crate) fn take(&mut self, cell: usize, column: &[f64], signs: Signs) {
        self.rows = column.len();
        let start = self.names.len();
        self.names.resize(start + column.len(), 0);
        self.cells[cell] = match name_column(column, signs, &mut self.names[start..]) {
            Some(ends) => NamedColumn::Named(start, ends),
            None => {
                self.names.truncate(start);
                NamedColumn::Values(column.to_vec())
            }
        };
    }

    /// Counts the column of a cell.
    pub(crate) fn count(&self, cell: usize, signs: Signs, histogram: &mut Histogram) {
        match &self.cells[cell] {
            NamedColumn::Absent => {}
            NamedColumn::Named(start, ends) => histogram.count(&self.names[*start..][..self.rows], signs, *ends),
            NamedColumn::Values(values) => values.iter().for_each(|value| histogram.add(*value)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_named_block_counts_what_a_histogram_of_its_columns_does() {
        let lively: Vec<f64> =
            (0..200).map(|k| libm::sin(f64::from(k)) * libm::exp(f64::from(k % 23) - 11.0)).collect();
        let positive: Vec<f64> = lively.iter().map(|value| value.abs() + 1e-6).collect();
        let odd = [0.0, f64::NAN, f64::INFINITY, 3.5, -2.0, f64::NEG_INFINITY, 0.0, 1e-300];
        let odd: Vec<f64> = odd.into_iter().cycle().take(200).collect();
        let cells =
            [(Signs::Both, &lively), (Signs::Positive, &positive), (Signs::Both, &odd), (Signs::Positive, &odd)];
        let mut block = NamedBlock::new(5, 4);
        // What was there before is gone.
        block.take(1, &[7.0; 300], Signs::Positive);
        block.take(4, &[7.0; 300], Signs::Positive);
        block.clear();
        for (cell, (signs, values)) in cells.iter().enumerate() {
            block.take(cell, values, *signs);
        }
        for (cell, (signs, values)) in cells.into_iter().enumerate() {
            let (mut expected, mut found) = (Histogram::default(), Histogram::default());
            expected.extend(values);
            block.count(cell, signs, &mut found);
            assert!(found == expected, "cell {cell}");
        }
        let mut nothing = Histogram::default();
        block.count(4, Signs::Positive, &mut nothing);
        assert_eq!(nothing.defined(), 0);
    }
}
