//! What a list of deals holds that is read as it stands and may be a slip of the pen.

use std::collections::BTreeSet;

use crate::diagnostic::Problem;
use crate::exchange::region;

/// Years from the last deal but one to the last that make the date of the latter doubtful.
const FAR_APART: i32 = 4;

/// Whether a cell names the US or China in front of the country that is taken.
pub(super) fn names_another(country: &str, taken: &str) -> bool {
    let parts: Vec<&str> = country.split(',').filter(|part| !is_continent(part)).collect();
    let before = parts.split_last().map_or(&[] as &[&str], |(_, before)| before);
    let mut words = before.iter().map(|part| region::named(part.trim(), "").word().to_owned());
    words.any(|word| ["us", "china"].contains(&word.as_str()) && word != taken)
}

/// Whether a part of a place is a continent, which some lists write behind the country.
pub(super) fn is_continent(part: &str) -> bool {
    const CONTINENTS: [&str; 7] =
        ["africa", "antarctica", "asia", "europe", "north america", "oceania", "south america"];
    CONTINENTS.contains(&part.trim().to_lowercase().as_str())
}

/// Whether an amount is said roughly, as Chinese lists do: several ten million, close to a hundred million.
pub(super) fn is_rough(text: &str) -> bool {
    text.starts_with(['数', '近', '超', '约', '逾', '过', '上']) || text.contains('级')
}

/// A deal years after all others, cells of two countries, each with its line, and rough amounts.
pub(super) fn warnings(years: &BTreeSet<i32>, several: &[(usize, String)], rough: &[String]) -> Vec<Problem> {
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
    if let Some(text) = rough.first() {
        let what = match rough.len() {
            1 => format!("an amount is only said roughly, {text}, and counts as missing"),
            several => format!("{several} amounts are only said roughly, such as {text}, and count as missing"),
        };
        let cure = "write a number for each that you know; without one funding is too low";
        warnings.push(Problem::warning(None, what, cure));
    }
    warnings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_continent_behind_the_country_is_no_second_country() {
        assert!(is_continent(" North America") && !is_continent("America") && !is_continent("South Africa"));
        assert!(!names_another("Beijing, Beijing, China, Asia", "china"));
        assert!(names_another("China, United States", "us"));
    }

    #[test]
    fn rough_amounts_are_told_from_numbers() {
        assert!(["数千万人民币", "近亿元", "亿级美元"].into_iter().all(is_rough));
        assert!(!["1200万美元", "3亿人民币", "about a million"].into_iter().any(is_rough));
    }
}
