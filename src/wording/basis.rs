//! What a projection rests on besides its growth: laws, figures and money, in one sentence each.

use crate::data::BuiltIn;
use crate::metric::{Metric, Subject};
use crate::scenario::{Currency, Scenario, short_name};
use crate::shock::Tail;

use super::lookup::other_ratios;
use super::number::significant;
use super::text::Text;

/// What the figures count, as far as the program knows: of a user's own it knows nothing but that they are funding.
#[must_use]
pub fn funding_name(scenario: &Scenario) -> &'static str {
    if BuiltIn::named(&scenario.data().name).is_some() { "AI funding" } else { "funding" }
}

/// Sentences on everything that a scenario says besides growth, in the order of its file; none where it says nothing.
#[must_use]
pub fn rests_on(scenario: &Scenario) -> Vec<Text> {
    let mut sentences = Vec::new();
    sentences.extend(shocks(scenario));
    sentences.extend(counted(scenario).map(Text::from));
    sentences.extend(figures(scenario));
    sentences.extend(money(scenario));
    sentences
}

fn shocks(scenario: &Scenario) -> Option<Text> {
    let law = scenario.shocks().law().map(|id| Text::own(scenario.assumptions()[*id].value()));
    if !scenario.shocks().law().levels_have_means() {
        return Some(
            "Shocks follow Student’s t, under which no level has a mean: medians and quantiles are shown, means are not."
                .into(),
        );
    }
    let shared = if scenario.shocks().tail() == Tail::Shared { ", the same years for all" } else { "" };
    match law {
        crate::shock::Law::Contaminated { share, times } => {
            Some(Text::from("In ") + share + " of years shocks are " + times + " times as wide" + shared + ".")
        }
        _ => None,
    }
}

fn counted(scenario: &Scenario) -> Option<String> {
    let single: Vec<String> = scenario
        .regions()
        .iter()
        .filter(|region| region.counting().is_some_and(|counting| counting.sizes().is_some()))
        .map(|region| short_name(region.name()))
        .collect();
    (!single.is_empty()).then(|| format!("Deals are simulated one by one: {}.", single.join(" and ")))
}

/// What is taken as unknown about the figures.
pub(super) fn figures(scenario: &Scenario) -> Option<Text> {
    let measurement = scenario.measurement();
    let mut unknown = Vec::new();
    for (named, what) in [
        (!measurement.rounding().is_empty(), "their rounding"),
        (measurement.revisions().is_some(), "later revisions"),
        (measurement.definitions().is_some(), "what sources count"),
        (measurement.sources().is_some(), "which source holds"),
        (!measurement.sampling().is_empty(), "the luck of single deals"),
    ] {
        if named {
            unknown.push(what);
        }
    }
    let start = scenario.source().map(|source| {
        Text::from("Funding starts from ")
            + Text::own(source)
            + ", deals from "
            + Text::own(&scenario.data().name)
            + "."
    });
    let uncertain = unknown.split_last().map(|(last, rest)| match rest {
        [] => format!("The figures are uncertain by {last}."),
        rest => format!("The figures are uncertain by {} and {last}.", rest.join(", ")),
    });
    match (start, uncertain) {
        (Some(start), Some(uncertain)) => Some(start + " " + uncertain),
        (start, uncertain) => start.or(uncertain.map(Text::from)),
    }
}

/// The caveat of a run that takes something about its figures as given: what it leaves out, each by itself, and how far
/// other sources are from it.
///
/// It has no number that the data set does not have.
#[must_use]
pub fn figures_as_given(scenario: &Scenario) -> Option<Text> {
    let measurement = scenario.measurement();
    let is_given = !measurement.moves_the_base() && measurement.sampling().is_empty();
    let mut left_out: Vec<Text> = Vec::new();
    if measurement.rounding().is_empty() && !is_given {
        left_out.push("figures are rounded".into());
    }
    if measurement.revisions().is_none() {
        left_out.push("first releases are revised later".into());
    }
    if measurement.definitions().is_none() && measurement.sources().is_none() {
        left_out.push(others_count_differently(scenario));
    }
    if leaves_luck_of_deals_out(scenario) {
        left_out.push("a few large deals can move a year’s total".into());
    }
    let last = left_out.pop()?;
    let clauses = match left_out.len() {
        0 => last,
        1 => Text::joined(left_out, ", ") + " and " + last,
        _ => Text::joined(left_out, ", ") + ", and " + last,
    };
    let given = Text::from("Not in the bands: ");
    let given = if is_given { given + "the figures are taken as given: " } else { given };
    let cure = if is_given {
        ". A measurement section in the scenario puts this in."
    } else {
        ". The measurement section of the scenario has room for it."
    };
    Some(given + clauses + cure)
}

/// Whether single deals have luck that no year's total shows, on either side of the gap: they are neither drawn one by one
/// nor stood for by sampling noise.
fn leaves_luck_of_deals_out(scenario: &Scenario) -> bool {
    let gap = [scenario.gap().lead(), scenario.gap().follow()];
    let is_in = |place: usize| {
        let single = scenario.regions()[place].counting().is_some_and(|counting| counting.sizes().is_some());
        single || scenario.measurement().sampling().iter().any(|(region, _)| *region == place)
    };
    !gap.into_iter().all(is_in)
}

fn others_count_differently(scenario: &Scenario) -> Text {
    let others: Vec<Text> = other_ratios(scenario).iter().map(|(_, ratio)| Text::from(ratio.ratio())).collect();
    if others.is_empty() {
        return "sources count different things".into();
    }
    let base = scenario.base_year();
    let ratios = Text::joined(others, ", ");
    Text::from(format!("sources count different things (others have a {base} ratio of ")) + ratios + ")"
}

/// `¥7.14 a dollar. Prices of 2023, inflation 2% a year.`: what a picture says of its money; empty for dollars as they
/// were paid.
#[must_use]
pub fn money_note(scenario: &Scenario) -> String {
    let money = scenario.money();
    let value = |id: usize| scenario.assumptions()[id].value();
    let rate = |id: usize| match scenario.assumptions()[id].law() {
        law if law.is_fixed() => significant(law.median(), 3),
        _ => value(id).to_owned(),
    };
    let mut parts = Vec::new();
    match (money.currency(), money.exchange_rate()) {
        (Currency::Usd, _) | (_, []) => {}
        (_, [(_, id)]) => parts.push(format!("¥{} a dollar.", rate(*id))),
        (_, years) => {
            let rates: Vec<String> = years.iter().map(|(year, id)| format!("{} in {year}", rate(*id))).collect();
            parts.push(format!("Yuan a dollar: {}.", rates.join(", ")));
        }
    }
    parts.extend(money.prices().map(|year| match money.inflation() {
        Some(inflation) => format!("Prices of {year}, inflation {} a year.", value(inflation.first())),
        None => format!("Prices of {year}."),
    }));
    parts.join(" ")
}

/// The money that amounts are in and how it comes about; `None` for dollars as they were paid.
pub(super) fn money(scenario: &Scenario) -> Option<Text> {
    let money = scenario.money();
    if money.is_plain() {
        return None;
    }
    let value = |id: usize| Text::own(scenario.assumptions()[id].value());
    let rate = match (money.currency(), money.exchange_rate()) {
        (Currency::Usd, _) | (_, []) => None,
        (_, [(_, id)]) => Some(Text::from("at ¥") + value(*id) + " a dollar in every year"),
        (_, years) => {
            let rates = years.iter().map(|(year, id)| value(*id) + format!(" in {year}"));
            Some(Text::from("at ¥ a dollar of ") + Text::joined(rates, ", "))
        }
    };
    let prices = money.prices().map(|year| match money.inflation() {
        Some(inflation) => {
            Text::from(format!("in prices of {year} at ")) + value(inflation.first()) + " inflation a year"
        }
        None => format!("in prices of {year}").into(),
    });
    let name = if money.currency() == Currency::Usd { "dollars" } else { "yuan" };
    let how = Text::joined(rate.into_iter().chain(prices), ", then ");
    Some(Text::from(format!("Amounts are {name} ")) + how + "; models and conditions are in current dollars.")
}

/// Whether a measure is left without its mean, for tables that must say why.
#[must_use]
pub fn lacks_mean(scenario: &Scenario) -> Option<&'static str> {
    let funding = crate::metric::Measure { metric: Metric::Funding, subject: Subject::Region(scenario.gap().lead()) };
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
