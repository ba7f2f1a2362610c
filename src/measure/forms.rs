//! Ways to write what is asked of a run, as the documentation lists them; a test has the parsers read each.

use super::metric::Metric;
use super::observed::example;

/// A way to write a condition, a target or a goal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AskedForm {
    /// As it is written.
    pub written: &'static str,
    /// What it asks, in a few words.
    pub means: &'static str,
}

const fn form(written: &'static str, means: &'static str) -> AskedForm {
    AskedForm { written, means }
}

/// Conditions, each with when it holds on a path.
pub const CONDITION_FORMS: [AskedForm; 9] = [
    form("ratio in 2030 < half of 2023", "the ratio of the year is below half of the observed one"),
    form("ratio < 8", "in each year by itself: it is counted for every year"),
    form("gap in 2030 > twice 2023", "the gap of the year is more than twice the observed one"),
    form("ratio in 2030 <= 1.5 times 2023", "the ratio of the year is at most one and a half times the observed one"),
    form("gap in some year > $100bn", "at least one simulated year is above"),
    form("us.funding in every year < $850bn", "every simulated year is below"),
    form("china.funding in 2030 > china.funding of 2022", "it is above the observed level of that year"),
    form("one-year multiple of us.funding in some year > 3", "some year is more than three times the year before"),
    form("share in 2030 >= 90%", "the lead has nine tenths or more of what both raise"),
];

/// Targets, each with the number that it is.
pub const TARGET_FORMS: [AskedForm; 8] = [
    form("ratio in 2030", "the median over the paths"),
    form("median of gap in 2030", "the same, with the median named"),
    form("mean of share in 2030", "the mean, where there is one"),
    form("sd of log-ratio in 2030", "the standard deviation, where there is one"),
    form("p90 of us.funding in 2028", "the level that nine of ten paths stay below; any p above 0 and below 100"),
    form("P(ratio in 2030 < half of 2023)", "the share of paths on which the condition holds"),
    form("P(gap in some year > 100bn USD)", "the share of paths on which it holds in some year up to the horizon"),
    form("question \"China back at its level of 2022\" in 2030", "the answer to a question of the scenario"),
];

/// Goals, each with what it takes to meet it.
pub const GOAL_FORMS: [AskedForm; 3] = [
    form("P(ratio in 2030 < half of 2023) >= 50%", "it is at least as likely as not"),
    form("median of gap in 2030 <= 20bn USD", "half of the paths end at or below it"),
    form("p10 of china.funding in 2030 >= 2bn USD", "nine of ten paths end at or above it"),
];

/// How a value of each unit is written behind a sign.
#[must_use]
pub fn value_forms() -> Vec<(&'static str, &'static str)> {
    let mut found: Vec<(&str, &str)> = Vec::new();
    for metric in Metric::ALL {
        if !found.iter().any(|(unit, _)| *unit == metric.unit()) {
            found.push((metric.unit(), example(metric, false)));
        }
    }
    found
}
