//! What a projection rests on besides its growth: laws, figures and money, in one sentence each.

use crate::metric::{Metric, Subject};
use crate::scenario::{Currency, Scenario};
use crate::shock::Tail;
use crate::summary::{Estimate, Probability};

use super::digits;
use super::number::significant;
use crate::scenario::short_name;

/// `±12`, in points; nothing where no assumption is uncertain, the spread is below half a point, or simulation alone
/// could have made it.
#[must_use]
pub fn spread_of_share(p: &Probability) -> Option<String> {
    let Estimate { value, error } = p.spread()?;
    let points = Estimate { value: (value * 100.0).round(), error: error * 100.0 };
    (value >= 0.005).then(|| format!("±{}", significant(points.value, digits::figures(points).0)))
}

/// Sentences on everything that a scenario says besides growth, in the order of its file; none where it says nothing.
#[must_use]
pub fn rests_on(scenario: &Scenario) -> Vec<String> {
    let mut sentences = Vec::new();
    sentences.extend(shocks(scenario));
    sentences.extend(counted(scenario));
    sentences.extend(figures(scenario));
    sentences.extend(money(scenario));
    sentences
}

fn shocks(scenario: &Scenario) -> Option<String> {
    let law = scenario.shocks.law.map(|id| scenario.assumptions[*id].value.as_str());
    if !scenario.shocks.law.levels_have_means() {
        return Some(
            "Shocks follow Student’s t, under which no level has a mean: medians and quantiles are shown, means are not."
                .to_owned(),
        );
    }
    let shared = if scenario.shocks.tail == Tail::Shared { ", the same years for all" } else { "" };
    match law {
        crate::shock::Law::Contaminated { share, times } => {
            Some(format!("In {share} of years shocks are {times} times as wide{shared}."))
        }
        _ => None,
    }
}

fn counted(scenario: &Scenario) -> Option<String> {
    let single: Vec<String> = scenario
        .regions
        .iter()
        .filter(|region| region.counting.is_some_and(|counting| counting.sizes.is_some()))
        .map(|region| short_name(&region.name))
        .collect();
    (!single.is_empty()).then(|| format!("Deals are simulated one by one: {}.", single.join(" and ")))
}

/// What is taken as unknown about the figures.
fn figures(scenario: &Scenario) -> Option<String> {
    let measurement = &scenario.measurement;
    let mut unknown = Vec::new();
    for (named, what) in [
        (!measurement.rounding.is_empty(), "their rounding"),
        (measurement.revisions.is_some(), "later revisions"),
        (measurement.definitions.is_some(), "what sources count"),
        (measurement.sources.is_some(), "which source holds"),
        (!measurement.sampling.is_empty(), "the luck of single deals"),
    ] {
        if named {
            unknown.push(what);
        }
    }
    let start = match &scenario.source {
        Some(source) => format!("Funding starts from {source}, deals from {}. ", scenario.data.name),
        None => String::new(),
    };
    match (unknown.split_last(), start.is_empty()) {
        (None, true) => None,
        (None, false) => Some(start.trim_end().to_owned()),
        (Some((last, [])), _) => Some(format!("{start}The figures are uncertain by {last}.")),
        (Some((last, rest)), _) => Some(format!("{start}The figures are uncertain by {} and {last}.", rest.join(", "))),
    }
}

/// The caveat of a run that takes its figures as given, with the sizes that METHOD 1.2 found.
#[must_use]
pub fn figures_as_given(scenario: &Scenario) -> Option<String> {
    let measurement = &scenario.measurement;
    (!measurement.moves_the_base()).then(|| {
        "Not in the bands: the figures are taken as given. First releases are revised (world funding by about +21%, \
         deals of the latest year by about +35%), sources count different things (an sd of 0.62 in the log of the ratio), \
         and the luck of single deals alone moves a year’s total by about 14% (US) and 28% (China). A measurement section \
         in the scenario puts them in."
            .to_owned()
    })
}

fn money(scenario: &Scenario) -> Option<String> {
    let money = &scenario.money;
    if money.is_plain() {
        return None;
    }
    let value = |id: usize| &scenario.assumptions[id].value;
    let rate = match (money.currency, money.exchange_rate.as_slice()) {
        (Currency::Usd, _) | (_, []) => None,
        (_, [(_, id)]) => Some(format!("at ¥{} a dollar in every year", value(*id))),
        (_, years) => {
            let words: Vec<String> = years.iter().map(|(year, id)| format!("{} in {year}", value(*id))).collect();
            Some(format!("at ¥ a dollar of {}", words.join(", ")))
        }
    };
    let prices = money.prices.map(|year| match &money.inflation {
        Some(inflation) => format!("in prices of {year} at {} inflation a year", value(inflation.first)),
        None => format!("in prices of {year}, which are taken as constant"),
    });
    let parts: Vec<String> = rate.into_iter().chain(prices).collect();
    let name = if money.currency == Currency::Usd { "dollars" } else { "yuan" };
    Some(format!("Amounts are {name} {}; models and conditions are in current dollars.", parts.join(", then ")))
}

/// Whether a measure is left without its mean, for tables that must say why.
#[must_use]
pub fn lacks_mean(scenario: &Scenario) -> Option<&'static str> {
    let funding = crate::metric::Measure { metric: Metric::Funding, subject: Subject::Region(scenario.gap.lead) };
    let exists = funding.moments(scenario);
    if !exists.mean {
        Some("Means of levels are left empty: under Student-t shocks they are infinite.")
    } else if !exists.sd {
        Some("Standard deviations of totals are left empty: a Pareto tail without a largest deal has no variance.")
    } else {
        None
    }
}

/// A layer of chance as charts name it, and a line on what it holds.
#[must_use]
pub fn layer(layer: crate::engine::Layer) -> (&'static str, &'static str) {
    use crate::engine::Layer;
    match layer {
        Layer::Measurement => ("The figures", "their rounding, revisions and definitions"),
        Layer::Growth => ("Growth", "how fast deals and deal sizes are assumed to grow"),
        Layer::Volatility => ("Volatility", "how much years are assumed to swing"),
        Layer::Events => ("Events", "whether they happen, and what they do"),
        Layer::Process => ("Luck", "what single years and deals bring"),
    }
}
