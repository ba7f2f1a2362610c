//! Observations from facts: what is stated, what follows from growth figures, and what is left of the world.
//!
//! Levels never mix sources or vintages within a series: history is restated by more than it grows.

use std::collections::BTreeMap;

use crate::diagnostic::Problem;

use super::agreement;
use super::fact::{Fact, GROWTHS, Key, LEVELS, Role, same_edition};
use super::observation::Observation;

/// Observations of a set of facts, and the facts that must not be combined.
pub(super) fn observations(facts: &[Fact]) -> (Vec<Observation>, Vec<Problem>) {
    let used: Vec<&Fact> = facts.iter().filter(|fact| fact.role != Role::Context && fact.value.is_some()).collect();
    let mut found: BTreeMap<Key, Observation> = BTreeMap::new();
    let mut stated: BTreeMap<Key, &Fact> = BTreeMap::new();
    let mut problems = Vec::new();
    for fact in &used {
        let Some(observation) = stated_level(fact) else { continue };
        let key = (fact.region.clone(), fact.year, fact.metric.clone());
        if let Some(first) = stated.get(&key) {
            problems.push(twice(fact, first));
            continue;
        }
        let mixed = stated.iter().find(|((region, _, metric), other)| {
            *region == fact.region && *metric == fact.metric && !same_edition(fact, other)
        });
        if let Some((_, other)) = mixed {
            problems.push(mixed_editions(fact, other, "a level"));
            continue;
        }
        stated.insert(key.clone(), fact);
        found.insert(key, observation);
    }
    problems.extend(agreement::of_levels(&stated, &found));
    problems.extend(growths(&used, &stated, &mut found));
    problems.extend(agreement::of_the_world(&stated, &found));
    complete(&mut found);
    rest_of_world(&mut found);
    complete(&mut found);
    (found.into_values().collect(), problems)
}

/// Adds the level of the year before wherever a level and its growth are stated.
fn growths(used: &[&Fact], stated: &BTreeMap<Key, &Fact>, found: &mut BTreeMap<Key, Observation>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut seen: BTreeMap<Key, &Fact> = BTreeMap::new();
    for fact in used {
        let Some((_, level)) = GROWTHS.iter().find(|(name, _)| *name == fact.metric) else { continue };
        let key = (fact.region.clone(), fact.year, (*level).to_owned());
        if let Some(first) = seen.get(&key) {
            problems.push(twice(fact, first));
            continue;
        }
        seen.insert(key.clone(), fact);
        let Some(base) = stated.get(&key) else {
            let what = format!("{} of {} has no level to start from", fact.metric, fact.year);
            let cure = format!("add the {level} of {} in {}", fact.region, fact.year);
            problems.push(Problem::error(fact.place.clone(), what, cure));
            continue;
        };
        if !same_edition(fact, base) {
            problems.push(mixed_editions(fact, base, "growth"));
            continue;
        }
        let before = (fact.region.clone(), fact.year - 1, (*level).to_owned());
        match stated.get(&before) {
            Some(earlier) => {
                problems.extend(agreement::of_growth(fact, [(earlier, &found[&before]), (base, &found[&key])]))
            }
            None => {
                let implied = year_before(&found[&key], fact);
                found.insert(before, implied);
            }
        }
    }
    problems
}

fn stated_level(fact: &Fact) -> Option<Observation> {
    let (metric, units) = LEVELS.iter().find(|(metric, _)| *metric == fact.metric)?;
    let (_, factor) = units.iter().find(|(unit, _)| *unit == fact.unit)?;
    Some(Observation {
        region: fact.region.clone(),
        year: fact.year,
        metric: (*metric).to_owned(),
        value: fact.value? * factor,
        low: fact.low? * factor,
        high: fact.high? * factor,
        unit: unit_of(metric).to_owned(),
        derived: None,
        assumed: fact.role == Role::Assumption,
        source: fact.source.clone(),
        vintage: fact.vintage.clone(),
    })
}

fn unit_of(metric: &str) -> &'static str {
    match metric {
        "deals" => "deals",
        "deal-size" => "$m",
        _ => "$bn",
    }
}

/// The level of the year before, from a level and its growth: `31 / 1.14`.
fn year_before(level: &Observation, growth: &Fact) -> Observation {
    let of = |growth: Option<f64>| 1.0 + growth.expect("a used fact has its three values");
    let (mut low, mut high) = (level.low / of(growth.high), level.high / of(growth.low));
    if level.metric == "deals" {
        // Deals are counted: of a count without its own rounding only whole numbers are possible.
        (low, high) = (level.value / of(growth.high), level.value / of(growth.low));
        (low, high) = (low.ceil(), high.floor());
    }
    Observation {
        year: level.year - 1,
        value: level.value / of(growth.value),
        low,
        high,
        derived: Some(format!("{} / {}", level.value, shown(of(growth.value)))),
        assumed: level.assumed || growth.role == Role::Assumption,
        ..level.clone()
    }
}

/// A factor without the noise of binary fractions: 0.3, not 0.30000000000000004.
fn shown(value: f64) -> f64 {
    (value * 1e9).round() / 1e9
}

/// Fills in the third of deals, deal size and funding where two are known.
fn complete(found: &mut BTreeMap<Key, Observation>) {
    let places: Vec<(String, i32)> = found.keys().map(|(region, year, _)| (region.clone(), *year)).collect();
    for (region, year) in places {
        let key = |metric: &str| (region.clone(), year, metric.to_owned());
        let of = |metric: &str| found.get(&key(metric)).cloned();
        let third = match (of("deals"), of("deal-size"), of("funding")) {
            (Some(deals), None, Some(funding)) => over(&funding, 1000.0, &deals, "deal-size", "funding / deals"),
            (None, Some(size), Some(funding)) => over(&funding, 1000.0, &size, "deals", "funding / deal size"),
            (Some(deals), Some(size), None) => times(&deals, &size),
            _ => continue,
        };
        found.insert(key(&third.metric), third);
    }
}

fn over(above: &Observation, scale: f64, below: &Observation, metric: &str, how: &str) -> Observation {
    Observation {
        metric: metric.to_owned(),
        value: above.value * scale / below.value,
        low: above.low * scale / below.high,
        high: above.high * scale / below.low,
        unit: unit_of(metric).to_owned(),
        derived: Some(how.to_owned()),
        assumed: above.assumed || below.assumed,
        ..above.clone()
    }
}

fn times(deals: &Observation, size: &Observation) -> Observation {
    Observation {
        metric: "funding".to_owned(),
        value: deals.value * size.value / 1000.0,
        low: deals.low * size.low / 1000.0,
        high: deals.high * size.high / 1000.0,
        unit: unit_of("funding").to_owned(),
        derived: Some("deals × deal size".to_owned()),
        assumed: deals.assumed || size.assumed,
        ..deals.clone()
    }
}

/// What is left of the world when all its stated regions are taken away.
fn rest_of_world(found: &mut BTreeMap<Key, Observation>) {
    let worlds: Vec<Observation> = found.values().filter(|figure| figure.region == "world").cloned().collect();
    for world in worlds.iter().filter(|world| world.metric != "deal-size") {
        let same = |figure: &&Observation| {
            figure.year == world.year
                && figure.metric == world.metric
                && !["world", "rest"].contains(&figure.region.as_str())
        };
        let parts: Vec<&Observation> = found.values().filter(same).collect();
        let sum = |of: fn(&Observation) -> f64| parts.iter().map(|part| of(part)).sum::<f64>();
        let value = world.value - sum(|part| part.value);
        if parts.is_empty() || value <= 0.0 {
            continue;
        }
        let names: Vec<&str> = parts.iter().map(|part| part.region.as_str()).collect();
        let rest = Observation {
            region: "rest".to_owned(),
            value,
            low: world.low - sum(|part| part.high),
            high: world.high - sum(|part| part.low),
            derived: Some(format!("world − {}", names.join(" − "))),
            assumed: parts.iter().any(|part| part.assumed),
            ..world.clone()
        };
        found.insert(("rest".to_owned(), rest.year, rest.metric.clone()), rest);
    }
}

fn mixed_editions(fact: &Fact, other: &Fact, what: &str) -> Problem {
    let message = format!("{what} of {} {} mixes two editions", fact.region, fact.metric);
    let cure =
        format!("this row is {} of {}, another is {} of {}", fact.source, fact.vintage, other.source, other.vintage);
    Problem::error(fact.place.clone(), message, cure)
        .also(other.place.clone(), "the other row")
        .note("sources restate their history by more than it grows, so levels and growth of two editions never mix")
        .note("keep one edition for each region and metric; give the other rows the role context")
}

fn twice(fact: &Fact, first: &Fact) -> Problem {
    let what = format!("{} of {} in {} is given twice", fact.metric, fact.region, fact.year);
    let cure = "keep one of the two; give a figure that is only shown the role context";
    Problem::error(fact.place.clone(), what, cure).also(first.place.clone(), "it is given here first")
}
