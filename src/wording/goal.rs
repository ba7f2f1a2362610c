//! Inputs, metrics, targets and goals as a sentence names them.

use crate::measure::{Comparison, Condition, Goal, Metric, QuantityOfInterest, Statistic, Subject, When};
use crate::scenario::{Scenario, readable, short_name, short_title};

use super::text::Text;

/// An input as readers know it: `China deal size growth`, `state AI fund, chance`.
#[must_use]
pub fn input_name(scenario: &Scenario, address: &str) -> String {
    let events = scenario.events().iter().map(|it| (it.address(), it.name()));
    let named = events.chain(scenario.jumps().iter().map(|it| (it.address(), it.name())));
    for (own, name) in named {
        if let Some(part) = address.strip_prefix(own).and_then(|rest| rest.strip_prefix('.')) {
            return format!("{}, {}", short_title(name), readable(part));
        }
    }
    let region = address.split_once('.').filter(|(first, _)| scenario.regions().iter().any(|it| it.name() == *first));
    region.map_or_else(|| readable(address), |(region, input)| format!("{} {}", short_name(region), readable(input)))
}

/// A metric as a sentence names it: `the US/China ratio`, `China’s funding`.
#[must_use]
pub fn metric_name(scenario: &Scenario, metric: Metric, subject: Subject) -> String {
    let region = |place: usize| short_name(scenario.regions()[place].name());
    let name = metric.name().replace('-', " ");
    match subject {
        Subject::Gap => {
            let [lead, follow] = [scenario.gap().lead(), scenario.gap().follow()].map(region);
            match metric {
                // Of who is behind nobody says that he leads by less than nothing.
                Metric::Gap if is_behind(scenario) => format!("the gap ({lead} less {follow})"),
                Metric::Gap => format!("the {lead} lead over {follow}"),
                Metric::Share => format!("the {lead} share of the two"),
                _ => format!("the {lead}/{follow} {name}"),
            }
        }
        Subject::World => format!("the world’s {name}"),
        Subject::Region(place) => match region(place) {
            name_of if name_of.chars().all(char::is_uppercase) => format!("{name_of} {name}"),
            name_of if name_of.ends_with('s') => format!("{name_of}’ {name}"),
            name_of => format!("{name_of}’s {name}"),
        },
    }
}

/// Whether the lead region raised less than the other one in the base year.
fn is_behind(scenario: &Scenario) -> bool {
    let funding = |place: usize| {
        let region = scenario.regions()[place].name();
        scenario.data().find(region, "funding", scenario.base_year()).map(|it| it.value)
    };
    matches!((funding(scenario.gap().lead()), funding(scenario.gap().follow())), (Some(lead), Some(follow)) if lead < follow)
}

/// A condition as a sentence says it, with the bound as the user wrote it.
fn condition_words(scenario: &Scenario, condition: &Condition, year: i32) -> Text {
    let multiple = if condition.one_year_multiple { "the one-year multiple of " } else { "" };
    let name = metric_name(scenario, condition.metric, condition.subject);
    let when = match condition.when {
        When::EachYear | When::In(_) => format!("in {year}"),
        When::SomeYear => format!("in some year by {year}"),
        When::EveryYear => format!("in every year to {year}"),
    };
    let written = condition.text.rsplit(['<', '>', '=', '≤', '≥']).next().unwrap_or_default().trim();
    let bound = bound_words(condition.metric, written);
    let than = compares(condition.comparison);
    let counts = matches!(condition.metric, Metric::Deals | Metric::DealsAbove100m | Metric::DealsAbove1bn);
    let is = if counts && !condition.one_year_multiple { "are" } else { "is" };
    Text::from(format!("{multiple}{name} ")) + Text::own(when) + format!(" {is} {than} ") + Text::own(bound)
}

/// A bound as a sentence says it: `its level of 2022` for `china.funding of 2022`, `half of its level of 2023` for
/// `half of 2023`; a number as it was written.
fn bound_words(metric: Metric, written: &str) -> String {
    let words: Vec<&str> = written.split_whitespace().collect();
    let year = |word: &str| word.len() == 4 && word.chars().all(|c| c.is_ascii_digit());
    let own = |word: &str| word.rsplit('.').next() == Some(metric.name());
    match words[..] {
        ["half", "of", at] if year(at) => format!("half of its level of {at}"),
        ["twice", at] if year(at) => format!("twice its level of {at}"),
        [times, "times", at] if year(at) => format!("{times} times its level of {at}"),
        [at, "level"] if year(at) => format!("its level of {at}"),
        [of, "of", at] if own(of) && year(at) => format!("its level of {at}"),
        _ => written.to_owned(),
    }
}

fn compares(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Below => "below",
        Comparison::AtMost => "at most",
        Comparison::Above => "above",
        Comparison::AtLeast => "at least",
    }
}

/// The target as the subject of a sentence: `the chance that …`, `the median of …`.
#[must_use]
pub fn target_words(scenario: &Scenario, asked: &QuantityOfInterest) -> Text {
    match asked {
        QuantityOfInterest::Share { condition, year } => {
            Text::from("the chance that ") + condition_words(scenario, condition, *year)
        }
        QuantityOfInterest::Statistic { statistic, metric, subject, year } => {
            let statistic = match statistic {
                Statistic::Mean => "the mean of".to_owned(),
                Statistic::Sd => "the standard deviation of".to_owned(),
                Statistic::Quantile(0.5) => "the median of".to_owned(),
                Statistic::Quantile(p) => format!("the {}% quantile of", 100.0 * p),
            };
            let name = metric_name(scenario, *metric, *subject);
            Text::own(statistic) + format!(" {name} ") + Text::own(format!("in {year}"))
        }
    }
}

/// The goal behind "To": `make it as likely as not that …`, `bring the median of … to at most $20bn`.
pub(super) fn goal_words(scenario: &Scenario, goal: &Goal) -> Text {
    match &goal.target.asked {
        QuantityOfInterest::Share { condition, year } if goal.bound == 0.5 && goal.wants_more() => {
            Text::from("make it as likely as not that ") + condition_words(scenario, condition, *year)
        }
        asked => {
            let than = compares(goal.comparison);
            let bound = match asked {
                QuantityOfInterest::Statistic { metric, .. } => bound_words(*metric, &goal.bound_text),
                QuantityOfInterest::Share { .. } => goal.bound_text.clone(),
            };
            Text::from("bring ") + target_words(scenario, asked) + format!(" to {than} ") + Text::own(bound)
        }
    }
}

/// Words with a capital letter in front.
#[must_use]
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_of_an_observed_year_is_said_in_words() {
        for (written, said) in [
            ("half of 2023", "half of its level of 2023"),
            ("twice 2023", "twice its level of 2023"),
            ("1.5 times 2023", "1.5 times its level of 2023"),
            ("2023 level", "its level of 2023"),
            ("china.funding of 2022", "its level of 2022"),
            ("us.deals of 2022", "us.deals of 2022"),
            ("6.7bn USD", "6.7bn USD"),
        ] {
            assert_eq!(bound_words(Metric::Funding, written), said);
        }
    }
}
