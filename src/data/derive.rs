//! Observations from facts: what is stated, what follows from growth figures, and what is left of the world.
//!
//! Levels never mix sources or vintages within a series: history is restated by more than it grows.

use std::collections::BTreeMap;

use crate::diagnostic::{Place, Problem};

use super::fact::{Fact, GROWTHS, LEVELS, Role};
use super::observation::Observation;

type Key = (String, i32, String);

/// Observations of a set of facts, and the facts that must not be combined.
pub(super) fn observations(facts: &[Fact], file: usize) -> (Vec<Observation>, Vec<Problem>) {
    let used: Vec<&Fact> = facts.iter().filter(|fact| fact.role != Role::Context && fact.value.is_some()).collect();
    let mut found: BTreeMap<Key, Observation> = BTreeMap::new();
    let mut stated: BTreeMap<Key, &Fact> = BTreeMap::new();
    let mut problems = Vec::new();
    for fact in &used {
        let Some(observation) = stated_level(fact) else { continue };
        let key = (fact.region.clone(), fact.year, fact.metric.clone());
        if let Some(first) = stated.get(&key) {
            problems.push(twice(fact, first, file));
            continue;
        }
        let mixed = stated.iter().find(|((region, _, metric), other)| {
            *region == fact.region && *metric == fact.metric && !same_edition(fact, other)
        });
        if let Some((_, other)) = mixed {
            problems.push(mixed_editions(fact, other, "a level", file));
            continue;
        }
        stated.insert(key.clone(), fact);
        found.insert(key, observation);
    }
    problems.extend(contradictions(&stated, &found, file));
    for fact in &used {
        let Some((_, level)) = GROWTHS.iter().find(|(name, _)| *name == fact.metric) else { continue };
        let key = (fact.region.clone(), fact.year, (*level).to_owned());
        let Some(base) = stated.get(&key) else {
            let what = format!("{} of {} has no level to start from", fact.metric, fact.year);
            let cure = format!("add the {level} of {} in {}", fact.region, fact.year);
            problems.push(Problem::error(Place { file, span: fact.span.clone() }, what, cure));
            continue;
        };
        if !same_edition(fact, base) {
            problems.push(mixed_editions(fact, base, "growth", file));
            continue;
        }
        let before = (fact.region.clone(), fact.year - 1, (*level).to_owned());
        let implied = year_before(&found[&key], fact);
        found.entry(before).or_insert(implied);
    }
    complete(&mut found);
    rest_of_world(&mut found);
    complete(&mut found);
    (found.into_values().collect(), problems)
}

/// How far funding may lie from deals times deal size, beyond the ranges that are stated for the three.
const LEEWAY: f64 = 1.1;

/// Years in which one source states deals, deal size and funding of a region, and the third is not what the others make.
///
/// A run starts from deals and deal size and would show another funding than the one observed.
fn contradictions(stated: &BTreeMap<Key, &Fact>, found: &BTreeMap<Key, Observation>, file: usize) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (key, fact) in stated.iter().filter(|((_, _, metric), _)| metric == "deal-size") {
        let of = |metric: &str| {
            let key = (key.0.clone(), key.1, metric.to_owned());
            stated.get(&key).filter(|other| same_edition(fact, other)).map(|_| &found[&key])
        };
        let (size, Some(deals), Some(funding)) = (&found[key], of("deals"), of("funding")) else { continue };
        let made = |deals: f64, size: f64| deals * size / 1000.0;
        let least = made(deals.low, size.low) / LEEWAY;
        let most = made(deals.high, size.high) * LEEWAY;
        if funding.high >= least && funding.low <= most {
            continue;
        }
        let what = format!(
            "{} deals of ${}m are ${}bn, and the funding of {} in {} is ${}bn",
            deals.value,
            size.value,
            (made(deals.value, size.value) * 1000.0).round() / 1000.0,
            key.0,
            key.1,
            funding.value
        );
        let cure = "leave out one of the three: it follows from the other two";
        problems.push(Problem::error(Place { file, span: fact.span.clone() }, what, cure));
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

fn same_edition(a: &Fact, b: &Fact) -> bool {
    // A newspaper that cites an edition passes on its figures: the edition is what must agree, and the source too
    // unless one of them names the other.
    a.vintage == b.vintage && (a.source == b.source || a.source.contains(&b.source) || b.source.contains(&a.source))
}

fn mixed_editions(fact: &Fact, other: &Fact, what: &str, file: usize) -> Problem {
    let message = format!("{what} of {} {} mixes two editions", fact.region, fact.metric);
    let cure =
        format!("this row is {} of {}, another is {} of {}", fact.source, fact.vintage, other.source, other.vintage);
    Problem::error(Place { file, span: fact.span.clone() }, message, cure)
        .note("sources restate their history by more than it grows, so levels and growth of two editions never mix")
        .note("keep one edition for each region and metric; give the other rows the role context")
}

fn twice(fact: &Fact, first: &Fact, file: usize) -> Problem {
    let what = format!("{} of {} in {} is given twice", fact.metric, fact.region, fact.year);
    let stated = if first.as_stated.is_empty() { "another row" } else { first.as_stated.as_str() };
    let cure = format!("keep one; the other says {stated}. Give a figure that is only shown the role context");
    Problem::error(Place { file, span: fact.span.clone() }, what, cure)
}
