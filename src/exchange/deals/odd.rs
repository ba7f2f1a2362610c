//! What a list of deals holds that is read as it stands and may be a slip of the pen.

use std::collections::BTreeSet;

use crate::diagnostic::Problem;
use crate::exchange::region;

/// Years from the last deal but one to the last that make the date of the latter doubtful.
const FAR_APART: i32 = 4;

/// Whether a cell names the US or China in front of the country that is taken.
pub(super) fn names_another(country: &str, taken: &str) -> bool {
    let parts: Vec<&str> = country.split(',').collect();
    let before = parts.split_last().map_or(&[] as &[&str], |(_, before)| before);
    let mut words = before.iter().map(|part| region::named(part.trim(), "").word().to_owned());
    words.any(|word| ["us", "china"].contains(&word.as_str()) && word != taken)
}

/// A deal years after all others, and cells of two countries, each with its line.
pub(super) fn warnings(years: &BTreeSet<i32>, several: &[(usize, String)]) -> Vec<Problem> {
    let mut warnings = Vec::new();
    let mut latest = years.iter().rev();
    if let (Some(last), Some(before)) = (latest.next(), latest.next())
        && last - before >= FAR_APART
    {
        let what = format!("the last deal of the list is of {last}, and the year before it that has any is {before}");
        let cure = format!("is the date of {last} mistyped? {before} is taken for a whole year because of it");
        warnings.push(Problem::warning(None, what, cure));
    }
    if let Some((line, country)) = several.first() {
        let what = format!("`{country}` in line {line} names two countries, and the last is taken");
        let cure = format!("write one country in each row; rows with two: {}", several.len());
        warnings.push(Problem::warning(None, what, cure));
    }
    warnings
}
