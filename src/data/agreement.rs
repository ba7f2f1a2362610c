//! Figures that are stated more often than once, one way or another, and must then agree within what their rounding leaves.

use std::collections::BTreeMap;

use crate::diagnostic::Problem;

use super::amount::amount;
use super::fact::{Fact, Key, same_edition};
use super::observation::Observation;

/// How far two ways to one figure may lie apart, beyond the ranges that are stated for what they are made of.
///
/// Sources round, and leave deals out of one figure that are in another.
const LEEWAY: f64 = 1.1;

/// Years in which one source states deals, deal size and funding of a region, and the third is not what the others make.
///
/// A run starts from deals and deal size and would show another funding than the one observed.
pub(super) fn of_levels(stated: &BTreeMap<Key, &Fact>, found: &BTreeMap<Key, Observation>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (key, fact) in stated.iter().filter(|((_, _, metric), _)| metric == "deal-size") {
        let of = |metric: &str| {
            let key = (key.0.clone(), key.1, metric.to_owned());
            stated.get(&key).filter(|other| same_edition(fact, other)).map(|other| (&found[&key], other))
        };
        let (size, Some((deals, _)), Some((funding, row))) = (&found[key], of("deals"), of("funding")) else {
            continue;
        };
        let made = |deals: f64, size: f64| deals * size / 1000.0;
        let least = made(deals.low, size.low) / LEEWAY;
        let most = made(deals.high, size.high) * LEEWAY;
        if funding.high >= least && funding.low <= most {
            continue;
        }
        let what = format!(
            "{} deals of {} are {}, and the funding of {} in {} is {}",
            deals.value,
            amount(size.value, "$m"),
            amount(made(deals.value, size.value), "$bn"),
            key.0,
            key.1,
            amount(funding.value, "$bn")
        );
        let cure = "leave out one of the three: it follows from the other two";
        problems.push(Problem::error(fact.place.clone(), what, cure).also(row.place.clone(), "the funding"));
    }
    problems
}

/// A growth beside the levels of both years, each with its row, which say another growth.
pub(super) fn of_growth(growth: &Fact, [(first, before), (_, after)]: [(&Fact, &Observation); 2]) -> Option<Problem> {
    if !same_edition(growth, first) {
        return None;
    }
    let least = after.low / before.high / LEEWAY;
    let most = after.high / before.low * LEEWAY;
    let (low, high) = (1.0 + growth.low?, 1.0 + growth.high?);
    if high >= least && low <= most {
        return None;
    }
    let percent = |factor: f64| format!("{:+.0}%", 100.0 * (factor - 1.0)).replace('-', "−");
    let what = format!(
        "{} of {} in {} is {}, and its levels of {} and {} grow by {}",
        growth.metric,
        growth.region,
        growth.year,
        percent(1.0 + growth.value?),
        before.year,
        after.year,
        percent(after.value / before.value)
    );
    let cure = "leave out the growth, or the level of the year before, which follows from it";
    Some(Problem::error(growth.place.clone(), what, cure).also(first.place.clone(), "the level of the year before"))
}

/// A world that is smaller than its parts, or stated beside a rest that follows from it.
pub(super) fn of_the_world(stated: &BTreeMap<Key, &Fact>, found: &BTreeMap<Key, Observation>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let worlds = stated.iter().filter(|((region, _, metric), _)| region == "world" && metric != "deal-size");
    for ((_, year, metric), fact) in worlds {
        if let Some(rest) = stated.get(&("rest".to_owned(), *year, metric.clone())) {
            let what = format!("{metric} of {year} is stated for the world and for its rest");
            let cure = "leave out one of the two: the rest is what the regions leave of the world";
            problems.push(Problem::error(rest.place.clone(), what, cure).also(fact.place.clone(), "the world"));
            continue;
        }
        let is_part = |figure: &&Observation| {
            figure.year == *year && figure.metric == *metric && figure.region != "world" && figure.region != "rest"
        };
        let parts: Vec<&Observation> = found.values().filter(is_part).collect();
        let least: f64 = parts.iter().map(|part| part.low).sum();
        let Some(high) = fact.high.filter(|_| !parts.is_empty()) else { continue };
        let world = &found[&("world".to_owned(), *year, metric.clone())];
        // In the unit of the model, as the parts are.
        let highest = world.value * high / fact.value.unwrap_or(high);
        if least <= highest * LEEWAY {
            continue;
        }
        let names: Vec<&str> = parts.iter().map(|part| part.region.as_str()).collect();
        let sum: f64 = parts.iter().map(|part| part.value).sum();
        let what = format!(
            "{metric} of the world in {year} is {}, and {} have {} together",
            thousandths(world.value),
            names.join(", "),
            thousandths(sum)
        );
        problems.push(Problem::error(fact.place.clone(), what, "correct one of them, or leave the world out"));
    }
    problems
}

fn thousandths(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}
