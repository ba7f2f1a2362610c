//! Rows of a table for what a fan shows: observed years first, then the quantiles of simulated ones.

use crate::table::{Field, Table};

use super::year::{Band, Seen};

/// Adds the years of a series that these names tell apart.
pub(crate) fn push(table: &mut Table, names: &[&str], unit: &str, seen: &[Seen], bands: &[Band]) {
    let mut row = |year: i32, observed: [f64; 3], quantiles: [f64; 7]| {
        let numbers = observed.into_iter().chain(quantiles).map(Field::from);
        table.push(names.iter().map(|name| Field::from(*name)).chain([Field::from(year), unit.into()]).chain(numbers));
    };
    seen.iter().for_each(|it| row(it.year, [it.value, it.low, it.high], [f64::NAN; 7]));
    bands.iter().for_each(|it| row(it.year, [f64::NAN; 3], it.quantiles));
}
