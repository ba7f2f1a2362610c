//! The columns of a block by themselves: names of buckets that wait until it is known what they are asked.
//!
//! Replicates of points are told apart until the end, and a histogram for each would be far larger than the names of
//! its values. So blocks wait with their names, one histogram counts them all, and what a replicate says of a quantile is
//! counted among its names.

use crate::engine::PATHS_PER_BLOCK;

use super::histogram::{Histogram, Named, Signs, name_column};

/// Columns of a block, by cell (a measure in a year).
#[derive(Debug)]
pub(super) struct Columns {
    /// Names of all columns, one after the other.
    names: Vec<u16>,
    cells: Vec<Column>,
    rows: usize,
}

/// The column of a cell.
#[derive(Clone, Debug, Default)]
enum Column {
    /// Its values follow from another's.
    #[default]
    Absent,
    /// Names from here on.
    Named(usize, Named),
    /// Some values have no name, such as 0, ∞ or NaN.
    Values(Vec<f64>),
}

impl Columns {
    /// No columns of so many cells, and room for so many of them.
    pub fn new(cells: usize, columns: usize) -> Self {
        Self { names: Vec::with_capacity(columns * PATHS_PER_BLOCK), cells: vec![Column::Absent; cells], rows: 0 }
    }

    /// Forgets the columns and keeps their room.
    pub fn clear(&mut self) {
        self.names.clear();
        self.cells.fill(Column::Absent);
    }

    /// Keeps the column of a cell.
    pub fn take(&mut self, cell: usize, column: &[f64], signs: Signs) {
        self.rows = column.len();
        let start = self.names.len();
        self.names.resize(start + column.len(), 0);
        self.cells[cell] = match name_column(column, signs, &mut self.names[start..]) {
            Some(ends) => Column::Named(start, ends),
            None => {
                self.names.truncate(start);
                Column::Values(column.to_vec())
            }
        };
    }

    /// Counts the column of a cell.
    pub fn count(&self, cell: usize, signs: Signs, histogram: &mut Histogram) {
        match &self.cells[cell] {
            Column::Absent => {}
            Column::Named(start, ends) => histogram.count(&self.names[*start..][..self.rows], signs, *ends),
            Column::Values(values) => values.iter().for_each(|value| histogram.add(*value)),
        }
    }

    /// Adds the numbers of values of a cell up to each of some edges of buckets, as a histogram counts them; returns how
    /// many values are defined.
    pub fn up_to(&self, cell: usize, signs: Signs, edges: &[f64], counts: &mut [u32]) -> u64 {
        match &self.cells[cell] {
            Column::Absent => 0,
            Column::Named(start, _) => {
                let names = &self.names[*start..][..self.rows];
                counts.iter_mut().zip(edges).for_each(|(count, edge)| *count += signs.up_to(names, *edge));
                self.rows as u64
            }
            Column::Values(values) => {
                for (count, edge) in counts.iter_mut().zip(edges) {
                    // A bucket holds its end nearer to zero.
                    let below =
                        values.iter().filter(|value| if *edge > 0.0 { **value < *edge } else { **value <= *edge });
                    *count += u32::try_from(below.count()).expect("a block is small");
                }
                values.iter().filter(|value| !value.is_nan()).count() as u64
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_say_what_a_histogram_of_them_says() {
        let lively: Vec<f64> =
            (0..200).map(|k| libm::sin(f64::from(k)) * libm::exp(f64::from(k % 23) - 11.0)).collect();
        let positive: Vec<f64> = lively.iter().map(|value| value.abs() + 1e-6).collect();
        let odd = [0.0, f64::NAN, f64::INFINITY, 3.5, -2.0, f64::NEG_INFINITY, 0.0, 1e-300];
        let odd: Vec<f64> = odd.into_iter().cycle().take(200).collect();
        let cells =
            [(Signs::Both, &lively), (Signs::Positive, &positive), (Signs::Both, &odd), (Signs::Positive, &odd)];
        let mut columns = Columns::new(5, 4);
        // What was there before is gone.
        columns.take(1, &[7.0; 300], Signs::Positive);
        columns.take(4, &[7.0; 300], Signs::Positive);
        columns.clear();
        for (cell, (signs, values)) in cells.iter().enumerate() {
            columns.take(cell, values, *signs);
        }
        for (cell, (signs, values)) in cells.into_iter().enumerate() {
            let (mut expected, mut found) = (Histogram::default(), Histogram::default());
            expected.extend(values);
            columns.count(cell, signs, &mut found);
            assert_eq!(format!("{found:?}"), format!("{expected:?}"));
            let near = |value: &f64| [Histogram::edges_near(*value, 0), Histogram::edges_near(*value, 1)].concat();
            let far = [-1e9, -1e-9, 1e-290, 1e-9, 1e12];
            let mut edges: Vec<f64> = values.iter().chain(&far).filter(|it| it.is_finite()).flat_map(near).collect();
            edges.sort_by(f64::total_cmp);
            let mut counts = vec![0; edges.len()];
            assert_eq!(columns.up_to(cell, signs, &edges, &mut counts), expected.defined());
            let counts: Vec<f64> = counts.into_iter().map(f64::from).collect();
            assert_eq!(counts, expected.counts_up_to(&edges), "cell {cell}");
        }
        let mut nothing = Histogram::default();
        columns.count(4, Signs::Positive, &mut nothing);
        assert_eq!((nothing.defined(), columns.up_to(4, Signs::Positive, &[1.0], &mut [0])), (0, 0));
    }
}
