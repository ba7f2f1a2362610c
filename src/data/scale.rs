//! Amounts that no year and no deal has: mostly figures in another unit than their row says.

use crate::diagnostic::Problem;

use super::amount::grouped;
use super::fact::Fact;
use super::observation::Observation;

/// Least funding of a year of a large economy, in dollars.
const LEAST_OF_A_YEAR: f64 = 1e6;

/// Smallest and largest mean deal of a year, in dollars.
const MEAN_DEALS: [f64; 2] = [5e4, 5e9];

/// Regions whose funding of a year is worth millions at least.
const LARGE: [&str; 3] = ["us", "china", "world"];

/// A warning for each region whose funding or mean deal is of another order than any that was seen, its first year alone.
pub(super) fn odd(facts: &[Fact], observations: &[Observation]) -> Vec<Problem> {
    let mut seen: Vec<&str> = Vec::new();
    let mut problems = Vec::new();
    for figure in observations {
        let (region, year) = (figure.region.as_str(), figure.year);
        if seen.contains(&region) {
            continue;
        }
        let found = match figure.metric.as_str() {
            "funding" if LARGE.contains(&region) && figure.value * 1e9 < LEAST_OF_A_YEAR => {
                let what = format!("funding of {region} in {year} is {}", dollars(figure.value * 1e9));
                let unit = unit(facts, figure);
                Some((what, format!("a year of deals is worth millions at least: are its numbers in {unit}?")))
            }
            "deal-size" if !(MEAN_DEALS[0]..=MEAN_DEALS[1]).contains(&(figure.value * 1e6)) => {
                let what = format!("the mean deal of {region} in {year} is {}", dollars(figure.value * 1e6));
                let unit = unit(facts, figure);
                Some((what, format!("is the funding in {unit}, and is the number of deals right?")))
            }
            _ => None,
        };
        if let Some((what, cure)) = found {
            seen.push(region);
            problems.push(Problem::warning(of(facts, figure).map(|fact| fact.place.clone()), what, cure));
        }
    }
    problems
}

/// The row that a figure rests on: its own, or that of the funding which a mean deal is made of.
fn of<'a>(facts: &'a [Fact], figure: &Observation) -> Option<&'a Fact> {
    let about = |metric: &str| {
        facts.iter().find(|it| it.region == figure.region && it.year == figure.year && it.metric == metric)
    };
    about(&figure.metric).or_else(|| about("funding")).or_else(|| about("deals"))
}

fn unit(facts: &[Fact], figure: &Observation) -> String {
    of(facts, figure)
        .filter(|fact| fact.metric != "deals")
        .map_or_else(|| figure.unit.clone(), |fact| fact.unit.clone())
}

/// Dollars in full, or in billions where there are so many.
fn dollars(amount: f64) -> String {
    match amount {
        amount if amount >= 1e9 => format!("${}bn", (amount / 1e8).round() / 10.0),
        amount if amount >= 1.0 => format!("${}", grouped(amount)),
        _ => "less than $1".to_owned(),
    }
}
