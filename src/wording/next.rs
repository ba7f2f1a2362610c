//! Goals worth seeking next: what a run leaves open, in a form that a shell neither splits nor eats.

use crate::measure::{QuantityOfInterest, Subject};
use crate::metric::{Metric, Question};
use crate::scenario::{Assumption, Scenario};
use crate::study::Swept;
use crate::summary::Summary;

use super::lookup::of_gap;
use super::sweep::is_still;

/// The goal of a run that is worth seeking next, as likely as not: the gap half as wide as in the base year, or else parity;
/// `None` where the run makes both as likely as not already.
#[must_use]
pub fn open_goal(scenario: &Scenario, summary: &Summary) -> Option<String> {
    let horizon = scenario.horizon();
    let chance = |question| summary.probability(question, horizon).map(|it| it.estimate().value);
    let ahead = chance(Question::TrailerAhead)?;
    let (half, parity) = match base_ratio(scenario) {
        Some(ratio) if ratio < 1.0 => (chance(Question::RatioMoreThanDouble)?, ahead),
        Some(_) => (chance(Question::RatioLessThanHalf)?, ahead),
        None => (1.0, ahead),
    };
    if half < 0.5 {
        return Some(half_as_wide(scenario));
    }
    (parity < 0.5).then(|| parity_goal(scenario))
}

/// The goal that makes it as likely as not that the gap of the last year is half as wide as in the base year, whoever leads.
#[must_use]
pub fn half_as_wide(scenario: &Scenario) -> String {
    let (base, horizon) = (scenario.base_year(), scenario.horizon());
    match base_ratio(scenario) {
        Some(ratio) if ratio < 1.0 => format!("P(ratio in {horizon} > twice {base}) >= 50%"),
        Some(_) => format!("P(ratio in {horizon} < half of {base}) >= 50%"),
        None => parity_goal(scenario),
    }
}

/// The goal that makes it as likely as not that who trails draws level.
fn parity_goal(scenario: &Scenario) -> String {
    let sign = if base_ratio(scenario).is_some_and(|ratio| ratio < 1.0) { '>' } else { '<' };
    format!("P(ratio in {} {sign} 1) >= 50%", scenario.horizon())
}

fn base_ratio(scenario: &Scenario) -> Option<f64> {
    of_gap(Metric::Ratio).observed(scenario, scenario.base_year()).map(|it| it.value)
}

/// The goal at which a swept target tips, on the side where the gap is narrower or the chance is at least one half; of what is no
/// gap, on the side where the scenario is not yet. `None` where the target has no such level, or no value near what the scenario
/// has.
///
/// A goal that the scenario meets already is worth seeking too: the answer is how far an input may go until it is lost.
#[must_use]
pub fn tipping_goal(swept: &Swept, target: usize) -> Option<String> {
    // What the inputs of a sweep do not move, they cannot bring anywhere.
    if is_still(swept, target) {
        return None;
    }
    let asked = &swept.targets[target];
    let (own, level) = (swept.near_own(target)?, swept.level(asked)?);
    Some(match &asked.asked {
        QuantityOfInterest::Share { .. } => format!("{} >= 50%", asked.text),
        QuantityOfInterest::Statistic { metric, subject, .. } => {
            let less = match (metric, subject) {
                (Metric::Ratio, _) => level > 1.0,
                (Metric::Gap, _) => level > 0.0,
                (Metric::Share, Subject::Gap) => level > 0.5,
                _ => own > level,
            };
            let sign = if less { "<=" } else { ">=" };
            format!("{} {sign} {} level", asked.text, swept.scenario.base_year())
        }
    })
}

/// A range of an input as a user would write it, in round numbers within it: `-8%:25%`, `5m USD:30m USD`, `2025:2027`.
#[must_use]
pub fn round_range(input: &Assumption, (low, high): (f64, f64)) -> String {
    let [low, high] = [low, high].map(|value| input.in_unit(value).0);
    let tenth = libm::pow(10.0, libm::floor(libm::log10(high - low)) - 1.0);
    let step = if input.in_unit(0.0).1 == "year" { 1.0 } else { tenth };
    let written = |steps: f64| {
        // Of a step below one the steps are divided, so that decimal numbers stay decimal.
        let value = if step < 1.0 { steps / (1.0 / step).round() } else { steps * step };
        for_a_shell(input.as_written(input.from_unit(value)).trim_matches('"'))
    };
    format!("{}:{}", written((low / step).ceil()), written((high / step).floor()))
}

/// A target or goal with its dollars written as `6.7bn USD`, because a shell puts its own variable in place of `$6` in double
/// quotes.
#[must_use]
pub fn for_a_shell(text: &str) -> String {
    let mut written = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('$') {
        let digits = behind.find(|c: char| !c.is_ascii_digit() && !".,_".contains(c)).unwrap_or(behind.len());
        let scale = behind[digits..].find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(behind.len() - digits);
        let amount = &behind[..digits + scale];
        written += before;
        // A sign without an amount is no dollars, and left as it is.
        written += &if digits > 0 { format!("{amount} USD") } else { format!("${amount}") };
        rest = &behind[digits + scale..];
    }
    written + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dollars_become_what_a_shell_leaves_alone() {
        assert_eq!(
            for_a_shell("P(china.funding in 2030 > $6.7bn) >= 50%"),
            "P(china.funding in 2030 > 6.7bn USD) >= 50%"
        );
        assert_eq!(for_a_shell("median of gap in 2030 <= $20bn"), "median of gap in 2030 <= 20bn USD");
        assert_eq!(for_a_shell("$1,000m and $2"), "1,000m USD and 2 USD");
        assert_eq!(for_a_shell("ratio in 2030 < 8"), "ratio in 2030 < 8");
        assert_eq!(for_a_shell("$HOME $"), "$HOME $");
    }
}
