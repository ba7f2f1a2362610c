//! Quantiles at many levels, read back into the rows of a fan.

use std::collections::BTreeMap;

use crate::metric::Measure;
use crate::summary::{FINE_LEVELS, FanRow};
use crate::table::declared;

use super::table::{Damaged, Read, Stored};

/// Adds what `quantiles.csv` holds to the rows of a fan; nothing to those of a run from before there was such a table.
pub(super) fn add(rows: &mut [FanRow], known: &BTreeMap<(String, String), Measure>, read: Read) -> Result<(), Damaged> {
    if read(declared::FINE_QUANTILES.files[0]).is_none() {
        return Ok(());
    }
    let stored = Stored::of(read, &declared::FINE_QUANTILES)?;
    let mut found: BTreeMap<(String, String, i32), [f64; FINE_LEVELS.len()]> = BTreeMap::new();
    for row in stored.rows() {
        let level = row.number("level")?;
        let place = FINE_LEVELS.iter().position(|known| *known == level).ok_or_else(|| row.stranger("level"))?;
        let measure = (row.text("metric"), row.text("region"));
        if !known.contains_key(&measure) {
            return Err(row.stranger("metric"));
        }
        let key = (measure.0, measure.1, row.year("year")?);
        // What is infinite stands as an empty field.
        let value = row.number_if_any("value").unwrap_or(f64::INFINITY);
        found.entry(key).or_insert([f64::INFINITY; FINE_LEVELS.len()])[place] = value;
    }
    for ((metric, region), measure) in known {
        let of_measure = rows.iter_mut().filter(|row| row.measure == *measure);
        for row in of_measure {
            let year = row.year;
            let Some(spread) = &mut row.simulated else { continue };
            spread.fine = found.get(&(metric.clone(), region.clone(), year)).copied();
        }
    }
    Ok(())
}
