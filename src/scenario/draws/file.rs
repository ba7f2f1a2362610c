//! A file of draws: a line of addresses, a line of units, and a row of numbers for each draw.

use std::ops::Range;
use std::sync::Arc;

use nalgebra::DMatrix;

use crate::data::{Rows, rows};
use crate::diagnostic::{Place, Problem, Severity, Sources};
use crate::units;

/// A file of draws as it was read.
#[derive(Clone, Debug)]
pub(in crate::scenario) struct DrawsFile {
    /// Its name without folders.
    pub name: String,
    pub text: Arc<str>,
    pub columns: Vec<Column>,
    file: usize,
    units: Range<usize>,
    spans: Vec<Range<usize>>,
}

/// One column: values of an assumption.
#[derive(Clone, Debug)]
pub(in crate::scenario) struct Column {
    pub address: String,
    /// Unit of its values, of the second line.
    pub unit: String,
    pub values: Vec<f64>,
}

impl DrawsFile {
    /// Reads a file; every bad number with its line.
    pub(in crate::scenario) fn read(name: &str, text: &str, sources: &mut Sources) -> Result<Self, Vec<Problem>> {
        let file = sources.add(name, text);
        let (Rows { header, header_span, rows }, mut problems) = rows(text, file);
        problems.retain(|problem| problem.severity == Severity::Error);
        let at = |span: &Range<usize>| Place { file, span: span.clone() };
        for (place, address) in header.iter().enumerate() {
            if header[..place].contains(address) {
                let what = format!("there are two columns `{address}`");
                problems.push(Problem::error(at(&header_span), what, "take one of them out"));
            }
        }
        let Some((units, rows)) = rows.split_first() else {
            if problems.is_empty() {
                let cure = "write a line of addresses, a line of units such as %, and a row for each draw";
                problems.push(Problem::error(at(&header_span), "this file of draws is empty", cure));
            }
            return Err(problems);
        };
        let mut columns: Vec<Column> = header
            .iter()
            .zip(&units.fields)
            .map(|(address, unit)| Column { address: address.clone(), unit: unit.clone(), values: Vec::new() })
            .collect();
        if units.fields.iter().all(|field| units::decimal(field).is_ok()) {
            let cure = "write the unit of each column below its address: %, natural log, share, number, $bn";
            problems.push(Problem::error(at(&units.span), "the second line has numbers where units belong", cure));
            return Err(problems);
        }
        for row in rows {
            for (column, field) in columns.iter_mut().zip(&row.fields) {
                match units::decimal(field).ok().filter(|value| value.is_finite()) {
                    Some(value) => column.values.push(value),
                    None => {
                        let what = format!("`{field}` in column `{}` is not a number", column.address);
                        let cure = "write plain numbers with a decimal point; the unit stands in the second line";
                        problems.push(Problem::error(at(&row.span), what, cure));
                    }
                }
            }
        }
        if !problems.is_empty() {
            problems.sort_by_key(Problem::order);
            return Err(problems);
        }
        let spans = rows.iter().map(|row| row.span.clone()).collect();
        Ok(Self { name: name.to_owned(), text: text.into(), columns, file, units: units.span.clone(), spans })
    }

    /// Number of draws.
    pub(super) fn rows(&self) -> usize {
        self.spans.len()
    }

    /// Position of the column of an address.
    pub(super) fn column(&self, address: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.address == address)
    }

    pub(super) fn addresses(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|column| column.address.as_str())
    }

    /// Place of a row.
    pub(super) fn place(&self, row: usize) -> Place {
        Place { file: self.file, span: self.spans[row].clone() }
    }

    /// Place of the line of units.
    pub(super) fn units_place(&self) -> Place {
        Place { file: self.file, span: self.units.clone() }
    }

    /// Rows in the order of the first principal component of some columns, ties by row number.
    ///
    /// Neighbouring rows are alike, so that one even coordinate picks an even sample of them.
    pub(super) fn order(&self, of: &[String]) -> Vec<usize> {
        let columns: Vec<Vec<f64>> =
            of.iter().filter_map(|address| standardised(&self.columns[self.column(address)?].values)).collect();
        let mut order: Vec<usize> = (0..self.rows()).collect();
        if columns.is_empty() {
            return order;
        }
        let product = |i: usize, j: usize| columns[i].iter().zip(&columns[j]).map(|(a, b)| a * b).sum::<f64>();
        let size = columns.len();
        let eigen = DMatrix::from_fn(size, size, product).symmetric_eigen();
        let weights = eigen.eigenvectors.column(eigen.eigenvalues.imax());
        // The sign of a component is free: that of the first column decides.
        let sign = if weights[0] < 0.0 { -1.0 } else { 1.0 };
        let score: Vec<f64> = (0..self.rows())
            .map(|row| {
                sign * columns.iter().enumerate().map(|(place, column)| weights[place] * column[row]).sum::<f64>()
            })
            .collect();
        order.sort_by(|a, b| score[*a].total_cmp(&score[*b]).then(a.cmp(b)));
        order
    }
}

/// Values with mean 0 and square sum 1; none of a column of equal values.
fn standardised(values: &[f64]) -> Option<Vec<f64>> {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let norm = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>().sqrt();
    (norm > 0.0).then(|| values.iter().map(|value| (value - mean) / norm).collect())
}
