//! Names and numbers that sentences on what matters most are made of.

use crate::measure::{Metric, QuantityOfInterest, Statistic, Target, When};
use crate::study::{Player, Sensitive};
use crate::summary::PathValue;
use crate::table::Cell;
use crate::table::questions::target_unit;

use super::super::cited::Cited;
use super::super::goal::{input_name, target_words};
use super::super::text::Text;

/// A cell of `sensitivity.csv`.
pub(super) fn cell(target: &Target, input: &str, columns: &[&str]) -> Cell {
    Cell::new("sensitivity.csv", &[("target", &target.text), ("input", input)], columns)
}

/// A player as readers know it.
#[must_use]
pub fn player_words(found: &Sensitive, player: &Player) -> String {
    match (player.layer, player.addresses.as_slice()) {
        (Some(layer), _) => super::super::basis::layer(layer).0.to_owned(),
        (None, []) => "luck".to_owned(),
        (None, _) if !player.groups.is_empty() => {
            let names: Vec<String> = player.groups.iter().map(|it| group_name(found, it)).collect();
            names.join(" and ")
        }
        (None, addresses) => {
            let names: Vec<String> = addresses.iter().map(|it| input_name(&found.scenario, it)).collect();
            names.join(" and ")
        }
    }
}

/// A region, an event or a jump as readers know it.
fn group_name(found: &Sensitive, group: &str) -> String {
    let scenario = &found.scenario;
    let events = scenario.events().iter().map(|it| (it.address(), it.name()));
    let mut named = events.chain(scenario.jumps().iter().map(|it| (it.address(), it.name())));
    if let Some((_, name)) = named.find(|(own, _)| *own == group) {
        return super::super::short_title(name);
    }
    let is_region = scenario.regions().iter().any(|it| it.name() == group);
    if is_region { super::super::short_name(group) } else { group.to_owned() }
}

/// What the variance is of, behind "the variance of".
#[must_use]
pub fn variance_words(found: &Sensitive, target: &Target) -> Text {
    let QuantityOfInterest::Statistic { metric, subject, year, .. } = &target.asked else {
        let words = target_words(&found.scenario, &target.asked).without_start("the chance that ");
        return Text::from("whether ") + words;
    };
    let name = super::super::goal::metric_name(&found.scenario, *metric, *subject);
    let log = matches!(crate::study::path_value(target), PathValue::Log(..)) || *metric == Metric::Ratio;
    let log = if log { "the log of " } else { "" };
    Text::from(format!("{log}{name} ")) + Text::own(format!("in {year}"))
}

pub(super) fn output(found: &Sensitive, target: &Target, value: f64, at: Cell) -> Text {
    Cited::new(value, at).target_value(&target_unit(&found.scenario, &target.asked)).into()
}

/// `a`, `a and b`, `a, b and c`.
pub(super) fn listed(mut all: Vec<Text>) -> Text {
    let last = all.pop().unwrap_or_default();
    if all.is_empty() { last } else { Text::joined(all, ", ") + " and " + last }
}

/// The target in a few words with its year.
pub(super) fn short_target(target: &Target) -> String {
    match &target.asked {
        QuantityOfInterest::Share { condition, year } => match condition.when {
            When::SomeYear => format!("chance by {year}"),
            When::EveryYear => format!("chance in every year to {year}"),
            When::EachYear | When::In(_) => format!("chance in {year}"),
        },
        QuantityOfInterest::Statistic { metric, statistic, year, .. } => {
            let name = metric.name().replace('-', " ");
            match statistic {
                Statistic::Quantile(0.5) => format!("median {name} {year}"),
                Statistic::Quantile(p) => format!("p{} {name} {year}", 100.0 * p),
                Statistic::Mean => format!("mean {name} {year}"),
                Statistic::Sd => format!("sd of {name} {year}"),
            }
        }
    }
}
